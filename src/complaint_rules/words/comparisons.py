"""Several policies side by side: limits, classes, thresholds, escalation, callbacks, reports, keeping, quiet hours.

What stands where follows from the kinds of rule, the kinds of event they speak of, and what a table says it is about.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias

import attrs

from complaint_rules.cases.case import EventKind
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import FactType
from complaint_rules.conditions.trees import Atom, Compare, EventField, Fact, LinkedCount, atoms_of, terms_of
from complaint_rules.language import Lang, Pair, language, said
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.policy.rules import Duty, Figure, Limit, Link, Modality, Selector, Subject
from complaint_rules.policy.uses import key_of
from complaint_rules.words.article_texts import first_article, order_of
from complaint_rules.words.conditions import render_atom
from complaint_rules.words.dependents import Dependent, dependents
from complaint_rules.words.duties import only_where
from complaint_rules.words.rule_texts import (
    extension_text,
    figure_text,
    filing_days,
    limit_row_text,
    percent,
    retention_text,
    row_figure_text,
    written,
    yearly_text,
)
from complaint_rules.words.voices import Voice, voice

_UPWARD: Final = frozenset({"reported", "escalated", "transferred"})
"""Kinds of event that take a complaint, or word of it, to a higher level or to another body."""
_CUSTOMERS: Final = frozenset({"customer", "complainant"})
"""Bodies that are no superior, whoever reports to them."""
_ORDER: Final[Mapping[str, int]] = {kind.value: place for place, kind in enumerate(EventKind)}
_FIGURES: Final[Pair] = ("期限与条件", "figures and conditions")
_COLUMNS: Final[Mapping[str, tuple[Pair, ...]]] = {
    "limits": (("起算", "from"), ("结束", "until"), _FIGURES),
    "urgency": (("结果", "result"), ("条件", "criteria"), ("影响", "decides")),
    "groups": (("门槛", "threshold"), ("后果", "what follows"), ("条件与回溯期间", "condition and window")),
    "escalation": (
        ("规范强度", "force"), ("由谁向谁", "who to whom"), ("何时", "when"), ("期限", "within"),
    ),
    "callbacks": (("主体", "who"), ("要求", "demand"), ("范围", "of which")),
    "periodic": (("主体与对象", "who to whom"), ("周期与期限", "how often, by when"), ("内容", "contents")),
    "retention": (("期限", "how long"),),
    "quiet": (("时段", "hours"), ("受限事项", "what they bear on")),
}  # fmt: skip
_TITLES: Final[Mapping[str, Pair]] = {
    "limits": ("时限", "Time limits"),
    "urgency": ("轻重缓急的标准", "What makes a complaint urgent or grave"),
    "groups": ("群体与重复的门槛", "Group thresholds"),
    "escalation": ("报告与升级", "Reporting and escalation"),
    "callbacks": ("回访与比例", "Callbacks and quotas"),
    "periodic": ("定期报送与定期工作", "Periodic reports and duties"),
    "retention": ("保管期限", "How long files are kept"),
    "quiet": ("免打扰时段", "Quiet hours"),
}
_KEPT: Final[Pair] = ("档案", "The file")
OURS: Final = "※"
"""Stands behind the title of a rule in which a reading of ours stands."""
_OWN: Final[Pair] = ("自有事项", "Kinds of event of their own")
_OWN_KIND: Final = "own"


_Cells: TypeAlias = tuple[tuple[str, ...], ...]


class ComparedRule(NamedTuple):
    """One line of a comparison: one rule of one policy, or a part of it."""

    policy: str
    """The policy: its id, with its edition where several of the same id are compared."""
    key: str
    """The rule, as ``limit/whole``; ``retention``, ``quiet``."""
    title: str
    """Its title."""
    cells: tuple[tuple[str, ...], ...]
    """What it says under each column of its part, line by line."""
    cite: str
    """Its article as readers write it; empty where it has none."""
    article: str
    """Key of the first article cited, as ``article/14``; empty where there is none."""
    reading: bool
    """Whether a reading of ours stands in it."""
    decides: tuple[str, ...] = ()
    """Keys of the rules that read it; filled for tables."""


class ComparedGroup(NamedTuple):
    """Lines that belong together."""

    title: str
    """What they have in common; empty where a part is not divided."""
    rules: tuple[ComparedRule, ...]
    """The lines, policy by policy, each in the order of its text."""


class ComparedPart(NamedTuple):
    """One part of a comparison."""

    name: str
    """``limits``, ``urgency``, ``groups``, ``escalation``, ``callbacks``, ``periodic``, ``retention``, ``quiet``."""
    title: str
    """Its heading."""
    columns: tuple[str, ...]
    """Headings of the cells of its rules."""
    groups: tuple[ComparedGroup, ...]
    """What it holds."""
    silent: tuple[str, ...]
    """The policies that have no such rule."""

    @property
    def rules(self) -> tuple[ComparedRule, ...]:
        """All its lines."""
        return tuple(rule for group in self.groups for rule in group.rules)


class _Line(NamedTuple):
    """One line before it has its policy and its place."""

    key: str
    title: Titles
    cells: _Cells
    cites: tuple[str, ...]
    reading: bool
    group: str = ""
    decides: tuple[str, ...] = ()


@attrs.frozen
class _Source:
    """One policy, with what its lines are made from."""

    policy: Policy
    spoken: Voice
    hanging: Mapping[str, tuple[Dependent, ...]]
    superiors: frozenset[str]


def comparison(policies: Sequence[Policy], lang: Lang) -> tuple[ComparedPart, ...]:
    """Put several policies side by side, part by part; every part is there, whoever has no such rule is named.

    Time limits, duties with a time limit among them, are grouped by the event that ends them. Tables of urgency are
    those that say so (``about = "urgency"``), or, where a table does not say what it is about, those that decide which
    figure of a limit holds. Group thresholds are comparisons with a whole-number fact or with linked complaints.
    Escalation is what is reported, escalated or transferred, goes to a higher level or to whom others report, or guards
    the order of levels. Raises `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> parts = comparison([load_policy("psbc-95580"), load_policy("cbirc-2020-3")], "en")
    >>> [(part.name, len(part.rules)) for part in parts if part.name in ("retention", "quiet")]
    [('retention', 2), ('quiet', 1)]
    >>> parts[-1].silent
    ('cbirc-2020-3',)
    """
    spoken_in = language(lang)
    sources = []
    for name, policy in zip(names_of(policies), policies, strict=True):
        spoken = voice(policy, spoken_in)
        sources.append((name, _Source(policy, spoken, dependents(policy, spoken), _superiors(policy))))
    return tuple(_part(name, sources, spoken_in) for name in _TITLES)


def names_of(policies: Sequence[Policy]) -> tuple[str, ...]:
    """Name policies as a comparison does: by their ids, with the edition where several have the same.

    >>> from complaint_rules.policy.loading import load_policy
    >>> names_of([load_policy("psbc-95580")])
    ('psbc-95580',)
    """
    many = Counter(as_policy(policy).id for policy in policies)
    return tuple(one.id if many[one.id] == 1 else f"{one.id}@{one.edition}" for one in policies)


def _part(name: str, sources: Sequence[tuple[str, _Source]], lang: Lang) -> ComparedPart:
    groups: dict[str, list[ComparedRule]] = {}
    silent = []
    for policy, source in sources:
        place = order_of(source.policy)
        lines = sorted(_LINES[name](source), key=lambda line: place(line.cites))
        if not lines:
            silent.append(policy)
        for line in lines:
            groups.setdefault(line.group, []).append(_compared(policy, line, source))
    found = []
    for group in sorted(groups, key=lambda kind: _ORDER.get(kind, len(_ORDER))):
        title = said(_OWN, lang) if group == _OWN_KIND else EventKind(group).title(lang) if group else ""
        found.append(ComparedGroup(title, tuple(groups[group])))
    columns = tuple(said(column, lang) for column in _COLUMNS[name])
    return ComparedPart(name, said(_TITLES[name], lang), columns, tuple(found), tuple(silent))


def _compared(policy: str, line: _Line, source: _Source) -> ComparedRule:
    spoken = source.spoken
    cite = ", ".join(dict.fromkeys(place for cite in line.cites for place in cite.split(", ")))
    return ComparedRule(
        policy=policy,
        key=line.key,
        title=spoken.titled(line.title, line.key),
        cells=tuple(tuple(filter(None, cell)) for cell in line.cells),
        cite=source.policy.cite(cite, spoken.lang),
        article=first_article(cite),
        reading=line.reading,
        decides=line.decides,
    )


# --- time limits ---


def _limits(source: _Source) -> Iterator[_Line]:
    for limit in source.policy.limits.values():
        yield _limit_line(limit, source.spoken)
    for duty in source.policy.duties.values():
        if duty.within is not None or duty.parameter is not None:
            yield _duty_line(duty, source.spoken)


def _limit_line(limit: Limit, spoken: Voice) -> _Line:
    pick = spoken.pick
    lines = [] if limit.modality is Modality.MUST else [limit.modality.title(spoken.lang)]
    lines += [] if limit.when is None else [pick("适用条件：", "applies where ") + spoken.condition(limit.when)]
    lines += _rows_of(limit, spoken)
    if limit.agreed:
        lines.append(pick("约定优先：", "agreement prevails: ") + spoken.selectors(limit.agreed))
    for extension in limit.extensions:
        bare = extension_text(attrs.evolve(extension, reading=None), spoken)
        lines.append(pick("延期：", "extension: ") + bare)
    if limit.pauses:
        reasons = sorted({reason for pause in limit.pauses for reason in pause.reasons})
        lines.append(pick("中止：", "stops for: ") + spoken.listed(map(spoken.code, reasons)))
    cells = ((spoken.selectors(limit.starts),), (spoken.selectors(limit.until),), tuple(lines))
    cites = _cited(limit.cite, *(row.cite for row in limit.rows))
    return _Line(key_of(limit), limit.title, cells, cites, _read_by_us(limit), _group(limit.until))


def _rows_of(limit: Limit, spoken: Voice) -> list[str]:
    return [limit_row_text(attrs.evolve(row, reading=None, cite=None, accept=()), spoken) for row in limit.rows]


def _duty_line(duty: Duty, spoken: Voice) -> _Line:
    force = "" if duty.modality is Modality.MUST else duty.modality.title(spoken.lang)
    figure = figure_text(duty.within, duty.parameter, spoken)
    when = "" if duty.when is None else spoken.pick("条件：", "where ") + spoken.condition(duty.when)
    cells = ((_trigger(duty, spoken),), (spoken.selectors(duty.acts),), (force, spoken.joined([figure, when])))
    return _Line(key_of(duty), duty.title, cells, _cited(duty.cite), duty.reading is not None, _group(duty.acts))


def _trigger(duty: Duty, spoken: Voice) -> str:
    return spoken.selectors(duty.after) if duty.after else spoken.event("received")


def _group(selectors: Sequence[Selector]) -> str:
    """Give the kind of event by which a limit is grouped: the first standard one, else those of their own together."""
    return next((one.kind for one in selectors if one.kind in _ORDER), _OWN_KIND)


def _cited(*cites: str | None) -> tuple[str, ...]:
    return tuple(dict.fromkeys(cite for cite in cites if cite is not None))


def _read_by_us(rule: object) -> bool:
    """Say whether a reading stands in a rule or one of its parts."""
    if isinstance(rule, tuple):
        return any(map(_read_by_us, rule))
    if not attrs.has(form := type(rule)) or isinstance(rule, Condition):
        return False
    return any(
        getattr(rule, field.name) is not None if field.name == "reading" else _read_by_us(getattr(rule, field.name))
        for field in attrs.fields(form)
    )


# --- classes and thresholds ---


def _urgency(source: _Source) -> Iterator[_Line]:
    spoken = source.spoken
    deciding = {name for limit in source.policy.limits.values() for row in limit.rows if row.when is not None
                for name in row.when.tables}  # fmt: skip
    for table in source.policy.tables.values():
        if table.about is not Subject.URGENCY and (table.about is not None or table.id not in deciding):
            continue
        reached = tuple(one.key for one in source.hanging.get(key_of(table), ()))
        for number, row in enumerate(table.rows):
            value = spoken.titled(table.values.get(row.value, {}), row.value)
            when = spoken.pick("其余", "otherwise") if row.when is None else spoken.condition(row.when)
            decides = () if number else tuple(map(spoken.rule, reached))
            yield _Line(
                key_of(table), table.title, ((value,), (when,), decides), _cited(row.cite or table.cite),
                row.reading is not None or table.reading is not None, "", () if number else reached,
            )  # fmt: skip


class _Decided(NamedTuple):
    """A condition that decides something, and what follows where it holds."""

    key: str
    title: Titles
    condition: Condition | None
    follows: str
    cite: str | None
    reading: bool


def _groups(source: _Source) -> Iterator[_Line]:
    spoken, policy = source.spoken, source.policy
    for one in _decided(source):
        if one.condition is None:
            continue
        atoms = [atom for atom in atoms_of(one.condition.tree) if _is_number(atom, policy)]
        table = policy.tables.get(one.key.removeprefix("table/"))
        if atoms or (table is not None and table.about is Subject.GROUP):
            thresholds = (render_atom(atom, policy.scope, spoken.lang, spoken.words) for atom in atoms)
            windows = (_window(policy.links[name], spoken) for name in sorted(one.condition.links))
            cells = (tuple(dict.fromkeys(thresholds)), (one.follows,), (spoken.condition(one.condition), *windows))
            yield _Line(one.key, one.title, cells, _cited(one.cite), one.reading)


def _decided(source: _Source) -> Iterator[_Decided]:
    spoken, policy = source.spoken, source.policy
    for table in policy.tables.values():
        for row in table.rows:
            value = spoken.titled(table.values.get(row.value, {}), row.value)
            ours = row.reading is not None or table.reading is not None
            yield _Decided(key_of(table), table.title, row.when, value, row.cite or table.cite, ours)
    for limit in policy.limits.values():
        figures = spoken.listed(_rows_of(limit, spoken))
        yield _Decided(key_of(limit), limit.title, limit.when, figures, limit.cite, limit.reading is not None)
        for figure in limit.rows:
            ours = figure.reading is not None or limit.reading is not None
            text = row_figure_text(figure, spoken)
            yield _Decided(key_of(limit), limit.title, figure.when, text, figure.cite or limit.cite, ours)
    for duty in policy.duties.values():
        title = spoken.titled(duty.title, duty.id)
        yield _Decided(key_of(duty), duty.title, duty.when, title, duty.cite, duty.reading is not None)


def _is_number(atom: Atom, policy: Policy) -> bool:
    """Say whether something is compared with a whole number of people, or of complaints linked."""
    return isinstance(atom, Compare) and any(
        isinstance(term, LinkedCount) or (isinstance(term, Fact) and policy.facts[term.name].type is FactType.INT)
        for term in terms_of(atom)
    )


def _window(link: Link, spoken: Voice) -> str:
    figure = figure_text(link.window, link.parameter, spoken) or spoken.pick("不限期间", "without bound in time")
    counts = (
        spoken.pick("按不同投诉人计", "distinct complainants") if link.distinct else spoken.pick("按件计", "complaints")
    )
    return f"{spoken.rule(key_of(link))}{spoken.pick('：', ': ')}{spoken.joined([figure, counts])}"


# --- reporting and escalation ---


def _superiors(policy: Policy) -> frozenset[str]:
    """Name those to whom something is reported or escalated."""
    selectors = (act for duty in policy.duties.values() for act in duty.acts)
    named = {
        value for one in selectors if one.kind in _UPWARD for field, values in one.fields if field == "to"
        for value in values
    }  # fmt: skip
    return frozenset(named) - _CUSTOMERS


def _escalation(source: _Source) -> Iterator[_Line]:
    spoken = source.spoken
    for limit in source.policy.limits.values():
        if any(one.kind in _UPWARD for one in limit.until):
            when = [] if limit.when is None else [spoken.condition(limit.when)]
            cells = (
                (limit.modality.title(spoken.lang),), (_who_to_whom(limit.who, None, limit.until, spoken),),
                (spoken.selectors(limit.starts), *when), tuple(_rows_of(limit, spoken)),
            )  # fmt: skip
            cites = _cited(limit.cite, *(row.cite for row in limit.rows))
            yield _Line(key_of(limit), limit.title, cells, cites, _read_by_us(limit))
    for duty in source.policy.duties.values():
        if _goes_up(duty, source):
            when = [] if duty.when is None else [spoken.condition(duty.when)]
            excused = "" if duty.unless is None else only_where(duty, spoken)
            cells = (
                (duty.modality.title(spoken.lang),), (_who_to_whom(duty.who, duty.to, duty.acts, spoken),),
                (_trigger(duty, spoken), *when, excused), (figure_text(duty.within, duty.parameter, spoken),),
            )  # fmt: skip
            yield _Line(key_of(duty), duty.title, cells, _cited(duty.cite), duty.reading is not None)


def _goes_up(duty: Duty, source: _Source) -> bool:
    if any(act.kind in _UPWARD for act in duty.acts):
        return True
    if duty.unless is not None and _guards_levels(duty.unless):
        return True
    reached = {duty.to, *_addressees(duty.acts)} - {None, duty.who}
    return any(target in source.superiors or _above(target, duty.who, source.policy) for target in reached)


def _guards_levels(condition: Condition) -> bool:
    return any(
        isinstance(term, EventField) and term.name == "skips_level"
        for atom in atoms_of(condition.tree)
        for term in terms_of(atom)
    )


def _addressees(selectors: Sequence[Selector]) -> list[str]:
    found = (value for one in selectors for field, values in one.fields if field == "to" for value in sorted(values))
    return list(dict.fromkeys(found))


def _above(one: str | None, other: str | None, policy: Policy) -> bool:
    levels = list(policy.levels)
    return one in levels and other in levels and levels.index(one) > levels.index(other)


def _who_to_whom(who: str | None, to: str | None, acts: Sequence[Selector], spoken: Voice) -> str:
    addressees = spoken.pick("或", " or ").join(map(spoken.holder, [to] if to is not None else _addressees(acts)))
    return " → ".join(filter(None, (spoken.holder(who), addressees)))


# --- callbacks, reports, keeping ---


def _callbacks(source: _Source) -> Iterator[_Line]:
    spoken, policy = source.spoken, source.policy
    for figure in policy.figures.values():
        if figure.at_least is not None or figure.at_most is not None:
            quota = _quota(figure, spoken)
            of = "" if figure.of is None else spoken.condition(figure.of)
            share = "" if figure.share is None else spoken.condition(figure.share)
            cells: _Cells = ((spoken.holder(figure.who),), (quota, share), (of,))
            yield _Line(key_of(figure), figure.title, cells, _cited(figure.cite), figure.reading is not None)
    for limit in policy.limits.values():
        if any(one.kind == EventKind.CALLED_BACK for one in limit.until):
            when = "" if limit.when is None else spoken.condition(limit.when)
            cells = (
                (spoken.holder(limit.who),),
                tuple(_rows_of(limit, spoken)),
                (spoken.selectors(limit.starts), when),
            )
            yield _Line(key_of(limit), limit.title, cells, _cited(limit.cite), _read_by_us(limit))
    for duty in policy.duties.values():
        if not duty.modality.forbids and any(act.kind == EventKind.CALLED_BACK for act in duty.acts):
            when = "" if duty.when is None else spoken.condition(duty.when)
            figure_said = figure_text(duty.within, duty.parameter, spoken)
            demand = (duty.modality.title(spoken.lang), spoken.selectors(duty.acts), figure_said)
            cells = ((spoken.holder(duty.who),), demand, (_trigger(duty, spoken), when))
            yield _Line(key_of(duty), duty.title, cells, _cited(duty.cite), duty.reading is not None)


def _quota(figure: Figure, spoken: Voice) -> str:
    parts = []
    if figure.at_least is not None:
        parts.append(spoken.pick(f"不低于{percent(figure.at_least)}%", f"at least {percent(figure.at_least)} %"))
    if figure.at_most is not None:
        parts.append(spoken.pick(f"不高于{percent(figure.at_most)}%", f"at most {percent(figure.at_most)} %"))
    return spoken.listed(parts)


def _periodic(source: _Source) -> Iterator[_Line]:
    spoken, policy = source.spoken, source.policy
    for filing in policy.filings.values():
        reported = filing.per or filing.period
        per = "" if reported is None else reported.title(spoken.lang)
        if filing.period_parameter is not None:
            per = spoken.pick("周期由使用者给出", "how often is left to the user")
        on = (
            f"{yearly_text([day], spoken)}{spoken.pick('：', ': ')}{one.title(spoken.lang)}"
            for day, one in filing.periods
        )
        days = (*on, *map(written, filing_days(filing, spoken)))
        contents = spoken.listed(spoken.titled(titles, code) for code, titles in filing.contents.items())
        cells = ((_from_to(filing.who, filing.to, spoken),), (per, *days), (contents,))
        yield _Line(key_of(filing), filing.title, cells, _cited(filing.cite), filing.reading is not None)
    for duty in policy.standing.values():
        if duty.per is not None or duty.dates:
            per = "" if duty.per is None else duty.per.title(spoken.lang)
            days = (yearly_text(duty.dates, spoken),)
            cells = ((_from_to(duty.who, duty.to, spoken),), (per, *days), (duty.modality.title(spoken.lang),))
            yield _Line(key_of(duty), duty.title, cells, _cited(duty.cite), duty.reading is not None)


def _from_to(who: str | None, to: Sequence[str], spoken: Voice) -> str:
    return " → ".join(filter(None, (spoken.holder(who), spoken.listed(map(spoken.holder, to)))))


def _titles(pair: Pair) -> Titles:
    return FrozenMap(zh=pair[0], en=pair[1])


def _retention(source: _Source) -> Iterator[_Line]:
    for retention in source.policy.retentions:
        text = retention_text(attrs.evolve(retention, reading=None, cite=None), source.spoken)
        title = retention.title or _titles(_KEPT)
        yield _Line(key_of(retention), title, ((text,),), _cited(retention.cite), retention.reading is not None)


def _quiet(source: _Source) -> Iterator[_Line]:
    spoken, policy = source.spoken, source.policy
    if policy.quiet is not None:
        rules: list[Limit | Duty] = [*policy.limits.values(), *policy.duties.values()]
        bear = tuple(spoken.titled(rule.title, rule.id) for rule in rules if rule.quiet)
        cells = ((policy.quiet.text(),), bear)
        yield _Line("quiet", _titles(_TITLES["quiet"]), cells, _cited(policy.quiet_cite), reading=False)


_LINES: Final[Mapping[str, Callable[[_Source], Iterator[_Line]]]] = {
    "limits": _limits, "urgency": _urgency, "groups": _groups, "escalation": _escalation, "callbacks": _callbacks,
    "periodic": _periodic, "retention": _retention, "quiet": _quiet,
}  # fmt: skip


def comparison_text(policies: Sequence[Policy], lang: Lang) -> str:
    """Write a comparison as plain text. Raises `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> told = comparison_text([load_policy("psbc-95580"), load_policy("cbirc-2020-3")], "en").splitlines()
    >>> told[-3], told[-1]
    ('Quiet hours', '- no such rule: cbirc-2020-3')
    """
    texts = []
    for part in comparison(policies, lang):
        lines = [part.title]
        for group in part.groups:
            lines += [group.title] if group.title else []
            lines += [_told(rule, part, lang) for rule in group.rules]
        if part.silent:
            lines.append(
                "- " + said(("没有此类规则：", "no such rule: "), lang) + said(("、", ", "), lang).join(part.silent)
            )
        texts.append("\n".join(lines))
    return "\n\n".join(texts)


def _told(rule: ComparedRule, part: ComparedPart, lang: Lang) -> str:
    between, colon = said(("；", "; "), lang), said(("：", ": "), lang)
    cells = (between.join(cell) for cell in rule.cells)
    says = between.join(f"{column}{colon}{cell}" for column, cell in zip(part.columns, cells, strict=True) if cell)
    cite = said((f"（{rule.cite}）", f" ({rule.cite})"), lang) if rule.cite else ""
    ours = OURS if rule.reading else ""
    return f"- {rule.policy}{colon}{rule.title}{ours}{cite}{colon}{says}"
