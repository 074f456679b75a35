"""The archive of answers: what a version said, every later one says again, or the reason stands beside it."""

from __future__ import annotations

import gzip
import json
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import settings

from complaint_rules import editions, load_policy, policies
from complaint_rules.calendar.day_data import day_data
from complaint_rules.verification.reaching.golden_lines import GoldenCase
from complaint_rules.version import VERSION

FOLDER: Final = Path(__file__).parent / "answers"
KEPT: Final = sorted(path.name.removesuffix(".jsonl.gz") for path in FOLDER.glob("*.jsonl.gz"))
_SAID: Final = tomllib.loads((FOLDER / "changed.toml").read_text(encoding="utf-8"))
CHANGED: Final = {(one["version"], one["case"]) for one in _SAID.get("changed", ())}
_APART: Final = {"fingerprints", "days"}
"""What names an edition and not an answer; both stand in the first line of a file."""


def lines(version: str) -> list[dict[str, Any]]:
    text = gzip.decompress((FOLDER / f"{version}.jsonl.gz").read_bytes()).decode("utf-8")
    return [json.loads(line) for line in text.splitlines()]


def bare(answer: Mapping[str, Any]) -> dict[str, Any]:
    return {key: part for key, part in answer.items() if key not in _APART}


@pytest.mark.parametrize("version", KEPT)
def test_answers_of_earlier_versions_come_out_again(version: str) -> None:
    """A quick run asks every fourth question, the others by and by."""
    _, *questions = lines(version)
    for line in questions if settings().max_examples > 60 else questions[::4]:
        case = GoldenCase.from_dict(line["given"])
        if (version, case.id) in CHANGED:
            continue
        policy = load_policy(case.policy.id, edition=case.policy.edition)
        found = json.loads(json.dumps(case.assess(policy).to_dict()))
        assert bare(found) == bare(line["answer"]), f"{version}: {case.policy.id}: {case.id}"


def test_the_archive_holds_every_policy_and_its_edition() -> None:
    head, *questions = lines(VERSION)
    assert head["version"] == VERSION
    assert head["days"] == day_data().edition
    shipped = {f"{name}@{edition}" for name in policies() for edition in editions(name)}
    assert set(head["policies"]) == shipped
    assert {f"{line['given']['policy']['id']}@{line['given']['policy']['edition']}" for line in questions} == shipped
    assert len(questions) >= 450


def test_the_fingerprints_kept_are_those_of_the_policies() -> None:
    """A rule set that was changed is kept anew by docs/_scripts/make_answers.py, so that its answers are looked at."""
    head, *_ = lines(VERSION)
    assert head["policies"] == {
        f"{name}@{edition}": load_policy(name, edition=edition).fingerprint
        for name in policies()
        for edition in editions(name)
    }


def test_what_changed_since_is_said_of_answers_that_are_kept() -> None:
    kept = {(version, line["given"]["id"]) for version in KEPT for line in lines(version)[1:]}
    assert kept >= CHANGED
