"""Notices in a line, in Chinese and in English."""

from __future__ import annotations

from typing import Any, Final

import pytest

from complaint_rules.cases.case import Event
from complaint_rules.errors import UnknownLanguage
from complaint_rules.language import Lang
from tests.by_hand import ev
from tests.small import duty, limit, own, worked

RECEIVED: Final = "2026-09-20T09:00"
LEVELS: Final = (
    '[[level]]\nid = "branch"\ntitle = { zh = "分行", en = "Branch" }\n'
    '[[body]]\nid = "customer"\ntitle = { zh = "客户", en = "Customer" }\n'
    '[[body]]\nid = "head"\ntitle = { zh = "总行", en = "Head office" }'
)
LIMIT: Final = own(
    'citation = { zh = "第{}条", en = "art. {}" }',
    LEVELS, limit('[{ within = "15 days", warn = "3 days" }]', 'who = "branch"', 'cite = "18"'),
)  # fmt: skip
DUTY: Final = own(LEVELS, duty("should", '"informed"', 'within = "2 days"', 'who = "branch"', 'to = "head"'))
AT_ONCE: Final = own(LEVELS, duty("must", '"informed"', 'within = "at once"'))
CUSTOMERS: Final = own(LEVELS, limit('[{ within = "15 days" }]', 'who = "customer"'))


@pytest.mark.parametrize(
    ("policy", "at", "events", "place", "zh", "en"),
    [
        (
            LIMIT, "2026-10-04T00:00", [], 1,
            ("临期提醒：甲［limit/whole］（第十八条）；由分行；2026-10-03（周六）00:00起提醒；"
             "届满2026-10-05（周一）24:00（含），还剩1天23小时59分钟"),
            ("warning: A [limit/whole] (art. 18); by Branch; to be warned of since 2026-10-03 (Sat) 00:00; "
             "due 2026-10-05 (Mon) 24:00 (inclusive), 1 day 23 hours 59 minutes left"),
        ),
        (
            LIMIT, "2026-10-06T01:00", [], 1,
            "已逾期：甲［limit/whole］（第十八条）；由分行；届满2026-10-05（周一）24:00（含），已逾期1小时",
            "overdue: A [limit/whole] (art. 18); by Branch; due 2026-10-05 (Mon) 24:00 (inclusive), 1 hour over",
        ),
        (
            LIMIT, "2026-10-09T00:00", [ev("closed", "2026-10-08T10:00")], 0,
            "逾期完成：甲［limit/whole］（第十八条）；由分行；完成于2026-10-08（周四）10:00；届满2026-10-05（周一）24:00（含）",
            ("done late: A [limit/whole] (art. 18); by Branch; done on 2026-10-08 (Thu) 10:00; "
             "due 2026-10-05 (Mon) 24:00 (inclusive)"),
        ),
        (
            DUTY, "2026-09-20T09:00", [], 0,
            ("待履行：甲［duty/act］；由分行（原则上）；向总行；自2026-09-20（周日）09:00起；"
             "届满2026-09-22（周二）24:00（含），还剩2天14小时59分钟"),
            ("to be done: A [duty/act]; by Branch (should be kept); to Head office; since 2026-09-20 (Sun) 09:00; "
             "due 2026-09-22 (Tue) 24:00 (inclusive), 2 days 14 hours 59 minutes left"),
        ),
        (
            AT_ONCE, "2026-09-20T10:00", [], 0,
            "待履行：甲［duty/act］；自2026-09-20（周日）09:00起；应即办理",
            "to be done: A [duty/act]; since 2026-09-20 (Sun) 09:00; at once",
        ),
        (
            CUSTOMERS, "2026-10-06T01:00", [], 0,
            "已逾期：甲［limit/whole］；由客户（客户的期限，逾期不算机构违规）；届满2026-10-05（周一）24:00（含），已逾期1小时",
            ("overdue: A [limit/whole]; by Customer (the customer's own limit: never the institution's lateness); "
             "due 2026-10-05 (Mon) 24:00 (inclusive), 1 hour over"),
        ),
    ],
)  # fmt: skip
def test_a_notice_in_a_line(policy: Any, at: str, events: list[Event], place: int, zh: str, en: str) -> None:
    notice = worked(policy, RECEIVED, events, at).notices[place]
    assert (notice.explain(), notice.explain("en")) == (zh, en)


def test_a_duty_without_a_figure_names_no_due_moment_and_what_has_no_moment_none() -> None:
    rules = own(duty("must", '"informed"', 'after = "appealed"'))
    (notice,) = worked(rules, RECEIVED, [Event("appealed")], "2026-09-25").notices
    assert notice.explain("en") == "to be done: A [duty/act]"


def test_a_warning_whose_moment_has_come_is_marked_while_the_limit_waits() -> None:
    def line(at: str, events: list[Event], lang: Lang) -> str:
        text = worked(LIMIT, RECEIVED, events, at).clocks["whole"].explain(lang)
        return next(
            one.strip() for one in text.splitlines() if "2026-10-03" in one and ("提醒" in one or "warn" in one)
        )

    assert line("2026-10-02", [], "zh") == "提醒时刻：2026-10-03（周六）00:00"
    assert line("2026-10-03", [], "zh") == "提醒时刻：2026-10-03（周六）00:00（已到）"
    assert line("2026-10-03", [], "en") == "warning at: 2026-10-03 (Sat) 00:00 (has come)"
    assert line("2026-10-05", [ev("closed", "2026-10-04")], "en") == "warning at: 2026-10-03 (Sat) 00:00"


def test_another_language_is_refused() -> None:
    with pytest.raises(UnknownLanguage):
        worked(LIMIT, RECEIVED, [], "2026-09-21").notices[0].explain("fr")  # type: ignore[arg-type]
