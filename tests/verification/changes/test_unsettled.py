"""What rests on the unknown: where no presumption settles it answers part, and else they do not."""

from __future__ import annotations

from typing import Final

import pytest

from complaint_rules.policy.policy import Policy
from complaint_rules.verification.changes.diffs import diff
from complaint_rules.verification.changes.partings import Felt, Parting, WhyUndecided
from tests import small
from tests.verification.changes.test_partings import replays

FACTS: Final = "\n".join((small.fact("a"), small.fact("b"), small.fact("x", assume=None), small.fact("y", assume=None)))
"""Two facts that are presumed not to be, two of which nothing is presumed."""
SAME, SHOWN, OPEN = Parting.SAME, Parting.SHOWN, Parting.OPEN
WORKING: Final = small.table("t", ("y", "x"), ("z", ""))
"""While ``x`` is unknown its class is ``z`` by its working value only."""
EITHER: Final = "t == 'y' or t == 'z'"
"""Holds of every complaint; while ``x`` is unknown by the working value of the table only."""


def editions(old: str, new: str, *head: str) -> tuple[Policy, Policy]:
    one, other = (small.own(FACTS, *head, rules) for rules in (old, new))
    return one, other


def verdict(rule: str, old: str, new: str, *head: str) -> Felt:
    """Give the verdict on a rule; a case that shows it is replayed here again."""
    one, other = editions(old, new, *head)
    found = next(felt for felt in diff(one, other).felt if felt.rule == rule)
    assert found.parting is not SHOWN or replays(found, one, other)
    return found


@pytest.mark.parametrize(
    ("why", "old", "new", "parting"),
    [
        # With `a` unknown the old edition presumes that the limit does not apply; the new one hangs on `x`, too.
        ("not applicable, or undetermined", "a", "a or (a and x)", SHOWN),
        ("what a presumption settles is settled", "a", "a or (a and b)", SAME),
        ("sure, or presumed", "a", "a and (b or not b)", SAME),
        ("both are undetermined while x is unknown", "x", "x and (b or not b)", SAME),
        ("it runs, or nobody knows", "a", "a and (x or not x)", SHOWN),
        # With `x` unknown the new edition applies by a working value, so that nobody is overdue.
        ("overdue, or undetermined", "a", f"a and ({EITHER})", SHOWN),
        ("a table of every row", "a", "a or ('y' in every and not ('y' in every))", SAME),
        ("a table that is certain whatever x is", "a", "a or (a and alike == 'z')", SAME),
    ],
)  # fmt: skip
def test_whether_a_limit_applies(why: str, old: str, new: str, parting: Parting) -> None:
    tables = (
        WORKING, small.table("every", ("y", "b"), ("z", "b"), ("z", ""), every=True),
        small.table("alike", ("z", "x"), ("z", "")),
    )  # fmt: skip
    rules = [small.limit('[{ within = "5 days" }]', f'when = "{when}"') for when in (old, new)]
    found = verdict("limit/whole", rules[0], rules[1], *tables)
    assert (found.parting, found.why) == (parting, None), why


@pytest.mark.parametrize(
    ("why", "rows_are", "old", "new", "parting"),
    [
        # With `a` unknown the old edition gives nine days; in the new one it may be five, and the strictest counts.
        ("the due moment", "first", ["5 days|a", "9 days"], ["5 days|a or (a and x)", "9 days"], SHOWN),
        ("presumed in both", "first", ["5 days|a", "9 days"], ["5 days|a or (a and b)", "9 days"], SAME),
        ("the last row", "first", ["5 days|a", "9 days|not a"], ["5 days|a", "9 days"], SAME),
        # With `x` unknown no row holds in the new edition, and one still could.
        ("no row holds, or nobody knows", "first", ["5 days|a"], ["5 days|a", "9 days|b and x"], SHOWN),
        ("no row holds in either", "first", ["5 days|a"], ["5 days|a", "9 days|b and not b"], SAME),
        ("of all rows the earliest", "earliest", ["5 days|a", "9 days"], ["5 days|a or (a and x)", "9 days"], SHOWN),
        ("the same of all rows", "earliest", ["5 days|a", "9 days"], ["9 days", "5 days|not (not a)"], SAME),
        ("of all rows the latest", "latest", ["9 days|a", "5 days"], ["9 days|a or (a and x)", "5 days"], SHOWN),
    ],
)  # fmt: skip
def test_which_figure_counts(why: str, rows_are: str, old: list[str], new: list[str], parting: Parting) -> None:
    one, other = (small.limit(rows(each), rows_are=rows_are) for each in (old, new))
    found = verdict("limit/whole", one, other)
    assert (found.parting, found.why) == (parting, None), why


def rows(told: list[str]) -> str:
    parts = (one.partition("|") for one in told)
    return "[" + ", ".join(f'{{ within = "{figure}"' + (f', when = "{when}"' if when else "") + " }"
                           for figure, _, when in parts) + "]"  # fmt: skip


@pytest.mark.parametrize(
    ("why", "first", "old", "new", "parting"),
    [
        # While the promise is unknown its row does not bind, and the next one that holds has its turn.
        ("a row behind it", "a", "b", "not (not b)", SAME),
        ("what the row behind it hangs on", "a", "b", "b or (b and x)", SHOWN),
        ("a row behind it that is never looked at", "a or not a", "b", "not (not b)", SAME),
    ],
)
def test_a_row_whose_deadline_a_fact_sets(why: str, first: str, old: str, new: str, parting: Parting) -> None:
    one, other = (
        small.limit(f"[{{ by = 'promised', when = \"{first}\" }}, {{ within = '5 days', when = \"{when}\" }}, "
                    "{ within = '9 days' }]")
        for when in (old, new)
    )  # fmt: skip
    found = verdict("limit/whole", one, other, small.fact("promised", "moment", None))
    assert (found.parting, found.why) == (parting, None), why


@pytest.mark.parametrize(
    ("why", "old", "new", "parting"),
    [
        # Once its five days have passed, nobody missed what holds by a working value only.
        ("overdue, or undetermined", ("must", "a"), ("must", f"a and ({EITHER})"), SHOWN),
        ("nothing is told of a duty that does not hold", ("must", "a"), ("must", "a or (a and x)"), SAME),
        ("what is forbidden by a working value only", ("must_not", "a"), ("must_not", f"a and ({EITHER})"), SHOWN),
    ],
)  # fmt: skip
def test_a_duty(why: str, old: tuple[str, str], new: tuple[str, str], parting: Parting) -> None:
    figure = {"must": ('within = "5 days"',), "must_not": ()}
    one, other = (small.duty(force, '"replied"', f'when = "{when}"', *figure[force]) for force, when in (old, new))
    found = verdict("duty/act", one, other, WORKING)
    assert (found.parting, found.why) == (parting, None), why


def test_what_excuses_an_act() -> None:
    """With `a` unknown the act is a breach by presumption in the old edition; in the new one it hangs on `x`."""
    one, other = (small.duty("must_not", '"withdrawn"', f'unless = "{when}"') for when in ("a", "a or (a and x)"))
    assert verdict("duty/act", one, other).parting is SHOWN


@pytest.mark.parametrize(
    ("why", "old", "new", "parting"),
    [
        ("a class that hangs on what nothing is presumed of", "a", "a or (a and x)", SHOWN),
        ("a class that a presumption settles", "a", "a or (a and b)", SAME),
        ("a class that is excused or may be", "x or not x", "not (x and not x)", SAME),
    ],
)  # fmt: skip
def test_what_excuses_an_act_by_way_of_a_table(why: str, old: str, new: str, parting: Parting) -> None:
    """The duty itself reads alike in both: what its excuse says is compared for every act there can be."""
    duty = small.duty("must_not", '"withdrawn"', "unless = \"grade == 'p' and event.by == 'customer'\"")
    customer = '[[body]]\nid = "customer"\n' + small.TITLE
    one, other = (f"{small.table('grade', ('p', when), ('q', ''))}\n{duty}" for when in (old, new))
    found = verdict("duty/act", one, other, customer)
    assert (found.parting, found.why) == (parting, None), why


def test_a_class_is_compared_by_its_value() -> None:
    """How sure a class is, and what is still asked for it, is no other class: neither a case nor a due moment moves."""
    old, new = (small.table("grade", ("p", when), ("q", "")) for when in ("a", "a or (a and x)"))
    assert verdict("table/grade", old, new).parting is SAME


# --- what formulas cannot compare is told as open ---


LINK: Final = '[[link]]\nid = "same"\ntitle = { zh = "甲", en = "A" }\nsame = ["respondent"]'
IMPLIES: Final = '[facts.hurt_badly]\ntype = "bool"\nask = "handler"\nimplies = "hurt"\n' + small.TITLE
LEFT_OPEN: Final = '[parameters.few]\ntype = "int"\n' + small.TITLE
LEVEL: Final = '[[level]]\nid = "outlet"\n' + small.TITLE


@pytest.mark.parametrize(
    ("why", "old", "new", "head", "reason"),
    [
        # Where nobody looked, a count is open even if the complaint's own number already decides the comparison.
        ("a count of linked complaints", "linked('same') > 2", "not (linked('same') <= 2)", LINK, WhyUndecided.UNKNOWN),
        # Whether the customer is hurt badly may settle whether it is hurt, and is presumed neither way.
        ("a fact that another settles", "hurt", "not (not hurt)", f"{small.fact('hurt')}\n{IMPLIES}",
         WhyUndecided.UNKNOWN),
        ("a fact settled by one that is presumed", "hurt", "not (not hurt)",
         f"{small.fact('hurt')}\n{IMPLIES}\nassume = false", None),
        ("a fact beside a figure left open", "complainants > few", "not (complainants <= few)", LEFT_OPEN,
         WhyUndecided.UNKNOWN),
        # Nothing is unknown there; but of more than six replies each edition is free to say anything.
        ("a figure left open, and no fact", "count('replied') > few", "not (not (count('replied') > few))", LEFT_OPEN,
         WhyUndecided.NOT_LIVED),
        ("who has the case", "holder('outlet')", "not (not holder('outlet'))", LEVEL, WhyUndecided.UNKNOWN),
    ],
)  # fmt: skip
def test_what_formulas_cannot_compare(why: str, old: str, new: str, head: str, reason: WhyUndecided | None) -> None:
    one, other = (small.limit('[{ within = "5 days" }]', f'when = "{when}"') for when in (old, new))
    found = verdict("limit/whole", one, other, head)
    assert (found.parting, found.why) == (SAME if reason is None else OPEN, reason), why
