"""Texts spoilt at random: bytes lost, doubled and swapped, tokens exchanged, values that programs stumble over."""

from __future__ import annotations

import json
from random import Random
from typing import Any, Final

OWN_WORDS: Final = "客户原话七三九一"
"""Stands for what belongs to a customer: it may be in no message."""
ODD_TEXTS: Final = (
    "", " ", "\x00", "\ufeff", "\u202e", "=1+1", "-", "'", '"', "\\", "NaN", "null", "None", "是", "否", "一", "０",
    "²",
    "2026-02-30", "9999-12-31 23:59-12:00", "0001-01-01", "2026-13-01", "24:00", "1e999", "1_000", "0x10", "+86",
    "a" * 300, "🙂", "received", "closed", "../../etc", "%s%s%s", "{}", "{0.__class__}", OWN_WORDS,
)  # fmt: skip
ODD_VALUES: Final[tuple[Any, ...]] = (
    None, True, False, 0, -1, 1, 2**63, 10**40, -(10**40), 0.1, 1e308, -0.0, [], {}, [[]], {"": None}, *ODD_TEXTS,
)  # fmt: skip


def spoilt(rng: Random, text: str) -> str:
    """Change a text in a few places."""
    signs = list(text)
    for _ in range(rng.choice((0, 1, 1, 2, 5))):
        place = rng.randrange(len(signs) + 1)
        match rng.randrange(5):
            case 0:
                del signs[place : place + rng.choice((1, 1, 3, 40))]
            case 1:
                signs[place:place] = rng.choice(ODD_TEXTS)
            case 2:
                signs[place:place] = signs[place : place + 30]
            case 3 if place < len(signs):
                signs[place] = chr(rng.choice((0, 9, 10, 13, 34, 39, 44, 91, 123, 0x80, 0x2028, 0xFF1D, 0x1F600)))
            case _:
                other = rng.randrange(len(signs) + 1)
                signs[place:place] = signs[min(place, other) : max(place, other)][:50]
    return "".join(signs)


def mangled(rng: Random, value: Any) -> Any:
    """Change a JSON value in one place: exchanged for another, lost, renamed, put into itself."""
    if isinstance(value, dict) and value and rng.random() < 0.8:
        found = dict(value)
        key = rng.choice(list(found))
        match rng.randrange(4):
            case 0:
                del found[key]
            case 1:
                found[rng.choice((key + "x", key[:-1], rng.choice(ODD_TEXTS)))] = found.pop(key)
            case _:
                found[key] = mangled(rng, found[key])
        return found
    if isinstance(value, list) and value and rng.random() < 0.8:
        place = rng.randrange(len(value))
        return [*value[:place], mangled(rng, value[place]), *value[place + rng.randrange(2) :]]
    return rng.choice((*ODD_VALUES, [value], {"at": value}, str(value)))


def line_of(rng: Random, value: Any) -> str:
    """Write a value as a line of JSON, spoilt or not."""
    text = json.dumps(value, ensure_ascii=rng.random() < 0.5)
    return spoilt(rng, text).replace("\n", " ") if rng.random() < 0.3 else text
