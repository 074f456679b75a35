"""The parts of a picture (图形元素): texts, lines, boxes and hatchings of SVG, as text; positions are exact."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from fractions import Fraction
from typing import Final, TypeAlias
from xml.sax.saxutils import escape, quoteattr

from complaint_rules.reports.wordings import one_line
from complaint_rules.statistics.rounding import rounded

INK: Final = "#1a1a1a"
"""The colour of texts."""
PAPER: Final = "#ffffff"
"""The colour that everything stands on."""
COLOURS: Final = ("#1f5fa8", "#a84a12", "#2a6e2f", "#6a4c93", "#9c2f5b", "#00697a", "#6b5b00", "#555555")
"""The colours of series; each can be read on paper as a text could."""
RULE: Final = "#c8c8c8"
"""The colour of the lines behind the figures."""

Attributes: TypeAlias = Mapping[str, str | Fraction | int]
"""What an element of a picture is told: texts, and positions."""

_NARROW: Final = Fraction(13, 2)
_ANCHORS: Final = {"start": "", "middle": ' text-anchor="middle"', "end": ' text-anchor="end"'}


def position(value: Fraction | int) -> str:
    """Write a position, to a tenth.

    >>> position(Fraction(1, 3)), position(12)
    ('0.3', '12')
    """
    return f"{rounded(value, 1):f}".removesuffix(".0")


def tag(name: str, attributes: Attributes, inside: str | None = None) -> str:
    """Write an element; numbers are positions, `inside` is written as it is.

    >>> tag("rect", {"x": 1, "fill": "none"}), tag("g", {}, "")
    ('<rect x="1" fill="none"/>', '<g></g>')
    """
    written = "".join(
        f" {key}={quoteattr(value if isinstance(value, str) else position(value))}" for key, value in attributes.items()
    )
    return f"<{name}{written}/>" if inside is None else f"<{name}{written}>{inside}</{name}>"


def words_at(x: Fraction | int, y: Fraction | int, words: str, anchor: str = "start") -> str:
    """Write words at a place: where they start, are in the middle, or end.

    >>> words_at(0, 12, "a & b", "end")
    '<text x="0" y="12" text-anchor="end">a &amp; b</text>'
    """
    return f'<text x="{position(x)}" y="{position(y)}"{_ANCHORS[anchor]}>{escape(one_line(words))}</text>'


def hatching(key: str, colour: str) -> str:
    """Write a hatching of a colour on paper, under a key by which boxes are filled with it.

    >>> hatching("h", "#000000").startswith('<pattern id="h"')
    True
    """
    ground = tag("rect", {"width": 6, "height": 6, "fill": PAPER})
    stroke = tag("rect", {"width": 3, "height": 6, "fill": colour})
    turned = {"patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return tag("pattern", {"id": key, "width": 6, "height": 6, **turned}, ground + stroke)


def width_of(words: str) -> Fraction:
    """Give about how wide words are in a picture: a Chinese character twice as wide as a Latin letter.

    >>> width_of("ab") == width_of("投")
    True
    """
    return _NARROW * _units(words)


def cut(words: str, units: int) -> str:
    """Give words that fit into so many letters, a Chinese character counting two; what is cut ends with "…".

    >>> cut("north", 5), cut("northern", 5), cut("投诉受理", 5)
    ('north', 'nort…', '投诉…')
    """
    words = one_line(words)
    if _units(words) <= units:
        return words
    kept = words[:units]
    while _units(kept) >= units:
        kept = kept[:-1]
    return f"{kept}…"


def _units(words: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in words)
