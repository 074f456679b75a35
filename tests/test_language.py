"""Two languages, one check: every public call that takes one refuses any other; every code has its words in both."""

from __future__ import annotations

import datetime as dt
import enum
import importlib
import inspect
import pickle
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import pytest

from complaint_rules import Certainty, Complaint, DayKind, Event, Period, WorkCalendar, assess, load_policy, permitted
from complaint_rules.assessment import contact_plan, skeleton
from complaint_rules.assessment.clocks import Status
from complaint_rules.calendar.day_data import DayDifference
from complaint_rules.cases.violations import Severity, Violation, ViolationCode
from complaint_rules.coding import RowKind, TotalsRow
from complaint_rules.errors import UnknownCode, UnknownLanguage
from complaint_rules.language import LANGUAGES, Coded, coded, distance, language, length, said
from complaint_rules.reports import GridCell
from complaint_rules.verification.analysis import analyse
from complaint_rules.verification.changes.diffs import diff
from complaint_rules.verification.conformance import Conformance, Counterexample, Figures, margin
from complaint_rules.verification.generation import NeverReached, generate
from complaint_rules.verification.generation.edges import EDGES
from complaint_rules.verification.generation.proofs import WhyNever
from complaint_rules.verification.kits import Kit, Mismatch, MismatchKind
from complaint_rules.verification.reaching import GoldenCase, coverage
from complaint_rules.verification.worlds import Box, Witness, Worlds
from tests.test_architecture import MODULES

CHINA: Final = WorkCalendar.china()
POLICY: Final = load_policy("psbc-95580")
RECEIVED: Final = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
FOUND: Final = assess(Complaint(id="c-1", received=RECEIVED), POLICY, at=RECEIVED, calendar=CHINA)
ANALYSIS: Final = analyse(POLICY)
DUE: Final = Period.parse("5 working days").due(dt.date(2026, 9, 26), calendar=CHINA)
DAY: Final = CHINA.day(dt.date(2026, 10, 10))
NOTICE: Final = CHINA.day(dt.date(2026, 10, 1)).notice
GOLDEN: Final = GoldenCase.from_dict(
    {
        "id": "g-1", "policy": {"id": "psbc-95580"}, "case": {"received": "2026-09-30"}, "why": "why",
        "at": "2026-10-09T09:00:00+08:00", "expect": {"findings": {"priority": "urgent"}},
    }
)  # fmt: skip
MADE: Final = generate(
    load_policy("property-validity"),
    keep=[
        GoldenCase.from_dict(
            {
                "id": "g-1", "policy": {"id": name}, "case": {"received": "2026-09-30"},
                "at": "2026-10-09T09:00:00+08:00", "expect": {"findings": {"scope": "complaint"}},
            }
        )
        for name in ("property-validity", "another")
    ],
)  # fmt: skip
COVERED: Final = coverage(POLICY, [GOLDEN])
WORLDS: Final = Worlds(load_policy("bocom-2007"))
BOX: Final = Box(variables=WORLDS.variables, masks=(1, *(one.full for one in WORLDS.variables[1:])))
ASKED: Final[Mapping[str, Callable[[Any], str]]] = {
    "assessment.assessment.Assessment.explain": FOUND.explain,
    "assessment.clocks.Clock.explain": FOUND.clocks["whole"].explain,
    "assessment.contacts.ContactPlan.explain": contact_plan(FOUND).explain,
    "assessment.drafts.Skeleton.explain": skeleton(FOUND, "archived").explain,
    "assessment.duties.Obligation.explain": FOUND.duties[0].explain,
    "assessment.findings.Finding.explain": FOUND.findings["priority"].explain,
    "assessment.notifications.Notification.explain": FOUND.notices[0].explain,
    "assessment.permission.Permission.explain": permitted(
        Complaint(id="c-1", received=RECEIVED), Event("resolved", RECEIVED), POLICY
    ).explain,
    "calendar.day_data.DayDifference.explain": DayDifference(
        day=DAY.date, held="worked for 2026-10-07", given=""
    ).explain,
    "calendar.days.CalendarDay.note": DAY.note,
    "calendar.hours.Hours.text": CHINA.with_hours("09:00-12:00", "13:30-17:00").hours.text,  # type: ignore[union-attr]
    "calendar.notices.Notice.cite": lambda lang: "" if NOTICE is None else NOTICE.cite(lang),
    "calendar.working_days.WorkCalendar.certainty_reason": lambda lang: CHINA.certainty_reason(
        dt.date(2027, 1, 4), lang
    ),
    "coding.totals.TotalsRow.title": TotalsRow(kind=RowKind.UNKNOWN, code="", depth=0, own=1, total=1).title,
    "language.Coded.title": DayKind.WORKDAY.title,
    "periods.periods.Due.explain": DUE.explain,
    "periods.periods.Due.grid": DUE.grid,
    "periods.periods.Due.why_provisional": DUE.why_provisional,
    "periods.periods.Period.text": DUE.period.text,
    "periods.proofs.OtherReading.text": DUE.notes[0].text,
    "periods.proofs.ProofDay.why": DUE.days[0].why,
    "policy.policy.Policy.cite": lambda lang: POLICY.cite("14", lang),
    "policy.policy.Policy.title_of": lambda lang: POLICY.title_of("outlet", lang),
    "verification.analysis.findings.RuleFinding.explain": ANALYSIS.findings[0].explain,
    "verification.analysis.findings.RuleFinding.sentence": ANALYSIS.findings[0].sentence,
    "verification.analysis.report.Analysis.explain": ANALYSIS.explain,
    "reports.pages.GridCell.printed": GridCell.number(12).printed,
    "verification.kits.judging.Mismatch.told": Mismatch(place="clocks", kind=MismatchKind.NOT_TOLD).told,
    "verification.kits.results.KitReport.text": Kit(policies=(POLICY,), cases=(GOLDEN,)).check([]).text,
    "verification.generation.edges.Edge.title": EDGES[0].title,
    "verification.generation.generating.GeneratedCases.summary": MADE.summary,
    "verification.generation.keeping.MovedAnswer.sentence": MADE.moved[0].sentence,
    "verification.generation.keeping.NotKept.sentence": MADE.not_kept[0].sentence,
    "verification.generation.proofs.NeverReached.sentence": NeverReached(
        "limit/whole late", WhyNever.PARAMETER
    ).sentence,
    "verification.reaching.answers.Difference.told": GOLDEN.run(POLICY)[0].told,
    "verification.reaching.covering.Coverage.explain": COVERED.explain,
    "verification.reaching.covering.RuleCoverage.explain": COVERED.rules[0].explain,
    "verification.reaching.golden_lines.GoldenCase.told": GOLDEN.told,
    "verification.conformance.answers.Counterexample.text": Counterexample(
        witness=Witness(case=FOUND.case, at=RECEIVED), house=None, base=Status.OVERDUE, base_due=RECEIVED
    ).text,
    "verification.conformance.conformances.Conformance.explain": Conformance(
        house=POLICY, base=POLICY, limits=(), duties=(), implies={"replied": "closed"}, last=RECEIVED.date()
    ).explain,
    "verification.conformance.margins.Figures.text": Figures(("48 hours", "5 days")).text,
    "verification.conformance.margins.Margin.text": margin("5 days", "4 days", CHINA).text,
    "verification.changes.diffs.Diff.explain": diff(POLICY, POLICY).explain,
    "verification.changes.diffs.Diff.markdown": diff(POLICY, POLICY).markdown,
    "verification.worlds.boxes.Box.clauses": lambda lang: "".join(BOX.clauses(lang)),
    "verification.worlds.boxes.Box.text": BOX.text,
    "verification.worlds.variables.Cell.text": BOX.variables[0].cells[0].text,
    "verification.worlds.variables.Variable.limits_of_it": BOX.variables[0].limits_of_it,
    "verification.worlds.variables.Variable.text": BOX.variables[0].text,
    "verification.worlds.witnesses.Witness.lines": lambda lang: "\n".join(
        Witness(case=FOUND.case, at=RECEIVED).lines(lang)
    ),
}
"""Every public method of a value that says something in a language."""


def methods() -> Iterator[str]:
    """Name the public methods of the public classes outside `words` and `cli` that take a language."""
    for module in MODULES:
        if module.partition(".")[0] in ("words", "cli", "__main__") or module == "periods.proving":
            continue
        for name, kind in vars(importlib.import_module(f"complaint_rules.{module}")).items():
            if not inspect.isclass(kind) or kind.__module__ != f"complaint_rules.{module}" or name.startswith("_"):
                continue
            for called, method in vars(kind).items():
                if called.startswith("_") or not inspect.isfunction(method):
                    continue
                if "lang" in inspect.signature(method).parameters:
                    yield f"{module}.{name}.{called}"


def codes() -> Iterator[type[Coded]]:
    """Give every closed list of codes of the package."""
    for module in MODULES:
        for kind in vars(importlib.import_module(f"complaint_rules.{module}")).values():
            if inspect.isclass(kind) and issubclass(kind, Coded) and kind.__module__ == f"complaint_rules.{module}":
                yield kind


LISTS: Final = sorted((kind for kind in codes() if kind is not Coded), key=lambda kind: kind.__name__)


def test_every_method_that_takes_a_language_is_tried_here() -> None:
    assert sorted(methods()) == sorted(ASKED)


@pytest.mark.parametrize("name", ASKED)
def test_an_unknown_language_is_one_error_everywhere(name: str) -> None:
    for lang in ("fr", "", None, "ZH", "cn", 0, ["zh"]):
        with pytest.raises(UnknownLanguage, match="only Chinese and English are spoken"):
            ASKED[name](lang)


@pytest.mark.parametrize("name", ASKED)
def test_both_languages_are_spoken(name: str) -> None:
    texts = [ASKED[name](lang) for lang in LANGUAGES]
    assert all(isinstance(text, str) for text in texts)


def has_default(ask: Callable[..., object]) -> bool:
    """Say whether a call may leave its language out; a few always name it."""
    return any(one.default is not inspect.Parameter.empty for one in inspect.signature(ask).parameters.values())


@pytest.mark.parametrize("name", [name for name, ask in ASKED.items() if has_default(ask)])
def test_chinese_is_spoken_where_no_language_is_named(name: str) -> None:
    ask = ASKED[name]
    assert ask() == ask("zh")  # type: ignore[call-arg]  # the defaults are what is tried


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.__name__)
def test_every_code_has_a_word_in_each_language(kind: type[Coded]) -> None:
    for member in kind:
        assert member.zh.strip()
        assert member.en.strip()
        assert member.zh != member.en
        assert re.search(r"[\u4e00-\u9fff]", member.zh), "a Chinese word has a Chinese character"
        assert (member.title("zh"), member.title("en")) == (member.zh, member.en)


@pytest.mark.parametrize("kind", LISTS, ids=lambda kind: kind.__name__)
def test_a_code_is_its_text_and_crosses_a_process_border(kind: type[Coded]) -> None:
    for member in kind:
        assert member == member.value == str(member)
        assert kind(member.value) is member
        assert pickle.loads(pickle.dumps(member)) is member  # noqa: S301 - made a moment ago


def test_every_public_list_of_codes_is_coded() -> None:
    """An enumeration without words would be one that nobody can be shown."""
    plain = {
        f"{module}.{name}"
        for module in MODULES
        for name, kind in vars(importlib.import_module(f"complaint_rules.{module}")).items()
        if inspect.isclass(kind) and issubclass(kind, enum.Enum) and not issubclass(kind, Coded)
        and kind.__module__ == f"complaint_rules.{module}" and not name.startswith("_")
    }  # fmt: skip
    assert plain == {"policy.uses.Role"}, "what a condition does in its rule is the program's own affair"


def test_a_code_without_words_cannot_be_made() -> None:
    with pytest.raises(TypeError, match="needs its word in Chinese and in English"):

        class Colour(Coded):
            RED = "red", "红"


def test_an_unknown_code_of_a_violation_cannot_be_made() -> None:
    code: Any = "own"
    with pytest.raises(UnknownCode, match=r"Violation\.code: the code is unknown; got 'own'"):
        Violation(code=code, severity=Severity.BREACH)
    with pytest.raises(UnknownCode, match="did you mean 'breach'"):
        Violation(code=ViolationCode.LATE, severity="breech")  # what a caller may pass all the same


def test_a_language_is_a_text_of_two_letters() -> None:
    assert [language(lang) for lang in LANGUAGES] == ["zh", "en"]
    assert said(("甲", "A"), "zh") == "甲"
    assert (coded("mediation", "zh"), coded("own_code", "zh")) == ("调解", "own_code")
    assert (length(dt.timedelta(hours=26, minutes=30), "zh"), Certainty.FINAL.title("en")) == ("1天2小时30分", "final")


@pytest.mark.parametrize(
    ("time", "zh", "en"),
    [
        (dt.timedelta(), "不到1分钟", "less than a minute"),
        (dt.timedelta(seconds=119), "1分钟", "1 minute"),
        (dt.timedelta(hours=48), "2天", "2 days"),
        (-dt.timedelta(hours=25, minutes=3), "1天1小时3分钟", "1 day 1 hour 3 minutes"),
        (dt.timedelta(days=400), "400天", "400 days"),
    ],
)
def test_how_far_moments_are_apart_is_said_as_people_say_it(time: dt.timedelta, zh: str, en: str) -> None:
    assert (distance(time, "zh"), distance(time, "en")) == (zh, en)
    with pytest.raises(UnknownLanguage):
        distance(time, "fr")  # type: ignore[arg-type]


def test_an_explanation_says_how_long_is_left_and_by_how_much_it_is_over() -> None:
    received = dt.datetime.fromisoformat("2026-09-30T16:05+08:00")
    for hours, zh, en in (
        (1, "，还剩1天23小时", ", 1 day 23 hours left"),
        (48, "，还剩不到1分钟", ", less than a minute left"),
        (73, "，已逾期1天1小时", ", 1 day 1 hour over"),
    ):
        clock = assess(
            Complaint(id="c-1", received=received, complainants=3),
            load_policy("psbc-95580"),
            at=received + dt.timedelta(hours=hours),
        ).clocks["whole"]
        assert zh + "\n" in clock.explain("zh")
        assert en + "\n" in clock.explain("en")
