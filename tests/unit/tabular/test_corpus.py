"""Every file of the corpus is read as a person reads it, asked about, or refused; never guessed."""

import pytest

from app.tabular.files.source import FileUnreadable
from tests.corpus import CORPUS
from tests.corpus.messy import Messy
from tests.corpus.reading import our_reading

# name: why it is not read as it should be. One that passes fails the test: the list only shrinks.
KNOWN_GAPS = {
    "plate.txt": "numbers that count up are names, and are taken for a row",
    "codes_above_labels.csv": "of two rows of names, the lower one is a row in silence",
    "shop_orders.csv": "a cell that begins with an apostrophe lets quotes be taken for text",
    # Quotes that are text.
    "apostrophes_are_text.csv": "cells between apostrophes lose them, though they guard nothing",
    "each_line_quoted_whole.csv": "is read with the quotes at the ends, and not asked about",
    # Lines above the table and below.
    "key_values_above_two_columns.csv": "key and value lines are rows, and there is no header",
    "notice_with_commas.csv": "prose with as many commas as the table becomes its header",
    # Rows that are few in cells.
    "sparse_first_rows.csv": "the header and first rows are a preamble, and asked about",
    # Two tables, two rows of header.
    "second_table.csv": "of two tables, only the wider one is read, in silence",
    "second_table_of_the_same_width.csv": "two tables are read as one, in silence",
    # Delimiters.
    "box_drawing.txt": "borders drawn by box characters are refused",
    "decimal_comma_without_quotes.csv": "decimal commas part cells, in silence",
    "server_shell.txt": "a rule of dashes says where columns begin, and is not used",
    # No tables.
    "README.md": "is two columns, and asked about",
    "dentist.ics": "is two columns parted by a colon, and asked about",
    "server.pem": "is one column, and asked about",
    "tiles.eml": "is two columns, and asked about",
}


def is_known(file: Messy) -> pytest.ParameterSet:
    """Return the file, marked where it is known to fail."""
    reason = KNOWN_GAPS.get(file.name)
    marks = [pytest.mark.xfail(strict=True, reason=reason)] if reason else []
    return pytest.param(file, id=file.name, marks=marks)


@pytest.mark.parametrize("file", [is_known(file) for file in CORPUS])
def test_a_file_is_read_as_a_person_reads_it(file, tmp_path):
    path = tmp_path / file.name
    path.write_bytes(file.content)
    if file.refuse:
        with pytest.raises(FileUnreadable):
            our_reading(path)
        return

    try:
        reading = our_reading(path)
    except FileUnreadable:
        assert file.ask == "must"
        return

    if file.ask == "must":
        assert reading.asks
    elif file.ask == "no" or not reading.asks:
        assert (reading.header, reading.rows) == (file.header, file.rows)


def test_names_are_used_once_and_every_gap_is_one_of_a_file():
    names = [file.name for file in CORPUS]

    assert len(set(names)) == len(names)
    assert set(KNOWN_GAPS) <= set(names)
