"""What the help of the command line says of its commands and arguments, in Chinese alone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

USAGE: Final[Mapping[str, str]] = {
    # commands
    "一件投诉的始末 the life of a complaint under a rule set, told step by step": "按规则集逐步演示一件投诉的始末",
    "评估投诉 decide complaints: classes, time limits, duties, questions": "评估投诉：类别、时限、应办事项、待问事项",
    "期限届满时刻及推算过程 when a period ends, and why, day by day": "期限届满时刻及逐日推算过程",
    "统计报告、报送表 figures over many complaints: reports and returns": "统计报告与报送表",
    "全年工作日历 the working calendar of a year, with its notices": "全年工作日历及放假通知",
    "随附的规则集 the rule sets shipped": "随附的规则集",
    "解释规则或案件 explain a rule set, one rule, or the course of a case": "解释规则集、一条规则或案件经过",
    "规则集对照 rule sets side by side: limits, urgency, thresholds, escalation": (
        "各规则集逐项对照：时限、轻重缓急、门槛、升级等"
    ),
    "检查规则、对照或编码文件 find every fault of a policy file, a mapping file or a code table": (
        "检查规则文件、对照文件或编码表，列出全部错误"
    ),
    "规则覆盖 which outcomes of the rules some cases reach, and which none does": (
        "这些案件覆盖了哪些规则结果，哪些未覆盖"
    ),
    "对照套件 cases for an implementation in another language, and its answers checked": (
        "对照套件：供其他语言的实现核对的案件，及其答案的核对"
    ),
    "数据格式 the JSON Schema of a file or of a line of data": "数据格式：文件或数据行的 JSON Schema",
    "内部规定是否不低于上位规定 whether keeping a house rule set keeps its base": (
        "内部规定是否不低于上位规定：逐项证明，或举出反例"
    ),
    "新旧两版对照 what a new edition changes, and for which cases": "新旧两版对照：改了什么，涉及哪些案件",
    # arguments
    "案件或对照案件；- 为标准输入 cases, or golden cases; - reads stdin": "案件或对照案件；- 为标准输入",
    "至少覆盖百分之N fail below this many percent": "至少覆盖百分之N，否则退出状态为1",
    "对照案件只计其写明应得结果的规则 golden cases count for those rules only of which they say something": (
        "对照案件只计其写明应得结果的规则"
    ),
    "已覆盖的也列出 list what was reached too, and by which cases first": "已覆盖的也列出，并列最先覆盖的案件",
    "分析规则 analyse the rules: gaps, rows never reached, duties that clash; a shipped id will do too": (
        "分析规则：缺口、轮不到的行、相互冲突的义务等；也可写随附规则集的编号"
    ),
    "求解的步数上限 how many steps the search for cases and proofs may take": "寻找例证与证明的步数上限",
    "分析的步数上限 how many steps --deep may take": "--deep 的步数上限",
    "--deep 的输出格式 form of what --deep says": "--deep 的输出格式",
    "版本 the version": "显示版本",
    "语言 language of the answers (default: the locale's)": "答复所用语言（默认：随系统语言）",
    "JSON Lines、CSV 或工作簿；- 为标准输入 JSON Lines, CSV or a workbook; - reads stdin": (
        "JSON Lines、CSV 或工作簿；- 为标准输入"
    ),
    "评估时刻，不写时区即北京时间 the moment of assessment, as '2026-09-30 18:00' (default: the clock's)": (
        "评估时刻，如 '2026-09-30 18:00'；不写时区即北京时间（默认：系统时钟）"
    ),
    "JSON Lines、CSV、工作簿或汇总；- 为标准输入 JSON Lines, CSV, a workbook or a tally; - reads stdin": (
        "JSON Lines、CSV、工作簿，或以 --tally 存下的汇总；- 为标准输入"
    ),
    "报送表 the return of the rule set that is to be filled": "要填制的报送表（规则集所定）",
    "分组：事实、表、期间等 group by facts, tables, periods as month, unit, standing(limit); repeatable": (
        "分组：事实、表、month 等期间、unit、standing(时限)；可写多次"
    ),
    "指标 a figure; repeatable (default: all)": "指标；可写多次（默认：全部）",
    "另按此统计口径计 count by this rule besides; repeatable": "另按此统计口径计；可写多次",
    "小于K的组合并列示 show numbers of groups below K together, and no other figures by groups": (
        "小于K的组合并列示，其他指标不按组列示"
    ),
    "统计期 the period, as 2026Q3, 2026-09, 2026H2, 2026-W40": "统计期，如 2026Q3、2026-09、2026H2、2026-W40",
    "统计时点，不写时区即北京时间 the moment as of which is counted (default: the clock's)": (
        "统计时点，不写时区即北京时间（默认：系统时钟）"
    ),
    "数据涵盖的首日与末日 the days, both inclusive, for which the data are complete; also FIRST..LAST": (
        "数据完整涵盖的首日与末日，均含当日；也可写 FIRST..LAST"
    ),
    "基数 by what a figure per so many is divided: one number, or a file with one for each group; repeatable": (
        "折算指标的基数：一个数，或逐组列数的文件；可写多次"
    ),
    "输出格式 (default: by the ending of --output, else text)": "输出格式（默认：依 --output 的扩展名，否则为 text）",
    "写入文件 write the report to a file (default: stdout)": "报告写入的文件（默认：标准输出）",
    "另存汇总 keep the tally too, to be merged later": "另存汇总，以便日后合并",
    "报告的语言 language of the report; both: side by side": "报告的语言；both 为中英并列",
    "台账字段对照文件 which column of a register holds which fact": "台账字段对照文件：哪一列是哪项事实",
    "输出格式 (default: text)": "输出格式（默认：text）",
    "长文件所用进程数 processes that share a long file (default: 2)": "长文件所用进程数（默认：2）",
    "起点：日期或时刻，不写时区即北京时间 a day or a moment, in Beijing time where no zone is written": (
        "起点：日期或时刻，不写时区即北京时间"
    ),
    '期限 the period, as "5 working days", "48 hours", "3 months"': "期限，如“5个工作日”“48小时”“3个月”",
    "末日休息时 where a last day without work moves: next_working_day": "末日为休息日时如何顺延：next_working_day",
    "休息日收到时 how a start on a rest day is read: next_working_day": ("休息日收到时视为何时收到：next_working_day"),
    "当日截止时刻 with --receipt: what comes later is deemed of the next working day": (
        "当日截止时刻，与 --receipt 同用：过点收到的视为下一工作日收到"
    ),
    "每日起算时刻 hours and minutes wait for this time of day": "每日起算时刻：小时和分钟自该时刻起算",
    "含当日 the opening day counts as the first": "当日计为第一天",
    "末日届满时刻 when a last day ends: 24:00, close, or a time of day": "末日届满时刻：24:00、close 或某一时刻",
    "营业时间 opening hours, as 09:00-12:00; repeatable": "营业时间，如 09:00-12:00；可写多次",
    "年份 a year from 2001 on": "年份，自2001年起",
    "规则集、规则，或案件文件 a rule set, a rule, or a case": "规则集、规则，或案件文件",
    "评估时刻 the moment of assessment (default: the clock's)": "评估时刻（默认：系统时钟）",
    "案件时间线的格式 form of a case's timeline": "案件时间线的格式（默认：text）",
    "文件 the file": "文件",
    "以本库所载放假日为准 count by this library's own days where the installed package holidays differs": (
        "所装 holidays 包与所公布的放假日不一致时，以本库所载为准"
    ),
    "自有日历 a calendar of one's own: [hours] and [calendar] as in a policy file": (
        "自有日历：[hours] 与 [calendar] 的写法同规则文件"
    ),
    "规则集编号或文件 a rule set shipped, or a file of one's own": "随附规则集的编号，或自己的规则文件",
    "旧版：编号、编号@版本或文件 the old edition: ID, ID@EDITION, or a file": (
        "旧版：随附规则集的编号、编号@版本，或自己的规则文件"
    ),
    "新版，写法相同 the new edition, named likewise": "新版，写法相同",
    "案件：JSON Lines、CSV 或工作簿；- 为标准输入 cases as JSON Lines, CSV or a workbook; - reads stdin": (
        "案件：JSON Lines、CSV 或工作簿；- 为标准输入"
    ),
    "评估时刻 the moment of all assessments (default: of each case its own last event)": (
        "全部评估所用的时刻（默认：每件案件的最后一个事件）"
    ),
    "补充参数 supply a figure that the text leaves open": "补充原文未定的参数",
    "格式名称 name of the schema (default: lists them)": "格式名称（默认：列出全部）",
    "规则集编号或文件；或 check DIR ANSWERS.jsonl a rule set shipped, or a file; or check DIR ANSWERS.jsonl": (
        "随附规则集的编号，或自己的规则文件；或写 check 文件夹 答案.jsonl"
    ),
    "对照案件 golden cases, one a line; repeatable (default: made from the rules)": (
        "对照案件，每行一件；可写多次（默认：由规则生成）"
    ),
    "套件的文件夹 the folder of the kit, a new one or a kit": "套件的文件夹：新的，或已有的套件",
    "内部规定：规则集编号或文件 the house's rule set, shipped or a file": "内部规定：规则集编号或文件",
    "上位规定：规则集编号或文件 the rule set it is to keep": "上位规定：规则集编号或文件",
    "以内部的哪项时限对上位的哪项 which limit of the house is to keep which of the base; repeatable": (
        "以内部的哪项时限对上位的哪项；可写多次"
    ),
    "担保：凡有前者必已有后者 an event of the house that never comes without one of the base; repeatable": (
        "担保：凡有内部的前一事项，必已有上位的后一事项；可写多次"
    ),
    "由规则生成对照案件 golden cases made from the rules of a rule set": "由规则集生成对照案件",
    "保留其中已核对的案件 keep what is signed in a file of golden cases; repeatable": (
        "保留该文件中已核对的对照案件；可写多次"
    ),
    "输出格式：每行一件，或核对表 one case a line, or a table to check by (default: jsonl)": (
        "输出格式：每行一件，或核对表（默认：jsonl）"
    ),
    # by argparse
    "show this help message and exit": "显示用法后退出",
    "positional arguments": "参数",
    "options": "选项",
}
"""Text of the help to Chinese text."""
