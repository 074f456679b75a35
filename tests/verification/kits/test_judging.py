"""Answers held against what must come out, value by value."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Mapping
from decimal import Decimal
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.documents.faults import Faults
from complaint_rules.errors import UnknownLanguage, UnreadableInput
from complaint_rules.exchange.lines import LONGEST_LINE
from complaint_rules.verification.kits import answering
from complaint_rules.verification.kits.answering import read_answers
from complaint_rules.verification.kits.judging import Mismatch, MismatchKind, figure, instant, mismatches
from complaint_rules.verification.reaching.expecting import Expected, read_expected

DUE: Final = "2026-10-09T17:00:00+08:00"
LAST: Final = "2026-10-09T23:59:59.999999+08:00"


def wanted(expect: Mapping[str, Any]) -> Expected:
    faults = Faults("test")
    found = read_expected(expect, "expect", faults)
    assert faults.all() == []
    return found


def kinds(expect: Mapping[str, Any], results: Mapping[str, Any]) -> dict[str, str]:
    return {one.place: one.kind.value for one in mismatches(wanted(expect), results)}


def clock(**run: Any) -> dict[str, Any]:
    return {"clocks": {"whole": run}}


@pytest.mark.parametrize(
    ("expect", "results", "told"),
    [
        # findings: a name, none, several in any order, open
        ({"findings": {"a": "x"}}, {"findings": {"a": "x"}}, {}),
        ({"findings": {"a": "x"}}, {"findings": {"a": ["x"]}}, {"findings.a": "differs"}),
        ({"findings": {"a": None}}, {"findings": {"a": None}}, {}),
        ({"findings": {"a": None}}, {"findings": {"a": "none"}}, {"findings.a": "differs"}),
        ({"findings": {"a": None}}, {"findings": {}}, {"findings.a": "not_told"}),
        ({"findings": {"a": "?"}}, {"findings": {"a": None}}, {"findings.a": "differs"}),
        ({"findings": {"a": ["x", "y"]}}, {"findings": {"a": ["y", "x"]}}, {}),
        ({"findings": {"a": ["x", "y"]}}, {"findings": {"a": ["x", "y", "y"]}}, {"findings.a": "differs"}),
        ({"findings": {"a": ["x"]}}, {"findings": {"a": "x"}}, {"findings.a": "differs"}),
        ({"findings": {"a": ["x"]}}, {"findings": {"a": [1]}}, {"findings.a": "differs"}),
        ({"findings": {"a": "x"}}, {"clocks": {}}, {"findings.a": "not_told"}),
        # checklists
        ({"checklists": {"a": None}}, {"checklists": {"a": None}}, {}),
        ({"checklists": {"a": []}}, {"checklists": {"a": None}}, {"checklists.a": "differs"}),
        ({"checklists": {"a": "?"}}, {"checklists": {"a": "?"}}, {}),
        # a run: status, due moment at any offset, row by its value
        (clock(status="met"), clock(status="met"), {}),
        (clock(status="met"), clock(status="Met"), {"clocks.whole.status": "differs"}),
        (clock(status="met"), clock(), {"clocks.whole.status": "not_told"}),
        (clock(status="met"), {"clocks": {"whole": [{"status": "met"}]}}, {}),
        (clock(status="met"), {"clocks": {"whole": [{"status": "met"}] * 2}}, {"clocks.whole": "differs"}),
        (clock(status="met"), {"clocks": {"whole": "met"}}, {"clocks.whole": "differs"}),
        (clock(status="met"), {"clocks": {"other": {}}}, {"clocks.whole": "not_told"}),
        (clock(due_at=DUE), clock(due_at="2026-10-09T09:00:00Z"), {}),
        (clock(due_at=DUE), clock(due_at="2026-10-09t11:00:00.000+02:00"), {}),
        (clock(due_at=LAST), clock(due_at="2026-10-09T15:59:59.999999000Z"), {}),
        (clock(due_at=LAST), clock(due_at="2026-10-09T16:00:00Z"), {"clocks.whole.due_at": "differs"}),
        (clock(due_at=LAST), clock(due_at="2026-10-09T15:59:59.9999999Z"), {"clocks.whole.due_at": "no_moment"}),
        (clock(due_at=DUE), clock(due_at="2026-10-09T17:00:00"), {"clocks.whole.due_at": "no_moment"}),
        (clock(due_at=DUE), clock(due_at="2026-13-09T17:00:00Z"), {"clocks.whole.due_at": "no_moment"}),
        (clock(due_at=DUE), clock(due_at={"at": DUE}), {"clocks.whole.due_at": "no_moment"}),
        (clock(due_at=DUE), clock(due_at=None), {"clocks.whole.due_at": "differs"}),
        (clock(due_at=DUE), clock(), {"clocks.whole.due_at": "not_told"}),
        (clock(due_at=None), clock(), {}),
        (clock(due_at=None), clock(due_at=None), {}),
        (clock(due_at=None), clock(due_at=DUE), {"clocks.whole.due_at": "differs"}),
        (clock(row=1), clock(row=1), {}),
        (clock(row=1), clock(row=Decimal("1.0")), {}),
        (clock(row=1), clock(row="1"), {}),
        (clock(row=1), clock(row="1.00"), {}),
        (clock(row=1), clock(row=True), {"clocks.whole.row": "no_number"}),
        (clock(row=1), clock(row="one"), {"clocks.whole.row": "no_number"}),
        (clock(row=1), clock(row=[1]), {"clocks.whole.row": "no_number"}),
        (clock(row=1), clock(row="1" * 41), {"clocks.whole.row": "no_number"}),
        (clock(row=1), clock(row=Decimal("1.0000001")), {"clocks.whole.row": "differs"}),
        (clock(row=1), clock(row=Decimal("1e999999")), {"clocks.whole.row": "differs"}),
        (clock(row=0), clock(row=None), {"clocks.whole.row": "differs"}),
        (clock(row=None), clock(row=0), {"clocks.whole.row": "differs"}),
        (clock(row=None), clock(row=None), {}),
        (clock(row=0), clock(), {"clocks.whole.row": "not_told"}),
        (clock(warn_at=[DUE, LAST]), clock(warn_at=[DUE, LAST]), {}),
        (clock(warn_at=[DUE]), clock(warn_at=DUE), {}),
        (clock(warn_at=[]), clock(), {}),
        (clock(warn_at=[]), clock(warn_at=None), {}),
        (clock(warn_at=[DUE]), clock(warn_at=[]), {"clocks.whole.warn_at": "differs"}),
        (clock(warn_at=[DUE]), clock(warn_at=[LAST]), {"clocks.whole.warn_at[0]": "differs"}),
        # several runs
        (
            {"clocks": {"whole": [{"status": "met"}, {"status": "running"}]}},
            {"clocks": {"whole": [{"status": "met"}, {"status": "overdue"}]}},
            {"clocks.whole[1].status": "differs"},
        ),
        ({"clocks": {"whole": [{"status": "met"}]}}, clock(status="met"), {}),
        ({"clocks": {"whole": [{"status": "met"}]}}, {"clocks": {"whole": []}}, {"clocks.whole": "differs"}),
        # duties, trigger by trigger
        ({"duties": {"tell": "done"}}, {"duties": {"tell": "done"}}, {}),
        ({"duties": {"tell": ["done", "due"]}}, {"duties": {"tell": [{"status": "done"}, "due"]}}, {}),
        ({"duties": {"tell": ["done", "due"]}}, {"duties": {"tell": ["due", "done"]}},
         {"duties.tell[0].status": "differs", "duties.tell[1].status": "differs"}),
        ({"duties": {"tell": []}}, {"duties": {}}, {}),
        ({"duties": {"tell": []}}, {"duties": {"tell": []}}, {}),
        ({"duties": {"tell": []}}, {"duties": {"tell": "due"}}, {"duties.tell": "differs"}),
        ({"duties": {"tell": []}}, {}, {"duties.tell": "not_told"}),
        ({"duties": {"tell": "due"}}, {"duties": {}}, {"duties.tell": "differs"}),
        ({"duties": {"tell": {"status": "due", "due_at": DUE}}}, {"duties": {"tell": "due"}},
         {"duties.tell[0].due_at": "not_told"}),
        # notices, violations, what is missing
        ({"notifications": {"limit/a": ["due"]}}, {"notifications": {"limit/a": ["due"]}}, {}),
        ({"notifications": {"limit/a": []}}, {"notifications": {}}, {}),
        ({"notifications": {"limit/a": ["due"]}}, {"notifications": {}}, {"notifications.limit/a": "differs"}),
        ({"notifications": {"limit/a": ["due"]}}, {}, {"notifications.limit/a": "not_told"}),
        ({"violations": []}, {"violations": []}, {}),
        ({"violations": []}, {"violations": ["late limit/a"]}, {"violations": "differs"}),
        ({"violations": ["late limit/a"]}, {}, {"violations": "not_told"}),
        ({"violations": ["late limit/a", "duplicate"]}, {"violations": ["duplicate", "late limit/a"]}, {}),
        ({"violations": ["late limit/a"]}, {"violations": {"limit/a": ["late"]}}, {}),
        ({"violations": ["duplicate"]}, {"violations": {"record": ["duplicate"]}}, {}),
        ({"violations": ["late limit/a"]}, {"violations": {"limit/a": [5]}}, {"violations": "differs"}),
        ({"violations": {"limit/a": ["late"]}}, {"violations": ["late limit/a", "late limit/b", "duplicate"]}, {}),
        (
            {"violations": {"limit/a": ["extension_without_effect"]}},
            {"violations": ["extension_without_effect limit/a/extension1"]},
            {},
        ),
        ({"violations": {"record": ["duplicate"]}}, {"violations": ["duplicate", "late limit/a"]}, {}),
        ({"violations": {"limit/a": []}}, {"violations": ["late limit/a"]}, {"violations.limit/a": "differs"}),
        ({"violations": {"limit/a": []}}, {"violations": [None]}, {"violations.limit/a": "differs"}),
        ({"violations": {"limit/a": []}}, {}, {"violations.limit/a": "not_told"}),
        ({"missing": ["time"]}, {"missing": ["other", "time"]}, {}),
        ({"missing": ["time"]}, {"missing": []}, {"missing": "differs"}),
        ({"missing": ["time"]}, {}, {"missing": "not_told"}),
        # refusals
        ({"refused": "received"}, {"refused": "received"}, {}),
        ({"refused": "received"}, {"refused": "received: it is missing"}, {}),
        ({"refused": "received"}, {"refused": "channel"}, {"refused": "differs"}),
        ({"refused": "received"}, {"findings": {}}, {"refused": "not_refused"}),
        ({"findings": {"a": "x"}}, {"refused": "received"}, {"refused": "refused"}),
    ],
)  # fmt: skip
def test_an_answer_is_held_against_what_is_asked_and_nothing_else(
    expect: dict[str, Any], results: dict[str, Any], told: dict[str, str]
) -> None:
    assert kinds(expect, results) == told
    assert kinds(expect, {**results, "beside": 1}) == told


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("kind", list(MismatchKind))
def test_every_kind_of_mismatch_is_said_in_both_languages(kind: MismatchKind, lang: Any) -> None:
    text = Mismatch(place="clocks.whole", kind=kind, wanted="met", got="void").told(lang)
    assert text.startswith("clocks.whole")
    assert '"met"' in text
    assert ('"void"' in text) is (kind is not MismatchKind.NOT_TOLD)
    assert (kind.title(lang) in text) is (kind is not MismatchKind.DIFFERS)
    with pytest.raises(UnknownLanguage):
        Mismatch(place="", kind=kind).told("fr")  # type: ignore[arg-type]  # what a caller may pass all the same


def nested(depth: int) -> Any:
    found: Any = 1
    for _ in range(depth):
        found = [found]
    return found


HOSTILE: Final = {
    "long": "x" * 9_999, "deep": nested(90_000), "huge": 10**5_000, "wide": {"a": ["x" * 999]},
    "endless": Decimal("1e999999"), "steering": "\x1b[2J", "half a sign": "\ud800",
}  # fmt: skip


@pytest.mark.parametrize("got", HOSTILE.values(), ids=HOSTILE)
def test_what_an_answer_says_is_shown_short_and_harmless(got: Any) -> None:
    one = Mismatch(place="findings.a", kind=MismatchKind.DIFFERS, wanted=("x",), got=got)
    assert len(one.told("en")) < 400
    assert one.told("en").isprintable()
    data = json.dumps(one.to_dict())
    assert len(data) < 1_000
    assert json.loads(data)["wanted"] == ["x"]


def test_what_must_come_out_is_plain_data_in_a_mismatch() -> None:
    expect = wanted({"clocks": {"whole": [{"status": "met", "row": 0}, {"due_at": None}]}})
    (one,) = mismatches(expect, {"clocks": {"whole": {}}})
    assert one.to_dict() == {
        "place": "clocks.whole",
        "kind": "differs",
        "wanted": [{"status": "met", "row": 0}, {"due_at": None}],
        "got": "{}",
    }
    assert Mismatch(place="a", kind=MismatchKind.NO_NUMBER, got=Decimal("0.10")).to_dict()["got"] == "0.10"


def test_what_is_as_long_as_can_be_is_whole_and_what_is_longer_is_cut() -> None:
    """160 signs of a text, 160 of a moment, and whole numbers that every reader of JSON holds: below 2 to the 53."""
    for got, shown in (
        ("x" * 160, "x" * 160),
        ("x" * 161, "x" * 160 + "…"),
        (9_007_199_254_740_991, 9_007_199_254_740_991),
        (9_007_199_254_740_992, "9007199254740992"),
        (-9_007_199_254_740_992, "-9007199254740992"),
    ):
        assert Mismatch(place="a", kind=MismatchKind.DIFFERS, got=got).to_dict()["got"] == shown
    # the two marks round a text count as it is said
    assert Mismatch(place="a", kind=MismatchKind.DIFFERS, got="x" * 158).told("en").endswith("x" * 158 + '"')
    assert Mismatch(place="a", kind=MismatchKind.DIFFERS, got="x" * 159).told("en").endswith("x" * 159 + "…")
    # 20 signs before the fraction, 139 of it, one behind
    assert instant("2026-10-09T17:00:00." + "0" * 139 + "Z") == instant("2026-10-09T17:00:00Z") is not None
    assert instant("2026-10-09T17:00:00." + "0" * 140 + "Z") is None


json_values: Final = st.recursive(
    st.none() | st.booleans() | st.integers() | st.decimals(allow_nan=False) | st.text(max_size=9) | st.just(DUE),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(["a", "whole", "tell", "status", "due_at", "row", "warn_at", "limit/a"]), inner
        )
    ),
    max_leaves=12,
)
ASKED: Final = wanted(
    {
        "findings": {"a": "x"}, "clocks": {"whole": {"status": "met", "due_at": DUE, "row": 1, "warn_at": [DUE]}},
        "duties": {"tell": {"status": "due", "due_at": DUE}}, "checklists": {"a": ["x"]}, "missing": ["time"],
        "notifications": {"limit/a": ["due"]}, "violations": {"limit/a": ["late"]},
    }
)  # fmt: skip


@given(
    st.dictionaries(
        st.sampled_from(["findings", "clocks", "duties", "checklists", "missing", "violations", "notifications"]),
        json_values,
    )
)
def test_whatever_is_answered_is_judged_and_said(results: dict[str, Any]) -> None:
    for one in mismatches(ASKED, results):
        assert one.told("zh").startswith(one.place)
        json.dumps(one.to_dict())


@given(st.datetimes(timezones=st.timezones()).filter(lambda when: 1 < when.year < 9999), st.integers(-23, 23))
def test_a_moment_is_the_same_at_every_offset(when: Any, hours: int) -> None:
    """Moments are compared as instants: whatever zone writes it, it is one moment."""
    local = when.astimezone(dt.UTC)
    other = local.astimezone(dt.timezone(dt.timedelta(hours=hours)))
    assert instant(local.isoformat()) == instant(other.isoformat()) == local


@given(st.integers(-(10**20), 10**20), st.integers(0, 5))
def test_a_number_is_the_same_however_it_is_written(number: int, places: int) -> None:
    text = f"{number}.{'0' * places}" if places else str(number)
    assert figure(text) == figure(Decimal(text)) == figure(number) == number


# --- lines ---


@pytest.mark.parametrize(
    ("line", "column", "why"),
    [
        (b"7", "", "an answer is a JSON object"),
        (b"[]", "", "an answer is a JSON object"),
        (b"{}", "id", "a text is expected"),
        (b'{"id": 7}', "id", "a text is expected"),
        (b'{"id": " "}', "id", "a text is expected"),
        (b'{"id": "a", "findngs": {}}', "findngs", "no such key"),
        (b'{"id": "a", "\\u001b[2J": {}}', "\u2026", "no such key"),
        (b'{"id": "a", "refused": null}', "refused", "a refusal names what is refused"),
        (b'{"id": "a", "refused": ""}', "refused", "a refusal names what is refused"),
        (b'{"id": "a", "refused": "x", "clocks": {}}', "refused", "a refusal stands alone, and here beside results"),
        (b'{"id": "a", "clocks": []}', "clocks", "an object is expected, with the results by their names"),
        (b'{"id": "a", "clocks": null}', "clocks", "an object is expected, with the results by their names"),
        (b'{"id": "a", "missing": "time"}', "missing", "a list of names is expected"),
        (b'{"id": "a", "violations": "late"}', "violations", "violations are a list"),
        (b"\xff", "", "it is not UTF-8"),
        (b'{"id": "' + b"a" * LONGEST_LINE + b'"}', "", f"the line is longer than {LONGEST_LINE} bytes"),
        (b'{"id": ' + b"[" * 200_000, "", "it is nested deeper than any complaint is"),
        (b'{"id": "a", "clocks": {"whole": {"row": ' + b"9" * 9_999 + b"}}}", "", "a number in it has more digits"),
    ],
)  # fmt: skip
def test_a_line_that_is_no_answer_says_why(line: bytes, column: str, why: str) -> None:
    good = b'{"id": "b", "violations": {}, "missing": []}'
    first, second = read_answers(io.BytesIO(line + b"\n" + good))
    assert first.answer is None
    assert [(one.line, one.column) for one in first.faults] == [(1, column)]
    assert first.faults[0].why.startswith(why)
    assert second.answer is not None
    assert (second.line, second.answer.id) == (2, "b")


def test_all_faults_of_a_line_are_told_at_once() -> None:
    (row,) = read_answers(io.BytesIO(b'{"ids": "a", "clocks": 1, "missing": 2}'))
    assert [(one.column, one.hint) for one in row.faults][:2] == [
        ("id", "the id of the case that is answered"),
        ("ids", "did you mean 'id'?"),
    ]
    assert len(row.faults) == 4


@pytest.mark.parametrize("given", [None, 5, "answers.jsonl", b"{}", {"id": "a"}])
def test_what_is_no_answers_at_all_is_refused(given: Any) -> None:
    with pytest.raises(UnreadableInput, match="a stream of lines, or a list of answers, is expected"):
        list(read_answers(given))


@pytest.mark.parametrize("content", [b"", b"\n\n", b"[\n{}\n]", b"{\n}", "{}".encode("utf-16"), b"PK\x03\x04"])
def test_a_file_that_is_no_lines_of_json_is_refused_as_a_whole(content: bytes) -> None:
    with pytest.raises(UnreadableInput, match=r"^answers\.jsonl: "):
        list(read_answers(io.BytesIO(content), name="answers.jsonl"))


def test_a_line_may_be_as_long_as_the_bound_and_the_last_line_as_far_down(monkeypatch: pytest.MonkeyPatch) -> None:
    (row,) = read_answers(io.BytesIO(b'{"id": "' + b"a" * (LONGEST_LINE - 10) + b'"}'))  # ten signs beside the key
    assert row.answer is not None
    assert len(row.answer.id) == LONGEST_LINE - 10
    lines = ((number, b'{"id": "a"}') for number in (1_000_000, 1_000_001))
    monkeypatch.setattr(answering, "json_lines", lambda *_, **__: lines)
    read = read_answers(io.BytesIO())
    assert next(read).line == 1_000_000
    with pytest.raises(UnreadableInput, match="at most 1000000 answers are read"):
        next(read)


def test_there_is_an_end_to_the_lines_that_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answering, "MOST_ANSWERS", 2)
    given: tuple[Any, ...] = (io.BytesIO(b"{}\n{}\n{}"), [{}, {}, {}])
    for answers in given:
        with pytest.raises(UnreadableInput, match="at most 2 answers are read"):
            list(read_answers(answers))
