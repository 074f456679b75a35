"""Everything a person reads of an assessment, in Chinese and English; see also `reasons` and `rulebook`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.clocks import Clock
from complaint_rules.assessment.duties import DutyStatus, Obligation
from complaint_rules.assessment.findings import Check, Finding, Note, Question
from complaint_rules.assessment.permission import Permission
from complaint_rules.cases.timeline import Entry, Violation
from complaint_rules.moments import INSTANT
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Modality
from complaint_rules.words.clocks import brief_clock, explain_clock
from complaint_rules.words.findings import explain_finding
from complaint_rules.words.phrases import (
    ANSWERERS,
    DUTY_STATUSES,
    MISSING,
    MODALITIES,
    NOTES,
    PROHIBITIONS,
    SEVERITIES,
    STATUSES,
    VIOLATIONS,
)
from complaint_rules.words.voices import Voice, voice

__all__ = [
    "explain", "explain_assessment", "explain_clock", "explain_duty", "explain_finding", "explain_permission",
    "explain_violation",
]  # fmt: skip

_WAITING: Final = (DutyStatus.OVERDUE, DutyStatus.DUE, DutyStatus.UNDETERMINED)
_DONE: Final = (
    DutyStatus.DONE_LATE,
    DutyStatus.DONE,
    DutyStatus.BREACHED,
    DutyStatus.IN_FORCE,
    DutyStatus.OPEN,
    DutyStatus.USED,
)
_PAST: Final = (DutyStatus.LAPSED, DutyStatus.OVER, DutyStatus.EXPIRED)


def explain(answer: object, lang: str) -> str:
    """Say any answer of `assess` and `permitted` in a language: the door that `assessing` hands in.

    Raises `UnknownLanguage`.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> explain(found.clocks["whole"], "en").splitlines()[0]
    'Whole process [limit/whole] (art. 14): running'
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
        case Permission():
            return explain_permission(answer, answer.policy, lang)
    raise TypeError(f"no words for {type(answer).__name__}")  # pragma: no cover - the five classes call it themselves


def explain_assessment(assessment: Assessment, lang: str) -> str:
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
        (spoken.pick("义务", "Duties"), _duties(assessment.duties, spoken)),
        (spoken.pick("要素清单", "Checklists"), [f"- {_check(check, spoken)}" for check in assessment.checks]),
        (spoken.pick("待核实事项", "Questions"), _questions(assessment.questions, spoken)),
        (spoken.pick("违规与提醒", "Violations and warnings"), _violations(assessment, spoken)),
        (spoken.pick("未提供", "Not supplied"), _missing(assessment, spoken)),
        (spoken.pick("说明", "Notes"), _notes(assessment, spoken)),
        (spoken.pick("下一步", "What comes next"), _next(assessment, spoken)),
    ]
    texts = ["\n".join([f"{title}" for title in (title,) if title] + lines) for title, lines in sections if lines]
    return "\n\n".join(texts)


def explain_duty(obligation: Obligation, lang: str) -> str:
    """Explain one duty (义务说明): who, what, towards whom, from when, by when, where it stands, and its article.

    Raises `UnknownLanguage`.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> print(explain_duty(found.duties[0], "en"))
    should: Explain online where that can settle it [duty/explain_online] (art. 15(1)1): to be done
      who: Head-office call centre 95580
      act: “Explained online”
      since: 2026-09-30 (Wed) 16:05 “received”
    """
    policy, duty = obligation.snapshot.policy, obligation.duty
    spoken = voice(policy, lang)
    modality, status = _force(duty.modality, spoken), spoken.of(DUTY_STATUSES[obligation.status])
    rule = f"{spoken.titled(duty.title, duty.id)}{spoken.key(obligation.rule)}{spoken.cited(duty.cite)}"
    lines = [spoken.pick(f"{modality}：{rule}：{status}", f"{modality}: {rule}: {status}")]

    def add(zh: str, en: str, text: str) -> None:
        if text:
            lines.append(f"  {spoken.pick(zh + '：', en + ': ')}{text}")

    add("义务人", "who", spoken.holder(duty.who))
    add("对象", "to", spoken.holder(duty.to))
    add("行为", "act", spoken.selectors(duty.acts))
    add("起自", "since", _since(obligation, spoken))
    if duty.when is not None:
        add("条件", "where", spoken.condition(duty.when))
    if duty.unless is not None:
        add("例外", "unless", spoken.condition(duty.unless))
    add("期限", "within", "" if duty.within is None else duty.within.text(lang))
    if obligation.due_at is not None:
        add("届满", "due", spoken.point(obligation.due_at) + spoken.pick("（含）", " (inclusive)"))
    add("经过", "acts", spoken.joined(_act(act, spoken) for act in obligation.acts))
    add("仍可能改变的未知事实", "unknown facts that could still change it", _unknown(obligation, spoken))
    add("未提供的参数", "parameters not supplied", spoken.listed(duty.missing))
    add("解读", "our reading", "" if duty.reading is None else spoken.titled(duty.reading, ""))
    return "\n".join(lines)


def explain_violation(violation: Violation, policy: Policy, lang: str) -> str:
    """Say what is wrong, by which article, and what was probably meant (违规说明). Raises `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.cases.timeline import Violation
    >>> wrong = Violation(code="resume_without_pause", severity="breach", event="resumed")
    >>> explain_violation(wrong, load_policy("psbc-95580"), "en")
    'breach: resumed on an unknown moment without a suspension to resume from'
    """
    spoken = voice(policy, lang)
    detail = violation.detail
    rule = violation.rule or ""
    lacking = ""
    if "lacking" in detail:
        lacking = spoken.lacking(detail["lacking"])
    missing = _items(policy, rule, detail.get("missing", ""), spoken)
    text = spoken.of(VIOLATIONS[violation.code]).format(
        rule=spoken.rule(rule),
        event=spoken.event(violation.event or ""),
        when=spoken.point(violation.at),
        lacking=lacking,
        missing=missing,
        # What an error says goes on with the value it refused, which is not ours to repeat.
        why=detail.get("why", "").partition("; got ")[0],
    )
    hint = _hint(detail.get("hint", ""), spoken)
    severity = spoken.of(SEVERITIES[violation.severity])
    return f"{severity}{spoken.pick('：', ': ')}{text}{spoken.cited(violation.cite)}{hint}"


def explain_permission(permission: Permission, policy: Policy, lang: str) -> str:
    """Say whether an act is allowed, what speaks against it with its article, and what is still to be asked (许可说明).

    Raises `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.assessment.permission import Permission
    >>> policy = load_policy("psbc-95580")
    >>> explain_permission(Permission(policy=policy), policy, "en")
    'allowed: nothing binding speaks against it'
    """
    spoken = voice(policy, lang)
    if permission:
        lines = [spoken.pick("可以：无强制性规定禁止", "allowed: nothing binding speaks against it")]
    else:
        count = len(permission.against)
        lines = [spoken.pick(f"不可以，理由{count}项：", f"not allowed, for {count} reason{'s' * (count > 1)}:")]
    lines += [f"- {explain_violation(one, policy, lang)}" for one in (*permission.against, *permission.warnings)]
    asked = _questions(permission.questions, spoken)
    if asked:
        lines.append(spoken.pick("答案还取决于：", "the answer could still depend on:"))
    return "\n".join(lines + asked)


# --- the parts of an assessment ---


def _head(assessment: Assessment, spoken: Voice) -> list[str]:
    policy, case = assessment.policy, assessment.case
    title, issuer = spoken.titled(policy.title, policy.id), spoken.titled(policy.issuer, "")
    received, at = spoken.point(case.complaint.received), spoken.point(assessment.at)
    state = assessment.state
    phase = spoken.event(state.phase)
    lines = [
        spoken.pick(
            f"{title}（{policy.id}，{policy.edition}版，{issuer}）",
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
    return [_bullet(explain_finding(finding, spoken.lang)) for finding in assessment.findings.values()]


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
            idle.setdefault(spoken.of(STATUSES[clock.status]), []).append(spoken.rule(clock.rule))
    lines += [f"- {status}{spoken.pick('：', ': ')}{spoken.listed(names)}" for status, names in idle.items()]
    return lines


def _duties(duties: Sequence[Obligation], spoken: Voice) -> list[str]:
    lines = [
        f"- {_brief_duty(duty, spoken)}" for statuses in (_WAITING, _DONE) for duty in duties if duty.status in statuses
    ]
    past: dict[str, dict[str, None]] = {}
    for duty in duties:
        if duty.status in _PAST:
            past.setdefault(spoken.of(DUTY_STATUSES[duty.status]), {})[spoken.rule(duty.rule)] = None
    lines += [f"- {status}{spoken.pick('：', ': ')}{spoken.listed(names)}" for status, names in past.items()]
    return lines


def _brief_duty(obligation: Obligation, spoken: Voice) -> str:
    duty = obligation.duty
    who, to = spoken.holder(duty.who), spoken.holder(duty.to)
    modality, status = _force(duty.modality, spoken), spoken.of(DUTY_STATUSES[obligation.status])
    title = f"{spoken.titled(duty.title, duty.id)}{spoken.cited(duty.cite)}"
    parts = [
        spoken.pick(f"{modality}·{status}：{title}", f"{modality}, {status}: {title}"),
        spoken.pick(f"由{who}", f"by {who}") if who else "",
        spoken.pick(f"向{to}", f"to {to}") if to else "",
    ]
    if obligation.trigger.place >= 0 or obligation.since is not None:
        parts.append(spoken.pick(f"自{_since(obligation, spoken)}起", f"since {_since(obligation, spoken)}"))
    if obligation.due_at is not None:
        due = spoken.point(obligation.due_at)
        parts.append(spoken.pick(f"至{due}止（含）", f"by {due} (inclusive)"))
    elif duty.within is not None:
        parts.append(duty.within.text(spoken.lang))
    parts += [_act(act, spoken) for act in obligation.acts]
    if unknown := _unknown(obligation, spoken):
        parts.append(spoken.pick(f"取决于未知事实：{unknown}", f"hangs on unknown facts: {unknown}"))
    return spoken.joined(parts) + spoken.mark(duty.reading)


def _force(modality: Modality, spoken: Voice) -> str:
    """Say how a duty binds, in a word that can stand before its title."""
    return spoken.of(PROHIBITIONS.get(modality) or MODALITIES[modality])


def _since(obligation: Obligation, spoken: Voice) -> str:
    if obligation.since is not None:
        return spoken.point(obligation.since) + spoken.bracketed(
            spoken.pick("条件自此成立", "when its condition came to hold")
        )
    return spoken.happened(obligation.trigger)


def _act(act: Entry, spoken: Voice) -> str:
    return spoken.happened(act) + spoken.bracketed(spoken.holder(act.event.by))


def _unknown(obligation: Obligation, spoken: Voice) -> str:
    return spoken.facts(obligation.snapshot.plan.names(obligation.unknown))


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


def _questions(questions: Iterable[Question], spoken: Voice) -> list[str]:
    by_ask: dict[str, list[str]] = {}
    for question in questions:
        affects = spoken.listed(map(spoken.rule, question.affects))
        why = spoken.pick(f"影响{affects}", f"bears on {affects}") if affects else ""
        by_ask.setdefault(question.ask, []).append(
            f"{spoken.titled(question.title, question.fact)}{spoken.bracketed(why)}"
        )
    known = [ask for ask in ANSWERERS if ask in by_ask]
    return [
        f"- {spoken.pick('问', 'ask ')}{spoken.of(ANSWERERS[ask])}{spoken.pick('：', ': ')}{spoken.joined(by_ask[ask])}"
        for ask in known
    ]


def _violations(assessment: Assessment, spoken: Voice) -> list[str]:
    found = [f"- {explain_violation(one, assessment.policy, spoken.lang)}" for one in assessment.violations]
    return found or [spoken.pick("- 无", "- none")]


def _missing(assessment: Assessment, spoken: Voice) -> list[str]:
    lines = []
    for gap in assessment.missing:
        waits = spoken.listed(map(spoken.rule, gap.waits))
        title = f"{spoken.titled(gap.title, gap.name)}{spoken.cited(gap.cite)}"
        title = f"{spoken.of(MISSING[gap.what])}{spoken.pick('：', ': ')}{title}"
        lines.append(
            f"- {title}" + (spoken.pick(f"；待其提供：{waits}", f"; waiting for it: {waits}") if waits else "")
        )
    return lines


def _notes(assessment: Assessment, spoken: Voice) -> list[str]:
    lines = [f"- {_note(note, assessment.policy, spoken)}" for note in assessment.notes]
    return lines + [f"- {spoken.titled(titles, '')}" for titles in assessment.policy.notes]


def _note(note: Note, policy: Policy, spoken: Voice) -> str:
    detail = ""
    if note.code in ("ignored_fact", "ignored_link"):
        named = note.detail["fact" if note.code == "ignored_fact" else "link"]
        detail = named + _hint(note.detail["hint"], spoken)
    elif note.code == "not_in_force":
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
    change, keep = assessment.next_change_at, assessment.keep_until
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
    if keep is not None:
        retention = assessment.policy.retention
        cite = "" if retention is None else spoken.cited(retention.cite)
        lines.append(
            spoken.pick(
                f"- 档案保管至 {spoken.point(keep)}（含）{cite}",
                f"- the file is kept until {spoken.point(keep)} (inclusive){cite}",
            )
        )
    return lines


def _items(policy: Policy, rule: str, codes: str, spoken: Voice) -> str:
    checklist = policy.checklists.get(rule.removeprefix("checklist/"))
    titles: Mapping[str, Mapping[str, str]] = {} if checklist is None else checklist.items
    return spoken.listed(spoken.titled(titles.get(code, {}), code) for code in codes.split(", "))


def _hint(hint: str, spoken: Voice) -> str:
    """Say the likely intent; the engine gives it in English, as ``did you mean 'x'?``."""
    if not hint:
        return ""
    meant = hint.removeprefix("did you mean '").removesuffix("'?")
    return spoken.pick(f"（是否想写“{meant}”？）", f" (did you mean “{meant}”?)")
