"""Which rules cannot be counted without opening hours: these are a parameter that may not be supplied."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from complaint_rules.periods.counting import PLAIN, Counting
from complaint_rules.periods.periods import Period
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Duty, Limit, Table
from complaint_rules.policy.uses import deciding, key_of


@lru_cache(maxsize=64)
def waiting_for_hours(policy: Policy) -> tuple[str, ...]:
    """Name the rules that wait for opening hours, as ``section/id``: those of a calendar, or of the policy itself.

    A rule waits that counts working hours or minutes, ends at the close of business, warns a working hour before, or
    reads in a condition what waits.

    >>> from complaint_rules.policy.loading import load_policy
    >>> waiting_for_hours(load_policy("psbc-95580"))
    ()
    """
    links = [name for name, link in policy.links.items() if link.window is not None and link.window.needs_hours()]
    found = dict.fromkeys(f"link/{name}" for name in links)
    waiting = {f"link {name}" for name in links}  # links have names of their own
    for name in policy.order:
        rule: Table | Limit = policy.tables[name] if name in policy.tables else policy.limits[name]
        if _waits(rule, waiting):
            waiting.add(name)
            found[key_of(rule)] = None
    found.update((key_of(duty), None) for duty in policy.duties.values() if _waits(duty, waiting))
    return tuple(found)


def _waits(rule: Table | Limit | Duty, waiting: set[str]) -> bool:
    conditions = deciding(rule)
    read = (one.tables | one.limits | {f"link {name}" for name in one.links} for one in conditions)
    if any(not waiting.isdisjoint(names) for names in read):
        return True
    return any(period.needs_hours(counting) for period, counting in _counted(rule)) or any(
        period.needs_hours() for one in conditions for _, period, _ in one.elapsed
    )


def _counted(rule: Table | Limit | Duty) -> Iterator[tuple[Period, Counting]]:
    """Give the periods of a rule, each with how it is counted; what only warns is counted plainly."""
    match rule:
        case Limit():
            for row in rule.rows:
                if row.within is not None:
                    yield row.within, rule.counting
                yield from ((period, PLAIN) for period in row.warnings)
            for extension in rule.extensions:
                if extension.to is not None:
                    yield extension.to, rule.counting
        case Duty() if rule.within is not None and not rule.modality.forbids:
            yield rule.within, rule.counting
