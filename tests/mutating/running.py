"""Mutants held against the tests: a copy of the checkout, which test runs which line, and a process for each mutant.

Every process is forked from one that has the test tools loaded already and nothing of ours, so that a mutant costs
little more than the tests it is held against. That takes a system that can fork.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from enum import Enum
from importlib.util import cache_from_source
from pathlib import Path
from typing import Any, Final, NamedTuple

import pytest

from tests.mutating.sites import Mutant

ROOT: Final = Path(__file__).parents[2]
_OTHERS: Final = ("attrs", "coverage", "holidays", "hypothesis", "pendulum", "sybil")
"""Loaded before any process is forked, as pytest is."""
SAID: Final = ".said"
"""What the last process said, in the copy."""
_STARTING: Final = 60.0
"""Seconds that a process may take beside ten times what its tests took."""


class Outcome(Enum):
    """What became of a mutant."""

    KILLED = "killed"
    TIMEOUT = "timeout"
    """Its tests went on for ten times as long, and more: that is noticed."""
    SURVIVED = "survived"
    UNTESTED = "untested"
    """None of the tests runs its line."""


class Verdict(NamedTuple):
    """A mutant and what became of it."""

    mutant: Mutant
    outcome: Outcome
    by: str = ""
    """The test that noticed."""
    tests: int = 0
    """How many tests it was held against."""
    seconds: float = 0.0


class Covering(NamedTuple):
    """Which test runs which line, and how long each took."""

    lines: Mapping[str, Mapping[int, Sequence[str]]]
    """Tests by line, by module; those of line 0 run anything of the module."""
    seconds: Mapping[str, float]

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Give the tests that run a mutant's lines, the quickest first; of what runs at import, all of its module."""
        lines = self.lines.get(mutant.file, {})
        places = [*range(mutant.line, mutant.last_line + 1), mutant.statement]
        found = {test for place in places for test in lines.get(place, ())}
        if not found and any(place in lines for place in places):  # run, and by none of them
            found = set(lines.get(0, ()))
        return sorted(found, key=lambda test: (self.seconds.get(test, 0.0), test))


def name_of(nodeid: str) -> str:
    """Give the function or file by which a test is named, without what it was given.

    >>> name_of("tests/a/test_b.py::test_c[1-2]"), name_of("src/p/m.py::line:7,column:1")
    ('tests/a/test_b.py::test_c', 'src/p/m.py')
    """
    path, _, name = nodeid.partition("::")
    return path if "line:" in name else f"{path}::{name.partition('[')[0]}"


@contextmanager
def copied(root: Path = ROOT) -> Iterator[Path]:
    """Copy what a checkout holds, to be made wrong; where it is none, the whole folder."""
    git = ["git", "ls-files", "-coz", "--exclude-standard"]
    names: list[str] = []
    if (root / ".git").exists():
        listed = subprocess.run(git, cwd=root, capture_output=True, check=True, text=True)
        names = [name for name in listed.stdout.split("\0") if name]
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder, "copy")
        if not names:
            shutil.copytree(root, copy)
        for name in names:
            if (root / name).is_file():
                (copy / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy2(root / name, copy / name)
        yield copy


def _forked(copy: Path, work: Callable[[], int], seconds: float) -> tuple[int | None, float]:
    """Do some work in a process of its own, in the copy and with its modules; give how it ended, None: it was ended."""
    began = time.monotonic()
    child = os.fork()
    if not child:
        code = 70
        try:
            os.setsid()
            os.chdir(copy)
            sys.path[:0] = [str(copy), str(copy / "src")]
            os.environ["PYTHONPATH"] = str(copy / "src")
            for name in [name for name in sys.modules if name.partition(".")[0] in ("tests", "complaint_rules")]:
                del sys.modules[name]
            said = os.open(copy / SAID, os.O_RDWR | os.O_CREAT | os.O_TRUNC)
            for stream in (0, 1, 2):
                os.dup2(said, stream)
            sys.stdin, sys.stdout, sys.stderr = sys.__stdin__, sys.__stdout__, sys.__stderr__
            code = work()
        except BaseException:
            os.write(2, traceback.format_exc().encode())
            raise
        finally:
            os._exit(code)
    while time.monotonic() - began < seconds:
        done, status = os.waitpid(child, os.WNOHANG)
        if done:
            return os.waitstatus_to_exitcode(status), time.monotonic() - began
        time.sleep(0.02)
    os.killpg(child, signal.SIGKILL)
    os.waitpid(child, 0)
    return None, time.monotonic() - began


_QUIETLY: Final = ("-p", "no:cacheprovider", "--tb=line", "-W", "ignore::pytest.PytestAssertRewriteWarning")


class _Watch:
    """Notes how long each test took."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def pytest_runtest_logreport(self, report: Any) -> None:
        test = name_of(report.nodeid)
        self.seconds[test] = self.seconds.get(test, 0.0) + report.duration


def covering(copy: Path, tests: Sequence[str], package: str, *, seconds: float = 7200) -> Covering:
    """Run tests once and note which runs which line of a package under `src`.

    Raises `SystemExit` where one of them fails: then a mutant could be told from nothing.
    """
    for name in _OTHERS:
        importlib.import_module(name)
    data, took = copy / ".lines.json", copy / ".seconds.json"

    def work() -> int:
        import coverage

        outer = coverage.Coverage.current()
        if outer is not None:  # where the tests of this are themselves measured
            outer.stop()
        os.environ["COVERAGE_CORE"] = "ctrace"  # of the others one tells a line once, and not by whom it was run
        watch = _Watch()
        source = [str(copy / "src" / package)]
        contexts = _Contexts(coverage.Coverage(data_file=None, config_file=False, branch=False, source=source))
        contexts.coverage.start()
        code = int(pytest.main([*_QUIETLY, *tests], plugins=[watch, contexts]))
        contexts.coverage.stop()
        found = contexts.coverage.get_data()
        lines: dict[str, dict[int, list[str]]] = {}
        for file in sorted(found.measured_files()):
            by_line = {line: sorted(set(who) - {""}) for line, who in found.contexts_by_lineno(file).items()}
            by_line[0] = sorted({one for who in by_line.values() for one in who})
            lines[Path(file).relative_to(copy).as_posix()] = by_line
        data.write_text(json.dumps(lines), encoding="utf-8")
        took.write_text(json.dumps(watch.seconds), encoding="utf-8")
        return code

    code, _ = _forked(copy, work, seconds)
    if code:
        said = (copy / SAID).read_text(encoding="utf-8", errors="replace")
        raise SystemExit(f"the tests fail before anything is made wrong, {' '.join(tests)}:\n{said[-3000:]}")
    if code is None:
        raise SystemExit(f"the tests did not end within {seconds:.0f} s")
    lines = {
        file: {int(line): tuple(who) for line, who in by_line.items()}
        for file, by_line in json.loads(data.read_text(encoding="utf-8")).items()
    }
    return Covering(lines, json.loads(took.read_text(encoding="utf-8")))


class _Contexts:
    """Tells coverage which test runs."""

    def __init__(self, coverage: Any) -> None:
        self.coverage = coverage

    def pytest_runtest_logstart(self, nodeid: str) -> None:
        self.coverage.switch_context(name_of(nodeid))

    def pytest_runtest_logfinish(self) -> None:
        self.coverage.switch_context("")


class _Only:
    """Keeps the tests that are wanted, in their order, and notes the first that fails."""

    def __init__(self, wanted: Sequence[str], note: Path) -> None:
        self._places = {test: place for place, test in enumerate(wanted)}
        self._note = note

    def pytest_collection_modifyitems(self, items: list[Any]) -> None:
        items[:] = sorted(
            (one for one in items if name_of(one.nodeid) in self._places),
            key=lambda one: self._places[name_of(one.nodeid)],
        )

    def pytest_runtest_logreport(self, report: Any) -> None:
        if report.failed and not self._note.exists():
            self._note.write_text(report.nodeid, encoding="utf-8")


def judged(copy: Path, mutant: Mutant, covered: Covering) -> Verdict:
    """Make a copy wrong in one thing, run the tests that run its line, and make it right again."""
    tests = covered.tests_of(mutant)
    if not tests:
        return Verdict(mutant, Outcome.UNTESTED)
    path, note = copy / mutant.file, copy / ".killer"
    right = path.read_text(encoding="utf-8")
    note.unlink(missing_ok=True)
    for compiled in Path(cache_from_source(path)).parent.glob(f"{path.stem}.*"):
        compiled.unlink()  # it is told from the source by size and second, and mutants come quicker
    files = list(dict.fromkeys(test.partition("::")[0] for test in tests))

    def work() -> int:
        sys.dont_write_bytecode = True
        os.environ["PYTHONDONTWRITEBYTECODE"] = "1"
        return int(pytest.main([*_QUIETLY, "-x", *files], plugins=[_Only(tests, note)]))

    limit = _STARTING + 10 * sum(covered.seconds.get(test, 0.0) for test in tests)
    try:
        path.write_text(mutant.text, encoding="utf-8")
        code, took = _forked(copy, work, limit)
    finally:
        path.write_text(right, encoding="utf-8")
    if code == pytest.ExitCode.OK:
        return Verdict(mutant, Outcome.SURVIVED, "", len(tests), took)
    if code in (pytest.ExitCode.USAGE_ERROR, pytest.ExitCode.NO_TESTS_COLLECTED):
        return Verdict(mutant, Outcome.UNTESTED, "", 0, took)
    by = note.read_text(encoding="utf-8") if note.exists() else "cannot be imported" if code else ""
    return Verdict(mutant, Outcome.KILLED if code is not None else Outcome.TIMEOUT, by, len(tests), took)


def judge(copy: Path, mutants: Iterable[Mutant], covered: Covering, *, seconds: float | None) -> Iterator[Verdict]:
    """Judge mutants one after the other, as many as the time allows."""
    end = None if seconds is None else time.monotonic() + seconds
    for mutant in mutants:
        if end is not None and time.monotonic() > end:
            return
        yield judged(copy, mutant, covered)
