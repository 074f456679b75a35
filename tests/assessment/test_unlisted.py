"""A known code that no row lists lets a limit vanish: noted, on the fast path and with a history; by hand."""

from __future__ import annotations

from typing import Any, Final

import pytest

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.cases.case import Case
from complaint_rules.language import Lang
from complaint_rules.policy.policy import Policy
from tests.by_hand import complaint, ev, instant
from tests.golden import china, policy_of
from tests.small import fact, limit, own, table

RECEIVED: Final = "2026-09-21T09:00"
PHONE: Final = "{ within = '1 day', when = \"channel == 'phone'\" }"
MAJOR: Final = "{ within = '1 day', when = \"channel == 'phone' and major\" }"
FAX: Final = "{ within = '2 days', when = \"channel == 'fax'\" }"
VISIT: Final = "{ within = '2 days', when = \"'visit' == channel\" }"
BY_CHANNEL: Final = f"[{PHONE}, {VISIT}]"


def answers(policy: Policy, **facts: Any) -> list[Assessment]:
    """Give both ways: without a history, and with one."""
    cases = [Case(complaint(RECEIVED, **facts)), Case(complaint(RECEIVED, **facts), [ev("registered", RECEIVED)])]
    return [assess(case, policy, at=instant("2026-09-22"), calendar=china()) for case in cases]


def noted(found: Assessment) -> list[tuple[str, str]]:
    return [(one.detail["rule"], one.detail["fact"]) for one in found.notes if one.code == "unlisted_code"]


@pytest.mark.parametrize(
    ("parts", "facts", "limits", "why"),
    [
        ([limit(BY_CHANNEL)], {"channel": "letter"}, ["limit/whole"], "neither row lists a letter"),
        ([limit(BY_CHANNEL)], {"channel": "visit"}, [], "listed"),
        ([limit(BY_CHANNEL)], {}, [], "an unknown channel is asked about"),
        ([limit(BY_CHANNEL, rows_are="earliest")], {"channel": "letter"}, ["limit/whole"], "of every row likewise"),
        ([limit(BY_CHANNEL, 'when = "joint"')], {"channel": "letter", "joint": False}, [], "it does not apply anyway"),
        ([limit(BY_CHANNEL, start='"replied"')], {"channel": "letter"}, [], "it has not started"),
        ([limit(f"[{PHONE}, {{ within = '2 days' }}]")], {"channel": "letter"}, [], "the last row asks nothing"),
        ([limit(BY_CHANNEL), table("form", ("paper", "channel in ('letter', 'fax')"))], {"channel": "letter"}, [],
            "another rule lists it: the policy knows the code"),
        ([table("way", ("direct", "channel == 'phone'"), ("other", "channel == 'visit'"), ("none", "True")),
            limit("[{ within = '1 day', when = \"way == 'direct'\" }]")], {"channel": "letter"}, ["limit/whole"],
            "through a table between"),
        ([fact("major"), limit(f"[{MAJOR}, {FAX}]")], {"channel": "letter", "major": False}, ["limit/whole"],
            "with a fax it would apply"),
        ([fact("major"), limit(f"[{MAJOR}]")], {"channel": "letter", "major": False}, [], "no code would do"),
    ],
)  # fmt: skip
def test_a_limit_that_a_code_lets_vanish_is_noted(
    parts: list[str], facts: dict[str, Any], limits: list[str], why: str
) -> None:
    for found in answers(own(*parts), **facts):
        assert noted(found) == [(one, "channel") for one in limits], why


@pytest.mark.parametrize(
    ("policy", "intake", "limits"),
    [
        ("boc-it-blueprint", "staff", []),
        ("boc-it-blueprint", "outlet_head", []),
        ("boc-it-blueprint", "province", []),
        ("grcu-2008", "employee", []),
        ("grcu-2008", "unit", []),
        ("grcu-2008", "reception", []),
    ],
)
def test_of_the_shipped_policies_only_what_no_row_knows_is_noted(policy: str, intake: str, limits: list[str]) -> None:
    """boc `outlet_head` and grcu `unit` took the 1, 4 and 8 hours and the form's day away in silence."""
    for found in answers(policy_of(policy), received_by=intake):
        assert noted(found) == [(one, "received_by") for one in limits]


@pytest.mark.parametrize(
    ("lang", "words"), [("zh", "请核对代码：“甲”，“投诉渠道”"), ("en", "is the code right: “A”, “channel”")]
)
def test_the_note_names_limit_and_fact_and_never_the_code(lang: Lang, words: str) -> None:
    for found in answers(own(limit(BY_CHANNEL)), channel="letter"):
        assert words in found.explain(lang)
        (note,) = found.notes
        assert "letter" not in str(note.detail)


@pytest.mark.parametrize(
    ("name", "given", "meant"),
    [
        ("reason", "mediaton", "mediation"),
        ("told", ["appeal_rout"], "appeal_route"),
        ("items", ["mediaton"], "mediation"),  # article 19 has the reply name it
    ],
)
def test_a_slip_is_told_wherever_in_an_event_it_stands(name: str, given: Any, meant: str) -> None:
    event = ev("suspended" if name == "reason" else "replied", "2026-09-22T09:00", **{name: given})
    policy = policy_of("cbirc-2020-3")
    found = assess(Case(complaint(RECEIVED), [event]), policy, at=instant("2026-09-23"), calendar=china())
    told = [dict(one.detail) for one in found.violations if one.code == "unknown_code"]
    code = given if isinstance(given, str) else given[0]
    assert told == [{"field": name, "code": code, "meant": meant}]
