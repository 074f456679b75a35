"""Cases as JSON, in and out: what is read, what is refused and in which words, and that nothing is lost on the way."""

from __future__ import annotations

import datetime as dt
import io
import json
from decimal import Decimal
from typing import Any

import attrs
import pytest

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import CORE_FACTS, Channel, Complaint
from complaint_rules.cases.plain import _tidy, case_from_dict, case_from_json, json_value, when_from_text
from complaint_rules.errors import Fault, InvalidCase, InvalidMoment, UnreadableInput
from complaint_rules.exchange.lines import LONGEST_LINE, read_json_lines
from complaint_rules.exchange.registers import read_register
from complaint_rules.exchange.rows import Row, RowFault
from complaint_rules.moments import BEIJING
from complaint_rules.words.refusals import explain_error
from tests.work import calls

DAY = dt.date(2026, 9, 30)
MOMENT = dt.datetime(2026, 9, 30, 16, 5, tzinfo=BEIJING)


def faults(data: object, **more: Any) -> dict[str, Fault]:
    with pytest.raises(InvalidCase) as caught:
        case_from_dict(data, **more)
    return {fault.where: fault for fault in caught.value.faults}


def rows(text: str | bytes) -> list[Row]:
    return list(read_json_lines(io.BytesIO(text.encode() if isinstance(text, str) else text), name="cases.jsonl"))


# --- moments ---


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("2026-09-30", DAY),  # a bare date is a day
        ("2026-09-30T16:05:00.000+08:00", MOMENT),
        ("2026-09-30 16:05+08:00", MOMENT),  # a blank instead of T, as many programs write it
        ("2026-09-30T08:05Z", MOMENT),  # UTC
        ("2026-09-30T16:05:00.000001+08:00", MOMENT + dt.timedelta(microseconds=1)),
    ],
)
def test_iso_moments_and_days_are_read(text: str, meant: object) -> None:
    assert when_from_text(text, what="at") == meant


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2026-09-30T16:05", "naive"),  # which zone?
        ("2026-02-29", "no such day"),  # 2026 is no leap year
        ("2026-09-30T25:00+08:00", "no such day or time"),
        ("20260930", "no ISO 8601"),  # a number to most programs
        ("2026-W40-3", "no ISO 8601"),  # a week date: nobody writes a receipt so
        ("2026/09/30", "no ISO 8601"),  # slashes belong into a register's mapping
        ("２０２６-09-30", "no ISO 8601"),  # full-width digits
        ("now", "no ISO 8601"),  # nothing here reads the clock
        ("", "no ISO 8601"),
        ("2026-09-30T\u0661\u0662:00+08:00", "no ISO 8601"),  # Arabic digits
    ],
)
def test_what_is_no_moment_is_refused_with_the_way_to_write_it(text: str, why: str) -> None:
    with pytest.raises(InvalidMoment, match=why):
        when_from_text(text, what="at")


def test_a_naive_moment_is_refused_by_name_with_the_zone_to_add() -> None:
    fault = faults({"id": "c-1", "received": "2026-10-09T08:30:00"})["received"]
    assert "names no time zone" in fault.why
    assert fault.value == "2026-10-09T08:30:00"
    assert "+08:00" in fault.hint


# --- cases ---


def test_a_case_with_everything_is_read_field_by_field() -> None:
    case = case_from_json(
        """{"id": "c-1", "received": "2026-09-30T16:05+08:00", "channel": "phone", "complainants": 3,
        "complainant_keys": ["p", "q"], "joint": true, "amount": 5000.10, "repeat": null,
        "extra": {"unionpay": true, "rate": 0.1, "tags": ["a"], "count": 7},
        "events": [{"kind": "routed", "at": "2026-10-08", "to": "outlet", "told": ["complainant"]},
                   {"kind": "amended", "set": {"complainants": 4}}, {"kind": "agreed", "due": "2026-10-20"}],
        "unseen": ["called_back"]}"""
    )
    complaint = case.complaint
    assert (complaint.received, complaint.channel, complaint.complainants) == (MOMENT, Channel.PHONE, 3)
    assert complaint.amount == Decimal("5000.10")
    assert complaint.repeat is None
    assert complaint.extra == {"unionpay": True, "rate": Decimal("0.1"), "tags": frozenset({"a"}), "count": 7}
    assert case.events == (
        Event("routed", dt.date(2026, 10, 8), to="outlet", told=frozenset({"complainant"})),
        Event("amended", set={"complainants": 4}),
        Event("agreed", due=dt.date(2026, 10, 20)),
    )
    assert case.unseen == {"called_back"}


def test_texts_become_what_the_policy_says_they_are() -> None:
    types = {"promised_by": "moment", "opened": "day", "rate": "decimal", "code": "text", "odd": "decimal"}
    extra = {
        "promised_by": "2026-10-01T09:00+08:00",
        "opened": "2026-09-01",
        "rate": "0.30",
        "code": "2026-09-01",
        "odd": "many",
    }
    data = {"id": "c", "received": "2026-09-30", "extra": extra, "events": [{"kind": "amended", "set": extra}]}
    case = case_from_dict(data, facts=types)
    meant = {
        "promised_by": dt.datetime(2026, 10, 1, 9, tzinfo=BEIJING),
        "opened": dt.date(2026, 9, 1),
        "rate": Decimal("0.30"),
        "code": "2026-09-01",
        "odd": "many",  # no number: the assessment refuses it as a fact of the wrong type
    }
    assert case.complaint.extra == meant
    assert case.events[0].set == meant
    assert case_from_dict(data).complaint.extra["opened"] == "2026-09-01"  # nobody says what it is
    assert faults(data | {"extra": {"opened": "soon"}}, facts=types)["extra.opened"].value == "soon"
    assert "events[0].set.opened" in faults(
        data | {"events": [{"kind": "amended", "set": {"opened": "soon"}}]}, facts=types
    )


def test_values_that_are_already_python_are_taken_as_they_are() -> None:
    case = case_from_dict({"id": "c", "received": MOMENT, "events": [{"kind": "closed", "at": DAY}]})
    assert (case.complaint.received, case.events[0].at) == (MOMENT, DAY)


@pytest.mark.parametrize(
    ("data", "where", "why", "hint"),
    [
        ({"chanel": "phone"}, "chanel", "no such key", "did you mean 'channel'?"),
        ({"unionpay": True}, "unionpay", "no such key", "'extra'"),
        ({"channel": "fone"}, "channel", "unknown", "did you mean 'phone'?"),
        ({"channel": 7}, "channel", "unknown", "one of phone"),
        ({"complainants": 0}, "complainants", "at least 1", ""),
        ({"complainants": True}, "complainants", "at least 1", ""),  # a bool is no number
        ({"complainants": Decimal("3.0")}, "complainants", "whole number", ""),  # 3.0 in JSON
        ({"complainants": 2, "complainant_keys": ["a", "b", "c"]}, "complainants", "3 complainant keys", ""),
        ({"complainant_keys": []}, "complainant_keys", "at least one key", ""),
        ({"amount": 0.1}, "amount", "exact", "Decimal"),  # a float that a careless reader made
        ({"amount": -1}, "amount", "not negative", ""),
        ({"joint": "yes"}, "joint", "true, false or null", ""),
        ({"id": ""}, "id", "1 to 200", ""),
        ({"id": None}, "id", "missing", "ticket"),
        ({"id": 7}, "id", "text", ""),
        ({"received": None}, "received", "missing", "2026-10-09T08:30:00+08:00"),
        ({"received": 20260930}, "received", "expected", ""),
        ({"received": "1999-12-31"}, "received", "years known", "century"),
        ({"received": "9999-01-01"}, "received", "years known", "century"),
        ({"extra": None}, "extra", "mapping", ""),
        ({"extra": {"channel": "x"}}, "extra.channel", "field of Complaint", ""),
        ({"extra": {"not a name": 1}}, "extra.not a name", "identifier", ""),
        ({"extra": {"deep": {"a": 1}}}, "extra.deep", "a fact is", ""),
        ({"extra": {"rate": Decimal("1e900000000")}}, "extra.rate", "at most 28 digits", ""),  # 3 GiB once printed
        ({"unseen": 3}, "unseen", "set of codes", ""),
        ({"events": {}}, "events", "list", ""),
        ({"events": ["closed"]}, "events[0]", "object", '"kind"'),
        ({"events": [{"at": "2026-10-01"}]}, "events[0].kind", "missing", "closed"),
        ({"events": [{"kind": "not ok"}]}, "events[0].kind", "identifier", ""),
        ({"events": [{"kind": "closed"}, {"kind": "closed", "att": 1}]}, "events[1].att", "no such key", "'at'"),
        ({"events": [{"kind": "closed", "at": "2026-10-01T09:00"}]}, "events[0].at", "naive", "+08:00"),
        ({"events": [{"kind": "agreed", "due": "tomorrow"}]}, "events[0].due", "ISO 8601", ""),
        ({"events": [{"kind": "amended", "set": 1}]}, "events[0].set", "mapping", ""),
        ({"events": [{"kind": "amended", "set": {"amount": 0.5}}]}, "events[0].set.amount", "float", ""),
    ],
)
def test_each_fault_names_its_place_and_the_likely_intent(
    data: dict[str, Any], where: str, why: str, hint: str
) -> None:
    found = faults({"id": "c-1", "received": "2026-09-30"} | data)
    assert list(found) == [where]
    assert why in found[where].why
    assert hint in found[where].hint


def test_all_faults_of_a_case_are_reported_at_once() -> None:
    found = faults({"chanel": "phone", "complainants": 0, "events": [{"kind": "closed", "at": "x"}, 5]})
    assert set(found) == {"chanel", "id", "received", "complainants", "events[0].at", "events[1]"}


def test_a_thousand_faults_are_counted_and_a_hundred_listed() -> None:
    with pytest.raises(InvalidCase, match="1002 faults") as caught:
        case_from_dict({"events": [5] * 1000})
    assert len(caught.value.faults) == 101
    assert caught.value.faults[-1].why == "902 more faults are not listed"


@pytest.mark.parametrize("data", [None, 7, "c-1", [], [{"id": "c-1"}]])
def test_what_is_no_object_is_no_case(data: object) -> None:
    (fault,) = faults(data).values()
    assert fault.why == "a complaint is a JSON object"
    assert ("jq" in fault.hint) == isinstance(data, list)


def test_an_endless_key_is_cut_in_the_message() -> None:
    (where,) = faults({"id": "c", "received": "2026-09-30", "x" * 10_000: 1})
    assert len(where) == 120


def test_the_place_of_the_whole_stands_in_front() -> None:
    with pytest.raises(InvalidCase, match=r"^case\.json: 1 fault\n  received: "):
        case_from_json('{"id": "c"}', where="case.json")
    with pytest.raises(UnreadableInput, match=r"^case\.json: this is no JSON"):
        case_from_json("{", where="case.json")


# --- JSON itself ---


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ('{"id": "a", "id": "b"}', "twice"),  # which of the two?
        ('{"extra": {"x": 1, "x": 2}}', "twice"),
        ('{"amount": NaN}', "no number of JSON"),
        ('{"amount": -Infinity}', "no number of JSON"),
        ('{"amount": 1' + "0" * 5000 + "}", "more digits"),  # would take quadratic time
        ('{"amount": 1e99999999999999999999}', "more digits"),
        ("[" * 100_000, "nested"),
        ("{" * 3 + "}", "no JSON"),
        ("not json", "no JSON"),
        ('{"id": "a\x00"}', "no JSON"),  # a NUL
        ("{'id': 'a'}", "no JSON"),  # Python, not JSON
        ("", "no JSON"),
        ("\n\n{]", "at line 3"),
    ],
)
def test_hostile_or_broken_json_is_refused_in_words(text: str, why: str) -> None:
    with pytest.raises(UnreadableInput, match=why):
        json_value(text)


def test_a_huge_exponent_costs_nothing_and_is_no_count() -> None:
    data = json_value('{"id": "a", "received": "2026-09-30", "complainants": 1e999999}')
    assert list(faults(data)) == ["complainants"]


# --- JSON Lines ---


def test_bad_lines_are_named_and_good_ones_kept() -> None:
    found = rows(
        b"\xef\xbb\xbf"  # a byte order mark
        b'{"id": "a", "received": "2026-09-30"}\r\n'
        b"\n"
        b"not json\n"
        b'{"id": "b", "received": "2026-10-09T08:30:00", "complainants": 0}\n'
        b"   \n"
        b'{"id": "\xd6\xd0", "received": "2026-09-30"}\n'  # GB18030
        b'["c"]\n'
        b'{"id": "d", "received": "2026-09-30"}'  # no line end
    )
    assert [(row.line, row.case.complaint.id) for row in found if row.case] == [(1, "a"), (8, "d")]
    told = [str(fault) for row in found for fault in row.faults]
    wanted = [
        "3: this is no JSON: ",
        "4: received: the moment is naive",
        "4: complainants: a whole number",
        "6: it is not UTF-8; JSON is UTF-8",
        "7: a complaint is a JSON object; one object a line",
    ]
    assert len(told) == len(wanted)
    assert all(text.startswith(start) for text, start in zip(told, wanted, strict=True))


def test_a_mark_of_byte_order_is_none_inside_a_file_of_json() -> None:
    """JSON has none; files put together by appending are told where the second begins."""
    found = rows("\ufeff" + "\n\ufeff".join(f'{{"id": "{n}", "received": "2026-09-30"}}' for n in (1, 2)) + "\n{}")
    assert [row.case is not None for row in found] == [True, False, False]
    assert str(found[1].faults[0]).startswith("2: this is no JSON")


@pytest.mark.parametrize("places", [("extra",), ("events", "set")])
def test_a_bad_name_of_a_fact_hides_no_fault_after_it(places: tuple[str, ...]) -> None:
    named: dict[str, object] = {"a b": 1, "c d": 2, "deep": {"a": 1}, "good": 1}
    held = named if len(places) == 1 else [{"kind": "amended", "set": named}, {"kind": "not a kind"}]
    data = {"id": "c-1", "received": "2026-09-30", places[0]: held, "complainants": 0}
    start = "extra" if len(places) == 1 else "events[0].set"
    wanted = [f"{start}.{name}" for name in list(named)[:3]]
    wanted += [] if len(places) == 1 else ["events[1].kind"]
    assert list(faults(data)) == [*wanted, "complainants"]


def test_a_line_without_end_is_cut_off_and_the_next_one_read() -> None:
    endless = b'{"id": "' + b"x" * (2 * LONGEST_LINE) + b'"}\n'
    found = rows(endless + b'{"id": "b", "received": "2026-09-30"}\n' + b"y" * (LONGEST_LINE + 1))
    assert [row.line for row in found if row.case] == [2]
    assert [row.faults[0].why for row in found if not row.case] == [f"the line is longer than {LONGEST_LINE} bytes"] * 2


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        ('{"id": "a"}'.encode("utf-16"), "UTF-16"),
        (b'[\n{"id": "a"},\n', "one JSON text"),
        (b'\n{\n"id": "a"\n}\n', "one JSON text"),
    ],
)
def test_a_file_that_is_no_json_lines_is_refused_as_a_whole(content: bytes, why: str) -> None:
    with pytest.raises(UnreadableInput, match=f"cases.jsonl: .*{why}"):
        rows(content)


def test_a_row_fault_says_line_place_and_intent_and_has_no_room_for_a_value() -> None:
    assert str(RowFault(line=3, column="", why="it is empty")) == "3: it is empty"
    assert str(RowFault(line=3, column="a", why="b", hint="c")) == "3: a: b; c"
    assert not hasattr(RowFault(line=3, column="a", why="b"), "value")


# --- there and back ---


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("某 支行", "某 支行"),
        ("某  支行", "某 支行"),  # two blanks
        (" 某\u00a0支行\u3000", "某 支行"),  # a no-break blank, an ideographic one at the end
        ("某\n支行", "某 支行"),  # a line break inside a cell
    ],
)
def test_a_text_is_the_same_from_json_and_from_a_register(text: str, meant: str) -> None:
    """Complaints are linked by equal texts: the door by which they come must not matter."""
    written = json.dumps({"id": text, "received": "2026-09-30", "respondent": text, "interested": [text]})
    (row,) = rows(written)
    cell = text.replace('"', '""')
    book = f'id,received,respondent\n"{cell}",2026-09-30,"{cell}"\n'.encode()
    (other,) = read_register(io.BytesIO(book))
    for found in (row.case, other.case):
        assert found is not None
        assert (found.complaint.id, found.complaint.respondent) == (meant, meant)
    assert row.case is not None
    assert row.case.complaint.interested == frozenset({meant})


def test_blanks_in_events_and_own_facts_are_read_alike_and_dates_stay() -> None:
    case = case_from_dict(
        {
            "id": "c",
            "received": DAY,
            "extra": {"shade": "light  blue"},
            "events": [{"kind": "closed", "by": "a\u00a0b", "told": ("x  y",)}],
        }
    )
    assert case.complaint.extra["shade"] == "light blue"
    assert (case.events[0].by, case.events[0].told) == ("a b", frozenset({"x y"}))


def test_very_many_unknown_keys_cost_no_search_beyond_those_that_are_listed() -> None:
    def work(keys: int, where: str) -> int:
        unknown: dict[str, Any] = {f"chanel{keys}x{n}{where}": 1 for n in range(keys)}  # none was searched for before
        data: dict[str, Any] = {"id": "c", "received": "2026-09-30"}
        data |= {"events": [{"kind": "closed", **unknown}]} if where else unknown

        def read() -> None:
            with pytest.raises(InvalidCase, match=f"{keys} faults"):
                case_from_dict(data)

        return calls(read)

    for where in ("", "events"):
        assert work(20_000, where) < 25 * work(1_000, where)  # in proportion; each search is some thousand calls


def test_a_key_that_stands_twice_at_the_end_of_many_is_found_in_one_walk() -> None:
    def work(keys: int) -> int:
        text = "{" + ",".join(f'"k{n}": 1' for n in range(keys)) + f', "k{keys - 1}": 2}}'

        def read() -> None:
            with pytest.raises(UnreadableInput, match="twice"):
                json_value(text)

        return calls(read)

    assert work(20_000) < 30 * work(1_000)


def test_what_is_no_moment_is_not_repeated_in_the_reason_which_a_message_of_a_row_shows() -> None:
    """The value is a field of its own, and whoever may not show a customer's words leaves it out."""
    with pytest.raises(InvalidMoment) as caught:
        when_from_text("2026-03-19T00:51:00+00:00as she said", what="events[0].at")
    assert caught.value.why == "there is no such day or time"


@pytest.mark.parametrize(
    ("data", "why", "zh"),
    [
        ({"joint": "yes"}, "true, false or null (unknown) is expected", "应为 true、false 或 null（不明）"),
        ({"joint": 1}, "true, false or null (unknown) is expected", "应为 true、false 或 null（不明）"),
    ],
)
def test_who_writes_json_is_told_words_of_json(data: dict[str, Any], why: str, zh: str) -> None:
    with pytest.raises(InvalidCase) as found:
        case_from_dict({"id": "c-1", "received": "2026-09-30", **data})
    (fault,) = found.value.faults
    assert fault.why == why
    assert zh in explain_error(fault, "zh")


@pytest.mark.parametrize("put", [lambda inner: [inner], lambda inner: {"a": inner}], ids=["lists", "objects"])
def test_blanks_are_reduced_four_levels_deep_and_what_lies_deeper_is_left(put: Any) -> None:
    """No field takes anything deeper, and a walk without end would be a hole."""
    four: Any = put(put(put(put("a  b"))))
    assert _tidy(four) == put(put(put(put("a b"))))
    assert _tidy(put(four)) == put(four)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"a" 1}', "(at character 6)"),  # `{"a" ` are five
        ("x", "(at character 1)"),
        ('{"a": 1,\n"b" 2}', "(at line 2)"),
    ],
)
def test_a_fault_of_json_is_told_at_its_place(text: str, place: str) -> None:
    with pytest.raises(UnreadableInput) as refused:
        json_value(text)
    assert str(refused.value).endswith(place)


def test_every_field_may_be_given_at_once_though_nothing_is_known_of_most() -> None:
    event = dict.fromkeys((field.name for field in attrs.fields(Event)), None) | {"kind": "closed", "at": "2026-10-08"}
    facts = dict.fromkeys(CORE_FACTS, None) | {"id": "c-1", "received": "2026-09-30", "extra": {}}
    found = case_from_dict({**facts, "events": [event], "unseen": ["routed"]})
    only = Complaint(id="c-1", received=dt.date(2026, 9, 30))
    assert found == Case(only, [Event("closed", dt.date(2026, 10, 8))], unseen={"routed"})
