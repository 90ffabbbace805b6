"""Reading kept lists: what was taken into them, and which columns and identifiers there are."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from app import storage
from app.audiences.lists import files, resolving
from app.audiences.lists.files import Kept, Table
from app.audiences.lists.models import IntakeStatus, ListIntake
from app.audiences.models import Audience
from app.extensions import db
from app.lake import engine
from app.people import queries as people
from app.people.identifiers import Identifier, Kind, declared, of_type, type_names
from app.tabular.options import ParsingOptions

# What stands for the person identifier, whatever each dataset calls it.
PERSON_IDENTIFIER = ""
SHOWN_INTAKES = 10
_VALUES_SHOWN, _VALUES_ASKED = 3, 100


@dataclass(frozen=True)
class Choice:
    """A column of a file, with its first values and how many of those looked at mean somebody."""

    name: str
    values: list[str]
    hit_count: int
    looked_at_count: int


@dataclass(frozen=True)
class Choices:
    """The columns of a file that waits, and the one that is most likely meant."""

    columns: list[Choice]
    guessed: str


def find_intake(intake_id: int) -> ListIntake | None:
    """Return a file of a list."""
    return db.session.get(ListIntake, intake_id)


def list_intakes(audience_id: int) -> Sequence[ListIntake]:
    """Return the last files that were sent for a list, the newest first."""
    found = select(ListIntake).where(ListIntake.audience_id == audience_id)
    return db.session.scalars(found.order_by(ListIntake.id.desc()).limit(SHOWN_INTAKES)).all()


def made_by(audience: Audience) -> ListIntake | None:
    """Return the last file that made or replaced the list and was taken in."""
    done = (ListIntake.audience_id == audience.id) & (ListIntake.status == IntakeStatus.DONE)
    found = select(ListIntake).where(done, ListIntake.action == "replace")
    return db.session.scalars(found.order_by(ListIntake.id.desc()).limit(1)).first()


def identifier_names() -> list[str]:
    """Return the types of identifiers that a list may have, the person identifier left out."""
    further = (each for each in declared(people.person_schemas()) if each.kind is Kind.FURTHER)
    return type_names(further)


def identifiers_of(name: str) -> list[Identifier]:
    """Return the identifiers of a type; of the person identifier all that are one."""
    known = declared(people.person_schemas())
    if name == PERSON_IDENTIFIER:
        return [each for each in known if each.kind is Kind.PERSON]
    return [each for each in of_type(known, name) if each.kind is Kind.FURTHER]


def source_of(intake: ListIntake) -> Kept:
    """Return the bytes of a file that is not taken in yet."""
    return Kept(storage.files(), intake.path, intake.file_name)


def choices_of(intake: ListIntake) -> Choices:
    """Return the columns to choose from; raise FileUnreadable."""
    options = ParsingOptions.from_dict(intake.options)
    return choices(files.looked_at(source_of(intake), options), intake.identifier)


def choices(table: Table, identifier: str) -> Choices:
    """Return the columns of a table, of which the likeliest has values of the identifier."""
    values = [table.values(name)[:_VALUES_ASKED] for name in table.columns]
    with engine.connection(storage.spill()) as session:
        hits = resolving.hits(
            session,
            storage.lake(),
            people.person_schemas(),
            identifiers_of(identifier),
            values,
        )
    columns = [
        Choice(name, own[:_VALUES_SHOWN], hit_count, len({*own}))
        for name, own, hit_count in zip(table.columns, values, hits, strict=True)
    ]
    wanted = identifier or _person_column()
    return Choices(columns, files.guessed(table, wanted, hits))


def left_behind(before: datetime) -> Sequence[ListIntake]:
    """Return the files nobody chose a column of for so long."""
    waits = ListIntake.status == IntakeStatus.WAITING
    return db.session.scalars(select(ListIntake).where(waits, ListIntake.created_at < before)).all()


def _person_column() -> str:
    keys = [each.name for each in declared(people.person_schemas()) if each.schema is not None]
    return keys[0] if keys else "id"
