"""Make `calendar/notices.toml`: number, days and address of each State Council notice, and what amended it.

Usage: python docs/_scripts/make_notices.py FOLDER [OUTPUT]

FOLDER holds one JSON file per notice year in the shape of NateScarlet/holiday-cn (MIT): only the addresses (`papers`)
are taken from it. Numbers and days of issue stand below, because that data does not carry them; each was compared with
a copy of the notice. Without OUTPUT the file is printed.
"""

from __future__ import annotations

import json
import re
import sys
from pathlib import Path

CHECKED_ON = "2026-11-21"
# year: (number, issued, published where that day is established and the address does not tell it)
NOTICES: dict[int, tuple[str, str, str | None]] = {
    2007: ("国办发明电〔2006〕49号", "2006-12-14", None),
    2008: ("国办发明电〔2007〕52号", "2007-12-15", None),
    2009: ("国办发明电〔2008〕42号", "2008-12-04", None),
    2010: ("国办发明电〔2009〕27号", "2009-12-07", None),
    2011: ("国办发明电〔2010〕40号", "2010-12-09", None),
    2012: ("国办发明电〔2011〕45号", "2011-12-06", None),
    2013: ("国办发明电〔2012〕33号", "2012-12-08", None),
    2014: ("国办发明电〔2013〕28号", "2013-12-11", None),
    2015: ("国办发明电〔2014〕28号", "2014-12-16", None),
    2016: ("国办发明电〔2015〕18号", "2015-12-10", None),
    2017: ("国办发明电〔2016〕17号", "2016-12-01", None),
    2018: ("国办发明电〔2017〕12号", "2017-11-30", None),
    2019: ("国办发明电〔2018〕15号", "2018-12-04", None),
    2020: ("国办发明电〔2019〕16号", "2019-11-21", None),
    2021: ("国办发明电〔2020〕27号", "2020-11-25", None),
    2022: ("国办发明电〔2021〕11号", "2021-10-25", None),
    2023: ("国办发明电〔2022〕16号", "2022-12-08", None),
    2024: ("国办发明电〔2023〕7号", "2023-10-25", "2023-10-25"),
    2025: ("国办发明电〔2024〕12号", "2024-11-12", "2024-11-12"),
    2026: ("国办发明电〔2025〕7号", "2025-11-04", "2025-11-04"),
}
# Notices of these years stand in the archive under the day they were filed there, long after they were published.
FILED_LATER = (2007, 2008, 2014)
HEADER = f"""\
# Notices of the General Office of the State Council on public holidays (国务院办公厅关于部分节假日安排的通知).
# Made by docs/_scripts/make_notices.py; change the script, not this file. Last compared with copies of the texts on
# {CHECKED_ON}.
#
# Addresses: NateScarlet/holiday-cn (MIT), `papers`. Numbers and days of issue: published copies of the notices.
# `published` stands only where the day is established (by the address, or by the press of that day); absent is unknown.
# The notices for 2001 to 2006 are not on file: no number, day or address is given for them.
# The days themselves stand in days.toml; a revision lists the days it changed, as they were and as they
# became, so that the calendar can be given as it was known on a day. The revision of 2003 mends the package, which has
# only what stood before it (the notice of 21 April 2003 did away with that year's long Labour Day break).
"""
TAIL = """
# The Measures on public holidays (全国年节及纪念日放假办法), by State Council order: which days are statutory.
# `spring_festival` counts from lunar new year's day (0); `labour_day` and `national_day` are numbers of days from the
# first of May and of October.
[[measures]]
order = "国务院令第270号"
published = 1999-09-18
effective = 1999-09-18
spring_festival = [0, 1, 2]
labour_day = 3
national_day = 3
festivals = []

[[measures]]
order = "国务院令第513号"
published = 2007-12-14
effective = 2008-01-01
spring_festival = [-1, 0, 1]
labour_day = 1
national_day = 3
festivals = ["清明节", "端午节", "中秋节"]

[[measures]]
order = "国务院令第644号"
published = 2013-12-11
effective = 2014-01-01
spring_festival = [0, 1, 2]
labour_day = 1
national_day = 3
festivals = ["清明节", "端午节", "中秋节"]

[[measures]]
order = "国务院令第795号"
published = 2024-11-12
effective = 2025-01-01
spring_festival = [-1, 0, 1, 2]
labour_day = 2
national_day = 3
festivals = ["清明节", "端午节", "中秋节"]
"""
REVISIONS = (
    (2003, None, "2003-04-21", None, "2003年“五一”按法定假日休假", "Labour Day 2003 cut to the statutory days", (
        ("2003-04-26", "MAKE_UP_WORKDAY", "WEEKEND"),
        ("2003-04-27", "MAKE_UP_WORKDAY", "WEEKEND"),
        ("2003-05-06", "SWAPPED_DAY_OFF", "WORKDAY"),
        ("2003-05-07", "SWAPPED_DAY_OFF", "WORKDAY"),
    )),
    (2015, "国发明电〔2015〕1号", "2015-05-13", "2015-05-13", "抗战胜利70周年纪念日放假", "the victory anniversary", (
        ("2015-09-03", "WORKDAY", "SWAPPED_DAY_OFF"),
        ("2015-09-04", "WORKDAY", "SWAPPED_DAY_OFF"),
        ("2015-09-06", "WEEKEND", "MAKE_UP_WORKDAY"),
    )),
    (2019, "国办发明电〔2019〕3号", "2019-03-22", "2019-03-22", "2019年劳动节假期调整", "Labour Day 2019 rearranged", (
        ("2019-04-28", "WEEKEND", "MAKE_UP_WORKDAY"),
        ("2019-05-02", "WORKDAY", "SWAPPED_DAY_OFF"),
        ("2019-05-03", "WORKDAY", "SWAPPED_DAY_OFF"),
        ("2019-05-05", "WEEKEND", "MAKE_UP_WORKDAY"),
    )),
    (2020, "国办发明电〔2020〕1号", "2020-01-26", "2020-01-27", "2020年春节假期延长", "Spring Festival 2020 extended", (
        ("2020-01-30", "SWAPPED_DAY_OFF", "SWAPPED_DAY_OFF"),
        ("2020-01-31", "WORKDAY", "SWAPPED_DAY_OFF"),
        ("2020-02-01", "MAKE_UP_WORKDAY", "WEEKEND"),
    )),
)  # fmt: skip


def published_in(address: str) -> str | None:
    """Read the day out of an archive address that carries one."""
    found = re.search(r"/(\d{4}-\d{2})/(\d{2})/", address)
    return "-".join(found.groups()) if found else None


def main(folder: Path) -> str:
    """Build the whole text of the data file."""
    blocks = [HEADER]
    papers: dict[int, list[str]] = {}
    for year, (number, issued, published) in NOTICES.items():
        papers[year] = json.loads((folder / f"{year}.json").read_text(encoding="utf-8"))["papers"]
        day = published or (None if year in FILED_LATER else published_in(papers[year][0]))
        lines = ["", "[[notice]]", f"year = {year}", f'number = "{number}"', f"issued = {issued}"]
        lines += [f"published = {day}"] if day else []
        blocks.append("\n".join([*lines, f'address = "{papers[year][0]}"', ""]))
    for year, amended, issued, published, zh, en, days in REVISIONS:
        lines = ["", "[[revision]]", f"year = {year}"]
        lines += [f'number = "{amended}"'] if amended else []
        lines += [f"issued = {issued}"]
        lines += [f"published = {published}"] if published else []
        lines += [f'address = "{papers[year][1]}"'] if year in papers else []
        lines += [f'name = {{ zh = "{zh}", en = "{en}" }}', "days = ["]
        lines += [f'  {{ date = {day}, before = "{before}", after = "{after}" }},' for day, before, after in days]
        blocks.append("\n".join([*lines, "]", ""]))
    return "".join([*blocks, TAIL])


if __name__ == "__main__":
    text = main(Path(sys.argv[1]))
    if len(sys.argv) > 2:
        Path(sys.argv[2]).write_text(text, encoding="utf-8")
    else:
        print(text, end="")
