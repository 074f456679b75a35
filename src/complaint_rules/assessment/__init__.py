"""One case under one policy: findings, clocks, duties, questions (评估).

From the ground up; each module imports only those above it in this list:

* `plans`: what is worked out once per policy
* `endings`: which ending of a case stands
* `views`: what conditions see at one moment
* `snapshots`: one case as known at one moment
* `findings`: classes, and documents held against their checklists
* `questions`: what is unknown, what is missing, what a reader should know
* `unlisted`: limits that vanish because a known code is listed nowhere
* `adjustments`: what lawfully stops or lengthens a limit
* `voids`: what ends a limit without result
* `doubts`: what an incomplete record leaves open
* `clocks`: a limit applied to a case, as a value
* `on_record`: what was late stays on record
* `running`: how limits run in a case
* `duties`: duties, prohibitions and permissions applied to a case
* `notifications`: what to tell whom
* `fast_path`: a case without history, remembered by the outcome of its conditions
* `worked`: the parts of an assessment, each worked out when it is read
* `as_data`: answers as plain data
* `waking`: when an answer changes by time alone
* `assessment`: `Assessment`: what a policy says of a case at a moment
* `permission`: `Permission`: whether an act is allowed
* `drafts`: what a document has to hold, before and while it is written
* `contacts`: when the customer may and has to be reached, and how often
"""

from __future__ import annotations

from complaint_rules.assessment.adjustments import Grant, WhyNot
from complaint_rules.assessment.assessment import FORMAT, Assessment
from complaint_rules.assessment.clocks import Clock, Run, Status
from complaint_rules.assessment.contacts import Attempts, ContactPlan, ContactTarget, contact_plan
from complaint_rules.assessment.drafts import Skeleton, SkeletonPart, skeleton, skeletons
from complaint_rules.assessment.duties import DutyStatus, Obligation
from complaint_rules.assessment.findings import Check, Finding
from complaint_rules.assessment.notifications import Notification, NotificationKind
from complaint_rules.assessment.permission import Permission
from complaint_rules.assessment.plans import Decision
from complaint_rules.assessment.questions import Missing, MissingKind, Note, NoteCode, Question
from complaint_rules.assessment.snapshots import Snapshot

__all__ = [
    "FORMAT",
    "Assessment",
    "Attempts",
    "Check",
    "Clock",
    "ContactPlan",
    "ContactTarget",
    "Decision",
    "DutyStatus",
    "Finding",
    "Grant",
    "Missing",
    "MissingKind",
    "Note",
    "NoteCode",
    "Notification",
    "NotificationKind",
    "Obligation",
    "Permission",
    "Question",
    "Run",
    "Skeleton",
    "SkeletonPart",
    "Snapshot",
    "Status",
    "WhyNot",
    "contact_plan",
    "skeleton",
    "skeletons",
]
