"""For the tests of embedders: strategies and laws (供嵌入方测试之用); needs the extra testing.

`complaints`, `histories`, `cases` and `situations` draw what a policy's rules tell apart, `policies` draws whole rule
sets, and each function of `LAWS` raises `BrokenLaw` where the library does not keep what it promises.

From the ground up; each module imports only those above it in this list:

* `needed`: Hypothesis, or an error that says how to get it
* `texts`: small policies in short
* `small`: small policies put together at random
* `edges`: days and moments, with the edges of the published calendar mixed in
* `pools`: what the rules of a policy tell apart, fact by fact
* `complaints`: complaints
* `archetypes`: the events that the rules of a policy ask for
* `events`: single events
* `wishes`: what would let a condition hold
* `stories`: what happens around one rule
* `cases`: histories, cases, and the moments at which to ask of them
* `rows`: cases that reach a named row
* `strategies`: all of these for whoever tests
* `asking`: an error for a law that does not hold, and the question that it speaks of
* `laws_of_answers`: the same question, another moment, another process, and data
* `laws_of_records`: in which order, what cannot be seen, what is asked beforehand
* `laws_of_limits`: pauses, statuses, notices
* `laws`: the library's own laws together
"""

from __future__ import annotations

from complaint_rules.testing.asking import BrokenLaw
from complaint_rules.testing.cases import Situation
from complaint_rules.testing.edges import days, moments, spans, whens
from complaint_rules.testing.events import events
from complaint_rules.testing.laws import LAWS, check_laws
from complaint_rules.testing.laws_of_answers import (
    check_data,
    check_later,
    check_pickle,
    check_pure,
    check_then,
    check_wakeup,
)
from complaint_rules.testing.laws_of_limits import check_notices, check_pauses, check_statuses
from complaint_rules.testing.laws_of_records import check_hidden, check_order, check_permitted
from complaint_rules.testing.small import policies
from complaint_rules.testing.strategies import cases, complaints, histories, situations

__all__ = [
    "LAWS",
    "BrokenLaw",
    "Situation",
    "cases",
    "check_data",
    "check_hidden",
    "check_later",
    "check_laws",
    "check_notices",
    "check_order",
    "check_pauses",
    "check_permitted",
    "check_pickle",
    "check_pure",
    "check_statuses",
    "check_then",
    "check_wakeup",
    "complaints",
    "days",
    "events",
    "histories",
    "moments",
    "policies",
    "situations",
    "spans",
    "whens",
]
