"""A fault of the program: told so that it can be reported, with nothing of a customer, after what was written."""

from __future__ import annotations

from typing import Any

import pytest

import complaint_rules.cli.shell as cli
from complaint_rules.cli.mishaps import FAULT, mishap_text
from complaint_rules.cli.output import Terminal
from complaint_rules.version import VERSION
from tests.cli.test_shell import GOOD, PSBC, Run

WORDS = "what the customer wrote"


def broken(_: Any, terminal: Terminal) -> int:
    terminal.say("a good row")
    raise ZeroDivisionError(WORDS)


@pytest.mark.parametrize(
    ("lang", "said"), [("en", "a mistake of this library"), ("zh", "这是本库的错误")], ids=["English", "Chinese"]
)
def test_a_fault_of_the_program_comes_after_the_good_rows(
    monkeypatch: pytest.MonkeyPatch, lang: str, said: str
) -> None:
    monkeypatch.setattr(cli, "_command", lambda _: broken)
    run = Run("policies", "--lang", lang)
    assert (run.status, run.out) == (FAULT, "a good row\n")
    head, ask, *places = run.err.splitlines()
    assert said in head
    assert "ZeroDivisionError" in head
    assert VERSION in ask
    assert "docs/security.md" in ask
    assert places[0].startswith("  complaint_rules/cli/shell.py:")
    assert places[-1].startswith("  test_mishaps.py:")  # no folder of a machine
    assert places[-1].endswith(": broken")
    assert WORDS not in run.err


def test_it_is_no_status_that_a_script_takes_for_bad_rows(monkeypatch: pytest.MonkeyPatch) -> None:
    """1 and 2 say that the input is at fault; a fault of the program once ended with 1, as a traceback does."""

    def failing(*_: object, **__: object) -> Any:
        raise RecursionError(WORDS)

    monkeypatch.setattr("complaint_rules.cli.assess.chunks", failing)
    run = Run("assess", "-", *PSBC, "--lang", "en", given=GOOD.encode())
    assert run.status == FAULT
    assert WORDS not in run.err


def test_a_deep_stack_is_cut_short() -> None:
    def down(n: int) -> None:
        if not n:
            raise ValueError
        down(n - 1)

    with pytest.raises(ValueError, match=r"^$") as caught:
        down(200)
    assert len(mishap_text(caught.value, "assess", "en").splitlines()) == 2 + 12
