"""Generated again: what a person signed or wrote stays, whose answer moved is told, nothing goes without a word."""

from __future__ import annotations

import datetime as dt
import io
import json
from typing import Any, Final

import attrs
import pytest

from complaint_rules.errors import InvalidGolden
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.generation.generating import GeneratedCases, generate
from complaint_rules.verification.reaching.golden_lines import GoldenCase, read_golden_lines
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


def test_cases_of_another_policy_are_not_taken_for_its_own() -> None:
    other = generate(load_policy("property-validity")).cases[0]
    again = generate(rules(), keep=[other])
    assert [one.case.id for one in again.not_kept] == [other.id]
    assert again.cases == generate(rules()).cases


def test_what_is_signed_under_another_edition_stays_as_it_is_and_is_held_against_this_one() -> None:
    # A new edition is why cases are generated again: dropped for their label, no signature would outlive one.
    then = GoldenPolicy(id="own", edition="0")
    old = [attrs.evolve(case, policy=then) for case in signed(generate(rules()), AT_THREE)]
    again = generate(rules(4), keep=[*old, attrs.evolve(by_hand(), policy=then)])
    assert again.not_kept == ()
    assert [case.id for case in again.other_edition] == [AT_THREE, "mine"]
    assert by_id(again)[AT_THREE] == next(case for case in old if case.id == AT_THREE), "label, answer and signature"
    assert [one.case.id for one in again.moved if one.signed] == [AT_THREE], "three are no longer urgent"
    assert again.summary("en").splitlines()[-1] == (
        "2 of another edition, kept as they stand and held against edition 1: whoever checks them anew writes 1 there"
    )
    assert again.summary("zh").splitlines()[-1].startswith("2件写的是另一版本，原样保留，并按本版1对照")
    same = generate(rules(), keep=[attrs.evolve(case, policy=then) for case in generate(rules()).cases])
    assert same.cases == generate(rules()).cases, "what nobody signed is made anew, under the label of now"
    assert same.other_edition == ()


def test_of_two_cases_with_the_same_question_the_first_is_kept_and_the_other_told() -> None:
    again = generate(rules(), keep=[by_hand(), by_hand(id="yours"), by_hand()])
    assert [case.id for case in again.cases][-1] == "mine"
    assert "yours" not in by_id(again)
    assert [one.sentence("en") for one in again.not_kept] == [
        "yours: case: another case that is kept asks the same; see mine"
    ], "the very same case once more is no loss"


def test_a_signed_case_comes_before_one_nobody_signed_whatever_their_order() -> None:
    before = by_id(generate(rules()))[AT_THREE]
    later = attrs.evolve(before, checked=SIGNED)
    for keep in ([before, later], [later, before]):
        again = generate(rules(), keep=keep)
        assert by_id(again)[AT_THREE].checked == SIGNED
        assert again.not_kept == ()


def test_no_two_cases_have_one_id() -> None:
    nine, eight = by_hand(), by_hand(case={"received": "2026-03-04", "complainants": 8})
    again = generate(rules(), keep=[nine, eight])
    assert [one.sentence("zh") for one in again.not_kept] == ["mine：id: 保留的另一案件用了同一编号；另起编号"]
    # Written by hand under the id of one that is made: the one that is made gets a number, also where it is renewed.
    named = by_hand(id=AT_THREE)
    for keep in ([named], [named, by_id(generate(rules()))[AT_THREE]]):
        again = generate(rules(), keep=keep)
        ids = [case.id for case in again.cases]
        assert len({*ids}) == len(ids)
        assert by_id(again)[AT_THREE] == named
        assert by_id(again)[f"{AT_THREE}:2"].case["complainants"] == 3


def test_a_case_that_is_refused_now_costs_nothing_but_itself() -> None:
    # Its channel is none: assessing it is refused, and neither it nor the rest may be lost for that.
    refused = by_hand(case={"received": "2026-03-04", "complainants": 9, "channel": "withheld-5550"})
    again = generate(rules(), keep=[*signed(generate(rules()), AT_THREE), refused])
    assert by_id(again)["mine"] == refused
    assert by_id(again)[AT_THREE].checked == SIGNED
    (told,) = [one.sentence("en") for one in again.moved]
    assert told.startswith("mine: refused: wanted nothing is refused or missing, got channel: ")
    assert "withheld-5550" not in again.summary("en") + again.summary("zh"), "a value of a case is in no message"


def test_a_rule_that_is_gone_is_told_once() -> None:
    gone = by_hand(rule="table/urgncy", expect={"findings": {"urgncy": "urgent"}})
    (one,) = generate(rules(), keep=[gone]).not_kept
    assert one.sentence("en").count("the rule set has no such name") == 1
    about = by_hand(rule="table/urgncy")
    (one,) = generate(rules(), keep=[about]).not_kept
    assert one.sentence("en").startswith("mine: rule: the rule set has no such name")


def test_lines_of_a_file_stay_byte_for_byte_and_what_is_told_of_them_has_their_place() -> None:
    made = by_id(generate(rules()))[AT_THREE]
    hand = json.dumps(by_hand().to_dict(), separators=(",", ":"), sort_keys=True)  # written in a way of its own
    sign = json.dumps(attrs.evolve(made, checked=SIGNED).to_dict(), ensure_ascii=True)
    moved = by_hand(id="two", case={"received": "2026-03-04", "complainants": 2})
    lost = by_hand(id="lost", policy={"id": "another"})
    lines = [hand, "no json", sign, moved.to_json(), lost.to_json()]
    rows = list(read_golden_lines(io.BytesIO("\n".join(lines).encode()), name="own.golden.jsonl"))
    again = generate(rules(), keep=rows)
    there = again.to_jsonl().splitlines()
    assert {hand, sign, moved.to_json()} <= {*there}
    assert len(there) == len(again.cases)
    told = again.summary("en").splitlines()
    assert told[-2:] == [
        "own.golden.jsonl:4: the answer moved: two: table/urgency: wanted urgent, got ordinary",
        "own.golden.jsonl:5: not kept: lost: policy.id: the case is of another rule set; this is own",
    ]


@pytest.mark.parametrize("keep", [None, 3, "x", [None], [{"id": "g-1"}], {"a": 1}])
def test_what_is_no_golden_case_is_refused(keep: Any) -> None:
    with pytest.raises(InvalidGolden) as found:
        generate(rules(), keep=keep)
    assert found.value.what == "keep"
    assert found.value.hint == "pass GoldenCase values, or rows as read_golden_lines gives them"


def test_a_case_that_must_be_refused_is_kept_and_reaches_nothing() -> None:
    refused = by_hand(expect={"refused": "received"}, case={"received": "2026-09-30T16:00"})
    again = generate(rules(), keep=[refused])
    assert by_id(again)["mine"] == refused
    assert again.moved == ()
