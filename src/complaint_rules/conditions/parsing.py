"""The condition language: text is checked against a scope and becomes a small tree; nothing of it is ever executed."""

from __future__ import annotations

import itertools
import keyword
import re
from typing import Final, final

import attrs

from complaint_rules.cases.hands import MOVING
from complaint_rules.cases.lifecycle import ENDINGS
from complaint_rules.conditions.faults import MOST_FAULTS, ConditionFaults
from complaint_rules.conditions.scopes import (
    AFTER,
    FUNCTIONS,
    MISSING,
    RESERVED,
    SELECTORS,
    CaseView,
    FactSpec,
    FactType,
    Scope,
    Selectors,
    TableDecision,
    TableShape,
    check_fact,
)
from complaint_rules.conditions.trees import (
    MEMBERSHIP,
    ORDERING,
    Always,
    And,
    Atom,
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
from complaint_rules.errors import Fault, InvalidCondition
from complaint_rules.frozen import Shown
from complaint_rules.periods.periods import Period

__all__ = [
    "DEEPEST_CONDITION",
    "FUNCTIONS",
    "LONGEST_CONDITION",
    "MEMBERSHIP",
    "MISSING",
    "ORDERING",
    "RESERVED",
    "SELECTORS",
    "Always",
    "And",
    "Atom",
    "CaseView",
    "Compare",
    "Condition",
    "Count",
    "Elapsed",
    "EventField",
    "Fact",
    "FactSpec",
    "FactType",
    "FirstOf",
    "Given",
    "Has",
    "HeldAtBreach",
    "HeldBy",
    "InState",
    "Late",
    "LinkedCount",
    "Literal",
    "Met",
    "Not",
    "Or",
    "ParameterValue",
    "Scope",
    "Selectors",
    "Stands",
    "TableDecision",
    "TableShape",
    "TableValue",
    "Term",
    "Truth",
    "atoms_of",
    "category",
    "check_fact",
    "faults_of",
    "parse",
    "terms_of",
]

LONGEST_CONDITION: Final = 2000
"""Characters a condition may have."""
DEEPEST_CONDITION: Final = 32
"""How deep parentheses and ``not`` may nest: far above any rule, far below any parser's limit."""
_UNREADABLE: Final = "it does not read as a condition"
_MOST_DIGITS: Final = 28
_ONE_LINE: Final = str.maketrans("\t\r\n", "   ")

_TOKEN: Final = re.compile(
    r"""(?P<space>[ \t\r\n]+)
      | (?P<number>(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?![\w.]))
      | (?P<name>[A-Za-z_][A-Za-z0-9_]*(?!\w))
      | (?P<string>'[^'\\\x00-\x1f]*'|"[^"\\\x00-\x1f]*")
      | (?P<op>==|!=|<=|>=|[<>(),.=-])
      | (?P<wrong>[0-9][\w.]*|\w+|[^\x00-\x7f]+|.)""",
    re.VERBOSE | re.DOTALL,
)
_WORDS: Final = frozenset({"and", "or", "not", "in", "True", "False"})
_WRONG_WORDS: Final = {
    "None": "an unknown fact is never compared; ask for it with a presumption",
    "is": "write == for a comparison",
    "if": "write the condition itself, or a further row",
}


@final
@attrs.frozen(kw_only=True, cache_hash=True, repr=False)
class Condition(Shown):
    """A checked condition, with everything it reads known in advance.

    >>> scope = Scope(kinds={"replied"}, limits={"whole"})
    >>> condition = parse("has('replied') and not late('whole')", scope)
    >>> condition.kinds, condition.limits
    (frozenset({'replied'}), frozenset({'whole'}))
    """

    text: str
    """The condition as written."""
    tree: Truth
    """The checked tree."""
    facts: frozenset[str] = frozenset()
    """Facts it reads."""
    tables: frozenset[str] = frozenset()
    """Tables it reads."""
    limits: frozenset[str] = frozenset()
    """Limits it reads, through ``met``, ``late``, ``standing`` and ``holder_at_breach``."""
    kinds: frozenset[str] = frozenset()
    """Kinds of event it reads, those of ``elapsed`` and ``state`` included, and those that change hands."""
    links: frozenset[str] = frozenset()
    """Links it reads, through ``linked`` and ``first_of``."""
    parameters: frozenset[str] = frozenset()
    """Parameters it reads, supplied or missing."""
    elapsed: tuple[tuple[str, Period, str | None], ...] = ()
    """Kind, period and `until` of each ``elapsed``: the moments at which the answer can change by itself."""
    uses_event: bool = False
    """Whether it reads the event being judged."""


def _scan(text: str, faults: ConditionFaults) -> None:
    """Check characters, words and nesting without recursion; what passes cannot make the parser recurse far."""
    nested: list[int] = []  # for each open parenthesis: how many signs and `not` stand before it, and itself
    prefixes, before, end_before = 0, "", -1
    for token in _TOKEN.finditer(text):
        kind, word, at = str(token.lastgroup), token.group(), token.start()
        if kind == "space":
            continue
        if kind == "wrong":
            _add_wrong(word, at, faults)
        _check_neighbours(token, before, end_before, faults)
        if word in ("not", "-"):
            prefixes += 1
        elif word == "(":
            nested.append(prefixes + 1)
            prefixes = 0
        else:
            prefixes = 0
            if word == ")" and nested:
                nested.pop()
            elif word == ")":
                faults.add(at, "this parenthesis closes nothing")
        before, end_before = word, token.end()
        if sum(nested) + prefixes > DEEPEST_CONDITION:
            faults.add(at, f"it is nested deeper than {DEEPEST_CONDITION} levels", hint="split it into tables")
            return
        if faults.full:
            return
    if nested:
        faults.add(len(text), "a parenthesis is not closed")


def _check_neighbours(token: re.Match[str], before: str, end_before: int, faults: ConditionFaults) -> None:
    """Check a word by itself and after the one before: chains of fields, calls or sums would nest without limit."""
    kind, word, at = token.lastgroup, token.group(), token.start()
    named = before[:1].isidentifier() and before not in _WORDS
    if kind == "string":
        if before[:1] in ("'", '"'):
            faults.add(at, "two texts stand side by side", word, "is a comma missing?")
        elif named and at == end_before:
            faults.add(at, "a text has no prefix", word, "remove the letters before the quotes")
        if not word.isprintable():
            faults.add(at, "a text holds printable characters only", word)
    elif kind == "name" and keyword.iskeyword(word) and word not in _WORDS:
        faults.add(at, f"{word!r} is not part of the language", hint=_WRONG_WORDS.get(word, ""))
    elif kind == "number" and len(word) > _MOST_DIGITS:
        faults.add(at, f"a number has at most {_MOST_DIGITS} digits", word[:_MOST_DIGITS])
    elif word == "." and before != "event":
        faults.add(at, "nothing but event has fields", before)
    elif word == "(" and before == ")":
        faults.add(at, "only the functions of the language can be called")
    elif word == "-" and (named or before == ")" or before[:1].isdigit()):
        faults.add(at, "there is no arithmetic", hint="declare the figure as a parameter")


def _add_wrong(word: str, at: int, faults: ConditionFaults) -> None:
    if word[0] in "'\"":
        faults.add(at, "a text is not closed, or holds a backslash or a control character", word)
    elif word[0].isdigit() and word.isascii():
        faults.add(at, "this is no number", word, "write a plain decimal number, as 5000 or 0.2")
    elif not word.isascii():
        faults.add(
            at, "only texts in quotes may hold other than ASCII characters", word, "use the ASCII sign or the id"
        )
    else:
        faults.add(at, "this character is not part of the language", word)


def parse(text: str, scope: Scope, *, where: str = "") -> Condition:
    """Check a condition against the names of its scope.

    Raises `InvalidCondition` naming every fault found, each with its place; `faults_of` gives them as data.

    >>> scope = Scope(facts={"joint": FactSpec(name="joint", type=FactType.BOOL, assume=False)})
    >>> parse("not joint", scope).facts
    frozenset({'joint'})
    >>> parse("not jiont", scope, where="row 1")
    Traceback (most recent call last):
    complaint_rules.errors.InvalidCondition: row 1, character 5: condition: the name is unknown; got 'jiont'; did you mean 'joint'?
    """  # noqa: E501 - the message is one line
    tree, faults = _check(text, scope, where)
    if tree is not None:
        return _condition(text, tree)
    first = faults[0]
    if len(faults) == 1:
        raise InvalidCondition(what="condition", why=first.why, value=first.value, hint=first.hint, where=first.where)
    listed = "; ".join(str(attrs.evolve(fault, where=_place(fault.where, where))) for fault in faults)
    raise InvalidCondition(what="condition", why=f"{len(faults)} faults: {listed}", value=text, where=where)


def _place(place: str, where: str) -> str:
    return place.removeprefix(f"{where}, ") if where else place


def faults_of(text: str, scope: Scope, *, where: str = "") -> tuple[Fault, ...]:
    """Give every fault of a condition as data; empty where `parse` would accept it.

    >>> [fault.why for fault in faults_of("joint or repeats", Scope())]
    ['the name is unknown', 'the name is unknown']
    """
    return _check(text, scope, where)[1]


def _check(text: object, scope: Scope, where: str) -> tuple[Truth | None, tuple[Fault, ...]]:
    tree, faults = _read(text, scope, where)
    if not faults.found or not isinstance(text, str) or len(text) > LONGEST_CONDITION:
        return tree, tuple(faults.found)
    from complaint_rules.conditions.habits import habits_of  # only what cannot be read is searched for slips

    slips = list(itertools.islice(habits_of(text), MOST_FAULTS))
    if not slips:
        return tree, tuple(faults.found)
    told = ConditionFaults(where)
    for slip in slips:
        told.add(slip.at, slip.why, slip.word, slip.hint)
    # What stands in a slip, or only says that the whole cannot be read, would be said twice.
    covered = {faults.place(at) for slip in slips for at in range(slip.at, slip.end)}
    told.found += [fault for fault in faults.found if fault.where not in covered and fault.why != _UNREADABLE]
    return tree, tuple(told.found)


def _read(text: object, scope: Scope, where: str) -> tuple[Truth | None, ConditionFaults]:
    # Loaded with the first condition, so that the import of the library stays light.
    import ast

    from complaint_rules.conditions.checking import Checker

    faults = ConditionFaults(where)
    if not isinstance(text, str):
        faults.add(0, "a condition is text", text)
        return None, faults
    if len(text) > LONGEST_CONDITION:
        faults.add(0, f"a condition has at most {LONGEST_CONDITION} characters", len(text), "split it into tables")
    elif not text.strip():
        faults.add(0, "the condition is empty", text, "leave the key out where a row always holds")
    else:
        _scan(text, faults)
    if faults.found:
        return None, faults
    try:
        # No text in quotes holds one of these, so a condition over several lines becomes one line of the same length.
        source = f"({text.translate(_ONE_LINE)})"
        parsed = ast.parse(source, mode="eval").body
    except SyntaxError as error:
        at = max((error.offset or 2) - 2, 0)
        faults.add(at, _UNREADABLE, text, "write facts joined with and, or, not")
        return None, faults
    tree = Checker(source.encode(), scope, faults).truth(parsed)
    return (None if faults.found else tree), faults


def _condition(text: str, tree: Truth) -> Condition:
    read: dict[str, set[str]] = {
        name: set() for name in ("facts", "tables", "limits", "kinds", "links", "parameters", "event")
    }
    elapsed: dict[tuple[str, Period, str | None], None] = {}
    for atom in atoms_of(tree):
        match atom:
            case Has(kind, selectors):
                read["kinds"] |= {kind, *dict(selectors).get(AFTER, ())}
            case Elapsed(kind, period, until, standing):
                elapsed[kind, period, until] = None
                read["kinds"] |= {kind} if until is None else {kind, until}
                read["kinds"] |= {"reopened"} if standing else set()
            case Met(limit) | Late(limit) | Stands(limit):
                read["limits"].add(limit)
            case InState():
                read["kinds"] |= {*ENDINGS, "reopened"}
            case FirstOf(link):
                read["links"].add(link)
            case HeldBy():
                read["kinds"] |= MOVING
            case HeldAtBreach(limit):
                read["kinds"] |= MOVING
                read["limits"].add(limit)
        for term in terms_of(atom):
            match term:
                case Fact(name):
                    read["facts"].add(name)
                case TableValue(name):
                    read["tables"].add(name)
                case ParameterValue(name):
                    read["parameters"].add(name)
                case Count(kind, selectors):
                    read["kinds"] |= {kind, *dict(selectors).get(AFTER, ())}
                case LinkedCount(link):
                    read["links"].add(link)
                case EventField(name):
                    read["event"].add(name)
    return Condition(
        text=text,
        tree=tree,
        facts=frozenset(read["facts"]),
        tables=frozenset(read["tables"]),
        limits=frozenset(read["limits"]),
        kinds=frozenset(read["kinds"]),
        links=frozenset(read["links"]),
        parameters=frozenset(read["parameters"]),
        elapsed=tuple(elapsed),
        uses_event=bool(read["event"]),
    )
