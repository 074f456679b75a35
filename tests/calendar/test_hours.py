"""Opening hours, quiet hours, and working time that is exact, additive and always found."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Callable

import pytest

from complaint_rules.calendar.hours import Hours, Opening, Quiet, Season
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.calendar.working_time import add_working_time, subtract_working_time, working_time_between
from complaint_rules.errors import CalendarUnpublished, InvalidHours, InvalidMoment, InvalidPeriod
from complaint_rules.moments import BEIJING
from complaint_rules.periods.pauses import Pause
from complaint_rules.periods.periods import Period
from tests.work import calls

CHINA = WorkCalendar.china()
LUNCH = Hours.of("09:00-12:00", "13:30-17:00")
BANK = CHINA.with_hours(LUNCH)
SHORT_SATURDAY = CHINA.with_hours(Hours.of("09:00-17:00", exceptions={"2026-10-10": ["09:00-12:00"]}))

STRICT = WorkCalendar.china(unpublished="refuse", as_known_on=dt.date(2026, 11, 21)).with_hours(LUNCH)
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


# Opening hours --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "written", "reason"),
    [
        ("09:00-12:00", "09:00–12:00", "plain"),
        (" 9:00 – 12:00 ", "09:00–12:00", "an en dash, spaces, one figure"),
        ("09:00至17:30", "09:00–17:30", "as Chinese texts have it"),
        ("09:00～17:30", "09:00–17:30", "a wide tilde"),
        ("00:00-24:00", "00:00–24:00", "the whole day"),
        ("08:30:15-12:00", "08:30:15–12:00", "with seconds"),
    ],
)
def test_a_span_is_read_as_people_write_it(text: str, written: str, reason: str) -> None:
    assert Opening.parse(text).text() == written, reason


@pytest.mark.parametrize(
    ("spans", "words", "reason"),
    [
        ((), "no span is given", "nothing to count"),
        (("09:00-09:00",), "it is empty", "no time in it"),
        (("17:00-09:00",), "runs backwards", "across midnight is two spans"),
        (("09:00-12:00", "11:00-17:00"), "overlap", "an hour would count twice"),
        (("09:00-12:00", "09:00-12:00"), "overlap", "the same twice"),
        (("9 to 5",), "two times of day", "no separator"),
        (("09:00",), "two times of day", "one time"),
        (("09:00-25:00",), "HH:MM from 00:00 to 24:00", "no such hour"),
        (("09:60-12:00",), "HH:MM", "no such minute"),
        (("09:00:60-12:00",), "HH:MM", "no such second"),
        (("morning-noon",), "HH:MM", "words"),
        ((9,), "two times of day", "no text"),
    ],
)
def test_hours_that_make_no_sense_are_refused(spans: tuple[str, ...], words: str, reason: str) -> None:
    with pytest.raises(InvalidHours, match=words):
        Hours.of(*spans)


def test_days_with_hours_of_their_own_are_checked_too() -> None:
    with pytest.raises(InvalidHours, match="hours of 2026-10-10: no span"):
        Hours.of("09:00-17:00", exceptions={"2026-10-10": []})
    with pytest.raises(InvalidHours, match="given twice"):
        Hours.of("09:00-17:00", exceptions={"2026-10-10": "09:00-12:00", dt.date(2026, 10, 10): "09:00-13:00"})
    with pytest.raises(InvalidHours, match="a date as 2026-10-10"):
        Hours.of("09:00-17:00", exceptions={"10 October": "09:00-12:00"})
    with pytest.raises(InvalidHours, match="a date without a time"):
        Hours.of("09:00-17:00", exceptions={at("2026-10-10"): "09:00-12:00"})
    with pytest.raises(InvalidHours, match="overlap or are out of order"):
        Hours(spans=(Opening.parse("13:00-14:00"), Opening.parse("09:00-10:00")))


def test_hours_say_when_a_day_opens_and_closes_whatever_order_they_were_given_in() -> None:
    hours = Hours.of("13:30-17:00", Opening.parse("09:00-12:00"), exceptions={"2026-10-10": "10:00-11:00"})
    assert hours.opening(dt.date(2026, 10, 9)) == at("2026-10-09 09:00")
    assert hours.closing(dt.date(2026, 10, 9)) == at("2026-10-09 17:00")
    assert hours.closing(dt.date(2026, 10, 10)) == at("2026-10-10 11:00")
    assert Hours.of("00:00-24:00").closing(dt.date(2026, 10, 9)) == at("2026-10-10 00:00")
    assert hours == pickle.loads(pickle.dumps(hours))  # noqa: S301 - our own bytes
    assert hours.text("en") == "09:00–12:00, 13:30–17:00; 2026-10-10: 10:00–11:00"


# Quiet hours ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("time", "permitted", "reason"),
    [
        ("07:59:59", False, "before the morning edge"),
        ("08:00", True, "the morning edge permits"),
        ("12:00", True, "noon"),
        ("18:00", True, "the evening edge permits"),
        ("18:00:01", False, "after it"),
        ("00:00", False, "midnight"),
    ],
)
def test_both_edges_of_the_quiet_hours_permit_contact(time: str, permitted: bool, reason: str) -> None:
    assert Quiet().permits(at(f"2026-09-30 {time}")) is permitted, reason


@pytest.mark.parametrize(
    ("formed", "due", "by", "reason"),
    [
        ("2026-09-30 17:30", "2026-09-30 19:30", "2026-09-30 18:00", "half an hour is left"),
        ("2026-09-30 18:00", "2026-09-30 20:00", "2026-09-30 18:00", "exactly at the edge"),
        ("2026-09-30 19:00", "2026-09-30 21:00", None, "only a deviation can meet it"),
        ("2026-09-30 18:00:01", "2026-10-01 07:59", None, "the whole night"),
        ("2026-09-30 19:00", "2026-10-01 08:00", "2026-10-01 08:00", "the morning edge is the due moment"),
        ("2026-09-30 10:00", "2026-09-30 12:00", "2026-09-30 12:00", "no quiet hour is touched"),
        ("2026-09-30 10:00", "2026-10-01 07:00", "2026-09-30 18:00", "due before morning: the evening before"),
        (None, "2026-10-01 07:00", "2026-09-30 18:00", "no start given"),
        ("2026-09-30 12:00", "2026-09-30 12:00", "2026-09-30 12:00", "the due moment is the first one that is left"),
        ("2026-09-30 19:00", "2026-09-30 19:00", None, "the same at night"),
    ],
)
def test_contact_by_is_the_last_permitted_moment_before_the_limit(
    formed: str | None, due: str, by: str | None, reason: str
) -> None:
    expected = None if by is None else at(by)
    assert Quiet().contact_by(at(due), None if formed is None else at(formed)) == expected, reason


@pytest.mark.parametrize(
    ("moment", "first", "last", "reason"),
    [
        ("2026-09-30 18:00", "2026-09-30 18:00", "2026-09-30 18:00", "at the evening edge: it alone is left"),
        ("2026-09-30 18:01", "2026-10-01 08:00", "2026-10-01 18:00", "after it"),
        ("2026-10-01 08:00", "2026-10-01 08:00", "2026-10-01 18:00", "at the morning edge"),
        ("2026-10-01 00:00", "2026-10-01 08:00", "2026-10-01 18:00", "at midnight"),
    ],
)
def test_a_window_has_both_its_edges(moment: str, first: str, last: str, reason: str) -> None:
    assert Quiet().window(at(moment)) == (at(first), at(last)), reason


def test_quiet_hours_within_a_day_work_the_same_way() -> None:
    siesta = Quiet.parse("12:00-14:00")
    assert [siesta.permits(at(f"2026-09-30 {t}")) for t in ("12:00", "13:00", "14:00", "23:00")] == [
        True,
        False,
        True,
        True,
    ]
    assert siesta.contact_by(at("2026-09-30 13:30")) == at("2026-09-30 12:00")
    assert Quiet.parse("22:00 - 24:00").end == dt.time(0)
    assert siesta.text() == "12:00–14:00"


def test_quiet_hours_that_make_no_sense_are_refused() -> None:
    with pytest.raises(InvalidHours, match="both edges are the same"):
        Quiet(start=dt.time(8), end=dt.time(8))
    with pytest.raises(InvalidHours, match=r"Quiet\.end"):
        Quiet(end="08:00")  # type: ignore[arg-type]
    with pytest.raises(InvalidHours, match="without a zone"):
        Quiet(start=dt.time(18, tzinfo=BEIJING))
    for text in ("18:00", 18):
        with pytest.raises(InvalidHours, match="two times of day"):
            Quiet.parse(text)  # type: ignore[arg-type]
    with pytest.raises(InvalidMoment, match="before not_before"):
        Quiet().contact_by(at("2026-09-30 10:00"), at("2026-09-30 11:00"))
    with pytest.raises(InvalidMoment, match="naive"):
        Quiet().contact_by(dt.datetime(2026, 9, 30, 10))  # noqa: DTZ001 - naive on purpose


# Working time ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("start", "hours", "end", "reason"),
    [
        ("2026-09-30 09:00", 3, "2026-09-30 12:00", "used up when the morning closes: 12:00, not 13:30"),
        ("2026-09-30 09:00", 3.5, "2026-09-30 14:00", "half an hour into the afternoon"),
        ("2026-09-30 12:00", 0.5, "2026-09-30 14:00", "a start at the close counts from the next opening"),
        ("2026-09-30 12:45", 0.5, "2026-09-30 14:00", "a start during lunch likewise"),
        ("2026-09-30 13:30", 3.5, "2026-09-30 17:00", "used up when the day closes"),
        ("2026-09-30 16:00", 1, "2026-09-30 17:00", "not the next morning"),
        ("2026-09-30 16:00", 2, "2026-10-08 10:00", "over the long holiday"),
        ("2026-10-01 10:00", 1, "2026-10-08 10:00", "a start on a holiday"),
        ("2026-10-09 16:30", 1, "2026-10-10 09:30", "into the make-up Saturday, which has its normal hours"),
        ("2026-09-30 07:10", 1, "2026-09-30 10:00", "a start before opening"),
        ("2026-09-30 23:00", 1, "2026-10-08 10:00", "a start after closing"),
        ("2026-01-01 00:00", 6.5 * 20, "2026-01-29 17:00", "twenty days from Sunday the 4th, a make-up day"),
    ],
)
def test_working_time_runs_within_the_hours_only(start: str, hours: float, end: str, reason: str) -> None:
    # osTicket/osTicket#6847, frappe/helpdesk#2212: the lunch break.
    assert add_working_time(BANK, at(start), hours * HOUR) == at(end), reason


def test_a_make_up_day_has_normal_hours_or_shorter_ones_where_they_are_given() -> None:
    # zendesk/biz#103, zendesk/biz#5: one weekend day must work.
    friday = at("2026-10-09 16:00")
    assert add_working_time(SHORT_SATURDAY, friday, 4 * HOUR) == at("2026-10-10 12:00"), "its three hours"
    assert add_working_time(SHORT_SATURDAY, friday, 5 * HOUR) == at("2026-10-12 10:00"), "the rest on Monday"
    normal = CHINA.with_hours(Hours.of("09:00-17:00"))
    assert add_working_time(normal, friday, 5 * HOUR) == at("2026-10-10 13:00")
    assert working_time_between(SHORT_SATURDAY, at("2026-10-10 00:00"), at("2026-10-12 00:00")) == 3 * HOUR
    closed = SHORT_SATURDAY.with_override(dt.date(2026, 10, 10), works=False, reason="flood")
    assert add_working_time(closed, friday, 4 * HOUR) == at("2026-10-12 12:00"), "a closed day has no hours"


@pytest.mark.parametrize(
    ("limit", "warning", "reason"),
    [
        ("2026-10-10 09:30", "2026-10-09 16:30", "on a make-up Saturday: back over the night to Friday"),
        ("2026-10-12 09:30", "2026-10-10 16:30", "on Monday: back to the make-up Saturday, not to Friday"),
        ("2026-10-08 09:30", "2026-09-30 16:30", "on the first day after the holiday"),
        ("2026-10-09 10:00", "2026-10-09 09:00", "at the opening, not at last night's close"),
        ("2026-10-09 13:45", "2026-10-09 11:15", "over lunch"),
        ("2026-10-09 14:30", "2026-10-09 13:30", "at the end of lunch"),
        ("2026-10-09 21:00", "2026-10-09 16:00", "a limit after closing"),
        ("2026-10-11 12:00", "2026-10-10 16:00", "a limit on a Sunday"),
        ("2026-10-09 00:00", "2026-10-08 16:00", "a limit at midnight never warns on itself"),
    ],
)
def test_one_working_hour_before_a_limit_is_neither_midnight_nor_the_limit(
    limit: str, warning: str, reason: str
) -> None:
    # glpi-project/glpi#22678, glpi-project/glpi#15357
    assert subtract_working_time(BANK, at(limit), HOUR) == at(warning), reason


def test_subtracting_respects_days_with_hours_of_their_own() -> None:
    assert subtract_working_time(SHORT_SATURDAY, at("2026-10-12 10:00"), 2 * HOUR) == at("2026-10-10 11:00")
    assert subtract_working_time(SHORT_SATURDAY, at("2026-10-12 10:00"), HOUR) == at("2026-10-12 09:00")
    assert subtract_working_time(SHORT_SATURDAY, at("2026-10-12 10:00"), 5 * HOUR) == at("2026-10-09 16:00")


@pytest.mark.parametrize(
    ("pauses", "end", "reason"),
    [
        ([], "2026-09-28 12:00", "none"),
        ([("2026-09-28 10:00", "2026-09-28 11:00")], "2026-09-28 14:30", "an hour of the morning"),
        ([("2026-09-28 10:00", "2026-09-28 10:00")], "2026-09-28 12:00", "an empty one changes nothing"),
        ([("2026-09-28 11:00", "2026-09-29 10:00")], "2026-09-29 11:00", "over a night"),
        ([("2026-09-27 00:00", "2026-09-28 10:00")], "2026-09-28 14:30", "one that began before the start"),
        ([("2026-09-01 10:00", "2026-09-02 10:00")], "2026-09-28 12:00", "one that was over before it"),
        (
            [("2026-09-28 11:00", "2026-09-28 12:00"), ("2026-09-28 10:00", "2026-09-28 11:00")],
            "2026-09-28 15:30",
            "touching, in any order",
        ),
        (
            [("2026-09-28 10:00", "2026-09-28 11:30"), ("2026-09-28 11:00", "2026-09-28 12:00")],
            "2026-09-28 15:30",
            "overlapping",
        ),
        ([("2026-10-20 10:00", "2026-10-21 10:00")], "2026-09-28 12:00", "later than the limit"),
    ],
)  # fmt: skip
def test_paused_time_is_not_counted(pauses: list[tuple[str, str]], end: str, reason: str) -> None:
    stops = [Pause(at(begin), at(finish)) for begin, finish in pauses]
    limit = Period.parse("3 working hours")
    assert limit.due_at(at("2026-09-28 09:00"), BANK, pauses=stops) == at(end), reason


def test_a_count_over_sixty_years_takes_no_longer_than_one_over_a_day() -> None:
    def cost(hours: int) -> int:
        return calls(lambda: add_working_time(BANK, at("2026-01-05 09:00"), hours * HOUR))

    cost(60_000)  # the years are laid out once
    assert cost(60_000) < 3 * cost(1), "no walk through the days"


@pytest.mark.parametrize("function", [add_working_time, subtract_working_time])
@pytest.mark.parametrize("time", [dt.timedelta(0), -HOUR, 3600])
def test_time_that_is_not_positive_is_refused(function: object, time: object) -> None:
    assert callable(function)
    with pytest.raises(InvalidPeriod, match="positive timedelta"):
        function(BANK, at("2026-09-30 10:00"), time)


def test_a_calendar_without_hours_is_refused_and_never_a_loop() -> None:
    # seppemans/businesstimedelta#9
    start, end = at("2026-09-30 10:00"), at("2026-10-09 10:00")
    for ask in (
        lambda: add_working_time(CHINA, start, HOUR),
        lambda: subtract_working_time(CHINA, start, HOUR),
        lambda: working_time_between(CHINA, start, end),
    ):
        with pytest.raises(InvalidHours, match="no opening hours"):
            ask()


def test_counting_out_of_what_is_known_is_refused() -> None:
    with pytest.raises(InvalidMoment, match="leads out"):
        add_working_time(BANK, at("2099-12-31 16:00"), 2 * HOUR)
    with pytest.raises(InvalidMoment, match="leads out"):
        add_working_time(SHORT_SATURDAY, at("2099-12-31 16:00"), 2 * HOUR)
    with pytest.raises(InvalidMoment, match="counting back leads before 2001"):
        subtract_working_time(BANK, at("2001-01-02 10:00"), 2 * HOUR)
    assert subtract_working_time(BANK, at("2001-01-02 10:00"), HOUR) == at("2001-01-02 09:00")
    with pytest.raises(CalendarUnpublished, match="2027"):
        add_working_time(STRICT, at("2026-12-28 16:00"), 2 * HOUR)
    assert add_working_time(STRICT, at("2026-12-28 16:00"), HOUR) == at("2026-12-28 17:00")
    assert add_working_time(SHORT_SATURDAY, at("2099-12-31 16:00"), HOUR) == at("2099-12-31 17:00")


def test_reversed_and_naive_moments_are_refused() -> None:
    with pytest.raises(InvalidMoment, match="lies before the start"):
        working_time_between(BANK, at("2026-10-09 10:00"), at("2026-09-30 10:00"))
    with pytest.raises(InvalidMoment, match="naive"):
        add_working_time(BANK, dt.datetime(2026, 9, 30, 10), HOUR)  # noqa: DTZ001 - naive on purpose


def test_a_moment_in_another_zone_is_reckoned_in_beijing() -> None:
    # zendesk/biz#142: 16:30 UTC on 30 September is half past midnight on 1 October, a holiday.
    start = dt.datetime(2026, 9, 30, 16, 30, tzinfo=dt.UTC)
    assert add_working_time(BANK, start, HOUR) == at("2026-10-08 10:00")
    assert working_time_between(BANK, start - HOUR, start) == dt.timedelta(0)
    assert working_time_between(BANK, dt.datetime(2026, 9, 30, 1, tzinfo=dt.UTC), start) == 6 * HOUR + 30 * MINUTE


# Hours by day of the week, season and date ----------------------------------------------------------------------------

SEASONS = Hours.of(
    "08:30-12:00", "14:00-17:30",
    weekdays={"saturday": ["09:00-12:00"]},
    seasons=[
        Season.of("05-01", "09-30", "08:30-12:00", "14:30-18:00", weekdays={"friday": ["08:30-12:00"]}),
        Season.of("12-15", "02-15", "09:00-16:00"),
    ],
    exceptions={"2026-02-14": ["09:00-11:00"]},
)  # fmt: skip


@pytest.mark.parametrize(
    ("day", "closes", "why"),
    [
        ("2026-09-29", "18:00", "a Tuesday of the summer"),
        ("2026-09-30", "18:00", "its last day, inclusive"),
        ("2026-10-08", "17:30", "no season: the normal hours"),
        ("2026-05-01", "12:00", "its first day is a Friday, and the summer has Fridays of its own"),
        ("2026-09-26", "12:00", "a Saturday of the summer: the day of the week prevails over the season"),
        ("2026-12-15", "16:00", "the winter begins"),
        ("2027-02-15", "16:00", "and ends in the next year"),
        ("2026-02-14", "11:00", "the date prevails over all: a Saturday in winter"),
    ],
)
def test_the_date_prevails_over_the_day_of_the_week_and_that_over_the_season(day: str, closes: str, why: str) -> None:
    assert f"{SEASONS.closing(dt.date.fromisoformat(day)):%H:%M}" == closes, why


def test_hours_by_season_and_day_of_the_week_are_written_in_both_languages() -> None:
    assert SEASONS.text("en") == (
        "08:30–12:00, 14:00–17:30; Sat: 09:00–12:00; 05-01 to 09-30: 08:30–12:00, 14:30–18:00; "
        "05-01 to 09-30 Fri: 08:30–12:00; 12-15 to 02-15: 09:00–16:00; 2026-02-14: 09:00–11:00"
    )
    assert SEASONS.text("zh") == (
        "08:30–12:00、14:00–17:30；周六：09:00–12:00；05-01至09-30：08:30–12:00、14:30–18:00；"
        "05-01至09-30 周五：08:30–12:00；12-15至02-15：09:00–16:00；2026-02-14：09:00–11:00"
    )
    assert pickle.loads(pickle.dumps(SEASONS)) == SEASONS  # noqa: S301 - our own bytes


@pytest.mark.parametrize(
    ("start", "time", "end", "why"),
    [
        ("2026-09-29T10:00", 5, "2026-09-29T17:30", "two hours before noon, three from 14:30"),
        ("2026-10-08T10:00", 5, "2026-10-08T17:00", "two hours before noon, three from 14:00"),
        (
            "2026-09-30T16:00",
            4,
            "2026-10-08T10:30",
            "two hours to 18:00, two from 08:30 on the 8th, as winter hours begin",
        ),
        ("2026-10-09T16:30", 3, "2026-10-10T11:00", "one to 17:30, two of a Saturday that works from 09:00"),
    ],
)
def test_working_time_follows_the_hours_of_each_day(start: str, time: int, end: str, why: str) -> None:
    calendar = CHINA.with_hours(SEASONS)
    assert add_working_time(calendar, at(start), time * HOUR) == at(end), why
    assert working_time_between(calendar, at(start), at(end)) == time * HOUR
    assert subtract_working_time(calendar, at(end), time * HOUR) == at(start)


def test_working_time_of_uneven_days_ends_with_the_days_that_are_published() -> None:
    strict = STRICT.with_hours(SEASONS)
    with pytest.raises(CalendarUnpublished):
        add_working_time(strict, at("2026-12-28T10:00"), 8 * HOUR)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Hours.of("09:00-17:00", weekdays={"saturdy": ["09:00-12:00"]}), "did you mean 'saturday'?"),
        (lambda: Hours.of("09:00-17:00", weekdays={"monday": []}), "the hours of monday: no span is given"),
        (lambda: Season.of("5-1", "09-30", "09:00-17:00"), "month and day are expected; got '5-1'; write '05-01'"),
        (lambda: Season.of("02-30", "09-30", "09:00-17:00"), "month and day are expected"),
        (lambda: Season.of("05-01", "09-30"), "the hours from 05-01 to 09-30: no span is given"),
        (
            lambda: Hours.of(
                "09:00-17:00",
                seasons=[Season.of("10-01", "04-30", "09:00-16:00"), Season.of("04-30", "09-30", "08:00-17:00")],
            ),
            "the hours of 04-30: two seasons hold on it",
        ),
    ],
)
def test_hours_that_cannot_be_are_refused(make: Callable[[], object], words: str) -> None:
    with pytest.raises(InvalidHours) as refused:
        make()
    assert words in str(refused.value)
