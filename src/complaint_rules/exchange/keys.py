"""Keys that stand on more than one line of a file: two complaints under one key, or one complaint counted twice."""

from __future__ import annotations

from typing import Final, final

MOST_KEYS: Final = 500_000
"""Keys of one file that are remembered, inclusive; a key that comes later is compared with these only."""
_MOST_TOLD: Final = 5
_MOST_LINES: Final = 6


@final
class Keys:
    """Remembers on which line each key stood first, and which lines repeat one.

    >>> keys = Keys()
    >>> for line, key in enumerate(["A-1", "A-2", "A-1"], 2):
    ...     keys.add(key, line)
    >>> keys.repeated, keys.lines("和", "、")
    (1, '2和4')
    """

    __slots__ = ("_first", "_lines")

    def __init__(self) -> None:
        self._first: dict[str, int | str] = {}
        self._lines: dict[int | str, list[int | str]] = {}

    def add(self, key: str, line: int | str) -> None:
        """Take note of a key and the line on which its row starts; of several files ``FILE:LINE``."""
        first = self._first.get(key)
        if first is not None:
            lines = self._lines.setdefault(first, [first])
            if len(lines) <= _MOST_LINES:
                lines.append(line)
        elif len(self._first) < MOST_KEYS:
            self._first[key] = line

    @property
    def repeated(self) -> int:
        """How many keys stand on more than one line."""
        return len(self._lines)

    def lines(self, last: str, between: str) -> str:
        """Write down the lines of the first few of them, the last one of each after `last`, several after `between`."""
        told = []
        for lines in list(self._lines.values())[:_MOST_TOLD]:
            shown = [str(line) for line in lines[:_MOST_LINES]]
            more = "…" if len(lines) > _MOST_LINES else ""
            told.append(between.join(shown[:-1]) + last + shown[-1] + more)
        return between.join(told) + (f"{between}…" if len(self._lines) > _MOST_TOLD else "")
