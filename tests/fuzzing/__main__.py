"""Judge inputs made at random, for so many seconds each.

Usage: python -m tests.fuzzing [SECONDS] [NAME ...] [--seed N]

Prints what was judged and, of every finding, the seed that makes it again and the file into which it was written under
``tests/fuzzing/corpus/``. The exit status is 1 where there was one.
"""

from __future__ import annotations

import argparse
import sys
import time
import traceback
from hashlib import sha256
from pathlib import Path
from random import Random
from typing import Final

from tests.fuzzing.targets import CORPUS, TARGETS

_MOST_KEPT: Final = 5


def run(name: str, seconds: float, seed: int) -> int:
    """Judge inputs of one kind for some seconds; give how many findings there were."""
    target, end, n, found = TARGETS[name], time.monotonic() + seconds, 0, 0
    while time.monotonic() < end and found < _MOST_KEPT:
        text = target.make(Random(f"{name} {seed + n}"))  # noqa: S311 - made again from its seed
        n += 1
        began = time.process_time()  # of this process alone: another one's load is no finding
        try:
            target.judge(text)
            took = time.process_time() - began
            if took > 5:
                raise TimeoutError(f"it took {took:.1f} s of the processor")  # noqa: TRY301 - a finding like any other
        except Exception:  # noqa: BLE001 - each is a finding
            found += 1
            place = CORPUS / name / f"{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:12]}.txt"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_bytes(text.encode("utf-8", "surrogatepass"))
            print(f"{name}: seed {seed + n - 1}: {place.relative_to(Path.cwd())}\n{traceback.format_exc(limit=-3)}")
    print(f"{name}: {n} judged from seed {seed} on, {found} findings")
    return found


def main(argv: list[str] | None = None) -> int:
    """Run the command."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzzing")
    parser.add_argument("seconds", nargs="?", type=float, default=60)
    parser.add_argument("names", nargs="*", default=list(TARGETS))
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args(argv)
    return min(1, sum(run(name, args.seconds, args.seed) for name in args.names))


if __name__ == "__main__":
    sys.exit(main())
