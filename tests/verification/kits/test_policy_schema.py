"""The schema of a policy file against the loader: both take what is well formed, and refuse what is not."""

from __future__ import annotations

import json
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from complaint_rules.documents.nodes import TITLES, Shape
from complaint_rules.documents.toml import parse_toml
from complaint_rules.errors import InvalidPolicy, UnreadableInput
from complaint_rules.policy.files import shapes
from complaint_rules.policy.files.reading import shipped, shipped_document
from complaint_rules.policy.files.vocabulary import common
from complaint_rules.policy.loading import load_policy
from complaint_rules.policy.policy import Policy
from complaint_rules.verification.kits import policy_schema as made
from complaint_rules.verification.kits.meanings import meanings
from complaint_rules.verification.kits.policy_keys import EVERYWHERE, HERE, TOGETHER, value_of
from complaint_rules.verification.kits.policy_schema import policy_schema
from tests import small
from tests.verification.kits.validating import shipped as shipped_check
from tests.verification.kits.validating import told

ROOT: Final = Path(__file__).parents[3]
SCRIPT: Final = ROOT / "docs" / "_scripts" / "make_meanings.py"
FILES: Final = sorted(name for names in shipped().values() for name in names)
BROKEN: Final = sorted((ROOT / "tests" / "policy" / "broken").glob("*.toml"))
_FORM: Final = (
    "has no such key",
    "needs this key, and it is missing",
    " is a table",
    "a text is expected",
    "the text is empty",
    "printable characters on one line",
    "a list is expected",
    "a table of named entries is expected",
    "an empty list",
    "there is no row in it",
    "codes with their titles are expected",
    "ASCII letters, digits",
    "a date is expected",
    "a time of day is expected",
    "true or false is expected",
    "a whole number from",
    "an event is expected",
    "exactly one {} stands",
    "a type of fact is expected",
    "a type of parameter is expected",
    "who can answer is expected",
    "a vocabulary is expected",
    "what a table is about is expected",
    "a trade is expected",
    "a roll is expected",
    "a manner of rolling",
    "a reporting period is expected",
    "an answer to a reopening is expected",
    "must or should is expected",
    "holds the rows, not both",
    "either within or by gives the figure",
    "within or by is missing",
    "a duty has exactly one act",
    "either add or to says how far",
    "add or to is missing",
    "within and after stand together",
    "a step from one level to another is expected",
    "a span has two times of day",
    "no span is given",
    "a share is expected, as text",
    "a default is our reading",
    "a figure has one shape",
    "only one of on, day, daily and within",
    "the code of a finding is expected",
    "an empty list accepts nothing",
    "it belongs to receipt",
)
"""What the loader says of the form of a file; all else is about what its names point at, or what its rules come to."""
_NOT_OF_FORM: Final = {
    # a text is expected where a date stands as well: a schema sees the text of a date
    "a reporting period is expected": {"filing_period_left_to_nonsense"},
    "true or false is expected": {"fact_presumed_wrongly"},
}


@pytest.mark.parametrize("name", FILES)
def test_every_policy_shipped_fits_the_schema_as_a_file_and_as_a_document(name: str) -> None:
    assert told(shipped_check("policy"), shipped_document(name)) == []
    code, _, edition = name.removesuffix(".toml").partition("@")
    merged = json.loads(load_policy(code, edition=edition or None).document)["policy"]
    assert told(shipped_check("policy"), merged) == []


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "policy" / "figures").glob("*.toml")), ids=lambda one: one.stem
)
def test_other_files_that_load_fit_the_schema(path: Path) -> None:
    assert told(shipped_check("policy"), parse_toml(path.read_text("utf-8"), name=path.name)) == []


@cache
def faults_of(path: Path) -> tuple[dict[str, Any] | None, list[str]]:
    """Give a broken file as a document, None where it is no TOML, and what the loader says of it."""
    try:
        document = parse_toml(path.read_text("utf-8"), name=path.name)
    except (InvalidPolicy, UnreadableInput):
        return None, []
    with pytest.raises(InvalidPolicy) as caught:
        Policy.from_file(path)
    return document, [fault.why for fault in caught.value.faults]


def of_form(path: Path, whys: list[str]) -> bool:
    return any(form in why and path.stem not in _NOT_OF_FORM.get(form, set()) for form in _FORM for why in whys)


@pytest.mark.parametrize("path", BROKEN, ids=lambda one: one.stem)
def test_what_is_wrongly_formed_is_refused_by_the_schema_as_by_the_loader(path: Path) -> None:
    document, whys = faults_of(path)
    if document is not None and of_form(path, whys):
        assert told(shipped_check("policy"), document) != [], whys


def test_most_broken_files_are_broken_in_their_form_or_point_nowhere() -> None:
    """The schema is no toy: of the files that are TOML it refuses more than two in five without knowing any name."""
    documents = [document for document, _ in map(faults_of, BROKEN) if document is not None]
    refused = [document for document in documents if told(shipped_check("policy"), document)]
    assert len(refused) > 0.4 * len(documents)


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ('titel = { zh = "某", en = "A" }', "no such key"),
        ('limit = [{ id = "a" }]', "a limit needs its title, its start and its end"),
        ('level = { id = "a" }', "a list of levels is expected"),
        ('routes = [["a"]]', "a step has two ends"),
        ('facts = { vip = { type = "boolean", title = { zh = "贵宾", en = "VIP" } } }', "no such type"),
        ('facts = { "v-i-p" = { type = "bool", title = { zh = "贵宾", en = "VIP" } } }', "the name is no identifier"),
        ('facts = { vip = { title = { zh = "贵宾", en = "VIP" } } }', "a fact of one's own has a type"),
        ('checked_on = "yesterday"', "no date"),
        ('quiet = { start = "25:00", end = "08:00" }', "no time of day"),
        ('quiet = { start = "18:00", end = "08:00", ends = 1 }', "no such key in a table of its own"),
        ('hours = { spans = [["09:00"]] }', "a span has two ends"),
        ('citation = { zh = "第条", en = "art. {}" }', "the number of the article has no place"),
        ('note = [{ zh = "说明" }]', "both languages are needed"),
        ('note = [{ zh = "说明", en = "a\\nb" }]', "a text is on one line"),
    ],
)
def test_what_no_file_may_say_is_refused(line: str, why: str) -> None:
    key = line.partition(" ")[0]
    document = parse_toml(small.HEAD, name="own.toml")
    assert told(shipped_check("policy"), document) == []
    assert told(shipped_check("policy"), {**document, **parse_toml(line, name="own.toml")}) != [], f"{key}: {why}"


def test_of_a_common_fact_only_what_differs_is_written() -> None:
    document = parse_toml(small.HEAD, name="own.toml")
    assert told(shipped_check("policy"), {**document, "facts": {"complex": {"assume": False}}}) == []
    assert set(policy_schema()["properties"]["facts"]["properties"]) == set(common().facts)


def test_every_key_that_the_loader_takes_has_its_type_and_its_meaning_in_the_schema() -> None:
    """A key that is added to the loader and forgotten here fails."""
    for name, shape in shapes.SHAPES.items():
        if name == "vocabulary":
            continue
        top = policy_schema() if name == "file" else policy_schema()["$defs"][name]
        assert set(top["properties"]) == set(shape.known), name
        assert top["additionalProperties"] is False, name
        assert set(top.get("required", ())) == set(shape.needed), name
        for key, kind in top["properties"].items():
            english, chinese = meanings()[name][key][::-1]
            assert kind["description"] == f"{chinese} · {english}", (name, key)
            assert len(kind) > 1, f"{name}.{key} has no type"


def test_a_key_without_its_type_stops_the_schema(monkeypatch: pytest.MonkeyPatch) -> None:
    more = {**shapes.SHAPES, "level": Shape("a level", ("id", "title"), ("colour",))}
    monkeypatch.setattr(made, "SHAPES", more)
    with pytest.raises(KeyError, match="colour"):
        policy_schema()


def test_no_type_is_written_down_for_a_key_that_there_is_not() -> None:
    known = {(name, key) for name, shape in shapes.SHAPES.items() for key in shape.known} - {("fact", "vocabulary")}
    assert {(name, key) for name, keys in HERE.items() for key in keys} <= known
    everywhere = {key for name, key in known if key not in HERE.get(name, {})}
    assert everywhere - {"vocabulary", "type", "under"} <= set(EVERYWHERE)
    assert set(EVERYWHERE) <= everywhere
    assert set(TOGETHER) <= set(shapes.SHAPES)
    assert value_of("titles", TITLES.needed[0]) == EVERYWHERE["zh"]


def test_the_meanings_are_those_of_the_page_on_the_format() -> None:
    if not SCRIPT.exists():
        pytest.skip("the pages are not beside the tests")
    done = subprocess.run([sys.executable, SCRIPT, "--check"], capture_output=True, text=True, check=False)
    assert done.returncode == 0, "run docs/_scripts/make_meanings.py"
