"""What no case can reach (无法达到的结果), and why: proved over all possible worlds, or waiting for a figure."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import final

import attrs

from complaint_rules.errors import OutOfBudget
from complaint_rules.frozen import Shown
from complaint_rules.language import Coded, Lang, language
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching.outcome_texts import way_in_words
from complaint_rules.verification.reaching.outcomes import rule_of
from complaint_rules.verification.worlds.boxes import search
from complaint_rules.verification.worlds.formulas import Formula, both, negated
from complaint_rules.verification.worlds.worlds import Worlds

_DECIDES = " decides"


class WhyNever(Coded):
    """Why no case reaches an outcome (无法达到的原因)."""

    PARAMETER = "parameter", "所依参数未提供", "a figure that the text leaves open was not supplied"
    NEVER_HOLDS = "never_holds", "已证明任何投诉都不符合", "proved: no complaint meets it"
    ONLY_UNKNOWN = "only_unknown", "已证明仅在有事实未知时适用", "proved: it decides only while something is unknown"


@final
@attrs.frozen(repr=False)
class NeverReached(Shown):
    """An outcome of a rule that no case can reach (无法达到的结果).

    >>> NeverReached("table/level row 3 decides", WhyNever.NEVER_HOLDS).sentence("en")
    'table/level row 3 decides: proved: no complaint meets it'
    """

    outcome: str
    """The outcome, as `coverage` names it."""
    why: WhyNever
    """Why no case reaches it."""

    def sentence(self, lang: Lang = "zh") -> str:
        """Say it, in Chinese (``zh``) or English (``en``). Raises `UnknownLanguage`."""
        told = f"{rule_of(self.outcome)} {way_in_words(self.outcome, language(lang))}"
        return f"{told}{'：' if lang == 'zh' else ': '}{self.why.title(lang)}"


def never_reached(policy: Policy, names: Iterable[str]) -> tuple[NeverReached, ...]:
    """Give those of some outcomes that no case can reach, as far as that is proved; of the others nothing is said.

    >>> from complaint_rules.policy.loading import load_policy
    >>> never_reached(load_policy("cbirc-2020-3"), ["table/standing row 8 decides", "limit/decide kept"])[
    ...     0
    ... ].why
    <WhyNever.ONLY_UNKNOWN: 'only_unknown'>
    """
    return tuple(_proved(policy, tuple(names)))


def _proved(policy: Policy, names: tuple[str, ...]) -> Iterator[NeverReached]:
    waiting = _waiting(policy)
    worlds: Worlds | None = None
    for name in names:
        rule = rule_of(name)
        if rule in waiting:
            yield NeverReached(name, WhyNever.PARAMETER)
        elif rule.startswith("table/") and name.endswith(_DECIDES):
            worlds = Worlds(policy) if worlds is None else worlds
            row = int(name.split(" row ")[1].removesuffix(_DECIDES)) - 1
            why = _of_row(worlds, rule, row)
            if why is not None:
                yield NeverReached(name, why)


def _waiting(policy: Policy) -> frozenset[str]:
    """Give the rules that depend on a figure nobody supplied."""
    sections = (("table", policy.tables), ("limit", policy.limits), ("duty", policy.duties))
    return frozenset(f"{section}/{name}" for section, rules in sections for name, rule in rules.items() if rule.missing)


def _of_row(worlds: Worlds, rule: str, row: int) -> WhyNever | None:
    """Say why a row never decides while nothing is open; None: it may."""
    fired, table = worlds.fired(rule, row), worlds.policy.tables[rule.removeprefix("table/")]
    if _proved_never(worlds, fired):
        return WhyNever.NEVER_HOLDS
    before = () if table.every else worlds.rows(rule)[:row]
    if _proved_never(worlds, both(fired, *(negated(one.tenable) for one in before))):
        return WhyNever.ONLY_UNKNOWN
    return None


def _proved_never(worlds: Worlds, formula: Formula) -> bool:
    try:
        return search(worlds, formula) is None
    except OutOfBudget:
        return False
