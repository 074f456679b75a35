"""Findings of tables, each on the smallest table that has it; expected by hand."""

from __future__ import annotations

import pytest

from complaint_rules.policy.policy import Policy
from complaint_rules.verification.analysis import tables
from complaint_rules.verification.analysis.analysing import analyse
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.worlds.witnesses import Sureness
from tests.small import TITLE, fact, limit, own, table

MONEY = fact("sum", "decimal", None)
COLOUR = "\n".join(
    ["[facts.colour]", 'type = "text"', TITLE, *(f"values.{one} = {{ zh = '{one}', en = '{one}' }}" for one in "rgb")]
)


def found(policy: Policy, *codes: str) -> list[RuleFinding]:
    """Give the findings, of some codes where they are named."""
    return [one for one in analyse(policy).findings if not codes or one.code.value in codes]


def told(policy: Policy, *codes: str) -> list[tuple[str, str]]:
    return [(one.code.value, one.place) for one in found(policy, *codes)]


def test_a_lower_threshold_above_a_higher_one_shadows_it() -> None:
    """Worked answer: `>= 50000` before `>= 60000`."""
    policy = own(MONEY, table("grade", ("high", "sum >= 50000"), ("top", "sum >= 60000"), ("low", "")))
    (one,) = found(policy, "unreachable")
    assert (one.place, one.rows, one.verdict) == ("table/grade[1]", (0,), Sureness.PROVED)
    assert "row 1" in one.explain("en")
    assert "第1行" in one.explain("zh")


def test_a_least_set_of_rows_that_shadow_another_is_named() -> None:
    rows = [("x", "sum >= 100"), ("y", "joint"), ("x", "sum < 50"), ("y", "sum >= 40"), ("z", "sum == 60"), ("z", "")]
    (one,) = found(own(MONEY, table("grade", *rows)), "unreachable")
    assert (one.row, one.rows) == (4, (3,)), "above 40 the fourth row has decided whatever the others do"


def test_two_rows_together_can_shadow_a_third() -> None:
    rows = [("x", "sum >= 100"), ("y", "sum < 100"), ("z", "sum == 60 or sum == 200")]
    (one,) = found(own(MONEY, table("grade", *rows)), "unreachable")
    assert (one.row, one.rows) == (2, (0, 1))


def test_a_condition_that_contradicts_itself_never_holds() -> None:
    rows = [("x", "sum > 5 and sum < 5"), ("y", "")]
    assert told(own(MONEY, table("grade", *rows)), "never_holds", "unreachable") == [("never_holds", "table/grade[0]")]


@pytest.mark.parametrize(
    ("rows", "code", "why"),
    [
        ([("x", "colour == 'r'"), ("y", "colour == 'g'")], "gap", "blue has no row"),
        ([("x", "colour == 'r'"), ("y", "colour != 'r'")], "open_while_unknown", "only an unknown colour has none"),
        ([("x", "colour == 'r'"), ("y", "")], "", "there is a closing row"),
        ([("x", "joint"), ("y", "not joint")], "", "joint is presumed not to hold"),
    ],
)
def test_where_no_row_holds(rows: list[tuple[str, str]], code: str, why: str) -> None:
    policy = own(COLOUR, table("grade", *rows))
    expected = [(code, "table/grade")] if code else []
    assert told(policy, "gap", "open_while_unknown") == expected, why
    for one in found(policy, "gap", "open_while_unknown"):
        assert one.verdict is Sureness.WITNESSED
        assert one.witness is not None
        assert one.witness.assess(policy).findings["grade"].value is None


def test_a_gap_says_where_it_is_and_shows_a_complaint() -> None:
    (one,) = found(own(COLOUR, table("grade", ("x", "colour == 'r'"), ("y", "colour == 'g'"))), "gap")
    assert one.region is not None
    assert "b" in one.region.text("en")
    assert one.witness is not None
    assert one.witness.case.complaint.extra["colour"] == "b"
    assert one.to_dict()["witness"]["case"]["extra"] == {"colour": "b"}
    assert one.to_dict()["shows"] == [{"rule": "table/grade", "row": None}]


def test_a_closing_row_that_only_the_unknown_reaches_is_told() -> None:
    rows = [("x", "colour == 'r'"), ("y", "colour != 'r'"), ("z", "")]
    policy = own(COLOUR, table("grade", *rows))
    (one,) = found(policy, "only_while_unknown")
    assert (one.row, one.verdict) == (2, Sureness.WITNESSED)
    assert one.witness is not None
    assert one.witness.assess(policy).findings["grade"].value == "z"


def test_a_value_that_no_row_gives_is_told_by_its_title() -> None:
    text = table("grade", ("x", "")).replace("values.x", "values.y = { zh = '乙', en = 'Second' }\nvalues.x")
    (one,) = found(own(text), "value_never_given")
    assert (one.rule, one.row) == ("table/grade", None)
    assert "“Second” (y)" in one.explain("en")
    assert "“乙”（y）" in one.explain("zh")


def test_rows_that_overlap_are_told_in_one_line_a_table() -> None:
    rows = [("x", "sum >= 100"), ("y", "joint"), ("x", "colour == 'r'"), ("z", "")]
    policy = own(MONEY, COLOUR, table("grade", *rows))
    (one,) = found(policy, "order_decides")
    assert one.pairs == ((0, 1), (1, 2)), "the first and the third give the same, and the last one closes"
    assert one.verdict is Sureness.WITNESSED
    assert one.to_dict()["pairs"] == [[0, 1], [1, 2]]
    assert one.explain("en").count("row 1 before 2; row 2 before 3") == 1


def test_of_a_long_table_the_overlaps_are_open(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_MOST_PAIRS", 2)
    rows = [("x", "sum == 1"), ("y", "sum == 2"), ("z", "sum == 3"), ("x", "")]
    (one,) = found(own(MONEY, table("grade", *rows)), "order_decides")
    assert (one.verdict, one.pairs) == (Sureness.OPEN, ())


def test_rows_that_all_count_can_hold_never_or_always() -> None:
    rows = [("x", "sum > 5 and sum < 5"), ("y", "joint or not joint"), ("z", "joint"), ("x", "")]
    policy = own(MONEY, table("grade", *rows, every=True))
    assert told(policy, "never_holds", "always_holds") == [
        ("never_holds", "table/grade[0]"),
        ("always_holds", "table/grade[1]"),
    ]


def test_what_hangs_on_how_a_limit_came_out_and_cannot_be_lived_is_open() -> None:
    """How a limit came out is free of facts: that this one applies to joint complaints alone is not seen."""
    whole = limit('[{ within = "5 days" }]', 'when = "joint"')
    rows = [("x", "late('whole') and not joint"), ("y", "")]
    for every in (False, True):
        policy = own(whole, table("grade", *rows, every=every))
        (one,) = found(policy, "unreachable")
        assert (one.row, one.verdict) == (0, Sureness.OPEN)
        assert one.why is not None
        assert "not decided" in one.explain("en")
        assert "未能确定" in one.explain("zh")
        assert not analyse(policy).clean


def test_a_row_that_only_the_unknown_may_reach_can_be_open() -> None:
    """With everything known no case was found, with the colour unknown there is one: nobody knows which it is."""
    whole = limit('[{ within = "5 days" }]', "when = 'joint'")
    rows = [("x", "colour in ('r', 'g', 'b') and (joint or not late('whole'))"), ("y", "")]
    (one,) = found(own(COLOUR, whole, table("grade", *rows)), "unreachable", "only_while_unknown")
    assert (one.code.value, one.row, one.verdict) == ("only_while_unknown", 1, Sureness.OPEN)
