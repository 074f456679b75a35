"""What the command line prints with: two streams, colour where a terminal and `rich` allow it, progress, refusals."""

from __future__ import annotations

import json
import os
import time
import unicodedata
from types import TracebackType
from typing import Any, Final, TextIO, final

from complaint_rules.errors import legible
from complaint_rules.exchange.rows import RowFault
from complaint_rules.language import Lang
from complaint_rules.words.refusals import explain_error

_BEAT: Final = 0.2


def shown_width(text: str) -> int:
    """Give how many columns of a terminal a text takes: wide characters take two.

    >>> shown_width("投诉 a")
    6
    """
    return sum(2 if unicodedata.east_asian_width(one) in "WF" else 1 for one in text)


def padded(text: str, width: int) -> str:
    """Fill a text with blanks to a width on the terminal.

    >>> padded("投诉", 6) + "|"
    '投诉  |'
    """
    return text + " " * (width - shown_width(text))


def painted(text: str, style: str) -> str:
    """Wrap a text in the terminal's own codes for a style.

    >>> painted("now", "1;31").startswith(chr(27))
    True
    """
    return f"\x1b[{style}m{text}\x1b[0m"


def json_text(data: object) -> str:
    """Write data as JSON for people and programs alike: a field a line, every sign as it is.

    >>> print(json_text({"渠道": 1}))
    {
      "渠道": 1
    }
    """
    return json.dumps(data, ensure_ascii=False, indent=2)


def wants_colour(stream: TextIO) -> bool:
    """Say whether a stream takes colour: a terminal that can, nobody has asked for none, and `rich` is installed."""
    if not stream.isatty() or "NO_COLOR" in os.environ or os.environ.get("TERM") == "dumb":
        return False
    try:
        import rich  # noqa: F401 - only whether it is there
    except ImportError:
        return False
    return True


@final
class Terminal:
    """The two streams of a run: answers go to `out`, whatever is wrong or under way goes to `err`."""

    def __init__(self, out: TextIO, err: TextIO, lang: Lang) -> None:
        self.out: TextIO = out
        self.err: TextIO = err
        self.lang: Lang = lang
        self.colour: bool = wants_colour(out)
        self._console: Any = None

    def say(self, text: str = "") -> None:
        """Print an answer; a text with colour codes only where `colour` is true."""
        if not self.colour:
            self.out.write(f"{text}\n")
            return
        from rich.console import Console
        from rich.text import Text

        if self._console is None:
            self._console = Console(file=self.out, soft_wrap=True, highlight=False)
        self._console.print(Text.from_ansi(text))

    def paint(self, text: str, style: str) -> str:
        """Give the text in a style where there is colour."""
        return painted(text, style) if self.colour else text

    def pick(self, zh: str, en: str) -> str:
        """Give the text in the language of the run."""
        return zh if self.lang == "zh" else en

    def warn(self, text: str) -> None:
        """Print what is wrong, on standard error, after the answers so far."""
        self.out.flush()
        self.err.write("\n".join(legible(line) for line in text.split("\n")) + "\n")
        self.err.flush()

    def refuse(self, name: str, faults: tuple[RowFault, ...]) -> None:
        """Report what is wrong with a row: one line for each fault, as ``FILE:LINE: …``."""
        for fault in faults:
            self.err.write(legible(f"{name}:{explain_error(fault, self.lang)}") + "\n")


@final
class Progress:
    """How far a long file is read, on a terminal's standard error; silent everywhere else."""

    def __init__(self, terminal: Terminal, size: int | None) -> None:
        self._terminal = terminal
        self._size = size
        self._on = terminal.err.isatty()
        self._next = time.monotonic() + _BEAT
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.clear()

    def show(self, rows: int, place: int) -> None:
        """Show how many rows are done, and how far the file is read; not more than a few times a second."""
        if not self._on or (now := time.monotonic()) < self._next:
            return
        self._next = now + _BEAT
        share = f"{min(place / self._size, 1):4.0%}  " if self._size else ""
        self._terminal.err.write(f"\r{share}{rows:,} {self._terminal.pick('行', 'rows')} ")
        self._terminal.err.flush()
        self._shown = True

    def clear(self) -> None:
        """Take the line away, so that what follows stands alone."""
        if self._shown:
            self._terminal.err.write("\r" + " " * 40 + "\r")
            self._terminal.err.flush()
            self._shown = False
