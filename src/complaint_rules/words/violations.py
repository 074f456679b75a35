"""What is wrong, what speaks against an act, and what is asked, in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from complaint_rules.assessment.permission import Permission
from complaint_rules.assessment.questions import Question
from complaint_rules.cases.violations import Violation, ViolationCode
from complaint_rules.conditions.scopes import Answerer
from complaint_rules.language import Lang
from complaint_rules.policy.policy import Policy
from complaint_rules.words.messages.catalogue import in_chinese
from complaint_rules.words.phrases import VIOLATIONS
from complaint_rules.words.voices import Voice, voice


def explain_violation(violation: Violation, policy: Policy, lang: Lang) -> str:
    """Say what is wrong, by which article, and what was probably meant (违规说明). Raises `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.cases.violations import Violation, ViolationCode
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
        rule=spoken.rule(rule) + spoken.bracketed(_whose(policy, rule, violation, spoken)),
        event=spoken.event(violation.event or ""),
        when=spoken.point(violation.at),
        lacking=lacking,
        missing=missing,
        code=detail.get("code", ""),
        facts=spoken.facts(tuple(filter(None, detail.get("facts", "").split(", ")))),
        why=_refusal(detail.get("why", ""), spoken),
    )
    hint = meant(detail.get("meant"), spoken)
    severity = violation.severity.title(spoken.lang)
    return f"{severity}{spoken.pick('：', ': ')}{text}{spoken.cited(violation.cite)}{hint}"


def _whose(policy: Policy, key: str, violation: Violation, spoken: Voice) -> str:
    """Say who was late where the rule binds somebody: a regulator's lateness is not the bank's."""
    if violation.code not in (ViolationCode.LATE, ViolationCode.MISSED, ViolationCode.DONE_LATE):
        return ""
    section, _, name = key.partition("/")
    rule = (policy.limits if section == "limit" else policy.duties).get(name)
    return "" if rule is None else spoken.holder(rule.who)


def explain_permission(permission: Permission, policy: Policy, lang: Lang) -> str:
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
    asked = question_lines(permission.questions, spoken)
    if asked:
        lines.append(spoken.pick("答案还取决于：", "the answer could still depend on:"))
    return "\n".join(lines + asked)


def question_lines(questions: Iterable[Question], spoken: Voice) -> list[str]:
    """List what is to be asked, by who can answer."""
    by_ask: dict[Answerer, list[str]] = {}
    for question in questions:
        affects = spoken.listed(map(spoken.rule, question.affects))
        why = spoken.pick(f"影响{affects}", f"bears on {affects}") if affects else ""
        if question.follows_from:
            sources = spoken.facts(question.follows_from)
            why = spoken.joined([why, spoken.pick(f"有{sources}即有之", f"so wherever {sources} holds")])
        by_ask.setdefault(question.ask, []).append(
            f"{spoken.titled(question.title, question.fact)}{spoken.bracketed(why)}"
        )
    known = [ask for ask in Answerer if ask in by_ask]
    return [
        f"- {spoken.pick('问', 'ask ')}{ask.title(spoken.lang)}{spoken.pick('：', ': ')}{spoken.joined(by_ask[ask])}"
        for ask in known
    ]


def _items(policy: Policy, rule: str, codes: str, spoken: Voice) -> str:
    checklist = policy.checklists.get(rule.removeprefix("checklist/"))
    titles: Mapping[str, Mapping[str, str]] = {} if checklist is None else checklist.items
    return spoken.listed(spoken.titled(titles.get(code, {}), code) for code in codes.split(", "))


def _refusal(why: str, spoken: Voice) -> str:
    """Say why something was refused, without the value that follows, which is not ours to repeat."""
    told = why.partition("; got ")[0]
    return spoken.pick(in_chinese(told), told)


def meant(word: str | None, spoken: Voice) -> str:
    """Ask whether a known word was meant; empty where none is close."""
    if word is None:
        return ""
    return spoken.pick(f"（是否想写“{word}”？）", f" (did you mean “{word}”?)")
