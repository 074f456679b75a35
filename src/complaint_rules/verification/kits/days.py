"""Which days work, as plain data: an implementation in another language needs no Chinese calendar of its own."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from complaint_rules.arguments import each, whole
from complaint_rules.assessing import mainland
from complaint_rules.calendar.day_data import day_data
from complaint_rules.calendar.days import Certainty
from complaint_rules.calendar.hours import WEEK, Hours, Opening, Season
from complaint_rules.calendar.notices import DayKind
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.errors import InvalidMoment, InvalidPolicy
from complaint_rules.mappings import FrozenMap
from complaint_rules.moments import FIRST_DAY, LAST_DAY
from complaint_rules.policy.policy import Policy

FORMAT: Final = "complaint-rules/calendar/1"
"""Version of the shape of the calendar as data."""
KINDS: Final[Mapping[str, Sequence[str]]] = FrozenMap(
    {"kind": tuple(one.value for one in DayKind), "certainty": tuple(one.value for one in Certainty)}
)
"""What a day may be said to be, by the key under which it stands."""
_DAY: Final = dt.timedelta(days=1)


def calendar_data(policies: Sequence[Policy] = (), *, through: int = 0) -> dict[str, Any]:
    """Give every day from 2001 on with whether it works, its kind, and how certain that is (工作日历数据).

    It ends with the last year whose notice is published, or with the year `through` where that is later; of a day whose
    notice is not published only the law is known, and its certainty says so. Under ``policies`` stand the days on which
    a rule set's own arrangement differs, and its opening hours.

    Raises `InvalidPolicy` for what are no policies, `InvalidMoment` for a year that is no whole number.

    >>> data = calendar_data()
    >>> data["first"], data["days"][0]["kind"], len(data["days"]) >= 9_496
    ('2001-01-01', 'statutory_holiday', True)
    """
    calendar, through = mainland(), whole(through, "through", InvalidMoment)
    policies = tuple(each(policies, Policy, "policies", InvalidPolicy, "pass [load_policy(id)]"))
    last = dt.date(min(max(calendar.final_through.year, through), LAST_DAY.year), 12, 31)
    days = list(_between(FIRST_DAY, last))
    return {
        "format": FORMAT,
        "edition": day_data().edition,
        "zone": "+08:00",
        "first": FIRST_DAY.isoformat(),
        "last": last.isoformat(),
        "final_through": calendar.final_through.isoformat(),
        "policies": [_own(policy, calendar, days) for policy in policies],
        "days": [
            {
                "date": day.isoformat(),
                "works": calendar.is_working_day(day),
                "kind": calendar.kind(day).value,
                "certainty": calendar.certainty(day).value,
            }
            for day in days
        ],
    }


def calendar_text(data: dict[str, Any]) -> str:
    """Write a calendar as JSON, one day a line, so that two of them can be compared line by line.

    >>> calendar_text({"format": "1", "days": [{"works": True}, {"works": False}]}).count(chr(10))
    6
    """
    encode = json.JSONEncoder(ensure_ascii=False).encode
    head = encode({name: value for name, value in data.items() if name != "days"}).removesuffix("}")
    days = ",\n".join(encode(day) for day in data["days"])
    return f'{head},\n"days": [\n{days}\n]\n}}\n'


def _between(first: dt.date, last: dt.date) -> Iterator[dt.date]:
    for number in range((last - first).days + 1):
        yield first + number * _DAY


def _own(policy: Policy, calendar: WorkCalendar, days: Sequence[dt.date]) -> dict[str, Any]:
    own = policy.calendar_over(calendar)
    differs = [day for day in days if own.is_working_day(day) is not calendar.is_working_day(day)]
    return {
        "id": policy.id,
        "edition": policy.edition,
        "days": [{"date": day.isoformat(), "works": own.is_working_day(day)} for day in differs],
        "hours": None if policy.hours is None else hours_data(policy.hours),
    }


def hours_data(hours: Hours) -> dict[str, Any]:
    """Give opening hours as plain data, in the form of a policy file.

    >>> hours_data(Hours.of("09:00-12:00", weekdays={"friday": ["09:00-11:00"]}))["weekday"]
    {'friday': [['09:00', '11:00']]}
    """
    return {
        "spans": _spans(hours.spans),
        "weekday": _weekly(hours.weekdays),
        "season": [_season(one) for one in hours.seasons],
        "day": [{"on": day.isoformat(), "spans": _spans(spans)} for day, spans in hours.exceptions],
    }


def _spans(spans: Sequence[Opening]) -> list[list[str]]:
    return [span.text().split("–") for span in spans]


def _weekly(weekdays: Sequence[tuple[int, Sequence[Opening]]]) -> dict[str, list[list[str]]]:
    return {WEEK[place]: _spans(spans) for place, spans in weekdays}


def _season(season: Season) -> dict[str, Any]:
    (month, day), (last_month, last_day) = season.first, season.last
    return {
        "from": f"{month:02}-{day:02}",
        "until": f"{last_month:02}-{last_day:02}",
        "spans": _spans(season.spans),
        "weekday": _weekly(season.weekdays),
    }
