"""A report as one page of HTML that needs nothing else: no script, no network, for the screen and for A4 paper.

What writes it is Jinja2, an optional extra; every text is escaped by it.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from typing import Final

from complaint_rules.errors import InvalidReport
from complaint_rules.reports.charts import to_svg
from complaint_rules.reports.drawing import INK, PAPER
from complaint_rules.reports.pages import Grid, Report, as_report
from complaint_rules.reports.under import lines_over, lines_under
from complaint_rules.reports.wordings import ReportLang, in_words, report_language
from complaint_rules.words.report_texts import NOTE, WRITTEN

FAINT: Final = "#555555"
"""The colour of what stands under tables; it can be read on paper and on `SHADE`."""
SHADE: Final = "#f2f4f7"
"""The colour behind the heads of tables."""

_PAGE: Final = """\
{% macro words(text) -%}
{% if lang == "both" and text is mapping and text.zh != text.en -%}
{{ said(text, "zh") }} · <span lang="en">{{ said(text, "en") }}</span>
{%- else -%}
{{ said(text, lang) }}
{%- endif %}
{%- endmacro %}
{% macro listed(lines) -%}
<dl>
{% for line in lines %}
<dt>{{ line.term }}</dt><dd>{{ line.content }}</dd>
{% endfor %}
</dl>
{%- endmacro %}
{% macro cells(columns, row) -%}
{% set heads = namespace(leading=true) -%}
<tr>
{%- for column, cell in zip(columns, row) -%}
{% if column.kind == "number" %}{% set heads.leading = false %}{% endif -%}
{% if heads.leading -%}
<th scope="row">{{ cell.printed(lang) }}</th>
{%- else -%}
<td{% if column.kind == "number" %} class="n"{% endif %}>{{ cell.printed(lang) }}</td>
{%- endif %}
{%- endfor -%}
</tr>
{%- endmacro %}
<!DOCTYPE html>
<html lang="{{ tongue }}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{{ said(report.title, lang) }}</title>
<style>
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: {{ ink }}; background: {{ paper }};
  font: 16px/1.5 system-ui, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", sans-serif; }
h1 { font-size: 1.6rem; margin-bottom: 0; } h2 { font-size: 1.2rem; margin-top: 2.5rem; } h3 { font-size: 1rem; }
table { border-collapse: collapse; width: 100%; margin: 1rem 0 .5rem; }
th, td { padding: .3rem .6rem; border-bottom: 1px solid #c8c8c8; text-align: left; vertical-align: top;
  white-space: pre-line; unicode-bidi: isolate; }
tbody th, td:not(.n) { overflow-wrap: anywhere; }
thead th { background: {{ shade }}; border-bottom: 2px solid {{ ink }}; }
tbody th { font-weight: normal; }
tfoot th, tfoot td { font-weight: bold; border-top: 2px solid {{ ink }}; }
th.n, td.n { text-align: right; font-variant-numeric: tabular-nums; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0 .8rem; margin: 0; font-size: .85rem;
  color: {{ faint }}; }
dd { margin: 0; white-space: pre-line; unicode-bidi: isolate; }
figure { margin: 1rem 0; } svg { display: block; width: 100%; height: auto; }
footer { margin-top: 2rem; }
.write { min-height: 6rem; border: 1px dashed {{ faint }}; }
@page { size: A4; margin: 15mm; }
@media print {
  body { margin: 0; padding: 0; max-width: none; font-size: 10.5pt; print-color-adjust: exact; }
  h2, h3 { break-after: avoid; } figure, tr, dl, .write { break-inside: avoid; } thead { display: table-header-group; }
  tfoot { display: table-row-group; } tfoot, dl { break-before: avoid; }
}
</style>
</head>
<body>
<header>
<h1>{{ words(report.title) }}</h1>
{% if report.subtitle %}
<p>{{ words(report.subtitle) }}</p>
{% endif %}
{{ listed(over) }}
</header>
<main>
{% for grid, svg, under in grids %}
<section id="{{ grid.id }}">
<h2 id="{{ grid.id }}:title">{{ words(grid.title) }}</h2>
{% if svg %}
<figure>{{ svg | safe }}</figure>
{% endif %}
<table aria-labelledby="{{ grid.id }}:title">
<thead><tr>
{% for column in grid.columns %}
<th scope="col"{% if column.kind == "number" %} class="n"{% endif %}>{{ words(column.title) }}</th>
{% endfor %}
</tr></thead>
{% if grid.rows %}
<tbody>
{% for row in grid.rows %}
{{ cells(grid.columns, row) }}
{% endfor %}
</tbody>
{% endif %}
{% if grid.total is not none %}
<tfoot>
{{ cells(grid.columns, grid.total) }}
</tfoot>
{% endif %}
</table>
{{ listed(under) }}
</section>
{% endfor %}
{% if report.written %}
<section>
<h2>{{ words(written) }}</h2>
{% for heading in report.written %}
<h3>{{ words(heading) }}</h3>
<div class="write"></div>
{% endfor %}
</section>
{% endif %}
</main>
{% if report.notes %}
<footer>
<dl>
{% for text in report.notes %}
<dt>{{ words(note) }}</dt><dd>{{ words(text) }}</dd>
{% endfor %}
</dl>
</footer>
{% endif %}
</body>
</html>
"""
_EXTRA: Final = "install the extra that writes it: pip install 'complaint-rules[report]'"


def to_html(report: Report, lang: ReportLang = "zh") -> str:
    """Write a report as one page of HTML, in Chinese, in English, or in both side by side.

    Raises `InvalidReport` for anything but a report, and where the extra `report` is not installed; `UnknownLanguage`.

    >>> import datetime as dt
    >>> at = dt.datetime(2026, 10, 9, tzinfo=dt.UTC)
    >>> "<h1>A &lt; B</h1>" in to_html(Report(title="A < B", at=at), "en")
    True
    """
    lang = report_language(lang)
    report = as_report(report)
    return _template()(
        report=report,
        lang=lang,
        tongue="en" if lang == "en" else "zh-CN",
        over=lines_over(report, lang),
        grids=[(grid, _drawn(grid, lang), lines_under(grid, lang)) for grid in report.grids],
        written=WRITTEN,
        note=NOTE,
    )


def _drawn(grid: Grid, lang: ReportLang) -> str:
    return "" if grid.chart is None else to_svg(grid, lang)


@lru_cache(maxsize=1)
def _template() -> Callable[..., str]:
    try:
        import jinja2  # most who count write no page, and the plain install does not need it
    except ImportError:
        raise InvalidReport(what="to_html", why="a page is written by Jinja2", hint=_EXTRA) from None
    environment = jinja2.Environment(
        autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
    )
    environment.globals |= {"said": in_words, "zip": zip, "ink": INK, "paper": PAPER, "faint": FAINT, "shade": SHADE}
    return environment.from_string(_PAGE).render
