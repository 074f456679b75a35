"""Histories of any kind under every shipped policy: the library's own laws hold, on the fast path and off it."""

from __future__ import annotations

import datetime as dt
import json
from random import Random

from complaint_rules.cases.case import Case
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.policy.loading import load_policy, policies
from complaint_rules.testing import LAWS, check_order
from tests.fuzzing.lines import case
from tests.fuzzing.mangling import mangled


def make(rng: Random) -> str:
    """Make a case, a policy and how many minutes after the receipt is asked."""
    policy = rng.choice(list(policies()))
    one = case(rng)
    after = rng.randrange(300_000)
    return json.dumps({"policy": policy, "after": after, "case": mangled(rng, one) if rng.random() < 0.3 else one})


def judge(text: str) -> None:
    """Ask the laws of the case, unless it is refused."""
    given = json.loads(text)
    policy = load_policy(given["policy"])
    try:
        found = Case.from_dict(given["case"], policy)
    except ComplaintRulesError:
        return
    at = found.complaint.received_from + dt.timedelta(minutes=given["after"])
    for law in LAWS:
        if (
            law is not check_order
        ):  # of two events of one moment, or known to the day, the order of recording may decide
            law(policy, found, at)
