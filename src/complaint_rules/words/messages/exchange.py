"""What is said of registers, their rows and the files that map them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "a clock of twelve hours shows 1 to 12": "十二小时制的钟点为1至12",
    "it holds bytes of another encoding": "含有其他编码的字节",
    "character {at}": "第{at}个字符",
    "a time of day stands there without its date": "有时刻而没有日期",
    "a time of day stands where a date is expected": "应为日期，却是时刻",
    "a time of day stands in the date as well; which is meant?": "日期中也有时刻，应以哪一个为准？",
    "a date stands where a time of day is expected": "应为时刻，却是日期",
    "{why}; it looks like {look}": "{why}；形如 {look}",
    "there is no such time": "没有这一时刻",
    "usual are 16:05, 下午4:05, 4:05 PM, 1605": "常用写法：16:05、下午4:05、4:05 PM、1605",
    "this is no time of day": "这不是时刻",
    "one of {names}{more}": "可为：{names}{more}",
    "a time of day is expected beside the date": "日期之外还应有时刻",
    "there is no such day or time": "没有这一日期或时刻",
    "this is no date in a form that the mapping names": "不是对照文件所列写法的日期",
    "two forms of the mapping read it as two dates: {found}": "按对照文件的两种写法读出两个日期：{found}",
    "its form may be dates = {forms} with century = 2000": "写法可能是 dates = {forms!r}，另加 century = 2000",
    "its form may be dates = {forms}{century}": "写法可能是 dates = {forms!r}{century}",
    " with century = 2000": "，另加 century = 2000",
    "this looks like {what}: {mend}say dates = ['{name}']": "形如{what}：{mend}写 dates = ['{name!r}']",
    "format the column as a date and export again, or ": "把该列设为日期格式后重新导出，或",
    "name its form under dates, as dates = ['%d/%m/%Y']": "在 dates 中写明格式，如 dates = ['%d/%m/%Y']",
    "the mapping's dates are {names}": "对照文件的日期写法为{names}",
    "a spreadsheet's 1.2E+05 has lost digits: export the column as text": (
        "电子表格的 1.2E+05 已丢失位数：该列按文本导出"
    ),
    "unit = ['…'] in the mapping names the marks that mean the column's own unit": (
        "对照文件中用 unit = ['…'] 写明表示本列单位的符号"
    ),
    "this is no plain number": "不是普通的数",
    "neither yes nor no (是, 否) is written there": "既不是“是”也不是“否”",
    "say what it means, as {{ column = …, is = '…' }} or with codes": (
        "写明含义：{{ column = …, is = '…' }}，或用 codes"
    ),
    "a table is expected": "应为表",
    "a text or a list of texts is expected": "应为文本或文本列表",
    "one of a few words is expected": "应为规定的几个词之一",
    "true is expected": "应为 true",
    "leave the key out for false": "为否的不写这个键",
    "an offset from UTC is expected": "应为与 UTC 的时差",
    "as '+08:00' for Beijing": "北京时间为“+08:00”",
    "the first year of the century that %y means is expected": "应为 %y 所在世纪的第一年",
    "the years known run from {year} to {year2}: century = {century}": "可用年份为{year}至{year2}：century = {century}",
    "%H counts 24 hours and %p halves of a day: write %I with %p, or %H alone": (
        "%H 是24小时制，%p 是上下午：%I 配 %p，或单用 %H"
    ),
    "%I and %p belong together: without %p nobody knows which half of the day is meant": (
        "%I 与 %p 同用：没有 %p 不知上午下午"
    ),
    "%{finer} needs the {wider} beside it": "%{finer} 旁应有{wider!s}",
    "%{unknown} is not understood; {known} are": "%{unknown} 不认识；可用 {known}",
    "a form is written with {known}, or one of {counted}{more}": "写法由 {known} 组成，或为{counted}之一{more}",
    "{half} written out loses half a day: a clock of twelve hours is %I with %p": (
        "直接写{half}会丢掉上下午：十二小时制用 %I 配 %p"
    ),
    "a year, a month and a day are expected, once each": "年、月、日各应出现一次",
    "%y leaves the century open; century = 2000 in the mapping file says it": (
        "%y 不知世纪；在对照文件中写 century = 2000"
    ),
    "a column's name or a table is expected": "应为列名或表",
    "the type does not fit": "类型不合",
    "a number above 0 is expected": "应为大于0的数",
    "exactly one of column, value and present is expected": "column、value、present 三者应有且仅有一个",
    "no cell is read where {sources} stands, so it has no effect": "有{sources}时不读单元格，因此不起作用",
    "as {{ column = '…' }}": "如 {{ column = '…' }}",
    "leave it out": "请删去此项",
    "it makes true or false, and this is something else": "它得出是或否，这里要的是别的",
    "it is for codes that are not listed, and there is no list": "它用于未列出的代码，这里没有代码列表",
    "is and not decide already": "is 与 not 已经决定",
    "it goes with is": "它与 is 同用",
    "only a figure can be multiplied; type = 'decimal' makes it one": "只有数值可以相乘；写 type = 'decimal'",
    "only a figure has a unit; type = 'decimal' makes it one": "只有数值有单位；写 type = 'decimal'",
    "only a set has several items": "只有集合有多个值",
    "only a date has a form": "只有日期有写法",
    "only a date has a zone": "只有日期有时区",
    "no form has %y": "没有一种写法含 %y",
    "a blank is unknown; only an id can be made of its line": "空白就是不明；只有编号可由行号代替",
    "no case can do without it: a row that lacks it is refused": "案件少不了这一项：缺少的行被退回",
    "say row = 'event' above, or leave it out": "在上面写 row = 'event'，或不写",
    "it says which row tells a fact, and one row is one case": "它说明以哪一行为准，而这里一行就是一件",
    "it is for the date of an event (at) with an if": "它用于带 if 的事件的日期（at）",
    "one column is expected, or two for a date": "应为一列；日期可为两列",
    "as column = ['受理日期', '受理时间'] for the date and the time of day of one moment": (
        "日期与时刻分列的，写 column = ['受理日期', '受理时间']"
    ),
    "a code stands for a text, a number, true or false": "代码应对应文本、数、true 或 false",
    "a quotation mark is opened and not closed": "引号没有合上",
    "a quotation mark stands where none can": "引号位置不对",
    "a quotation mark is opened and not closed, or a cell is longer than any text": "引号没有合上，或单元格过长",
    "a lone carriage return stands in it, as old systems end their lines": "其中有单独的回车符，是旧系统的换行",
    "was the file cut off, or saved as UTF-16?": "文件是否被截断，或存成了 UTF-16？",
    "write a quotation mark inside quoted text twice": "引号内的引号写两次",
    "the header has {width} columns, this row {cells}": "表头有{width}列，本行有{cells}列",
    "is there a delimiter, or a stray quotation mark, inside a text that is not quoted?": (
        "未加引号的文本中是否有分隔符或多余的引号？"
    ),
    "its header cannot be read: {why}": "表头无法读取：{why}",
    "its lines end in a carriage return alone, as on old systems": "各行只以回车符结尾，是旧系统的换行",
    "its header of {header_rows} row{s} cannot be read as {tried}": "其{header_rows}行的表头无法按{tried}读取",
    "is this a table of text, one row on each line?": "这是文本表格，每行一条吗？",
    "it is empty: there is no row in it": "文件为空：没有一行",
    "open it in a spreadsheet and save it as CSV UTF-8": "用电子表格打开，另存为 CSV UTF-8",
    "name its encoding and header rows in the mapping file": "在对照文件中写明编码和表头行数",
    "line {line} of the same key says something else": "同一编号的第{line}行内容不同",
    "fact.{name}.pick = 'first' or 'last' in the mapping says which counts": (
        "在对照文件中用 fact.{name!r}.pick = 'first' 或 'last' 写明以哪一行为准"
    ),
    "the register has this column more than once: columns {columns}": "台账中有几列同名：第{columns}列",
    "the register has no such column": "台账没有这一列",
    "its columns are {names}": "其列有：{names}",
    ("what stands there does not look like a header{where}; nothing of it is shown, for it may be a person's"): (
        "这一行不像表头{where}；内容可能涉及个人，不予显示"
    ),
    " (column {column} holds {look})": "（第{column}列形如 {look}）",
    "it is one column: is there another sign between the cells? delimiter = '…' says so": (
        "只有一列：单元格之间是否用了别的分隔符？写 delimiter = '…'"
    ),
    "is the header missing, or has it more rows? header = {{ rows = 3 }} says so": (
        "是否缺表头，或表头不止一行？写 header = {{ rows = 3 }}"
    ),
    "the mapping does not fit this register": "对照文件与台账不符",
    "of the {wanted} columns that the mapping names, its header has fewer than half": (
        "对照文件写了{wanted}列，表头中不到一半"
    ),
    "write a mapping file and pass it (--columns MAP.toml)": "写一个对照文件并传入（--columns MAP.toml）",
    "without a mapping file every column bears the name of a fact": "没有对照文件时，每列应以事实名称为列名",
    "the column is no fact": "该列不是事实",
    "what stands there is no fact": "该处不是事实",
    "{count} more columns are no facts": "另有{count}列不是事实",
    "it is an Excel workbook, not text": "是 Excel 工作簿，不是文本",
    "save it as CSV UTF-8 (另存为 CSV UTF-8)": "另存为 CSV UTF-8",
    "it is a ZIP archive, not text": "是 ZIP 压缩包，不是文本",
    "unpack it first": "先解压",
    "it is an Excel workbook of the old kind (.xls), not text": "是旧式 Excel 工作簿（.xls），不是文本",
    "it is {what}, not text": "{what}，不是文本",
    "a gzip archive": "gzip 压缩包",
    "a 7z archive": "7z 压缩包",
    "a RAR archive": "RAR 压缩包",
    "it is a PDF file, not a table": "是 PDF 文件，不是表格",
    "ask for the register as CSV": "请对方提供 CSV 格式的台账",
    "it is UTF-16, not UTF-8 or GB18030": "是 UTF-16，不是 UTF-8 或 GB18030",
    "it is a page of HTML or XML, not a table": "是 HTML 或 XML 网页，不是表格",
    "systems that export one call it .xls: open it in a spreadsheet and {csv}": (
        "有的系统导出时称之为 .xls：用电子表格打开并{csv}"
    ),
    "this is one JSON text spread over lines, not one object on each line": "这是分成多行的一段 JSON，不是每行一个对象",
    "the line is longer than {most} bytes": "该行超过{most}字节",
    "mapping file": "对照文件",
    "it is no mapping file": "不是对照文件",
    "the mapping is refused; {faults} fault{s}": "对照文件未通过；{faults}处错误",
    "a number from 1 to {most} is expected": "应为1至{most}的数",
    "no form under dates has %y, so it says nothing": "dates 中没有含 %y 的写法，因此不起作用",
    "one character is expected, or a list of such": "应为一个字符，或这样的列表",
    "',' or ';' or \"\\t\"": "',' 或 ';' 或 \"\\t\"",
    "as ['utf-8-sig', 'gb18030']": "如 ['utf-8-sig', 'gb18030']",
    "at least one encoding is expected": "至少应有一种编码",
    "no encoding of lines of text": "这种编码不能按行读取",
    "the file has to be converted first": "文件须先转换",
    "name its column: {name} = '…'": "写明其列：{name!r} = '…'",
    "write [[event]] with two brackets": "写成 [[event]]，用两层方括号",
    "a list of tables is expected": "应为表的列表",
    "name a column under at, or under if": "在 at 或 if 中写明列",
    "nothing says whether it happened": "没有说明是否发生",
    "add if = {{ column = '…', is = '…' }}, or leave it out": "加上 if = {{ column = '…', is = '…' }}，或不写",
    "there is no if that could be its condition": "没有可作条件的 if",
    "as {{ column = '是否回访', is = '是', not = '否' }}": "如 {{ column = '是否回访', is = '是', not = '否' }}",
    "the key has lost digits: a spreadsheet wrote it as 2.02403E+13": "编号丢失位数：电子表格写成了 2.02403E+13",
    "format the column as text and export again": "把该列设为文本格式后重新导出",
    "a date stands there although {name} says that it did not happen": "{name}表示没有发生，却有日期",
    ("which of the two is right? where it is the date of something else, say conditional = true under at"): (
        "应以哪一个为准？若日期属于别的事，在 at 中写 conditional = true"
    ),
    "{why}; taken as unknown": "{why}；按不明处理",
    "{why}, but may be GB18030: a mapping file with encoding = ['gb18030'] says so": (
        "{why}，可能是 GB18030：在对照文件中写 encoding = ['gb18030']"
    ),
    "it is not {encoding}": "不是 {encoding}",
    "it is JSON, not a table": "是 JSON，不是表格",
    "give it without --columns, under a name that ends in .jsonl": "不带 --columns，并以 .jsonl 结尾的文件名给出",
    "lines {before} and {line} bear the same key, and a condition says what their one date is of": (
        "第{before}行与第{line}行编号相同，而唯一的日期属于什么由条件决定"
    ),
    (
        "this looks like one row for each event: row = 'event' in the mapping file reads it so, or write JSON "
        "Lines (docs/howto-events.md); row = 'case' where each row is a case all the same"
    ): (
        "看来每行是一个事件：在对照文件中写 row = 'event'，或改写为 JSON Lines（docs/howto-events.md）；"
        "若每行仍是一件，写 row = 'case'"
    ),
    "it cannot be read ({kind})": "无法读取（{kind}）",
    "a mistake of this library: please report it": "这是本库的错误，请反馈",
    "{fitting} of its sheets have the columns that are read": "有{fitting}个工作表含所需的列",
    "name one in the mapping file: sheet = '…'": "在对照文件中写明一个：sheet = '…'",
    "{what}, and has more than {most} bytes": "{what}，且超过{most}字节",
    "or install the extra that reads it: pip install 'complaint-rules[xlsx]'": (
        "或安装可读工作簿的附加包：pip install 'complaint-rules[xlsx]'"
    ),
    "{what}, and cannot be read ({kind})": "{what}，且无法读取（{kind}）",
    "is it damaged, or protected by a password? {csv}": "是否损坏，或有密码保护？{csv}",
    "{what}, and of a kind that is not read": "{what}，且这一种不能读取",
    "save it as .xlsx, or ": "另存为 .xlsx，或",
    "{what}, and unpacks to {size} bytes": "{what}，且解压后有{size}字节",
    "{what}, and a sheet of it has {reach} cells": "{what}，且其中一个工作表有{reach}个单元格",
    "delete the empty rows and columns at its end, or {csv}": "删除末尾的空行空列，或{csv}",
    "it has no sheet of this name, but {count} others": "没有这个工作表，另有{count}个",
    "is it spelt as the workbook has it?": "名称与工作簿中的是否一致？",
    "the header has {width} columns, and behind them something stands": "表头有{width}列，之后还有内容",
    "give the column a name, or empty it": "给该列加列名，或清空",
    "this is no date that can be read in one way": "这个日期没有唯一的读法",
    "usual forms are {usual}": "常用写法为 {usual}",
    "did you mean it by {near}?": "是否以{near}表示？",
    "save it as .xlsx, or {csv}": "另存为 .xlsx，或{csv}",
    "{csv}, or install the extra that reads it: pip install 'complaint-rules[xlsx]'": (
        "{csv}，或安装可读工作簿的附加包：pip install 'complaint-rules[xlsx]'"
    ),
    "it is neither of the answers": "与哪个答案都不符",
    "the code is not in the mapping": "对照文件中没有这个代码",
    "JSON is UTF-8; an export in GB18030 has to be converted": "JSON 用 UTF-8；GB18030 的导出文件须先转换",
    "a spreadsheet's day number": "电子表格的日期序号",
    "seconds since 1970-01-01T00:00Z": "自1970-01-01T00:00Z起的秒数",
    "milliseconds since 1970-01-01T00:00Z": "自1970-01-01T00:00Z起的毫秒数",
    # code tables
    "code table": "编码表",
    "file of codes": "编码文件",
    "a code table": "编码表",
    "a facet": "分类维度",
    "a class": "本行类别的一项",
    "a code": "编码表的一项",
    "the columns of a file of codes": "编码文件的列对照",
    "a key of {facet}": "{facet!r} 的键",
    "a key of {facet} is expected": "应为 {facet!r} 的键",
    "a class of one's own": "已列出的本行类别",
    "a hierarchy": "层级的写法",
    "it is no code table": "不是编码表",
    "the code table is refused; {count} fault{s}": "编码表未通过，共{count}处错误",
    "it codes nothing: at least one facet is expected": "没有编码任何维度：至少应有一个",
    "write [business], [reason] or both": "写 [business]、[reason] 之一或两者",
    "neither codes nor classes are listed": "代码与本行类别均未列出",
    "no file is named, so it has no effect": "没有写明文件，因而不起作用",
    "leave it out, or write file = '…'": "去掉，或写 file = '…'",
    "it has no key, so it has no effect": "没有对应的键，因而不起作用",
    "no other code has its key, so it has no effect": "没有别的代码对应同一键，因而不起作用",
    "what it stands under has this key already": "其上级已对应这个键",
    "several codes have this key, {several}: as which of them is it counted?": (
        "有几个代码对应这个键：{several}，应计入哪一个？"
    ),
    "mark one of them with main = true": "在其中一个写 main = true",
    "it is no part of {key}, the key of {code}, under which the code stands": (
        "该代码的上级 {code!r} 对应 {key!r}，而它不是后者的组成部分"
    ),
    "it is a part of {key}, and the code does not stand under {code}, the code of that": (
        "它是 {key!r} 的组成部分，而该代码不在后者的代码 {code!r} 之下"
    ),
    "the key goes to {own} already": "该键已归入 {own!r}",
    "the key goes to {own}, and its code {code} to {other}": "该键归入 {own!r}，其代码 {code!r} 却归入 {other!r}",
    "a text has no folder in which another file could stand": "文本没有所在文件夹，找不到另一个文件",
    "load the table from its file": "从文件读取编码表",
    "at most {most} codes are read": "最多读取{most}个代码",
    "the code is blank": "代码为空白",
    "the file has several columns of this name": "文件中有几列同名",
    "the file has no such column": "文件中没有这一列",
    "this table does not code it": "本表没有编码这一维度",
    "a class does not say which of its codes was meant": "类别说不出指其中哪个代码",
    "a mapping of codes to numbers is expected": "应为代码到件数的对照（映射）",
    "a code is a text, or None where none is recorded": "代码为文本，未登记的为 None",
    "a whole number of 0 or more is expected": "应为不小于0的整数",
    "there is no such row": "没有这一行",
}
"""English text to Chinese text, place for place."""
