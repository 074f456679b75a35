"""Where a text is silent or contradicts itself: every reading of ours, every figure left open, every lost article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

import attrs

from complaint_rules.language import Lang
from complaint_rules.policy.accepted import Accepted
from complaint_rules.policy.articles import ArticleState, Titles, places_in
from complaint_rules.policy.policy import Policy, rules_of
from complaint_rules.policy.rules import Limit, Retention, Table
from complaint_rules.policy.uses import Rule, key_of
from complaint_rules.words.article_texts import articles_in_words, first_article, order_of
from complaint_rules.words.dependents import Dependent, dependents, reaching
from complaint_rules.words.rule_texts import (
    extension_text,
    limit_row_text,
    retention_text,
    rule_text,
    written,
)
from complaint_rules.words.voices import Voice, voice


class ReadingText(NamedTuple):
    """One reading of ours, with what it is about and what hangs on it."""

    key: str
    """The rule, as ``limit/whole``; ``retention``."""
    title: str
    """Its title."""
    part: str
    """Which part of the rule; empty: the rule as a whole."""
    cite: str
    """The article as its readers write it; empty where there is none."""
    article: str
    """Key of the first article cited, as ``article/14``; empty where there is none."""
    source: str
    """The text the article is of, by the name before the colon; empty: the policy's own."""
    says: tuple[str, ...]
    """What stands in the rule under this reading: figures, values, conditions."""
    reading: str
    """What the text leaves open, and how we read it."""
    dependents: tuple[Dependent, ...]
    """The rules that read this one, with the figures that depend on it."""
    further: tuple[str, ...]
    """Rules that hang on these in turn."""


class OpenFigure(NamedTuple):
    """A parameter: a figure that the text leaves open."""

    key: str
    """``parameter/major_report``."""
    title: str
    """What it stands for."""
    cite: str
    """The article that leaves it open; empty where none is named."""
    article: str
    """Key of that article; empty where none is named."""
    source: str
    """The text that article is of; empty: the policy's own."""
    value: str
    """The value it has; empty: the user has to supply one."""
    reading: str
    """Why it has a default; empty where it has none."""
    dependents: tuple[Dependent, ...]
    """The rules that wait for it."""
    further: tuple[str, ...]
    """Rules that hang on these in turn."""


class MissingArticle(NamedTuple):
    """An article that is lost, or was not read yet, as a whole or in part."""

    key: str
    """``article/15``."""
    cite: str
    """The article as its readers write it."""
    source: str
    """The text it is of; empty: the policy's own."""
    title: str
    """Its gist, in our words."""
    state: ArticleState
    """Lost, or not yet."""
    told: str
    """The same in words, and whether it is so of a part only."""


class Silences(NamedTuple):
    """What one text leaves open, and what was made of it."""

    title: str
    """Title of the policy."""
    readings: tuple[ReadingText, ...]
    """Readings of ours, in the order of the text."""
    figures: tuple[OpenFigure, ...]
    """Figures left open, those to be supplied first."""
    articles: tuple[MissingArticle, ...]
    """Articles lost or not read."""
    notes: tuple[str, ...]
    """What a reader must know: collisions with other norms, contradictions, gaps."""


class _Part(NamedTuple):
    """A part of a rule that carries a reading."""

    name: str
    cite: str | None
    says: tuple[str, ...]
    reading: Titles


def silences(policy: Policy, lang: Lang) -> Silences:
    """Give where the text of a policy is silent or contradicts itself, and how it is read here.

    Rules taken over from a policy that this one extends are among them, with the name of their text as `source`.
    Raises `UnknownLanguage`.

    >>> from complaint_rules.policy.loading import load_policy
    >>> open_here = silences(load_policy("psbc-95580"), "en")
    >>> [one.part for one in open_here.readings if one.key == "table/priority"]
    ['row 4: Urgent', 'row 5: Urgent']
    >>> [one.key for one in silences(load_policy("cbirc-2020-3"), "en").figures if not one.value]
    ['parameter/major_report', 'parameter/retention']
    """
    spoken = voice(policy, lang)
    hanging = dependents(policy, spoken)
    place = order_of(policy)
    found = []
    for rule in rules_of(policy):
        for part in _parts(rule, spoken):
            cite = part.cite if part.cite is not None else rule.cite
            found.append((place([] if cite is None else [cite]), _reading(rule, part, cite, hanging, spoken)))
    readings = tuple(one for _, one in sorted(found, key=lambda pair: pair[0]))
    figures = sorted(_figures(policy, hanging, spoken), key=lambda one: bool(one.value))
    return Silences(
        spoken.titled(policy.title, policy.id),
        readings,
        tuple(figures),
        tuple(_articles(policy, spoken)),
        tuple(note[lang] for note in policy.notes),
    )


def _reading(
    rule: Rule, part: _Part, cite: str | None, hanging: Mapping[str, tuple[Dependent, ...]], spoken: Voice
) -> ReadingText:
    key = key_of(rule)
    return ReadingText(
        key=key,
        title=spoken.rule(key).removeprefix("“").removesuffix("”"),
        part=part.name,
        cite=spoken.policy.cite(cite, spoken.lang),
        article=first_article(cite),
        source=_source(cite),
        says=part.says,
        reading=part.reading[spoken.lang],
        dependents=hanging.get(key, ()),
        further=reaching(key, hanging),
    )


def _source(cite: str | None) -> str:
    places = () if cite is None else places_in(cite)
    return places[0].source if places else ""


def _parts(rule: Rule, spoken: Voice) -> Iterator[_Part]:
    """Give every part of a rule that carries a reading: the rule itself, then its rows and the like."""
    if rule.reading is not None:
        yield _Part("", rule.cite, _says(rule, spoken), rule.reading)
    yield from _accepted("", getattr(rule, "accept", ()), rule.cite, spoken)
    match rule:
        case Table():
            yield from _table_parts(rule, spoken)
        case Limit():
            yield from _limit_parts(rule, spoken)


def _accepted(part: str, accept: Sequence[Accepted], cite: str | None, spoken: Voice) -> Iterator[_Part]:
    """Give the findings accepted with a reading of their own; `part` is the row that accepts them."""
    for one in accept:
        if one.reading is not None:
            name = spoken.joined([*filter(None, [part]), spoken.pick("已接受的所见", "accepted finding")])
            yield _Part(name, cite, (one.code.title(spoken.lang),), one.reading)


def _table_parts(table: Table, spoken: Voice) -> Iterator[_Part]:
    for number, row in enumerate(table.rows, 1):
        value = spoken.titled(table.values.get(row.value, {}), row.value)
        name = spoken.pick(f"第{number}行：{value}", f"row {number}: {value}")
        if row.reading is not None:
            when = spoken.pick("其余", "otherwise") if row.when is None else spoken.condition(row.when)
            yield _Part(name, row.cite, (when,), row.reading)
        yield from _accepted(name, row.accept, row.cite, spoken)


def _limit_parts(limit: Limit, spoken: Voice) -> Iterator[_Part]:
    pick = spoken.pick
    for number, row in enumerate(limit.rows, 1):
        name = pick(f"期限{number}", f"figure {number}")
        if row.reading is not None:
            says = limit_row_text(attrs.evolve(row, reading=None, cite=None, accept=()), spoken)
            yield _Part(name, row.cite, (says,), row.reading)
        yield from _accepted(name, row.accept, row.cite, spoken)
    for pause in limit.pauses:
        if pause.reading is not None:
            says = spoken.listed(map(spoken.code, sorted(pause.reasons)))
            yield _Part(pick("中止", "stops for"), pause.cite, (says,), pause.reading)
    for extension in limit.extensions:
        if extension.reading is not None:
            says = extension_text(attrs.evolve(extension, reading=None, cite=None), spoken)
            yield _Part(pick("延期", "extension"), extension.cite, (says,), extension.reading)
    if limit.restart is not None and limit.restart.reading is not None:
        says = spoken.selectors(limit.restart.on)
        yield _Part(pick("重新起算", "starts anew"), limit.restart.cite, (says,), limit.restart.reading)
    for void in limit.void_on:
        if void.reading is not None:
            where = [] if void.when is None else [spoken.condition(void.when)]
            says = spoken.joined([spoken.selector(void.on), *where])
            yield _Part(pick("不再计算", "void on"), void.cite, (says,), void.reading)


def _says(rule: Rule, spoken: Voice) -> tuple[str, ...]:
    """Say what stands in a rule as a whole, without its readings."""
    pick = spoken.pick
    match rule:
        case Table():
            return (spoken.listed(spoken.titled(titles, code) for code, titles in rule.values.items()),)
        case Limit():
            starts, until = spoken.selectors(rule.starts), spoken.selectors(rule.until)
            rows = (limit_row_text(attrs.evolve(row, reading=None, cite=None, accept=()), spoken) for row in rule.rows)
            return (pick(f"自{starts}至{until}", f"from {starts} until {until}"), *rows)
        case Retention():
            return (retention_text(attrs.evolve(rule, reading=None, cite=None), spoken),)
    *lines, _ = rule_text(spoken.policy, key_of(rule), spoken).lines  # the last one is the reading itself
    return tuple(map(written, lines))


def _figures(policy: Policy, hanging: Mapping[str, tuple[Dependent, ...]], spoken: Voice) -> Iterator[OpenFigure]:
    for name, parameter in policy.parameters.items():
        key = f"parameter/{name}"
        yield OpenFigure(
            key=key,
            title=spoken.titled(parameter.title, name),
            cite=policy.cite(parameter.cite, spoken.lang),
            article=first_article(parameter.cite),
            source=_source(parameter.cite),
            value="" if parameter.value is None else spoken.value("", parameter.value),
            reading="" if parameter.reading is None else parameter.reading[spoken.lang],
            dependents=hanging.get(key, ()),
            further=reaching(key, hanging),
        )


def _articles(policy: Policy, spoken: Voice) -> Iterator[MissingArticle]:
    states = {f"article/{number}": article.state for number, article in policy.articles.items()}
    for name, text in policy.texts.items():
        states |= {f"article/{name}:{number}": article.state for number, article in text.articles.items()}
    for one in articles_in_words(policy, spoken):
        state = states[one.key]
        if state in (ArticleState.LOST, ArticleState.NOT_YET):
            source = one.key.removeprefix("article/").rpartition(":")[0]
            yield MissingArticle(one.key, one.cite, source, one.title, state, one.marks[-1])
