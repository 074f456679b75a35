"""The golden files of `tests/golden`, read once, and what the cases of one reach together."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Final

from complaint_rules.errors import ComplaintRulesError
from complaint_rules.policy.files.reading import shipped as shipped_files
from complaint_rules.policy.files.reading import shipped_document
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching.golden_tables import GoldenFile, read_golden
from complaint_rules.verification.reaching.outcomes import gaps, outcomes, reached, rule_of

FOLDER: Final = Path(__file__).parent / "golden"
"""Where the files stand."""
_SECTIONS: Final = ("table", "limit", "duty", "checklist")


def golden_files(folder: Path = FOLDER) -> tuple[Path, ...]:
    """Give every golden file, by name."""
    return tuple(sorted(folder.glob("*.toml")))


@cache
def read_once(path: Path) -> GoldenFile | ComplaintRulesError:
    """Read a golden file once; one that is refused is told by the tests about it, and keeps no other from running."""
    try:
        return read_golden(path)
    except ComplaintRulesError as error:
        return error


def policy_of(file: GoldenFile) -> Policy:
    """Load the shipped policy that a file is about."""
    return load_policy(file.policy, edition=file.edition)


def gaps_of(file: GoldenFile) -> Iterator[str]:
    """Tell what of the policy's own rules is reached by no case of a file, and what is excused without need."""
    policy = load_policy(file.policy, edition=file.edition, parameters=file.parameters)
    own = own_rules(policy)
    return gaps((one for one in outcomes(policy) if rule_of(one) in own), reached_by(file), file.unreached)


@cache
def reached_by(file: GoldenFile) -> frozenset[str]:
    """Give what the cases of a file reach: of each case, the outcomes of the rules it says something about."""
    found: set[str] = set()
    policy = policy_of(file)
    for case in file.cases:
        if case.expect.refused is None:
            try:
                found |= {one for one in reached(case.assess(policy)) if rule_of(one) in case.expect.rules}
            except ComplaintRulesError:
                continue  # the case itself fails, and says why
    return frozenset(found)


def own_rules(policy: Policy) -> frozenset[str]:
    """Give the rules that stand in a policy's own file; what it takes over is tried by the file it comes from."""
    names = shipped_files()[policy.id]
    documents = (shipped_document(name) for name in names)
    document = next(one for one in documents if str(one["edition"]) == policy.edition)
    return frozenset(f"{section}/{one['id']}" for section in _SECTIONS for one in document.get(section, ()))
