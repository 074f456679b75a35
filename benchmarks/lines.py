"""Time and peak memory of `complaint-rules assess` over many JSON Lines, by hand: ``python -m benchmarks.lines``.

``--lines`` says how many (100,000 by default), ``--format`` what is written. The aim is 100,000 within 30 s on two
cores, under 200 MiB whatever the number; the peak is that of the largest process of the run.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from complaint_rules import BEIJING

_START: Final = dt.datetime(2026, 1, 5, 8, 0, tzinfo=BEIJING)
_STEPS: Final = (
    ("registered", 10),
    ("routed", 60),
    ("routed", 300),
    ("investigated", 1500),
    ("resolved", 2900),
    ("replied", 3000),
)
_FACTS: Final = ("funds_at_risk", "repeat", "press_risk")


def write(path: Path, lines: int) -> None:
    """Write complaints of half a year: facts known in some and unknown in others, every fourth with events."""
    chance = random.Random(20_261_121)  # noqa: S311 - reproducible, nothing secret
    with path.open("w", encoding="utf-8") as file:
        for number in range(lines):
            received = _START + dt.timedelta(minutes=chance.randrange(180 * 1440))
            people = chance.choice((1, 1, 1, 2, 3))
            complaint: dict[str, Any] = {"id": f"c-{number}", "received": received.isoformat(), "complainants": people}
            complaint |= {name: chance.random() < 0.05 for name in _FACTS if chance.random() < 0.7}
            if number % 4 == 0:
                complaint["events"] = _events(received)
            file.write(json.dumps(complaint) + "\n")


def _events(received: dt.datetime) -> list[dict[str, str]]:
    return [{"kind": kind, "at": (received + dt.timedelta(minutes=later)).isoformat()} for kind, later in _STEPS]


def run(path: Path, form: str) -> tuple[float, float, float]:
    """Give the seconds it took, those of all processors together, and the peak of the largest process in MiB."""
    command = [sys.executable, "-m", "complaint_rules", "assess", str(path), "--policy", "psbc-95580", "--at"]
    command += ["2026-08-01T09:00:00+08:00", "--format", form]
    begun = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    took = time.perf_counter() - begun
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return took, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    """Write the lines, assess them, print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--lines", type=int, default=100_000)
    parser.add_argument("--format", default="jsonl")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "cases.jsonl"
        write(path, given.lines)
        seconds, busy, peak = run(path, given.format)
    print(
        f"{given.lines:,} lines as {given.format}: {seconds:.1f} s, processors busy {busy:.1f} s, peak {peak:.0f} MiB"
    )


if __name__ == "__main__":
    main()
