"""What figures are grouped by, and their groups, in words (分组名称): titles of a policy, in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from complaint_rules.assessment.questions import NoteCode
from complaint_rules.language import LANGUAGES
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Figure, FigureShape, Selector
from complaint_rules.reports.wordings import Wording
from complaint_rules.statistics.groups import UNITS, Key
from complaint_rules.words import report_texts as words

_TRUTHS: Final = {"true": FrozenMap(zh="是", en="yes"), "false": FrozenMap(zh="否", en="no")}
_PERIODS: Final = {
    "day": FrozenMap(zh="日", en="Day"), "week": FrozenMap(zh="周", en="Week"), "month": FrozenMap(zh="月", en="Month"),
    "quarter": FrozenMap(zh="季度", en="Quarter"), "half_year": FrozenMap(zh="半年", en="Half-year"),
    "year": FrozenMap(zh="年", en="Year"),
}  # fmt: skip
_HOLDERS: Final = {
    "unit": FrozenMap(zh="经办机构", en="Unit"), "holder": FrozenMap(zh="经办层级", en="Held by"),
}  # fmt: skip


def name_in_words(policy: Policy, name: str) -> Wording:
    """Give the title of what figures are grouped by; a name without one as it is.

    >>> from complaint_rules import load_policy
    >>> name_in_words(load_policy("psbc-95580"), "month")["en"]
    'Month'
    """
    if name in _PERIODS:
        return _PERIODS[name]
    if name in _HOLDERS:
        return _HOLDERS[name]
    if name in policy.tables:
        return _both(policy.tables[name].title, name)
    if name in policy.scope.facts:
        return _both(policy.scope.facts[name].title, name)
    kind, dot, unit = name.partition(".")
    if dot and unit in UNITS:
        event = _event(policy, kind)
        return FrozenMap(
            zh=f"{event['zh']}之{_PERIODS[unit]['zh']}",
            en=f"{_PERIODS[unit]['en']} ({event['en']})",
        )
    called, bracket, rest = name.partition("(")
    limit = rest.rstrip(")")
    if bracket and limit in policy.limits:
        title = policy.limits[limit].title
        what = ("时限状态", "standing of") if called == "standing" else ("逾期时的经办层级", "held at the breach of")
        return FrozenMap(zh=f"{title.get('zh', limit)}：{what[0]}", en=f"{what[1]} {title.get('en', limit)}")
    return name


def key_in_words(policy: Policy, name: str, key: Key) -> Wording:
    """Give the words for a group: of a code its title; unknown, or known to have none.

    >>> from complaint_rules import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> key_in_words(policy, "channel", "phone")["zh"], key_in_words(policy, "channel", None)["en"]
    ('电话', 'unknown')
    """
    if key is None:
        return words.UNKNOWN_GROUP
    if not key:
        return words.NO_VALUE_HERE
    spec, table = policy.scope.facts.get(name), policy.tables.get(name)
    if name.startswith("standing("):
        return words.CLASSES.get(key, key)
    titles: Mapping[str, Mapping[str, str]] = {**policy.levels, **policy.bodies}
    if spec is not None:
        titles = {**titles, **(spec.values or {})}
        if key in _TRUTHS and spec.type == "bool":
            return _TRUTHS[key]
    elif table is not None:
        titles = {**titles, **table.values}
    return _both(titles.get(key, {}), key)


def figure_in_words(policy: Policy, figure: Figure) -> Wording:
    """Say how a figure is worked out and what places its cases: its definition, else that of its shape.

    >>> from complaint_rules import load_policy
    >>> policy = load_policy("grcu-2008")
    >>> "placed by the day" in figure_in_words(policy, policy.figures["settled"])["en"]
    True
    """
    return FrozenMap({lang: _defined(policy, figure, lang) for lang in LANGUAGES})


def _defined(policy: Policy, figure: Figure, lang: str) -> str:
    parts = [figure.definition[lang] if figure.definition is not None else _worked_out(policy, figure, lang)]
    if figure.dated:
        placed = words.EACH if figure.each else words.PLACED
        parts.append(placed[lang].format(event=_events(policy, figure.dated, lang)))
    return ("；" if lang == "zh" else "; ").join(parts)


def problem_in_words(code: str) -> Titles:
    """Say what is wrong with some cases, by the code under which a tally keeps them apart.

    >>> problem_in_words("received_later")["en"], problem_in_words("not_in_force")["en"]
    ('received after the moment, counted nowhere', 'not in force on the day of receipt')
    """
    known = {one.value: FrozenMap(zh=one.zh, en=one.en) for one in NoteCode}
    return words.PROBLEMS.get(code) or known.get(code) or _both({}, code)


def _worked_out(policy: Policy, figure: Figure, lang: str) -> str:
    if figure.shape is FigureShape.LIMIT:
        return words.WORKED_OUT[f"limit_{figure.rate or 'due'}"][lang]
    text = words.WORKED_OUT[figure.shape.value][lang]
    if figure.time is not None:
        unit = getattr(figure.time.unit, lang).removeprefix("个")
        starts, until = (_events(policy, some, lang) for some in (figure.time.starts, figure.time.until))
        return text.format(starts=starts, until=until, unit=unit)
    return text if figure.scale is None else text.format(per=figure.scale.per)


def _events(policy: Policy, selectors: tuple[Selector, ...], lang: str) -> str:
    titles = (_event(policy, selector.kind)[lang] for selector in selectors)
    return ("或" if lang == "zh" else " or ").join(dict.fromkeys(titles))


def _event(policy: Policy, kind: str) -> Titles:
    if kind == "received":
        return words.RECEIVED
    return _both(policy.events.get(kind, {}), kind)


def _both(titles: Mapping[str, str], name: str) -> Titles:
    return FrozenMap({lang: titles.get(lang, name) for lang in LANGUAGES})
