"""Types are for other libraries too: they can be read at run time, and what a wing offers stands in its face."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
import typing
from collections.abc import Iterator
from typing import Any

import attrs
import pytest

import complaint_rules
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint

MODULES = [found.name for found in pkgutil.walk_packages(complaint_rules.__path__, "complaint_rules.")]
PACKAGES = [found.name for found in pkgutil.iter_modules(complaint_rules.__path__) if found.ispkg]
WINGS = [name for name in PACKAGES if name not in ("cli", "rules")]


def public(module: str) -> Iterator[tuple[str, Any]]:
    """Give every public function, class and method of a module, with what makes an instance."""
    for name, thing in vars(importlib.import_module(module)).items():
        if name.startswith("_") or getattr(thing, "__module__", None) != module:
            continue
        if inspect.isfunction(thing):
            # What Hypothesis makes of a function takes no part: its annotations are texts, read among other names.
            if thing.__globals__ is vars(importlib.import_module(module)):
                yield name, thing
        elif inspect.isclass(thing):
            yield name, thing
            for own, found in vars(thing).items():
                part = found.fget if isinstance(found, property) else getattr(found, "__func__", found)
                if inspect.isfunction(part) and (own == "__init__" or not own.startswith("_")):
                    yield f"{name}.{own}", part


def test_the_types_of_every_public_function_and_class_can_be_read() -> None:
    """pydantic, cattrs and msgspec read them; a name known only to a type checker stops all three."""
    unread = []
    for module in MODULES:
        for name, thing in public(module):
            try:
                typing.get_type_hints(thing)
            except NameError as error:
                unread.append(f"{module}: {name}: {error}")
    assert unread == []


def parts_of(hint: Any) -> Iterator[Any]:
    """Give a type and all the types in it."""
    yield hint
    for one in typing.get_args(hint):
        yield from parts_of(one)


@pytest.mark.parametrize("kind", [Complaint, Event, Case])
def test_what_structures_data_by_types_finds_one_for_every_field(kind: Any) -> None:
    """cattrs and msgspec make values of data by nothing but these."""
    hints = typing.get_type_hints(kind)
    assert set(hints) >= {field.name for field in attrs.fields(kind)}
    for field in attrs.fields(kind):
        for part in parts_of(hints[field.name]):
            assert not isinstance(part, str | typing.ForwardRef), field.name
            assert part is not Any, field.name


@pytest.mark.parametrize("name", ["Case", "Complaint", "Event", "Period", "Pause", "Violation", "Counting"])
def test_what_makes_a_value_shows_the_types_that_it_takes(name: str) -> None:
    kinds = [getattr(importlib.import_module(module), name, None) for module in MODULES]
    kind = next(one for one in kinds if one is not None)
    hints = typing.get_type_hints(kind.__init__)
    assert object not in hints.values()
    assert Any not in hints.values()


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_offers_its_public_names(wing: str) -> None:
    face = importlib.import_module(f"complaint_rules.{wing}")
    assert list(face.__all__) == sorted(face.__all__, key=lambda name: (not name.isupper(), name))
    for name in face.__all__:
        assert getattr(face, name) is not None
        assert not inspect.ismodule(getattr(face, name)), "a room of the same name would hide it"


def test_what_an_answer_is_made_of_stands_at_the_top() -> None:
    assert {"Clock", "Run", "Finding", "Obligation", "Violation", "Question", "Status", "DutyStatus"} <= set(
        complaint_rules.__all__
    )
    assert complaint_rules.__version__.count(".") == 2
