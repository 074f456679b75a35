"""Why a table came out as it did: the row that holds, why the others do not, what was known and what was presumed."""

from __future__ import annotations

from collections.abc import Iterable

from complaint_rules.assessment.as_data import last_reached
from complaint_rules.assessment.findings import Finding
from complaint_rules.assessment.plans import Decision
from complaint_rules.language import Lang
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Table, TableRow
from complaint_rules.words.voices import Voice, single, voice


def reasons(decision: Decision, table: Table, policy: Policy, lang: Lang) -> str:
    """Say what a table decided and why: the rows that hold with their articles, and why the earlier ones do not.

    It depends on the outcome alone, so it is worked out once for each outcome and language; the values of the facts
    of one case are added by `explain_finding`. Raises `UnknownLanguage`.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> policy = load_policy("psbc-95580")
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> case = assess(Complaint(id="c-1", received=received, funds_at_risk=True), policy, at=received)
    >>> print(reasons(case.findings["priority"].decision, policy.tables["priority"], policy, "en"))
    Class of the complaint: Urgent (art. 10 item (2) sub-item 1)
      holds: funds at risk or already lost
    """
    known = decision.told.get(lang)
    if known is None:
        known = "\n".join(_told(decision, table, voice(policy, lang)))
        decision.told[lang] = known
    return known


def explain_finding(finding: Finding, lang: Lang) -> str:
    """Say what was found, why, from which facts, and what unknown facts could still change (认定说明).

    Raises `UnknownLanguage`.

    >>> import datetime as dt
    >>> from complaint_rules import Complaint, assess, load_policy
    >>> received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    >>> found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received)
    >>> print(explain_finding(found.findings["justified"], "en").splitlines()[0])
    Justified or not, once verified [table/justified]: none (art. 11)
    """
    snapshot = finding.snapshot
    spoken = voice(snapshot.policy, lang)
    head, *rest = reasons(finding.decision, finding.table, snapshot.policy, lang).splitlines()
    title = spoken.titled(finding.table.title, finding.table.id)
    lines = [head.replace(title, f"{title}{spoken.key(finding.rule)}", 1), *rest]
    if finding.table.missing:
        return "\n".join(lines)
    known = _facts(finding, spoken)
    if known:
        lines.append(f"  {spoken.pick('依据的事实：', 'facts: ')}{spoken.joined(known)}")
    if finding.assumed:
        possible = _values(spoken, finding.table, finding.possible)
        lines.append(
            spoken.pick(
                f"  仍可能改变结果的未知事实：{spoken.facts(finding.assumed)}（可能的结果：{possible}）",
                f"  unknown facts that could still change it: {spoken.facts(finding.assumed)} (possible: {possible})",
            )
        )
    return "\n".join(lines)


def _told(decision: Decision, table: Table, spoken: Voice) -> Iterable[str]:
    title = spoken.titled(table.title, table.id)
    if table.missing:
        names = spoken.listed(spoken.titled(spoken.policy.parameters[name].title, name) for name in table.missing)
        yield spoken.pick(f"{title}：未提供参数“{names}”，无法认定", f"{title}: open, because {names} is not supplied")
        return
    fired = [table.rows[index] for index in decision.fired]
    cite = spoken.cited((fired[0].cite if len(fired) == 1 else None) or table.cite)
    values = _values(spoken, table, [row.value for row in fired] or [None])
    yield f"{title}{spoken.pick('：', ': ')}{values}{cite}{spoken.mark(table.reading)}"
    several = len(fired) > 1
    for row in fired:
        held = spoken.pick("始终适用", "always") if row.when is None else spoken.condition(row.when)
        which = _named(spoken, table, row) + spoken.pick("：", ": ") if several else ""
        if row.when is None and decision.fired[0] > 0 and not table.every:
            held = spoken.pick("以上各行均不成立", "none of the rows before it holds")
        yield f"  {spoken.pick('成立：', 'holds: ')}{which}{held}{spoken.mark(row.reading)}"
    for index, row in enumerate(table.rows[: last_reached(table, decision) + 1]):
        if index not in decision.fired:
            yield _not_held(spoken, table, row, possible=bool(decision.rows_possible >> index & 1))


def _not_held(spoken: Voice, table: Table, row: TableRow, *, possible: bool) -> str:
    named = _named(spoken, table, row)
    when = "" if row.when is None else spoken.condition(row.when)
    if not possible or row.when is None:
        return spoken.pick(f"  不成立：{named}：{when}", f"  does not hold: {named}: {when}")
    name = single(row.when)
    if name is not None:
        presumed = spoken.presumed(spoken.policy.scope.facts[name])
        why = presumed or spoken.pick("无推定，不作认定", "nothing is presumed, so nothing is claimed")
        return spoken.pick(f"  未知：{named}：{when}（{why}）", f"  not known: {named}: {when} ({why})")
    return spoken.pick(f"  未能认定：{named}：{when}", f"  not established: {named}: {when}")


def _named(spoken: Voice, table: Table, row: TableRow) -> str:
    return f"{spoken.titled(table.values.get(row.value, {}), row.value)}{spoken.cited(row.cite)}"


def _values(spoken: Voice, table: Table, values: Iterable[str | None]) -> str:
    none = spoken.pick("无一成立", "none")
    named = (none if value is None else spoken.titled(table.values.get(value, {}), value) for value in values)
    return spoken.pick("、", "; ").join(dict.fromkeys(named))


def _facts(finding: Finding, spoken: Voice) -> list[str]:
    """Write, once each, the values that decided the rows up to the one that holds."""
    known: dict[str, None] = {}
    for row in finding.table.rows[: last_reached(finding.table, finding.decision) + 1]:
        if row.when is not None:
            known |= dict.fromkeys(spoken.decided(row.when, finding.snapshot.view))
    return list(known)
