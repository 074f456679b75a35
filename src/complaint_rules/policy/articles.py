"""Citations that a lawyer recognises: article, paragraph, item and sub-item apart, and the texts they are of."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Final, NamedTuple, final

import attrs

from complaint_rules.frozen import Shown
from complaint_rules.language import Coded, Lang
from complaint_rules.mappings import FrozenMap

Titles = FrozenMap[str, str]
"""A text in Chinese and English, under ``zh`` and ``en``."""
_PLAIN: Final[Titles] = FrozenMap(zh="{}", en="{}")
_PLACE: Final = re.compile(
    r"(?:(?P<source>[A-Za-z0-9_.-]{1,80}):)?(?P<number>[^\s:,]{1,40})?"
    r"(?: para (?P<para>[0-9]{1,3}(?:-[0-9]{1,3})?))?"
    r"(?: item (?P<item>[0-9]{1,3}(?:-[0-9]{1,3})?))?"
    r"(?: sub (?P<sub>[0-9]{1,3}(?:-[0-9]{1,3})?))?"
)
_WHOLE: Final = re.compile(r"([1-9][0-9]{0,3})(?:-([1-9][0-9]{0,3}))?")
_DIGITS: Final = "零一二三四五六七八九"
_LONGEST_RANGE: Final = 500
_PLACES: Final = ((1000, "千"), (100, "百"), (10, "十"))


class ArticleState(Coded):
    """What became of an article that no rule is about (条文状态)."""

    NOTHING = "nothing", "无可计算内容", "nothing to compute"
    """Scope, definitions, entry into force and the like."""
    LOST = "lost", "原文缺失", "lost"
    """The text breaks off here, or this part of it is missing."""
    NOT_YET = "not_yet", "尚未收录", "not yet"
    """It is not encoded yet, or was not read."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Article(Shown):
    """An article or section of a text (条), with its gist in our words.

    >>> Article(id="18", title=FrozenMap(zh="处理期限", en="Time limits")).state is None
    True
    """

    id: str
    """Its number as citations write it."""
    title: Titles
    """What it is about, in our words."""
    state: ArticleState | None = None
    """Why no rule is about it, or that a part of it is lost; None: rules or standing duties are about it."""


@final
@attrs.frozen(kw_only=True, repr=False)
class CitedText(Shown):
    """A text that rules cite beside the policy's own: that of a policy extended, a law (所引文本)."""

    id: str
    """Its name before the colon of a citation."""
    title: Titles
    """Its title."""
    citation: Titles = _PLAIN
    """How an article of it is written."""
    url: str | None = None
    """Address of the official text; None: there is none, or it is not known."""
    articles: FrozenMap[str, Article] = FrozenMap()
    """Its articles in their order; empty where they are not listed."""


@final
@attrs.frozen(kw_only=True, repr=False)
class Displaced(Shown):
    """A rule of a policy extended that is no more in the one that extends it (被取代或不沿用)."""

    rule: str
    """Its key, as ``limit/decide``."""
    replaced: bool
    """Whether a rule of the same key stands in its place; otherwise it is not taken over."""
    cites: tuple[str, ...] = ()
    """What it cited."""


class Place(NamedTuple):
    """One place in a text: paragraph (款), item (项) and sub-item (目) are different things."""

    number: str
    """Number of the article in the text's own form; empty: the text as a whole."""
    para: str = ""
    """Paragraph or range of paragraphs (款); empty: not named."""
    item: str = ""
    """Item or range of items (项); empty: not named."""
    sub: str = ""
    """Sub-item or range of sub-items (目); empty: not named."""
    source: str = ""
    """Name of the text; empty: the policy's own."""


def places_in(cite: str) -> tuple[Place, ...]:
    """Read a citation: places parted by commas; empty where it is none.

    ``NUMBER [para N] [item N] [sub N]``, with ``TEXT:`` before it where the text is another.

    >>> places_in("29 para 2 item 1, 14")
    (Place(number='29', para='2', item='1', sub='', source=''), Place(number='14', para='', item='', sub='', source=''))
    >>> places_in("cbirc-2020-3:18 para 1")[0].source
    'cbirc-2020-3'
    >>> places_in("29 paragraph 2"), places_in("9-7"), places_in("29 item 0")
    ((), (), ())
    """
    found = []
    for part in cite.split(", "):
        match = _PLACE.fullmatch(part)
        if match is None or not (match["number"] or match["source"]):
            return ()
        if not match["number"] and (match["para"] or match["item"] or match["sub"]):
            return ()
        place = Place(*(match[name] or "" for name in ("number", "para", "item", "sub", "source")))
        if not all(map(_rises, (place.para, place.item, place.sub, *_WHOLE.findall(place.number)))):
            return ()
        found.append(place)
    return tuple(found)


def _rises(part: str | tuple[str, str]) -> bool:
    """Say whether a number is none of nothing, and a range goes up, over no more than a text has."""
    ends = [int(end) for end in (part.split("-") if isinstance(part, str) else part) if end]
    return all(ends) and (len(ends) < 2 or 0 < ends[1] - ends[0] <= _LONGEST_RANGE)


def articles_in(cite: str) -> Iterator[str]:
    """Give the articles that a citation names, one by one, that of another text with its name.

    >>> list(articles_in("5-6 para 1, civil-code:203"))
    ['5', '6', 'civil-code:203']
    """
    for place in places_in(cite):
        for number in numbers_of(place):
            yield f"{place.source}:{number}" if place.source else number


def numbers_of(place: Place) -> tuple[str, ...]:
    """Give the numbers of the articles that a place names: of a range each.

    >>> numbers_of(Place("7-9")), numbers_of(Place("四(三)9")), numbers_of(Place(""))
    (('7', '8', '9'), ('四(三)9',), ())
    """
    match = _WHOLE.fullmatch(place.number)
    if match is None or match[2] is None:
        return (place.number,) if place.number else ()
    return tuple(str(number) for number in range(int(match[1]), int(match[2]) + 1))


def cited_as(cite: str, citation: Titles, texts: Mapping[str, CitedText], lang: Lang) -> str:
    """Write a citation as the text's readers do.

    In Chinese the numbers of articles, paragraphs and items are written in Chinese numerals, as laws are cited.

    >>> law = FrozenMap(zh="第{}条", en="art. {}")
    >>> cited_as("29 para 2 item 1", law, {}, "zh"), cited_as("29 para 2 item 1", law, {}, "en")
    ('第二十九条第二款第（一）项', 'art. 29(2) item (1)')
    >>> cited_as("14, 15 item 2 sub 1-3", law, {}, "zh"), cited_as("14, 15 item 2 sub 1-3", law, {}, "en")
    ('第十四条、第十五条第（二）项第1至3目', 'art. 14, 15 item (2) sub-items 1-3')
    >>> cited_as("40-41", law, {}, "zh")
    '第四十条至第四十一条'
    >>> code = CitedText(id="civil-code", title=FrozenMap(zh="民法典", en="Civil Code"), citation=law)
    >>> cited_as("5, civil-code:203", law, {"civil-code": code}, "zh")
    '第五条、《民法典》第二百零三条'
    >>> cited_as("5, civil-code:203", law, {"civil-code": code}, "en")
    'art. 5; Civil Code, art. 203'
    """
    groups: list[tuple[str, list[Place]]] = []
    for place in places_in(cite):
        if groups and groups[-1][0] == place.source:
            groups[-1][1].append(place)
        else:
            groups.append((place.source, [place]))
    told = []
    for source, places in groups:
        text = texts.get(source)
        form = (citation if text is None else text.citation)[lang]
        head = "" if text is None else f"《{text.title[lang]}》" if lang == "zh" else text.title[lang]
        body = _chinese(places, form) if lang == "zh" else _english(places, form)
        told.append(head + body if lang == "zh" else ", ".join(filter(None, (head, body))))
    return ("、" if lang == "zh" else "; ").join(told)


def _chinese(places: list[Place], form: str) -> str:
    told = []
    for place in places:
        article = _article(place.number, form) if place.number else ""
        para = f"第{_ranged(place.para, chinese, '至')}款" if place.para else ""
        item = f"第{_ranged(place.item, lambda number: f'（{chinese(number)}）', '至')}项" if place.item else ""
        sub = f"第{_ranged(place.sub, str, '至')}目" if place.sub else ""
        told.append(article + para + item + sub)
    return "、".join(told)


def _article(number: str, form: str) -> str:
    match = _WHOLE.fullmatch(number)
    if match is None or form.endswith("{}"):
        return form.format(number)
    ends = [form.format(chinese(int(end))) for end in match.groups() if end is not None]
    return "至".join(ends)


def _english(places: list[Place], form: str) -> str:
    told = []
    for place in places:
        para = f"({place.para})" if place.para else ""
        item = f" item{_plural(place.item)} ({place.item})" if place.item else ""
        sub = f" sub-item{_plural(place.sub)} {place.sub}" if place.sub else ""
        told.append(place.number + para + item + sub)
    return form.format(", ".join(told)) if any(told) else ""


def _plural(number: str) -> str:
    return "s" if "-" in number else ""


def _ranged(number: str, write: Callable[[int], str], between: str) -> str:
    return between.join(write(int(end)) for end in number.split("-"))


def chinese(number: int) -> str:
    """Write a whole number from 1 to 9,999 in Chinese numerals, as laws number their articles.

    >>> [chinese(number) for number in (3, 10, 12, 20, 29, 101, 110, 203, 1260, 2005)]
    ['三', '十', '十二', '二十', '二十九', '一百零一', '一百一十', '二百零三', '一千二百六十', '二千零五']
    """
    told, skipped = "", False
    for size, name in _PLACES:
        digit, number = divmod(number, size)
        if digit:
            told += ("零" if skipped and told else "") + _DIGITS[digit] + name
            skipped = False
        else:
            skipped = bool(told)
    if number:
        told += ("零" if skipped else "") + _DIGITS[number]
    return told.removeprefix("一") if told.startswith("一十") else told
