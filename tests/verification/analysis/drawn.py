"""Random small policies whose every complaint can be tried, and what trying them says."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple, TypeAlias

import attrs
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from tests.golden import china
from tests.small import HEAD, TITLE

RECEIVED: Final = dt.datetime(2026, 3, 4, 10, tzinfo=BEIJING)
AT: Final = RECEIVED + dt.timedelta(hours=3)
DECLARED: Final = """
[events.noted]
title = { zh = "甲", en = "A" }
[events.seen]
title = { zh = "甲", en = "A" }
[[body]]
id = "desk"
title = { zh = "甲", en = "A" }
[[level]]
id = "low"
title = { zh = "甲", en = "A" }
[[level]]
id = "high"
title = { zh = "甲", en = "A" }
"""
VALUES: Final = ("u", "v", "w")
WORLDS: Final[Mapping[str, Sequence[Any]]] = {
    "a": (True, False, None),
    "b": (True, False, None),
    "n": (*range(-1, 5), None),
    "m": (*range(-1, 5), None),
    "k": ("x", "y", "z", None),
    "s": (frozenset(), frozenset("p"), frozenset("q"), frozenset("pq"), None),
    "o": ("low", "high", "desk", None),
}
"""Every value of a fact that the conditions drawn below can tell apart; None: unknown."""
COURSES: Final[Mapping[str, Sequence[Sequence[Event]]]] = {
    "noted": [
        [], [Event("noted")], [Event("noted", by="desk")], [Event("noted", by="low")],
        [Event("noted", by="desk"), Event("noted", by="low")],
    ],
    "seen": [[Event("seen")] * number for number in range(4)],
}  # fmt: skip
"""Every course of events they can tell apart."""

Tree: TypeAlias = str | tuple[Any, ...]
"""An atom as it is written, or ``("not", tree)``, ``("and" | "or", tree, tree)``."""


class Drawn(NamedTuple):
    """A table as it was drawn."""

    every: bool
    rows: list[tuple[str, Tree | None]]


def written(tree: Tree, read_as: Mapping[str, str] | None = None) -> str:
    """Write a condition; `read_as` puts other words in the place of some atoms."""
    if isinstance(tree, str):
        return (read_as or {}).get(tree, tree)
    if tree[0] == "not":
        return f"not ({written(tree[1], read_as)})"
    return f"({written(tree[1], read_as)}) {tree[0]} ({written(tree[2], read_as)})"


def atoms(tree: Tree) -> list[str]:
    return [tree] if isinstance(tree, str) else [atom for part in tree[1:] for atom in atoms(part)]


def _facts(draw: Any) -> str:
    assumed: dict[str, tuple[str, list[str | None]]] = {
        "a": ("bool", [None, "false", "true"]), "b": ("bool", [None, "false"]), "n": ("int", [None, "0", "3"]),
        "m": ("int", [None, "2"]), "k": ("text", [None, '"x"']), "s": ("set", [None]), "o": ("level", [None, '"low"']),
    }  # fmt: skip
    lines = []
    for name, (kind, values) in assumed.items():
        assume = draw(st.sampled_from(values))
        lines += [f"[facts.{name}]", f'type = "{kind}"', TITLE, *([f"assume = {assume}"] if assume else [])]
        if kind == "text":
            lines += [f"values.{code} = {{ zh = '{code}', en = '{code}' }}" for code in "xyz"]
    return "\n".join(lines)


_ATOMS: Final[Mapping[str, st.SearchStrategy[str]]] = {
    "a": st.just("a"),
    "b": st.just("b"),
    "n": st.builds("n {} {}".format, st.sampled_from(["<", "<=", ">", ">=", "==", "!="]), st.integers(0, 3)),
    "n and m": st.sampled_from(["n < m", "n >= m", "n == m", "m <= 1", "n > 2"]),
    "k": st.sampled_from(["k == 'x'", "k == 'z'", "k != 'y'", "k in ('x', 'y')", "k not in ('x', 'y')"]),
    "s": st.builds("'{}' {} s".format, st.sampled_from("pq"), st.sampled_from(["in", "not in"])),
    "o": st.builds("o {} '{}'".format, st.sampled_from([">=", "<", "=="]), st.sampled_from(["low", "high"])),
    "noted": st.sampled_from(["has('noted')", "has('noted', by='desk')", "has('noted', by='low')"]),
    "seen": st.builds("count('seen') {} {}".format, st.sampled_from([">=", "<", "=="]), st.integers(0, 2)),
}
"""Atoms by the thing they look at."""


def _tree(draw: Any, atom: st.SearchStrategy[str], depth: int) -> Tree:
    form = draw(st.sampled_from(["atom", "atom", "and", "or", "not"])) if depth else "atom"
    if form == "atom":
        return str(draw(atom))
    if form == "not":
        return ("not", _tree(draw, atom, depth - 1))
    return (form, _tree(draw, atom, depth - 1), _tree(draw, atom, depth - 1))


@st.composite
def policies(draw: Any) -> tuple[str, dict[str, Drawn]]:
    """Draw two tables over a few facts; the second may read the first. Give the facts, and the tables."""
    head, tables = _facts(draw), {}
    things = draw(st.lists(st.sampled_from(sorted(_ATOMS)), min_size=1, max_size=3, unique=True))
    plain = atom = st.one_of([_ATOMS[thing] for thing in things])
    for name in ("t0", "t1"):
        every = draw(st.booleans())
        rows: list[tuple[str, Tree | None]] = [
            (draw(st.sampled_from(VALUES)), _tree(draw, atom, 2)) for _ in range(draw(st.integers(1, 4)))
        ]
        if not every and draw(st.booleans()):
            rows.append((draw(st.sampled_from(VALUES)), None))
        tables[name] = Drawn(every, rows)
        asks = [f"'{value}' in {name}" for value in VALUES] if every else [f"{name} == 'u'", f"{name} != 'v'"]
        atom = st.one_of(plain, st.sampled_from(asks))
    return head, tables


def table_text(name: str, every: bool, rows: Sequence[tuple[str, str | None]]) -> str:
    values = [
        f"values.{one} = {{ zh = '{one}', en = '{one}' }}" for one in dict.fromkeys((*VALUES, *(r[0] for r in rows)))
    ]
    lines = [
        f'{{ value = "{value}"' + (f', when = "{when}"' if when is not None else "") + " }" for value, when in rows
    ]
    return "\n".join(
        ["[[table]]", f'id = "{name}"', TITLE, *values, f"{'every' if every else 'first'} = [{', '.join(lines)}]"]
    )


def loaded(head: str, tables: Mapping[str, Drawn], *more: str) -> Policy:
    texts = [
        table_text(name, one.every, [(value, None if tree is None else written(tree)) for value, tree in one.rows])
        for name, one in tables.items()
    ]
    return Policy.from_text("\n".join((HEAD, DECLARED, head, *texts, *more)), name="drawn.toml")


def size(policy: Policy) -> int:
    found = 1
    for name in (*_read(policy, WORLDS), *_read(policy, COURSES)):
        found *= len(WORLDS[name] if name in WORLDS else COURSES[name])
    return found


def _read(policy: Policy, of: Mapping[str, Any]) -> list[str]:
    read: set[str] = set()
    for table in policy.tables.values():
        for row in table.rows:
            if row.when is not None:
                read |= row.when.facts | row.when.kinds
    return [name for name in of if name in read]


def every_complaint(policy: Policy) -> Iterator[tuple[bool, Assessment]]:
    """Assess every complaint; say of each whether all that conditions read of it is known."""
    names, kinds = _read(policy, WORLDS), _read(policy, COURSES)
    for values in itertools.product(*(WORLDS[name] for name in names)):
        facts = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        complaint = Complaint(id="c", received=RECEIVED, extra=facts)
        for courses in itertools.product(*(COURSES[kind] for kind in kinds)):
            events = [
                attrs.evolve(event, at=RECEIVED + dt.timedelta(minutes=number + 1), id=f"e-{number}")
                for number, event in enumerate(itertools.chain.from_iterable(courses))
            ]
            yield len(facts) == len(names), assess(Case(complaint, events), policy, at=AT, calendar=china())
