"""The protocol of a kit from end to end: another implementation answers it, and every kind of slip is told."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final, TypeAlias

import attrs
import pytest
from hypothesis import settings

from complaint_rules.policy.loading import load_policy
from complaint_rules.verification.kits import Kit, KitReport, MismatchKind, Outcome, kit
from complaint_rules.verification.reaching.golden_tables import read_golden
from tests.verification.kits.foreign import answers
from tests.verification.kits.validating import shipped, there_and_back, told

GOLDEN: Final = Path(__file__).parents[2] / "golden"
FEW: Final = ("reply-24h", "maker-capa", "bank-detail")
"""Of what a kit is made here: three small rule sets, among them one that leaves figures open."""
STEP: Final = 1 if settings().max_examples > 60 else 6
"""Which of all golden files are answered besides: by default every sixth."""
Made: TypeAlias = tuple[Kit, Path]
Answers: TypeAlias = list[dict[str, Any]]


def kit_of(*paths: Path) -> Kit:
    """Make a kit of the cases of golden files."""
    policies, cases = [], []
    for path in paths:
        file = read_golden(path)
        policies.append(load_policy(file.policy, edition=file.edition))
        cases += [attrs.evolve(case, id=f"{file.name}-{case.id}") for case in file.cases]
    return kit(policies, cases)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    """Make a kit of golden cases, written to a folder."""
    folder = tmp_path_factory.mktemp("kits") / "kit"
    whole = kit_of(*(GOLDEN / f"{name}.toml" for name in FEW))
    whole.write(folder)
    return whole, folder


@pytest.fixture(scope="module")
def given(made: Made) -> Answers:
    """Let the other implementation answer the kit by its folder alone."""
    found: Answers = there_and_back(list(answers(made[1])))
    return found


def checked(folder: Path, given: Answers) -> KitReport:
    lines = "".join(json.dumps(one) + "\n" for one in given)
    return Kit.from_folder(folder).check(io.BytesIO(lines.encode()))


def test_another_implementation_that_is_right_passes(made: Made, given: Answers) -> None:
    report = checked(made[1], given)
    assert [(one.case.id, [str(wrong) for wrong in one.mismatches]) for one in report.results if one.mismatches] == []
    assert report.good
    assert report.count(Outcome.PASSED) == len(made[0].cases) > 0


@pytest.mark.parametrize("path", sorted(GOLDEN.glob("*.toml"))[::STEP], ids=lambda one: one.stem)
def test_the_golden_cases_of_every_rule_set_pass_when_answered_by_another(path: Path, tmp_path: Path) -> None:
    kit_of(path).write(tmp_path)
    report = checked(tmp_path, there_and_back(list(answers(tmp_path))))
    assert report.good, report.text("en")


def test_what_the_kit_asks_and_what_was_answered_fit_their_schemas(made: Made, given: Answers) -> None:
    golden, answer = shipped("golden"), shipped("answer")
    for line, one in zip((made[1] / "cases.jsonl").read_text("utf-8").splitlines(), given, strict=True):
        assert told(golden, json.loads(line)) == []
        assert told(answer, one) == []


def first(given: Answers, made: Kit, has: Callable[[Any], object]) -> int:
    """Give the place of the first case of which something is asked."""
    return next(place for place, case in enumerate(made.cases) if has(case.expect))


def spoilt(
    made: Kit, given: Answers, has: Callable[[Any], object], spoil: Callable[[Any, Any], Any]
) -> tuple[int, Answers]:
    """Spoil one answer: `spoil` is given the answer and what must come out."""
    place = first(given, made, has)
    copy = there_and_back(given)
    changed = spoil(copy[place], made.cases[place].expect)
    copy[place] = copy[place] if changed is None else changed
    return place, copy


def name_in(part: Any) -> str:
    return str(next(iter(part)))


def one_run(expect: Any) -> bool:
    return any(not isinstance(run, tuple) and run.get("due_at") for run in expect.clocks.values())


def due_run(expect: Any) -> str:
    clocks: dict[str, Any] = dict(expect.clocks)
    return next(name for name, run in clocks.items() if not isinstance(run, tuple) and run.get("due_at"))


def in_run(key: str, value: Any) -> Callable[[Any, Any], None]:
    def spoil(answer: Any, expect: Any) -> None:
        answer["clocks"][due_run(expect)][0][key] = value

    return spoil


def without(section: str) -> Callable[[Any, Any], None]:
    def spoil(answer: Any, _: Any) -> None:
        del answer[section]

    return spoil


def some_of(section: str, value: Any) -> Callable[[Any, Any], None]:
    def spoil(answer: Any, expect: Any) -> None:
        answer[section][name_in(getattr(expect, section))] = value

    return spoil


def later(answer: Any, expect: Any) -> None:
    run = answer["clocks"][due_run(expect)][0]
    run["due_at"] = run["due_at"].replace("Z", "+08:00")


SLIPS: Final[dict[str, tuple[Callable[[Any], object], Callable[[Any, Any], Any], MismatchKind]]] = {
    "another status": (one_run, in_run("status", "void"), MismatchKind.DIFFERS),
    "no status": (one_run, in_run("status", None), MismatchKind.DIFFERS),
    "a due moment of another zone": (one_run, later, MismatchKind.DIFFERS),
    "a due moment without a zone": (one_run, in_run("due_at", "2026-10-10T10:00:00"), MismatchKind.NO_MOMENT),
    "a day for a moment": (one_run, in_run("due_at", "2026-10-10"), MismatchKind.NO_MOMENT),
    "a number for a moment": (one_run, in_run("due_at", 1_791_536_400), MismatchKind.NO_MOMENT),
    "no due moment": (one_run, in_run("due_at", None), MismatchKind.DIFFERS),
    "no clocks at all": (one_run, without("clocks"), MismatchKind.NOT_TOLD),
    "another value": (lambda expect: expect.findings, some_of("findings", "nothing"), MismatchKind.DIFFERS),
    "a value of another type": (lambda expect: expect.findings, some_of("findings", True), MismatchKind.DIFFERS),
    "no findings": (lambda expect: expect.findings, without("findings"), MismatchKind.NOT_TOLD),
    "a duty too many": (lambda expect: expect.duties, some_of("duties", ["due", "due", "due"]), MismatchKind.DIFFERS),
    "a duty of another shape": (lambda expect: expect.duties, some_of("duties", [5]), MismatchKind.DIFFERS),
    "no duties": (lambda expect: expect.duties, without("duties"), MismatchKind.NOT_TOLD),
    "nothing lacking": (lambda expect: expect.checklists, some_of("checklists", "all"), MismatchKind.DIFFERS),
    "a violation too many": (
        lambda expect: expect.violations is not None,
        lambda answer, _: answer["violations"].append("late limit/whole"),
        MismatchKind.DIFFERS,
    ),
    "no violations": (lambda expect: expect.violations, without("violations"), MismatchKind.NOT_TOLD),
    "nothing missing": (
        lambda expect: expect.missing,
        lambda answer, _: answer.update(missing=[]),
        MismatchKind.DIFFERS,
    ),
    "missing is not told": (lambda expect: expect.missing, without("missing"), MismatchKind.NOT_TOLD),
    "refused": (
        lambda expect: expect.findings,
        lambda answer, _: {"id": answer["id"], "refused": "received"},
        MismatchKind.REFUSED,
    ),
}  # fmt: skip


@pytest.mark.parametrize("slip", SLIPS)
def test_every_kind_of_slip_is_told_and_costs_its_case_alone(slip: str, made: Made, given: Answers) -> None:
    has, spoil, kind = SLIPS[slip]
    place, copy = spoilt(made[0], given, has, spoil)
    report = checked(made[1], copy)
    assert not report.good
    assert [one.case.id for one in report.results if one.outcome is not Outcome.PASSED] == [made[0].cases[place].id]
    assert kind in {wrong.kind for wrong in report.results[place].mismatches}
    assert made[0].cases[place].id in report.text("en")
    assert made[0].cases[place].id in report.text("zh")


def test_a_case_without_an_answer_fails(made: Made, given: Answers) -> None:
    report = checked(made[1], given[1:])
    assert [one.outcome for one in report.results[:2]] == [Outcome.UNANSWERED, Outcome.PASSED]
    assert not report.good


def test_unknown_and_repeated_ids_are_told_with_their_lines(made: Made, given: Answers) -> None:
    strange = {**given[0], "id": given[0]["id"] + "x"}
    report = checked(made[1], [given[0], given[0], strange, {"id": "quite another"}, *given[1:]])
    assert [(one.line, one.why) for one in report.faults] == [
        (2, "the case was answered on line 1 already"),
        (3, "the kit has no such case"),
        (4, "the kit has no such case"),
    ]
    assert report.faults[1].hint == f"did you mean {given[0]['id']!r}?"
    assert report.count(Outcome.PASSED) == len(given)
    assert not report.good, "a line too many is no clean run"


def test_bad_lines_cost_themselves_and_the_rest_goes_on(made: Made, given: Answers) -> None:
    lines = [json.dumps(one).encode() for one in given]
    huge = b'{"id": "' + given[1]["id"].encode() + b'", "clocks": {"whole": {"row": ' + b"9" * 5_000 + b"}}}"
    bad = [b"not json", b"[" * 3_000, huge, b'{"id": "a", "id": "b"}', b"\xff\xfe\x00", b'{"id": NaN}', b"7", b"{}"]
    report = Kit.from_folder(made[1]).check(io.BytesIO(b"\n".join([lines[0], *bad, *lines[1:]])))
    assert [one.line for one in report.faults] == list(range(2, 10))
    assert report.count(Outcome.PASSED) == len(given)


def test_the_report_goes_by_rule_and_article(made: Made, given: Answers) -> None:
    place, copy = spoilt(made[0], given, *SLIPS["another status"][:2])
    report, case = checked(made[1], copy), made[0].cases[place]
    wrong = [rule for rule in report.by_rule if rule.count(Outcome.DIFFERS)]
    assert {rule.policy for rule in wrong} == {f"{case.policy.id}@{case.policy.edition}"}
    assert all(case.cite in rule.cites for rule in wrong)
    data = there_and_back(report.to_dict())
    assert data["counts"] == {"passed": len(given) - 1, "differs": 1, "unanswered": 0}
    assert data["cases"][0]["mismatches"][0]["place"].startswith("clocks.")
    assert data["good"] is False
