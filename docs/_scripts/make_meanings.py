"""Write what the keys of a policy file mean, for editors, from the tables of `docs/policy-format.md`.

python docs/_scripts/make_meanings.py            writes the file of the package
python docs/_scripts/make_meanings.py --check    writes nothing; exit status 1 where the file is not current
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[2]
PAGE: Final = ROOT / "docs" / "policy-format.md"
FILE: Final = ROOT / "src" / "complaint_rules" / "verification" / "kits" / "meanings.toml"
HEAD: Final = """\
# What each key of a policy file means, in Chinese and in English, by the kind of table it stands in.
# Made by docs/_scripts/make_meanings.py from docs/policy-format.md; do not edit.
"""
_TABLE: Final = re.compile(r"<!-- keys: (\w+) -->\n((?:\|.*\n)+)")
_CELL: Final = re.compile(r"(?<!\\)\|")


def meanings(page: str) -> str:
    """Turn the tables of keys of the page into the text of the file."""
    parts = [HEAD]
    for name, lines in _TABLE.findall(page):
        parts.append(f"\n[{name}]\n")
        for line in lines.splitlines()[2:]:
            key, _, english, chinese = (cell.strip().replace("\\|", "|") for cell in _CELL.split(line)[1:-1])
            told = json.dumps([chinese, english], ensure_ascii=False)  # texts of JSON are texts of TOML
            parts.append(f"{key.strip('`')} = {told}\n")
    return "".join(parts)


def main() -> int:
    """Write or check the file; give 1 where it is to be checked and is not current."""
    text = meanings(PAGE.read_text("utf-8"))
    if "--check" in sys.argv[1:]:
        return int(not FILE.is_file() or FILE.read_text("utf-8") != text)
    FILE.write_text(text, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
