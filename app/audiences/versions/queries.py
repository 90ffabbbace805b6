"""Reading the versions of an audience, and what each changed."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from app.audiences import queries
from app.audiences.models import Audience, AudienceVersion
from app.audiences.tree import outlines, reading, references, sentences
from app.audiences.tree.conditions import Group
from app.audiences.tree.outlines import Line, Marked
from app.extensions import db

VERSIONS_A_PAGE = 20
_ID_LENGTH = 32


@dataclass(frozen=True)
class Shown:
    """A version, its sentence, and what it changed; the first has nothing marked."""

    version: AudienceVersion
    sentence: str
    changes: list[Marked]
    is_first: bool
    is_present: bool


@dataclass(frozen=True)
class VersionsPage:
    """Some versions, the newest first, of so many pages."""

    rows: list[Shown]
    number: int
    last: int


def list_versions(audience: Audience, number: int) -> VersionsPage:
    """Return a page of the versions of an audience, each against the one before."""
    asked = select(func.count()).where(AudienceVersion.audience_id == audience.id)
    last = max(1, -(-(db.session.scalar(asked) or 0) // VERSIONS_A_PAGE))
    found = db.session.scalars(
        select(AudienceVersion)
        .where(AudienceVersion.audience_id == audience.id)
        .order_by(AudienceVersion.number.desc())
        .limit(VERSIONS_A_PAGE + 1)
        .offset((number - 1) * VERSIONS_A_PAGE)
    ).all()
    names = queries.names()
    before = [*found[1:], None]
    rows = [_shown(each, was, audience, names) for each, was in zip(found, before, strict=True)]
    return VersionsPage(rows[:VERSIONS_A_PAGE], number, last)


def numbers(audience: Audience) -> list[int]:
    """Return the numbers of all versions, the newest first."""
    found = select(AudienceVersion.number).where(AudienceVersion.audience_id == audience.id)
    return list(db.session.scalars(found.order_by(AudienceVersion.number.desc())))


def find_version(audience: Audience, number: int) -> AudienceVersion | None:
    """Return the version of this number."""
    return db.session.scalar(
        select(AudienceVersion).where(
            AudienceVersion.audience_id == audience.id, AudienceVersion.number == number
        )
    )


def compared(one: AudienceVersion, other: AudienceVersion) -> list[Marked]:
    """Return what the second has otherwise than the first, line by line."""
    names = queries.names()
    return outlines.compared(_outline(one, names), _outline(other, names))


def _shown(
    version: AudienceVersion,
    before: AudienceVersion | None,
    audience: Audience,
    names: Mapping[str, str],
) -> Shown:
    tree, lines = reading.parsed(version.tree), _outline(version, names)
    return Shown(
        version=version,
        sentence=sentences.sentence(tree, version.zone, _with_gone(tree, names)),
        changes=outlines.compared(_outline(before, names) if before else lines, lines),
        is_first=before is None,
        is_present=(version.tree, version.zone) == (audience.tree, audience.zone),
    )


def _outline(version: AudienceVersion, names: Mapping[str, str]) -> list[Line]:
    tree = reading.parsed(version.tree)
    return outlines.outline(tree, version.zone, _with_gone(tree, names))


def _with_gone(tree: Group, names: Mapping[str, str]) -> Mapping[str, str]:
    """Return the names, also of audiences that are deleted since: an id tells nobody anything."""
    gone = {each for each in references.asked(tree) if len(each) == _ID_LENGTH} - names.keys()
    return {**names, **{each: f"a deleted audience, {each[:8]}…" for each in gone}}
