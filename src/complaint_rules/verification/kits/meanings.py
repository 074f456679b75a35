"""What each key of a policy file means, in both languages, as an editor shows it beside the key."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import Final

from complaint_rules.documents.toml import parse_toml
from complaint_rules.language import Pair
from complaint_rules.mappings import FrozenMap

_FILE: Final = "meanings.toml"


@lru_cache(maxsize=1)
def meanings() -> Mapping[str, Mapping[str, Pair]]:
    """Give the meaning of every key, Chinese first, by the kind of table it stands in; read once.

    >>> meanings()["limit"]["until"]
    ('终止事件', 'events that end it: the first match at or after the start')
    """
    text = (files("complaint_rules") / "verification" / "kits" / _FILE).read_text("utf-8")
    return FrozenMap(
        {
            name: FrozenMap({key: (chinese, english) for key, (chinese, english) in keys.items()})
            for name, keys in parse_toml(text, name=_FILE).items()
        }
    )
