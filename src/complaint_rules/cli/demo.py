"""``complaint-rules demo``: the life of one complaint under a rule set, told step by step, at moments that are fixed.

An ordinary complaint comes in by telephone on the eve of National Day. It is routed down level by level, the holiday
passes, the outlet forms its result in time, but tells the customer a day late.
"""

from __future__ import annotations

import argparse
import datetime as dt
from collections.abc import Iterator
from typing import Final, cast, final

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Channel, Complaint
from complaint_rules.cli.output import Terminal
from complaint_rules.moments import BEIJING
from complaint_rules.periods.periods import Due
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.rules import Modality
from complaint_rules.words.clocks import explain_clock
from complaint_rules.words.findings import explain_finding
from complaint_rules.words.violations import explain_violation
from complaint_rules.words.voices import Voice, voice

POLICY: Final = "psbc-95580"
"""The rule set shown."""


def _at(month: int, day: int, hour: int, minute: int) -> dt.datetime:
    return dt.datetime(2026, month, day, hour, minute, tzinfo=BEIJING)


_RECEIVED: Final = _at(9, 30, 16, 5)
_ENDED: Final = _at(10, 20, 16, 0)
_STEPS: Final = (
    (
        Event("registered", _at(9, 30, 16, 12), by="head_office"),
        "在线解释未能解决，生成工单。",
        "Explaining on the line did not settle it: a ticket is opened.",
    ),
    (
        Event("routed", _at(9, 30, 16, 40), by="head_office", to="tier1_branch", unit="shandong"),
        "95580客服中心在120分钟内流转至一级分行。",
        "The call centre routes it to the tier-1 branch, within 120 minutes.",
    ),
    (
        Event("routed", _at(9, 30, 17, 20), by="tier1_branch", to="tier2_branch", unit="jinan"),
        "一级分行流转至二级分行；这一环节未设时限。",
        "The tier-1 branch routes it to the tier-2 branch; no limit is set for this step.",
    ),
    (
        Event("routed", _at(10, 1, 9, 0), by="tier2_branch", to="outlet", unit="outlet-7"),
        "国庆假期第一天，二级分行流转至营业网点。",
        "On the first day of the holiday the tier-2 branch routes it to the outlet.",
    ),
    (
        Event("investigated", _at(10, 9, 11, 0), by="outlet", unit="outlet-7"),
        "网点核实情况；10月8日才恢复上班。",
        "The outlet verifies the facts; working days have begun again only on 8 October.",
    ),
    (
        Event("resolved", _at(10, 12, 17, 30), by="outlet", unit="outlet-7"),
        "网点形成处理结果：24小时内须答复客户，18时以后原则上不致电。",
        "The outlet forms its result: the customer is to be told within 24 hours, and not by telephone after 18:00.",
    ),
    (
        Event("contact_attempted", _at(10, 13, 9, 30), by="outlet", outcome="unreached"),
        "第一次联系未接通；两天内须再联系两次，各留记录。",
        "The first call is not answered: two more are due within two days, each on record.",
    ),
    (
        Event("contact_attempted", _at(10, 13, 15, 0), by="outlet", outcome="unreached"),
        "第二次联系未接通。",
        "The second call is not answered either.",
    ),
    (
        Event(
            "replied",
            _at(10, 14, 10, 20),
            by="outlet",
            items=frozenset({"outlet_type", "responsible", "cause", "handling", "result", "callback"}),
        ),
        "第三次接通并答复客户，但5个工作日已于10月13日24时届满。",
        "The third call gets through: after the 5 working days, which ended with 13 October.",
    ),
    (
        Event("accepted_by_customer", _at(10, 14, 10, 30), by="complainant"),
        "客户认可答复。",
        "The customer accepts the reply.",
    ),
    (
        Event("called_back", _at(10, 20, 15, 0), by="tier2_branch", outcome="settled"),
        "二级分行回访，客户确认已解决。",
        "The tier-2 branch calls back: settled.",
    ),
    (
        Event("closed", _ENDED, by="tier1_branch"),
        "工单办结；档案自办结起保管10年。",
        "The ticket is closed; the file is kept for ten years from here.",
    ),
)


def run_demo(_: argparse.Namespace, terminal: Terminal) -> int:
    """Tell the story: after each event what runs, what is due, what was missed; at the end why."""
    tale = _Tale(terminal)
    tale.open()
    for event, zh, en in _STEPS:
        tale.happens(event, terminal.pick(zh, en))
    tale.why()
    return 0


@final
class _Tale:
    """One case as it grows, and what has been told of it so far."""

    def __init__(self, terminal: Terminal) -> None:
        self._terminal = terminal
        self._policy = load_policy(POLICY)
        self._calendar = WorkCalendar.china()
        self._case = Case(
            Complaint(id="demo-1", received=_RECEIVED, channel=Channel.PHONE, complainants=1, received_by="head_office")
        )
        self._told: list[str] = []

    def open(self) -> None:
        terminal = self._terminal
        title = self._policy.title[terminal.lang]
        terminal.say(terminal.paint(terminal.pick(f"{title}（{POLICY}）", f"{title} ({POLICY})"), "1"))
        terminal.say()
        zh = "一位客户致电95580投诉。其余事实尚不清楚；未知的事实不作“否”处理。"
        en = "A customer complains to hotline 95580. Little else is known yet; what is unknown is not taken for a no."
        self._tell(_RECEIVED, terminal.pick(zh, en))

    def happens(self, event: Event, story: str) -> None:
        self._case = self._case.with_event(event)
        self._tell(cast(dt.datetime, event.at), story)

    def _tell(self, at: dt.datetime, story: str) -> None:
        """Tell one step: what happened, and every line of the answer that it changed."""
        terminal = self._terminal
        terminal.say(f"{terminal.paint(f'{at:%Y-%m-%d %H:%M}', '1;36')}  {story}")
        now = list(_lines(self._assessed(at), voice(self._policy, terminal.lang)))
        for line in now:
            if line not in self._told:
                terminal.say(f"    {line}")
        self._told = now
        terminal.say()

    def _assessed(self, at: dt.datetime) -> Assessment:
        return assess(self._case, self._policy, at=at, calendar=self._calendar)

    def why(self) -> None:
        """Show what stands behind two of the answers, and how to get it for all of them."""
        terminal = self._terminal
        assessment = self._assessed(_ENDED)
        whole = assessment.clocks["whole"]
        terminal.say(terminal.paint(terminal.pick("为什么", "Why"), "1"))
        terminal.say()
        terminal.say(explain_finding(assessment.findings["priority"], terminal.lang))
        terminal.say()
        terminal.say(explain_clock(whole, terminal.lang))
        terminal.say()
        terminal.say(cast("Due", whole.proof).grid(terminal.lang, colour=terminal.colour))
        terminal.say()
        zh = "每件投诉、每条规则都可照此说明：complaint-rules explain CASE.json --policy ID；用法见 --help"
        en = "Every case and rule explains itself like this: complaint-rules explain CASE.json --policy ID; see --help"
        terminal.say(terminal.pick(zh, en))


def _lines(assessment: Assessment, spoken: Voice) -> Iterator[str]:
    colon = spoken.pick("：", ": ")
    for name, finding in assessment.findings.items():
        if finding.value and name in ("priority", "justified"):
            title = spoken.titled(finding.table.title, name)
            yield f"{title}{colon}{spoken.value(name, finding.value)}{spoken.cited(finding.cite)}"
    for name, clock in assessment.clocks.items():
        if clock.run is not None:
            title = spoken.titled(assessment.policy.limits[name].title, name)
            due = "" if clock.due_at is None else spoken.pick("，期限至", ", due ") + spoken.point(clock.due_at)
            yield f"{title}{colon}{clock.status.title(spoken.lang)}{due}{spoken.cited(clock.cite)}"
    for violation in assessment.violations:
        yield f"! {explain_violation(violation, assessment.policy, spoken.lang)}"
    for duty in assessment.duties:
        if duty.modality is Modality.MUST and duty.status == "due" and duty.due_at is not None:
            due = spoken.pick("，期限至", ", by ") + spoken.point(duty.due_at)
            yield f"→ {spoken.rule(duty.rule)}{due}{spoken.cited(duty.cite)}"
