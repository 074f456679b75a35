"""Small policies for tests: a few facts, tables, limits and duties, put together at random; every one of them loads."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from complaint_rules.policy.policy import Policy
from complaint_rules.testing.needed import st
from complaint_rules.testing.texts import HEAD, TITLE, a_duty, a_fact, a_limit, a_table

_CODES: Final = "\n".join(f"values.{code} = {{ zh = '{code}', en = '{code}' }}" for code in "xyz")
_FIGURES: Final = ("15 days", "1 day", "5 working days", "48 hours", "2 weeks", "3 months", "90 minutes")
_REOPENING: Final = st.sampled_from(("continue", "restart", "new"))
_VALUES: Final = ("u", "v", "w")
_DEEPEST: Final = 2
_EITHER: Final = st.booleans()
_SHAPES: Final = st.sampled_from(("atom", "atom", "and", "or", "not"))


class _Written:
    """What is there to be named in the conditions of one policy."""

    def __init__(self, *, levels: bool, events: bool) -> None:
        self.levels = levels
        self.events = events
        self.tables: list[str] = []
        self.limits: list[str] = []


def policies() -> st.SearchStrategy[Policy]:
    """Draw small policies (取小规则集), for laws that are to hold under whatever rules there are.

    Each has a few facts with and without presumption, a table or two, and perhaps limits, duties, a checklist; some
    have no levels, some no events of their own, some a parameter that nobody supplied.

    >>> policies()
    drawn_policies()
    """
    return drawn_policies()


@st.composite
def drawn_policies(draw: st.DrawFn) -> Policy:
    """Draw a policy."""
    there = _Written(levels=draw(_EITHER), events=draw(_EITHER))
    parts = [HEAD, *_declared(draw, there)]
    for name in ("t0", "t1")[: draw(st.integers(1, 2))]:
        closed = draw(_EITHER)
        parts.append(_table(draw, there, name, closed=closed))
        if closed:  # what a limit reads may not fall silent
            there.tables.append(name)
    for name in ("whole", "answer")[: draw(st.integers(0, 2))]:
        parts.append(_limit(draw, there, name))
        there.limits.append(name)
    parts += [_duty(draw, there, name) for name in ("tell", "file")[: draw(st.integers(0, 2))]]
    if draw(_EITHER):
        parts.append(_checklist(draw))
    return Policy.from_text("\n".join(parts), name="small.toml")


def _declared(draw: st.DrawFn, there: _Written) -> list[str]:
    """Draw the facts, levels, events and parameters of a policy."""
    any_bool, any_int = st.sampled_from((None, "false", "true")), st.sampled_from((None, "0", "3"))
    found = [
        a_fact("a", assume=draw(any_bool)),
        a_fact("b", assume=draw(any_bool)),
        a_fact("n", "int", draw(any_int)),
        a_fact("m", "int", draw(any_int)),
        a_fact("k", "text", draw(st.sampled_from((None, "'x'")))) + "\n" + _CODES,
        a_fact("s", "set", None),
    ]
    if there.levels:
        found += [f'[[level]]\nid = "{name}"\n{TITLE}' for name in ("low", "high")]
        found += [f'[[body]]\nid = "desk"\n{TITLE}', a_fact("held", "level", draw(st.sampled_from((None, '"low"'))))]
    if there.events:
        found += [f"[events.{name}]\n{TITLE}" for name in ("noted", "seen")]
    value = draw(st.sampled_from(("", "default = 4")))
    reading = "reading = { zh = '甲', en = 'A' }" if value else ""
    found.append(f'[parameters.many]\ntype = "int"\n{TITLE}\n{value}\n{reading}')
    return found


@lru_cache(maxsize=64)
def _atoms(levels: bool, events: bool, tables: tuple[str, ...], limits: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Draw a condition without parts: first of what kind, so that no kind crowds out the others.

    Written out and kept, because making strategies anew for every atom takes longer than loading the policy.
    """
    kinds = ("noted", "seen") if events else ("replied", "appealed")
    written = [
        ("a", "b", "funds_at_risk"),
        ("n < m", "n >= many", "complainants >= 3"),
        tuple(f"n {op} {number}" for op in ("<", "<=", ">", ">=", "==", "!=") for number in range(6)),
        (*(f"k {op} '{code}'" for op in ("==", "!=") for code in "xyz"), "k in ('x', 'y')", "k not in ('x', 'y')"),
        tuple(f"'{code}' {op} s" for code in "pq" for op in ("in", "not in")),
        (*(f"has('{kind}')" for kind in kinds), *(f"count('{kind}') >= {n}" for kind in kinds for n in (1, 2, 3))),
        ("elapsed('received', '2 days')", "elapsed('received', '5 working days')"),
        tuple(f"held {op} '{level}'" for op in (">=", "<", "==") for level in ("low", "high") if levels),
        tuple(f"{name} == '{value}'" for name in tables for value in _VALUES),
        tuple(f"{word}('{name}')" for word in ("late", "met") for name in limits),
    ]
    return st.one_of([st.sampled_from(some) for some in written if some])


def _condition(draw: st.DrawFn, there: _Written, deep: int = 0) -> str:
    shape = draw(_SHAPES) if deep < _DEEPEST else "atom"
    match shape:
        case "and" | "or":
            return f"({_condition(draw, there, deep + 1)} {shape} {_condition(draw, there, deep + 1)})"
        case "not":
            return f"not {_condition(draw, there, deep + 1)}"
    return draw(_atoms(there.levels, there.events, tuple(there.tables), tuple(there.limits)))


def _table(draw: st.DrawFn, there: _Written, name: str, *, closed: bool) -> str:
    rows = [(value, "" if closed and value == _VALUES[-1] else _condition(draw, there)) for value in _VALUES]
    return a_table(name, *rows)


def _limit(draw: st.DrawFn, there: _Written, name: str) -> str:
    figures = draw(st.lists(st.sampled_from(_FIGURES), min_size=1, max_size=2, unique=True))
    conditions = [f', when = "{_condition(draw, there)}"' for _ in figures[1:]]
    rows = [f"{{ within = '{figure}'{when} }}" for figure, when in zip(figures, (*conditions, ""), strict=True)]
    options = (
        'pauses = [{ reason = "mediation" }, { reason = "appraisal", requires = "\'complainant\' in event.told" }]',
        'agreed = "agreed"', 'void_on = "withdrawn"', f'reopen = "{draw(_REOPENING)}"',
        "restart = { on = 'supplemented' }", f'when = "{_condition(draw, there)}"',
    )  # fmt: skip
    more = draw(st.lists(st.sampled_from(options), unique=True, max_size=4))
    start = draw(st.sampled_from(('"received"', '"routed"', '["accepted", "routed"]')))
    if start != '"received"' and draw(_EITHER):
        more.append("each = true")
    return a_limit(
        f"[{', '.join(rows)}]", *more, id=name, start=start,
        until=draw(st.sampled_from(('"closed"', '["replied", "closed"]'))),
    )  # fmt: skip


def _duty(draw: st.DrawFn, there: _Written, name: str) -> str:
    modality = draw(st.sampled_from(("must", "should", "must_not", "may")))
    act = draw(st.sampled_from(('"informed"', '"archived"', '"disclosed"')))
    options = [f'when = "{_condition(draw, there)}"', 'after = "closed"']
    if modality in ("must", "should"):
        options.append('within = "2 days"')
    if modality == "must_not":
        options.append("unless = \"event.reason == 'lawful' and a\"")
    return a_duty(modality, act, *draw(st.lists(st.sampled_from(options), unique=True)), id=name)


def _checklist(draw: st.DrawFn) -> str:
    kind = draw(st.sampled_from(("replied", "registered")))
    items = "\n".join(f"items.{code} = {{ zh = '{code}', en = '{code}' }}" for code in ("result", "reasons"))
    return "\n".join(("[[checklist]]", 'id = "letter"', TITLE, f'of = "{kind}"', items))
