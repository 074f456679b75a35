"""What people type from other languages and from Chinese keyboards, and how it is written here."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from typing import Final, NamedTuple


class Habit(NamedTuple):
    """One slip of the hand in a condition."""

    at: int
    """Its first character, counted from 0."""
    end: int
    """The character after its last."""
    why: str
    """What is wrong with it."""
    word: str
    """What was typed."""
    hint: str
    """What to write instead."""


_SIGNS: Final = {
    "&&": "and", "&": "and", "||": "or", "|": "or", "!": "not", "<>": "!=", "=>": ">=", "=<": "<=", "===": "==",
    "!==": "!=", "≥": ">=", "≤": "<=", "≠": "!=", "＝": "==", "！": "not", "，": ",", "、": ",", "；": "and",
    "且": "and", "并且": "and", "和": "and", "或": "or", "或者": "or", "非": "not", "等于": "==", "不等于": "!=",
    "大于": ">", "小于": "<", "不小于": ">=", "不大于": "<=", "属于": "in",
}  # fmt: skip
_TOKEN: Final = re.compile(
    r"""(?P<text>'[^'\n]*'|"[^"\n]*")
    |(?P<quoted>“[^”]*”|‘[^’]*’|「[^」]*」|『[^』]*』|＂[^＂]*＂|＇[^＇]*＇)
    |(?P<truth>(?P<fact>[A-Za-z_]\w*)\s*(?P<sign>[=!]=)\s*(?P<value>true|false|TRUE|FALSE)\b)
    |(?P<date>\d{4}-\d{2}-\d{2}(?:T[\d:+]+)?)
    |(?P<thousands>\d{1,3}(?:[,，_]\d{3})+(?!\d))
    |(?P<unit>(?P<figure>\d+(?:\.\d+)?)\s?(?P<measure>万元|万|元|人民币|人|件|次|天|日|%|％|[kKwW]\b))
    |(?P<word>[A-Za-z_]\w*)
    |(?P<open>[(（])|(?P<close>[)）])
    |(?P<known>===|!==|&&|\|\||<>|=>|=<|[<>!=]=|不等于|不小于|不大于|等于|大于|小于|属于|并且|或者
        |[&|!≥≤≠＝！，、；且和或非])
    |(?P<equals>=(?:\s+=)?)
    |(?P<wide>[！-～])
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL | re.ASCII,
)
_WORDS: Final = {"AND": "and", "OR": "or", "NOT": "not", "IN": "in", "And": "and", "Or": "or", "Not": "not"}
_NOTHING: Final = ("null", "nil", "NULL", "undefined")
_TEN_THOUSAND: Final = frozenset({"万", "万元", "w", "W"})
_THOUSAND: Final = frozenset({"k", "K"})


def habits_of(text: str) -> Iterator[Habit]:
    """Give the slips of a condition that cannot be read, in order; what stands in quotes is left alone.

    >>> [habit.hint for habit in habits_of("vip == true && amount > 5,000")]
    ["write 'vip'", "write 'and'", "write '5000'"]
    """
    calls: list[bool] = []  # for each open parenthesis, whether it is that of a call: there `=` names a field
    end_of_word = -1
    for token in _TOKEN.finditer(text):
        kind, word = str(token.lastgroup), token.group()
        if kind in _READ:
            found = _READ[kind](token)
            if found is not None:
                yield Habit(token.start(), token.end(), found[0], word, f"write {found[1]!r}" if found[1] else found[2])
        elif kind == "equals" and not (word == "=" and calls and calls[-1]):
            yield Habit(token.start(), token.end(), "two equal signs compare", word, "write '=='")
        if kind == "open":
            calls.append(token.start() == end_of_word)
        elif kind == "close" and calls:
            calls.pop()
        end_of_word = token.end() if kind == "word" else -1


_Said = tuple[str, str, str] | None
"""Why it is wrong, what to write instead, or else what to do; None: it is right."""


def _truth(token: re.Match[str]) -> _Said:
    holds = (token["sign"] == "==") is (token["value"].lower() == "true")
    fact = token["fact"]
    return "a fact that is true or false is asked by its name", fact if holds else f"not {fact}", ""


def _thousands(token: re.Match[str]) -> _Said:
    return "a figure has no separator for thousands", re.sub(r"\D", "", token.group(), flags=re.ASCII), ""


def _unit(token: re.Match[str]) -> _Said:
    figure, measure = token["figure"], token["measure"]
    if unicodedata.normalize("NFKC", measure) == "%":
        return "a share is an exact number", "", "write it as 0.2"
    times = 10_000 if measure in _TEN_THOUSAND else 1_000 if measure in _THOUSAND else 1
    if times > 1 and "." in figure:
        return "a figure stands by itself, without a unit", "", "write it out, as 5000"
    return "a figure stands by itself, without a unit", figure if times == 1 else str(int(figure) * times), ""


def _word(token: re.Match[str]) -> _Said:
    word = token.group()
    if word in _WORDS:
        return "the words of the language are small", _WORDS[word], ""
    if word in ("true", "false", "TRUE", "FALSE"):
        return "a fact that is true or false is asked by its name", "", "write the name alone, or 'not' before it"
    if word in _NOTHING:
        return "an unknown fact has no value to compare with", "", "leave the comparison out: unknown stays unknown"
    return None


def _known(token: re.Match[str]) -> _Said:
    meant = _SIGNS.get(token.group())
    return None if meant is None else ("this is written otherwise here", meant, "")


def _wide(token: re.Match[str]) -> _Said:
    return "this is the wide sign of a Chinese keyboard", unicodedata.normalize("NFKC", token.group()), ""


_READ: Final[dict[str, Callable[[re.Match[str]], _Said]]] = {
    "quoted": lambda token: ("these are no quotation marks here", "", f"write '{token.group()[1:-1]}'"),
    "truth": _truth,
    "value": _truth,
    "date": lambda token: ("a date stands in quotes", "", f"write '{token.group()}'"),
    "thousands": _thousands,
    "unit": _unit,
    "measure": _unit,
    "word": _word,
    "known": _known,
    "wide": _wide,
    "open": lambda token: _wide(token) if token.group() == "（" else None,
    "close": lambda token: _wide(token) if token.group() == "）" else None,
}
