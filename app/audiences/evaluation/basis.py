"""What an evaluation read, remembered: so that the next one looks at whom something changed of."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from app import storage
from app.audiences.tree import reading
from app.audiences.tree.conditions import Group, In, attributes, leaves
from app.audiences.tree.vocabulary import Vocabulary
from app.extensions import db
from app.people import queries as people
from app.people import sources, visitors
from app.people.sources import Source
from app.schemas.models import Schema
from app.tracking import events, interactions
from app.tracking import queries as tracking


@dataclass(frozen=True)
class Basis:
    """The files of events, by what they are known by, and of datasets; who was known; who is asked.

    `events` has the dataset of each file, empty for what was sent; `versions` those of the tables;
    `asked` those of the audiences that the tree asks for, by their public ids; `words` a digest of
    the tree and of where its attributes are, and `at` the moment that was now.
    """

    events: dict[str, str] = field(default_factory=dict)
    datasets: dict[str, list[str]] = field(default_factory=dict)
    versions: dict[str, int | str] = field(default_factory=dict)
    identities: str = ""
    asked: dict[str, int] = field(default_factory=dict)
    words: str = ""
    at: str = ""

    def is_outdated(self, now: "Basis") -> bool:
        """Tell whether other rows would be read now, or be read otherwise, whatever the time.

        The same rows in other files are the same.
        """
        return (self.versions, self.identities, self.asked, self.words) != (
            now.versions,
            now.identities,
            now.asked,
            now.words,
        )

    def to_json(self) -> dict[str, Any]:
        """Return it as the row of an audience keeps it."""
        return asdict(self)


def remembered(raw: dict[str, Any]) -> Basis | None:
    """Return what a row keeps; None where it is of another kind or nothing."""
    try:
        return Basis(**raw) if raw else None
    except TypeError:
        return None


@dataclass(frozen=True)
class Sight:
    """What there is to read now: the files of events and of the datasets of people.

    `asked` has the versions of all audiences, by their public ids.
    """

    events: dict[str, Source]
    datasets: dict[str, tuple[Schema, dict[str, int]]]
    versions: dict[str, int | str]
    identities: str
    asked: dict[str, int]

    def state(self, vocabulary: Vocabulary) -> str:
        """Return a digest of all that any tree would read now."""
        columns = sorted((repr(each), repr(at)) for each, at in vocabulary.attributes.items())
        said = repr((sorted(self.versions.items()), self.identities, self.asked, columns))
        return hashlib.sha256(said.encode()).hexdigest()[:32]

    def basis(
        self, raw: Mapping[str, Any], vocabulary: Vocabulary, zone: str, now: datetime
    ) -> Basis:
        """Return what an evaluation of a stored tree that reads all of it has read."""
        tree = _readable(raw)
        wanted = asked_by(tree, vocabulary) & self.asked.keys() if tree is not None else set()
        events = {
            key: each.schema.table_name if each.schema else "" for key, each in self.events.items()
        }
        datasets = {
            name: sorted(Path(file).name for file in files)
            for name, (_schema, files) in self.datasets.items()
        }
        return Basis(
            events=events,
            datasets=datasets,
            versions=self.versions,
            identities=self.identities,
            asked={each: self.asked[each] for each in sorted(wanted)},
            words=_words(raw, tree, vocabulary, zone),
            at=now.isoformat(),
        )


def seen(asked: dict[str, int]) -> Sight:
    """Return what there is now."""
    lake, meanings, schemas = storage.lake(), tracking.meanings(), people.person_schemas()
    tables = [events.TABLE, *(schema.table_name for schema in schemas)]
    versions = {name: held for name in tables if (held := lake.data_version(name)) is not None}
    return Sight(
        events={each.key: each for each in sources.listed(meanings)},
        datasets={
            schema.table_name: (schema, lake.row_counts(schema.table_name)) for schema in schemas
        },
        versions={**versions, **interactions.versions(meanings)},
        identities=visitors.remembered(db.session.connection()),
        asked=asked,
    )


def asked_by(tree: Group, vocabulary: Vocabulary) -> set[str]:
    """Return the public ids of all audiences that a tree asks for, at once or by others."""
    found: set[str] = set()
    waiting = [tree]
    while waiting:
        for leaf in leaves(waiting.pop()):
            if isinstance(leaf, In):
                known = vocabulary.find_audience(leaf.audience)
                if known is not None and known.public_id not in found:
                    found.add(known.public_id)
                    waiting += [known.tree] if known.tree is not None else []
    return found


def _readable(raw: Mapping[str, Any]) -> Group | None:
    """Return a stored tree; none where an earlier version stored what is not read any more."""
    try:
        return reading.parsed(raw)
    except reading.TreeInvalid:
        return None


def _words(raw: Mapping[str, Any], tree: Group | None, vocabulary: Vocabulary, zone: str) -> str:
    """Return a digest of what a tree asks, and of where its attributes are."""
    asked = leaves(tree) if tree is not None else ()
    columns = [(each, vocabulary.columns(each)) for leaf in asked for each in attributes(leaf)]
    said = repr((json.dumps(raw, sort_keys=True), zone, columns))
    return hashlib.sha256(said.encode()).hexdigest()[:32]
