"""Policy files spoilt at random: read or refused with every fault, within bounds, and read back alike."""

from __future__ import annotations

from functools import cache
from importlib import resources
from random import Random
from typing import Final

from complaint_rules.errors import InvalidPolicy, UnreadableInput
from complaint_rules.policy.policy import Policy
from tests.fuzzing.mangling import spoilt

FILES: Final = (
    "reply-24h",
    "property-basic",
    "crisis-first",
    "cbrc-2012-13",
    "company-levels",
    "six-steps",
    "gz-securities",
)
_MOST_SAID: Final = 40_000


@cache
def _text(name: str) -> str:
    return resources.files("complaint_rules.rules").joinpath(f"{name}.toml").read_text(encoding="utf-8")


def make(rng: Random) -> str:
    """Make a policy file: a shipped one with some entries left out, and spoilt in a few places."""
    head, *entries = _text(rng.choice(FILES)).split("\n[")
    kept = [entry for entry in entries if rng.random() < 0.9]
    if rng.random() < 0.2:
        rng.shuffle(kept)
    return spoilt(rng, "\n[".join((head, *kept)))


def judge(text: str) -> None:
    """Read the file: it is a policy that is read back alike, or refused with its faults."""
    refused: InvalidPolicy | None = None
    try:
        policy = Policy.from_text(text, name="fuzz.toml")
    except UnreadableInput:
        return
    except InvalidPolicy as error:
        refused = error
    if refused is not None:
        assert refused.faults, "refused without a fault"
        assert len(str(refused)) < _MOST_SAID, f"{len(str(refused))} characters of faults"
        return
    again = Policy.from_document(policy.document)
    assert again == policy
    assert again.fingerprint == policy.fingerprint
