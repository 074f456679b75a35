"""The exception tree: every error is a value whose fields say what, why, where, which value, what was likely meant."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection, Iterable
from functools import lru_cache
from typing import Final

import attrs

from complaint_rules.frozen import Shown

_LONGEST_VALUE: Final = 120
MOST_SEARCHES: Final = 500
"""For how many words of one case the likely one is looked for: looking costs more than all the rest."""


class _Nothing:
    """Stands for "no offending value", because None may itself be the offender."""

    __slots__ = ()

    def __repr__(self) -> str:
        return "NOTHING"

    def __reduce__(self) -> str:
        return "NOTHING"  # there is one, on the other side of a process border too


NOTHING: Final = _Nothing()


def shown(value: object) -> str:
    """Give the ``repr`` of a value, cut to a length that fits a message.

    >>> shown("a" * 500)[-4:]
    "aa'…"
    """
    try:
        text = repr(value)
    except Exception:  # noqa: BLE001 - a caller's broken repr must not hide the fault being reported
        text = f"<{type(value).__name__}>"
    if len(text) <= _LONGEST_VALUE:
        return text
    return text[: _LONGEST_VALUE - 2] + text[-1] + "…"


def legible(text: str) -> str:
    r"""Give a text with every control sign written out, so that no key or file name can steer a terminal.

    >>> legible("book\x1b[2J.csv"), legible("投诉\u3000台账")
    ('book\\x1b[2J.csv', '投诉\u3000台账')
    """
    if text.isprintable():
        return text
    return "".join(
        sign if sign.isprintable() or unicodedata.category(sign) == "Zs" else repr(sign)[1:-1] for sign in text
    )


@attrs.frozen(repr=False)
class _Shown:
    """Stands for an offending value that cannot cross a process border: it reads as the value did."""

    text: str

    def __repr__(self) -> str:
        return self.text


def _portable(value: object) -> object:
    import pickle

    try:
        pickle.dumps(value)
    except Exception:  # noqa: BLE001 - whatever a caller's value raises, the error about it must arrive
        return _Shown(shown(value))
    return value


def closest(word: object, known: Iterable[str], *, likeness: float = 0.6) -> str | None:
    """Give the known word closest to `word`; None where none is close.

    `likeness` runs from 0 to 1 (the same); a higher one asks for a nearer miss.

    >>> closest("recieved", ["received", "replied"]), closest("zebra", ["received"])
    ('received', None)
    """
    if not isinstance(word, str) or len(word) > _LONGEST_VALUE:
        return None
    return _closest(word, known if isinstance(known, frozenset) else tuple(known), likeness)


@lru_cache(maxsize=4096)  # a register gives the same unknown column with every row, and a search is dearer than a row
def _closest(word: str, known: Collection[str], likeness: float) -> str | None:
    import difflib

    # Codes equal to their texts share an entry, so that what is given is always plain text; a set has no order.
    spelt = {name.lower(): str(name) for name in (sorted(known) if isinstance(known, frozenset) else known)}
    near = difflib.get_close_matches(word.lower(), spelt, n=1, cutoff=likeness)
    return spelt[near[0]] if near else None


def did_you_mean(word: object, known: Iterable[str], *, likeness: float = 0.6) -> str:
    """Name the known word closest to `word`, as the hint of an error; empty where none is close. See `closest`.

    >>> did_you_mean("recieved", ["received", "replied"])
    "did you mean 'received'?"
    >>> did_you_mean("zebra", ["received"])
    ''
    """
    near = closest(word, known, likeness=likeness)
    return "" if near is None else f"did you mean {near!r}?"


@attrs.define(kw_only=True, slots=False, str=False, eq=False)
class ComplaintRulesError(Exception):
    """The root of everything this library raises on purpose.

    The text is built from the fields, so that a program can read what a person reads.

    >>> print(InvalidPeriod(what="a period", why="it has no unit", value="5", hint="write '5 days'"))
    a period: it has no unit; got '5'; write '5 days'
    """

    what: str
    """The thing that is wrong, as the caller knows it (`Complaint.received`, `a period`)."""
    why: str
    """Why it is refused."""
    value: object = NOTHING
    """The offending value; ``NOTHING`` where there is none."""
    hint: str = ""
    """The likely intent, or the alternatives."""
    where: str = ""
    """The place: a file, a line, a key path; empty where the caller has it in hand."""

    def placed(self, where: str) -> ComplaintRulesError:
        """Give the same error with its place, where it has none yet: whoever knows the place adds it on the way up.

        >>> print(InvalidPeriod(what="a period", why="it has no unit").placed("limit/whole"))
        limit/whole: a period: it has no unit
        """
        if not self.where:
            self.where = where
        return self

    def __str__(self) -> str:
        text = f"{self.what}: {self.why}" if self.what else self.why
        if self.value is not NOTHING:
            text = f"{text}; got {shown(self.value)}"
        if self.hint:
            text = f"{text}; {self.hint}"
        return legible(f"{self.where}: {text}" if self.where else text)

    def __reduce__(self) -> tuple[object, ...]:
        # Exception's own reduction passes fields by position; ours are keyword-only and errors cross process borders.
        return _rebuilt, (type(self), attrs.asdict(self, recurse=False) | {"value": _portable(self.value)})


def _rebuilt(cls: type[ComplaintRulesError], fields: dict[str, object]) -> ComplaintRulesError:
    return cls(**fields)  # type: ignore[arg-type]  # the fields come from an instance of the same class


class InvalidMoment(ComplaintRulesError, ValueError):
    """A date or moment that is naive, malformed or outside the years the library knows."""


class InvalidNotice(ComplaintRulesError, ValueError):
    """A holiday notice (放假安排通知) or an override that contradicts itself or the calendar."""


class InvalidHours(ComplaintRulesError, ValueError):
    """Opening or quiet hours that overlap, run backwards or leave nothing to count."""


class InvalidPeriod(ComplaintRulesError, ValueError):
    """A period (期限) without a unit, not positive, over a hundred years, or not countable."""


class InvalidSpan(ComplaintRulesError, ValueError):
    """A reporting period (统计期) that there is not, or a label that names none."""


class InvalidFigure(ComplaintRulesError, ValueError):
    """A figure (指标) over many cases that cannot be counted, added or printed as asked."""


class InvalidTally(ComplaintRulesError, ValueError):
    """A tally (汇总) asked for what it does not hold, or given what was counted otherwise."""


class InvalidReport(ComplaintRulesError, ValueError):
    """A report (报告) whose parts do not fit together, or that cannot be made without an extra that is missing."""


class InvalidComplaint(ComplaintRulesError, ValueError):
    """A complaint (投诉) with a wrongly typed or impossible fact."""


class InvalidEvent(ComplaintRulesError, ValueError):
    """An event of a case's history that cannot be what it says."""


class InvalidCondition(ComplaintRulesError, ValueError):
    """A condition outside the small language, or one that names or compares what it cannot."""


class UnreadableInput(ComplaintRulesError, ValueError):
    """An input file that cannot be read as what it claims to be, or a row of one."""


class CalendarUnpublished(ComplaintRulesError, LookupError):
    """A day whose holiday arrangement is not published yet, asked of a calendar that refuses to guess."""


class CalendarDiffers(ComplaintRulesError, ValueError):
    """Days of the installed package `holidays` that are not those that were published."""


class UnknownPolicy(ComplaintRulesError, LookupError):
    """A policy id or edition that is not shipped."""


class UnknownRule(ComplaintRulesError, LookupError):
    """A rule that a policy does not have."""


class UnknownName(ComplaintRulesError, KeyError):
    """A name that a mapping of this library does not hold, such as a table or limit that the policy does not have."""


class OtherVersion(ComplaintRulesError, ValueError):
    """A pickle that another version of the library made."""


class UnknownCode(ComplaintRulesError, ValueError):
    """A code outside a closed list, such as a channel, a status or the code of a violation."""


class UnknownLanguage(ComplaintRulesError, ValueError):
    """A language that explanations are not written in."""


class MissingExtra(ComplaintRulesError, LookupError):
    """A part of the library that needs an extra which is not installed (缺少附加组件)."""


class OutOfBudget(ComplaintRulesError, ValueError):
    """A search (求解) that took more steps than it was given: what it looked for may be there or not."""


class Unreached(ComplaintRulesError, LookupError):
    """A row that no case reaches, or that none was found for (无案件可达的行)."""


class MissingParameter(ComplaintRulesError, LookupError):
    """The value of a rule whose figure the text leaves open, asked for before anybody supplied it."""


@attrs.frozen(kw_only=True, repr=False)
class Fault(Shown):
    """One thing wrong with a policy file: the place, what was found, what was expected."""

    where: str
    """File and key path, as ``own.toml: limit[2].earliest[0].within``."""
    why: str
    """What was found wrong, and what was expected there."""
    value: object = NOTHING
    """The offending value; ``NOTHING`` where something is absent."""
    hint: str = ""
    """The likely intent."""

    def __str__(self) -> str:
        text = f"{self.where}: {self.why}"
        if self.value is not NOTHING:
            text = f"{text}; got {shown(self.value)}"
        return legible(f"{text}; {self.hint}" if self.hint else text)

    def __reduce__(self) -> tuple[object, ...]:
        return _fault, (self.where, self.why, _portable(self.value), self.hint)


def _fault(where: str, why: str, value: object, hint: str) -> Fault:
    return Fault(where=where, why=why, value=value, hint=hint)


@attrs.define(kw_only=True, slots=False, str=False, eq=False)
class _ManyFaults(ComplaintRulesError):
    faults: tuple[Fault, ...] = ()
    """Every fault found; never only the first."""

    def __str__(self) -> str:
        head = super().__str__()
        return "\n".join([head, *(f"  {fault}" for fault in self.faults)])


class InvalidPolicy(_ManyFaults, ValueError):
    """A policy file with faults: all of them at once, in the order of the file."""


class InvalidMapping(_ManyFaults, ValueError):
    """A register mapping (字段对照) or code table (编码表) that does not fit its shape or its register: all faults."""


class InvalidCase(_ManyFaults, ValueError):
    """A complaint or history read from data (JSON, a register's row) with faults: all of them at once."""


class InvalidGolden(_ManyFaults, ValueError):
    """A golden case (对照案件) that cannot be read, or that names what its rule set does not have: all faults."""


class InvalidKit(_ManyFaults, UnreadableInput):
    """A kit (对照套件) of which files are missing, too many, or not as they were written: all of them by name."""
