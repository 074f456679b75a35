"""The table to check by: what a person reads of every kind of case, in both languages."""

from __future__ import annotations

from typing import Any, Final

import pytest

from complaint_rules.errors import UnknownLanguage
from complaint_rules.policy.loading import load_policy
from complaint_rules.verification.generation.generating import generate
from complaint_rules.verification.generation.sheets import checking_table, given, wanted
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.words.voices import voice
from tests import small

POLICY: Final = small.own(
    small.fact("vip"),
    small.table("urgency", ("urgent", "complainants >= 3"), ("ordinary", "")),
    small.table("marks", ("much", "vip"), ("many", "complainants >= 3"), every=True),
    small.limit('[{ within = "5 days" }]'),
    small.duty("must", '"replied"', "when = \"linked('alike') >= 2\"", 'within = "2 days"'),
    '[[link]]\nid = "alike"\ntitle = { zh = "同类", en = "Alike" }\nsame = ["kind"]',
    '[[checklist]]\nid = "form"\ntitle = { zh = "表", en = "Form" }\nof = "closed"\n'
    'items.one = { zh = "一", en = "One" }',
)  # fmt: skip


def golden(**more: Any) -> GoldenCase:
    return GoldenCase.from_dict(
        {
            "id": "mine", "policy": {"id": "own"}, "case": {"received": "2026-03-04T10:00:00+08:00"},
            "at": "2026-03-05T10:00:00+08:00", "expect": {"findings": {"urgency": "urgent"}}, **more,
        }
    )  # fmt: skip


def test_what_is_given_names_facts_events_links_hours_and_the_moment() -> None:
    case = golden(
        case={
            "received": "2026-03-04T10:00:00+08:00", "complainants": 3, "extra": {"vip": True},
            "events": [
                {"kind": "agreed", "at": "2026-03-04T11:00:00+08:00", "by": "desk", "due": "2026-03-09"},
                {"kind": "informed", "at": "2026-03-04", "told": ["complainant"], "amount": "5.10"},
                {"kind": "amended", "at": "2026-03-05T09:00:00+08:00", "set": {"vip": False}},
            ],
        },
        links={"alike": 2}, hours=["09:00-17:00"],
    )  # fmt: skip
    assert list(given(case, voice(POLICY, "en"))) == [
        "2026-03-04 (Wed) 10:00 “received”",
        "number of complainants = 3",
        "A = yes",
        "“Alike” = 2",
        "2026-03-04 (Wed) 11:00 “agreed” (by: desk), agreed for 2026-03-09 (Mon)",
        "2026-03-04 (Wed) “informed” (told: complainant; amount: 5.10)",
        "2026-03-05 (Thu) 09:00 “amended”; A = no",
        "opening hours: 09:00-17:00",
        "looked at 2026-03-05 (Thu) 10:00",
    ]
    assert (
        list(given(case, voice(POLICY, "zh")))[4]
        == "2026-03-04（周三）11:00“约定”（经办方：desk），约定2026-03-09（周一）"
    )


RUNNING: Final = {"status": "running", "due_at": None, "warn_at": ["2026-03-07T00:00:00+08:00"]}
WANTED: Final[tuple[tuple[dict[str, Any], list[str], str], ...]] = (
    ({"findings": {"urgency": "urgent"}}, ["A: urgent"], "a class"),
    ({"findings": {"urgency": "?"}}, ["A: nobody knows"], "open"),
    ({"findings": {"urgency": None}}, ["A: nothing"], "no row"),
    ({"findings": {"marks": []}}, ["A: nothing"], "no mark"),
    ({"findings": {"marks": ["much", "many"]}}, ["A: many, much"], "several marks"),
    (
        {"clocks": {"whole": {"status": "met", "due_at": "2026-03-09", "row": 0}}},
        ["A: met in time; due 2026-03-09 (Mon); row 1"],
        "a day",
    ),
    ({"clocks": {"whole": {"due_at": "2026-03-09T23:59:59.999999+08:00"}}}, ["A: due 2026-03-09 (Mon) 24:00"], "exact"),
    (
        {"clocks": {"whole": [{"status": "void"}, RUNNING]}},
        ["A: void", "A: running; warning 2026-03-07 (Sat) 00:00"],
        "two runs",
    ),
    ({"duties": {"act": []}}, ["A: it does not arise"], "no duty"),
    (
        {"duties": {"act": ["done", {"status": "due", "due_at": "2026-03-06 10:00"}]}},
        ["A: done; to be done (due 2026-03-06 (Fri) 10:00)"],
        "two duties",
    ),
    ({"checklists": {"form": None}}, ["Form: no such document"], "no document"),
    ({"checklists": {"form": "?"}}, ["Form: nobody knows"], "nobody recorded"),
    ({"checklists": {"form": []}}, ["Form: complete"], "whole"),
    ({"checklists": {"form": ["one"]}}, ["Form: lacking: One"], "lacking"),
    ({"violations": ["late limit/whole"]}, ["violations: late limit/whole"], "all violations"),
    ({"violations": []}, ["violations: nothing"], "none at all"),
    ({"violations": {"limit/whole": ["late"], "duty/act": []}}, ["violations of “A”: late"], "by rule"),
    ({"notifications": {"limit/whole": ["due"], "duty/act": []}}, ["notices of “A”: due"], "notices"),
    ({"findings": {"urgency": None}, "missing": ["time"]}, ["A: nothing", "missing: time"], "what is missing"),
    ({"refused": "received"}, ["refused: received"], "a refusal"),
)


@pytest.mark.parametrize(("expect", "told", "why"), WANTED, ids=[why for _, _, why in WANTED])
def test_what_must_come_out_is_said(expect: dict[str, Any], told: list[str], why: str) -> None:
    assert list(wanted(golden(expect=expect), voice(POLICY, "en"))) == told, why
    assert len(list(wanted(golden(expect=expect), voice(POLICY, "zh")))) == len(told)


def test_the_table_has_a_row_for_each_case_and_says_who_checked_it() -> None:
    mine = golden(checked={"by": "Zhang|Li", "on": "2026-11-27"})
    found = generate(POLICY, keep=[mine])
    sheet = checking_table(found, "en")
    assert sheet.count("\n| ") == len(found.cases) + 2 * len({case.rule.partition("[")[0] for case in found.cases})
    last = sheet.rstrip().splitlines()
    assert last[-5] == "## written by hand"
    assert last[-1].endswith(r"| Zhang\|Li 2026-11-27 |")
    assert "## “A” \\[limit/whole\\]" in last
    assert "| 编号 | 已知 | 因为 | 应得 | 条款 | 核对 |" in checking_table(found, "zh")
    assert "## 手工编写" in checking_table(found, "zh")


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_case_of_a_rule_set_can_be_read(lang: str) -> None:
    found = generate(load_policy("boc-sanming"))
    sheet = checking_table(found, lang)  # type: ignore[arg-type]
    assert all(case.id.replace("_", r"\_").replace("[", r"\[").replace("]", r"\]") in sheet for case in found.cases)
    assert "None" not in sheet
    with pytest.raises(UnknownLanguage):
        checking_table(found, "fr")  # type: ignore[arg-type]


@pytest.mark.parametrize(("lang", "why"), [("en", "channel: the code is unknown"), ("zh", "channel: 没有这个代码")])
def test_a_case_that_is_refused_now_stands_in_the_table_with_why_and_without_its_values(lang: Any, why: str) -> None:
    case = golden(case={"received": "2026-03-04T10:00:00+08:00", "channel": "withheld-5550"})
    found = generate(POLICY, keep=[case])
    (told,) = given(case, voice(POLICY, lang))
    assert told.startswith(why)
    text = checking_table(found, lang)
    assert "| mine | channel" in text
    assert "withheld-5550" not in text
