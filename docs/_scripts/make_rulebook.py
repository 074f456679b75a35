"""Write the rule books under `docs/rulebook` from the shipped policy files: one page for each policy and language.

python docs/_scripts/make_rulebook.py            writes every page
python docs/_scripts/make_rulebook.py --check    writes nothing; exit status 1 where a page is not current
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.words.rule_texts import Line, written
from complaint_rules.words.rulebooks import rulebook

FOLDER: Final = Path(__file__).resolve().parents[1] / "rulebook"
MADE_BY: Final = "<!-- Made by docs/_scripts/make_rulebook.py from the policy file; do not edit. -->"
NAMES: Final = {"zh": "中文", "en": "English"}
_SPECIAL: Final = re.compile(r"([\\*_<>|\[\]])")


def escaped(text: str) -> str:
    """Write a text so that Markdown shows it as it stands; what is in backticks stays code."""
    parts = text.split("`")
    whole = len(parts) % 2 == 1
    return "`".join(part if whole and place % 2 else _SPECIAL.sub(r"\\\1", part) for place, part in enumerate(parts))


def item(line: Line) -> str:
    """Write one line of a rule."""
    about, says = line
    return "- " + written((f"**{escaped(about)}**" if about else "", escaped(says)))


def page(name: str, lang: str) -> str:
    """Write the page of one policy in one language."""
    head, *sections = rulebook(load_policy(name), lang)
    other = "en" if lang == "zh" else "zh"
    lines = [MADE_BY, "", f"# {escaped(head.title)}", "", f"[{NAMES[other]}]({name}.{other}.md)", ""]
    lines += [item(line) for line in head.lines]
    for section in sections:
        lines += ["", f"## {escaped(section.title)}"]
        if section.lines:
            lines += ["", *(item(line) for line in section.lines)]
        for rule in section.rules:
            cite = f" · {escaped(rule.cite)}" if rule.cite else ""
            lines += ["", f"### {escaped(rule.title)}", "", f"`{rule.key}`{cite}", ""]
            lines += [item(line) for line in rule.lines]
    return "\n".join(lines).rstrip() + "\n"


def index() -> str:
    """Write the list of all books."""
    lines = [
        MADE_BY, "", "# Rule books", "",
        "Every rule of every shipped policy in words, made from the policy files.",
        "A mark 解读 or *our reading* stands where a value is this library's reading and not the text's.", "",
        "| Policy | 中文 | English |", "|---|---|---|",
    ]  # fmt: skip
    for name in policies():
        title = load_policy(name).title
        lines.append(f"| `{name}` | [{escaped(title['zh'])}]({name}.zh.md) | [{escaped(title['en'])}]({name}.en.md) |")
    return "\n".join(lines) + "\n"


def pages() -> Iterator[tuple[Path, str]]:
    """Give every page with its content."""
    yield FOLDER / "README.md", index()
    for name in policies():
        for lang in NAMES:
            yield FOLDER / f"{name}.{lang}.md", page(name, lang)


def stale(wanted: Mapping[Path, str]) -> list[str]:
    """Name the pages that are missing, differ, or belong to no policy."""
    found = [path.name for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
    return found + [path.name for path in sorted(FOLDER.glob("*.md")) if path not in wanted]


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` only say whether they are current."""
    wanted = dict(pages())
    if "--check" in arguments:
        names = stale(wanted)
        for name in names:
            print(f"docs/rulebook/{name} is not current: run python docs/_scripts/make_rulebook.py")
        return 1 if names else 0
    FOLDER.mkdir(exist_ok=True)
    for path, text in wanted.items():
        path.write_text(text, "utf-8")
    print(f"{len(wanted)} pages written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
