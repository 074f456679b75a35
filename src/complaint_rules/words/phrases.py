"""The sentences for what has a code and needs more than a word: prohibitions, violations and notes.

Each table gives Chinese and English; `complete` stops the import where a code lacks its sentence.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from complaint_rules.assessment.questions import NoteCode
from complaint_rules.cases.violations import ViolationCode
from complaint_rules.language import Pair, complete
from complaint_rules.policy.rules import Modality

PROHIBITIONS: Final[Mapping[Modality, Pair]] = {
    Modality.MUST_NOT: ("禁止性规定", "prohibition"),
    Modality.SHOULD_NOT: ("原则性规定", "principle"),
}
"""What stands before the title of a prohibition: the title states the rule, which "must not" would turn round."""

VIOLATIONS: Final = complete(
    ViolationCode,
    {
        ViolationCode.LATE: ("{rule}逾期：应不晚于{when}", "{rule} is late: it was due by {when}"),
        ViolationCode.FORBIDDEN: ("{when}的{event}违反：{rule}", "{event} on {when} breaks the rule: {rule}"),
        ViolationCode.MISSED: ("未按时履行：{rule}，应不晚于{when}", "not done in time: {rule}, due by {when}"),
        ViolationCode.DONE_LATE: ("逾期履行：{rule}，应不晚于{when}", "done late: {rule}, due by {when}"),
        ViolationCode.INCOMPLETE: ("{rule}要素不全，缺：{missing}", "{rule} is incomplete; it lacks: {missing}"),
        ViolationCode.EXTENSION_WITHOUT_EFFECT: (
            "{when}的延期不生效（{rule}）：{lacking}",
            "the extension of {when} has no effect ({rule}): {lacking}",
        ),
        ViolationCode.SUSPENSION_WITHOUT_EFFECT: (
            "{when}的中止不生效，{rule}照计：{lacking}",
            "the suspension of {when} has no effect, {rule} ran on: {lacking}",
        ),
        ViolationCode.ENDING_WITHOUT_EFFECT: (
            "{when}的{event}不使{rule}停止：所需条件不成立",
            "{event} of {when} does not end {rule}: what that takes does not hold",
        ),
        ViolationCode.OPEN_DUTY: (
            "尚有义务未履行，不能就此结案：{rule}",
            "there is still something to be done before closing: {rule}",
        ),
        ViolationCode.NOT_YET_KNOWN: (
            "{when}的{event}晚于评估时刻，未计入",
            "{event} of {when} lies after the moment asked about; left out",
        ),
        ViolationCode.DUPLICATE: (
            "{when}的{event}重复记录，只计一次",
            "{event} of {when} is recorded twice; it counts once",
        ),
        ViolationCode.SECOND_RECEIPT: (
            "{when}另有一次收到的记录，仍以首次为准",
            "a second receipt is recorded on {when}; the first one counts",
        ),
        ViolationCode.BEFORE_RECEIPT: (
            "{when}的{event}早于收到投诉，其时间按不明处理",
            "{event} of {when} lies before the receipt; when it happened is taken as unknown",
        ),
        ViolationCode.BAD_AMENDMENT: (
            "{when}的更正无法采用，未计入：{why}",
            "the amendment of {when} cannot be used, left out: {why}",
        ),
        ViolationCode.RESUME_WITHOUT_PAUSE: (
            "{when}恢复计时，此前却没有对应的中止",
            "resumed on {when} without a suspension to resume from",
        ),
        ViolationCode.ALREADY_SUSPENDED: (
            "{when}再次中止，而同一中止尚未恢复",
            "suspended again on {when} while the same suspension lasts",
        ),
        ViolationCode.REOPENING_OF_OPEN_CASE: (
            "{when}重新受理，而案件并未结束",
            "reopened on {when} although it had not ended",
        ),
        ViolationCode.ALREADY_ENDED: (
            "{when}的{event}：案件此前已经结束",
            "{event} on {when}, though it had ended before",
        ),
        ViolationCode.AFTER_WITHDRAWAL: ("{when}的{event}发生在撤回之后", "{event} on {when} follows the withdrawal"),
        ViolationCode.AFTER_CLOSING: (
            "{when}的{event}发生在办结之后，应先重新受理",
            "{event} on {when} follows the closing; reopen the case first",
        ),
        ViolationCode.AFTER_REFUSAL: ("{when}的{event}发生在不予受理之后", "{event} on {when} follows the refusal"),
        ViolationCode.REFUSED_AFTER_ACCEPTANCE: (
            "{when}不予受理，而此前已经受理",
            "refused on {when} although it had been accepted",
        ),
        ViolationCode.ARCHIVED_BEFORE_CLOSING: ("{when}归档，而案件尚未结束", "archived on {when} before it had ended"),
        ViolationCode.UNKNOWN_KIND: (
            "{when}的事项种类不在规则中：{event}",
            "the rules know no such kind of event, {when}: {event}",
        ),
        ViolationCode.UNKNOWN_LEVEL: (
            "{when}的{event}流向未知的层级或主体",
            "{event} of {when} goes to an unknown level or body",
        ),
        ViolationCode.UNKNOWN_CODE: (
            "{event}（{when}）的代码“{code}”疑似写错，未据以认定任何事项",
            "{event} on {when} has the code “{code}”, which looks like a slip; nothing was matched by it",
        ),
        ViolationCode.EMPTY_AMENDMENT: ("{when}的更正没有写明任何事实", "the amendment of {when} changes no fact"),
        ViolationCode.PAUSE_WITHOUT_MOMENT: (
            "{event}没有时间，无法计入",
            "{event} has no moment and cannot be reckoned with",
        ),
        ViolationCode.CORRECTED: (
            "{event}（{when}）说明原记录有误，所更正的事实视为自始如此：{facts}",
            "{event} on {when} says that the earlier record was mistaken; what it corrects held all along: {facts}",
        ),
        ViolationCode.LATE_BY_MISTAKE: (
            "{rule}按更正前的记录曾于{when}届满而逾期；按更正后的记录并未逾期",
            "{rule}, due by {when}, was late by the record before its correction; it is not by the corrected one",
        ),
        ViolationCode.RECORDED_OUT_OF_ORDER: (
            "{when}的{event}补记较晚",
            "{event} of {when} was recorded after later ones",
        ),
    },
)
"""What each violation says; what stands in braces is filled in."""

NOTES: Final = complete(
    NoteCode,
    {
        NoteCode.NOT_IN_FORCE: (
            "收到投诉之日本规则不在有效期内{detail}",
            "these rules were not in force on the day of receipt{detail}",
        ),
        NoteCode.NOT_APPLICABLE: ("本规则的适用条件不成立：{detail}", "these rules do not claim to apply: {detail}"),
        NoteCode.POSSIBLY_NOT_APPLICABLE: (
            "本规则是否适用尚不确定：{detail}",
            "whether these rules apply is not certain: {detail}",
        ),
        NoteCode.IGNORED_FACT: (
            "本规则没有这一事实，未予理会：{detail}",
            "the rules know no such fact; it is ignored: {detail}",
        ),
        NoteCode.FOREIGN_CODE: (
            "本规则没有这一代码（其他规则有），按未知处理：{detail}",
            "the rules know no such code, others do; it goes for unknown: {detail}",
        ),
        NoteCode.UNKNOWN_CODE: (
            "代码疑似写错，未予采用：{detail}",
            "the code looks like a slip and is not used: {detail}",
        ),
        NoteCode.UNLISTED_CODE: (
            "规则各行均未列出已记录的代码，时限因而不适用，请核对代码：{detail}",
            "no row lists the code on record, and so the limit does not apply; is the code right: {detail}",
        ),
        NoteCode.IGNORED_LINK: (
            "本规则没有这一关联，未予理会：{detail}",
            "the rules know no such link; it is ignored: {detail}",
        ),
    },
)
"""What each note says; ``{detail}`` is filled in."""
