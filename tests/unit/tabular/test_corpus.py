"""Every file of the corpus is read as a person reads it, asked about, or refused; never guessed."""

import pytest

from app.tabular.files.source import FileUnreadable
from tests.corpus import CORPUS
from tests.corpus.messy import Messy
from tests.corpus.reading import our_reading

# name: why it is not read as it should be. One that passes fails the test: the list only shrinks.
KNOWN_GAPS: dict[str, str] = {
    "unit_separators.txt": "records end in lines only, not in the record separator (ASCII 30)",
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
