"""What goes into a spreadsheet is safe: a text of others is never taken for a formula."""

from __future__ import annotations

from typing import Final

_STARTS_A_FORMULA: Final = tuple("=+-@＝＋－＠")


def guarded(text: str) -> str:
    """Give a text with an apostrophe in front where a spreadsheet would take it for a formula, blanks before it or not.

    Texts only: a number is written as one, -8.3 included.

    >>> guarded("=1+1"), guarded(" @sum"), guarded("1-1")
    ("'=1+1", "' @sum", '1-1')
    """
    return f"'{text}" if text.lstrip().startswith(_STARTS_A_FORMULA) else text
