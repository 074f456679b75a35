"""Values that stand for all others: below, at, between and above each constant, with the reason beside each."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from complaint_rules.cases.complaint import Channel
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.worlds.cells import MOST_CODES, numbers, values_of
from complaint_rules.verification.worlds.reading import Reading
from tests.small import own, table
from tests.verification.worlds.awkward import FACTS, LEVELS, PARAMETERS


@pytest.mark.parametrize(
    ("constants", "options", "expected"),
    [
        ([3, 5], {"whole": True}, "2 3 4 5 6"),  # the nearest on each side
        ([3, 4], {"whole": True}, "2 3 4 5"),  # nothing lies between neighbours
        ([1], {"whole": True, "least": Decimal(1)}, "1 2"),  # there is no complaint of nobody
        ([Decimal("2.5")], {"whole": True}, "2 3"),  # a whole number is never at it
        ([2, Decimal("2.5"), 4], {"whole": True}, "1 2 3 4 5"),  # none between 2 and 2.5
        ([5000], {"whole": False}, "4999.99 5000 5000.01"),  # to the fen
        ([Decimal("0.125")], {"whole": False}, "0.124 0.125 0.126"),  # finer where the constant is
        ([Decimal("0.01")], {"whole": False, "least": Decimal(0)}, "0.00 0.01 0.02"),
        ([], {"whole": True}, "1"),  # any number will do
        ([], {"whole": False, "least": Decimal(0), "room": 2}, "1 2"),
        ([3], {"whole": True, "room": 2}, "1 2 3 4 5"),  # two facts may lie apart in one gap
        ([3, 6], {"whole": True, "room": 3}, "0 1 2 3 4 5 6 7 8 9"),
        ([5, 5, Decimal(5)], {"whole": True}, "4 5 6"),
    ],
)
def test_numbers_stand_around_constants(constants: list[Any], options: dict[str, Any], expected: str) -> None:
    assert " ".join(str(number) for _, number in numbers(constants, **options)) == expected


def test_numbers_are_called_by_where_they_stand() -> None:
    titles = [title for title, _ in numbers([3, 5], whole=True)]
    assert [zh for zh, _ in titles] == ["低于3", "3", "3与5之间", "5", "高于5"]
    assert [en for _, en in titles] == ["below 3", "3", "between 3 and 5", "5", "above 5"]


def policy_with(*conditions: str, **parameters: Any) -> Policy:
    policy = own(*FACTS, PARAMETERS, LEVELS, table("t", *((f"v{n}", one) for n, one in enumerate(conditions))))
    return policy if not parameters else Policy.from_document(policy.document, parameters=parameters)


def given(policy: Policy, fact: str, **more: Any) -> list[Any]:
    return [one.value for one in values_of(Reading([policy]), fact, **more).values]


@pytest.mark.parametrize(
    ("condition", "fact", "expected"),
    [
        ("major", "major", [True, False, None]),
        ("points > 3", "points", [2, 3, 4, None]),
        ("claimed >= 10", "claimed", [Decimal("9.99"), Decimal(10), Decimal("10.01"), None]),
        ("amount < 0.5", "amount", [Decimal("0.49"), Decimal("0.5"), Decimal("0.51"), None]),
        ("amount > 0", "amount", [Decimal(0), Decimal("0.01"), None]),  # never below nothing
        ("matter == 'x'", "matter", ["x", "another_code", None]),  # any code may stand there
        ("matter in ('another_code', 'x')", "matter", ["another_code", "x", "another_code_2", None]),
        ("product in ('card', 'loan')", "product", ["card", "loan", "fund", None]),  # one for fund and other
        ("product in ('card', 'loan', 'fund')", "product", ["card", "loan", "fund", "other", None]),
        ("product in ('card', 'loan', 'fund', 'other')", "product", ["card", "loan", "fund", "other", None]),
        ("channel == 'phone'", "channel", ["phone", "letter", None]),
        ("source != 'court'", "source", ["court", "customer", None]),
        ("received_by == 'press'", "received_by", ["press", "outlet", None]),
        ("received_by < 'branch'", "received_by", ["outlet", "branch", "head_office", "regulator", None]),  # one body
        ("received_by > 'outlet' or received_by == 'press'", "received_by",
         ["outlet", "branch", "head_office", "press", "regulator", None]),
        ("'a' in topics and 'b' in topics", "topics",
         [frozenset(), frozenset("a"), frozenset("b"), frozenset("ab"), None]),
    ],
)  # fmt: skip
def test_a_fact_has_a_value_for_whatever_conditions_tell_apart(condition: str, fact: str, expected: list[Any]) -> None:
    assert given(policy_with(condition), fact) == expected


def moment(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(f"{text}+08:00")


def test_days_lie_before_at_and_after_a_constant() -> None:
    """Of a moment compared with a day, the day counts."""
    assert given(policy_with("signed > '2026-03-01'"), "signed") == [
        dt.date(2026, 2, 28), dt.date(2026, 3, 1), dt.date(2026, 3, 2), None,
    ]  # fmt: skip
    assert given(policy_with("happened > '2026-03-01'"), "happened") == [
        moment("2026-02-28T12:00"), moment("2026-03-01T12:00"), moment("2026-03-02T12:00"), None,
    ]  # fmt: skip
    assert given(policy_with("received > '2026-03-01'"), "received")[-1] is not None, "a receipt is always known"


def test_a_moment_may_be_recorded_by_its_day() -> None:
    """Then nobody knows whether it lies before or after a moment of that day."""
    found = values_of(Reading([policy_with("happened > '2026-03-01T12:00:00+08:00'")]), "happened").values
    assert [(one.value, one.known) for one in found] == [
        (moment("2026-03-01T11:59:59"), True),
        (moment("2026-03-01T12:00"), True),
        (moment("2026-03-01T12:00:01"), True),
        (dt.date(2026, 3, 1), False),
        (None, False),
    ]
    assert found[3].title == ("2026-03-01（周日），时刻不明", "2026-03-01 (Sun), hour unknown")


def test_moments_outside_the_years_known_are_left_out() -> None:
    assert given(policy_with("signed >= '2099-12-31'"), "signed") == [dt.date(2099, 12, 30), None]


def test_facts_compared_with_each_other_have_room_for_both_in_each_gap() -> None:
    policy = policy_with("points < marks")
    assert given(policy, "points", shared=(3,), room=2) == [1, 2, 3, 4, 5, None]
    assert given(policy, "matter", shared=("x",), room=2) == ["x", "another_code", "another_code_2", None]
    assert given(policy, "signed", room=2) == [
        dt.date(2026, 3, 1), dt.date(2026, 3, 4), dt.date(2026, 3, 7), None,
    ]  # fmt: skip


def test_of_more_codes_than_can_be_combined_it_is_told() -> None:
    many = " and ".join(f"'t{number}' in topics" for number in range(MOST_CODES + 1))
    found = values_of(Reading([policy_with(many)]), "topics")
    assert (len(found.values), found.whole) == (2**MOST_CODES + 1, False)
    assert values_of(Reading([policy_with("'a' in topics")]), "topics").whole


def test_a_parameter_is_a_constant_once_it_is_supplied() -> None:
    assert given(policy_with("lost >= floor"), "lost") == [Decimal(1), None]
    assert given(policy_with("lost >= floor", floor="7"), "lost") == [
        Decimal("6.99"), Decimal(7), Decimal("7.01"), None,
    ]  # fmt: skip


def test_codes_of_several_are_called_by_their_titles() -> None:
    values = values_of(Reading([policy_with("channel == 'phone'")]), "channel").values
    assert values[1].title == ("信函、电子邮件、传真、来访…", "letter, e-mail, fax, visit…")
    assert len(Channel) == 11
