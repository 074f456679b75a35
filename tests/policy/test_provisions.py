"""Checklists with a condition, and files whose parts are kept for different times."""

from __future__ import annotations

import datetime as dt

import pytest

from complaint_rules.cases.case import Event
from complaint_rules.policy.policy import Policy
from complaint_rules.words.rulebooks import explain_policy, explain_rule
from tests.by_hand import ev
from tests.small import HEAD, TITLE, duty, fact, limit, own, table, worked, written

ITEMS = "items.reasons = { zh = '理由', en = 'reasons' }"


def checklist(when: str, of: str = "'replied'") -> str:
    return "\n".join(["[[checklist]]", "id = 'letter'", TITLE, f"of = {of}", f'when = "{when}"', ITEMS])


@pytest.mark.parametrize(
    ("when", "event", "facts", "lacking", "why"),
    [
        ("event.outcome == 'refused'", ev("replied", "2026-09-22", outcome="refused", items=frozenset()), {},
            [("reasons",)], "a refusal gives its reasons"),
        ("event.outcome == 'refused'", ev("replied", "2026-09-22", outcome="settled", items=frozenset()), {}, [],
            "another reply need not"),
        ("formal", ev("replied", "2026-09-22", items=frozenset()), {"formal": True}, [("reasons",)], "the fact holds"),
        ("formal", ev("replied", "2026-09-22", items=frozenset()), {"formal": False}, [], "it does not"),
        ("formal", ev("replied", "2026-09-22", items=frozenset()), {}, [], "unknown: no claim"),
        ("formal", ev("amended", "2026-09-23", set={"formal": True}), {"formal": False}, [], "nothing was replied"),
    ],
)  # fmt: skip
def test_a_checklist_is_about_the_documents_its_condition_names(
    when: str, event: Event, facts: dict[str, bool], lacking: list[tuple[str, ...]], why: str
) -> None:
    policy = own(fact("formal", assume=None), checklist(when))
    found = worked(policy, "2026-09-21T10:00", [event], "2026-09-25", **facts)
    assert [check.missing for check in found.checks] == lacking, why
    assert [v.code for v in found.violations if v.code == "incomplete"] == ["incomplete"] * len(lacking)


@pytest.mark.parametrize(("complainants", "checked"), [(1, 0), (5, 1)])
@pytest.mark.parametrize("events", [[], [ev("routed", "2026-09-22")]], ids=["at receipt", "with a history"])
def test_what_was_received_is_checked_where_the_condition_holds(
    complainants: int, checked: int, events: list[Event]
) -> None:
    policy = own(checklist("complainants >= 5", "'received'"))
    facts = {"complainants": complainants, "recorded": frozenset()}
    found = worked(policy, "2026-09-21T10:00", events, "2026-09-25", **facts)
    assert len(found.checks) == checked


def test_a_checklist_waits_for_the_parameters_of_its_condition() -> None:
    many = "[parameters.many]\ntype = 'int'\ntitle = { zh = '人数', en = 'many' }"
    kind = table("kind_of", ("big", "complainants >= many"), ("small", ""))
    policy = own(many, kind, checklist("kind_of == 'big' and complainants >= many"))
    found = worked(policy, "2026-09-21T10:00", [], "2026-09-25")
    assert [gap.waits for gap in found.missing] == [("table/kind_of", "checklist/letter")]


def test_the_rule_book_says_which_documents_a_checklist_is_about() -> None:
    policy = own(fact("formal", assume=None), checklist("formal"))
    assert "applies where: A" in explain_rule(policy, "checklist/letter", "en")
    assert "适用条件：" in explain_rule(policy, "checklist/letter", "zh")


KEPT = """\
[[retention]]
id = "file"
title = { zh = "投诉档案", en = "The file" }
within = "10 years"
from = "closed"
cite = "7"
[[retention]]
id = "recording"
title = { zh = "通话录音", en = "The recording" }
within = { parameter = "sound" }
from = "received"
[parameters.sound]
type = "period"
title = { zh = "录音保管期限", en = "how long recordings are kept" }
"""


def test_parts_of_a_file_are_kept_for_different_times() -> None:
    policy = Policy.from_text(HEAD + limit() + "\n" + KEPT, parameters={"sound": "2 years"})
    found = worked(policy, "2026-09-21T10:00", [ev("closed", "2026-10-01")], "2026-10-02")
    assert [(kept.id, day) for kept, day in found.kept] == [
        ("file", dt.date(2036, 10, 1)), ("recording", dt.date(2028, 9, 21)),
    ]  # fmt: skip
    assert found.keep_until == dt.date(2036, 10, 1), "the latest"
    assert policy.retention is policy.retentions[0]
    assert "- The file is kept until 2036-10-01 (Wed) (inclusive)" in found.explain("en")
    assert "- 通话录音保管至 2028-09-21（周四）（含）" in found.explain("zh")
    assert "files are kept (The recording): the parameter" in explain_policy(policy, "en")
    assert "档案保管（投诉档案）：自“办结”起10年" in explain_policy(policy, "zh")
    assert Policy.from_document(policy.document).retentions == policy.retentions


def test_a_retention_that_waits_is_named_by_its_title() -> None:
    policy = own(limit(), KEPT)
    found = worked(policy, "2026-09-21T10:00", [], "2026-10-02")
    (gap,) = found.missing
    assert gap.waits == ("retention/recording",)
    assert "waiting for it: “The recording”" in found.explain("en")
    assert found.keep_until is None


# --- a duty that recurs ---

PROGRESS = duty(
    "must", "'informed'", "after = ['received', 'informed']", "each = true", "within = '5 working days'",
    "when = \"not has('closed')\"",
)  # fmt: skip


@pytest.mark.parametrize(
    ("told", "closed", "at", "expected", "why"),
    [
        ([], None, "2026-06-02", [("due", "2026-06-08")], "five working days from Monday 1 June"),
        (["2026-06-03"], None, "2026-06-09", [("done", "2026-06-08"), ("due", "2026-06-10")],
            "counted from the telling"),
        (["2026-06-03"], None, "2026-06-11", [("done", "2026-06-08"), ("overdue", "2026-06-10")], "it recurs"),
        (["2026-06-03", "2026-06-12"], None, "2026-06-16",
            [("done", "2026-06-08"), ("done_late", "2026-06-10"), ("due", "2026-06-22")],
            "late once, then owed anew: the 15th to 18th are four, the 19th to 21st a holiday, the 22nd is the fifth"),
        (["2026-06-03", "2026-06-09"], "2026-06-12", "2026-07-20",
            [("done", "2026-06-08"), ("done", "2026-06-10"), ("lapsed", "2026-06-16")], "until the case is closed"),
        (["2026-06-03"], "2026-06-12", "2026-07-20", [("done", "2026-06-08"), ("overdue", "2026-06-10")],
            "what was missed before it was closed stays missed"),
    ],
)  # fmt: skip
def test_a_duty_may_recur_until_something_happens(
    told: list[str], closed: str | None, at: str, expected: list[tuple[str, str]], why: str
) -> None:
    events = [ev("informed", f"{day}T09:00") for day in told]
    events += [] if closed is None else [ev("closed", f"{closed}T09:00")]
    found = worked(own(PROGRESS), "2026-06-01T10:00", events, at)
    assert [(one.status.value, written(one.due_at)) for one in found.duties] == expected, why
