"""`realty-levels`: what `tests/golden/realty-levels.toml` cannot say: which complaints belong together, the text."""

from __future__ import annotations

from typing import Final

import pytest

from complaint_rules.assessing import assess
from complaint_rules.linking.linker import link
from complaint_rules.policy.articles import ArticleState
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from tests.by_hand import assessed, complaint, instant
from tests.golden import china, undocumented

RECEIVED: Final = "2026-03-10T09:00"


@pytest.fixture(scope="module")
def policy() -> Policy:
    return load_policy("realty-levels", parameters={"plan_time": "2 working days"})


# 3.3: day of receipt, kind, complainant; and how many different people the link then counts, by hand
STREAM: Final = [
    ("a", "2026-03-10", "leak", ("p-1",), 1),
    ("b", "2026-03-20", "leak", ("p-1",), 1),  # the same person again counts once
    ("c", "2026-03-25", "lift", ("p-2",), 1),  # another kind
    ("d", "2026-04-01", "leak", ("p-3",), 2),
    ("e", "2026-04-10", "leak", ("p-4",), 3),  # a month from 10 March runs to 10 April: a still counts
    ("f", "2026-04-21", "leak", ("p-5",), 3),  # a and b are over; d, e and f
    ("g", "2026-04-21", None, ("p-6",), None),  # no kind: it takes part nowhere
]


def test_three_different_people_with_the_same_kind_within_a_month_are_hot(policy: Policy) -> None:
    """Item 3.3, as known at each receipt: distinct people, the same kind, one month back."""
    stream = [complaint(day, key=key, kind=kind, complainant_keys=people) for key, day, kind, people, _ in STREAM]
    links = link(stream, policy, calendar=china())
    counted = {one.id: links.counts(one.id, as_known="receipt").get("same_kind") for one in stream}
    assert counted == {key: count for key, _, _, _, count in STREAM}
    levels = {
        one.id: assess(
            one, policy, at=instant("2026-04-22"), calendar=china(), links=links.counts(one.id, as_known="receipt")
        )
        .findings["level"]
        .value
        for one in stream
    }
    assert levels == {
        "a": "ordinary",
        "b": "ordinary",
        "c": "ordinary",
        "d": "ordinary",
        "e": "hot",
        "f": "hot",
        "g": "ordinary",
    }


def test_without_the_links_the_level_says_what_it_waits_for(policy: Policy) -> None:
    found = assessed(policy, RECEIVED, {}, (), "2026-03-10")
    assert [(missing.what, missing.name) for missing in found.missing] == [("link", "same_kind")]
    assert "hot" in found.findings["level"].possible


def test_every_rule_has_its_article_and_both_languages(policy: Policy) -> None:
    assert undocumented(policy) == []
    assert not policy.figures
    assert list(policy.filings) == ["monthly_report"]
    assert policy.retention is None


def test_what_is_lost_of_the_text_is_what_the_copy_leaves_empty(policy: Policy) -> None:
    assert [name for name, one in policy.articles.items() if one.state is ArticleState.LOST] == [
        "1.3", "1.4", "1.5", "5.3",
    ]  # fmt: skip


def test_a_section_is_cited_as_the_text_numbers_it(policy: Policy) -> None:
    cite = policy.duties["report_headquarters"].cite
    assert cite is not None
    assert (policy.cite(cite, "zh"), policy.cite(cite, "en")) == ("第4.1.3条、第5.2.1b条", "cl. 4.1.3, 5.2.1b")
