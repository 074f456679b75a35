"""Write the rule books under `docs/rulebook` from the shipped policy files: one page for each policy and language.

python docs/_scripts/make_rulebook.py            writes every page
python docs/_scripts/make_rulebook.py --check    writes nothing; exit status 1 where a page is not current
"""

from __future__ import annotations

import re
import sys
import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from complaint_rules.language import Lang
from complaint_rules.policy.files.reading import shipped
from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Trade
from complaint_rules.words.marks import plain, unmarked
from complaint_rules.words.rule_texts import Line, written
from complaint_rules.words.rulebooks import Section, rulebook
from complaint_rules.words.voices import voice

GOLDEN: Final = Path(__file__).resolve().parents[2] / "tests" / "golden"
MOST_CASES: Final = 8
ELSEWHERE: Final = {"retention": "other", "quiet": "other"}
PARTS: Final = {"tables": "table", "limits": "limit", "duties": "duty", "checklists": "checklist"}
FOLDER: Final = Path(__file__).resolve().parents[1] / "rulebook"
MADE_BY: Final = "<!-- Made by docs/_scripts/make_rulebook.py from the policy file; do not edit. -->"
NAMES: Final[Mapping[Lang, str]] = {"zh": "中文", "en": "English"}
_SPECIAL: Final = re.compile(r"([\\*_<>|\[\]])")


def anchor(key: str) -> str:
    """Make the name of an anchor of a key, as ``limit-whole``."""
    return re.sub(r"[^0-9A-Za-z\u4e00-\u9fff]+", "-", key).strip("-")


def escaped(text: str) -> str:
    """Write a text so that Markdown shows it as it stands; what is in backticks stays code, a marked title a link."""
    links: list[str] = []

    def kept(key: str, title: str) -> str:
        links.append(f"[{_shown(title)}](#{anchor(key)})")
        return f"\ue003{len(links) - 1}\ue004"

    shown = _shown(unmarked(text, kept))
    return re.sub("\ue003(\\d+)\ue004", lambda match: links[int(match[1])], shown)


def _shown(text: str) -> str:
    parts = text.split("`")
    whole = len(parts) % 2 == 1
    return "`".join(part if whole and place % 2 else _SPECIAL.sub(r"\\\1", part) for place, part in enumerate(parts))


def item(line: Line) -> str:
    """Write one line of a rule."""
    about, says = line
    return "- " + written((f"**{escaped(about)}**" if about else "", escaped(says)))


def golden_cases(name: str) -> dict[str, list[tuple[str, int]]]:
    """Give the golden cases of a policy by the rule they speak of, each with the line it stands in."""
    path = GOLDEN / f"{name}.toml"
    if not path.exists():
        return {}
    text = path.read_text("utf-8")
    lines = {line.split('"')[1]: number for number, line in enumerate(text.splitlines(), 1) if line.startswith("id = ")}
    found: dict[str, list[tuple[str, int]]] = {}
    for case in tomllib.loads(text)["case"]:
        for part, section in PARTS.items():
            for rule in case.get(part, {}):
                found.setdefault(f"{section}/{rule}", []).append((case["id"], lines[case["id"]]))
    return found


def cases_of(name: str, cases: list[tuple[str, int]], lang: str) -> str:
    """Write the golden cases of a rule as links."""
    links = [f"[{_shown(case)}](../../tests/golden/{name}.toml#L{line})" for case, line in cases[:MOST_CASES]]
    text = ("、" if lang == "zh" else ", ").join(links)
    more = len(cases) - MOST_CASES
    if more > 0:
        text += f"，另{more}例" if lang == "zh" else f" and {more} more"
    return item_of("对照案例" if lang == "zh" else "golden cases", text, lang)


def item_of(about: str, text: str, lang: str) -> str:
    """Write a line whose text is Markdown already."""
    return f"- **{about}**{'：' if lang == 'zh' else ': '}{text}"


def articles_table(section: Section, policy: Policy, lang: Lang) -> list[str]:
    """Write what became of each article as a table."""
    head = ("条文", "大意", "处理", "规则") if lang == "zh" else ("Article", "Gist", "What became of it", "Rules")
    spoken = voice(policy, lang)
    lines = ["", "| " + " | ".join(head) + " |", "|---|---|---|---|"]
    for one in section.articles:
        rules = "、" if lang == "zh" else ", "
        linked = rules.join(f"[{_shown(spoken.rule(key).strip('“”'))}](#{anchor(key)})" for key in one.rules)
        cells = (
            f'<a id="{anchor(one.key)}"></a>{_shown(one.cite)}', _shown(one.title),
            _shown(("、" if lang == "zh" else ", ").join(one.marks)), linked,
        )  # fmt: skip
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def codes_table(section: Section, lang: str) -> list[str]:
    """Write every code as a table."""
    head = ("代码", "含义", "类别") if lang == "zh" else ("Code", "Meaning", "Kind")
    lines = ["", "| " + " | ".join(head) + " |", "|---|---|---|"]
    for one in section.codes:
        cells = (f'<a id="{anchor(one.key)}"></a>`{one.code}`', escaped(plain(one.title)), escaped(plain(one.kind)))
        lines.append("| " + " | ".join(cells) + " |")
    return lines


def page(file: str, lang: Lang) -> str:
    """Write the page of one policy in one language."""
    name, _, edition = file.partition("@")
    policy = load_policy(name, edition=edition or None)
    head, *sections = rulebook(policy, lang, linked=True)
    cases = golden_cases(file)
    other = "en" if lang == "zh" else "zh"
    lines = [MADE_BY, "", f"# {escaped(plain(head.title))}", "", f"[{NAMES[other]}]({file}.{other}.md)", ""]
    lines += [item(line) for line in head.lines]
    for section in sections:
        lines += ["", f'<a id="{section.name}"></a>', "", f"## {escaped(section.title)}"]
        if section.articles:
            lines += articles_table(section, policy, lang)
        if section.codes:
            lines += codes_table(section, lang)
        if section.lines:
            lines += ["", *(item(line) for line in section.lines)]
        for rule in section.rules:
            cite = f" · {escaped(rule.cite)}" if rule.cite else ""
            lines += ["", f'<a id="{anchor(rule.key)}"></a>', "", f"### {escaped(plain(rule.title))}", ""]
            lines += [f"`{rule.key}`{cite}", "", *(item(line) for line in rule.lines)]
            if rule.key in cases:
                lines.append(cases_of(file, cases[rule.key], lang))
    return linked("\n".join(lines).rstrip() + "\n")


def linked(text: str) -> str:
    """Keep the links that lead somewhere on the page; what a rule set names without describing it stays a word."""
    known = set(re.findall(r'<a id="([^"]+)"></a>', text))

    def kept(match: re.Match[str]) -> str:
        title, place = match[1], ELSEWHERE.get(match[2], match[2])
        return f"[{title}](#{place})" if place in known else title

    return re.sub(r"\[([^\[\]]*)\]\(#([^)]+)\)", kept, text)


def files() -> list[tuple[str, str]]:
    """Give the policies as the pages call them, ``id`` or ``id@edition``, each with its id."""
    return [(file.removesuffix(".toml"), name) for name in policies() for file in shipped()[name]]


def index() -> str:
    """Write the list of all books."""
    lines = [
        MADE_BY, "", "# Rule books", "",
        "Every rule of every shipped policy in words, made from the policy files.",
        "A mark 编者理解 or *our reading* stands where a value is this library's reading and not the text's.", "",
        "Side by side 对照: [中文](../comparison.zh.md), [English](../comparison.en.md).",
        "Where sources disagree or are silent 文本不一致与未作规定之处:",
        "[中文](../disagreements.zh.md), [English](../disagreements.en.md).", "",
    ]  # fmt: skip
    known = [(file, load_policy(name, edition=file.partition("@")[2] or None)) for file, name in files()]
    for trade in Trade:
        lines += [
            "",
            f"## {trade.title('zh')} · {trade.title('en')}",
            "",
            "| Policy | 中文 | English |",
            "|---|---|---|",
        ]
        for file, policy in known:
            if policy.trade is trade:
                zh, en = (escaped(policy.title[lang]) for lang in NAMES)
                lines.append(f"| `{file}` | [{zh}]({file}.zh.md) | [{en}]({file}.en.md) |")
    return "\n".join(lines) + "\n"


def pages() -> Iterator[tuple[Path, str]]:
    """Give every page with its content."""
    yield FOLDER / "README.md", index()
    for file, _ in files():
        for lang in NAMES:
            yield FOLDER / f"{file}.{lang}.md", page(file, lang)


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
