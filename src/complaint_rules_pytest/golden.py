"""Golden files as tests: one a line or ``[[case]]``, called by its id; a line that cannot be read fails."""

from __future__ import annotations

import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules.errors import ComplaintRulesError
from complaint_rules.language import Lang
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching.golden_lines import GoldenCase, read_golden_lines
from complaint_rules.verification.reaching.golden_tables import read_golden
from complaint_rules.words.refusals import explain_error

_WHOLE: Final = "the file"
"""What a test is called that tells what is wrong with a file as a whole."""


@cache
def policy_named(name: str) -> Policy:
    """Load the policy that an option names: an id, ``id@edition``, or a file; raises what loading raises.

    >>> policy_named("petition-2022@2005").edition
    '2005'
    """
    if name.endswith(".toml") or os.sep in name:
        return Policy.from_file(name)
    code, _, edition = name.partition("@")
    return load_policy(code, edition=edition or None)


class NotAsExpected(Exception):
    """A golden case that came out otherwise, or a line that cannot be read: the message is all there is to say."""


class GoldenTests(pytest.File):
    """A file of golden cases."""

    def collect(self) -> Iterator[pytest.Item]:
        """Give one test for each case, and one for each line that cannot be read."""
        try:
            yield from self._lines() if self.path.suffix == ".jsonl" else self._tables()
        except ComplaintRulesError as error:
            yield GoldenTest.from_parent(self, name=_WHOLE, line=1, told=explain_error(error, self._lang))

    @property
    def _lang(self) -> Lang:
        lang: Lang = self.config.getoption("--rules-lang")
        return lang

    def _lines(self) -> Iterator[pytest.Item]:
        with self.path.open("rb") as stream:
            for row in read_golden_lines(stream, name=self.path.name):
                if row.case is None:
                    told = "\n".join(f"{self.path.name}:{explain_error(fault, self._lang)}" for fault in row.faults)
                    yield GoldenTest.from_parent(self, name=f"line {row.line}", line=row.line, told=told)
                else:
                    yield GoldenTest.from_parent(self, name=row.case.id, line=row.line, case=row.case)

    def _tables(self) -> Iterator[pytest.Item]:
        file = read_golden(self.path)
        if file.faults:
            told = "\n".join(explain_error(fault, self._lang) for fault in file.faults)
            yield GoldenTest.from_parent(self, name=_WHOLE, line=1, told=told)
        for case in file.cases:
            yield GoldenTest.from_parent(self, name=case.id, line=file.lines[case.id], case=case)


class GoldenTest(pytest.Item):
    """One golden case as a test."""

    def __init__(self, *, line: int, case: GoldenCase | None = None, told: str = "", **given: Any) -> None:
        """Take the case, or what is to be told of a line that is none."""
        super().__init__(**given)
        self.line = line
        self.case = case
        self.fault = told

    def runtest(self) -> None:
        """Run the case under its policy."""
        if self.case is None:
            raise NotAsExpected(self.fault)
        found = self.case.run(policy_of(self.case, self.path.parent, self.config))
        if found:
            lang = self.config.getoption("--rules-lang")
            lines = [f"{self.path.name}:{self.line}: {self.case.told(lang)}", *(f"  {one.told(lang)}" for one in found)]
            raise NotAsExpected("\n".join(lines))

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        """Tell in words what is wrong; where the library itself failed, as pytest does."""
        if isinstance(excinfo.value, NotAsExpected):
            return str(excinfo.value)
        if isinstance(excinfo.value, ComplaintRulesError):
            return (
                f"{self.path.name}:{self.line}: {explain_error(excinfo.value, self.config.getoption('--rules-lang'))}"
            )
        return super().repr_failure(excinfo, style)

    def reportinfo(self) -> tuple[Path, int, str]:
        """Say where it stands."""
        return self.path, self.line - 1, self.name


def policy_of(case: GoldenCase, folder: Path, config: pytest.Config) -> Policy:
    """Find the policy of a case: named by ``--rules``, as a file beside the golden file, or shipped.

    Raises `UnknownPolicy` where there is none, and what loading raises.
    """
    for name in config.getoption("--rules"):
        policy = policy_named(name)
        if policy.id == case.policy.id and case.policy.edition in (None, policy.edition):
            return policy
    for stem in (f"{case.policy.id}@{case.policy.edition}", case.policy.id):
        if (beside := folder / f"{stem}.toml").is_file():
            return policy_named(str(beside))
    return load_policy(case.policy.id, edition=case.policy.edition)
