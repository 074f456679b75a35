"""Slips of hands that know other languages or a Chinese keyboard: each is told with what to write instead."""

from __future__ import annotations

import pytest

from complaint_rules.conditions.habits import habits_of
from complaint_rules.conditions.parsing import faults_of, parse
from complaint_rules.conditions.scopes import FactSpec, FactType, Scope

SCOPE = Scope(
    facts={
        "vip": FactSpec(name="vip", type=FactType.BOOL),
        "joint": FactSpec(name="joint", type=FactType.BOOL),
        "amount": FactSpec(name="amount", type=FactType.DECIMAL),
        "entry": FactSpec(name="entry", type=FactType.TEXT),
        "received": FactSpec(name="received", type=FactType.MOMENT),
    },
    kinds={"replied"},
    levels=("outlet",),
)


@pytest.mark.parametrize(
    ("text", "at", "hint", "why"),
    [
        ("vip == true", 1, "write 'vip'", "a fact that is true or false is asked by its name"),
        ("vip == false", 1, "write 'not vip'", "and the other way round"),
        ("vip != true", 1, "write 'not vip'", "unequal to true"),
        ("vip != FALSE", 1, "write 'vip'", "unequal to false"),
        ("vip or true", 8, "write the name alone, or 'not' before it", "a truth value by itself"),
        ("amount = 3", 8, "write '=='", "a single equal sign sets, in other languages"),
        ("amount = = 3", 8, "write '=='", "two that stand apart"),
        ("amount === 3", 8, "write '=='", "three"),
        ("amount => 3", 8, "write '>='", "the wrong way round"),
        ("amount =< 3", 8, "write '<='", "the wrong way round"),
        ("amount <> 3", 8, "write '!='", "as in spreadsheets"),
        ("amount ≥ 3", 8, "write '>='", "as in print"),
        ("amount＞3", 7, "write '>'", "the wide sign"),
        ("vip && joint", 5, "write 'and'", "as in C"),
        ("vip || joint", 5, "write 'or'", "as in C"),
        ("!vip", 1, "write 'not'", "as in C"),
        ("vip AND joint", 5, "write 'and'", "as in SQL"),
        ("vip 且 joint", 5, "write 'and'", "in Chinese"),
        ("vip 或者 joint", 5, "write 'or'", "in Chinese"),
        ("amount 大于 3", 8, "write '>'", "in Chinese"),
        ("vip，joint", 4, "write ','", "a Chinese comma"),
        ("entry == “desk”", 10, "write 'desk'", "Chinese quotation marks"),
        ("entry == ‘desk’", 10, "write 'desk'", "single ones"),
        ("entry == 「desk」", 10, "write 'desk'", "corner brackets"),
        ("amount > 5,000", 10, "write '5000'", "a comma for thousands"),
        ("amount > 1，234，567", 10, "write '1234567'", "Chinese commas"),
        ("amount > 5_000", 10, "write '5000'", "as in Python"),
        ("amount > 5000元", 10, "write '5000'", "with its unit"),
        ("amount > 5万", 10, "write '50000'", "ten thousands"),
        ("amount > 5k", 10, "write '5000'", "thousands"),
        ("amount > 1.5万", 10, "write it out, as 5000", "a fraction of ten thousands"),
        ("amount > 1.5k", 10, "write it out, as 5000", "a fraction of thousands"),
        ("amount > 1.50元", 10, "write '1.50'", "a fraction with its unit"),
        ("amount > 2 W", 10, "write '20000'", "ten thousands, as typed"),
        ("amount > 20％", 10, "write it as 0.2", "a share with the wide sign"),
        ("(amount = 3)", 9, "write '=='", "parentheses at the very beginning are those of no call"),
        ("vip and (amount = 3)", 17, "write '=='", "nor are those behind a word and a space"),
        ("amount > 20%", 10, "write it as 0.2", "a share"),
        ("received > 2026-01-01", 12, "write '2026-01-01'", "a day without quotes"),
        (
            "vip == null",
            8,
            "leave the comparison out: unknown stays unknown",
            "what is unknown is compared with nothing",
        ),
    ],
)
def test_a_slip_is_told_once_at_its_place_with_what_to_write(text: str, at: int, hint: str, why: str) -> None:
    (fault,) = faults_of(text, SCOPE, where="row 1")
    assert (fault.where, fault.hint) == (f"row 1, character {at}", hint), why


def test_wide_parentheses_are_told_one_by_one() -> None:
    hints = [fault.hint for fault in faults_of("entry in（'desk'，'web'）", SCOPE)]
    assert hints == ["write '('", "write ','", "write ')'"]


def test_slips_and_other_faults_are_told_together() -> None:
    faults = faults_of("vipp && joint and amount = 3", SCOPE)
    assert [fault.hint for fault in faults] == ["write 'and'", "write '=='"], "names are asked once it can be read"
    faults = faults_of("vipp or vip == true", SCOPE)
    assert [fault.hint for fault in faults] == ["write 'vip'", "did you mean 'vip'?"]


@pytest.mark.parametrize(
    "text",
    [
        "has('replied', by='outlet')",
        "has('replied' , by = 'outlet') and vip",
        "entry == 'a && b = “c”，5,000'",
        "amount in (1,200, 300)",
        "vip == True",
        'entry == "true"',
    ],
)
def test_what_can_be_read_is_no_slip(text: str) -> None:
    assert parse(text, SCOPE).text == text


def test_the_field_of_a_call_is_no_slip_beside_one_that_is() -> None:
    faults = faults_of("has('replied', by='outlet') and (amount = 3)", SCOPE)
    assert [fault.where for fault in faults] == ["character 41"]


def test_an_unclosed_parenthesis_closes_nothing() -> None:
    assert list(habits_of(") = (")) != []


def test_no_more_slips_are_told_than_faults() -> None:
    assert len(faults_of("vip && " * 200 + "vip", SCOPE)) == 20
