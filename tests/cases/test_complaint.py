"""Complaints: facts as at receipt, typed, without persons, and nothing impossible among them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from types import SimpleNamespace
from typing import Any, Final

import attrs
import pytest

from complaint_rules.cases.complaint import CORE_FACTS, Channel, Complaint, Source
from complaint_rules.errors import InvalidComplaint
from complaint_rules.moments import BEIJING

DAY: Final = dt.date(2026, 9, 20)


def made(**facts: Any) -> Complaint:
    given: dict[str, Any] = {"id": "c-1", "received": DAY} | facts
    return Complaint(**given)


@pytest.mark.parametrize(
    ("facts", "words", "why"),
    [
        ({"id": None}, "Complaint.id: every complaint has a key of its own; got None", "no key"),
        ({"id": 7}, "Complaint.id: a code or opaque key (text) is expected", "a number"),
        ({"id": ""}, "Complaint.id: a code of 1 to 200 printable characters is expected", "empty"),
        ({"received": None}, "Complaint.received: a moment", "no receipt"),
        ({"received": dt.datetime(2026, 9, 20)}, "naive", "no zone"),  # noqa: DTZ001 - refused
        ({"received": dt.date(1999, 12, 31)}, "is the century right?", "year 1999"),
        ({"received": dt.date(9999, 1, 1)}, "is the century right?", "year 9999"),
        ({"channel": "fone"}, "Complaint.channel: the code is unknown; got 'fone'; did you mean 'phone'?", "a slip"),
        ({"channel": "zzz"}, "one of phone, letter, email", "nothing like it"),
        ({"source": 5}, "Complaint.source: the code is unknown; got 5; one of customer, agent", "a number"),
        ({"joint": "yes"}, "Complaint.joint: true, false or null (unknown) is expected", "text for a truth value"),
        ({"joint": 1}, "Complaint.joint", "a number for a truth value"),
        ({"complainants": 0}, "Complaint.complainants: a whole number of at least 1", "zero complainants"),
        ({"complainants": True}, "Complaint.complainants", "a truth value for a number"),
        ({"complainants": "3"}, "Complaint.complainants", "text for a number"),
        ({"complainants": 10**9}, "Complaint.complainants", "more than there are people"),
        ({"complainants": 100_000_001}, "Complaint.complainants", "one more than is believed"),
        ({"complainant_keys": []}, "Complaint.complainant_keys: at least one key is expected", "an empty set"),
        ({"complainant_keys": b"k"}, "Complaint.complainant_keys: a set of codes is expected", "bytes"),
        ({"complainant_keys": {"k": 1}}, "a set of codes is expected", "a mapping"),
        ({"complainant_keys": ["k", 5]}, "each code has 1 to 200 printable characters; got 5", "a number among keys"),
        ({"complainant_keys": ["a", "b", "c"], "complainants": 2},
            "3 complainant keys are given; got 2; the count is at least their number", "fewer than its keys"),
        ({"amount": 5000.5}, "Complaint.amount: an exact amount in yuan is expected; got 5000.5", "a float"),
        ({"amount": True}, "exact amount", "a truth value"),
        ({"amount": "lots"}, "Complaint.amount: the text is not a number", "words"),
        ({"amount": "-5"}, "finite and not negative", "negative"),
        ({"amount": "NaN"}, "finite and not negative", "no number"),
        ({"kind": Channel.PHONE}, "Complaint.kind: a code or opaque key (text) is expected", "a code of another list"),
        ({"kind": "a\tb"}, "Complaint.kind: a code of 1 to 200 printable characters", "a tab"),
        ({"extra": [1]}, "Complaint.extra: a mapping of fact names to values is expected", "a list"),
        ({"extra": {"a-b": 1}}, "Complaint.extra: the name of a fact is an ASCII identifier; got 'a-b'", "a dash"),
        ({"extra": {"joint": True}}, "'joint' is a field of Complaint itself; got 'joint'; pass joint=…", "core"),
        ({"extra": {"x": 1.5}}, "Complaint.extra['x']: a float is not exact", "a float"),
        ({"extra": {"x": object()}}, "Complaint.extra['x']: a fact is a bool, number, text", "anything"),
        ({"extra": {"x": dt.datetime(2026, 9, 20)}}, "naive", "no zone"),  # noqa: DTZ001 - refused
    ],
)  # fmt: skip
def test_an_impossible_fact_is_refused_by_name_with_the_likely_intent(
    facts: dict[str, Any], words: str, why: str
) -> None:
    with pytest.raises(InvalidComplaint) as caught:
        made(**facts)
    assert words in str(caught.value), why


def test_a_complaint_keeps_its_facts_in_their_own_types() -> None:
    one = made(
        received=dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC), channel="phone", source=Source.AGENT,
        amount="5000.50", recorded="name", complainant_keys=["a", "b"],
        extra={"x": {"a"}, "y": None, "z": 3, "d": DAY, "n": Decimal("0.5")},
    )  # fmt: skip
    assert one.received == dt.datetime(2026, 10, 1, 0, 30, tzinfo=BEIJING)
    assert one.received_from == one.received
    assert (one.channel, one.source, one.amount) == (Channel.PHONE, Source.AGENT, Decimal("5000.50"))
    assert (one.recorded, one.complainants) == (frozenset({"name"}), 2)
    assert one.extra == {"x": frozenset({"a"}), "z": 3, "d": DAY, "n": Decimal("0.5")}, "what is not known is not kept"
    assert made().received_from == dt.datetime(2026, 9, 20, tzinfo=BEIJING)
    assert made(amount=0, complainants=5, complainant_keys="k").complainants == 5
    assert made(complainants=100_000_000).complainants == 100_000_000, "the most that is believed"
    assert hash(one) == hash(attrs.evolve(one))
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.joint = True  # type: ignore[misc]  # refused


def test_a_fact_not_given_is_unknown_never_no() -> None:
    one = made()
    assert [name for name in sorted(CORE_FACTS) if one.fact(name) is not None] == ["received"]
    assert one.fact("unionpay") is None
    assert made(extra={"unionpay": False}).fact("unionpay") is False


def test_an_amendment_gives_a_copy_with_other_facts() -> None:
    one = made(complainants=2, extra={"a": 1, "b": 2})
    changed = one.amended({"joint": True, "a": None, "c": "x", "extra": {"d": 4}})
    assert (changed.joint, changed.complainants, changed.extra) == (True, 2, {"b": 2, "c": "x", "d": 4})
    assert (one.joint, one.extra) == (None, {"a": 1, "b": 2})
    assert made(complainants=2).amended({"complainant_keys": ["a", "b", "c"]}).complainants == 3, "counted anew"
    assert made().amended({"complainant_keys": ["a"], "complainants": 4}).complainants == 4


def test_what_is_as_long_as_may_be_is_taken_and_what_is_longer_is_not() -> None:
    """200 characters in a code or key, 28 places before and behind the point in a number."""
    code = "k" * 200
    one = made(id=code, kind=code, complainant_keys=code, amount="1e27", extra={"x": code, "n": Decimal("1e-28")})
    assert (one.id, one.kind, one.complainant_keys, one.amount) == (code, code, frozenset({code}), Decimal("1e27"))
    assert one.extra == {"x": code, "n": Decimal("1e-28")}
    assert made(extra={"n": Decimal("1e27")}).extra == {"n": Decimal("1e27")}
    assert made(amount="1e-28").amount == Decimal("1e-28")
    longer: list[dict[str, Any]] = [
        {"id": f"{code}k"}, {"kind": f"{code}k"}, {"complainant_keys": f"{code}k"}, {"extra": {"x": f"{code}k"}},
        {"amount": "1e29"}, {"amount": "1e-29"}, {"extra": {"n": Decimal("1e29")}}, {"extra": {"n": Decimal("1e-29")}},
    ]  # fmt: skip
    for facts in longer:
        with pytest.raises(InvalidComplaint, match=r"at most 28 digits|200 printable characters"):
            made(**facts)


@pytest.mark.parametrize("name", ["id", "received"])
def test_what_identifies_a_complaint_cannot_be_amended(name: str) -> None:
    with pytest.raises(InvalidComplaint, match="cannot be amended"):
        made().amended({name: "x"})


def test_no_field_holds_a_person() -> None:
    assert CORE_FACTS & {"name", "phone", "identity", "address", "text", "description"} == frozenset()
    assert {"complainant_keys", "recorded"} <= CORE_FACTS
    assert "id" not in CORE_FACTS


class Scalar:
    """A whole number as libraries of arrays have it."""

    shape = ()
    dtype = SimpleNamespace(kind="i")

    def item(self) -> int:
        return 3


def test_a_number_of_an_array_is_kept_as_a_plain_one() -> None:
    number: Any = Scalar()
    assert type(made(complainants=number).complainants) is int
    assert made(complainants=number) == made(complainants=3)
