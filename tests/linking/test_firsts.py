"""Which complaint is the first of its group: what a search hands on, and what conditions make of it."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.counts import GroupCount
from complaint_rules.linking.linker import Linker, link
from complaint_rules.policy.policy import Policy
from complaint_rules.words.assessments import explain
from tests.assessment.test_fast_path import agree, both
from tests.by_hand import ev, instant
from tests.golden import china
from tests.small import TITLE, duty, limit, own, table

ASKED: Final = "first_of('again')"


def linked_by(*more: str, asked: str = ASKED) -> Policy:
    return own(
        "\n".join(["[[link]]", 'id = "again"', TITLE, 'same = ["kind"]', 'window = "1 month"', *more]),
        table("t", ("first", asked), ("later", f"not {asked}")),
    )


POLICY: Final = linked_by()


def received(id: str, when: str, kind: str | None = "fees", **facts: Any) -> Complaint:
    moment = dt.date.fromisoformat(when) if len(when) == 10 else instant(when)
    return Complaint(id=id, received=moment, kind=kind, **facts)


def firsts(complaints: Sequence[Complaint | Case], policy: Policy = POLICY) -> dict[str, bool | None]:
    """Give of each complaint whether it is the first; left out where it is not known whether it takes part."""
    links = link(complaints, policy)
    found = {one: links.counts(one).get("again") for one in links}
    return {one: count.first for one, count in found.items() if isinstance(count, GroupCount)}


GROUPS: Final = [
    ([received("a", "2026-03-01T09:00")], {"a": True}, "alone"),
    (
        [received("b", "2026-03-05T09:00"), received("a", "2026-03-10T09:00"), received("c", "2026-03-01T09:00")],
        {"a": False, "b": False, "c": True},
        "by receipt, not by what was given first",
    ),
    (
        [received("a", "2026-03-01T09:00"), received("b", "2026-03-25T09:00"), received("c", "2026-04-20T09:00")],
        {"a": True, "b": False, "c": False},
        "a chain is one group, longer than one window",
    ),
    (
        [received("a", "2026-03-01T09:00"), received("b", "2026-05-01T09:00")],
        {"a": True, "b": True},
        "two groups, as the window was over",
    ),
    (
        [received("a", "2026-03-01T09:00"), received("b", "2026-03-02T09:00", "service")],
        {"a": True, "b": True},
        "of other facts",
    ),
    (
        [received("b", "2026-03-01T09:00"), received("a", "2026-03-01T09:00")],
        {"a": True, "b": False},
        "in the same instant: the first id stands for them",
    ),
    (
        [received("b", "2026-03-01"), received("a", "2026-03-01"), received("c", "2026-03-02")],
        {"a": True, "b": False, "c": False},
        "on the same day, recorded alike: the first id stands for them",
    ),
    (
        [received("a", "2026-03-01"), received("b", "2026-03-01T09:00"), received("c", "2026-03-01T10:00")],
        {"a": None, "b": None, "c": False},
        "before or after nine, that day; ten is later than nine",
    ),
    (
        [received("a", "2026-03-01"), received("b", "2026-03-01"), received("c", "2026-03-01T10:00")],
        {"a": None, "b": False, "c": None},
        "of the two recorded alike one can stand for both",
    ),
    (
        [received("a", "2026-03-02T09:00"), received("b", "2026-03-01", None)],
        {"a": True},
        "of which nobody knows the facts takes part nowhere, and is the first of nothing known",
    ),
]


@pytest.mark.parametrize(("complaints", "expected", "why"), GROUPS, ids=[why for _, _, why in GROUPS])
def test_the_first_of_a_group_is_the_earliest_received(
    complaints: list[Complaint], expected: Mapping[str, bool | None], why: str
) -> None:
    assert firsts(complaints) == expected, why
    linker = Linker(POLICY)
    for one in complaints:
        linker.add(one)
    for known in (linker, linker.links()):
        found = {one.id: known.counts(one.id).get("again") for one in complaints}
        assert {name: one.first for name, one in found.items() if isinstance(one, GroupCount)} == expected, why


def test_what_takes_no_part_belongs_together_with_nothing_before_it() -> None:
    policy = linked_by("when = \"channel == 'phone'\"")
    first, other = (
        received("a", "2026-03-01T09:00", channel="phone"),
        received("b", "2026-03-02T09:00", channel="visit"),
    )
    assert firsts([first, other], policy) == {"a": True, "b": True}
    assert link([first, other], policy).counts("b") == {"again": 0}


def test_facts_amended_since_move_a_complaint_between_groups() -> None:
    moved = Case(
        received("a", "2026-03-01T09:00", "service"), [ev("amended", "2026-03-20T09:00", set={"kind": "fees"})]
    )
    assert firsts([moved, received("b", "2026-03-05T09:00")]) == {"a": True, "b": False}, "as known now"
    assert type(link([moved], POLICY).counts("a", "receipt")["again"]) is int, "at receipt it is not told"


def test_only_where_a_condition_asks_a_count_says_who_came_first() -> None:
    plain = linked_by(asked="linked('again') >= 2")
    counts = link([received("a", "2026-03-01T09:00")], plain).counts("a")
    assert type(counts["again"]) is int


def test_a_linker_names_those_whose_place_changed() -> None:
    """A complaint of which the count stays can cease to be the first, and what depends on it is asked anew."""
    linker = Linker(POLICY)
    linker.add(received("a", "2026-04-20T09:00"))
    linker.add(received("b", "2026-03-25T09:00"))
    before = linker.links()
    assert linker.add(received("c", "2026-03-01T09:00")) == ("b", "c"), "b is no longer the first; a had two, and has"
    assert before.counts("b") == {"again": GroupCount(2, first=True)}, "what was handed on does not change"
    assert linker.counts("b") == {"again": GroupCount(2, first=False)}
    assert linker.replace(received("c", "2026-03-01T09:00", "service")) == ("b", "c"), "and is the first again"


def test_a_linker_names_one_of_which_nothing_changed_but_its_place() -> None:
    """Of one complainant each counts one person, whoever came first."""
    linker = Linker(linked_by("distinct = true"))
    linker.add(received("b", "2026-03-25T09:00", complainant_keys=["p-1"]))
    earlier = received("c", "2026-03-01T09:00", complainant_keys=["p-1"])
    assert linker.add(earlier) == ("b", "c")
    assert linker.counts("b") == {"again": GroupCount(1, first=False)}
    moved = received("c", "2026-03-01T09:00", "service", complainant_keys=["p-1"])
    assert linker.replace(moved) == ("b", "c")
    assert linker.counts("b") == {"again": GroupCount(1, first=True)}


CASE: Final = received("a", "2026-03-02T09:00")


@pytest.mark.parametrize(
    ("links", "expected", "why"),
    [
        ({"again": GroupCount(3, first=True)}, "first", "it is"),
        ({"again": GroupCount(3, first=False)}, "later", "it is not"),
        ({"again": GroupCount(3)}, None, "nobody can tell"),
        ({"again": GroupCount(0, first=True)}, "first", "it belongs together with none"),
        ({"again": 3}, None, "a plain number does not say"),
        ({"again": 1}, None, "not even of one: that one may be a person"),
        ({}, None, "nobody knows whether it takes part"),
        (None, None, "nobody looked"),
    ],
)
def test_the_condition_says_what_the_search_found(
    links: Mapping[str, int] | None, expected: str | None, why: str
) -> None:
    found = assess(CASE, POLICY, at=instant("2026-03-10"), calendar=china(), links=links)
    assert found.findings["t"].value == expected, why
    assert [one.name for one in found.missing] == (["again"] if links is None else []), why
    again = pickle.loads(pickle.dumps(found))  # noqa: S301 - our own
    assert again.links == links
    assert again.findings["t"].value == expected, why


def test_what_a_search_hands_on_goes_straight_into_the_assessment() -> None:
    """The merged count of a regulator: of a complaint made three times, one is counted."""
    thrice = [received(f"c-{day}", f"2026-03-{day}T09:00") for day in ("03", "01", "02")]
    links = link(thrice, POLICY)
    found = [
        assess(one, POLICY, at=instant("2026-03-10"), calendar=china(), links=links.counts(one.id)) for one in thrice
    ]
    assert [one.findings["t"].value for one in found] == ["later", "first", "later"]
    assert "本件是“甲”关联投诉中最先收到的" in explain(found[1].findings["t"], "zh")
    assert "this is not the first received of those linked as “A”" in explain(found[0].findings["t"], "en")


@pytest.mark.parametrize("links", [None, {"again": 3}, {"again": GroupCount(2, first=True)}])
def test_a_limit_that_hangs_on_it_is_the_same_by_either_path(links: Mapping[str, int] | None) -> None:
    policy = own(
        f'[[link]]\nid = "again"\n{TITLE}\nsame = ["kind"]',
        limit(f'[{{ within = "5 days", when = "{ASKED}" }}, {{ within = "15 days" }}]'),
        duty("must", '"reported"', f'when = "{ASKED}"', 'within = "2 days"', id="report"),
    )
    agree(*both(CASE, policy, instant("2026-03-10"), links))


def test_a_link_that_asks_who_came_first_waits_as_one_that_counts() -> None:
    policy = own(
        f'[[link]]\nid = "again"\n{TITLE}\nsame = ["kind"]',
        "\n".join(["[[link]]", 'id = "merged"', TITLE, 'same = ["kind"]', f'when = "{ASKED}"']),
    )
    assert link([CASE], policy).counts("a") == {"again": GroupCount(1, first=True)}, "of the other nobody can tell"


_MANY: Final = st.lists(
    st.tuples(st.sampled_from(["fees", "service"]), st.integers(0, 90), st.sampled_from([None, 9, 15])), max_size=12
)


@given(many=_MANY, data=st.data())
def test_of_each_group_one_is_the_first_or_nobody_knows_which(
    many: list[tuple[str, int, int | None]], data: st.DataObject
) -> None:
    """Law: in whatever order they come, exactly one of a group is the first, or several of one day may be."""
    begin = dt.date(2026, 3, 1)
    complaints = []
    for place, (kind, day, hour) in enumerate(many):
        on = begin + dt.timedelta(days=day)
        complaints.append(received(f"c-{place:02}", on.isoformat() + ("" if hour is None else f"T{hour:02}:00"), kind))
    found = firsts(complaints)
    links = link(complaints, POLICY)
    for group in links.groups("again", at_least=1):
        sure = [one for one in group.members if found[one]]
        perhaps = [one for one in group.members if found[one] is None]
        assert (len(sure), len(perhaps)) == (1, 0) or (not sure and len(perhaps) >= 2)
        days = {one.id: one.received_from.date() for one in complaints}
        assert {days[one] for one in (*sure, *perhaps)} == {min(days[one] for one in group.members)}
    assert firsts(data.draw(st.permutations(complaints))) == found
    linker = Linker(POLICY)
    for one in complaints:
        linker.add(one)
    assert all(linker.counts(one) == links.counts(one) for one in found)
