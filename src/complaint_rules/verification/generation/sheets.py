"""A table to check by (核对表): what is given, why, what must come out, which article; rule by rule, as Markdown.

For the person who holds the cases against the text: nothing on it asks for a programmer.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Final

from complaint_rules.arguments import of_kind
from complaint_rules.assessment.clocks import Status
from complaint_rules.assessment.duties import DutyStatus
from complaint_rules.assessment.notifications import NotificationKind
from complaint_rules.cases.case import Event
from complaint_rules.cases.complaint import CORE_FACTS
from complaint_rules.cases.violations import ViolationCode
from complaint_rules.errors import ComplaintRulesError, InvalidGolden
from complaint_rules.language import Lang, Pair, language, point, said
from complaint_rules.policy.rules import Selector
from complaint_rules.reports.markdown import escaped
from complaint_rules.verification.generation.generating import GeneratedCases
from complaint_rules.verification.reaching.expecting import OPEN, WantedRun
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.words.refusals import explain_faults
from complaint_rules.words.voices import Voice, voice

_HEADS: Final[tuple[Pair, ...]] = (
    ("编号", "id"), ("已知", "given"), ("因为", "because"), ("应得", "expected"), ("条款", "article"),
    ("核对", "checked"),
)  # fmt: skip
_NO_FACTS: Final = frozenset({"received", "extra"})
_NOTHING: Final[Pair] = ("无", "nothing")
_OPEN: Final[Pair] = ("无法判定", "nobody knows")


def checking_table(generated: GeneratedCases, lang: Lang = "zh") -> str:
    r"""Write the cases as tables to check by, one a rule, in Chinese (``zh``) or English (``en``).

    The columns are the id of the case, what is given, because of what, what must come out, the article, and who has
    checked it when; empty where nobody has.

    Raises `UnknownLanguage`, `InvalidGolden` for what `generate` did not give.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.verification.generation.generating import generate
    >>> found = generate(load_policy("property-validity"))
    >>> print(*checking_table(found, "en").splitlines()[4:7], sep="\n")
    ## “Whether it is a complaint” \[table/scope\]
    <BLANKLINE>
    | id | given | because | expected | article | checked |
    """
    why, hint = "generated cases are expected", "pass generate(policy)"
    of_kind(generated, GeneratedCases, InvalidGolden(what="generated", why=why, hint=hint))
    spoken = voice(generated.policy, language(lang))
    blocks = [
        f"# {escaped(spoken.titled(generated.policy.title, generated.policy.id))}",
        escaped(generated.summary(lang)),
    ]
    for rule, cases in _by_rule(generated.cases).items():
        heading = spoken.pick("手工编写", "written by hand") if not rule else spoken.rule(rule) + spoken.key(rule)
        blocks += [f"## {escaped(heading)}", _table(cases, spoken)]
    return "\n\n".join(blocks) + "\n"


def _by_rule(cases: Iterable[GoldenCase]) -> Mapping[str, list[GoldenCase]]:
    found: dict[str, list[GoldenCase]] = {}
    for case in cases:
        found.setdefault(case.rule.partition("[")[0], []).append(case)
    return found


def _table(cases: Iterable[GoldenCase], spoken: Voice) -> str:
    rows = [_HEADS_IN[spoken.lang], ["---"] * len(_HEADS)]
    for case in cases:
        checked = "" if case.checked is None else f"{case.checked.by} {case.checked.on.isoformat()}"
        rows.append(
            [
                case.id, "\n".join(given(case, spoken)), case.why.get(spoken.lang, ""),
                "\n".join(wanted(case, spoken)), spoken.policy.cite(case.cite or None, spoken.lang), checked,
            ]
        )  # fmt: skip
    head, rule, *body = rows
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *([*map(escaped, row)] for row in body)))


_HEADS_IN: Final[Mapping[Lang, list[str]]] = {
    "zh": [head[0] for head in _HEADS],
    "en": [head[1] for head in _HEADS],
}


def given(case: GoldenCase, spoken: Voice) -> Iterator[str]:
    """Say what is given in a case: facts, what happened when, and as of when it is looked at; or why it is refused."""
    try:
        made = case.case_under(spoken.policy)
    except ComplaintRulesError as error:
        yield from explain_faults(error, spoken.lang)
        return
    complaint = made.complaint
    yield f"{spoken.point(complaint.received)}{spoken.pick('', ' ')}{spoken.event('received')}"
    names = [
        name for name in (*case.case, *complaint.extra) if name in CORE_FACTS - _NO_FACTS or name in complaint.extra
    ]
    for name in dict.fromkeys(names):
        yield spoken.known(name, complaint.fact(name))
    for name, number in (case.links or {}).items():
        yield spoken.known(name, number)
    for event in made.events:
        yield _happened(event, spoken)
    if case.hours:
        yield f"{spoken.pick('工作时间：', 'opening hours: ')}{', '.join(case.hours)}"
    yield f"{spoken.pick('评估于', 'looked at ')}{spoken.point(case.at)}"


def _happened(event: Event, spoken: Voice) -> str:
    fields = {
        name: value
        for name in ("by", "to", "unit", "outcome", "reason", "approved_by", "told", "items", "amount")
        if (value := getattr(event, name)) is not None
    }
    as_sets = (
        (name, value if isinstance(value, frozenset) else frozenset({str(value)})) for name, value in fields.items()
    )
    what = spoken.selector(Selector(kind=event.kind, fields=tuple(as_sets)))
    due = (
        ""
        if event.due is None
        else spoken.pick(f"，约定{spoken.point(event.due)}", f", agreed for {spoken.point(event.due)}")
    )
    facts = "".join(f"; {spoken.known(name, value)}" for name, value in (event.set or {}).items())
    return f"{spoken.point(event.at)}{spoken.pick('', ' ')}{what}{due}{facts}"


def wanted(case: GoldenCase, spoken: Voice) -> Iterator[str]:
    """Say what must come out of a case."""
    expect, policy = case.expect, spoken.policy
    for name, value in expect.findings.items():
        yield f"{spoken.titled(policy.tables[name].title, name)}{_colon(spoken)}{_found(name, value, spoken)}"
    for name, runs in expect.clocks.items():
        for run in runs if isinstance(runs, tuple) else (runs,):
            yield f"{spoken.titled(policy.limits[name].title, name)}{_colon(spoken)}{_run(run, spoken)}"
    for name, triggers in expect.duties.items():
        told = [_duty(one, spoken) for one in triggers] or [spoken.pick("未产生", "it does not arise")]
        yield f"{spoken.titled(policy.duties[name].title, name)}{_colon(spoken)}{spoken.joined(told)}"
    for name, lacking in expect.checklists.items():
        yield f"{spoken.titled(policy.checklists[name].title, name)}{_colon(spoken)}{_lacking(lacking, spoken)}"
    violations = expect.violations
    if isinstance(violations, Mapping):
        for rule, codes in violations.items():
            listed = [ViolationCode(code).title(spoken.lang) for code in codes]
            if listed:
                of = spoken.pick("违规：", "violations of ") + spoken.rule(rule)
                yield f"{of}{_colon(spoken)}{spoken.joined(listed)}"
    elif violations is not None:
        yield f"{spoken.pick('违规：', 'violations: ')}{', '.join(violations) or said(_NOTHING, spoken.lang)}"
    for rule, kinds in expect.notifications.items():
        listed = [NotificationKind(kind).title(spoken.lang) for kind in kinds]
        if listed:
            yield f"{spoken.pick('通知：', 'notices of ')}{spoken.rule(rule)}{_colon(spoken)}{spoken.joined(listed)}"
    for name in expect.missing:
        yield f"{spoken.pick('缺：', 'missing: ')}{name}"
    if expect.refused is not None:
        yield f"{spoken.pick('拒绝：', 'refused: ')}{expect.refused}"


def _colon(spoken: Voice) -> str:
    return spoken.pick("：", ": ")


def _found(table: str, value: str | tuple[str, ...] | None, spoken: Voice) -> str:
    if value == OPEN:
        return said(_OPEN, spoken.lang)
    if value is None or value == ():
        return said(_NOTHING, spoken.lang)
    return spoken.value(table, frozenset(value) if isinstance(value, tuple) else value)


def _run(run: WantedRun, spoken: Voice) -> str:
    told = [Status(run["status"]).title(spoken.lang)] if "status" in run else []
    if run.get("due_at"):
        told.append(spoken.pick(f"{_moment(run['due_at'], spoken)}届满", f"due {_moment(run['due_at'], spoken)}"))
    if run.get("row") is not None:
        told.append(spoken.pick(f"第{run['row'] + 1}行", f"row {run['row'] + 1}"))
    warnings = [_moment(one, spoken) for one in run.get("warn_at", ())]
    if warnings:
        told.append(spoken.pick(f"{spoken.joined(warnings)}提醒", f"warning {spoken.joined(warnings)}"))
    return spoken.joined(told)


def _moment(text: Any, spoken: Voice) -> str:
    """Say a moment as a golden case has it: exact, to the minute, or a day."""
    when = dt.datetime.fromisoformat(text)
    return point(when.date() if len(text) == len("2026-10-09") else when, spoken.lang)


def _duty(one: Mapping[str, Any], spoken: Voice) -> str:
    status = DutyStatus(one["status"]).title(spoken.lang)
    if not one.get("due_at"):
        return status
    due = _moment(one["due_at"], spoken)
    return status + spoken.bracketed(spoken.pick(f"{due}届满", f"due {due}"))


def _lacking(lacking: str | tuple[str, ...] | None, spoken: Voice) -> str:
    if lacking is None:
        return spoken.pick("无此文书", "no such document")
    if lacking == OPEN:
        return said(_OPEN, spoken.lang)
    if not lacking:
        return spoken.pick("齐全", "complete")
    return spoken.pick("缺：", "lacking: ") + spoken.listed(spoken.code(one, "items") for one in lacking)
