"""Findings of time limits, each on the smallest limit that has it; expected by hand."""

from __future__ import annotations

import attrs
import pytest

from complaint_rules.assessing import assess
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.analysis.analysing import analyse
from complaint_rules.verification.analysis.asking import Inquiry
from complaint_rules.verification.analysis.doubts import laxer
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.analysis.ordering import Order
from complaint_rules.verification.worlds.witnesses import Sureness
from complaint_rules.verification.worlds.worlds import Worlds
from tests.small import TITLE, fact, limit, own

COLOUR = "\n".join(
    ["[facts.colour]", 'type = "text"', TITLE, *(f"values.{one} = {{ zh = '{one}', en = '{one}' }}" for one in "rgb")]
)
SET = fact("set_for", "moment", None)


def found(policy: Policy, *codes: str) -> list[RuleFinding]:
    return [one for one in analyse(policy).findings if not codes or one.code.value in codes]


def figures(rows: tuple[str, ...]) -> str:
    """Write the figures of a limit, each as ``period`` or ``period: condition``."""
    parts = [row.partition(": ") for row in rows]
    written = [f"{{ within = '{period}'" + (f", when = '{when}'" if when else "") + " }" for period, _, when in parts]
    return f"[{', '.join(written)}]"


def test_a_limit_that_no_complaint_meets_never_applies_and_nothing_else_is_said_of_it() -> None:
    policy = own(limit("[{ within = '5 days' }]", "when = 'complainants > 5 and complainants < 5'"))
    (one,) = found(policy)
    assert (one.code.value, one.place, one.verdict) == ("never_applies", "limit/whole", Sureness.PROVED)


@pytest.mark.parametrize(
    ("rows", "code", "why"),
    [
        ("[{ within = '5 days', when = \"colour == 'r'\" }]", "no_figure", "green has none"),
        (
            "[{ within = '5 days', when = \"colour == 'r'\" }, { within = '6 days', when = \"colour != 'r'\" }]",
            "no_figure_while_unknown",
            "every colour has one",
        ),
        ("[{ by = 'set_for' }]", "no_figure_while_unknown", "nobody may have set a time"),
        ("[{ within = '5 days' }]", "", "it always has one"),
    ],
)
@pytest.mark.parametrize("start", ['"received"', '"routed"'])
def test_a_limit_without_a_figure(rows: str, code: str, why: str, start: str) -> None:
    policy = own(COLOUR, SET, limit(rows, start=start))
    told = found(policy, "no_figure", "no_figure_while_unknown")
    assert [one.code.value for one in told] == ([code] if code else []), why
    for one in told:
        assert one.verdict is Sureness.WITNESSED
        assert one.witness is not None
        clock = one.witness.assess(policy).clocks["whole"]
        assert clock.status.value in ("not_applicable", "undetermined")


def test_a_figure_below_one_that_covers_it_is_never_reached() -> None:
    more = "{ within = '9 days', when = 'complainants > 4' }, { within = '7 days' }"
    rows = f"[{{ within = '5 days', when = 'complainants > 2' }}, {more}]"
    (one,) = found(own(limit(rows)), "unreachable")
    assert (one.place, one.rows) == ("limit/whole[1]", (0,))


def test_a_figure_that_never_holds_where_the_limit_applies() -> None:
    rows = "[{ within = '5 days', when = 'complainants > 2' }, { within = '7 days' }]"
    for rows_are in ("first", "earliest"):
        (one,) = found(own(limit(rows, "when = 'complainants < 2'", rows_are=rows_are)), "unreachable")
        assert (one.place, one.rows) == ("limit/whole[0]", ())
        assert "where the limit applies" in one.explain("en")
    rows = "[{ within = '5 days', when = 'complainants > 2 and complainants < 2' }, { within = '7 days' }]"
    assert [one.place for one in found(own(limit(rows, rows_are="earliest")), "never_holds")] == ["limit/whole[0]"]


def test_a_figure_that_only_the_unknown_reaches() -> None:
    (one,) = found(own(SET, limit("[{ by = 'set_for' }, { within = '5 days' }]")), "only_while_unknown")
    assert (one.place, one.verdict) == ("limit/whole[1]", Sureness.WITNESSED)


@pytest.mark.parametrize(
    "row", ["{ within = { parameter = 'named' } }", "{ within = '8 working hours' }"], ids=["parameter", "no hours"]
)
def test_of_a_figure_that_sets_no_time_yet_only_what_is_proved_is_told(row: str) -> None:
    named = f"[parameters.named]\ntype = 'period'\n{TITLE}"
    assert found(own(named, limit(f"[{row}]"))) == []
    never = (
        row.replace(" }", ", when = 'complainants > 2 and complainants < 2' }", 1)
        if "parameter" not in row
        else ("{ within = { parameter = 'named' }, when = 'complainants > 2 and complainants < 2' }")
    )
    policy = own(named, limit(f"[{never}, {{ within = '5 days' }}]"))
    assert [one.place for one in found(policy, "never_holds")] == ["limit/whole[0]"]


def test_what_was_agreed_is_a_figure_of_its_own() -> None:
    policy = own(limit("[{ within = 'as agreed' }]", "agreed = 'promised'", start='"routed"'))
    assert found(policy) == []


@pytest.mark.parametrize(
    ("rows_are", "rows", "dominated", "by", "why"),
    [
        ("earliest", ("20 working days", "5 working days: complainants > 2", "15 days: complainants > 2"), 2, (1,),
         "five working days never end after fifteen days, whatever the holidays"),
        ("earliest", ("20 working days", "15 days: complainants > 2", "5 working days: complainants > 2"), None, (),
         "received on 19 January 2020 both run out on 3 February, and then the one written first binds"),
        ("earliest", ("at once", "5 days: complainants > 2"), None, (), "at once takes no other figure away"),
        ("earliest", ("4 days", "5 days: complainants > 2"), 1, (0,), "four days always hold"),
        ("earliest", ("4 days", "4 days: complainants > 2"), 1, (0,), "of two that are alike the first is named"),
        ("latest", ("4 days", "5 days"), 0, (1,), "the later one binds"),
        ("earliest", ("48 hours", "3 days: complainants > 2"), 1, (0,), "three days last 72 hours at least"),
        ("earliest", ("5 days: complainants > 2", "4 days: complainants > 5"), None, (), "from three to five it binds"),
        ("earliest", ("10 working days", "15 days: complainants > 2"), None, (), "15 days can end first"),
    ],
)  # fmt: skip
def test_a_figure_beside_which_another_one_always_binds(
    rows_are: str, rows: tuple[str, ...], dominated: int | None, by: tuple[int, ...], why: str
) -> None:
    parts = [row.partition(": ") for row in rows]
    text = ", ".join(
        f"{{ within = '{period}'" + (f", when = '{when}'" if when else "") + " }" for period, _, when in parts
    )
    told = [(one.row, one.rows) for one in found(own(limit(f"[{text}]", rows_are=rows_are)), "dominated_figure")]
    assert told == ([] if dominated is None else [(dominated, by)]), why


def test_figures_that_a_fact_sets_are_not_compared() -> None:
    policy = own(SET, limit("[{ by = 'set_for' }, { within = '5 days' }]", rows_are="earliest"))
    assert found(policy, "dominated_figure", "laxer_while_unknown") == []


@pytest.mark.parametrize(
    ("rows_are", "rows", "laxer", "why"),
    [
        ("first", ("5 days: joint", "9 days"), True, "it is presumed not to be joint"),
        ("first", ("9 days: joint", "5 days"), False, "the shorter one binds while nobody knows"),
        ("earliest", ("5 days: joint", "9 days"), True, "the shorter one binds where both hold"),
        ("latest", ("5 days", "9 days: not joint"), True, "the longer one binds where both hold"),
        ("latest", ("5 days", "9 days: joint"), False, "known it can only be longer"),
        ("first", ("5 days",), False, "nothing is read"),
    ],
)
def test_a_limit_that_is_longer_while_something_is_unknown(
    rows_are: str, rows: tuple[str, ...], laxer: bool, why: str
) -> None:
    policy = own(limit(figures(rows), rows_are=rows_are))
    told = found(policy, "laxer_while_unknown")
    assert len(told) == int(laxer), why
    for one in told:
        assert "joint complaint" in one.detail[1]
        assert one.witness is not None
        facts = one.witness.case.complaint
        assert facts.joint is None
        due = one.witness.assess(policy).clocks["whole"].due_at
        known = assess(attrs.evolve(facts, joint=True), policy, at=one.witness.at).clocks["whole"].due_at
        assert due is not None
        assert known is not None
        assert due > known


@pytest.mark.parametrize("steps", [100, 400, 1_200, 2_000])
def test_what_is_left_of_a_small_budget_says_nothing_of_doubts(steps: int) -> None:
    policy = own(limit(figures(("5 days: joint", "9 days"))))
    inquiry = Inquiry(Worlds(policy), steps)
    where, held = True, [ways.held for ways in inquiry.worlds.rows("limit/whole")]
    order = Order(policy.limits["whole"], WorkCalendar.china())
    for left in range(0, steps, 37):
        inquiry.left = left
        for one in laxer(inquiry, policy.limits["whole"], where, held, order):
            assert one.code.value == "laxer_while_unknown"


def test_where_what_starts_a_limit_changes_what_holds_it_stays_open() -> None:
    """The figure is of complaints that were not routed, and the routing starts the limit."""
    rows = "[{ within = '5 days', when = \"not has('routed')\" }, { within = '6 days' }]"
    (one,) = found(own(limit(rows, start='"routed"')), "unreachable")
    assert (one.row, one.verdict) == (0, Sureness.OPEN)


def test_a_thing_with_too_many_values_is_left_out() -> None:
    many = " or ".join(f"complainants == {2 * number}" for number in range(1, 40))
    policy = own(limit(f"[{{ within = '5 days', when = '{many}' }}, {{ within = '9 days' }}]"))
    assert found(policy, "laxer_while_unknown") == []


def test_a_part_of_a_condition_of_a_limit_can_be_idle() -> None:
    rows = "[{ within = '5 days', when = 'joint' }, { within = '9 days', when = 'not joint' }]"
    policy = own(limit(rows, "when = 'complainants > 2 or complainants > 4'"))
    assert {(one.place, one.detail[1]) for one in found(policy, "redundant_atom")} == {
        ("limit/whole", "“number of complainants is more than 4” read as never true"),
    }


def test_a_part_that_only_makes_a_limit_ask_is_not_idle() -> None:
    """It applies whatever is known, but while both are unknown the number of complainants is asked for as well."""
    policy = own(limit("[{ within = '5 days' }]", "when = 'complainants > 2 or joint or not joint'"))
    assert found(policy, "redundant_atom") == []
