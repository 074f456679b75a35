"""The workbench on which cases are made (工作台): drafts dated, assessed, written down with what the library says."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple, TypeAlias, final

import attrs

from complaint_rules.assessing import assess, calendar_over, mainland, plan_of
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.assessment.plans import Plan
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.cases.plain import case_to_dict
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.trees import Atom
from complaint_rules.language import Coded, Pair
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy
from complaint_rules.policy.rules import Selector
from complaint_rules.verification.generation.making import PLAIN, Goals, SketchMaker
from complaint_rules.verification.generation.sketches import Laid, Sketch, Step
from complaint_rules.verification.reaching.answers import expected
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.verification.reaching.golden_parts import GoldenPolicy
from complaint_rules.words.conditions import render_atom
from complaint_rules.words.voices import Voice, voice

Check: TypeAlias = Callable[[Assessment], bool]
"""Whether an assessment shows what was wanted."""
MOST_TRIED: Final = 48
"""How many drafts are tried for one end before it is given up."""
OPENING: Final = ("08:30-12:00", "13:30-17:30")
"""Opening hours of a rule set that counts in them and has none of its own: an assumption, told with each case."""


class CaseKind(Coded):
    """What a generated case is for (用例类别)."""

    ROW = "row", "各行", "row"
    PAIR = "pair", "成对", "pair"
    UNKNOWN = "unknown", "未知", "unknown"
    EDGE = "edge", "日历边界", "edge of the calendar"
    LIFE = "life", "变故", "mishap"
    DUTY = "duty", "义务", "duty"
    CHECKLIST = "checklist", "要素", "checklist"


class Glimpse(NamedTuple):
    """A case that was looked at."""

    case: Case
    """The case."""
    at: dt.datetime
    """As of when."""
    links: Mapping[str, int] | None
    """Counts of linked complaints."""
    found: Assessment
    """What came out."""


@final
class Workbench:
    """Where the cases of one policy are made; it keeps them in the order in which they were made, each once."""

    __slots__ = ("_golden", "_made", "_seen", "calendar", "en", "hours", "maker", "plan", "policy", "zh")

    def __init__(self, policy: Policy) -> None:
        self.policy: Policy = policy
        self.maker: SketchMaker = SketchMaker(policy)
        self.zh: Voice = voice(policy, "zh")
        self.en: Voice = voice(policy, "en")
        self.plan: Plan = plan_of(policy)
        wants = bool(self.plan.hours_wanted) and calendar_over(policy, mainland()).hours is None
        self.hours: tuple[str, ...] = OPENING if wants else ()
        """Opening hours that each case names, because the rules count in them and have none."""
        self.calendar: WorkCalendar = _with_hours(mainland(), self.hours)
        supplied: Mapping[str, Any] = json.loads(policy.document)["parameters"]
        self._golden = GoldenPolicy(id=policy.id, edition=policy.edition, parameters=FrozenMap(supplied))
        self._made: dict[str, GoldenCase] = {}
        self._seen: set[str] = set()

    @property
    def made(self) -> tuple[GoldenCase, ...]:
        """The cases made so far."""
        return tuple(self._made.values())

    # --- words ---

    def selector(self, selector: Selector) -> Pair:
        """Say which events a rule means."""
        return self.zh.selector(selector), self.en.selector(selector)

    def condition(self, condition: Condition) -> Pair:
        """Say a condition."""
        return self.zh.condition(condition), self.en.condition(condition)

    def known(self, name: str, value: object) -> Pair:
        """Say a fact with its value."""
        return self.zh.known(name, value), self.en.known(name, value)

    def fact(self, name: str) -> Pair:
        """Name a fact."""
        return self.zh.fact(name), self.en.fact(name)

    def item(self, code: str) -> Pair:
        """Name an item of a document."""
        return self.zh.code(code, "items"), self.en.code(code, "items")

    def atom(self, atom: Atom) -> Pair:
        """Say a part of a condition."""
        scope = self.policy.scope
        return render_atom(atom, scope, "zh", self.zh.words), render_atom(atom, scope, "en", self.en.words)

    # --- looking ---

    def lay(self, draft: Sketch, *more: Step, received: dt.datetime = PLAIN) -> Laid:
        """Date a draft, with further steps behind its own."""
        return draft.laid(received, self.policy.scope.facts, more)

    def look(self, case: Case, at: dt.datetime, draft: Sketch | None = None) -> Glimpse:
        """Assess a case, with the linked complaints of the draft it comes from."""
        links = None if draft is None or not draft.links else draft.links
        found = assess(case, self.policy, at=at, calendar=self.calendar, links=links)
        return Glimpse(case, at, links, found)

    def glance(self, draft: Sketch, *more: Step, received: dt.datetime = PLAIN) -> Glimpse:
        """Date a draft and assess it at its end."""
        laid = self.lay(draft, *more, received=received)
        return self.look(laid.case, laid.last, draft)

    def first(self, drafts: Iterable[Sketch], check: Check, *more: Step) -> Sketch | None:
        """Give the first draft that shows what was wanted; None where none of them does."""
        return next((one for one in drafts if check(self.glance(one, *more).found)), None)

    def find(self, goals: Goals, check: Check, *more: Step, draft: Sketch | None = None) -> Sketch | None:
        """Give a draft that reaches some goals, and shows what was wanted."""
        return self.first(self.maker.tried(draft or Sketch(), goals, MOST_TRIED), check, *more)

    # --- writing down ---

    def keep(self, kind: CaseKind, rule: str, key: str, words: Pair, look: Glimpse, *, cite: str | None = None) -> bool:
        """Write a case down with what the library says of one rule; False where it stands there already."""
        data = case_to_dict(look.case)
        del data["id"]
        wanted = expected(look.found, [rule])
        given = json.dumps([data, look.at.isoformat(), dict(look.links or {}), wanted.to_dict()], sort_keys=True)
        if given in self._seen:
            return False
        self._seen.add(given)
        name = self._free(f"{rule}:{kind}:{key}")
        told: dict[str, Any] = {"why": FrozenMap(zh=words[0], en=words[1])}
        self._made[name] = GoldenCase(
            id=name,
            policy=self._golden,
            kind=kind.value,
            rule=rule,
            cite=cite or "",
            **told,
            case=_frozen(data),
            at=look.at,
            links=None if look.links is None else FrozenMap(look.links),
            hours=self.hours,
            expect=wanted,
        )
        return True

    def _free(self, name: str) -> str:
        """Give an id that no other case has: of the same purpose the second has a number."""
        names = (name, *(f"{name}:{number}" for number in range(2, len(self._made) + 3)))
        return next(one for one in names if one not in self._made)


def both(*parts: Pair) -> Pair:
    """Say several things one after the other, in both languages.

    >>> both(("闰日", "a leap day"), ("逾期", "late"))
    ('闰日；逾期', 'a leap day; late')
    """
    said: Pair = ("；".join(zh for zh, _ in parts), "; ".join(en for _, en in parts))
    return said


def _frozen(value: Any) -> Any:
    match value:
        case Mapping():
            return FrozenMap({name: _frozen(item) for name, item in value.items()})
        case list():
            return tuple(_frozen(item) for item in value)
    return value


def _with_hours(calendar: WorkCalendar, hours: tuple[str, ...]) -> WorkCalendar:
    return attrs.evolve(calendar, hours=Hours.of(*hours)) if hours else calendar
