"""All texts together, and a text looked up: whole, by the places in it, or part by part."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from string import Formatter
from typing import Final, NamedTuple

from complaint_rules.words.messages.terms import TERMS

_LONGEST: Final = 1_000
_DEEPEST: Final = 6
_MOST_PARTS: Final = 3
_PLURAL: Final = "s?"
"""What stands in the place ``s``, the only one that Chinese leaves out."""
_QUOTED: Final = re.compile(r"""(['"])((?:(?!\1).)*)\1(…?)""", re.DOTALL)
_FOREIGN: Final = re.compile(r"[A-Za-z'\"]")


class Template(NamedTuple):
    """A text with places: how it is recognised, and what it is in Chinese."""

    pattern: re.Pattern[str]
    """The English, with a named group for each place."""
    english: str
    """The English as it stands in the catalogue."""
    parts: tuple[tuple[str, str, str], ...]
    """The Chinese: plain text, the place behind it, and how that is said (``r``: as it is, ``s``: as a term)."""


class Catalogue(NamedTuple):
    """Every text there is."""

    whole: dict[str, str]
    """Texts without places."""
    templates: tuple[Template, ...]
    """Texts with places, those that say most of themselves first."""


def template_of(english: str, chinese: str) -> Template:
    """Make a text with places recognisable.

    >>> template_of("at most {most} are read", "最多读取{most}项").pattern.fullmatch("at most 5 are read")[
    ...     "most"
    ... ]
    '5'
    """
    pattern = "".join(
        re.escape(plain) + ("" if place is None else f"(?P<{place}>{_PLURAL if place == 's' else '.*?'})")
        for plain, place, _, _ in Formatter().parse(english)
    )
    parts = tuple((plain, place or "", manner or "") for plain, place, _, manner in Formatter().parse(chinese))
    return Template(re.compile(pattern, re.DOTALL), english, parts)


def _plain_length(text: str) -> tuple[int, str]:
    return sum(len(plain) for plain, _, _, _ in Formatter().parse(text)), text


@lru_cache(maxsize=1)
def catalogue() -> Catalogue:
    """Put all texts together; they load with the first one that is looked up, for only who reads Chinese needs them.

    >>> catalogue().whole["there is no such file"]
    '没有这个文件'
    """
    from complaint_rules.words.messages import (
        basics,
        calendar,
        cases,
        cli,
        conditions,
        conformance,
        documents,
        exchange,
        kits,
        others,
        reaching,
        reports,
        statistics,
        testing,
        worlds,
    )
    from complaint_rules.words.messages import policy as policies

    rooms = (
        basics,
        calendar,
        cases,
        conditions,
        documents,
        exchange,
        policies,
        statistics,
        reports,
        testing,
        worlds,
        reaching,
        kits,
        conformance,
        cli,
        others,
    )
    texts = {english: chinese for room in rooms for english, chinese in room.MESSAGES.items()}
    placed = {text for text in texts if any(place is not None for _, place, _, _ in Formatter().parse(text))}
    return Catalogue(
        {text.format(): texts[text].format() for text in texts.keys() - placed},
        tuple(template_of(text, texts[text]) for text in sorted(placed, key=_plain_length, reverse=True)),
    )


@lru_cache(maxsize=4_096)
def in_chinese(text: str, deep: int = 0) -> str:
    """Say a text of an error in Chinese; what nobody has put into Chinese stays as it is.

    Of several readings the one that leaves least in English is taken, among equals the first: what is joined by a
    semicolon is parted before anything is taken for what fills a place.
    `deep` counts the texts that this one stands in: whatever stands in a place, it is not followed without end.

    >>> in_chinese("a time of day is expected"), in_chinese("did you mean 'phone'?")
    ('应为时刻', '是否想写“phone”？')
    >>> in_chinese("at most 2000 entries are read; leave the key out"), in_chinese("quite another thing")
    ('最多读取2000项；不写这个键', 'quite another thing')
    """
    known = catalogue().whole.get(text)
    if known is not None or deep > _DEEPEST:
        return text if known is None else known
    readings = [
        *_part_by_part(text, "; ", "；", deep + 1),
        *(_read(text, deep + 1) if len(text) <= _LONGEST else ()),
        *_part_by_part(text, ": ", "：", deep + 1),
    ]
    return min(readings, key=lambda reading: len(_FOREIGN.findall(reading)), default=text)


def term(word: str, deep: int = 0) -> str:
    """Say a single word, as the name of a kind of value; a longer text is looked up as any other.

    >>> term("truth value"), term("the notice for 2027"), term("100 working days"), term("own")
    ('是或否', '2027年的通知', '100个工作日', 'own')
    """
    figure, _, unit = word.partition(" ")
    if figure.isdecimal() and unit in TERMS:
        return figure + TERMS[unit]
    return TERMS.get(word, "").removeprefix("个") or in_chinese(word, deep)


def quoted(text: str) -> str:
    """Put Chinese quotation marks around a value that has plain ones; anything else stays as it is.

    >>> quoted("'phone'"), quoted("12")
    ('“phone”', '12')
    """
    found = _QUOTED.fullmatch(text)
    return text if found is None else f"“{found[2]}”{found[3]}"


def _read(text: str, deep: int) -> Iterator[str]:
    for one in catalogue().templates:
        found = one.pattern.fullmatch(text)
        if found is not None:
            filled = [_said(found[place], manner, deep) if place else "" for _, place, manner in one.parts]
            if None not in filled:
                yield "".join(plain + str(said) for (plain, _, _), said in zip(one.parts, filled, strict=True))


def _said(filled: str, manner: str, deep: int) -> str | None:
    """Say what fills a place; None where a term belongs there and this is none."""
    match manner:
        case "r":
            return filled
        case "s":
            told = term(filled, deep)
            return None if told == filled else told
        case _ if _QUOTED.fullmatch(filled):
            return quoted(filled)
        case _:
            return in_chinese(filled, deep)


def _part_by_part(text: str, sign: str, wide: str, deep: int) -> Iterator[str]:
    parts = list(_parts(text, sign))
    told = [in_chinese(part, deep) for part in parts] if len(parts) > 1 else parts
    if told != parts:
        yield wide.join(told)


def _parts(text: str, sign: str) -> Iterator[str]:
    """Part a text at a sign, but not where a single text of the catalogue has it."""
    rest = text.split(sign)
    joined = [one.pattern for one in catalogue().templates if sign in one.english]
    while rest:
        for size in range(min(len(rest), _MOST_PARTS), 1, -1):
            part = sign.join(rest[:size])
            if part in catalogue().whole or any(pattern.fullmatch(part) for pattern in joined):
                break
        else:
            size, part = 1, rest[0]
        yield part
        del rest[:size]
