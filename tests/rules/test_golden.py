"""The golden cases of `tests/golden/*.toml`: each comes out as written, and together they reach every rule both ways.

The cases of one file: ``pytest tests/rules/test_golden.py -k psbc-95580``; one case: ``-k "psbc-95580 and urgent"``.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, Final

import pytest

from complaint_rules.errors import ComplaintRulesError
from complaint_rules.policy.files.reading import shipped
from complaint_rules.policy.loading import policies
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.verification.reaching.golden_tables import GoldenFile
from tests.golden_files import gaps_of, golden_files, policy_of, read_once

FILES: Final = golden_files()
WITHOUT: Final[frozenset[str]] = frozenset()
"""Shipped policies that have no golden file yet."""


def _cases() -> Iterator[Any]:
    for path in FILES:
        file = read_once(path)
        if isinstance(file, GoldenFile):
            for case in file.cases:
                yield pytest.param(file, case, id=f"{file.name}::{case.id}")


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".toml"))
def test_a_golden_file_can_be_read(path: Any) -> None:
    file = read_once(path)
    if not isinstance(file, GoldenFile):
        pytest.fail(str(file), pytrace=False)
    assert file.faults == (), "\n".join(map(str, file.faults))
    assert file.name in (file.policy, f"{file.policy}@{file.edition}"), "the file is called after its policy"


@pytest.mark.parametrize(("file", "case"), list(_cases()))
def test_a_case_comes_out_as_written(file: GoldenFile, case: GoldenCase) -> None:
    try:
        found = case.run(policy_of(file))
    except ComplaintRulesError as error:
        pytest.fail(f"{file.name}:{file.lines[case.id]}: {error}", pytrace=False)
    if found:
        lines = [f"{file.name}:{file.lines[case.id]}: {case.told('en')}", *(f"  {one}" for one in found)]
        pytest.fail("\n".join(lines), pytrace=False)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name.removesuffix(".toml"))
def test_the_cases_of_a_file_reach_every_rule_both_ways(path: Any) -> None:
    file = read_once(path)
    if not isinstance(file, GoldenFile):
        pytest.fail(str(file), pytrace=False)
    found = list(gaps_of(file))
    if found:
        pytest.fail("\n".join([f"{path.name}: {len(found)} gaps", *(f"  {one}" for one in found)]), pytrace=False)


def test_every_shipped_policy_has_a_golden_file() -> None:
    read = [file for file in map(read_once, FILES) if isinstance(file, GoldenFile)]
    have = {file.name for file in read}
    names = {name.removesuffix(".toml") for files in shipped().values() for name in files}
    assert {name.split("@")[0] for name in names} == set(policies())
    assert names - have - WITHOUT == set(), "shipped policies without golden cases"
    assert WITHOUT & have == set(), "they have golden cases now: take them off the list"
    assert names >= WITHOUT, "they are not shipped"
    assert names >= have, "golden cases of policies that are not shipped"
