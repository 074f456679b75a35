"""Rules in words: each kind of rule line by line, with its figures, conditions, articles and readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from complaint_rules.conditions.parsing import Condition
from complaint_rules.language import Pair, clock_time, said
from complaint_rules.periods.periods import Period
from complaint_rules.periods.proof_text import late_arrival
from complaint_rules.policy.accepted import Accepted
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.figures import FilingTable, Scaled, Shows
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import (
    Base,
    Checklist,
    CountedFrom,
    CountingRule,
    Duty,
    Extension,
    Figure,
    Filing,
    Limit,
    LimitRow,
    Link,
    Measured,
    Modality,
    Parameter,
    Retention,
    Standing,
    Table,
)
from complaint_rules.words.duties import only_where
from complaint_rules.words.voices import Voice

Line = tuple[str, str]
"""What a line is about (empty: nothing in particular), and what it says."""
SECTIONS: Final[Mapping[str, Pair]] = {
    "table": ("分类与认定", "Classes and findings"),
    "limit": ("时限", "Time limits"),
    "duty": ("义务、禁止与许可", "Duties, prohibitions, permissions"),
    "checklist": ("要素清单", "Checklists"),
    "link": ("关联", "Links between complaints"),
    "basis": ("统计口径", "Counting rules"),
    "base": ("基数", "Bases"),
    "figure": ("指标", "Figures"),
    "filing": ("定期报送", "Periodic reports"),
    "standing": ("常设职责", "Standing duties"),
    "parameter": ("参数", "Parameters"),
}
"""The sections of rules, in the order of the book."""
_PERIODS: Final[Mapping[str, Pair]] = {
    "day": ("日", "day"), "week": ("周", "week"), "month": ("月份", "month"), "quarter": ("季度", "quarter"),
    "half_year": ("半年度", "half-year"), "year": ("年度", "year"),
}  # fmt: skip
_GROUPS: Final[Mapping[str, Pair]] = {
    "unit": ("承办单位", "unit"),
    "holder": ("经办层级", "level that holds the case"),
    "standing": ("时限执行情况", "how the limit stands"),
    "holder_at_breach": ("逾期时的经办层级", "level that held the case when the limit ran out"),
}
"""Names that cases are grouped by which are neither facts nor tables."""


_FIELDS: Final[Mapping[str, str]] = {"duty": "duties", "standing": "standing", "basis": "bases", "base": "scales"}
"""Sections whose field of `Policy` is no plain plural."""


def written(line: Line) -> str:
    """Write a line with a colon that suits its language.

    >>> written(("within", "48 hours")), written(("期限", "48小时")), written(("", "48 hours"))
    ('within: 48 hours', '期限：48小时', '48 hours')
    """
    about, says = line
    return f"{about}{': ' if about.isascii() else '：'}{says}" if about else says


class RuleText(NamedTuple):
    """One rule in words."""

    key: str
    """``section/id``."""
    title: str
    """Its title."""
    cite: str
    """Its article as readers write it; empty where it has none."""
    lines: tuple[Line, ...]
    """What it says."""

    @property
    def text(self) -> str:
        """The rule as plain text."""
        head = f"{self.title} [{self.key}]" + (f" {self.cite}" if self.cite else "")
        return "\n".join([head, *(f"  {written(line)}" for line in self.lines)])


def rules_in(policy: Policy, section: str) -> Mapping[str, object]:
    """Give the rules of a section of `SECTIONS`, by id.

    >>> from complaint_rules.policy.loading import load_policy
    >>> "whole" in rules_in(load_policy("psbc-95580"), "limit")
    True
    """
    found: Mapping[str, object] = getattr(policy, _FIELDS.get(section, f"{section}s"))
    return found


def rule_text(policy: Policy, key: str, spoken: Voice) -> RuleText:
    """Write one rule, called ``section/id``.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.words.voices import voice
    >>> policy = load_policy("psbc-95580")
    >>> rule_text(policy, "limit/whole", voice(policy, "en")).title
    'Whole process'
    """
    section, _, name = key.partition("/")
    rule: _AnyRule = rules_in(policy, section)[name]  # type: ignore[assignment]
    lines = [line for line in _WRITERS[section](rule, spoken) if line[1]]
    lines += [(spoken.pick("已接受", "accepted"), accepted_text(one, spoken)) for one in getattr(rule, "accept", ())]
    if rule.reading is not None:
        lines.append((spoken.pick("编者理解", "our reading"), spoken.titled(rule.reading, "")))
    return RuleText(key, spoken.titled(rule.title, name), policy.cite(rule.cite, spoken.lang), tuple(lines))


def accepted_text(accepted: Accepted, spoken: Voice) -> str:
    """Write a finding that is accepted, with its own reading where it has one.

    >>> from complaint_rules.policy.accepted import FindingCode
    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.words.voices import voice
    >>> accepted_text(Accepted(code=FindingCode.GAP, reading=None), voice(load_policy("psbc-95580"), "en"))
    'gap'
    """
    title = accepted.code.title(spoken.lang)
    return title if accepted.reading is None else written((title, accepted.reading[spoken.lang]))


def _accepted_here(accept: Sequence[Accepted], spoken: Voice) -> str:
    """Write the findings that a row accepts, as a mark behind it."""
    return "".join(
        spoken.pick(f"［已接受：{accepted_text(one, spoken)}］", f" [accepted: {accepted_text(one, spoken)}]")
        for one in accept
    )


def _when(condition: Condition | None, spoken: Voice) -> str:
    return "" if condition is None else spoken.condition(condition)


def figure_text(period: Period | None, parameter: str | None, spoken: Voice) -> str:
    """Write a figure; one left to a parameter with its name, and what was supplied for it. Empty: there is none.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.words.voices import voice
    >>> spoken = voice(load_policy("cbirc-2020-3"), "en")
    >>> figure_text(None, "retention", spoken).endswith("(not supplied)"), figure_text(None, None, spoken)
    (True, '')
    """
    text = "" if period is None else period.text(spoken.lang)
    if parameter is None:
        return text
    title = spoken.titled(spoken.policy.parameters[parameter].title, parameter)
    given = text or spoken.pick("未提供", "not supplied")
    return spoken.pick(f"参数“{title}”（{given}）", f"the parameter “{title}” ({given})")


def _table(table: Table, spoken: Voice) -> Iterator[Line]:
    every = spoken.pick("凡成立的各行均计入", "every row that holds counts")
    first = spoken.pick("以首个成立的一行为准", "the first row that holds decides")
    yield spoken.pick("判定方式", "how"), every if table.every else first
    for number, row in enumerate(table.rows, 1):
        value = spoken.titled(table.values.get(row.value, {}), row.value)
        when = _when(row.when, spoken) or spoken.pick("其余", "otherwise")
        mark = spoken.mark(row.reading) + _accepted_here(row.accept, spoken)
        yield f"{number}", f"{value}{spoken.cited(row.cite)}{spoken.pick('：', ': ')}{when}{mark}"


def _limit(limit: Limit, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("起算", "from"), spoken.selectors(limit.starts)
    yield pick("结束", "until"), spoken.selectors(limit.until)
    yield pick("承办单位", "who"), spoken.holder(limit.who)
    if limit.modality is Modality.SHOULD:
        yield pick("规范强度", "force"), limit.modality.title(spoken.lang)
    yield pick("适用条件", "applies where"), _when(limit.when, spoken)
    several = len(limit.rows) > 1
    if several:
        earliest = pick(
            "凡成立的各行均计入，以先届满者为准", "every row that holds counts, the earliest due moment binds"
        )
        latest = pick("凡成立的各行均计入，以后届满者为准", "every row that holds counts, the latest due moment binds")
        first = pick("以首个成立的一行为准", "the first row that holds decides")
        yield pick("判定方式", "how"), earliest if limit.earliest else latest if limit.latest else first
    for number, row in enumerate(limit.rows, 1):
        about = pick(f"期限{number}", f"figure {number}") if several else pick("期限", "figure")
        yield about, limit_row_text(row, spoken)
    if limit.each:
        yield pick("次数", "runs"), pick("每次起算各计一次", "one run for every start")
    yield from _counting(limit, spoken)
    if limit.agreed:
        later = pick("只延不缩", "only where it is later") if limit.agreed_later else ""
        yield pick("约定优先", "agreement prevails"), spoken.selectors(limit.agreed) + spoken.bracketed(later)
    for pause in limit.pauses:
        codes = spoken.listed(map(spoken.code, sorted(pause.reasons)))
        needs = _needs(pause.requires, spoken)
        yield pick("中止", "stops for"), f"{codes}{needs}{spoken.cited(pause.cite)}{spoken.mark(pause.reading)}"
    for extension in limit.extensions:
        yield pick("延期", "extension"), extension_text(extension, spoken)
    if limit.restart is not None:
        restart = limit.restart
        on, needs = spoken.selectors(restart.on), _needs(restart.when, spoken)
        yield pick("重新起算", "starts anew"), f"{on}{needs}{spoken.cited(restart.cite)}{spoken.mark(restart.reading)}"
    if limit.reopen is not None:
        yield pick("重新受理", "reopening"), limit.reopen.title(spoken.lang)
    if limit.after_closing:
        yield pick("办结", "closing"), pick("办结之后仍可履行", "it may be kept after the closing as well")
    for void in limit.void_on:
        needs = "" if void.when is None else pick("，条件：", ", where ") + spoken.condition(void.when)
        on = spoken.selector(void.on)
        yield pick("不再计算", "void on"), f"{on}{needs}{spoken.cited(void.cite)}{spoken.mark(void.reading)}"


def row_figure_text(row: LimitRow, spoken: Voice) -> str:
    """Write the figure of one row of a limit: a period, or that it is agreed, or set by a fact.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.words.voices import voice
    >>> policy = load_policy("grcu-2008")
    >>> row_figure_text(policy.limits["superior"].rows[0], voice(policy, "zh"))
    '由“上级规定的办结期限”给定'
    """
    if row.as_agreed:
        return spoken.pick("以约定为准", "as agreed")
    if row.by is not None:
        return spoken.pick(f"由“{spoken.fact(row.by)}”给定", f"set by “{spoken.fact(row.by)}”")
    return figure_text(row.within, row.parameter, spoken)


def limit_row_text(row: LimitRow, spoken: Voice) -> str:
    """Write one figure of a limit with its article and its condition.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.words.voices import voice
    >>> policy = load_policy("psbc-95580")
    >>> limit_row_text(policy.limits["whole"].rows[1], voice(policy, "en"))
    '4 working days (art. 14 item (1)); where UnionPay ticket'
    """
    pick = spoken.pick
    parts = [f"{row_figure_text(row, spoken)}{spoken.cited(row.cite)}"]
    if row.when is not None:
        parts.append(pick("条件：", "where ") + spoken.condition(row.when))
    parts += [pick(f"提前{warn.text('zh')}提醒", f"warning {warn.text('en')} ahead") for warn in row.warnings]
    return spoken.joined(parts) + spoken.mark(row.reading) + _accepted_here(row.accept, spoken)


def _needs(condition: Condition | None, spoken: Voice) -> str:
    if condition is None:
        return ""
    return spoken.pick("，须：", ", needs: ") + spoken.condition(condition)


def extension_text(extension: Extension, spoken: Voice) -> str:
    """Write one extension of a limit: what it adds, by what, under which conditions.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.words.voices import voice
    >>> policy = load_policy("cbirc-2020-3")
    >>> extension_text(policy.limits["decide"].extensions[0], voice(policy, "en")).split(";")[0]
    'adds 30 days'
    """
    pick = spoken.pick
    parts = []
    if extension.add is not None:
        parts.append(pick(f"加{extension.add.text('zh')}", f"adds {extension.add.text('en')}"))
    if extension.to is not None:
        since = spoken.selectors(extension.since) or pick("起算", "the start")
        parts.append(pick(f"至自{since}起{extension.to.text('zh')}", f"to {extension.to.text('en')} from {since}"))
    parts.append(pick("凭", "by ") + spoken.selector(extension.on))
    if extension.when is not None:
        parts.append(pick("条件：", "where ") + spoken.condition(extension.when))
    if extension.requires is not None:
        parts.append(pick("须：", "needs: ") + spoken.condition(extension.requires))
    if extension.approved_by:
        who = pick("或", " or ").join(map(spoken.holder, sorted(extension.approved_by)))
        parts.append(pick(f"由{who}批准", f"approved by {who}"))
    parts.append(pick(f"至多{extension.times}次", f"at most {extension.times} time{'s' * (extension.times > 1)}"))
    return f"{spoken.joined(parts)}{spoken.cited(extension.cite)}{spoken.mark(extension.reading)}"


def _counting(rule: Limit | Duty, spoken: Voice) -> Iterator[Line]:
    pick, counting = spoken.pick, rule.counting
    about = pick("计法", "counting")
    if counting.starts is not None:
        time = clock_time(counting.starts)
        yield about, pick(f"当日早于{time}的自{time}起算", f"a start before {time} waits for {time}")
    if counting.roll is not None:
        yield about, counting.roll.title(spoken.lang)
    if counting.receipt is not None:
        yield about, counting.receipt.title(spoken.lang)
    if counting.cut_off is not None:
        yield about, late_arrival(counting.cut_off, spoken.lang)
    if counting.opening_day:
        yield about, pick("起算当日计入（含当日）", "the opening day counts as the first")
    if counting.ends == "close":
        yield about, pick("末日至停止办公时止", "the last day ends at the close of business")
    elif isinstance(counting.ends, dt.time):
        time = clock_time(counting.ends)
        yield about, pick(f"末日至{time}止", f"the last day ends at {time}")
    if rule.quiet:
        yield about, pick("受免打扰时段限制", "quiet hours bear on it")


def _duty(duty: Duty, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("规范强度", "force"), duty.modality.title(spoken.lang)
    yield pick("义务人", "who"), spoken.holder(duty.who)
    yield pick("对象", "to"), spoken.holder(duty.to)
    if duty.unless is None:
        yield pick("行为", "act"), spoken.selectors(duty.acts)
    else:
        yield pick("要求", "requirement"), only_where(duty, spoken)
    yield pick("起因", "after"), spoken.selectors(duty.after)
    yield pick("止于", "until"), spoken.selectors(duty.until)
    if duty.each:
        yield pick("次数", "how often"), pick("每次起因各一项", "one for every trigger")
    yield pick("条件", "where"), _when(duty.when, spoken)
    yield pick("期限", "within"), figure_text(duty.within, duty.parameter, spoken)
    if duty.counted_from is CountedFrom.TRIGGER:
        yield pick("起算", "counted from"), duty.counted_from.title(spoken.lang)
    yield from _counting(duty, spoken)


def _checklist(checklist: Checklist, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("对象", "of"), spoken.selectors(checklist.of)
    yield pick("规范强度", "force"), checklist.modality.title(spoken.lang)
    yield pick("适用条件", "applies where"), _when(checklist.when, spoken)
    items = (spoken.titled(titles, code) for code, titles in checklist.items.items())
    yield pick("要素", "items"), spoken.listed(items)


def _link(link: Link, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("相同的事实", "same"), spoken.facts(link.same)
    yield (
        pick("计数", "counts"),
        pick("不同投诉人", "distinct complainants") if link.distinct else pick("投诉件数", "complaints"),
    )
    yield pick("期间", "window"), figure_text(link.window, link.parameter, spoken)
    if link.joint:
        yield pick("共同投诉", "joint complaints"), pick("各投诉人分别计数", "each complainant counts")
    yield pick("范围", "of"), _when(link.when, spoken)


def _basis(basis: CountingRule, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    if basis.definition is not None:
        yield pick("算法", "worked out as"), basis.definition[spoken.lang]
    yield pick("计入", "counts those where"), _when(basis.counts, spoken) or pick("全部投诉", "all of them")
    if basis.why is not None:
        yield pick("不计入的按此列明", "the others by"), spoken.rule(f"table/{basis.why}")
    if basis.weight is not None:
        yield pick("按此计数", "each as often as"), spoken.fact(basis.weight)
    edges = [None if day is None else f"{day}" for day in (basis.since, basis.until)]
    if any(edges):
        yield pick("期间（含首末日）", "between, both inclusive"), " – ".join(edge or "…" for edge in edges)
    if basis.replaces is not None:
        yield pick("取代", "replaces"), spoken.rule(f"basis/{basis.replaces}")


def _base(base: Base, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    if base.definition is not None:
        yield pick("口径", "what belongs to it"), base.definition[spoken.lang]
    yield pick("取值", "value"), pick("由使用者提供", "to be supplied by the user")


def _measured(time: Measured, spoken: Voice) -> str:
    """Write from where to where something is measured, and in what."""
    starts, until = spoken.selectors(time.starts), spoken.selectors(time.until)
    unit = time.unit.title(spoken.lang).removeprefix("个")
    less = spoken.pick("，扣除中止期间", ", the suspensions left out") if time.without_pauses else ""
    return spoken.pick(f"自{starts}至{until}，以{unit}计{less}", f"from {starts} to {until}, in {unit}{less}")


def _figures(figure: Figure, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    if figure.definition is not None:
        yield pick("算法", "worked out as"), figure.definition[spoken.lang]
    yield pick("分子", "share of those where"), _when(figure.share, spoken)
    if figure.limit is not None and figure.rate is not None:
        limit, runs = spoken.rule(f"limit/{figure.limit}"), figure.rate.title(spoken.lang)
        yield pick("时限", "limit"), limit
        yield pick("及时率分母", "of which runs"), runs
    if figure.time is not None:
        yield pick("时长", "duration"), _measured(figure.time, spoken)
    yield pick("分段", "bands"), spoken.listed(_bands(figure))
    yield pick("列示", "shown"), spoken.listed(_shown(one, spoken) for one in figure.show)
    if figure.stock is not None:
        yield pick("存量", "open at the"), figure.stock.title(spoken.lang)
    if figure.scale is not None:
        yield pick("折算", "in relation"), _scaled(figure.scale, spoken)
    if figure.amount is not None:
        yield pick("金额", "sum of"), spoken.fact(figure.amount)
    if figure.paid is not None:
        yield pick("金额", "sum of the amounts of"), spoken.selector(figure.paid)
    yield pick("总体", "of all where"), _when(figure.of, spoken)
    yield pick("统计口径", "counting rules"), spoken.listed(spoken.rule(f"basis/{one}") for one in figure.basis)
    if figure.part_of is not None:
        yield pick("其中于", "part of"), spoken.rule(f"figure/{figure.part_of}")
    if figure.dated:
        each = pick("，每次均计", ", every time") if figure.each else ""
        yield pick("归期", "placed by the day of"), f"{spoken.selectors(figure.dated)}{each}"
    for name in figure.by:
        table = spoken.policy.tables.get(name)
        yield pick("分布", "by"), spoken.fact(name) if table is None else spoken.titled(table.title, name)
    if figure.per is not None:
        yield pick("统计期", "per"), figure.per.title(spoken.lang)
    yield pick("主体", "who"), spoken.holder(figure.who)
    if figure.at_least is not None:
        yield pick("不低于", "at least"), f"{percent(figure.at_least)} %"
    if figure.at_most is not None:
        yield pick("不高于", "at most"), f"{percent(figure.at_most)} %"
    if figure.at_least_cases is not None:
        few = figure.at_least_cases
        yield pick("少于此数不列占比", "no share below"), pick(f"{few}件", f"{few} cases")


def _bands(figure: Figure) -> Iterator[str]:
    edges = figure.bands
    for earlier, edge in zip((-1, *edges), edges, strict=False):
        yield f"{earlier + 1}–{edge}"
    if edges:
        yield f">{edges[-1]}"


def _shown(word: str, spoken: Voice) -> str:
    kind, _, number = word.partition(" ")
    return spoken.pick(f"{number}%分位数", f"{kind} {number}") if number else Shows(word).title(spoken.lang)


def _scaled(scale: Scaled, spoken: Voice) -> str:
    figure, base = spoken.rule(f"figure/{scale.figure}"), spoken.rule(f"base/{scale.base}")
    return spoken.pick(f"每{scale.per}{base}的{figure}", f"{figure} per {scale.per:,} {base}")


def _group(name: str, spoken: Voice) -> str:
    """Name what cases are grouped by: a table, a fact, a period, a limit's standing, or who holds the case."""
    policy, (kind, _, rest) = spoken.policy, name.partition("(")
    if name in policy.tables:
        return spoken.titled(policy.tables[name].title, name)
    if rest:
        return f"{said(_GROUPS[kind], spoken.lang)}{spoken.bracketed(spoken.rule(f'limit/{rest[:-1]}'))}"
    event, _, period = name.rpartition(".")
    if period in _PERIODS and name not in policy.scope.facts:
        word = said(_PERIODS[period], spoken.lang)
        of = spoken.quoted(policy.title_of(event, spoken.lang))
        return spoken.pick(f"{of}之{word}", f"{word} of {of}") if event else word
    return said(_GROUPS[name], spoken.lang) if name in _GROUPS else spoken.fact(name)


def _table_text(table: FilingTable, spoken: Voice) -> str:
    pick = spoken.pick
    groups = spoken.listed(_group(name, spoken) for name in table.by)
    parts = [f"{spoken.rule(f'figure/{table.figure}')}{pick('按', ' by ')}{groups}"]
    if table.basis is not None:
        basis = spoken.rule(f"basis/{table.basis}")
        parts.append(pick(f"口径{basis}", f"counted by {basis}"))
    if table.within is not None:
        within = _group(table.within, spoken)
        parts.append(pick(f"在{within}之内", f"within each {within}"))
    if table.show:
        shown = spoken.listed(_shown(one, spoken) for one in table.show)
        parts.append(pick(f"列{shown}", f"showing {shown}"))
    if table.median:
        parts.append(pick("并列中位数", "with the median of the groups"))
    return spoken.joined(parts)


def percent(share: Fraction) -> str:
    """Write a share in per cent, without the sign.

    >>> percent(Fraction(1, 5)), percent(Fraction(1, 8))
    ('20', '12.5')
    """
    whole = share * 100
    return f"{(Decimal(whole.numerator) / Decimal(whole.denominator)).normalize():f}"


def _filing(filing: Filing, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("报送方", "who"), spoken.holder(filing.who)
    yield pick("报送对象", "to"), spoken.listed(map(spoken.holder, filing.to))
    if filing.per is not None:
        yield pick("报送周期", "per"), filing.per.title(spoken.lang)
    yield from filing_days(filing, spoken)
    if filing.roll is not None:
        yield pick("计法", "counting"), filing.roll.title(spoken.lang)
    edges = [None if day is None else f"{day}" for day in (filing.first, filing.last)]
    if any(edges):
        since, until = (edge or pick("…", "…") for edge in edges)
        yield pick("期间（含首末日）", "between, both inclusive"), f"{since} – {until}"
    names = (spoken.titled(spoken.policy.parameters[name].title, name) for name in filing.bounds)
    yield pick("期间由参数给定", "between days left to the parameters"), spoken.listed(names)
    for (month, day), period in filing.periods:
        on = yearly_text([(month, day)], spoken)
        yield pick("统计期", "reports on"), pick(f"{on}：{period.title('zh')}", f"{on}: {period.title('en')}")
    if filing.period is not None:
        yield pick("统计期", "reports on"), filing.period.title(spoken.lang)
    elif filing.period_parameter is not None:
        title = spoken.policy.parameters[filing.period_parameter].title
        yield pick("统计期由参数给定", "period left to the parameter"), spoken.titled(title, filing.period_parameter)
    if filing.so_far:
        yield (
            pick("未满期", "not over yet"),
            pick(
                "期末之前报送，所报为截至报送前一日",
                "due before its period is over: what it reports runs to the day before",
            ),
        )
    contents = (spoken.titled(titles, code) for code, titles in filing.contents.items())
    yield pick("内容", "contents"), spoken.listed(contents)
    yield pick("指标", "figures"), spoken.listed(spoken.rule(f"figure/{name}") for name in filing.figures)
    for table in filing.tables:
        yield pick("报表", "table"), _table_text(table, spoken)
    yield pick("对比", "held against"), spoken.listed(one.title(spoken.lang) for one in filing.compare)
    if filing.excluded:
        yield pick("未计入的", "what did not count"), pick("按原因列明", "listed by its reason")
    written = (spoken.titled(filing.contents[code], code) for code in filing.written)
    yield pick("由人撰写", "written by a person"), spoken.listed(written)


def filing_days(filing: Filing, spoken: Voice) -> Iterator[Line]:
    """Write by when a periodic report is due.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.words.voices import voice
    >>> policy = load_policy("grcu-2008")
    >>> list(filing_days(policy.filings["half_yearly"], voice(policy, "en")))
    [('by', '15 June, 15 December, before that day begins')]
    """
    pick = spoken.pick
    time = "" if filing.time is None else f" {clock_time(filing.time)}"
    dates = [pick(f"每年{month}月{day}日", f"{dt.date(2000, month, day):%d %B}") for month, day in filing.dates]
    if filing.day is not None:
        dates.append(pick(f"每月{filing.day}日", f"day {filing.day} of each month"))
    if filing.daily:
        dates.append(pick("每日", "every day"))
    when = spoken.listed(dates)
    if when:
        yield (
            pick("期限", "by"),
            f"{when}{time}"
            + (
                pick("（含当日）", " (inclusive)")
                if filing.inclusive
                else pick("之前（不含当日）", ", before that day begins")
            ),
        )
    figure = figure_text(filing.within, filing.parameter, spoken)
    if figure:
        yield pick("期限", "by"), pick(f"每期末日后{figure}{time}", f"{figure} after the last day of each period{time}")


def _standing(standing: Standing, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("规范强度", "force"), standing.modality.title(spoken.lang)
    yield pick("义务人", "who"), spoken.holder(standing.who)
    yield pick("对象", "to"), spoken.listed(map(spoken.holder, standing.to))
    if standing.per is not None:
        yield pick("频次", "how often"), standing.per.title(spoken.lang)
    yield pick("每年期限（含当日）", "every year by (inclusive)"), yearly_text(standing.dates, spoken)
    if standing.after is not None:
        after, figure = standing.after[spoken.lang], figure_text(standing.within, standing.parameter, spoken)
        yield pick("期限", "within"), pick(f"{after}后{figure}", f"{figure} after {after}")


def yearly_text(dates: Sequence[tuple[int, int]], spoken: Voice) -> str:
    """Write the days of a year by which something is done.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.words.voices import voice
    >>> yearly_text([(6, 15), (12, 15)], voice(load_policy("grcu-2008"), "en"))
    '15 June, 15 December'
    """
    return spoken.listed(spoken.pick(f"{month}月{day}日", f"{dt.date(2000, month, day):%d %B}") for month, day in dates)


def _parameter(parameter: Parameter, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("类型", "type"), parameter.type.title(spoken.lang)
    value = parameter.value
    shown = spoken.value("", value) if value is not None else pick("由使用者提供", "to be supplied by the user")
    yield pick("取值", "value"), shown


def retention_text(retention: Retention, spoken: Voice) -> str:
    """Write how long files are kept, and from when.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.words.voices import voice
    >>> policy = load_policy("psbc-95580")
    >>> retention_text(policy.retentions[0], voice(policy, "zh")).startswith("自“办结”起10年")
    True
    """
    figure = figure_text(retention.within, retention.parameter, spoken)
    starts = spoken.selectors(retention.starts)
    held = spoken.listed(spoken.titled(titles, code) for code, titles in retention.contents.items())
    text = spoken.pick(f"自{starts}起{figure}", f"{figure} from {starts}")
    if held:
        text = spoken.joined([text, spoken.pick(f"内容：{held}", f"contents: {held}")])
    return f"{text}{spoken.cited(retention.cite)}{spoken.mark(retention.reading)}"


class _AnyRule(NamedTuple):
    """What all rules have."""

    title: Titles
    cite: str | None
    reading: Titles | None


_WRITERS: Final[Mapping[str, Callable[..., Iterator[Line]]]] = {
    "table": _table, "limit": _limit, "duty": _duty, "checklist": _checklist, "link": _link, "basis": _basis,
    "base": _base, "figure": _figures, "filing": _filing, "standing": _standing, "parameter": _parameter,
}  # fmt: skip
