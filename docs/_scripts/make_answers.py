"""Keep the answers of this version: `tests/answers/VERSION.jsonl.gz`, some 500 golden cases with whole answers.

Usage: python docs/_scripts/make_answers.py [--check]

The first line holds the version, the edition of the days and the fingerprint of every policy edition; each further line
a question and its answer as `Assessment.to_dict` gives it. While a version is not released its file is made anew with
every change that is meant; afterwards it stays, and what a later version answers otherwise stands in
`tests/answers/changed.toml` with the reason. With --check nothing is written, and the status is 1 where it is not
current.
"""

from __future__ import annotations

import gzip
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from complaint_rules import editions, load_policy, policies
from complaint_rules.calendar.day_data import day_data
from complaint_rules.verification.reaching.golden_tables import read_golden
from complaint_rules.version import VERSION

ROOT: Final = Path(__file__).parents[2]
FOLDER: Final = ROOT / "tests" / "answers"
_OF_EACH: Final = 19
"""How many cases of a golden file are kept, evenly spread."""


def answers() -> Iterator[dict[str, Any]]:
    """Give the lines of the file."""
    prints = {
        f"{name}@{edition}": load_policy(name, edition=edition).fingerprint
        for name in policies()
        for edition in editions(name)
    }
    yield {"version": VERSION, "days": day_data().edition, "policies": prints}
    for path in sorted((ROOT / "tests" / "golden").glob("*.toml")):
        file = read_golden(path)
        policy = load_policy(file.policy, edition=file.edition)
        cases = [case for case in file.cases if case.expect.refused is None]
        step = max(1, len(cases) // _OF_EACH)
        for case in cases[::step][:_OF_EACH]:
            given = case.to_dict()
            given["policy"] = {**given["policy"], "edition": policy.edition}
            yield {"given": given, "answer": case.assess(policy).to_dict()}


def main(arguments: list[str]) -> int:
    """Make or check the file."""
    text = "".join(json.dumps(line, ensure_ascii=False, sort_keys=True) + "\n" for line in answers())
    path = FOLDER / f"{VERSION}.jsonl.gz"
    if arguments == ["--check"]:
        current = path.exists() and gzip.decompress(path.read_bytes()).decode("utf-8") == text
        print("current" if current else f"{path.relative_to(ROOT)} is not current: run make_answers.py")
        return 0 if current else 1
    FOLDER.mkdir(exist_ok=True)
    path.write_bytes(gzip.compress(text.encode("utf-8"), 9, mtime=0))
    print(f"{path.relative_to(ROOT)}: {text.count(chr(10)) - 1} answers")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
