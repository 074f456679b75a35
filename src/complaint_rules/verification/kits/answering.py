"""Answers of an implementation in another language, one JSON object a line; a bad line costs itself, never the rest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, BinaryIO, Final, cast, final

import attrs

from complaint_rules.cases.plain import json_value
from complaint_rules.errors import UnreadableInput, did_you_mean
from complaint_rules.exchange.lines import LONGEST_LINE, json_lines, named
from complaint_rules.exchange.rows import RowFault
from complaint_rules.frozen import Shown
from complaint_rules.mappings import FrozenMap
from complaint_rules.verification.reaching.expecting import EXPECT

MOST_ANSWERS: Final = 1_000_000
"""How many lines of answers are read, inclusive."""
_AS_LATE: Final = 'as ["late limit/whole"]'
_KEYS: Final = ("id", *EXPECT.known)


@final
@attrs.frozen(kw_only=True, repr=False)
class KitAnswer(Shown):
    """What an implementation answers to one golden case (答案)."""

    id: str
    """The golden case."""
    results: Mapping[str, Any]
    """What came out, as plain data, by ``findings``, ``clocks``, ``duties`` …; or ``refused`` alone."""


@final
@attrs.frozen(kw_only=True, repr=False)
class AnswerRow(Shown):
    """What one line of a file of answers came to: an answer, or the faults for which it is none."""

    line: int
    """Line of the file, from 1."""
    answer: KitAnswer | None = None
    """The answer; None where the line is at fault."""
    faults: tuple[RowFault, ...] = ()
    """Every fault of the line."""


def read_answers(answers: BinaryIO | Iterable[object], *, name: str = "") -> Iterator[AnswerRow]:
    r"""Read answers one after the other: of a stream of JSON Lines, or of plain data already parsed.

    Raises `UnreadableInput` where the file as a whole is none, and beyond `MOST_ANSWERS` lines.

    >>> import io
    >>> lines = io.BytesIO(b'{"id": "g-1", "refused": "received"}\n{"id": "g-2", "refused": null}')
    >>> [(row.line, row.answer is not None, [one.why for one in row.faults]) for row in read_answers(lines)]
    [(1, True, []), (2, False, ['a refusal names what is refused'])]
    """
    given: object = answers
    if hasattr(given, "read"):
        for line, raw in json_lines(cast(BinaryIO, given), name=name):
            _within(line, name)
            yield _of_line(raw, line)
    elif not isinstance(given, Iterable) or isinstance(given, str | bytes | Mapping):
        why, hint = "a stream of lines, or a list of answers, is expected", "open the file as bytes"
        raise UnreadableInput(what="answers", why=why, value=given, hint=hint)
    else:
        for line, data in enumerate(given, start=1):
            _within(line, name)
            yield _of_data(data, line)


def _within(line: int, name: str) -> None:
    if line > MOST_ANSWERS:
        why = f"at most {MOST_ANSWERS} answers are read"
        raise UnreadableInput(what="", why=why, where=name, hint="is this the right file?")


def _of_line(raw: bytes, line: int) -> AnswerRow:
    if len(raw) > LONGEST_LINE:
        return _refused(line, f"the line is longer than {LONGEST_LINE} bytes")
    try:
        return _of_data(json_value(raw.decode("utf-8")), line)
    except UnicodeDecodeError:
        return _refused(line, "it is not UTF-8", "JSON is UTF-8")
    except UnreadableInput as error:
        return _refused(line, error.why, error.hint)


def _refused(line: int, why: str, hint: str = "") -> AnswerRow:
    return AnswerRow(line=line, faults=(RowFault(line=line, column="", why=why, hint=hint),))


def _of_data(data: object, line: int) -> AnswerRow:
    if not isinstance(data, Mapping):
        return _refused(line, "an answer is a JSON object", 'write {"id": …, "clocks": {…}}')
    faults = tuple(_faults(data, line))
    if faults:
        return AnswerRow(line=line, faults=faults)
    results = FrozenMap({key: value for key, value in data.items() if key != "id"})
    return AnswerRow(line=line, answer=KitAnswer(id=data["id"], results=results))


def _faults(data: Mapping[Any, Any], line: int) -> Iterator[RowFault]:
    given = data.get("id")
    if not isinstance(given, str) or not given.strip():
        hint = "the id of the case that is answered"
        yield RowFault(line=line, column="id", why="a text is expected", hint=hint)
    for key, value in data.items():
        if key not in _KEYS:
            hint = did_you_mean(key, _KEYS) or f"an answer has {', '.join(_KEYS)}"
            yield RowFault(line=line, column=named(str(key)), why="no such key", hint=hint)
        elif key == "refused":
            if not isinstance(value, str) or not value.strip():
                hint = 'write {"refused": "received"}, or leave the key out'
                yield RowFault(line=line, column=key, why="a refusal names what is refused", hint=hint)
            if len(data.keys() & set(_KEYS)) > 2:
                yield RowFault(line=line, column=key, why="a refusal stands alone, and here beside results")
        elif key == "missing":
            if not isinstance(value, list):
                yield RowFault(line=line, column=key, why="a list of names is expected")
        elif key == "violations":
            if not isinstance(value, list | Mapping):
                yield RowFault(line=line, column=key, why="violations are a list", hint=_AS_LATE)
        elif key != "id" and not isinstance(value, Mapping):
            yield RowFault(line=line, column=key, why="an object is expected, with the results by their names")
