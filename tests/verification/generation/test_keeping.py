"""Generated again: what a person signed or wrote stays, whose answer moved is told, nothing goes without a word."""

from __future__ import annotations

import datetime as dt
from typing import Any, Final

import attrs

from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.generation.generating import GeneratedCases, generate
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.verification.reaching.golden_parts import Checked, GoldenPolicy
from tests import small

SIGNED: Final = Checked(by="Zhang", on=dt.date(2026, 11, 27))


def rules(threshold: int = 3, within: str = "5 days", *more: str) -> Policy:
    return small.own(
        small.table("urgency", ("urgent", f"complainants >= {threshold}"), ("ordinary", "")),
        small.limit(f'[{{ within = "{within}" }}]'),
        *more,
    )


def signed(found: GeneratedCases, *ids: str) -> list[GoldenCase]:
    """Give the cases of a run as a person would give them back, some of them signed."""
    return [attrs.evolve(case, checked=SIGNED) if case.id in ids else case for case in found.cases]


def by_id(found: GeneratedCases) -> dict[str, GoldenCase]:
    return {case.id: case for case in found.cases}


def by_hand(**more: Any) -> GoldenCase:
    return GoldenCase.from_dict(
        {
            "id": "mine", "policy": {"id": "own"}, "case": {"received": "2026-03-04", "complainants": 9},
            "at": "2026-03-05T10:00:00+08:00", "expect": {"findings": {"urgency": "urgent"}}, **more,
        }
    )  # fmt: skip


AT_THREE: Final = "table/urgency[0]:row:holds"
BELOW: Final = "table/urgency[0]:pair:1.1.off"


def test_where_nothing_changed_everything_stays_signature_and_all() -> None:
    before = generate(rules())
    again = generate(rules(), keep=signed(before, AT_THREE))
    assert by_id(again)[AT_THREE].checked == SIGNED
    assert again.unchecked == len(before.cases) - 1
    assert [attrs.evolve(case, checked=None) for case in again.cases] == list(before.cases)
    assert (again.moved, again.not_kept) == ((), ())


def test_a_signed_case_keeps_its_answer_and_is_told_where_another_comes_out() -> None:
    before = generate(rules())
    again = generate(rules(4), keep=signed(before, AT_THREE))
    kept = next(case for case in again.cases if case.checked is not None)
    assert (kept.id, kept.expect.findings["urgency"]) == (AT_THREE, "urgent")
    assert [one.case.id for one in again.moved if one.signed] == [AT_THREE]
    line = "结果有变：table/urgency[0]:row:holds（已核对）：table/urgency：应为 urgent，实为 ordinary"
    assert line in again.summary("zh").splitlines()
    assert "the answer moved: table/urgency[0]:row:holds (signed): table/urgency: wanted urgent, got ordinary" in (
        again.summary("en")
    )
    fresh = next(case for case in again.cases if case.id == f"{AT_THREE}:2")
    assert fresh.case["complainants"] == 4, "the new boundary has a case of its own, under another id"


def test_a_case_nobody_signed_is_made_anew_and_told_where_its_answer_moved() -> None:
    before = generate(rules())
    again = generate(rules(within="6 days"), keep=before.cases)
    moved = [one.case.id for one in again.moved]
    assert "limit/whole[0]:edge:plain.runs" in moved
    assert not any(one.signed for one in again.moved)
    run = by_id(again)["limit/whole[0]:edge:plain.runs"].expect.to_dict()["clocks"]["whole"]
    assert run["due_at"] == "2026-03-10T23:59:59.999999+08:00"
    assert again.unchecked == len(again.cases)


def test_a_case_that_is_no_longer_made_is_kept_where_a_person_stands_behind_it() -> None:
    before = generate(rules())
    again = generate(rules(7), keep=[*signed(before, BELOW), by_hand()])
    ids = [case.id for case in again.cases]
    assert ids[-2:] == [BELOW, "mine"]
    assert AT_THREE in ids, "made anew at the new boundary, under the id of one that was dropped"
    assert next(case for case in again.cases if case.id == "mine") == by_hand()


def test_a_case_written_by_hand_whose_answer_is_another_is_told_too() -> None:
    again = generate(rules(10), keep=[by_hand()])
    assert [one.sentence("en") for one in again.moved] == ["mine: table/urgency: wanted urgent, got ordinary"]


def test_a_case_that_a_policy_cannot_take_over_is_told_with_why() -> None:
    before = generate(rules(3, "5 days", small.fact("vip"), small.table("who", ("yes", "vip"), ("no", ""))))
    again = generate(rules(), keep=signed(before, "table/who[0]:row:holds"))
    told = {one.case.id: one for one in again.not_kept}
    lost = told["table/who[0]:row:holds"]
    assert lost.signed
    assert lost.sentence("en").startswith("table/who[0]:row:holds (signed): expect: the rule set has no such name")
    assert "未能保留：table/who[0]:row:holds（已核对）：" in again.summary("zh")
    assert not told["table/who[0]:pair:1.1.off"].signed


def test_cases_of_another_policy_or_edition_are_not_taken_for_its_own() -> None:
    other = generate(load_policy("property-validity")).cases[0]
    old = attrs.evolve(by_hand(), policy=GoldenPolicy(id="own", edition="0"))
    again = generate(rules(), keep=[other, old])
    assert [one.case.id for one in again.not_kept] == [other.id, "mine"]
    assert again.cases == generate(rules()).cases


def test_of_two_cases_with_the_same_question_the_first_is_kept() -> None:
    again = generate(rules(), keep=[by_hand(), by_hand(id="yours")])
    assert [case.id for case in again.cases][-1] == "mine"
    assert "yours" not in by_id(again)


def test_a_case_that_must_be_refused_is_kept_and_reaches_nothing() -> None:
    refused = by_hand(expect={"refused": "received"}, case={"received": "2026-09-30T16:00"})
    again = generate(rules(), keep=[refused])
    assert by_id(again)["mine"] == refused
    assert again.moved == ()
