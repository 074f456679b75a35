"""Under which conditions the library is tried: what is set for the interpreter, and how the package is found."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple

import complaint_rules

PACKAGE: Final = Path(complaint_rules.__file__).parent


def _as_it_is(_: Path) -> Path:
    return PACKAGE.parent


def _zipped(folder: Path) -> Path:
    shutil.copytree(PACKAGE, folder / "in" / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    return Path(shutil.make_archive(str(folder / "package"), "zip", folder / "in"))


def _read_only(folder: Path) -> Path:
    there = folder / "fixed"
    shutil.copytree(PACKAGE, there / PACKAGE.name, ignore=shutil.ignore_patterns("__pycache__"))
    for path in sorted(there.rglob("*"), reverse=True):
        path.chmod(0o555 if path.is_dir() else 0o444)
    return there


class Condition(NamedTuple):
    """One way of running the library."""

    flags: tuple[str, ...] = ()
    """Options of the interpreter."""
    env: Mapping[str, str] = {}
    """Variables of the environment."""
    install: Callable[[Path], Path] = _as_it_is
    """Give what stands on the path of modules, made below a folder if it has to be."""


CONDITIONS: Final[Mapping[str, Condition]] = {
    "locale C": Condition(env={"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "locale zh_CN.GB18030": Condition(env={"LC_ALL": "zh_CN.GB18030", "PYTHONUTF8": "0"}),
    "locale tr_TR": Condition(env={"LC_ALL": "tr_TR.UTF-8"}),
    "output in GBK": Condition(env={"PYTHONIOENCODING": "gbk"}),
    "zone Asia/Shanghai": Condition(env={"TZ": "Asia/Shanghai"}),
    "zone America/New_York": Condition(env={"TZ": "America/New_York"}),
    "zone Pacific/Kiritimati": Condition(env={"TZ": "Pacific/Kiritimati"}),
    "zone that there is not": Condition(env={"TZ": "Nowhere/Land"}),
    "no zones on the machine": Condition(env={"PYTHONTZPATH": ""}),
    "hash seed 0": Condition(env={"PYTHONHASHSEED": "0"}),
    "hash seed 4294967295": Condition(env={"PYTHONHASHSEED": "4294967295"}),
    "-O": Condition(flags=("-O",)),
    "-OO": Condition(flags=("-OO",)),
    "-W error -bb": Condition(flags=("-W", "error", "-bb")),
    "-X dev": Condition(flags=("-X", "dev")),
    "zipped": Condition(install=_zipped),
    "read-only": Condition(install=_read_only),
}
"""By the name under which docs/machines.md lists it."""
