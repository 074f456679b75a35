"""Plain rows: what they say is believed, what they do not say is not known, and nothing is drawn from a made-up day."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from complaint_rules import Tally
from complaint_rules.policy.policy import Policy
from complaint_rules.statistics import CaseCount, LimitRuns, Share
from complaint_rules.statistics.looks import CLASSES
from tests.small import fact, limit, own, table
from tests.statistics.tallied import NAMED, end_of, figure, numbers, took

AT = end_of("2026-10-08")
DAY = dt.date(2026, 9, 1)
RULES: Policy = own(
    fact("satisfied", assume=None),
    limit('[{ within = "5 working days" }]'),
    limit('[{ within = "9 working days" }]', id="longer"),
    table("speed", ("slow", "late('whole')"), ("quick", "")),
    table("age", ("old", "elapsed('received', '10 days')"), ("young", "")),
    table("happy", ("yes", "satisfied"), ("no", "")),
)
ASKED = [
    figure("kept", share="met('whole')"),
    figure("missed", share="late('whole')"),
    figure("waits", share="standing('whole', 'open_in_time', 'open_late')"),
    figure("slow", share="speed == 'slow'"),
    figure("aged", share="elapsed('received', '10 days')"),
    figure("pleased", share="satisfied"),
    figure("runs", limit="whole"),
    figure("other_runs", limit="longer"),
    figure("all"),
]


def counted(**row: Any) -> Tally:
    return Tally(RULES, at=AT, figures=ASKED, by=["speed", "age", "happy", "month"]).add_row({}, **row)


STANDINGS = [
    ("in_time", (Share(yes=1), Share(no=1), Share(no=1), Share(no=1)), "quick"),
    ("late", (Share(no=1), Share(yes=1), Share(no=1), Share(yes=1)), "slow"),
    ("open_in_time", (Share(no=1), Share(no=1), Share(yes=1), Share(no=1)), "quick"),
    ("open_late", (Share(no=1), Share(yes=1), Share(yes=1), Share(yes=1)), "slow"),
    ("undetermined", (Share(undecided=1), Share(undecided=1), Share(no=1), Share(undecided=1)), None),
    ("void", (Share(no=1), Share(no=1), Share(no=1), Share(no=1)), "quick"),
]


@pytest.mark.parametrize(("said", "shares", "speed"), STANDINGS, ids=[said for said, *_ in STANDINGS])
def test_what_a_row_says_of_a_limit_holds_in_conditions_and_tables(
    said: str, shares: tuple[Share, ...], speed: str | None
) -> None:
    """A joined row was counted by one standing and classed by another; here what the row says is said everywhere."""
    tally = counted(received=DAY, standings={"whole": said})
    assert tuple(tally[name] for name in ("kept", "missed", "waits", "slow")) == shares
    assert numbers(tally.table("all", by="speed")) == {speed: 1}
    assert tally["runs"] == LimitRuns(**{said: 1})


def test_of_a_limit_that_the_row_does_not_name_nobody_knows() -> None:
    tally = counted(received=DAY, standings={"whole": "late"})
    assert tally["other_runs"] == LimitRuns(undetermined=1)
    assert counted(received=DAY)["kept"] == Share(undecided=1)


def test_a_limit_not_named_runs_by_the_events_that_the_row_gives() -> None:
    """All kinds that end, or could have moved, a limit are given: closed in time, and nothing else happened."""
    told: dict[str, Any] = {kind: [] for kind in RULES.scope.kinds if kind != "received"}
    tally = counted(received=DAY, events={**told, "closed": dt.date(2026, 9, 3)}, standings={"whole": "void"})
    assert tally["other_runs"] == LimitRuns(in_time=1)


def test_without_a_day_of_receipt_nothing_is_drawn_from_one() -> None:
    """The row stands under a day unknown; what hangs on the receipt is undecided, and no limit has run."""
    tally = counted(events={"replied": DAY})
    assert numbers(tally.table("all", by="month")) == {None: 1}
    assert (tally["aged"], tally["pleased"]) == (Share(undecided=1), Share(undecided=1))
    assert numbers(tally.table("all", by="age")) == {None: 1}
    assert numbers(tally.table("all", by="happy")) == {None: 1}
    assert tally["runs"] == LimitRuns(undetermined=1)
    assert tally["all"] == CaseCount(n=1)


def test_without_a_day_of_receipt_what_the_row_says_still_holds() -> None:
    tally = Tally(RULES, at=AT, figures=ASKED, by=["happy", "speed"])
    tally.add_row({"satisfied": True}, standings={"whole": "late"})
    assert (tally["pleased"], tally["missed"]) == (Share(yes=1), Share(yes=1))
    assert numbers(tally.table("all", by="happy")) == {"yes": 1}
    assert numbers(tally.table("all", by="speed")) == {"slow": 1}
    assert tally["runs"] == LimitRuns(late=1)


def test_a_limit_that_the_row_does_not_name_is_asked_of_its_history() -> None:
    tally = Tally(RULES, at=AT, figures=[figure("both", share="met('whole') and not met('longer')")])
    tally.add_row({}, received=DAY, standings={"whole": "in_time"})
    assert tally["both"] == Share(undecided=1)


def test_without_a_day_of_receipt_nobody_knows_how_long_it_took() -> None:
    tally = Tally(RULES, at=AT, figures=[figure("long", time=took("received", "closed", "days"))])
    tally.add_row({}, events={"closed": DAY})
    assert (tally["long"].unknown, tally["long"].n) == (1, 0)


def test_who_had_it_at_the_breach_is_in_no_row() -> None:
    tally = Tally(RULES, at=AT, figures=[figure("all")], by=["holder_at_breach(whole)"])
    tally.add_row({}, received=DAY, standings={"whole": "late"})
    tally.add_row({}, received=DAY, standings={"whole": "in_time"})
    assert numbers(tally.table("all", by="holder_at_breach(whole)")) == {"": 1, None: 1}


def test_every_class_can_be_said() -> None:
    tally = Tally(RULES, at=AT, figures=[figure("runs", limit="whole")], by=["standing(whole)"])
    for said in CLASSES:
        tally.add_row({}, received=DAY, standings={"whole": said})
    assert tally["runs"] == LimitRuns(**dict.fromkeys(CLASSES, 1))
    assert set(tally.table("runs", by="standing(whole)").rows) == set(CLASSES)


def test_a_set_may_be_a_list() -> None:
    rules = own(fact("products", "set", None))
    tally = Tally(rules, at=AT, figures=[figure("all")], by=["products"])
    tally.add_row({"products": ["card", "loan"]}, received=DAY).add_row({"products": []}, received=DAY)
    assert numbers(tally.table("all", by="products")) == {"": 1, "card": 1, "loan": 1}


def test_a_row_received_later_is_noted_without_a_key_of_its_own() -> None:
    tally = Tally(RULES, at=AT, figures=[figure("all")]).add_row({}, received=dt.date(2026, 10, 9))
    assert (tally.seen, tally.problems["received_later"].n, tally.problems["received_later"].ids) == (0, 1, ())


def test_figures_may_be_values_of_the_policy() -> None:
    rules = own(f'[[figure]]\nid = "mine"\ntitle = {{ zh = "{NAMED["zh"]}", en = "A" }}')
    assert list(Tally(rules, at=AT, figures=[rules.figures["mine"]]).figures) == ["mine"]
