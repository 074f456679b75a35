"""Every part of a limit or duty by itself: where the house is laxer in just that part, nothing is proved.

Each row says what goes wrong under the base and not under the house, worked out by hand. The house gives 12 days, the
base 15, where a row says nothing else.
"""

from __future__ import annotations

import pytest

from complaint_rules.verification.conformance.answers import Aspect, Conforming
from complaint_rules.verification.conformance.conforming import conforms
from tests.verification.conformance.houses import RUNS, limited

PROVED, LAXER, OPEN, MISSING = Conforming
TWELVE, FIFTEEN = 'first = [{ within = "12 days" }]\n', 'first = [{ within = "15 days" }]\n'
ROUTED = 'from = "routed"\nuntil = "replied"\n'


def extension(name: str, **lines: object) -> str:
    given = {"on": '"extended"', "add": '"10 days"'} | lines
    return f'[[limit.extension]]\nid = "{name}"\n' + "".join(
        f"{key} = {value}\n" for key, value in given.items() if value is not None
    )


AGAIN = 'restart = { on = "supplemented" }\n'
TEN, TWENTY = extension("ten"), extension("twenty", add='"20 days"')
TWICE = extension("ten", times=2)
COMPLEX = extension("ten", when='"complex"')
TO = extension("total", add=None, to='"20 days"')
SINCE = extension("total", on='"approved"', add=None, to='"10 days"', **{"from": '"registered"'})
TO_WORKING = extension("total", add=None, to='"5 working days"')
MEDIATION = 'pauses = [{ reason = "mediation" }]\n'
CLOSES = 'from = "received"\nuntil = ["replied", "closed"]\n'


@pytest.mark.parametrize(
    ("house", "base", "aspect", "verdict"),
    [
        # a restart of the base on day 5 drops its ten days (due on day 20), the house's stay (day 22)
        (TEN, AGAIN + TEN, Aspect.EXTENSION, LAXER),
        (AGAIN + TEN, 'restart = { on = ["supplemented", "amended"] }\n' + TEN, Aspect.EXTENSION, LAXER),
        # of a base that also starts anew where the house asks for more; no case tried has the one and not the other
        ('restart = { on = "supplemented", when = "complex" }\n' + TEN, AGAIN + TEN, Aspect.EXTENSION, OPEN),
        (AGAIN + TEN, AGAIN + TEN, Aspect.EXTENSION, PROVED),
        # without an extension a restart of the base only makes it later
        ("", AGAIN, Aspect.RESTART, None),
        # the first extension of the base takes the event: day 25 against day 32
        (TWENTY, TEN + TWENTY, Aspect.EXTENSION, LAXER),
        (TEN + TWENTY, TEN + TWENTY, Aspect.EXTENSION, PROVED),
        (TEN, TEN + TWENTY, Aspect.EXTENSION, PROVED),
        # two of the house, granted once each, against one of the base that is granted once: day 32 against day 25; no
        # complex complaint is tried
        (COMPLEX + TEN.replace('"ten"', '"more"'), TEN, Aspect.EXTENSION, OPEN),
        (TWICE, TEN, Aspect.EXTENSION, LAXER),
        (TEN, TWICE, Aspect.EXTENSION, PROVED),
        # each by its own event
        (
            TEN + extension("by", on='"approved"'), extension("by", on='"approved"') + TEN, Aspect.EXTENSION, PROVED,
        ),
        # a total of ten days takes the place of the base's 15, and ten more come to day 20, the house's to day 22
        (TEN, TEN + SINCE, Aspect.EXTENSION, LAXER),
        # what the base alone grants, to an hour after day 15, uses up what would cover the house's: day 22 against that
        (TEN.replace("add", 'approved_by = ["superior"]\nadd'), TEN, Aspect.EXTENSION, LAXER),
        (TEN.replace("add", "requires = \"'reasons' in event.told\"\nadd"), TEN, Aspect.EXTENSION, LAXER),
        # granted upon the same events, for as long or less
        (TEN.replace("10", "9"), TEN + TO, Aspect.EXTENSION, PROVED),
        (TO, TO, Aspect.EXTENSION, PROVED),
        (TO.replace("20", "19"), TO, Aspect.EXTENSION, PROVED),
        (TO.replace("20", "25"), TO, Aspect.EXTENSION, LAXER),
        # a total beside something added, and several totals: named days make the order count
        (TEN + TO, TEN + TO, Aspect.EXTENSION, OPEN),
        (TEN, TEN + TO + TO.replace('"total"', '"again"'), Aspect.EXTENSION, OPEN),
        # after a long holiday and a stop, five working days end later than 15 days, although they never do without one
        (MEDIATION + 'first = [{ within = "3 days" }]\n' + TO_WORKING, MEDIATION + FIFTEEN, Aspect.STOP, OPEN),
    ],
)  # fmt: skip
def test_what_lengthens(house: str, base: str, aspect: Aspect, verdict: Conforming | None) -> None:
    held(house, base, aspect, verdict)


RUN_ON = 'from = "received"\nuntil = "replied"\n'
BEFORE = 'void_on = { event = "closed", when = "has(\'replied\')" }\n'
NEW, ANEW, ON = (f'reopen = "{one}"\n' for one in ("new", "restart", "continue"))
AGREED = "agreed = true\n"


@pytest.mark.parametrize(
    ("house", "base", "aspect", "verdict", "runs"),
    [
        # closed on day 3 and reopened on day 5, the base has 15 days again (day 20); the house never ended and goes on
        # with its extension (day 22) or with the time agreed on day 1 (day 60)
        (NEW + TEN, NEW + TEN, Aspect.REOPEN, OPEN, (RUNS, CLOSES)),
        (ANEW + TEN, ANEW + TEN, Aspect.REOPEN, OPEN, (RUNS, CLOSES)),
        (NEW + AGREED, NEW + AGREED, Aspect.REOPEN, OPEN, (RUNS, CLOSES)),
        (NEW + TEN, NEW + 'void_on = "withdrawn"\n' + TEN, Aspect.REOPEN, OPEN, (RUNS, RUNS)),
        (NEW + TEN, NEW + TEN, Aspect.REOPEN, PROVED, (CLOSES, CLOSES)),
        (NEW, NEW, Aspect.REOPEN, PROVED, (RUNS, CLOSES)),
        # replied before it was routed: a closing voids the house's limit, the base's has not ended
        (BEFORE, "", Aspect.VOID, OPEN, (ROUTED, ROUTED)),
        (BEFORE + NEW, NEW, Aspect.VOID, OPEN, (RUNS, RUNS)),
        (BEFORE, "", Aspect.VOID, PROVED, (RUNS, RUNS)),
        # an earlier time agreed about the second routing binds the base's one run, and only the second of the house's
        (AGREED + "each = true\n", AGREED, Aspect.AGREED, OPEN, (ROUTED, ROUTED)),
        (AGREED + "each = true\n", AGREED + "each = true\n", Aspect.AGREED, PROVED, (ROUTED, ROUTED)),
    ],
)
def test_what_ends_and_begins_again(
    house: str, base: str, aspect: Aspect, verdict: Conforming, runs: tuple[str, str]
) -> None:
    held(house, base, aspect, verdict, runs)


ONCE, FIVE = 'first = [{ within = "at once" }]\n', 'first = [{ within = "5 days" }]\n'


@pytest.mark.parametrize(
    ("house", "base", "verdict"),
    [
        # nothing is ever late by "at once", so on day 16 the house's limit runs and the base's is overdue
        (ONCE, FIFTEEN, LAXER),
        (ONCE, ONCE + AGAIN, PROVED),
        # nor by a row of it where another binds: 30 days against 15
        ('earliest = [{ within = "at once" }, { within = "30 days" }]\n', FIFTEEN, LAXER),
        ('latest = [{ within = "at once" }, { within = "12 days" }]\n', FIFTEEN, PROVED),
        ('latest = [{ within = "at once" }, { within = "30 days" }]\n', FIFTEEN, LAXER),
        # of the base a figure beside "at once" binds: 5 days against 15, and 12 against 15
        (FIVE, 'earliest = [{ within = "at once" }, { within = "15 days" }]\n', PROVED),
        (FIFTEEN, 'earliest = [{ within = "at once" }, { within = "12 days" }]\n', LAXER),
        # of a complaint that is not joint the base asks for haste: nothing shows a house that gives five days laxer
        (FIVE, 'earliest = [{ within = "at once" }, { within = "15 days", when = "joint" }]\n', OPEN),
        # where the period moves to a working day it does so for the house only
        (FIFTEEN + 'roll = "next_working_day"\n', FIFTEEN, LAXER),
        # a figure that a fact sets, or what is agreed, cannot be counted
        ('first = [{ within = "as agreed" }]\nagreed = true\n', FIFTEEN, OPEN),
    ],
)
def test_figures(house: str, base: str, verdict: Conforming) -> None:
    held(house, base, Aspect.FIGURE, verdict)


def test_what_is_vouched_for_is_an_event_and_not_what_it_was_told() -> None:
    """An acceptance never comes without a reply, which the base counts only where the complainant was told."""
    house = limited(TWELVE, runs='from = "received"\nuntil = "closed"\n')
    told = limited(FIFTEEN, "base", runs='from = "received"\nuntil = { event = "replied", told = "complainant" }\n')
    any_reply = limited(FIFTEEN, "base")
    assert conforms(house, any_reply, implies={"closed": "replied"}).verdict is PROVED
    assert conforms(house, told, implies={"closed": "replied"}).verdict is not PROVED


def held(
    house: str, base: str, aspect: Aspect, verdict: Conforming | None, runs: tuple[str, str] = (RUNS, RUNS)
) -> None:
    """Hold the two against one another, and look at the worst point of an aspect."""
    ours, theirs = (
        limited(lines if "within" in lines else _with_figure(lines, figure), name, runs=run)
        for lines, figure, name, run in zip((house, base), (TWELVE, FIFTEEN), ("house", "base"), runs, strict=True)
    )
    (found,) = conforms(ours, theirs).limits
    verdicts = [one.verdict for one in found.points if one.aspect is aspect]
    worst = next((one for one in (LAXER, OPEN, PROVED) if one in verdicts), None)
    assert worst is verdict, [one.words[1] for one in found.points]
    assert (found.verdict is PROVED) is (verdict in (PROVED, None))
    if verdict is LAXER:
        assert any(one.counterexample for one in found.points if one.aspect is aspect)


def _with_figure(lines: str, figure: str) -> str:
    head, table, rest = lines.partition("[[limit.extension]]")
    return f"{head}{figure}{table}{rest}"
