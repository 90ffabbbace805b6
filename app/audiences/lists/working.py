"""Taking a file into a list: whom its values mean, recorded as changes. It never commits."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import duckdb

from app import storage
from app.audiences import changes
from app.audiences.changes import Recorded
from app.audiences.lists import files, queries, resolving
from app.audiences.lists.models import Action, ListIntake
from app.audiences.lists.resolving import Meant
from app.audiences.models import Audience, AudienceStatus
from app.extensions import db
from app.lake import engine
from app.people import queries as people
from app.suppressions import queries as suppressions
from app.tabular.files.source import FileUnreadable
from app.tabular.options import ParsingOptions
from app.tabular.reading import columns_of as columns_read
from app.tabular.reading import read

_NOBODY = "list_nobody"


class IdentifierGone(Exception):
    """No dataset has the type of identifier any more that the file's values are of."""


@dataclass(frozen=True)
class Taken:
    """What a file came to: whom its values meant, and who entered and left by it."""

    meant: Meant
    recorded: Recorded


def columns_of(intake: ListIntake) -> tuple[str, ...]:
    """Return the columns of a file; raise FileUnreadable."""
    options = ParsingOptions.from_dict(intake.options)
    return columns_read(queries.source_of(intake), options).names


def take_in(intake: ListIntake, now: datetime) -> Taken:
    """Record who enters and leaves the list; raise FileUnreadable, IdentifierGone or TableBusy.

    The same file again records nothing, so that a worker may be killed at any time.
    """
    identifiers = queries.identifiers_of(intake.identifier)
    if not identifiers:
        raise IdentifierGone(intake.identifier)
    lake, public_id, action = storage.lake(), intake.audience.public_id, intake.action
    with engine.connection(storage.spill()) as session:
        row_count, name = _read(session, intake)
        resolving.find(session, lake, people.person_schemas(), identifiers)
        with lake.writer_lock(changes.TABLE):
            # Whoever is erased meanwhile is suppressed first, and then taken out under this lock.
            db.session.rollback()
            suppressed = suppressions.suppressed()
            resolving.leave_out(session, suppressed)
            members, scope = _sides(session, action)
            recorded = changes.record(session, lake, public_id, members, now, scope=scope)
        return Taken(resolving.told(session, row_count, suppressed, name), recorded)


def ended(intake: ListIntake, taken: Taken | None, now: datetime) -> dict[str, Any]:
    """Write down what a file came to, and return what becomes of its audience's row."""
    if taken is None:
        return {"status": AudienceStatus.EVALUATED}
    meant, recorded = taken.meant, taken.recorded
    for name in ("row_count", "taken_count", "unknown_count", "ambiguous_count"):
        setattr(intake, name, getattr(meant, name))
    intake.unknown, intake.ambiguous = meant.unknown, meant.ambiguous
    intake.entered_count, intake.exited_count = recorded.entered_count, recorded.exited_count
    return {
        "status": AudienceStatus.EVALUATED,
        "failure": None,
        "version": Audience.version + 1,
        "evaluated_at": now,
        "member_count": recorded.member_count,
        "entered_count": recorded.entered_count,
        "exited_count": recorded.exited_count,
        "sequence": recorded.last_sequence,
    }


def _read(session: duckdb.DuckDBPyConnection, intake: ListIntake) -> tuple[int, str]:
    """Read the values of the column; return how many, and what stands above it if it may be one."""
    options, source = ParsingOptions.from_dict(intake.options), queries.source_of(intake)
    resolving.begin(session)
    name, number = _name_above(source, options), 0
    if name:
        resolving.add_text(session, name)
    for batch in read(source, options, columns=[intake.column]):
        number += resolving.add(session, batch.cells[intake.column])
        if number > files.MOST_ROWS:
            raise FileUnreadable(
                "too_many_rows",
                f"The file has more than {files.MOST_ROWS:,} identifiers.",
                "Send it in parts.",
            )
    return number, name


def _name_above(source: files.Kept, options: ParsingOptions) -> str:
    """Return what a file of one column has above it: it may be an identifier, too."""
    names = columns_read(source, options).original_names
    return names[0].strip() if options.has_header and len(names) == 1 else ""


def _sides(session: duckdb.DuckDBPyConnection, action: Action) -> tuple[str, str | None]:
    """Return who is on the list, and among whom; nobody else is touched."""
    if action is Action.REPLACE:
        return resolving.PEOPLE, None
    if action is Action.ADD:
        return resolving.PEOPLE, resolving.PEOPLE
    resolving.nobody(session, _NOBODY)
    return _NOBODY, resolving.PEOPLE
