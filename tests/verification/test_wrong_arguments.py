"""Nothing, a number, a text, an empty list in the place of each argument: taken where its type allows it, else refused.

Every public function is found by itself; its parameters are told by their names. Whoever adds one with a parameter of a
new name is asked here for a good value of it.
"""

from __future__ import annotations

import datetime as dt
import importlib
import inspect
import io
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final, NamedTuple

import pytest

from complaint_rules import Complaint, assess, load_policy
from complaint_rules.errors import ComplaintRulesError, UnreadableInput
from complaint_rules.verification.generation import generate, mutation_score
from complaint_rules.verification.kits import calendar_data
from complaint_rules.verification.reaching import GoldenCase, coverage, read_golden_lines

ROOMS: Final = (
    "verification", "verification.analysis", "verification.generation", "verification.kits", "verification.reaching",
    "testing",
)  # fmt: skip
"""Where public functions are looked for; `verification.changes` and `conformance` have tests of their own."""
POLICY: Final = load_policy("property-validity")
AT: Final = dt.datetime.fromisoformat("2026-10-09T09:00+08:00")
COMPLAINT: Final = Complaint(id="c-1", received=AT)
FOUND: Final = assess(COMPLAINT, POLICY, at=AT)
LINE: Final = (
    '{"id": "g-1", "policy": {"id": "property-validity"}, "case": {"received": "2026-09-30"}, '
    '"at": "2026-10-09T09:00:00+08:00", "expect": {"findings": {"scope": "complaint"}}}'
)
GOLDEN: Final = GoldenCase.from_json(LINE)
GOOD: Final[Mapping[str, Callable[[], Any]]] = {
    "policy": lambda: POLICY,
    "policies": lambda: [POLICY],
    "generated": lambda: generate(POLICY),
    "cases": lambda: [GOLDEN],
    "faults": list,
    "given": lambda: [FOUND],
    "found": lambda: FOUND,
    "rules": lambda: ["table/scope"],
    "text": lambda: "policy = 'property-validity'\n[[case]]\nid = 'one'",
    "path": lambda: "no-such-file.toml",
    "stream": lambda: io.BytesIO(LINE.encode()),
    "name": lambda: "policy",
    "case": lambda: COMPLAINT,
    "at": lambda: AT,
    "since": lambda: AT,
    "data": dict,
}
"""A good value of each parameter that has no default, by its name."""
JUNK: Final[tuple[Any, ...]] = (None, 3, "x", [])
LABELS: Final = frozenset({"where", "name"})
"""Texts that only stand in front of a message, where they have a default."""
TAKEN: Final[Mapping[type, tuple[str, ...]]] = {
    type(None): ("None", "object"),
    int: ("int", "float", "object"),
    str: ("str", "object"),
    list: ("Iterable", "Sequence", "object"),
}
"""Which words in the type of a parameter say that it takes a value of a type."""


class Door(NamedTuple):
    """One parameter of a public function."""

    name: str
    function: Callable[..., Any]
    parameter: inspect.Parameter

    def __str__(self) -> str:
        return f"{self.name}({self.parameter.name})"

    def takes(self, junk: object) -> bool:
        """Whether a value is of the type of the parameter."""
        outer = str(self.parameter.annotation).replace("Iterable[str]", "Iterable")
        words = outer.replace("[", " ").replace("]", " ").replace("|", " ").replace(",", " ").split()
        words = words if not outer.startswith("Iterable") else words[:1] + [one for one in words if one == "None"]
        return any(word in words for word in TAKEN[type(junk)])


def doors() -> Iterator[Door]:
    """Find every parameter of every public function, and of what makes a value of a public class."""
    seen = set[Any]()
    for room in ROOMS:
        module = importlib.import_module(f"complaint_rules.{room}")
        for name in module.__all__:
            public = getattr(module, name)
            made = [
                (f"{name}.{key}", getattr(public, key))
                for key, value in (vars(public).items() if inspect.isclass(public) else ())
                if isinstance(value, staticmethod) and not key.startswith("_")
            ]
            for told, function in [(name, public)] if inspect.isfunction(public) else made:
                if function not in seen:
                    seen.add(function)
                    yield from (
                        Door(told, function, one)
                        for one in inspect.signature(function).parameters.values()
                        if one.name not in LABELS or one.default is inspect.Parameter.empty
                    )


DOORS: Final = list(doors())


def test_every_room_is_gone_through() -> None:
    names = {door.name for door in DOORS}
    assert {"analyse", "generate", "mutants", "checking_table", "kit", "calendar_data", "schema", "coverage"} <= names
    assert {"outcomes", "read_golden_lines", "GoldenCase.from_dict", "Coverage.of_nothing", "cases", "spans"} <= names


@pytest.mark.parametrize("junk", JUNK, ids=repr)
@pytest.mark.parametrize("door", DOORS, ids=str)
def test_what_is_of_another_type_is_refused_with_what_why_and_value(door: Door, junk: Any) -> None:
    given: dict[str, Any] = {door.parameter.name: junk}
    for name, one in inspect.signature(door.function).parameters.items():
        if name != door.parameter.name and one.default is inspect.Parameter.empty:
            given[name] = GOOD[name]()
    refused = None
    try:
        found = door.function(**given)
        if isinstance(found, Iterator):
            list(found)
    except ComplaintRulesError as error:
        refused = error
    if door.takes(junk):
        return  # taken, or refused for what it says: nothing but an error of this library has come
    assert refused is not None, f"{door} takes {junk!r} without a word"
    assert refused.what
    assert refused.why
    assert refused.value == junk


@pytest.mark.parametrize(
    ("call", "what"),
    [
        (lambda: coverage(POLICY, [FOUND, "x"]), "given[1]"),  # type: ignore[list-item]
        (lambda: calendar_data([POLICY, None]), "policies[1]"),  # type: ignore[list-item]
        (lambda: mutation_score(POLICY, [GOLDEN, 3], []), "cases[1]"),  # type: ignore[list-item]
        (lambda: mutation_score(POLICY, [], [None]), "faults[0]"),  # type: ignore[list-item]
    ],
)
def test_one_thing_of_another_kind_in_a_list_is_named_by_its_place(call: Callable[[], object], what: str) -> None:
    with pytest.raises(ComplaintRulesError) as refused:
        call()
    assert (refused.value.what, refused.value.why) == (what, "this is of another kind")


def test_a_stream_of_text_is_no_stream_of_bytes() -> None:
    with pytest.raises(UnreadableInput, match=r"a stream of bytes is expected; .*open\(path, 'rb'\)"):
        read_golden_lines(io.StringIO(LINE))  # type: ignore[arg-type]
