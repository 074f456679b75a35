"""`Policy` and its parts: an institution's complaint rules as frozen data, every rule with its article."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from os import PathLike
from typing import Any, final

import attrs

from complaint_rules.calendar.hours import Hours, Quiet
from complaint_rules.calendar.own_days import OwnDays
from complaint_rules.calendar.working_days import WorkCalendar
from complaint_rules.cases.case import Case, Event
from complaint_rules.conditions.parsing import Condition
from complaint_rules.conditions.scopes import FactSpec, Scope
from complaint_rules.errors import InvalidPolicy, UnknownRule
from complaint_rules.language import Lang, language
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.articles import Article, CitedText, Displaced, Titles, cited_as
from complaint_rules.policy.codes import read_case, read_event
from complaint_rules.policy.rules import (
    Base,
    Checklist,
    CountingRule,
    Duty,
    Figure,
    Filing,
    Limit,
    Link,
    Parameter,
    Retention,
    Standing,
    Table,
    Trade,
)
from complaint_rules.policy.uses import Role, Rule, Use, uses_of
from complaint_rules.version import VERSION, same_version


@final
@attrs.frozen(kw_only=True, eq=False, repr=False)
class Policy:
    """An institution's complaint rules, loaded and checked (投诉处理规则).

    Made by `load_policy` and `Policy.from_file`, never by hand.
    """

    id: str
    """Its key, as ``psbc-95580``."""
    edition: str
    """Which edition of the text."""
    title: Titles
    """Name of the text."""
    issuer: Titles
    """Who issued it."""
    checked_on: dt.date
    """When a person last compared the file with the text."""
    effective_from: dt.date | None = None
    """First day in force, inclusive; None: not known."""
    effective_until: dt.date | None = None
    """Last day in force, inclusive; None: not known, or still in force."""
    citation: Titles = FrozenMap(zh="{}", en="{}")
    """How an article is written, with ``{}`` for its number."""
    source: Titles | None = None
    """Name of the text the articles are of; None: `title` names it."""
    trade: Trade | None = None
    """Whose rules these are; None: the file does not say."""
    url: str | None = None
    """Address of the official text; None: there is none, or it is not known."""
    notes: tuple[Titles, ...] = ()
    """What a reader must know: collisions with other norms, lost parts of the text."""
    applies: Condition | None = None
    """When the rule set claims to apply; a note, never a refusal."""
    levels: FrozenMap[str, Titles] = FrozenMap()
    """The institution's levels, bottom-up (层级)."""
    bodies: FrozenMap[str, Titles] = FrozenMap()
    """Bodies and posts that are no level: regulator, press, reception …"""
    routes: frozenset[tuple[str, str]] = frozenset()
    """Steps from level to level that skip none although they are not adjacent."""
    facts: FrozenMap[str, FactSpec] = FrozenMap()
    """The facts its rules read, core and own."""
    events: FrozenMap[str, Titles] = FrozenMap()
    """Every kind of event it knows, standard and own, with titles."""
    codes: FrozenMap[str, Titles] = FrozenMap()
    """Words for the codes of its events: reasons, outcomes, items, who was told."""
    before_receipt: frozenset[str] = frozenset()
    """Kinds of event that may lie before the institution's receipt, as a regulator's own."""
    parameters: FrozenMap[str, Parameter] = FrozenMap()
    """Figures the text leaves open."""
    tables: FrozenMap[str, Table] = FrozenMap()
    """Classifications, in an order in which none reads a later one."""
    limits: FrozenMap[str, Limit] = FrozenMap()
    """Time limits."""
    duties: FrozenMap[str, Duty] = FrozenMap()
    """Duties, prohibitions and permissions."""
    checklists: FrozenMap[str, Checklist] = FrozenMap()
    """What documents must hold."""
    links: FrozenMap[str, Link] = FrozenMap()
    """Which complaints belong together."""
    bases: FrozenMap[str, CountingRule] = FrozenMap()
    """Counting rules: which cases count."""
    scales: FrozenMap[str, Base] = FrozenMap()
    """What counts are set in relation to, as outlets."""
    figures: FrozenMap[str, Figure] = FrozenMap()
    """Figures and quotas."""
    filings: FrozenMap[str, Filing] = FrozenMap()
    """Periodic reports."""
    standing: FrozenMap[str, Standing] = FrozenMap()
    """Standing duties, which hang on no single case."""
    articles: FrozenMap[str, Article] = FrozenMap()
    """The articles of its text in their order, with their gist; empty where the file does not list them."""
    texts: FrozenMap[str, CitedText] = FrozenMap()
    """Texts that its rules cite beside its own, by the name before the colon: those of policies it extends, laws."""
    displaced: tuple[Displaced, ...] = ()
    """Rules of policies it extends that it replaces or does not take over."""
    retentions: tuple[Retention, ...] = ()
    """How long files are kept; several where their parts are kept for different times."""
    hours: Hours | None = None
    """Opening hours, where the text has them."""
    own_days: OwnDays | None = None
    """Days and notices of the institution's own."""
    quiet: Quiet | None = None
    """Hours in which customers are not called."""
    quiet_cite: str | None = None
    """The article of the quiet hours."""
    scope: Scope = attrs.field(repr=False, eq=False)
    """The names its conditions may use."""
    document: str = attrs.field(repr=False, eq=False)
    """The merged file with its parameters, as canonical JSON: what `fingerprint` is taken of."""
    fingerprint: str
    """SHA-256 of the merged rules with their parameters, hexadecimal: same fingerprint, same answers."""
    order: tuple[str, ...] = ()
    """Tables and limits in the order in which they can be worked out."""

    @staticmethod
    def from_file(path: str | PathLike[str], *, parameters: Mapping[str, Any] | None = None) -> Policy:
        """Load a policy file of one's own; one that it extends is shipped, or stands beside it as ``id.toml``.

        `parameters` supplies figures that the text leaves open, as in `load_policy`.

        Raises `UnreadableInput` for a path that cannot be read as text of at most 1 MiB, `InvalidPolicy` with every
        fault.

        >>> Policy.from_file("no-such-file.toml")
        Traceback (most recent call last):
        complaint_rules.errors.UnreadableInput: no-such-file.toml: policy file: there is no such file
        """
        from complaint_rules.policy.files.reading import fields_of_file

        return Policy(**fields_of_file(path, parameters))

    @staticmethod
    def from_text(text: str, *, name: str = "policy", parameters: Mapping[str, Any] | None = None) -> Policy:
        """Load a policy from the text of a file, as from a database; `name` stands for the file in messages.

        Raises `UnreadableInput` for what is no text, `InvalidPolicy` with every fault.

        >>> Policy.from_text("id = 5", name="own.toml")
        Traceback (most recent call last):
        complaint_rules.errors.InvalidPolicy: own.toml: the policy is refused; 5 faults
          own.toml: edition: a policy file needs this key, and it is missing
          own.toml: title: a policy file needs this key, and it is missing
          own.toml: issuer: a policy file needs this key, and it is missing
          own.toml: checked_on: a policy file needs this key, and it is missing
          own.toml: id: a code of up to 80 ASCII letters, digits, '_', '-' and '.' is expected; got 5
        """
        from complaint_rules.policy.files.reading import fields_of_text

        return Policy(**fields_of_text(text, name, parameters))

    @staticmethod
    def from_document(
        document: str | Mapping[str, Any], *, name: str = "policy", parameters: Mapping[str, Any] | None = None
    ) -> Policy:
        """Load a policy from `Policy.document`, or from a policy file that was parsed elsewhere.

        Of `Policy.document`, as text or as the mapping that its JSON is, what it extends is merged in and its
        parameters are supplied; `parameters` prevail over them. Any other mapping is the content of a policy file, as
        `tomllib` or a database gives it; `name` stands for the file in messages.

        Raises `UnreadableInput` for what is no such document, `InvalidPolicy` with every fault.

        >>> from complaint_rules.policy.loading import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> Policy.from_document(policy.document) == policy
        True
        >>> Policy.from_document({"id": "own"}, name="row 7").id
        Traceback (most recent call last):
        complaint_rules.errors.InvalidPolicy: row 7: the policy is refused; 4 faults
          row 7: edition: a policy file needs this key, and it is missing
          ...
        """
        from complaint_rules.policy.files.reading import fields_of_document

        return Policy(**fields_of_document(document, name, parameters))

    def read_case(self, data: object, *, where: str = "") -> Case:
        """Make a case of plain data, its codes held against this policy; see `Case.from_dict`. Raises `InvalidCase`.

        >>> from complaint_rules.policy.loading import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> policy.read_case({"id": "c-1", "received": "2026-09-30", "caused_by": "institution"})
        Traceback (most recent call last):
        complaint_rules.errors.InvalidCase: the case: it is refused
          caused_by: the code is unknown; got 'institution'; the codes are bank, customer, market, other, partner
        """
        return read_case(data, self, where=where)

    def read_event(self, data: object, *, where: str = "") -> Event:
        """Make an event of plain data, its codes held against this policy; see `Event.from_dict`.

        Raises `InvalidCase`.

        >>> from complaint_rules.policy.loading import load_policy
        >>> load_policy("cbirc-2020-3").read_event({"kind": "suspended", "reason": "mediaton"})
        Traceback (most recent call last):
        complaint_rules.errors.InvalidCase: the event: it is refused
          reason: the code is unknown; got 'mediaton'; did you mean 'mediation'?
        """
        return read_event(data, self, where=where)

    @property
    def retention(self) -> Retention | None:
        """How long files are kept, of several the first; None: the policy does not say.

        >>> from complaint_rules.policy.loading import load_policy
        >>> load_policy("cbirc-2020-3").retention.parameter
        'retention'
        """
        return self.retentions[0] if self.retentions else None

    def __repr__(self) -> str:
        return f"<Policy {self.id}, edition {self.edition}>"

    def _repr_pretty_(self, printer: Any, _: bool) -> None:
        # Notebooks and Hypothesis print what attrs made field by field: of a policy that is the whole file.
        printer.text(repr(self))

    def __copy__(self) -> Policy:
        return self

    def __deepcopy__(self, _: dict[int, object]) -> Policy:
        return self

    def __eq__(self, other: object) -> bool:
        return self.fingerprint == other.fingerprint if isinstance(other, Policy) else NotImplemented

    def __hash__(self) -> int:
        return hash(self.fingerprint)

    def __reduce__(self) -> tuple[Callable[..., Policy], tuple[str, str]]:
        return _unpickled, (VERSION, self.document)

    def calendar_over(self, calendar: WorkCalendar) -> WorkCalendar:
        """Lay the policy's own days, notices and hours over a calendar; hours that this has stay.

        >>> from complaint_rules.policy.loading import load_policy
        >>> calendar = WorkCalendar.china()
        >>> load_policy("psbc-95580").calendar_over(calendar) is calendar
        True
        """
        if self.own_days is not None:
            calendar = self.own_days.onto(calendar)
        if self.hours is not None and calendar.hours is None:
            calendar = attrs.evolve(calendar, hours=self.hours)
        return calendar

    def is_skip(self, by: str | None, to: str | None) -> bool:
        """Say whether a step between two levels leaves one out (越级); False where either is no level.

        >>> from complaint_rules.policy.loading import load_policy
        >>> load_policy("psbc-95580").is_skip("head_office", "outlet")
        True
        """
        if by is None or to is None or by not in self.levels or to not in self.levels or (by, to) in self.routes:
            return False
        order = tuple(self.levels)
        return abs(order.index(by) - order.index(to)) > 1

    def title_of(self, code: str | None, lang: Lang) -> str:
        """Give the title of a level, body or kind of event; the code itself where it has none.

        >>> from complaint_rules.policy.loading import load_policy
        >>> load_policy("psbc-95580").title_of("replied", "zh")
        '回复客户'
        """
        lang = language(lang)
        if code is None:
            return ""
        for titles in (self.levels, self.bodies, self.events):
            if code in titles:
                return titles[code].get(lang, code)
        return code

    def cite(self, article: str | None, lang: Lang) -> str:
        """Write a citation as the text's readers do; empty where there is none.

        Paragraph (款), item (项) and sub-item (目) are named; what stands in another text, as the rules of a policy
        that this one extends, comes with its name.

        >>> from complaint_rules.policy.loading import load_policy
        >>> policy = load_policy("psbc-95580")
        >>> policy.cite("10 item 2 sub 1, 14", "zh"), policy.cite("10 item 2 sub 1, 14", "en")
        ('第十条第（二）项第1目、第十四条', 'art. 10 item (2) sub-item 1, 14')

        Raises `UnknownLanguage`, and `UnknownRule` for what is no text.
        """
        if article is not None and not isinstance(article, str):
            raise UnknownRule(what="article", why="a text is expected", value=article, hint="write '29 para 2 item 1'")
        return cited_as(article or "", self.citation, self.texts, language(lang))


def as_policy(value: object, hint: str = "pass load_policy(id)") -> Policy:
    """Give what was passed if it is a policy; raises `InvalidPolicy` where it is none.

    >>> as_policy("psbc-95580")
    Traceback (most recent call last):
    complaint_rules.errors.InvalidPolicy: policy: a Policy is expected; got 'psbc-95580'; pass load_policy(id)
    """
    if not isinstance(value, Policy):
        raise InvalidPolicy(what="policy", why="a Policy is expected", value=value, hint=hint)
    return value


def _unpickled(version: str, document: str) -> Policy:
    same_version(version)
    return _of_document(document)


@lru_cache(maxsize=16)
def _of_document(document: str) -> Policy:
    # Every answer that comes back from another process brings its policy along.
    return Policy.from_document(document)


def rules_of(policy: Policy) -> Iterator[Rule]:
    """Give every rule of a policy, section by section.

    >>> from complaint_rules.policy.loading import load_policy
    >>> next(rules_of(load_policy("psbc-95580"))).id
    'priority'
    """
    sections: tuple[Mapping[str, Rule], ...] = (
        policy.tables, policy.limits, policy.duties, policy.checklists, policy.links, policy.bases, policy.scales,
        policy.figures, policy.filings, policy.standing,
    )  # fmt: skip
    for section in sections:
        yield from section.values()
    yield from policy.retentions


def uses(policy: Policy) -> Iterator[Use]:
    """Give every condition of a policy with the rule it stands in and what it does there.

    >>> from complaint_rules.policy.loading import load_policy
    >>> next(use.role.value for use in uses(load_policy("psbc-95580")) if use.rule == "limit/whole")
    'when'
    """
    if policy.applies is not None:
        yield Use("", Role.APPLIES, policy.applies)
    for rule in rules_of(policy):
        yield from uses_of(rule)
