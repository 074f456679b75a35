"""The rule book of a policy (规则手册): every rule in words, with its article, figures, conditions and readings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from fractions import Fraction
from typing import Final, NamedTuple

from complaint_rules.conditions.parsing import Condition
from complaint_rules.errors import UnknownRule, did_you_mean
from complaint_rules.language import Lang, Pair, clock_time, coded, said
from complaint_rules.periods.proof_text import late_arrival
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.files.vocabulary import common
from complaint_rules.policy.policy import Policy, rules_of
from complaint_rules.policy.rules import (
    Checklist,
    CountedFrom,
    Duty,
    Extension,
    Figure,
    Filing,
    Limit,
    LimitRow,
    Link,
    Modality,
    Parameter,
    Retention,
    Table,
)
from complaint_rules.policy.uses import facts_of
from complaint_rules.words.conditions import codes_in
from complaint_rules.words.voices import Voice, voice

Line = tuple[str, str]
"""What a line is about (empty: nothing in particular), and what it says."""
SECTIONS: Final[Mapping[str, Pair]] = {
    "table": ("分类与认定", "Classes and findings"),
    "limit": ("时限", "Time limits"),
    "duty": ("义务、禁止与许可", "Duties, prohibitions, permissions"),
    "checklist": ("要素清单", "Checklists"),
    "link": ("关联", "Links between complaints"),
    "figure": ("指标", "Figures"),
    "filing": ("定期报送", "Periodic reports"),
    "parameter": ("参数", "Parameters"),
}
"""The sections of rules, in the order of the book."""


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


class Section(NamedTuple):
    """One part of the book."""

    name: str
    """``table``, ``limit`` …, or ``head``, ``levels``, ``facts``, ``events``, ``other``, ``notes``."""
    title: str
    """Its heading."""
    rules: tuple[RuleText, ...]
    """Its rules; empty in parts that have none."""
    lines: tuple[Line, ...]
    """What stands in it besides."""


def rulebook(policy: Policy, lang: Lang) -> tuple[Section, ...]:
    """Give the whole book of a policy, part by part; parts without content are left out. Raises `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> [section.name for section in rulebook(load_policy("psbc-95580"), "en")][:3]
    ['head', 'levels', 'table']
    """
    spoken = voice(policy, lang)
    parts = [
        Section("head", spoken.titled(policy.title, policy.id), (), tuple(_head(policy, spoken))),
        Section("levels", spoken.pick("层级与主体", "Levels and bodies"), (), tuple(_levels(policy, spoken))),
    ]
    for name, title in SECTIONS.items():
        rules = tuple(_rule(policy, f"{name}/{key}", spoken) for key in _rules(policy, name))
        parts.append(Section(name, said(title, lang), rules, ()))
    parts += [
        Section("other", spoken.pick("保管与时间", "Retention and hours"), (), tuple(_other(policy, spoken))),
        Section("facts", spoken.pick("事实", "Facts"), tuple(_facts(policy, spoken)), ()),
        Section("events", spoken.pick("自有事项", "Events of its own"), (), tuple(_events(policy, spoken))),
        Section("codes", spoken.pick("事件代码", "Codes of events"), (), tuple(_codes(policy, spoken))),
        Section(
            "notes", spoken.pick("说明", "Notes"), (), tuple(("", spoken.titled(note, "")) for note in policy.notes)
        ),
    ]
    return tuple(part for part in parts if part.rules or part.lines)


def explain_policy(policy: Policy, lang: Lang) -> str:
    """Write the whole book of a policy as plain text. Raises `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> explain_policy(load_policy("psbc-95580"), "en").splitlines()[0]
    'Detailed rules for customer complaints through hotline 95580'
    """
    texts = []
    for section in rulebook(policy, lang):
        lines = [section.title]
        lines += [f"- {written(line)}" for line in section.lines]
        lines += ["- " + rule.text.replace("\n", "\n  ") for rule in section.rules]
        texts.append("\n".join(lines))
    return "\n\n".join(texts)


def explain_rule(policy: Policy, key: str, lang: Lang) -> str:
    """Write one rule, called ``section/id``, as plain text.

    Raises `UnknownRule` where the policy has none of this name, `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> print(explain_rule(load_policy("psbc-95580"), "table/work_list", "en").splitlines()[0])
    Platform list the ticket stands in [table/work_list]
    >>> explain_rule(load_policy("psbc-95580"), "limit/hole", "en")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownRule: rule of psbc-95580: there is no such rule; got 'limit/hole'; did you mean 'limit/whole'?
    """  # noqa: E501 - the message is one line
    spoken = voice(policy, lang)
    known = [f"{section}/{name}" for section in SECTIONS for name in _rules(policy, section)]
    if key not in known:
        hint = did_you_mean(key, known)
        raise UnknownRule(what=f"rule of {policy.id}", why="there is no such rule", value=key, hint=hint)
    return _rule(policy, key, spoken).text


def _rules(policy: Policy, section: str) -> Mapping[str, object]:
    found: Mapping[str, object] = getattr(policy, "duties" if section == "duty" else f"{section}s")
    return found


def _rule(policy: Policy, key: str, spoken: Voice) -> RuleText:
    section, _, name = key.partition("/")
    rule: _AnyRule = _rules(policy, section)[name]  # type: ignore[assignment]
    lines = [line for line in _WRITERS[section](rule, spoken) if line[1]]
    if rule.reading is not None:
        lines.append((spoken.pick("编者理解", "our reading"), spoken.titled(rule.reading, "")))
    return RuleText(key, spoken.titled(rule.title, name), policy.cite(rule.cite, spoken.lang), tuple(lines))


# --- head and parts without rules of their own ---


def _head(policy: Policy, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("编号", "id"), pick(f"{policy.id}，{policy.edition}版", f"{policy.id}, {policy.edition}")
    yield pick("制定机关", "issued by"), spoken.titled(policy.issuer, "")
    if policy.source is not None:
        yield pick("所据文本", "text used"), spoken.titled(policy.source, "")
    yield pick("核对日期", "compared with the text on"), f"{policy.checked_on}"
    since, until = policy.effective_from, policy.effective_until
    if since is not None:
        yield pick("生效日期", "in force from"), f"{since}"
    if until is not None:
        yield pick("失效日期", "in force until"), f"{until}"
    if policy.applies is not None:
        yield pick("适用条件", "applies where"), spoken.condition(policy.applies)


def _levels(policy: Policy, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    for code, titles in policy.levels.items():
        yield pick("层级", "level"), f"{spoken.titled(titles, code)} [{code}]"
    for by, to in sorted(policy.routes):
        yield pick("不算越级", "no skipped level"), f"{spoken.holder(by)} → {spoken.holder(to)}"
    for code, titles in policy.bodies.items():
        yield pick("主体", "body"), f"{spoken.titled(titles, code)} [{code}]"


def _other(policy: Policy, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    for retention in policy.retentions:
        title = spoken.titled(retention.title, "")
        about = (
            pick(f"档案保管（{title}）", f"files are kept ({title})") if title else pick("档案保管", "files are kept")
        )
        yield about, _retention(retention, spoken)
    if policy.hours is not None:
        yield pick("工作时间", "opening hours"), policy.hours.text(spoken.lang)
    yield from _own_days(policy, spoken)
    if policy.quiet is not None:
        yield pick("免打扰时段", "quiet hours"), f"{policy.quiet.text()}{spoken.cited(policy.quiet_cite)}"


def _own_days(policy: Policy, spoken: Voice) -> Iterator[Line]:
    pick, own = spoken.pick, policy.own_days
    if own is None:
        return
    for day in own.days:
        what = pick("营业", "works") if day.works else pick("休息", "does not work")
        why = pick(day.reason, day.reason_en or day.reason)
        yield pick("本行安排", "own arrangement"), f"{day.date}{pick('：', ': ')}{what}{spoken.bracketed(why)}"
    if not own.make_up_days:
        yield pick("补班日", "make-up working days"), pick("不营业", "are not worked")
    for notice in own.notices:
        yield pick("放假安排", "public holidays"), notice.cite(spoken.lang)


def _retention(retention: Retention, spoken: Voice) -> str:
    figure = _figure(retention.within, retention.parameter, spoken)
    starts = spoken.selectors(retention.starts)
    held = spoken.listed(spoken.titled(titles, code) for code, titles in retention.contents.items())
    text = spoken.pick(f"自{starts}起{figure}", f"{figure} from {starts}")
    if held:
        text = spoken.joined([text, spoken.pick(f"内容：{held}", f"contents: {held}")])
    return f"{text}{spoken.cited(retention.cite)}{spoken.mark(retention.reading)}"


def _facts(policy: Policy, spoken: Voice) -> Iterator[RuleText]:
    """Describe the facts that some rule reads, and the policy's own."""
    pick = spoken.pick
    core = common().facts
    read = _read(policy)
    for name, spec in policy.facts.items():
        if name in core and name not in read:
            continue
        lines = [(pick("类型", "type"), spec.type.title(spoken.lang))]
        if spec.assume is not None:
            lines.append((pick("未知时推定", "presumed while unknown"), spoken.value(name, spec.assume)))
        if spec.implies:
            lines.append((pick("成立时必有", "where it holds, so do"), spoken.facts(spec.implies)))
        lines.append((pick("由谁回答", "who can answer"), spec.ask.title(spoken.lang)))
        lines += [(code, spoken.titled(titles, code)) for code, titles in (spec.values or {}).items()]
        yield RuleText(f"facts/{name}", spoken.titled(spec.title, name), "", tuple(lines))


def _read(policy: Policy) -> set[str]:
    """Name the facts that the rules read."""
    names = set() if policy.applies is None else set(policy.applies.facts)
    return names.union(*map(facts_of, rules_of(policy)))


def _events(policy: Policy, spoken: Voice) -> Iterator[Line]:
    standard = common().events
    for kind, titles in policy.events.items():
        if kind not in standard:
            yield kind, spoken.titled(titles, kind)


# --- rules ---


def _when(condition: Condition | None, spoken: Voice) -> str:
    return "" if condition is None else spoken.condition(condition)


def _figure(period: object, parameter: str | None, spoken: Voice) -> str:
    text: str = "" if period is None else period.text(spoken.lang)  # type: ignore[attr-defined]
    if parameter is None:
        return text
    title = spoken.titled(spoken.policy.parameters[parameter].title, parameter)
    given = text or spoken.pick("未提供", "not supplied")
    return spoken.pick(f"参数“{title}”（{given}）", f"the parameter “{title}” ({given})")


def _table(table: Table, spoken: Voice) -> Iterator[Line]:
    every = spoken.pick("凡成立的各行均计入", "every row that holds counts")
    first = spoken.pick("以首个成立的一行为准", "the first row that holds decides")
    yield spoken.pick("取法", "how"), every if table.every else first
    for number, row in enumerate(table.rows, 1):
        value = f"{spoken.titled(table.values.get(row.value, {}), row.value)} [{row.value}]"
        when = _when(row.when, spoken) or spoken.pick("其余", "otherwise")
        yield f"{number}", f"{value}{spoken.cited(row.cite)}{spoken.pick('：', ': ')}{when}{spoken.mark(row.reading)}"


def _limit(limit: Limit, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("起算", "from"), spoken.selectors(limit.starts)
    yield pick("结束", "until"), spoken.selectors(limit.until)
    yield pick("承办单位", "who"), spoken.holder(limit.who)
    if limit.modality is Modality.SHOULD:
        yield pick("强度", "force"), limit.modality.title(spoken.lang)
    yield pick("适用条件", "applies where"), _when(limit.when, spoken)
    several = len(limit.rows) > 1
    if several:
        earliest = pick(
            "凡成立的各行均计入，以先届满者为准", "every row that holds counts, the earliest due moment binds"
        )
        latest = pick("凡成立的各行均计入，以后届满者为准", "every row that holds counts, the latest due moment binds")
        first = pick("以首个成立的一行为准", "the first row that holds decides")
        yield pick("取法", "how"), earliest if limit.earliest else latest if limit.latest else first
    for number, row in enumerate(limit.rows, 1):
        yield pick(f"期限{number}", f"figure {number}") if several else pick("期限", "figure"), _limit_row(row, spoken)
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
        yield pick("延期", "extension"), _extension(extension, spoken)
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


def _limit_row(row: LimitRow, spoken: Voice) -> str:
    pick = spoken.pick
    text = _figure(row.within, row.parameter, spoken)
    if row.by is not None:
        text = pick(f"由“{spoken.fact(row.by)}”给定", f"set by “{spoken.fact(row.by)}”")
    parts = [f"{text}{spoken.cited(row.cite)}"]
    if row.when is not None:
        parts.append(pick("条件：", "where ") + spoken.condition(row.when))
    parts += [pick(f"提前{warn.text('zh')}提醒", f"warning {warn.text('en')} ahead") for warn in row.warnings]
    return spoken.joined(parts) + spoken.mark(row.reading)


def _needs(condition: Condition | None, spoken: Voice) -> str:
    if condition is None:
        return ""
    return spoken.pick("，须：", ", needs: ") + spoken.condition(condition)


def _extension(extension: Extension, spoken: Voice) -> str:
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
    return f"{spoken.joined(parts)} [{extension.id}]{spoken.cited(extension.cite)}{spoken.mark(extension.reading)}"


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
    yield pick("强度", "force"), duty.modality.title(spoken.lang)
    yield pick("义务人", "who"), spoken.holder(duty.who)
    yield pick("对象", "to"), spoken.holder(duty.to)
    yield pick("行为", "act"), spoken.selectors(duty.acts)
    yield pick("起因", "after"), spoken.selectors(duty.after)
    yield pick("止于", "until"), spoken.selectors(duty.until)
    if duty.each:
        yield pick("次数", "how often"), pick("每次起因各一项", "one for every trigger")
    yield pick("条件", "where"), _when(duty.when, spoken)
    yield pick("例外", "unless"), _when(duty.unless, spoken)
    yield pick("期限", "within"), _figure(duty.within, duty.parameter, spoken)
    if duty.counted_from is CountedFrom.TRIGGER:
        yield pick("起算", "counted from"), duty.counted_from.title(spoken.lang)
    yield from _counting(duty, spoken)


def _checklist(checklist: Checklist, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("对象", "of"), spoken.selectors(checklist.of)
    yield pick("强度", "force"), checklist.modality.title(spoken.lang)
    yield pick("适用条件", "applies where"), _when(checklist.when, spoken)
    items = (f"{spoken.titled(titles, code)} [{code}]" for code, titles in checklist.items.items())
    yield pick("要素", "items"), spoken.listed(items)


def _link(link: Link, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("相同的事实", "same"), spoken.facts(link.same)
    yield (
        pick("计数", "counts"),
        pick("不同投诉人", "distinct complainants") if link.distinct else pick("投诉件数", "complaints"),
    )
    yield pick("期间", "window"), _figure(link.window, link.parameter, spoken)
    if link.joint:
        yield pick("共同投诉", "joint complaints"), pick("各投诉人分别计数", "each complainant counts")
    yield pick("范围", "of"), _when(link.when, spoken)


def _figures(figure: Figure, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("分子", "share of those where"), _when(figure.share, spoken)
    yield pick("总体", "of all where"), _when(figure.of, spoken)
    if figure.by is not None:
        table = spoken.policy.tables.get(figure.by)
        yield pick("分布", "by"), spoken.fact(figure.by) if table is None else spoken.titled(table.title, figure.by)
    if figure.per is not None:
        yield pick("统计期", "per"), figure.per.title(spoken.lang)
    yield pick("主体", "who"), spoken.holder(figure.who)
    if figure.at_least is not None:
        yield pick("不低于", "at least"), f"{_percent(figure.at_least)} %"


def _percent(share: Fraction) -> str:
    whole = share * 100
    return f"{(Decimal(whole.numerator) / Decimal(whole.denominator)).normalize():f}"


def _filing(filing: Filing, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("报送方", "who"), spoken.holder(filing.who)
    yield pick("报送对象", "to"), spoken.listed(map(spoken.holder, filing.to))
    if filing.per is not None:
        yield pick("报送周期", "per"), filing.per.title(spoken.lang)
    yield from _filing_days(filing, spoken)
    if filing.roll is not None:
        yield pick("计法", "counting"), filing.roll.title(spoken.lang)
    edges = [None if day is None else f"{day}" for day in (filing.first, filing.last)]
    if any(edges):
        since, until = (edge or pick("…", "…") for edge in edges)
        yield pick("期间（含首末日）", "between, both inclusive"), f"{since} – {until}"
    names = (spoken.titled(spoken.policy.parameters[name].title, name) for name in filing.bounds)
    yield pick("期间由参数给定", "between days left to the parameters"), spoken.listed(names)
    contents = (spoken.titled(titles, code) for code, titles in filing.contents.items())
    yield pick("内容", "contents"), spoken.listed(contents)


def _filing_days(filing: Filing, spoken: Voice) -> Iterator[Line]:
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
    figure = _figure(filing.within, filing.parameter, spoken)
    if figure:
        yield pick("期限", "by"), pick(f"每期末日后{figure}{time}", f"{figure} after the last day of each period{time}")


def _parameter(parameter: Parameter, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("类型", "type"), parameter.type.title(spoken.lang)
    value = parameter.value
    shown = spoken.value("", value) if value is not None else pick("由使用者提供", "to be supplied by the user")
    yield pick("取值", "value"), shown


def _codes(policy: Policy, spoken: Voice) -> Iterator[Line]:
    """List the codes that the Chinese book says in words: an event is recorded with the code."""
    if spoken.lang == "zh":
        sections = (policy.limits, policy.duties, policy.checklists, policy.figures)
        rules: list[object] = [rule for section in sections for rule in section.values()]
        rules += [row.when for table in policy.tables.values() for row in table.rows]
        used = {code for rule in rules for code in codes_in(rule)}
        for code in sorted(used - policy.levels.keys() - policy.bodies.keys()):
            yield code, coded(code, "zh")


class _AnyRule(NamedTuple):
    """What all rules have."""

    title: Titles
    cite: str | None
    reading: Titles | None


_WRITERS: Final[Mapping[str, Callable[..., Iterator[Line]]]] = {
    "table": _table, "limit": _limit, "duty": _duty, "checklist": _checklist, "link": _link, "figure": _figures,
    "filing": _filing, "parameter": _parameter,
}  # fmt: skip
