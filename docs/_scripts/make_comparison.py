"""Write the pages over all shipped policies: `docs/comparison.*.md` side by side, `docs/disagreements.*.md` one by one.

python docs/_scripts/make_comparison.py            writes every page
python docs/_scripts/make_comparison.py --check    writes nothing; exit status 1 where a page is not current
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final

from make_rulebook import NAMES, anchor, escaped, files

from complaint_rules.language import Lang, Pair, said
from complaint_rules.policy.articles import ArticleState
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.words.comparisons import OURS, ComparedPart, ComparedRule, comparison, names_of
from complaint_rules.words.dependents import Dependent
from complaint_rules.words.readings import Silences, silences
from complaint_rules.words.voices import voice

FOLDER: Final = Path(__file__).resolve().parents[1]
MADE_BY: Final = "<!-- Made by docs/_scripts/make_comparison.py from the policy files; do not edit. -->"
TITLES: Final[dict[str, Pair]] = {
    "comparison": ("各规则集对照", "All rule sets side by side"),
    "disagreements": ("文本不一致与未作规定之处", "Where sources disagree or are silent"),
}
GUIDE: Final[dict[str, Pair]] = {
    "comparison": (
        f"""\
* 同一问题，各规则集怎么定，逐项列在一起；每行链接到规则手册中的规则与条文。
* 规则名后的 {OURS} 表示其中有编者的理解，内容与影响见[文本不一致与未作规定之处](disagreements.zh.md)。
* “没有此类规则”只说明该文本（或其尚存部分）未定，不等于不须遵守其他规范。
* 各行由规则文件生成：时限按终止事件分组，含带期限的义务；轻重缓急取主题为 `urgency` 的分类表；
  门槛取条件中与人数、关联件数的比较；报告与升级取报告、升级、移送及向上级或受报告者所为的事项。""",
        f"""\
* What each rule set says on the same question, in one place; every line links to the rule and to the article in its
  rule book.
* {OURS} behind a rule says that a reading of ours stands in it; which one, and what hangs on it, is told in
  [where sources disagree or are silent](disagreements.en.md).
* “No such rule” means that this text, or what is left of it, has none; other norms may bind all the same.
* The lines are made from the policy files. Time limits, duties with a figure among them, are grouped by the event that
  ends them; urgency is what tables about `urgency` decide; thresholds are comparisons with a number of people or of
  linked complaints; escalation is what is reported, escalated or transferred, or done towards a higher level or
  whoever is reported to.""",
    ),
    "disagreements": (
        """\
* 规则文件所依据的文本有的矛盾、有的残缺、有的留有空白。凡编者代为取舍之处，均在此逐条列出，供合规人员先行审阅。
* 每套规则依次为：须先知道的事、编者理解（按文本次序）、留待机构确定的数值、缺失或未读的条文。
* “规则内容”是现在写在规则文件里的；“文本所缺与编者理解”说明文本缺什么、取了什么；“影响”列出随之改变的规则与数值。
  不同意某一理解的，在自己的规则文件里另写同一代码的规则即可取代，见[规则文件格式](policy-format.md)。
* “须提供”的数值没有默认值：未提供时，等它的规则列为缺项，其余照常。
* 各规则集之间的差别见[对照](comparison.zh.md)；对照页中 ※ 所指的理解即在此页。""",
        """\
* The texts behind the policy files contradict themselves in places, break off, or leave things open. Every place where
  we had to choose is listed here, for a compliance reader to look at first.
* For each rule set: what to know first, our readings in the order of the text, figures left to the institution,
  articles lost or not read.
* “What the rule says” is what stands in the policy file now; “what the text lacks, and our reading” tells what we took
  and why; “hangs on it” names the rules and figures that change with it. Whoever reads the text otherwise writes a
  rule with the same id in a policy file of their own, see [the policy format](policy-format.md).
* A figure “to be supplied” has no default: until it is given, the rules that wait for it are listed as missing, and
  everything else is answered.
* How the sets differ from one another is told [side by side](comparison.en.md); what bears the mark ※ there is
  told here.""",
    ),
}
_OTHER_HEADING: Final[Pair] = ("保管与时间", "retention-and-hours")
_STATES: Final = (ArticleState.LOST, ArticleState.NOT_YET)


class Book:
    """One policy with its name on the pages and the links into its rule book."""

    def __init__(self, name: str, id_: str, lang: Lang) -> None:
        self.name = name
        self.lang: Lang = lang
        self.policy: Policy = load_policy(id_, edition=name.partition("@")[2] or None)
        self.spoken = voice(self.policy, lang)
        self.page = f"rulebook/{name}.{lang}.md"
        listed = [("", self.policy.articles), *((f"{key}:", text.articles) for key, text in self.policy.texts.items())]
        self.articles = {f"article/{text}{number}" for text, articles in listed for number in articles}

    def link(self, key: str, title: str) -> str:
        """Link a rule of the book; what has no anchor of its own leads to the part it stands in."""
        place = said(_OTHER_HEADING, self.lang) if key.partition("/")[0] in ("retention", "quiet") else anchor(key)
        return f"[{escaped(title)}]({self.page}#{place})"

    def rule(self, key: str) -> str:
        """Link a rule by its title."""
        return self.link(key, self.spoken.rule(key).removeprefix("“").removesuffix("”"))

    def cite(self, key: str, cite: str) -> str:
        """Link an article where the book lists it."""
        return self.link(key, cite) if key in self.articles else escaped(cite)


def books(lang: Lang) -> dict[str, Book]:
    """Load every shipped policy, by the name it has in a comparison."""
    found = [Book(name, id_, lang) for name, id_ in files()]
    return dict(zip(names_of([book.policy for book in found]), found, strict=True))


def opening(page: str, lang: Lang) -> list[str]:
    """Write the head of a page: its title, the way to its sister pages, the guide."""
    other: Lang = "en" if lang == "zh" else "zh"
    sister = "disagreements" if page == "comparison" else "comparison"
    links = [
        f"[{NAMES[other]}]({page}.{other}.md)",
        f"[{said(TITLES[sister], lang)}]({sister}.{lang}.md)",
        f"[{said(('规则手册', 'Rule books'), lang)}](rulebook/README.md)",
    ]
    lines = [MADE_BY, "", f"# {said(TITLES[page], lang)}", "", " · ".join(links), ""]
    return [*lines, said(GUIDE[page], lang)]


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Write a table; what is in its cells is Markdown already."""
    lines = ["", "| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return lines + ["| " + " | ".join(row) + " |" for row in rows]


def stacked(lines: Sequence[str]) -> str:
    """Write several lines into one cell."""
    return "<br>".join(map(escaped, lines))


# --- side by side ---


def comparison_page(lang: Lang) -> str:
    """Write the comparison."""
    shelf = books(lang)
    parts = comparison([book.policy for book in shelf.values()], lang)
    lines = opening("comparison", lang)
    lines += ["", f"## {said(('一览', 'At a glance'), lang)}", ""]
    lines.append(said(("数字为规则行数，点击到该部分。", "Numbers of lines; each leads to its part."), lang))
    lines += glance(parts, shelf, lang)
    for part in parts:
        lines += ["", f'<a id="{part.name}"></a>', "", f"## {escaped(part.title)}"]
        for group in part.groups:
            if group.title:
                lines += ["", f"### {escaped(group.title)}"]
            head = [said(("规则集", "Rule set"), lang), said(("规则", "Rule"), lang), *part.columns]
            head.append(said(("条款", "Article"), lang))
            lines += table([head[0], *map(escaped, head[1:])], [row(rule, shelf[rule.policy]) for rule in group.rules])
        if part.silent:
            names = said(("、", ", "), lang).join(f"[{name}]({shelf[name].page})" for name in part.silent)
            lines += ["", said(("没有此类规则：", "No such rule: "), lang) + names]
    return "\n".join(lines) + "\n"


def glance(parts: Sequence[ComparedPart], shelf: dict[str, Book], lang: Lang) -> list[str]:
    """Write how many lines each policy has in each part."""
    counts = {part.name: Counter(rule.policy for rule in part.rules) for part in parts}
    rows = []
    for name, book in shelf.items():
        cells = [f"[`{name}`]({book.page})", escaped(book.policy.title[lang])]
        cells += [f"[{count}](#{part})" if (count := found[name]) else "—" for part, found in counts.items()]
        rows.append(cells)
    head = [said(("规则集", "Rule set"), lang), said(("名称", "Title"), lang)]
    return table([*head, *(f"[{escaped(part.title)}](#{part.name})" for part in parts)], rows)


def row(rule: ComparedRule, book: Book) -> list[str]:
    """Write one line of the comparison."""
    cells = [stacked(cell) for cell in rule.cells]
    if rule.decides:
        cells[-1] = "<br>".join(map(book.rule, rule.decides))
    title = book.link(rule.key, rule.title) + (f" {OURS}" if rule.reading else "")
    return [f"`{rule.policy}`", title, *cells, book.cite(rule.article, rule.cite)]


# --- one by one ---


def disagreements_page(lang: Lang) -> str:
    """Write what each text leaves open."""
    shelf = books(lang)
    told = {name: silences(book.policy, lang) for name, book in shelf.items()}
    ids = {book.policy.id for book in shelf.values()}
    lines = opening("disagreements", lang)
    lines += ["", f"## {said(('目录', 'Contents'), lang)}"]
    head = [
        ("名称", "Title"), ("规则集", "Rule set"), ("编者理解", "readings"), ("须提供的数值", "figures to supply"),
        ("有默认的数值", "figures with a default"), ("缺失条文", "articles lost"), ("未读条文", "not read"),
        ("说明", "notes"),
    ]  # fmt: skip
    own = {name: kept(one, shelf[name], ids, told, shelf) for name, one in told.items()}
    rows = [
        [f"[{escaped(one.title)}](#{anchor(name)})", f"`{name}`", *map(str, counts(one))] for name, one in own.items()
    ]
    total = [sum(column) for column in zip(*(counts(one) for one in own.values()), strict=True)]
    rows.append([said(("合计", "all"), lang), "", *map(str, total)])
    lines += table([said(pair, lang) for pair in head], rows)
    for name, one in own.items():
        lines += chapter(one, told[name], shelf[name], lang)
    return "\n".join(lines) + "\n"


def kept(one: Silences, book: Book, ids: set[str], told: dict[str, Silences], shelf: dict[str, Book]) -> Silences:
    """Leave out what a policy has taken over from another that is shipped: it stands there."""
    over = (ids & book.policy.texts.keys()) - {book.policy.id}
    notes = {note for name, other in told.items() if shelf[name].policy.id in over for note in other.notes}
    return Silences(
        one.title,
        tuple(item for item in one.readings if item.source not in over),
        tuple(item for item in one.figures if item.source not in over),
        tuple(item for item in one.articles if item.source not in over),
        tuple(note for note in one.notes if note not in notes),
    )


def counts(one: Silences) -> list[int]:
    """Count what a chapter holds."""
    open_ = sum(not figure.value for figure in one.figures)
    states = [sum(article.state is state for article in one.articles) for state in _STATES]
    return [len(one.readings), open_, len(one.figures) - open_, *states, len(one.notes)]


def chapter(one: Silences, whole: Silences, book: Book, lang: Lang) -> Iterator[str]:
    """Write the chapter of one policy."""
    yield from ("", f'<a id="{anchor(book.name)}"></a>', "", f"## {escaped(one.title)} `{book.name}`", "")
    yield f"[{said(('规则手册', 'Rule book'), lang)}]({book.page})"
    over = len(whole.readings) - len(one.readings)
    if over:
        text = (
            f"另有{over}条理解随所扩展的规则集而来，见该处。",
            f"{over} more readings come with the rule set it extends.",
        )
        yield from ("", said(text, lang))
    if one.notes:
        yield from ("", f"### {said(('须先知道', 'What to know first'), lang)}", "")
        yield from (f"* {escaped(note)}" for note in one.notes)
    heads = {
        "article": ("条款", "Article"), "rule": ("规则", "Rule"), "says": ("规则内容", "What the rule says"),
        "reading": ("文本所缺与编者理解", "What the text lacks, and our reading"), "hangs": ("影响", "Hangs on it"),
        "figure": ("数值", "Figure"), "value": ("取值", "Value"), "gist": ("大意", "Gist"), "state": ("状态", "State"),
    }  # fmt: skip
    named = {key: said(pair, lang) for key, pair in heads.items()}
    if one.readings:
        yield from ("", f"### {said(('编者理解', 'Our readings'), lang)}")
        rows = []
        for item in one.readings:
            part = f"<br>{escaped(item.part)}" if item.part else ""
            rows.append([
                book.cite(item.article, item.cite), book.link(item.key, item.title) + part, stacked(item.says),
                escaped(item.reading), hanging(item.dependents, item.further, book, lang),
            ])  # fmt: skip
        yield from table([named[key] for key in ("article", "rule", "says", "reading", "hangs")], rows)
    if one.figures:
        yield from ("", f"### {said(('留待确定的数值', 'Figures left open'), lang)}")
        supply = said(("**须提供**", "**to be supplied**"), lang)
        rows = [
            [
                book.cite(item.article, item.cite), book.link(item.key, item.title),
                escaped(item.value) or supply, escaped(item.reading),
                hanging(item.dependents, item.further, book, lang),
            ]
            for item in one.figures
        ]  # fmt: skip
        yield from table([named[key] for key in ("article", "figure", "value", "reading", "hangs")], rows)
    if one.articles:
        yield from ("", f"### {said(('缺失或未读的条文', 'Articles lost or not read'), lang)}")
        rows = [[book.cite(item.key, item.cite), escaped(item.title), escaped(item.told)] for item in one.articles]
        yield from table([named[key] for key in ("article", "gist", "state")], rows)


def hanging(direct: Sequence[Dependent], further: Sequence[str], book: Book, lang: Lang) -> str:
    """Write what hangs on a rule, with the figures that depend on it."""
    lines = []
    for one in direct:
        figures = escaped(said(("、", ", "), lang).join(one.figures))
        lines.append(book.rule(one.key) + (said((f"：{figures}", f": {figures}"), lang) if figures else ""))
    if further:
        reached = said(("、", ", "), lang).join(map(book.rule, further))
        lines.append(said((f"进而：{reached}", f"and in turn {reached}"), lang))
    return "<br>".join(lines) or said(("仅此规则", "this rule only"), lang)


def pages() -> Iterator[tuple[Path, str]]:
    """Give every page with its content."""
    for lang in NAMES:
        yield FOLDER / f"comparison.{lang}.md", comparison_page(lang)
        yield FOLDER / f"disagreements.{lang}.md", disagreements_page(lang)


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` only say whether they are current."""
    wanted = dict(pages())
    if "--check" in arguments:
        names = [path.name for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
        for name in names:
            print(f"docs/{name} is not current: run python docs/_scripts/make_comparison.py")
        return 1 if names else 0
    for path, text in wanted.items():
        path.write_text(text, "utf-8")
    print(f"{len(wanted)} pages written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
