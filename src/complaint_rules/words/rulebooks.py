"""The rule book of a policy (规则手册): every rule in words, with its article, figures, conditions and readings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from complaint_rules.errors import UnknownRule, did_you_mean
from complaint_rules.language import Lang, coded, said
from complaint_rules.policy.files.vocabulary import common
from complaint_rules.policy.policy import Policy, rules_of
from complaint_rules.policy.uses import facts_of
from complaint_rules.words.conditions import codes_in
from complaint_rules.words.rule_texts import SECTIONS, Line, RuleText, retention_text, rule_text, rules_in, written
from complaint_rules.words.voices import Voice, voice


class Section(NamedTuple):
    """One part of the book."""

    name: str
    """``table``, ``limit`` …, or ``head``, ``levels``, ``facts``, ``events``, ``other``, ``notes``."""
    title: str
    """Its heading."""
    rules: tuple[RuleText, ...]
    """Its rules; empty in parts that have none."""
    lines: tuple[Line, ...]
    """What stands in it besides."""


def rulebook(policy: Policy, lang: Lang) -> tuple[Section, ...]:
    """Give the whole book of a policy, part by part; parts without content are left out. Raises `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> [section.name for section in rulebook(load_policy("psbc-95580"), "en")][:3]
    ['head', 'levels', 'table']
    """
    spoken = voice(policy, lang)
    parts = [
        Section("head", spoken.titled(policy.title, policy.id), (), tuple(_head(policy, spoken))),
        Section("levels", spoken.pick("层级与主体", "Levels and bodies"), (), tuple(_levels(policy, spoken))),
    ]
    for name, title in SECTIONS.items():
        rules = tuple(rule_text(policy, f"{name}/{key}", spoken) for key in rules_in(policy, name))
        parts.append(Section(name, said(title, lang), rules, ()))
    parts += [
        Section("other", spoken.pick("保管与时间", "Retention and hours"), (), tuple(_other(policy, spoken))),
        Section("facts", spoken.pick("事实", "Facts"), tuple(_facts(policy, spoken)), ()),
        Section("events", spoken.pick("自有事项", "Events of its own"), (), tuple(_events(policy, spoken))),
        Section("codes", spoken.pick("事件代码", "Codes of events"), (), tuple(_codes(policy, spoken))),
        Section(
            "notes", spoken.pick("说明", "Notes"), (), tuple(("", spoken.titled(note, "")) for note in policy.notes)
        ),
    ]
    return tuple(part for part in parts if part.rules or part.lines)


def explain_policy(policy: Policy, lang: Lang) -> str:
    """Write the whole book of a policy as plain text. Raises `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> explain_policy(load_policy("psbc-95580"), "en").splitlines()[0]
    'Detailed rules for customer complaints through hotline 95580'
    """
    texts = []
    for section in rulebook(policy, lang):
        lines = [section.title]
        lines += [f"- {written(line)}" for line in section.lines]
        lines += ["- " + rule.text.replace("\n", "\n  ") for rule in section.rules]
        texts.append("\n".join(lines))
    return "\n\n".join(texts)


def explain_rule(policy: Policy, key: str, lang: Lang) -> str:
    """Write one rule, called ``section/id``, as plain text.

    Raises `UnknownRule` where the policy has none of this name, `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> print(explain_rule(load_policy("psbc-95580"), "table/work_list", "en").splitlines()[0])
    Platform list the ticket stands in [table/work_list]
    >>> explain_rule(load_policy("psbc-95580"), "limit/hole", "en")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownRule: rule of psbc-95580: there is no such rule; got 'limit/hole'; did you mean 'limit/whole'?
    """  # noqa: E501 - the message is one line
    spoken = voice(policy, lang)
    known = [f"{section}/{name}" for section in SECTIONS for name in rules_in(policy, section)]
    if key not in known:
        hint = did_you_mean(key, known)
        raise UnknownRule(what=f"rule of {policy.id}", why="there is no such rule", value=key, hint=hint)
    return rule_text(policy, key, spoken).text


# --- head and parts without rules of their own ---


def _head(policy: Policy, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    yield pick("编号", "id"), pick(f"{policy.id}，{policy.edition}版", f"{policy.id}, {policy.edition}")
    yield pick("制定机关", "issued by"), spoken.titled(policy.issuer, "")
    if policy.source is not None:
        yield pick("所据文本", "text used"), spoken.titled(policy.source, "")
    yield pick("核对日期", "compared with the text on"), f"{policy.checked_on}"
    since, until = policy.effective_from, policy.effective_until
    if since is not None:
        yield pick("生效日期", "in force from"), f"{since}"
    if until is not None:
        yield pick("失效日期", "in force until"), f"{until}"
    if policy.applies is not None:
        yield pick("适用条件", "applies where"), spoken.condition(policy.applies)


def _levels(policy: Policy, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    for code, titles in policy.levels.items():
        yield pick("层级", "level"), f"{spoken.titled(titles, code)} [{code}]"
    for by, to in sorted(policy.routes):
        yield pick("不算越级", "no skipped level"), f"{spoken.holder(by)} → {spoken.holder(to)}"
    for code, titles in policy.bodies.items():
        yield pick("主体", "body"), f"{spoken.titled(titles, code)} [{code}]"


def _other(policy: Policy, spoken: Voice) -> Iterator[Line]:
    pick = spoken.pick
    for retention in policy.retentions:
        title = spoken.titled(retention.title, "")
        about = (
            pick(f"档案保管（{title}）", f"files are kept ({title})") if title else pick("档案保管", "files are kept")
        )
        yield about, retention_text(retention, spoken)
    if policy.hours is not None:
        yield pick("工作时间", "opening hours"), policy.hours.text(spoken.lang)
    yield from _own_days(policy, spoken)
    if policy.quiet is not None:
        yield pick("免打扰时段", "quiet hours"), f"{policy.quiet.text()}{spoken.cited(policy.quiet_cite)}"


def _own_days(policy: Policy, spoken: Voice) -> Iterator[Line]:
    pick, own = spoken.pick, policy.own_days
    if own is None:
        return
    for day in own.days:
        what = pick("营业", "works") if day.works else pick("休息", "does not work")
        why = pick(day.reason, day.reason_en or day.reason)
        yield pick("本行安排", "own arrangement"), f"{day.date}{pick('：', ': ')}{what}{spoken.bracketed(why)}"
    if not own.make_up_days:
        yield pick("补班日", "make-up working days"), pick("不营业", "are not worked")
    for notice in own.notices:
        yield pick("放假安排", "public holidays"), notice.cite(spoken.lang)


def _facts(policy: Policy, spoken: Voice) -> Iterator[RuleText]:
    """Describe the facts that some rule reads, and the policy's own."""
    pick = spoken.pick
    core = common().facts
    read = _read(policy)
    for name, spec in policy.facts.items():
        if name in core and name not in read:
            continue
        lines = [(pick("类型", "type"), spec.type.title(spoken.lang))]
        if spec.assume is not None:
            lines.append((pick("未知时推定", "presumed while unknown"), spoken.value(name, spec.assume)))
        if spec.implies:
            lines.append((pick("成立时必有", "where it holds, so do"), spoken.facts(spec.implies)))
        lines.append((pick("由谁回答", "who can answer"), spec.ask.title(spoken.lang)))
        lines += [(code, spoken.titled(titles, code)) for code, titles in (spec.values or {}).items()]
        yield RuleText(f"facts/{name}", spoken.titled(spec.title, name), "", tuple(lines))


def _read(policy: Policy) -> set[str]:
    """Name the facts that the rules read."""
    names = set() if policy.applies is None else set(policy.applies.facts)
    return names.union(*map(facts_of, rules_of(policy)))


def _events(policy: Policy, spoken: Voice) -> Iterator[Line]:
    standard = common().events
    for kind, titles in policy.events.items():
        if kind not in standard:
            yield kind, spoken.titled(titles, kind)


def _codes(policy: Policy, spoken: Voice) -> Iterator[Line]:
    """List the codes that the Chinese book says in words: an event is recorded with the code."""
    if spoken.lang == "zh":
        sections = (policy.limits, policy.duties, policy.checklists, policy.figures)
        rules: list[object] = [rule for section in sections for rule in section.values()]
        rules += [row.when for table in policy.tables.values() for row in table.rows]
        used = {code for rule in rules for code in codes_in(rule)}
        for code in sorted(used - policy.levels.keys() - policy.bodies.keys()):
            yield code, coded(code, "zh")
