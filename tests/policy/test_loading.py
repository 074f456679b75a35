"""Loading policies: the shipped ones, a bank's own, editions, parameters, what is merged, what is worked out."""

from __future__ import annotations

import datetime as dt
import pickle
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

import pytest

import complaint_rules
from complaint_rules.cases.complaint import CORE_FACTS, Complaint
from complaint_rules.errors import InvalidComplaint, InvalidMoment, InvalidPolicy, UnknownPolicy, UnreadableInput
from complaint_rules.periods.periods import Period
from complaint_rules.policy import loading
from complaint_rules.policy.files import reading
from complaint_rules.policy.loading import editions, load_policy, policies, policy_for
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Selector
from complaint_rules.policy.uses import deciding

TITLE: Final = 'title = { zh = "甲", en = "A" }'
HEAD: Final = """\
id = "own"
edition = "1"
title = { zh = "测试规则", en = "Test rules" }
issuer = { zh = "某银行", en = "A bank" }
checked_on = 2026-11-21
"""
PRIORITY: Final = f"""
[[table]]
id = "priority"
{TITLE}
values.urgent = {{ zh = "紧急", en = "Urgent" }}
values.ordinary = {{ zh = "普通", en = "Ordinary" }}
first = [{{ value = "urgent", when = "scale == 'group'" }}, {{ value = "ordinary" }}]

[[table]]
id = "scale"
{TITLE}
values.group = {{ zh = "群体", en = "Group" }}
values.single = {{ zh = "个体", en = "Single" }}
first = [{{ value = "group", when = "complainants >= threshold" }}, {{ value = "single" }}]

[[limit]]
id = "whole"
{TITLE}
from = "received"
until = "closed"
when = "not in_press"
earliest = [{{ within = {{ parameter = "long" }} }}, {{ within = "2 days", when = "priority == 'urgent'" }}]

[parameters.threshold]
type = "int"
{TITLE}

[parameters.long]
type = "period"
{TITLE}
"""


def own(body: str = "", *, head: str = HEAD, **parameters: Any) -> Policy:
    return Policy.from_text(head + body, name="own.toml", parameters=parameters)


def refusals(body: str, *, head: str = HEAD, **parameters: Any) -> list[str]:
    with pytest.raises(InvalidPolicy) as refused:
        own(body, head=head, **parameters)
    return [str(fault) for fault in refused.value.faults]


def there_and_back(value: Any) -> Any:
    """Take a value to another process and back."""
    return pickle.loads(pickle.dumps(value))  # noqa: S301 - the bytes are our own


# --- shipped policies ---


@pytest.mark.parametrize("id", policies())
def test_every_shipped_policy_loads_through_the_door_of_a_banks_own_file(id: str, tmp_path: Path) -> None:
    policy = load_policy(id)
    assert policy.id == id
    text = next(
        path
        for path in (Path(complaint_rules.__file__).parent / "rules").glob(f"{id}*.toml")
        if path.stem.split("@")[0] == id
    )
    copy = tmp_path / "own.toml"
    copy.write_bytes(text.read_bytes())
    assert Policy.from_file(copy) == policy


@pytest.mark.parametrize("id", policies())
def test_a_policy_comes_back_from_another_process_as_it_went(id: str) -> None:
    policy = load_policy(id)
    back = there_and_back(policy)
    assert (back.fingerprint, back.document) == (policy.fingerprint, policy.document)
    for part in ("facts", "tables", "limits", "duties", "checklists", "links", "figures", "filings", "parameters"):
        mine, theirs = getattr(policy, part), getattr(back, part)
        assert list(mine) == list(theirs)
        assert mine == theirs
    assert (back.order, back.retention, back.quiet, back.notes) == (
        policy.order,
        policy.retention,
        policy.quiet,
        policy.notes,
    )


def test_the_shipped_ids_are_sorted_and_the_vocabulary_is_none_of_them() -> None:
    assert list(policies()) == sorted(policies())
    assert "psbc-95580" in policies()
    assert "vocabulary" not in policies()


def test_the_same_question_gives_the_same_object() -> None:
    assert load_policy("psbc-95580") is load_policy("psbc-95580", parameters={})


@pytest.mark.parametrize("id", ["psbc-95850", "vocabulary", "", "../psbc-95580", None, ["psbc-95580"]])
def test_an_id_that_is_not_shipped_is_refused_with_those_that_are(id: Any) -> None:
    with pytest.raises(UnknownPolicy, match="psbc-95580"):
        load_policy(id)


# --- editions ---


def edition(name: str, more: str = "") -> str:
    return HEAD.replace('"own"', '"rules"').replace('edition = "1"', f'edition = "{name}"') + more


@pytest.fixture
def shipped(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Stand a folder of the test's own in for the shipped one."""
    folder = tmp_path / "rules"
    folder.mkdir()
    monkeypatch.setattr(reading, "_folder", lambda: tmp_path / "rules")

    def forget() -> None:
        for memory in (reading.shipped, reading.shipped_document, loading._loaded):
            memory.cache_clear()

    forget()
    yield folder
    forget()


def test_the_edition_in_force_on_a_day_is_found_and_both_ends_are_in_force(shipped: Path) -> None:
    """traps.md 34, jbossdemocentral/brms-coolstore-demo#5: judged by the rules of the day, not by today's."""
    (shipped / "rules@2012.toml").write_text(edition("2012", "effective_until = 2020-02-29\n"), "utf-8")
    (shipped / "rules@2020.toml").write_text(edition("2020", "effective_from = 2020-03-01\n"), "utf-8")
    assert policies() == ("rules",)
    assert load_policy("rules", on=dt.date(2020, 2, 29)).edition == "2012"
    assert load_policy("rules", on=dt.date(2020, 3, 1)).edition == "2020"
    assert load_policy("rules", edition="2012").edition == "2012"
    with pytest.raises(UnknownPolicy, match=r"several editions fit.*2012 .from … until 2020-02-29.; edition 2020"):
        load_policy("rules")  # of one of them nobody knows since when
    (shipped / "rules@2012.toml").write_text(
        edition("2012", "effective_from = 2012-04-01\neffective_until = 2020-02-29\n"), "utf-8"
    )
    reading.shipped_document.cache_clear()
    assert load_policy("rules").edition == "2020"
    with pytest.raises(UnknownPolicy, match=r"no such edition.*2016.*edition 2012"):
        load_policy("rules", edition="2016")
    with pytest.raises(UnknownPolicy, match=r"no edition is in force.*2012, 2021-01-01"):
        load_policy("rules", edition="2012", on=dt.date(2021, 1, 1))


def test_a_day_on_which_none_was_in_force_is_refused_with_the_editions(shipped: Path) -> None:
    (shipped / "rules.toml").write_text(edition("2020", "effective_from = 2020-03-01\n"), "utf-8")
    with pytest.raises(UnknownPolicy, match=r"2019-12-31.*from 2020-03-01 until …"):
        load_policy("rules", on=dt.date(2019, 12, 31))
    with pytest.raises(InvalidMoment):
        load_policy("rules", on=dt.datetime(2020, 3, 1))  # noqa: DTZ001 - a naive moment is what is refused


def test_dates_that_the_text_does_not_give_bound_nothing(shipped: Path) -> None:
    (shipped / "rules.toml").write_text(edition("2016"), "utf-8")
    assert load_policy("rules", on=dt.date(2001, 1, 1)).effective_from is None
    with pytest.raises(UnknownPolicy, match="dates not known"):
        load_policy("rules", edition="2017")


def test_a_shipped_file_is_named_after_its_policy(shipped: Path) -> None:
    (shipped / "other.toml").write_text(edition("2016"), "utf-8")
    with pytest.raises(InvalidPolicy, match="the name of its file"):
        load_policy("other")


# --- parameters ---


@pytest.mark.parametrize(
    ("type_", "given_", "value"),
    [
        ("period", "7 days", Period.parse("7 days")),
        ("period", Period.parse("7 working days"), Period.parse("7 working days")),
        ("int", 3, 3),
        ("int", "3", 3),  # the command line gives text
        ("decimal", "5000", Decimal(5000)),
        ("decimal", Decimal("0.10"), Decimal("0.10")),
        ("decimal", 5, Decimal(5)),
        ("text", "网点", "网点"),
        ("bool", True, True),
        ("bool", "false", False),
        ("day", dt.date(2026, 10, 1), dt.date(2026, 10, 1)),
        ("day", "2026-10-01", dt.date(2026, 10, 1)),
        ("moment", "2026-10-01", dt.date(2026, 10, 1)),
        ("moment", "2026-10-01T08:30:00+08:00", dt.datetime.fromisoformat("2026-10-01T08:30:00+08:00")),
    ],
)
def test_a_parameter_is_given_as_value_or_as_text(type_: str, given_: Any, value: Any) -> None:
    policy = own(f'[parameters.x]\ntype = "{type_}"\n{TITLE}\n', x=given_)
    assert policy.parameters["x"].value == value
    assert type(policy.parameters["x"].value) is type(value)
    assert there_and_back(policy).parameters == policy.parameters


@pytest.mark.parametrize(
    ("type_", "given_", "word"),
    [
        ("period", "7", "no unit"),
        ("period", 7, "a text is expected"),
        ("int", "three", "a whole number"),
        ("int", 3.0, "a float is not exact"),
        ("int", True, "a whole number"),
        ("int", "9" * 60, "a whole number"),
        ("decimal", 0.1, "a float is not exact"),
        ("decimal", "1e99", "at most 28 digits"),
        ("decimal", "NaN", "at most 28 digits"),
        ("decimal", "a lot", "an exact number"),
        ("decimal", True, "an exact number"),
        ("text", "", "printable characters"),
        ("bool", "perhaps", "true or false"),
        ("bool", 1, "true or false"),
        ("day", "1 October", "a date without a time of day"),
        ("day", "2026-13-01", "a day is expected"),
        ("moment", "soon", "aware moment"),
        ("moment", "2026-10-01T08:30:00", "naive"),
        ("moment", dt.datetime(2026, 10, 1), "naive"),  # noqa: DTZ001 - a naive moment is what is refused
        ("moment", 5, "a moment"),
    ],
)
def test_a_parameter_that_does_not_fit_is_a_fault(type_: str, given_: Any, word: str) -> None:
    (fault,) = refusals(f'[parameters.x]\ntype = "{type_}"\n{TITLE}\n', x=given_)
    assert fault.startswith("own.toml: parameters.x as given: ")
    assert word in fault


@pytest.mark.parametrize("what", [None, "c-1", 5, Complaint])
def test_the_edition_of_what_is_no_case_is_refused(what: Any) -> None:
    with pytest.raises(InvalidComplaint, match="a Complaint or a Case is expected"):
        policy_for(what, "psbc-95580")


@pytest.mark.parametrize("what", [5, b"own", ["own"]])
def test_what_is_no_folder_is_refused(what: Any) -> None:
    with pytest.raises(UnreadableInput, match="policy folder: a path is expected"):
        load_policy("psbc-95580", folder=what)


@pytest.mark.parametrize("name", ["own.toml", "own@2.toml"])
def test_a_file_that_holds_another_id_than_its_name_is_not_passed_over(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(HEAD.replace('"own"', '"other"'), "utf-8")
    with pytest.raises(InvalidPolicy, match="the id of a policy in a folder is the name of its file; got 'other'"):
        load_policy("own", folder=tmp_path)


@pytest.mark.parametrize("what", ["psbc-95850", "psbc-95580@2016", None, 5])
def test_the_editions_of_what_is_not_shipped_are_none(what: Any) -> None:
    with pytest.raises(UnknownPolicy, match="no such policy is shipped"):
        editions(what)


@pytest.mark.parametrize("since", ["2020-01-01T00:00:00", '"soon"'])
def test_a_day_that_is_none_bounds_no_edition_and_is_told_when_the_file_is_read(tmp_path: Path, since: str) -> None:
    """A moment as the first day was compared with days, and the comparison broke."""
    head = HEAD.replace('edition = "1"', 'edition = "1"\neffective_from = ' + since)
    (tmp_path / "own.toml").write_text(head, "utf-8")
    with pytest.raises(InvalidPolicy, match="effective_from"):
        load_policy("own", folder=tmp_path, on=dt.date(2026, 1, 1))


@pytest.mark.parametrize("parameters", [5, "x", [("x", 1)], {"x": object()}, {"x": ["a"]}, {"x": b"a"}])
def test_what_no_parameter_can_be_is_refused(parameters: Any) -> None:
    with pytest.raises(InvalidPolicy, match=r"^parameters"):
        load_policy("psbc-95580", parameters=parameters)


def test_a_parameter_the_policy_does_not_have_is_a_fault_with_the_likely_one() -> None:
    (fault,) = refusals(PRIORITY, treshold=3)
    assert "'treshold'" in fault
    assert "did you mean 'threshold'?" in fault
    with pytest.raises(InvalidPolicy, match="no such parameter"):
        load_policy("cbirc-2020-3", parameters={"no_such_thing": 1})


def test_a_rule_without_its_parameter_is_there_and_says_what_it_waits_for() -> None:
    policy = own(PRIORITY)
    assert policy.tables["scale"].missing == ("threshold",)
    assert policy.tables["priority"].missing == ("threshold",)  # through the table it reads
    assert set(policy.limits["whole"].missing) == {"long", "threshold"}
    assert policy.limits["whole"].rows[0].within is None
    assert policy.limits["whole"].rows[0].parameter == "long"


def test_a_rule_with_its_parameter_waits_for_nothing() -> None:
    policy = own(PRIORITY, threshold=3, long="5 working days")
    assert (policy.tables["priority"].missing, policy.limits["whole"].missing) == ((), ())
    assert policy.limits["whole"].rows[0].within == Period.parse("5 working days")
    assert policy.limits["whole"].rows[0].parameter == "long"


def test_a_duty_waits_for_its_own_figure_and_for_what_it_reads() -> None:
    body = f"""
[[duty]]
id = "report"
{TITLE}
must = "reported"
within = {{ parameter = "long" }}
when = "late('whole')"
"""
    duty = own(PRIORITY + body).duties["report"]
    assert set(duty.missing) == {"long", "threshold"}
    assert duty.at_receipt
    assert [condition.text for condition in deciding(duty)] == ["late('whole')"]


def test_a_default_stands_until_somebody_gives_a_value() -> None:
    body = f"""
[parameters.short]
type = "period"
default = "7 days"
reading = {{ zh = "自定", en = "ours" }}
{TITLE}
[[link]]
id = "same"
{TITLE}
same = ["kind"]
window = {{ parameter = "short" }}
"""
    assert own(body).links["same"].window == Period.parse("7 days")
    assert own(body, short="3 days").links["same"].window == Period.parse("3 days")
    assert own(body, short=None).links["same"].window == Period.parse("7 days")


def test_a_link_whose_window_is_open_makes_wait_what_counts_it() -> None:
    body = f"""
[[table]]
id = "heat"
{TITLE}
values.hot = {TITLE.removeprefix("title = ")}
first = [{{ value = "hot", when = "linked('same') >= 3" }}]
[[link]]
id = "same"
{TITLE}
same = ["kind"]
window = {{ parameter = "short" }}
[parameters.short]
type = "period"
{TITLE}
"""
    assert own(body).tables["heat"].missing == ("short",)
    assert own(body).order == ("heat",)


# --- what is worked out ---


def test_tables_stand_in_an_order_in_which_none_reads_a_later_one() -> None:
    policy = own(PRIORITY)
    assert policy.order == ("scale", "priority", "whole")
    assert list(policy.tables) == ["scale", "priority"]
    assert list(policy.scope.tables) == list(policy.tables)


def test_every_policy_knows_all_core_facts_and_its_own_after_them() -> None:
    policy = own(f'[facts.unionpay]\ntype = "bool"\nassume = false\n{TITLE}\n[facts.complainants]\nassume = 2\n')
    assert set(policy.facts) == CORE_FACTS | {"unionpay"}
    assert list(policy.facts)[-1] == "unionpay"
    assert not policy.facts["unionpay"].core
    assert policy.facts["complainants"].assume == 2  # what a policy says of a core fact replaces that part only
    assert policy.facts["complainants"].title["en"] == "number of complainants"
    assert list(policy.scope.facts) == list(policy.facts)


def test_a_policy_may_give_the_channels_titles_of_its_own() -> None:
    policy = own('[facts.channel]\nvalues.phone = { zh = "客服热线", en = "hotline" }\n')
    assert policy.facts["channel"].values == {"phone": {"zh": "客服热线", "en": "hotline"}}


@pytest.mark.parametrize(
    ("declaration", "assumed"),
    [
        ('type = "decimal"\nassume = 0.10', Decimal("0.10")),
        ('type = "int"\nassume = 3', 3),
        ('type = "text"\nassume = "a"', "a"),
        ('type = "set"\nassume = ["a", "b"]', frozenset({"a", "b"})),
        ('type = "day"\nassume = 2026-10-01', dt.date(2026, 10, 1)),
        ('type = "moment"\nassume = 2026-10-01T08:30:00+08:00', dt.datetime.fromisoformat("2026-10-01T08:30+08:00")),
        ('type = "level"\nassume = "outlet"', "outlet"),
    ],
)
def test_a_presumption_is_read_exactly_and_survives_the_way_to_another_process(declaration: str, assumed: Any) -> None:
    policy = own(f'[[level]]\nid = "outlet"\n{TITLE}\n[facts.x]\n{declaration}\n{TITLE}\n')
    assert policy.facts["x"].assume == assumed
    assert there_and_back(policy).facts["x"] == policy.facts["x"]


@pytest.mark.parametrize("declaration", ['type = "set"\nassume = "a"', 'type = "set"\nassume = [1]'])
def test_a_presumed_set_is_a_list_of_codes(declaration: str) -> None:
    (fault,) = refusals(f"[facts.x]\n{declaration}\n{TITLE}\n")
    assert "a list of codes" in fault


def test_the_parts_of_a_limit_are_read() -> None:
    body = f"""
[[level]]
id = "outlet"
{TITLE}
[[body]]
id = "regulator"
{TITLE}
[quiet]
start = "18:00"
end = "08:00"
cite = "14"
[hours]
spans = [["09:00", "12:00"], ["13:30", "17:00"]]
[[limit]]
id = "whole"
{TITLE}
from = ["received", {{ event = "routed", to = ["outlet", "regulator"], told = ["complainant"], nth = 2 }}]
until = "closed"
who = "outlet"
modality = "should"
first = [
  {{ by = "received", when = "joint", warn = "1 working hour", cite = "1" }},
  {{ within = "48 hours", when = "complex" }},
  {{ within = "5 days" }},
]
each = true
clock_starts = 08:30:00
roll = "next_working_day"
receipt = "next_working_day"
ends = "close"
quiet = true
agreed = true
pauses = [{{ reason = ["mediation", "appraisal"], requires = "'complainant' in event.told" }}]
restart = {{ on = "supplemented", when = "event.reason == 'new_facts'" }}
reopen = "new"
void_on = "withdrawn"
[[limit.extension]]
to = "3 months"
from = "accepted"
approved_by = "regulator"
when = "complex"
requires = "'complainant' in event.told"
"""
    policy = own(body)
    limit = policy.limits["whole"]
    told = Selector(
        kind="routed",
        fields=(("to", frozenset({"outlet", "regulator"})), ("told", frozenset({"complainant"}))),
        nth=2,
    )
    assert limit.starts == (Selector(kind="received"), told)
    assert (limit.modality.value, limit.earliest, limit.each) == ("should", False, True)
    assert [row.by for row in limit.rows] == ["received", None, None]
    assert (limit.counting.starts, limit.counting.ends, limit.quiet) == (dt.time(8, 30), "close", True)
    assert (limit.counting.roll, limit.counting.receipt) == ("next_working_day", "next_working_day")
    assert limit.agreed == (Selector(kind="agreed"),)
    assert limit.pauses[0].reasons == {"mediation", "appraisal"}
    assert [condition.text for condition in deciding(limit)] == ["joint", "complex"]
    assert limit.restart is not None
    assert limit.restart.on == (Selector(kind="supplemented"),)
    assert limit.reopen == "new"
    (extension,) = limit.extensions
    assert (extension.id, extension.on, extension.times) == ("extension1", Selector(kind="extended"), 1)
    assert (extension.to, extension.since) == (Period.parse("3 months"), (Selector(kind="accepted"),))
    assert extension.approved_by == {"regulator"}
    assert policy.quiet_cite == "14"
    assert policy.hours is not None
    assert policy.hours.daily == dt.timedelta(hours=6, minutes=30)
    back = there_and_back(policy)
    assert back.limits == policy.limits
    assert back.hours == policy.hours


def test_the_parts_beside_limits_are_read() -> None:
    body = f"""
applies = "not joint"
source = {{ zh = "办法", en = "Measures" }}
citation = {{ zh = "第{{}}条", en = "art. {{}}" }}
routes = [["branch", "outlet"]]
[[level]]
id = "outlet"
{TITLE}
[[level]]
id = "city"
{TITLE}
[[level]]
id = "branch"
{TITLE}
[events.on_site]
{TITLE}
[[duty]]
id = "no_reply"
{TITLE}
must_not = "replied"
until = "approved"
unless = "event.approved_by == 'branch'"
[[checklist]]
id = "reply"
{TITLE}
of = "on_site"
items.cause = {{ zh = "原因", en = "cause" }}
modality = "should"
[[figure]]
id = "callback"
{TITLE}
share = "has('called_back')"
at_least = "12.5 %"
per = "month"
[[figure]]
id = "channels"
{TITLE}
by = "channel"
[[filing]]
id = "yearly"
{TITLE}
on = ["12-15", "06-15"]
before = true
to = "branch"
[[filing]]
id = "monthly"
{TITLE}
day = 5
time = "17:00"
[[filing]]
id = "now_and_then"
{TITLE}
[retention]
within = {{ parameter = "years" }}
from = "closed"
[parameters.years]
type = "period"
{TITLE}
[[note]]
zh = "说明"
en = "a note"
"""
    policy = own(body)
    assert policy.applies is not None
    assert policy.source is not None
    assert policy.cite("18 para 1", "en") == "art. 18(1)"
    assert policy.notes[0]["en"] == "a note"
    assert policy.routes == {("branch", "outlet")}
    assert policy.events["on_site"]["en"] == "A"
    assert policy.duties["no_reply"].unless is not None
    assert policy.checklists["reply"].modality == "should"
    assert policy.figures["callback"].required_of(9) == 2  # one eighth of nine, rounded up to a whole case
    assert policy.figures["channels"].by == ("channel",)
    assert policy.filings["yearly"].dates == ((6, 15), (12, 15))
    assert not policy.filings["yearly"].inclusive
    assert policy.filings["monthly"].time == dt.time(17)
    assert policy.filings["now_and_then"].dates == ()
    assert policy.retention is not None
    assert (policy.retention.within, policy.retention.parameter) == (None, "years")
    assert policy.retentions == (policy.retention,)


# --- faults, all of them ---


def test_all_faults_are_reported_at_once_in_the_order_of_the_file() -> None:
    faults = refusals(
        f"""
limts = []
[[table]]
id = "priority"
values.urgent = {TITLE.removeprefix("title = ")}
first = [{{ value = "urgnet", when = "jiont" }}, {{ vlaue = "urgent" }}]
[[limit]]
id = "whole"
{TITLE}
from = "recieved"
until = {{ event = "closed", by = "outlet" }}
earliest = [{{ within = "5" }}]
"""
    )
    assert [fault.removeprefix("own.toml: ").split(": ")[0] for fault in faults] == [
        "limts",
        "table[0].title",
        "table[0].first[0].value",
        "table[0].first[0].when, character 1",
        "table[0].first[1].value",
        "table[0].first[1].vlaue",
        "limit[0].from",
        "limit[0].until.by",
        "limit[0].earliest[0].within",
    ]


@pytest.mark.parametrize("key", ["requires", "Unless", "_when", "validator", "unless "])
def test_a_key_that_means_nothing_is_refused_instead_of_dropped(key: str) -> None:
    """traps.md 35, fgmacedo/python-statemachine#628: a check that nobody runs must not look like one."""
    duty = f'[[duty]]\nid = "x"\n{TITLE}\nmay = "compensated"\n"{key}" = "joint"\n'
    (fault,) = refusals(duty)
    assert fault.startswith(f"own.toml: duty[0].{key}: a duty has no such key")


def test_all_faults_of_one_condition_are_reported() -> None:
    faults = refusals('applies = "jiont or repaet"\n')
    assert ["did you mean 'joint'?" in faults[0], "did you mean 'repeat'?" in faults[1]] == [True, True]


def test_the_error_can_cross_a_process_border_with_its_faults() -> None:
    with pytest.raises(InvalidPolicy) as refused:
        own("limts = []\n")
    back = there_and_back(refused.value)
    assert str(back) == str(refused.value)
    assert back.faults == refused.value.faults


# --- fingerprints ---


def test_comments_layout_and_the_order_of_keys_leave_the_fingerprint_as_it_is() -> None:
    body = PRIORITY.replace(
        'from = "received"\nuntil = "closed"', '# a remark\nuntil = "closed"\n\nfrom   = "received"'
    )
    assert own(body).fingerprint == own(PRIORITY).fingerprint
    assert own(body) == own(PRIORITY)
    assert hash(own(body)) == hash(own(PRIORITY))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('"2 days"', '"3 days"'),  # a figure
        ("not in_press", "in_press"),  # a condition
        ("普通", "一般"),  # a title: explanations show it
        ('value = "urgent", when', 'cite = "9", value = "urgent", when'),  # an article
    ],
)
def test_a_change_of_the_rules_changes_the_fingerprint(before: str, after: str) -> None:
    assert PRIORITY.count(before) == 1
    assert own(PRIORITY.replace(before, after)).fingerprint != own(PRIORITY).fingerprint


def test_a_parameter_changes_the_fingerprint_however_it_is_given() -> None:
    assert own(PRIORITY, long="5 days").fingerprint != own(PRIORITY).fingerprint
    assert own(PRIORITY, long="5 days").fingerprint == own(PRIORITY, long=Period.parse("5 days")).fingerprint


def test_the_part_of_the_vocabulary_that_the_rules_read_is_in_the_fingerprint(monkeypatch: pytest.MonkeyPatch) -> None:
    from complaint_rules.policy.files import assembling, vocabulary

    document = vocabulary.common().document
    changed = {name: dict(fact) for name, fact in document["facts"].items()}
    changed["in_press"]["assume"] = True
    changed["fax"] = {}
    before = own(PRIORITY).fingerprint
    other = vocabulary.common_from({**document, "facts": {name: f for name, f in changed.items() if f}})
    monkeypatch.setattr(assembling, "common", lambda: other)
    assert own(PRIORITY).fingerprint != before
    assert own("").fingerprint == own("").fingerprint


# --- no file makes it stumble ---


def changed(value: Any, path: tuple[Any, ...], junk: Any) -> Any:
    if not path:
        return junk
    items: Any = dict(value) if isinstance(value, dict) else list(value)
    items[path[0]] = changed(items[path[0]], path[1:], junk)
    return items


@pytest.mark.parametrize(
    "document", ["", "{}", "[]", "5", None, "[" * 100_000, '{"policy": 1, "name": "x", "parameters": {}}']
)
def test_what_is_no_document_of_a_policy_is_refused(document: Any) -> None:
    with pytest.raises(UnreadableInput, match="policy document: this is none"):
        Policy.from_document(document)


def test_a_document_is_text_and_a_path_is_a_path() -> None:
    with pytest.raises(UnreadableInput, match="the text of a file"):
        Policy.from_text(b"id = 1")  # type: ignore[arg-type]  # what a caller may pass all the same
    with pytest.raises(UnreadableInput, match="not UTF-8"):
        Policy.from_text("id = '\ud800'")
    with pytest.raises(UnreadableInput, match="it is empty"):
        Policy.from_text(" ")
    with pytest.raises(UnreadableInput, match="a path is expected"):
        Policy.from_file(None)  # type: ignore[arg-type]  # what a caller may pass all the same
