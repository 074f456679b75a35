"""Events and cases: what is recorded, in which form, and what cannot be an event at all."""

from __future__ import annotations

import datetime as dt
import pickle
from decimal import Decimal
from typing import Any

import attrs
import pytest

from complaint_rules.cases import case as room
from complaint_rules.cases.case import LIFECYCLE, NEUTRAL_RANK, RANKS, Case, Event, EventKind
from complaint_rules.cases.complaint import Channel, Complaint
from complaint_rules.errors import InvalidEvent
from complaint_rules.moments import BEIJING

COMPLAINT = Complaint(id="c-1", received=dt.date(2026, 9, 20))


@pytest.mark.parametrize(
    ("kind", "fields", "words", "why"),
    [
        ("", {}, "Event.kind: a kind of event (an ASCII identifier) is expected", "empty"),
        ("re plied", {}, "Event.kind", "two words"),
        ("答复", {}, "Event.kind", "not ASCII"),
        (7, {}, "use EventKind or a kind of the policy's [events]", "a number"),
        ("k" * 201, {}, "Event.kind", "without end"),
        ("closed", {"at": "2026-10-01"}, "Event.at: a text", "text"),
        ("closed", {"at": dt.datetime(2026, 10, 1)}, "naive", "no zone"),  # noqa: DTZ001 - refused
        ("closed", {"at": dt.date(1999, 1, 1)}, "2001-01-01", "another century"),
        ("agreed", {"due": 5}, "Event.due: a moment", "a number"),
        ("routed", {"to": ""}, "Event.to: a code or opaque key of 1 to 200 printable characters", "empty"),
        ("routed", {"to": " "}, "Event.to", "blank"),
        ("routed", {"to": "a\nb"}, "Event.to", "two lines"),
        ("routed", {"to": 7}, "Event.to", "a number"),
        ("routed", {"to": "x" * 201}, "Event.to", "without end"),
        ("replied", {"told": 7}, "Event.told: a set of codes is expected", "a number"),
        ("replied", {"told": [""]}, "Event.told: each code has 1 to 200", "an empty code"),
        ("promised", {"amount": 1.5}, "Event.amount: an exact amount in yuan is expected", "a float"),
        ("promised", {"amount": "-1"}, "finite and not negative", "negative"),
        ("amended", {"set": ["a"]}, "Event.set: a mapping of fact names to values is expected", "a list"),
        ("amended", {"set": {"a b": 1}}, "Event.set: the name of a fact is an ASCII identifier", "two words"),
        ("amended", {"set": {7: 1}}, "the name of a fact", "a number"),
        ("amended", {"set": {"事实": 1}}, "the name of a fact", "not ASCII"),
        ("amended", {"set": {"a": 1.5}}, "Event.set['a']: a float is not exact", "a float"),
        ("amended", {"set": {"a": object()}}, "a fact is a bool, number, text", "no fact at all"),
    ],
)
def test_what_cannot_be_an_event_is_refused_by_name(kind: Any, fields: dict[str, Any], words: str, why: str) -> None:
    with pytest.raises(InvalidEvent) as caught:
        Event(kind, **fields)
    assert words in str(caught.value), why


def test_an_event_keeps_codes_as_text_and_sets_as_sets() -> None:
    event = Event(
        EventKind.REPLIED,
        dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC),
        by=Channel.PHONE,
        told="complainant",
        items=["basis", "remedies"],
        amount="5000.50",
        set={"a": None, "b": {"x"}},  # a plain set
    )
    assert (type(event.kind), event.kind, type(event.by), event.by) == (str, "replied", str, "phone")
    assert event.at == dt.datetime(2026, 10, 1, 0, 30, tzinfo=BEIJING)
    assert (event.told, event.items) == (frozenset({"complainant"}), frozenset({"basis", "remedies"}))
    assert (event.amount, event.set) == (Decimal("5000.50"), {"a": None, "b": frozenset({"x"})})
    assert hash(event) == hash(pickle.loads(pickle.dumps(event)))  # noqa: S301 - our own bytes


def test_a_kind_and_the_codes_of_an_event_may_have_200_characters() -> None:
    code = "k" * 200
    event = Event(code, by=code, to=code, told=code, items=code)
    assert (event.kind, event.by, event.to) == (code, code, code)
    assert event.told == event.items == frozenset({code})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        (("c-1",), "Case.complaint: a Complaint is expected; got 'c-1'"),
        ((COMPLAINT, Event("closed")), "Case.events: a sequence of Event is expected"),
        ((COMPLAINT, 5), "Case.events: a sequence of Event is expected"),
        ((COMPLAINT, [Event("closed"), "closed"]), "Case.events[1]: an Event is expected; got 'closed'"),
    ],
)
def test_what_cannot_be_a_case_is_refused_by_name(given: tuple[Any, ...], words: str) -> None:
    with pytest.raises(InvalidEvent) as caught:
        Case(*given)
    assert words in str(caught.value)


def test_what_a_source_cannot_show_is_a_set_of_kinds() -> None:
    assert Case(COMPLAINT, unseen="routed").unseen == {"routed"}  # one alone
    assert Case(COMPLAINT).unseen == frozenset()
    with pytest.raises(TypeError):  # it is named, not only given
        Case(COMPLAINT, (), {"routed"})  # type: ignore[call-arg]  # refused
    with pytest.raises(InvalidEvent, match=r"Case\.unseen: a set of codes is expected"):
        Case(COMPLAINT, unseen=5)  # type: ignore[arg-type]  # refused


def test_a_history_has_a_bounded_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(room, "_MOST_EVENTS", 2)
    with pytest.raises(InvalidEvent, match="a history has at most 2 events; got 3"):
        Case(COMPLAINT, [Event("routed")] * 3)


def test_a_case_grows_and_stays() -> None:
    case = Case(COMPLAINT, iter([Event("routed")]))  # any iterable
    longer = case.with_event(Event("replied"), Event("closed"))
    assert [event.kind for event in longer.events] == ["routed", "replied", "closed"]
    assert [event.kind for event in case.events] == ["routed"]
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        case.events = ()  # type: ignore[misc]  # refused


def rank(kind: str) -> float:
    return RANKS.get(kind, NEUTRAL_RANK)


def test_the_lifecycle_is_in_order_and_every_kind_has_a_place() -> None:
    steps = ["received", "registered", "accepted", "not_accepted", "routed", "investigated", "resolved", "replied"]
    steps += ["accepted_by_customer", "called_back", "closed", "archived", "reopened"]
    assert list(LIFECYCLE) == steps
    assert [rank(kind) for kind in steps] == list(range(13))
    assert all(0 <= rank(kind) <= 12 for kind in EventKind)
    assert rank("suspended") < rank("resumed"), "begun and ended in one moment is an empty pause"
    assert rank("audited") == rank("checked"), "kinds of a policy's own are all alike"
