"""Who has a case, who had it when a limit ran out, and which of several complaints came first, as conditions ask it."""

from __future__ import annotations

import pickle
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pytest

from complaint_rules import Complaint, assess, link
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.cases.case import Case, Event
from complaint_rules.conditions.scopes import LinkCount
from complaint_rules.policy.policy import Policy
from tests.assessment.test_fast_path import agree, both
from tests.by_hand import complaint, ev, instant
from tests.golden import china
from tests.small import TITLE, limit, own, table

LEVELS: Final = "\n".join(f'[[level]]\nid = "{one}"\n{TITLE}' for one in ("outlet", "branch", "head_office"))
LINK: Final = f'[[link]]\nid = "same"\n{TITLE}\nsame = ["incident"]\nwindow = "1 month"'
RULES: Final[Policy] = own(
    LEVELS, LINK, limit('[{ within = "10 days" }]', 'void_on = "withdrawn"'),
    table("has_it", ("yes", "holder('outlet')"), ("no", "not holder('outlet')"), ("open", "")),
    table("had_it", ("yes", "holder_at_breach('whole', 'outlet')"), ("no", "not holder_at_breach('whole', 'outlet')"),
          ("open", "")),
    table("came", ("first", "first_of('same')"), ("later", "not first_of('same')"), ("open", "")),
)  # fmt: skip
"""The limit ``whole`` of a receipt of 1 September ends with the 11th."""
RECEIVED: Final = "2026-09-01T09:00"
TO_OUTLET: Final = ev("routed", "2026-09-05T09:00", to="outlet")
TO_BRANCH: Final = ev("routed", "2026-09-15T09:00", to="branch")


def found(*events: Event, at: str = "2026-09-20", by: str | None = "head_office", **more: Any) -> Assessment:
    case = Case(complaint(RECEIVED, received_by=by), events, **more)
    return assess(case, RULES, at=instant(at), calendar=china())


def told(answer: Assessment, name: str) -> str:
    """Give what surely holds; ``open`` where nobody knows."""
    finding = answer.findings[name]
    return str(finding.value) if finding.certain else "open"


NOW: list[tuple[str, Sequence[Event], dict[str, Any], str, str]] = [
    ("who received it has it", (), {"by": "outlet"}, "yes", "no such breach, as who had it"),
    ("it was handed on", (TO_OUTLET,), {}, "yes", ""),
    ("and on again", (TO_OUTLET, TO_BRANCH), {}, "no", ""),
    ("who received it is not known", (), {"by": None}, "open", ""),
    ("handed on, nobody knows when", (Event("routed", to="outlet"),), {}, "open", ""),
    ("handovers are not shown", (), {"unseen": {"routed"}}, "open", ""),
    ("it was closed: it had it last", (TO_OUTLET, ev("closed", "2026-09-10")), {}, "yes", ""),
]


@pytest.mark.parametrize(("why", "events", "more", "expected", "_"), NOW, ids=[why for why, *_ in NOW])
def test_who_has_it(why: str, events: Sequence[Event], more: dict[str, Any], expected: str, _: str) -> None:
    assert told(found(*events, **more), "has_it") == expected, why


BREACH: list[tuple[str, Sequence[Event], dict[str, Any], str]] = [
    ("the outlet had it on the 11th, the branch has it now", (TO_OUTLET, TO_BRANCH), {}, "yes"),
    ("it came to the outlet after the breach", (ev("routed", "2026-09-12T09:00", to="outlet"),), {}, "no"),
    ("it has not run out", (TO_OUTLET,), {"at": "2026-09-11"}, "no"),
    ("it was kept", (TO_OUTLET, ev("closed", "2026-09-10")), {}, "no"),
    ("withdrawn after it ran out", (TO_OUTLET, ev("withdrawn", "2026-09-13")), {}, "yes"),
    ("closed, nobody knows when", (TO_OUTLET, Event("closed")), {}, "open"),
    ("handed on, nobody knows when", (Event("routed", to="outlet"),), {}, "open"),
]


@pytest.mark.parametrize(("why", "events", "more", "expected"), BREACH, ids=[why for why, *_ in BREACH])
def test_who_had_it_when_the_limit_ran_out(
    why: str, events: Sequence[Event], more: dict[str, Any], expected: str
) -> None:
    assert told(found(*events, **more), "had_it") == expected, why


def test_of_a_breach_at_some_hour_of_a_day_nobody_knows_who_had_it() -> None:
    """Received on a day: 48 hours end some time on the second day after it."""
    rules = own(
        LEVELS, limit('[{ within = "48 hours" }]'),
        table("had_it", ("yes", "holder_at_breach('whole', 'outlet')"), ("no", "")),
    )  # fmt: skip
    case = Case(complaint("2026-09-01", received_by="outlet"))
    answer = assess(case, rules, at=instant("2026-09-20"), calendar=china())
    assert not answer.findings["had_it"].certain


def test_an_answer_changes_when_the_case_is_handed_on() -> None:
    """Looked at as of each moment, and as one history: the same."""
    answers = [told(found(TO_OUTLET, TO_BRANCH, at=at), "has_it") for at in ("2026-09-04", "2026-09-06", "2026-09-16")]
    assert answers == ["no", "yes", "no"]


def test_without_history_both_paths_agree() -> None:
    for by in ("outlet", "branch", None):
        case = Case(complaint(RECEIVED, received_by=by))
        agree(*both(case, RULES, at=instant("2026-09-20")))


# --- which came first ------------------------------------------------------------------------------------------------


def linked(*days: str, incident: str | None = "i-1") -> Mapping[str, Any]:
    complaints = [
        Complaint(id=f"c-{number}", received=instant(day), incident=incident) for number, day in enumerate(days)
    ]
    links = link(complaints, RULES, calendar=china())
    return {
        one.id: told(assess(one, RULES, at=instant("2026-12-01"), calendar=china(), links=links.counts(one.id)), "came")
        for one in complaints
    }


def test_of_a_group_the_first_by_receipt_is_the_first() -> None:
    assert linked("2026-09-10", "2026-09-01", "2026-09-20") == {"c-0": "later", "c-1": "first", "c-2": "later"}


def test_groups_apart_have_a_first_each() -> None:
    """More than a month lies between the second and the third."""
    assert linked("2026-07-01", "2026-07-20", "2026-09-01") == {"c-0": "first", "c-1": "later", "c-2": "first"}


def test_of_equals_the_first_by_its_id_is_the_first() -> None:
    assert linked("2026-09-01T09:00", "2026-09-01T09:00") == {"c-0": "first", "c-1": "later"}


def test_one_alone_is_the_first() -> None:
    assert linked("2026-09-01") == {"c-0": "first"}


def test_where_nobody_looked_nobody_knows() -> None:
    assert told(found(), "came") == "open"
    assert linked("2026-09-01", incident=None) == {"c-0": "open"}


COUNTS: list[tuple[str, Mapping[str, int], str]] = [
    ("a plain number of several does not say", {"same": 3}, "open"),
    ("a plain number of one does", {"same": 1}, "first"),
    ("what takes no part is its own first", {"same": 0}, "first"),
    ("a number that says so", {"same": LinkCount(3, first=False)}, "later"),
]


@pytest.mark.parametrize(("why", "counts", "expected"), COUNTS, ids=[why for why, *_ in COUNTS])
def test_numbers_by_hand(why: str, counts: Mapping[str, int], expected: str) -> None:
    answer = assess(complaint(RECEIVED), RULES, at=instant("2026-09-20"), calendar=china(), links=counts)
    assert told(answer, "came") == expected, why
    assert told(pickle.loads(pickle.dumps(answer)), "came") == expected, why  # noqa: S301 - our own


def test_a_complaint_that_takes_no_part_is_the_first_of_its_own() -> None:
    """The link asks for a condition that does not hold of it."""
    rules = own(LINK + "\nwhen = \"channel == 'phone'\"", table("came", ("first", "first_of('same')"), ("later", "")))
    letter = Complaint(id="c-1", received=instant(RECEIVED), incident="i-1", channel="letter")
    counts = link([letter], rules, calendar=china()).counts("c-1")
    assert (counts, counts["same"].first) == ({"same": 0}, True)
