"""The import in a new process, against a bare interpreter."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest


@pytest.mark.parametrize("statement", ["pass", "import complaint_rules"])
def test_new_process(benchmark: Any, statement: str) -> None:
    benchmark.group = "import"
    benchmark.pedantic(subprocess.run, args=([sys.executable, "-c", statement],), kwargs={"check": True}, rounds=15)
