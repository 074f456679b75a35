"""What is known of a complaint and what happened to it; who held it (案件).

From the ground up; each module imports only those above it in this list:

* `facts`: what a fact can be
* `complaint`: the facts as at receipt; nothing computed
* `case`: `Event` and `Case`: a complaint with its append-only history
* `plain`: complaints and cases as plain data and JSON, in and out
* `violations`: what in a history broke a rule or contradicts itself
* `entries`: one known event at its place in time
* `ordering`: the order of what is known: moments, days, what has no moment
* `timeline`: the history as known at a moment
* `stops`: suspensions paired with their resumptions
* `lifecycle`: where a case stands, and what cannot have been as recorded
* `hands`: in whose hands a file is, and may be where the record leaves that open
* `counts`: what a search for linked complaints found of one of them
* `merging`: several receipts of the same complaint become one case
* `responsibility`: who held the file how long, who had it at the breach, who should not have it
* `holders`: who has a file at a moment
"""

from __future__ import annotations

from complaint_rules.cases.case import Case, Event, EventKind
from complaint_rules.cases.complaint import Channel, Complaint, Source
from complaint_rules.cases.counts import GroupCount
from complaint_rules.cases.entries import Entry
from complaint_rules.cases.facts import FactValue
from complaint_rules.cases.lifecycle import State, check, state
from complaint_rules.cases.merging import merge
from complaint_rules.cases.plain import case_from_dict, case_from_json, case_to_dict
from complaint_rules.cases.responsibility import (
    Conflict,
    Held,
    Holding,
    Holdings,
    Timed,
    conflicts,
    holder_at,
    holdings,
    share_of,
)
from complaint_rules.cases.stops import Stop, stops
from complaint_rules.cases.timeline import Timeline
from complaint_rules.cases.violations import Severity, Violation, ViolationCode

__all__ = [
    "Case",
    "Channel",
    "Complaint",
    "Conflict",
    "Entry",
    "Event",
    "EventKind",
    "FactValue",
    "GroupCount",
    "Held",
    "Holding",
    "Holdings",
    "Severity",
    "Source",
    "State",
    "Stop",
    "Timed",
    "Timeline",
    "Violation",
    "ViolationCode",
    "case_from_dict",
    "case_from_json",
    "case_to_dict",
    "check",
    "conflicts",
    "holder_at",
    "holdings",
    "merge",
    "share_of",
    "state",
    "stops",
]
