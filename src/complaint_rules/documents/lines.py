"""On which line of a TOML text a key stands, so that a fault can be found where it was written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from complaint_rules.mappings import FrozenMap

_NAME: Final = r"""(?:[A-Za-z0-9_-]+|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')"""
_KEY: Final = rf"{_NAME}(?:[ \t]*\.[ \t]*{_NAME})*"
_HEADING: Final = re.compile(rf"[ \t]*(\[\[?)[ \t]*({_KEY})[ \t]*\]")
_ENTRY: Final = re.compile(rf"[ \t]*({_KEY})[ \t]*=")
_PART: Final = re.compile(_NAME)
_GOES_ON: Final = "\0"
# What may hold a bracket or a quotation mark that is none: texts over several lines first, then texts and comments.
_TEXT: Final = re.compile(
    r'"""(?:\\.|[^\\])*?(?:"""|\Z)|\'\'\'.*?(?:\'\'\'|\Z)|"(?:\\.|[^"\\\n])*"?|\'[^\'\n]*\'?|#[^\n]*', re.DOTALL
)


def lines_of(text: str) -> Mapping[str, int]:
    r"""Give the line, from 1, of every key that begins a line; what stands inside an entry stands on its line.

    >>> lines = lines_of("[fact]\nid = 'a'\n[[event]]\nkind = 'x'\n[event.if]\nis = '1'")
    >>> lines["fact.id"], lines["event[0].kind"], lines["event[0].if.is"]
    (2, 4, 6)
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    prefix = ""
    depth = 0
    # Texts keep their line breaks, behind each of which a sign says that the line goes on, and lose what is in them.
    bare = _TEXT.sub(lambda match: match[0].count("\n") * f"\n{_GOES_ON}", text).split("\n")
    for number, (line, plain) in enumerate(zip(text.split("\n"), bare, strict=True), 1):
        inside = depth > 0 or plain.startswith(_GOES_ON)
        if not inside and (heading := _HEADING.match(line)):
            prefix = _headed(heading[2], counts, listed=heading[1] == "[[")
            found.setdefault(prefix, number)
            continue
        if not inside and (entry := _ENTRY.match(line)):
            found.setdefault(f"{prefix}.{_joined(entry[1])}" if prefix else _joined(entry[1]), number)
        depth = max(depth + sum(plain.count(sign) for sign in "[{") - sum(plain.count(sign) for sign in "]}"), 0)
    return FrozenMap(found)


def _joined(key: str) -> str:
    return ".".join(part.strip("\"'") for part in _PART.findall(key))


def _headed(key: str, counts: dict[str, int], *, listed: bool) -> str:
    """Give the path of a heading; a list that it goes through means its last entry."""
    path = ""
    parts = [part.strip("\"'") for part in _PART.findall(key)]
    for place, part in enumerate(parts):
        path = f"{path}.{part}" if path else part
        if listed and place == len(parts) - 1:
            counts[path] = counts.get(path, -1) + 1
        if path in counts:
            path = f"{path}[{counts[path]}]"
    return path


def line_of(path: str, lines: Mapping[str, int]) -> int | None:
    """Give the line of a key path, or of the nearest entry around it; None where the text has none of them.

    >>> line_of("fact.kind.codes.x", {"fact": 1, "fact.kind": 3}), line_of("dates", {})
    (3, None)
    """
    while path:
        if path in lines:
            return lines[path]
        path = path[: max(path.rfind("."), path.rfind("["), 0)]
    return None
