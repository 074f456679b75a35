"""Print, as pip constraints, the lowest versions that pyproject.toml admits for the extras named on the command line.

Usage: lowest.py pyproject.toml cli test > lowest.txt
"""

from __future__ import annotations

import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement


def lowest(requirement: Requirement) -> str:
    """Turn `name>=1.2` into `name==1.2`; a requirement without exactly one lower bound is refused."""
    floors = [one.version for one in requirement.specifier if one.operator in {">=", "==", "~="}]
    if len(floors) != 1:
        message = f"{requirement}: exactly one lower bound is expected, found {len(floors)}"
        raise SystemExit(message)
    return f"{requirement.name}=={floors[0]}"


def main() -> None:
    """Read the file, print one line for each requirement."""
    path, *extras = sys.argv[1:]
    project = tomllib.loads(Path(path).read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(one for extra in extras for one in project["optional-dependencies"][extra])]
    print("\n".join(lowest(Requirement(one)) for one in wanted))


if __name__ == "__main__":
    main()
