"""JSON Lines through the command: no traceback, every row decided or refused, nothing of a customer in a message."""

from __future__ import annotations

import datetime as dt
from random import Random
from typing import Any

from tests.fuzzing.mangling import OWN_WORDS, line_of, mangled
from tests.fuzzing.running import judged

POLICIES = ("psbc-95580", "cbirc-2020-3", "grcu-2008", "realty-levels", "petition-2022@2022")
KINDS = (
    "accepted", "accepted_by_customer", "replied", "closed", "reopened", "withdrawn", "suspended", "resumed",
    "extended",
    "amended", "escalated", "routed", "informed", "contacted", "resolved", "no_such_kind",
)  # fmt: skip


def _when(rng: Random) -> str:
    day = dt.datetime(2026, 1, 20, 9, tzinfo=dt.UTC) + dt.timedelta(minutes=rng.randrange(300_000))
    return rng.choice((day.date().isoformat(), day.isoformat(), day.isoformat()[:16] + "+08:00"))


def case(rng: Random) -> dict[str, Any]:
    """Make a case that may well be good."""
    events = []
    for _ in range(rng.choice((0, 1, 2, 3, 6))):
        event: dict[str, Any] = {"kind": rng.choice(KINDS)}
        if rng.random() < 0.9:
            event["at"] = _when(rng)
        if rng.random() < 0.3:
            field = rng.choice(("by", "to", "reason", "outcome"))
            event[field] = rng.choice(("outlet", "customer", "branch", OWN_WORDS))
        if event["kind"] == "amended":
            event["set"] = {
                rng.choice(("complainants", "repeat", "kind", "amount")): rng.choice((1, True, "card", "5.5"))
            }
        events.append(event)
    facts = {
        "channel": "phone",
        "complainants": 3,
        "amount": "5000.00",
        "repeat": True,
        "kind": "card",
        "source": "customer",
    }
    chosen = {name: facts[name] for name in facts if rng.random() < 0.4}
    return {"id": f"c-{rng.randrange(1000)}", "received": _when(rng), **chosen, "events": events}


def make(rng: Random) -> str:
    """Make a few lines, and the policy in the first."""
    lines = [
        line_of(rng, mangled(rng, case(rng)) if rng.random() < 0.7 else case(rng)) for _ in range(rng.randrange(1, 4))
    ]
    return "\n".join((rng.choice(POLICIES), *lines))


def judge(text: str) -> None:
    """Run the command on the lines."""
    policy, _, lines = text.partition("\n")
    judged(("assess", "-", "--policy", policy, "--at", "2026-11-20T12:00+08:00", "--format", "jsonl"), lines)
