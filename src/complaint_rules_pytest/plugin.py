"""Options and hooks: ``--rules=POLICY``, ``--rules-min=N``, the fixture `policy`, and golden files as tests.

Without ``--rules`` nothing is noted, and nothing of `complaint_rules` is imported before a golden file is met.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from complaint_rules import Policy

ENDINGS = (".golden.jsonl", ".golden.toml")
"""How the names of files end that say of themselves that they hold golden cases."""


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the options."""
    group = parser.getgroup("complaint-rules", "coverage of complaint-handling rules")
    group.addoption(
        "--rules",
        action="append",
        default=[],
        metavar="POLICY",
        help="tell which rules of a policy the assessments of this run reached: id, id@edition, or file; repeatable",
    )
    group.addoption(
        "--rules-min",
        type=float,
        default=None,
        metavar="N",
        help="fail where less than so many percent of the outcomes of its rules were reached",
    )
    group.addoption("--rules-lang", choices=("zh", "en"), default="en", help="language of what is told (default: en)")


def pytest_configure(config: pytest.Config) -> None:
    """Note assessments where that is asked for, and only there."""
    named: list[str] = config.getoption("--rules")
    if not named:
        if config.getoption("--rules-min") is not None:
            zh = "--rules-min 是规则覆盖率的下限：请写明哪一套，如 --rules=psbc-95580"
            en = "--rules-min asks for coverage of rules: say of which, as --rules=psbc-95580"
            raise pytest.UsageError(_said(zh, en, config))
        return
    from complaint_rules_pytest.noting import RulesReached

    noting = RulesReached(config, named)
    config.pluginmanager.register(noting, "complaint_rules_noting")
    config.add_cleanup(noting.stop)


def pytest_collect_file(file_path: Path, parent: pytest.Collector) -> pytest.Collector | None:
    """Make tests of a file whose name says that it holds golden cases."""
    if not file_path.name.endswith(ENDINGS):
        return None
    from complaint_rules_pytest.golden import GoldenTests

    return GoldenTests.from_parent(parent, path=file_path)


def _said(zh: str, en: str, config: pytest.Config) -> str:
    return zh if config.getoption("--rules-lang") == "zh" else en


@pytest.fixture(scope="session")
def policy(pytestconfig: pytest.Config) -> Policy:
    """Give the policy that ``--rules`` names, of several the first."""
    named: list[str] = pytestconfig.getoption("--rules")
    if not named:
        zh = "fixture policy 是 --rules 所写的规则集：请写 --rules=psbc-95580"
        en = "the fixture 'policy' is the one that --rules names: say --rules=psbc-95580"
        pytest.fail(_said(zh, en, pytestconfig), pytrace=False)
    from complaint_rules_pytest.golden import policy_named

    return policy_named(named[0])
