"""Make `calendar/days.toml`: what law and notices make of each day, read off the package `holidays`.

Usage: python docs/_scripts/make_days.py EDITION [OUTPUT]
       python docs/_scripts/make_days.py --check

A new edition is made for a new notice, after `notices.toml`, and compared with the text of the notice by hand. Without
OUTPUT the file is printed; with --check nothing is written, and what the package says otherwise is listed.
"""

from __future__ import annotations

import datetime as dt
import importlib.metadata
import sys
from collections.abc import Iterable, Mapping
from pathlib import Path

from complaint_rules.calendar.day_data import DayData, day_data, differences, notice_year, package_days

HEADER = """\
# What law and the notices of the State Council make of each day (放假安排), year by year.
# Made by docs/_scripts/make_days.py from the package holidays {version}; change the script, not this file. Up to {last}
# these are the years whose notice stands in notices.toml; of later ones only what is statutory by the Measures now in
# force. Whether a day works was compared with chinese_calendar for 2004 to {last}, day by day; the texts of the notices
# of 2007 to {last} with copies of them. A revision that came during a year stands in notices.toml, not here.
#
# statutory  the statutory days by law, each with its festivals (法定节假日)
# swapped    days off, each with the day worked for it (换休日 = 补班日)
# alone      days off by notice for which nobody works
# made_up    days off that make up for a statutory day on a weekend or beneath another festival (补假)
#
# The package installed beside this library is held against these days at first use: WorkCalendar.china(differing=…).
edition = "{edition}"
"""


def lines(days: DayData, edition: str, version: str, last: int) -> Iterable[str]:
    """Give the lines of the file."""
    yield HEADER.format(edition=edition, version=version, last=last)
    for year in range(2001, 2100):
        yield f"[[year]] # {year}"
        yield inline(
            "statutory", {day: f'"{"、".join(names)}"' for day, names in days.statutory.items() if day.year == year}
        )
        if year <= last:
            swapped = {day: work for day, work in sorted(days.swapped.items()) if notice_year(day) == year}
            yield inline("swapped", {day: str(work) for day, work in swapped.items() if work is not None})
            alone = ", ".join(str(day) for day, work in swapped.items() if work is None)
            yield f"alone = [{alone}]" if alone else ""
            yield inline(
                "made_up", {day: str(other) for day, other in sorted(days.made_up.items()) if day.year == year}
            )


def inline(key: str, pairs: Mapping[dt.date, str]) -> str:
    """Write a table in one line; empty for none."""
    return f"{key} = {{ {', '.join(f'{day} = {other}' for day, other in pairs.items())} }}" if pairs else ""


def main(arguments: list[str]) -> int:
    """Make or check the file."""
    if arguments[:1] == ["--check"]:
        found = differences(day_data(), package_days())
        print("\n".join(one.explain("en") for one in found) or "the package holidays agrees")
        return 1 if found else 0
    text = (
        "\n".join(
            line for line in lines(package_days(), arguments[0], importlib.metadata.version("holidays"), 2026) if line
        )
        + "\n"
    )
    if len(arguments) > 1:
        Path(arguments[1]).write_text(text, encoding="utf-8")
    else:
        print(text, end="")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
