"""What is asked of both rule sets at once."""

from __future__ import annotations

from complaint_rules.verification.conformance.questions import Questions
from tests.verification.conformance.houses import limited


def test_what_cannot_be_has_no_cases() -> None:
    one = limited('first = [{ within = "5 days" }]')
    ask = Questions(one, one)
    assert list(ask.cases(False)) == []
    assert (ask.can(True), ask.can(False)) == (True, False)
    assert (Questions(one, one, 0).can(True), list(Questions(one, one, 0).cases(True))) == (None, [])
