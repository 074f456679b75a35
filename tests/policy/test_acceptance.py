"""Findings that a rule accepts: where they may stand, what explains them, and where a reader finds them again."""

from __future__ import annotations

from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.accepted import OF_DUTIES, OF_LIMITS, OF_TABLES, Accepted, FindingCode
from complaint_rules.policy.policy import Policy
from complaint_rules.words.readings import silences
from complaint_rules.words.rulebooks import explain_rule
from tests.small import HEAD, TITLE

WHY = '{ zh = "如此", en = "so it is" }'
SO = FrozenMap({"zh": "如此", "en": "so it is"})
FILE = f"""{HEAD}
[[table]]
id = "sort"
{TITLE}
values.one = {{ zh = "一", en = "one" }}
first = [
  {{ value = "one", when = "complainants > 2", accept = [{{ code = "redundant_atom", reading = {WHY} }}] }},
  {{ value = "one", when = "funds_at_risk", reading = {WHY}, accept = "redundant_row" }},
]
accept = ["gap", {{ code = "order_decides", reading = {WHY} }}]
reading = {WHY}

[[limit]]
id = "whole"
{TITLE}
from = "received"
until = "closed"
first = [
  {{ within = "2 days", when = "complainants > 2", accept = [{{ code = "only_while_unknown", reading = {WHY} }}] }},
]
accept = [{{ code = "no_figure", reading = {WHY} }}]

[[duty]]
id = "silence"
{TITLE}
must_not = "replied"
unless = "event.by == 'press'"
accept = [{{ code = "never_excused", reading = {WHY} }}]

[[body]]
id = "press"
{TITLE}
"""


def read() -> Policy:
    return Policy.from_text(FILE, name="own.toml")


def test_a_code_alone_is_explained_by_the_reading_beside_it() -> None:
    policy = read()
    assert policy.tables["sort"].accept == (
        Accepted(code=FindingCode.GAP, reading=None),
        Accepted(code=FindingCode.ORDER_DECIDES, reading=SO),
    )
    assert policy.tables["sort"].rows[0].accept == (Accepted(code=FindingCode.REDUNDANT_ATOM, reading=SO),)
    assert policy.tables["sort"].rows[1].accept == (Accepted(code=FindingCode.REDUNDANT_ROW, reading=None),)


def test_limits_their_figures_and_duties_accept_as_well() -> None:
    policy = read()
    assert policy.limits["whole"].accept == (Accepted(code=FindingCode.NO_FIGURE, reading=SO),)
    assert policy.limits["whole"].rows[0].accept == (Accepted(code=FindingCode.ONLY_WHILE_UNKNOWN, reading=SO),)
    assert policy.duties["silence"].accept == (Accepted(code=FindingCode.NEVER_EXCUSED, reading=SO),)


def test_the_rule_book_says_what_is_accepted_and_why() -> None:
    policy = read()
    table = explain_rule(policy, "table/sort", "en")
    assert "  accepted: gap\n  accepted: the order of the rows decides: so it is" in table
    assert "[accepted: redundant part of a condition: so it is]" in table
    assert "［已接受：多余的行］" in explain_rule(policy, "table/sort", "zh")
    assert "  已接受：适用而无期限：如此" in explain_rule(policy, "limit/whole", "zh")
    assert "[accepted: row that decides only in doubt: so it is]" in explain_rule(policy, "limit/whole", "en")
    assert "  accepted: exception that never holds: so it is" in explain_rule(policy, "duty/silence", "en")


def test_the_reading_that_accepts_stands_among_the_readings() -> None:
    found = [(one.key, one.part, one.says) for one in silences(read(), "en").readings if "accepted" in one.part]
    assert found == [
        ("table/sort", "accepted finding", ("the order of the rows decides",)),
        ("table/sort", "row 1: one; accepted finding", ("redundant part of a condition",)),
        ("limit/whole", "accepted finding", ("limit without a figure",)),
        ("limit/whole", "figure 1; accepted finding", ("row that decides only in doubt",)),
        ("duty/silence", "accepted finding", ("exception that never holds",)),
    ]


def test_every_code_can_be_accepted_somewhere() -> None:
    assert set(OF_TABLES) | set(OF_LIMITS) | set(OF_DUTIES) == set(FindingCode)
