"""Conditions in Chinese and English, and the atoms that decided one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Final, TypeAlias, final

import attrs

from complaint_rules.cases.case import EventKind
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import AFTER, MISSING, Scope, Selectors
from complaint_rules.conditions.trees import (
    MEMBERSHIP,
    Always,
    And,
    Atom,
    Compare,
    Count,
    Elapsed,
    EventField,
    Fact,
    FirstOf,
    Given,
    Has,
    HeldAtBreach,
    HeldBy,
    InState,
    Late,
    Literal,
    Met,
    Not,
    Or,
    ParameterValue,
    Stands,
    TableValue,
    Term,
    Truth,
    category,
)
from complaint_rules.language import FIELDS, Lang, language, worded
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.rules import PauseRule, Selector
from complaint_rules.words.marks import parted, plain

TitlesById: TypeAlias = Mapping[str, Mapping[str, str]]
"""Id to the title in each language."""


def _titles(values: TitlesById) -> TitlesById:
    return FrozenMap({name: FrozenMap(titles) for name, titles in values.items()})


def _tables_of_titles(values: Mapping[str, TitlesById]) -> Mapping[str, TitlesById]:
    return FrozenMap({name: _titles(titles) for name, titles in values.items()})


@final
@attrs.frozen(kw_only=True, cache_hash=True)
class ConditionTitles:
    """The titles of what conditions name, besides those of the facts, which stand in the scope.

    >>> ConditionTitles(kinds={"replied": {"zh": "答复", "en": "reply"}}).kinds["replied"]["zh"]
    '答复'
    """

    tables: TitlesById = attrs.field(factory=dict, converter=_titles)
    """Titles of the tables, by id."""
    values: Mapping[str, TitlesById] = attrs.field(factory=dict, converter=_tables_of_titles)
    """Titles of the values of each table, by id of the table."""
    limits: TitlesById = attrs.field(factory=dict, converter=_titles)
    """Titles of the limits, by id."""
    holders: TitlesById = attrs.field(factory=dict, converter=_titles)
    """Titles of levels and bodies, by id."""
    kinds: TitlesById = attrs.field(factory=dict, converter=_titles)
    """Titles of the kinds of event."""
    links: TitlesById = attrs.field(factory=dict, converter=_titles)
    """Titles of the links, by id."""
    parameters: TitlesById = attrs.field(factory=dict, converter=_titles)
    """Titles of the parameters, by id."""
    codes: TitlesById = attrs.field(factory=dict, converter=_titles)
    """Words for the codes of events."""
    items: TitlesById = attrs.field(factory=dict, converter=_titles)
    """Titles of the items that checklists want of documents."""


_NO_WORDS: Final = ConditionTitles()


_COMPARED: Final[Mapping[str, Mapping[str, Mapping[str, str]]]] = {
    "zh": {
        "number": {"==": "等于", "!=": "不等于", "<": "少于", "<=": "不多于", ">": "多于", ">=": "不少于"},
        "moment": {"==": "为", "!=": "不是", "<": "早于", "<=": "不晚于", ">": "晚于", ">=": "不早于"},
        "level": {"==": "为", "!=": "不是", "<": "低于", "<=": "不高于", ">": "高于", ">=": "不低于"},
    },
    "en": {
        "number": {
            "==": "is",
            "!=": "is not",
            "<": "is less than",
            "<=": "is at most",
            ">": "is more than",
            ">=": "is at least",
        },
        "moment": {
            "==": "is",
            "!=": "is not",
            "<": "is before",
            "<=": "is not after",
            ">": "is after",
            ">=": "is not before",
        },
        "level": {
            "==": "is",
            "!=": "is not",
            "<": "is below",
            "<=": "is not above",
            ">": "is above",
            ">=": "is not below",
        },
    },
}
_OPPOSITE: Final = {
    "==": "!=",
    "!=": "==",
    "<": ">=",
    ">=": "<",
    ">": "<=",
    "<=": ">",
    "in": "not in",
    "not in": "in",
}
_STANDINGS: Final[Mapping[str, Mapping[str, str]]] = {
    "in_time": {"zh": "按时完成", "en": "met in time"},
    "late": {"zh": "逾期完成", "en": "met late"},
    "open_in_time": {"zh": "未完成、未逾期", "en": "open and not late"},
    "open_late": {"zh": "逾期未完成", "en": "open and late"},
    "undetermined": {"zh": "无法判定", "en": "undetermined"},
    "void": {"zh": "不再计算", "en": "void"},
    "void_late": {"zh": "逾期后不再计算", "en": "void, after it was late"},
    "not_started": {"zh": "未起算", "en": "not started"},
    "not_applicable": {"zh": "不适用", "en": "not applicable"},
}
_ACTS: Final = frozenset(kind.value for kind in EventKind)
"""Kinds of event whose titles are verbs, so that a condition can say them as a sentence."""
_OF_THE_CUSTOMER: Final = frozenset({"appealed", "withdrawn", "supplemented"})
"""What the customer does, where nobody else is named."""
_SUBJECTS: Final = ("客户", "投诉人")
_PASSED_TO: Final = frozenset({"routed", "transferred", "escalated"})
_OF_AN_ACT: Final = {"by": "actor", "to": "recipient", "approved_by": "approver", "told": "list of those told"}


@attrs.frozen
class _Speaker:
    """Says a condition in one language."""

    scope: Scope
    words: ConditionTitles
    lang: Lang

    def pick(self, zh: str, en: str) -> str:
        return zh if self.lang == "zh" else en

    def quoted(self, titles: TitlesById, name: str) -> str:
        return f"“{titles.get(name, {}).get(self.lang, name)}”"

    def listed(self, items: list[str]) -> str:
        return self.pick("、", ", ").join(items)

    # -- truth values --

    def say(self, tree: Truth, *, inside: bool = False) -> str:
        match tree:
            case And(parts) | Or(parts):
                both = isinstance(tree, And)
                word = self.pick("，且" if both else "，或", " and " if both else " or ")
                told = [self.say(part, inside=True) for part in (_gathered(parts) if both else parts)]
                return self.bracketed(word.join(told), really=inside and len(told) > 1)
            case Not(part):
                return self.denied(part)
            case _:
                return self.atom(tree)

    def bracketed(self, text: str, *, really: bool = True) -> str:
        return self.pick(f"（{text}）", f"({text})") if really else text

    def denied(self, part: Truth) -> str:
        """Say the opposite the way a person would; only what is absent from an act needs the plain negation."""
        match part:
            case Not(inner):
                return self.say(inner, inside=True)
            case Given(term):
                return self.opposite(term)
            case Has(kind, selectors):
                event = self.event(kind, selectors)
                return self.pick(self.act(kind, selectors, "尚未", f"尚无{event}"), f"no {event} yet")
            case Met(limit):
                name = self.quoted(self.words.limits, limit)
                return self.pick(f"{name}未按时完成", f"{name} is not met in time")
            case Late(limit):
                name = self.quoted(self.words.limits, limit)
                return self.pick(f"{name}未超时", f"{name} is not late")
            case Stands(limit, classes):
                return self.standing(limit, classes, "不是：", "does not stand as")
            case InState(state):
                if state == "open":
                    return self.pick("投诉现已结束", "the case is not open")
                name = self.quoted(self.words.kinds, state)
                return self.pick(f"投诉现状不是{name}", f"the case does not stand as {name}")
            case FirstOf(link):
                return self.first_of(link, "不是", "is not")
            case HeldBy(holder):
                return self.pick(f"现不由{self.held(holder)}经办", f"{self.held(holder)} does not have the case")
            case HeldAtBreach(limit, holder):
                return self.at_breach(limit, holder, "并非在", "did not run out")
            case Compare(left, op, right) if not any(isinstance(side, EventField) for side in (left, right)):
                return self.atom(Compare(left, _OPPOSITE[op], right))
            case Compare(EventField() as left, "in", Fact() as right):
                return self.atom(Compare(left, "not in", right))
            case _:
                return self.pick("并非", "not ") + self.bracketed(self.say(part))

    def atom(self, atom: Atom) -> str:
        match atom:
            case Always(holds):
                return self.pick("始终" if holds else "从不", "always" if holds else "never")
            case Given(term):
                return self.term(term)
            case Compare():
                return self.compared(atom)
            case Has(kind, selectors):
                event = self.event(kind, selectors)
                return self.pick(self.act(kind, selectors, "已", f"已有{event}"), f"{event} has happened")
            case Elapsed(kind, period, until, standing):
                start = self.quoted(self.words.kinds, kind)
                zh, en = f"自{start}起已满{period.text('zh')}", f"{period.text('en')} from {start} have run out"
                if until is not None:
                    end = self.quoted(self.words.kinds, until)
                    if standing:
                        end = self.pick(
                            f"未被重新受理推翻的最后一次{end}", f"the last {end} that no reopening followed"
                        )
                    zh, en = f"{zh}（计至{end}）", f"{en} (counted up to {end})"
                return self.pick(zh, en)
            case Met(limit):
                name = self.quoted(self.words.limits, limit)
                return self.pick(f"{name}已按时完成", f"{name} is met in time")
            case Stands(limit, classes):
                return self.standing(limit, classes, "现为：", "stands as")
            case InState("open"):
                return self.pick("投诉现未结束", "the case is open")
            case InState(state):
                name = self.quoted(self.words.kinds, state)
                return self.pick(f"投诉现状为{name}", f"the case stands as {name}")
            case FirstOf(link):
                return self.first_of(link, "是", "is")
            case HeldBy(holder):
                return self.pick(f"现由{self.held(holder)}经办", f"{self.held(holder)} has the case")
            case HeldAtBreach(limit, holder):
                return self.at_breach(limit, holder, "在", "ran out")
            case _:
                name = self.quoted(self.words.limits, atom.limit)
                return self.pick(f"{name}已超时", f"{name} is late")

    def standing(self, limit: str, classes: tuple[str, ...], zh: str, en: str) -> str:
        """Say in which of some classes a limit stands, or in none of them."""
        name = self.quoted(self.words.limits, limit)
        among = self.pick("或", " or ").join(_STANDINGS[one][self.lang] for one in classes)
        return self.pick(f"{name}{zh}{among}", f"{name} {en} {among}")

    def first_of(self, link: str, zh: str, en: str) -> str:
        """Say that this is, or is not, the first received of the complaints that belong together."""
        name = self.quoted(self.words.links, link)
        return self.pick(
            f"本件{zh}{name}关联投诉中最先收到的", f"this {en} the first received of those linked as {name}"
        )

    def held(self, holder: str) -> str:
        """Say a level or body."""
        return self.code(holder, EventField("by"))

    def at_breach(self, limit: str, holder: str, zh: str, en: str) -> str:
        """Say in whose hands a limit ran out, or did not."""
        name, who = self.quoted(self.words.limits, limit), self.held(holder)
        return self.pick(f"{name}{zh}{who}经办时超时", f"{name} {en} while {who} had the case")

    def opposite(self, term: Term) -> str:
        """Say that a yes-or-no fact does not hold: in its own words where it has any."""
        if term == EventField("skips_level"):
            return self.pick("本次未越级", "this act skips no level")
        negated = self.scope.facts[term.name].negated if isinstance(term, Fact) else None
        return self.pick("并非", "not: ") + self.term(term) if negated is None else negated[self.lang]

    @property
    def customer(self) -> str:
        """Who complains, in the text's own term."""
        titles = self.words.holders.get("customer", {}) or self.words.holders.get("complainant", {})
        return titles.get("zh", _SUBJECTS[0])

    def act(self, kind: str, selectors: Selectors, done: str, otherwise: str) -> str:
        """Say in Chinese that a standard act was done, or not yet: by whom, towards whom, how; else by its title."""
        if kind not in _ACTS:
            return otherwise
        fields = dict(selectors)
        known = {
            name: ("、" if name == "told" else "或").join(
                self.code(one, EventField(name)) for one in sorted(fields.pop(name, ()))
            )
            for name in ("by", "to", "approved_by", "told")
        }
        opened, verb, closed = parted(self.words.kinds.get(kind, {}).get("zh", kind))
        who = known["by"] or (self.customer if kind in _OF_THE_CUSTOMER else "")
        for subject in _SUBJECTS:
            if verb.startswith(subject):
                who, verb = known["by"] or subject, verb.removeprefix(subject)
        approved = f"经{known['approved_by']}批准" if known["approved_by"] else ""
        verb = f"{opened}{verb}{closed}"
        if known["to"]:
            verb = f"{verb}至{known['to']}" if kind in _PASSED_TO else f"向{known['to']}{verb}"
        if known["told"]:
            verb = f"{verb}{known['told']}" if kind == "informed" else f"{verb}并告知{known['told']}"
        rest = tuple((name, values) for name, values in selectors if name in fields)
        return f"{who}{approved}{done}{verb}{self.event(kind, rest).removeprefix(self.quoted(self.words.kinds, kind))}"

    def compared(self, atom: Compare) -> str:
        left, op, right = atom.left, atom.op, atom.right
        if (short := self.yes_or_no(atom)) is not None:
            return short
        if op in MEMBERSHIP and isinstance(left, EventField) and isinstance(right, Fact):
            among = self.term(right)
            zh, en = ("在", "is among") if op == "in" else ("不在", "is not among")
            return self.pick(f"{self.term(left)}{zh}“{among}”之列", f"{self.term(left)} {en} {among}")
        if op == "in" and isinstance(right, EventField):
            held = self.term(left, right)
            if right.name == "told":
                return self.pick(f"本次已告知{held}", f"this act was told to {held}")
            return self.pick(f"本次具备{held}", f"{self.term(right)} include {held}")
        if op in MEMBERSHIP and not isinstance(right, Literal) and not isinstance(left, TableValue):
            verb = self.pick("包含" if op == "in" else "不包含", "includes" if op == "in" else "does not include")
            return self.clause(self.term(right), verb, self.term(left, right))
        if op in MEMBERSHIP:
            among = self.term(right, left)
            verb = self.pick("为以下之一：", "is one of") if op == "in" else self.pick("不属于：", "is none of")
            return self.clause(self.term(left), verb, among)
        kinds = {category(left, self.scope), category(right, self.scope)}
        style = "number" if "number" in kinds else "moment" if "moment" in kinds else "level"
        return self.clause(self.term(left), _COMPARED[self.lang][style][op], self.term(right, left))

    def yes_or_no(self, atom: Compare) -> str | None:
        """Say a table that asks whether (是否…) without its question; None where it is none."""
        if not (isinstance(atom.left, TableValue) and isinstance(atom.right, Literal) and atom.op == "=="):
            return None
        title = self.words.tables.get(atom.left.name, {}).get(self.lang, "")
        whether = self.pick("是否", "Whether ")
        if not title.startswith(whether):
            return None
        value, asked = self.value(atom.right.value, atom.left), title.removeprefix(whether)
        return {"是": asked, "否": f"未{asked}", "Yes": asked, "No": f"not: {asked}"}.get(value, value)

    def clause(self, left: str, verb: str, right: str) -> str:
        """Put a comparison together; Chinese has no blanks, except beside a code in Latin letters."""
        if self.lang == "en":
            return f"{left} {verb} {right}"
        before, behind = (
            " " if end.isascii() and end.isalpha() else "" for end in (plain(left)[-1:], plain(right)[:1])
        )
        return f"{left}{before}{verb}{'' if verb.endswith('：') else behind}{right}"

    # -- terms --

    def term(self, term: Term, other: Term | None = None) -> str:
        """Say one side of a comparison; a constant by the title that it has among the codes of the other side."""
        match term:
            case Literal(value):
                return self.value(value, other or term)
            case Fact(name):
                return self.scope.facts[name].title.get(self.lang, name)
            case TableValue(name):
                return self.words.tables.get(name, {}).get(self.lang, name)
            case ParameterValue(name):
                title = self.words.parameters.get(name, {}).get(self.lang, name)
                supplied = self.scope.parameters[name]
                shown = self.pick("未给定", "not supplied") if supplied is MISSING else self.value(supplied, term)
                return self.pick(f"{title}（{shown}）", f"{title} ({shown})")
            case EventField("skips_level"):
                return self.pick("本次越级", "this act skips a level")
            case EventField(name):
                return self.pick(f"本次{FIELDS[name][0]}", f"this act's {_OF_AN_ACT.get(name, name)}")
            case Count(kind, selectors):
                event = self.event(kind, selectors)
                return self.pick(f"{event}的次数", f"number of {event}")
            case _:
                name = self.quoted(self.words.links, term.link)
                return self.pick(f"{name}关联的投诉数", f"number of complaints linked as {name}")

    def value(self, value: object, of: Term) -> str:
        match value:
            case bool():
                return self.pick("是" if value else "否", "yes" if value else "no")
            case Decimal():
                return f"{value:f}"
            case dt.datetime():
                return value.isoformat(sep=" ", timespec="minutes")
            case tuple() | frozenset():
                items = value if isinstance(value, tuple) else sorted(value)
                return self.listed([self.value(item, of) for item in items])
            case str():
                return self.code(value, of)
            case _:
                return str(value)

    def code(self, code: str, of: Term) -> str:
        titles: Mapping[str, str] = {}
        match of:
            case TableValue(name):
                titles = self.words.values.get(name, {}).get(code, {})
            case Fact(name):
                titles = (self.scope.facts[name].values or {}).get(code, {}) or self.words.holders.get(code, {})
            case EventField("kind"):
                titles = self.words.kinds.get(code, {})
            case _:
                items = self.words.items if of == EventField("items") else {}
                titles = items.get(code, {}) or self.words.holders.get(code, {}) or self.words.codes.get(code, {})
                return titles.get(self.lang) or worded(code, self.lang)
        return titles.get(self.lang, code)

    def event(self, kind: str, selectors: Selectors) -> str:
        name = self.quoted(self.words.kinds, kind)
        if not selectors:
            return name
        parts = []
        for field, values in selectors:
            if field == AFTER:
                first = self.pick("或", " or ").join(self.quoted(self.words.kinds, value) for value in sorted(values))
                parts.append(self.pick(f"在{first}之后", f"after {first}"))
                continue
            among = self.pick("或", " or ") if field not in ("told", "items") else self.pick("、", " and ")
            said = among.join(self.code(value, EventField(field)) for value in sorted(values))
            parts.append(self.pick(f"{FIELDS[field][0]}：{said}", f"{FIELDS[field][1]}: {said}"))
        return name + self.pick(f"（{'；'.join(parts)}）", f" ({'; '.join(parts)})")


def _gathered(parts: tuple[Truth, ...]) -> list[Truth]:
    """Give the parts of a conjunction; what one document must hold, or who must be told of it, is one part."""
    found: list[Truth] = []
    held: dict[EventField, list[str]] = {}
    for part in parts:
        match part:
            case Compare(Literal(value), "in", EventField("items" | "told") as field) if isinstance(value, str):
                if field not in held:
                    found.append(part)
                held.setdefault(field, []).append(value)
            case _:
                found.append(part)
    return [
        Compare(Literal(tuple(held[part.right])), "in", part.right)
        if isinstance(part, Compare) and isinstance(part.right, EventField) and part.right in held
        else part
        for part in found
    ]


def render(condition: Condition, scope: Scope, lang: Lang, words: ConditionTitles = _NO_WORDS) -> str:
    """Say a condition in Chinese (``"zh"``) or English (``"en"``), from the titles of the scope and of `words`.

    Raises `UnknownLanguage` for another language. What has no title is called by its id.

    >>> from complaint_rules.conditions.scopes import FactSpec
    >>> from complaint_rules.conditions.parsing import parse
    >>> titles = {"zh": "投诉人数", "en": "number of complainants"}
    >>> scope = Scope(facts={"complainants": FactSpec(name="complainants", type="int", title=titles)})
    >>> condition = parse("complainants >= 3", scope)
    >>> render(condition, scope, "zh"), render(condition, scope, "en")
    ('投诉人数不少于3', 'number of complainants is at least 3')
    """
    return _Speaker(scope, words, language(lang)).say(condition.tree)


def render_atom(atom: Atom, scope: Scope, lang: Lang, words: ConditionTitles = _NO_WORDS) -> str:
    """Say one part of a condition, as `render` says the whole.

    >>> render_atom(Always(holds=True), Scope(), "zh")
    '始终'
    """
    return _Speaker(scope, words, language(lang)).atom(atom)


_CODED: Final = frozenset({"reason", "outcome", "told", "items"})
"""Fields of an event that hold codes; the others hold levels, bodies and keys."""


def codes_in(rule: object) -> Iterator[str]:
    """Give the codes of events (事件代码) that a rule and its parts name; some more than once.

    >>> from complaint_rules.policy.loading import load_policy
    >>> sorted(set(codes_in(load_policy("cbirc-2020-3").limits["decide"].pauses)))
    ['application', 'appraisal', 'complainant', 'consent', 'mediation', 'testing', 'valuation']
    """
    match rule:
        case tuple():
            for item in rule:
                yield from codes_in(item)
        case PauseRule():
            yield from rule.reasons
            yield from codes_in(rule.requires)
        case Selector():
            yield from _codes_of((*rule.fields, *rule.without))
        case Has() | Count():
            yield from _codes_of(rule.selectors)
        case Compare(EventField(name), _, Literal(value)) | Compare(Literal(value), _, EventField(name)):
            if name in _CODED:
                yield from (code for code in (value if isinstance(value, tuple) else (value,)) if isinstance(code, str))
        case _ if attrs.has(form := type(rule)):
            for field in attrs.fields(form):
                yield from codes_in(getattr(rule, field.name))


def _codes_of(fields: Selectors) -> Iterator[str]:
    for name, codes in fields:
        yield from codes if name in _CODED else ()
