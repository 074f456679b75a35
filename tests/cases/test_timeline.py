"""What is known of a case, in which order: precision, ties, what is left out, and which stops it holds."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any, Final

import pytest

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.entries import not_before
from complaint_rules.cases.stops import stops
from complaint_rules.cases.timeline import Timeline
from complaint_rules.cases.violations import ViolationCode
from complaint_rules.moments import BEIJING
from tests.by_hand import complaint, ev

AT: Final = dt.datetime(2026, 10, 31, 12, tzinfo=BEIJING)
SECOND: Final = dt.timedelta(seconds=1)


def line(*events: Event, received: str = "2026-09-20T09:00", at: dt.datetime = AT) -> Timeline:
    return Timeline(Case(complaint(received), events), at)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def order(timeline: Timeline) -> list[str]:
    return [entry.event.kind for entry in timeline.entries[1:]]


# --- order ---


@pytest.mark.parametrize(
    ("events", "expected", "why"),
    [
        ([ev("closed", "2026-10-02T09:00"), ev("replied", "2026-10-01T09:00")], ["replied", "closed"], "by moment"),
        ([ev("replied", "2026-10-01"), ev("routed", "2026-10-01T18:00")], ["routed", "replied"],
            "the same day: by the lifecycle"),
        ([ev("routed", "2026-10-01"), ev("replied", "2026-10-01T08:00")], ["routed", "replied"],
            "a routing of that day came before the reply of that day"),
        ([ev("closed", "2026-10-01"), ev("replied", "2026-10-01"), ev("resolved", "2026-10-01")],
            ["resolved", "replied", "closed"], "days alone: by the lifecycle"),
        ([ev("closed", "2026-10-01T09:00"), ev("replied", "2026-10-01T09:00")], ["replied", "closed"],
            "one moment: by the lifecycle"),
        ([ev("closed", "2026-09-20T09:00"), ev("replied", "2026-09-20T09:00"), ev("routed", "2026-10-01T09:00")],
            ["replied", "closed", "routed"], "the moment of the receipt: by the lifecycle, behind it"),
        ([ev("informed", "2026-10-01T09:00", reason="a"), ev("informed", "2026-10-01T09:00", reason="b")],
            ["informed", "informed"], "one moment, one kind: as recorded"),
        ([Event("replied"), ev("closed", "2026-10-02T09:00"), ev("routed", "2026-09-22T09:00")],
            ["routed", "replied", "closed"], "nobody knows when: where the lifecycle puts it"),
        ([Event("reopened"), Event("registered")], ["registered", "reopened"], "no moments at all"),
        ([Event("registered"), ev("closed", "2026-10-02T09:00")], ["registered", "closed"], "before all that is known"),
    ],
)  # fmt: skip
def test_events_stand_in_order_of_time_and_ties_follow_the_lifecycle(
    events: list[Event], expected: list[str], why: str
) -> None:
    assert order(line(*events)) == expected, why
    assert order(line(*reversed(events))) == expected, why


@pytest.mark.parametrize(
    ("recorded", "expected", "why"),
    [
        ("abcx", "abcx", "recorded behind all"),
        ("abxc", "abxc", "and between two"),
        ("axbc", "axbc", "and behind the first"),
        ("xabc", "xabc", "and before all"),
        ("cbax", "abcx", "all of them were recorded before it"),
        ("cxab", "abcx", "the last was recorded before it, and the others happened before that"),
        ("bxca", "abxc", "the second was"),
        ("axcb", "axbc", "the first alone was"),
        ("axyb", "axyb", "two without a moment, as recorded"),
        ("yaxb", "yaxb", "one recorded before, one after"),
    ],
)
@pytest.mark.parametrize("coarse", ["2026-10-01", None])
def test_what_has_no_moment_stands_behind_the_last_of_its_kind_that_was_recorded_before_it(
    recorded: str, expected: str, why: str, coarse: str | None
) -> None:
    hours = {"a": "08", "b": "12", "c": "16"}
    events = [
        ev("routed", f"2026-10-01T{hours[one]}:00", to=one) if one in hours
        else Event("routed", to=one) if coarse is None
        else ev("routed", coarse, to=one)
        for one in recorded
    ]  # fmt: skip
    before, after = ev("accepted", "2026-10-01T07:00"), ev("replied", "2026-10-01T19:00")
    found = line(before, *events, after).entries
    assert "".join(str(entry.event.to) for entry in found[2:-1]) == expected, why
    assert [found[1].event, found[-1].event] == [before, after]


@pytest.mark.parametrize(
    ("first", "second", "expected", "why"),
    [
        (ev("routed", "2026-10-01T09:00"), ev("replied", "2026-10-01T09:00"), True, "the same moment is at or after"),
        (ev("replied", "2026-10-01T09:00"), ev("routed", "2026-10-01T09:00"), True, "in either direction"),
        (ev("routed", "2026-10-01T09:00"), ev("replied", "2026-10-01T08:59"), False, "a minute before"),
        (ev("routed", "2026-10-01"), ev("replied", "2026-10-01T00:00"), True, "the same day, and later in life"),
        (ev("replied", "2026-10-01"), ev("routed", "2026-10-01T23:00"), False, "the same day, but earlier in life"),
        (ev("routed", "2026-10-01", to="a"), ev("routed", "2026-10-01", to="b"), True, "the same day, as far in life"),
        (ev("routed", "2026-10-01", to="b"), ev("routed", "2026-10-01", to="a"), True, "in either direction"),
        (ev("replied", "2026-10-01"), ev("audited", "2026-10-01"), True, "the same day, of a kind with no place"),
        (ev("audited", "2026-10-01"), ev("routed", "2026-10-01"), True, "and from one"),
        (ev("replied", "2026-10-01"), ev("routed", "2026-10-02"), True, "a day later"),
        (ev("replied", "2026-10-02"), ev("closed", "2026-10-01"), False, "a day earlier"),
        (ev("routed", "2026-10-01"), Event("replied"), True, "unknown: where the lifecycle puts it"),
        (Event("replied"), ev("routed", "2026-10-01"), False, "before what it answers"),
        (ev("reopened", "2026-10-01T09:00"), ev("closed", "2026-10-01T09:00"), False,
            "what ends a case in the moment of its reopening came before it"),
        (ev("closed", "2026-10-01T09:00"), ev("reopened", "2026-10-01T09:00"), True, "and the reopening after it"),
    ],
)  # fmt: skip
def test_at_or_after_is_compared_at_the_coarser_precision(
    first: Event, second: Event, expected: bool, why: str
) -> None:
    entries = line(first, second).entries
    start = next(entry for entry in entries if entry.event is first)
    other = next(entry for entry in entries if entry.event is second)
    assert not_before(other, start) is expected, why
    assert [entry.event for entry in line(first, second).since(second.kind, start)] == ([second] if expected else [])


@pytest.mark.parametrize("when", ["2026-10-01T09:00", "2026-10-01", None])
@pytest.mark.parametrize("kind", ["replied", "reopened", "audited"])
def test_nothing_is_at_or_after_itself(kind: str, when: str | None) -> None:
    timeline = line(Event(kind) if when is None else ev(kind, when))
    entry = timeline.entries[1]
    assert not not_before(entry, entry)
    assert list(timeline.since(kind, entry)) == []
    assert list(timeline.since("closed", entry)) == []


@pytest.mark.parametrize(
    "events",
    [
        [],
        [ev("routed", "2026-10-01T09:00"), ev("replied", "2026-10-02T09:00")],
        [ev("replied", "2026-10-02T09:00"), ev("routed", "2026-10-01T09:00")],
        [ev("replied", "2026-10-02"), ev("routed", "2026-10-02T09:00"), Event("registered")],
    ],
)
def test_entries_are_numbered_in_order_of_time_from_the_receipt(events: list[Event]) -> None:
    timeline = line(*events)
    assert [entry.order for entry in timeline.entries] == list(range(len(events) + 1 if events else 0))
    assert (timeline.receipt.place, timeline.receipt.order, timeline.receipt.rank) == (-1, 0, 0)


def test_the_beginning_of_a_history_holds_nothing_that_came_later() -> None:
    found = line(
        ev("routed", "2026-10-01T09:00", to="a"),
        ev("routed", "2026-10-03T09:00", to="a"),
        ev("routed", "2026-10-05T09:00", to="a"),
        ev("routed", "2026-10-07T09:00", to="b"),
    )
    to_a = (("to", frozenset({"a"})),)
    for moment, of_a, of_others in [
        ("2026-10-01T08:59", 0, 0),
        ("2026-10-03T09:00", 2, 0),
        ("2026-10-06T00:00", 3, 0),
        ("2026-10-07T09:00", 3, 1),
    ]:
        then = found.until(at(moment))
        assert [len(then.of_kind("routed")), len(then.of_kind("routed", to_a))] == [of_a + of_others, of_a], moment
        assert len(then.of_kind("routed", (), to_a)) == of_others, moment
        assert len(then.entries) == (of_a + of_others + 1 if of_a else 0), moment


def test_an_entry_tells_its_moment_as_recorded() -> None:
    moment, day, unknown = line(ev("routed", "2026-09-22T09:00"), ev("replied", "2026-09-23"), Event("closed")).entries[
        1:
    ]
    assert (moment.when, day.when, unknown.when) == (
        dt.datetime(2026, 9, 22, 9, tzinfo=BEIJING), dt.date(2026, 9, 23), None,
    )  # fmt: skip
    assert (moment.dated, day.dated, unknown.dated) == (False, True, False)


# --- what is left out ---


@pytest.mark.parametrize(
    ("events", "expected", "kept", "why"),
    [
        ([ev("closed", "2026-11-01")], [("not_yet_known", "note")], [], "after the moment asked"),
        ([ev("closed", "2026-10-31T12:00")], [], ["closed"], "in that moment: known"),
        ([ev("closed", "2026-10-31")], [], ["closed"], "on that day: it may have happened already"),
        ([ev("routed", "2026-09-20T08:59")], [("before_receipt", "record")], ["routed"],
            "a minute before the receipt: it happened, nobody knows when"),
        ([ev("routed", "2026-09-20")], [], ["routed"], "on its day"),
        ([ev("routed", "2026-09-19")], [("before_receipt", "record")], ["routed"], "on the day before"),
        ([ev("routed", "2026-09-22"), ev("routed", "2026-09-22")], [("duplicate", "record")], ["routed"], "twice"),
        ([ev("routed", "2026-09-22", to="a"), ev("routed", "2026-09-22", to="b")], [], ["routed", "routed"],
            "to two offices"),
        ([ev("routed", "2026-09-22", id="a"), ev("replied", "2026-09-23", id="a")], [("duplicate", "record")],
            ["routed"], "the same id again"),
        ([ev("routed", "2026-09-22T09:00", id="a"), ev("replied", "2026-09-23T09:00", id="a")],
            [("duplicate", "record")], ["routed"], "the same id again, by moments"),
        ([ev("routed", "2026-09-22T09:00", id="a"), ev("replied", "2026-09-23T09:00", id="b"),
            ev("closed", "2026-09-23", id="a")], [("duplicate", "record")], ["routed", "replied"],
            "the same id again, of which the first has a moment and the second a day"),
        ([ev("routed", "2026-09-22T09:00"), ev("replied", "2026-09-22T09:00"), ev("routed", "2026-09-22T09:00")],
            [("duplicate", "record")], ["routed", "replied"], "twice in one moment, another between"),
        ([ev("routed", "2026-09-22T09:00"), ev("routed", "2026-09-22T09:00", to="a"),
            ev("routed", "2026-09-23T09:00")], [], ["routed", "routed", "routed"], "alike, in another moment"),
        ([ev("received", "2026-09-20T09:00")], [], [], "the receipt itself, recorded as an event"),
        ([ev("received", "2026-09-22T09:00")], [("second_receipt", "record")], [], "another receipt"),
    ],
)  # fmt: skip
def test_what_does_not_count_is_left_out_and_said(
    events: list[Event], expected: list[tuple[str, str]], kept: list[str], why: str
) -> None:
    timeline = line(*events)
    assert [(one.code, one.severity) for one in timeline.left_out] == expected, why
    assert order(timeline) == kept, why
    assert all(one.place is not None and one.event == events[one.place].kind for one in timeline.left_out)


def test_a_history_in_another_zone_is_the_same_history() -> None:
    utc = Event("closed", dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC))
    assert line(utc).entries[1].when == dt.datetime(2026, 10, 1, 0, 30, tzinfo=BEIJING)


def test_a_case_without_events_knows_its_receipt_only() -> None:
    timeline = line()
    assert (timeline.kinds, timeline.left_out, list(timeline.entries)) == (frozenset(), [], [])
    assert [entry.place for entry in timeline.of_kind("received")] == [-1]
    assert timeline.of_kind("closed") == ()
    assert timeline.answers_to("x") == ()


def test_answers_are_found_by_what_they_refer_to() -> None:
    timeline = line(
        ev("extended", "2026-09-22", id="x"),
        ev("approved", "2026-09-24", ref="x"),
        ev("informed", "2026-09-23", ref="x"),
    )
    assert [entry.event.kind for entry in timeline.answers_to("x")] == ["informed", "approved"]
    assert (timeline.answers_to(None), timeline.answers_to("y")) == ((), ())


# --- amendments ---


def test_the_facts_are_those_known_at_the_moment() -> None:
    timeline = line(
        ev("amended", "2026-09-25T09:00", set={"joint": True}), ev("amended", "2026-09-28T09:00", set={"joint": None})
    )
    known = [timeline.complaint_at(dt.datetime(2026, 9, day, 9, tzinfo=BEIJING)).joint for day in (24, 25, 27, 28)]
    assert known == [None, True, True, None]
    assert timeline.changed == {"joint"}


def test_an_amendment_without_a_moment_brings_nothing_forward_that_was_learnt_later() -> None:
    timeline = line(ev("amended", "2026-09-28T09:00", set={"joint": True}), Event("amended", set={"complex": True}))
    before = timeline.complaint_at(dt.datetime(2026, 9, 24, tzinfo=BEIJING))
    after = timeline.complaint_at(dt.datetime(2026, 9, 28, 9, tzinfo=BEIJING))
    assert (before.complex, before.joint) == (True, None)
    assert (after.complex, after.joint) == (True, True)


def test_an_amendment_that_cannot_be_is_left_out_and_said() -> None:
    timeline = line(
        ev("amended", "2026-09-25T09:00", set={"received": dt.date(2026, 9, 1)}),
        ev("amended", "2026-09-26T09:00", set={"joint": True}),
        ev("amended", "2026-09-27T09:00"),
    )
    assert [(one.code, one.place) for one in timeline.left_out] == [("bad_amendment", 0)]
    assert "cannot be amended" in timeline.left_out[0].detail["why"]
    assert timeline.complaint_at(AT).joint is True


def test_what_was_known_at_each_moment_is_told_by_the_beginning_of_the_history() -> None:
    """What was amended, and what nobody can know any more since an amendment that cannot be used."""
    found = line(
        ev("amended", "2026-10-01T09:00", set={"joint": True}),
        ev("amended", "2026-10-03T09:00", set={"channel": "letter"}),
        ev("amended", "2026-10-05T09:00", set={"complainants": -1}),
        ev("amended", "2026-10-07T09:00", set={"complex": True}),
        ev("amended", "2026-10-09T09:00", set={"id": "c-2"}),
        ev("amended", "2026-10-11T09:00", set={"own": 1}),
        ev("amended", "2026-10-13T09:00", set={"received": dt.date(2026, 1, 1)}),
    )
    amended = [(1, "joint"), (3, "channel"), (7, "complex"), (11, "own")]
    doubted = [(5, "complainants"), (9, "id"), (13, "received")]
    for day in range(1, 15):
        for moment, last in ((at(f"2026-10-{day:02}T09:00") - SECOND, day - 1), (at(f"2026-10-{day:02}T09:00"), day)):
            then = found.until(moment)
            assert then.sliceable, moment
            assert then.changed == {fact for since, fact in amended if since <= last}, moment
            assert then.unsettled == {fact for since, fact in doubted if since <= last}, moment
            assert len(then.versions) == sum(since <= last for since, _ in amended), moment
            for one in (then, found):
                known = one.complaint_at(moment)
                assert (known.joint, known.channel, known.complex, known.fact("own")) == (
                    True if last >= 1 else None,
                    "letter" if last >= 3 else None,
                    True if last >= 7 else None,
                    1 if last >= 11 else None,
                ), moment
            assert then.complaint_at(AT) == then.complaint_at(moment), "an earlier timeline knows nothing later"


@pytest.mark.parametrize(
    ("besides", "expected", "why"),
    [
        ([], [None, None, True, True, None], "each from its moment on"),
        ([ev("replied", "2026-10-01")], [None, None, True, True, None], "on a day of which something has no moment"),
        ([Event("replied")], [None, None, True, True, None], "beside something of which nobody knows when"),
        ([Event("amended", set={"joint": False})], [False, False, True, True, None],
            "one of which nobody knows when held before all that are known"),
    ],
)  # fmt: skip
def test_the_facts_are_those_of_the_last_amendment_before_a_moment(
    besides: list[Event], expected: list[bool | None], why: str
) -> None:
    found = line(
        *besides,
        ev("amended", "2026-10-01T12:00", set={"joint": True}),
        ev("amended", "2026-10-01T14:00", set={"joint": None}),
    )
    moments = [at("2026-09-25T00:00"), at("2026-10-01T12:00") - SECOND, at("2026-10-01T12:00")]
    moments += [at("2026-10-01T14:00") - SECOND, at("2026-10-01T14:00")]
    assert [found.complaint_at(moment).joint for moment in moments] == expected, why
    assert [found.until(moment).complaint_at(moment).joint for moment in moments] == expected, why


# --- stops ---


def paired(*events: Event) -> list[tuple[str | None, str, str | None]]:
    """Give reason, start and end of each stop, to the day."""
    return [
        (stop.pause.reason, str(stop.pause.start)[:10], None if stop.pause.end is None else str(stop.pause.end)[:10])
        for stop in stops(line(*events)).paired
    ]


def stop(at: str, reason: str | None = "m", **fields: Any) -> Event:
    return ev("suspended", at, reason=reason, **fields)


def go_on(at: str, reason: str | None = "m", **fields: Any) -> Event:
    return ev("resumed", at, reason=reason, **fields)


@pytest.mark.parametrize(
    ("events", "expected", "why"),
    [
        ([stop("2026-10-01"), go_on("2026-10-05")], [("m", "2026-10-01", "2026-10-05")], "by reason"),
        ([stop("2026-10-01"), stop("2026-10-02", "n"), go_on("2026-10-03", "n"), go_on("2026-10-05")],
            [("n", "2026-10-02", "2026-10-03"), ("m", "2026-10-01", "2026-10-05")], "two reasons, nested"),
        ([stop("2026-10-01", id="a"), stop("2026-10-02", id="b"), go_on("2026-10-03", None, ref="a"),
            go_on("2026-10-05", None, ref="b")], [("m", "2026-10-01", "2026-10-03"), ("m", "2026-10-02", "2026-10-05")],
            "one reason, by the id they refer to"),
        ([stop("2026-10-01", ref="m1"), go_on("2026-10-05", ref="m1")], [("m", "2026-10-01", "2026-10-05")],
            "by a reference they share"),
        ([stop("2026-10-01", ref="m1"), go_on("2026-10-05", ref="m2")], [("m", "2026-10-01", None)],
            "another reference"),
        ([stop("2026-10-01"), go_on("2026-10-05", None)], [("m", "2026-10-01", "2026-10-05")], "the only one open"),
        ([stop("2026-10-01"), stop("2026-10-02", "n"), go_on("2026-10-05", None)],
            [("m", "2026-10-01", None), ("n", "2026-10-02", None)], "two are open, so which is not said"),
        ([go_on("2026-10-05")], [], "without a pause"),
        ([stop("2026-10-01")], [("m", "2026-10-01", None)], "without an end"),
        ([stop("2026-10-01"), stop("2026-10-02"), go_on("2026-10-05")], [("m", "2026-10-01", "2026-10-05")],
            "recorded once more while it lasted"),
        ([stop("2026-10-01", ref="m1"), stop("2026-10-02", ref="m1"), go_on("2026-10-05", ref="m1")],
            [("m", "2026-10-01", "2026-10-05")], "and so under its reference"),
        ([stop("2026-10-01", id="a"), stop("2026-10-02", ref="a"), go_on("2026-10-05", ref="a")],
            [("m", "2026-10-01", "2026-10-05")], "and so by a reference to the first"),
        ([stop("2026-10-01", ref="m1"), stop("2026-10-02", ref="m2")],
            [("m", "2026-10-01", None), ("m", "2026-10-02", None)], "another one of the same reason"),
        ([Event("suspended", reason="m"), go_on("2026-10-05")], [], "nobody knows since when"),
        ([stop("2026-10-01"), Event("resumed", reason="m")], [("m", "2026-10-01", None)], "nobody knows until when"),
        ([Event("suspended", reason="m")], [], "open since nobody knows when"),
        ([stop("2026-10-01"), go_on("2026-10-05"), stop("2026-10-05"), go_on("2026-10-09")],
            [("m", "2026-10-01", "2026-10-05"), ("m", "2026-10-05", "2026-10-09")], "touching, by days"),
        ([stop("2026-10-01T09:00"), go_on("2026-10-05T09:00"), stop("2026-10-05T09:00"), go_on("2026-10-09T09:00")],
            [("m", "2026-10-01", "2026-10-05"), ("m", "2026-10-05", "2026-10-09")], "touching, by moments"),
        ([stop("2026-10-01", ref="a"), go_on("2026-10-05", ref="a"), stop("2026-10-05", ref="a"),
            go_on("2026-10-09", ref="a")], [("m", "2026-10-01", "2026-10-05"), ("m", "2026-10-05", "2026-10-09")],
            "touching, under one reference"),
        ([stop("2026-10-05T09:00"), go_on("2026-10-05T09:00")], [("m", "2026-10-05", "2026-10-05")],
            "begun and ended in one moment"),
        ([stop("2026-10-01"), stop("2026-10-05"), go_on("2026-10-05", "n")], [("m", "2026-10-01", None)],
            "what ended that day was something else"),
        ([stop("2026-10-01"), Event("suspended", reason="m"), go_on("2026-10-05")], [("m", "2026-10-01", "2026-10-05")],
            "once more, nobody knows when: what is known stands"),
    ],
)  # fmt: skip
def test_suspensions_and_resumptions_are_paired(events: Sequence[Event], expected: list[Any], why: str) -> None:
    assert paired(*events) == expected, why
    assert sorted(paired(*reversed(events)), key=str) == sorted(expected, key=str), why


@pytest.mark.parametrize(
    ("events", "unseen", "unplaced", "sure", "why"),
    [
        ([stop("2026-10-01"), go_on("2026-10-05")], [], [], True, "begun and ended"),
        ([stop("2026-10-01")], [], [], True, "it lasts"),
        ([stop("2026-10-01")], ["resumed"], [], False, "it may have been ended unseen"),
        ([stop("2026-10-01"), go_on("2026-10-05")], ["resumed"], [], True, "its end is on record"),
        ([stop("2026-10-01"), Event("resumed", reason="m")], [], [], False, "ended, nobody knows when"),
        ([go_on("2026-10-05")], [], ["resumed"], True, "the end of what never began"),
        ([stop("2026-10-01", ref="m1"), go_on("2026-10-05", ref="m2")], [], ["resumed"], True, "that of another"),
        ([stop("2026-10-01"), stop("2026-10-02", "n"), go_on("2026-10-05", None)], [], ["resumed"], True, "of which?"),
        ([Event("suspended", reason="m"), go_on("2026-10-05")], [], ["suspended"], True, "begun, nobody knows when"),
        ([Event("suspended", reason="m")], [], ["suspended"], True, "and not ended"),
        ([Event("suspended", reason="m"), Event("suspended", reason="m", by="branch")], [], ["suspended"] * 2, True,
            "of two without a moment the second need not repeat the first"),
        ([stop("2026-10-01"), stop("2026-10-02"), go_on("2026-10-05")], [], [], True, "recorded once more"),
    ],
)  # fmt: skip
def test_what_cannot_be_placed_is_told_and_whether_it_is_known_how_long_each_stop_lasted(
    events: list[Event], unseen: list[str], unplaced: list[str], sure: bool, why: str
) -> None:
    found = stops(Timeline(Case(complaint("2026-09-20T09:00"), events, unseen=frozenset(unseen)), AT))
    assert [entry.event.kind for entry in found.unplaced] == unplaced, why
    assert found.sure is sure, why


# --- amendments, and what lies before the receipt ---


def test_an_amendment_that_cannot_be_used_changes_no_fact() -> None:
    refused = Event("amended", at("2026-09-25T09:00"), set={"complainants": -1})
    found = line(refused, Event("amended", at("2026-09-26T09:00"), set={"channel": "letter"}))
    assert [one.code for one in found.left_out] == [ViolationCode.BAD_AMENDMENT]
    assert found.changed == {"channel"}
    assert [moment for moment, _ in found.versions] == [at("2026-09-26T09:00")]


def test_what_may_lie_before_the_receipt_is_kept_apart_and_no_fault() -> None:
    early = ev("studied", "2026-09-10T09:00")
    found = Timeline(Case(complaint("2026-09-20T09:00"), [early]), AT, prior=frozenset({"studied"}))
    assert [entry.event for entry in found.before] == [early]
    assert (found.left_out, order(found)) == ([], [])
    assert [one.code for one in line(early).left_out] == [ViolationCode.BEFORE_RECEIPT]


def test_what_a_later_correction_says_held_at_an_earlier_moment_too() -> None:
    """The latest correction of a fact prevails; what it does not name another one said."""
    corrections = [
        Event("amended", at("2026-09-25T09:00"), reason="mistaken", set={"complainants": 2, "channel": "letter"}),
        Event("amended", at("2026-09-27T09:00"), reason="mistaken", set={"complainants": 5}),
    ]
    then = line(*corrections).until(at("2026-09-22T09:00"))
    known = then.complaint_at(at("2026-09-22T09:00"))
    assert (known.complainants, known.channel) == (5, "letter")


def test_what_was_known_at_a_moment_of_a_day_that_is_partly_known_by_the_day_may_stand_otherwise() -> None:
    """The reply of 1 October stands behind the routing at 18:00 in the end, and before it as at 10:00."""
    found = line(ev("routed", "2026-10-01T10:00"), ev("routed", "2026-10-01T18:00"), ev("replied", "2026-10-01"))
    ten, eighteen = at("2026-10-01T10:00"), at("2026-10-01T18:00")
    assert [found.muddled(one) for one in (at("2026-09-30T10:00"), ten, eighteen)] == [False, True, False]
    for moment, number in [(ten - SECOND, 0), (ten, 1), (eighteen, 2)]:
        assert found.known_at(moment, "routed")[1] == number
    assert not line(ev("routed", "2026-10-01T10:00")).muddled(ten)
