"""Try an installed complaint_rules from outside, as a program and through its command line. Needs nothing else.

Usage: PYTHON smoke.py COMMAND...      the words that start the command line, such as `python -m complaint_rules`
"""

from __future__ import annotations

import importlib.resources
import json
import subprocess
import sys

ROWS = (
    '{"id": "a", "received": "2026-09-30T16:05+08:00", "channel": "phone", "complainants": 3}\n'
    '{"id": "b", "received": "2026-02-13T10:00+08:00", "channel": "phone", "complainants": 1, '
    '"extra": {"unionpay": true}}\n'
)
AT = "2026-09-30T16:06+08:00"


def run(words: list[str], given: str = "") -> str:
    """Run one command; anything but exit status 0, or words on standard error, is a failure."""
    done = subprocess.run(  # noqa: S603 - the words come from .ci/run
        words, input=given, capture_output=True, text=True, encoding="utf-8", timeout=120, check=False
    )
    print(f"$ {' '.join(words)}   [exit {done.returncode}, {len(done.stdout)} characters]")
    if done.returncode or done.stderr or not done.stdout:
        raise SystemExit(f"{done.stdout[-2000:]}\n{done.stderr[-2000:]}\nnot as expected: {words}")
    return done.stdout


def expect(what: str, got: object, wanted: object) -> None:
    """Stop where an answer differs from the one worked out by hand."""
    if got != wanted:
        raise SystemExit(f"{what}: got {got!r}, wanted {wanted!r}")


def main() -> None:
    """Import, list, show, assess."""
    command = sys.argv[1:]
    for name in ("py.typed", "rules/psbc-95580.toml", "rules/vocabulary.toml"):
        if not importlib.resources.files("complaint_rules").joinpath(name).is_file():
            raise SystemExit(f"the installed package lacks {name}")
    if "psbc-95580" not in run([*command, "policies"]):
        raise SystemExit("psbc-95580 is not among the policies")
    run([*command, "--help"])
    run([*command, "demo"])
    run([*command, "calendar", "2026"])
    if "2026-10-13" not in run([*command, "due", "2026-09-30T16:05+08:00", "5 working days"]):
        raise SystemExit("5 working days from 2026-09-30 end on 2026-10-13")
    printed = run([*command, "assess", "-", "--policy", "psbc-95580", "--at", AT, "--format", "jsonl"], ROWS)
    answers = [json.loads(line) for line in printed.splitlines()]
    expect(
        "assess",
        [(one["case"], one["findings"]["priority"]["value"], one["clocks"]["whole"]["due_at"][:10]) for one in answers],
        # art. 10(2)3 with 48 hours; art. 14, UnionPay ticket: 14 (make-up), 24, 25 and 26 February
        [("a", "urgent", "2026-10-02"), ("b", "ordinary", "2026-02-26")],
    )


if __name__ == "__main__":
    main()
