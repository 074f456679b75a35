"""The command line: a thin shell over the library, the only place that may read the clock.

`argparse` parses, so that every command runs in the plain install; where `rich` is installed, a terminal gets colour.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import sys
from collections.abc import Callable, Sequence
from typing import Final, final

from complaint_rules.cli.output import Terminal
from complaint_rules.cli.parsing import Parser, in_help, spoken_lang
from complaint_rules.errors import ComplaintRulesError
from complaint_rules.language import LANGUAGES, Lang, said
from complaint_rules.version import VERSION
from complaint_rules.words.messages.catalogue import in_chinese
from complaint_rules.words.refusals import explain_error

_INTERRUPTED: Final = 130
_PIPE_CLOSED: Final = 141
_UNUSABLE: Final = 2

_ABOUT: Final = """\
投诉输入，结论输出：类别、时限、应办事项，各附条款。
A complaint in, a cited decision out: its class, its time limits, who must do what.
"""

_EXAMPLES: Final = """\
examples 示例:
  complaint-rules demo                                                  一件投诉的始末 the life of a complaint
  complaint-rules assess cases.jsonl --policy psbc-95580                评估多件投诉 decide many complaints
  complaint-rules assess book.csv --columns map.toml --policy cbirc-2020-3 --format csv > answers.csv
  complaint-rules report cases.jsonl --policy psbc-95580 --by channel   统计报告 figures over many complaints
  complaint-rules due 2026-09-30T16:05+08:00 "5 working days"           到期及推算过程 the due moment and its proof
  complaint-rules calendar 2026                                         全年工作日历 the working calendar of a year
  complaint-rules policies                                              随附的规则集 the rule sets shipped
  complaint-rules explain psbc-95580/priority                           一条规则 one rule, with its article
  complaint-rules explain cbirc-2020-3/article/18                       一条条文的去向 what became of an article
  complaint-rules explain case.json --policy cbirc-2020-3               一件投诉的时间线 the timeline of a case
  complaint-rules compare psbc-95580 my-bank.toml                       规则集对照 rule sets side by side
  complaint-rules check my-bank.toml                                    检查规则文件 find every fault of a policy file

exit status 退出状态: 0 全部处理 all good · 1 有行被退回 some rows refused · 2 输入不可用 unusable input
"""

_ASSESS: Final = """\
examples 示例:
  echo '{"id": "c-1", "received": "2026-09-30T16:05+08:00", "channel": "phone", "complainants": 3}' > c.jsonl
  complaint-rules assess c.jsonl --policy psbc-95580 --at 2026-09-30T18:00+08:00
  complaint-rules assess - --policy my-bank.toml --format jsonl < c.jsonl
  complaint-rules assess 台账.csv --columns register-cn.toml --policy cbirc-2020-3 --set retention="5 years"

输入为JSON Lines（每行一件），或CSV、工作簿台账；逐行读取，坏行报行号与原因后继续。
FILE is JSON Lines (one case a line) or a register as CSV or workbook: a bad row is reported on standard error as
FILE:LINE: COLUMN: why, and the run goes on. A register without --columns needs the names of facts as its header.

--format csv 每件投诉的每项时限一行；类别逐行重复，多个值以 | 分隔；末列 faults 为记录本身的问题。
--format csv writes one line for each case and time limit; the classes found are repeated, several values joined by |,
and the last column, faults, tells what is wrong with the record itself.

不给 --at 时读取系统时钟；库本身从不读时钟。
Without --at the system's clock is read; the library itself never does. The same --at gives the same answers for ever.
"""

_REPORT: Final = """\
examples 示例:
  complaint-rules report 台账.csv --columns map.toml --policy cbirc-2020-3 --by channel --at 2026-10-09T18:00
  complaint-rules report cases.jsonl --policy grcu-2008 --filing half_yearly --period 2026H1 --output 半年报.xlsx
  complaint-rules report east.jsonl --policy my-bank.toml --by unit --tally east.json --at 2026-10-09T18:00
  complaint-rules report east.json west.json --policy my-bank.toml --format html --lang both > report.html

每个 FILE 为 assess 所读的文件，或以 --tally 存下的汇总；逐行读取，坏行报行号与原因后继续。几份汇总合为一份，
其指标、分组、口径、时点须一致。全部行都被退回时不出报告。
Each FILE is what assess reads, or a tally kept with --tally: a bad row is reported on standard error as
FILE:LINE: COLUMN: why, and the run goes on. Tallies are merged: figures, groupings, counting rules and moment have
to be the same. Where every row is refused there is no report.

--by kind,month 按两项合并分组，最多三项；可写多次。--period 给出后，各分组只列该期。
--by kind,month groups by both together, three at most; repeatable. With --period each grouping shows that period alone.

未给 --covers 时不计算环比、同比：没有人说数据涵盖哪些日子。
Without --covers no change on an earlier period is worked out: nobody says which days the data hold.
"""

_DUE: Final = """\
examples 示例:
  complaint-rules due 2026-09-30 "5 working days"             5个工作日
  complaint-rules due 2026-09-30T16:05+08:00 "48 hours"       48小时
  complaint-rules due 2026-09-20 "15 days" --roll next_working_day
  complaint-rules due 2026-09-30T16:05+08:00 "8 working hours" --hours 09:00-12:00 --hours 13:30-17:00
  complaint-rules due 2026-09-30T16:05+08:00 "1 working day" --receipt next_working_day --cut-off 15:30
"""

_CALENDAR: Final = """\
examples 示例:
  complaint-rules calendar 2026 --lang zh
"""

_EXPLAIN: Final = """\
examples 示例:
  complaint-rules explain psbc-95580                                    规则集全文 the whole rule book
  complaint-rules explain psbc-95580/priority                           一条规则 one rule, with its article
  complaint-rules explain cbirc-2020-3/article/18                       一条条文的去向 what became of an article
  complaint-rules explain my-bank.toml/whole                            自己文件中的规则 a rule of a file of one's own
  complaint-rules explain case.json --policy cbirc-2020-3 --at 2026-10-09T18:00+08:00
  complaint-rules explain case.json --policy cbirc-2020-3 --format mermaid
"""

_COMPARE: Final = """\
examples 示例:
  complaint-rules compare psbc-95580 cbirc-2020-3                       随附的两套 two rule sets shipped
  complaint-rules compare my-bank.toml petition-2022@2005               自己的文件与某一版 one of one's own, one edition
"""

_CHECK: Final = """\
examples 示例:
  complaint-rules check my-bank.toml                                    规则文件 a policy file
  complaint-rules check my-bank.toml --deep                             分析规则 what is wrong with its rules
  complaint-rules check book.toml                                       台账对照文件 a mapping file
  complaint-rules check codes.toml                                      编码表 a code table
"""


def _parser(lang: Lang) -> Parser:
    parser = Parser(lang=lang, prog="complaint-rules", description=_ABOUT, epilog=_EXAMPLES)
    parser.add_argument("--lang", choices=("zh", "en"), default=None, dest="first_lang", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}", help="版本 the version")
    common = Parser(lang=lang, add_help=False)
    common.add_argument(
        "--lang", choices=("zh", "en"), default=None, help="语言 language of the answers (default: the locale's)"
    )
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(name: str, about: str, epilog: str = "", *, speaks: bool = True) -> Parser:
        told, parents = in_help(about, lang), [common] if speaks else []
        return commands.add_parser(name, help=told, description=told, epilog=epilog, parents=parents, lang=lang)

    command("demo", "一件投诉的始末 the life of a complaint under a rule set, told step by step")

    assess = command("assess", "评估投诉 decide complaints: classes, time limits, duties, questions", _ASSESS)
    assess.add_argument(
        "file",
        metavar="FILE",
        help="JSON Lines、CSV 或工作簿；- 为标准输入 JSON Lines, CSV or a workbook; - reads stdin",
    )
    _policy(assess)
    assess.add_argument(
        "--at", metavar="WHEN", help="评估时刻，不写时区即北京时间 the moment of assessment, as '2026-09-30 18:00'"
    )
    _columns(assess)
    assess.add_argument(
        "--format", choices=("text", "json", "jsonl", "csv"), default="text", help="输出格式 (default: text)"
    )

    assess.add_argument(
        "--jobs",
        metavar="N",
        type=_jobs,
        default=2,
        help="长文件所用进程数 processes that share a long file (default: 2)",
    )

    _calendar(assess)

    _report(
        command("report", "统计报告、报送表 figures over many complaints: reports and returns", _REPORT, speaks=False)
    )

    due = command("due", "期限届满时刻及推算过程 when a period ends, and why, day by day", _DUE)
    due.add_argument(
        "start",
        metavar="START",
        help="起点：日期或时刻，不写时区即北京时间 a day or a moment, in Beijing time where no zone is written",
    )
    due.add_argument("period", metavar="PERIOD", help='期限 the period, as "5 working days", "48 hours", "3 months"')
    _calendar(due)
    due.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 (default: text)")
    due.add_argument("--roll", metavar="HOW", help="末日休息时 where a last day without work moves: next_working_day")
    due.add_argument(
        "--receipt", metavar="HOW", help="休息日收到时 how a start on a rest day is read: next_working_day"
    )
    due.add_argument(
        "--cut-off",
        metavar="TIME",
        help="当日截止时刻 with --receipt: what comes later is deemed of the next working day",
    )
    due.add_argument("--clock-starts", metavar="TIME", help="每日起算时刻 hours and minutes wait for this time of day")
    due.add_argument("--opening-day", action="store_true", help="含当日 the opening day counts as the first")
    due.add_argument(
        "--ends",
        metavar="TIME",
        default="24:00",
        help="末日届满时刻 when a last day ends: 24:00, close, or a time of day",
    )
    due.add_argument(
        "--hours", metavar="SPAN", action="append", help="营业时间 opening hours, as 09:00-12:00; repeatable"
    )

    calendar = command("calendar", "全年工作日历 the working calendar of a year, with its notices", _CALENDAR)
    _calendar(calendar)
    calendar.add_argument("year", metavar="YEAR", type=int, help="年份 a year from 2001 on")

    command("policies", "随附的规则集 the rule sets shipped")

    explain = command("explain", "解释规则或案件 explain a rule set, one rule, or the course of a case", _EXPLAIN)
    explain.add_argument(
        "what", metavar="POLICY[/RULE]|CASE.json", help="规则集、规则，或案件文件 a rule set, a rule, or a case"
    )
    _policy(explain, needed=False)
    _calendar(explain)
    explain.add_argument("--at", metavar="WHEN", help="评估时刻 the moment of assessment (default: the clock's)")
    explain.add_argument(
        "--format",
        choices=("text", "json", "mermaid"),
        default="text",
        help="案件时间线的格式 form of a case's timeline",
    )

    compare = command("compare", "规则集对照 rule sets side by side: limits, urgency, thresholds, escalation", _COMPARE)
    compare.add_argument(
        "policies",
        metavar="POLICY",
        nargs="+",
        help="规则集编号或文件 a rule set shipped, or a file of one's own",
    )

    check = command(
        "check", "检查规则、对照或编码文件 find every fault of a policy file, a mapping file or a code table", _CHECK
    )
    check.add_argument("file", metavar="FILE.toml", help="文件 the file")
    check.add_argument(
        "--deep",
        action="store_true",
        help="分析规则 analyse the rules: gaps, rows never reached, duties that clash; a shipped id will do too",
    )
    check.add_argument("--budget", metavar="STEPS", type=int, help="分析的步数上限 how many steps --deep may take")
    check.add_argument(
        "--format", choices=("text", "json"), default=None, help="--deep 的输出格式 form of what --deep says"
    )
    _settings(check)
    return parser


def _report(report: argparse.ArgumentParser) -> None:
    report.add_argument(
        "file",
        metavar="FILE",
        nargs="*",
        help="JSON Lines、CSV、工作簿或汇总；- 为标准输入 JSON Lines, CSV, a workbook or a tally; - reads stdin",
    )
    _policy(report)
    report.add_argument("--filing", metavar="ID", help="报送表 the return of the rule set that is to be filled")
    report.add_argument(
        "--by",
        metavar="NAME[,NAME]",
        action="append",
        default=[],
        help="分组：事实、表、期间等 group by facts, tables, periods as month, unit, standing(limit); repeatable",
    )
    report.add_argument(
        "--figure", metavar="ID", action="append", default=[], help="指标 a figure; repeatable (default: all)"
    )
    report.add_argument(
        "--basis",
        metavar="ID",
        action="append",
        default=[],
        help="另按此统计口径计 count by this rule besides; repeatable",
    )
    report.add_argument(
        "--pooled",
        metavar="K",
        type=int,
        help="小于K的组合并列示 show numbers of groups below K together, and no other figures by groups",
    )
    report.add_argument("--period", metavar="2026Q3", help="统计期 the period, as 2026Q3, 2026-09, 2026H2, 2026-W40")
    report.add_argument(
        "--at",
        metavar="WHEN",
        help="统计时点，不写时区即北京时间 the moment as of which is counted (default: the clock's)",
    )
    report.add_argument(
        "--covers",
        metavar=("FIRST", "LAST"),
        nargs="+",
        help="数据涵盖的首日与末日 the days, both inclusive, for which the data are complete; also FIRST..LAST",
    )
    report.add_argument(
        "--base",
        metavar="BASE=NUMBER|FILE.json",
        action="append",
        default=[],
        help="基数 by what a figure per so many is divided: one number, or a file with one for each group; repeatable",
    )
    _columns(report)
    report.add_argument(
        "--format",
        choices=("text", "json", "md", "csv", "html", "xlsx"),
        default=None,
        help="输出格式 (default: by the ending of --output, else text)",
    )
    report.add_argument("--output", metavar="OUT", help="写入文件 write the report to a file (default: stdout)")
    report.add_argument("--tally", metavar="OUT.json", help="另存汇总 keep the tally too, to be merged later")
    report.add_argument(
        "--lang",
        choices=("zh", "en", "both"),
        default=None,
        help="报告的语言 language of the report; both: side by side",
    )
    _calendar(report)


def _columns(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--columns", metavar="MAP.toml", help="台账字段对照文件 which column of a register holds which fact"
    )


def _calendar(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--calendar",
        metavar="FILE.toml",
        help="自有日历 a calendar of one's own: [hours] and [calendar] as in a policy file",
    )


@final
class _Once(argparse.Action):
    """An argument that may be given once: the last of several would silently replace the others."""

    def __call__(
        self,
        parser: argparse.ArgumentParser,
        namespace: argparse.Namespace,
        values: object,
        option_string: str | None = None,  # noqa: ARG002 - the protocol's own signature
    ) -> None:
        """Take the value, or say that there is one already."""
        if getattr(namespace, self.dest) is not None:
            parser.error("--policy is given twice: one run is under one rule set")
        setattr(namespace, self.dest, values)


def _policy(parser: argparse.ArgumentParser, *, needed: bool = True) -> None:
    parser.add_argument(
        "--policy",
        metavar="ID[@EDITION]|FILE.toml",
        action=_Once,
        required=needed,
        help="规则集编号或文件 a rule set shipped, or a file of one's own",
    )
    _settings(parser)


def _settings(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--set",
        metavar="name=value",
        action="append",
        default=[],
        help="补充参数 supply a figure that the text leaves open",
    )


def _jobs(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 64:
        raise argparse.ArgumentTypeError(f"a number of processes from 1 to 64 is expected, not {text!r}")
    return int(text)


def _language() -> Lang:
    """Follow the locale of the shell, as other commands do."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0 all good, 1 some rows refused, 2 unusable input.

    A closed pipe ends it quietly with 141, Ctrl-C with 130, as a shell expects.

    >>> main(["calendar", "1999"])
    2
    """
    errors = sys.stderr or io.StringIO()  # none after `2>&-`: then nobody is told
    spoken = spoken_lang(argv, _language())
    if sys.stdout is None:  # as after `>&-`
        errors.write(f"complaint-rules: {said(('标准输出已关闭', 'standard output is closed'), spoken)}\n")
        return _UNUSABLE
    if hasattr(sys.stdout, "reconfigure"):
        # A terminal that cannot show Chinese gets escapes instead of a crash.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        args = _parser(spoken).parse_args(argv)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else _UNUSABLE
    lang: Lang = args.lang if args.lang in LANGUAGES else args.first_lang or _language()
    terminal = Terminal(sys.stdout, errors, lang)
    try:
        status = _command(args.command)(args, terminal)
        sys.stdout.flush()
    except ComplaintRulesError as error:
        terminal.warn(f"complaint-rules {args.command}: {explain_error(error, lang)}")
        return _UNUSABLE
    except BrokenPipeError:
        _drop_output()
        return _PIPE_CLOSED
    except OSError as error:
        reason = str(error.strerror or error)
        why = terminal.pick(f"无法读写：{in_chinese(reason)}", f"it cannot be written or read: {reason}")
        _drop_output()
        terminal.warn(f"complaint-rules {args.command}: {error.filename or terminal.pick('标准输出', 'output')}: {why}")
        return _UNUSABLE
    except KeyboardInterrupt:
        terminal.warn(terminal.pick("已中断", "interrupted"))
        return _INTERRUPTED
    return status


def _drop_output() -> None:
    """See to it that nothing is flushed at exit to whom nothing can be written."""
    with contextlib.suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _command(name: str) -> Callable[[argparse.Namespace, Terminal], int]:
    """Load only what the command needs, so that a small question gets a quick answer."""
    match name:
        case "assess":
            from complaint_rules.cli.assess import run_assess

            return run_assess
        case "report":
            from complaint_rules.cli.report import run_report

            return run_report
        case "explain":
            from complaint_rules.cli.explain import run_explain

            return run_explain
        case "compare":
            from complaint_rules.cli.explain import run_compare

            return run_compare
        case "demo":
            from complaint_rules.cli.demo import run_demo

            return run_demo
        case _:
            from complaint_rules.cli import show as cli_show

            return cli_show.COMMANDS[name]
