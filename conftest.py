"""What every test run shares: Hypothesis profiles, and the examples of README, docs and docstrings as tests."""

from __future__ import annotations

import gc
import io
import json
import os
import re
import shlex
import subprocess
import sys
import tempfile
import tomllib
from doctest import ELLIPSIS, NORMALIZE_WHITESPACE, OutputChecker
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser, PythonCodeBlockParser, SkipParser
from sybil.parsers.rest import DocTestParser

ROOT = Path(__file__).resolve().parent
SHOWN_AS = OutputChecker()

# HYPOTHESIS_PROFILE=nightly pytest        more examples, new ones each time, as long as it takes
# HYPOTHESIS_PROFILE=new pytest            as many as by default, but new ones each time
# The others take the same examples every time: what is landed is not refused by luck, and luck is no proof either.
_PROFILES: dict[str, dict[str, Any]] = {
    "default": {"max_examples": 25, "derandomize": True, "database": None},
    "new": {"max_examples": 25, "print_blob": True},
    "ci": {"max_examples": 200, "derandomize": True, "print_blob": True, "database": None},
    "nightly": {"max_examples": 5_000, "stateful_step_count": 100, "print_blob": True},
}
for _name, _more in _PROFILES.items():
    # Time is not what these properties are about, and shared machines are slow at times.
    settings.register_profile(_name, deadline=None, suppress_health_check=[HealthCheck.too_slow], **_more)
gc.disable()  # until the tests are collected, see below: what comes of importing them is kept
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci" if os.environ.get("CI") else "default"))


def pytest_collection_finish() -> None:
    """Leave what was collected out of every later search for garbage: twenty thousand tests stay to the end anyhow."""
    gc.freeze()
    gc.enable()


def pytest_configure(config: pytest.Config) -> None:
    """Let the processes that tests start share what they compile where nothing is to be written beside the source.

    Each would compile the library anew, which takes longer than what most of them are started for.
    """
    if os.environ.get("PYTHONDONTWRITEBYTECODE"):
        place, patch = tempfile.TemporaryDirectory(), pytest.MonkeyPatch()
        patch.delenv("PYTHONDONTWRITEBYTECODE")
        patch.setenv("PYTHONPYCACHEPREFIX", place.name)
        config.add_cleanup(patch.undo)
        config.add_cleanup(place.cleanup)


def _enter_scratch(namespace: dict[str, Any]) -> None:
    """Give each page a directory of its own, from which `docs` and `tests` can be read and where it may write."""
    scratch = tempfile.TemporaryDirectory()
    for name in ("docs", "tests"):
        Path(scratch.name, name).symlink_to(ROOT / name, target_is_directory=True)
    namespace["_scratch"], namespace["_before"] = scratch, Path.cwd()
    os.chdir(scratch.name)


def _leave_scratch(namespace: dict[str, Any]) -> None:
    os.chdir(namespace["_before"])
    namespace["_scratch"].cleanup()


def _named_file(example: Example) -> Path | None:
    """Name the file that an HTML comment before the block, `<!-- file: my-bank.toml -->`, says the block holds."""
    before = example.document.text[: example.region.start].rstrip()
    match = re.search(r"<!-- file: ([\w.-]+) -->$", before)
    return Path(match[1]) if match else None


def _keep(example: Example) -> None:
    """Write the block where it names a file, so that what follows on the page can read it."""
    if (path := _named_file(example)) is not None:
        path.write_text(str(example.parsed), encoding="utf-8")


def _toml(example: Example) -> None:
    tomllib.loads(str(example.parsed))
    _keep(example)


def _json(example: Example) -> None:
    json.loads(str(example.parsed))
    _keep(example)


def _jsonl(example: Example) -> None:
    for line in str(example.parsed).splitlines():
        json.loads(line)
    _keep(example)


# The commands as a reader would type them, run with the Python that runs the tests.
_PRELUDE = 'complaint-rules() { "$PYTHON" -m complaint_rules "$@"; }; python() { "$PYTHON" "$@"; }\n'
_OURS_ALONE = re.compile(r"complaint-rules [^|<>;&$`\\()#*?~\[\]{}\n]*")
"""A command of ours in which a shell finds nothing to do but to part the words."""
_TERMINAL = {"COLUMNS": "120", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}


def _console(example: Example) -> None:
    """Run each `$ command` of the block (`> ` continues it) and compare what it prints; `...` stands for anything."""
    for command, expected in _commands(str(example.parsed)):
        status, printed = (_run_here if _OURS_ALONE.fullmatch(command) else _run_in_shell)(command)
        assert SHOWN_AS.check_output(expected, printed, ELLIPSIS | NORMALIZE_WHITESPACE), (
            f"$ {command}\nexpected:\n{expected}\nprinted (exit status {status}):\n{printed}"
        )


def _run_in_shell(command: str) -> tuple[int, str]:
    run = subprocess.run(
        ["/bin/bash", "-c", _PRELUDE + command],
        env={**os.environ, **_TERMINAL, "PYTHON": sys.executable},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        timeout=60,
        check=False,
    )
    return run.returncode, run.stdout.decode("utf-8")


def _run_here(command: str) -> tuple[int, str]:
    """Run a command of ours in this process: most of the time of a process of its own goes into starting it."""
    from complaint_rules.cli.shell import main

    taken = io.BytesIO()
    printed = io.TextIOWrapper(taken, encoding="utf-8", write_through=True)
    with pytest.MonkeyPatch.context() as patch:
        for name, value in _TERMINAL.items():
            patch.setenv(name, value)
        patch.setattr(sys, "stdin", io.StringIO())
        patch.setattr(sys, "stdout", printed)
        patch.setattr(sys, "stderr", printed)
        status = main(shlex.split(command)[1:])
    return status, taken.getvalue().decode("utf-8")


def _commands(block: str) -> list[tuple[str, str]]:
    found: list[tuple[list[str], list[str]]] = []
    for line in block.splitlines():
        if line.startswith("$ "):
            found.append(([line[2:]], []))
        elif line.startswith("> ") and found and not found[-1][1]:
            found[-1][0].append(line[2:])
        elif found:
            found[-1][1].append(line + "\n")
        else:
            message = f"a console block starts with a command, not with {line!r}"
            raise AssertionError(message)
    return [("\n".join(command), "".join(output)) for command, output in found]


_PAGES = Sybil(
    parsers=[
        SkipParser(),
        PythonCodeBlockParser(doctest_optionflags=ELLIPSIS | NORMALIZE_WHITESPACE),
        CodeBlockParser("toml", _toml),
        CodeBlockParser("json", _json),
        CodeBlockParser("jsonl", _jsonl),
        CodeBlockParser("csv", _keep),
        CodeBlockParser("text", _keep),
        CodeBlockParser("console", _console),
    ],
    patterns=["README.md", "docs/*.md", "docs/**/*.md"],
    setup=_enter_scratch,
    teardown=_leave_scratch,
)


def _samples(namespace: dict[str, Any]) -> None:
    """Give the examples of what reads policy files a small scope and tables of a file, so that each shows its point."""
    from complaint_rules.conditions.scopes import FactSpec, Scope
    from complaint_rules.documents.faults import Faults
    from complaint_rules.documents.nodes import Node
    from complaint_rules.policy.files.references import References
    from complaint_rules.policy.files.shapes import SHAPES

    facts = {"joint": FactSpec(name="joint", type="bool")}
    scope = Scope(kinds={"received", "extended", "replied", "closed"}, levels=("outlet",), facts=facts)
    namespace["refs"] = References(scope, scope, {}, Faults("own.toml"))
    namespace["sample"] = lambda shape, data: Node(data, "", Faults("own.toml"), SHAPES[shape], partial=True)


_DOCSTRINGS = Sybil(
    parsers=[DocTestParser(optionflags=ELLIPSIS | NORMALIZE_WHITESPACE)],
    patterns=[*(f"src/complaint_rules/{deep}*.py" for deep in ("", "*/", "*/*/")), "src/complaint_rules_pytest/*.py"],
    setup=_samples,
)

pytest_collect_file = (_PAGES + _DOCSTRINGS).pytest()
