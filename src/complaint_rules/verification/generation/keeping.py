"""What a person signed is kept (保留核对): cases of an earlier run found again among new ones, and whose answer moved.

A signature belongs to what is given and to the answer that stands beside it. So a signed case, and one written by hand,
stays word for word as it is, whatever the rules say now; where they say something else that is told, and whoever signed
it decides which of the two is wrong. Nothing that a person wrote is dropped without a word.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import count
from typing import Final, NamedTuple, final

import attrs

from complaint_rules.errors import Fault, InvalidGolden
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang, Pair, said
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching.answers import Difference
from complaint_rules.verification.reaching.golden_lines import GoldenCase, GoldenRow
from complaint_rules.words.refusals import explain_faults

_SIGNED: Final[Pair] = ("（已核对）", " (signed)")
_SAYS: Final[Pair] = ("：", ": ")
_NEXT: Final[Pair] = ("；", "; ")


@final
@attrs.frozen(kw_only=True, repr=False)
class MovedAnswer(Shown):
    """A case of an earlier run of which something else comes out now (结果有变)."""

    case: GoldenCase
    """The case, with the answer of then."""
    differences: tuple[Difference, ...]
    """What comes out otherwise now."""
    place: str = ""
    """File and line on which it stands, as ``own.golden.jsonl:3``; empty: it was not read from a file."""

    @property
    def signed(self) -> bool:
        """Whether a person had held it against the article."""
        return self.case.checked is not None

    def sentence(self, lang: Lang = "zh") -> str:
        """Say it, in Chinese (``zh``) or English (``en``). Raises `UnknownLanguage`."""
        what = said(_NEXT, lang).join(one.told(lang) for one in self.differences)
        return f"{self.case.id}{said(_SIGNED, lang) if self.signed else ''}{said(_SAYS, lang)}{what}"


@final
@attrs.frozen(kw_only=True, repr=False)
class NotKept(Shown):
    """A case of an earlier run that a policy cannot take over (未予保留), and why."""

    case: GoldenCase
    """The case."""
    faults: tuple[Fault, ...]
    """What in it the policy does not have, or which other case stands in its place."""
    place: str = ""
    """File and line on which it stands, as ``own.golden.jsonl:3``; empty: it was not read from a file."""

    @property
    def signed(self) -> bool:
        """Whether a person had held it against the article."""
        return self.case.checked is not None

    def sentence(self, lang: Lang = "zh") -> str:
        """Say it, in Chinese (``zh``) or English (``en``), never with a value of the case. Raises `UnknownLanguage`."""
        why = said(_NEXT, lang).join(told for one in self.faults for told in explain_faults(one, lang))
        return f"{self.case.id}{said(_SIGNED, lang) if self.signed else ''}{said(_SAYS, lang)}{why}"


class Together(NamedTuple):
    """New cases with what was kept of earlier ones."""

    cases: tuple[GoldenCase, ...]
    """All of them: the new ones in their order, then those that were kept and are not made any more."""
    moved: tuple[MovedAnswer, ...]
    """The earlier ones of which something else comes out now."""
    not_kept: tuple[NotKept, ...]
    """The earlier ones that the policy cannot take over."""
    lines: dict[str, str]
    """The lines of those that were kept as they are, by id, where they were read from a file."""


class _Earlier(NamedTuple):
    case: GoldenCase
    text: str
    place: str


def together(policy: Policy, made: Iterable[GoldenCase], keep: Iterable[GoldenCase | GoldenRow]) -> Together:
    """Put new cases together with those of an earlier run.

    An earlier case is found again by what is given in it and the rule it is about, not by its id. One that nobody
    signed and nobody wrote by hand is made anew, under its old id. One of another edition is held against this one.

    Raises `InvalidGolden` for what is no golden case.
    """
    new = tuple(made)
    earlier, taken, not_kept = dict[str, _Earlier](), set[str](), list[NotKept]()
    for one in _read(keep):
        faults = as_of(policy, one.case).misfits(policy) or _in_its_place(one.case, earlier, taken)
        if faults:
            not_kept.append(NotKept(case=one.case, faults=faults, place=one.place))
        elif not _same_question(one.case, earlier):
            earlier[_given(one.case)] = one
            if _lasting(one.case):
                taken.add(one.case.id)
    moved = tuple(
        MovedAnswer(case=one.case, differences=differs, place=one.place)
        for one in earlier.values()
        if (differs := as_of(policy, one.case).run(policy))
    )
    if not earlier:
        return Together(new, (), tuple(not_kept), {})
    found = [_renewed(case, earlier.get(_given(case))) for case in new]
    there = {_given(case) for case in found}
    found += [one.case for key, one in earlier.items() if key not in there and _lasting(one.case)]
    lines = {one.case.id: one.text for one in earlier.values() if one.text and _lasting(one.case)}
    return Together(tuple(_numbered(found, [one.case for one in earlier.values()])), moved, tuple(not_kept), lines)


def as_of(policy: Policy, case: GoldenCase) -> GoldenCase:
    """Give a case as one of whichever edition a policy has: a signature belongs to the answer, not to the edition.

    >>> from complaint_rules.policy.loading import load_policy
    >>> golden = GoldenCase.from_json(
    ...     '{"id": "g-1", "policy": {"id": "psbc-95580", "edition": "2015"}, "case": {"received": "2026-09-30"}, '
    ...     '"at": "2026-10-09T09:00:00+08:00", "expect": {"findings": {"priority": "ordinary"}}}'
    ... )
    >>> as_of(load_policy("psbc-95580"), golden).policy.edition is None
    True
    """
    mine = case.policy
    if mine.edition in (None, policy.edition) or mine.id != policy.id:
        return case
    return attrs.evolve(case, policy=attrs.evolve(mine, edition=None))


def _read(keep: object) -> Iterator[_Earlier]:
    """Give the cases of an earlier run; a line that was refused when it was read is told by whoever read it."""
    hint = "pass GoldenCase values, or rows as read_golden_lines gives them"
    if not isinstance(keep, Iterable):
        raise InvalidGolden(what="keep", why="a list of golden cases is expected", value=keep, hint=hint)
    for one in keep:
        match one:
            case GoldenCase():
                yield _Earlier(one, "", "")
            case GoldenRow(case=GoldenCase() as golden):
                yield _Earlier(golden, one.text, one.place)
            case GoldenRow():
                pass
            case _:
                raise InvalidGolden(what="keep", why="golden cases are expected", value=one, hint=hint)


def _in_its_place(case: GoldenCase, earlier: Mapping[str, _Earlier], taken: Collection[str]) -> tuple[Fault, ...]:
    """Say which other case stands already where one would stand; nothing where it can, or is not missed.

    `taken` are the ids of those that a person stands behind.
    """
    if not _lasting(case):
        return ()
    there = earlier.get(_given(case))
    if there is not None:
        if there.case == case or not _lasting(there.case):
            return ()
        return (Fault(where="case", why="another case that is kept asks the same", hint=f"see {there.case.id}"),)
    if case.id in taken:
        return (Fault(where="id", why="another case that is kept has the same id", hint="give it an id of its own"),)
    return ()


def _same_question(case: GoldenCase, earlier: Mapping[str, _Earlier]) -> bool:
    """Say whether a case is not missed, because another one asks the same: one a person stands behind comes first."""
    there = earlier.get(_given(case))
    return there is not None and (_lasting(there.case) or not _lasting(case))


def _lasting(case: GoldenCase) -> bool:
    """Say whether a person stands behind a case: by a signature, or because it was written by hand."""
    return case.checked is not None or not case.kind


def _given(case: GoldenCase) -> str:
    """Name what is given in a case, and the rule it is about, whichever edition of the policy it is of."""
    told = case.to_dict()
    return json.dumps([told.get(key) for key in ("rule", "case", "at", "links", "hours")], sort_keys=True)


def _renewed(made: GoldenCase, earlier: _Earlier | None) -> GoldenCase:
    if earlier is None:
        return made
    return earlier.case if _lasting(earlier.case) else attrs.evolve(made, id=earlier.case.id)


def _numbered(cases: Collection[GoldenCase], kept: Collection[GoldenCase]) -> Iterator[GoldenCase]:
    """Give every case an id of its own: those a person stands behind keep theirs, then those of an earlier run."""
    firm = {_given(case) for case in kept if _lasting(case)}
    earlier = {_given(case) for case in kept}
    keys = [_given(case) for case in cases]
    ids = {key: case.id for key, case in zip(keys, cases, strict=True) if key in firm}
    taken = set(ids.values())
    for wanted in (earlier, {*keys}):
        for key, case in zip(keys, cases, strict=True):
            if key in wanted and key not in ids:
                ids[key] = next(name for name in _names(case.id) if name not in taken)
                taken.add(ids[key])
    for key, case in zip(keys, cases, strict=True):
        yield case if ids[key] == case.id else attrs.evolve(case, id=ids[key])


def _names(id: str) -> Iterator[str]:
    yield id
    yield from (f"{id}:{number}" for number in count(2))
