"""What a person signed is kept (保留核对): cases of an earlier run found again among new ones, and whose answer moved.

A signature belongs to what is given and to the answer that stands beside it. So a signed case, and one written by hand,
stays word for word as it is, whatever the rules say now; where they say something else that is told, and whoever signed
it decides which of the two is wrong. Nothing that a person wrote is dropped without a word.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator
from typing import Final, NamedTuple, final

import attrs

from complaint_rules.errors import Fault
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang, Pair, said
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching.answers import Difference
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.words.refusals import explain_error

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
    """What in it the policy does not have."""

    @property
    def signed(self) -> bool:
        """Whether a person had held it against the article."""
        return self.case.checked is not None

    def sentence(self, lang: Lang = "zh") -> str:
        """Say it, in Chinese (``zh``) or English (``en``). Raises `UnknownLanguage`."""
        why = said(_NEXT, lang).join(explain_error(one, lang) for one in self.faults)
        return f"{self.case.id}{said(_SIGNED, lang) if self.signed else ''}{said(_SAYS, lang)}{why}"


class Together(NamedTuple):
    """New cases with what was kept of earlier ones."""

    cases: tuple[GoldenCase, ...]
    """All of them: the new ones in their order, then those that were kept and are not made any more."""
    moved: tuple[MovedAnswer, ...]
    """The earlier ones of which something else comes out now."""
    not_kept: tuple[NotKept, ...]
    """The earlier ones that the policy cannot take over."""


def together(policy: Policy, made: Iterable[GoldenCase], keep: Iterable[GoldenCase]) -> Together:
    """Put new cases together with those of an earlier run.

    An earlier case is found again by what is given in it and the rule it is about, not by its id. One that nobody
    signed and nobody wrote by hand is made anew, under its old id.
    """
    new = tuple(made)
    earlier, not_kept = dict[str, GoldenCase](), list[NotKept]()
    for case in keep:
        faults = case.misfits(policy)
        if faults:
            not_kept.append(NotKept(case=case, faults=faults))
        else:
            earlier.setdefault(_given(case), case)
    moved = [MovedAnswer(case=case, differences=differs) for case in earlier.values() if (differs := case.run(policy))]
    if not earlier:
        return Together(new, (), tuple(not_kept))
    found = [_renewed(case, earlier.get(_given(case))) for case in new]
    there = {_given(case) for case in found}
    found += [case for key, case in earlier.items() if key not in there and _lasting(case)]
    return Together(tuple(_numbered(found, earlier.values())), tuple(moved), tuple(not_kept))


def _lasting(case: GoldenCase) -> bool:
    """Say whether a person stands behind a case: by a signature, or because it was written by hand."""
    return case.checked is not None or not case.kind


def _given(case: GoldenCase) -> str:
    """Name what is given in a case, and the rule it is about, whichever edition of the policy it is of."""
    told = case.to_dict()
    return json.dumps([told.get(key) for key in ("rule", "case", "at", "links", "hours")], sort_keys=True)


def _renewed(made: GoldenCase, earlier: GoldenCase | None) -> GoldenCase:
    if earlier is None:
        return made
    return earlier if _lasting(earlier) else attrs.evolve(made, id=earlier.id)


def _numbered(cases: Collection[GoldenCase], kept: Collection[GoldenCase]) -> Iterator[GoldenCase]:
    """Give every case an id of its own: those of earlier ones stay, a new one that has such an id gets a number."""
    mine = {_given(case) for case in kept}
    taken = {case.id for case in cases if _given(case) in mine}
    for case in cases:
        if _given(case) in mine:
            yield case
            continue
        names = (case.id, *(f"{case.id}:{number}" for number in range(2, len(taken) + 3)))
        name = next(one for one in names if one not in taken)
        taken.add(name)
        yield attrs.evolve(case, id=name)
