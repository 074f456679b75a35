"""What became of each article of a text: rules, standing duties, nothing to compute, lost, not yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from complaint_rules.policy.articles import Article, ArticleState, articles_in, cited_as
from complaint_rules.policy.policy import Policy, rules_of
from complaint_rules.policy.rules import Standing
from complaint_rules.policy.uses import cites_of, key_of
from complaint_rules.words.voices import Voice


class ArticleText(NamedTuple):
    """One article in words."""

    key: str
    """``article/18``; of another text ``article/law:18``."""
    cite: str
    """The article as its readers write it."""
    title: str
    """Its gist, in our words."""
    marks: tuple[str, ...]
    """What became of it."""
    rules: tuple[str, ...]
    """Keys of the rules that cite it."""


def articles_in_words(policy: Policy, spoken: Voice) -> tuple[ArticleText, ...]:
    """Give every article that the policy lists in the order of its text, then those of the texts it builds on.

    >>> from complaint_rules.policy.loading import load_policy
    >>> from complaint_rules.words.voices import voice
    >>> policy = load_policy("realty-levels")
    >>> [one.marks for one in articles_in_words(policy, voice(policy, "en")) if one.key == "article/5.3"]
    [('lost',)]
    """
    cited = _cited(policy)
    texts: list[tuple[str, Mapping[str, Article]]] = [("", policy.articles)]
    texts += [(f"{name}:", text.articles) for name, text in policy.texts.items()]
    return tuple(
        _in_words(policy, name, article, cited.get(name + article.id, {}), spoken)
        for name, articles in texts
        for article in articles.values()
    )


def _in_words(policy: Policy, text: str, article: Article, rules: Mapping[str, bool], spoken: Voice) -> ArticleText:
    marks = []
    displaced = [one for one in policy.displaced if any(text + article.id in articles_in(cite) for cite in one.cites)]
    replaced = [one.rule for one in displaced if one.replaced]
    if replaced:
        marks.append(spoken.pick("由自有规则代替", "replaced by rules of its own"))
    if len(replaced) < len(displaced):
        marks.append(spoken.pick("不沿用", "not taken over"))
    if not all(rules.values()):
        marks.append(spoken.pick("已编入规则", "in force here"))
    if any(rules.values()):
        marks.append(spoken.pick("常设职责", "standing"))
    if article.state is not None:
        state = article.state.title(spoken.lang)
        partly = bool(rules) and article.state is not ArticleState.NOTHING
        marks.append(spoken.pick(f"部分{state}", f"{state} in part") if partly else state)
    cite = cited_as(text + article.id, policy.citation, policy.texts, spoken.lang)
    keys = tuple(dict.fromkeys((*replaced, *rules)))
    return ArticleText(f"article/{text}{article.id}", cite, article.title[spoken.lang], tuple(marks), keys)


def _cited(policy: Policy) -> dict[str, dict[str, bool]]:
    """Give the rules that cite each article, each with whether it is a standing duty."""
    found: dict[str, dict[str, bool]] = {}
    for key, cite, standing in _citations(policy):
        for number in articles_in(cite):
            found.setdefault(number, {})[key] = standing
    return found


def _citations(policy: Policy) -> Iterator[tuple[str, str, bool]]:
    for rule in rules_of(policy):
        for cite in cites_of(rule):
            yield key_of(rule), cite, isinstance(rule, Standing)
    for name, parameter in policy.parameters.items():
        if parameter.cite is not None:
            yield f"parameter/{name}", parameter.cite, False
    if policy.quiet_cite is not None:
        yield "quiet", policy.quiet_cite, False


def first_article(cite: str | None) -> str:
    """Give the key of the first article that a citation names; empty where it names none.

    >>> (
    ...     first_article("10 item 2 sub 1, 14"),
    ...     first_article("platform:角色"),
    ...     first_article("civil-code:"),
    ...     first_article(None),
    ... )
    ('article/10', 'article/platform:角色', '', '')
    """
    return next((f"article/{number}" for number in articles_in(cite or "")), "")


def order_of(policy: Policy) -> Callable[[Iterable[str]], int]:
    """Give what tells the place in the text of what carries citations: that of the first article of the text itself.

    What cites none of them comes last.

    >>> from complaint_rules.policy.loading import load_policy
    >>> place = order_of(load_policy("psbc-95580"))
    >>> place(["14 item 1"]) < place(["platform:角色", "15"]) < place([])
    True
    """
    places = {number: place for place, number in enumerate(policy.articles)}

    def place_of(cites: Iterable[str]) -> int:
        cited = (number for cite in cites for number in articles_in(cite))
        return next((places[number] for number in cited if number in places), len(places))

    return place_of
