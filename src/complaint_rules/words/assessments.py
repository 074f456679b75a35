"""Everything a person reads of an assessment, in Chinese and English; see also `findings` and `rulebooks`."""

from __future__ import annotations

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Clock
from complaint_rules.assessment.contacts import ContactPlan
from complaint_rules.assessment.drafts import Skeleton
from complaint_rules.assessment.duties import Obligation
from complaint_rules.assessment.findings import Check, Finding
from complaint_rules.assessment.notifications import Notification
from complaint_rules.assessment.permission import Permission
from complaint_rules.assessment.questions import Note, NoteCode
from complaint_rules.language import Lang
from complaint_rules.moments import INSTANT
from complaint_rules.policy.policy import Policy
from complaint_rules.words.clocks import brief_clock, explain_clock
from complaint_rules.words.duties import duty_lines, explain_duty
from complaint_rules.words.findings import explain_finding
from complaint_rules.words.notifications import explain_notification
from complaint_rules.words.phrases import NOTES
from complaint_rules.words.preparing import explain_contact_plan, explain_skeleton
from complaint_rules.words.violations import explain_permission, explain_violation, meant, question_lines
from complaint_rules.words.voices import Voice, voice

__all__ = [
    "explain", "explain_assessment", "explain_clock", "explain_duty", "explain_finding", "explain_notification",
    "explain_permission", "explain_violation",
]  # fmt: skip


def explain(answer: object, lang: Lang) -> str:
    """Say any answer of `assess` and `permitted`, and what is made of one: the door that `assessing` hands in.

    Raises `UnknownLanguage`.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> explain(found.clocks["whole"], "en").splitlines()[0]
    'Whole process [limit/whole] (art. 14 item (1)): running'
    """
    match answer:
        case Assessment():
            return explain_assessment(answer, lang)
        case Finding():
            return explain_finding(answer, lang)
        case Clock():
            return explain_clock(answer, lang)
        case Obligation():
            return explain_duty(answer, lang)
        case Notification():
            return explain_notification(answer, lang)
        case Permission():
            return explain_permission(answer, answer.policy, lang)
        case Skeleton():
            return explain_skeleton(answer, lang)
        case ContactPlan():
            return explain_contact_plan(answer, lang)
    raise TypeError(f"no words for {type(answer).__name__}")  # pragma: no cover - the eight classes call it themselves


def explain_assessment(assessment: Assessment, lang: Lang) -> str:
    """Explain an assessment in full (评估说明): classes, time limits, duties, questions, violations, what is missing.

    Raises `UnknownLanguage` for any language but ``zh`` and ``en``.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> explain_assessment(found, "en").splitlines()[1]
    'Case c-1, received 2026-09-30 (Wed) 16:05, as known at 2026-09-30 (Wed) 16:05'
    """
    spoken = voice(assessment.policy, lang)
    sections = [
        ("", _head(assessment, spoken)),
        (spoken.pick("认定", "Findings"), _findings(assessment, spoken)),
        (spoken.pick("时限", "Time limits"), _clocks(assessment, spoken)),
        (spoken.pick("义务", "Duties"), duty_lines(assessment.duties, spoken)),
        (spoken.pick("要素清单", "Checklists"), [f"- {_check(check, spoken)}" for check in assessment.checks]),
        (spoken.pick("待核实事项", "Questions"), question_lines(assessment.questions, spoken)),
        (spoken.pick("违规与提醒", "Violations and warnings"), _violations(assessment, spoken)),
        (spoken.pick("未提供", "Not supplied"), _missing(assessment, spoken)),
        (spoken.pick("说明", "Notes"), _notes(assessment, spoken)),
        (spoken.pick("下一步", "What comes next"), _next(assessment, spoken)),
    ]
    texts = ["\n".join([f"{title}" for title in (title,) if title] + lines) for title, lines in sections if lines]
    return "\n\n".join(texts)


# --- the parts of an assessment ---


def _head(assessment: Assessment, spoken: Voice) -> list[str]:
    policy, case = assessment.policy, assessment.case
    title, issuer = spoken.titled(policy.title, policy.id), spoken.titled(policy.issuer, "")
    received, at = spoken.point(case.complaint.received), spoken.point(assessment.at)
    state = assessment.state
    phase = spoken.event(state.phase)
    lines = [
        spoken.pick(
            f"{title}（{policy.id}，版本{policy.edition}，{issuer}）",
            f"{title} ({policy.id}, edition {policy.edition}, {issuer})",
        ),
        spoken.pick(
            f"案件 {case.complaint.id}，收到于 {received}，评估时刻 {at}",
            f"Case {case.complaint.id}, received {received}, as known at {at}",
        ),
        spoken.pick(
            f"当前环节：{phase}{'（已结束）' if state.ended else ''}",
            f"stands at: {phase}{' (ended)' if state.ended else ''}",
        ),
    ]
    if state.stopped:
        stops = spoken.listed(
            spoken.code(reason or ref or spoken.pick("未记原因", "no reason recorded")) for ref, reason in state.stopped
        )
        lines.append(spoken.pick(f"中止未恢复：{stops}", f"suspended and not resumed: {stops}"))
    return lines


def _findings(assessment: Assessment, spoken: Voice) -> list[str]:
    return [_bullet(_finding(finding, spoken)) for finding in assessment.findings.values()]


def _finding(finding: Finding, spoken: Voice) -> str:
    """Explain a finding; of a list of grounds of which none holds, only that, and what could still change it."""
    text = explain_finding(finding, spoken.lang)
    if not finding.table.every or finding.decision.fired or finding.table.missing:
        return text
    head, *rest = text.splitlines()
    return "\n".join([head, *(rest[-1:] if finding.assumed else [])])


def _bullet(text: str) -> str:
    return "- " + text.replace("\n", "\n  ")


def _clocks(assessment: Assessment, spoken: Voice) -> list[str]:
    binding = assessment.binding
    lines = []
    idle: dict[str, list[str]] = {}
    for clock in assessment.clocks.values():
        if clock.runs and any(run.status != "not_applicable" for run in clock.runs):
            lines.append(_bullet("\n".join(brief_clock(clock, spoken, binding=clock is binding))))
        else:
            idle.setdefault(clock.status.title(spoken.lang), []).append(spoken.rule(clock.rule))
    lines += [f"- {status}{spoken.pick('：', ': ')}{spoken.listed(names)}" for status, names in idle.items()]
    return lines


def _check(check: Check, spoken: Voice) -> str:
    checklist = check.checklist
    title = f"{spoken.titled(checklist.title, checklist.id)}{spoken.cited(checklist.cite)}"
    of = spoken.happened(check.entry)
    if check.missing is None:
        state = spoken.pick("未登记已有哪些要素，是否齐备不明", "which items it holds is not recorded")
    elif check.missing:
        items = spoken.listed(spoken.titled(checklist.items[item], item) for item in check.missing)
        state = spoken.pick(f"缺{items}", f"lacks {items}")
    else:
        state = spoken.pick("齐备", "complete")
    return f"{title}{spoken.bracketed(of)}{spoken.pick('：', ': ')}{state}{spoken.mark(checklist.reading)}"


def _violations(assessment: Assessment, spoken: Voice) -> list[str]:
    found = [f"- {explain_violation(one, assessment.policy, spoken.lang)}" for one in assessment.violations]
    return found or [spoken.pick("- 无", "- none")]


def _missing(assessment: Assessment, spoken: Voice) -> list[str]:
    lines = []
    for gap in assessment.missing:
        waits = spoken.listed(map(spoken.rule, gap.waits))
        title = f"{spoken.titled(gap.title, gap.name)}{spoken.cited(gap.cite)}"
        title = f"{gap.what.title(spoken.lang)}{spoken.pick('：', ': ')}{title}"
        lines.append(
            f"- {title}" + (spoken.pick(f"；待其提供：{waits}", f"; waiting for it: {waits}") if waits else "")
        )
    return lines


def _notes(assessment: Assessment, spoken: Voice) -> list[str]:
    lines = [f"- {_note(note, assessment.policy, spoken)}" for note in assessment.notes]
    return lines + [f"- {spoken.titled(titles, '')}" for titles in assessment.policy.notes]


def _note(note: Note, policy: Policy, spoken: Voice) -> str:
    detail = ""
    if note.code in (NoteCode.IGNORED_FACT, NoteCode.IGNORED_LINK):
        named = note.detail["fact" if note.code is NoteCode.IGNORED_FACT else "link"]
        detail = named + meant(note.detail.get("meant"), spoken)
    elif note.code in (NoteCode.FOREIGN_CODE, NoteCode.UNKNOWN_CODE):
        fact, code = spoken.fact(note.detail["fact"]), note.detail["code"]
        detail = spoken.pick(f"{fact}＝{code}", f"{fact} = {code}") + meant(note.detail.get("meant"), spoken)
    elif note.code is NoteCode.UNLISTED_CODE:
        limit, fact = spoken.rule(note.detail["rule"]), spoken.quoted(spoken.fact(note.detail["fact"]))
        detail = spoken.pick(f"{limit}，{fact}", f"{limit}, {fact}")
    elif note.code is NoteCode.NOT_IN_FORCE:
        since, until = policy.effective_from, policy.effective_until
        dates = [
            "" if since is None else spoken.pick(f"自{since}起", f"from {since}"),
            "" if until is None else spoken.pick(f"至{until}止", f"until {until}"),
        ]
        detail = spoken.bracketed(spoken.joined(dates))
    else:
        detail = "" if policy.applies is None else spoken.condition(policy.applies)
    return spoken.of(NOTES[note.code]).format(detail=detail)


def _next(assessment: Assessment, spoken: Voice) -> list[str]:
    lines = []
    change = assessment.next_change_at
    if change is not None:
        when, after = spoken.point(change), ""
        if change.microsecond == 1:
            when, after = spoken.point(change - INSTANT), spoken.pick("刚过", "just after ")
        lines.append(
            spoken.pick(
                f"- 若无新事项，下一次变化在 {when}{after}",
                f"- if nothing happens, the next change comes {after or 'at '}{when}",
            )
        )
    for retention, keep in assessment.kept:
        if keep is not None:
            cite = spoken.cited(retention.cite)
            what = spoken.titled(retention.title, "") or spoken.pick("档案", "the file")
            lines.append(
                spoken.pick(
                    f"- {what}保管至 {spoken.point(keep)}（含）{cite}",
                    f"- {what} is kept until {spoken.point(keep)} (inclusive){cite}",
                )
            )
    return lines
