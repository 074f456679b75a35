"""The code against docs/architecture.md: which rooms there are, in which order, and what may be imported where."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Final, NamedTuple

import pytest

import complaint_rules

SOURCE: Final = Path(complaint_rules.__file__).parent
PAGE: Final = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
_NAMES: Final = r"`(\w+)`"
PURPOSES: Final = re.findall(rf"^\| {_NAMES} \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
ROOMS: Final = [name for name, _, _ in PURPOSES]
GUESTS: Final = re.findall(rf"^\| {_NAMES} \| (?:{_NAMES}|everywhere) \| [^|]+ \| [^|]+ \|$", PAGE, re.MULTILINE)
"""Packages of others, each with the room that may load it on first use; empty: imported with the module."""
MODULES: Final = sorted(path.stem for path in SOURCE.glob("*.py") if path.stem != "__init__")
_LONGEST: Final = 800


class Import(NamedTuple):
    """One import: what, whether inside a function, and on which line."""

    name: str
    inside: bool
    line: int


def tree_of(module: str) -> ast.Module:
    return ast.parse((SOURCE / f"{module}.py").read_text(encoding="utf-8"))


def imports(node: ast.AST, *, inside: bool = False) -> Iterator[Import]:
    """Give every import: with the module, inside a function, or for the type checker alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, inside, child.lineno) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"line {child.lineno}: write the import out in full"
            if child.module == "complaint_rules":
                yield from (Import(f"complaint_rules.{alias.name}", inside, child.lineno) for alias in child.names)
            else:
                yield Import(child.module or "", inside, child.lineno)
        deeper = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from imports(child, inside=inside or deeper)


def rooms_used(module: str) -> Iterator[tuple[str, int]]:
    for used in imports(tree_of(module)):
        if used.name.startswith("complaint_rules."):
            yield used.name.split(".")[1], used.line


def test_every_module_is_listed_once_and_every_listed_room_exists() -> None:
    assert sorted(ROOMS) == MODULES, "docs/architecture.md and src/complaint_rules differ"


def test_every_room_says_in_both_languages_what_it_is_for() -> None:
    assert [name for name, english, chinese in PURPOSES if not english.strip() or not chinese.strip()] == []


@pytest.mark.parametrize("module", MODULES)
def test_a_room_imports_only_rooms_above_it_wherever_the_import_stands(module: str) -> None:
    above = set(ROOMS[: ROOMS.index(module)])
    back = [f"line {line}: {room}" for room, line in rooms_used(module) if room not in above]
    assert back == [], f"{module} imports rooms that stand below it in docs/architecture.md"


@pytest.mark.parametrize("module", MODULES)
def test_other_peoples_code_is_imported_where_the_page_says_and_nowhere_else(module: str) -> None:
    always = {guest for guest, room in GUESTS if not room}
    on_use = {guest for guest, room in GUESTS if room == module}
    for used in imports(tree_of(module)):
        package = used.name.partition(".")[0]
        if package == "complaint_rules" or package in sys.stdlib_module_names:
            continue
        allowed = always | on_use if used.inside else always
        assert package in allowed, f"line {used.line}: {package} in {module}"


@pytest.mark.parametrize("module", ["__init__", *MODULES])
def test_a_room_is_small_and_its_first_line_says_what_it_is_for(module: str) -> None:
    text = (SOURCE / f"{module}.py").read_text(encoding="utf-8")
    first = (ast.get_docstring(tree_of(module)) or "").partition("\n")[0]
    assert first.endswith("."), f"{module} does not open with a sentence"
    assert text.count("\n") <= _LONGEST


def test_importing_the_library_loads_nothing_that_is_needed_only_later() -> None:
    # A cold import is paid by every process; these take longer to load than all of our own rooms together.
    heavy = {"cattrs", "click", "holidays", "numpy", "pendulum", "rich", "complaint_rules.rendering"}
    code = "import sys, complaint_rules; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert heavy & set(run.stdout.split()) == set()


def test_the_package_itself_is_imports_and_a_sorted_list_of_names() -> None:
    assert complaint_rules.__all__ == sorted(complaint_rules.__all__, key=lambda name: (not name.isupper(), name))
    kinds = {type(node) for node in tree_of("__init__").body}
    assert kinds <= {ast.Expr, ast.Import, ast.ImportFrom, ast.Assign}
    assert all(hasattr(complaint_rules, name) for name in complaint_rules.__all__)
