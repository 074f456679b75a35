"""Code tables: a bank's codes and classes tied to our keys; every fault at once; counts in which nothing is lost."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
import re
from collections import Counter
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules.cases.complaint import Complaint
from complaint_rules.coding.code_tables import CodeTable
from complaint_rules.coding.facets import Facet, Scheme, keys_of
from complaint_rules.coding.totals import RowKind
from complaint_rules.errors import (
    ComplaintRulesError,
    InvalidComplaint,
    InvalidMapping,
    UnknownCode,
    UnknownName,
    UnreadableInput,
)
from complaint_rules.exchange.mapping import RegisterMap
from complaint_rules.words.refusals import explain_error

HEAD: Final = 'version = "7"\ntitle = { zh = "示例", en = "Sample" }\n'
TABLE: Final = (
    HEAD
    + """\
downloaded_on = 2026-11-01
[business]
hierarchy = "prefix"
[business.codes]
11 = { title = "储蓄", key = "rmb_savings", class = "deposits" }
12 = { title = "卡", key = "bank_card" }
1201 = { title = "借记卡", class = "deposits" }
1202 = { title = "信用卡", class = "credit" }
13 = { title = "个贷", key = "loan", main = true }
14 = { title = "公司贷", key = "loan" }
1401 = { title = "抵押" }
90 = { title = "基金代销" }
[business.classes]
retail = { title = "零售" }
deposits = { title = "存款", under = "retail" }
credit = { under = "retail", keys = ["loan", "debt_collection"] }

[business_channel.codes]
F = { key = "front_office" }
E = { under = "F", key = "electronic" }
E1 = { under = "E", key = "mobile_app" }
"""
)


@pytest.fixture(scope="module")
def table() -> CodeTable:
    return CodeTable.from_text(TABLE, "table.toml")


def faults_of(text: str) -> list[str]:
    with pytest.raises(InvalidMapping) as refused:
        CodeTable.from_text(text, "t")
    for fault in refused.value.faults:
        assert re.search("[\u4e00-\u9fff]", explain_error(fault, "zh")), "said in Chinese too"
    return [str(fault).removeprefix("t:") for fault in refused.value.faults]


@pytest.mark.parametrize(
    ("value", "of", "to", "found"),
    [
        ("bank_card", "keys", "codes", "12"),
        ("loan", "keys", "codes", "13"),  # of two codes the marked one
        ("treasury", "keys", "codes", None),
        ("1202", "codes", "keys", "bank_card"),  # what stands under a code goes where that goes
        ("14", "codes", "keys", "loan"),
        ("1401", "codes", "keys", "loan"),
        ("90", "codes", "keys", None),
        ("1202", "codes", "classes", "credit"),
        ("12", "codes", "classes", None),  # its parts have classes, it has none
        ("1401", "codes", "classes", "credit"),  # by its key
        ("rmb_savings", "keys", "classes", "deposits"),  # by its code
        ("debt_collection", "keys", "classes", "credit"),  # by itself, without a code
        ("bank_card", "keys", "classes", None),
        ("loan", "keys", "keys", "loan"),
        ("credit", "classes", "classes", "credit"),
    ],
)
def test_a_value_of_one_scheme_in_another(table: CodeTable, value: str, of: str, to: str, found: str | None) -> None:
    assert table.translated("business", value, of=of, to=to) == found


def test_what_stands_under_a_key_without_a_code_goes_where_the_key_goes(table: CodeTable) -> None:
    found = {key: table.code_of(Facet.BUSINESS_CHANNEL, key) for key in keys_of("business_channel").values}
    assert found["sms"] == found["electronic"] == "E"
    assert found["mobile_app"] == "E1"
    assert found["branch"] == found["front_office"] == "F"
    assert found["back_office"] is None


def test_what_a_code_stands_under_is_the_longest_of_the_codes_with_which_it_begins() -> None:
    """Of 12 and 121 it is 121 for 1211; a code of one sign can be such a beginning, and nothing is one of itself."""
    codes = "".join(f"{code} = {{}}\n" for code in ("1", "12", "121", "1211", "13", "2", "A1"))
    found = CodeTable.from_text(f"{HEAD}[reason]\nhierarchy = 'prefix'\n[reason.codes]\n{codes}", "t").facet("reason")
    assert found.under == {"12": "1", "121": "12", "1211": "121", "13": "1"}


def test_a_facet_is_shown_by_its_name(table: CodeTable) -> None:
    """Its codes, which may be thousands, are left out."""
    business = table.facet("business")
    assert business.key_of("1201") == "bank_card"
    assert repr(business) == f"FacetCodes(facet={Facet.BUSINESS!r})"


def test_a_count_may_be_none_at_all(table: CodeTable) -> None:
    found = table.totals("business", {"loan": 0, "pawn": 0, None: 0})
    assert (found.total, found.row("13").total, [row.total for row in found.unmapped], found.unknown) == (0, 0, [0], 0)


def test_what_is_unmapped_and_unknown_stands_at_the_top(table: CodeTable) -> None:
    found = table.totals("business", {"loan": 1, "pawn": 2})
    assert [(row.depth, row.own, row.total) for row in found.rows[-2:]] == [(0, 2, 2), (0, 0, 0)]


def test_what_has_no_counterpart_is_told(table: CodeTable) -> None:
    business = table.facet("business")
    assert business.codes_without_key == ("90",)
    assert business.codes_without_class == ("12", "90")
    assert business.keys_without_code == tuple(
        key for key in keys_of("business").values if key not in ("rmb_savings", "bank_card", "loan")
    )
    assert table.facet("business_channel").codes_without_class == ("F", "E", "E1")


def test_counts_by_key_become_counts_by_code_and_none_is_lost(table: CodeTable) -> None:
    complaints = ["bank_card"] * 3 + ["loan", "treasury", "treasury", "pawn", None]
    found = table.totals("business", Counter(complaints))
    shown = [(row.kind.value, row.code, row.depth, row.own, row.total) for row in found.rows if row.total]
    assert shown == [
        ("listed", "12", 0, 3, 3), ("listed", "13", 0, 1, 1), ("unmapped", "pawn", 0, 1, 1),
        ("unmapped", "treasury", 0, 2, 2), ("unknown", "", 0, 1, 1),
    ]  # fmt: skip
    assert (found.total, found.unknown, [row.code for row in found.unmapped]) == (8, 1, ["pawn", "treasury"])


def test_counts_by_code_become_counts_by_class_level_by_level(table: CodeTable) -> None:
    counts: dict[str | None, int] = {"11": 2, "12": 4, "1201": 8, "1202": 16, "1401": 32, "90": 64, None: 128}
    found = table.totals("business", counts, of="codes", to="classes")
    assert [(row.code, row.depth, row.total) for row in found.rows if row.kind is RowKind.LISTED] == [
        ("retail", 0, 58), ("deposits", 1, 10), ("credit", 1, 48),
    ]  # fmt: skip
    assert [sum(number for _, number in found.level(depth)) for depth in range(4)] == [254] * 4
    same = table.totals("business", counts, of="codes", to="codes")
    assert (same.row("12").own, same.row("12").total, same.total) == (4, 28, 254)
    assert table.totals("business", counts, of="codes", to="keys").row("bank_card").total == 28
    assert table.totals("business", {"credit": 2, "retail": 1}, of="classes", to="classes").row("retail").total == 3


def test_totals_are_named_in_both_languages_and_written_as_data(table: CodeTable) -> None:
    found = table.totals("business", {"bank_card": 1, "pawn": 1}, to=Scheme.KEYS)
    assert (found.row("bank_card").title("zh"), found.row("bank_card").title("en")) == ("银行卡", "bank card")
    assert [row.title("zh") for row in found.rows[-2:]] == ["无对应：pawn", "未登记"]
    assert found.to_dict()["rows"][1] == {"kind": "listed", "code": "bank_card", "depth": 0, "own": 1, "total": 1}
    assert table.totals("business", {}).row("11").title("en") == "储蓄", "a table has the names that it has"
    with pytest.raises(UnknownName, match="did you mean '1202'"):
        table.totals("business", {}).row("1203")


def test_a_complaint_is_coded_facet_by_facet(table: CodeTable) -> None:
    complaint = Complaint(id="c-1", received=dt.date(2026, 9, 30), business="rmb_savings", business_channel="pigeon")
    channel, business = table.codings(complaint)
    assert (channel.facet, channel.key, channel.code, channel.own_class) == ("business_channel", "pigeon", None, None)
    assert (business.facet, business.key, business.code, business.own_class) == (
        "business", "rmb_savings", "11", "deposits",
    )  # fmt: skip
    nothing = table.codings(Complaint(id="c-2", received=dt.date(2026, 9, 30)))
    assert [(one.key, one.code, one.own_class) for one in nothing] == [(None, None, None)] * 2


def test_a_table_and_all_it_gives_are_values(table: CodeTable) -> None:
    totals = table.totals("business", {"loan": 1})
    complaint = Complaint(id="c-1", received=dt.date(2026, 9, 30), business="loan")
    values: list[Any] = [table, table.facet("business"), totals, totals.rows[0], *table.codings(complaint)]
    for one in values:
        text = repr(one)
        assert "\n" not in text
        assert len(text) < 200
        for made in (pickle.loads(pickle.dumps(one)), copy.deepcopy(one)):  # noqa: S301 - made a moment ago
            assert (made, hash(made), repr(made)) == (one, hash(one), text)
        with pytest.raises(AttributeError):
            one.something_new = 1
    assert CodeTable.from_text(TABLE, "other name") == table
    assert CodeTable.from_text(TABLE.replace('"7"', '"8"')) != table


# --- refusals ---


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("hierarchy = 1", "1: hierarchy: a code table has no such key"),
        ("reason = 5", "a facet is a table"),
        ("[reason]", "3: reason: neither codes nor classes are listed"),
        ("", "it codes nothing: at least one facet is expected"),
        ("[reason]\nhierarchy = 'prefixes'\ncodes.1 = {}", "4: reason.hierarchy: a hierarchy is expected"),
        ("[reason]\ncolumns.code = 'x'\ncodes.1 = {}", "3: reason.columns: no file is named"),
        ("[reason]\nfile = 'x.csv'", "4: reason.file: a text has no folder"),
        ("[reason]\nfile = 5", "4: reason.file: a text is expected"),
        ("[reason.codes]\n1 = { keys = 'funds' }", "did you mean 'key'?"),
        ("[reason.codes]\n1 = { key = 'fund' }", "a key of reason is expected; got 'fund'; did you mean 'funds'?"),
        (
            "[reason.codes]\n1 = { under = '2' }\n20 = {}",
            "reason.codes.1.under: nothing of this code is listed; got '2'",
        ),
        ("[reason.codes]\n1 = { under = '2' }\n2 = { under = '1' }", "it would stand under itself"),
        ("[reason.codes]\n1 = { class = 'a' }\n[reason.classes]\naa = {}", "a class of one's own is expected"),
        ("[reason.codes]\n1 = { main = true }", "it has no key, so it has no effect"),
        ("[reason.codes]\n1 = { key = 'funds', main = true }", "no other code has its key, so it has no effect"),
        (
            "[reason.codes]\n1 = { key = 'funds' }\n2 = { key = 'funds' }",
            "5: reason.codes.2.key: several codes have this key, 1, 2: as which of them is it counted?",
        ),
        (
            "[reason.codes]\n1 = { key = 'funds', main = true }\n2 = { key = 'funds', main = true }",
            "mark one of them with main = true",
        ),
        (
            "[reason.codes]\n1 = { key = 'funds' }\n11 = { key = 'funds', under = '1' }",
            "what it stands under has this key already",
        ),
        (
            "[reason.codes]\n1 = { key = 'funds' }\n11 = { under = '1' }\n111 = { key = 'choice', under = '11' }",
            "it is no part of funds, the key of 1, under which the code stands",
        ),
        (
            "[business_channel.codes]\n1 = { key = 'front_office' }\n2 = { key = 'sms' }",
            "it is a part of front_office, and the code does not stand under 1, the code of that",
        ),
        ("[reason.classes]\na = { keys = ['fund'] }", "keys[0]: a key of reason is expected"),
        ("[reason.classes]\na = { keys = ['funds'] }\nb = { keys = ['funds'] }", "the key goes to a already"),
        ("[reason.classes]\na = { under = 'b' }", "nothing of this code is listed; got 'b'"),
        (
            "[reason.codes]\n1 = { key = 'funds', class = 'b' }\n[reason.classes]\na = { keys = ['funds'] }\nb = {}",
            "the key goes to a, and its code 1 to b; got 'funds'",
        ),
    ],
)
def test_a_fault_is_told_with_its_place(text: str, why: str) -> None:
    (fault,) = faults_of(text + "\n" + HEAD + "[reason.codes]\n1={}" if text.startswith("h") else HEAD + text)
    assert why in fault


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    text = "versoin = '7'\n[reason.codes]\n1 = { key = 'fund' }\n2 = { title = 5 }\n[busines]\ncodes.3 = {}"
    found = faults_of(text)
    assert [fault.partition(":")[0] for fault in found if fault[0].isdigit()] == ["1", "3", "4", "5"]
    assert len(found) == 6


def test_what_is_no_table_is_refused_as_such() -> None:
    with pytest.raises(InvalidMapping, match="it is no code table"):
        CodeTable.from_text("version = ", "t")


@pytest.mark.parametrize(
    ("ask", "error", "why"),
    [
        (lambda one: one.facet("reason"), UnknownCode, "this table does not code it"),
        (lambda one: one.facet("busines"), UnknownCode, "did you mean 'business'"),
        (lambda one: one.code_of("business", "laon"), UnknownCode, "did you mean 'loan'"),
        (lambda one: one.key_of("business", 12), UnknownCode, "the code is unknown; got 12"),
        (lambda one: one.class_of("business", "x"), UnknownCode, "the code is unknown"),
        (lambda one: one.translated("business", "loan", of="key", to="codes"), UnknownCode, "did you mean 'keys'"),
        (lambda one: one.totals("business", {}, of="classes"), UnknownCode, "does not say which of its codes"),
        (lambda one: one.totals("business", ["loan"]), InvalidMapping, "a mapping of codes to numbers is expected"),
        (lambda one: one.totals("business", {5: 1}), InvalidMapping, "a code is a text, or None"),
        (lambda one: one.totals("business", {"loan": -1}), InvalidMapping, "a whole number of 0 or more"),
        (lambda one: one.totals("business", {"loan": True}), InvalidMapping, "a whole number of 0 or more"),
        (lambda one: one.totals("business", {"loan": 1.0}), InvalidMapping, "a whole number of 0 or more"),
        (lambda one: one.codings("c-1"), InvalidComplaint, "a Complaint is expected"),
    ],
)
def test_a_wrong_question_is_refused(table: CodeTable, ask: Any, error: type[ComplaintRulesError], why: str) -> None:
    with pytest.raises(error, match=why):
        ask(table)


# --- codes in a file of their own ---


def write(folder: Path, rows: str, facet: str = "file = 'codes.csv'", encoding: str = "utf-8") -> Path:
    (folder / "codes.csv").write_text(rows, encoding)
    file = folder / "table.toml"
    file.write_text(f"{HEAD}[business]\n{facet}\n", "utf-8")
    return file


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_codes_may_stand_in_a_file_of_their_own(tmp_path: Path, encoding: str) -> None:
    facet = "file = 'codes.csv'\ncolumns = { code = '代码', title = '名称', key = '对应', class = '本行类别' }\n"
    facet += "hierarchy = 'prefix'\n[business.classes]\n\"卡类\" = {}"
    rows = "代码,名称,对应,本行类别\n12,银行卡,bank_card,卡类\n1201, 借记卡 ,,\n"
    table = CodeTable.from_file(write(tmp_path, rows, facet, encoding))
    assert table.facet("business").codes == {"12": "银行卡", "1201": "借记卡"}
    assert table.key_of("business", "1201") == "bank_card"
    assert table.class_of("business", "bank_card") == "卡类"


def test_columns_of_the_usual_names_need_not_be_named(tmp_path: Path) -> None:
    table = CodeTable.from_file(write(tmp_path, "code;under;key\n12;;bank_card\n1201;12;\n"))
    assert table.facet("business").under == {"1201": "12"}
    assert CodeTable.from_file(write(tmp_path, "code\n12\n")).facet("business").codes == {"12": ""}


@pytest.mark.parametrize(
    ("rows", "facet", "why"),
    [
        ("", "", "business.file: it is empty: there is no row in it"),
        ("number\n1\n", "", "business.file: the file has no such column; got 'code'"),
        ("code,code\n1,2\n", "", "business.file: the file has several columns of this name; got 'code'"),
        ("代码,名称\n1,2\n", "columns = { code = '代号' }", "business.columns.code: the file has no such column"),
        ("代码\n1\n", "columns = { code = '代码', key = '键' }", "business.columns.key: the file has no such column"),
        (
            "代码\n1\n",
            "columns = { cod = '代码' }",
            "business.columns.cod: the columns of a file of codes has no such key",
        ),
        ("code\n12\n12\n", "", "codes.csv:3: code: there is another code with this id; got '12'"),
        ("code\n12\n", "codes.12 = {}", "codes.csv:2: code: there is another code with this id; got '12'"),
        ("code,key\n,loan\n", "codes.12 = {}", "codes.csv:2: the code is blank"),
        (
            "code,key\n12,laon\n",
            "",
            "codes.csv:2: key: a key of business is expected; got 'laon'; did you mean 'loan'?",
        ),
        ("code,under\n12,13\n", "", "codes.csv:2: under: nothing of this code is listed; got '13'"),
        ("code,key\n12\n13,\n", "", "codes.csv:2: the header has 2 columns, this row 1"),
    ],
)
def test_a_fault_in_a_file_of_codes_is_told_with_its_line(tmp_path: Path, rows: str, facet: str, why: str) -> None:
    with pytest.raises(InvalidMapping) as refused:
        CodeTable.from_file(write(tmp_path, rows, f"file = 'codes.csv'\n{facet}"))
    assert why in str(refused.value)


def test_a_file_of_codes_that_is_not_there_or_too_long_is_refused(tmp_path: Path) -> None:
    with pytest.raises(InvalidMapping, match=r"business.file: there is no such file; got 'other.csv'"):
        CodeTable.from_file(write(tmp_path, "", "file = 'other.csv'"))
    rows = "code\n" + "".join(f"{number}\n" for number in range(5_001))
    with pytest.raises(InvalidMapping, match=r"codes.csv:5002: at most 5000 codes are read"):
        CodeTable.from_file(write(tmp_path, rows))


@pytest.mark.parametrize("what", [5, None, ["a"]])
def test_what_is_no_text_and_no_path_is_refused(what: Any) -> None:
    for kind in (CodeTable, RegisterMap):
        with pytest.raises(UnreadableInput, match="a path is expected"):
            kind.from_file(what)
        with pytest.raises(UnreadableInput, match="the text of a file is expected"):
            kind.from_text(what)
