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
from complaint_rules.errors import ComplaintRulesError, InvalidGolden
from complaint_rules.language import LANGUAGES, Lang, said
from complaint_rules.version import VERSION
from complaint_rules.words.messages.catalogue import in_chinese
from complaint_rules.words.refusals import explain_error, explain_faults

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
  complaint-rules diff my-bank.toml my-bank-2027.toml cases.jsonl       新旧两版对照 what a new edition changes
  complaint-rules check my-bank.toml                                    检查规则文件 find every fault of a policy file
  complaint-rules cover cases.jsonl --policy psbc-95580                 规则覆盖 which rules these cases reach
  complaint-rules kit psbc-95580 --out kit                              对照套件 cases for other implementations
  complaint-rules conform my-bank.toml cbirc-2020-3                     内部规定与上位规定 a house against its base

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

csv 供人在电子表格中打开：形如公式的文字前加撇号，控制符写出；csv-data 供程序读取，文字原样。
csv is for a spreadsheet: a text that it would take for a formula gets an apostrophe in front, control signs are written
out. csv-data is for programs: every text stands as it is.

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

_COVER: Final = """\
examples 示例:
  complaint-rules cover cases.jsonl --policy psbc-95580 --at 2026-10-09T18:00
  complaint-rules cover psbc.golden.jsonl cases.jsonl --policy psbc-95580 --min 95
  complaint-rules cover my-bank.golden.jsonl --policy my-bank.toml --only-asked --format json

每个 FILE 为 assess 所读的文件，或对照案件文件：名称以 .golden.jsonl 结尾（每行一件），或 .toml。
对照案件按其自身时刻评估，与应得结果不符的逐项报出。坏行报行号与原因后继续。
Each FILE is what assess reads, or a file of golden cases: its name ends in .golden.jsonl (one a line) or in .toml. A
golden case is assessed as of its own moment, and what comes out otherwise is told. A bad row is reported on standard
error as FILE:LINE: why, and the run goes on.

不给 --at 时，对照案件以外的案件按系统时钟评估，结果随时间而变。同一编号出现在多行的，予以提示，每行各计一件。
Without --at cases that are not golden are assessed as of the system's clock, so that another day may give another
coverage. A key that stands on several lines is told, and each line counts as a case.

退出状态为1：有行被退回，有对照案件不符，或未达到 --min；为2：输入不可用，或全部行被退回。
The exit status is 1 where rows were refused, golden cases come out otherwise, or less than --min was reached; 2 where
the input cannot be used, or every row of it was refused.
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

_CONFORM: Final = """\
examples 示例:
  complaint-rules conform my-bank.toml cbirc-2020-3                     同名时限自行配对 limits of one id are paired
  complaint-rules conform psbc-95580 cbirc-2020-3 --pair whole=decide --implies accepted_by_customer=replied
  complaint-rules conform my-bank.toml cbirc-2020-3 --set retention="5 years" --format md > conform.md

每项比对有三种结论：已证明、较宽（附可重放的反例）、未定（附原因）；内部规定没有对应规则的为“缺对应规定”。
Each comparison is proved, laxer (with a case that both replay) or open (with the reason); what the house has no rule
for is listed as such.

期限就已公布放假安排之内的每一收到时刻比对，已公布放假安排之外的不在证明之内。
Figures are compared for every receipt of the published calendar, and nothing is proved beyond it.

exit status 退出状态: 0 全部已证明 all proved · 1 有较宽、缺或未定的 not all of it · 2 输入不可用 unusable input
"""

_DIFF: Final = """\
examples 示例:
  complaint-rules diff petition-2022@2005 petition-2022@2022            两版对照 what was added, removed, changed
  complaint-rules diff my-bank.toml my-bank-2027.toml 2026.jsonl        去年的案件 what becomes of last year's cases
  complaint-rules diff my-bank.toml my-bank-2027.toml 台账.csv --columns map.toml --format md > report.md

每件案件按两版各评估一次，时点为该案最后一个事件，或 --at；逐行读取，坏行报行号与原因后继续。
Each case is assessed under both editions as at its own last event, or at --at; a bad row is reported on standard error
as FILE:LINE: COLUMN: why, and the run goes on.

exit status 退出状态: 0 没有差别 the same · 1 有差别或有行被退回 a difference, or rows refused · 2 输入不可用 unusable
"""

_CHECK: Final = """\
examples 示例:
  complaint-rules check my-bank.toml                                    规则文件 a policy file
  complaint-rules check my-bank.toml --deep                             分析规则 what is wrong with its rules
  complaint-rules check book.toml                                       台账对照文件 a mapping file
  complaint-rules check codes.toml                                      编码表 a code table
"""

_KIT: Final = """\
examples 示例:
  complaint-rules kit psbc-95580 --out kit                              由规则生成 of cases made from the rules
  complaint-rules kit psbc-95580 --cases psbc.golden.jsonl --out kit    用自己的案件 of golden cases of one's own
  complaint-rules kit check kit answers.jsonl                           核对答案 hold answers against it

对照案件按各自规则集先运行一遍，结论不符的不收入；套件含案件、逐日日历、数据格式与说明，其他语言的实现据此核对。
Each golden case is run first under its rule set, and one that does not come out is left out and told. A kit holds the
cases, a calendar day by day, JSON Schemas and a page of what to print, for implementations in other languages.

ANSWERS.jsonl 每行一个答案；退回也是答案，没有答案即为不符。
One answer a line: {"id", "findings", "clocks", "duties"}, or {"id", "refused"}. An id without an answer fails.
"""

_SCHEMA: Final = """\
examples 示例:
  complaint-rules schema                                                有哪些格式 which there are
  complaint-rules schema policy > policy.schema.json                    规则文件的格式 for an editor
  complaint-rules schema case --policy my-bank.toml                     按规则集 cases under a rule set

规则文件首行写 #:schema policy.schema.json，编辑器即可补全并检查。
With #:schema policy.schema.json as its first line an editor completes and checks a policy file.
"""


_GENERATE: Final = """\
examples 示例:
  complaint-rules generate my-bank.toml > my-bank.golden.jsonl          对照案件 golden cases
  complaint-rules generate my-bank.toml --keep my-bank.golden.jsonl > next.golden.jsonl
  complaint-rules generate my-bank.toml --keep my-bank.golden.jsonl --format md --lang en > to-check.md

生成的案件只记下本库现在的结论；核对条文后，把该行末尾的 "checked": null 改为
"checked": {"by": "姓名", "on": "2026-11-27"}。用 --keep 再次生成时，已核对的保留不变；结论有变的，报告在标准错误上。
A generated case pins what the library says today. Whoever has held it against the text writes at the end of its line
"checked": {"by": "name", "on": "2026-11-27"} in place of null. Generated again with --keep, what was checked stays as
it is; where something else comes out now, that is told on standard error, and the exit status is 1.
"""


def _parser(lang: Lang, argv: Sequence[str] | None = None) -> Parser:
    """Make the parser; with `argv` only the commands that stand in it get their arguments: others are not read."""
    parser = Parser(lang=lang, prog="complaint-rules", description=_ABOUT, epilog=_EXAMPLES)
    parser.add_argument("--lang", choices=("zh", "en"), default=None, dest="first_lang", help=argparse.SUPPRESS)
    parser.add_argument("--version", action="version", version=f"%(prog)s {VERSION}", help="版本 the version")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)

    def command(
        name: str, about: str, epilog: str, arguments: Callable[[Parser], None] | None = None, *, speaks: bool = True
    ) -> None:
        told = in_help(about, lang)
        asked = argv is None or name in argv
        own = commands.add_parser(name, help=told, description=told, epilog=epilog, lang=lang, add_help=asked)
        if asked and speaks:
            _lang(own)
        if asked and arguments is not None:
            arguments(own)

    command("demo", "一件投诉的始末 the life of a complaint under a rule set, told step by step", "")
    command("assess", "评估投诉 decide complaints: classes, time limits, duties, questions", _ASSESS, _assess)
    command(
        "report", "统计报告、报送表 figures over many complaints: reports and returns", _REPORT, _report, speaks=False
    )
    command("cover", "规则覆盖 which outcomes of the rules some cases reach, and which none does", _COVER, _cover)
    command("due", "期限届满时刻及推算过程 when a period ends, and why, day by day", _DUE, _due)
    command("calendar", "全年工作日历 the working calendar of a year, with its notices", _CALENDAR, _year)
    command("policies", "随附的规则集 the rule sets shipped", "")
    command("explain", "解释规则或案件 explain a rule set, one rule, or the course of a case", _EXPLAIN, _explain)
    command("compare", "规则集对照 rule sets side by side: limits, urgency, thresholds, escalation", _COMPARE, _compare)
    command("generate", "由规则生成对照案件 golden cases made from the rules of a rule set", _GENERATE, _generate)
    command("conform", "内部规定是否不低于上位规定 whether keeping a house rule set keeps its base", _CONFORM, _conform)
    command("diff", "新旧两版对照 what a new edition changes, and for which cases", _DIFF, _diff)
    command(
        "check",
        "检查规则、对照或编码文件 find every fault of a policy file, a mapping file or a code table",
        _CHECK,
        _check,
    )
    command("kit", "对照套件 cases for an implementation in another language, and its answers checked", _KIT, _kit)
    command("schema", "数据格式 the JSON Schema of a file or of a line of data", _SCHEMA, _schema)
    return parser


def _lang(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--lang", choices=("zh", "en"), default=None, help="语言 language of the answers (default: the locale's)"
    )


def _assess(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "file",
        metavar="FILE",
        help="JSON Lines、CSV 或工作簿；- 为标准输入 JSON Lines, CSV or a workbook; - reads stdin",
    )
    _policy(parser)
    parser.add_argument(
        "--at",
        metavar="WHEN",
        help="评估时刻，不写时区即北京时间 the moment of assessment, as '2026-09-30 18:00' (default: the clock's)",
    )
    _columns(parser)
    parser.add_argument(
        "--format",
        choices=("text", "json", "jsonl", "csv", "csv-data"),
        default="text",
        help="输出格式 (default: text)",
    )
    parser.add_argument(
        "--jobs",
        metavar="N",
        type=_jobs,
        default=2,
        help="长文件所用进程数 processes that share a long file (default: 2)",
    )
    _calendar(parser)


def _due(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "start",
        metavar="START",
        help="起点：日期或时刻，不写时区即北京时间 a day or a moment, in Beijing time where no zone is written",
    )
    parser.add_argument("period", metavar="PERIOD", help='期限 the period, as "5 working days", "48 hours", "3 months"')
    _calendar(parser)
    parser.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 (default: text)")
    parser.add_argument(
        "--roll", metavar="HOW", help="末日休息时 where a last day without work moves: next_working_day"
    )
    parser.add_argument(
        "--receipt", metavar="HOW", help="休息日收到时 how a start on a rest day is read: next_working_day"
    )
    parser.add_argument(
        "--cut-off",
        metavar="TIME",
        help="当日截止时刻 with --receipt: what comes later is deemed of the next working day",
    )
    parser.add_argument(
        "--clock-starts", metavar="TIME", help="每日起算时刻 hours and minutes wait for this time of day"
    )
    parser.add_argument("--opening-day", action="store_true", help="含当日 the opening day counts as the first")
    parser.add_argument(
        "--ends",
        metavar="TIME",
        default="24:00",
        help="末日届满时刻 when a last day ends: 24:00, close, or a time of day",
    )
    parser.add_argument(
        "--hours", metavar="SPAN", action="append", help="营业时间 opening hours, as 09:00-12:00; repeatable"
    )


def _year(parser: argparse.ArgumentParser) -> None:
    _calendar(parser)
    parser.add_argument("year", metavar="YEAR", type=int, help="年份 a year from 2001 on")


def _explain(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "what", metavar="POLICY[/RULE]|CASE.json", help="规则集、规则，或案件文件 a rule set, a rule, or a case"
    )
    _policy(parser, needed=False)
    _calendar(parser)
    parser.add_argument("--at", metavar="WHEN", help="评估时刻 the moment of assessment (default: the clock's)")
    parser.add_argument(
        "--format",
        choices=("text", "json", "mermaid"),
        default="text",
        help="案件时间线的格式 form of a case's timeline",
    )


def _compare(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "policies",
        metavar="POLICY",
        nargs="+",
        help="规则集编号或文件 a rule set shipped, or a file of one's own",
    )


def _conform(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "house", metavar="HOUSE", help="内部规定：规则集编号或文件 the house's rule set, shipped or a file"
    )
    parser.add_argument("base", metavar="BASE", help="上位规定：规则集编号或文件 the rule set it is to keep")
    parser.add_argument(
        "--pair",
        metavar="HOUSE=BASE",
        action="append",
        default=[],
        help="以内部的哪项时限对上位的哪项 which limit of the house is to keep which of the base; repeatable",
    )
    parser.add_argument(
        "--implies",
        metavar="HOUSE=BASE",
        action="append",
        default=[],
        help="担保：凡有前者必已有后者 an event of the house that never comes without one of the base; repeatable",
    )
    _settings(parser)
    _calendar(parser)
    parser.add_argument("--format", choices=("text", "json", "md"), default="text", help="输出格式 (default: text)")


def _check(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE.toml", help="文件 the file")
    parser.add_argument(
        "--deep",
        action="store_true",
        help="分析规则 analyse the rules: gaps, rows never reached, duties that clash; a shipped id will do too",
    )
    parser.add_argument("--budget", metavar="STEPS", type=int, help="分析的步数上限 how many steps --deep may take")
    parser.add_argument(
        "--format", choices=("text", "json"), default=None, help="--deep 的输出格式 form of what --deep says"
    )
    _settings(parser)


def _schema(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("name", metavar="NAME", nargs="?", help="格式名称 name of the schema (default: lists them)")
    _policy(parser, needed=False)


def _kit(kit: argparse.ArgumentParser) -> None:
    kit.add_argument(
        "what",
        metavar="POLICY",
        nargs="+",
        help="规则集编号或文件；或 check DIR ANSWERS.jsonl a rule set shipped, or a file; or check DIR ANSWERS.jsonl",
    )
    kit.add_argument(
        "--cases",
        metavar="FILE.golden.jsonl",
        action="append",
        default=[],
        help="对照案件 golden cases, one a line; repeatable (default: made from the rules)",
    )
    kit.add_argument("--out", metavar="DIR", help="套件的文件夹 the folder of the kit, a new one or a kit")
    kit.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 (default: text)")
    _settings(kit)


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


def _generate(generate: argparse.ArgumentParser) -> None:
    generate.add_argument(
        "policy", metavar="POLICY", help="规则集编号或文件 a rule set shipped, or a file of one's own"
    )
    generate.add_argument(
        "--keep",
        metavar="FILE",
        action="append",
        default=[],
        help="保留其中已核对的案件 keep what is signed in a file of golden cases; repeatable",
    )
    generate.add_argument(
        "--format",
        choices=("jsonl", "md"),
        default="jsonl",
        help="输出格式：每行一件，或核对表 one case a line, or a table to check by (default: jsonl)",
    )
    _settings(generate)


def _cover(cover: argparse.ArgumentParser) -> None:
    cover.add_argument(
        "file",
        metavar="FILE",
        nargs="+",
        help="案件或对照案件；- 为标准输入 cases, or golden cases; - reads stdin",
    )
    _policy(cover)
    cover.add_argument(
        "--at",
        metavar="WHEN",
        help="评估时刻，不写时区即北京时间 the moment of assessment, as '2026-09-30 18:00' (default: the clock's)",
    )
    _columns(cover)
    cover.add_argument("--min", metavar="N", type=_percent, help="至少覆盖百分之N fail below this many percent")
    cover.add_argument(
        "--only-asked",
        action="store_true",
        help="对照案件只计其写明应得结果的规则 golden cases count for those rules only of which they say something",
    )
    cover.add_argument(
        "--all", action="store_true", help="已覆盖的也列出 list what was reached too, and by which cases first"
    )
    cover.add_argument("--format", choices=("text", "json"), default="text", help="输出格式 (default: text)")
    _calendar(cover)


def _diff(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "old", metavar="OLD", help="旧版：编号、编号@版本或文件 the old edition: ID, ID@EDITION, or a file"
    )
    parser.add_argument("new", metavar="NEW", help="新版，写法相同 the new edition, named likewise")
    parser.add_argument(
        "cases",
        metavar="CASES",
        nargs="*",
        help="案件：JSON Lines、CSV 或工作簿；- 为标准输入 cases as JSON Lines, CSV or a workbook; - reads stdin",
    )
    parser.add_argument(
        "--at",
        metavar="WHEN",
        help="评估时刻 the moment of all assessments (default: of each case its own last event)",
    )
    _columns(parser)
    parser.add_argument(
        "--budget",
        metavar="STEPS",
        type=int,
        help="求解的步数上限 how many steps the search for cases and proofs may take",
    )
    parser.add_argument("--format", choices=("text", "json", "md"), default="text", help="输出格式 (default: text)")
    _settings(parser)
    _calendar(parser)


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
    parser.add_argument(
        "--pinned-days",
        action="store_true",
        help="以本库所载放假日为准 count by this library's own days where the installed package holidays differs",
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


def _percent(text: str) -> float:
    try:
        percent = float(text)
    except ValueError:
        percent = -1.0
    if not 0 <= percent <= 100:
        raise argparse.ArgumentTypeError(f"a number from 0 to 100 is expected, not {text!r}")
    return percent


def _language() -> Lang:
    """Follow the locale of the shell, as other commands do."""
    locale = next((value for name in ("LC_ALL", "LC_MESSAGES", "LANG") if (value := os.environ.get(name))), "")
    return "zh" if locale.lower().startswith("zh") else "en"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and give its exit status: 0 all good, 1 some rows refused, 2 unusable input.

    A closed pipe ends it quietly with 141, Ctrl-C with 130, as a shell expects; a fault of the program with 70, told
    without what an exception says, which may repeat a row.

    >>> main(["calendar", "1999"])
    2
    """
    errors = sys.stderr or io.StringIO()  # none after `2>&-`: then nobody is told
    given = sys.argv[1:] if argv is None else argv
    spoken = spoken_lang(given, _language())
    if sys.stdout is None:  # as after `>&-`
        errors.write(f"complaint-rules: {said(('标准输出已关闭', 'standard output is closed'), spoken)}\n")
        return _UNUSABLE
    if hasattr(sys.stdout, "reconfigure"):
        # A terminal that cannot show Chinese gets escapes instead of a crash.
        sys.stdout.reconfigure(errors="backslashreplace")
    try:
        args = _parser(spoken, given).parse_args(given)
    except SystemExit as stop:
        return stop.code if isinstance(stop.code, int) else _UNUSABLE
    lang: Lang = args.lang if args.lang in LANGUAGES else args.first_lang or _language()
    terminal = Terminal(sys.stdout, errors, lang)
    try:
        status = _command(args.command)(args, terminal)
        sys.stdout.flush()
    except InvalidGolden as error:  # what stands in golden cases may be a customer's: it is in no message
        for told in explain_faults(error, lang):
            terminal.warn(f"complaint-rules {args.command}: {told}")
        return _UNUSABLE
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
    except Exception as error:  # noqa: BLE001 - a fault of the program is no traceback: it may repeat a row
        from complaint_rules.cli.mishaps import FAULT, mishap_text

        terminal.warn(mishap_text(error, args.command, lang))
        return FAULT
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
        case "cover":
            from complaint_rules.cli.cover import run_cover

            return run_cover
        case "diff":
            from complaint_rules.cli.diff import run_diff

            return run_diff
        case "explain":
            from complaint_rules.cli.explain import run_explain

            return run_explain
        case "compare":
            from complaint_rules.cli.explain import run_compare

            return run_compare
        case "generate":
            from complaint_rules.cli.generate import run_generate

            return run_generate
        case "kit":
            from complaint_rules.cli.kit import run_kit

            return run_kit
        case "schema":
            from complaint_rules.cli.kit import run_schema

            return run_schema
        case "conform":
            from complaint_rules.cli.conform import run_conform

            return run_conform
        case "demo":
            from complaint_rules.cli.demo import run_demo

            return run_demo
        case _:
            from complaint_rules.cli import show as cli_show

            return cli_show.COMMANDS[name]
