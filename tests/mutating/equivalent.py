"""Mutants that are the same program: named one by one in `equivalent.toml`, each with the reason."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Final

FILE: Final = Path(__file__).with_name("equivalent.toml")


def equivalents(path: Path = FILE) -> dict[str, str]:
    """Give the reason why a mutant cannot be told from what stands there, by its name."""
    found: dict[str, str] = {}
    for one in tomllib.loads(path.read_text(encoding="utf-8")).get("equivalent", []):
        again = "" if one.get("nth", 1) == 1 else f" #{one['nth']}"
        found[f"{one['file']}: {one['scope']}: {one['was']} -> {one['becomes']}{again}"] = one["why"]
    return found
