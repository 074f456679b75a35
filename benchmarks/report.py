"""Every ratio from one run, printed as a table: ``python -m benchmarks.report``. Nothing is enforced.

The sides of a ratio are measured in turns; each figure is that of the fastest turn, except where it says median.
"""

from __future__ import annotations

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from typing import Final

from benchmarks import bench_assess, bench_calendar, bench_conditions, bench_history, bench_statistics, bench_tables
from benchmarks.bench_assess import CONTEXT
from benchmarks.counting import tally
from benchmarks.histories import amendments, dense, realistic
from benchmarks.measure import median, side_by_side
from benchmarks.zen_table import traced

_ROUNDS: Final = 15
_AIMS: Final = {
    "decided": "1",
    "one class and one clock read": "1",
    "everything read": "1.5",
    "what to tell, when to wake": "4",
}


def calendar() -> Iterator[tuple[str, str, str]]:
    """Working days, ours and others'."""
    added = {
        f"{way} {n}": (lambda add=add, n=n: add(n)) for way, add in bench_calendar.ADD.items() for n in (1, 15, 60)
    }
    took = side_by_side(added)
    own = took["complaint_rules 15"]
    yield "add 15 working days: holidays / ours", f"{took['holidays 15'] / own:.0f} ×", "150 × at least"
    yield "… chinese_calendar / ours", f"{took['chinese_calendar 15'] / own:.0f} ×", ""
    yield "… numpy, which knows no make-up days / ours", f"{took['numpy (no make-up days) 15'] / own:.1f} ×", ""
    yield "60 working days / 1", f"{took['complaint_rules 60'] / took['complaint_rules 1']:.2f} ×", "1.2 × at most"
    count = side_by_side(bench_calendar.COUNT)
    ratio = count["holidays"] / count["complaint_rules"]
    yield "count the working days of nine months: holidays / ours", f"{ratio:.0f} ×", "250 × at least"


def tables() -> Iterator[tuple[str, str, str]]:
    """One decision table, against code by hand and against zen-engine."""
    by_hand = []
    for view in bench_conditions.CASES.values():
        ways = {
            "ours": lambda view=view: bench_conditions.COMPILED(view),
            "hand": lambda view=view: bench_conditions.by_hand(view),
        }
        took = side_by_side(ways)
        by_hand.append(took["ours"] / took["hand"])
    yield "a table / the same by hand with if and else, median of cases", f"{statistics.median(by_hand):.2f} ×", "1.5 ×"
    for name in bench_tables.FACTS:
        took = side_by_side(bench_tables.ways(name))
        ratio = took["zen-engine, traced"] / took["decided and told"]
        yield f"a table with its reasons: zen-engine traced / ours, {name}", f"{ratio:.0f} ×", "20 × at least"


def assessments() -> Iterator[tuple[str, str, str]]:
    """A whole assessment on receipt under every policy, against zen-engine deciding one table of one."""
    ways = {
        (policy, case, way): bench_assess.stream(policy, case, way)
        for policy in bench_assess.POLICIES for case in bench_assess.CASES for way in bench_assess.WAYS
    }  # fmt: skip
    took = side_by_side({**{" ".join(name): way for name, way in ways.items()}, "zen": lambda: traced(CONTEXT)})
    yield "zen-engine traced, the priority table alone", f"{took['zen']:.1f} µs", ""
    for policy, case, way in ways:
        name = f"{policy} {case} {way}"
        figure = f"{took[name]:.1f} µs = {took[name] / took['zen']:.2f} × zen-engine"
        yield f"assess {policy}, {case}: {way}", figure, f"{_AIMS[way]} × at most"


def histories() -> Iterator[tuple[str, str, str]]:
    """Cases with a history, against the same without."""
    ways = {
        "without, overdue": bench_history.bare(*realistic()),
        "50 events, 5 pauses, 2 extensions": bench_history.run(*realistic()),
        "the same, a fact amended": bench_history.run(*realistic(amended=True)),
    }
    took = side_by_side(ways, turns=80)
    for name, way in ways.items():
        ratio = took[name] / took["without, overdue"]
        figure = f"{took[name]:.0f} µs, median {median(way):.0f} = {ratio:.1f} × without"
        yield f"a case: {name}", figure, "" if name.startswith("without") else "1.8 × at most"
    amended = {f"{size:,} amendments": bench_history.run(*amendments(size)) for size in (400, 800, 1_600)}
    took, before = side_by_side(amended, turns=5), 0.0
    for name, now in took.items():
        grown = f" = {now / before:.2f} × the half" if before else ""
        yield name, f"{now / 1e3:.1f} ms{grown}", "2.3 × at most"
        before = now
    sized = {f"{size:,} events in close order": bench_history.run(*dense(size)) for size in bench_history.SIZES}
    took = side_by_side(sized)
    for size, name in zip(bench_history.SIZES, sized, strict=True):
        yield name, f"{took[name]:.0f} µs = {took[name] / size:.1f} an event", "linear"


def tallies() -> Iterator[tuple[str, str, str]]:
    """Figures over many cases, against counting by hand and against assessing the cases; what a tally holds."""
    took = side_by_side(bench_statistics.counting(), turns=8)
    each = f"{took['tally'] / bench_statistics.MANY:.1f} µs a case"
    figure = f"{each} = {took['tally'] / took['by hand']:.2f} × by hand"
    yield "assessed cases, ten figures by three groupings", figure, "1.5 × at most"
    for history, cases in bench_statistics.histories().items():
        took = side_by_side(bench_statistics.straight(cases, tally()), turns=8)
        figure = f"{took['tally'] / len(cases):.0f} µs a case = {took['tally'] / took['assess']:.2f} × assess"
        yield f"straight from cases, ten figures: {history}", figure, "0.25 × at most"
    for name, policy in bench_statistics.COUNTED.items():
        took = side_by_side(bench_statistics.shipped(policy), turns=8)
        figure = f"{took['tally'] / 100:.0f} µs a case = {took['tally'] / took['assess']:.2f} × assess"
        yield f"straight from cases, its own {len(policy.figures)} figures: {name}", figure, ""
    parts = bench_statistics.parts()
    took = side_by_side({"merge": lambda: bench_statistics.merged(parts, parts[0].empty())}, turns=3)
    yield "a thousand tallies of 12 groups, merged in place", f"{took['merge'] / 1e6:.2f} s", "1 s at most"
    yield "a group of ten figures with 20 lengths", f"{bench_statistics.a_group() / 1_024:.2f} KiB", "3 KiB at most"
    few, many = (bench_statistics.memory(rows, 5_000)[1] for rows in (50_000, 150_000))
    figure = f"{many / 2**20:.1f} MiB = {many / few:.2f} × those at 50,000"
    yield "most memory at 150,000 rows of 5,000 groups", figure, "1.2 × at most"


def imports() -> Iterator[tuple[str, str, str]]:
    """The import in a new process, with the bytecode that an installer leaves; where none may be kept it is slower."""
    took = dict.fromkeys(("pass", "import complaint_rules"), float("inf"))
    with tempfile.TemporaryDirectory() as folder:
        kept = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"}
        kept["PYTHONPYCACHEPREFIX"] = folder
        for _ in range(_ROUNDS):
            for statement in took:
                begun = time.perf_counter()
                subprocess.run([sys.executable, "-c", statement], check=True, env=kept)
                took[statement] = min(took[statement], (time.perf_counter() - begun) * 1e3)
    whole, bare = took["import complaint_rules"], took["pass"]
    figure = f"{whole:.0f} ms, of them {bare:.0f} for the interpreter"
    yield "import in a new process, bytecode at hand", figure, "100 ms at most"


def main() -> None:
    """Measure and print."""
    for part in (calendar, tables, assessments, histories, tallies, imports):
        for what, figure, aim in part():
            print(f"{what:<64} {figure:>44}   {aim}", flush=True)


if __name__ == "__main__":
    main()
