"""`example-bank`: an invented bank on top of the Measures of 2020; what it leaves alone stays theirs."""

from __future__ import annotations

import datetime as dt
from typing import Final

import pytest

from complaint_rules.policy.filings import returns_due
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from tests.by_hand import assessed, ev
from tests.golden import china, undocumented

OWN: Final = {
    "limits": {"decide_house", "review_house", "acknowledge", "major_to_head_office"},
    "duties": {"progress", "escalate_unsettled", "escalate_repeat", "call_back"},
    "tables": {"major_house"},
    "checklists": {"reply_house"},
}
REPLACED: Final = {"mend_cause"}
"""The one rule of the Measures that is written anew: its duty is theirs, its thirty days are the bank's."""


@pytest.fixture(scope="module")
def bank() -> Policy:
    return load_policy("example-bank")


def test_it_says_that_it_is_invented(bank: Policy) -> None:
    assert "虚构" in bank.title["zh"]
    assert "invented" in bank.title["en"]


@pytest.mark.parametrize("section", sorted(OWN))
def test_every_rule_of_the_measures_stands_and_is_cited_as_theirs(section: str, bank: Policy) -> None:
    measures = getattr(load_policy("cbirc-2020-3"), section)
    rules = getattr(bank, section)
    assert set(rules) == set(measures) | OWN[section]
    for name in set(measures) - REPLACED:
        assert rules[name].cite.startswith("cbirc-2020-3:"), name
    for name in OWN[section]:
        assert ":" not in rules[name].cite, name


def test_open_figures_are_filled_in(bank: Policy) -> None:
    """Two hours for the report of a major complaint and ten years of keeping: neither is in the Measures."""
    found = assessed(bank, "2026-06-01", {"grave_event": True}, (ev("closed", "2026-06-10"),), "2026-06-11")
    assert found.missing == ()
    assert found.keep_until == dt.date(2036, 6, 10)


def test_the_quarterly_return_is_due_ten_working_days_after_the_quarter(bank: Policy) -> None:
    """Third quarter of 2026: 8, 9, 10 (a make-up Saturday), 12 to 16, 19 and 20 October."""
    found = returns_due(bank, after=dt.date(2026, 9, 30), through=dt.date(2026, 12, 31), calendar=china())
    assert [(one.filing.id, f"{one.due_at:%Y-%m-%d}") for one in found] == [("quarterly", "2026-10-20")]


def test_its_citations_are_its_own(bank: Policy) -> None:
    assert bank.cite("3 para 1", "zh") == "细则第三条第一款"
    assert bank.cite("3 para 1", "en") == "rule 3(1)"
    assert list(bank.articles) == [str(number) for number in range(1, 15)]
    assert undocumented(bank) == []
