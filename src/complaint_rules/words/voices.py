"""`Voice`: one policy in one language: its titles, articles, holders, events, values and conditions in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from typing import Final, final

from complaint_rules.assessment.adjustments import WhyNot
from complaint_rules.assessment.views import View
from complaint_rules.cases.case import Fields
from complaint_rules.cases.entries import Entry
from complaint_rules.conditions.deciding import DecidingAtom, decided_by
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import FactSpec
from complaint_rules.conditions.trees import Fact, Given
from complaint_rules.language import FIELDS, Lang, Pair, distance, language, point, said, worded
from complaint_rules.periods.periods import Period
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.policy.rules import Selector
from complaint_rules.words.conditions import ConditionTitles, render, render_atom

_SECTIONS: Final[Mapping[str, str]] = {
    "table": "tables", "limit": "limits", "duty": "duties", "checklist": "checklists", "link": "links",
    "basis": "bases", "base": "scales", "figure": "figures", "filing": "filings", "standing": "standing",
    "parameter": "parameters",
}  # fmt: skip
"""Sections whose rules are called ``section/id``, with the field of `Policy` that holds them."""


@final
class Voice:
    """Says what belongs to one policy in one language; made once for each, by `voice`."""

    __slots__ = ("lang", "policy", "words")

    def __init__(self, policy: Policy, lang: Lang) -> None:
        self.policy: Policy = as_policy(policy)
        self.lang: Lang = language(lang)
        tables = policy.tables
        self.words: ConditionTitles = ConditionTitles(
            tables={name: table.title for name, table in tables.items()},
            values={name: table.values for name, table in tables.items()},
            limits={name: limit.title for name, limit in policy.limits.items()},
            holders={**policy.levels, **policy.bodies},
            kinds=policy.events,
            links={name: link.title for name, link in policy.links.items()},
            parameters={name: parameter.title for name, parameter in policy.parameters.items()},
            codes=policy.codes,
            items=items_of(policy),
        )

    # -- small parts --

    def pick(self, zh: str, en: str) -> str:
        """Pick one of two wordings."""
        return zh if self.lang == "zh" else en

    def of(self, pair: Pair) -> str:
        """Pick the words of a pair."""
        return said(pair, self.lang)

    def listed(self, items: Iterable[str]) -> str:
        """Join items as a list."""
        return self.pick("、", ", ").join(items)

    def joined(self, parts: Iterable[str]) -> str:
        """Join the clauses of a sentence."""
        return self.pick("；", "; ").join(part for part in parts if part)

    def bracketed(self, text: str) -> str:
        """Put a text in brackets, behind something; empty where there is none."""
        return self.pick(f"（{text}）", f" ({text})") if text else ""

    def quoted(self, text: str) -> str:
        """Put a text in quotation marks."""
        return f"“{text}”"

    def left(self, due: dt.datetime, at: dt.datetime) -> str:
        """Say after a due moment how long is left of it, or by how much it is over."""
        far = distance(due - at, self.lang)
        return self.pick(f"，已逾期{far}", f", {far} over") if at > due else self.pick(f"，还剩{far}", f", {far} left")

    def titled(self, titles: Mapping[str, str], name: str) -> str:
        """Give a title, or the id where there is none."""
        return titles.get(self.lang, name)

    def cited(self, article: str | None) -> str:
        """Write an article behind what rests on it; empty where there is none."""
        return self.bracketed(self.policy.cite(article, self.lang))

    def mark(self, reading: Titles | None) -> str:
        """Write the mark of a reading of ours; empty where there is none."""
        return (
            "" if reading is None else self.pick(f"［编者理解：{reading['zh']}］", f" [our reading: {reading['en']}]")
        )

    def key(self, rule: str) -> str:
        """Write the key of a rule behind its title."""
        return self.pick(f"［{rule}］", f" [{rule}]")

    def point(self, when: dt.datetime | dt.date | None) -> str:
        """Write a day or a moment."""
        return point(when, self.lang)

    # -- names --

    def holder(self, code: str | None) -> str:
        """Name a level or body; a key that is neither is shown as it is."""
        return self.policy.title_of(code, self.lang)

    def code(self, code: str, field: str = "") -> str:
        """Say a code of an event: by the title of the level, body or item that it is, else by its word."""
        items = self.words.items if field == "items" else {}
        titles = items.get(code, {}) or self.words.holders.get(code, {}) or self.words.codes.get(code, {})
        return titles.get(self.lang) or worded(code, self.lang)

    def event(self, kind: str) -> str:
        """Name a kind of event, in quotation marks; a kind the policy does not know is shown as it is."""
        return self.quoted(self.titled(self.policy.events.get(kind, {}), kind))

    def happened(self, entry: Entry) -> str:
        """Say when something happened, and what."""
        return f"{self.point(entry.when)}{self.pick('', ' ')}{self.event(entry.event.kind)}"

    def rule(self, key: str) -> str:
        """Name a rule by its title; what has none, as an extension, by that of the rule it belongs to and its id."""
        section, _, rest = key.partition("/")
        name, _, part = rest.partition("/")
        rules: Mapping[str, object] = getattr(self.policy, _SECTIONS.get(section, ""), {})
        title = self.quoted(self.titled(getattr(rules.get(name), "title", {}), key))
        if section == "retention":
            named = [self.titled(one.title, "") for one in self.policy.retentions if one.id == name]
            title = self.quoted(next(filter(None, named), self.pick("保管期限", "retention")))
        return f"{title}{self.bracketed(part)}"

    def fact(self, name: str) -> str:
        """Name a fact; one that the policy does not know is shown as it is."""
        spec = self.policy.scope.facts.get(name)
        return name if spec is None else self.titled(spec.title, name)

    def facts(self, names: Iterable[str]) -> str:
        """Name facts in a list, each in quotation marks, for many a title has commas of its own."""
        return self.listed(self.quoted(self.fact(name)) for name in names)

    # -- values --

    def value(self, name: str, value: object) -> str:
        """Write the value of a fact, table, parameter or number that a condition read."""
        spec, table = self.policy.scope.facts.get(name), self.policy.tables.get(name)
        titles: Mapping[str, Mapping[str, str]] = {}
        if spec is not None:
            titles = spec.values or {}
        elif table is not None:
            titles = table.values
        return self._written(value, {**self.policy.levels, **self.policy.bodies, **titles})

    def _written(self, value: object, titles: Mapping[str, Mapping[str, str]]) -> str:
        match value:
            case None:
                return self.pick("未知", "unknown")
            case bool():
                return self.pick("是" if value else "否", "yes" if value else "no")
            case str():
                return self.titled(titles.get(value, {}), str(value))
            case frozenset():
                return self.listed(self._written(item, titles) for item in sorted(value)) or self.pick("无", "none")
            case Decimal():
                return f"{value:f}"
            case Period():
                return value.text(self.lang)
            case dt.date():
                return self.point(value)
        return str(value)

    def presumed(self, spec: FactSpec) -> str:
        """Write what is presumed of a fact while it is unknown; empty where nothing is."""
        if spec.assume is None:
            return ""
        value = self.value(spec.name, spec.assume)
        return self.pick(f"推定为{value}", f"presumed: {value}")

    def known(self, name: str, value: object) -> str:
        """Write a name with its value; an unknown fact with what is presumed of it, a count with its bounds."""
        policy = self.policy
        if isinstance(value, tuple):
            least, most = value
            bounds = f"≥ {least}" if most is None else f"= {least}" if least == most else f"= {least}–{most}"
            return f"{self.event(name)} {bounds}"
        shown = self.value(name, value)
        spec = policy.scope.facts.get(name)
        if spec is not None:
            presumed = self.presumed(spec) if value is None else ""
            return f"{self.fact(name)} = {shown}{self.bracketed(presumed)}"
        if name in policy.tables:
            shown = self.pick("无", "none") if value is None else shown
            return f"{self.titled(policy.tables[name].title, name)} = {shown}"
        if name in policy.parameters:
            shown = self.pick("未提供", "not supplied") if value is None else shown
            return f"{self.titled(policy.parameters[name].title, name)} = {shown}"
        return f"{self.rule(f'link/{name}')} = {shown}"

    # -- events and conditions --

    def selector(self, selector: Selector) -> str:
        """Say which events a selector means."""
        parts = self._fields(selector.fields)
        if selector.without:
            left_out = self.pick("且", " and ").join(self._fields(selector.without))
            parts.append(self.pick(f"除外：{left_out}", f"other than {left_out}"))
        if selector.nth is not None:
            parts.append(self.pick(f"第{selector.nth}次", f"no. {selector.nth}"))
        return f"{self.event(selector.kind)}{self.bracketed(self.joined(parts))}"

    def _fields(self, fields: Fields) -> list[str]:
        said = []
        for field, values in fields:
            among = self.pick("、", " and ") if field in ("told", "items") else self.pick("或", " or ")
            texts = among.join(self.code(value, field) for value in sorted(values))
            said.append(self.pick(f"{FIELDS[field][0]}：{texts}", f"{FIELDS[field][1]}: {texts}"))
        return said

    def selectors(self, selectors: Sequence[Selector]) -> str:
        """Say which events several selectors mean, whichever comes first."""
        return self.pick("或", " or ").join(map(self.selector, selectors))

    def condition(self, condition: Condition) -> str:
        """Say a condition."""
        return render(condition, self.policy.scope, self.lang, self.words)

    def atoms(self, condition: Condition, view: View) -> tuple[DecidingAtom, ...]:
        """Name the parts of a condition that decided it here."""
        return decided_by(condition, view, self.policy.scope)

    def decided(self, condition: Condition, view: View) -> list[str]:
        """Write, once each, the values that decided a condition; a part that reads none says whether it holds."""
        found: dict[str, None] = {}
        for decided in self.atoms(condition, view):
            for name, value in decided.values:
                found[self.known(name, value) + self.bracketed(self._followed(name, view))] = None
            if not decided.values:
                truth = {True: ("成立", "so"), False: ("不成立", "not so"), None: ("不明", "not known")}[decided.truth]
                text = render_atom(decided.atom, self.policy.scope, self.lang, self.words)
                found[f"{text}{self.pick('：', ': ')}{self.of(truth)}"] = None
        return list(found)

    def _followed(self, name: str, view: View) -> str:
        """Say from which other fact a fact followed; empty where it was recorded so."""
        recorded = view.timeline.complaint_at(view.at)
        if not view.plan.implications or recorded.fact(name) == view.complaint.fact(name):
            return ""
        sources = [
            other if name == implied else implied
            for other, implied in view.plan.implications
            if (name == implied and recorded.fact(other) is True) or (name == other and recorded.fact(implied) is False)
        ]
        return self.pick(f"由{self.facts(sources)}推得", f"because of {self.facts(sources)}")

    def lacking(self, code: WhyNot | str) -> str:
        """Say why something has no effect."""
        return WhyNot(code).title(self.lang)


def voice(policy: Policy, lang: Lang) -> Voice:
    """Give the voice of a policy in a language.

    Raises `UnknownLanguage` for any but ``zh`` and ``en``, `InvalidPolicy` for what is no policy.

    >>> from complaint_rules.policy.loading import load_policy
    >>> spoken = voice(load_policy("psbc-95580"), "en")
    >>> spoken.rule("limit/whole"), spoken.cited("14"), spoken.holder("outlet")
    ('“Whole process”', ' (art. 14)', 'Outlet')
    """
    return _voice(as_policy(policy), language(lang))


@lru_cache(maxsize=64)
def _voice(policy: Policy, lang: Lang) -> Voice:
    return Voice(policy, lang)


def items_of(policy: Policy) -> Mapping[str, Titles]:
    """Give the titles of the items that the checklists of a policy want.

    >>> from complaint_rules.policy.loading import load_policy
    >>> items_of(load_policy("cbirc-2020-3"))["remedies"]["en"]
    'Remedies open: review, mediation, arbitration, court'
    """
    return {code: titles for checklist in policy.checklists.values() for code, titles in checklist.items.items()}


def single(condition: Condition) -> str | None:
    """Give the fact that a condition consists of, where it is no more than one fact.

    >>> from complaint_rules.policy.loading import load_policy
    >>> single(load_policy("psbc-95580").tables["priority"].rows[0].when)
    'funds_at_risk'
    """
    match condition.tree:
        case Given(Fact(name)):
            return name
    return None
