"""Figures as a file states them: five shapes, what places a case in a period, and how the rule book says it."""

from __future__ import annotations

import datetime as dt
import pickle
from fractions import Fraction
from pathlib import Path

import pytest

from complaint_rules.errors import InvalidPolicy
from complaint_rules.language import Lang
from complaint_rules.periods.units import Unit
from complaint_rules.policy.figures import Against, FilingTable, Rate, Scaled, Stock
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Base, CountingRule, Figure, FigureShape, Filing, ReportPeriod
from complaint_rules.words.dependents import dependents
from complaint_rules.words.rule_texts import rule_text
from complaint_rules.words.voices import voice

FILE = """
id = "own"
edition = "1"
title = { zh = "自有规则", en = "Own rules" }
issuer = { zh = "某银行", en = "A bank" }
checked_on = 2026-11-27

[[limit]]
id = "whole"
title = { zh = "全程时限", en = "The whole way" }
from = "received"
until = "closed"
first = [{ within = "5 days" }]

[[figure]]
id = "received"
title = { zh = "件数", en = "Received" }
"""


def figure(lines: str) -> tuple[Policy, Figure]:
    policy = Policy.from_text(f'{FILE}\n[[figure]]\nid = "one"\ntitle = {{ zh = "甲", en = "A" }}\n{lines}\n')
    return policy, policy.figures["one"]


OUTLETS = """
[[base]]
id = "outlets"
title = { zh = "营业网点数", en = "Outlets" }
"""
RULES = """
[[basis]]
id = "raw"
title = { zh = "分别统计", en = "Counted each" }
until = 2021-12-31

[[basis]]
id = "merged"
title = { zh = "合并统计", en = "Counted once" }
counts = "not repeat"
as = "told"
since = 2022-01-01
replaces = "raw"
definition = { zh = "重复的不计", en = "repeats do not count" }

[[basis]]
id = "persons"
title = { zh = "按人计", en = "By persons" }
weight = "complainants"

[[table]]
id = "told"
title = { zh = "初次与重复", en = "First or repeated" }
values.again = { zh = "重复", en = "again" }
values.new = { zh = "初次", en = "new" }
first = [{ value = "again", when = "repeat" }, { value = "new" }]
"""


def filing(lines: str, more: str = "") -> tuple[Policy, Filing]:
    policy = Policy.from_text(
        f'{FILE}{RULES}{more}\n[[filing]]\nid = "return"\ntitle = {{ zh = "报表", en = "Return" }}\n{lines}\n'
    )
    return policy, policy.filings["return"]


SHAPES = [
    ("", FigureShape.COUNT),  # every case counts once
    ("of = \"channel == 'phone'\"", FigureShape.COUNT),  # a population is no shape of its own
    ('share = "repeat"', FigureShape.SHARE),
    ('limit = "whole"', FigureShape.LIMIT),
    ('time = { from = "received", until = "closed", unit = "days" }', FigureShape.TIME),
    ('sum = "amount"', FigureShape.SUM),
    ('sum = { event = "compensated" }', FigureShape.SUM),
    ('stock = "start"', FigureShape.STOCK),
    (f'scale = {{ figure = "received", base = "outlets", per = 1000 }}\n{OUTLETS}', FigureShape.SCALED),
]


@pytest.mark.parametrize(("lines", "shape"), SHAPES)
def test_what_a_figure_has_says_which_shape_it_is(lines: str, shape: FigureShape) -> None:
    assert figure(lines)[1].shape is shape


def test_a_share_may_be_spread_over_several_groups() -> None:
    """A bulletin shows the share of each channel: until now a figure was either a share or spread."""
    one = figure('share = "repeat"\nby = ["channel", "kind"]')[1]
    assert (one.shape, one.by) == (FigureShape.SHARE, ("channel", "kind"))


def test_a_single_group_is_written_without_a_list() -> None:
    assert figure('by = "channel"')[1].by == ("channel",)


def test_what_is_overdue_and_open_counts_in_the_rate_unless_said_otherwise() -> None:
    """pluginsGLPI/mreporting#5: compliance of the ended ones alone hides those overdue and open."""
    assert figure('limit = "whole"')[1].rate is Rate.DUE
    assert figure('limit = "whole"\nrate = "ended"')[1].rate is Rate.ENDED
    assert figure('share = "repeat"')[1].rate is None


def test_a_duration_names_its_ends_its_unit_and_whether_suspensions_are_left_out() -> None:
    whole = figure('time = { from = "accepted", until = ["replied", "closed"], unit = "working days" }')[1].time
    assert whole is not None
    assert [one.kind for one in whole.starts] == ["accepted"]
    assert [one.kind for one in whole.until] == ["replied", "closed"]
    assert (whole.unit, whole.without_pauses) == (Unit.WORKING_DAYS, False)
    less = figure('time = { from = "received", until = "closed", unit = "days", less = "pauses" }')[1].time
    assert less is not None
    assert less.without_pauses


def test_a_period_is_that_of_the_receipt_unless_said_otherwise() -> None:
    """freescout-help-desk/freescout#4125: volumes by closing stood beside durations by opening, and nobody was told."""
    assert figure("")[1].dated == ()
    one = figure('dated = ["closed", "withdrawn"]\neach = true\nper = "month"')[1]
    assert ([on.kind for on in one.dated], one.each, one.per) == (["closed", "withdrawn"], True, ReportPeriod.MONTH)


def test_figures_that_are_parts_may_be_parts_of_parts() -> None:
    policy = Policy.from_text(
        f'{FILE}\n[[figure]]\nid = "inner"\ntitle = {{ zh = "乙", en = "B" }}\npart_of = "outer"\n'
        f'\n[[figure]]\nid = "outer"\ntitle = {{ zh = "甲", en = "A" }}\npart_of = "received"\n'
    )
    assert [one.part_of for one in policy.figures.values()] == [None, "outer", "received"]


def test_two_figures_cannot_be_part_of_each_other() -> None:
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_text(
            f'{FILE}part_of = "outer"\n[[figure]]\nid = "outer"\ntitle = {{ zh = "甲", en = "A" }}\n'
            'part_of = "received"\n'
        )
    assert [fault.value for fault in refused.value.faults] == [
        "received → outer → received", "outer → received → outer",
    ]  # fmt: skip


TOLD: list[tuple[str, Lang, list[str]]] = [
    ('limit = "whole"', "en", ["limit: “The whole way”", "of which runs: those ended and those overdue and open"]),
    ('limit = "whole"\nrate = "ended"', "zh", ["时限：“全程时限”", "及时率分母：已办结的"]),
    (
        'time = { from = "received", until = "closed", unit = "working days", less = "pauses" }', "zh",
        ["时长：自“收到投诉”至“办结”，以工作日计，扣除中止期间"],
    ),
    (
        'time = { from = "received", until = "closed", unit = "hours" }', "en",
        ["duration: from “received” to “closed”, in hours"],
    ),
    ('sum = { event = "compensated" }\ndated = "compensated"\neach = true', "en", ["every time"]),
    ('sum = "amount"', "zh", ["金额：争议金额（元）"]),
    ('part_of = "received"', "en", ["part of: “Received”"]),
    ('share = "repeat"\nat_least_cases = 3', "en", ["no share below: 3 cases"]),
    ('definition = { zh = "按件", en = "by the case" }', "zh", ["算法：按件"]),
]  # fmt: skip


@pytest.mark.parametrize(("lines", "lang", "words"), TOLD)
def test_the_rule_book_says_how_a_figure_is_worked_out(lines: str, lang: Lang, words: list[str]) -> None:
    policy, one = figure(lines)
    text = rule_text(policy, f"figure/{one.id}", voice(policy, lang)).text
    assert [word for word in words if word not in text] == []


def test_a_quota_may_be_one_of_a_limit() -> None:
    assert figure('limit = "whole"\nat_least = "95 %"')[1].at_least == Fraction(95, 100)


def test_a_return_that_is_due_before_its_period_is_over_says_so() -> None:
    """`grcu-2008` 23: the return on the half-year is due before 15 June, that on the year before 15 December."""
    filing = load_policy("grcu-2008").filings["half_yearly"]
    assert [filing.period_of(month, day) for month, day in filing.dates] == [ReportPeriod.HALF_YEAR, ReportPeriod.YEAR]
    assert (filing.so_far, filing.per) == (True, None)
    assert filing.figures == ("received", "settled", "issues", "causes")
    assert filing.written == ("corrections",)


def test_a_return_on_periods_reports_on_them() -> None:
    filing = load_policy("example-bank").filings["quarterly"]
    assert (filing.period_of(6, 15), filing.so_far) == (ReportPeriod.QUARTER, False)


def test_the_rule_book_says_on_what_a_return_reports_and_what_a_person_writes() -> None:
    policy = load_policy("grcu-2008")
    text = rule_text(policy, "filing/half_yearly", voice(policy, "en")).text
    assert "reports on: 15 June: half-yearly" in text
    assert "due before its period is over" in text
    assert "figures: “Complaints received”, “Complaints settled”" in text
    assert "written by a person: " in text


@pytest.mark.parametrize(
    ("policy", "limit", "figure"), [("psbc-95580", "whole", "timeliness"), ("cbirc-2020-3", "decide", "in_time")]
)
def test_a_figure_about_a_limit_hangs_on_it(policy: str, limit: str, figure: str) -> None:
    rules = load_policy(policy)
    assert f"figure/{figure}" in [one.key for one in dependents(rules, voice(rules, "en"))[f"limit/{limit}"]]


# --- counting rules and bases ----------------------------------------------------------------------------------------


def test_counting_rules_say_which_cases_count_and_from_when_to_when() -> None:
    """2022年第9号通报: repeats are merged from 2022 on, so 20,209 after 27,737 is no change."""
    bases = filing("daily = true")[0].bases
    merged = bases["merged"]
    assert merged.counts is not None
    assert (merged.counts.text, merged.why, merged.weight) == ("not repeat", "told", None)
    assert (merged.since, merged.until, merged.replaces) == (dt.date(2022, 1, 1), None, "raw")
    assert (bases["raw"].counts, bases["raw"].until) == (None, dt.date(2021, 12, 31))
    assert bases["persons"].weight == "complainants"


def test_a_figure_may_go_by_two_rules_where_one_took_the_place_of_the_other() -> None:
    assert figure(f'basis = ["merged", "raw"]\n{RULES}')[1].basis == ("merged", "raw")
    assert figure(f'basis = "persons"\n{RULES}')[1].basis == ("persons",)
    assert figure("")[1].basis == ()


def test_rules_of_one_day_do_not_overlap_by_a_day() -> None:
    """Both inclusive: the last day of the one is before the first of the other."""
    with pytest.raises(InvalidPolicy, match="in force at once"):
        figure('basis = ["raw", "merged"]\n' + RULES.replace("until = 2021-12-31", "until = 2022-01-01"))


def test_a_base_has_no_number_of_its_own() -> None:
    policy, one = figure(f'scale = {{ figure = "received", base = "outlets", per = 1000 }}\n{OUTLETS}')
    assert one.scale == Scaled(figure="received", base="outlets", per=1000)
    assert policy.scales["outlets"].title["en"] == "Outlets"


def test_counting_rules_and_bases_survive_being_stored() -> None:
    policy = filing("daily = true", OUTLETS)[0]
    again = Policy.from_document(policy.document)
    assert again == policy
    assert pickle.loads(pickle.dumps(policy)) == policy  # noqa: S301
    assert (again.bases, again.scales) == (policy.bases, policy.scales)
    assert repr(again.bases["merged"]) == "<CountingRule merged>"
    assert repr(again.scales["outlets"]) == "<Base outlets>"
    assert isinstance(again.bases["raw"], CountingRule)
    assert isinstance(again.scales["outlets"], Base)


def test_another_condition_of_a_counting_rule_is_another_policy() -> None:
    text = FILE + RULES
    assert Policy.from_text(text).fingerprint != Policy.from_text(text.replace("not repeat", "repeat")).fingerprint


def test_counting_rules_and_bases_are_taken_over_replaced_and_removed_like_other_entries(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(f"{FILE}{RULES}{OUTLETS}", "utf-8")
    house = tmp_path / "house.toml"
    head = FILE.partition("[[limit]]")[0].replace('"own"', '"house"')
    house.write_text(
        f'extends = {{ id = "own", edition = "1" }}\nremove = ["base/outlets", "basis/persons"]\n{head}\n'
        f'[[basis]]\nid = "merged"\ntitle = {{ zh = "另一口径", en = "Another" }}\nsince = 2023-01-01\n',
        "utf-8",
    )
    policy = Policy.from_file(house)
    assert list(policy.bases) == ["raw", "merged"]
    assert (policy.bases["merged"].counts, policy.bases["merged"].since) == (None, dt.date(2023, 1, 1))
    assert not policy.scales
    assert {(one.rule, one.replaced) for one in policy.displaced} == {
        ("basis/merged", True), ("basis/persons", False), ("base/outlets", False),
    }  # fmt: skip


def test_what_a_removed_counting_rule_is_still_named_by_is_laid_at_the_door_of_who_removed_it(tmp_path: Path) -> None:
    (tmp_path / "own.toml").write_text(f'{FILE}basis = "persons"\n{RULES}', "utf-8")
    house = tmp_path / "house.toml"
    head = FILE.partition("[[limit]]")[0].replace('"own"', '"house"')
    house.write_text(f'extends = {{ id = "own", edition = "1" }}\nremove = ["basis/persons"]\n{head}', "utf-8")
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_file(house)
    (fault,) = refused.value.faults
    assert fault.where == "house.toml: remove[0]"


# --- durations, quotas -----------------------------------------------------------------------------------------------

TIME = 'time = { from = "received", until = "closed", unit = "working days" }'


def test_bands_are_counted_in_the_unit_of_the_duration() -> None:
    one = figure(f'{TIME}\nbands = ["3 working days", "7个工作日", "15 working days"]')[1]
    assert one.bands == (3, 7, 15)


def test_a_duration_says_what_is_shown_of_it() -> None:
    shown = ["median", "percentile 90", "mean"]
    assert figure(f'{TIME}\nshow = ["median", "percentile 90", "mean"]')[1].show == tuple(shown)


@pytest.mark.parametrize("word", ["percentile 0", "percentile 101", "percentile 9.5", "percentile", "Median", "value"])
def test_a_percentile_is_a_whole_one_from_1_to_100(word: str) -> None:
    with pytest.raises(InvalidPolicy, match="cannot be shown"):
        figure(f'{TIME}\nshow = ["{word}"]')


def test_a_share_may_have_a_most_beside_a_least() -> None:
    one = figure('share = "repeat"\nat_least = "5 %"\nat_most = "5 %"')[1]
    assert (one.at_least, one.at_most) == (Fraction(1, 20), Fraction(1, 20))
    assert figure('limit = "whole"\nat_most = "100 %"')[1].at_most == 1


def test_a_most_of_nothing_says_that_there_may_be_none() -> None:
    """boc-it-blueprint 六6 wants none ensured; a least of nothing binds nobody and is refused (`quota_of_nothing`)."""
    one = figure('share = "repeat"\nat_most = "0 %"')[1]
    assert one.at_least is None
    assert one.at_most == 0


def test_a_stock_is_taken_at_an_edge_of_a_period() -> None:
    assert [figure(f'stock = "{edge}"')[1].stock for edge in ("start", "end")] == [Stock.START, Stock.END]


# --- returns ---------------------------------------------------------------------------------------------------------

NAMES = [
    "channel",  # a fact
    "told",  # a table
    "unit", "holder",  # who has the case now
    "month", "half_year",  # periods of the figure's own date
    "received.month", "closed.quarter",  # those of an event, by name
    "standing(whole)", "holder_at_breach(whole)",  # of a limit
]  # fmt: skip


@pytest.mark.parametrize("name", NAMES)
def test_a_table_of_a_return_is_spread_over_anything_that_cases_are_grouped_by(name: str) -> None:
    table = filing(f'tables = [{{ figure = "received", by = "{name}" }}]')[1].tables[0]
    assert table == FilingTable(figure="received", by=(name,))


@pytest.mark.parametrize(
    ("name", "meant"),
    [
        ("closd.month", "closed.month"),  # no such event
        ("standing(hole)", "standing(whole)"),  # no such limit
        ("closed.fortnight", ""),  # no such period
        ("standing", "standing(whole)"),  # of which limit?
    ],
)
def test_a_name_that_nothing_bears_is_refused_with_what_was_likely_meant(name: str, meant: str) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        filing(f'tables = [{{ figure = "received", by = "{name}" }}]')
    (fault,) = refused.value.faults
    assert fault.where == "policy: filing[0].tables[0].by"
    assert meant in fault.hint


def test_a_table_says_by_which_rule_it_counts_within_what_it_ranks_and_what_it_shows() -> None:
    table = filing(
        'tables = [{ figure = "received", by = ["unit", "month"], basis = "merged", within = "holder",'
        ' show = ["count", "share", "rank", "before", "year_before"], median = true }]'
    )[1].tables[0]
    assert (table.by, table.basis, table.within, table.median) == (("unit", "month"), "merged", "holder", True)
    assert table.show == ("count", "share", "rank", "before", "year_before")


def test_a_table_of_a_duration_shows_its_median() -> None:
    more = f'[[figure]]\nid = "time"\ntitle = {{ zh = "时长", en = "Time" }}\n{TIME}\n'
    table = filing('tables = [{ figure = "time", by = "unit", show = ["median", "percentile 95"] }]', more)[1].tables[0]
    assert table.show == ("median", "percentile 95")


def test_a_return_says_on_what_it_reports_and_what_it_is_held_against() -> None:
    table = 'tables = [{ figure = "received", by = "unit", basis = "merged" }]'
    one = filing(f'period = "quarter"\ncompare = ["before", "year_before"]\nexcluded = true\n{table}')[1]
    assert (one.period, one.period_of(6, 15), one.excluded) == (ReportPeriod.QUARTER, ReportPeriod.QUARTER, True)
    assert one.compare == (Against.BEFORE, Against.YEAR_BEFORE)
    plain = filing("daily = true")[1]
    assert (plain.period, plain.period_parameter, plain.compare, plain.excluded) == (None, None, (), False)


def test_what_is_left_out_of_the_figure_that_is_scaled_is_left_out_of_the_scaled_one() -> None:
    more = f"""{OUTLETS}
[[figure]]
id = "once"
title = {{ zh = "计一次", en = "Once" }}
basis = "merged"

[[figure]]
id = "rate"
title = {{ zh = "每千网点", en = "Per 1,000" }}
scale = {{ figure = "once", base = "outlets", per = 1000 }}
"""
    assert filing('figures = ["rate"]\nexcluded = true', more)[1].excluded
    with pytest.raises(InvalidPolicy, match="its figures count every case"):
        filing('figures = ["rate"]\nexcluded = true', more.replace('basis = "merged"\n', ""))


def test_a_period_that_the_text_leaves_open_is_supplied_by_the_user() -> None:
    """psbc-95580 19 asks for a bulletin "periodically" and names no period."""
    text = f"""{FILE}
[parameters.every]
type = "text"
title = {{ zh = "通报周期", en = "How often" }}

[[filing]]
id = "return"
title = {{ zh = "报表", en = "Return" }}
period = {{ parameter = "every" }}
"""
    waiting, given = Policy.from_text(text), Policy.from_text(text, parameters={"every": "quarter"})
    assert (waiting.filings["return"].period, waiting.filings["return"].period_parameter) == (None, "every")
    assert given.filings["return"].period is ReportPeriod.QUARTER
    assert "filing/return" in [one.key for one in dependents(given, voice(given, "en"))["parameter/every"]]
    told = rule_text(waiting, "filing/return", voice(waiting, "en")).text
    assert "period left to the parameter: How often" in told
    with pytest.raises(InvalidPolicy, match="did you mean 'month'"):
        Policy.from_text(text, parameters={"every": "monthly"})


def test_what_is_wrong_with_the_parameter_of_a_period_is_told_once() -> None:
    with pytest.raises(InvalidPolicy) as refused:
        filing(
            'period = { parameter = "evry" }', '[parameters.every]\ntype = "text"\ntitle = { zh = "期", en = "P" }\n'
        )
    (fault,) = refused.value.faults
    assert (fault.where, fault.hint) == ("policy: filing[0].period.parameter", "did you mean 'every'?")


# --- who goes by whom, and how it is said ----------------------------------------------------------------------------


def test_what_hangs_on_a_counting_rule_a_base_or_a_figure_names_who_goes_by_it() -> None:
    policy, one = figure(f'scale = {{ figure = "received", base = "outlets", per = 1000 }}\n{OUTLETS}')
    found = dependents(policy, voice(policy, "en"))
    assert [key.key for key in found["base/outlets"]] == [f"figure/{one.id}"]
    assert [key.key for key in found["figure/received"]] == [f"figure/{one.id}"]
    policy = figure(f'basis = ["merged", "raw"]\n{RULES}')[0]
    found = dependents(policy, voice(policy, "en"))
    assert [key.key for key in found["basis/merged"]] == ["figure/one"]
    assert [key.key for key in found["table/told"]] == ["basis/merged"]


BOOK: list[tuple[str, Lang, list[str]]] = [
    ("basis/merged", "en", ["worked out as: repeats", "counts those where: ", "the others by: “First or repeated”",
                            "between, both inclusive: 2022-01-01 – …", "replaces: “Counted each”"]),
    ("basis/raw", "zh", ["计入：全部投诉", "期间（含首末日）：… – 2021-12-31"]),
    ("basis/persons", "en", ["each as often as: "]),
    ("base/outlets", "zh", ["取值：由使用者提供"]),
    ("base/staff", "en", ["what belongs to it: on the payroll"]),
    ("figure/rate", "en", ["in relation: “Received” per 1,000 “Outlets”"]),
    ("figure/rate", "zh", ["折算：每1000“营业网点数”的“件数”"]),
    ("figure/open", "en", ["open at the: start of the period", "counting rules: “Counted once”, “Counted each”"]),
    ("figure/time", "en", ["bands: 0–3, 4–7, >7", "shown: median, percentile 90"]),
    ("figure/time", "zh", ["列示：中位数、90%分位数"]),
    ("figure/share", "en", ["at most: 10 %"]),
    ("filing/return", "en", ["reports on: quarterly", "held against: the period before",
                             "what did not count: listed by its reason",
                             "table: “Received” by First or repeated, unit; counted by “Counted once”; within each",
                             "showing cases, rank; with the median of the groups",
                             "table: “Received” by month of “closed”, how the limit stands (“The whole way”), day"]),
    ("filing/return", "zh", ["报表：“件数”按初次与重复、承办单位；口径“合并统计”",
                             "按“办结”之月份、时限执行情况（“全程时限”）、日"]),
]  # fmt: skip
BOOKED = f"""
{RULES}{OUTLETS}
[[base]]
id = "staff"
title = {{ zh = "员工数", en = "Staff" }}
definition = {{ zh = "在册人员", en = "on the payroll" }}

[[figure]]
id = "rate"
title = {{ zh = "每千网点", en = "Per 1,000" }}
scale = {{ figure = "received", base = "outlets", per = 1000 }}

[[figure]]
id = "open"
title = {{ zh = "期初未结", en = "Open" }}
stock = "start"
basis = ["merged", "raw"]

[[figure]]
id = "time"
title = {{ zh = "时长", en = "Time" }}
{TIME}
bands = ["3 working days", "7 working days"]
show = ["median", "percentile 90"]

[[figure]]
id = "share"
title = {{ zh = "占比", en = "Share" }}
share = "repeat"
at_most = "10 %"
"""
RETURN = (
    'period = "quarter"\ncompare = "before"\nexcluded = true\ntables = [\n'
    '{ figure = "received", by = ["told", "unit"], basis = "merged", within = "channel",'
    ' show = ["count", "rank"], median = true },\n'
    '{ figure = "received", by = ["closed.month", "standing(whole)", "day"] },\n]'
)


@pytest.mark.parametrize(("key", "lang", "words"), BOOK)
def test_the_rule_book_says_what_counts_and_what_a_return_holds(key: str, lang: Lang, words: list[str]) -> None:
    policy = filing(RETURN, BOOKED.removeprefix("\n" + RULES))[0]
    text = rule_text(policy, key, voice(policy, lang)).text
    assert [word for word in words if word not in text] == [], text
