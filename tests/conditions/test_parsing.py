"""Conditions: what the language accepts, what it refuses and how it says so."""

from __future__ import annotations

import copy
import datetime as dt
import pickle
from decimal import Decimal

import pytest

from complaint_rules.conditions.parsing import DEEPEST_CONDITION, LONGEST_CONDITION, faults_of, parse
from complaint_rules.conditions.scopes import MISSING, FactSpec, FactType, Scope, TableShape, check_fact
from complaint_rules.conditions.trees import (
    Always,
    And,
    Compare,
    Count,
    Elapsed,
    EventField,
    Fact,
    FirstOf,
    Given,
    Has,
    HeldAtBreach,
    HeldBy,
    InState,
    Late,
    LinkedCount,
    Literal,
    Met,
    Not,
    Or,
    ParameterValue,
    Stands,
    TableValue,
    Term,
    Truth,
    atoms_of,
    category,
    terms_of,
)
from complaint_rules.errors import InvalidComplaint, InvalidCondition
from complaint_rules.moments import BEIJING
from complaint_rules.periods.periods import Period


def fact(name: str, kind: str, **more: object) -> FactSpec:
    return FactSpec(name=name, type=FactType(kind), **more)  # type: ignore[arg-type]


FACTS = {
    spec.name: spec
    for spec in (
        fact("repeat", "bool", assume=False),
        fact("joint", "bool"),
        fact("complainants", "int", assume=1),
        fact("amount", "decimal"),
        fact("kind", "text"),
        fact("caused_by", "text", values={"bank": {"zh": "银行"}, "partner": {}, "customer": {}}),
        fact("respondent", "text"),
        fact("recorded", "set", values={"name": {}, "contact": {}}),
        fact("interested", "set"),
        fact("received", "moment"),
        fact("settled_on", "day"),
        fact("received_by", "level"),
    )
}
SCOPE = Scope(
    facts=FACTS,
    parameters={
        "threshold": 5,
        "open_threshold": MISSING,
        "own_kinds": ("loan", "card"),
        "first_day": dt.date(2026, 1, 1),
        "strict": True,
        "top": "branch",
        "window": Period.parse("7 days"),
    },
    tables={
        "priority": TableShape(values=("urgent", "ordinary")),
        "triggers": TableShape(values=("a", "b"), every=True),
    },
    limits={"whole", "reply"},
    kinds={"received", "replied", "called_back", "contact_attempted"},
    links={"same_kind"},
    levels=("outlet", "branch", "head_office"),
    bodies={"regulator"},
)
EVENT_SCOPE = Scope(
    facts=FACTS,
    tables=SCOPE.tables,
    kinds=SCOPE.kinds,
    levels=SCOPE.levels,
    bodies=SCOPE.bodies,
    event=True,
)

ACCEPTED: list[tuple[str, Truth]] = [
    ("True", Always(True)),
    ("joint", Given(Fact("joint"))),
    ("strict", Given(ParameterValue("strict"))),
    ("open_threshold", Given(ParameterValue("open_threshold"))),
    ("not joint", Not(Given(Fact("joint")))),
    ("joint and repeat", And((Given(Fact("joint")), Given(Fact("repeat"))))),
    ("joint or (repeat)", Or((Given(Fact("joint")), Given(Fact("repeat"))))),
    ("joint == True", Compare(Fact("joint"), "==", Literal(True))),
    ("joint != repeat", Compare(Fact("joint"), "!=", Fact("repeat"))),
    ("complainants >= 3", Compare(Fact("complainants"), ">=", Literal(3))),
    # a constant on the left changes sides
    ("3 <= complainants", Compare(Fact("complainants"), ">=", Literal(3))),
    # a chain is a conjunction
    (
        "3 <= complainants < 20",
        And((Compare(Fact("complainants"), ">=", Literal(3)), Compare(Fact("complainants"), "<", Literal(20)))),
    ),
    # binary floating point never touches a figure: this one has more digits than a float keeps
    ("amount > 0.10000000000000000001", Compare(Fact("amount"), ">", Literal(Decimal("0.10000000000000000001")))),
    ("amount > -1", Compare(Fact("amount"), ">", Literal(-1))),
    ("amount >= complainants", Compare(Fact("amount"), ">=", Fact("complainants"))),
    ("complainants >= threshold", Compare(Fact("complainants"), ">=", ParameterValue("threshold"))),
    ("threshold <= complainants", Compare(Fact("complainants"), ">=", ParameterValue("threshold"))),
    ("threshold >= 3", Compare(ParameterValue("threshold"), ">=", Literal(3))),
    ("3 <= threshold", Compare(ParameterValue("threshold"), ">=", Literal(3))),
    ("complainants >= open_threshold", Compare(Fact("complainants"), ">=", ParameterValue("open_threshold"))),
    ("open_threshold < 3", Compare(ParameterValue("open_threshold"), "<", Literal(3))),
    ("kind == 'loan'", Compare(Fact("kind"), "==", Literal("loan"))),
    ('kind != "贷款"', Compare(Fact("kind"), "!=", Literal("贷款"))),
    ("caused_by in ('bank', 'partner')", Compare(Fact("caused_by"), "in", Literal(("bank", "partner")))),
    ("kind in own_kinds", Compare(Fact("kind"), "in", ParameterValue("own_kinds"))),
    ("kind in open_threshold", Compare(Fact("kind"), "in", ParameterValue("open_threshold"))),
    ("'name' not in recorded", Compare(Literal("name"), "not in", Fact("recorded"))),
    ("respondent in interested", Compare(Fact("respondent"), "in", Fact("interested"))),
    ("complainants in (1, 2)", Compare(Fact("complainants"), "in", Literal((1, 2)))),
    ("amount in (-1, 0.5)", Compare(Fact("amount"), "in", Literal((-1, Decimal("0.5"))))),
    ("received_by == 'regulator'", Compare(Fact("received_by"), "==", Literal("regulator"))),
    ("received_by >= 'branch'", Compare(Fact("received_by"), ">=", Literal("branch"))),
    ("received_by >= top", Compare(Fact("received_by"), ">=", ParameterValue("top"))),
    ("received_by in ('outlet', 'regulator')", Compare(Fact("received_by"), "in", Literal(("outlet", "regulator")))),
    ("received < '2026-10-01'", Compare(Fact("received"), "<", Literal(dt.date(2026, 10, 1)))),
    (
        "received < '2026-10-01T09:30:00+08:00'",
        Compare(Fact("received"), "<", Literal(dt.datetime(2026, 10, 1, 9, 30, tzinfo=BEIJING))),
    ),
    ("received >= first_day", Compare(Fact("received"), ">=", ParameterValue("first_day"))),
    ("received == settled_on", Compare(Fact("received"), "==", Fact("settled_on"))),
    ("settled_on in ('2026-10-01',)", Compare(Fact("settled_on"), "in", Literal((dt.date(2026, 10, 1),)))),
    ("priority == 'urgent'", Compare(TableValue("priority"), "==", Literal("urgent"))),
    ("'urgent' != priority", Compare(TableValue("priority"), "!=", Literal("urgent"))),
    ("priority == open_threshold", Compare(TableValue("priority"), "==", ParameterValue("open_threshold"))),
    ("priority in ('urgent', 'ordinary')", Compare(TableValue("priority"), "in", Literal(("urgent", "ordinary")))),
    ("priority in open_threshold", Compare(TableValue("priority"), "in", ParameterValue("open_threshold"))),
    ("'a' not in triggers", Compare(Literal("a"), "not in", TableValue("triggers"))),
    ("open_threshold in triggers", Compare(ParameterValue("open_threshold"), "in", TableValue("triggers"))),
    ("has('replied')", Has("replied", ())),
    # keywords stand in canonical order, whatever the order in the text
    (
        "has('replied', told=('complainant', 'owner'), by='branch')",
        Has("replied", (("by", frozenset({"branch"})), ("told", frozenset({"complainant", "owner"})))),
    ),
    (
        "count('contact_attempted', outcome='unreached') >= 3",
        Compare(Count("contact_attempted", (("outcome", frozenset({"unreached"})),)), ">=", Literal(3)),
    ),
    ("threshold <= count('replied')", Compare(Count("replied", ()), ">=", ParameterValue("threshold"))),
    ("complainants <= count('replied')", Compare(Count("replied", ()), ">=", Fact("complainants"))),
    ("linked('same_kind') >= 3", Compare(LinkedCount("same_kind"), ">=", Literal(3))),
    ("elapsed('received', '1 month')", Elapsed("received", Period.parse("1 month"), None)),
    (
        "elapsed('received', '5 working days', until='replied')",
        Elapsed("received", Period.parse("5 working days"), "replied"),
    ),
    (
        "elapsed('received', '5 working days', until='replied', standing=True)",
        Elapsed("received", Period.parse("5 working days"), "replied", standing=True),
    ),
    ("state('open') or state('closed')", Or((InState("open"), InState("closed")))),
    ("standing('whole', 'void', 'late', 'void')", Stands("whole", ("late", "void"))),
    ("first_of('same_kind')", FirstOf("same_kind")),
    ("holder('outlet') or holder('regulator')", Or((HeldBy("outlet"), HeldBy("regulator")))),
    ("not holder_at_breach('whole', 'branch')", Not(HeldAtBreach("whole", "branch"))),
    ("met('whole') and not late('reply')", And((Met("whole"), Not(Late("reply"))))),
    # a rule may be written over several lines, without parentheses of its own
    ("joint\n  and\trepeat\r\n", And((Given(Fact("joint")), Given(Fact("repeat"))))),
    ("#".replace("#", "not(joint)"), Not(Given(Fact("joint")))),
]


@pytest.mark.parametrize(("text", "tree"), ACCEPTED, ids=[text for text, _ in ACCEPTED])
def test_a_condition_of_the_language_becomes_its_tree(text: str, tree: Truth) -> None:
    assert parse(text, SCOPE).tree == tree
    assert faults_of(text, SCOPE) == ()


ABOUT_AN_EVENT: list[tuple[str, Truth]] = [
    ("event.approved_by == 'branch'", Compare(EventField("approved_by"), "==", Literal("branch"))),
    ("'complainant' in event.told", Compare(Literal("complainant"), "in", EventField("told"))),
    ("event.amount <= 5000", Compare(EventField("amount"), "<=", Literal(5000))),
    ("event.skips_level", Given(EventField("skips_level"))),
    (
        "event.kind in ('replied', 'called_back')",
        Compare(EventField("kind"), "in", Literal(("replied", "called_back"))),
    ),
    ("event.by in interested", Compare(EventField("by"), "in", Fact("interested"))),
    ("event.by == received_by", Compare(EventField("by"), "==", Fact("received_by"))),
    ("event.amount <= count('replied')", Compare(Count("replied", ()), ">=", EventField("amount"))),
]


@pytest.mark.parametrize(("text", "tree"), ABOUT_AN_EVENT, ids=[text for text, _ in ABOUT_AN_EVENT])
def test_where_an_event_is_judged_its_fields_can_be_read(text: str, tree: Truth) -> None:
    condition = parse(text, EVENT_SCOPE)
    assert condition.tree == tree
    assert condition.uses_event
    assert not parse("joint", EVENT_SCOPE).uses_event


REFUSED: list[tuple[str, str]] = [
    # outside the language
    ("joint if repeat else joint", "'if' is not part of the language"),
    ("lambda: joint", "'lambda' is not part of the language"),
    ("joint is True", "write == for a comparison"),
    ("amount == None", "an unknown fact is never compared"),
    ("[c for c in kind]", "'for' is not part of the language"),
    ("(joint := True)", "this character is not part of the language"),
    ("f'{joint}'", "a text has no prefix"),
    ("kind == b'loan'", "a text has no prefix"),
    ("kind == 'lo' 'an'", "two texts stand side by side"),
    ("kind == '''loan'''", "two texts stand side by side"),
    ("kind == 'loan", "a text is not closed"),
    ("kind == 'lo\\x61n'", "a backslash"),
    ("kind == 'lo\tan'", "a control character"),
    ("kind == 'lo\u202ean'", "printable characters only"),
    ("kind == 'lo\ud800an'", "printable characters only"),
    ("joint\x00", "this character is not part of the language"),
    ("joint # and more", "this character is not part of the language"),
    ("joint;repeat", "this character is not part of the language"),
    ("joint @ repeat", "this character is not part of the language"),
    ("amount * 2 > 1", "this character is not part of the language"),
    ("amount > 9**9**9", "this character is not part of the language"),
    ("has(*kind)", "this character is not part of the language"),
    ("recorded[0]", "this character is not part of the language"),
    ("{joint}", "this character is not part of the language"),
    ("~joint", "this character is not part of the language"),
    ("ｊoint", "the wide sign"),  # a full-width j is normalised to j by Python itself
    ("jоint", "other than ASCII"),  # a Cyrillic о
    ("投诉人数 >= 3", "other than ASCII"),
    ("complainants ≥ 3", "written otherwise here"),
    ("complainants >= ３", "the wide sign"),
    ("kind == ‘loan’", "no quotation marks here"),
    ("amount > 1e9", "this is no number"),
    ("amount > 0x10", "this is no number"),
    ("amount > 1_000", "no separator for thousands"),
    ("amount > 1.", "this is no number"),
    ("amount > 007", "this is no number"),
    ("amount > 10j", "this is no number"),
    ("amount > " + "9" * 29, "at most 28 digits"),
    ("joint)", "closes nothing"),
    ("joint) or (repeat", "closes nothing"),
    ("(joint", "not closed"),
    ("joint and", "does not read as a condition"),
    ("joint repeat", "does not read as a condition"),
    ("has('replied', by='outlet', by='branch')", "the keyword is given twice"),
    ("amount - 1 > 2", "there is no arithmetic"),
    ("()", "this is no condition"),
    ("'text'", "this is no condition"),
    ("5", "this is no condition"),
    ("joint, repeat", "this is no condition"),
    ("-joint", "this is no condition"),
    ("- -1 < amount", "only a number can be negative"),
    ("-'x' == kind", "only a number can be negative"),
    ("-True == joint", "only a number can be negative"),
    ("amount > -joint", "only a number can be negative"),
    ("amount > (not joint)", "a condition cannot be compared"),
    ("joint == (repeat or joint)", "a condition cannot be compared"),
    ("(complainants > 3) == joint", "a condition cannot be compared"),
    # names
    ("complainant >= 3", "did you mean 'complainants'?"),
    ("__import__('os')", "the function is unknown"),
    ("().__class__", "nothing but event has fields"),
    ("joint.__class__", "nothing but event has fields"),
    ("event.by == 'branch'", "there is no event here to judge"),
    ("event", "the event by itself says nothing"),
    ("whole", "write met('whole') or late('whole')"),
    ("has", "a function needs its arguments"),
    ("priority", "write priority == 'urgent'"),
    ("triggers", "write 'a' in triggers"),
    ("complainants", "this is a number, not a truth value"),
    ("threshold", "this is a number, not a truth value"),
    # functions
    ("haz('replied')", "did you mean 'has'?"),
    ("eval('1')", "the functions are has, count"),
    ("has.replied('x')", "nothing but event has fields"),
    ("has('replied')('x')", "only the functions of the language can be called"),
    ("has()", "exactly one kind of event is expected"),
    ("has('replied', 'received')", "exactly one kind of event is expected"),
    ("has('repliedd')", "did you mean 'replied'?"),
    ("has('x_y_z')", "known: called_back"),
    ("has(kind)", "written as a text in quotes"),
    ("has('replied', bye='branch')", "did you mean 'by'?"),
    ("has('replied', colour='red')", "the keywords are by, to"),
    ("has('replied', by=kind)", "written as a text in quotes"),
    ("has('replied', by='brnch')", "did you mean 'branch'?"),
    ("has('replied', by='xyz')", "declare it under [[body]]"),
    ("has('replied', outcome=())", "an empty list matches nothing"),
    ("has('replied', outcome=('a', 1))", "written as a text in quotes"),
    ("has('replied') == True", "is a truth value and is not compared"),
    ("count('replied')", "count(…) is a number"),
    ("count('repliedd') > 1", "did you mean 'replied'?"),
    ("linked('same_kind')", "linked(…) is a number"),
    ("linked('same_kid') > 1", "did you mean 'same_kind'?"),
    ("count('replied') > count('received')", "a count is compared with a number"),
    ("count('replied') in (1, 2)", "a count is compared with a number"),
    ("linked('same_kind') in (2, 5)", "a count is compared with a number"),
    ("linked('same_kind') not in (2, 5)", "write == or >="),
    ("count('replied') == joint", "a truth value is no number"),
    ("count('replied') >= 'x'", "a number cannot be compared with a text"),
    ("met('wole')", "did you mean 'whole'?"),
    ("met()", "exactly one limit is expected"),
    ("first_of('same_kid')", "did you mean 'same_kind'?"),
    ("first_of('whole')", "the link is unknown"),
    ("first_of()", "exactly one link is expected"),
    ("first_of('same_kind') >= 1", "is a truth value and is not compared"),
    ("holder('outlett')", "did you mean 'outlet'?"),
    ("holder('u-7')", "the level or body is unknown"),
    ("holder('outlet', 'branch')", "exactly one level or body is expected"),
    ("holder('outlet', by='x')", "the function takes no keyword"),
    ("holder(outlet)", "the level or body is written as a text in quotes"),
    ("holder == 'outlet'", "write holder('…')"),
    ("holder_at_breach('wole', 'outlet')", "did you mean 'whole'?"),
    ("holder_at_breach('whole', 'regulater')", "did you mean 'regulator'?"),
    ("holder_at_breach('whole')", "a limit and a level or body are expected"),
    ("holder_at_breach('whole', 'outlet', 'branch')", "as holder_at_breach('whole', 'outlet')"),
    ("holder_at_breach('whole', 'outlet', at='x')", "the function takes no keyword"),
    ("holder_at_breech('whole', 'outlet')", "did you mean 'holder_at_breach'?"),
    ("standing('wole', 'late')", "did you mean 'whole'?"),
    ("standing('whole', 'open_lat')", "did you mean 'open_late'?"),
    ("standing('whole')", "a limit and at least one standing are expected"),
    ("standing('whole', 'late', by='x')", "the function takes no keyword"),
    ("standing('whole', late)", "the standing is written as a text in quotes"),
    ("state('close')", "did you mean 'closed'?"),
    ("state('finished')", "known: closed, not_accepted, open, withdrawn"),
    ("state()", "exactly one state is expected"),
    ("state('open', 'closed')", "exactly one state is expected"),
    ("state(closed)", "the state is written as a text in quotes"),
    ("state('open') == 'closed'", "is a truth value and is not compared"),
    ("late('whole', by='x')", "the function takes no keyword"),
    ("elapsed('received')", "a kind of event and a period are expected"),
    ("elapsed('recieved', '1 month')", "did you mean 'received'?"),
    ("elapsed('received', 5)", "written as a text in quotes"),
    ("elapsed('received', '1 mnth')", "mnth"),
    ("elapsed('received', '1 month', until='repleid')", "did you mean 'replied'?"),
    ("elapsed('received', '1 month', by='branch')", "elapsed takes until='…'"),
    ("elapsed('received', '1 month', untill='replied')", "did you mean 'until'?"),
    ("elapsed('received', '1 month', until='replied', standin=True)", "did you mean 'standing'?"),
    ("elapsed('received', '1 month', until='replied', standing=False)", "standing is True or not written"),
    ("elapsed('received', '1 month', until='replied', standing='yes')", "write standing=True"),
    ("elapsed('received', '1 month', standing=True)", "nothing is named that could stand"),
    ("elapsed('received', '1 month', until='received', standing=True)", "this is no ending that could stand"),
    ("len(kind) > 2", "the function is unknown"),
    ("len(kind)", "the function is unknown"),
    # types
    ("joint > 0", "a truth value is no number"),
    ("complainants == True", "a truth value is no number"),
    ("joint < repeat", "< is for numbers, moments and levels"),
    ("kind < 'b'", "< is for numbers, moments and levels"),
    ("kind == 3", "a number cannot be compared with a text"),
    ("amount == '5'", "a number cannot be compared with a text"),
    ("1 < 2", "two constants are compared"),
    ("'a' in ('a', 'b')", "two constants are compared"),
    ("caused_by == 'bnk'", "did you mean 'bank'?"),
    ("caused_by in ('bank', 'nobody')", "the code of caused_by is unknown"),
    ("'nme' in recorded", "did you mean 'name'?"),
    ("recorded == interested", "a set is asked with in"),
    ("recorded == 'name'", "a set is asked with in"),
    ("received_by == 'brunch'", "did you mean 'branch'?"),
    ("received_by >= 'regulator'", "the level is unknown"),
    ("received_by >= kind", "a level cannot be compared with a text"),
    ("received < '1 October'", "the text is no date"),
    ("received < '2026-13-01'", "the text is no date"),
    ("received < '2026-10-01T09:00:00'", "naive"),
    ("received < '1999-10-01'", "the years known run from"),
    ("received in ('2026-10-01', 'x')", "the text is no date"),
    ("received == 5", "a moment cannot be compared with a number"),
    ("received >= top", "a moment cannot be compared with a text"),
    ("complainants > window", "a period is not compared"),
    ("window == window", "a period is not compared"),
    # sets and lists
    ("kind in 'loan'", "write ('loan',)"),
    ("kind in ()", "an empty list holds nothing"),
    ("kind in ('a', kind)", "holds constants only"),
    ("kind in ('a', 1)", "of one kind"),
    ("kind in (1, 2)", "a text cannot be one of these"),
    ("kind in (-joint, 1)", "only a number can be negative"),
    ("kind in (not joint, 1)", "this is not part of the language"),
    ("kind == ('a', 'b')", "a list stands only on the right of in"),
    ("kind in respondent", "the right of in is a list or a set, not a text"),
    ("3 in recorded", "a set holds codes, not a number"),
    ("'a' in kind in recorded", "in cannot be chained"),
    ("'a' in unknown_set", "the name is unknown"),
    # tables
    ("priority == 'urgnt'", "did you mean 'urgent'?"),
    ("priority == 3", "its values are urgent, ordinary"),
    ("priority > 'urgent'", "the values of a table have no order"),
    ("priority == kind", "a table is compared with one of its values"),
    ("priority == triggers", "a table is compared with one of its values"),
    ("priority in ('urgent', 'x')", "has no such value"),
    ("priority in recorded", "a list of values is expected"),
    ("'urgent' in priority", "this table gives one value"),
    ("triggers == 'a'", "write 'a' in triggers"),
    ("triggers in ('a', 'b')", "this table gives all values that hold"),
    ("'c' in triggers", "has no such value"),
    ("kind in triggers", "a table holds its own values only"),
    ("top in triggers", "has no such value"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED, ids=[repr(text)[:60] for text, _ in REFUSED])
def test_what_the_language_has_not_is_refused_and_the_message_helps(text: str, said: str) -> None:
    with pytest.raises(InvalidCondition) as caught:
        parse(text, SCOPE, where="own.toml: table[0].first[1].when")
    assert said in str(caught.value)
    assert str(caught.value).startswith("own.toml: table[0].first[1].when")


REFUSED_OF_EVENTS = [
    ("event.__class__", "the fields are kind, by"),
    ("event.aproved_by == 'branch'", "did you mean 'approved_by'?"),
    ("event.at == 'branch'", "the field is unknown"),
    ("event.kind == 'repleid'", "did you mean 'replied'?"),
    ("event.by == 'brnch'", "did you mean 'branch'?"),
    ("event.by", "this is a text, not a truth value"),
    ("event.told", "this is a set, not a truth value"),
    ("event.by < 'branch'", "< is for numbers, moments and levels"),
    ("event.amount > 'x'", "a number cannot be compared with a text"),
    ("event.by('x')", "only the functions of the language can be called"),
    ("event.by.by == 'x'", "nothing but event has fields"),
]


@pytest.mark.parametrize(("text", "said"), REFUSED_OF_EVENTS, ids=[text for text, _ in REFUSED_OF_EVENTS])
def test_a_wrong_field_of_an_event_is_refused(text: str, said: str) -> None:
    with pytest.raises(InvalidCondition, match="condition") as caught:
        parse(text, EVENT_SCOPE)
    assert said in str(caught.value)


def test_names_of_an_empty_scope_are_refused_without_a_list() -> None:
    empty = Scope(facts={"received_by": fact("received_by", "level")}, tables={"none": TableShape(values=())})
    for text in ("has('replied')", "received_by == 'outlet'"):
        assert "none is declared" in str(faults_of(text, empty)[0])
    assert "none == '…'" in str(faults_of("none", empty)[0])


def test_without_declared_levels_any_post_can_act() -> None:
    free = Scope(kinds={"replied"})
    assert parse("has('replied', by='clerk')", free).kinds == {"replied"}


HOSTILE = [
    ("ten thousand parentheses", "(" * 10_000 + "joint" + ")" * 10_000),
    ("as many as the length allows", "(" * 900 + "joint" + ")" * 900),
    ("a long run of not", "not " * 400 + "joint"),
    ("a long run of minus", "amount > " + "-" * 1500 + "1"),
    ("not and parentheses in turn", "not (" * 300 + "joint" + ")" * 300),
    ("nested calls", "has(" * 300 + "'x'" + ")" * 300),
    ("a text of a megabyte", "kind == '" + "x" * 1_000_000 + "'"),
    ("a number of a hundred thousand digits", "amount > " + "9" * 100_000),
    ("a number of the length allowed", "amount > " + "9" * 1900),
    ("a very small number", "amount > 0." + "0" * 1900 + "1"),
    ("attribute ladder", "event" + ".a" * 900),
    ("call ladder", "has" + "('x')" * 300),
    ("sum ladder", "1" + " - 1" * 400),
    ("builtins by way of a subclass", "().__class__.__bases__[0].__subclasses__()"),
    ("import", "__import__('os').system('x')"),
    ("star arguments", "has(*('replied',), **{})"),
    ("walrus", "(x := 5) and x"),
    ("comprehension", "all(c for c in recorded)"),
    ("f-string with code", "f'{__import__(\"os\")}'"),
    ("yield", "(yield joint)"),
    ("await", "await joint"),
    ("newlines and a statement", "joint\nimport os"),
    ("carriage return tricks", "joint\rimport os"),
    ("line continuation", "joint \\\n and repeat"),
    ("null byte", "joint\x00and repeat"),
    ("a byte order mark", "\ufeffjoint"),
    ("form feed", "joint\x0cand repeat"),
    ("type comment", "joint  # type: ignore"),
    ("many faults", "@" * 1999),
    ("many unknown names", " or ".join(["zz"] * 250)),
]


@pytest.mark.parametrize(("reason", "text"), HOSTILE, ids=[reason for reason, _ in HOSTILE])
def test_a_hostile_text_gets_a_short_answer(reason: str, text: str) -> None:
    with pytest.raises(InvalidCondition) as caught:
        parse(text, EVENT_SCOPE)
    assert len(str(caught.value)) < 6_000
    assert 1 <= len(faults_of(text, EVENT_SCOPE)) <= 20


def test_the_deepest_condition_allowed_is_read() -> None:
    deep = "(" * DEEPEST_CONDITION + "joint" + ")" * DEEPEST_CONDITION
    assert parse(deep, SCOPE).tree == Given(Fact("joint"))
    assert faults_of(f"({deep})", SCOPE)[0].why == f"it is nested deeper than {DEEPEST_CONDITION} levels"
    # a run of `not` ends with its operand: many short ones side by side are no depth
    assert parse(" or ".join(["not joint"] * 100), SCOPE).facts == {"joint"}


def test_the_longest_condition_allowed_is_read() -> None:
    assert parse("joint" + " " * (LONGEST_CONDITION - 5), SCOPE).tree == Given(Fact("joint"))
    (fault,) = faults_of("joint" + " " * (LONGEST_CONDITION - 4), SCOPE)
    assert (fault.where, fault.why) == ("character 1", "a condition has at most 2000 characters")


@pytest.mark.parametrize("text", [None, 5, True, b"joint", ["joint"], "", "  \n"])
def test_what_is_no_text_or_empty_is_refused(text: object) -> None:
    with pytest.raises(InvalidCondition):
        parse(text, SCOPE)  # type: ignore[arg-type]
    (fault,) = faults_of(text, SCOPE)  # type: ignore[arg-type]
    assert fault.where == "character 1"


def test_every_fault_of_a_condition_is_reported_at_once_with_its_place() -> None:
    text = "complainant >= 3 and caused_by == 'bnk' or 1 < kind < 2 or has('repleid', bye='x')"
    faults = faults_of(text, SCOPE, where="t.toml")
    assert [fault.where for fault in faults] == [
        "t.toml, character 1",
        "t.toml, character 35",
        "t.toml, character 44",
        "t.toml, character 55",
        "t.toml, character 64",
        "t.toml, character 79",
    ]
    with pytest.raises(InvalidCondition) as caught:
        parse(text, SCOPE, where="t.toml")
    assert "6 faults: character 1: the name is unknown" in str(caught.value)
    assert caught.value.where == "t.toml"
    with pytest.raises(InvalidCondition, match="2 faults: character 1"):
        parse("x or y", SCOPE)


@pytest.mark.parametrize(
    ("text", "at", "why"),
    [
        ("and joint", 1, "the word with which nothing can begin"),
        ("amount > > 3", 10, "the second sign"),
        ("amount >\n\t> 3", 11, "the second sign, which stands on the next line"),
        ("joint and and joint", 11, "the second word"),
        ("joint or", 9, "behind the end, where something is wanting"),
    ],
)
def test_what_cannot_be_read_is_told_at_its_place(text: str, at: int, why: str) -> None:
    (fault,) = faults_of(text, SCOPE, where="row 1")
    assert (fault.where, fault.why) == (f"row 1, character {at}", "it does not read as a condition"), why


def test_places_are_counted_in_characters_not_bytes() -> None:
    (found,) = faults_of("kind == '投诉' and jiont", SCOPE)
    assert found.where == "character 18"


def test_what_a_condition_reads_is_known_in_advance() -> None:
    condition = parse(
        "joint and priority == 'urgent' and late('whole') and complainants >= threshold and linked('same_kind') > 1 "
        "and count('contact_attempted') > 2 and has('called_back') and elapsed('received', '1 month', until='replied') "
        "and elapsed('received', '7 days')",
        SCOPE,
    )
    assert condition.facts == {"joint", "complainants"}
    assert condition.tables == {"priority"}
    assert condition.limits == {"whole"}
    assert condition.parameters == {"threshold"}
    assert condition.links == {"same_kind"}
    assert condition.kinds == {"contact_attempted", "called_back", "received", "replied"}
    assert condition.elapsed == (
        ("received", Period.parse("1 month"), "replied"),
        ("received", Period.parse("7 days"), None),
    )
    assert not condition.uses_event


def test_conditions_and_scopes_are_values() -> None:
    condition = parse("joint and has('replied', by='branch')", SCOPE)
    assert condition == parse("joint and has('replied', by='branch')", SCOPE)
    assert hash(condition) == hash(pickle.loads(pickle.dumps(condition)))  # noqa: S301 - made a moment ago
    assert pickle.loads(pickle.dumps(SCOPE)) == SCOPE  # noqa: S301 - made a moment ago
    assert copy.deepcopy(condition) == condition
    assert pickle.loads(pickle.dumps(MISSING)) is MISSING  # noqa: S301 - made a moment ago
    assert repr(MISSING) == "MISSING"


def test_atoms_come_from_left_to_right() -> None:
    tree = parse("not joint and (repeat or amount > complainants or has('replied'))", SCOPE).tree
    assert [terms_of(atom) for atom in atoms_of(tree)] == [
        (Fact("joint"),),
        (Fact("repeat"),),
        (Fact("amount"), Fact("complainants")),
        (),
    ]


def test_every_term_has_a_kind_of_value() -> None:
    terms: dict[Term, str] = {
        Literal(5): "number",
        Literal(Decimal(5)): "number",
        Literal(True): "truth value",
        Literal("x"): "text",
        Literal(("x",)): "set",
        Literal(dt.date(2026, 1, 1)): "moment",
        Fact("received_by"): "level",
        ParameterValue("open_threshold"): "any",
        ParameterValue("window"): "period",
        TableValue("priority"): "table",
        Count("replied", ()): "number",
        EventField("told"): "set",
        EventField("amount"): "number",
        EventField("skips_level"): "truth value",
        EventField("by"): "text",
    }
    assert {term: category(term, SCOPE) for term in terms} == terms


MOMENT = dt.datetime(2026, 10, 1, 9, tzinfo=BEIJING)
DAY = dt.date(2026, 10, 1)
FITTING: list[tuple[str, list[object], list[object]]] = [
    ("joint", [True, False], [1, "yes", Decimal(1)]),
    ("complainants", [3], [True, Decimal(3), "3"]),
    ("amount", [3, Decimal("0.5")], [True, "3", Decimal("NaN"), Decimal("Infinity")]),
    ("kind", ["loan"], [5, True, frozenset({"loan"})]),
    ("caused_by", ["bank"], ["bnk", 5]),
    ("recorded", [frozenset({"name"}), frozenset()], ["name", frozenset({5}), frozenset({"nme"})]),
    ("interested", [frozenset({"anything"})], [("a",)]),
    ("received", [MOMENT, DAY], ["2026-10-01", 5]),
    ("settled_on", [DAY], [MOMENT, "2026-10-01"]),
    ("received_by", ["outlet", "elsewhere"], [5]),  # a level outside the order is unknown, not wrong
]


@pytest.mark.parametrize(("name", "good", "bad"), FITTING, ids=[name for name, _, _ in FITTING])
def test_a_wrongly_typed_fact_is_refused_before_anything_compares_it(
    name: str, good: list[object], bad: list[object]
) -> None:
    for value in [*good, None]:
        check_fact(FACTS[name], value)
    for value in bad:
        with pytest.raises(InvalidComplaint, match=f"fact '{name}'"):
            check_fact(FACTS[name], value)


def test_a_code_outside_a_closed_list_comes_with_the_likely_intent() -> None:
    with pytest.raises(InvalidComplaint, match="did you mean 'bank'"):
        check_fact(FACTS["caused_by"], "bnk")


def test_a_presumption_of_the_wrong_type_is_refused() -> None:
    with pytest.raises(InvalidCondition, match="presumption of 'joint'"):
        fact("joint", "bool", assume=1)
