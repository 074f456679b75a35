"""Days that cannot change silently: what the package `holidays` gives is held against what this library holds."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Final

import holidays
import pytest

from complaint_rules import Complaint, WorkCalendar, assess, load_policy
from complaint_rules.calendar import day_data as module
from complaint_rules.calendar.day_data import (
    DayData,
    DayDifference,
    compared_with,
    day_data,
    differences,
    notice_year,
    package_days,
    refused,
)
from complaint_rules.calendar.published import published
from complaint_rules.errors import CalendarDiffers, InvalidNotice
from complaint_rules.mappings import FrozenMap

D = dt.date
LOST: Final = D(2025, 4, 27)
"""A make-up Sunday for 5 May 2025: a package that lost it would rest on a day that worked."""


class StandIn:
    """A package with the days of the installed one, some of them changed: by day the label, None where it is lost."""

    def __init__(self, **changed: str | None) -> None:
        self._changed = {
            D.fromisoformat(day.removeprefix("d").replace("_", "-")): label for day, label in changed.items()
        }

    def country_holidays(self, code: str, **asked: Any) -> dict[dt.date, str]:
        found = dict(holidays.country_holidays(code, **asked).items()) | {
            day: label for day, label in self._changed.items() if label is not None
        }
        return {day: label for day, label in found.items() if self._changed.get(day, "") is not None}


def told(package: Any) -> list[str]:
    return [one.explain("en") for one in compared_with(lambda: package_days(package))]


EXCHANGED: Final = "休息日（{}日起取代）"

CHANGED: list[tuple[str, dict[str, str | None], list[str]]] = [
    ("nothing", {}, []),
    ("a day off in exchange is lost, and with it the Sunday worked for it", {"d2025_05_05": None},
        ["2025-04-27: worked for 2025-05-05, not an ordinary day",
         "2025-05-05: off for 2025-04-27, not an ordinary day"]),
    ("a statutory day is lost", {"d2024_09_17": None}, ["2024-09-17: statutory: 中秋节, not an ordinary day"]),
    ("a statutory day has another name", {"d2024_09_17": "端午节"},
        ["2024-09-17: statutory: 中秋节, not statutory: 端午节"]),
    ("a day that is none is added to a past year", {"d2024_07_03": "端午节"},
        ["2024-07-03: an ordinary day, not statutory: 端午节"]),
    ("a weekday off that nobody works for", {"d2023_07_03": "庆典"},
        ["2023-07-03: an ordinary day, not off by notice"]),
    ("another day is worked for a day off", {"d2026_10_07": EXCHANGED.format("2026-10-11")},
        ["2026-10-07: off for 2026-10-10, not off for 2026-10-11",
         "2026-10-10: worked for 2026-10-07, not an ordinary day",
         "2026-10-11: an ordinary day, not worked for 2026-10-07"]),
    ("an exchange of a year whose notice this library does not know is no difference",
        {"d2027_02_10": EXCHANGED.format("2027-02-20")}, []),
    ("one stray label of 2030 is none either", {"d2030_07_03": EXCHANGED.format("2030-07-06")}, []),
    ("a festival by law of a year to come has moved", {"d2030_09_12": None},
        ["2030-09-12: statutory: 中秋节, not an ordinary day"]),
]  # fmt: skip


@pytest.mark.parametrize(("why", "changed", "said"), CHANGED, ids=[why for why, *_ in CHANGED])
def test_a_package_that_says_something_else_is_named_day_by_day(
    why: str, changed: dict[str, str | None], said: list[str]
) -> None:
    assert told(StandIn(**changed)) == said, why


def test_the_installed_package_agrees_with_what_is_held() -> None:
    assert differences(day_data(), package_days()) == ()
    assert dict(day_data().statutory) == dict(package_days().statutory)


FORMS: list[tuple[str, Any, str]] = [
    ("a package without China", SimpleNamespace(), "its days cannot be read; got 'AttributeError'"),
    ("labels that are no texts", StandIn(d2026_10_01=5), "its days cannot be read; got 'AttributeError'"),  # type: ignore[arg-type]
    ("a date that is none", StandIn(d2026_10_07=EXCHANGED.format("2026-99-99")),
        "its days cannot be read; got 'ValueError'"),
    ("festivals in another language", SimpleNamespace(country_holidays=lambda code, **asked: dict(
        holidays.country_holidays(code, **(asked | {"language": "en_US"})).items())),
        "its texts have another form than this library reads"),
    ("exchanges in other words", SimpleNamespace(country_holidays=lambda code, **asked: {
        day: label.partition("（")[0] for day, label in holidays.country_holidays(code, **asked).items()}),
        "its texts have another form than this library reads"),
]  # fmt: skip


@pytest.mark.parametrize(("why", "package", "said"), FORMS, ids=[why for why, *_ in FORMS])
def test_a_package_whose_form_changed_is_told_so_in_words(why: str, package: Any, said: str) -> None:
    with pytest.raises(CalendarDiffers) as caught:
        told(package)
    assert said in str(caught.value), why
    assert "differing='pinned'" in caught.value.hint


def test_a_refusal_names_the_first_days_and_how_many_more() -> None:
    one = DayDifference(day=LOST, held="worked for 2025-05-05", given="")
    assert refused([one]).value == "2025-04-27"
    many = [DayDifference(day=LOST + dt.timedelta(days=n), held="", given="off by notice") for n in range(9)]
    assert str(refused(many).value).endswith("2025-05-01 and 4 more")


def test_a_difference_is_said_in_chinese() -> None:
    one = DayDifference(day=LOST, held="worked for 2025-05-05", given="")
    assert one.explain("zh") == "2025-04-27：本库所载为补班日，换休2025-05-05，所装holidays包为寻常日"


def test_the_days_of_every_notice_are_held_and_no_year_without_one_is_final() -> None:
    assert (day_data().last_year, max(published().notices)) == (2026, 2026)
    assert WorkCalendar.china().final_through == D(2026, 12, 28)
    assert [year for year, notice in published().notices.items() if notice.issued is None] == [*range(2001, 2007)]


@pytest.mark.parametrize(
    ("day", "year"), [(D(2025, 12, 28), 2025), (D(2025, 12, 29), 2026), (D(2026, 1, 1), 2026)], ids=str
)
def test_from_29_december_on_a_day_belongs_to_the_notice_of_the_next_year(day: dt.date, year: int) -> None:
    assert notice_year(day) == year


# --- what a calendar does with a package that differs ---


@pytest.fixture
def differing(monkeypatch: pytest.MonkeyPatch) -> WorkCalendar:
    """Let the package have lost the exchange of 27 April 2025, for calendars made in this test."""
    found = compared_with(lambda: package_days(StandIn(d2025_05_05=None)))
    monkeypatch.setattr("complaint_rules.calendar.working_days.package_differences", lambda: found)
    return WorkCalendar.china(differing="pinned")


def test_a_question_is_refused_by_the_name_of_the_day(differing: WorkCalendar) -> None:
    calendar = WorkCalendar.china()
    for _ in range(2):  # it is refused again, not answered from what the first try left behind
        with pytest.raises(CalendarDiffers, match=r"2025-04-27, 2025-05-05.*differing='pinned'"):
            calendar.is_working_day(D(2026, 10, 10))
    assert calendar == differing, "how it is made changes no answer"


def test_a_pinned_calendar_counts_by_the_days_that_are_held_and_says_so(differing: WorkCalendar) -> None:
    assert differing.is_working_day(LOST)
    assert differing.day(LOST).disputed
    assert differing.day(LOST).note("en") == "make-up for 2025-05-05, the installed package holidays says otherwise"
    assert differing.day(LOST).note("zh").endswith("，所装holidays包所载不同")
    assert [str(day) for day in differing.disputed_days] == ["2025-04-27", "2025-05-05"]
    assert not differing.day(D(2025, 4, 26)).disputed


def test_a_package_that_cannot_be_read_is_refused_or_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreadable() -> Any:
        return compared_with(lambda: package_days(SimpleNamespace()))

    monkeypatch.setattr("complaint_rules.calendar.working_days.package_differences", unreadable)
    with pytest.raises(CalendarDiffers, match="cannot be read"):
        WorkCalendar.china().is_working_day(LOST)
    pinned = WorkCalendar.china(differing="pinned")
    assert pinned.is_working_day(LOST)
    assert pinned.disputed_days == {}


def test_what_to_do_is_one_of_two() -> None:
    with pytest.raises(InvalidNotice, match=r"one of 'refuse', 'pinned'; got 'pined'; did you mean 'pinned'\?"):
        WorkCalendar.china(differing="pined")  # type: ignore[arg-type]


def test_an_assessment_says_which_edition_of_the_days_it_counted_by() -> None:
    received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    found = assess(Complaint(id="c-1", received=received), load_policy("psbc-95580"), at=received).to_dict()
    assert found["days"] == {"edition": "2026.1", "final_through": "2026-12-28"}


# --- from outside: another package in the place of the installed one ---

LOSING = """
import sys
here = sys.path.pop(0)
for name in [name for name in sys.modules if name.partition(".")[0] == "holidays"]:
    del sys.modules[name]
import holidays as real
given = real.country_holidays
sys.path.insert(0, here)
import datetime as dt
def country_holidays(code, **asked):
    found = dict(given(code, **asked).items())
    found.pop(dt.date(2025, 5, 5), None)
    return found
real.country_holidays = country_holidays
"""


def outside(folder: Path, *argv: str) -> subprocess.CompletedProcess[str]:
    (folder / "holidays.py").write_text(LOSING, encoding="utf-8")
    path = os.pathsep.join([str(folder), str(Path(module.__file__).parents[2])])
    return subprocess.run(
        [sys.executable, "-m", "complaint_rules", *argv],
        capture_output=True, text=True, check=False, timeout=120, encoding="utf-8",
        env={**os.environ, "PYTHONPATH": path, "PYTHONIOENCODING": "utf-8"},
    )  # fmt: skip


def test_the_command_refuses_a_package_that_lost_a_day_and_counts_by_ours_where_told_to(tmp_path: Path) -> None:
    asked = ("due", "2025-04-25", "1 working day", "--lang", "en")
    run = outside(tmp_path, *asked)
    assert (run.returncode, run.stdout) == (2, "")
    assert "2025-04-27" in run.stderr
    assert "Traceback" not in run.stderr
    run = outside(tmp_path, *asked, "--pinned-days")
    assert (run.returncode, run.stderr) == (0, "")
    assert "2025-04-27" in run.stdout  # Friday to the Sunday that works


def test_the_data_are_values() -> None:
    one = DayData(statutory=FrozenMap(), swapped=FrozenMap({D(2026, 10, 7): D(2026, 10, 10)}), made_up=FrozenMap())
    assert one.last_year == 2026
    assert one.edition == ""
    assert dict(one.arranged()) == {D(2026, 10, 7): "off for 2026-10-10", D(2026, 10, 10): "worked for 2026-10-07"}
