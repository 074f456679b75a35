"""Texts of a report: in Chinese, in English or in both side by side, and safe to print whoever wrote them."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final, Literal, TypeAlias, cast

from complaint_rules.errors import InvalidReport, UnknownLanguage, legible
from complaint_rules.language import LANGUAGES, Coded, Lang
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.articles import Titles

ReportLang: TypeAlias = Literal["zh", "en", "both"]
"""The language of a report: Chinese, English, or both side by side."""
Wording: TypeAlias = Titles | str
"""A text in both languages; or one text that stands in every language, as the key of a group."""

_REPORT_LANGUAGES: Final = (*LANGUAGES, "both")
_BREAKS: Final = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_BETWEEN: Final = " · "


def report_language(lang: object) -> ReportLang:
    """Check the language of a report; raises `UnknownLanguage` for anything but ``zh``, ``en`` and ``both``.

    >>> report_language("both")
    'both'
    """
    if not isinstance(lang, str) or lang not in _REPORT_LANGUAGES:
        why = "only Chinese and English are spoken"
        raise UnknownLanguage(what="lang", why=why, value=lang, hint="write 'zh', 'en' or 'both'")
    return cast(ReportLang, str(lang))


def wording(text: Mapping[str, str] | str) -> Wording:
    """Take a text, a text in both languages, or a code with its words; raises `InvalidReport` for anything else.

    >>> wording({"zh": "投诉", "en": "complaints"})["en"], wording("T-1")
    ('complaints', 'T-1')
    """
    if isinstance(text, Coded):
        return FrozenMap(zh=text.zh, en=text.en)
    if isinstance(text, str):
        return str(text)
    given: object = text
    if isinstance(given, Mapping) and all(isinstance(given.get(lang), str) for lang in LANGUAGES):
        return FrozenMap({lang: text[lang] for lang in LANGUAGES})
    why, hint = "a text is expected, or one in both languages", "pass 'T-1' or {'zh': '投诉', 'en': 'complaints'}"
    raise InvalidReport(what="a wording", why=why, value=type(text).__name__, hint=hint)


def visible(text: str) -> str:
    r"""Give a text in which nothing acts on what stands around it: other signs than line breaks are written out.

    Of the signs that write nothing, line breaks are kept, all as one kind, and a tab becomes a blank. Marks that turn
    the direction of writing, escape sequences and lone halves of a sign are written out.

    >>> visible("north\r\nsouth"), visible("a\u202eb\tc")
    ('north\nsouth', 'a\\u202eb c')
    """
    if text.isprintable():
        return text
    return "\n".join(legible(line.replace("\t", " ")) for line in _BREAKS.split(text))


def in_words(text: Wording, lang: ReportLang) -> str:
    """Give a text in a language, `visible`; in both languages side by side, once where both are the same.

    >>> in_words(FrozenMap(zh="投诉", en="complaints"), "both"), in_words("T-1", "both")
    ('投诉 · complaints', 'T-1')
    """
    if isinstance(text, str):
        return visible(text)
    return in_each(lambda one: visible(text[one]), lang)


def in_each(say: Callable[[Lang], str], lang: ReportLang) -> str:
    """Say something in a language, or in both side by side.

    >>> in_each(lambda lang: f"in {lang}", "both")
    'in zh · in en'
    """
    if lang != "both":
        return say(lang)
    return _BETWEEN.join(dict.fromkeys(map(say, LANGUAGES)))


def one_line(text: str) -> str:
    r"""Give a text without line breaks.

    >>> one_line("north\nsouth")
    'north south'
    """
    return text.replace("\n", " ")
