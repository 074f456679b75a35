"""`cbirc-2020-3`: what its golden cases cannot say of the Measures; each row carries its reason and article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any, Final

import pytest

from complaint_rules.assessing import permitted
from complaint_rules.cases.case import Case, Event
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching.golden_tables import GoldenFile
from tests.by_hand import assessed, complaint, ev, last_instant
from tests.golden import china, undocumented
from tests.golden_files import FOLDER, gaps_of, read_once

PARAMETERS: Final = {"major_report": "2 hours", "retention": "5 years"}
RECEIVED: Final = "2026-09-20"
"""A Sunday: the Measures count calendar days, so nothing waits for Monday."""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("cbirc-2020-3", parameters=PARAMETERS)


# The cases themselves stand in tests/golden/cbirc-2020-3.toml; here is what a case of data cannot say.

TOLD: Final = {"approved_by": "superior", "told": ("complainant",)}
FURTHER: Final = ev("extended", "2026-10-15", id="x", **TOLD)
COMPLEX: Final = {"complex": True}
REFUSED: Final = {"reason": "not_from_complainant"}


# --- violations ---

VIOLATIONS: Final[Sequence[tuple[str, Mapping[str, Any], Sequence[Event], tuple[str, str]]]] = [
    ("18: approved, not told", COMPLEX, (ev("extended", "2026-10-15", approved_by="superior"),),
        ("extension_without_effect", "limit/decide/further")),
    ("18: a second time", COMPLEX, (FURTHER, ev("extended", "2026-11-10", **TOLD)), ("extension_without_effect",
        "limit/decide/further")),
    ("18: testing nobody was told of", {}, (ev("suspended", "2026-09-25", reason="testing"),),
        ("suspension_without_effect", "limit/decide")),
    ("18: told on the 16th day", {}, (ev("replied", "2026-10-06"),), ("late", "limit/decide")),
    ("18: no ground", {}, (ev("not_accepted", "2026-09-25", reason="no_basis"),), ("forbidden",
        "duty/refusal_ground")),
    ("18: the ground does not hold", {"raised_by": "complainant"}, (ev("not_accepted", "2026-09-25", **REFUSED),),
        ("ending_without_effect", "limit/decide")),
    ("19: incomplete", {}, (ev("replied", "2026-10-01", items="basis"),), ("incomplete", "checklist/reply")),
]  # fmt: skip


@pytest.mark.parametrize("row", VIOLATIONS, ids=[row[0] for row in VIOLATIONS])
def test_a_breach_is_named_with_its_rule(
    row: tuple[str, Mapping[str, Any], Sequence[Event], tuple[str, str]], policy: Policy
) -> None:
    _, facts, events, wanted = row
    found = assessed(policy, RECEIVED, facts, events, "2026-11-15")
    assert wanted in [(violation.code, violation.rule) for violation in found.violations]


def test_a_lawful_act_is_no_breach(policy: Policy) -> None:
    """15: the process ends by itself on the day a withdrawal arrives; 18: the first lengthening asks for nobody."""
    withdrawn = assessed(policy, RECEIVED, {}, (ev("withdrawn", "2026-10-02"),), "2026-12-01")
    assert [one.rule for one in withdrawn.violations] == []
    first = (ev("extended", "2026-10-01", reason="complex"), ev("replied", "2026-10-20"))
    lengthened = assessed(policy, RECEIVED, {}, first, "2026-12-01")
    assert [one.rule for one in lengthened.violations] == []
    plain = assessed(policy, RECEIVED, COMPLEX, (ev("extended", "2026-10-01"),), "2026-10-02")
    assert [one.rule for one in plain.violations] == []


def test_who_raised_it_is_asked_where_a_refusal_hangs_on_it(policy: Policy) -> None:
    refused = (ev("not_accepted", "2026-09-25", **REFUSED),)
    found = assessed(policy, RECEIVED, {}, refused, "2026-10-20")
    (asked,) = [one for one in found.questions if one.fact == "raised_by"]
    assert {"limit/decide", "duty/refusal_ground"} <= set(asked.affects)


def test_the_customers_own_limit_is_never_the_banks_lateness(policy: Policy) -> None:
    """Art. 20 gives the complainant 30 days; letting them pass is no breach."""
    events = (ev("replied", "2026-10-01"), ev("decision_received", "2026-10-08"))
    found = assessed(policy, RECEIVED, {}, events, "2026-12-01")
    assert found.clocks["review_request"].status == "overdue"
    assert "limit/review_request" not in [violation.rule for violation in found.violations]


# --- asking before acting ---

ACTS: Final[Sequence[tuple[str, Mapping[str, Any], Sequence[Event], Event, list[str]]]] = [
    ("18: an extension that nobody was told of", COMPLEX, (), ev("extended", "2026-10-15", approved_by="superior"),
        ["limit/decide/further"]),
    ("18: an extension as it should be", COMPLEX, (), FURTHER, []),
    ("18: to leave a complaint for want of basis", {}, (), ev("not_accepted", "2026-09-22", reason="no_basis"),
        ["duty/refusal_ground"]),
    ("17: to look into one's own case", {"interested": frozenset({"staff-7"})}, (), ev("investigated", "2026-09-22",
        by="staff-7"), ["duty/recusal"]),
    ("13: to ask for what is on file", {}, (), ev("material_requested", "2026-09-22", items="held_or_obtainable"),
        ["duty/no_needless_material"]),
    ("19: to reply without naming the remedies", {}, (), ev("replied", "2026-09-22", items=("verified", "basis",
        "proof_of_dispatch")),
        ["checklist/reply"]),
    ("15: the closing that a withdrawal calls for is not held against itself", {}, (ev("withdrawn",
        "2026-10-02T09:00"),), ev("closed", "2026-10-02T10:00"), []),
    ("29: to close a major one without its plan", {"grave_event": True}, (ev("replied", "2026-10-01"), ev("reported",
        "2026-09-20", to="regulator")), ev("closed", "2026-10-02"), ["duty/major_plan"]),
]  # fmt: skip


@pytest.mark.parametrize("row", ACTS, ids=[row[0] for row in ACTS])
def test_an_act_is_permitted_or_refused_with_the_rule(
    row: tuple[str, Mapping[str, Any], Sequence[Event], Event, list[str]], policy: Policy
) -> None:
    _, facts, events, act, against = row
    answer = permitted(Case(complaint(RECEIVED, **facts), events), act, policy, calendar=china())
    assert [violation.rule for violation in answer.against] == against
    assert bool(answer) is not bool(against)


# --- what is not in the text, what stands over many cases ---


def test_what_the_measures_leave_open_is_asked_for_and_stops_nothing_else() -> None:
    """Hours for the report of art. 29 and years of art. 28 are nowhere in the text."""
    found = assessed(load_policy("cbirc-2020-3"), RECEIVED, {"grave_event": True}, (), "2026-09-21")
    assert {missing.name for missing in found.missing} == {"major_report", "retention"}
    assert found.clocks["decide"].due_at == last_instant("2026-10-05")
    assert found.findings["supervision"].value == frozenset()


def test_files_are_kept_as_long_as_the_user_says(policy: Policy) -> None:
    """Art. 28 leaves the years to the law: 5 years from closing, to the corresponding day (Civil Code)."""
    events = (ev("replied", "2026-10-01"), ev("closed", "2026-10-02"))
    assert assessed(policy, RECEIVED, {}, events, "2026-10-03").keep_until == dt.date(2031, 10, 2)


@pytest.mark.parametrize(("received", "codes"), [("2020-02-29", ["not_in_force"]), ("2020-03-01", [])])
def test_the_measures_are_in_force_from_march_2020(received: str, codes: list[str], policy: Policy) -> None:
    assert [note.code for note in assessed(policy, received, {}, (), received).notes] == codes


def test_the_measures_speak_of_consumer_disputes_only(policy: Policy) -> None:
    """Art. 2: a report on staff without a civil claim is no consumer complaint; that is noted, not refused."""
    found = assessed(policy, RECEIVED, {"consumer_dispute": False}, (), "2026-09-21")
    assert [note.code for note in found.notes] == ["not_applicable"]


def test_the_yearly_figures_are_there(policy: Policy) -> None:
    """Art. 26 wants a yearly disclosure; what it counts is our reading, and so marked."""
    assert {name: figure.by for name, figure in policy.figures.items()} == {
        "received": (), "by_business": ("business",), "by_reason": ("reason",), "in_time": (),
    }  # fmt: skip
    assert all(figure.per == "year" and figure.reading for figure in policy.figures.values())


def test_the_yearly_disclosure_is_a_return_without_a_date(policy: Policy) -> None:
    """Art. 26 wants it in the yearly report or the like and names no day."""
    (disclosure,) = policy.filings.values()
    assert (disclosure.id, str(disclosure.per), disclosure.dates, disclosure.within) == (
        "yearly_disclosure", "year", (), None,
    )  # fmt: skip


def test_every_article_is_listed(policy: Policy) -> None:
    """45 articles: a reader can tick the Measures off."""
    assert list(policy.articles) == [str(number) for number in range(1, 46)]


def test_duties_of_organisation_stand_in_the_file(policy: Policy) -> None:
    """Art. 7-10, 27, 35-36: nobody has to complain for them to bind."""
    cited = {duty.cite for duty in policy.standing.values()}
    assert {"7", "8", "9", "10", "27", "35", "36"} <= cited


def test_every_rule_has_its_article_and_its_titles(policy: Policy) -> None:
    assert undocumented(policy) == []
    assert not policy.links


def test_every_rule_fires_in_some_test() -> None:
    """Rules accepted but never executed: open-mercato#2293."""
    file = read_once(FOLDER / "cbirc-2020-3.toml")
    assert isinstance(file, GoldenFile)
    assert list(gaps_of(file)) == []
