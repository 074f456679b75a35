"""`calendar_from_file`: a calendar of one's own, read from a file with hours, days and notices."""

from __future__ import annotations

import os

from complaint_rules.calendar.working_days import WorkCalendar


def calendar_from_file(path: str | os.PathLike[str], calendar: WorkCalendar | None = None) -> WorkCalendar:
    """Read a calendar of one's own (自有日历) from a TOML file with ``[hours]`` and ``[calendar]``.

    Both parts are those of a policy file. They are laid over `calendar`, by default that of mainland China; hours in
    the file replace those of the calendar. Raises `UnreadableInput` for a path that cannot be read, `InvalidPolicy`
    with every fault, `InvalidHours` for a day with hours that does not work in `calendar`.

    >>> calendar_from_file("no-such-file.toml")
    Traceback (most recent call last):
    complaint_rules.errors.UnreadableInput: no-such-file.toml: calendar file: there is no such file
    """
    from complaint_rules.policy.files.calendars import calendar_of_file  # what reads files loads with the first one

    return calendar_of_file(path, WorkCalendar.china() if calendar is None else calendar)
