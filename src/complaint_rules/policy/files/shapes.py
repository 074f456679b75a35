"""Every key that a policy file may have, section by section: the one list that the loader and the format page share."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from complaint_rules.calendar.hours import WEEK
from complaint_rules.documents.nodes import TITLES, Shape
from complaint_rules.mappings import FrozenMap

_READ_AS: Final = ("cite", "reading")
_ACCEPTS: Final = (*_READ_AS, "accept")
_COUNTING: Final = ("clock_starts", "roll", "receipt", "cut_off", "opening_day", "ends", "quiet")

SHAPES: Final[Mapping[str, Shape]] = FrozenMap(
    {
        "file": Shape(
            "a policy file",
            ("id", "edition", "title", "issuer", "checked_on"),
            (
                "effective_from", "effective_until", "citation", "source", "trade", "url", "extends", "remove",
                "applies", "routes", "note", "level", "body", "facts", "events", "codes", "parameters",
                "table", "limit", "duty", "checklist", "link", "basis", "base", "figure", "filing", "standing",
                "retention",
                "hours", "calendar", "quiet", "article", "cited", "displaced",
            ),
        ),
        "titles": TITLES,
        "extends": Shape("the policy extended", ("id", "edition")),
        "level": Shape("a level", ("id", "title"), listed=True),
        "body": Shape("a body", ("id", "title"), listed=True),
        "fact": Shape("a fact", ("type", "title"), ("assume", "ask", "values", "vocabulary", "implies", "negated")),
        "event": Shape("a kind of event", ("title",), ("before_receipt",)),
        "parameter": Shape("a parameter", ("type", "title"), ("cite", "default", "reading")),
        "parameter_use": Shape("a figure left to a parameter", ("parameter",)),
        "selector": Shape(
            "a selector of events",
            ("event",),
            ("by", "to", "unit", "outcome", "reason", "ref", "approved_by", "told", "items", "nth", "not"),
        ),
        "selector_not": Shape(
            "what a selector leaves out",
            (),
            ("by", "to", "unit", "outcome", "reason", "ref", "approved_by", "told", "items"),
        ),
        "void": Shape(
            "an event that ends a limit",
            ("event",),
            ("by", "to", "unit", "outcome", "reason", "ref", "approved_by", "told", "items", "nth", "not", "when",
             *_READ_AS),
        ),
        "table": Shape("a table", ("id", "title", "values"), ("about", "first", "every", *_ACCEPTS), listed=True),
        "table_row": Shape("a row of a table", ("value",), ("when", *_ACCEPTS)),
        "limit": Shape(
            "a limit",
            ("id", "title", "from", "until"),
            (
                "earliest", "latest", "first", "who", "modality", "when", "each", *_COUNTING, "agreed", "agreed_later",
                "pauses", "restart", "reopen", "void_on", "after_closing", "extension", *_ACCEPTS,
            ),
            listed=True,
        ),
        "limit_row": Shape("a row of a limit", (), ("within", "by", "when", "warn", *_ACCEPTS)),
        "pause": Shape("a pause", ("reason",), ("requires", *_READ_AS)),
        "restart": Shape("a restart", ("on",), ("when", *_READ_AS)),
        "extension": Shape(
            "an extension",
            (),
            ("id", "on", "add", "to", "from", "when", "requires", "approved_by", "times", *_READ_AS),
            listed=True,
        ),
        "duty": Shape(
            "a duty",
            ("id", "title"),
            (
                "must", "should", "must_not", "should_not", "may", "who", "to", "after", "until", "each", "within",
                "since", *_COUNTING, "when", "unless", *_ACCEPTS,
            ),
            listed=True,
        ),
        "accept": Shape("a finding that is accepted", ("code",), ("reading",)),
        "checklist": Shape("a checklist", ("id", "title", "of", "items"), ("modality", "when", *_READ_AS), listed=True),
        "link": Shape(
            "a link", ("id", "title", "same"), ("distinct", "window", "joint", "when", *_READ_AS), listed=True,
        ),
        "basis": Shape(
            "a counting rule",
            ("id", "title"),
            ("counts", "as", "weight", "since", "until", "replaces", "definition", *_READ_AS),
            listed=True,
        ),
        "base": Shape("a base", ("id", "title"), ("definition", *_READ_AS), listed=True),
        "figure": Shape(
            "a figure",
            ("id", "title"),
            (
                "share", "limit", "rate", "time", "bands", "show", "sum", "stock", "scale", "of", "by", "dated", "each",
                "basis", "part_of", "per", "who", "at_least", "at_most", "at_least_cases", "unit", "decimals",
                "definition",
                *_READ_AS,
            ),
            listed=True,
        ),
        "scaled": Shape("a number per so many", ("figure", "base", "per")),
        "measured": Shape("what is measured", ("from", "until", "unit"), ("less",)),
        "filing": Shape(
            "a filing",
            ("id", "title"),
            (
                "who", "to", "on", "day", "daily", "per", "within", "time", "before", "roll", "from", "until",
                "contents", "figures", "tables", "compare", "excluded", "written", "period", "so_far", *_READ_AS,
            ),
            listed=True,
        ),
        "filing_table": Shape("a table of a return", ("figure", "by"), ("basis", "within", "show", "median")),
        "standing": Shape(
            "a standing duty",
            ("id", "title", "who"),
            ("to", "modality", "per", "on", "within", "after", *_READ_AS),
            listed=True,
        ),
        "article": Shape("an article", ("id", "title"), ("state",), listed=True),
        "cited": Shape("a text that is cited", ("id", "title"), ("citation", "url", "article"), listed=True),
        "displaced": Shape("a rule that is displaced", ("rule",), ("replaced", "cites"), listed=True),
        "retention": Shape("the retention", ("within", "from"), ("id", "title", "contents", *_READ_AS)),
        "hours": Shape("the opening hours", ("spans",), ("weekday", "season", "day")),
        "weekday": Shape("the hours of a day of the week", (), WEEK),
        "season": Shape("the hours of a season", ("from", "until", "spans"), ("weekday",), listed=True),
        "hours_day": Shape("the hours of a day", ("on", "spans"), listed=True),
        "calendar": Shape("the calendar of one's own", (), ("day", "notice", "make_up_days")),
        "calendar_day": Shape("a day of one's own", ("on", "works", "reason"), listed=True),
        "notice": Shape(
            "a State Council notice",
            ("year", "days_off", "make_up_days"),
            ("statutory", "exceptions", "number", "issued", "published", "address"),
            listed=True,
        ),
        "quiet": Shape("the quiet hours", ("start", "end"), ("cite",)),
        "vocabulary": Shape("a vocabulary", ("title", "values"), ("under",)),
    }
)  # fmt: skip
"""Shapes by name: ``file`` is the top of a file, ``vocabulary`` stands in the library's own file only, the
others are the tables in a policy file."""

ENTRIES: Final = (
    "level", "body", "table", "limit", "duty", "checklist", "link", "basis", "base", "figure", "filing", "standing",
    "cited",
)  # fmt: skip
"""Sections that are lists of tables with an ``id``, merged entry by entry."""
NAMED: Final = ("facts", "events", "codes", "parameters")
"""Sections whose entries stand under their names, merged entry by entry."""
SINGLE: Final = ("retention", "hours", "calendar", "quiet", "applies", "routes", "note")
"""Parts of a policy that are replaced or removed as a whole."""
