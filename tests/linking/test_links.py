from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import attrs
import pytest

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.conditions.parsing import parse
from complaint_rules.conditions.scopes import FactSpec, FactType, Scope
from complaint_rules.errors import InvalidComplaint, InvalidMoment, InvalidPolicy, MissingParameter
from complaint_rules.linking.linker import Linker, link
from complaint_rules.linking.links import Links
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import BEIJING
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import NO_TITLES, Link

SCOPE = Scope(
    facts={
        "kind": FactSpec(name="kind", type=FactType.TEXT, core=True),
        "joint": FactSpec(name="joint", type=FactType.BOOL, assume=False, core=True),
        "face_to_face": FactSpec(name="face_to_face", type=FactType.BOOL, core=True),
    },
    kinds={"received", "replied"},
    links={"same_kind"},
)


def policy(**link_fields: Any) -> Policy:
    fields: dict[str, Any] = {"id": "same_kind", "title": NO_TITLES, "same": ("kind",), **link_fields}
    if isinstance(fields.get("when"), str):
        fields["when"] = parse(fields["when"], SCOPE)
    if isinstance(fields.get("window"), str):
        fields["window"] = Period.parse(fields["window"])
    return Policy(
        id="own",
        edition="1",
        title=NO_TITLES,
        issuer=NO_TITLES,
        checked_on=dt.date(2026, 11, 21),
        links=FrozenMap({fields["id"]: Link(**fields)}),
        scope=SCOPE,
        document="{}",
        fingerprint="0",
    )


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def received(number: int, when: str, *, kind: str | None = "fees", **facts: Any) -> Complaint:
    moment = dt.date.fromisoformat(when) if len(when) == 10 else at(when)
    return Complaint(id=f"c-{number}", received=moment, kind=kind, **facts)


def person(number: int, when: str, *keys: str, **facts: Any) -> Complaint:
    return received(number, when, complainant_keys=keys, **facts)


def counts(links: Links, number: int) -> tuple[int | None, int | None]:
    """As known at receipt, and as known now; None where the link says nothing."""
    return tuple(links.counts(f"c-{number}", known).get("same_kind") for known in ("receipt", "now"))  # type: ignore[return-value]


# Windows ----------------------------------------------------------------------------------------------------

EDGES = [
    ("1 month", "2026-09-15", "2026-10-15T23:59:59", 2, "the corresponding day is the last one (Civil Code 202)"),
    ("1 month", "2026-09-15", "2026-10-16T00:00", 1, "the day after it is outside"),
    ("1 month", "2026-09-15T18:00", "2026-10-15T23:59", 2, "the opening day is not counted: the hour does not matter"),
    ("1 month", "2026-01-31", "2026-02-28", 2, "no 31 February: the month's last day"),
    ("1 month", "2026-01-31", "2026-03-01", 1, "the day after the month's last day"),
    ("1 month", "2026-02-28", "2026-03-28", 2, "a month from 28 February ends on 28 March"),
    ("1 month", "2026-02-28", "2026-03-29", 1, "and not with the end of March"),
    ("7 days", "2026-09-01", "2026-09-08", 2, "day 7 after the opening day"),
    ("7 days", "2026-09-01", "2026-09-09", 1, "day 8"),
    ("24 hours", "2026-09-01T10:00", "2026-09-02T10:00", 2, "by the hour: the last instant counts"),
    ("24 hours", "2026-09-01T10:00", "2026-09-02T10:00:00.000001", 1, "one microsecond later"),
    ("24 hours", "2026-09-01", "2026-09-02T23:59", 2, "a bare day stands at its end against hours"),
    ("24 hours", "2026-09-01", "2026-09-03T00:00", 1, "beyond what the day can mean"),
    ("5 working days", "2026-09-28", "2026-10-09", 2, "29, 30 September, 8, 9 October …"),
    ("5 working days", "2026-09-28", "2026-10-10", 2, "… and the make-up Saturday is the fifth"),
    ("5 working days", "2026-09-28", "2026-10-11", 1, "a Sunday after the fifth working day"),
    ("same day", "2026-09-01", "2026-09-01T23:59", 2, "one day"),
    ("same day", "2026-09-01", "2026-09-02", 1, "two days"),
    (None, "2002-09-01", "2099-09-01", 2, "no window: however long ago"),
    ("1 month", "2099-12-15", "2099-12-31", 2, "a window that ends past the last day known"),
    ("5 working days", "2099-12-30", "2099-12-31", 2, "the same in working days"),
]


@pytest.mark.parametrize(("window", "first", "second", "count", "reason"), EDGES)
def test_the_window_ends_to_the_day(window: str | None, first: str, second: str, count: int, reason: str) -> None:
    links = link([received(1, first), received(2, second)], policy(window=window))
    assert counts(links, 2) == (count, count), reason
    assert counts(links, 1) == (1 if first < second[: len(first)] or len(first) == 16 else 2, count), reason


@pytest.mark.parametrize("threshold", [2, 3, 5, 20])
def test_the_complaint_that_reaches_a_threshold_is_the_first_to_know_it(threshold: int) -> None:
    days = [(dt.date(2026, 9, 1) + dt.timedelta(days)).isoformat() for days in range(threshold)]
    links = link([person(n, day, f"p-{n}") for n, day in enumerate(days)], policy(distinct=True, window="1 month"))
    assert counts(links, threshold - 2) == (threshold - 1, threshold)
    assert counts(links, threshold - 1) == (threshold, threshold)
    assert [group.count for group in links.groups("same_kind", at_least=threshold)] == [threshold]
    assert links.groups("same_kind", at_least=threshold + 1) == ()


def test_complaints_of_one_moment_know_of_each_other() -> None:
    links = link([received(1, "2026-09-01T09:00"), received(2, "2026-09-01T09:00")], policy())
    assert counts(links, 1) == counts(links, 2) == (2, 2)


def test_a_receipt_known_by_its_day_knows_all_of_that_day() -> None:
    links = link(
        [received(1, "2026-09-01"), received(2, "2026-09-01T08:00"), received(3, "2026-09-01T20:00")],
        policy(window="1 month"),
    )
    assert counts(links, 1) == (3, 3)
    assert counts(links, 2) == (2, 3), "08:00 does not know of 20:00"
    assert counts(links, 3) == (3, 3)


def test_the_fullest_window_counts_not_the_whole_chain() -> None:
    """Four at distances of three weeks: no month holds more than two of them, and they are one group."""
    days = ["2026-01-01", "2026-01-22", "2026-02-12", "2026-03-05", "2026-08-01"]
    links = link([received(n, day) for n, day in enumerate(days)], policy(window="1 month"))
    assert [counts(links, n)[1] for n in range(5)] == [2, 2, 2, 2, 1]
    (group,) = links.groups("same_kind")
    assert group.members == ("c-0", "c-1", "c-2", "c-3")
    assert (group.first_receipt, group.last_receipt, group.count) == (dt.date(2026, 1, 1), dt.date(2026, 3, 5), 2)
    assert group.facts == {"kind": "fees"}
    lone = links.of("c-4")["same_kind"]
    assert (lone.members, lone.first_receipt, lone.group.count) == (("c-4",), dt.date(2026, 8, 1), 1)


def test_a_day_lies_in_a_window_that_had_moved_on_before_it_ended() -> None:
    """A receipt known by its day stands at its end among the others, and may have been there since midnight.

    At 08:00 four are there: both of the day before, c-3 and, for all that is known, c-5. At 20:00 the two are over
    their 24 hours: c-3, c-4 and c-5 are left.
    """
    flood = [
        received(1, "2026-09-01T10:00"), received(2, "2026-09-01T10:00"), received(3, "2026-09-02T08:00"),
        received(4, "2026-09-02T20:00"), received(5, "2026-09-02"),
    ]  # fmt: skip
    links = link(flood, policy(window="24 hours"))
    assert [counts(links, n) for n in range(1, 6)] == [(2, 4), (2, 4), (4, 4), (3, 3), (3, 4)]


def test_groups_come_in_order_of_their_first_receipt() -> None:
    flood = [
        received(1, "2026-09-02", kind="a"),
        received(2, "2026-09-01", kind="b"),
        received(3, "2026-09-03", kind="a"),
    ]
    found = link(flood, policy()).groups("same_kind", at_least=1)
    assert [(group.members, group.facts["kind"]) for group in found] == [(("c-2",), "b"), (("c-1", "c-3"), "a")]


# What counts ------------------------------------------------------------------------------------------------


def test_the_same_person_counts_once_among_distinct_complainants() -> None:
    flood = [person(1, "2026-09-01", "p-1"), person(2, "2026-09-02", "p-1"), person(3, "2026-09-03", "p-2")]
    assert counts(link(flood, policy(distinct=True)), 3) == (2, 2)
    assert counts(link(flood, policy()), 3) == (3, 3), "without `distinct` complaints are counted"


def test_a_person_leaves_the_window_with_the_last_of_their_complaints() -> None:
    flood = [person(1, "2026-09-01", "p-1"), person(2, "2026-09-10", "p-1"), person(3, "2026-10-05", "p-2")]
    flood.append(person(4, "2026-10-12", "p-3"))
    links = link(flood, policy(distinct=True, window="1 month"))
    assert counts(links, 3) == (2, 2), "p-1 of 10 September is still in"
    assert counts(links, 4) == (2, 2), "p-1 is out, p-2 and p-3 are in"


def test_persons_who_complain_together_leave_the_window_with_the_last_of_their_complaints() -> None:
    """The months of c-1 and c-2 end on 1 and 10 October: p-1 and p-2 are there on the 5th, and gone on the 12th."""
    flood = [
        person(1, "2026-09-01", "p-1", "p-2"), person(2, "2026-09-10", "p-1", "p-2"),
        person(3, "2026-10-05", "p-3", "p-4"), person(4, "2026-10-12", "p-5", "p-6"),
    ]  # fmt: skip
    links = link(flood, policy(joint=True, distinct=True, window="1 month"))
    assert [counts(links, n) for n in (1, 2, 3, 4)] == [(2, 2), (2, 4), (4, 4), (4, 4)]


@pytest.mark.parametrize(
    ("joint", "distinct", "count", "reason"),
    [
        (False, False, 3, "three complaints"),
        (True, False, 6, "three complainants, one, and two"),
        (False, True, 3, "a party of three, one of them alone, a party of two"),
        (True, True, 5, "p-1 complains twice; p-2, p-3 and two who left no key"),
    ],
)
def test_joint_complaints_count_as_the_link_says(joint: bool, distinct: bool, count: int, reason: str) -> None:
    flood = [
        person(1, "2026-09-01", "p-1", "p-2", complainants=3),
        person(2, "2026-09-02", "p-1"),
        person(3, "2026-09-03", "p-3", complainants=2),
    ]
    assert counts(link(flood, policy(joint=joint, distinct=distinct)), 3)[1] == count, reason


def test_persons_without_keys_are_never_taken_for_each_other() -> None:
    flood = [received(1, "2026-09-01", complainants=4), received(2, "2026-09-02"), received(3, "2026-09-03")]
    assert counts(link(flood, policy(distinct=True)), 3) == (3, 3), "one unknown person each"
    assert counts(link(flood, policy(distinct=True, joint=True)), 3) == (6, 6), "four, one presumed, one presumed"


@pytest.mark.parametrize(
    ("facts", "count"),
    [
        ({"joint": True, "face_to_face": True, "complainants": 20}, 20),
        ({"joint": True, "face_to_face": True, "complainants": 19}, 19),
        ({"joint": True, "face_to_face": False, "complainants": 20}, 0),
        ({"complainants": 20}, None),
        ({"joint": False, "complainants": 20}, 0),
    ],
)
def test_only_complaints_for_which_the_condition_holds_take_part(facts: dict[str, Any], count: int | None) -> None:
    links = link([received(1, "2026-09-01", **facts)], policy(joint=True, when="joint and face_to_face"))
    assert counts(links, 1) == (count, count)
    assert links.waiting("c-1") == ({"same_kind": ("joint", "face_to_face")} if count is None else {})
    assert set(links.of("c-1")) == ({"same_kind"} if count else set())


def test_without_the_facts_to_compare_a_complaint_is_not_linked() -> None:
    links = link([received(1, "2026-09-01", kind=None), received(2, "2026-09-02")], policy(same=("kind", "incident")))
    assert links.counts("c-1") == {}
    assert links.waiting("c-1") == {"same_kind": ("kind", "incident")}
    assert links.waiting("c-2") == {"same_kind": ("incident",)}
    assert links.of("c-1") == {}


def test_facts_of_an_institution_can_be_compared_too() -> None:
    flood = [received(n, "2026-09-01", extra={"project": Decimal(value)}) for n, value in enumerate(["1.0", "1", "2"])]
    links = link(flood, policy(same=("kind", "project")))
    assert [counts(links, n)[1] for n in range(3)] == [2, 2, 1], "1.0 equals 1"


def test_a_condition_may_read_the_history() -> None:
    answered = Case(received(1, "2026-09-01"), [Event("replied", at("2026-09-05T10:00"))])
    flood: list[Complaint | Case] = [
        answered,
        received(2, "2026-09-03"),
        received(3, "2026-09-06"),
        received(4, "2026-09-07"),
    ]
    links = link(flood, policy(when="not has('replied')"))
    assert counts(links, 1) == (1, 0), "it took part until it was answered"
    assert counts(links, 2) == (2, 3), "c-1 then, c-3 and c-4 now"
    assert counts(links, 3) == (2, 3), "c-1 no longer takes part on the 6th"
    known_on_4th = link(flood, policy(when="not has('replied')"), at=at("2026-09-04T00:00"))
    assert counts(known_on_4th, 1) == (1, 2)
    bare = link([Case(received(1, "2026-09-01"))], policy(when="not has('replied')"))
    assert counts(bare, 1) == (1, 1), "a case without events is a complaint"


def test_what_was_answered_within_the_day_of_its_receipt_took_no_part_by_the_end_of_it() -> None:
    """The day, where it is all that is known of the receipt, is taken as a whole: the answer at ten belongs to it."""
    answered = Case(received(1, "2026-09-01"), [Event("replied", at("2026-09-01T10:00"))])
    assert counts(link([answered], policy(when="not has('replied')")), 1) == (0, 0)


def test_what_happened_at_an_unknown_moment_may_have_been_before_the_receipt_was_judged() -> None:
    case = Case(received(1, "2026-09-01"), [Event("replied")])
    links = link([case], policy(when="not has('replied')"), at=at("2026-09-05T10:00"))
    assert counts(links, 1) == (None, None), "nobody knows whether before or after, at whatever moment that is asked"
    assert counts(link([case], policy(when="not has('replied')")), 1) == (None, None)


def test_a_condition_on_limits_or_links_is_not_known_here() -> None:
    links = link([received(1, "2026-09-01")], policy(when="linked('same_kind') >= 1"))
    assert links.counts("c-1") == {}
    assert links.waiting("c-1") == {"same_kind": ()}
    own = policy(when="linked('same_kind') >= 1")
    limits = Scope(facts=SCOPE.facts, limits={"whole"}, levels=("outlet",))
    for asked in (
        "late('whole')",
        "standing('whole', 'open_in_time', 'not_started')",
        "not standing('whole', 'late')",
        "holder_at_breach('whole', 'outlet')",
        "not holder_at_breach('whole', 'outlet')",
    ):
        chained = parse(asked, limits)
        assert link([received(1, "2026-09-01")], _with_when(own, chained, limits)).counts("c-1") == {}, asked


def _with_when(base: Policy, when: Any, scope: Scope) -> Policy:
    known = base.links["same_kind"]
    return attrs.evolve(base, links=FrozenMap(same_kind=attrs.evolve(known, when=when)), scope=scope)


# What was known when ----------------------------------------------------------------------------------------


def test_what_is_not_received_yet_counts_nowhere() -> None:
    flood = [received(1, "2026-09-01"), received(2, "2026-09-02"), received(3, "2026-09-03")]
    links = link(iter(flood), policy(), at=at("2026-09-02T12:00"))
    assert links.later == ("c-3",)
    assert list(links) == ["c-1", "c-2"]
    assert (len(links), "c-3" in links, counts(links, 1)) == (2, False, (1, 2))


def test_an_amendment_moves_a_complaint_and_the_past_stays_as_it_was() -> None:
    moved = Case(received(1, "2026-09-01T09:00"), [Event("amended", at("2026-09-03T09:00"), set={"kind": "service"})])
    flood: list[Complaint | Case] = [
        moved,
        received(2, "2026-09-02T09:00"),
        received(3, "2026-09-04T09:00"),
        received(4, "2026-09-02T10:00", kind="service"),
        received(5, "2026-09-05T09:00", kind="service"),
    ]
    links = link(flood, policy())
    assert counts(links, 1) == (1, 3), "fees when it came in; service now, with c-4 and c-5"
    assert counts(links, 2) == (2, 2), "c-1 was about fees then; now only c-3 is"
    assert counts(links, 3) == (2, 2), "c-1 was about service by the 4th"
    assert counts(links, 4) == (1, 3)
    assert counts(links, 5) == (3, 3)
    assert links.of("c-1")["same_kind"].members == ("c-1", "c-4", "c-5")


@pytest.mark.parametrize(
    ("when", "kind", "expected"),
    [
        ("2026-09-03T08:59:59.999999", "fees", (2, 1)),
        ("2026-09-03T09:00", "fees", (1, 1)),
        ("2026-09-03T08:59:59.999999", "service", (1, 2)),
        ("2026-09-03T09:00", "service", (2, 2)),
    ],
)
def test_an_amendment_parts_one_kind_from_the_next_to_the_instant(
    when: str, kind: str, expected: tuple[int, int]
) -> None:
    moved = Case(received(1, "2026-09-01T09:00"), [Event("amended", at("2026-09-03T09:00"), set={"kind": "service"})])
    assert counts(link([moved, received(2, when, kind=kind)], policy()), 2) == expected


def test_a_fact_learned_later_links_from_then_on() -> None:
    learned = Case(
        received(1, "2026-09-01T09:00", kind=None), [Event("amended", at("2026-09-03T09:00"), set={"kind": "fees"})]
    )
    links = link([learned, received(2, "2026-09-02T09:00"), received(3, "2026-09-04T09:00")], policy())
    assert counts(links, 1) == (None, 3)
    assert links.of("c-1")["same_kind"].count_at_receipt is None
    assert (counts(links, 2), counts(links, 3)) == ((1, 3), (3, 3))


def test_a_fact_found_unknown_after_all_ends_the_link() -> None:
    doubted = Case(received(1, "2026-09-01T09:00"), [Event("amended", at("2026-09-03T09:00"), set={"kind": None})])
    links = link([doubted, received(2, "2026-09-04T09:00")], policy())
    assert counts(links, 1) == (1, None)
    assert links.waiting("c-1") == {"same_kind": ("kind",)}
    assert counts(links, 2) == (1, 1)


@pytest.mark.parametrize(
    ("when", "reason"),
    [
        (None, "an amendment without a moment is taken as known throughout"),
        (dt.date(2026, 9, 1), "the day of receipt is known as a whole"),
        (at("2026-09-01T18:00"), "within the day of receipt"),
        (at("2026-09-01T23:59:59.999999"), "in its last instant"),
    ],
)
def test_an_amendment_on_the_day_of_a_dated_receipt_counts_at_receipt(when: Any, reason: str) -> None:
    case = Case(received(1, "2026-09-01"), [Event("amended", when, set={"kind": "service"})])
    links = link([case, received(2, "2026-09-01", kind="service")], policy())
    assert counts(links, 1) == counts(links, 2) == (2, 2), reason


def test_two_amendments_of_one_moment_are_one_change() -> None:
    changes = [Event("amended", at("2026-09-03T09:00"), id=str(n), set={"kind": kind}) for n, kind in enumerate("ab")]
    links = link([Case(received(1, "2026-09-01"), changes), received(2, "2026-09-04", kind="b")], policy())
    assert counts(links, 2) == (2, 2)


def test_a_link_that_begins_after_its_window_ended_counts_for_nobody_at_receipt() -> None:
    late = Case(received(1, "2026-01-01"), [Event("amended", at("2026-09-01T09:00"), set={"kind": "service"})])
    links = link([late, received(2, "2026-09-02", kind="service")], policy(window="1 month"))
    assert counts(links, 1) == counts(links, 2) == (1, 1)


def test_a_case_that_was_of_a_kind_only_after_its_window_had_ended_counts_there_for_nobody() -> None:
    moved = Case(
        received(1, "2026-01-01"),
        [
            Event("amended", at("2026-09-01T09:00"), id="1", set={"kind": "service"}),
            Event("amended", at("2026-09-03T09:00"), id="2", set={"kind": "other"}),
        ],
    )
    linker = Linker(policy(window="1 month"))
    assert linker.add(moved) == ("c-1",)
    assert linker.add(received(2, "2026-09-02", kind="service")) == ("c-2",)
    assert linker.counts("c-2") == linker.counts("c-2", "receipt") == {"same_kind": 1}


def test_a_window_that_waits_for_its_parameter_is_reported_and_stops_nothing() -> None:
    links = link([received(1, "2026-09-01")], policy(parameter="group_window"))
    assert links.missing == {"same_kind": "group_window"}
    assert links.counts("c-1") == {}
    with pytest.raises(MissingParameter, match="group_window"):
        links.groups("same_kind")


def test_a_window_whose_parameter_was_supplied_waits_for_nothing() -> None:
    """With its figure a link keeps the name of the parameter."""
    flood = [received(1, "2026-09-01"), received(2, "2026-09-20"), received(3, "2026-10-02")]
    links = link(flood, policy(parameter="group_window", window="1 month"))
    assert links.missing == {}
    assert [counts(links, n) for n in (1, 2, 3)] == [(1, 2), (2, 2), (2, 2)], "1 October is the last day of c-1"


def test_a_window_in_working_time_waits_for_opening_hours() -> None:
    """Tuesday 16:00 to Wednesday 09:30 are an hour and half an hour of those open from nine to five."""
    flood = [received(1, "2026-09-01T16:00"), received(2, "2026-09-02T09:30"), received(3, "2026-09-02T10:00:01")]
    own = policy(window="2 working hours")
    waits = link(flood, own)
    assert waits.missing == {"same_kind": "hours"}
    assert waits.counts("c-1") == {}
    with pytest.raises(MissingParameter, match="its window waits for opening hours"):
        waits.groups("same_kind")
    links = link(flood, own, calendar=WorkCalendar.china().with_hours("09:00-17:00"))
    assert links.missing == {}
    assert [counts(links, n) for n in (1, 2, 3)] == [(1, 2), (2, 2), (2, 2)], "of c-1 the second hour ends at ten"


def test_a_window_in_days_waits_for_no_opening_hours() -> None:
    assert link([], policy(window="2 working days")).missing == {}


def test_two_answers_about_one_complaint_are_one() -> None:
    links = link([received(1, "2026-09-01"), received(2, "2026-09-02")], policy())
    linked = links.of("c-1")["same_kind"]
    assert linked == links.of("c-1")["same_kind"]
    assert linked != links.of("c-2")["same_kind"]
    assert repr(linked) == "Linked(link='same_kind', complaint='c-1', count_at_receipt=1, count_now=2)"


@pytest.mark.parametrize("order", [("plain", "answered"), ("answered", "plain")])
def test_one_link_that_reads_the_history_beside_one_that_does_not(order: tuple[str, str]) -> None:
    every = {
        "plain": Link(id="plain", title=NO_TITLES, same=("kind",)),
        "answered": Link(id="answered", title=NO_TITLES, same=("kind",), when=parse("has('replied')", SCOPE)),
    }
    both = attrs.evolve(policy(), links=FrozenMap({name: every[name] for name in order}))
    replied = [Event("replied", at("2026-09-05T10:00"))]
    flood: list[Complaint | Case] = [Case(received(1, "2026-09-01"), replied), received(2, "2026-09-06")]
    flood.append(Case(received(3, "2026-09-02"), [Event("replied", at("2026-09-03T10:00"))]))
    links = link(flood, both)
    assert links.counts("c-1") == {"plain": 3, "answered": 2}
    assert links.counts("c-1", "receipt") == {"plain": 1, "answered": 0}
    assert links.counts("c-2") == {"plain": 3, "answered": 0}
    linker = Linker(both)
    for one in flood:
        linker.add(one)
    assert [linker.counts(f"c-{n}") for n in (1, 2, 3)] == [links.counts(f"c-{n}") for n in (1, 2, 3)]


# One by one -------------------------------------------------------------------------------------------------


def test_adding_one_complaint_tells_whose_counts_changed() -> None:
    linker = Linker(policy(distinct=True, window="1 month"))
    assert linker.add(person(1, "2026-09-01T09:00", "p-1")) == ("c-1",)
    assert linker.add(person(2, "2026-09-20T09:00", "p-2")) == ("c-1", "c-2")
    assert linker.add(person(3, "2026-12-01T09:00", "p-3")) == ("c-3",), "nobody near"
    assert linker.add(person(4, "2026-09-25T09:00", "p-2")) == ("c-4",), "the same person again"
    assert linker.add(person(5, "2026-09-10T09:00", "p-5")) == ("c-1", "c-2", "c-4", "c-5"), (
        "entered late, received early"
    )
    assert linker.add(received(6, "2026-09-10T09:00", kind=None)) == ("c-6",), "takes no part yet"
    assert linker.counts("c-2", "receipt") == {"same_kind": 3}


def test_what_lies_in_no_window_of_one_that_is_added_keeps_its_count() -> None:
    """The hour of nine is over at ten; the two of the afternoon are of the same day, and of another hour."""
    linker = Linker(policy(window="1 hour"))
    linker.add(received(1, "2026-09-01T15:00"))
    linker.add(received(2, "2026-09-01T15:30"))
    assert linker.add(received(3, "2026-09-01T09:00")) == ("c-3",)
    assert [linker.counts(f"c-{n}")["same_kind"] for n in (1, 2, 3)] == [2, 2, 1]


def test_links_taken_from_a_linker_do_not_change_afterwards() -> None:
    linker = Linker(policy())
    linker.add(received(1, "2026-09-01"))
    before = linker.links()
    linked = before.of("c-1")["same_kind"]
    linker.add(received(2, "2026-09-02"))
    assert (before.counts("c-1"), linked.count_now, linked.members, len(before)) == ({"same_kind": 1}, 1, ("c-1",), 1)
    assert linker.links().of("c-1")["same_kind"].members == ("c-1", "c-2")


def test_replacing_a_complaint_counts_its_old_and_its_new_kin_anew() -> None:
    linker = Linker(policy())
    for number, kind in enumerate(["fees", "fees", "service"]):
        linker.add(received(number, f"2026-09-0{number + 1}", kind=kind))
    amended = Case(received(1, "2026-09-02"), [Event("amended", at("2026-09-10T09:00"), set={"kind": "service"})])
    assert linker.replace(amended) == ("c-0", "c-1", "c-2")
    assert [linker.counts(f"c-{n}")["same_kind"] for n in range(3)] == [1, 2, 2]
    assert linker.replace(received(1, "2026-09-02")) == ("c-0", "c-1", "c-2")
    assert [linker.counts(f"c-{n}")["same_kind"] for n in range(3)] == [2, 2, 1]
    assert linker.replace(received(1, "2026-09-02", kind=None)) == ("c-0", "c-1")
    assert linker.replace(received(1, "2026-09-02")) == ("c-0", "c-1")


def test_a_linker_counts_amended_cases_as_they_come() -> None:
    linker = Linker(policy())
    linker.add(received(1, "2026-09-01"))
    late = Case(
        received(2, "2026-09-02", kind="service"), [Event("amended", at("2026-09-05T09:00"), set={"kind": "fees"})]
    )
    assert linker.add(late) == ("c-1", "c-2")
    assert linker.add(received(3, "2026-09-03")) == ("c-1", "c-2", "c-3")
    assert linker.counts("c-3", "receipt") == {"same_kind": 2}, "c-2 was about service on the 3rd"
    assert linker.links().counts("c-2") == {"same_kind": 3}


# A definition to compare with -------------------------------------------------------------------------------


# Bad input --------------------------------------------------------------------------------------------------

BAD: list[tuple[Any, dict[str, Any], type[Exception], str]] = [
    (received(1, "2026-09-01"), {}, InvalidComplaint, "write [complaint]"),
    (7, {}, InvalidComplaint, "iterable of Complaint or Case"),
    ([received(1, "2026-09-01"), None], {}, InvalidComplaint, "complaints[1]: a complaint: a Complaint or a Case"),
    (
        [received(1, "2026-09-01"), received(2, "2026-09-01"), received(1, "2026-09-02")],
        {},
        InvalidComplaint,
        "complaints[2]: Complaint.id: complaint number 1 has the same id; got 'c-1'; merge(",
    ),
    ([], {"at": dt.datetime(2026, 9, 1)}, InvalidMoment, "naive"),  # noqa: DTZ001 - the naive moment is the point
]


@pytest.mark.parametrize(("complaints", "more", "error", "words"), BAD)
def test_what_cannot_be_linked_is_refused_with_its_place(complaints: Any, more: Any, error: Any, words: str) -> None:
    with pytest.raises(error) as refused:
        link(complaints, policy(), **more)
    assert words in str(refused.value)


def test_questions_that_make_no_sense_are_refused_with_the_likely_one() -> None:
    links = link([received(1, "2026-09-01")], policy())
    with pytest.raises(InvalidComplaint, match="did you mean 'c-1'"):
        links.of("C-1")
    with pytest.raises(InvalidComplaint, match="not among the linked"):
        links.counts(["c-1"])  # type: ignore[arg-type]
    with pytest.raises(InvalidComplaint, match="did you mean 'receipt'"):
        links.counts("c-1", "reciept")  # type: ignore[arg-type]
    with pytest.raises(InvalidPolicy, match="did you mean 'same_kind'"):
        links.groups("same_knd")
    with pytest.raises(InvalidPolicy, match="a Policy is expected"):
        link([], "realty-levels")  # type: ignore[arg-type]


def test_a_linker_refuses_an_id_it_has_and_one_it_has_not() -> None:
    linker = Linker(policy(), calendar=WorkCalendar.china())
    linker.add(received(1, "2026-09-01"))
    with pytest.raises(InvalidComplaint, match=r"Linker\.replace"):
        linker.add(received(1, "2026-09-01"))
    with pytest.raises(InvalidComplaint, match="not among the linked"):
        linker.replace(received(2, "2026-09-01"))
    with pytest.raises(InvalidComplaint, match="a Complaint or a Case"):
        linker.add("c-1")  # type: ignore[arg-type]
    assert len(linker.links()) == 1
