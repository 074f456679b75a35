"""Conditions over known facts against Python's own evaluation, and over unknown ones against every way to know them."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from itertools import product
from random import Random
from typing import Any, Final

from complaint_rules.assessing import assess
from complaint_rules.cases.complaint import Complaint
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from tests.small import HEAD, fact, table

AT: Final = dt.datetime(2026, 10, 8, 9, tzinfo=BEIJING)
FACTS: Final[dict[str, tuple[str, tuple[Any, ...]]]] = {
    "p": ("bool", (True, False)), "q": ("bool", (True, False)),
    "n": ("int", (0, 2, 3, 5)), "m": ("int", (1, 3)),
    "d": ("decimal", (Decimal("2.5"), Decimal("3.00"))),
    "t": ("text", ("a", "b", "other")), "s": ("set", (frozenset(), frozenset({"a"}), frozenset({"a", "b"}))),
}  # fmt: skip


def _atom(rng: Random) -> tuple[str, str]:
    """Make one comparison, as the conditions of a policy write it and as Python does."""
    match rng.randrange(7):
        case 0:
            name = rng.choice("pq")
            return name, name
        case 1 | 2:
            text = f"{rng.choice('nmd')} {rng.choice(('<', '<=', '>', '>=', '==', '!='))} {rng.choice((0, 2, 3, 4))}"
            return text, text
        case 3:
            text = f"{rng.choice('nm')} {rng.choice(('<', '>=', '=='))} {rng.choice('nm')}"
            return text, text
        case 4:
            text = f"t {rng.choice(('==', '!='))} {rng.choice(('a', 'b'))!r}"
            return text, text
        case 5:
            values = rng.sample(("a", "b", "c"), rng.randrange(1, 3))
            word = rng.choice(("in", "not in"))
            listed = ", ".join(map(repr, values))
            text = f"t {word} ({listed},)"
            return text, text
        case _:
            text = f"{rng.choice(('a', 'b', 'c'))!r} {rng.choice(('in', 'not in'))} s"
            return text, text


def _tree(rng: Random, depth: int) -> tuple[str, str]:
    if depth == 0 or rng.random() < 0.3:
        return _atom(rng)
    if rng.random() < 0.25:
        ours, python = _tree(rng, depth - 1)
        return f"not ({ours})", f"not ({python})"
    word = rng.choice((" and ", " or "))
    parts = [_tree(rng, depth - 1) for _ in range(rng.randrange(2, 4))]
    return tuple(word.join(f"({part[side]})" for part in parts) for side in (0, 1))  # type: ignore[return-value]


def make(rng: Random) -> str:
    """Make a condition, and for each fact the place of its value, or nothing where nobody knows it."""
    ours, python = _tree(rng, rng.randrange(1, 4))
    known = rng.choice((1.0, 0.7))
    places = {name: rng.randrange(len(values)) if rng.random() < known else None for name, (_, values) in FACTS.items()}
    return json.dumps({"condition": ours, "python": python, "facts": places})


def judge(text: str) -> None:
    """Hold the answer against Python: over known facts equal, over unknown ones every outcome that some value gives.

    What is said to be possible may be more than what can be, where two atoms read one unknown fact; never less.
    """
    given = json.loads(text)
    declared = [fact(name, kind, None) for name, (kind, _) in FACTS.items()]
    rows = table("found", ("yes", given["condition"]), ("no", ""))
    policy = Policy.from_text("\n".join((HEAD, *declared, rows)), name="fuzz.toml")
    facts = {name: FACTS[name][1][place] for name, place in given["facts"].items() if place is not None}
    found = assess(Complaint(id="c", received=AT, extra=facts), policy, at=AT).findings["found"]
    unknown = [name for name in FACTS if name not in facts]
    code = compile(given["python"], "condition", "eval")
    outcomes = {
        "yes" if eval(code, {"__builtins__": {}}, {**facts, **dict(zip(unknown, values, strict=True))}) else "no"  # noqa: S307 - made above
        for values in product(*(FACTS[name][1] for name in unknown))
    }
    assert outcomes <= set(found.possible), f"{outcomes} came out, {found.possible} was said to be possible"
    if not unknown:
        assert {found.value} == outcomes == set(found.possible), f"{found.value} instead of {outcomes}"
