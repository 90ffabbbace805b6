"""What is prepared of events for audiences: copies, by person, of rows that are removed elsewhere.

Works within the caller's transactions, and commits nothing.
"""

from collections.abc import Iterable

import pyarrow.parquet as pq
from pyarrow.lib import ArrowInvalid

from app.erasures import tracked
from app.erasures.places import Place
from app.erasures.work import Steps, Work
from app.lake import erasing
from app.people import prepared, sources
from app.tracking import queries as tracking


def forget(work: Work) -> Steps:
    """Let nobody read copies any more that have rows of theirs; a build under way is waited for.

    What is prepared from now on is made of files and links in which they are not.
    """
    # What was lent may name them by a browser alone; nothing of ours reads it.
    prepared.take_back(work.lake)
    with work.lake.writer_lock(prepared.TABLE):
        # Not only in what notes name: which of them the job forgot before is chance.
        held = _held(work)
        work.tell(Place.PREPARED, sum(held.values()))
        if gone := _notes_to_forget(work, held):
            # Who is killed after that can no longer say so.
            work.erasure.replaced_at = work.clock()
            yield
            prepared.forget(work.lake, gone)
            work.erasure.replaced_at = work.clock()
    yield


def remove(work: Work) -> None:
    """Remove the files that were forgotten, and what killed builds left, once nobody has them."""
    with work.lake.writer_lock(prepared.TABLE):
        prepared.sweep(work.lake, older_than=work.means.grace)


def count_rows(work: Work) -> int:
    """Return how many rows of theirs are in copies, read or not; raise an error of DuckDB."""
    return erasing.count_rows(
        work.lake, prepared.TABLE, tracked.is_theirs(work.subject), is_past=True
    )


def _notes_to_forget(work: Work, held: Iterable[str]) -> list[str]:
    """Return the keys of notes that name a file with rows of theirs, or are of files replaced."""
    names = {file.rpartition("/")[2] for file in held}
    known = {each.key for each in sources.listed(tracking.meanings())}
    return [
        key
        for key, note in prepared.notes(work.lake).items()
        if key not in known or names & {note.named, note.linked}
    ]


def _held(work: Work) -> dict[str, int]:
    """Return the files with rows of theirs, and how many each; without those of killed builds."""
    files = [str(path) for path in prepared.files(work.lake) if _is_whole(str(path))]
    return erasing.hits(files, tracked.is_theirs(work.subject))


def _is_whole(file: str) -> bool:
    try:
        pq.read_metadata(file)
    except (ArrowInvalid, FileNotFoundError):
        return False
    return True
