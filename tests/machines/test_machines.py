"""Whatever the machine is set to, the answers are the same to the byte; docs/machines.md says what is tried."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Final

import pytest
from hypothesis import settings

from complaint_rules.version import VERSION
from tests.machines import probe
from tests.machines.conditions import CONDITIONS

ROOT: Final = Path(__file__).parents[2]
ARCHIVE: Final = ROOT / "tests" / "answers" / f"{VERSION}.jsonl.gz"
PAGE: Final = ROOT / "docs" / "machines.md"
STEP: Final = 4 if settings().max_examples > 60 else 40
QUICK: Final = ("locale C", "zone America/New_York", "-OO")


@cache
def answers() -> str:
    return probe.digest(ARCHIVE, STEP)


@pytest.mark.parametrize("name", CONDITIONS if settings().max_examples > 60 else QUICK)
def test_the_answers_are_the_same(name: str, tmp_path: Path) -> None:
    """The law knows no locale: 同一规则、同一事实、同一答复。"""
    flags, env, install = CONDITIONS[name]
    package = install(tmp_path)
    command = [sys.executable, *flags, probe.__file__, str(ARCHIVE), str(STEP)]
    path = {"PYTHONPATH": str(package), "PYTHONDONTWRITEBYTECODE": "1"}
    own = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}  # a copy is run
    done = subprocess.run(command, env={**own, **path, **env}, capture_output=True, cwd=tmp_path, check=False)
    assert (done.returncode, done.stderr) == (0, b""), done.stderr.decode("utf-8", "replace")[-2000:]
    _, digest, found_at = done.stdout.decode("ascii").split(maxsplit=2)
    assert digest == answers()
    assert found_at.startswith(str(package)), "it is this package that was tried, and not the one installed"


def test_the_page_lists_every_condition_that_is_tried_and_no_other() -> None:
    table = PAGE.read_text("utf-8").split("## ", 2)[1]
    assert re.findall(r"^\| `([^`]+)`", table, re.MULTILINE) == list(CONDITIONS)
