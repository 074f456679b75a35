"""Which outcomes of the rules the assessments of a run reached, noted test by test.

Noted is what the test has read of an assessment: nothing is worked out that the test did not ask for, so that a suite
takes hardly longer, and what nobody looked at does not count. An assessment is noted when some later ones have been
made, or when its test ends: until then the test may go on reading it.
"""

from __future__ import annotations

from collections import deque
from typing import Any, Final

import pytest

from complaint_rules import assessing
from complaint_rules.assessment.assessment import Assessment
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.language import said
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.reaching.covering import Coverage, Gathering
from complaint_rules.verification.reaching.outcomes import reached_so_far
from complaint_rules.words.refusals import explain_error
from complaint_rules_pytest.golden import policy_named

_KEPT: Final = 16
"""How many assessments of a test are kept before the oldest is noted."""
_OUTPUT: Final = "complaint_rules"
"""Under which key a worker of xdist hands over what it noted."""


class RulesReached:
    """Notes what the assessments of a run reach, tells it at the end, and fails the run where it is too little."""

    def __init__(self, config: pytest.Config, named: list[str]) -> None:
        """Load the policies and begin to note; raises `pytest.UsageError` for a policy that cannot be loaded."""
        try:
            policies = {_key(policy): policy for policy in map(policy_named, named)}
        except ComplaintRulesError as error:
            told = explain_error(error, config.getoption("--rules-lang"))
            raise pytest.UsageError(f"--rules: {told}") from None
        self._config = config
        self._least: float | None = config.getoption("--rules-min")
        self._gathered: dict[str, Gathering] = {key: Gathering(policy) for key, policy in policies.items()}
        self._waiting: deque[Assessment] = deque()
        self._reached: dict[str, set[str]] = {}
        self._handed: dict[str, list[tuple[str, list[str]]]] = {key: [] for key in policies}
        setattr(assessing, "Assessment", self._made)  # noqa: B010 - what `assess` calls, for as long as the run lasts

    def stop(self) -> None:
        """Leave the library as it was."""
        setattr(assessing, "Assessment", Assessment)  # noqa: B010 - as above

    def _made(self, *given: Any) -> Assessment:
        found = Assessment(*given)
        if _key(found.policy) in self._gathered:
            self._waiting.append(found)
            if len(self._waiting) > _KEPT:
                self._note(self._waiting.popleft())
        return found

    def _note(self, found: Assessment) -> None:
        try:
            reached = reached_so_far(found)
        except ComplaintRulesError:  # what cannot be counted reaches nothing, and is the test's own affair
            return
        self._reached.setdefault(_key(found.policy), set()).update(reached)

    @property
    def _works_for_another(self) -> bool:
        return hasattr(self._config, "workeroutput")

    # --- hooks ---

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: pytest.Item | None) -> Any:  # noqa: ARG002 - theirs
        """Note what a test has reached, fixtures included."""
        result = yield
        while self._waiting:
            self._note(self._waiting.popleft())
        for key, found in self._reached.items():
            self._gathered[key].note(item.nodeid, found)
            if self._works_for_another:
                self._handed[key].append((item.nodeid, sorted(found)))
        self._reached.clear()
        return result

    @pytest.hookimpl(optionalhook=True)
    def pytest_testnodedown(self, node: Any, error: object) -> None:  # noqa: ARG002 - the hook of xdist has it
        """Take over what a worker of xdist has noted."""
        for key, notes in getattr(node, "workeroutput", {}).get(_OUTPUT, {}).items():
            for nodeid, found in notes:
                self._gathered[key].note(nodeid, found)

    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        """Fail a run that reached too little; a worker of xdist hands over what it noted."""
        if self._works_for_another:
            self._config.workeroutput[_OUTPUT] = self._handed  # type: ignore[attr-defined]  # of xdist
        elif session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) and self._too_little():
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        """Tell what was reached, and what was not."""
        lang = self._config.getoption("--rules-lang")
        terminalreporter.section(said(("规则", "rules"), lang))
        for gathered in self._gathered.values():
            terminalreporter.write_line(gathered.coverage.explain(lang))
        for found in self._too_little():
            share = found.percent or "0"
            least = f"--rules-min={self._least:g}"
            zh = f"{found.policy}：规则结果只覆盖{share}%，不足 {least}"
            en = f"{found.policy}: {share} % of the outcomes of its rules is less than {least}"
            terminalreporter.write_line(said((zh, en), lang), red=True)

    def _too_little(self) -> list[Coverage]:
        least = self._least
        every = [gathered.coverage for gathered in self._gathered.values()]
        return [] if least is None else [found for found in every if not found.reaches(least)]


def _key(policy: Policy) -> str:
    return f"{policy.id}@{policy.edition}"
