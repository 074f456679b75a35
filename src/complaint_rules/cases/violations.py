"""`Violation`: what in a history broke a rule or contradicts itself."""

from __future__ import annotations

import datetime as dt
from typing import Final, final

import attrs

from complaint_rules.language import Coded
from complaint_rules.mappings import FrozenMap
from complaint_rules.version import Recorded

NO_DETAIL: Final[FrozenMap[str, str]] = FrozenMap()
"""Nothing further to say."""


class Severity(Coded):
    """How grave a violation is (严重程度)."""

    BREACH = "breach", "违规", "breach"
    """A binding rule was broken."""
    WARNING = "warning", "提醒", "warning"
    """A SHOULD was missed."""
    RECORD = "record", "记录有误", "fault of the record"
    """The record contradicts itself or is doubtful: nobody broke a rule by that."""
    NOTE = "note", "备注", "note"
    """It only deserves a look; so does whatever a rule set finds that does not apply."""


class ViolationCode(Coded):
    """What kind of violation it is (违规类型)."""

    LATE = "late", "逾期", "late"
    FORBIDDEN = "forbidden", "违反禁止性规定", "forbidden"
    MISSED = "missed", "未按时履行", "not done in time"
    DONE_LATE = "done_late", "逾期履行", "done late"
    INCOMPLETE = "incomplete", "要素不全", "incomplete"
    EXTENSION_WITHOUT_EFFECT = "extension_without_effect", "延期不生效", "extension without effect"
    SUSPENSION_WITHOUT_EFFECT = "suspension_without_effect", "中止不生效", "suspension without effect"
    ENDING_WITHOUT_EFFECT = "ending_without_effect", "不使时限停止", "it does not end the time limit"
    OPEN_DUTY = "open_duty", "尚有义务未履行", "open duty"
    NOT_YET_KNOWN = "not_yet_known", "晚于评估时刻", "not yet known"
    DUPLICATE = "duplicate", "重复记录", "recorded twice"
    SECOND_RECEIPT = "second_receipt", "另有收到记录", "second receipt"
    BEFORE_RECEIPT = "before_receipt", "早于收到投诉", "before the receipt"
    BAD_AMENDMENT = "bad_amendment", "更正无法采用", "amendment that cannot be used"
    RESUME_WITHOUT_PAUSE = "resume_without_pause", "无中止而恢复", "resumed without a suspension"
    ALREADY_SUSPENDED = "already_suspended", "重复中止", "already suspended"
    REOPENING_OF_OPEN_CASE = "reopening_of_open_case", "未结束而重新受理", "reopened while open"
    ALREADY_ENDED = "already_ended", "此前已经结束", "already ended"
    AFTER_WITHDRAWAL = "after_withdrawal", "撤回之后", "after the withdrawal"
    AFTER_CLOSING = "after_closing", "办结之后", "after the closing"
    AFTER_REFUSAL = "after_refusal", "不予受理之后", "after the refusal"
    REFUSED_AFTER_ACCEPTANCE = "refused_after_acceptance", "受理后又不予受理", "refused after acceptance"
    ARCHIVED_BEFORE_CLOSING = "archived_before_closing", "未结束而归档", "archived before the end"
    UNKNOWN_KIND = "unknown_kind", "事项种类未知", "unknown kind of event"
    UNKNOWN_LEVEL = "unknown_level", "层级或主体未知", "unknown level or body"
    UNKNOWN_CODE = "unknown_code", "代码疑似写错", "code that looks like a slip"
    EMPTY_AMENDMENT = "empty_amendment", "更正没有内容", "amendment of nothing"
    PAUSE_WITHOUT_MOMENT = "pause_without_moment", "中止或恢复没有时间", "pause without a moment"
    CORRECTED = "corrected", "更正原记录", "earlier record corrected"
    LATE_BY_MISTAKE = "late_by_mistake", "逾期系原记录有误", "late by a mistaken record"
    RECORDED_OUT_OF_ORDER = "recorded_out_of_order", "补记较晚", "recorded out of order"


_IMPOSSIBLE: Final = frozenset(
    {
        ViolationCode.BEFORE_RECEIPT, ViolationCode.BAD_AMENDMENT, ViolationCode.RESUME_WITHOUT_PAUSE,
        ViolationCode.REOPENING_OF_OPEN_CASE, ViolationCode.AFTER_WITHDRAWAL, ViolationCode.AFTER_CLOSING,
        ViolationCode.AFTER_REFUSAL, ViolationCode.REFUSED_AFTER_ACCEPTANCE,
    }
)  # fmt: skip
"""Faults of the record that say that an act cannot have happened then: a reason against doing it now."""


def _code(value: ViolationCode | str) -> ViolationCode:
    return value if type(value) is ViolationCode else ViolationCode.read(value, what="Violation.code")


def _severity(value: Severity | str) -> Severity:
    return value if type(value) is Severity else Severity.read(value, what="Violation.severity")


@final
@attrs.frozen(kw_only=True)
class Violation(Recorded):
    """Something in a history that breaks a rule (违规), or that cannot have been as recorded.

    Raises `UnknownCode` for a code or severity that is none.
    """

    code: ViolationCode = attrs.field(converter=_code)
    """What kind of violation it is."""
    severity: Severity = attrs.field(converter=_severity)
    """How grave it is."""
    rule: str | None = None
    """``section/id`` of the policy's rule; None: the history contradicts itself."""
    cite: str | None = None
    """The article."""
    place: int | None = None
    """Index of the event in `Case.events`; None where no single event is meant."""
    event: str | None = None
    """Kind of that event."""
    at: dt.datetime | dt.date | None = None
    """When it happened, or since when it is so."""
    detail: FrozenMap[str, str] = NO_DETAIL
    """Further facts for the explanation: the offending value, the likely intent, what was missing."""

    @property
    def speaks_against(self) -> bool:
        """Whether it is a reason against doing what the event records: a breach, or what cannot have happened then.

        >>> Violation(code="after_closing", severity="record").speaks_against
        True
        """
        return self.severity is Severity.BREACH or self.code in _IMPOSSIBLE
