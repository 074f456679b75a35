"""The words for everything that has a code: statuses, violations, severities, who answers; moments and lengths of time.

Each table gives Chinese and English. A test goes through the enums and the sources, so that a new code without words
fails it.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Final

from complaint_rules.assessment.clocks import Status
from complaint_rules.assessment.duties import DutyStatus
from complaint_rules.language import Pair, length
from complaint_rules.periods.units import Receipt, Roll, Unit, spoken
from complaint_rules.policy.rules import Modality, Reopen

STATUSES: Final[Mapping[Status, Pair]] = {
    Status.NOT_APPLICABLE: ("不适用", "not applicable"),
    Status.NOT_STARTED: ("未起算", "not started"),
    Status.RUNNING: ("计时中", "running"),
    Status.SUSPENDED: ("中止中", "suspended"),
    Status.MET: ("按时完成", "met in time"),
    Status.MET_LATE: ("逾期完成", "met late"),
    Status.OVERDUE: ("已逾期", "overdue"),
    Status.UNDETERMINED: ("无法判定", "undetermined"),
    Status.VOID: ("不再计算", "void"),
}
"""Where a clock stands (时限状态)."""

DUTY_STATUSES: Final[Mapping[DutyStatus, Pair]] = {
    DutyStatus.DUE: ("待履行", "to be done"),
    DutyStatus.DONE: ("已履行", "done"),
    DutyStatus.DONE_LATE: ("逾期履行", "done late"),
    DutyStatus.OVERDUE: ("逾期未履行", "overdue"),
    DutyStatus.LAPSED: ("条件已消失，不再要求", "lapsed: what called for it has ceased"),
    DutyStatus.UNDETERMINED: ("无法判定", "undetermined"),
    DutyStatus.IN_FORCE: ("生效中", "in force"),
    DutyStatus.BREACHED: ("已违反", "breached"),
    DutyStatus.OVER: ("已终止", "over"),
    DutyStatus.OPEN: ("可以行使", "open"),
    DutyStatus.USED: ("已行使", "used"),
    DutyStatus.EXPIRED: ("已过期", "expired"),
}
"""Where a duty stands (义务状态)."""

MODALITIES: Final[Mapping[Modality, Pair]] = {
    Modality.MUST: ("应当", "must"),
    Modality.SHOULD: ("宜", "should"),
    Modality.MUST_NOT: ("不得", "must not"),
    Modality.SHOULD_NOT: ("不宜", "should not"),
    Modality.MAY: ("可以", "may"),
}
"""How binding a rule is (规范强度)."""

PROHIBITIONS: Final[Mapping[Modality, Pair]] = {
    Modality.MUST_NOT: ("禁止性规定", "prohibition"),
    Modality.SHOULD_NOT: ("原则性规定", "principle"),
}
"""What stands before the title of a prohibition: the title states the rule, which "must not" would turn round."""

SEVERITIES: Final[Mapping[str, Pair]] = {
    "breach": ("违规", "breach"),
    "warning": ("提醒", "warning"),
    "note": ("备注", "note"),
}
"""How grave a violation is."""

VIOLATIONS: Final[Mapping[str, Pair]] = {
    "late": ("{rule}逾期：应不晚于{when}", "{rule} is late: it was due by {when}"),
    "forbidden": ("{when}的{event}违反：{rule}", "{event} on {when} breaks the rule: {rule}"),
    "missed": ("未按时履行：{rule}，应不晚于{when}", "not done in time: {rule}, due by {when}"),
    "done_late": ("逾期履行：{rule}，应不晚于{when}", "done late: {rule}, due by {when}"),
    "incomplete": ("{rule}要素不全，缺：{missing}", "{rule} is incomplete; it lacks: {missing}"),
    "extension_without_effect": (
        "{when}的延期不生效（{rule}）：{lacking}",
        "the extension of {when} has no effect ({rule}): {lacking}",
    ),
    "suspension_without_effect": (
        "{when}的中止不生效，{rule}照计：{lacking}",
        "the suspension of {when} has no effect, {rule} ran on: {lacking}",
    ),
    "open_duty": ("尚有义务未履行，不能就此结案：{rule}", "there is still something to be done before closing: {rule}"),
    "not_yet_known": (
        "{when}的{event}晚于评估时刻，未计入",
        "{event} of {when} lies after the moment asked about; left out",
    ),
    "duplicate": ("{when}的{event}重复记录，只计一次", "{event} of {when} is recorded twice; it counts once"),
    "second_receipt": (
        "{when}另有一次收到的记录，仍以首次为准",
        "a second receipt is recorded on {when}; the first one counts",
    ),
    "before_receipt": ("{when}的{event}早于收到投诉，未计入", "{event} of {when} lies before the receipt; left out"),
    "bad_amendment": ("{when}的更正无法采用，未计入：{why}", "the amendment of {when} cannot be used, left out: {why}"),
    "resume_without_pause": (
        "{when}恢复计时，此前却没有对应的中止",
        "resumed on {when} without a suspension to resume from",
    ),
    "already_suspended": (
        "{when}再次中止，而同一中止尚未恢复",
        "suspended again on {when} while the same suspension lasts",
    ),
    "reopening_of_open_case": ("{when}重新受理，而案件并未结束", "reopened on {when} although it had not ended"),
    "already_ended": ("{when}的{event}：案件此前已经结束", "{event} on {when}, though it had ended before"),
    "after_withdrawal": ("{when}的{event}发生在撤回之后", "{event} on {when} follows the withdrawal"),
    "after_closing": (
        "{when}的{event}发生在办结之后，应先重新受理",
        "{event} on {when} follows the closing; reopen the case first",
    ),
    "after_refusal": ("{when}的{event}发生在不予受理之后", "{event} on {when} follows the refusal"),
    "refused_after_acceptance": ("{when}不予受理，而此前已经受理", "refused on {when} although it had been accepted"),
    "archived_before_closing": ("{when}归档，而案件尚未结束", "archived on {when} before it had ended"),
    "unknown_kind": ("{when}的事项种类不在规则中：{event}", "the rules know no such kind of event, {when}: {event}"),
    "unknown_level": ("{when}的{event}流向未知的层级或主体", "{event} of {when} goes to an unknown level or body"),
    "empty_amendment": ("{when}的更正没有写明任何事实", "the amendment of {when} changes no fact"),
    "pause_without_moment": ("{event}没有时间，无法计入", "{event} has no moment and cannot be reckoned with"),
    "recorded_out_of_order": ("{when}的{event}补记较晚", "{event} of {when} was recorded after later ones"),
}
"""What each violation says; what stands in braces is filled in."""

LACKING: Final[Mapping[str, Pair]] = {
    "not_approved": ("未经有权人批准", "nobody entitled to it approved it"),
    "requirements": ("所需手续不齐", "what it requires is not there"),
    "condition": ("不符合适用条件", "its condition does not hold"),
    "too_late": ("手续在期限届满后才齐备", "it was complete only after the limit had run out"),
    "other_unit": ("其单位与所适用期限不同，无从相加", "it is in another unit than the figure that applies"),
    "too_often": ("已超过允许次数", "it may not be granted that often"),
}
"""Why an extension or a suspension has no effect."""

ANSWERERS: Final[Mapping[str, Pair]] = {
    "customer": ("客户", "the customer"),
    "handler": ("经办人", "the handler"),
    "bank_records": ("本机构记录", "the institution's own records"),
    "verification": ("调查核实", "verification"),
    "links": ("关联查询", "a search for linked complaints"),
}
"""Who can answer a question."""

NOTES: Final[Mapping[str, Pair]] = {
    "not_in_force": (
        "收到投诉之日本规则不在有效期内{detail}",
        "these rules were not in force on the day of receipt{detail}",
    ),
    "not_applicable": ("本规则的适用条件不成立：{detail}", "these rules do not claim to apply: {detail}"),
    "possibly_not_applicable": (
        "本规则是否适用尚不确定：{detail}",
        "whether these rules apply is not certain: {detail}",
    ),
    "ignored_fact": ("本规则没有这一事实，未予理会：{detail}", "the rules know no such fact; it is ignored: {detail}"),
    "ignored_link": ("本规则没有这一关联，未予理会：{detail}", "the rules know no such link; it is ignored: {detail}"),
}
"""What each note says; ``{detail}`` is filled in."""

MISSING: Final[Mapping[str, Pair]] = {
    "parameter": ("未提供的参数", "parameter not supplied"),
    "link": ("未作的关联查询", "link nobody looked for"),
}
"""What can be missing."""

REOPENINGS: Final[Mapping[Reopen, Pair]] = {
    Reopen.CONTINUE: ("重新受理后接着计，其间按中止处理", "a reopening goes on with it; the closed time is a pause"),
    Reopen.RESTART: ("重新受理后从头计", "a reopening starts it anew"),
    Reopen.NEW: ("重新受理后另计一次，原结果保留", "a reopening starts a second run; the first keeps its result"),
}
"""What a reopening does."""

ROLLS: Final[Mapping[Roll, Pair]] = {
    Roll.NEXT_WORKING_DAY: (
        "末日逢休息日移至下一工作日",
        "a last day that does not work moves to the next working day",
    ),
    Roll.PREVIOUS_WORKING_DAY: (
        "末日逢休息日提前至上一工作日",
        "a last day that does not work moves to the working day before",
    ),
}
"""Where a last day moves."""

RECEIPTS: Final[Mapping[Receipt, Pair]] = {
    Receipt.NEXT_WORKING_DAY: (
        "休息日收到的视为下一工作日收到",
        "an arrival on a rest day is deemed one of the next working day",
    ),
}
"""How a receipt on a rest day is read."""

REPORTED: Final[Mapping[str, Pair]] = {
    "day": ("每日", "daily"),
    "week": ("每周", "weekly"),
    "month": ("每月", "monthly"),
    "quarter": ("每季", "quarterly"),
    "half_year": ("每半年", "half-yearly"),
    "year": ("每年", "yearly"),
}
"""How often a figure is reported."""

FACT_TYPES: Final[Mapping[str, Pair]] = {
    "bool": ("是／否", "yes or no"),
    "int": ("整数", "whole number"),
    "decimal": ("精确数", "exact number"),
    "text": ("代码", "code"),
    "set": ("代码集合", "set of codes"),
    "moment": ("时刻或日期", "moment or day"),
    "day": ("日期", "day"),
    "level": ("层级", "level"),
    "period": ("期限", "period"),
}
"""What kind of value a fact or parameter has."""

FIELDS: Final[Mapping[str, Pair]] = {
    "by": ("经办", "by"),
    "to": ("对象", "to"),
    "unit": ("机构", "unit"),
    "outcome": ("结果", "outcome"),
    "reason": ("原因", "reason"),
    "ref": ("关联", "reference"),
    "approved_by": ("批准", "approved by"),
    "told": ("已告知", "told"),
    "items": ("要素", "items"),
}
"""Fields of an event that a rule can select by."""

HAPPENINGS: Final[Mapping[str, Pair]] = {
    "received": ("收到投诉", "received"),
    "event": ("事项", "event"),
    "handed_over": ("转手", "handed over"),
    "stopped": ("中止", "stopped"),
    "resumed": ("恢复", "resumed"),
    "extended": ("延期", "extended"),
    "extension_refused": ("延期不生效", "extension without effect"),
    "stop_refused": ("中止未停任何时限", "suspension that stops no limit"),
    "restarted": ("重新起算", "restarted"),
    "reopened": ("重新受理", "reopened"),
    "met": ("按时完成", "met in time"),
    "void": ("时限不再计算", "void"),
    "warned": ("提醒", "warning"),
    "due": ("届满", "due"),
    "breached": ("逾期", "breached"),
}
"""What a moment of a timeline can be."""


def left_over(remaining: int | dt.timedelta, unit: Unit, lang: str) -> str:
    """Write what is left of a limit, in days of its own kind or as a length of time.

    >>> left_over(3, Unit.WORKING_DAYS, "zh"), left_over(3, Unit.MONTHS, "en")
    ('3个工作日', '3 days')
    """
    if isinstance(remaining, dt.timedelta):
        return length(remaining, lang)
    return spoken(remaining, unit if unit is Unit.WORKING_DAYS else Unit.DAYS, lang)
