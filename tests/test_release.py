"""The steps of a release that a program does: what they refuse, and what they write."""

from __future__ import annotations

import datetime as dt
import importlib.util
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).parents[1]
DAY = dt.date(2026, 12, 1)


@pytest.fixture(scope="module")
def release() -> ModuleType:
    spec = importlib.util.spec_from_file_location("release", ROOT / "docs" / "_scripts" / "release.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_version_that_stands_is_found_where_it_stands(release: ModuleType) -> None:
    text = (ROOT / "src" / "complaint_rules" / "version.py").read_text(encoding="utf-8")
    assert release.version_in(text) == "0.1.0"
    with pytest.raises(SystemExit, match="states no version"):
        release.version_in("")


@pytest.mark.parametrize(
    ("given", "released", "why"),
    [("0.2", False, "three numbers"), ("0.0.9", False, "an earlier one"), ("0.1.0", True, "released already"),
     ("v0.2.0", False, "a letter before it")],
)  # fmt: skip
def test_a_version_that_is_no_later_one_is_refused(release: ModuleType, given: str, released: bool, why: str) -> None:
    with pytest.raises(SystemExit):
        release.next_version(given, "0.1.0", released=released)
    assert why


def test_the_first_release_keeps_the_version_that_stands(release: ModuleType) -> None:
    assert release.next_version("0.1.0", "0.1.0", released=False) == "0.1.0"
    assert release.next_version("0.2.0", "0.1.0", released=True) == "0.2.0"
    assert release.next_version("0.10.0", "0.9.9", released=True) == "0.10.0"


def test_the_changelog_gets_a_heading_and_an_empty_place_for_what_comes_next(release: ModuleType) -> None:
    log = "# Changelog\n\n## [Unreleased]\n\n### Added\n\n* a change\n\n## [0.0.9] - 2026-11-01\n"
    assert release.heading(log, "0.1.0", DAY) == (
        "# Changelog\n\n## [Unreleased]\n\n## [0.1.0] - 2026-12-01\n"
        "\n### Added\n\n* a change\n\n## [0.0.9] - 2026-11-01\n"
    )
    for empty in ("# Changelog\n", "## [Unreleased]\n\n## [0.0.9] - 2026-11-01\n\n* a change\n"):
        with pytest.raises(SystemExit, match="nothing under Unreleased"):
            release.heading(empty, "0.1.0", DAY)


def test_the_changelog_as_it_stands_can_be_released(release: ModuleType) -> None:
    log = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    assert "## [0.1.0] - 2026-12-01\n" in release.heading(log, "0.1.0", DAY)


def test_anything_but_a_version_and_a_day_is_told_the_usage(release: ModuleType) -> None:
    with pytest.raises(SystemExit, match="Usage"):
        release.main([])
