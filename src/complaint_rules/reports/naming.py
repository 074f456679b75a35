"""What figures are grouped by, and their groups, in words (分组名称): titles of a policy, in both languages."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import Final

from complaint_rules.assessment.questions import NoteCode
from complaint_rules.language import LANGUAGES, Lang, said
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.articles import Titles
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import CountingRule, Figure, Filing, Selector
from complaint_rules.reports.pages import GridCell
from complaint_rules.reports.wordings import Wording, in_words
from complaint_rules.statistics.groups import UNITS, Key
from complaint_rules.words import report_texts as words
from complaint_rules.words.voices import voice

_NO_FAULTS: Final = frozenset({NoteCode.IGNORED_FACT.value, NoteCode.IGNORED_LINK.value})
_TRUTHS: Final = {"true": FrozenMap(zh="是", en="yes"), "false": FrozenMap(zh="否", en="no")}
_PERIODS: Final = {
    "day": FrozenMap(zh="日", en="Day"), "week": FrozenMap(zh="周", en="Week"), "month": FrozenMap(zh="月", en="Month"),
    "quarter": FrozenMap(zh="季度", en="Quarter"), "half_year": FrozenMap(zh="半年", en="Half-year"),
    "year": FrozenMap(zh="年", en="Year"),
}  # fmt: skip
_HOLDERS: Final = {
    "unit": FrozenMap(zh="经办机构", en="Unit"), "holder": FrozenMap(zh="经办层级", en="Held by"),
}  # fmt: skip


def name_in_words(policy: Policy, name: str) -> Wording:
    """Give the title of what figures are grouped by; a name without one as it is.

    >>> from complaint_rules import load_policy
    >>> name_in_words(load_policy("psbc-95580"), "month")["en"]
    'Month'
    """
    if name in _PERIODS:
        return _PERIODS[name]
    if name in _HOLDERS:
        return _HOLDERS[name]
    if name in policy.tables:
        return _both(policy.tables[name].title, name)
    if name in policy.scope.facts:
        return _both(policy.scope.facts[name].title, name)
    kind, dot, unit = name.partition(".")
    if dot and unit in UNITS:
        event = _event(policy, kind)
        return FrozenMap(
            zh=f"{event['zh']}之{_PERIODS[unit]['zh']}",
            en=f"{_PERIODS[unit]['en']} ({event['en']})",
        )
    called, bracket, rest = name.partition("(")
    limit = rest.rstrip(")")
    if bracket and limit in policy.limits:
        title = policy.limits[limit].title
        what = ("时限状态", "standing of") if called == "standing" else ("逾期时的经办层级", "held at the breach of")
        return FrozenMap(zh=f"{title.get('zh', limit)}：{what[0]}", en=f"{what[1]} {title.get('en', limit)}")
    return name


def key_in_words(policy: Policy, name: str, key: Key) -> Wording:
    """Give the words for a group: of a code its title; unknown, or known to have none.

    >>> from complaint_rules import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> key_in_words(policy, "channel", "phone")["zh"], key_in_words(policy, "channel", None)["en"]
    ('电话', 'unknown')
    """
    if key is None:
        return words.UNKNOWN_GROUP
    if not key:
        return words.NO_VALUE_HERE
    spec, table = policy.scope.facts.get(name), policy.tables.get(name)
    if name.startswith("standing("):
        return words.CLASSES.get(key, key)
    titles: Mapping[str, Mapping[str, str]] = {**policy.levels, **policy.bodies}
    if spec is not None:
        if key in _TRUTHS and spec.type == "bool":
            return _TRUTHS[key]
        if spec.values is not None:
            titles = {**titles, **spec.values}
        elif spec.type == "text":  # a key of the user's own, whatever it is like
            titles = {}
    elif table is not None:
        titles = {**titles, **table.values}
    return _both(titles.get(key, {}), key)


def why_in_words(policy: Policy, name: str, key: Key) -> Wording:
    """Give the words for why a case does not count: the value of a table, or all values of it that it has.

    >>> from complaint_rules import load_policy
    >>> why_in_words(load_policy("boc-it-blueprint"), "counting", "consultation")["en"]
    'Consultation'
    """
    parts = [key_in_words(policy, name, one) for one in (key or "").split(", ")] if key else []
    if len(parts) < 2:
        return key_in_words(policy, name, key)
    return FrozenMap({lang: said(("、", ", "), lang).join(in_words(one, lang) for one in parts) for lang in LANGUAGES})


def who_in_words(policy: Policy, who: Iterable[str]) -> Titles:
    """Name levels and bodies of a policy, as those to whom a return goes; one without a title by its key.

    >>> from complaint_rules import load_policy
    >>> who_in_words(load_policy("psbc-95580"), ["outlet", "tier1_branch"])["en"]
    'Outlet, Tier-1 branch (province)'
    """
    keys = tuple(who)
    return FrozenMap(
        {lang: said(("、", ", "), lang).join(policy.title_of(one, lang) for one in keys) for lang in LANGUAGES}
    )


def figure_in_words(policy: Policy, figure: Figure) -> Wording:
    """Say how a figure is worked out and what places its cases: its definition, else that of its shape.

    >>> from complaint_rules import load_policy
    >>> policy = load_policy("grcu-2008")
    >>> "placed by the day" in figure_in_words(policy, policy.figures["settled"])["en"]
    True
    """
    return FrozenMap({lang: _defined(policy, figure, lang) for lang in LANGUAGES})


def _defined(policy: Policy, figure: Figure, lang: Lang) -> str:
    parts = [figure.definition[lang] if figure.definition is not None else _worked_out(policy, figure, lang)]
    if figure.dated:
        placed = words.EACH if figure.each else words.PLACED
        parts.append(placed[lang].format(event=_events(policy, figure.dated, lang)))
    return said(("；", "; "), lang).join(parts)


def about_figure(policy: Policy, figure: Figure) -> Sequence[Titles]:
    """Say where a figure is asked for, whose it is, how great it has to be, and what is our reading of it.

    >>> from complaint_rules import load_policy
    >>> policy = load_policy("psbc-95580")
    >>> [one["en"] for one in about_figure(policy, policy.figures["callback_tier2"])][1:3]
    ['whose figure: Tier-2 branch', 'to be no less than 70%']
    """
    found = about_article(policy, figure.cite)
    if figure.who is not None:
        who = who_in_words(policy, [figure.who])
        found.append(_filled(words.WHOSE, who=who))
    for share, words_of in ((figure.at_least, words.NO_LESS), (figure.at_most, words.NO_MORE)):
        if share is not None:
            found.append(_filled(words_of, share=GridCell.number(share, decimals=_places(share), percent=True).figure))
    return (*found, *about_reading(figure.reading))


def about_filing(policy: Policy, filing: Filing) -> Sequence[Titles]:
    """Say who files a return, to whom, where it is asked for, and what is our reading of it.

    >>> from complaint_rules import load_policy
    >>> policy = load_policy("grcu-2008")
    >>> [one["zh"] for one in about_filing(policy, policy.filings["half_yearly"])][0]
    '报送单位：办事处及地（市）联社'
    """
    found = [] if filing.who is None else [_filled(words.REPORTED_BY, who=who_in_words(policy, [filing.who]))]
    if filing.to:
        found.append(_filled(words.REPORTED_TO, to=who_in_words(policy, filing.to)))
    return (*found, *about_article(policy, filing.cite), *about_reading(filing.reading))


def about_rule(policy: Policy, rule: CountingRule) -> Sequence[Titles]:
    """Say where a counting rule stands, and what is our reading of it.

    >>> from complaint_rules import load_policy
    >>> policy = load_policy("boc-it-blueprint")
    >>> [one["zh"] for one in about_rule(policy, policy.bases["counted"])][0]
    '依据：预案四(二)'
    """
    return (*about_article(policy, rule.cite), *about_reading(rule.reading))


def about_article(policy: Policy, cite: str | None) -> list[Titles]:
    """Say where something is asked for; empty: nowhere.

    >>> from complaint_rules import load_policy
    >>> [one["en"] for one in about_article(load_policy("psbc-95580"), "19")]
    ['by art. 19']
    """
    if cite is None:
        return []
    return [FrozenMap({lang: words.ARTICLE[lang].format(article=policy.cite(cite, lang)) for lang in LANGUAGES})]


def about_reading(reading: Titles | None) -> list[Titles]:
    """Mark what is our reading; empty: nothing is.

    >>> [one["en"] for one in about_reading({"zh": "按收到", "en": "by the receipt"})]
    ['our reading: by the receipt']
    """
    return [] if reading is None else [_filled(words.READING, reading=reading)]


def _filled(text: Titles, **parts: Mapping[str, str] | str) -> Titles:
    return FrozenMap(
        {
            lang: text[lang].format(
                **{name: part if isinstance(part, str) else part[lang] for name, part in parts.items()}
            )
            for lang in LANGUAGES
        }
    )


def _places(share: Fraction) -> int:
    """Give how many places behind the point a share needs as a percentage, two at most."""
    return next((places for places in (0, 1) if (share * 100 * 10**places).denominator == 1), 2)


def problem_in_words(code: str) -> Titles:
    """Say what is wrong with some cases, by the code under which a tally keeps them apart.

    >>> problem_in_words("received_later")["en"], problem_in_words("not_in_force")["en"]
    ('received after the moment, counted nowhere', 'not in force on the day of receipt')
    """
    known = {one.value: FrozenMap(zh=one.zh, en=one.en) for one in NoteCode}
    return words.PROBLEMS.get(code) or known.get(code) or _both({}, code)


def problems_in_words(code: str, n: int) -> Titles:
    """Say of how many cases something is wrong; what other rules ask for, and these do not, is no fault of a record.

    >>> problems_in_words("ended_before_begun", 2)["en"]
    'Complaints with a fault of the record: ended before it began (2)'
    >>> problems_in_words("ignored_fact", 3)["en"]
    'Not used, and no fault: fact that the rules do not know (3)'
    """
    text = words.NOT_USED if code in _NO_FAULTS else words.FLAWED
    return _filled(text, code=problem_in_words(code), n=str(n))


def _worked_out(policy: Policy, figure: Figure, lang: Lang) -> str:
    text = words.WORKED_OUT[f"limit_{figure.rate or 'due'}" if figure.limit else figure.shape.value][lang]
    if figure.time is not None:
        unit = figure.time.unit.title(lang).removeprefix("个")
        starts, until = (_events(policy, some, lang) for some in (figure.time.starts, figure.time.until))
        text = text.format(starts=starts, until=until, unit=unit)
    if figure.scale is not None:
        base = policy.scales.get(figure.scale.base)
        text = text.format(per=figure.scale.per, base=figure.scale.base if base is None else base.title[lang])
    return said(("；", "; "), lang).join([text, *_conditions(policy, figure, lang)])


def _conditions(policy: Policy, figure: Figure, lang: Lang) -> Iterator[str]:
    spoken = voice(policy, lang)
    if figure.limit is not None:
        yield words.OF_LIMIT[lang].format(limit=spoken.rule(f"limit/{figure.limit}"))
    if figure.time is not None and figure.time.without_pauses:
        yield words.PAUSES[lang]
    for text, condition in ((words.KIND, figure.share), (words.AMONG, figure.of)):
        if condition is not None:
            yield text[lang].format(condition=spoken.condition(condition))


def _events(policy: Policy, selectors: tuple[Selector, ...], lang: Lang) -> str:
    titles = (_event(policy, selector.kind)[lang] for selector in selectors)
    return said(("或", " or "), lang).join(dict.fromkeys(titles))


def _event(policy: Policy, kind: str) -> Titles:
    if kind == "received":
        return words.RECEIVED
    return _both(policy.events.get(kind, {}), kind)


def _both(titles: Mapping[str, str], name: str) -> Titles:
    return FrozenMap({lang: titles.get(lang, name) for lang in LANGUAGES})
