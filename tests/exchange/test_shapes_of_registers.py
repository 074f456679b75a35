"""The shapes in which people keep registers: conditional dates, two columns for a moment, a row for each event."""

from __future__ import annotations

import datetime as dt
import io
import tomllib
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.cases.case import Case, Event
from complaint_rules.documents.faults import Faults
from complaint_rules.errors import UnreadableInput
from complaint_rules.exchange.column_files import ColumnFiles
from complaint_rules.exchange.columns import TYPES
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.registers import read_register
from complaint_rules.exchange.rows import Row
from complaint_rules.moments import BEIJING
from tests.exchange.test_registers import FIRST_BANK, MAPS, PLAIN, ids, mapped, mapping_faults, only, read, told


def cases(rows: list[Row]) -> list[Case]:
    assert [str(fault) for row in rows for fault in row.faults] == []
    return [row.case for row in rows if row.case]


# --- a date that dates an event only under a condition ---

AT_FAULT = {
    "投诉受理日期": "2026-03-05",
    "作出处理决定日期": "2026-03-11",
    "办结日期": "2026-03-12",
    "是否回复投诉人": "是",
}


def test_the_shipped_map_reads_the_commonest_row_of_such_a_register() -> None:
    """A decision was made and it found the bank not at fault: 否 beside the date of the decision."""
    rows = mapped(
        "register-cn.toml",
        FIRST_BANK,
        AT_FAULT | {"工单号": "N-1", "是否有责": "是"},
        AT_FAULT | {"工单号": "N-2", "是否有责": "否"},
        AT_FAULT | {"工单号": "N-3"},
        AT_FAULT | {"工单号": "N-4", "是否有责": "否", "是否回复投诉人": "否"},
    )
    kinds = [[event.kind for event in case.events] for case in cases(rows)]
    assert kinds == [
        ["resolved", "amended", "replied", "closed"],
        ["resolved", "replied", "closed"],
        ["resolved", "replied", "closed"],
        ["resolved", "closed"],
    ]
    unseen = ["amended" in case.unseen for case in cases(rows)]
    assert unseen == [False, False, True, False]  # nobody wrote whether the bank was at fault


LAST_UPDATE = """
[fact]
id = "key"
received = "created"
[[event]]
kind = "replied"
if = { column = "status", is = "Done", not = ["Open", "Waiting"] }
at = { column = "updated", conditional = true }
"""


@pytest.mark.parametrize(
    ("status", "updated", "event", "unseen"),
    [
        ("Done", "2026-03-09 15:00", Event("replied", dt.datetime(2026, 3, 9, 15, tzinfo=BEIJING)), False),
        ("Done", "", Event("replied"), False),  # it happened, the moment is unknown
        ("Waiting", "2026-03-09 15:00", None, False),  # the date of some other change
        ("Open", "", None, False),
        ("", "2026-03-09 15:00", None, True),  # the date is of something, nobody knows of what
    ],
)
def test_cityofboston_181_the_last_update_dates_the_reply_only_where_the_status_says_so(
    status: str, updated: str, event: Event | None, unseen: bool
) -> None:
    case = only(f"key,created,status,updated\na,2026-03-02,{status},{updated}\n", LAST_UPDATE)
    assert case.events == (() if event is None else (event,))
    assert ("replied" in case.unseen) == unseen


def test_without_that_word_a_date_beside_a_no_is_refused_with_the_word_to_write() -> None:
    mapping = LAST_UPDATE.replace(", conditional = true", "")
    rows = read("key,created,status,updated\na,2026-03-02,Open,2026-03-09\n", mapping)
    assert "conditional = true under at" in told(rows)[0]


def test_a_date_that_two_events_share_contradicts_neither() -> None:
    mapping = (
        PLAIN
        + """
    [[event]]
    kind = "resolved"
    at = "end"
    [[event]]
    kind = "replied"
    if = { column = "told", is = "yes", not = "no" }
    at = "end"
    """
    )
    assert [event.kind for event in only("id,received,told,end\na,2026-03-02,no,2026-03-09\n", mapping).events] == [
        "resolved"
    ]


def test_the_shipped_map_of_service_requests_reads_open_and_closed_ones() -> None:
    mapping = RegisterMap.from_file(MAPS / "nyc311.toml")
    text = "Unique Key,Created Date,Closed Date,Agency,Complaint Type,Status,Resolution Action Updated Date\n"
    text += "1,06/18/2024 11:40:00 PM,06/20/2024 12:05:00 AM,A,Noise,Closed,06/20/2024 12:05:00 AM\n"
    text += "2,06/18/2024 11:40:00 PM,,A,Noise,Assigned,06/19/2024 01:00:00 PM\n"
    closed, still_open = cases(list(read_register(io.BytesIO(text.encode()), mapping)))
    moment = dt.datetime(2024, 6, 20, 13, 5, tzinfo=BEIJING)  # five past midnight in New York
    assert closed.events == (Event("replied", moment), Event("closed", moment))
    assert still_open.events == ()


# --- the date and the time of day of one moment in two columns ---

TWO = """
blank = ["-"]
[fact]
id = "k"
received = { column = ["day", "clock"] }
"""


@pytest.mark.parametrize(
    ("day", "clock", "meant", "why"),
    [
        ("2026-10-09", "16:30", "2026-10-09T16:30:00+08:00", "the plain case"),
        ("2026/10/9", "9:05:07", "2026-10-09T09:05:07+08:00", "an hour of one digit"),
        ("2026-10-09", "下午4:30", "2026-10-09T16:30:00+08:00", "twelve hours in Chinese"),
        ("2026-10-09", "4:30 PM", "2026-10-09T16:30:00+08:00", "and in English"),
        ("2026-10-09", "12:05 a.m.", "2026-10-09T00:05:00+08:00", "five past midnight"),
        ("2026-10-09", "9时5分", "2026-10-09T09:05:00+08:00", "in words"),
        ("2026-10-09", "1605", "2026-10-09T16:05:00+08:00", "without a colon"),
        ("2026-10-09", "160507", "2026-10-09T16:05:07+08:00", "to the second"),
        ("2026-10-09 00:00:00", "16:30", "2026-10-09T16:30:00+08:00", "the date column is exported with midnight"),
        ("2026-10-09", "", "2026-10-09", "the time is not known"),
        ("2026-10-09", "-", "2026-10-09", "nor here"),
    ],
)  # fmt: skip
def test_firefly_12249_a_moment_in_two_columns_is_one_moment(day: str, clock: str, meant: str, why: str) -> None:
    assert only(f"k,day,clock\na,{day},{clock}\n", TWO).complaint.received.isoformat() == meant, why


@pytest.mark.parametrize(
    ("day", "clock", "fault"),
    [
        ("", "16:30", "clock: a time of day stands there without its date"),
        ("2026-10-09 09:00", "16:30", "day: a time of day stands in the date as well; which is meant?"),
        ("2026-10-09", "16:5", "clock: this is no time of day; it looks like 99:9"),  # five past, or ten to five
        ("2026-10-09", "905", "clock: this is no time of day; it looks like 999"),  # a digit is lost
        ("2026-10-09", "24:30", "clock: there is no such time; it looks like 99:99"),
        ("2026-10-09", "下午16:30", "clock: there is no such time"),
        ("2026-10-09", "soon", "clock: this is no time of day"),
        ("soon", "16:30", "day: this is no date"),
        ("2026-10-09", "0.6875", "clock: this is no time of day"),  # a fraction of a day, and no word of serial
    ],
)
def test_a_time_that_does_not_go_with_its_date_is_refused_in_its_column(day: str, clock: str, fault: str) -> None:
    assert told(read(f"k,day,clock\na,{day},{clock}\n", TWO))[0].startswith(f"2: {fault}")


def test_two_columns_of_a_spreadsheet_hold_a_day_number_and_a_fraction() -> None:
    mapping = "dates = ['serial']\n" + TWO
    assert only("k,day,clock\na,46304,0.6875\n", mapping).complaint.received == dt.datetime(
        2026, 10, 9, 16, 30, tzinfo=BEIJING
    )
    assert only("k,day,clock\na,46304,0\n", mapping).complaint.received == dt.datetime(2026, 10, 9, tzinfo=BEIJING)


def test_an_event_and_a_fact_of_ones_own_take_two_columns_as_well() -> None:
    mapping = (
        TWO
        + """
    seen_on = { column = ["day", "clock"], type = "day", zone = "-05:00" }
    [[event]]
    kind = "replied"
    at = { column = ["out", "clock"] }
    """
    )
    case = only("k,day,clock,out\na,2026-10-09,16:30,2026-10-10\n", mapping)
    assert case.complaint.extra["seen_on"] == dt.date(2026, 10, 10)  # half past four in New York is the next day here
    assert case.events == (Event("replied", dt.datetime(2026, 10, 10, 16, 30, tzinfo=BEIJING)),)


# --- figures with their unit, and cells that cannot be read ---

FIGURES = """
[fact]
id = "k"
received = "in"
amount = "yuan"
complainants = "n"
"""


@pytest.mark.parametrize(
    ("yuan", "n", "meant", "why"),
    [
        ("5000", "1", (Decimal(5000), 1), "plain"),
        ("5000元", "1", (Decimal(5000), 1), "people type the unit"),
        ("¥5,000.00", "3人", (Decimal("5000.00"), 3), "and the sign"),
        ("￥5000 元", "３ 人", (Decimal(5000), 3), "both, in full width"),
        ("RMB 5000.5", "12名", (Decimal("5000.5"), 12), "in letters"),
        ("人民币5000元整", "2位", (Decimal(5000), 2), "as on a cheque"),
    ],
)
def test_numfmt_69_a_unit_that_says_no_more_than_the_fact_is_read(
    yuan: str, n: str, meant: tuple[Decimal, int], why: str
) -> None:
    complaint = only(f'k,in,yuan,n\na,2026-03-02,"{yuan}",{n}\n', FIGURES).complaint
    assert (complaint.amount, complaint.complainants) == meant, why


@pytest.mark.parametrize(
    "yuan", ["5万", "5000美元", "$5000", "约5000元", "5000元左右", "5千", "0.5万元", "5000-6000元"]
)
def test_another_unit_is_never_dropped(yuan: str) -> None:
    (fault,) = told(read(f"k,in,yuan,n\na,2026-03-02,{yuan},\n", FIGURES))
    assert fault.startswith("2: yuan: this is no plain number; it looks like ")
    assert "unit = ['…'] in the mapping" in fault


def test_a_column_in_another_unit_says_which_marks_are_its_own() -> None:
    mapping = PLAIN + "amount = { column = 'wan', times = 10000, unit = ['万元', '万'] }"
    mapping += "\nown = { column = 'kg', type = 'int', unit = 'kg' }"
    case = only("id,received,wan,kg\na,2026-03-02,1.25万元,7 KG\n", mapping)
    assert (case.complaint.amount, case.complaint.extra) == (Decimal(12500), {"own": 7})
    for own in ("times = 10000", "unit = []"):  # yuan in a column of ten thousands, or where no mark is one
        rows = read("id,received,wan\na,2026-03-02,5000元\n", PLAIN + f"amount = {{ column = 'wan', {own} }}")
        assert len(told(rows)) == 1


UNKNOWN = (
    PLAIN
    + """
amount = { column = "yuan", unreadable = "unknown" }
kind = { column = "kind", codes = { x = "X" }, unreadable = "unknown" }
[[event]]
kind = "replied"
at = { column = "out", unreadable = "unknown" }
[[event]]
kind = "closed"
if = { column = "shut", is = "yes", not = "no", unreadable = "unknown" }
"""
)


def test_a_cell_that_cannot_be_read_is_unknown_and_told_where_the_mapping_says_so() -> None:
    (row,) = read("id,received,yuan,kind,out,shut\na,2026-03-02,about 5,y,soon,perhaps\n", UNKNOWN)
    assert row.case is not None
    assert (row.case.complaint.amount, row.case.complaint.kind) == (None, None)
    assert row.case.events == (Event("replied"),)  # something stands there: it happened, the moment is unknown
    assert "closed" in row.case.unseen
    assert [str(note).partition(";")[0] for note in row.notes] == [
        "2: yuan: this is no plain number",
        "2: kind: the code is not in the mapping",
        "2: out: this is no date that can be read in one way",
        "2: shut: it is neither of the answers",
    ]
    assert all("taken as unknown" in note.why for note in row.notes)
    assert "soon" not in " ".join(map(str, row.notes))


def test_what_one_event_cannot_say_does_not_silence_the_next() -> None:
    said = "is = 'yes', not = 'no', unreadable = 'unknown'"
    mapping = PLAIN + "\n".join(
        f"[[event]]\nkind = '{kind}'\nif = {{ column = '{kind}', {said} }}"
        for kind in ("resolved", "replied", "closed")
    )
    case = only("id,received,resolved,replied,closed\na,2026-03-02,perhaps,yes,no\n", mapping)
    assert case.events == (Event("replied"),)
    assert case.unseen == {"resolved"}


def test_a_column_may_have_forms_a_zone_and_blanks_of_its_own() -> None:
    mapping = """
    dates = "%Y/%m/%d"
    blank = ["-"]
    [fact]
    id = "k"
    received = "in"
    kind = { column = "kind", blank = ["?", "none"] }
    opened = { column = "open", type = "moment", dates = ["%d-%b-%y %H:%M"], century = 2000, zone = "-05:00" }
    """
    case = only("k,in,kind,open\na,2026/03/02,none,22-Apr-26 09:30\n", mapping)
    assert case.complaint.kind is None
    assert case.complaint.extra["opened"] == dt.datetime(2026, 4, 22, 22, 30, tzinfo=BEIJING)
    assert only("k,in,kind,open\na,2026/03/02,-,22-Apr-26 09:30\n", mapping).complaint.kind == "-"


def test_a_text_that_a_spreadsheet_was_made_to_keep_is_read_as_the_text() -> None:
    rows = read('id,received,kind\n"=""00123""",2026-03-02,"="""""\n', PLAIN + "kind = 'kind'")
    assert [(case.complaint.id, case.complaint.kind) for case in cases(rows)] == [("00123", None)]


@pytest.mark.parametrize(
    ("key", "noted"), [("2.02403E+13", True), ("2.02403e13", True), ("20240300000001", False), ("E-7", False)]
)
def test_a_key_that_a_spreadsheet_shortened_is_told(key: str, noted: bool) -> None:
    (row,) = read(f"id,received\n{key},2026-03-02\n", PLAIN)
    assert row.case is not None
    assert [note.why.startswith("the key has lost digits") for note in row.notes] == [True] * noted


# --- one row for each event ---

LOG = """
row = "event"
[fact]
id = "Case"
received = "Time"
[[event]]
kind = "routed"
if = { column = "What", is = "Assign" }
at = "Time"
[[event]]
kind = "replied"
if = { column = "What", is = "Resolve" }
at = "Time"
"""
ROWS = """Case,What,Time
C-1,Assign,2026-03-02 14:50
C-2,Assign,2026-03-03 09:00
C-1,Wait,2026-03-04 15:02
C-1,Resolve,2026-03-12 11:54
C-2,Resolve,2026-03-04 09:00
"""


def at(text: str) -> dt.datetime:
    return dt.datetime.fromisoformat(text).replace(tzinfo=BEIJING)


def test_helpdesk_logs_have_one_row_for_each_event_and_the_rows_of_a_key_are_one_case() -> None:
    rows = read(ROWS, LOG)
    assert ids(rows) == [(2, "C-1"), (3, "C-2")]
    first, second = cases(rows)
    assert first.complaint.received == at("2026-03-02T14:50")  # the earliest, wherever it stands
    assert first.events == (Event("routed", at("2026-03-02T14:50")), Event("replied", at("2026-03-12T11:54")))
    assert second.events == (Event("routed", at("2026-03-03T09:00")), Event("replied", at("2026-03-04T09:00")))


def test_a_log_read_row_by_row_is_refused_with_what_to_write() -> None:
    with pytest.raises(UnreadableInput) as caught:
        read(ROWS, LOG.replace('row = "event"', ""))
    assert str(caught.value).startswith("book.csv: lines 2 and 4 bear the same key")
    assert "row = 'event' in the mapping file" in str(caught.value)
    assert len(ids(read(ROWS, LOG.replace('"event"', '"case"')))) == 5  # said in so many words


def test_rows_without_a_key_stay_alone_and_a_bad_row_refuses_its_case_with_its_line() -> None:
    lines = ["Case,What,Time", ",Assign,2026-03-02", "C-1,Assign,2026-03-02", ",Resolve,2026-03-03"]
    lines += ["C-1,Resolve,soon", "C-2,Assign,2026-03-02,x", "C-3,Assign,2026-03-02"]
    rows = read("\n".join(lines), LOG)
    assert ids(rows) == [(7, "C-3")]
    assert [line.partition(";")[0] for line in told(rows)] == [
        "2: Case: it is missing",
        "5: Time: this is no date that can be read in one way",  # told with the case, which begins on line 3
        "4: Case: it is missing",
        "6: the header has 3 columns, this row 4",
    ]


def test_a_fact_is_the_same_on_all_rows_of_a_key_or_the_mapping_says_which_counts() -> None:
    lines = ["Case,What,Time,kind,n,unit", "C,Assign,2026-03-02,card,1,a", "C,Resolve,2026-03-04,loan,3,"]
    text = "\n".join([*lines, "C,Wait,2026-03-03,,2,a"])
    plain = LOG.replace('received = "Time"', 'received = "Time"\nkind = "kind"\nrespondent = "unit"')
    (fault,) = told(read(text, plain))
    assert fault.startswith("3: kind: line 2 of the same key says something else; fact.kind.pick = 'first' or 'last'")

    def picked(kind: str, n: str) -> Any:
        columns = f'kind = {{ column = "kind", pick = "{kind}" }}\ncomplainants = {{ column = "n", pick = "{n}" }}'
        (case,) = cases(read(text, plain.replace('kind = "kind"', columns)))
        assert case.complaint.respondent == "a"  # a blank says nothing else
        return case.complaint.kind, case.complaint.complainants

    assert picked("first", "last") == ("card", 2)
    assert picked("last", "latest") == ("loan", 3)
    assert picked("first", "earliest") == ("card", 1)


def test_what_one_row_cannot_say_and_another_does_is_known() -> None:
    text = "Case,What,Time\nC,Resolve,2026-03-03\nC,,2026-03-04\nD,,2026-03-04\n"
    first, second = cases(read(text, LOG))
    assert first.unseen == {"routed"}
    assert second.unseen == {"routed", "replied"}


def test_what_a_value_refuses_in_a_later_row_of_a_key_is_told_under_its_column() -> None:
    mapping = LOG.replace('at = "Time"\n[[', 'at = "Time"\nby = "By"\n[[')
    text = f"Case,What,Time,By\nC,Assign,2026-03-02,a\nC,Assign,2026-03-03,{'b' * 300}\n"
    (fault,) = told(read(text, mapping))
    assert fault.startswith("2: By: ")


@given(st.permutations(range(6)))
def test_the_order_of_the_rows_of_a_log_does_not_matter(order: list[int]) -> None:
    """The same events in whatever order the file has them: the same cases, save the order of recording."""
    lines = [*ROWS.splitlines()[1:], "C-3,Assign,2026-03-05 10:00"]
    rows = read("\n".join(["Case,What,Time", *(lines[place] for place in order)]), LOG)
    found = {case.complaint.id: (case.complaint.received, frozenset(case.events)) for case in cases(rows)}
    straight = {
        case.complaint.id: (case.complaint.received, frozenset(case.events))
        for case in cases(read("\n".join(["Case,What,Time", *lines]), LOG))
    }
    assert found == straight


# --- a mapping file says nothing without an effect ---


@pytest.mark.parametrize(
    ("text", "where", "why"),
    [
        ("row = 'line'", "row", "known: case, event"),
        ("fact.kind = { column = 'x', otherwise = 'o' }", "fact.kind.otherwise", "there is no list"),
        ("fact.joint = { column = 'x', not = 'o' }", "fact.joint.not", "it goes with is"),
        ("fact.joint = { column = 'x', is = 'j', codes = { j = true } }", "fact.joint.codes", "decide already"),
        ("fact.kind = { column = 'x', is = 'j' }", "fact.kind.is", "it makes true or false"),
        ("fact.kind = { column = 'x', split = ',' }", "fact.kind.split", "only a set"),
        ("fact.kind = { column = 'x', unit = 'kg' }", "fact.kind.unit", "only a figure"),
        ("fact.kind = { column = 'x', dates = '%Y%m%d' }", "fact.kind.dates", "only a date"),
        ("fact.kind = { column = 'x', zone = '+08:00' }", "fact.kind.zone", "only a date"),
        ("fact.own = { column = 'x', dates = '%Y%m%d', century = 2000 }", "fact.own.century", "no form has %y"),
        ("fact.own = { column = 'x', type = 'day', dates = ['%d/%m/%y'] }", "fact.own.dates[0]", "century = 2000"),
        ("fact.own = { column = 'x', type = 'day', zone = 'here' }", "fact.own.zone", "+08:00"),
        ("fact.kind = { value = 'x', codes = { a = 'b' } }", "fact.kind.codes", "no cell is read where value stands"),
        ("fact.recorded = { present = { name = 'x' }, split = ',' }", "fact.recorded.split", "where present stands"),
        ("fact.kind = { column = ['a', 'b'] }", "fact.kind.column", "one column is expected, or two for a date"),
        ("fact.own = { column = ['a', 'b', 'c'], type = 'day' }", "fact.own.column", "as column = ['受理日期'"),
        ("fact.own = { column = ['a', 3], type = 'day' }", "fact.own.column[1]", "a text is expected"),
        ("fact.kind = { column = 'x', unreadable = 'no' }", "fact.kind.unreadable", "known: unknown"),
        ("fact.kind = { column = 'x', pick = 'last' }", "fact.kind.pick", "row = 'event'"),
        ("row = 'event'\nfact.kind = { column = 'x', pick = 'zzz' }", "fact.kind.pick", "known: first, last"),
        ("row = 'event'\nevent = [{ kind = 'c', at = { column = 'x', pick = 'last' } }]", "event[0].at.pick", "a fact"),
        ("fact.kind = { column = 'x', conditional = true }", "fact.kind.conditional", "the date of an event"),
        ("event = [{ kind = 'c', at = { column = 'x', conditional = true } }]", "event[0].at.conditional", "no if"),
        (
            "event = [{ kind = 'c', if = { column = 's', is = 'c' }, at = { column = 'x', conditional = false } }]",
            "event[0].at.conditional",
            "leave the key out",
        ),
    ],
)  # fmt: skip
def test_a_key_without_effect_is_refused_with_its_reason(text: str, where: str, why: str) -> None:
    found = mapping_faults(f"{text}\nfact.id = 'a'\nfact.received = 'b'")
    assert any(place == where and why in fault for place, fault in found), found


DATES = {"", "day", "moment", "when"}
EFFECT: list[tuple[str, str, set[str]]] = [  # a key, how it is written, and the types of column that it goes with
    ("is", "is = 'j'", {"", "bool"}), ("times", "times = 2", {"int", "decimal"}),
    ("unit", "unit = 'kg'", {"int", "decimal"}),
    ("split", "split = ','", {"", "set"}), ("dates", "dates = '%Y%m%d'", DATES), ("zone", "zone = '+08:00'", DATES),
    ("codes", "codes = { a = 'b' }", {"", *TYPES}), ("blank", "blank = '-'", {"", *TYPES}),
    ("split", "is = 'j', split = ','", {"", "bool"}),
]  # fmt: skip


@pytest.mark.parametrize(("key", "text", "types"), EFFECT, ids=[text for _, text, _ in EFFECT])
def test_a_key_has_an_effect_for_its_types_and_for_no_other(key: str, text: str, types: set[str]) -> None:
    taken = set()
    for type_ in ("", *TYPES):
        faults = Faults("own.toml")
        entry = tomllib.loads(f"x = {{ column = 'x', {text}{f', type = {type_!r}' if type_ else ''} }}")["x"]
        ColumnFiles(faults).column(entry, "fact.x", "")
        found = [str(fault) for fault in faults.all()]
        assert all(fault.startswith(f"own.toml: fact.x.{key}: ") or "fact.x.is: " in fault for fault in found), found
        taken |= set() if found else {type_}
    assert taken == types


def test_a_figure_is_multiplied_by_a_number_above_nothing() -> None:
    for times in ("1", "10000", "0.5"):
        column = RegisterMap.from_text(f"{PLAIN}amount = {{ column = 'x', times = {times} }}", "own.toml").facts[
            "amount"
        ]
        assert column.times == Decimal(times)
    for times in ("0", "-1", "true", "'2'"):
        found = mapping_faults(f"{PLAIN}amount = {{ column = 'x', times = {times} }}")
        assert [place for place, _ in found] == ["fact.amount.times"], times


@pytest.mark.parametrize("name", ["id", "received"])
def test_what_no_case_can_do_without_cannot_be_unknown(name: str) -> None:
    other = "received" if name == "id" else "id"
    found = mapping_faults(f"[fact]\n{other} = 'x'\n{name} = {{ column = 'y', unreadable = 'unknown' }}")
    assert found == [(f"fact.{name}.unreadable", "no case can do without it: a row that lacks it is refused; ")]


def test_a_mapping_with_very_many_faults_names_a_bounded_number() -> None:
    found = mapping_faults("\n".join(f"zz{n} = 1" for n in range(2000)) + "\nfact = { id = 'a', received = 'b' }")
    assert len(found) == 201
    assert found[-1][1] == "and 1800 more faults; "


def test_a_receipt_that_dates_an_event_by_a_condition_is_a_row_for_each_case_where_no_key_stands_twice() -> None:
    mapping = PLAIN + "[[event]]\nkind = 'resolved'\nif = { column = 'spot', is = 'yes', not = 'no' }\nat = 'received'"
    first, second = cases(read("id,received,spot\na,2026-03-02,yes\nb,2026-03-02,no\n", mapping))
    assert first.events == (Event("resolved", dt.date(2026, 3, 2)),)  # settled where it was received
    assert second.events == ()
