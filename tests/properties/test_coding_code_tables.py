"""Laws of code tables, whatever a bank's table looks like: nothing is lost, and every level adds up to the same."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from typing import Final, NamedTuple

from hypothesis import given
from hypothesis import strategies as st

from complaint_rules.coding.code_tables import CodeTable
from complaint_rules.coding.facets import Facet, Scheme, keys_of
from complaint_rules.coding.totals import Totals
from complaint_rules.documents.nesting import upwards

Counts = Mapping[str | None, int]
_NUMBERS: Final = st.integers(0, 1_000)


class Sample(NamedTuple):
    """A table made up, and which key each of its codes bears."""

    table: CodeTable
    facet: Facet
    codes: tuple[str, ...]
    bears: Mapping[str, str]


@st.composite
def samples(draw: st.DrawFn) -> Sample:
    """Give tables that follow our tree with some keys left out, each code with parts of its own, and classes."""
    facet = draw(st.sampled_from(Facet))
    keys = keys_of(facet)
    kept = [key for key in keys.values if draw(st.booleans())]
    classes = draw(st.lists(st.sampled_from("PQRS"), unique=True))
    lines: list[str] = []
    codes: list[str] = []
    bears: dict[str, str] = {}

    def entry(code: str, around: str | None, key: str | None) -> None:
        said = {"key": key, "under": around, "class": draw(st.sampled_from([None, *classes]))}
        parts = [f"{name} = {json.dumps(value)}" for name, value in said.items() if value is not None]
        lines.append(f"{code} = {{ {', '.join(parts)} }}")
        codes.append(code)
        if key is not None:
            bears[code] = key

    for key in kept:
        around = next((f"C_{one}" for one in list(upwards(key, keys.under))[1:] if one in kept), None)
        entry(f"C_{key}", around, key)
        for part in range(draw(st.integers(0, 2))):
            entry(f"C_{key}-{part}", f"C_{key}", None)
    for number in range(draw(st.integers(0, 2))):
        entry(f"N{number}", None, None)
    if not codes:
        entry("N0", None, None)
    nested = [f"{code} = {{ under = '{around}' }}" for around, code in itertools.pairwise(classes)]
    text = [
        "version = '1'", "title = { zh = '甲', en = 'A' }", f"[{facet}.codes]", *lines, f"[{facet}.classes]",
        *([f"{classes[0]} = {{}}"] if classes else []), *nested,
    ]  # fmt: skip
    return Sample(CodeTable.from_text("\n".join(text)), facet, tuple(codes), bears)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Sample, Counts, Counts]:
    """Give a table with counts by our keys and by its codes; foreign and unrecorded ones are among them."""
    sample = draw(samples())
    keys = st.sampled_from([*keys_of(sample.facet).values, "foreign"]) | st.none()
    codes = st.sampled_from([*sample.codes, "foreign"]) | st.none()
    return sample, draw(st.dictionaries(keys, _NUMBERS)), draw(st.dictionaries(codes, _NUMBERS))


def holds(found: Totals, number: int) -> None:
    assert found.total == number
    deepest = max(row.depth for row in found.rows)
    for depth in range(deepest + 2):
        assert sum(one for _, one in found.level(depth)) == number
    for place, row in enumerate(found.rows):
        parts = 0
        for other in found.rows[place + 1 :]:
            if other.depth <= row.depth:
                break
            parts += other.total if other.depth == row.depth + 1 else 0
        assert row.total == row.own + parts


@given(cases())
def test_every_level_of_every_scheme_adds_up_to_what_was_counted(case: tuple[Sample, Counts, Counts]) -> None:
    """Issue 8, part 9: a bank's code table and its own classes, with totals that agree at every level."""
    sample, by_key, by_code = case
    for counts, of in ((by_key, Scheme.KEYS), (by_code, Scheme.CODES)):
        number = sum(counts.values())
        for to in Scheme:
            found = sample.table.totals(sample.facet, counts, of=of, to=to)
            holds(found, number)
            assert found.unknown == counts.get(None, 0)


@given(cases())
def test_where_one_code_bears_one_key_both_count_the_same_with_all_under_them(
    case: tuple[Sample, Counts, Counts],
) -> None:
    sample, by_key, by_code = case
    for counts, of in ((by_key, Scheme.KEYS), (by_code, Scheme.CODES)):
        in_keys = sample.table.totals(sample.facet, counts, of=of, to="keys")
        in_codes = sample.table.totals(sample.facet, counts, of=of, to="codes")
        for code, key in sample.bears.items():
            assert in_keys.row(key).total == in_codes.row(code).total


@given(cases())
def test_there_and_back_is_the_same_where_the_mapping_is_one_to_one(case: tuple[Sample, Counts, Counts]) -> None:
    sample, by_key, _ = case
    table, facet = sample.table, sample.facet
    kept = {key: number for key, number in by_key.items() if key is None or key in sample.bears.values()}
    codes = table.totals(facet, kept)
    assert not codes.unmapped
    counts: dict[str | None, int] = {row.code or None: row.own for row in codes.rows}
    back = table.totals(facet, counts, of="codes", to="keys")
    assert {row.code or None: row.own for row in back.rows if row.own} == {k: n for k, n in kept.items() if n}
    for key in sample.bears.values():
        assert table.key_of(facet, table.code_of(facet, key) or "") == key
