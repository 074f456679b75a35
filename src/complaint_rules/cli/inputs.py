"""What the commands are given: a policy, a moment, a file or standard input."""

from __future__ import annotations

import contextlib
import datetime as dt
import os
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import BinaryIO, Final

from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.errors import InvalidMoment, UnreadableInput
from complaint_rules.exchange.written import written
from complaint_rules.moments import BEIJING, as_moment
from complaint_rules.policy.calendars import calendar_from_file
from complaint_rules.policy.files.reading import shipped
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy

STDIN: Final = "-"
"""The name that stands for standard input."""


def chosen_policy(name: str, given: list[str]) -> Policy:
    """Load the policy that a command names, by id or as a file, with the parameters of ``--set name=value``.

    ``id@edition`` names one of several editions. Raises what loading raises, and `UnreadableInput` for a setting
    without a name.

    >>> chosen_policy("psbc-95580", []).id
    'psbc-95580'
    >>> chosen_policy("petition-2022@2005", []).edition
    '2005'
    """
    parameters = settings_of(given)
    if name.endswith(".toml") or os.sep in name:
        return Policy.from_file(name, parameters=parameters)
    code, _, edition = name.partition("@")
    return load_policy(code, edition=edition or None, parameters=parameters)


def settings_of(given: list[str]) -> dict[str, str]:
    """Read the parameters of ``--set name=value``; raises `UnreadableInput` for a setting without a name.

    >>> settings_of(["retention = 5 years"])
    {'retention': '5 years'}
    """
    parameters: dict[str, str] = {}
    for item in given:
        key, sign, value = item.partition("=")
        if not (sign and key.strip() and value.strip()):
            raise UnreadableInput(what="--set", why="name=value is expected", value=item, hint="as retention='5 years'")
        parameters[key.strip()] = value.strip()
    return parameters


def has_editions(name: str) -> bool:
    """Say whether a name is the id of a shipped policy that has several editions, none of which it names.

    >>> has_editions("petition-2022"), has_editions("petition-2022@2005"), has_editions("psbc-95580")
    (True, False, False)
    """
    return len(shipped().get(name, ())) > 1


def chosen_calendar(name: str | None, *, pinned: bool = False) -> WorkCalendar:
    """Read the calendar that ``--calendar`` names; without it that of mainland China, with ``--pinned-days`` pinned.

    >>> chosen_calendar(None) == WorkCalendar.china()
    True
    """
    china = WorkCalendar.china(differing="pinned" if pinned else "refuse")
    return china if name is None else calendar_from_file(name, china)


def fact_types(policy: Policy) -> Mapping[str, str]:
    """Give the types of the facts that a policy declares, as readers of JSON and registers want them.

    >>> fact_types(load_policy("psbc-95580"))["unionpay"]
    'bool'
    """
    return {name: fact.type.value for name, fact in policy.facts.items()}


def moment_of(text: str | None) -> dt.datetime:
    """Read ``--at``; without it the clock is read, which nothing else in this library does.

    Read in the usual forms (`written`), in Beijing time where no zone is written.

    Raises `InvalidMoment` for a day without a time.

    >>> moment_of("2026年10月9日8时30分").isoformat()
    '2026-10-09T08:30:00+08:00'
    """
    if text is None:
        return dt.datetime.now(BEIJING)
    when = written(text, what="--at", error=InvalidMoment)
    if not isinstance(when, dt.datetime):
        hint = f"add the time of day, as '{text} 18:00'"
        raise InvalidMoment(what="--at", why="a moment is expected, not a day", value=text, hint=hint)
    return as_moment(when, what="--at")


@contextlib.contextmanager
def opened(name: str) -> Iterator[tuple[BinaryIO, int | None]]:
    """Open a file, or standard input for ``-``; give the stream and, where it is known, its size in bytes.

    Raises `UnreadableInput` for a path that is missing, a directory, or not readable.
    """
    if name == STDIN:
        if sys.stdin is None:  # as after `<&-`
            raise UnreadableInput(what="", why="standard input is closed", where=name)
        yield sys.stdin.buffer, None
        return
    path = Path(name)
    try:
        stream = path.open("rb")
    except IsADirectoryError:
        raise UnreadableInput(what="", why="this is a directory", where=name, hint="name the file in it") from None
    except FileNotFoundError:
        raise UnreadableInput(what="", why="there is no such file", where=name) from None
    except (OSError, ValueError) as error:
        why = f"it cannot be opened: {getattr(error, 'strerror', None) or error}"
        raise UnreadableInput(what="", why=why, where=name) from None
    with stream:
        yield stream, path.stat().st_size if path.is_file() else None
