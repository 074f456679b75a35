"""What numpy and pandas hold is taken where it is exact, whether or not they are installed."""

from __future__ import annotations

import datetime as dt
import json
from decimal import Decimal
from typing import Any, Self

import pytest

from complaint_rules.cases.case import Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.plain import case_from_dict, case_to_dict
from complaint_rules.errors import ComplaintRulesError, InvalidComplaint
from complaint_rules.moments import BEIJING, as_when
from complaint_rules.scalars import is_missing, plain_scalar

DAY = dt.date(2026, 9, 30)


class Kind:
    """Stands for a ``numpy.dtype``."""

    def __init__(self, kind: str) -> None:
        self.kind = kind


class Scalar:
    """Stands for a scalar of numpy: no number of Python, with what it is worth under ``item``."""

    shape: tuple[int, ...] = ()

    def __init__(self, value: object, kind: str) -> None:
        self._value = value
        self.dtype = Kind(kind)

    def item(self) -> object:
        return self._value


class Array(Scalar):
    """Stands for an array of numpy."""

    shape = (1,)


class Timestamp(dt.datetime):
    """Stands for a ``pandas.Timestamp``: a moment, finer than Python's."""

    nanosecond = 0


class NotATime(dt.datetime):
    """Stands for ``pandas.NaT``: a moment that is not even itself."""

    def __ne__(self, _: object) -> bool:
        return True

    def __eq__(self, _: object) -> bool:
        return False

    __hash__ = dt.datetime.__hash__

    def utcoffset(self) -> Self:  # type: ignore[override]  # as pandas has it
        return self


NAT = NotATime(2026, 9, 30)


class Uncomparable:
    def __ne__(self, _: object) -> bool:
        raise TypeError


def taken(**facts: Any) -> Complaint:
    return Complaint(id="c", received=DAY, **facts)


@pytest.mark.parametrize(
    ("value", "meant"),
    [
        (Scalar(3, "i"), 3),
        (Scalar(3, "u"), 3),
        (Scalar(value=True, kind="b"), True),
        (Scalar("a", "U"), "a"),
        (Scalar(DAY, "M"), DAY),
    ],
)
def test_exact_scalars_have_a_value_of_python(value: object, meant: object) -> None:
    assert plain_scalar(value) is meant


@pytest.mark.parametrize(
    "value",
    [
        Scalar(1.5, "f"),  # no float is exact
        Scalar(1790848800000000001, "M"),  # nanoseconds come as an int
        Array(3, "i"),
        object(),
        NAT,
    ],
)
def test_anything_else_stays_what_it_is(value: object) -> None:
    assert plain_scalar(value) is value


def test_what_is_not_even_itself_is_missing() -> None:
    assert [is_missing(value) for value in (NAT, float("nan"), None, 0, Uncomparable())] == [
        True, True, False, False, False,
    ]  # fmt: skip


def test_a_complaint_takes_exact_scalars_as_what_they_stand_for() -> None:
    complaint = taken(
        complainants=Scalar(3, "i"), joint=Scalar(value=True, kind="b"), amount=Scalar(5000, "i"),
        extra={"flag": Scalar(value=False, kind="b"), "count": Scalar(7, "i"), "on": Scalar(DAY, "M")},
    )  # fmt: skip
    assert complaint == taken(complainants=3, joint=True, amount=5000, extra={"flag": False, "count": 7, "on": DAY})
    assert (type(complaint.complainants), complaint.joint, complaint.amount) == (int, True, Decimal(5000))
    changes: dict[str, Any] = {"count": Scalar(7, "i")}
    assert Event("amended", set=changes) == Event("amended", set={"count": 7})


def test_a_row_of_a_frame_is_a_case_and_json_again() -> None:
    case = case_from_dict(
        {
            "id": "frame-1",
            "received": Timestamp(2026, 8, 31, 11, 20, tzinfo=BEIJING),
            "complainants": Scalar(9, "i"),
            "joint": Scalar(value=False, kind="b"),
            "events": [{"kind": "closed", "at": Scalar(DAY, "M"), "amount": Scalar(5, "i")}],
        }
    )
    assert type(case.complaint.received) is dt.datetime
    assert json.loads(json.dumps(case_to_dict(case))) == {
        "id": "frame-1", "received": "2026-08-31T11:20:00+08:00", "complainants": 9, "joint": False,
        "events": [{"kind": "closed", "at": "2026-09-30", "amount": "5"}],
    }  # fmt: skip


@pytest.mark.parametrize(
    ("facts", "why"),
    [
        ({"complainants": Scalar(1.5, "f")}, "a whole number of at least 1"),
        ({"complainants": Scalar(0, "i")}, "a whole number of at least 1"),
        ({"complainants": Scalar(value=True, kind="b")}, "a whole number of at least 1"),  # a truth value is no number
        ({"joint": Scalar(1, "i")}, "true, false or null"),  # and no number a truth value
        ({"amount": Scalar(0.5, "f")}, "an exact amount"),
        ({"extra": {"x": Scalar(0.5, "f")}}, "a fact is"),
        ({"extra": {"x": NAT}}, "it is missing"),
    ],
)
def test_what_is_not_exact_or_of_another_kind_is_refused_in_the_same_words(facts: dict[str, Any], why: str) -> None:
    with pytest.raises(InvalidComplaint, match=why):
        taken(**facts)


def test_nat_is_called_missing_and_no_matter_of_time_zones() -> None:
    with pytest.raises(InvalidComplaint, match=r"Complaint\.received: it is missing; got .*; pass None"):
        Complaint(id="c", received=NAT)
    with pytest.raises(ComplaintRulesError, match=r"Event\.at: it is missing"):
        Event("closed", NAT)


def test_a_moment_finer_than_a_microsecond_is_not_cut() -> None:
    fine = Timestamp(2026, 9, 30, tzinfo=BEIJING)
    assert as_when(fine, what="x") == dt.datetime(2026, 9, 30, tzinfo=BEIJING)
    fine.nanosecond = 7
    with pytest.raises(ComplaintRulesError, match="finer than a microsecond"):
        as_when(fine, what="x")


def test_with_numpy_itself() -> None:
    numpy = pytest.importorskip("numpy")
    complaint = taken(
        complainants=numpy.int64(3), joint=numpy.bool_(1), respondent=numpy.str_("desk"), amount=numpy.uint8(5),
        extra={"on": numpy.datetime64("2026-09-30"), "flag": numpy.bool_(0)},
    )  # fmt: skip
    assert complaint == taken(complainants=3, joint=True, respondent="desk", amount=5, extra={"on": DAY, "flag": False})
    for value in (numpy.float64(3), numpy.array([3]), numpy.datetime64("NaT")):
        with pytest.raises(InvalidComplaint):
            taken(complainants=value)
    with pytest.raises(InvalidComplaint, match="it is missing"):
        Complaint(id="c", received=numpy.datetime64("NaT"))


def test_with_pandas_itself() -> None:
    pandas = pytest.importorskip("pandas")
    moment = pandas.Timestamp("2026-09-30T16:05+08:00")
    assert Complaint(id="c", received=moment).received == dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING)
    with pytest.raises(InvalidComplaint, match="it is missing"):
        Complaint(id="c", received=pandas.NaT)
