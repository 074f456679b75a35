"""A parser of arguments that speaks the language of the run: usage, help and errors in Chinese where that is asked for.

In English everything is as `argparse` has it. Nothing outside the parser is changed, least of all `gettext`.
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from typing import Any, Final, NoReturn, final

from complaint_rules.language import Lang
from complaint_rules.words.messages.catalogue import in_chinese
from complaint_rules.words.messages.usage import USAGE

_CHINESE: Final = r"[\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]"
_BOTH: Final = re.compile(rf"(.*{_CHINESE})\s+[A-Za-z](?:(?!{_CHINESE}).)*")
_COMMAND: Final = re.compile(r"(  [a-z].*?\S)(?:(\s{2,})(\S.*))?")
_HEADS: Final = {"examples 示例:": "示例：", "exit status 退出状态:": "退出状态："}
_STATES: Final = " · "
_HEADING: Final = re.compile(r"^(参数|选项):$", re.MULTILINE)


def spoken_lang(argv: Sequence[str] | None, otherwise: Lang) -> Lang:
    """Give the language that the arguments name, before they are parsed: an error in them is said in it too.

    >>> spoken_lang(["--lang", "en", "due", "--lang=zh"], "en"), spoken_lang(["due"], "en")
    ('zh', 'en')
    """
    given = list(sys.argv[1:] if argv is None else argv)
    found = otherwise
    for word, following in zip(given, [*given[1:], ""], strict=False):
        name = following if word == "--lang" else word.removeprefix("--lang=") if word.startswith("--lang=") else ""
        if name in ("zh", "en"):
            found = "zh" if name == "zh" else "en"
    return found


def chinese_half(text: str) -> str:
    r"""Give the Chinese of a text that says the same in both languages, line by line; a line in English is left out.

    >>> print(
    ...     chinese_half(
    ...         "投诉输入，结论输出。\nA complaint in, a decision out.\n\n  demo    一件投诉的始末 the life of one"
    ...     )
    ... )
    投诉输入，结论输出。
    <BLANKLINE>
      demo    一件投诉的始末
    """
    return "\n".join(line for line in map(_line, text.split("\n")) if line is not None)


def _line(line: str) -> str | None:
    head = next((head for head in _HEADS if line.startswith(head)), None)
    if head is not None:
        return _HEADS[head] + _STATES.join(map(_half, line.removeprefix(head).strip().split(_STATES)))
    command = _COMMAND.fullmatch(line)
    if command is not None:
        return command[1] + (f"{command[2]}{_half(command[3])}" if command[2] else "")
    return _half(line) if not line or re.search(_CHINESE, line) else None


def _half(text: str) -> str:
    told = _BOTH.fullmatch(text)
    return text if told is None else told[1]


def in_help(text: str, lang: Lang) -> str:
    """Say what a command or an argument is for: in both languages, or in Chinese alone where that is the language.

    >>> in_help("文件 the file", "zh"), in_help("文件 the file", "en")
    ('文件', '文件 the file')
    """
    return text if lang == "en" else USAGE.get(text, text)


@final
class _ChineseHelp(argparse.RawDescriptionHelpFormatter):
    """The usual form of help, in Chinese."""

    def add_usage(
        self,
        usage: str | None,
        actions: Iterable[argparse.Action],
        groups: Iterable[Any],
        prefix: str | None = None,
    ) -> None:
        super().add_usage(usage, actions, groups, "用法：" if prefix is None else prefix)

    def add_text(self, text: str | None) -> None:
        super().add_text(None if text is None else chinese_half(text))

    def start_section(self, heading: str | None) -> None:
        super().start_section(None if heading is None else in_help(heading, "zh"))

    def add_argument(self, action: argparse.Action) -> None:
        if action.help is not None:
            action.help = in_help(action.help, "zh")
        super().add_argument(action)

    def format_help(self) -> str:
        return _HEADING.sub(r"\1：", super().format_help())


@final
class Parser(argparse.ArgumentParser):
    """A parser that knows its language.

    >>> parser = Parser(prog="due", lang="zh", add_help=False)
    >>> _ = parser.add_argument("start", metavar="START", help="年份 a year from 2001 on")
    >>> print(parser.format_help())
    用法：due START
    <BLANKLINE>
    参数：
      START  年份，自2001年起
    <BLANKLINE>
    """

    def __init__(self, *, lang: Lang = "en", **settings: Any) -> None:
        """Make a parser; `settings` are those of `argparse`."""
        form = _ChineseHelp if lang == "zh" else argparse.RawDescriptionHelpFormatter
        super().__init__(formatter_class=form, allow_abbrev=False, **settings)
        self._lang: Lang = lang

    def error(self, message: str) -> NoReturn:
        """Say what is wrong with the arguments, and end with 2."""
        if self._lang == "en":
            super().error(message)
        self.print_usage(sys.stderr)
        self.exit(2, f"{self.prog}：错误：{in_chinese(message)}\n")
