"""What a condition may name, and the questions it can ask of a case."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal
from typing import Final, Protocol, TypeAlias, final

import attrs

from complaint_rules.cases.case import Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.facts import FactValue
from complaint_rules.errors import InvalidComplaint, InvalidCondition, did_you_mean
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded
from complaint_rules.mappings import FrozenMap
from complaint_rules.periods.periods import Period

FUNCTIONS: Final = (
    "has", "count", "elapsed", "met", "late", "linked", "state", "standing", "first_of", "holder", "holder_at_breach",
)  # fmt: skip
"""Every function of the language."""
RESERVED: Final = frozenset({*FUNCTIONS, "event"}) - {"standing", "holder"}
"""Names that facts, parameters, tables and limits cannot have; tables and facts had the other two before."""
SELECTORS: Final = ("by", "to", "unit", "outcome", "reason", "ref", "approved_by", "told", "items")
"""Keywords of ``has`` and ``count`` that ask for a field of the event, in canonical order."""
STATES: Final = ("open", "closed", "withdrawn", "not_accepted")
"""How a case can stand (案件现状), for ``state``: open, or by the kind of ending that no reopening followed."""
STANDINGS: Final = (
    "in_time", "late", "open_in_time", "open_late", "undetermined", "void", "void_late", "not_started",
    "not_applicable",
)  # fmt: skip
"""How the latest run of a limit can stand (时限结果), for ``standing``: always in exactly one of these."""
AFTER: Final = "after"
"""Keyword of ``has`` and ``count``: kinds of event; what happened before the first of them is not meant."""


class FactType(Coded):
    """What kind of value a fact has."""

    BOOL = "bool", "是／否", "yes or no"
    INT = "int", "整数", "whole number"
    DECIMAL = "decimal", "精确数", "exact number"
    TEXT = "text", "代码", "code"
    SET = "set", "代码集合", "set of codes"
    MOMENT = "moment", "时刻或日期", "moment or day"
    DAY = "day", "日期", "day"
    LEVEL = "level", "层级", "level"


class Answerer(Coded):
    """Who can answer a question about a fact (由谁回答)."""

    CUSTOMER = "customer", "客户", "the customer"
    HANDLER = "handler", "经办人", "the handler"
    BANK_RECORDS = "bank_records", "本机构记录", "the institution's own records"
    VERIFICATION = "verification", "调查核实", "verification"
    LINKS = "links", "关联查询", "a search for linked complaints"


class _Missing(enum.Enum):
    MISSING = "missing"

    def __repr__(self) -> str:
        return self.name


MISSING: Final = _Missing.MISSING
"""Stands for a parameter whose value nobody supplied."""


class _Sometime(enum.Enum):
    """What `CaseView.has` says of an event that happened at an unknown moment."""

    SOMETIME = "sometime"

    def __repr__(self) -> str:
        return self.name


SOMETIME: Final = _Sometime.SOMETIME
"""It happened, nobody knows when: presumed to have happened by whatever moment is asked about, and sure at none."""
Happened: TypeAlias = bool | _Sometime | None
"""Whether an event happened; None: the source of the history cannot show it."""
Number: TypeAlias = tuple[int, int | None, int]
"""A number known from below and from above (None: without bound), and what it is presumed to be."""


def _ids(values: Iterable[str]) -> frozenset[str]:
    return frozenset(values)


def _in_order(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(values)


def _title(values: Mapping[str, str]) -> Mapping[str, str]:
    return FrozenMap(values)


def _parameters(values: Mapping[str, object]) -> Mapping[str, object]:
    return FrozenMap(values)


def _facts(values: Mapping[str, FactSpec]) -> Mapping[str, FactSpec]:
    return FrozenMap(values)


def _tables(values: Mapping[str, TableShape]) -> Mapping[str, TableShape]:
    return FrozenMap(values)


def _frozen_titles(values: Mapping[str, Mapping[str, str]] | None) -> Mapping[str, Mapping[str, str]] | None:
    return None if values is None else FrozenMap({code: FrozenMap(titles) for code, titles in values.items()})


@final
@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class FactSpec(Shown):
    """What is declared of a fact: its type, its presumption, who can answer it.

    Raises `InvalidCondition` where the presumption is no value of the type.

    >>> FactSpec(name="complainants", type=FactType.INT, assume=1, ask="customer").core
    False
    """

    name: str
    """An ASCII identifier."""
    type: FactType = attrs.field(converter=FactType)
    """What kind of value it has."""
    assume: FactValue | None = None
    """The presumption (推定) while it is unknown; None: there is none, so it supports no claim."""
    ask: Answerer = attrs.field(default=Answerer.HANDLER, converter=Answerer)
    """Who can answer."""
    title: Mapping[str, str] = attrs.field(factory=dict, converter=_title)
    """Its name in Chinese and English, under ``zh`` and ``en``."""
    values: Mapping[str, Mapping[str, str]] | None = attrs.field(default=None, converter=_frozen_titles)
    """The closed list of its codes with their titles; None where any code is possible."""
    negated: Mapping[str, str] | None = attrs.field(default=None, converter=attrs.converters.optional(_title))
    """How its opposite is said (of type ``bool``); None: by a general word before its title."""
    implies: tuple[str, ...] = attrs.field(default=(), converter=_in_order)
    """Facts that hold wherever this one does; both of type ``bool``."""
    core: bool = False
    """Whether it is a field of `Complaint`; otherwise it stands in ``extra``."""

    def __attrs_post_init__(self) -> None:
        why = _misfit(self, self.assume)
        if why:
            raise InvalidCondition(what=f"presumption of {self.name!r}", why=why, value=self.assume)


@final
@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class TableShape(Shown):
    """What a condition must know of a table it names."""

    values: tuple[str, ...] = attrs.field(converter=_in_order)
    """Every value the table can give."""
    every: bool = False
    """Whether all rows that hold count (``'x' in t``); otherwise the first one does (``t == 'x'``)."""


@final
@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Scope(Shown):
    """The names that the conditions of one policy may use; facts, parameters, tables and limits share one namespace.

    >>> scope = Scope(facts={"repeat": FactSpec(name="repeat", type="bool", assume=False)})
    >>> from complaint_rules.conditions.parsing import parse
    >>> parse("not repeat", scope).facts
    frozenset({'repeat'})
    """

    facts: Mapping[str, FactSpec] = attrs.field(factory=dict, converter=_facts)
    """Facts by name; their order is their bit in every mask of unknown facts."""
    parameters: Mapping[str, object] = attrs.field(factory=dict, converter=_parameters)
    """Parameters with their values, `MISSING` where none was supplied."""
    tables: Mapping[str, TableShape] = attrs.field(factory=dict, converter=_tables)
    """Tables by id; their order is the index by which a view is asked."""
    limits: frozenset[str] = attrs.field(default=frozenset(), converter=_ids)
    """Ids of the limits."""
    kinds: frozenset[str] = attrs.field(default=frozenset(), converter=_ids)
    """Kinds of event, standard and own."""
    links: frozenset[str] = attrs.field(default=frozenset(), converter=_ids)
    """Ids of the links."""
    levels: tuple[str, ...] = attrs.field(default=(), converter=_in_order)
    """Ids of the levels, bottom-up (自下而上)."""
    bodies: frozenset[str] = attrs.field(default=frozenset(), converter=_ids)
    """Ids of outside bodies and of posts: they have no place in the order of levels."""
    event: bool = False
    """Whether ``event.…`` may be read: in `unless` of a duty, `requires` of an extension or a pause."""


def _misfit(spec: FactSpec, value: object) -> str:
    """Say what is wrong with the value; empty where it fits or is None."""
    if value is None:
        return ""
    match spec.type:
        case FactType.BOOL:
            return "" if isinstance(value, bool) else "true or false is expected"
        case FactType.INT:
            return "" if isinstance(value, int) and not isinstance(value, bool) else "a whole number is expected"
        case FactType.DECIMAL:
            exact = isinstance(value, int | Decimal) and not isinstance(value, bool) and Decimal(value).is_finite()
            return "" if exact else "an exact number (int or Decimal) is expected"
        case FactType.TEXT:
            if not isinstance(value, str):
                return "a code (text) is expected"
            return _unlisted(spec, value)
        case FactType.SET:
            if not isinstance(value, frozenset) or not all(isinstance(item, str) for item in value):
                return "a set of codes is expected"
            return next((why for item in sorted(value) if (why := _unlisted(spec, item))), "")
        case FactType.MOMENT:
            return "" if isinstance(value, dt.date) else "a moment or a day is expected"
        case FactType.DAY:
            is_day = isinstance(value, dt.date) and not isinstance(value, dt.datetime)
            return "" if is_day else "a day (a date without a time) is expected"
    return "" if isinstance(value, str) else "the id of a level is expected"


def _unlisted(spec: FactSpec, code: str) -> str:
    if spec.values is None or code in spec.values:
        return ""
    return f"the code is not among its codes: {', '.join(spec.values)}"


def check_fact(spec: FactSpec, value: object, *, where: str = "") -> None:
    """Refuse a value that the fact cannot have, so that no comparison can fail later; None (unknown) always passes.

    Raises `InvalidComplaint` for a wrong type, and for a code outside a closed list.

    >>> check_fact(FactSpec(name="unionpay", type=FactType.BOOL), "yes")
    Traceback (most recent call last):
    complaint_rules.errors.InvalidComplaint: fact 'unionpay': true or false is expected; got 'yes'
    """
    why = _misfit(spec, value)
    if why:
        hint = did_you_mean(value, spec.values or ())
        raise InvalidComplaint(what=f"fact {spec.name!r}", why=why, value=value, hint=hint, where=where)


class TableDecision(Protocol):
    """What a condition reads of a table already decided."""

    @property
    def value(self) -> object:
        """The value under the presumptions; of an ``every`` table the tuple of values; None where no row holds."""

    @property
    def certain(self) -> bool:
        """Whether no unknown fact can change the value."""

    @property
    def possible(self) -> Collection[str | None]:
        """Every value the unknown facts could still produce; None among them where no row might hold."""

    @property
    def surely(self) -> Collection[str]:
        """Of an ``every`` table: the values that hold whatever the unknown facts turn out to be."""

    @property
    def unknown(self) -> int:
        """Mask of the unknown facts that could still change the value."""


Selectors: TypeAlias = tuple[tuple[str, frozenset[str]], ...]
"""Fields and their accepted values, in the order of `SELECTORS`; of `told` and `items` all named must be there.

Behind them, where the condition says so, `AFTER` with kinds of event.
"""


class CaseView(Protocol):
    """The case as a condition sees it at one moment."""

    @property
    def complaint(self) -> Complaint:
        """The facts as known at that moment."""

    @property
    def event(self) -> Event | None:
        """The event being judged, where the scope allows ``event.…``."""

    @property
    def skips_level(self) -> bool:
        """Whether the event being judged leaves a level out (越级)."""

    def table(self, index: int, /) -> TableDecision:
        """Give the decision of the table with that index in the scope."""

    def has(self, kind: str, selectors: Selectors, /) -> Happened:
        """Say whether such an event happened; None where the source of the history cannot show it."""

    def count(self, kind: str, selectors: Selectors, /) -> Number:
        """Count such events: at least, at most, and with those at an unknown moment."""

    def elapsed(self, kind: str, period: Period, until: str | None, /, *, standing: bool = False) -> bool | None:
        """Say whether `period` after the event had run out by the earlier of `until` and the view's moment.

        `standing`: not the first `until` counts but the last, and only where no reopening followed it.
        """

    def met(self, limit: str, /) -> bool | None:
        """Say whether the limit was met in time; False while it runs."""

    def late(self, limit: str, /) -> bool | None:
        """Say whether the limit is overdue or was met late; False while it runs."""

    def standing(self, limit: str, classes: Collection[str], /) -> bool | None:
        """Say whether the latest run of the limit stands in one of these `STANDINGS`; None where no clock is read."""

    def state(self, state: str, /) -> bool | None:
        """Say whether the case stands so, one of `STATES`; None where what is recorded leaves it open."""

    def linked(self, link: str, /) -> Number:
        """Count the complaints the link joins to this one, itself included: at least its own, where nobody looked."""

    def first_of(self, link: str, /) -> bool | None:
        """Say whether this is the first received of those the link joins; None where nobody looked, or can tell."""

    def holder(self, holder: str, /) -> bool | None:
        """Say whether a level or body has the case; None where what is recorded leaves it open."""

    def holder_at_breach(self, limit: str, holder: str, /) -> bool | None:
        """Say whether the limit's latest run ran out in the hands of a level or body; False where it did not."""
