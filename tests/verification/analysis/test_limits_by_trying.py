"""What is proved of a limit or a duty, held against `assess` of every complaint: known, presumed and unknown facts."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from complaint_rules.assessing import assess
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.cases.case import Case, Event
from complaint_rules.cases.complaint import Complaint
from complaint_rules.errors import InvalidPolicy
from complaint_rules.moments import BEIJING
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.analysis.analysing import analyse
from complaint_rules.verification.analysis.claims import Claimed
from complaint_rules.verification.analysis.findings import RuleFinding
from complaint_rules.verification.worlds.witnesses import Sureness
from tests.golden import china
from tests.small import duty, fact, limit, own, table
from tests.verification.analysis.drawn import Tree, atoms, written

RECEIVED: Final = dt.datetime(2026, 3, 4, 10, tzinfo=BEIJING)
FACTS: Final = "\n".join([
    fact("a", assume="false"), fact("b", assume="true"), fact("x", assume=None), fact("y", assume=None),
    fact("n", "int", assume=None), fact("set_for", "moment", assume=None),
])  # fmt: skip
VALUES: Final[Mapping[str, Sequence[Any]]] = {
    "a": (True, False, None), "b": (True, False, None), "x": (True, False, None), "y": (True, False, None),
    "n": (0, 1, 2, 3, None),
    "set_for": (RECEIVED + dt.timedelta(days=1), None),
}  # fmt: skip
PERIODS: Final = ("2 days", "5 days", "5 working days", "9 days", "at once")
WORDS: Final = {"True": "received > '2001-01-01'", "False": "received < '2001-01-01'"}
"""What is always, or never, true, in words that the loader does not see through."""
DEAD: Final = ("never_holds", "unreachable")


def of_what(policy: Policy) -> list[str]:
    conditions = [*(row.when for rule in policy.limits.values() for row in rule.rows)]
    conditions += [rule.when for rule in policy.limits.values()] + [rule.when for rule in policy.duties.values()]
    conditions += [row.when for one in policy.tables.values() for row in one.rows]
    read = {name for one in conditions if one is not None for name in one.facts}
    read |= {row.by for rule in policy.limits.values() for row in rule.rows if row.by}
    return [name for name in VALUES if name in read]


def complaints(names: Sequence[str], events: bool) -> Iterator[Case]:
    """Give every complaint over some facts, with and without the event that conditions ask for."""
    histories = ([], [Event("routed", RECEIVED + dt.timedelta(minutes=5))]) if events else ([],)
    for values in itertools.product(*(VALUES[name] for name in names)):
        facts = {name: value for name, value in zip(names, values, strict=True) if value is not None}
        for history in histories:
            yield Case(Complaint(id="c", received=RECEIVED, extra=facts), history)


def assessed(policy: Policy, case: Case, days: int = 3) -> Assessment:
    return assess(case, policy, at=RECEIVED + dt.timedelta(days=days), calendar=china())


def answer(found: Assessment) -> tuple[object, ...]:
    """Give what is answered of the limit and the duties, rows by their period."""
    clock = found.clocks["whole"]
    asked = [(one.fact, one.affects) for one in found.questions]
    duties = [(one.rule, one.status, one.since, one.due_at, one.due_latest) for one in found.duties]
    return clock.status, clock.due_at, clock.due_latest, asked, found.missing, duties


def dues(found: Assessment) -> tuple[object, ...]:
    return answer(found)[:3]


_ATOMS: Final = st.sampled_from(
    ["a", "b", "x", "y", "n > 0", "n > 1", "n <= 1", "n == 2", "has('routed')", "t == 'u'", "t != 'u'"]
)
_TREES: Final[st.SearchStrategy[Tree]] = st.recursive(
    _ATOMS,
    lambda parts: st.one_of(st.tuples(st.just("not"), parts), st.tuples(st.sampled_from(["and", "or"]), parts, parts)),
    max_leaves=3,
)


@st.composite
def drawn(draw: Any) -> tuple[list[str], list[tuple[str, Tree | None]], str, Tree | None, Tree | None, list[str]]:
    """Draw a table, the figures of a limit, how they count, its condition, that of a duty, and what stops the limit."""
    inner = [draw(st.sampled_from(["a", "x", "y and b", "n > 1", "x or n > 0"])), draw(st.sampled_from(["", "y", "b"]))]
    rows = draw(
        st.lists(st.tuples(st.sampled_from([*PERIODS, "by"]), st.one_of(_TREES, st.none())), min_size=1, max_size=3)
    )
    kind = draw(st.sampled_from(["first", "earliest", "latest"]))
    when, of_duty = draw(st.one_of(st.none(), _TREES)), draw(st.one_of(st.none(), _TREES))
    more = draw(st.sampled_from([[], [], ["pauses = [{ reason = 'mediation' }]"]]))
    return inner, rows, kind, when, of_duty, more


def text(rows: Sequence[tuple[str, str | None]]) -> str:
    parts = []
    for period, when in rows:
        figure = 'by = "set_for"' if period == "by" else f'within = "{period}"'
        parts.append(f"{{ {figure}" + (f', when = "{when}"' if when else "") + " }")
    return f"[{', '.join(parts)}]"


def _asks(condition: str | None) -> list[str]:
    return [f'when = "{condition}"'] if condition else []


def policy_of(
    inner: Sequence[str],
    rows: Sequence[tuple[str, str | None]],
    kind: str,
    when: str | None,
    of_duty: str | None,
    more: Sequence[str],
) -> Policy:
    return own(
        FACTS,
        table("t", ("u", inner[0]), ("v", inner[1])),
        limit(text(rows), *_asks(when), *more, rows_are=kind),
        duty("must", '"replied"', *_asks(of_duty), 'within = "2 days"'),
        duty("must_not", '"routed"', *_asks(of_duty), id="not"),
    )


def held(one: RuleFinding, policy: Policy, cases: Sequence[Case], without: Policy | None) -> None:
    """Hold one proved finding against every complaint; `without` is the policy without the row it is about."""
    row = None if one.row is None else policy.limits["whole"].rows[one.row]
    for case in cases:
        for days in (0, 3, 30):
            found = assessed(policy, case, days)
            clock = found.clocks["whole"]
            if one.code.value in (*DEAD, "dominated_figure"):
                assert all(run.row is not row for run in clock.runs), (one, case.complaint)
            if one.code.value in DEAD and without is not None:
                assert dues(found) == dues(assessed(without, case, days)), (one, case.complaint)
            if one.code.value == "never_applies" and one.rule == "limit/whole":
                assert clock.status.value == "not_applicable", (one, case.complaint)
            elif one.code.value == "never_applies":
                assert all(two.rule != one.rule for two in found.duties)


@settings(max_examples=settings().max_examples if settings().max_examples > 60 else 12)
@given(drawn())
def test_what_is_proved_is_so_in_every_complaint(
    made: tuple[list[str], list[tuple[str, Tree | None]], str, Tree | None, Tree | None, list[str]],
) -> None:
    inner, trees, kind, condition, of_duty, more = made
    rows = [(period, None if tree is None else written(tree)) for period, tree in trees]
    when = None if condition is None else written(condition)
    asked = None if of_duty is None else written(of_duty)
    try:
        policy = policy_of(inner, rows, kind, when, asked, more)
    except InvalidPolicy:
        return
    names = of_what(policy)
    cases = list(complaints(names, events=True))
    if len(cases) > 2_000:
        cases = cases[:: len(cases) // 1_000]
    idle: dict[str, list[RuleFinding]] = {}
    for one in analyse(policy).findings:
        if one.verdict is Sureness.WITNESSED:
            assert one.witness is not None
            assert all(claim(one.witness.assess(policy)) for claim in one.shows)
        if one.verdict is not Sureness.PROVED or one.rule.startswith("table/"):
            continue
        if one.code.value == "redundant_atom":
            idle.setdefault(one.place, []).append(one)
            continue
        without = None
        if one.code.value in DEAD and len(rows) > 1:
            rest = [row for number, row in enumerate(rows) if number != one.row]
            without = policy_of(inner, rest, kind, when, asked, more)
        held(one, policy, cases, without)
    trees_of = {f"limit/whole[{number}]": tree for number, (_, tree) in enumerate(trees)}
    trees_of |= {"limit/whole": condition, "duty/act": of_duty, "duty/not": of_duty}
    for place, found in idle.items():
        tree = trees_of[place]
        assert tree is not None

        def read(atom: str, word: str, place: str = place, tree: Tree = tree) -> Policy:
            other = written(tree, {atom: WORDS[word]})
            if place.startswith("duty"):
                return policy_of(inner, rows, kind, when, other, more)
            if place == "limit/whole":
                return policy_of(inner, rows, kind, other, asked, more)
            changed = [
                (period, other if place == f"limit/whole[{number}]" else own_)
                for number, (period, own_) in enumerate(rows)
            ]
            return policy_of(inner, changed, kind, when, asked, more)

        few = cases[:: max(1, len(cases) // 150)]
        truly = [
            word
            for atom in dict.fromkeys(atoms(tree))
            for word in ("True", "False")
            if all(answer(assessed(policy, case)) == answer(assessed(read(atom, word), case)) for case in few)
        ]
        for word, said in (("True", "always"), ("False", "never")):
            assert sum(f"read as {said} true" in one.detail[1] for one in found) <= truly.count(word), (place, tree)


CONDITIONS: Final = (
    "a or (a and x)", "x and (x or y)", "x or x and a", "a and (a or b)", "n > 0 and n > 1", "n > 0 or n > 1",
    "x or not x or y", "b or x and not x", "n > 1 or n <= 1 and a", "has('routed') or not has('routed') and x",
    "t == 'u' or t == 'u' and x", "a and x or a and not x", "n == 2 and n > 1", "n == 2 or n > 1", "not x or n > 9",
    "t != 'u' or t == 'u' and n > 1", "has('routed') and (has('routed') or x)", "has('routed') and (a or not a)",
)  # fmt: skip
"""Conditions of which some part looks idle."""


def alternatives(condition: str) -> Iterator[tuple[str, str]]:
    """Give each part of a condition, as it is written, read as always and as never true, with the condition so read."""
    for atom in ("has('routed')", "t == 'u'", "t != 'u'", "n > 0", "n > 1", "n > 9", "n <= 1", "n == 2", *"abxy"):
        for word in ("True", "False"):
            parts = condition.replace("(", "( ").replace(")", " )").split(" ") if atom in "abxy" else []
            read = (
                " ".join(word if part == atom else part for part in parts)
                if atom in "abxy"
                else condition.replace(atom, word)
            )
            if read.replace(" ", "") != condition.replace(" ", ""):
                yield f"{atom} {word}", read.replace("( ", "(").replace(" )", ")")


@pytest.mark.parametrize("place", ["limit", "figure", "first figure", "duty"])
@pytest.mark.parametrize("condition", CONDITIONS)
def test_a_part_said_to_be_idle_changes_no_answer(place: str, condition: str) -> None:
    """Said of some part of it: then one of the ways to read one part changes nothing at all, in any complaint."""

    def made(condition: str) -> Policy:
        rows: list[tuple[str, str | None]] = [("5 days", None)]
        if place == "figure":
            rows = [("2 days", condition), ("5 days", "y")]
        elif place == "first figure":
            rows = [("5 days", condition), ("2 days", None)]
        of_duty, when = (condition if place == "duty" else None), (condition if place == "limit" else None)
        return policy_of(["x", ""], rows, "earliest" if place == "figure" else "first", when, of_duty, [])

    policy = made(condition)
    said = [one for one in analyse(policy).of("redundant_atom") if not one.rule.startswith("table/")]
    cases = list(complaints(of_what(policy), events="routed" in condition))
    truly = [
        atom
        for atom, read in alternatives(condition)
        if all(
            answer(assessed(policy, case, days)) == answer(assessed(made(read), case, days))
            for case in cases
            for days in (0, 7)
        )
    ]
    words = {"True": "always", "False": "never"}
    assert len({one.detail[1] for one in said if not one.rule.endswith("/not")}) <= len(truly), (said, truly)
    for one in said:
        assert any(one.detail[1].endswith(f"read as {words[atom.split()[-1]]} true") for atom in truly), (one, truly)


@pytest.mark.parametrize("condition", ["n > 0 and n > 1", "n == 2 or n > 1", "has('routed') and (has('routed') or x)"])
def test_a_part_that_is_idle_is_told(condition: str) -> None:
    """What the part reads is read beside it, so that nothing else is asked either."""
    policy = policy_of(["x", ""], [("5 days", None)], "first", condition, None, [])
    assert analyse(policy).of("redundant_atom") != ()


def test_what_asks_for_something_else_is_not_idle() -> None:
    """While nobody knows a, which is presumed not to hold, x decides nothing, and nobody presumes anything of it.

    With x in the condition the limit is undetermined and x is asked for; without, it does not apply.
    """
    policy = policy_of(["x", ""], [("5 days", None)], "first", "a or (a and x)", None, [])
    plain = policy_of(["x", ""], [("5 days", None)], "first", "a", None, [])
    case = Case(Complaint(id="c", received=RECEIVED))
    with_x, without = assessed(policy, case), assessed(plain, case)
    assert with_x.clocks["whole"].status.value == "undetermined"
    assert without.clocks["whole"].status.value == "not_applicable"
    assert analyse(policy).of("redundant_atom") == ()


@pytest.mark.parametrize(
    ("rows", "kind", "when", "code", "why"),
    [
        ((("2 days", "x and not x"), ("9 days", None)), "first", None, "only_while_unknown",
         "two days may bind, and the earliest that may does: due on 6 March"),
        ((("9 days", "x and not x"), ("2 days", None)), "first", None, "only_while_unknown",
         "nine days are the most generous reading"),
        ((("2 days", "a and not a"), ("9 days", None)), "first", None, "never_holds", "a presumption settles it"),
        ((("5 days", "x"), ("2 days", "x"), ("9 days", None)), "first", None, "only_while_unknown",
         "below the row that decides once x is known"),
        ((("5 days", "x"), ("7 days", "x"), ("9 days", None)), "first", None, "unreachable",
         "between two that may bind as well: neither the first nor the last"),
        ((("5 days", "x and not x"),), "first", None, "only_while_unknown", "whether it has a figure nobody knows"),
        ((("2 days", "x and not x"), ("9 days", None)), "earliest", None, "only_while_unknown", "it may bind"),
        ((("9 days", "x and not x"), ("2 days", None)), "earliest", None, "never_holds",
         "two days surely hold, and bind before"),
        ((("9 days", "x and not x"), ("2 days", None)), "latest", None, "only_while_unknown", "it may be the latest"),
        ((("2 days", "x and not x"), ("9 days", None)), "latest", None, "never_holds", "nine days surely hold"),
        ((("5 days", None),), "first", "x and not x", "only_while_unknown", "whether it applies nobody knows"),
        ((("5 days", None),), "first", "a and not a", "never_applies", "a presumption settles it"),
        ((("9 days", None), ("5 days", "b"), ("2 days", "x")), "earliest", "b", "",
         "while b and x are unknown nine days are all that surely holds"),
    ],
)  # fmt: skip
def test_what_may_count_is_not_said_to_be_dead(
    rows: tuple[tuple[str, str | None], ...], kind: str, when: str | None, code: str, why: str
) -> None:
    policy = policy_of(["y", ""], rows, kind, when, None, [])
    told = [one for one in analyse(policy).findings if one.rule == "limit/whole"]
    codes = {*DEAD, "never_applies", "only_while_unknown", "dominated_figure"}
    found = [one for one in told if one.code.value in codes]
    assert [one.code.value for one in found] == ([code] if code else []), why
    for one in found:
        assert one.verdict is (Sureness.WITNESSED if code == "only_while_unknown" else Sureness.PROVED)
        if one.witness is not None:
            assert [shown.to_dict()["perhaps"] for shown in one.shows] == [True]


LINK: Final = '[[link]]\nid = "same"\ntitle = { zh = "甲", en = "A" }\nsame = ["kind"]'
HOURS: Final = '[hours]\nspans = [["09:00", "17:00"]]'


@pytest.mark.parametrize(
    ("part", "more", "idle", "why"),
    [
        ("linked('same') > 2", LINK, False, "while nobody looked the limit is named as waiting for the link"),
        ("elapsed('received', '3 working hours')", "", False, "without opening hours it is named as waiting for them"),
        ("elapsed('received', '3 working hours')", HOURS, True, "with them nothing waits"),
        ("elapsed('received', '3 hours')", "", True, "it takes no opening hours"),
    ],
)
def test_what_a_limit_waits_for_is_not_idle(part: str, more: str, idle: bool, why: str) -> None:
    policy = own(more, limit("[{ within = '5 days' }]", f"when = \"has('routed') or has('routed') and {part}\""))
    told = [one.detail[1] for one in analyse(policy).of("redundant_atom") if "routed" not in one.detail[1]]
    assert bool(told) is idle, why
    waits = [one.name for one in assessed(policy, Case(Complaint(id="c", received=RECEIVED))).missing]
    assert bool(waits) is not idle


def test_a_figure_that_a_fact_sets_counts_where_it_binds() -> None:
    policy = policy_of(["x", ""], [("by", None), ("9 days", None)], "earliest", None, None, [])
    claim = Claimed(rule="limit/whole", row=0, perhaps=True)
    unset = Complaint(id="c", received=RECEIVED)
    assert not claim(assessed(policy, Case(unset)))
    assert claim(assessed(policy, Case(unset.amended({"set_for": RECEIVED + dt.timedelta(days=2)}))))
