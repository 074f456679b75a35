"""What is said of reports and of what they are made of."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

MESSAGES: Final[Mapping[str, str]] = {
    "a report": "报告",
    "a table of a report": "报告的表",
    "a wording": "文字",
    "it names a column that the table does not have": "所指的列不在表中",
    "the first column is 0": "首列为0",
    "it names a row that the table does not have": "所指的行不在表中",
    "the first row is 0": "首行为0",
    "only numbers can be drawn": "只有数值列可以画成图",
    "from 1 to {most} different columns can be drawn together": "一张图可画1至{most}个不同的列",
    "percentages and other numbers have no common axis": "百分比与其他数值不能共用一个坐标轴",
    "draw them in two charts": "请分画两张图",
    "parts of a whole are not below 0": "整体的组成部分不会小于0",
    "use ChartKind.BARS": "请用 ChartKind.BARS",
    "this table has no chart": "这张表没有图",
    "several tables make no plain file": "多张表不能写成无说明的文件",
    "write its tables one by one": "请逐表写出",
    "a page is written by Jinja2": "网页由 Jinja2 写出",
    "a workbook is written by XlsxWriter": "工作簿由 XlsxWriter 写出",
    "install the extra that writes it: pip install 'complaint-rules[report]'": (
        "请安装相应的附加项：pip install 'complaint-rules[report]'"
    ),
    "a tuple of {kind} is expected": "此处应为 {kind:r} 的元组",
    "a tuple of texts is expected": "此处应为文字的元组",
    "pairs of a reason and a number of cases are expected": "此处应为原因与件数的成对数据",
    "a number of a thousand digits is in no report": "报告中没有上千位的数",
    "a number stands alone": "数值单元格不带其他内容",
    "mark the label of its row, or leave the number out": "请在该行的名称上注明，或不给数值",
    "this cannot be a key": "不能用作编号",
    "letters of the Latin alphabet, digits, _ . and - are": "可用拉丁字母、数字与 _ . -",
    "a table has one column at least": "表至少有一列",
    "a row has {cells} cells, and the table {columns} columns": "一行有{cells}格，而表有{columns}列",
    "a GridCell is expected": "此处应为 GridCell",
    "a number is in a column of texts": "文字列中有数值",
    "say kind=ColumnKind.NUMBER": "请写 kind=ColumnKind.NUMBER",
    "pass None where nobody says": "无人说明时传入 None",
    "another table has this key": "已有编号相同的表",
    "a Grid is expected": "此处应为 Grid",
    "a Report is expected": "此处应为 Report",
    "write 'zh', 'en' or 'both'": "请写 'zh'、'en' 或 'both'",
    "a text is expected, or one in both languages": "此处应为文字，或中英文成对的文字",
    "pass 'T-1' or {{'zh': '投诉', 'en': 'complaints'}}": "如 'T-1' 或 {{'zh': '投诉', 'en': 'complaints'}}",
    "a sheet holds {rows} rows and {columns} columns at most": "一张工作表最多{rows}行、{columns}列",
    "write it as CSV": "请写成CSV",
    "the table is not one by this kind of period": "表不按这种统计期分组",
    "the policy has no such return": "规则集没有这个报送表",
    "a return is about a period": "报送表须有统计期",
    "the return is about another kind of period": "报送表所报是另一种统计期",
    "the period begins after the moment as of which was counted": "统计期在统计截至时点之后才开始",
    "count as at a later moment": "请以更晚的时点统计",
}
