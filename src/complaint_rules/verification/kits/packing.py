"""`kit`: cases, calendar and schemas for an implementation in another language, and its answers held against them."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Iterator, Mapping
from typing import BinaryIO, Final, final

import attrs

from complaint_rules.documents.nodes import is_code
from complaint_rules.errors import (
    ComplaintRulesError,
    Fault,
    InvalidGolden,
    InvalidPolicy,
    UnreadableInput,
    did_you_mean,
)
from complaint_rules.exchange.rows import RowFault
from complaint_rules.frozen import Shown
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.verification.generation.generating import generate
from complaint_rules.verification.kits.answering import read_answers
from complaint_rules.verification.kits.days import calendar_data, calendar_text
from complaint_rules.verification.kits.folders import (
    FORMAT,
    LIST,
    KitFolder,
    as_json,
    digest,
    read_folder,
    refuse,
    write_folder,
)
from complaint_rules.verification.kits.guide import guide
from complaint_rules.verification.kits.judging import mismatches
from complaint_rules.verification.kits.results import CaseResult, KitReport, Outcome
from complaint_rules.verification.kits.schemas import SCHEMAS, schema, schema_text
from complaint_rules.verification.kits.shipping import made_ready
from complaint_rules.verification.kits.standing import CALENDAR, GUIDE, malformed, unlike
from complaint_rules.verification.reaching.golden_lines import GoldenCase, read_golden_lines
from complaint_rules.version import VERSION

CASES: Final = "cases.jsonl"
"""The file of a kit that holds its cases."""
_MOST_FAULTS: Final = 1_000
_MOST_SEARCHES: Final = 20


@final
@attrs.frozen(kw_only=True, repr=False)
class Kit(Shown):
    """What an implementation in another language is held against (对照套件).

    Made by `kit`, or read from a folder with `from_folder`.
    """

    policies: tuple[Policy, ...]
    """The rule sets that its cases are of."""
    cases: tuple[GoldenCase, ...]
    """Its cases, each run before, with every moment exact."""
    library: str = attrs.field(default=VERSION, eq=False)
    """Version of the library that made it."""

    def __repr__(self) -> str:
        names = ", ".join(f"{one.id}@{one.edition}" for one in self.policies)
        return f"<Kit of {len(self.cases)} cases under {names}>"

    def files(self) -> Mapping[str, bytes]:
        """Give the files of the kit by their names: the same bytes for the same cases and rule sets."""
        documents = {_file_of(place, one): f"{one.document}\n".encode() for place, one in enumerate(self.policies)}
        found = {
            GUIDE: guide(self.policies, len(self.cases)).encode(),
            CALENDAR: calendar_text(calendar_data(self.policies, through=self._last_year())).encode(),
            CASES: "".join(f"{case.to_json()}\n" for case in self.cases).encode(),
            **documents,
            **{f"schemas/{name}.schema.json": schema_text(schema(name)).encode() for name in SCHEMAS},
        }
        found[LIST] = as_json(
            {
                "format": FORMAT,
                "library": VERSION,
                "policies": list(documents),
                "cases": len(self.cases),
                "files": {name: digest(content) for name, content in found.items()},
            }
        )
        return FrozenMap(found)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Write the kit into a folder; a kit that stands there is replaced.

        Raises `UnreadableInput` for a path that is a file, a folder that holds other things and is no kit, and where it
        cannot be written.
        """
        write_folder(self.files(), path)

    def check(self, answers: BinaryIO | Iterable[object], *, name: str = "") -> KitReport:
        """Hold answers against the cases: a stream of JSON Lines, or answers already parsed.

        A case without an answer does not pass. Lines that are no answers, and ids that the kit does not have or that
        were answered before, are told with their line; the rest goes on.

        Raises `UnreadableInput` where the file as a whole is none.
        """
        cases = {case.id: case for case in self.cases}
        lines: dict[str, int] = {}
        found: dict[str, CaseResult] = {}
        faults: list[RowFault] = []
        searches = iter(range(_MOST_SEARCHES))
        more = 0
        for row in read_answers(answers, name=name):
            told = list(row.faults)
            answer = row.answer
            if answer is not None and answer.id not in cases:
                hint = did_you_mean(answer.id, cases) if next(searches, None) is not None else ""
                told.append(RowFault(line=row.line, column="id", why="the kit has no such case", hint=hint))
            elif answer is not None and answer.id in lines:
                why = f"the case was answered on line {lines[answer.id]} already"
                told.append(RowFault(line=row.line, column="id", why=why))
            elif answer is not None:
                lines[answer.id] = row.line
                unlike = tuple(mismatches(cases[answer.id].expect, answer.results))
                outcome = Outcome.DIFFERS if unlike else Outcome.PASSED
                found[answer.id] = CaseResult(case=cases[answer.id], outcome=outcome, mismatches=unlike)
            room = max(_MOST_FAULTS - len(faults), 0)
            faults += told[:room]
            more += len(told[room:])
        if more:
            faults.append(RowFault(line=row.line, column="", why=f"{more} more faults are not listed"))
        results = (found.get(case.id) or CaseResult(case=case, outcome=Outcome.UNANSWERED) for case in self.cases)
        return KitReport(results=tuple(results), faults=tuple(faults), policies=self.policies, library=self.library)

    def _last_year(self) -> int:
        """Give the last year that a case or one of its due moments reaches into, for the calendar."""
        years = [int(due[:4]) for case in self.cases for due in _due_moments(case)]
        return max([*years, *(case.at.year for case in self.cases)], default=0)

    @staticmethod
    def from_folder(path: str | os.PathLike[str]) -> Kit:
        """Read a kit from its folder, and hold every file of it against what it should be.

        A kit that this version of the library made is byte for byte what it writes. Of a kit that another version made
        each file is as its list says and of its kind; its `library` names that version.

        Raises `UnreadableInput` for a folder that is none; `InvalidKit` with each file that is missing, too many,
        damaged or changed since; `InvalidPolicy` for a rule set that this version of the library refuses.

        >>> Kit.from_folder("docs")
        Traceback (most recent call last):
        complaint_rules.errors.UnreadableInput: docs: kit: there is no kit in this folder; make one with ...
        """
        folder = read_folder(path, [GUIDE, CALENDAR, CASES])
        policies, cases = tuple(_policies_in(folder)), tuple(_cases_in(folder))
        read = Kit(policies=policies, cases=cases, library=folder.listed["library"])
        if len(cases) != folder.listed["cases"]:
            why = f"it counts {folder.listed['cases']} cases, and the kit has {len(cases)}"
            refuse(folder.path, [Fault(where=str(folder.path / LIST), why=why, hint="make it anew")])
        refuse(folder.path, tuple(unlike(folder, read.files()) if read.library == VERSION else malformed(folder)))
        return read


def _policies_in(folder: KitFolder) -> Iterator[Policy]:
    for name in folder.listed["policies"]:
        where = str(folder.path / name)
        try:
            yield Policy.from_document(folder.text(name), name=where)
        except ComplaintRulesError as error:
            error.where = where  # a rule set knows itself by the name of the file that it was read from
            raise


def _cases_in(folder: KitFolder) -> Iterator[GoldenCase]:
    content = folder.files[CASES]
    for row in read_golden_lines(io.BytesIO(content), name=CASES) if content else ():
        if row.case is None:
            where = str(folder.path / CASES)
            raise UnreadableInput(what="kit", why=f"line {row.line} is no case", where=where, hint="make it anew")
        yield row.case


def kit(policies: Iterable[Policy], cases: Iterable[GoldenCase] | None = None) -> Kit:
    """Make a kit for implementations in other languages (对照套件): golden cases under their rule sets, each run.

    Where no `cases` are given they are made from the rules, see `generate`; their ids then begin with the rule set's.

    Raises `InvalidPolicy` where no rule set is given, or one twice; `InvalidGolden` with every case that is of none of
    them, does not come out as it says, or has the id of another.

    >>> from complaint_rules import load_policy
    >>> golden = GoldenCase.from_json(
    ...     '{"id": "g-1", "policy": {"id": "psbc-95580"}, "case": {"received": "2026-09-30", "repeat": true}, '
    ...     '"at": "2026-10-09T09:00:00+08:00", "expect": {"findings": {"priority": "urgent"}}}'
    ... )
    >>> made = kit([load_policy("psbc-95580")], [golden])
    >>> sorted(made.files())[:3]
    ['README.md', 'calendar.json', 'cases.jsonl']
    >>> made.check([{"id": "g-1", "findings": {"priority": "urgent"}}]).good
    True
    >>> print(made.check([]).text("en"), end="")
    psbc-95580@2016
      table/priority: 0 of 1 passed
        g-1: unanswered
    1 case: 0 passed, 0 not as expected, 1 unanswered
    """
    known = checked_policies(policies)
    ready: dict[str, GoldenCase] = {}
    faults: list[Fault] = []
    for golden in (case for policy in known for case in made_from(policy)) if cases is None else _several(cases):
        try:
            one = made_ready(golden, known)
        except InvalidGolden as error:
            faults += _placed(golden.id, error)
            continue
        if one.id in ready:
            faults.append(Fault(where=one.id, why="there is another case with this id", value=one.id))
        else:
            ready[one.id] = one
    if faults:
        raise InvalidGolden(what="the kit", why="it is refused", faults=tuple(faults))
    return Kit(policies=known, cases=tuple(ready.values()))


def made_from(policy: Policy) -> Iterator[GoldenCase]:
    """Give the cases made from the rules of a policy; two rule sets in one kit may have rules of one name.

    >>> from complaint_rules import load_policy
    >>> next(made_from(load_policy("property-validity"))).id.partition("/")[0]
    'property-validity@sample'
    """
    for case in generate(policy).cases:
        yield attrs.evolve(case, id=f"{policy.id}@{policy.edition}/{case.id}")


def _several(cases: object) -> Iterator[GoldenCase]:
    hint = "pass GoldenCase values, as read_golden_lines gives them"
    if not isinstance(cases, Iterable):
        raise InvalidGolden(what="cases", why="a list of cases for the kit is expected", value=cases, hint=hint)
    for place, one in enumerate(cases):
        if not isinstance(one, GoldenCase):
            raise InvalidGolden(what=f"cases[{place}]", why="the cases of a kit are golden cases", value=one, hint=hint)
        yield one


def _placed(id: str, error: InvalidGolden) -> Iterator[Fault]:
    for fault in error.faults:
        where = id if fault.where == id else f"{id}: {fault.where}"
        yield Fault(where=where, why=fault.why, value=fault.value, hint=fault.hint)


def checked_policies(policies: Iterable[Policy]) -> tuple[Policy, ...]:
    """Give rule sets that can stand in one kit; raises `InvalidPolicy` for none, and for one given twice.

    >>> checked_policies([])
    Traceback (most recent call last):
    complaint_rules.errors.InvalidPolicy: kit: at least one rule set is expected; pass [load_policy(id)]
    """
    known: dict[tuple[str, str], Policy] = {}
    hint = "pass [load_policy(id)]"
    wanted: object = policies
    if not isinstance(wanted, Iterable):
        raise InvalidPolicy(what="kit", why="a list of rule sets is expected", value=policies, hint=hint)
    for one in policies:
        policy = as_policy(one)
        if (policy.id, policy.edition) in known:
            name = f"{policy.id}@{policy.edition}"
            raise InvalidPolicy(what="kit", why="the rule set is given twice", value=name)
        known[policy.id, policy.edition] = policy
    if not known:
        raise InvalidPolicy(what="kit", why="at least one rule set is expected", hint=hint)
    return tuple(known.values())


def _due_moments(case: GoldenCase) -> Iterator[str]:
    for runs in (*case.expect.clocks.values(), *case.expect.duties.values()):
        for run in runs if isinstance(runs, tuple) else (runs,):
            if run.get("due_at") is not None:
                yield run["due_at"]


def _file_of(place: int, policy: Policy) -> str:
    """Name the file of a rule set: by id and edition, where that can be the name of a file."""
    name = f"{policy.id}@{policy.edition}" if is_code(policy.edition) else f"{policy.id}-{place + 1}"
    return f"policies/{name}.json"
