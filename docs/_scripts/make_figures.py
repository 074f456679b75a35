"""Write the list of figures, `docs/figures.zh.md` and `docs/figures.en.md`, from the definitions in the policy files.

python docs/_scripts/make_figures.py            writes both pages
python docs/_scripts/make_figures.py --check    writes nothing; exit status 1 where a page is not current
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from make_comparison import table
from make_rulebook import NAMES, anchor, escaped, files, item

from complaint_rules.language import Lang, Pair, said
from complaint_rules.policy.figures import Rate
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Figure, FigureShape
from complaint_rules.words.rule_texts import SECTIONS, Line, rule_text, rules_in
from complaint_rules.words.voices import Voice, voice

FOLDER: Final = Path(__file__).resolve().parents[1]
MADE_BY: Final = "<!-- Made by docs/_scripts/make_figures.py from the policy files; do not edit. -->"
TITLE: Final[Pair] = ("各规则集的指标", "The figures of each rule set")
PARTS: Final = ("figure", "basis", "base", "filing")
GUIDE: Final[Pair] = (
    """\
* 列出各规则集的指标、统计口径、基数与报送，均由规则文件中的定义生成；条件按字面写出，每条标题链接到规则手册。
* “算法”是规则文件自己写明的；文本未写明的，按该类指标的一般算法列在“算法（按类型）”，见下表。
* “归期”说明以哪一天把案件归入统计期，一律按北京时间的日；文本未写的，归于收到之日。归于办结、撤回、不予受理、解决的，
  取仍然有效的最后一次：已重新受理而未再办结的，不归入任何期间。
* “总体”是参与计算的案件；未写条件的为全部案件。是否属于总体、是否计入分子都不知道的，另列并给出上下限。
* “小数位”未定的，由列印者决定；一律只在列印时修约一次，五入时远离零。
* 各词含义与理由见[统计的概念](concepts-statistics.md)，如何得出见[教程](tutorial-report.md)。""",
    """\
* Every figure, counting rule, base and return of each rule set, made from the definitions in the policy files.
  Conditions are written out; each heading leads to the rule book.
* “worked out as” is what the policy file says itself. Where it says nothing, “worked out, by its shape” gives what
  holds for every figure of that shape; the shapes are listed below.
* “placed by” says whose day puts a case into a period, always a day in Beijing; where the text names none, it is the
  receipt. Of a closing, withdrawal, refusal or settlement it is the last one that stands: a case that was reopened and
  not ended again lies in no period.
* “of all where” are the cases that the figure is about, its population; without a condition, all of them. Those of
  which nobody knows whether they belong to it, or to the numerator, stand apart and give the bounds.
* Where the decimals of a figure are “not laid down”, whoever prints decides. There is one rounding, half away from
  zero, at printing.
* What the words mean and why is told under [statistics](concepts-statistics.md), how a figure is got in the
  [tutorial](tutorial-report.md).""",
)
SHAPES: Final[Mapping[FigureShape, Pair]] = {
    FigureShape.COUNT: (
        "属于总体且按统计口径计入的案件数",
        "how many cases belong to the population and count by the counting rule",
    ),
    FigureShape.SHARE: (
        "总体中符合分子条件的÷（符合的＋不符合的）；不知道的不入分母，另列",
        "those for which the condition holds ÷ (those + the ones for which it does not); unknown ones stand apart",
    ),
    FigureShape.LIMIT: (
        "该时限的每次计时恰属一类：按时、逾期办结、未到期未结、逾期未结、无法判定、不再计算、逾期后不再计算、未起算、不适用",
        """\
every run is in exactly one class: in time, late, open in time, open and late, undetermined, void, void after it was \
late, not started, not applicable""",
    ),
    FigureShape.TIME: (
        "使该期限恰好未逾期的最小整数；取已结案件的中位数，未结的按目前时长另列",
        """\
the smallest number of units for which a limit of that length would have been kept; the median of those that ended; \
the open ones apart, by their age so far""",
    ),
    FigureShape.SUM: ("已知金额之和，以元计，精确到分", "the known amounts added up, in yuan, exact to the fen"),
    FigureShape.STOCK: (
        "期初未结＋收到＋重新受理－终了＝期末未结",
        "open at the start + received + reopened - ended = open at the end",
    ),
    FigureShape.SCALED: (
        "件数÷基数×折算单位；基数为零或未提供的，无此数；合计按基数合计折算",
        "the count ÷ the base × so many; none without a base or on one of nothing; of the whole by the whole base",
    ),
}
"""How figures of each shape are worked out where their file does not say."""
RATES: Final[Mapping[Rate, Pair]] = {
    Rate.DUE: ("按时÷（按时＋逾期办结＋逾期未结）", "in time ÷ (in time + late + open and late)"),
    Rate.ENDED: ("按时÷（按时＋逾期办结）", "in time ÷ (in time + late)"),
    Rate.ALL: (
        "按时÷（按时＋逾期办结＋逾期未结＋未到期未结）",
        "in time ÷ (in time + late + open and late + open in time)",
    ),
}
"""What the rates of a limit are; those that are void and those of which nobody knows are in none."""
NO_RATE: Final[Pair] = ("不再计算的、无法判定的均不入分母", "void and undetermined runs are in no denominator")


def unit_of(figure: Figure, spoken: Voice) -> str:
    """Say in what a figure is counted."""
    if figure.unit is not None:
        return figure.unit[spoken.lang]
    pick = spoken.pick
    if figure.time is not None:
        return figure.time.unit.title(spoken.lang).removeprefix("个")
    if figure.scale is not None:
        return pick(f"件/{figure.scale.per}", f"cases per {figure.scale.per:,}")
    if figure.shape in (FigureShape.SHARE, FigureShape.LIMIT):
        return "%"
    if figure.shape is FigureShape.SUM:
        return pick("元", "yuan")
    weights = {spoken.policy.bases[basis].weight for basis in figure.basis} - {None}
    return spoken.listed(spoken.fact(str(fact)) for fact in sorted(map(str, weights))) or pick("件", "cases")


def by_shape(figure: Figure, spoken: Voice) -> str:
    """Say how a figure is worked out by its shape."""
    parts = [said(SHAPES[figure.shape], spoken.lang)]
    if figure.rate is not None:
        parts += [said(RATES[figure.rate], spoken.lang), said(NO_RATE, spoken.lang)]
    return spoken.joined(parts)


def figure_lines(figure: Figure, spoken: Voice) -> list[Line]:
    """Say everything of a figure: what its file says, and what holds where it says nothing."""
    pick = spoken.pick
    own = list(rule_text(spoken.policy, f"figure/{figure.id}", spoken).lines)
    generally = (pick("算法（按类型）", "worked out, by its shape"), by_shape(figure, spoken))
    first = generally if figure.definition is None else own.pop(0)
    lines = [(pick("类型", "shape"), figure.shape.title(spoken.lang)), first]
    if not figure.dated:
        placed = (
            pick("各期之首末，由收到、重新受理、终了逐日推得", "the edges of each period, from what came in and ended")
            if figure.shape is FigureShape.STOCK
            else pick("收到之日", "the day of the receipt")
        )
        lines.append((pick("归期", "placed by"), placed))
    if figure.of is None:
        lines.append((pick("总体", "population"), pick("全部案件", "all cases")))
    lines += own
    lines.append((pick("单位", "unit"), unit_of(figure, spoken)))
    if figure.decimals is not None or figure.shape not in (FigureShape.COUNT, FigureShape.STOCK):
        decimals = pick("未定", "not laid down") if figure.decimals is None else f"{figure.decimals}"
        lines.append((pick("小数位", "decimals"), decimals))
    return lines


def chapter(name: str, policy: Policy, lang: Lang) -> Iterator[str]:
    """Write the chapter of one rule set."""
    spoken = voice(policy, lang)
    yield from ("", f'<a id="{anchor(name)}"></a>', "", f"## {escaped(policy.title[lang])} `{name}`")
    for part in PARTS:
        rules = rules_in(policy, part)
        if rules:
            yield from ("", f"### {escaped(said(SECTIONS[part], lang))}")
        for key, rule in rules.items():
            text = rule_text(policy, f"{part}/{key}", spoken)
            cite = f" · {escaped(text.cite)}" if text.cite else ""
            book = f"rulebook/{name}.{lang}.md#{anchor(text.key)}"
            lines = figure_lines(rule, spoken) if isinstance(rule, Figure) else text.lines
            yield from ("", f"**[{escaped(text.title)}]({book})** `{key}`{cite}", "")
            yield from map(item, lines)


def shapes_table(lang: Lang) -> list[str]:
    """Write what each shape of figure is."""
    rows = [[escaped(shape.title(lang)), escaped(said(text, lang))] for shape, text in SHAPES.items()]
    rows += [
        [escaped(f"{FigureShape.LIMIT.title(lang)} ({rate.value})"), escaped(said(text, lang))]
        for rate, text in RATES.items()
    ]
    return table([said(("类型", "Shape"), lang), said(("一般算法", "How it is worked out"), lang)], rows)


def page(lang: Lang) -> str:
    """Write the page in one language."""
    other: Lang = "en" if lang == "zh" else "zh"
    found = {name: load_policy(id_, edition=name.partition("@")[2] or None) for name, id_ in files()}
    told = {name: policy for name, policy in found.items() if any(rules_in(policy, part) for part in PARTS)}
    lines = [MADE_BY, "", f"# {said(TITLE, lang)}", "", f"[{NAMES[other]}](figures.{other}.md)", "", said(GUIDE, lang)]
    lines += ["", f"## {said(('指标类型', 'Shapes'), lang)}", *shapes_table(lang)]
    lines += ["", f"## {said(('目录', 'Contents'), lang)}"]
    head = [said(("规则集", "Rule set"), lang), *(escaped(said(SECTIONS[part], lang)) for part in PARTS)]
    rows = [
        [f"[{escaped(policy.title[lang])}](#{anchor(name)})", *(f"{len(rules_in(policy, part))}" for part in PARTS)]
        for name, policy in told.items()
    ]
    lines += table(head, rows)
    silent = said(("、", ", "), lang).join(f"`{name}`" for name in found if name not in told)
    lines += ["", said(("没有指标、口径、报送的：", "None of these: "), lang) + silent]
    for name, policy in told.items():
        lines += chapter(name, policy, lang)
    return "\n".join(lines) + "\n"


def main(arguments: list[str]) -> int:
    """Write the pages, or with ``--check`` only say whether they are current."""
    wanted = {FOLDER / f"figures.{lang}.md": page(lang) for lang in NAMES}
    if "--check" in arguments:
        names = [path.name for path, text in wanted.items() if not path.exists() or path.read_text("utf-8") != text]
        for name in names:
            print(f"docs/{name} is not current: run python docs/_scripts/make_figures.py")
        return 1 if names else 0
    for path, text in wanted.items():
        path.write_text(text, "utf-8")
    print(f"{len(wanted)} pages written")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
