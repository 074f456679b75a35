"""Complaint-handling rules of Chinese banks as data: a complaint and its history in, a cited assessment out."""

from __future__ import annotations

from complaint_rules.assessing import assess, permitted
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Clock, Run, Status
from complaint_rules.assessment.duties import DutyStatus, Obligation
from complaint_rules.assessment.findings import Finding
from complaint_rules.assessment.notifications import Notification, NotificationKind
from complaint_rules.assessment.permission import Permission
from complaint_rules.assessment.questions import Question
from complaint_rules.calendar.working_days import Certainty, DayKind, WorkCalendar
from complaint_rules.cases.case import Case, Event, EventKind
from complaint_rules.cases.complaint import Channel, Complaint, Source
from complaint_rules.cases.responsibility import holdings
from complaint_rules.cases.violations import Violation
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.linking.linker import link
from complaint_rules.moments import BEIJING
from complaint_rules.periods.periods import Period
from complaint_rules.policy.loading import editions, load_policy, policies, policy_for
from complaint_rules.policy.policy import Policy
from complaint_rules.statistics.spans import Span
from complaint_rules.statistics.tally import Tally
from complaint_rules.version import VERSION

__version__ = VERSION

__all__ = [
    "BEIJING",
    "Assessment",
    "Case",
    "Certainty",
    "Channel",
    "Clock",
    "Complaint",
    "ComplaintRulesError",
    "DayKind",
    "DutyStatus",
    "Event",
    "EventKind",
    "Finding",
    "Notification",
    "NotificationKind",
    "Obligation",
    "Period",
    "Permission",
    "Policy",
    "Question",
    "Run",
    "Source",
    "Span",
    "Status",
    "Tally",
    "Violation",
    "WorkCalendar",
    "assess",
    "editions",
    "holdings",
    "link",
    "load_policy",
    "permitted",
    "policies",
    "policy_for",
]
