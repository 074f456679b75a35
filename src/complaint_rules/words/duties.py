"""Duties in words."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from complaint_rules.assessment.duties import DutyStatus, Obligation
from complaint_rules.cases.entries import Entry
from complaint_rules.language import Lang
from complaint_rules.policy.rules import Duty, Modality
from complaint_rules.words.phrases import (
    PROHIBITIONS,
)
from complaint_rules.words.voices import Voice, voice

_RUNNING: Final = (DutyStatus.DUE, DutyStatus.OVERDUE, DutyStatus.OPEN)
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


def explain_duty(obligation: Obligation, lang: Lang) -> str:
    """Explain one duty (义务说明): who, what, towards whom, from when, by when, where it stands, and its article.

    Raises `UnknownLanguage`.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> print(explain_duty(found.duties[0], "en"))
    should: Explain online where that can settle it [duty/explain_online] (art. 15 item (1) sub-item 1): to be done
      who: Head-office call centre 95580
      act: “Explained online”
      since: 2026-09-30 (Wed) 16:05 “received”
    """
    policy, duty = obligation.snapshot.policy, obligation.duty
    spoken = voice(policy, lang)
    modality, status = _force(duty.modality, spoken), obligation.status.title(spoken.lang)
    rule = f"{spoken.titled(duty.title, duty.id)}{spoken.key(obligation.rule)}{spoken.cited(duty.cite)}"
    lines = [spoken.pick(f"{modality}：{rule}：{status}", f"{modality}: {rule}: {status}")]

    def add(zh: str, en: str, text: str) -> None:
        if text:
            lines.append(f"  {spoken.pick(zh + '：', en + ': ')}{text}")

    add("义务人", "who", spoken.holder(duty.who))
    add("对象", "to", spoken.holder(duty.to))
    acts = spoken.selectors(duty.acts)
    add("行为", "act", "" if duty.unless is not None else acts)
    add("起自", "since", _since(obligation, spoken))
    if duty.when is not None:
        add("条件", "where", spoken.condition(duty.when))
    if duty.unless is not None:
        add("要求", "requirement", only_where(duty, spoken))
    add("期限", "within", "" if duty.within is None else duty.within.text(lang))
    if obligation.since is not None and duty.within is not None:
        add("起算", "counted from", duty.counted_from.title(lang))
    if obligation.due_at is not None:
        left = spoken.left(obligation.due_at, obligation.snapshot.at) if obligation.status in _RUNNING else ""
        add("届满", "due", spoken.point(obligation.due_at) + spoken.pick("（含）", " (inclusive)") + left)
    add("经过", "acts", spoken.joined(_act(act, spoken) for act in obligation.acts))
    add("仍可能改变的未知事实", "unknown facts that could still change it", _unknown(obligation, spoken))
    add("未提供的参数", "parameters not supplied", spoken.listed(duty.missing))
    if obligation.snapshot.shut and obligation.rule in obligation.snapshot.plan.hours_wanted:
        add("未提供", "not supplied", spoken.pick("营业时间", "opening hours"))
    add("编者理解", "our reading", "" if duty.reading is None else spoken.titled(duty.reading, ""))
    return "\n".join(lines)


def duty_lines(duties: Sequence[Obligation], spoken: Voice) -> list[str]:
    """List duties that bear on the case: first what waits, then what was done or holds, then the rest by title alone.

    What is forbidden or permitted in every complaint, and was not done here, is only counted.
    """
    always = [duty for duty in duties if _bears_on_every_case(duty)]
    lines = [
        f"- {_brief_duty(duty, spoken)}"
        for statuses in (_WAITING, _DONE)
        for duty in duties
        if duty.status in statuses and duty not in always
    ]
    past: dict[str, dict[str, None]] = {}
    for duty in duties:
        if duty.status in _PAST:
            past.setdefault(duty.status.title(spoken.lang), {})[spoken.rule(duty.rule)] = None
    lines += [f"- {status}{spoken.pick('：', ': ')}{spoken.listed(names)}" for status, names in past.items()]
    if always:
        lines.append(
            spoken.pick(
                f"- 另有{len(always)}项禁止或许可适用于每件投诉，本案未见相关行为，见规则手册",
                f"- {len(always)} more prohibitions or permissions hold for every complaint; no such act is on record "
                "here: see the rule book",
            )
        )
    return lines


def _bears_on_every_case(obligation: Obligation) -> bool:
    duty = obligation.duty
    quiet = obligation.status in (DutyStatus.IN_FORCE, DutyStatus.OPEN) and not obligation.acts
    return quiet and duty.when is None and obligation.trigger.place < 0


def _brief_duty(obligation: Obligation, spoken: Voice) -> str:
    duty = obligation.duty
    who, to = spoken.holder(duty.who), spoken.holder(duty.to)
    modality, status = _force(duty.modality, spoken), obligation.status.title(spoken.lang)
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


def only_where(duty: Duty, spoken: Voice) -> str:
    """Say a prohibition with an exception as the requirement that it is: the act, and what it then takes.

    >>> from complaint_rules.policy.loading import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> only_where(policy.duties["verify_first"], voice(policy, "zh"))
    '“形成处理结果”须符合：已调查核实'
    """
    acts = spoken.selectors(duty.acts)
    condition = "" if duty.unless is None else spoken.condition(duty.unless)
    if duty.modality.binding:
        return spoken.pick(f"{acts}须符合：{condition}", f"{acts} only where {condition}")
    return spoken.pick(f"{acts}原则上须符合：{condition}", f"{acts}, as a principle, only where {condition}")


def _force(modality: Modality, spoken: Voice) -> str:
    """Say how a duty binds, in a word that can stand before its title."""
    return spoken.of(PROHIBITIONS[modality]) if modality in PROHIBITIONS else modality.title(spoken.lang)


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
