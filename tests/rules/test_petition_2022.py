"""`petition-2022` in its two editions: which one is in force when, and that neither is for consumer disputes."""

from __future__ import annotations

import datetime as dt

import pytest

from complaint_rules.policy.loading import load_policy
from tests.by_hand import assessed
from tests.golden import undocumented

EDITIONS = ("2005", "2022")


@pytest.mark.parametrize(
    ("day", "edition"),
    [("2005-05-01", "2005"), ("2022-04-30", "2005"), ("2022-05-01", "2022"), ("2026-10-09", "2022")],
)
def test_the_edition_in_force_on_a_day(day: str, edition: str) -> None:
    """2005, 51: from 2005-05-01; 2022, 50: from 2022-05-01, when the older one ends."""
    assert load_policy("petition-2022", on=dt.date.fromisoformat(day)).edition == edition


def test_without_a_day_the_newest_edition_is_given() -> None:
    assert load_policy("petition-2022").edition == "2022"


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize(("dispute", "codes"), [(True, ["not_applicable"]), (False, [])])
def test_a_consumer_dispute_is_no_petition(edition: str, dispute: bool, codes: list[str]) -> None:
    """A clock of its own: what a customer claims from the institution goes by the rules for consumer complaints."""
    received = {"2005": "2010-06-01", "2022": "2026-06-01"}[edition]
    policy = load_policy("petition-2022", edition=edition)
    found = assessed(policy, received, {"consumer_dispute": dispute}, (), received)
    assert [note.code for note in found.notes] == codes


@pytest.mark.parametrize(("edition", "articles"), [("2005", 51), ("2022", 50)])
def test_every_article_is_listed(edition: str, articles: int) -> None:
    policy = load_policy("petition-2022", edition=edition)
    assert list(policy.articles) == [str(number) for number in range(1, articles + 1)]
    assert undocumented(policy) == []


def test_enterprises_follow_the_older_one_by_reference_only() -> None:
    """2005, 49."""
    duty = load_policy("petition-2022", edition="2005").standing["by_reference"]
    assert (duty.modality, duty.cite) == ("should", "49")
