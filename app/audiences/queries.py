"""Reading audiences, their members and what may be asked for."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_sqlalchemy.pagination import Pagination
from sqlalchemy import or_, select

from app import storage
from app.audiences import changes, kept_lists
from app.audiences.compiling.question import Question
from app.audiences.counting import Counted, Counter
from app.audiences.evaluation import basis
from app.audiences.evaluation.basis import Sight
from app.audiences.found import Remembered
from app.audiences.live import Pages
from app.audiences.models import Audience
from app.audiences.tree import reading, sentences, values
from app.audiences.tree.conditions import Attribute, Group, GroupKind, In
from app.audiences.tree.vocabulary import Column, Known, Vocabulary
from app.extensions import db
from app.lake.readable import as_text
from app.people import lookups
from app.people import queries as people
from app.people.identifiers import declared, of_type, type_names
from app.people.world import World

AUDIENCES_A_PAGE, MEMBERS_A_PAGE, LATEST = 50, 50, 20
MOVES_SHOWN = 4
_pages, _found = Pages(), Remembered()


@dataclass(frozen=True)
class MembersPage:
    """One page of members, of the `matching_count` that match."""

    rows: list[dict[str, Any]]
    matching_count: int
    number: int

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.matching_count // MEMBERS_A_PAGE))


@dataclass(frozen=True)
class Membership:
    """An audience somebody is in, and since when."""

    name: str
    public_id: str
    since: datetime


@dataclass(frozen=True)
class Looked:
    """What a look-up by an identifier found; `is_shared` where the value means several people."""

    audiences: list[Membership]
    is_shared: bool


@dataclass(frozen=True)
class Standing:
    """A person and an audience, which may be deleted since: when they entered and left, in order.

    A deleted audience has no members, though nothing of it is in the log.
    """

    public_id: str
    audience: Audience | None
    moves: list[dict[str, Any]]

    @property
    def is_in(self) -> bool:
        """Tell whether the person is in it now."""
        return self.audience is not None and bool(self.moves[-1]["membership"])

    @property
    def since(self) -> datetime:
        """When the person entered or left last."""
        moment: datetime = self.moves[-1]["changed_at"]
        return moment

    @property
    def last_moves(self) -> list[dict[str, Any]]:
        """The last times they entered and left, the newest first."""
        return self.moves[: -MOVES_SHOWN - 1 : -1]

    @property
    def earlier_count(self) -> int:
        """How often they entered and left before those."""
        return max(0, len(self.moves) - MOVES_SHOWN)

    @property
    def name(self) -> str:
        """The audience's name, as far as there is one."""
        return self.audience.name if self.audience is not None else ""

    def to_dict(self) -> dict[str, Any]:
        """Return it as JSON can hold it, for whom it is about."""
        moves = [
            {"membership": move["membership"], "at": as_text(move["changed_at"])}
            for move in self.moves
        ]
        named = {"audience_id": self.public_id, "audience": self.name or None}
        return {**named, "is_member": self.is_in, "changes": moves}


def list_audiences(*, search: str = "", number: int = 1) -> Pagination:
    """Return a page of audiences, by name."""
    found = select(Audience).order_by(Audience.name)
    if search:
        found = found.where(
            or_(
                Audience.name.icontains(search, autoescape=True),
                Audience.description.icontains(search, autoescape=True),
            )
        )
    return db.paginate(found, page=number, per_page=AUDIENCES_A_PAGE, error_out=False)


def find_audience(audience_id: int) -> Audience | None:
    """Return the audience with this id."""
    return db.session.get(Audience, audience_id)


def find_named(name: str) -> Audience | None:
    """Return the audience of a name, or with a public id."""
    named = Audience.name == name
    found = select(Audience).where(named | (Audience.public_id == name)).order_by(~named)
    return db.session.scalars(found).first()


def sentence_of(audience: Audience) -> str:
    """Return an audience's conditions as a sentence, other audiences by name."""
    try:
        return sentences.sentence(tree_of(audience), audience.zone, names())
    except reading.TreeInvalid:
        return "Its conditions were stored by an earlier version and are not read any more."


def names() -> dict[str, str]:
    """Return the names of all audiences, by their public ids."""
    return {row[0]: row[1] for row in db.session.execute(select(Audience.public_id, Audience.name))}


def names_reading(schema_name: str) -> list[str]:
    """Return the names of the audiences that ask for an attribute of the schema."""
    found = db.session.execute(select(Audience.name, Audience.tree).order_by(Audience.name))
    return [row.name for row in found if schema_name in _schemas_in(row.tree)]


def _schemas_in(node: Any) -> Iterator[str]:
    """Yield the schemas that a stored tree names."""
    if isinstance(node, list):
        for each in node:
            yield from _schemas_in(each)
    elif isinstance(node, dict):
        if isinstance(attribute := node.get("attribute"), dict):
            yield attribute["schema"]
        for each in node.values():
            yield from _schemas_in(each)


def vocabulary() -> Vocabulary:
    """Return every attribute of people with where it is, and every audience."""
    attributes = {
        Attribute(schema.name, column.name): Column(schema.id, column.field_name, column.type)
        for schema in people.person_schemas()
        for column in schema.columns
    }
    found = (_known(each) for each in db.session.scalars(select(Audience)))
    return Vocabulary(attributes, {each.public_id: each for each in found if each is not None})


def _known(audience: Audience) -> Known | None:
    """Return the audience as others ask for it; none whose stored tree is not read any more."""
    try:
        tree = None if audience.is_list else reading.parsed(audience.tree)
    except reading.TreeInvalid:
        return None
    return Known(audience.public_id, audience.name, tree, audience.zone)


def tree_of(audience: Audience) -> Group:
    """Return the conditions of an audience; of a kept list, to be on it."""
    if audience.is_list:
        return Group(GroupKind.ALL, (In(audience.public_id),))
    return reading.parsed(audience.tree)


def question(world: World, zone: str, now: datetime) -> Question:
    """Return what a tree is asked of: this world, at this moment, with the days of a time zone."""
    return Question(world, vocabulary(), now, values.zone(zone))


def count(
    tree: Group, *, zone: str, now: datetime, page: str = "", audience: Audience | None = None
) -> Counted:
    """Count who is in a tree, to the last whole minute.

    A count for the same page ends the one before, which raises Superseded. With an audience it says
    too who would enter and leave it. Raises AttributeUnknown, AudienceUnknown,
    AudienceInItself or ValueUnfit.
    """
    minute = now.replace(second=0, microsecond=0)
    state = sight().state(vocabulary())
    with people.opened_world() as (session, world), _pages.counting(page, session) as check:
        asked = kept_lists.filled(question(world, zone, minute), tree, session)
        counter = Counter(session, asked, state, _found, check)
        was_in = None
        if audience is not None:
            was_in = changes.current(storage.lake(), [audience.public_id])
        return counter.counted(tree, was_in)


def list_members(
    audience: Audience, *, search: str, number: int, until: int | None = None
) -> MembersPage:
    """Return a page of who is in an audience since its last evaluation, or was at a sequence."""
    rows, count = changes.list_members(
        storage.lake(),
        audience.public_id,
        search=search,
        until=until,
        limit=MEMBERS_A_PAGE,
        offset=(number - 1) * MEMBERS_A_PAGE,
    )
    return MembersPage(rows=rows, matching_count=count, number=number)


def list_changes(audience: Audience) -> list[dict[str, Any]]:
    """Return the last changes of an audience, the newest first."""
    return changes.list_latest(storage.lake(), audience.public_id, LATEST)


def audiences_of(person_id: str) -> list[tuple[Audience, datetime]]:
    """Return the audiences a person is in, each with since when."""
    return [
        (each.audience, each.since)
        for each in standings_of(person_id)
        if each.is_in and each.audience is not None
    ]


def standings_of(person_id: str) -> list[Standing]:
    """Return how a person stands to each audience they ever were in: those they are in first."""
    moves: dict[str, list[dict[str, Any]]] = {}
    for row in changes.moves_of(storage.lake(), person_id):
        moves.setdefault(row["audience_id"], []).append(row)
    rows = db.session.scalars(select(Audience).where(Audience.public_id.in_(moves)))
    audiences = {audience.public_id: audience for audience in rows}
    found = [Standing(each, audiences.get(each), own) for each, own in moves.items()]
    return sorted(found, key=lambda each: (not each.is_in, each.name.casefold()))


def identifier_types() -> list[str]:
    """Return the types of person identifiers that memberships can be asked by."""
    return type_names(declared(people.person_schemas()))


def look_up(type_name: str, value: str) -> Looked | None:
    """Return the audiences of whom a value identifies; None where there is no such type.

    A value that several people share tells nobody apart, so that it is in no audience.
    """
    identifiers = of_type(declared(people.person_schemas()), type_name)
    if not identifiers:
        return None
    persons = lookups.persons(storage.lake(), identifiers, value)
    if len(persons) != 1:
        return Looked(audiences=[], is_shared=len(persons) > 1)
    since = changes.looked_up(storage.lake(), persons[0])
    rows = db.session.execute(
        select(Audience.public_id, Audience.name).where(Audience.public_id.in_(since))
    )
    found = sorted((row.name, row.public_id, since[row.public_id]) for row in rows)
    return Looked(audiences=[Membership(*each) for each in found], is_shared=False)


def sight() -> Sight:
    """Return all that audiences read now: files, roles, names, identities and each other."""
    rows = db.session.execute(select(Audience.public_id, Audience.version))
    return basis.seen({row.public_id: row.version for row in rows})
