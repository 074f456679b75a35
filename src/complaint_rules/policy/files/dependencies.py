"""In which order tables and limits can be worked out, and which parameters each waits for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from complaint_rules.conditions.parsing import Condition


def sorted_by_need(needs: Mapping[str, Sequence[str]]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Order names so that each comes after those it needs; and name one cycle where there is no such order.

    Names that need nothing keep their order. Works without recursion, however long the chain.

    >>> sorted_by_need({"a": ["b"], "b": []})
    (('b', 'a'), ())
    >>> sorted_by_need({"a": ["b"], "b": ["a"]})[1]
    ('a', 'b', 'a')
    """
    done: dict[str, None] = {}
    for root in needs:
        open_: dict[str, Iterator[str]] = {}
        name: str | None = root if root not in done else None
        if name is not None:
            open_[name] = iter(needs[name])
        while open_:
            name = next(reversed(open_))
            following = next((other for other in open_[name] if other in needs and other not in done), None)
            if following is None:
                del open_[name]
                done[name] = None
            elif following in open_:
                chain = list(open_)
                return tuple(done), (*chain[chain.index(following) :], following)
            else:
                open_[following] = iter(needs[following])
    return tuple(done), ()


def names_read(conditions: Iterable[Condition | None]) -> tuple[str, ...]:
    """Name the tables, limits and links that conditions read; links stand as ``link …`` (they have names of their own).

    >>> names_read([None])
    ()
    """
    found: dict[str, None] = {}
    for condition in conditions:
        if condition is not None:
            names = [*sorted(condition.tables), *sorted(condition.limits)]
            found.update(dict.fromkeys([*names, *(f"link {name}" for name in sorted(condition.links))]))
    return tuple(found)


def missing_parameters(
    conditions: Iterable[Condition | None],
    own: Iterable[str | None],
    of_name: Mapping[str, tuple[str, ...]],
    is_missing: Callable[[str], bool],
) -> tuple[str, ...]:
    """Name the parameters without a value that a rule waits for, through everything it reads.

    `own` are the parameters its figures come from, `of_name` what the tables, limits and links it reads wait for.

    >>> missing_parameters([None], ["warning_time"], {}, lambda name: True)
    ('warning_time',)
    """
    read = tuple(condition for condition in conditions if condition is not None)
    used = [name for name in own if name is not None]
    for condition in read:
        used.extend(sorted(condition.parameters))
    found = dict.fromkeys(name for name in used if is_missing(name))
    for name in names_read(read):
        found.update(dict.fromkeys(of_name.get(name, ())))
    return tuple(found)
