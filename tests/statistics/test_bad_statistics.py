"""Input that cannot be counted: refused with its place and what was likely meant, or counted apart and listed.

What is wrong with the call is refused, and leaves the tally as it was. What is wrong with one record among many is
counted apart with its key: never dropped in silence, never a wrong percentage.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any, NamedTuple

import attrs
import pytest

from complaint_rules import Span, Tally, WorkCalendar, assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.cases.case import Case
from complaint_rules.errors import (
    ComplaintRulesError,
    InvalidComplaint,
    InvalidEvent,
    InvalidFigure,
    InvalidMoment,
    InvalidPolicy,
    InvalidSpan,
    InvalidTally,
)
from complaint_rules.policy.policy import Policy
from complaint_rules.reports import report_of, to_markdown
from complaint_rules.statistics import CaseCount, LimitRuns, Money, Share, Times
from complaint_rules.version import VERSION
from tests.by_hand import complaint, ev
from tests.golden import policy_of
from tests.small import TITLE, own
from tests.statistics.tallied import NAMED, SMALL, cells, end_of, figure, numbers, took

AT = end_of("2026-10-08")
DAY = dt.date(2026, 9, 1)
BY: Any = ["channel", "month", ("channel", "month"), "received_by", "kind"]
FIGURES: Any = (
    figure("all"),
    figure("satisfaction", share="satisfied", of="satisfied or not satisfied"),
    figure("timely", limit="whole"),
    figure("handling", time=took("received", "closed", "days")),
    figure("worth", sum="amount"),
)
BASES: Any = ({"id": "first_of_all", "title": NAMED, "counts": "not repeat", "as": "again"},)
PSBC = policy_of("psbc-95580")
MADE_OF: Any = Tally
CASE = Case(complaint("2026-09-01T09:00"), [ev("closed", "2026-09-02T10:00")])
Errors = type[ComplaintRulesError] | tuple[type[ComplaintRulesError], ...]


def fresh(**more: Any) -> Tally:
    return Tally(SMALL, **{"at": AT, "figures": FIGURES, "by": BY, "bases": BASES, **more})


class Bad(NamedTuple):
    """What is done, which error it has to be, and words that its text has to hold: the place, the likely intent."""

    why: str
    act: Callable[[], Any]
    error: Errors
    says: tuple[str, ...] = ()


def refused(row: Bad) -> str:
    with pytest.raises(row.error) as caught:
        row.act()
    return str(caught.value)


def named(row: Bad) -> str:
    return row.why


# --- how a tally is made -------------------------------------------------------------------------------------------

MADE = [
    Bad("a naive moment", lambda: fresh(at=dt.datetime(2026, 10, 8)), InvalidMoment, ("at",)),  # noqa: DTZ001 - meant
    Bad("a policy by its name", lambda: MADE_OF("psbc-95580", at=AT), ComplaintRulesError, ("load_policy",)),
    Bad("a name that nothing has", lambda: fresh(by=["chanel"]), InvalidTally, ("chanel", "'channel'")),
    Bad("a name that nothing has, of two", lambda: fresh(by=[("kind", "mnth")]), InvalidTally, ("mnth", "'month'")),
    Bad("four names at once", lambda: fresh(by=[("kind", "channel", "month", "again")]), InvalidTally, ("3",)),
    Bad("a number as a name", lambda: fresh(by=[3]), InvalidTally, ("3",)),
    Bad("one text for several groupings", lambda: fresh(by="channel"), InvalidTally, ("channel",)),
    Bad("an unknown unit of a date", lambda: fresh(by=["received.moth"]), InvalidTally, ("moth", "month")),
    Bad("an unknown event", lambda: fresh(by=["clsed.month"]), InvalidTally, ("clsed", "closed")),
    Bad("how an unknown limit stands", lambda: fresh(by=["standing(hole)"]), InvalidTally, ("hole", "'whole'")),
    Bad("who had it by an unknown limit", lambda: fresh(by=["holder_at_breach(hole)"]), InvalidTally, ("'whole'",)),
    Bad("one figure for several", lambda: fresh(figures="all"), InvalidTally, ("all",)),
    Bad(
        "a figure that the policy has not",
        lambda: Tally(PSBC, at=AT, figures=["timelines"]), ComplaintRulesError, ("'timeliness'",),
    ),
    Bad("the same figure twice", lambda: fresh(figures=[FIGURES[0], FIGURES[0]]), ComplaintRulesError, ("all",)),
    Bad("no day at which they begin", lambda: fresh(covers=(None, DAY)), InvalidSpan, ("covers",)),
    Bad("days the wrong way round", lambda: fresh(covers=(DAY, dt.date(2026, 8, 1))), InvalidSpan, ("covers", "order")),
    Bad("one day for two", lambda: fresh(covers=DAY), InvalidSpan, ("covers",)),
    Bad("a calendar by its name", lambda: fresh(calendar="china"), ComplaintRulesError, ("calendar",)),
]  # fmt: skip


@pytest.mark.parametrize("row", MADE, ids=named)
def test_what_no_tally_can_be_made_of_is_refused(row: Bad) -> None:
    text = refused(row)
    assert [word for word in row.says if word not in text] == [], text


# --- what a figure or a counting rule says -------------------------------------------------------------------------

Faulty = (InvalidFigure, InvalidPolicy, InvalidTally)
"""A figure or counting rule given with the call may be refused as such, or with all its faults as a file is."""


def with_figure(**keys: Any) -> Callable[[], Tally]:
    return lambda: fresh(figures=[{"id": "own_one", "title": NAMED, **keys}])


def with_basis(**keys: Any) -> Callable[[], Tally]:
    return lambda: fresh(bases=[{"id": "own_one", "title": NAMED, **keys}])


SAID = [
    Bad("two shapes", with_figure(share="satisfied", limit="whole"), Faulty, ("limit",)),
    Bad("an unknown key", with_figure(shar="satisfied"), Faulty, ("shar", "'share'")),
    Bad("no id", lambda: fresh(figures=[{"title": NAMED}]), Faulty, ("id",)),
    Bad("an unknown limit", with_figure(limit="hole"), Faulty, ("hole", "whole")),
    Bad("an unknown fact in a condition", with_figure(share="satisfed"), ComplaintRulesError, ("satisfied",)),
    Bad("a sum of what is no amount", with_figure(sum="units"), Faulty, ("sum", "amount")),
    Bad("a time in no unit", with_figure(time=took("received", "closed", "fortnights")), Faulty, ("unit",)),
    Bad("a time without an end", with_figure(time={"from": "received", "unit": "days"}), Faulty, ("until",)),
    Bad("placed by an unknown event", with_figure(dated="clsed"), Faulty, ("clsed", "closed")),
    Bad("a rate of no limit", with_figure(rate="due"), Faulty, ("rate",)),
    Bad("neither start nor end", with_figure(stock="middle"), Faulty, ("stock",)),
    Bad("a rule of an unknown fact", with_basis(counts="repeet"), ComplaintRulesError, ("repeat",)),
    Bad("a rule with an unknown table", with_basis(counts="repeat", **{"as": "agan"}), Faulty, ("again",)),
    Bad("a weight that is no number", with_basis(weight="satisfied"), Faulty, ("weight",)),
    Bad("an unknown weight", with_basis(weight="complainant"), Faulty, ("complainants",)),
    Bad(
        "a rule over before it began", with_basis(since=dt.date(2026, 1, 1), until=dt.date(2025, 1, 1)), Faulty,
        ("until",),
    ),
    Bad("an unknown rule by name", lambda: fresh(bases=["mergd"]), ComplaintRulesError, ("mergd",)),
    Bad("the same rule twice", lambda: fresh(bases=[*BASES, *BASES]), ComplaintRulesError, ("first_of_all",)),
]  # fmt: skip


@pytest.mark.parametrize("row", SAID, ids=named)
def test_a_figure_or_counting_rule_that_is_none_is_refused(row: Bad) -> None:
    text = refused(row)
    assert [word for word in row.says if word not in text] == [], text


def test_two_counting_rules_of_one_figure_are_never_in_force_on_one_day() -> None:
    """`merged` begins in December, `raw` ends with the year."""
    parts = [
        f'[[basis]]\nid = "raw_each"\n{TITLE}\nuntil = 2021-12-31',
        f'[[basis]]\nid = "merged_once"\n{TITLE}\ncounts = "not repeat"\nsince = 2021-12-01\nreplaces = "raw_each"',
        f'[[figure]]\nid = "all"\n{TITLE}\nbasis = ["raw_each", "merged_once"]',
    ]
    with pytest.raises(InvalidPolicy) as caught:
        own(*parts)
    assert "raw_each" in str(caught.value)
    assert "merged_once" in str(caught.value)


# --- what is counted -----------------------------------------------------------------------------------------------


def row(facts: Any = None, **more: Any) -> Callable[[Any], Any]:
    return lambda tally: tally.add_row({} if facts is None else facts, **{"received": DAY, "id": "r-1", **more})


def assessed(day: str, policy: Policy = SMALL) -> Assessment:
    return assess(CASE, policy, at=end_of(day))


def merged(**more: Any) -> Callable[[Any], Any]:
    return lambda tally: tally.merge(fresh(**more))


class Wrong(NamedTuple):
    """What is added, which error it has to be, and words that its text has to hold."""

    why: str
    act: Callable[[Any], Any]
    error: Errors
    says: tuple[str, ...] = ()


COUNTED_WRONG = [
    Wrong("a text", lambda tally: tally.add("c-1"), ComplaintRulesError),
    Wrong("a case as data", lambda tally: tally.add({"complaint": {}}), ComplaintRulesError),
    Wrong("one for several", lambda tally: tally.update(CASE), ComplaintRulesError),
    Wrong("minus once", lambda tally: tally.add(CASE, times=-1), (InvalidTally, InvalidFigure), ("times",)),
    Wrong("once and a half", lambda tally: tally.add(CASE, times=1.5), (InvalidTally, InvalidFigure), ("times",)),
    Wrong("twice as a text", lambda tally: tally.add(CASE, times="2"), (InvalidTally, InvalidFigure), ("times",)),
    Wrong("yes", lambda tally: tally.add(CASE, times=True), (InvalidTally, InvalidFigure), ("times",)),
    Wrong("links and assessment", lambda tally: tally.add(assessed("2026-10-08"), links={}), InvalidTally, ("links",)),
    Wrong("as at another moment", lambda tally: tally.add(assessed("2026-10-07")), InvalidTally, ("2026-10-07",)),
    Wrong("by another policy", lambda tally: tally.add(assessed("2026-10-08", PSBC)), InvalidTally, ("psbc-95580",)),
    Wrong("facts that are no mapping", row(["channel"]), ComplaintRulesError),
    Wrong("a fact of another name", row({"chanel": "phone"}), ComplaintRulesError, ("chanel", "'channel'")),
    Wrong("a channel there is not", row({"channel": "phon"}), ComplaintRulesError, ("phon", "'phone'")),
    Wrong("a truth that is a text", row({"satisfied": "yes"}), ComplaintRulesError, ("satisfied",)),
    Wrong("an amount that is not exact", row({"amount": 0.1}), ComplaintRulesError, ("amount",)),
    Wrong("a value with a line break", row({"kind": "cards\nloans"}), ComplaintRulesError, ("kind",)),
    Wrong("a value of another type", row({"kind": 3}), ComplaintRulesError, ("kind",)),
    Wrong("a day as a text", row(received="2026-13-01"), ComplaintRulesError, ("received",)),
    Wrong("a naive moment of receipt", row(received=dt.datetime(2026, 9, 1, 9)), ComplaintRulesError, ("received",)),  # noqa: DTZ001 - meant
    Wrong("an event there is not", row(events={"close": DAY}), ComplaintRulesError, ("close", "closed")),
    Wrong("an event on no day", row(events={"closed": 3}), ComplaintRulesError, ("closed",)),
    Wrong("events that are no mapping", row(events=["closed"]), ComplaintRulesError, ("events",)),
    Wrong("a limit there is not", row(standings={"hole": "late"}), ComplaintRulesError, ("hole", "'whole'")),
    Wrong("a class there is not", row(standings={"whole": "overdue"}), ComplaintRulesError, ("overdue", "open_late")),
    Wrong("a class not quite", row(standings={"whole": "in_tme"}), ComplaintRulesError, ("in_tme", "'in_time'")),
    Wrong("a row minus once", row(times=-1), (InvalidTally, InvalidFigure), ("times",)),
    Wrong("a tally of another moment", merged(at=end_of("2026-10-07")), InvalidTally, ("2026-10-07",)),
    Wrong("a tally of other figures", merged(figures=FIGURES[:2]), InvalidTally),
    Wrong("a tally of other groupings", merged(by=BY[:2]), InvalidTally),
    Wrong("a tally of other counting rules", merged(bases=()), InvalidTally),
    Wrong("a tally of another policy", lambda tally: tally.merge(Tally(PSBC, at=AT)), InvalidTally, ("psbc-95580",)),
    Wrong("what is no tally", lambda tally: tally.merge({"seen": 3}), ComplaintRulesError),
]  # fmt: skip


@pytest.mark.parametrize("wrong", COUNTED_WRONG, ids=named)
def test_what_cannot_be_counted_is_refused_and_the_tally_stays_as_it_was(wrong: Wrong) -> None:
    tally, before = fresh().add(CASE), fresh().add(CASE)
    with pytest.raises(wrong.error) as caught:
        wrong.act(tally)
    text = str(caught.value)
    assert [word for word in wrong.says if word not in text] == [], text
    assert tally == before


def test_an_error_about_a_row_names_its_key_and_shows_no_customer() -> None:
    """Keys of complainants are opaque, and still no business of an error."""
    with pytest.raises(ComplaintRulesError) as caught:
        fresh().add_row({"complainant_keys": {"k-secret"}, "chanel": "phone"}, received=DAY, id="r-77")
    assert "r-77" in str(caught.value)
    assert "k-secret" not in str(caught.value)


def test_adding_what_is_no_tally_is_refused() -> None:
    other: Any = "x"
    with pytest.raises((ComplaintRulesError, TypeError)):
        fresh() + other


def test_nothing_is_merged_into_nothing() -> None:
    """Without a tally nobody knows what was to be counted."""
    with pytest.raises(InvalidTally):
        Tally.merged([])


def by_channel(**more: Any) -> Any:
    return fresh().add_row({"channel": "phone"}, received=DAY).table("all", by="channel", **more)


# --- what is asked of it -------------------------------------------------------------------------------------------

ASKED = [
    Bad("a figure it has not", lambda: fresh()["satisfacton"], ComplaintRulesError, ("'satisfaction'",)),
    Bad("a table of one", lambda: fresh().table("satisfacton"), ComplaintRulesError, ("'satisfaction'",)),
    Bad("a grouping it has not", lambda: fresh().table("all", by="chanel"), ComplaintRulesError, ("'channel'",)),
    Bad("a name it was not made with", lambda: fresh().table("all", by="again"), InvalidTally, ("again",)),
    Bad("another order", lambda: fresh().table("all", by=("month", "channel")), InvalidTally, ("channel",)),
    Bad("an unknown rule", lambda: fresh().table("all", basis="first"), ComplaintRulesError, ("first_of_all",)),
    Bad("how many by none of its rules", lambda: fresh().counted("first"), ComplaintRulesError, ("first_of_all",)),
    Bad("durations by a counting rule", lambda: fresh().table("handling", basis="first_of_all"), ComplaintRulesError),
    Bad("2026Q5", lambda: Span.parse("2026Q5"), InvalidSpan, ("2026Q5", "2026Q3")),
    Bad("a month by another name", lambda: Span.of(DAY, "moth"), InvalidSpan, ("'month'",)),
    Bad("per nothing", lambda: by_channel().scaled({}, 0), InvalidFigure, ("per",)),
    Bad("a base below 0", lambda: by_channel().scaled({"phone": -1}, 1000), InvalidFigure),
    Bad("a k that keeps nothing back", lambda: by_channel().pooled(1), InvalidFigure, ("k",)),
    Bad(
        "a change of another figure", lambda: by_channel().change(fresh().table("satisfaction", by="channel")),
        (InvalidFigure, InvalidTally),
    ),
    Bad("a rate by no word", lambda: fresh()["timely"].rate("good"), InvalidFigure, ("due",)),
]  # fmt: skip


@pytest.mark.parametrize("bad", ASKED, ids=named)
def test_what_it_cannot_say_is_refused(bad: Bad) -> None:
    text = refused(bad)
    assert [word for word in bad.says if word not in text] == [], text


def test_no_bare_key_error_comes_out() -> None:
    """Whatever is looked up, the error is one of the library's own."""
    acts: list[Callable[[], Any]] = [
        lambda: fresh()["x"], lambda: fresh().table("all", by="x"), lambda: by_channel().rows["x"],
    ]  # fmt: skip
    for act in acts:
        with pytest.raises(ComplaintRulesError):
            act()


# --- data that are no tally ----------------------------------------------------------------------------------------


def data() -> Any:
    tally = fresh().add(CASE).add_row({"channel": "phone", "repeat": True}, received=DAY, id="r-1")
    return json.loads(json.dumps(tally.to_dict()))


def test_what_it_gave_is_read_back() -> None:
    assert Tally.from_dict(SMALL, data()).to_dict() == data()


NO_TALLY: list[tuple[str, Any]] = [
    ("nothing", None),
    ("a text", "tally"),
    ("a list", []),
    ("no fields", {}),
]


@pytest.mark.parametrize(("why", "given"), NO_TALLY, ids=[why for why, _ in NO_TALLY])
def test_what_is_no_tally_is_not_read_as_one(why: str, given: Any) -> None:
    with pytest.raises(ComplaintRulesError):
        Tally.from_dict(SMALL, given)


def test_a_tally_of_another_policy_is_not_read() -> None:
    with pytest.raises(InvalidTally) as caught:
        Tally.from_dict(PSBC, data())
    assert "own" in str(caught.value)


def test_a_tally_with_a_field_missing_is_not_read() -> None:
    for field in data():
        given = data()
        del given[field]
        with pytest.raises(ComplaintRulesError) as caught:
            Tally.from_dict(SMALL, given)
        assert field in str(caught.value)


@pytest.mark.parametrize("value", [-1, "x", ["x"], {"x": 1}, 1.5, True], ids=repr)
def test_a_field_of_another_kind_is_refused(value: Any) -> None:
    """Never an error of Python's own, and never read as if nothing were wrong."""
    for field in data():
        with pytest.raises(ComplaintRulesError):
            Tally.from_dict(SMALL, {**data(), field: value})


def test_a_tally_with_a_field_more_is_not_read() -> None:
    with pytest.raises(ComplaintRulesError) as caught:
        Tally.from_dict(SMALL, {**data(), "sene": 3})
    assert "sene" in str(caught.value)


def test_a_tally_of_another_definition_is_not_taken_for_this_one() -> None:
    """The definition is part of the data: what was counted by other figures cannot be added."""
    other = Tally.from_dict(SMALL, json.loads(json.dumps(fresh(figures=FIGURES[:1]).to_dict())))
    assert other.signature != fresh().signature
    with pytest.raises(InvalidTally):
        fresh().merge(other)


def test_the_signature_is_of_the_definition_and_not_of_what_was_counted() -> None:
    assert fresh().signature == fresh().add(CASE).signature
    changed = fresh(figures=[figure("all", of="repeat"), *FIGURES[1:]])  # the same name, another meaning
    assert changed.signature != fresh().signature


def test_a_figure_of_another_definition_is_not_counted_by_that_of_its_name() -> None:
    """A definition passed as it was read would else be dropped in silence for the policy's own."""
    own_one = PSBC.figures["received"]
    assert list(Tally(PSBC, at=AT, figures=[own_one]).figures) == ["received"]
    with pytest.raises(InvalidTally) as caught:
        Tally(PSBC, at=AT, figures=[attrs.evolve(own_one, decimals=2)])
    assert (caught.value.value, caught.value.why) == ("received", "the policy defines it otherwise")


def test_the_days_of_every_year_up_to_now_are_part_of_the_definition() -> None:
    """A case of 2024 counted by other working days of 2024 is counted otherwise; 2027 has not begun."""
    china = WorkCalendar.china()
    before = china.with_override(dt.date(2024, 3, 5), works=False, reason="own")
    after = china.with_override(dt.date(2027, 3, 2), works=False, reason="own")
    with pytest.raises(InvalidTally):
        fresh(calendar=china).merge(fresh(calendar=before))
    assert fresh(calendar=china).signature == fresh(calendar=after).signature


def test_a_tally_tells_by_which_versions_of_the_library_it_was_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    """An archive stays readable after an upgrade; what was counted by another version is told, and so is a mixture."""
    given = data()
    assert given["libraries"] == [VERSION]
    monkeypatch.setattr("complaint_rules.statistics.tally.VERSION", "99.0")
    old = Tally.from_dict(SMALL, given)
    assert old.libraries == {VERSION}
    assert old.to_dict() == given
    both = fresh()
    assert both.libraries == frozenset()
    both.add_row({}, received=DAY)
    assert both.libraries == {"99.0"}
    assert both.merge(old).libraries == old.add_row({}, received=DAY).libraries == {VERSION, "99.0"}
    assert f"counted by these versions of the library: {VERSION}, 99.0" in to_markdown(report_of(both), "en")
    assert "counted by" not in to_markdown(report_of(fresh()), "en")


# --- records that are wrong: counted apart, and listed -------------------------------------------------------------


def test_what_was_sent_before_it_came_is_impossible_and_listed() -> None:
    tally = fresh()
    tally.add_row({}, received=DAY, events={"closed": DAY - dt.timedelta(1)}, id="r-back")
    assert tally["handling"] == Times(unit=tally["handling"].unit, impossible=1)
    assert (tally["handling"].median, tally["handling"].mean) == (None, None)
    assert tally["all"] == CaseCount(n=1)
    assert tuple(tally.problems["ended_before_begun"].ids) == ("r-back",)


def test_a_case_closed_before_it_came_is_impossible_and_listed() -> None:
    tally = fresh()
    tally.add(Case(complaint("2026-09-01T09:00", key="c-back"), [ev("closed", "2026-08-31T10:00")]))
    assert tally["handling"].impossible == 1
    assert tuple(tally.problems["ended_before_begun"].ids) == ("c-back",)


def test_what_was_received_after_the_moment_is_counted_nowhere_and_listed() -> None:
    tally = fresh()
    tally.add_row({}, received=dt.date(2026, 10, 9), id="r-late")
    tally.add(complaint("2026-10-09T00:00", key="c-late"))
    assert (tally.seen, tally["all"], tally["timely"]) == (0, CaseCount(), LimitRuns())
    assert (tally.problems["received_later"].n, set(tally.problems["received_later"].ids)) == (2, {"r-late", "c-late"})


def test_a_missing_closing_is_open_and_one_of_unknown_day_is_closed() -> None:
    tally = fresh(figures=[*FIGURES, figure("closed_ones", dated="closed")])
    tally.add_row({}, received=DAY, id="r-open")
    tally.add_row({}, received=DAY, events={"closed": None}, id="r-some-day")
    assert (tally["handling"].still_open, tally["handling"].unknown, tally["closed_ones"].n) == (1, 1, 1)
    assert numbers(tally.table("closed_ones", by="month")) == {None: 1}


def test_a_row_that_does_not_say_how_a_limit_stands_is_undetermined() -> None:
    tally = fresh().add_row({}, received=DAY)
    assert tally["timely"] == LimitRuns(undetermined=1)
    assert tally["timely"].value is None


def test_a_case_whose_level_is_on_no_list_is_refused_as_when_it_is_assessed() -> None:
    """A level that there is not is most likely a slip: it is no group, and not the unknown one either."""
    tally = Tally(PSBC, at=AT, by=["received_by"])
    with pytest.raises(ComplaintRulesError) as caught:
        tally.add(complaint("2026-09-01T09:00", channel="phone", received_by="outlett"))
    assert "did you mean 'outlet'?" in str(caught.value)
    assert tally == Tally(PSBC, at=AT, by=["received_by"])


def test_an_amount_that_is_no_whole_fen_is_in_no_sum_and_listed() -> None:
    tally = fresh()
    tally.add_row({"amount": Decimal("1.005")}, received=DAY, id="r-half-fen")
    tally.add_row({"amount": Decimal("2.10")}, received=DAY, id="r-fine")
    assert tally["worth"] == Money(fen=210, n=1, unknown=1)
    assert {key for noted in tally.problems.values() for key in noted.ids} == {"r-half-fen"}


def test_a_group_named_like_a_formula_is_a_group() -> None:
    found = fresh().add_row({"kind": "=1+1"}, received=DAY).table("all", by="kind")
    assert numbers(found) == {"=1+1": 1}


def test_up_to_twenty_keys_are_listed_and_all_are_counted() -> None:
    tally = fresh()
    for n in range(25):
        tally.add_row({}, received=DAY, events={"closed": DAY - dt.timedelta(1)}, id=f"r-{n:02d}", times=2)
    noted = tally.problems["ended_before_begun"]
    assert (noted.n, len(noted.ids)) == (50, 20)
    assert set(noted.ids) < {f"r-{n:02d}" for n in range(25)}


def test_which_keys_are_listed_does_not_hang_on_the_order() -> None:
    parts = []
    for n in range(25):
        tally = fresh().add_row({}, received=DAY, events={"closed": DAY - dt.timedelta(1)}, id=f"r-{n:02d}")
        parts.append(tally)
    forward, backward = Tally.merged(parts), Tally.merged(reversed(parts))
    assert forward.problems["ended_before_begun"] == backward.problems["ended_before_begun"]
    assert forward == backward


def test_the_same_key_is_listed_once() -> None:
    tally = fresh()
    for _ in range(3):
        tally.add_row({}, received=DAY, events={"closed": DAY - dt.timedelta(1)}, id="r-1")
    assert (tally.problems["ended_before_begun"].n, tuple(tally.problems["ended_before_begun"].ids)) == (3, ("r-1",))


# --- nothing there is no percentage --------------------------------------------------------------------------------


def test_an_empty_tally_has_no_rate() -> None:
    tally = fresh()
    assert (tally["satisfaction"], tally["satisfaction"].value) == (Share(), None)
    assert [tally["timely"].rate(of) for of in ("due", "ended", "all")] == [None, None, None]
    assert tally["satisfaction"].bounds == tally["timely"].bounds == (None, None)
    assert tally["handling"].median is None


def test_shares_of_nothing_are_no_shares() -> None:
    assert cells(fresh().table("all", by="channel").share()) == {}


def test_a_base_of_nothing_or_missing_gives_no_figure_and_no_total() -> None:
    tally = fresh()
    for channel in ("phone", "visit", "letter"):
        tally.add_row({"channel": channel}, received=DAY)
    found = tally.table("all", by="channel").scaled({"phone": 500, "visit": 0}, 1000)
    assert cells(found) == {"letter": None, "phone": Fraction(2), "visit": None}
    assert found.total is None


def test_times_zero_counts_nothing() -> None:
    """A line of an export that stands for no case is no case, and no mistake."""
    assert fresh().add_row({"channel": "phone"}, received=DAY, times=0).table("all", by="channel").rows == {}
    assert fresh().add(CASE, times=0) == fresh()


def test_the_errors_are_those_of_the_tree() -> None:
    assert issubclass(InvalidTally, ComplaintRulesError)
    assert not issubclass(InvalidTally, (InvalidComplaint, InvalidEvent))
