"""Policy files as plain documents: read within bounds, never executed, and written back as canonical JSON."""

from __future__ import annotations

import os
import re
import stat
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any, Final, TypeAlias

from complaint_rules.errors import Fault, InvalidPolicy, UnreadableInput

Document: TypeAlias = dict[str, Any]
"""A parsed policy file: plain dicts, lists, texts, numbers (`Decimal`, never float), dates and times."""

MOST_BYTES: Final = 1 << 20
"""Size that a policy file may have, in bytes, inclusive; the largest of ours has a twentieth of it."""
_DEEPEST: Final = 24
_MOST_DOTS: Final = 16
_LONGEST_DIGITS: Final = 40
_LONGEST_QUOTED: Final = 100_000
"""Signs of one text with its quotes, inclusive: no field takes as many, and escapes alone take a parser seconds."""

# Strings and comments are taken out first, so that a bracket or a dot in a text does not count. Every alternative
# matches even where its closing quote is missing: nothing is scanned twice.
_QUOTED: Final = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"""|\Z)|\'\'\'.*?(?:\'\'\'|\Z)|"(?:\\.|[^"\\\n])*"?|\'[^\'\n]*\'?|#[^\n]*', re.DOTALL
)
_BRACKET: Final = re.compile(r"[\[\]{}]")
_LONG_INTEGER: Final = re.compile(rf"0[xob][0-9a-fA-F_]{{{_LONGEST_DIGITS + 1}}}")
"""One of thousands of digits could be read, but not be written in any message: Python refuses to."""
_BETWEEN_KEYS: Final = re.compile(r"[=,{}\[\]\n]")


def read_bytes(path: str | os.PathLike[str], *, what: str, most: int = MOST_BYTES) -> bytes:
    """Read a whole file of bounded size; a larger one is refused before it is read.

    Raises `UnreadableInput` for a path that is missing, a directory, no regular file (a pipe could wait for ever),
    not readable, or larger than `most` bytes.

    >>> read_bytes(".", what="policy file")
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: .: policy file: this is a directory; name the file in it
    """
    try:
        place = Path(path)
        status = place.stat()
    except FileNotFoundError:
        raise UnreadableInput(where=str(place), what=what, why="there is no such file") from None
    except OSError as error:
        raise UnreadableInput(where=str(place), what=what, why=f"it cannot be read: {error.strerror}") from None
    except (TypeError, ValueError):  # no path at all, or one with a NUL in it
        raise UnreadableInput(what=what, why="a path is expected", value=path) from None
    name = str(place)
    if stat.S_ISDIR(status.st_mode):
        raise UnreadableInput(where=name, what=what, why="this is a directory", hint="name the file in it")
    if not stat.S_ISREG(status.st_mode):
        raise UnreadableInput(where=name, what=what, why="this is no regular file", hint="save it as a file first")
    if status.st_size > most:
        raise _too_large(name, what, status.st_size, most)
    try:
        with place.open("rb") as stream:
            content = stream.read(most + 1)
    except OSError as error:
        raise UnreadableInput(where=name, what=what, why=f"it cannot be read: {error.strerror}") from None
    if len(content) > most:  # it grew between the look and the reading
        raise _too_large(name, what, len(content), most)
    return content


def read_text(path: str | os.PathLike[str], *, what: str, named: str | None = None) -> str:
    """Read a whole file as text; messages name it by `named`, else as it was given.

    Raises `UnreadableInput` as `read_bytes` and `as_text` do.

    >>> read_text("no-such.toml", what="policy file")
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: no-such.toml: policy file: there is no such file
    """
    content = read_bytes(path, what=what)
    return as_text(content, name=os.fspath(path) if named is None else named, what=what)


def text_given(text: object, *, name: str, what: str) -> str:
    """Give a text as it was passed, without its byte order mark; `name` stands for the file in messages.

    Raises `UnreadableInput` for what is no text, and as `as_text` does.

    >>> text_given(b"id", name="own.toml", what="policy file")
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: own.toml: policy file: the text of a file is expected; got b'id'
    """
    if not isinstance(text, str):
        raise UnreadableInput(where=name, what=what, why="the text of a file is expected", value=text)
    return as_text(text.encode("utf-8", "surrogatepass"), name=name, what=what)


def _too_large(name: str, what: str, size: int, most: int) -> UnreadableInput:
    why = f"it has {size} bytes, at most {most} are read"
    return UnreadableInput(where=name, what=what, why=why, hint="is this the right file?")


def as_text(content: bytes, *, name: str, what: str) -> str:
    """Decode a file as UTF-8, with or without a byte order mark.

    Raises `UnreadableInput` for an empty file, a NUL byte or another encoding, with the line where it shows.

    >>> as_text("id".encode("utf-16"), name="own.toml", what="policy file")
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: own.toml: policy file: it is not UTF-8 but UTF-16; save it as UTF-8
    """
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise UnreadableInput(where=name, what=what, why="it is not UTF-8 but UTF-16", hint="save it as UTF-8")
    if b"\0" in content:
        line = content.count(b"\n", 0, content.index(b"\0")) + 1
        raise UnreadableInput(where=f"{name}:{line}", what=what, why="it holds a NUL byte", hint="is it a text file?")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1  # the bytes themselves may be a name: they are not shown
        hint = "save it as UTF-8 (GB18030 is common on Chinese systems)"
        raise UnreadableInput(where=f"{name}:{line}", what=what, why="it is not UTF-8", hint=hint) from None
    if not text.strip():
        raise UnreadableInput(where=name, what=what, why="it is empty")
    return text


class _TooMuch(ValueError):
    """What stands in the text would cost too much to parse."""


def _exact(text: str) -> Decimal:
    value = Decimal(text)
    if (
        not value.is_finite()
        or abs(value.adjusted()) > _LONGEST_DIGITS
        or len(value.as_tuple().digits) > _LONGEST_DIGITS
    ):
        raise _TooMuch(f"a number of at most {_LONGEST_DIGITS} digits is expected, not {text[:_LONGEST_DIGITS]}")
    return value


def _emptied(found: re.Match[str]) -> str:
    length = found.end() - found.start()
    if length > _LONGEST_QUOTED and found[0][0] != "#":
        raise _TooMuch(f"a text of at most {_LONGEST_QUOTED} signs is expected, and one has {length}")
    return '""'


def _bounded(text: str) -> None:
    bare = _QUOTED.sub(_emptied, text)
    if long := _LONG_INTEGER.search(bare):
        raise _TooMuch(f"a number of at most {_LONGEST_DIGITS} digits is expected, not {long[0][:_LONGEST_DIGITS]}")
    depth = 0
    for bracket in _BRACKET.findall(bare):
        depth += 1 if bracket in "[{" else -1
        if depth > _DEEPEST:
            raise _TooMuch(f"arrays and tables stand in one another more than {_DEEPEST} deep")
    if max(piece.count(".") for piece in _BETWEEN_KEYS.split(bare)) > _MOST_DOTS:
        raise _TooMuch(f"a key has more than {_MOST_DOTS} dots")


def parse_toml(text: str, *, name: str) -> Document:
    """Parse TOML 1.0 into a document; numbers with a point become `Decimal`.

    Raises `InvalidPolicy` with the place of the mistake, and for a text made to exhaust the parser.

    >>> parse_toml("id = 1.50", name="own.toml")
    {'id': Decimal('1.50')}
    >>> parse_toml("x = " + "[" * 99, name="own.toml")
    Traceback (most recent call last):
    complaint_rules.errors.InvalidPolicy: own.toml: it is not a policy file; 1 fault
      own.toml: arrays and tables stand in one another more than 24 deep
    """
    try:
        _bounded(text)
        return tomllib.loads(text, parse_float=_exact)
    except _TooMuch as error:
        fault = Fault(where=name, why=str(error))
    except tomllib.TOMLDecodeError as error:
        fault = _located(name, text, str(error))
    except (ValueError, ArithmeticError, RecursionError):  # integers of thousands of digits end here
        fault = Fault(where=name, why="a number or a nesting in it is beyond what can be read")
    raise refused(name, [fault], "it is not a policy file")


def _located(name: str, text: str, message: str) -> Fault:
    match = re.search(r"^(.*) \(at (?:line (\d+), column (\d+)|end of document)\)$", message, re.DOTALL)
    if match is None or match[2] is None:
        return Fault(where=name, why=f"this is no TOML: {match[1] if match else message}, at the end of the file")
    lines = text.splitlines()
    line = int(match[2])
    shown = lines[line - 1].strip() if line <= len(lines) else ""
    hint = ""
    if re.search(r'[=(,] ?"[\w-]*""', shown):
        hint = "a text inside a condition stands in single quotes, as \"priority == 'urgent'\""
    elif shown.endswith(("{", ",")) and shown.count("{") > shown.count("}"):
        hint = "an inline table stands on one line in TOML 1.0"
    return Fault(where=f"{name}:{line}:{match[3]}", why=f"this is no TOML: {match[1]}", value=shown, hint=hint)


def refused(name: str, faults: list[Fault], what: str = "the policy is refused") -> InvalidPolicy:
    """Make the error that carries all faults of a file.

    >>> print(refused("own.toml", [Fault(where="own.toml: id", why="it is missing")]))
    own.toml: the policy is refused; 1 fault
      own.toml: id: it is missing
    """
    count = f"{len(faults)} fault{'' if len(faults) == 1 else 's'}"
    return InvalidPolicy(what="", why=f"{what}; {count}", where=name, faults=tuple(faults))
