"""Figures as a file states them: five shapes, what places a case in a period, and how the rule book says it."""

from __future__ import annotations

from fractions import Fraction

import pytest

from complaint_rules.errors import InvalidPolicy
from complaint_rules.language import Lang
from complaint_rules.periods.units import Unit
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Figure, FigureShape, Rate, ReportPeriod
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


SHAPES = [
    ("", FigureShape.COUNT),  # every case counts once
    ("of = \"channel == 'phone'\"", FigureShape.COUNT),  # a population is no shape of its own
    ('share = "repeat"', FigureShape.SHARE),
    ('limit = "whole"', FigureShape.LIMIT),
    ('time = { from = "received", until = "closed", unit = "days" }', FigureShape.TIME),
    ('sum = "amount"', FigureShape.SUM),
    ('sum = { event = "compensated" }', FigureShape.SUM),
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
