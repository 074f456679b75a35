"""`grcu-2008`: what its golden cases (`tests/golden/grcu-2008.toml`) cannot say, as acts asked about beforehand."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import pytest

from complaint_rules.assessing import permitted
from complaint_rules.cases.case import Event
from complaint_rules.policy.articles import ArticleState
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from tests.by_hand import assessed, complaint, ev
from tests.golden import china, undocumented

RECEIVED: Final = "2026-04-27"
"""A Monday; 1 to 5 May 2026 are the Labour Day break, Saturday 9 May is worked instead."""


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("grcu-2008", parameters={"reasonable_time": "30 days"})


VALID: Final = {"no_content": False, "no_basis": False}
"""It is known that neither ground of article 15 holds."""
OUTLET: Final = {"received_by": "outlet", "settled_on_spot": False}
REFUSED: Final = ev("not_accepted", "2026-04-28", approved_by="reception_head", told="reasons")


# --- asking before acting ---

FULLY: Final = {"no_content": True, "no_basis": False, "same_grounds_after_opinion": False}
ACTS: Final[Sequence[tuple[str, Mapping[str, Any], Event, list[str]]]] = [
    ("15: to refuse with approval and the reason told", FULLY, REFUSED, []),
    ("15: to refuse without approval", FULLY, ev("not_accepted", "2026-04-28", told="reasons"),
        ["duty/refusal_approval"]),
    ("15: to refuse without a reason yet: it may follow, no order is said", FULLY, ev("not_accepted", "2026-04-28",
        approved_by="reception_head"), []),
    ("14, 15: to refuse what is valid", VALID, REFUSED, ["duty/refusal_ground"]),
    ("15: to refuse while nobody knows whether a ground holds: asked, not held against anybody", {}, REFUSED, []),
    ("19: to look into one's own case", {"interested": frozenset({"staff-3"})}, ev("investigated", "2026-04-28",
        by="staff-3"), ["duty/recusal"]),
    ("20: to skip a level", {}, ev("escalated", "2026-04-28", by="outlet", to="provincial_compliance"),
        ["duty/level_by_level"]),
    ("20: to go one level up", {}, ev("escalated", "2026-04-28", by="outlet", to="reception"), []),
    ("10: to close with a criminal matter not handed over", {"criminal_or_personnel": True}, ev("closed",
        "2026-04-28"), ["duty/hand_over"]),
]  # fmt: skip


@pytest.mark.parametrize("row", ACTS, ids=[row[0] for row in ACTS])
def test_an_act_is_permitted_or_refused_with_the_rule(
    row: tuple[str, Mapping[str, Any], Event, list[str]], policy: Policy
) -> None:
    _, facts, act, against = row
    answer = permitted(complaint(RECEIVED, **facts), act, policy, calendar=china())
    assert [violation.rule for violation in answer.against] == against
    assert bool(answer) is not bool(against)


# --- no limit falls silent ---


@pytest.mark.parametrize(
    "received_by",
    ["employee", "handler", "unit", "department", "senior_management", "competent_department", "union"],
)  # fmt: skip
def test_whoever_within_the_union_receives_it_sends_the_form_the_same_day(received_by: str, policy: Policy) -> None:
    """18 item (1), also where article 17 does not list who received it; the reception department itself needs none."""
    found = assessed(policy, RECEIVED, {"received_by": received_by, "settled_on_spot": False}, (), "2026-04-28")
    assert found.findings["order"].value == "bottom_up"
    assert [one.rule for one in found.violations] == ["limit/form"]


def test_the_end_of_the_reasonable_time_is_no_breach_of_the_unit(policy: Policy) -> None:
    """20: it opens the way to the offices of relief; the text binds no unit by it."""
    found = assessed(policy, RECEIVED, OUTLET, (), "2026-05-28")
    assert found.clocks["reasonable"].status == "overdue"
    assert "limit/reasonable" not in [one.rule for one in found.violations]


# --- returns, figures, the text as a whole ---


def test_the_returns_have_their_days_and_addressees(policy: Policy) -> None:
    """23: before 15 June and 15 December, so the 15th itself is too late; 22: to the archive office at year end.

    12 item (5) wants a report periodically and names no day.
    """
    assert {name: (filing.dates, filing.inclusive, filing.to) for name, filing in policy.filings.items()} == {
        "half_yearly": (((6, 15), (12, 15)), False, ("regulator", "association", "provincial_compliance")),
        "archive_handover": (((12, 31),), True, ("archive_office",)),
        "periodic_summary": ((), True, ("senior_management", "superior_departments")),
    }
    assert set(policy.filings["half_yearly"].contents) == {"received", "settled", "issues", "causes", "corrections"}


def test_the_figures_of_the_return_are_half_yearly(policy: Policy) -> None:
    assert {name: figure.by for name, figure in policy.figures.items()} == {
        "received": (), "settled": (), "issues": ("kind",), "causes": ("root_cause",),
    }  # fmt: skip
    assert {figure.per for figure in policy.figures.values()} == {"half_year"}


def test_the_return_names_its_figures_as_the_text_does_and_says_what_is_read_into_them(policy: Policy) -> None:
    """23 has 受理投诉次数 and 投诉解决次数, and is silent on how each of its four is worked out."""
    assert [policy.figures[name].title["zh"] for name in ("received", "settled")] == ["受理投诉次数", "投诉解决次数"]
    assert all(figure.reading for figure in policy.figures.values())
    reading = policy.filings["half_yearly"].reading
    assert reading is not None
    assert "未满" in reading["zh"]


def test_what_was_settled_belongs_to_the_half_year_of_its_settlement(policy: Policy) -> None:
    """23: a complaint of December that is settled in January was settled in the new half-year."""
    figures = policy.figures.values()
    dated = {figure.id: [selector.kind for selector in figure.dated] for figure in figures if figure.dated}
    assert dated == {"settled": ["resolved"]}


def test_the_collision_with_the_measures_is_said(policy: Policy) -> None:
    """The guideline ships unchanged; since 2020-03-01 the Measures prevail where it is laxer."""
    assert sum("cbirc-2020-3" in note["en"] for note in policy.notes) == 3


def test_all_thirty_articles_are_accounted_for(policy: Policy) -> None:
    """Only purpose, scope, interpretation and entry into force leave nothing to compute; no part is lost."""
    assert list(policy.articles) == [str(number) for number in range(1, 31)]
    states = {number: article.state for number, article in policy.articles.items() if article.state is not None}
    assert states == dict.fromkeys(("1", "2", "28", "30"), ArticleState.NOTHING)


def test_every_rule_has_its_article_and_both_languages(policy: Policy) -> None:
    assert undocumented(policy) == []
    assert all(duty.cite for duty in policy.standing.values())
    assert policy.retention is None
    assert not policy.links
