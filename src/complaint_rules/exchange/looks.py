"""What a cell looks like, never what it says: what a message may tell of a cell that cannot be read.

A register holds names, telephones and numbers, and a message goes to a terminal, a log, a ticket. So no cell is ever
shown; its look is, with 9 for every digit, a for every letter of the Latin alphabet and 字 for every other.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from complaint_rules.exchange.forms import COUNTED, form_of

_LONGEST: Final = 24
_NAMED: Final = re.compile(r"[0-9]{1,2}([ -])([a-z]{3,9})\1([0-9]{4}|[0-9]{2})(.*)", re.IGNORECASE)
_DAY_FIRST: Final = re.compile(r"[0-9]{1,2}([/.-])[0-9]{1,2}\1([0-9]{4}|[0-9]{2})(?![0-9])(.*)")
_YEAR_FIRST: Final = re.compile(r"[0-9]{4}([/.-])[0-9]{1,2}\1[0-9]{1,2}(.*)")
_TIME: Final = re.compile(r"([ T]?)[0-9]{1,2}:[0-9]{2}(:[0-9]{2})?(\.[0-9]{1,6})?( ?)([ap]m)?", re.IGNORECASE)
_LOST: Final = re.compile(r"[+-]?[0-9](?:\.[0-9]+)?E[+-]?[0-9]+", re.IGNORECASE)


def look_of(cell: str) -> str:
    """Give the look of a cell: its signs and how many digits and letters it has, nothing of what they are.

    >>> look_of("30.9."), look_of("A-17王"), look_of("call back 13800000000 at once, please")
    ('99.9.', 'a-99字', 'aaaa aaaa 99999999999 aa…')
    """
    text = "".join(
        "9" if sign.isdigit() else "a" if sign.isascii() and sign.isalpha() else sign if _is_sign(sign) else "字"
        for sign in cell[:_LONGEST]
    )
    return text + "…" * (len(cell) > _LONGEST)


def _is_sign(sign: str) -> bool:
    return sign.isprintable() and (sign.isascii() or unicodedata.category(sign)[0] in "PS")


def lost_digits(cell: str) -> bool:
    """Say whether a number was shortened by a spreadsheet, so that its last digits are gone.

    >>> lost_digits("2.02403E+13"), lost_digits("20240300000001")
    (True, False)
    """
    return _LOST.fullmatch(cell) is not None


def date_hint(cell: str) -> str:
    """Say what a cell that is no usual date looks like, and what to write in the mapping file; empty: nobody knows.

    >>> date_hint("45356").partition(": ")[0]
    "this looks like a spreadsheet's day number"
    >>> date_hint("22-Apr-15")
    "its form may be dates = ['%d-%b-%y'] with century = 2000"
    >>> date_hint("03/05/2024 02:27:57 PM")
    "its form may be dates = ['%d/%m/%Y %I:%M:%S %p'] or ['%m/%d/%Y %I:%M:%S %p']"
    """
    text = unicodedata.normalize("NFKC", cell)
    for name in COUNTED:
        if form_of(name).read(text) is not None:
            what = COUNTED[name].partition(",")[0]
            mend = "format the column as a date and export again, or " if "spreadsheet" in what else ""
            return f"this looks like {what}: {mend}say dates = ['{name}']"
    forms = _forms_of(text)
    if not forms:
        return ""
    century = " with century = 2000" if "%y" in forms[0] else ""
    return "its form may be dates = " + " or ".join(f"[{form!r}]" for form in forms) + century


def _forms_of(text: str) -> list[str]:
    if match := _NAMED.fullmatch(text):
        between, name, year, rest = match.groups()
        short = len(name) == 3 and (between, name.lower()) != (" ", "may")
        days = [between.join(("%d", "%b" if short else "%B", "%Y" if len(year) == 4 else "%y"))]
    elif match := _DAY_FIRST.fullmatch(text):
        between, year, rest = match.groups()
        last = "%Y" if len(year) == 4 else "%y"
        days = [between.join(("%d", "%m", last)), between.join(("%m", "%d", last))]
    elif match := _YEAR_FIRST.fullmatch(text):
        between, rest = match.groups()
        days = [between.join(("%Y", "%m", "%d"))]
    else:
        return []
    time = _TIME.fullmatch(rest)
    if rest and time is None:
        return []
    return [day + ("" if time is None else _clock_of(time)) for day in days]


def _clock_of(time: re.Match[str]) -> str:
    before, seconds, fraction, gap, half = time.groups()
    form = ("%I" if half else "%H") + ":%M" + (":%S" if seconds else "") + (".%f" if fraction else "")
    return before + form + (f"{gap}%p" if half else "")
