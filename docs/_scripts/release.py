"""Do the steps of a release that a program can do; docs/stability.md says what remains for a person.

Usage: python docs/_scripts/release.py VERSION DAY        as 0.1.0 2026-12-01

Refuses a checkout with changes of its own, a version that is no later one, and a changelog without anything under
*Unreleased*. Writes the version, the heading of the changelog and the archive of answers; commits nothing, publishes
nothing.
"""

from __future__ import annotations

import datetime as dt
import re
import subprocess
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).parents[2]
_NUMBERS: Final = re.compile(r"(\d+)\.(\d+)\.(\d+)")


def version_in(text: str) -> str:
    """Give the version that a source file states.

    >>> version_in('VERSION: Final = "0.1.0"')
    '0.1.0'
    """
    found = re.search(r'VERSION: Final = "([^"]+)"', text)
    if found is None:
        raise SystemExit("version.py states no version")
    return found[1]


def next_version(given: str, now: str, *, released: bool) -> str:
    """Check a version: three numbers, later than the one that stands, or the same where that is not released yet."""
    if _NUMBERS.fullmatch(given) is None:
        raise SystemExit(f"a version as 0.2.0 is expected; got {given}")
    one, other = (tuple(map(int, text.split("."))) for text in (given, now))
    if one < other or (released and one == other):
        raise SystemExit(f"{given} is no later version than {now}")
    return given


def heading(changelog: str, version: str, day: dt.date) -> str:
    r"""Put the heading of a version over what is unreleased.

    >>> print(heading("## [Unreleased]\n\n* a change\n", "0.1.0", dt.date(2026, 12, 1)))
    ## [Unreleased]
    <BLANKLINE>
    ## [0.1.0] - 2026-12-01
    <BLANKLINE>
    * a change
    <BLANKLINE>
    """
    before, mark, after = changelog.partition("## [Unreleased]\n")
    if not mark or not re.search(r"^[*|]", after.partition("\n## [")[0], re.MULTILINE):
        raise SystemExit("the changelog has nothing under Unreleased")
    return f"{before}{mark}\n## [{version}] - {day.isoformat()}\n{after}"


def main(arguments: list[str]) -> int:
    """Do the steps."""
    if len(arguments) != 2:
        raise SystemExit(__doc__)
    given, day = arguments[0], dt.date.fromisoformat(arguments[1])
    if subprocess.run(["git", "status", "--porcelain"], cwd=ROOT, capture_output=True, check=True).stdout:  # noqa: S607
        raise SystemExit("the checkout has changes of its own: commit them first")
    source, changes = ROOT / "src" / "complaint_rules" / "version.py", ROOT / "CHANGELOG.md"
    text, log = source.read_text("utf-8"), changes.read_text("utf-8")
    now = version_in(text)
    version = next_version(given, now, released=f"## [{now}]" in log)
    changes.write_text(heading(log, version, day), "utf-8")
    source.write_text(text.replace(f'VERSION: Final = "{now}"', f'VERSION: Final = "{version}"'), "utf-8")
    subprocess.run([sys.executable, "docs/_scripts/make_answers.py"], cwd=ROOT, check=True)
    print(f"{version} is prepared: read the differences, commit, tag v{version}, let .ci/run pass on a clean clone")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
