"""The JSON Schema of an assessment as `Assessment.to_dict` gives it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

from complaint_rules.assessment.assessment import FORMAT
from complaint_rules.assessment.clocks import Status
from complaint_rules.assessment.duties import DutyStatus
from complaint_rules.assessment.notifications import NotificationKind
from complaint_rules.assessment.questions import MissingKind, NoteCode
from complaint_rules.calendar.days import Certainty
from complaint_rules.cases.violations import Severity, ViolationCode
from complaint_rules.conditions.scopes import Answerer
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.rules import Modality
from complaint_rules.verification.kits.fragments import (
    COUNT,
    DAY,
    FLAG,
    MOMENT,
    STRING,
    WHEN,
    JsonSchema,
    any_of,
    closed,
    enum_of,
    headed,
    listed,
    named,
    nullable,
)

_NAMES: Final = listed(STRING)
_NAME: Final = nullable(STRING)
_MOMENT: Final = nullable(MOMENT)
_DAY: Final = nullable(DAY)
_WHEN: Final = nullable(WHEN)
_VALUE: Final = any_of(_NAME, _NAMES)
_FACTS: Final = named(any_of({"type": ["string", "integer", "boolean", "null"]}, _NAMES))
_RESULTS: Final = ("holds", "does_not_hold", "unknown", "not_reached")
_CONDITION: Final = closed({"condition": STRING, "facts": _FACTS}, ["condition", "facts"])


def _all(properties: Mapping[str, Any], optional: Mapping[str, Any] = FrozenMap()) -> JsonSchema:
    """Describe an object that always has the first keys, and sometimes the others."""
    return closed({**properties, **optional}, list(properties))


_ROW: Final = _all({"value": STRING, "cite": _NAME, "result": {"enum": list(_RESULTS)}})
_FINDING: Final = _all(
    {
        "value": _VALUE, "possible": listed(_NAME), "certain": FLAG, "assumed": _NAMES, "rule": STRING, "cite": _NAME,
        "because": _all({"rows": listed(_ROW), "facts": _FACTS}),
    },
    {"missing": _NAMES},
)  # fmt: skip
_PAUSE: Final = _all({"start": _WHEN, "end": _WHEN, "reason": _NAME, "cite": _NAME})
_GRANT: Final = _all({"rule": STRING, "at": _WHEN, "valid": FLAG, "why": STRING, "cite": _NAME})
_RUN: Final[Mapping[str, Any]] = {
    "status": enum_of(Status), "started_at": _WHEN, "due_at": _MOMENT, "ended_at": _WHEN, "period": _NAME,
    "warn_at": _MOMENT,
}  # fmt: skip
_OF_RUN: Final[Mapping[str, Any]] = {
    "warnings": listed(_MOMENT), "agreed": {"const": True}, "remaining": {"type": "number"},
    "pauses": listed(_PAUSE, least=1), "extensions": listed(_GRANT, least=1), "undetermined_by": _NAMES,
    "superseded_at": _WHEN, "overdue_by_reclassification": {"const": True},
}  # fmt: skip
_CERTAINTY: Final = nullable(enum_of(Certainty))
_CLOCK: Final = _all(
    {
        "id": STRING, "status": enum_of(Status), "rule": STRING, "cite": _NAME, "started_at": _WHEN, "due_at": _MOMENT,
        "certainty": _CERTAINTY,
    },
    {
        "assumed": _NAMES, "ended_at": _WHEN, "period": _NAME, "warn_at": _MOMENT, **_OF_RUN, "run": STRING,
        "contact_by": _MOMENT, "needs_deviation": FLAG, "because": _CONDITION, "worst": enum_of(Status),
        "runs": listed(_all({"id": STRING, **_RUN}, _OF_RUN), least=2),
    },
)  # fmt: skip
_DUTY: Final = _all(
    {
        "id": STRING, "rule": STRING, "modality": enum_of(Modality), "status": enum_of(DutyStatus), "who": _NAME,
        "to": _NAME, "due_at": _MOMENT, "cite": _NAME,
    },
    {"assumed": _NAMES, "because": _CONDITION},
)  # fmt: skip
_CHECK: Final = _all({"rule": STRING, "cite": _NAME, "event": STRING, "at": _WHEN, "missing": nullable(_NAMES)})
_QUESTION: Final = _all({"fact": STRING, "ask": enum_of(Answerer), "affects": _NAMES})
_VIOLATION: Final = _all(
    {
        "code": enum_of(ViolationCode), "severity": enum_of(Severity), "rule": _NAME, "cite": _NAME,
        "place": nullable(COUNT), "event": _NAME, "at": _WHEN, "detail": named(STRING),
    }
)  # fmt: skip
_NOTICE: Final = _all(
    {
        "id": STRING, "kind": enum_of(NotificationKind), "rule": STRING, "who": _NAME, "to": _NAME, "since": _WHEN,
        "due_at": _MOMENT, "modality": enum_of(Modality), "cite": _NAME, "title": _all({"zh": STRING, "en": STRING}),
    }
)  # fmt: skip
_MISSING: Final = _all({"name": STRING, "what": enum_of(MissingKind), "waits": _NAMES})
_NOTE: Final[JsonSchema] = {
    "type": "object", "properties": {"code": enum_of(NoteCode)}, "required": ["code"], "additionalProperties": STRING,
}  # fmt: skip


def assessment_schema() -> JsonSchema:
    """Describe an assessment as data (评估结果).

    >>> assessment_schema()["properties"]["format"]["const"]
    'complaint-rules/assessment/1'
    """
    content = _all(
        {
            "format": {"const": FORMAT}, "case": STRING, "policy": _all({"id": STRING, "edition": STRING}),
            "at": MOMENT, "fingerprints": named(STRING),
            "days": _all({"edition": STRING, "final_through": DAY}),
            "findings": named(_FINDING), "clocks": named(_CLOCK),
            "duties": listed(_DUTY),
            "checks": listed(_CHECK), "questions": listed(_QUESTION), "violations": listed(_VIOLATION),
            "notices": listed(_NOTICE), "missing": listed(_MISSING), "notes": listed(_NOTE), "keep_until": _DAY,
            "next_change_at": _MOMENT,
        }
    )  # fmt: skip
    title, about = ("评估结果", "assessment"), ("规则集对一件投诉的结论", "what a rule set says of a case at a moment")
    return headed("assessment", title, about, content)
