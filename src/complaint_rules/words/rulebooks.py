"""The rule book of a policy (规则手册): every rule in words, with its article, figures, conditions and readings."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from complaint_rules.errors import UnknownRule, did_you_mean
from complaint_rules.language import Lang, said
from complaint_rules.policy.files.vocabulary import common
from complaint_rules.policy.policy import Policy, as_policy, rules_of
from complaint_rules.policy.uses import cites_of, facts_of, kinds_of
from complaint_rules.words.article_texts import ArticleText, articles_in_words, order_of
from complaint_rules.words.conditions import codes_in
from complaint_rules.words.marks import marked
from complaint_rules.words.rule_texts import SECTIONS, Line, RuleText, retention_text, rule_text, rules_in, written
from complaint_rules.words.voices import Voice, voice


class CodeText(NamedTuple):
    """One code with its words: what stands in data, and what it means."""

    key: str
    """``events/replied``, ``code/mediation``, ``table/priority=urgent`` …"""
    code: str
    """The code."""
    title: str
    """Its words."""
    kind: str
    """What kind of code it is."""


class Section(NamedTuple):
    """One part of the book."""

    name: str
    """``head``, ``articles``, ``table``, ``limit`` …, ``other``, ``facts``, ``notes``, ``codes``."""
    title: str
    """Its heading."""
    rules: tuple[RuleText, ...] = ()
    """Its rules; empty in parts that have none."""
    lines: tuple[Line, ...] = ()
    """What stands in it besides."""
    articles: tuple[ArticleText, ...] = ()
    """The articles of the text, in the part that lists them."""
    codes: tuple[CodeText, ...] = ()
    """Every code of the policy, in the last part."""


def rulebook(policy: Policy, lang: Lang, *, linked: bool = False) -> tuple[Section, ...]:
    """Give the whole book of a policy, part by part, in the order of its text; parts without content are left out.

    First what became of each article, then the rules, at last every code. With `linked` what is named in a rule carries
    its key, see `marks`. Raises `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> [section.name for section in rulebook(load_policy("realty-levels"), "en")][:4]
    ['head', 'levels', 'articles', 'table']
    """
    spoken = Voice(marked(as_policy(policy)), lang) if linked else voice(policy, lang)
    parts = [
        Section("head", spoken.titled(policy.title, policy.id), lines=tuple(_head(policy, spoken))),
        Section("levels", spoken.pick("层级与主体", "Levels and bodies"), lines=tuple(_levels(policy, spoken))),
        Section("articles", spoken.pick("逐条对照", "Article by article"), articles=articles_in_words(policy, spoken)),
    ]
    place = order_of(policy)
    for name, title in SECTIONS.items():
        found = sorted(rules_in(policy, name).items(), key=lambda entry: place(cites_of(entry[1])))
        rules = tuple(rule_text(policy, f"{name}/{key}", spoken) for key, _ in found)
        parts.append(Section(name, said(title, lang), rules))
    parts += [
        Section("other", spoken.pick("保管与时间", "Retention and hours"), lines=tuple(_other(policy, spoken))),
        Section("facts", spoken.pick("事实", "Facts"), tuple(_facts(policy, spoken))),
        Section("notes", spoken.pick("说明", "Notes"), lines=tuple(("", note[lang]) for note in policy.notes)),
        Section("codes", spoken.pick("代码表", "Codes"), codes=tuple(_codes(policy, spoken))),
    ]
    return tuple(part for part in parts if part.rules or part.lines or part.articles or part.codes)


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
        lines += [f"- {_article_line(article, policy, lang)}" for article in section.articles]
        lines += ["- " + rule.text.replace("\n", "\n  ") for rule in section.rules]
        lines += [f"- {written((one.code, _with_kind(one, lang)))}" for one in section.codes]
        texts.append("\n".join(lines))
    return "\n\n".join(texts)


def explain_article(policy: Policy, number: str, lang: Lang) -> str:
    """Say what became of an article of the text: the rules that rest on it, or why there is none (条文去向).

    `number` is as citations write it, ``law:18`` for that of another text. Raises `UnknownRule` where the policy lists
    no such article, `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> print(explain_article(load_policy("cbirc-2020-3"), "12", "en"))
    art. 12 Channels, place of meeting, representatives: in force here
      Representatives in a joint face-to-face complaint [table/representation]
      ...
    >>> explain_article(load_policy("cbirc-2020-3"), "46", "en")
    Traceback (most recent call last):
    complaint_rules.errors.UnknownRule: article of cbirc-2020-3: the text has no such article in its list; got '46'; ...
    """
    spoken = voice(policy, lang)
    articles = {one.key.partition("/")[2]: one for one in articles_in_words(policy, spoken)}
    if number not in articles:
        text = next((name for name in policy.texts if f"{name}:{number}" in articles), None)
        hint = f"there are: {', '.join(list(articles)[:12])}"
        if text is not None:
            example = f"{text}:{number}"
            hint = f"articles of {text} are named with it, as {example}"
        why = "the text has no such article in its list"
        raise UnknownRule(what=f"article of {policy.id}", why=why, value=number, hint=hint)
    article = articles[number]
    head = f"{article.cite}{spoken.pick('　', ' ')}{article.title}{spoken.pick('：', ': ')}"
    lines = [head + spoken.listed(article.marks)]
    lines += [f"  {spoken.rule(key).strip('“”')}{spoken.key(key)}" for key in article.rules]
    return "\n".join(lines)


def _article_line(article: ArticleText, policy: Policy, lang: Lang) -> str:
    spoken = voice(policy, lang)
    rules = spoken.listed(map(spoken.rule, article.rules))
    what = spoken.listed(article.marks) + spoken.bracketed(rules)
    return f"{article.cite}{spoken.pick('　', ' ')}{article.title}{spoken.pick('：', ': ')}{what}"


def _with_kind(one: CodeText, lang: Lang) -> str:
    return said((f"{one.title}（{one.kind}）", f"{one.title} ({one.kind})"), lang)


def explain_rule(policy: Policy, key: str, lang: Lang) -> str:
    """Write one rule, called ``section/id``, as plain text.

    Raises `UnknownRule` where the policy has none of this name, `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> print(explain_rule(load_policy("psbc-95580"), "table/work_list", "en").splitlines()[0])
    Platform list the ticket stands in [table/work_list] Introduction to the 95580 service platform, slides 工单管理
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
    yield pick("编号", "id"), pick(f"{policy.id}，版本{policy.edition}", f"{policy.id}, {policy.edition}")
    yield pick("制定机关", "issued by"), spoken.titled(policy.issuer, "")
    if policy.source is not None:
        yield pick("所据文本", "text used"), spoken.titled(policy.source, "")
    if policy.url is not None:
        yield pick("官方文本", "official text"), policy.url
    for text in policy.texts.values():
        yield pick("另引", "cites as well"), text.title[spoken.lang] + spoken.bracketed(text.url or "")
    yield pick("核对日期", "compared with what is at hand on"), f"{policy.checked_on}"
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
        yield pick("层级", "level"), spoken.titled(titles, code)
    for by, to in sorted(policy.routes):
        yield pick("不算越级", "no skipped level"), f"{spoken.holder(by)} → {spoken.holder(to)}"
    for code, titles in policy.bodies.items():
        yield pick("主体", "body"), spoken.titled(titles, code)


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


def _codes(policy: Policy, spoken: Voice) -> Iterator[CodeText]:
    """List every code that stands in data, with its words: what is recorded is recorded with the code."""
    pick = spoken.pick
    for key, holders in (("levels", policy.levels), ("bodies", policy.bodies)):
        what = pick("层级", "level") if key == "levels" else pick("主体", "body")
        yield from (CodeText(f"{key}/{code}", code, one[spoken.lang], what) for code, one in holders.items())
    named = _kinds_named(policy)
    for code, titles in policy.events.items():
        if code in named or code not in common().events:
            yield CodeText(f"events/{code}", code, titles[spoken.lang], pick("事项", "kind of event"))
    for name, spec in policy.facts.items():
        if name in _read(policy) or name not in common().facts:
            what = pick(f"事实“{spec.title['zh']}”", f"fact “{spec.title['en']}”")
            yield from (CodeText(f"facts/{name}={code}", code, one[spoken.lang], what)
                        for code, one in (spec.values or {}).items())  # fmt: skip
    for table in policy.tables.values():
        what = pick(f"“{table.title['zh']}”的结果", f"result of “{table.title['en']}”")
        yield from (
            CodeText(f"table/{table.id}={code}", code, one[spoken.lang], what) for code, one in table.values.items()
        )
    for checklist in policy.checklists.values():
        what = pick(f"“{checklist.title['zh']}”的要素", f"item of “{checklist.title['en']}”")
        yield from (CodeText(f"checklist/{checklist.id}={code}", code, one[spoken.lang], what)
                    for code, one in checklist.items.items())  # fmt: skip
    for limit in policy.limits.values():
        what = pick(f"“{limit.title['zh']}”的延期", f"extension of “{limit.title['en']}”")
        yield from (CodeText(f"limit/{limit.id}/{one.id}", one.id, spoken.selector(one.on), what)
                    for one in limit.extensions)  # fmt: skip
    rules: list[object] = [*policy.limits.values(), *policy.duties.values(), *policy.checklists.values()]
    rules += [*policy.figures.values(), *(row.when for table in policy.tables.values() for row in table.rows)]
    used = {code for rule in rules for code in codes_in(rule)} - policy.levels.keys() - policy.bodies.keys()
    for code in sorted(used | set(policy.codes)):
        yield CodeText(f"code/{code}", code, spoken.code(code), pick("事件代码", "code of an event"))


def _kinds_named(policy: Policy) -> set[str]:
    """Name the kinds of event that the rules speak of."""
    return {kind for rule in rules_of(policy) for kind in kinds_of(rule)}
