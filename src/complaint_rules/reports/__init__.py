"""Reports (报告): figures as data, Markdown, CSV, one HTML page with charts, and a workbook.

The pages are plain values and know nothing of where they come from; returns are filled from a tally.

From the ground up; each module imports only those above it in this list:

* `wordings`: texts in Chinese, in English or in both, safe to print
* `pages`: what a report is made of: cells, columns, tables, charts
* `under`: what stands under every table
* `markdown`: a report as Markdown
* `delimited`: tables as CSV
* `axes`: axes with round steps
* `drawing`: the parts of a picture
* `charts`: the chart of a table as SVG
* `html`: a report as one page that needs nothing else
* `workbook`: a report as a workbook (.xlsx)
* `naming`: groups and definitions in words
* `measures`: the columns that a figure has in a table
* `grids`: from a figure by its groups to a table of a report
* `pooling`: tables in which small groups stand together
* `returns`: returns filled from a tally, and reports of figures as anybody asks for them
"""

from __future__ import annotations

from complaint_rules.reports.charts import to_svg
from complaint_rules.reports.delimited import to_csv
from complaint_rules.reports.html import to_html
from complaint_rules.reports.markdown import to_markdown
from complaint_rules.reports.pages import Chart, ChartKind, ColumnKind, Grid, GridCell, GridColumn, Report
from complaint_rules.reports.returns import Needs, needs_of, report_of, return_of
from complaint_rules.reports.wordings import ReportLang, Wording
from complaint_rules.reports.workbook import to_xlsx

__all__ = [
    "Chart",
    "ChartKind",
    "ColumnKind",
    "Grid",
    "GridCell",
    "GridColumn",
    "Needs",
    "Report",
    "ReportLang",
    "Wording",
    "needs_of",
    "report_of",
    "return_of",
    "to_csv",
    "to_html",
    "to_markdown",
    "to_svg",
    "to_xlsx",
]
