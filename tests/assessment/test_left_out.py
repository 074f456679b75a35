"""Selectors that leave events out: `not` in a limit, in a duty, in words."""

from __future__ import annotations

from typing import Final

import pytest

from complaint_rules.cases.case import Event
from complaint_rules.language import Lang
from complaint_rules.words.rulebooks import explain_rule
from tests.by_hand import ev
from tests.small import clock, duty, limit, own, worked

PROMISE: Final = '{ event = "promised", not = { reason = "compensation" } }'
POLICY: Final = own(limit(until=PROMISE), duty("must", PROMISE, 'within = "1 day"'))
RECEIVED: Final = "2026-09-20T09:00"


@pytest.mark.parametrize(
    ("fields", "status", "why"),
    [
        ({"reason": "compensation"}, "running", "what is left out ends nothing"),
        ({"reason": "completion"}, "met", "another reason is not left out"),
        ({}, "met", "no reason at all is not left out either"),
    ],
)
def test_an_event_that_is_left_out_ends_no_limit_and_discharges_no_duty(
    fields: dict[str, str], status: str, why: str
) -> None:
    promised = ev("promised", "2026-09-20T10:00", **fields)
    assert clock(POLICY, RECEIVED, [promised], "2026-09-20T11:00").status.value == status, why
    (found,) = worked(POLICY, RECEIVED, [promised], "2026-09-20T11:00").duties
    assert found.status.value == ("due" if status == "running" else "done"), why


def test_of_several_fields_only_an_event_that_has_them_all_is_left_out() -> None:
    until = '{ event = "replied", not = { outcome = "unsettled", told = ["complainant", "regulator"] } }'
    policy = own(limit(until=until))
    fruitless = ev("replied", "2026-09-21T10:00", outcome="unsettled", told=("complainant",))
    assert clock(policy, RECEIVED, [fruitless], "2026-09-22").status.value == "met"
    all_of_it = ev("replied", "2026-09-21T10:00", outcome="unsettled", told=("complainant", "regulator"))
    assert clock(policy, RECEIVED, [all_of_it], "2026-09-22").status.value == "running"


def test_an_event_of_unknown_moment_that_is_left_out_opens_no_doubt() -> None:
    left_out, meant = Event("promised", reason="compensation"), Event("promised", reason="completion")
    assert clock(POLICY, RECEIVED, [left_out], "2026-11-01").status.value == "overdue"
    assert clock(POLICY, RECEIVED, [meant], "2026-11-01").status.value == "undetermined"


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "承诺”（除外：原因：赔付）"), ("en", "promised” (other than reason: compensation)")]
)
def test_what_is_left_out_is_said(lang: Lang, words: str) -> None:
    assert words in explain_rule(POLICY, "limit/whole", lang)
