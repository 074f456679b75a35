"""The code against docs/architecture.md and the lists in the wings: what there is, in which order, who imports whom."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final, NamedTuple

import pytest

import complaint_rules

SOURCE: Final = Path(complaint_rules.__file__).parent
PAGE: Final = (Path(__file__).parents[1] / "docs" / "architecture.md").read_text(encoding="utf-8")
PURPOSES: Final = re.findall(r"^\| `(\w+)/?` \| ([^|]+) \| ([^|]+) \|$", PAGE, re.MULTILINE)
PLACES: Final = [name for name, _, _ in PURPOSES]
"""Wings and single modules at the root, from the ground up."""
GUESTS: Final = re.findall(r"^\| `(\w+)` \| (?:`([\w.]+)`|everywhere) \| ([^|]+) \| [^|]+ \|$", PAGE, re.MULTILINE)
"""Packages of others, each with the module that may import it (empty: any may), and when."""
MODULES: Final = sorted(
    ".".join(path.relative_to(SOURCE).with_suffix("").parts) for path in SOURCE.rglob("*.py") if path.stem != "__init__"
)
WINGS: Final = sorted(".".join(path.parent.relative_to(SOURCE).parts) for path in SOURCE.rglob("*/__init__.py"))
_OURS: Final = frozenset({*MODULES, *WINGS})
_LONGEST: Final = 800
_MOST_AT_THE_ROOT: Final = 12


class Import(NamedTuple):
    """One import: what, whether inside a function, and on which line."""

    name: str
    inside: bool
    line: int


class Read(NamedTuple):
    """What is asked of a module here: its docstring, how many lines it has, its classes and all its imports."""

    told: str
    lines: int
    classes: tuple[str, ...]
    imports: tuple[Import, ...]


def path_of(module: str) -> Path:
    stem = SOURCE.joinpath(*module.split("."))
    return stem / "__init__.py" if stem.is_dir() else stem.with_suffix(".py")


def tree_of(module: str) -> ast.Module:
    return ast.parse(path_of(module).read_text(encoding="utf-8"))


def imports(node: ast.AST, *, inside: bool = False) -> Iterator[Import]:
    """Give every import: with the module, inside a function, or for the type checker alone."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Import):
            yield from (Import(alias.name, inside, child.lineno) for alias in child.names)
        elif isinstance(child, ast.ImportFrom):
            assert child.level == 0, f"line {child.lineno}: write the import out in full"
            module = child.module or ""
            for alias in child.names:
                whole = f"{module}.{alias.name}"
                known = whole.removeprefix("complaint_rules.") in _OURS
                yield Import(whole if known else module, inside, child.lineno)
        deeper = isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        yield from imports(child, inside=inside or deeper)


@cache
def read(module: str) -> Read:
    """Read a module once, and keep of it what is asked: a tree of each would be kept to the end of the run."""
    text = path_of(module).read_text(encoding="utf-8")
    tree = ast.parse(text)
    classes = tuple(node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef))
    return Read(ast.get_docstring(tree) or "", text.count("\n"), classes, tuple(imports(tree)))


def used_by(module: str) -> Iterator[tuple[str, int]]:
    """Give the modules of our own that a module imports, with the line."""
    for used in read(module).imports:
        if used.name.startswith("complaint_rules."):
            yield used.name.removeprefix("complaint_rules."), used.line


def listed_in(wing: str) -> list[str]:
    """Give the modules that a wing's docstring lists, from the ground up."""
    return re.findall(r"^\* `(\w+)`: ", read(wing).told, re.MULTILINE)


def in_order() -> list[str]:
    """Give every module from the ground up, as the page and the wings list them."""

    def inside(wing: str) -> Iterator[str]:
        for name in listed_in(wing):
            whole = f"{wing}.{name}"
            yield from inside(whole) if whole in WINGS else [whole]

    return [module for place in PLACES for module in (inside(place) if place in WINGS else [place])]


ORDER: Final = in_order()


def test_every_module_is_listed_once_and_every_listed_one_exists() -> None:
    assert sorted(ORDER) == MODULES, "docs/architecture.md, the wings' lists and src/complaint_rules differ"


def test_every_wing_stands_on_the_page_or_in_another_wing() -> None:
    assert {wing for wing in WINGS if "." not in wing} == {place for place in PLACES if place in WINGS}


def test_every_place_says_in_both_languages_what_it_is_for() -> None:
    assert [name for name, english, chinese in PURPOSES if not english.strip() or not chinese.strip()] == []


@pytest.mark.parametrize("wing", WINGS)
def test_a_wing_says_what_each_of_its_modules_is_for(wing: str) -> None:
    text = read(wing).told
    assert text.partition("\n")[0].endswith("."), f"{wing} does not open with a sentence"
    assert all(re.search(rf"^\* `{name}`: \S", text, re.MULTILINE) for name in listed_in(wing))


def test_a_module_imports_only_what_stands_above_it_wherever_the_import_stands() -> None:
    place = {module: number for number, module in enumerate(ORDER)}
    assert [
        f"{module}, line {line}: {other}"
        for module in MODULES
        for other, line in used_by(module)
        if place.get(other, len(ORDER)) >= place[module]  # the face of a wing has no place
    ] == []


@pytest.mark.parametrize("wing", WINGS)
def test_the_face_of_a_wing_hands_on_its_own_modules_only(wing: str) -> None:
    """Those of a wing inside it are its own: whoever asks the outer one need not know how it is divided."""
    assert [other for other, _ in used_by(wing) if not other.startswith(f"{wing}.")] == []


def not_admitted(module: str) -> Iterator[str]:
    """Give the packages of others that a module imports and may not, with the line."""
    here = [(guest, when.startswith("with the module")) for guest, place, when in GUESTS if place in ("", module)]
    always, on_use = ({guest for guest, at_once in here if at_once is kind} for kind in (True, False))
    for used in read(module).imports:
        package = used.name.partition(".")[0]
        if package == "complaint_rules" or package in sys.stdlib_module_names:
            continue
        if package not in (always | on_use if used.inside else always):
            yield f"{module}, line {used.line}: {package}"


def test_other_peoples_code_is_imported_where_the_page_says_and_nowhere_else() -> None:
    assert [told for module in MODULES for told in not_admitted(module)] == []


def test_a_module_is_small_and_its_first_line_says_what_it_is_for() -> None:
    every = ["__init__", *WINGS, *MODULES]
    assert [module for module in every if not read(module).told.partition("\n")[0].endswith(".")] == []
    assert [module for module in every if read(module).lines > _LONGEST] == []


def test_few_modules_stand_at_the_root() -> None:
    assert len([module for module in MODULES if "." not in module]) < _MOST_AT_THE_ROOT


def test_no_class_name_stands_twice() -> None:
    """One word, one meaning: whoever searches for a class finds one."""
    found = [name for module in MODULES for name in read(module).classes]
    assert sorted({name for name in found if found.count(name) > 1}) == []


def test_importing_the_library_loads_nothing_that_is_needed_only_later() -> None:
    # A cold import is paid by every process; these take longer to load than all of our own modules together.
    heavy = {"cattrs", "click", "holidays", "hypothesis", "numpy", "pendulum", "rich"}
    code = "import sys, complaint_rules; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(run.stdout.split())
    assert heavy & loaded == set()
    late = ("complaint_rules.words", "complaint_rules.policy.files", "complaint_rules.testing")
    assert not {name for name in loaded if name.startswith(late)}


def test_nothing_of_the_library_imports_what_is_for_tests() -> None:
    others = [module for module in MODULES if not module.startswith("testing.")]
    assert [module for module in others for used, _ in used_by(module) if used.split(".")[0] == "testing"] == []


def test_the_package_itself_is_imports_and_a_sorted_list_of_names() -> None:
    assert complaint_rules.__all__ == sorted(complaint_rules.__all__, key=lambda name: (not name.isupper(), name))
    kinds = {type(node) for node in ast.parse((SOURCE / "__init__.py").read_text(encoding="utf-8")).body}
    assert kinds <= {ast.Expr, ast.Import, ast.ImportFrom, ast.Assign}
    assert all(hasattr(complaint_rules, name) for name in complaint_rules.__all__)
