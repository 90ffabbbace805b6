"""One option chosen by a person takes those along that no longer fit."""

from dataclasses import replace

from app.drafts.choosing import settled
from app.tabular.options import FileFormat, ParsingOptions

SAVED = ParsingOptions(delimiter=";", column_count=5, first_column=1, skipped_rows=2)
COMMA = replace(SAVED, delimiter=",", column_count=3, first_column=0, skipped_rows=4)
RECOGNITION = {
    "options": SAVED.to_dict(),
    "alternatives": [{"options": COMMA.to_dict(), "sentence": "The comma gives 3 columns."}],
}


def test_a_delimiter_that_was_recognised_too_brings_its_own_place():
    assert settled(replace(SAVED, delimiter=","), SAVED, RECOGNITION) == COMMA


def test_a_delimiter_nobody_thought_of_leaves_the_width_open():
    chosen = settled(replace(SAVED, delimiter="|"), SAVED, RECOGNITION)

    assert (chosen.column_count, chosen.first_column, chosen.skipped_rows) == (None, 0, 2)


def test_what_is_entered_with_it_stays():
    entered = replace(SAVED, delimiter=",", column_count=7)

    assert settled(entered, SAVED, RECOGNITION).column_count == 7


def test_other_options_leave_the_place_alone():
    entered = replace(SAVED, null_words=("NA",), header_rows=2, quote=SAVED.quote)

    assert settled(entered, SAVED, RECOGNITION) == entered


def test_another_format_forgets_the_width():
    chosen = settled(replace(SAVED, format=FileFormat.NDJSON), SAVED, {})

    assert chosen.column_count is None
