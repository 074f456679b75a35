"""Answer every nth question of an archive of answers, and print the Python, one digest of all answers, and the package.

Usage: python probe.py ARCHIVE [STEP]

It imports nothing of the tests, so that it runs wherever the library is installed. What is printed in two languages
belongs to the answers.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import sys
from pathlib import Path

import complaint_rules
from complaint_rules import load_policy
from complaint_rules.verification import GoldenCase


def digest(archive: Path, step: int = 1) -> str:
    """Give the digest of the answers to every nth question."""
    text = gzip.decompress(archive.read_bytes()).decode("utf-8")
    found = hashlib.sha256()
    for line in text.splitlines()[1::step]:
        case = GoldenCase.from_dict(json.loads(line)["given"])
        answer = case.assess(load_policy(case.policy.id, edition=case.policy.edition))
        found.update(json.dumps(answer.to_dict(), ensure_ascii=False).encode("utf-8"))
        for lang in ("zh", "en"):
            found.update(answer.explain(lang).encode("utf-8"))
    return found.hexdigest()


if __name__ == "__main__":
    _, given, *rest = sys.argv
    sys.stdout.write(
        f"{sys.version.split()[0]} {digest(Path(given), int(rest[0]) if rest else 1)} {complaint_rules.__file__}\n"
    )
