"""`after=` in ``has`` and ``count``: what happened before the first of some kinds is not meant; by hand."""

from __future__ import annotations

from typing import Any, Final

import pytest

from complaint_rules.assessing import assess
from complaint_rules.cases.case import Case, Event
from complaint_rules.conditions.parsing import faults_of, parse
from complaint_rules.language import Lang
from tests.by_hand import complaint, ev, instant
from tests.golden import china
from tests.small import own, table

STEP: Final = "has('appealed', to='regulator', after=('resolved', 'replied'))"
REGULATOR: Final = '[[body]]\nid = "regulator"\ntitle = { zh = "监管机构", en = "Regulator" }'
POLICY: Final = own(
    REGULATOR, table("told", ("yes", STEP), ("no", "")),
    table("often", ("yes", "count('appealed', after='resolved') >= 2"), ("no", "")),
)  # fmt: skip
RECEIVED: Final = "2026-09-21T09:00"
NONE: Final = frozenset[str]()


def outside(at: str, **fields: Any) -> Event:
    return ev("appealed", at, to="regulator", **fields)


@pytest.mark.parametrize(
    ("events", "unseen", "possible", "why"),
    [
        ([], NONE, ("no",), "nothing happened"),
        ([outside("2026-09-22T09:00")], NONE, ("no",), "there is no result"),
        ([ev("resolved", "2026-09-22T08:00"), outside("2026-09-22T09:00")], NONE, ("yes",), "after the result"),
        ([ev("resolved", "2026-09-22T09:00"), outside("2026-09-22T09:00")], NONE, ("yes",), "at its very moment"),
        ([outside("2026-09-22T09:00"), ev("resolved", "2026-09-22T10:00")], NONE, ("no",), "before the result"),
        ([outside("2026-09-22T09:00"), ev("resolved", "2026-09-23T10:00"), outside("2026-09-24T09:00")], NONE, ("yes",),
            "one before and one after"),
        ([ev("replied", "2026-09-22T08:00"), outside("2026-09-22T09:00"), ev("resolved", "2026-09-23T08:00")], NONE,
            ("yes",), "the first of several kinds counts"),
        ([ev("resolved", "2026-09-22"), outside("2026-09-22")], NONE, ("yes", "no"), "of one day, who can tell"),
        ([ev("resolved", "2026-09-22"), outside("2026-09-23")], NONE, ("yes",), "of the next day"),
        ([Event("resolved"), outside("2026-09-22T09:00")], NONE, ("yes", "no"), "nobody knows when the result came"),
        ([ev("resolved", "2026-09-22T08:00"), Event("appealed", to="regulator")], NONE, ("yes", "no"),
            "nobody knows when the step was taken"),
        ([outside("2026-09-22T09:00")], frozenset({"resolved"}), ("yes", "no"), "the source shows no results"),
        ([ev("resolved", "2026-09-22T08:00")], frozenset({"appealed"}), ("yes", "no"), "nor steps outside"),
        ([ev("resolved", "2026-09-22T08:00"), ev("appealed", "2026-09-22T09:00", to="regulator", reason="x"),
            ev("appealed", "2026-09-22T10:00")], NONE, ("yes",), "the fields still count"),
    ],
)  # fmt: skip
def test_what_happened_before_is_not_meant(
    events: list[Event], unseen: frozenset[str], possible: tuple[str, ...], why: str
) -> None:
    case = Case(complaint(RECEIVED), events, unseen=unseen)
    found = assess(case, POLICY, at=instant("2026-09-30"), calendar=china()).findings["told"]
    assert found.possible == possible, why
    assert found.certain is (len(possible) == 1), why


def test_the_number_counts_from_there_and_an_earlier_moment_sees_less() -> None:
    resolved = ev("resolved", "2026-09-22T08:00")
    events = [resolved, *(ev("appealed", f"2026-09-{day}T10:00") for day in (21, 23, 24))]
    case = Case(complaint(RECEIVED), events)
    for at, value in (("2026-09-23", "no"), ("2026-09-25", "yes")):
        assert assess(case, POLICY, at=instant(at), calendar=china()).findings["often"].value == value


def test_its_kinds_are_checked_and_read() -> None:
    scope = POLICY.scope
    assert parse(STEP, scope).kinds == {"appealed", "resolved", "replied"}
    (fault,) = faults_of("has('appealed', after='resolvd')", scope)
    assert "resolved" in str(fault)
    (fault,) = faults_of("has('appealed', aftr='resolved')", scope)
    assert "did you mean 'after'?" in str(fault)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", "在“答复客户”或“形成处理结果”之后"), ("en", "after “replied” or “resolved”")],
)  # fmt: skip
def test_it_is_said(lang: Lang, words: str) -> None:
    case = Case(complaint(RECEIVED))
    found = assess(case, POLICY, at=instant("2026-09-30"), calendar=china())
    assert words in found.explain(lang)
