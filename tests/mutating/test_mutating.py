"""That a weak test lets a mutant live and a strong one does not; that what is drawn and named stays the same."""

from __future__ import annotations

import ast
import json
import os
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings

from tests.mutating.__main__ import main, modules, near_of, sampled
from tests.mutating.equivalent import equivalents
from tests.mutating.running import ROOT, name_of
from tests.mutating.sites import mutants_of

SOURCE: Final = '''\
"""Whether somebody is of age."""

FULL = 18


def of_age(years):
    return years >= FULL


def never(years):
    return years < 0
'''
WEAK: Final = "from complaint_rules.ages import of_age\n\n\ndef test_ages():\n    assert of_age(30) and not of_age(3)\n"
STRONG: Final = WEAK + "    assert of_age(18) is True and of_age(17) is False\n"


def project(folder: Path, test: str) -> Path:
    package = folder / "src" / "complaint_rules"
    package.mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "ages.py").write_text(SOURCE)
    (folder / "tests" / "ages").mkdir(parents=True)
    (folder / "tests" / "ages" / "test_ages.py").write_text(test)
    return folder


@pytest.mark.skipif(not hasattr(os, "fork"), reason="a process for each mutant is forked")
@pytest.mark.skipif(settings().max_examples <= 60, reason="half a minute: with HYPOTHESIS_PROFILE=ci")
@pytest.mark.parametrize(
    ("test", "alive"),
    [
        (WEAK, ["module: 18 -> 17", "module: 18 -> 19", "of_age: years >= FULL -> years > FULL"]),
        (STRONG, []),
    ],
    ids=["weak", "strong"],
)
def test_a_boundary_that_nobody_tries_lives_and_one_that_is_tried_does_not(
    test: str, alive: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pytest.importorskip("coverage")  # tells which test runs which line; the extra test has none
    report = tmp_path / "report.json"
    root = project(tmp_path / "own", test)
    assert main(["ages.py", "--report", str(report), "--least", "100"], root) == 1  # `never` is run by nobody
    told = json.loads(report.read_text())
    survivors = [one["name"] for one in told["survivors"] if one["outcome"] == "survived"]
    assert survivors == [f"src/complaint_rules/ages.py: {name}" for name in alive]
    assert {one["name"].split(": ")[1] for one in told["survivors"] if one["outcome"] == "untested"} == {"never"}
    assert told["noticed"] == told["modules"]["src/complaint_rules/ages.py"]["killed"] == 5 - len(alive)
    assert told["judged"] == told["mutants"] == len(mutants_of(SOURCE, "a.py"))
    assert "noticed" in capsys.readouterr().out
    assert main(["ages.py", "--again", str(report), "--report", str(report), "--seconds", "0"], root) == 0
    assert json.loads(report.read_text())["mutants"] == len(told["survivors"])
    assert (root / "src" / "complaint_rules" / "ages.py").read_text() == SOURCE  # only the copy was made wrong


def becomes(source: str) -> list[str]:
    return [f"{one.was} -> {one.becomes}" for one in mutants_of(source, "m.py")]


def test_a_text_that_python_cannot_write_again_is_named_as_it_stands() -> None:
    source = "def f(a):\n    return f\"{a.get('\u3000')}\"\n"
    assert [one.name for one in mutants_of(source, "m.py")] == [
        "m.py: f: return f\"{a.get(' ')}\" -> return None"  # white space is one space in a name
    ]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a < b", ["a < b -> a <= b", "a < b -> a >= b"]),
        ("a <= b < c", ["a <= b < c -> a < b < c", "a <= b < c -> a > b < c", "a <= b < c -> a <= b <= c",
            "a <= b < c -> a <= b >= c"]),
        ("a is b", ["a is b -> a is not b"]),
        ("a and b or c", ["a and b or c -> (a and b) and c", "a and b -> a or b"]),
        ("x = not a", ["not a -> a"]),
        ("x = 7", ["7 -> 8", "7 -> 6"]),
        ("x = True", ["True -> False"]),
        ("x = 'text'", []),
        ("x = f'{a + 1}'", []),  # words are compared whole
        ("x: Final[Literal[3]] = y", []),  # a type is no value
        ("x = min(a, b)", ["min(a, b) -> max(a, b)"]),
        ("x = a + b", ["a + b -> a - b"]),
        ("x = 'a' + b", []),  # texts cannot be taken from one another
        ("x += a", ["x += a -> x -= a"]),
        ("f(a)", ["f(a) -> pass"]),
        ("def f():\n    return a", ["return a -> return None"]),
        ("def f():\n    return False", ["False -> True"]),  # None is as false
        ("def f(n=1): ...", ["1 -> 2", "1 -> 0"]),
        ("for x in y:\n    continue", ["continue -> pass"]),
        ("for x in y:\n    break", ["break -> pass"]),
        ("if a:\n    pass", ["a -> not a"]),
        ("x = [a for a in b if a]", ["a -> not a"]),
        ("x = a if b else c", ["b -> not b"]),
        ("if TYPE_CHECKING:\n    f(a)", []),
        ("f(1)  # pragma: no cover", []),
        ("raise Error(1)", []),  # what an error says is compared whole; that it is raised, its test says
    ],
)  # fmt: skip
def test_each_kind_of_mistake_is_made(source: str, expected: list[str]) -> None:
    assert becomes(source) == expected


def test_the_rest_of_a_module_stays_and_every_mutant_can_be_read() -> None:
    file = "src/complaint_rules/periods/pauses.py"
    source = (ROOT / file).read_text(encoding="utf-8")
    mutants = mutants_of(source, file)
    assert len(mutants) > 40
    assert len({one.name for one in mutants}) == len(mutants)
    for one in mutants:
        ast.parse(one.text)
        before, after = source.splitlines(), one.text.splitlines()
        assert before[: one.line - 1] == after[: one.line - 1]
        assert before[one.last_line :] == after[len(after) - len(before) + one.last_line :]


def test_a_like_place_has_a_name_of_its_own_and_lines_are_no_part_of_it() -> None:
    assert [one.name for one in mutants_of("x = a + b\ny = a + b", "m.py")] == [
        "m.py: module: a + b -> a - b",
        "m.py: module: a + b -> a - b #2",
    ]
    assert mutants_of("\n\nx = a + b", "m.py")[0].name == "m.py: module: a + b -> a - b"


def test_a_seed_draws_the_same_again() -> None:
    mutants = mutants_of("x = a + b + c + d", "m.py")
    assert sampled(mutants, 2, 7) == sampled(mutants, 2, 7)
    assert sorted(sampled(mutants, None, 1)) == sorted(mutants)
    assert sampled(mutants, None, 1) != sampled(mutants, None, 2)


def test_a_change_elsewhere_draws_the_same_again() -> None:
    """Every change of a room drew others, so that a bound on a few of them hung on luck."""
    before = mutants_of("def f(a, b, c, d):\n    return a + b + c + d", "m.py")
    after = mutants_of("def f(a, b, c, d):\n    return a + b + c + d\n\n\ndef g(e):\n    return e or 1", "m.py")
    names = {one.name for one in before}
    assert [one.name for one in sampled(after, None, 7) if one.name in names] == [
        one.name for one in sampled(before, None, 7)
    ]


def test_rooms_are_folders_and_modules() -> None:
    assert modules(ROOT, ["periods/pauses.py"], None) == ["src/complaint_rules/periods/pauses.py"]
    assert all(one.startswith("src/complaint_rules/calendar/") for one in modules(ROOT, ["calendar"], None))
    with pytest.raises(SystemExit, match="there is no room 'calender'"):
        modules(ROOT, ["calender"], None)


def test_the_tests_of_a_room_are_its_folder_its_properties_and_its_examples() -> None:
    near = near_of(ROOT, ["src/complaint_rules/calendar/hours.py"])
    assert near[0] == "tests/calendar"
    assert "tests/properties/test_calendar_hours.py" in near
    assert near[-1] == "src/complaint_rules/calendar/hours.py"
    assert "tests/test_moments.py" in near_of(ROOT, ["src/complaint_rules/moments.py"])
    # A folder in a folder has its own tests where there is a folder of them, else those of what it lies in.
    kits = [f"src/complaint_rules/verification/kits/{one}.py" for one in ("days", "judging")]
    assert near_of(ROOT, kits) == ["tests/verification/kits", *kits]
    assert near_of(ROOT, ["src/complaint_rules/policy/files/reading.py"])[0] == "tests/policy"


def test_every_equivalent_is_a_mutant_of_today_and_has_its_reason() -> None:
    known = equivalents()
    files = sorted({name.partition(": ")[0] for name in known})
    names = {one.name for file in files for one in mutants_of((ROOT / file).read_text(encoding="utf-8"), file)}
    assert sorted(known.keys() - names) == []
    assert [name for name, why in known.items() if len(why) < 20] == []


def test_a_test_is_named_without_what_it_was_given() -> None:
    assert name_of("tests/a.py::test_b[::x]") == "tests/a.py::test_b"
    assert name_of("src/m.py::line:3,column:1") == "src/m.py"
