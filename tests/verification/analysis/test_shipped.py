"""The shipped rule sets: clean, or accepted with a reading; every case shown replays with the outcome claimed."""

from __future__ import annotations

import json
from typing import Final

import pytest
from hypothesis import settings

from complaint_rules.policy.accepted import FindingCode
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.analysis.analysing import analyse
from complaint_rules.verification.worlds.witnesses import Sureness, Witness
from tests.verification.analysis.shipped import EDITIONS, shipped

THIN: Final = 1 if settings().max_examples > 60 else 6
"""Every sixth rule set is analysed by default, all of them under the profile of the CI."""


@pytest.mark.parametrize(("name", "edition"), EDITIONS[::THIN])
def test_a_shipped_rule_set_is_clean_or_says_why_not(name: str, edition: str) -> None:
    policy = shipped(name, edition)
    found = analyse(policy)
    assert [one.explain("en") for one in found.findings if one.level.counts] == []
    assert found.clean
    assert found.not_found == (), "what is accepted is there"
    assert found.waiting == ()
    assert not found.used_up
    for one in (*found.findings, *found.accepted):
        assert one.verdict is not Sureness.OPEN, one.explain("en")
        if one.verdict is Sureness.WITNESSED:
            assert one.witness is not None
            assert one.shows
            replayed = Witness.from_dict(one.witness.to_dict(), policy).assess(policy)
            assert all(claim(replayed) for claim in one.shows), one.explain("en")


def test_a_cause_that_nobody_knows_leaves_liability_open_and_that_is_all() -> None:
    """psbc-95580 has one table that may give nothing: whether it was justified, before the cause is verified."""
    found = analyse(load_policy("psbc-95580"))
    assert [one.place for one in found.findings if one.code.value == "open_while_unknown"] == ["table/justified"]
    assert [one.place for one in found.findings if one.code.value in ("unreachable", "gap", "redundant_row")] == []


def test_what_the_text_leaves_out_is_accepted_with_its_reading() -> None:
    """grcu-2008: the Handling Form is of outlets and departments, so that reception has none."""
    found = analyse(load_policy("grcu-2008"))
    assert {(one.place, one.code.value) for one in found.accepted} == {
        ("limit/form", "no_figure"),
        ("limit/superior", "no_figure_while_unknown"),
    }
    form = next(one for one in found.accepted if one.place == "limit/form")
    assert "none precedes what reception received" in form.explain("en")


def test_a_rule_set_without_its_closing_row_has_the_gap_that_the_design_found() -> None:
    """grcu-2008 once had no closing row for where a complaint came in: what staff received themselves fell through.

    With the rules that read the table the loader refuses it, for no limit may fall silent; so they are left out.
    """
    whole = json.loads(load_policy("grcu-2008").document)
    table = next(one for one in whole["policy"]["table"] if one["id"] == "entry")
    closing = table["first"].pop()
    assert "when" not in closing
    kept = ("id", "edition", "title", "issuer", "checked_on", "level", "body", "facts")
    own = Policy.from_document({**{key: whole["policy"][key] for key in kept}, "table": [table]})
    (gap,) = [one for one in analyse(own).findings if one.code is FindingCode.GAP]
    assert gap.verdict is Sureness.WITNESSED
    assert gap.witness is not None
    assert gap.witness.assess(own).findings["entry"].value is None
    assert gap.region is not None
    assert "member of staff" in gap.region.text("en")
