"""Schemas of data against the data themselves: cases in, assessments out, golden cases, answers, mapping files."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import attrs
import pytest
from hypothesis import given, settings

from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.cases.plain import case_from_dict, case_to_dict, event_from_dict
from complaint_rules.documents.toml import parse_toml
from complaint_rules.errors import ComplaintRulesError, InvalidCase, InvalidMapping, InvalidPolicy, UnknownName
from complaint_rules.exchange.column_files import COLUMN
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.exchange.mapping_files import EVENT, HEADER, IF, TOP
from complaint_rules.moments import BEIJING
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.statistics.tally import Tally
from complaint_rules.verification.kits import SCHEMAS, schema
from complaint_rules.verification.kits.schemas import schema_text
from complaint_rules.verification.reaching.expecting import EXPECT, Expected
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.verification.reaching.golden_tables import read_golden
from tests import small
from tests.properties.test_exchange_cases import cases
from tests.verification.kits.validating import shipped, there_and_back, told, validator

ROOT: Final = Path(__file__).parents[3]
GOLDEN: Final = sorted((ROOT / "tests" / "golden").glob("*.toml"))
FEW: Final = 1 if settings().max_examples > 60 else 6
"""Which of the golden files are tried by default: every sixth, with every third of its cases."""
MAPS: Final = [path for path in sorted((ROOT / "docs" / "maps").glob("*.toml")) if "[fact]" in path.read_text("utf-8")]
LEAST: Final = {"id": "k-1", "received": "2026-09-29T17:25:00+08:00"}


@cache
def policy_of(name: str, edition: str | None) -> Policy:
    return load_policy(name, edition=edition)


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_schema_is_one_and_is_the_same_each_time(name: str) -> None:
    assert shipped(name).schema == schema(name)
    assert schema(name) == schema(name)
    text = schema_text(schema(name))
    assert text == schema_text(schema(name))
    assert json.loads(text) == schema(name)
    assert text.startswith('{\n  "$schema": "https://json-schema.org/draft/2020-12/schema"')


def objects(part: Any) -> list[Any]:
    """Give every piece of a schema that describes named keys."""
    found = [part] if isinstance(part, dict) and isinstance(part.get("properties"), dict) else []
    values = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return found + [one for value in values for one in objects(value)]


BOUNDS: Final = {
    # Counts and places begin at 0, amounts too; a decimal place may be none.
    "minimum 0": "answer.row assessment.place case.amount complaint.amount event.amount golden.amount golden.links"
    " golden.row policy.decimals tally.bases tally.problems tally.seen",
    # Somebody complains; the first day, event, grant or header row is the first; a figure is per 1 at least.
    "minimum 1": "case.complainants complaint.complainants golden.complainants mapping.rows policy.day policy.nth"
    " policy.per policy.times",
    "minimum 2": "policy.at_least_cases",  # a least number of one would keep nothing back
    "minimum 2001": "policy.year",  # the calendar begins on 2001-01-01 and ends on 2099-12-31
    "exclusiveMinimum 0": "mapping.times",  # a figure times nothing would be nothing
    "maximum 6": "policy.decimals",
    "maximum 10": "mapping.rows",
    "maximum 31": "policy.day",
    "maximum 100": "policy.times",
    "maximum 1000": "policy.nth",
    "maximum 2099": "policy.year",
    "maximum 1000000": "policy.at_least_cases",
    "maximum 1000000000000": "policy.per",  # 10 ** 12
    "const 2000": "mapping.century",  # the only century that %y may mean
    # Said only where it is so.
    "const True": "assessment.agreed assessment.overdue_by_reclassification mapping.conditional",
    "in 0": "tally.bases", "in 1": "tally.bases", "in 2": "tally.bases", "in 3": "tally.bases", "in 4": "tally.bases",
    # Pairs, and triples of a basis: nothing behind the parts that are described.
    "items False": "tally.bases tally.covers tally.problems tally.rows",
    # A text that is empty names nothing, parts nothing and joins nothing.
    "minLength 1": "mapping.column mapping.delimiter mapping.encoding mapping.join mapping.present mapping.sheet"
    " mapping.split",
    # A table that names nothing says nothing.
    "minProperties 1": "answer.clocks golden.clocks golden.expect policy.contents policy.items policy.not"
    " policy.period policy.values tally.rows",
    # A list of none is left out, in what we write as in what is written for us.
    "minItems 1": "assessment.extensions assessment.pauses mapping.encoding policy.accept policy.after policy.agreed"
    " policy.approved_by policy.bands policy.basis policy.by policy.cites policy.compare policy.dated policy.earliest"
    " policy.every policy.figures policy.first policy.friday policy.from policy.implies policy.items policy.latest"
    " policy.may policy.monday policy.must policy.must_not policy.of policy.on policy.outcome policy.reason policy.ref"
    " policy.retention policy.same policy.saturday policy.should policy.should_not policy.show policy.spans"
    " policy.sunday policy.thursday policy.to policy.told policy.tuesday policy.unit policy.until policy.void_on"
    " policy.warn policy.wednesday policy.within policy.written tally.libraries",
    # Two ends of a span or a step, day and time of day of a column; more runs than one and more rows of keeping.
    "minItems 2": "assessment.runs mapping.column policy.friday policy.monday policy.retention policy.routes"
    " policy.saturday policy.spans policy.sunday policy.thursday policy.tuesday policy.wednesday tally.covers"
    " tally.problems tally.rows",
    "minItems 3": "tally.bases",
    "maxItems 1": "policy.retention policy.within",  # the one without a name of its own; the one limit of a table
    "maxItems 2": "mapping.column policy.friday policy.monday policy.routes policy.saturday policy.spans policy.sunday"
    " policy.thursday policy.tuesday policy.wednesday",
    "maxItems 3": "policy.by",  # a table has three groupings at most
    "uniqueItems True": "policy.approved_by policy.bands policy.basis policy.by policy.cites policy.compare"
    " policy.figures policy.implies policy.items policy.on policy.outcome policy.reason policy.ref policy.same"
    " policy.show policy.to policy.told policy.unit policy.warn policy.within policy.written",
    # What an assessment that is refused has not.
    "is False": " ".join(
        f"{name}.{key}" for name in ("answer", "golden") for key in sorted(set(EXPECT.known) - {"refused"})
    ),
    # A condition may be twice as long as any other text of a policy; a value of a case is at most 200 signs.
    "maxLength 4000": "policy.applies policy.counts policy.of policy.requires policy.share policy.unless policy.when",
}  # fmt: skip
"""Every number and truth value that a schema asks for, and under which keys: `schema.key`, where in it all the same."""


def asked(part: Any, place: tuple[str, ...], names: bool = False) -> Iterator[tuple[str, str]]:
    """Give each number and truth value of a piece of a schema, with its keyword, and the place as `schema.key`."""
    for keyword, value in part.items() if isinstance(part, dict) else [("in", one) for one in part]:
        inside = (*place, keyword) if names else place
        if isinstance(value, bool | int):
            yield f"{'is' if names else keyword} {value}", ".".join(dict.fromkeys((inside[0], inside[-1])))
        elif isinstance(value, dict | list):
            yield from asked(value, inside, keyword in ("properties", "$defs") and not names)


def test_what_the_schemas_ask_of_numbers_lists_and_texts_is_what_was_meant() -> None:
    found: dict[str, set[str]] = {}
    for name in SCHEMAS:
        for what, place in asked(schema(name), (name,)):
            found.setdefault(what, set()).add(place)
    short, long = found.pop("maxLength 200"), found.pop("maxLength 2000")
    assert {one.partition(".")[0] for one in short} == {"case", "complaint", "event", "golden"}  # values of a case
    assert {one.partition(".")[0] for one in long} == {"answer", "golden", "policy"}
    assert len(found.pop("additionalProperties False")) > 50
    assert {what: " ".join(sorted(places)) for what, places in found.items()} == BOUNDS


def test_no_table_has_other_keys_than_those_described_but_where_others_name_them() -> None:
    """Those whose other keys somebody else names describe them: facts, kinds, details of a note."""
    for name in SCHEMAS:
        for part in objects(schema(name)):
            rest = part.get("additionalProperties")
            if "type" in part:
                assert rest is False or (isinstance(rest, dict) and rest), (name, sorted(part["properties"]))


@pytest.mark.parametrize("name", sorted(set(SCHEMAS) - {"assessment", "tally"}))
def test_every_key_that_a_person_writes_is_described_in_both_languages(name: str) -> None:
    found = schema(name)
    assert " · " in found["title"]
    for key, kind in found["properties"].items():
        assert " · " in kind["description"], key


@pytest.mark.parametrize("path", GOLDEN[::FEW], ids=lambda one: one.stem)
def test_every_golden_case_its_line_and_its_assessment_fit_their_schemas(path: Path) -> None:
    file = read_golden(path)
    policy = policy_of(file.policy, file.edition)
    under = validator(schema("case", policy))
    for golden in file.cases[:: 1 if FEW == 1 else 3]:
        assert told(shipped("golden"), there_and_back(golden.to_dict())) == [], golden.id
        if golden.expect.refused is not None:
            continue
        data = there_and_back(case_to_dict(golden.case_under(golden.under(policy))))
        assert told(shipped("case"), data) == [], golden.id
        assert told(under, data) == [], golden.id
        assert told(shipped("assessment"), there_and_back(golden.assess(policy).to_dict())) == [], golden.id
        answer = {"id": golden.id, **there_and_back(golden.expect.to_dict())}
        assert told(shipped("answer"), exact(answer)) == [], golden.id


def exact(answer: dict[str, Any]) -> dict[str, Any]:
    """Write out the due moments and warnings that a golden case writes as a day or to the minute, as an answer must."""
    for runs in answer.get("clocks", {}).values():
        for run in runs if isinstance(runs, list) else [runs]:
            if run.get("due_at"):
                run["due_at"] = to_the_instant(run["due_at"])
            if "warn_at" in run:
                run["warn_at"] = [to_the_instant(one) for one in run["warn_at"]]
    return answer


def to_the_instant(written: str) -> str:
    if "T" in written:
        return written
    day, _, clock = written.partition(" ")
    return f"{day}T{clock}:00+08:00" if clock else f"{day}T23:59:59.999999+08:00"


def test_a_limit_reclassified_after_its_due_moment_fits_the_schema() -> None:
    """The one key that no golden case shows."""
    policy = small.own(
        small.limit('[{ within = "5 days", when = "complex" }, { within = "15 days" }]'),
    )
    received = "2026-09-30T10:00:00+08:00"
    change = {"kind": "amended", "at": "2026-10-10T10:00:00+08:00", "set": {"complex": True}}
    golden = GoldenCase.from_dict(
        {
            "id": "g", "policy": {"id": "own"}, "case": {"received": received, "complex": False, "events": [change]},
            "at": "2026-10-11T10:00:00+08:00", "expect": {"violations": []},
        }
    )  # fmt: skip
    data = there_and_back(golden.assess(policy).to_dict())
    assert data["clocks"]["whole"]["overdue_by_reclassification"] is True
    assert told(shipped("assessment"), data) == []


@given(cases)
def test_whatever_a_case_holds_its_data_fit_the_schema(case: Case) -> None:
    data = there_and_back(case_to_dict(case))
    assert told(shipped("case"), data) == []
    bare = {name: value for name, value in data.items() if name not in ("events", "unseen")}
    assert told(shipped("complaint"), bare) == []
    for event in data.get("events", ()):
        assert told(shipped("event"), event) == []


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"id": None}, "every complaint has a key"),
        ({"id": " "}, "a key is not blank"),
        ({"received": None}, "it was received at some time"),
        ({"received": "2026-09-30T16:05"}, "the moment names no zone"),
        ({"received": "yesterday"}, "no moment"),
        ({"received": 20260930}, "a number is no moment"),
        ({"recieved": "2026-09-30"}, "no such key"),
        ({"channel": "fone"}, "no such channel"),
        ({"complainants": 0}, "at least one complains"),
        ({"complainants": 1.5}, "people are whole"),
        ({"complainants": "3"}, "a number is expected, not its text"),
        ({"joint": "yes"}, "true or false"),
        ({"joint": 1}, "a number is no truth"),
        ({"amount": -1}, "no amount is below nothing"),
        ({"amount": "5,000"}, "an exact number has no comma"),
        ({"recorded": [""]}, "an item is not blank"),
        ({"recorded": {"name": True}}, "a list of items, and no object"),
        ({"extra": [1]}, "own facts stand under their names"),
        ({"extra": {"v-i-p": True}}, "the name of a fact is an identifier"),
        ({"extra": {"vip": {"deep": 1}}}, "a fact is no object"),
        ({"events": {"kind": "closed"}}, "events are a list"),
        ({"events": [{}]}, "an event has a kind"),
        ({"events": [{"kind": "on-site"}]}, "a kind is an identifier"),
        ({"events": [{"kind": "closed", "wen": "2026-09-30"}]}, "no such key of an event"),
        ({"events": [{"kind": "closed", "at": "2026-09-30 16:05"}]}, "the moment names no zone"),
        ({"events": ["closed"]}, "an event is an object"),
        ({"respondent": "a\nb"}, "a code is on one line"),
    ],
)
def test_what_a_case_may_not_hold_is_refused_by_the_schema_and_the_reader(changes: dict[str, Any], why: str) -> None:
    data = {**LEAST, **changes}
    assert told(shipped("case"), data) != [], why
    if "a\n" not in str(data.get("respondent")):  # the reader makes one blank of it, as in a register
        with pytest.raises(InvalidCase):
            case_from_dict(data)


@pytest.mark.parametrize(
    "event", [{}, {"kind": 5}, {"kind": "closed", "amount": "much"}, {"kind": "a", "set": {"x-y": 1}}]
)
def test_what_an_event_may_not_hold_is_refused_by_the_schema_and_the_reader(event: dict[str, Any]) -> None:
    assert told(shipped("event"), event) != []
    with pytest.raises(ComplaintRulesError):
        event_from_dict(event)


def test_the_fields_of_a_case_are_those_of_its_values() -> None:
    complaint = {field.name for field in attrs.fields(Complaint)}
    assert set(schema("complaint")["properties"]) == complaint
    assert set(schema("event")["properties"]) == {field.name for field in attrs.fields(Event)}
    assert set(schema("case")["properties"]) == complaint | {"events", "unseen"}


def test_under_a_policy_its_facts_codes_and_kinds_of_event_are_known() -> None:
    policy = small.own(
        small.fact("vip"),
        "[facts.grade]", 'type = "set"', small.TITLE, 'values.a = { zh = "甲", en = "A" }',
        "[facts.seen]", 'type = "day"', small.TITLE,
        "[events.on_site]", small.TITLE,
    )  # fmt: skip
    check, event = validator(schema("case", policy)), validator(schema("event", policy))
    assert told(check, {**LEAST, "extra": {"vip": True, "grade": ["a"], "seen": "2026-09-30", "other": "x"}}) == []
    for extra in ({"vip": "yes"}, {"grade": ["b"]}, {"grade": "b"}, {"seen": "2026-09-30T10:00:00+08:00"}):
        assert told(check, {**LEAST, "extra": extra}) != [], extra
    assert told(event, {"kind": "on_site"}) == []
    assert told(event, {"kind": "onsite"}) != []
    assert set(schema("complaint", policy)["properties"]["extra"]["properties"]) == {"vip", "grade", "seen"}
    with pytest.raises(UnknownName, match="the same under every rule set"):
        schema("policy", policy)
    given: Any = "own"
    with pytest.raises(InvalidPolicy, match="a Policy is expected"):
        schema("case", given)


@pytest.mark.parametrize("name", ["cases", "", None, 5, ["case"], "x" * 999])
def test_a_schema_that_there_is_not_is_told_with_the_likely_one(name: Any) -> None:
    with pytest.raises(UnknownName, match="there is no schema of this name"):
        schema(name)


# --- golden cases and answers ---

ONE: Final = {
    "id": "g-1", "policy": {"id": "own", "edition": "1", "parameters": {"time": "5 days"}}, "kind": "edge",
    "rule": "limit/whole[0]", "cite": "14", "why": "a Saturday", "case": LEAST, "at": "2026-10-01T09:00:00+08:00",
    "links": {"same": 2}, "hours": ["09:00-12:00"], "expect": {"clocks": {"whole": {"status": "met"}}}, "checked": None,
}  # fmt: skip


def test_a_golden_case_may_hold_what_its_reader_takes() -> None:
    assert told(shipped("golden"), ONE) == []
    assert GoldenCase.from_dict(ONE).rule == "limit/whole[0]"
    assert set(schema("golden")["properties"]) == {field.name for field in attrs.fields(GoldenCase)}
    assert set(schema("golden")["properties"]["expect"]["properties"]) == set(EXPECT.known)
    assert set(schema("answer")["properties"]) == {"id", *EXPECT.known}
    assert {field.name for field in attrs.fields(Expected)} == set(EXPECT.known)


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"id": ""}, "a case has a key"),
        ({"polcy": {}}, "no such key"),
        ({"policy": {"id": "own", "name": "x"}}, "no such key of a rule set"),
        ({"policy": "own"}, "a rule set is an object"),
        ({"case": []}, "a case is an object"),
        ({"at": "2026-10-01"}, "a moment, not a day"),
        ({"at": "2026-10-01T09:00"}, "the moment names no zone"),
        ({"expect": {}}, "nothing must come out"),
        ({"expect": {"clocks": {"whole": {}}}}, "nothing is asked of the run"),
        ({"expect": {"clocks": {"whole": {"status": "mett"}}}}, "no such status"),
        ({"expect": {"clocks": {"whole": {"row": -1}}}}, "rows are counted from 0"),
        ({"expect": {"clocks": {"whole": {"due_at": "soon"}}}}, "no moment"),
        ({"expect": {"duties": {"reply": "dun"}}}, "no such status of a duty"),
        ({"expect": {"violations": ["layt limit/whole"]}}, "no such violation"),
        ({"expect": {"refused": "received", "missing": ["time"]}}, "a refusal stands alone"),
        ({"links": {"same": -1}}, "counts are not below 0"),
        ({"checked": {"by": "A"}}, "nobody knows when it was checked"),
        ({"checked": True}, "nobody knows by whom"),
        ({"case": {**LEAST, "recieved": "2026-09-30"}}, "no such key of a case that is not to be refused"),
    ],
)
def test_what_a_golden_case_may_not_hold_is_refused(changes: dict[str, Any], why: str) -> None:
    assert told(shipped("golden"), {**ONE, **changes}) != [], why


def test_a_case_that_is_to_be_refused_may_be_none() -> None:
    wrong = {**ONE, "case": {"recieved": 5}, "expect": {"refused": "received"}}
    assert told(shipped("golden"), wrong) == []


@pytest.mark.parametrize(
    ("answer", "good"),
    [
        ({"id": "g-1", "refused": "received"}, True),
        ({"id": "g-1"}, True),
        ({"id": "g-1", "clocks": {"whole": {"status": "met", "due_at": "2026-10-01T09:00:00Z", "row": 0}}}, True),
        ({"id": "g-1", "duties": {"reply": [{"status": "due", "due_at": None}], "tell": "done", "ask": []}}, True),
        ({"id": "g-1", "findings": {"a": None, "b": "?", "c": ["x"]}, "checklists": {"d": "?"}}, True),
        ({"id": "g-1", "refused": None}, False),
        ({"id": "g-1", "refused": "received", "clocks": {}}, False),
        ({"id": 1}, False),
        ({"clocks": {}}, False),
        ({"id": "g-1", "clocks": {"whole": {"due_at": "2026-10-01"}}}, False),
        ({"id": "g-1", "clocks": {"whole": {"due_at": 1791536400}}}, False),
        ({"id": "g-1", "result": {}}, False),
    ],
)
def test_an_answer_has_the_form_that_the_page_of_the_kit_asks_for(answer: dict[str, Any], good: bool) -> None:
    assert (told(shipped("answer"), answer) == []) is good


# --- tallies ---


@pytest.mark.parametrize("name", ["example-bank", "psbc-95580", "cbirc-2020-3"])
def test_a_tally_as_data_fits_its_schema(name: str) -> None:
    file = read_golden(ROOT / "tests" / "golden" / f"{name}.toml")
    policy = policy_of(file.policy, file.edition)
    at = dt.datetime(2026, 12, 1, tzinfo=BEIJING)
    for covers in (None, (dt.date(2026, 1, 1), dt.date(2026, 11, 30))):
        tally = Tally(policy, at=at, by=[("channel",), ("channel", "month")], covers=covers)
        for golden in file.cases[:20]:
            if golden.expect.refused is None:
                tally.add(golden.case_under(policy))
        data = there_and_back(tally.to_dict())
        assert told(shipped("tally"), data) == []
        assert data["seen"] > 10
        for key, value in (("seen", -1), ("at", "2026-12-01"), ("figures", {}), ("by", ["channel"]), ("more", 1)):
            assert told(shipped("tally"), {**data, key: value}) != [], key
        del data["bases"]
        assert told(shipped("tally"), data) != []


# --- mapping files ---


@pytest.mark.parametrize("path", MAPS, ids=lambda one: one.stem)
def test_every_mapping_file_fits_its_schema(path: Path) -> None:
    assert told(shipped("mapping"), parse_toml(path.read_text("utf-8"), name=path.name)) == []


def test_every_key_that_a_mapping_file_may_have_is_in_its_schema() -> None:
    found = schema("mapping")
    assert set(found["properties"]) == set(TOP)
    definitions = found["$defs"]
    assert set(definitions["header"]["properties"]) == set(HEADER)
    assert set(definitions["event"]["properties"]) == set(EVENT)
    assert set(definitions["event"]["properties"]["if"]["properties"]) == set(IF)
    assert set(definitions["column"]["anyOf"][1]["properties"]) == set(COLUMN)


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("dates = []", "the facts are missing"),
        ("fact = { id = '单号' }", "the receipt is missing"),
        ("fact = { id = '单号', received = '日期' }\nsheets = 'a'", "no such key"),
        ("fact = { id = '单号', received = '日期', channel = 5 }", "a column's name or a table is expected"),
        ("fact = { id = '单号', received = '日期', amount = { column = '额', time = 1 } }", "no such key of it"),
        ("fact = { id = '单号', received = '日期', amount = { column = '额', times = 0 } }", "not above 0"),
        ("fact = { id = '单号', received = '日期', amount = { column = '额', value = 1 } }", "two sources at once"),
        ("fact = { id = '单号', received = '日期' }\nrow = 'events'", "a row is a case or an event"),
        (
            "fact = { id = '单号', received = '日期' }\nevent = [{ kind = 'closed' }]",
            "nothing says whether it happened",
        ),
        ("fact = { id = '单号', received = '日期' }\nheader = { rows = 99 }", "too many rows"),
        ("fact = { id = '单号', received = '日期' }\nzone = 'Beijing'", "an offset is expected"),
    ],
)
def test_what_a_mapping_file_may_not_say_is_refused_by_the_schema_and_the_reader(text: str, why: str) -> None:
    assert told(shipped("mapping"), parse_toml(text, name="own.toml")) != [], why
    with pytest.raises(InvalidMapping):
        RegisterMap.from_text(text)
