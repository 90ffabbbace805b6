"""What a person reads of a run that failed."""

import errno

import duckdb
import pytest
from deltalake.exceptions import DeltaError

from app.execution import wording
from app.lake.tables import TableBusy
from app.lake.writing import PlanOutdated

FULL = "No space left on device"


def caused_by(failure: Exception, cause: Exception) -> Exception:
    failure.__cause__ = cause
    return failure


@pytest.mark.parametrize(
    "failure",
    [
        OSError(errno.ENOSPC, FULL),
        OSError(errno.EDQUOT, "Disk quota exceeded"),
        duckdb.IOException(f'IO Error: Could not write file "x": {FULL}'),
        duckdb.OutOfMemoryException(f"failed to offload data block: {FULL}"),
        DeltaError(f"Generic LocalFileSystem error: {FULL} (os error 28)"),
        caused_by(PlanOutdated("people"), OSError(errno.ENOSPC, FULL)),
    ],
)
def test_a_full_disk_is_said_whoever_found_it(failure):
    assert wording.sentence(failure) == "The disk is full. Free some room, then try it again."
    assert wording.unforeseen(failure) == wording.sentence(failure)


@pytest.mark.parametrize(
    ("failure", "said"),
    [
        (TableBusy("people"), "Another run was writing this dataset"),
        (PlanOutdated("people"), "Another run was writing this dataset"),
        (MemoryError(), "not enough memory"),
        (duckdb.OutOfMemoryException("could not allocate block"), "not enough memory"),
        (duckdb.IOException("Cannot open file"), "The lake could not be read or written"),
        (DeltaError("Not a Delta table"), "The lake could not be read or written"),
        (OSError(errno.EACCES, "Permission denied"), "(Permission denied)"),
        (OSError("Generic S3 error: /a/path"), "(the lake or the files store did not answer"),
    ],
)
def test_each_other_failure_has_its_sentence_and_says_to_try_it_again(failure, said):
    sentence = wording.sentence(failure)

    assert said in sentence
    assert sentence.endswith("ry it again.")


def test_what_nobody_foresaw_is_a_fault_of_ours():
    assert wording.unforeseen(KeyError("x")).startswith("A fault of ours")
