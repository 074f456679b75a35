"""A command run in this process, and what may be said of any run."""

from __future__ import annotations

import io
import sys
from typing import Final, NamedTuple

from complaint_rules.cli.shell import main
from tests.fuzzing.mangling import OWN_WORDS

_MOST_SAID: Final = 20_000


class Ran(NamedTuple):
    """What a run of the command came to."""

    status: int
    out: str
    err: str


def ran(argv: tuple[str, ...], given: bytes) -> Ran:
    """Run the command in English on bytes."""
    before = sys.stdout, sys.stderr, sys.stdin
    kept, err = io.BytesIO(), io.StringIO()
    out = io.TextIOWrapper(kept, encoding="utf-8", newline="")
    sys.stdout, sys.stderr, sys.stdin = out, err, io.TextIOWrapper(io.BytesIO(given), encoding="utf-8")
    try:
        status = main([*argv, "--lang", "en"])
        out.flush()
    finally:
        sys.stdout, sys.stderr, sys.stdin = before
    return Ran(status, kept.getvalue().decode("utf-8"), err.getvalue())


def judged(argv: tuple[str, ...], given: str, *, own_words: bool = True) -> Ran:
    """Run the command, and raise where a run does what none may; `own_words` are looked for in its messages."""
    found = ran(argv, given.encode("utf-8", "surrogatepass"))
    assert found.status in (0, 1, 2), f"status {found.status}"
    assert "Traceback" not in found.err, found.err
    assert "mistake of this library" not in found.err, found.err  # it costs its row, and is a fault of ours
    if own_words:
        assert OWN_WORDS not in found.err, "a customer's words stand in a message"
    assert len(found.err) < _MOST_SAID, f"{len(found.err)} characters of messages"
    if found.status == 0:
        assert not found.err or "rows" not in found.err, found.err
    return found
