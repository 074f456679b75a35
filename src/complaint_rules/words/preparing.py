"""What a handler prepares, in words: the skeleton of a document as a list to be ticked off, and a contact plan."""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.assessment.contacts import Attempts, ContactPlan, ContactTarget
from complaint_rules.assessment.drafts import Skeleton, SkeletonPart
from complaint_rules.language import Lang
from complaint_rules.policy.rules import Duty
from complaint_rules.words.phrases import PROHIBITIONS
from complaint_rules.words.voices import Voice, voice


def explain_skeleton(skeleton: Skeleton, lang: Lang) -> str:
    """Say what a document has to hold (文书骨架): every item with its article, ticked off where it is there.

    Raises `UnknownLanguage`.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, Event, assess, load_policy
    >>> from complaint_rules.assessment import skeleton
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("cbirc-2020-3"), at=received)
    >>> reply = skeleton(found, Event("replied", items={"verified"}))
    >>> print(explain_skeleton(reply, "en"))
    “decision told”:
    must: What the decision tells [checklist/reply] (...)
      [x] What was verified (...)
      [ ] Basis and reasons (...)
    ...
    """
    spoken = voice(skeleton.snapshot.policy, lang)
    pick = spoken.pick
    made = "" if skeleton.made is None else spoken.bracketed(spoken.point(skeleton.made.when))
    lines = [f"{spoken.event(skeleton.draft.kind)}{made}{pick('：', ':')}"]
    if not skeleton.parts:
        lines.append(pick("没有要素清单", "there is no checklist for it"))
    if not skeleton.recorded:
        lines.append(pick("未登记已有哪些要素", "which items it holds is not recorded"))
    for part in skeleton.parts:
        lines += _part(part, spoken)
    return "\n".join(lines)


def _part(part: SkeletonPart, spoken: Voice) -> Iterator[str]:
    checklist = part.checklist
    title = f"{spoken.titled(checklist.title, checklist.id)}{spoken.key(part.rule)}{spoken.cited(part.cite)}"
    force = checklist.modality.title(spoken.lang)
    yield f"{force}{spoken.pick('：', ': ')}{title}{spoken.mark(checklist.reading)}"
    if part.hangs_on:
        facts = spoken.facts(part.hangs_on)
        yield "  " + spoken.pick(f"是否适用取决于未知事实：{facts}", f"called for or not, that hangs on: {facts}")
    for item, titles in part.items.items():
        tick = "[x]" if item in part.there else "[ ]"
        yield f"  {tick} {spoken.titled(titles, item)}{spoken.cited(part.cite)}"


def explain_contact_plan(plan: ContactPlan, lang: Lang) -> str:
    """Say when the customer may and has to be reached, and how often (联系计划), each with its article.

    Raises `UnknownLanguage`.

    >>> from complaint_rules import Case, Complaint, Event, assess, load_policy
    >>> from complaint_rules.assessment import contact_plan
    >>> import datetime as dt
    >>> def at(text):
    ...     return dt.datetime.fromisoformat(f"2026-09-30T{text}+08:00")
    >>> case = Case(Complaint(id="c-1", received=at("09:00")), [Event("resolved", at("17:00"))])
    >>> found = assess(case, load_policy("psbc-95580"), at=at("19:30"))
    >>> print(explain_contact_plan(contact_plan(found), "zh").splitlines()[1])
    下一个可联系时段：2026-10-01（周四）08:00至2026-10-01（周四）18:00
    """
    spoken = voice(plan.snapshot.policy, lang)
    return "\n".join(
        [*_hours(plan, spoken), *(_target(one, plan, spoken) for one in plan.targets), *_attempts(plan, spoken)]
    )


def _hours(plan: ContactPlan, spoken: Voice) -> Iterator[str]:
    pick, (first, last) = spoken.pick, plan.window
    if plan.quiet is None or last is None:
        yield pick("本规则集未规定免打扰时段，其他规定或有", "this rule set names no quiet hours; other rules may")
        return
    hours = f"{plan.quiet.text()}{spoken.cited(spoken.policy.quiet_cite)}"
    if plan.permitted_now:
        yield pick(
            f"现在在免打扰时段{hours}之外，可以联系", f"now lies outside the quiet hours {hours}: contact is permitted"
        )
        yield pick(f"可联系至{spoken.point(last)}", f"permitted until {spoken.point(last)}")
    else:
        yield pick(f"现在在免打扰时段{hours}之内", f"now lies in the quiet hours {hours}")
        times = spoken.point(first), spoken.point(last)
        yield pick(f"下一个可联系时段：{times[0]}至{times[1]}", f"next permitted: {times[0]} to {times[1]}")
    for duty in plan.rules:
        yield _rule(duty, spoken)


def _rule(duty: Duty, spoken: Voice) -> str:
    force = spoken.of(PROHIBITIONS[duty.modality])
    text = f"{force}{spoken.pick('：', ': ')}{spoken.titled(duty.title, duty.id)}{spoken.cited(duty.cite)}"
    if duty.unless is None:
        return text
    unless = spoken.condition(duty.unless)
    return spoken.joined([text, spoken.pick(f"例外：{unless}", f"unless {unless}")])


def _target(target: ContactTarget, plan: ContactPlan, spoken: Voice) -> str:
    pick = spoken.pick
    due = spoken.point(target.due_at)
    text = f"{spoken.rule(target.rule)}{spoken.cited(target.cite)}{pick('：', ': ')}"
    text += pick(f"{due}届满（含）", f"due {due} (inclusive)")
    if target.overdue:
        rest = spoken.left(target.due_at, plan.snapshot.at)
    elif target.contact_by is None:
        rest = pick(
            "，届满前已无可联系时刻，只有破例联系才能按时",
            "; no permitted moment is left, only a deviation can meet it",
        )
    else:
        by = spoken.point(target.contact_by)
        rest = pick(f"，最晚联系时刻{by}", f"; the last moment to make contact: {by}")
    return text + rest


def _attempts(plan: ContactPlan, spoken: Voice) -> Iterator[str]:
    pick = spoken.pick
    for one in plan.attempts:
        text = f"{spoken.titled(one.duty.title, one.duty.id)}{spoken.cited(one.duty.cite)}{pick('：', ': ')}"
        yield text + _state(one, spoken) + spoken.mark(one.duty.reading)
    if not plan.attempts:
        yield pick(
            f"规则未规定联系次数；已联系{plan.made}次", f"no number of attempts is set; made so far: {plan.made}"
        )


def _state(attempts: Attempts, spoken: Voice) -> str:
    pick = spoken.pick
    if attempts.status is None:
        after = spoken.selectors(attempts.duty.after)
        return pick(
            f"尚未触发，一旦{after}，须{attempts.needed}次", f"{attempts.needed} once {after} happens, not so far"
        )
    status = attempts.status.title(spoken.lang)
    text = pick(
        f"须{attempts.needed}次，已{attempts.made}次，还差{attempts.left}次，{status}",
        f"{attempts.needed} wanted, {attempts.made} made, {attempts.left} left, {status}",
    )
    if attempts.due_at is None:
        return text
    due = spoken.point(attempts.due_at)
    return text + pick(f"，{due}届满（含）", f", due {due} (inclusive)")
