"""What a person reads of a clock: from when, how long and why, what stopped or stretched it, when it runs out."""

from __future__ import annotations

from collections.abc import Iterator

from complaint_rules.assessment.adjustments import unheeded_stops
from complaint_rules.assessment.clocks import CUSTOMERS, Clock, Run, Status
from complaint_rules.assessment.voids import unheeded_ends
from complaint_rules.language import Lang
from complaint_rules.periods.periods import is_at_once
from complaint_rules.periods.units import left_over
from complaint_rules.policy.rules import Modality
from complaint_rules.words.voices import Voice, voice


def explain_clock(clock: Clock, lang: Lang) -> str:
    """Explain a clock (时限说明), with the proof of its due moment day by day. Raises `UnknownLanguage`.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> explain_clock(found.clocks["whole"], "en").splitlines()[0]
    'Whole process [limit/whole] (art. 14 item (1)): running'
    """
    spoken = voice(clock.snapshot.policy, lang)
    lines = brief_clock(clock, spoken)
    proof = clock.proof
    if proof is not None:
        lines.append(spoken.pick("推算：", "how it is counted:"))
        lines += [f"  {line}" for line in proof.explain(lang).splitlines()]
    return "\n".join(lines)


def brief_clock(clock: Clock, spoken: Voice, *, binding: bool = False) -> list[str]:
    """Say everything about a clock but the proof day by day, as lines; `binding`: it is the one that runs out first."""
    limit = clock.limit
    head = (
        f"{spoken.titled(limit.title, limit.id)}{spoken.key(clock.rule)}"
        f"{spoken.cited(clock.cite)}{spoken.pick('：', ': ')}{_standing(clock, spoken)}"
    )
    if binding:
        head += spoken.pick("（各时限中最先届满）", " (the first of all to run out)")
    lines = [head]
    for number, run in enumerate(clock.runs, 1):
        if len(clock.runs) > 1:
            lines.append(spoken.pick(f"第{number}次：", f"run {number}: ") + _status(run, spoken))
        lines += [f"  {line}" for line in _run(clock, run, spoken, latest=run is clock.run)]
    if clock.runs:
        lines += [f"  {line}" for line in _stops(clock, spoken)]
    elif limit.when is not None:
        lines.append(f"  {spoken.pick('适用条件：', 'applies where: ')}{spoken.condition(limit.when)}")
    else:
        lines.append(f"  {spoken.pick('等待：', 'waits for: ')}{spoken.selectors(limit.starts)}")
    if limit.who is not None:
        who = spoken.holder(limit.who)
        lines.append(f"  {spoken.pick('承办单位：', 'who: ')}{who}{whose(limit.who, limit.modality, spoken)}")
    unknown = clock.snapshot.plan.names(clock.unknown)
    if unknown:
        lines.append(
            spoken.pick(
                f"  仍可能改变本时限的未知事实：{spoken.facts(unknown)}",
                f"  unknown facts that could still change it: {spoken.facts(unknown)}",
            )
        )
    if limit.missing:
        names = spoken.listed(spoken.titled(spoken.policy.parameters[name].title, name) for name in limit.missing)
        lines.append(spoken.pick(f"  未提供的参数：{names}", f"  parameters not supplied: {names}"))
    if limit.reading is not None:
        lines.append(f"  {spoken.mark(limit.reading).strip()}")
    return lines


def _standing(clock: Clock, spoken: Voice) -> str:
    """Say where a clock stands: its worst run first, then the latest where that stands otherwise."""
    worst, latest = clock.worst, clock.status
    text = worst.title(spoken.lang)
    if worst is latest:
        return text
    number = next(number for number, run in enumerate(clock.runs, 1) if run.status is worst)
    return spoken.pick(
        f"{text}（第{number}次）；最近一次：{latest.title('zh')}",
        f"{text} (run {number}); the latest: {latest.title('en')}",
    )


def _status(run: Run, spoken: Voice) -> str:
    text = run.status.title(spoken.lang)
    if run.superseded_at is None:
        return text
    when = spoken.point(run.superseded_at)
    return text + spoken.pick(
        f"（记录在案；{when}起另有届满时刻）", f" (on record; from {when} on another due moment holds)"
    )


def whose(who: str, modality: Modality, spoken: Voice) -> str:
    """Mark whose limit or duty is never the institution's lateness, and what only should be kept."""
    if who in CUSTOMERS:
        return spoken.pick(
            "（客户的期限，逾期不算机构违规）", " (the customer's own limit: never the institution's lateness)"
        )
    return spoken.pick("（原则上）", " (should be kept)") if modality is Modality.SHOULD else ""


def _run(clock: Clock, run: Run, spoken: Voice, *, latest: bool) -> Iterator[str]:
    start = spoken.happened(run.start)
    yield spoken.pick(f"起算：{start}", f"from: {start}")
    if run.first is not None:
        first = spoken.happened(run.first)
        yield spoken.pick(f"重新起算；原自{first}", f"started anew; before that from {first}")
    yield from _after_the_end(clock, run, spoken)
    yield from _figure(clock, run, spoken)
    yield from _due(clock, run, spoken)
    yield from _end(clock, run, spoken)
    for pause in run.pauses:
        over = spoken.pick("未恢复", "not resumed") if pause.end is None else spoken.point(pause.end)
        reason = spoken.code(pause.reason or spoken.pick("未记原因", "no reason recorded"))
        if pause.reason == "closed":
            reason = spoken.pick("办结至重新受理之间", "closed until it was reopened")
        yield spoken.pick(
            f"中止计入：{spoken.point(pause.start)} 至 {over}（{reason}）{spoken.cited(pause.cite)}",
            f"stopped: {spoken.point(pause.start)} to {over} ({reason}){spoken.cited(pause.cite)}",
        )
    for grant in run.grants:
        when, cite = spoken.point(grant.entry.when), spoken.cited(grant.extension.cite)
        if grant.valid:
            yield spoken.pick(f"延期生效：{when}{cite}", f"extended: {when}{cite}") + spoken.mark(
                grant.extension.reading
            )
        else:
            why = "" if grant.why is None else grant.why.title(spoken.lang)
            yield spoken.pick(f"延期不生效：{when}{cite}：{why}", f"extension without effect: {when}{cite}: {why}")
    for warning in run.warnings:
        come = spoken.pick("（已到）", " (has come)") if run.open and warning <= clock.snapshot.at else ""
        yield spoken.pick(f"提醒时刻：{spoken.point(warning)}{come}", f"warning at: {spoken.point(warning)}{come}")
    if run.reclassified:
        yield spoken.pick(
            "［编者理解：届满之后才认定适用更短的期限，逾期系重新分类所致］",
            "[our reading: the shorter limit was found to apply only after it had passed; late by reclassification]",
        )
    if latest and run.due_at is not None:
        yield from _certainty(clock, spoken)


def _after_the_end(clock: Clock, run: Run, spoken: Voice) -> Iterator[str]:
    """Say what had ended the limit without result before this run began: it ends only what runs."""
    first = run.first or run.start
    for void in clock.limit.void_on:
        before = [one for one in clock.snapshot.all_matches((void.on,)) if one.order < first.order]
        if before:
            ended = spoken.happened(before[-1])
            yield spoken.pick(
                f"起算在{ended}之后，该事项只结束当时在计的时限", f"it began after {ended}, which ends only what runs"
            )


def _figure(clock: Clock, run: Run, spoken: Voice) -> Iterator[str]:
    if run.agreed is not None:
        when = spoken.point(run.agreed.at)
        yield spoken.pick(f"约定优先：{when}所约定的时间", f"as agreed on {when}, which prevails")
        return
    row = run.row
    if row is None:
        return
    cite = spoken.cited(row.cite or clock.limit.cite)
    if row.as_agreed:
        text = spoken.pick("以约定为准，尚未约定时间", "as agreed; no time is agreed yet")
    elif row.by is not None:
        text = spoken.pick(f"由“{spoken.fact(row.by)}”给定", f"set by “{spoken.fact(row.by)}”")
    else:
        text = "" if run.period is None else run.period.text(spoken.lang)
        if row.within is not None and run.period != row.within:
            text += spoken.bracketed(spoken.pick(f"原为{row.within.text('zh')}", f"before: {row.within.text('en')}"))
    why = ""
    if row.when is not None:
        why = spoken.pick("，因", ", because ") + spoken.condition(row.when)
    yield f"{spoken.pick('期限：', 'within: ')}{text}{cite}{why}{spoken.mark(row.reading)}"
    if row.when is not None:
        end = run.end
        view = clock.snapshot.view if end is None else clock.snapshot.view_at(end.hi)
        yield f"{spoken.pick('依据的事实：', 'facts: ')}{spoken.joined(spoken.decided(row.when, view))}"
    if run.base is not None:
        base = spoken.happened(run.base)
        yield spoken.pick(f"自{base}起计", f"counted from {base}")


def _due(clock: Clock, run: Run, spoken: Voice) -> Iterator[str]:
    if run.remaining is not None and run.period is not None:
        left = left_over(run.remaining, run.period.unit, spoken.lang)
        yield spoken.pick(f"中止未恢复，届满时刻未定，尚余{left}", f"stopped, so no due moment; {left} remain")
    if run.due_at is None:
        return
    due = spoken.point(run.due_at)
    if is_at_once(run.period):
        yield spoken.pick(f"自{due}起应即办理，本身不会逾期", f"due at once from {due}; never overdue by itself")
        return
    yield spoken.pick(f"届满：{due}（含）", f"due: {due} (inclusive)") + (
        spoken.left(run.due_at, clock.snapshot.at) if run.open else ""
    )
    if run.due_latest is not None and run.due_latest != run.due_at:
        latest = spoken.point(run.due_latest)
        yield spoken.pick(
            f"起算只知到日，以上从严；最宽至{latest}",
            f"only the day of the start is known; at the most generous {latest}",
        )


def _end(clock: Clock, run: Run, spoken: Voice) -> Iterator[str]:
    if run.end is not None:
        end = spoken.happened(run.end)
        by = spoken.bracketed(spoken.holder(run.end.event.by))
        if run.status is Status.VOID:
            yield spoken.pick(f"因{end}{by}不再计算", f"void since {end}{by}")
        else:
            yield spoken.pick(f"结束：{end}{by}", f"ended: {end}{by}")
    if run.status is Status.UNDETERMINED:
        yield _open(clock, run, spoken)


def _open(clock: Clock, run: Run, spoken: Voice) -> str:
    """Say why a status cannot be determined."""
    if run.start.lo is None:
        return spoken.pick("起算时刻不明，无法计算", "the moment it starts from is not known")
    if run.due_at is None and clock.snapshot.shut and clock.rule in clock.snapshot.plan.hours_wanted:
        return spoken.pick("未提供营业时间，无法计算", "opening hours were not supplied, so it cannot be counted")
    if run.due_at is None and clock.limit.missing:
        return spoken.pick("期限由参数给定，尚未提供", "its figure is a parameter that was not supplied")
    if run.due_at is None:
        return spoken.pick("哪一期限适用尚不能确定", "which figure applies cannot be said yet")
    ends = {one.on.kind for one in clock.limit.void_on if one.when is not None}
    ends &= clock.snapshot.timeline.kinds.intersection(run.doubtful)
    if ends:
        events = spoken.listed(map(spoken.event, sorted(ends)))
        return spoken.pick(
            f"{events}是否使时限停止，取决于尚未查明的事实",
            f"whether {events} ended it hangs on what is not known yet",
        )
    if run.doubtful:
        kinds = spoken.listed(spoken.event(kind) for kind in run.doubtful)
        return spoken.pick(
            f"是否发生或何时发生{kinds}，记录看不出，结论因此不定",
            f"the record does not show whether or when there was: {kinds}; that could change it",
        )
    if run.end is not None:
        return spoken.pick(
            "记录不够精确，是否按时各种读法结论不一",
            "the record is too coarse: whether it was in time depends on how it is read",
        )
    return spoken.pick(
        "有多个期限可能适用，最短的已过、最长的未过，是否逾期不明",
        "several figures may apply, the shortest is past and the longest is not: whether it is late is not known",
    )


def _stops(clock: Clock, spoken: Voice) -> Iterator[str]:
    """Say which suspensions did not stop this limit, and why."""
    snapshot, limit = clock.snapshot, clock.limit
    for one in unheeded_stops(snapshot, limit):
        why = spoken.lacking(one.detail["lacking"])
        yield spoken.pick(
            f"中止不生效：{spoken.point(one.at)}{spoken.cited(one.cite)}：{why}",
            f"suspension without effect: {spoken.point(one.at)}{spoken.cited(one.cite)}: {why}",
        )
    for one in unheeded_ends(snapshot, limit, [(run.start, run.end) for run in clock.runs if run.figured]):
        cite = spoken.cited(one.cite)
        yield spoken.pick(
            f"{spoken.point(one.at)}的{spoken.event(one.event or '')}不使本时限停止{cite}：所需条件不成立",
            f"{spoken.event(one.event or '')} of {spoken.point(one.at)} does not end it{cite}: its condition fails",
        )
    covered = frozenset[str]().union(*(rule.reasons for rule in limit.pauses))
    for stop in snapshot.stops().paired:
        reason = stop.pause.reason
        if reason not in covered:
            named = spoken.code(reason or spoken.pick("未记原因", "no reason recorded"))
            yield spoken.pick(
                f"{spoken.point(stop.pause.start)}的中止（{named}）不在本时限的中止事由之内，照计",
                f"the suspension of {spoken.point(stop.pause.start)} ({named}) is no reason that stops this limit",
            )


def _certainty(clock: Clock, spoken: Voice) -> Iterator[str]:
    proof = clock.proof
    if proof is not None:
        reason = proof.why_provisional(spoken.lang)
        title = proof.certainty.title(spoken.lang)
        yield (
            spoken.pick("确定性：", "certainty: ")
            + title
            + (spoken.pick("，", ", because ") + reason if reason else "")
        )
        for note in proof.notes:
            yield f"{spoken.pick('另一种读法：', 'another reading: ')}{note.text(spoken.lang)}"
    contact = clock.contact_by
    quiet = spoken.policy.quiet
    if quiet is None or not clock.limit.quiet:
        return
    hours = f"{quiet.text()}{spoken.cited(spoken.policy.quiet_cite)}"
    if contact is not None:
        yield spoken.pick(
            f"免打扰时段{hours}之外，最晚联系时刻：{spoken.point(contact)}",
            f"outside the quiet hours {hours}, the last moment to make contact: {spoken.point(contact)}",
        )
    else:
        yield spoken.pick(
            f"全程落在免打扰时段{hours}，只有破例联系才能按时",
            f"it lies wholly in the quiet hours {hours}: only a deviation can meet it",
        )
