"""`generate`: golden cases from the rules of a policy (生成对照案件), each run once, none of them checked yet."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Final, final

import attrs

from complaint_rules.errors import InvalidGolden
from complaint_rules.frozen import Shown
from complaint_rules.language import Lang, Pair, language, said
from complaint_rules.mappings import FrozenMap
from complaint_rules.policy.policy import Policy, as_policy
from complaint_rules.verification.generation.acts import of_duties
from complaint_rules.verification.generation.bench import CaseKind, Workbench
from complaint_rules.verification.generation.classes import of_tables
from complaint_rules.verification.generation.documents import of_checklists
from complaint_rules.verification.generation.figures import of_limits
from complaint_rules.verification.generation.keeping import MovedAnswer, NotKept, as_of, together
from complaint_rules.verification.generation.mishaps import of_mishaps
from complaint_rules.verification.generation.proofs import NeverReached, never_reached
from complaint_rules.verification.reaching.answers import Difference, differences
from complaint_rules.verification.reaching.golden_lines import GoldenCase, GoldenRow
from complaint_rules.verification.reaching.outcome_texts import way_in_words
from complaint_rules.verification.reaching.outcomes import outcomes, reached, rule_of


@final
@attrs.frozen(kw_only=True, repr=False)
class GeneratedCases(Shown):
    """Golden cases made from a policy, with what was kept of earlier ones (生成的对照案件).

    Generated cases pin what the library says today, and nothing more, until a person has held them against the text.
    """

    policy: Policy
    """The policy."""
    cases: tuple[GoldenCase, ...] = attrs.field(repr=False)
    """All of them, rule by rule in the order of the policy."""
    moved: tuple[MovedAnswer, ...] = ()
    """Earlier cases of which something else comes out now."""
    not_kept: tuple[NotKept, ...] = ()
    """Earlier cases that this policy cannot take over."""
    other_edition: tuple[GoldenCase, ...] = attrs.field(default=(), repr=False)
    """Those that a person stands behind and that name another edition: kept as they are, and held against this one."""
    lines: FrozenMap[str, str] = attrs.field(default=FrozenMap(), repr=False)
    """The line of each that stays as it is, byte for byte, by id; only of those that were read from a file."""
    reached: tuple[str, ...] = attrs.field(default=(), repr=False)
    """The outcomes of the rules that they reach, as `coverage` names them, in the order of the policy."""

    @property
    def unchecked(self) -> int:
        """How many of them nobody has held against the text.

        >>> from complaint_rules.policy.loading import load_policy
        >>> found = generate(load_policy("property-validity"))
        >>> found.unchecked == len(found.cases)
        True
        """
        return sum(case.checked is None for case in self.cases)

    @property
    def kinds(self) -> Mapping[CaseKind, int]:
        """How many there are of each kind; those written by hand have none."""
        counted = Counter(case.kind for case in self.cases)
        return {kind: counted[kind.value] for kind in CaseKind if counted[kind.value]}

    def unreached(self) -> tuple[str, ...]:
        """Give the outcomes of the rules that none of them reaches, as `coverage` names them.

        >>> from complaint_rules.policy.loading import load_policy
        >>> generate(load_policy("property-validity")).unreached()
        ()
        """
        return tuple(name for name in outcomes(self.policy) if name not in self.reached)

    def impossible(self) -> tuple[NeverReached, ...]:
        """Give those of the outcomes not reached that no case can reach, each with why.

        >>> from complaint_rules.policy.loading import load_policy
        >>> generate(load_policy("property-validity")).impossible()
        ()
        """
        return never_reached(self.policy, self.unreached())

    def to_jsonl(self) -> str:
        r"""Give them as a file of golden cases, one JSON object a line; ``checked`` is where a person signs.

        What a person signed or wrote by hand, and what was read from a file, is the line that stood there.

        >>> from complaint_rules.policy.loading import load_policy
        >>> generate(load_policy("property-validity")).to_jsonl().count("\n") > 20
        True
        """
        return "".join(f"{self.lines.get(case.id) or case.to_json()}\n" for case in self.cases)

    def summary(self, lang: Lang = "zh") -> str:
        """Say how many there are, how many nobody has checked, and whose answer moved, in Chinese or English.

        Raises `UnknownLanguage`.

        >>> from complaint_rules.policy.loading import load_policy
        >>> print(generate(load_policy("property-validity")).summary("en"))
        property-validity: 38 cases, 38 of them unchecked (row ..., pair ..., unknown ...)
        """
        zh = language(lang) == "zh"
        kinds = [f"{kind.title(lang)}{'' if zh else ' '}{number}" for kind, number in self.kinds.items()]
        told = "" if not kinds else f"（{'、'.join(kinds)}）" if zh else f" ({', '.join(kinds)})"
        number, name = len(self.cases), self.policy.id
        lines = [
            f"{name}：{number}件，其中{self.unchecked}件未经人工核对{told}"
            if zh
            else f"{name}: {number} cases, {self.unchecked} of them unchecked{told}"
        ]
        never = {one.outcome: one for one in self.impossible()}
        for outcome in self.unreached():
            told = never[outcome].sentence(lang) if outcome in never else _not_found(outcome, lang)
            lines.append(f"{said(_UNREACHED, lang)}{told}")
        lines += [f"{_placed(one)}{said(_MOVED, lang)}{one.sentence(lang)}" for one in self.moved]
        lines += [f"{_placed(one)}{said(_NOT_KEPT, lang)}{one.sentence(lang)}" for one in self.not_kept]
        if self.other_edition:
            number, edition = len(self.other_edition), self.policy.edition
            lines.append(
                f"{number}件写的是另一版本，原样保留，并按本版{edition}对照；重新核对的人把版本改为{edition}"
                if zh
                else f"{number} of another edition, kept as they stand and held against edition {edition}: "
                f"whoever checks them anew writes {edition} there"
            )
        return "\n".join(lines)


_MOVED: Final[Pair] = ("结果有变：", "the answer moved: ")
_UNREACHED: Final[Pair] = ("未达：", "not reached: ")
_NOT_FOUND: Final[Pair] = (
    "未找到能达到的案件，也未证明没有", "no case was found that reaches it, and nothing proves that there is none",
)  # fmt: skip
_NOT_KEPT: Final[Pair] = ("未能保留：", "not kept: ")


def _placed(one: MovedAnswer | NotKept) -> str:
    return f"{one.place}: " if one.place else ""


def generate(policy: Policy, *, keep: Iterable[GoldenCase | GoldenRow] = ()) -> GeneratedCases:
    """Make golden cases from the rules of a policy (由规则生成对照案件).

    For each row and condition both sides of every boundary, and each part of it turned alone; each figure at the edges
    of the calendar, met at the last instant and missed by a microsecond; each mishap of a limit alone; each duty done,
    done late and left undone; each checklist whole and without each item. What is not supplied (a parameter) makes no
    case. Each case is run once before it is given, and its id is the same in every run.

    `keep` are cases of an earlier run, or rows of a file of them as `read_golden_lines` gives them: what a person
    signed or wrote by hand stays as it is, of a row byte for byte, and where something else comes out now that is told,
    see `GeneratedCases.moved`, also where the case is refused. One of another edition stays too, and is held against
    this one. A row that is no case is passed over: whoever reads the file is told of it.

    Raises `InvalidPolicy` for what is no policy, `InvalidGolden` for what is no golden case, and what assessing a case
    made here raises.

    >>> from complaint_rules.policy.loading import load_policy
    >>> found = generate(load_policy("property-validity"))
    >>> found.cases[0].id, found.cases[0].checked is None
    ('table/scope[0]:row:holds', True)
    """
    bench = Workbench(as_policy(policy))
    of_tables(bench)
    for setting in of_limits(bench):
        of_mishaps(bench, setting)
    of_duties(bench)
    of_checklists(bench)
    found = together(policy, bench.made, keep)
    moved = {one.case.id for one in found.moved}
    refused = {one.case.id for one in found.moved if any(differs.what == "refused" for differs in one.differences)}
    done: set[str] = set()
    for case in found.cases:
        if case.expect.refused is None and case.id not in refused:
            assessed = as_of(policy, case).assess(policy)
            done |= reached(assessed)
            if case.id not in moved:
                _agrees(case, differences(case.expect, assessed))
    return GeneratedCases(
        policy=policy,
        cases=found.cases,
        moved=found.moved,
        not_kept=found.not_kept,
        other_edition=tuple(case for case in found.cases if case.policy.edition not in (None, policy.edition)),
        lines=FrozenMap(found.lines),
        reached=tuple(name for name in outcomes(policy) if name in done),
    )


def _not_found(outcome: str, lang: Lang) -> str:
    """Name an outcome of which nothing is proved, and say so: it may be reached by a case that was not tried."""
    way = way_in_words(outcome, lang)
    return f"{rule_of(outcome)} {way}{'：' if lang == 'zh' else ': '}{said(_NOT_FOUND, lang)}"


def _agrees(case: GoldenCase, found: Iterable[Difference]) -> None:
    """Refuse a case that does not come out as it was made: read back from its line, it would be another case."""
    differs = "; ".join(map(str, found))
    if differs:
        why = "it does not come out as it was made"
        raise InvalidGolden(where=case.id, what="a golden case", why=why, value=differs)
