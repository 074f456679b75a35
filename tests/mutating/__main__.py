"""Make one thing wrong at a time and say which of it no test notices.

Usage: python -m tests.mutating [ROOM ...] [--since COMMIT] [--tests near|all] [--number N] [--seed N] [--seconds S]
                                [--least PERCENT] [--report FILE] [--again FILE]

ROOM is a folder or module under src/complaint_rules, as `calendar` or `periods/pauses.py`; without any, all of them.
With --since only those that differ from a commit. `near` holds a room against its own tests (the folder of the same
name under tests, of a folder in a folder as `verification/kits` the one in it where there is one, what tests/properties
says of it, the examples in its docstrings, of assessments the answers of the norms too), which is quick; `all` against
every test under tests and src, which is what counts. --again asks only about what an earlier report left unnoticed.
Survivors that are the same program are named, with the reason, in tests/mutating/equivalent.toml. The exit status is 1
where fewer than --least percent of the others were noticed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Iterable, Mapping, Sequence
from hashlib import sha256
from pathlib import Path
from typing import Any, Final

from tests.mutating.equivalent import equivalents
from tests.mutating.running import ROOT, Outcome, Verdict, copied, covering, judge
from tests.mutating.sites import Mutant, mutants_of

PACKAGE: Final = "complaint_rules"
_NOTICED: Final = (Outcome.KILLED, Outcome.TIMEOUT)
_ALSO_NEAR: Final[Mapping[str, Sequence[str]]] = {
    "assessment": ("tests/rules", "tests/test_answers.py"),  # what a norm answers is what an assessment comes to
    "assessing": ("tests/assessment", "tests/rules", "tests/test_answers.py"),
}


def modules(root: Path, rooms: Sequence[str], since: str | None) -> list[str]:
    """Give the modules of some rooms, from the root; with `since` those that differ from that commit."""
    src = root / "src" / PACKAGE
    found = sorted(path.relative_to(src).as_posix() for path in src.rglob("*.py"))
    for room in rooms:
        if not any(_lies_in(one, room) for one in found):
            raise SystemExit(f"there is no room {room!r} under src/{PACKAGE}")
    if since is not None:
        git = ["git", "diff", "--name-only", since, "--", f"src/{PACKAGE}"]
        told = subprocess.run(git, cwd=root, capture_output=True, check=True, text=True).stdout.splitlines()
        changed = {name.removeprefix(f"src/{PACKAGE}/") for name in told}
        found = [one for one in found if one in changed]
    return [f"src/{PACKAGE}/{one}" for one in found if not rooms or any(_lies_in(one, room) for room in rooms)]


def _lies_in(module: str, room: str) -> bool:
    return module == room or module.startswith(room.rstrip("/") + "/")


def near_of(root: Path, files: Iterable[str]) -> list[str]:
    """Give the tests that are about some modules: of a wing or a part of it its folder, of one at the root its own."""
    near: dict[str, None] = {}
    for file in files:
        place = file.removeprefix(f"src/{PACKAGE}/")
        wing, part = place.partition("/")[0].removesuffix(".py"), place.rpartition("/")[0]
        folder = part if part and (root / "tests" / part).is_dir() else wing
        own = [f"tests/{folder}", f"tests/test_{wing}.py", *_ALSO_NEAR.get(wing, ())]
        own += sorted(one.relative_to(root).as_posix() for one in root.glob(f"tests/properties/test_{wing}*.py"))
        near |= dict.fromkeys(one for one in [*own, file] if (root / one).exists())
    return list(near)


def sampled(mutants: Sequence[Mutant], number: int | None, seed: int) -> list[Mutant]:
    """Draw so many, the same ones for the same seed; they come as they were drawn, so that the first ones are any.

    Whether one is drawn hangs on its own name: a change elsewhere in the room draws no others.
    """
    return sorted(mutants, key=lambda one: sha256(f"{seed} {one.name}".encode()).digest())[:number]


def report_of(verdicts: Sequence[Verdict], known: Mapping[str, str], given: Mapping[str, Any]) -> dict[str, Any]:
    """Put together what became of the mutants, and the percentage noticed of those that are no equivalents."""
    same = [one for one in verdicts if one.outcome not in _NOTICED and one.mutant.name in known]
    left = [one for one in verdicts if one not in same]
    noticed = sum(one.outcome in _NOTICED for one in left)
    by_module: dict[str, dict[str, int]] = {}
    for one in left:
        row = by_module.setdefault(one.mutant.file, {outcome.value: 0 for outcome in Outcome})
        row[one.outcome.value] += 1
    return {
        **given,
        "judged": len(verdicts),
        "noticed": noticed,
        "equivalent": len(same),
        "percent": round(100 * noticed / len(left), 2) if left else 100.0,
        "modules": dict(sorted(by_module.items())),
        "survivors": [
            {
                "name": one.mutant.name, "line": one.mutant.line, "outcome": one.outcome.value, "tests": one.tests,
                "why": known.get(one.mutant.name),
            }
            for one in sorted(verdicts, key=lambda one: (one.mutant.file, one.mutant.line, one.mutant.name))
            if one.outcome not in _NOTICED
        ],
    }  # fmt: skip


def _say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def main(argv: list[str] | None = None, root: Path = ROOT) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.mutating")
    parser.add_argument("rooms", nargs="*")
    parser.add_argument("--since")
    parser.add_argument("--tests", choices=("near", "all"), default="near")
    parser.add_argument("--number", type=int)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--seconds", type=float)
    parser.add_argument("--least", type=float, default=0.0)
    parser.add_argument("--report", type=Path)
    parser.add_argument("--again", type=Path)
    args = parser.parse_args(argv)
    files = modules(root, args.rooms, args.since)
    mutants = [one for file in files for one in mutants_of((root / file).read_text(encoding="utf-8"), file)]
    if args.again is not None:
        before = {one["name"] for one in json.loads(args.again.read_text(encoding="utf-8"))["survivors"]}
        mutants = [one for one in mutants if one.name in before]
    chosen = sampled(mutants, args.number, args.seed)
    tests = near_of(root, files) if args.tests == "near" else ["tests", "src"]
    known, began = equivalents(), time.monotonic()
    verdicts: list[Verdict] = []
    with copied(root) as copy:
        covered = covering(copy, tests, PACKAGE) if chosen else None
        mapped = time.monotonic() - began
        _say(f"{len(mutants)} mutants in {len(files)} modules, {len(chosen)} drawn; lines mapped in {mapped:.0f} s")
        for one in judge(copy, chosen, covered, seconds=args.seconds) if covered is not None else ():
            verdicts.append(one)
            if one.outcome not in _NOTICED:
                why = known.get(one.mutant.name, "")
                told = f"{one.outcome.value}, {one.tests} tests{', the same program' if why else ''}"
                _say(f"{told}: line {one.mutant.line}: {one.mutant.name}")
    given = {"rooms": args.rooms, "since": args.since, "tests": args.tests, "seed": args.seed, "mutants": len(mutants)}
    report = report_of(verdicts, known, given)
    if args.report is not None:
        args.report.write_text(json.dumps(report, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    took = time.monotonic() - began
    _say(
        f"{report['noticed']} of {report['judged'] - report['equivalent']} noticed ({report['percent']} %), "
        f"{report['equivalent']} the same program; {took:.0f} s"
    )
    return int(report["percent"] < args.least)


if __name__ == "__main__":
    sys.exit(main())
