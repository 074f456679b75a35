"""Counting rules in force one after another, against a look at every single day."""

from __future__ import annotations

import datetime as dt
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.policy.files.bases import at_once
from complaint_rules.policy.rules import NO_TITLES, CountingRule

FIRST = dt.date(2021, 12, 20)
DAYS = [FIRST + dt.timedelta(days=n) for n in range(24)]
EDGE = st.none() | st.sampled_from(DAYS)


@st.composite
def counting_rules(draw: st.DrawFn) -> list[CountingRule]:
    edges = draw(st.lists(st.tuples(EDGE, EDGE), max_size=4))
    return [
        CountingRule(id=f"r{place}", title=NO_TITLES, since=since, until=until)
        for place, (since, until) in enumerate(edges)
        if since is None or until is None or since <= until
    ]


@given(counting_rules())
def test_two_rules_are_at_once_exactly_where_some_day_has_both(rules: list[CountingRule]) -> None:
    """Both edges inclusive; an open edge reaches beyond every day."""
    around = [FIRST - dt.timedelta(days=1), *DAYS, DAYS[-1] + dt.timedelta(days=1)]

    def holds(rule: CountingRule, day: dt.date) -> bool:
        return (rule.since is None or rule.since <= day) and (rule.until is None or day <= rule.until)

    most = max((sum(holds(rule, day) for rule in rules) for day in around), default=0)
    assert (at_once(rules) is not None) == (most > 1)


@given(counting_rules(), st.randoms(use_true_random=False))
def test_the_order_in_which_a_figure_names_its_rules_says_nothing(rules: list[CountingRule], random: Random) -> None:
    mixed = list(rules)
    random.shuffle(mixed)
    assert (at_once(mixed) is None) == (at_once(rules) is None)
