"""Golden cases (对照案件): what is given and what must come out, one JSON object a line, each run under its policy.

A golden case says which rule set it is of, what is given, as of which moment, and what must come out; of the answer
only what the case is about. Until a person has held it against the article, ``checked`` is null and it only pins what
the library says. A file of them is called ``….golden.jsonl``, so that nobody takes cases of customers for it.
"""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import Any, BinaryIO, Final, final

import attrs

from complaint_rules.arguments import of_kind
from complaint_rules.assessing import assess, mainland
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.calendar.hours import Hours
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case
from complaint_rules.cases.complaint import CORE_FACTS
from complaint_rules.cases.plain import json_value
from complaint_rules.documents.faults import Faults
from complaint_rules.documents.nodes import Node, Shape, Titles
from complaint_rules.errors import ComplaintRulesError, Fault, InvalidGolden, UnreadableInput
from complaint_rules.exchange.kinds import Started
from complaint_rules.exchange.lines import LONGEST_LINE, json_lines, named
from complaint_rules.exchange.rows import RowFault, unexpected
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang, language
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.articles import numbers_of, places_in
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.verification.reaching.answers import Difference, differences, meant, rules_in
from complaint_rules.verification.reaching.expecting import OPEN, Expected, read_expected
from complaint_rules.verification.reaching.golden_parts import (
    Checked,
    GoldenPolicy,
    case_given,
    checked_by,
    hours_given,
    links_given,
    moment_of,
    plain,
    policy_of,
    titles_given,
)
from complaint_rules.words.refusals import explain_faults

SUFFIX: Final = ".golden.jsonl"
"""How the name of a file of golden cases ends."""
_CASE: Final = Shape(
    "a golden case", ("id", "policy", "case", "at", "expect"),
    ("kind", "rule", "cite", "title", "why", "links", "hours", "checked"),
)  # fmt: skip
_ORDER: Final = (
    "id", "policy", "kind", "rule", "cite", "title", "why", "case", "at", "links", "hours", "expect", "checked",
)  # fmt: skip


@final
@attrs.frozen(kw_only=True, repr=False)
class GoldenCase(Shown):
    """One golden case (对照案件): what is given, and what must come out.

    >>> line = '{"id": "g-1", "policy": {"id": "psbc-95580"}, "case": {"received": "2026-09-30", "repeat": true}, '
    >>> line += '"at": "2026-10-09T09:00:00+08:00", "expect": {"findings": {"priority": "ordinary"}}}'
    >>> golden = GoldenCase.from_json(line)
    >>> from complaint_rules import load_policy
    >>> print(*golden.run(load_policy("psbc-95580")))
    table/priority: wanted ordinary, got urgent
    """

    id: str
    """Its key, once in a file."""
    policy: GoldenPolicy
    """The rule set it is of."""
    case: FrozenMap[str, Any]
    """Facts and events as plain data, as `Case.from_dict` reads them; ``id`` may be left out."""
    at: dt.datetime
    """The moment of the assessment."""
    expect: Expected
    """What must come out."""
    kind: str = ""
    """What it was made for, as ``edge`` or ``pair``; empty: it was written by hand."""
    rule: str = ""
    """The rule it is about, as ``limit/whole[0]``; empty: several."""
    cite: str = ""
    """The article it follows from."""
    title: Titles = FrozenMap()
    """Its name in Chinese and English; empty: it has none."""
    why: Titles = FrozenMap()
    """How the answer follows from the text, in Chinese and English; empty: the case does not say."""
    links: FrozenMap[str, int] | None = None
    """Counts of linked complaints; None: nobody looked."""
    hours: tuple[str, ...] = ()
    """Opening hours, as ``09:00-12:00``; empty: those of the rule set, if any."""
    checked: Checked | None = None
    """Who held it against the article; None: nobody has, and it pins what the library says."""

    @staticmethod
    def from_dict(data: object, *, where: str = "") -> GoldenCase:
        """Read a golden case of plain data.

        Raises `InvalidGolden` with every fault: unknown keys with their likely intent, wrong types, no answer.

        >>> GoldenCase.from_dict({"id": "g-1", "polcy": {}})
        Traceback (most recent call last):
        complaint_rules.errors.InvalidGolden: the golden case: it is refused
          policy: a golden case needs this key, and it is missing
          ...
          polcy: a golden case has no such key; got 'polcy'; did you mean 'policy'?
        """
        faults = Faults(where)
        golden = _read(plain(data), faults)
        found = faults.all(data)
        if golden is None or found:
            raise InvalidGolden(what="the golden case", why="it is refused", where=where, faults=tuple(found))
        return golden

    @staticmethod
    def from_json(text: str, *, where: str = "") -> GoldenCase:
        """Read a golden case of one line of JSON; raises `UnreadableInput` for what is none, else as `from_dict`.

        >>> GoldenCase.from_json("{}")
        Traceback (most recent call last):
        complaint_rules.errors.InvalidGolden: the golden case: it is refused
          id: a golden case needs this key, and it is missing
          ...
        """
        of_kind(text, str, UnreadableInput(what="the golden case", why="a line of text is expected", where=where))
        return GoldenCase.from_dict(json_value(text), where=where)

    def to_dict(self) -> dict[str, Any]:
        """Give it as plain data, as `from_dict` reads it back; what it does not say is left out, save ``checked``.

        >>> golden = GoldenCase(
        ...     id="g-1",
        ...     policy=GoldenPolicy(id="psbc-95580"),
        ...     case=FrozenMap(received="2026-09-30"),
        ...     at=dt.datetime.fromisoformat("2026-10-09T09:00+08:00"),
        ...     expect=Expected(refused="received"),
        ... )
        >>> golden.to_dict()["expect"], golden.to_dict()["checked"]
        ({'refused': 'received'}, None)
        >>> GoldenCase.from_dict(golden.to_dict()) == golden
        True
        """
        policy = {"id": self.policy.id} | ({} if self.policy.edition is None else {"edition": self.policy.edition})
        told: dict[str, Any] = {
            "id": self.id,
            "policy": policy | {"parameters": dict(self.policy.parameters)},
            "kind": self.kind,
            "rule": self.rule,
            "cite": self.cite,
            "title": _once(self.title),
            "why": _once(self.why),
            "case": plain(self.case),
            "at": self.at.isoformat(),
            "links": None if self.links is None else dict(self.links),
            "hours": list(self.hours),
            "expect": self.expect.to_dict(),
            "checked": None if self.checked is None else {"by": self.checked.by, "on": self.checked.on.isoformat()},
        }
        always = {"id", "policy", "case", "at", "expect", "checked"}
        return {key: told[key] for key in _ORDER if key in always or told[key] or (key == "links" and self.links == {})}

    def to_json(self) -> str:
        """Give it as one line of JSON, without its end.

        >>> golden = GoldenCase.from_json(
        ...     '{"id": "g-1", "policy": {"id": "own"}, "case": {"received": "2026-09-30"}, '
        ...     '"at": "2026-10-09T09:00:00+08:00", "expect": {"refused": "received"}}'
        ... )
        >>> golden.to_json()[:44]
        '{"id": "g-1", "policy": {"id": "own", "param'
        """
        return json.dumps(self.to_dict(), ensure_ascii=False)

    def told(self, lang: Lang = "zh") -> str:
        """Say what it is, in Chinese (``zh``) or English (``en``): id, title, article, why.

        >>> golden = GoldenCase.from_json(
        ...     '{"id": "g-1", "policy": {"id": "own"}, "cite": "14", "why": "a Saturday", '
        ...     '"case": {}, "at": "2026-10-09T09:00:00+08:00", "expect": {"refused": "received"}}'
        ... )
        >>> golden.told("en")
        'g-1 (14): a Saturday'
        """
        title = f" {self.title[language(lang)]}" if self.title else ""
        cite = f" ({self.cite})" if self.cite else ""
        why = f": {self.why[language(lang)]}" if self.why else ""
        return f"{self.id}{title}{cite}{why}"

    def under(self, policy: Policy) -> Policy:
        """Give a policy with the parameters of the case; raises `InvalidGolden` where it is not of this policy.

        Raises `InvalidPolicy` for parameters that it does not have.
        """
        faults = Faults("")
        self._of(policy, faults)
        if found := faults.all():
            raise InvalidGolden(what=f"golden case {self.id}", why="it is refused", faults=tuple(found))
        return _with(policy, self.policy.parameters) if self.policy.parameters else policy

    def misfits(self, policy: Policy) -> tuple[Fault, ...]:
        """Give what in it a policy does not have: the policy itself, rules, values, facts, events, articles."""
        faults = Faults("")
        if self._of(policy, faults):
            self._names(policy, faults)
        return tuple(faults.all())

    def assess(self, policy: Policy, calendar: WorkCalendar | None = None) -> Assessment:
        """Assess it under its policy, its parameters laid over; `calendar` is the mainland one where none is given.

        Raises `InvalidGolden` as `under`, and what reading the case and assessing it raise.
        """
        policy = self.under(policy)
        return assess(self.case_under(policy), policy, at=self.at, calendar=self._open(calendar), links=self.links)

    def case_under(self, policy: Policy) -> Case:
        """Give its case, codes and types held against a policy; raises `InvalidCase`."""
        return policy.read_case({"id": self.id, **plain(self.case)}, where=self.id)

    def run(self, policy: Policy, calendar: WorkCalendar | None = None) -> tuple[Difference, ...]:
        """Assess it under its policy, and give everything in which the answer differs from what must come out.

        A case that must be refused is held against what reading, assessing or counting refuses, and against what is
        told as missing. One that is refused although it must not be differs in that.

        Raises `InvalidGolden` with every name that the policy does not have.
        """
        if found := self.misfits(policy):
            raise InvalidGolden(what=f"golden case {self.id}", why="it is refused", faults=found)
        if self.expect.refused is not None:
            return tuple(self._not_refused(policy, calendar, self.expect.refused))
        try:
            return tuple(differences(self.expect, self.assess(policy, calendar)))
        except ComplaintRulesError as error:
            return (Difference("refused", NOT_REFUSED, _without_values(error)),)

    def _open(self, calendar: WorkCalendar | None) -> WorkCalendar:
        calendar = mainland() if calendar is None else calendar
        return _with_hours(calendar, self.hours) if self.hours else calendar

    def _of(self, policy: Policy, faults: Faults) -> bool:
        mine, edition = self.policy.id, self.policy.edition
        if mine != policy.id:
            faults.add("policy.id", "the case is of another rule set", mine, f"this is {policy.id}")
        elif edition is not None and edition != policy.edition:
            hint = f"this is edition {policy.edition}"
            faults.add("policy.edition", "the case is of another edition", edition, hint)
        return not faults

    def _names(self, policy: Policy, faults: Faults) -> None:
        def known(path: str, name: str, names: Any) -> None:
            if name not in names:
                faults.unknown(path, "the rule set has no such name", name, list(names))

        expect, rules = self.expect, rules_in(policy)
        for rule in expect.rules:
            known("expect", rule, rules)
        about = "/".join(self.rule.partition("[")[0].partition(" ")[0].split("/")[:2])
        if about and about not in expect.rules:  # else it is told already
            known("rule", about, rules)
        for name, told in expect.findings.items():
            if name in policy.tables:
                table = policy.tables[name]
                value = meant(told, table)
                if value != OPEN and isinstance(value, tuple) is not table.every:
                    shape = "a list of values" if table.every else "one value"
                    faults.add(f"expect.findings.{name}", f"of this table {shape} is expected, or {OPEN!r}", value)
                    continue
                for one in value if isinstance(value, tuple) else () if value in {OPEN, None} else (value,):
                    known(f"expect.findings.{name}", one, table.values)
        for name, lacking in expect.checklists.items():
            if name in policy.checklists and isinstance(lacking, tuple):
                for one in lacking:
                    known(f"expect.checklists.{name}", one, policy.checklists[name].items)
        facts = sorted((CORE_FACTS | set(policy.scope.facts)) - {"id", "received", "extra"})
        for name in _mapping(self.case.get("extra")):
            known(f"case.extra.{name}", name, facts)
        for place, event in enumerate(_listed(self.case.get("events"))):
            for name in _mapping(_mapping(event).get("set")):
                known(f"case.events[{place}].set.{name}", name, facts)
        for kind in _listed(self.case.get("unseen")):
            known("case.unseen", kind, policy.events)
        for name in self.links or ():
            known("links", name, policy.links)
        for name in self.policy.parameters if expect.refused is None else ():
            known("policy.parameters", name, policy.parameters)
        if self.cite:
            _cited(self.cite, policy, faults)

    def _not_refused(self, policy: Policy, calendar: WorkCalendar | None, wanted: str) -> Iterator[Difference]:
        """Look for the refusal: loading, making or assessing the case, or reading a part of it; or what is missing."""
        said: dict[str, str] = {}
        try:
            found = self.assess(policy, calendar)
            said |= {one.name: one.name for one in found.missing}
            for finding in found.findings.values():
                try:
                    _ = finding.value
                except ComplaintRulesError as error:
                    said[str(error)] = _without_values(error)
            _ = (list(found.clocks.values()), found.duties, found.checks, found.violations)
        except ComplaintRulesError as error:
            said[str(error)] = _without_values(error)
        if not any(wanted in one for one in said):
            yield Difference("refused", wanted, "; ".join(said.values()) or NOT_REFUSED)


NOT_REFUSED: Final = "nothing is refused or missing"
"""What comes out of a case that is taken as it is."""


def _without_values(error: ComplaintRulesError) -> str:
    """Say what is wrong in one line, and never with what stands in the case: that may be a name or a number."""
    return "; ".join(explain_faults(error, "en"))


def _once(titles: Titles) -> object:
    """Give titles as plain data: as one text where both languages have the same."""
    return next(iter(titles.values())) if len(set(titles.values())) == 1 else dict(titles)


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _listed(value: object) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list | tuple) else ()


@lru_cache(maxsize=64)
def _with(policy: Policy, parameters: FrozenMap[str, Any]) -> Policy:
    return Policy.from_document(policy.document, parameters=parameters)


@lru_cache(maxsize=16)
def _with_hours(calendar: WorkCalendar, hours: tuple[str, ...]) -> WorkCalendar:
    return attrs.evolve(calendar, hours=Hours.of(*hours))


def _cited(cite: str, policy: Policy, faults: Faults) -> None:
    """Hold the citation of a case against the articles that the policy lists."""
    places = places_in(cite)
    if not places:
        faults.add("cite", "this is no citation", cite, "write '29 para 2 item 1'")
    for place in places:
        if place.source and place.source not in policy.texts:
            faults.unknown("cite", "the rule set cites no such text", place.source, list(policy.texts))
            continue
        articles = policy.texts[place.source].articles if place.source else policy.articles
        for number in numbers_of(place) if articles else ():
            if number not in articles:
                faults.unknown("cite", "the text has no such article", number, list(articles))


# --- reading ---


def _read(data: object, faults: Faults) -> GoldenCase | None:
    node = Node(data, "", faults, _CASE)
    if not node.data:
        return None
    expect = read_expected(node.data.get("expect", {"refused": "-"}), "expect", faults)
    return GoldenCase(
        id=node.text("id") or "",
        policy=policy_of(node.data.get("policy"), faults) if "policy" in node else GoldenPolicy(id=""),
        case=case_given(node),
        at=moment_of(node),
        expect=expect,
        kind=node.text("kind") or "",
        rule=node.text("rule") or "",
        cite=node.text("cite") or "",
        title=titles_given(node, "title"),
        why=titles_given(node, "why"),
        links=links_given(node),
        hours=hours_given(node),
        checked=checked_by(node),
    )


@final
@attrs.frozen(kw_only=True, repr=False)
class GoldenRow(Shown):
    """What one line of a file of golden cases came to: a case, or the faults for which it is refused."""

    line: int
    """Line of the file, from 1."""
    case: GoldenCase | None = None
    """The case; None where the line is refused."""
    faults: tuple[RowFault, ...] = ()
    """Every fault of the line; empty where it became a case."""
    name: str = ""
    """The file, as messages name it; empty: nobody said."""
    text: str = attrs.field(default="", repr=False)
    """The line as it stands there, without its end; empty where it is refused."""

    @property
    def place(self) -> str:
        """File and line, as ``own.golden.jsonl:3``; empty where the file has no name.

        >>> GoldenRow(line=3, name="own.golden.jsonl").place
        'own.golden.jsonl:3'
        """
        return f"{self.name}:{self.line}" if self.name else ""


def read_golden_lines(
    stream: BinaryIO | Started, *, policy: Policy | None = None, name: str = ""
) -> Iterator[GoldenRow]:
    """Read golden cases, one JSON object a line, as a stream; a bad line stops nothing.

    An id that stands on an earlier line is refused. Where `policy` is given, so is a case of another policy or edition,
    and one that names what the policy does not have.

    Raises `UnreadableInput` for what is no stream, and where the file as a whole is none.

    >>> import io
    >>> [row.faults[0].column for row in read_golden_lines(io.BytesIO(b'{"id": "g-1"}'))]
    ['policy']
    """
    given: object = stream
    if not hasattr(given, "read") or isinstance(given, io.TextIOBase):
        why, hint = "a stream of bytes is expected", "open the file with open(path, 'rb')"
        raise UnreadableInput(what="stream", why=why, value=given, hint=hint)
    return _rows(stream, None if policy is None else as_policy(policy), name)


def _rows(stream: BinaryIO | Started, policy: Policy | None, name: str) -> Iterator[GoldenRow]:
    seen: dict[str, int] = {}
    for line, raw in json_lines(stream, name=name):
        row = attrs.evolve(_row(raw, line, policy), name=name)
        if row.case is not None and row.case.id in seen:
            why = f"the id stands on line {seen[row.case.id]} already"
            row = GoldenRow(line=line, faults=(RowFault(line=line, column="id", why=why),), name=name)
        elif row.case is not None:
            seen[row.case.id] = line
        yield row


def _row(raw: bytes, line: int, policy: Policy | None) -> GoldenRow:
    if len(raw) > LONGEST_LINE:
        return GoldenRow(
            line=line, faults=(RowFault(line=line, column="", why=f"the line is longer than {LONGEST_LINE} bytes"),)
        )
    try:
        text = raw.decode("utf-8")
        golden = GoldenCase.from_json(text)
        faults = golden.misfits(policy) if policy is not None else ()
        if not faults:
            return GoldenRow(line=line, case=golden, text=text.removesuffix("\n"))
    except UnicodeDecodeError:
        hint = "JSON is UTF-8; an export in GB18030 has to be converted"
        return GoldenRow(line=line, faults=(RowFault(line=line, column="", why="it is not UTF-8", hint=hint),))
    except InvalidGolden as error:
        faults = error.faults
    except UnreadableInput as error:
        return GoldenRow(line=line, faults=(RowFault(line=line, column="", why=error.why, hint=error.hint),))
    except Exception as error:  # noqa: BLE001 - whatever a line leads to costs it, never the run
        return GoldenRow(line=line, faults=(unexpected(error, line),))
    found = (RowFault(line=line, column=named(one.where), why=one.why, hint=one.hint) for one in faults)
    return GoldenRow(line=line, faults=tuple(found))
