"""`Event` and `Case`: a complaint with its append-only history."""

from __future__ import annotations

import datetime as dt
import enum
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from typing import Any, Final, Protocol, TypeAlias, final

import attrs

from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.cases.facts import FactValue, Texts, money, plain_fact, text_set
from complaint_rules.errors import InvalidComplaint, InvalidEvent, InvalidPolicy
from complaint_rules.language import Coded
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import as_when
from complaint_rules.version import Recorded

MISTAKEN: Final = "mistaken"
"""The reason of an ``amended`` that says the earlier record was mistaken (原记录有误)."""
_LONGEST_TEXT: Final = 200
_MOST_EVENTS: Final = 100_000
_MOST_KINDS: Final = 500
_MOST_STOPS: Final = 5000
_MOST_AMENDED: Final = 1_000_000  # what is kept of them takes some hundred bytes each


class EventKind(Coded):
    """The standard kinds of event; a policy's ``[events]`` adds its own as plain text.

    The first block is the lifecycle, in order; the others stand beside it.
    """

    RECEIVED = "received", "收到投诉", "received"
    REGISTERED = "registered", "登记", "registered"
    ACCEPTED = "accepted", "受理", "accepted for handling"
    NOT_ACCEPTED = "not_accepted", "不予受理", "not accepted"
    ROUTED = "routed", "派发", "routed"
    INVESTIGATED = "investigated", "调查核实", "investigated"
    RESOLVED = "resolved", "形成处理结果", "resolved"
    REPLIED = "replied", "答复客户", "replied"
    ACCEPTED_BY_CUSTOMER = "accepted_by_customer", "客户认可", "accepted by the customer"
    CALLED_BACK = "called_back", "回访", "called back"
    CLOSED = "closed", "办结", "closed"
    ARCHIVED = "archived", "归档", "archived"
    REOPENED = "reopened", "重新受理", "reopened"

    ACKNOWLEDGED = "acknowledged", "确认收悉", "acknowledged"
    CONTACT_ATTEMPTED = "contact_attempted", "尝试联系", "contact attempted"
    INFORMED = "informed", "告知", "informed"
    AGREED = "agreed", "约定", "agreed"
    PROMISED = "promised", "承诺", "promised"
    AMENDED = "amended", "更正事实", "amended"
    SUPPLEMENTED = "supplemented", "补充材料", "supplemented"
    MERGED = "merged", "合并处理", "merged"
    APPROVED = "approved", "批准", "approved"
    EXTENDED = "extended", "延期", "extended"
    SUSPENDED = "suspended", "中止计时", "suspended"
    RESUMED = "resumed", "恢复计时", "resumed"
    REVOKED = "revoked", "撤销批准", "revoked"
    TRANSFERRED = "transferred", "移送", "transferred"
    WITHDRAWN = "withdrawn", "撤回投诉", "withdrawn"
    APPEALED = "appealed", "申诉或申请核查", "appealed"
    REVIEWED = "reviewed", "复核", "reviewed"
    ESCALATED = "escalated", "升级", "escalated"
    REPORTED = "reported", "报告", "reported"
    RECUSED = "recused", "回避", "recused"
    DISCLOSED = "disclosed", "向他人出示材料", "disclosed"
    COMPENSATED = "compensated", "补偿", "compensated"
    CORRECTED = "corrected", "整改", "corrected"
    SANCTIONED = "sanctioned", "责任追究", "sanctioned"
    REWARDED = "rewarded", "奖励", "rewarded"


LIFECYCLE: Final[Mapping[str, int]] = FrozenMap(
    {kind.value: rank for rank, kind in enumerate(list(EventKind)[: list(EventKind).index(EventKind.REOPENED) + 1])}
)
"""Rank of each step of the lifecycle, by which events of the same moment are ordered."""
NEUTRAL_RANK: Final = 5.5
"""Rank of a kind that the lifecycle does not place: on one day it may stand before or after anything."""
RANKS: Final[Mapping[str, float]] = FrozenMap(
    {
        **LIFECYCLE,
        "acknowledged": 1.1, "amended": 0.5, "supplemented": 0.6, "merged": 0.7, "recused": 3.5, "escalated": 4.5,
        "suspended": 4.6, "resumed": 4.7, "approved": 4.8, "extended": 4.85, "agreed": 4.95,
        "contact_attempted": 6.5, "appealed": 9.1, "reviewed": 9.2, "withdrawn": 9.5, "disclosed": 9.6,
        "compensated": 9.6, "corrected": 9.6, "sanctioned": 10.5, "rewarded": 10.5,
    }
)  # fmt: skip
"""Rank of each kind that has a place in or beside the lifecycle; the others stand with the investigation."""


def _refuse(name: str, why: str, value: object, hint: str = "") -> InvalidEvent:
    return InvalidEvent(what=f"Event.{name}", why=why, value=value, hint=hint)


def _kind(value: EventKind | str) -> str:
    return _checked_kind(value)


def _checked_kind(value: object) -> str:
    if not isinstance(value, str) or not value.isidentifier() or not value.isascii() or len(value) > _LONGEST_TEXT:
        raise _refuse(
            "kind",
            "a kind of event (an ASCII identifier) is expected",
            value,
            "use EventKind or a kind of the policy's [events]",
        )
    return str(value.value) if isinstance(value, enum.Enum) else value


def _at(value: dt.datetime | dt.date | None) -> dt.datetime | dt.date | None:
    return None if value is None else as_when(value, what="Event.at", error=InvalidEvent)


def _due(value: dt.datetime | dt.date | None) -> dt.datetime | dt.date | None:
    return None if value is None else as_when(value, what="Event.due", error=InvalidEvent)


def _plain(value: str | None) -> str | None:
    return str(value.value) if isinstance(value, enum.StrEnum) else value


def _is_text(_: object, field: attrs.Attribute[Any], value: object) -> None:
    if value is None:
        return
    if not isinstance(value, str) or not value.strip() or len(value) > _LONGEST_TEXT or not value.isprintable():
        why = f"a code or opaque key of 1 to {_LONGEST_TEXT} printable characters is expected"
        raise _refuse(field.name, why, value)


# Named one by one: a type checker takes what a field accepts from its converter, and reads named functions only.
def _told(value: Texts) -> frozenset[str] | None:
    return text_set(value, what="Event.told", error=InvalidEvent)


def _items(value: Texts) -> frozenset[str] | None:
    return text_set(value, what="Event.items", error=InvalidEvent)


def _amount(value: Decimal | int | str | None) -> Decimal | None:
    return money(value, what="Event.amount", error=InvalidEvent)


def _changes(
    value: Mapping[str, FactValue | Iterable[str] | None] | None,
) -> Mapping[str, FactValue | None] | None:
    return _checked_changes(value)


def _checked_changes(value: object) -> Mapping[str, FactValue | None] | None:
    if value is None:
        return None
    if not isinstance(value, Mapping):
        raise _refuse("set", "a mapping of fact names to values is expected", value)
    for name in value:
        if not isinstance(name, str) or not name.isidentifier() or not name.isascii():
            raise _refuse("set", "the name of a fact is an ASCII identifier", name)
    return FrozenMap(
        {name: plain_fact(item, what=f"Event.set[{name!r}]", error=InvalidEvent) for name, item in value.items()}
    )


class CaseReader(Protocol):
    """What reads cases and events of plain data against its own lists: a `Policy`."""

    def read_case(self, data: object, /) -> Case:
        """Make a case."""

    def read_event(self, data: object, /) -> Event:
        """Make an event."""


def _reader(policy: CaseReader) -> CaseReader:
    if not hasattr(policy, "read_case"):
        raise InvalidPolicy(what="policy", why="a Policy is expected", value=policy, hint="pass load_policy(id)")
    return policy


@final
@attrs.frozen(repr=False)
class Event(Recorded):
    """One thing that happened to a complaint: frozen, recorded once, never changed.

    Raises `InvalidEvent` for a naive moment or a value of the wrong type. Whether the event fits the history is the
    checker's business: an event that breaks a rule is recorded, not refused.

    >>> import datetime as dt
    >>> Event("replied", dt.date(2026, 10, 9), by="outlet", told="complainant").told
    frozenset({'complainant'})
    """

    kind: str = attrs.field(converter=_kind)
    """What happened (事件类型): an `EventKind` or a kind of the policy's ``[events]``."""
    at: dt.datetime | dt.date | None = attrs.field(default=None, converter=_at)
    """When: an aware moment (kept in Beijing time), a day, or None: it happened, the moment is unknown."""
    id: str | None = attrs.field(default=None, converter=_plain, validator=_is_text, kw_only=True)
    """Opaque key of the event, for `ref`; None where nothing refers to it."""
    by: str | None = attrs.field(default=None, converter=_plain, validator=_is_text, kw_only=True)
    """Who did it: a level, a body, or an opaque key of a post (经办方)."""
    to: str | None = attrs.field(default=None, converter=_plain, validator=_is_text, kw_only=True)
    """Whom it went to: a level, a body or an opaque key (接收方)."""
    unit: str | None = attrs.field(default=None, converter=_plain, validator=_is_text, kw_only=True)
    """Opaque key of the unit that holds the file afterwards (经办机构)."""
    outcome: str | None = attrs.field(default=None, converter=_plain, validator=_is_text, kw_only=True)
    """How it came out, as a code: unreached, unsettled, settled, partly … (结果)."""
    reason: str | None = attrs.field(default=None, converter=_plain, validator=_is_text, kw_only=True)
    """Why, as a code: mediation, appraisal, complex … (原因); of an ``amended``, ``mistaken``: see `corrects`."""
    ref: str | None = attrs.field(default=None, converter=_plain, validator=_is_text, kw_only=True)
    """`id` of the event this one answers or completes (关联事件)."""
    approved_by: str | None = attrs.field(default=None, converter=_plain, validator=_is_text, kw_only=True)
    """Who approved it: a level or post (批准人)."""
    told: frozenset[str] | None = attrs.field(default=None, converter=_told, kw_only=True)
    """Who was told of it: complainant, skipped_units, reasons … (已告知)."""
    items: frozenset[str] | None = attrs.field(default=None, converter=_items, kw_only=True)
    """Which items the document or record holds (要素), never their content."""
    amount: Decimal | None = attrs.field(default=None, converter=_amount, kw_only=True)
    """Amount in yuan, exact, where the event is about money (金额)."""
    due: dt.datetime | dt.date | None = attrs.field(default=None, converter=_due, kw_only=True)
    """A moment or day agreed or set by this event (约定时间), inclusive."""
    set: Mapping[str, FactValue | None] | None = attrs.field(default=None, converter=_changes, kw_only=True)
    """Facts as they are known from now on, for ``amended`` (更正); None as a value means unknown again."""

    @staticmethod
    def from_dict(data: object, policy: CaseReader) -> Event:
        """Make an event of plain data (JSON), its codes held against a policy (按规则核对代码).

        The keys are the fields; a moment is ISO 8601 with its zone, a day a bare date. Its kind, the levels and bodies
        in it, its codes and the facts it amends must be ones the policy knows; a code that no list closes is refused
        only where it looks like a slip of a known one.

        Raises `InvalidCase` with every fault: its place, the value, what was likely meant; `InvalidPolicy` for what is
        no policy.

        >>> from complaint_rules import load_policy
        >>> Event.from_dict({"kind": "closed", "at": "2026-09-30"}, load_policy("psbc-95580"))
        <Event kind=closed at=2026-09-30>
        """
        return _reader(policy).read_event(data)

    @property
    def corrects(self) -> bool:
        """Whether it says that the earlier record was mistaken (原记录有误): then its facts held all along.

        Any other ``amended`` says what became known at its moment, and leaves what was judged before as it was.

        >>> Event("amended", reason="mistaken", set={"complex": True}).corrects
        True
        """
        return self.kind == "amended" and self.reason == MISTAKEN


Fields: TypeAlias = tuple[tuple[str, frozenset[str]], ...]
"""Names of an event's fields with the values wanted."""
_SET_FIELDS: Final = ("told", "items")


def fields_match(event: Event, fields: Fields, without: Fields = ()) -> bool:
    """Say whether an event's fields have the values wanted: one of them each; of `told` and `items`, all of them.

    An event that has all the values of `without` does not match.

    >>> fields_match(
    ...     Event("replied", told=("complainant", "regulator")), (("told", frozenset({"complainant"})),)
    ... )
    True
    """
    for name, wanted in fields:
        value = getattr(event, name)
        if name in _SET_FIELDS:
            if value is None or not wanted <= value:
                return False
        elif value not in wanted:
            return False
    return not without or not fields_match(event, without)


def _complaint(value: Complaint) -> Complaint:
    return _checked_complaint(value)


def _checked_complaint(value: object) -> Complaint:
    if not isinstance(value, Complaint):
        raise InvalidEvent(what="Case.complaint", why="a Complaint is expected", value=value)
    return value


def _events(value: Iterable[Event]) -> tuple[Event, ...]:
    return _checked_events(value)


def _checked_events(value: object) -> tuple[Event, ...]:
    if type(value) is tuple and not value:
        return ()
    if isinstance(value, Event) or not isinstance(value, Iterable):
        raise InvalidEvent(what="Case.events", why="a sequence of Event is expected", value=value, hint="write [event]")
    events = tuple(value)
    for place, event in enumerate(events):
        if not isinstance(event, Event):
            raise InvalidEvent(what=f"Case.events[{place}]", why="an Event is expected", value=event)
    if len(events) > _MOST_EVENTS:
        raise InvalidEvent(what="Case.events", why=f"a history has at most {_MOST_EVENTS} events", value=len(events))
    if len(events) > _MOST_KINDS and (kinds := len({event.kind for event in events})) > _MOST_KINDS:
        raise InvalidEvent(what="Case.events", why=f"a history has at most {_MOST_KINDS} kinds of event", value=kinds)
    if len(events) > _MOST_STOPS and (stops := len(set(_stops(events)))) > _MOST_STOPS:
        why = f"a history has at most {_MOST_STOPS} suspensions of different reasons"
        raise InvalidEvent(what="Case.events", why=why, value=stops)
    return events


def _stops(events: Iterable[Event]) -> Iterator[tuple[str | None, str | None]]:
    """Give by what suspensions are told apart: each is held against those that are open."""
    return ((event.ref or event.id, event.reason) for event in events if event.kind == "suspended")


_NOTHING: Final = frozenset[str]()


def _unseen(value: Texts) -> frozenset[str]:
    if value is _NOTHING:
        return _NOTHING
    return text_set(value, what="Case.unseen", error=InvalidEvent) or _NOTHING


@final
@attrs.frozen(repr=False)
class Case(Recorded):
    """A complaint and what happened to it since (投诉案件), append-only.

    The order of `events` is the order of recording; what happened when is read from each event's `at`.

    >>> import datetime as dt
    >>> case = Case(Complaint(id="c-1", received=dt.date(2026, 9, 30)))
    >>> len(case.with_event(Event("registered", dt.date(2026, 9, 30))).events), len(case.events)
    (1, 0)
    """

    complaint: Complaint = attrs.field(converter=_complaint)
    """The facts as at receipt."""
    events: tuple[Event, ...] = attrs.field(default=(), converter=_events)
    """What happened, in order of recording."""
    unseen: frozenset[str] = attrs.field(default=_NOTHING, converter=_unseen, kw_only=True)
    """Kinds of event that the source of this history cannot show: whether they happened is unknown, not no."""

    def __attrs_post_init__(self) -> None:
        """Refuse what would be kept of own facts once for every amendment: twice of each is four times as much."""
        amendments = [event.set for event in self.events if event.set]
        if len(amendments) * sum(map(len, amendments), len(self.complaint.extra)) <= _MOST_AMENDED:
            return
        own = {name for given in amendments for name in given if name not in CORE_FACTS}
        if len(amendments) * len(own | self.complaint.extra.keys()) > _MOST_AMENDED:
            why = f"amendments times facts of its own are at most {_MOST_AMENDED} in a case"
            raise InvalidEvent(what="Case.events", why=why, value=len(amendments), hint="leave out what no rule asks")

    def __repr__(self) -> str:
        return f"<Case {self.complaint.id} of {len(self.events)} events>"

    @staticmethod
    def from_dict(data: object, policy: CaseReader) -> Case:
        """Make a case of plain data (JSON), its codes held against a policy (按规则核对代码).

        The keys are the fields of `Complaint`, and beside them ``events`` and ``unseen``. Coded facts, levels and
        bodies, kinds of event and the codes in events must be ones the policy knows: what another policy knows may
        mean something else here.

        Raises `InvalidCase` with every fault: its place, the value, what was likely meant; `InvalidPolicy` for what is
        no policy.

        >>> from complaint_rules import load_policy
        >>> Case.from_dict(
        ...     {"id": "c-1", "received": "2026-09-30", "caused_by": "bnak"}, load_policy("psbc-95580")
        ... )
        Traceback (most recent call last):
        complaint_rules.errors.InvalidCase: the case: it is refused
          caused_by: the code is unknown; got 'bnak'; did you mean 'bank'?
        """
        return _reader(policy).read_case(data)

    def with_event(self, *events: Event) -> Case:
        """Give the case with further events appended; this one stays as it is.

        >>> import datetime as dt
        >>> Case(Complaint(id="c-1", received=dt.date(2026, 9, 30))).with_event(Event("closed")).events[-1].kind
        'closed'
        """
        return attrs.evolve(self, events=(*self.events, *events))


def several(items: object, what: str) -> Iterable[object]:
    """Check that many things are given, not one of them.

    >>> several([], "complaints")
    []
    """
    if isinstance(items, Complaint | Case | str | bytes | Mapping) or not isinstance(items, Iterable):
        raise InvalidComplaint(
            what=what, why="an iterable of Complaint or Case is expected", value=items, hint="write [complaint]"
        )
    return items


def case_of(value: object) -> Case:
    """Give the case of a case or a complaint; a complaint alone is one to which nothing has happened yet.

    >>> case_of("c-1")
    Traceback (most recent call last):
    complaint_rules.errors.InvalidComplaint: case: a Complaint or a Case is expected; got 'c-1'
    """
    if isinstance(value, Case):
        return value
    if not isinstance(value, Complaint):
        raise InvalidComplaint(what="case", why="a Complaint or a Case is expected", value=value)
    return Case(value)


def complaint_of(item: object, place: int | str) -> Complaint:
    """Give the complaint of a complaint or a case; anything else is refused with its place.

    >>> complaint_of("c-1", 3)
    Traceback (most recent call last):
    complaint_rules.errors.InvalidComplaint: complaints[3]: a complaint: a Complaint or a Case is expected; got 'c-1'
    """
    if isinstance(item, Complaint):
        return item
    if isinstance(item, Case):
        return item.complaint
    where = f"complaints[{place}]" if isinstance(place, int) else place
    raise InvalidComplaint(what="a complaint", why="a Complaint or a Case is expected", value=item, where=where)
