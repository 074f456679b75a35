"""Policies that ask for everything a condition can ask for, in awkward ways."""

from __future__ import annotations

from typing import Final

from complaint_rules.policy.policy import Policy
from tests.small import TITLE, duty, fact, limit, own, table

LEVELS: Final = "\n".join(
    f'[[{section}]]\nid = "{code}"\n{TITLE}'
    for section, code in (
        ("level", "outlet"),
        ("level", "branch"),
        ("level", "head_office"),
        ("body", "regulator"),
        ("body", "press"),
    )
)
CODES: Final = "\n".join(
    ['[facts.product]\ntype = "text"\nask = "handler"', TITLE]
    + [f"values.{code} = {{ zh = '{code}甲', en = '{code}' }}" for code in ("card", "loan", "fund", "other")]
)
FACTS: Final = (
    fact("major"),
    fact("serious", assume=None),
    fact("hurt", assume="true"),
    '[facts.hurt_badly]\ntype = "bool"\nask = "handler"\nimplies = "hurt"\n' + TITLE,
    fact("lost", "decimal", assume="0"),
    fact("claimed", "decimal", assume=None),
    fact("points", "int", assume="3"),
    fact("marks", "int", assume=None),
    fact("topics", "set", assume=None),
    fact("matter", "text", assume=None),
    fact("subject", "text", assume=None),
    fact("happened", "moment", assume=None),
    fact("noticed", "moment", assume=None),
    fact("signed", "day", assume=None),
    fact("paid", "day", assume=None),
    CODES,
)
PARAMETERS: Final = "\n".join(
    f'[parameters.{name}]\ntype = "{kind}"\n{TITLE}'
    for name, kind in (
        ("floor", "decimal"),
        ("small", "int"),
        ("on_day", "day"),
        ("wanted", "text"),
        ("strict", "bool"),
    )
)
LINKS: Final = "\n".join(
    [
        f'[[link]]\nid = "same"\n{TITLE}\nsame = ["kind"]',
        f'[[link]]\nid = "joined"\n{TITLE}\nsame = ["incident", "points"]\njoint = true',
    ]
)
_PARTS: Final = (*FACTS, PARAMETERS, LEVELS, LINKS)
OUTCOMES: Final = (
    table("whole_is", *((one, f"standing('whole', '{one}')") for one in ("in_time", "late", "open_late", "void"))),
    table("hands", ("outlet", "holder('outlet')"), ("branch", "holder_at_breach('whole', 'branch')"), every=True),
    table("how", ("met", "met('whole')"), ("late", "late('whole') and not met('reply')"), ("open", "state('open')")),
    limit(), limit('[{ within = "2 days" }]', id="reply", start='"resolved"', until='"replied"'),
)  # fmt: skip
"""A limit by everything that can be asked of it, the state of the case, and who has it."""
NUMBERS: Final = (
    table(
        "size",
        ("a", "points > 3 and marks <= 2"),
        ("b", "lost >= floor or points == small"),
        ("c", "lost < claimed"),
        ("d", "complainants >= 2.5 and count('called_back') >= 2"),
        ("e", "count('replied', by='outlet') == marks"),
        ("f", "linked('same') > points"),
        ("g", "linked('joined') == 2 or first_of('joined')"),
        ("h", "count('called_back', told='complainant') != 1"),
        ("i", ""),
    ),
)
"""Numbers compared with constants, parameters, each other, counts and linked complaints."""
SETS: Final = (
    table(
        "about",
        ("a", "'service' in topics and 'fees' not in topics"),
        ("b", "matter in topics"),
        ("c", "matter == subject"),
        ("d", "product in ('card', 'loan') or product == 'other'"),
        ("e", "received_by < 'head_office'"),
        ("f", "received_by == 'regulator' or source != 'court'"),
        ("g", "channel == wanted"),
        ("h", "strict and major"),
    ),
    table("grave", ("hurt", "hurt"), ("badly", "hurt_badly and not serious"), every=True),
    table("nested", ("x", "about == 'a' or about in ('b', 'c')"), ("y", "'hurt' in grave and about != 'd'"), ("z", "")),
)  # fmt: skip
"""Codes, sets, levels, tables that read tables, facts that follow from others."""
MOMENTS: Final = (
    table(
        "when",
        ("a", "happened < noticed"),
        ("b", "happened >= '2026-03-05' and noticed > '2026-03-06T12:00:00+08:00'"),
        ("c", "signed == paid or signed in ('2026-03-01', '2026-04-01')"),
        ("d", "received > on_day or happened == received"),
        ("e", "signed > '2026-02-28' and paid not in ('2026-03-01', '2026-03-09')"),
    ),
)
"""Moments and days, compared with constants, parameters and each other."""
HISTORY: Final = (
    table(
        "course",
        ("a", "elapsed('received', '7 days', until='replied') and has('replied', by='outlet')"),
        ("b", "elapsed('received', '48 hours')"),
        ("c", "elapsed('received', '3 days', until='closed', standing=True)"),
        ("d", "has('reopened')"),
        ("e", ""),
    ),
)
"""Periods from the receipt, endings that stand, reopenings."""
BESIDES: Final = (
    table(
        "course",
        ("a", "elapsed('received', '2 days', until='replied') or has('replied', by='outlet')"),
        ("b", "elapsed('received', '9 days') and count('replied') < 2"),
        ("c", "has('replied', by='branch')"),
    ),
)
"""A watch that any reply stops, and replies by some."""
STARTED: Final = (
    table(
        "course",
        ("a", "elapsed('resolved', '2 days', until='replied') and not has('closed')"),
        ("b", "elapsed('resolved', '1 month') or has('replied', to='press')"),
    ),
)
"""A watch that an event starts."""
TURNS: Final = (table("course", ("a", "elapsed('received', '2 days', until='replied')"),
                      ("b", "has('appealed', after='replied')"), ("c", "count('replied') > 7")),)  # fmt: skip
"""A watch, and what came after what stops it."""
UNLIKE: Final = (
    table(
        "course",
        (
            "a",
            "elapsed('received', '1 month', until='replied') and not elapsed('received', '30 days', until='replied')",
        ),
        ("b", "elapsed('routed', '2 days', until='replied')"),
        ("c", "elapsed('received', '3 working hours')"),
        ("d", ""),
    ),
)
"""Periods in unlike units and from unlike starts."""
ORDER: Final = (
    table(
        "took",
        ("a", "has('appealed', to='regulator', after='replied')"),
        ("b", "has('appealed', by='press', after=('replied', 'resolved'))"),
        ("c", "count('appealed', after='replied') >= 2"),
        ("d", "has('replied', by=('outlet', 'branch'))"),
    ),
)
"""What came after something else."""
MANY: Final = (
    table(
        "much",
        ("a", "count('called_back') >= 9"),
        ("b", " and ".join(f"'t{number}' in topics" for number in range(10))),
        ("c", "count('replied', told=('a', 'b')) > 1 and has('replied', told='c')"),
        ("d", ""),
    ),
    duty("must_not", '"replied"', "unless = \"event.by in interested or event.by == 'outlet'\""),
)
"""More codes of a set, more events of a kind than are tried."""
ACTS: Final = (
    duty("must_not", '["routed", { event = "replied", told = ["complainant"] }]',
         'unless = "event.skips_level and event.amount <= 100 or event.by != event.approved_by"', id="one"),
    duty("must_not", '{ event = "replied", by = ["outlet", "branch"], not = { by = "outlet", outcome = "partly" } }',
         "unless = \"event.by in interested or 'fee' in event.told or event.kind == 'replied' or event.ref == 'x'\"",
         id="two"),
    duty("must_not", '"closed"', "unless = \"event.by == received_by or event.outcome in ('settled', 'partly')\"",
         id="three"),
)  # fmt: skip
"""Acts that an exception over the event may excuse."""


def awkward(*parts: str) -> Policy:
    """Load one of these."""
    return own(*_PARTS, *parts)


ALL: Final = {
    "outcomes": OUTCOMES, "numbers": NUMBERS, "sets": SETS, "moments": MOMENTS, "history": HISTORY, "besides": BESIDES,
    "started": STARTED, "turns": TURNS, "unlike": UNLIKE,
    "order": ORDER, "many": MANY, "acts": ACTS, "nothing": (),
}  # fmt: skip
"""Every one of them, by name."""
