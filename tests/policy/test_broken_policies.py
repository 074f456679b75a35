"""Policy files with one fault each, in the folder `broken`: where the message points, and the words it must hold."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest

from complaint_rules.errors import InvalidPolicy
from complaint_rules.policy.policy import Policy

FOLDER: Final = Path(__file__).with_name("broken")

# The reason why each is a fault is the first line of its file. First the place, then the words; a place that starts
# with a colon is a line and column.
FAULTS: Final[dict[str, tuple[str, ...]]] = {
    "unknown_section": ("limits", "no such key", "did you mean 'limit'?"),
    "missing_edition": ("edition", "missing"),
    "id_with_spaces": ("id", "ASCII letters", "'my bank'"),
    "edition_is_a_number": ("edition", "a text is expected", "2016", "put it in quotes"),
    "checked_on_in_words": ("checked_on", "a date is expected", "'yesterday'", "2026-11-21"),
    "checked_on_too_early": ("checked_on", "2001"),
    "effective_backwards": ("effective_until", "before effective_from, 2020-03-01"),
    "title_without_chinese": ("title.zh", "missing"),
    "title_in_a_third_language": ("title.fr", "no such key", "zh, en"),
    "title_is_text": ("title", "is a table", "zh = …"),
    "title_is_blank": ("title.en", "empty"),
    "title_with_line_break": ("title.en", "printable"),
    "citation_without_place": ("citation.zh", "exactly one {}", "'第条'"),
    "citation_with_two_places": ("citation.en", "exactly one {}"),
    "citation_with_name": ("citation.en", "exactly one {}"),
    "note_without_english": ("note[0].en", "missing"),
    "section_is_one_table": ("level", "a list is expected", "[[level]]"),
    "section_is_a_number": ("facts", "named entries", "[facts.name]"),
    "entry_is_text": ("level[0]", "a level is a table", "'outlet'"),
    "syntax": (":8:", "no TOML", "[[level]"),
    "quotes_in_a_condition": (":9:", "no TOML", "single quotes", "priority == 'urgent'"),
    "table_over_two_lines": (":8:", "no TOML", "one line"),
    "key_twice": (":9:", "no TOML", "Cannot overwrite"),
    "cut_off": ("", "no TOML", "Invalid value", "end of the file"),
    "endless_number": ("", "at most 40 digits"),
    "endless_integer": ("", "beyond what can be read"),
    "level_twice": ("level[2].id", "another level", "'outlet'"),
    "level_in_chinese": ("level[0].id", "ASCII"),
    "body_is_level": ("body", "a level already", "'outlet'"),
    "route_to_nowhere": ("routes[0]", "no such level", "did you mean 'outlet'?"),
    "route_of_three": ("routes[0]", "one level to another"),
    "fact_of_unknown_type": ("facts.unionpay.type", "a type of fact", "did you mean 'bool'?"),
    "fact_without_title": ("facts.unionpay.title", "missing"),
    "fact_retyped": ("facts.complainants.type", "has type int"),
    "fact_presumed_wrongly": ("facts.unionpay.assume", "true or false", "'no'"),
    "fact_presumed_unlisted": ("facts.product.assume", "not among its codes"),
    "fact_level_unknown": ("facts.owner.assume", "neither a level nor a body", "did you mean 'outlet'?"),
    "fact_with_useless_list": ("facts.unionpay.values", "type text and set"),
    "fact_with_empty_list": ("facts.product.values", "codes with their titles"),
    "vocabulary_unknown": ("facts.cause.vocabulary", "a vocabulary is expected", "did you mean 'cause'?"),
    "vocabulary_and_values": ("facts.cause.vocabulary", "not both"),
    "vocabulary_of_a_number": ("facts.cause.vocabulary", "type text and set"),
    "fact_asked_of_nobody": ("facts.unionpay.ask", "who can answer", "bank_records"),
    "fact_named_as_function": ("facts.count", "the language of conditions"),
    "fact_with_hyphen": ("facts.union-pay", "identifier"),
    "channel_of_ones_own": ("facts.channel.values", "closed list", "'pigeon'"),
    "event_redeclared": ("events.replied", "standard kind"),
    "event_with_hyphen": ("events.on-site", "identifier"),
    "parameter_of_unknown_type": ("parameters.wait.type", "a type of parameter", "period"),
    "default_unmarked": ("parameters.wait.default", "mark it", "reading"),
    "default_misfit": ("parameters.wait.default", "no unit", "'7'"),
    "reading_without_english": ("parameters.wait.reading.en", "missing"),
    "table_without_id": ("table[0].id", "missing"),
    "table_twice": ("table[1].id", "another table", "'priority'"),
    "table_without_rows": ("table[0]", "first or every is missing"),
    "table_with_no_row": ("table[0].first", "no row"),
    "table_both_ways": ("table[0]", "not both"),
    "value_undeclared": ("table[0].first[0].value", "one of the table's values", "did you mean 'urgent'?"),
    "row_unreachable": ("table[0].first[1]", "never be reached", "first[0]"),
    "row_after_true": ("table[0].first[1]", "never be reached"),
    "row_is_text": ("table[0].first[0]", "a row of a table is a table"),
    "condition_on_unknown_fact": (
        "table[0].first[0].when, character 1",
        "the name is unknown",
        "did you mean 'complainants'?",
    ),
    "condition_runs_code": ("table[0].first[0].when, character 17", "nothing but event has fields"),
    "condition_is_true": ("table[0].first[0].when, character 1", "a condition is text", "True"),
    "value_compared_unknown": ("limit[0].earliest[0].when, character 13", "no such value", "did you mean 'urgent'?"),
    "cite_is_a_number": ("table[0].first[0].cite", "a text is expected", "14.10"),
    "cite_is_empty": ("table[0].first[0].cite", "empty", "leave the key out"),
    "code_in_chinese": ("table[0].values", "ASCII", "'急'"),
    "table_named_as_fact": ("table[0].id", "that of a fact", "'joint'"),
    "limit_named_as_table": ("limit[0].id", "that of a table", "'whole'"),
    "parameter_named_as_fact": ("parameters.amount", "that of a fact"),
    "cyclic_tables": ("table", "depend on one another", "priority → scale → priority"),
    "cyclic_limit": ("limit", "depend on one another", "whole → whole"),
    "cyclic_link": ("link", "depend on one another", "link same → priority → link same"),
    "limit_without_end": ("limit[0].until", "missing"),
    "limit_from_unknown_event": ("limit[0].from", "kind of event is unknown", "did you mean 'received'?"),
    "limit_from_nothing": ("limit[0].from", "names no event"),
    "limit_from_a_number": ("limit[0].from[0]", "an event is expected", "event ="),
    "limit_unknown_key": ("limit[0].wihtin", "no such key"),
    "limit_without_figures": ("limit[0]", "earliest or first is missing"),
    "row_of_limit_unreachable": ("limit[0].first[1]", "never be reached"),
    "within_without_unit": ("limit[0].earliest[0].within", "no unit", "'5'"),
    "within_is_a_number": ("limit[0].earliest[0].within", "a text is expected", "5"),
    "within_and_by": ("limit[0].earliest[0]", "not both"),
    "within_nothing": ("limit[0].earliest[0]", "within or by is missing"),
    "by_is_no_moment": ("limit[0].earliest[0].by", "type moment or day", "decimal"),
    "by_is_unknown": ("limit[0].earliest[0].by", "no such fact", "did you mean 'received'?"),
    "parameter_unknown": ("limit[0].earliest[0].within.parameter", "no such parameter", "'wait'"),
    "parameter_no_period": ("limit[0].earliest[0].within.parameter", "type period", "int"),
    "parameter_unnamed": ("limit[0].earliest[0].within.parameter", "missing"),
    "roll_unknown": ("limit[0].roll", "manner of rolling", "did you mean 'next_working_day'?"),
    "clock_starts_in_words": ("limit[0].clock_starts", "a time of day", "08:30"),
    "clock_starts_too_late": ("limit[0].clock_starts", "a time of day"),
    "quiet_without_hours": ("limit[0].quiet", "no quiet hours", "[quiet]"),
    "each_in_quotes": ("limit[0].each", "true or false", "without quotes"),
    "modality_of_a_duty": ("limit[0].modality", "must or should", "'may'"),
    "reopen_unknown": ("limit[0].reopen", "a reopening", "continue, restart, new"),
    "pause_without_reason": ("limit[0].pauses[0].reason", "missing"),
    "pause_reason_twice": ("limit[0].pauses[0].reason[1]", "twice"),
    "restart_without_event": ("limit[0].restart.on", "missing"),
    "extension_both_ways": ("limit[0].extension[0]", "not both"),
    "extension_of_nothing": ("limit[0].extension[0]", "add or to is missing"),
    "extension_in_another_unit": ("limit[0].extension[0].add", "unit", "working days"),
    "extension_from_without_total": ("limit[0].extension[0].from", "only a total"),
    "extension_never": ("limit[0].extension[0].times", "from 1 to 100"),
    "extension_twice": ("limit[0].extension[1].id", "another extension", "'long'"),
    "approver_unknown": ("limit[0].extension[0].approved_by", "neither a level nor a body", "did you mean 'branch'?"),
    "selector_to_nowhere": ("limit[0].from.to", "neither a level nor a body", "did you mean 'outlet'?"),
    "selector_by_nobody": ("limit[0].from.by", "neither a level nor a body", "none is declared"),
    "selector_without_event": ("limit[0].from.event", "missing"),
    "selector_of_the_zeroth": ("limit[0].from.nth", "from 1 to"),
    "selector_unknown_key": ("limit[0].from.two", "no such key"),
    "selector_empty_list": ("limit[0].from.outcome", "empty list"),
    "duty_of_two_kinds": ("duty[0]", "exactly one act", "['must', 'may']"),
    "duty_without_act": ("duty[0]", "exactly one act"),
    "duty_with_excuse": ("duty[0].unless", "prohibition or a permission"),
    "duty_event_in_when": ("duty[0].when, character 1", "no event here"),
    "duty_twice": ("duty[1].id", "another duty", "'report'"),
    "checklist_without_items": ("checklist[0].items", "missing"),
    "tables_are_a_number": ("table", "a list is expected", "[[table]]"),
    "checklist_without_id": ("checklist[0].id", "missing"),
    "checklist_twice": ("checklist[1].id", "another checklist"),
    "link_without_id": ("link[0].id", "missing"),
    "figure_without_id": ("figure[0].id", "missing"),
    "told_a_number": ("checklist[0].of.told[0]", "a text is expected", "5"),
    "items_are_a_list": ("checklist[0].items", "codes with their titles"),
    "link_on_unknown_fact": ("link[0].same", "no such fact", "did you mean 'kind'?"),
    "link_without_unit": ("link[0].window", "no unit"),
    "figure_share_and_by": ("figure[0].by", "either a share or a distribution"),
    "figure_by_unknown": ("figure[0].by", "table or fact", "did you mean 'channel'?"),
    "figure_per_fortnight": ("figure[0].per", "reporting period", "quarter"),
    "quota_as_number": ("figure[0].at_least", "a share is expected", "0.2", "20 %"),
    "quota_above_whole": ("figure[0].at_least", "at most at 100 %"),
    "quota_of_nothing": ("figure[0].at_least", "above 0 %"),
    "quota_without_share": ("figure[0].at_least", "one of a share"),
    "filing_on_two_schedules": ("filing[0]", "only one of on, day and daily"),
    "filing_on_leap_day": ("filing[0].on", "a day of every year", "'02-29'"),
    "filing_on_reversed_date": ("filing[0].on", "a day of every year", "06-15"),
    "filing_on_day_32": ("filing[0].day", "from 1 to 31"),
    "retention_from_nowhere": ("retention.from", "missing"),
    "hours_of_one_end": ("hours.spans[0]", "two times of day"),
    "hours_overlapping": ("hours.spans", "overlap"),
    "quiet_for_ever": ("quiet", "empty"),
    "quiet_until_later": ("quiet.end", "a time of day"),
    "extends_unknown": ("extends", "there is no policy", "did you mean 'cbirc-2020-3'?"),
    "extends_unknown_edition": ("extends", "of edition '1999'"),
    "extends_itself": ("extends.id", "extends itself", "broken → broken"),
    "extends_without_edition": ("extends.edition", "missing"),
    "remove_from_nothing": ("remove", "nothing can be removed"),
    "remove_unknown": ("remove[0]", "no such entry", "did you mean 'limit/decide'?"),
    "remove_is_text": ("remove", "a list is expected"),
}


def test_every_broken_file_stands_in_the_table() -> None:
    assert sorted(FAULTS) == sorted(path.stem for path in FOLDER.glob("*.toml"))


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_file_is_refused_with_its_one_fault_its_place_and_the_likely_intent(name: str) -> None:
    with pytest.raises(InvalidPolicy) as refused:
        Policy.from_file(FOLDER / f"{name}.toml")
    place, *words = FAULTS[name]
    (fault,) = refused.value.faults
    if place.startswith(":"):
        assert fault.where.startswith(f"{name}.toml{place}")
    else:
        assert fault.where == (f"{name}.toml: {place}" if place else f"{name}.toml")
    for word in words:
        assert word in str(fault)
    assert str(fault) in str(refused.value)


@pytest.mark.parametrize("name", FAULTS)
def test_a_broken_file_says_in_its_first_line_why_it_is_broken(name: str) -> None:
    assert (FOLDER / f"{name}.toml").read_text("utf-8").startswith("# ")
