"""The people of kept lists, given to the world that a tree is asked of: of those it asks for."""

from dataclasses import replace

import duckdb
import pyarrow as pa

from app import storage
from app.audiences import changes
from app.audiences.compiling.question import Question
from app.audiences.evaluation import basis
from app.audiences.tree.conditions import Group
from app.lake import logs
from app.people.world import PERSON

_SCHEMA = pa.schema([(PERSON, pa.string()), ("since", pa.timestamp("us", tz="UTC"))])


def filled(question: Question, tree: Group, session: duckdb.DuckDBPyConnection) -> Question:
    """Return the question with the lists; the session is of DuckDB, and reads who is on them."""
    found = {}
    for public_id in _asked(question, tree):
        who = changes.current(storage.lake(), [public_id])
        found[public_id] = session.sql(f"SELECT {PERSON} FROM ({who})").to_arrow_table()
    return _with(question, found, session)


def filled_for(
    question: Question, tree: Group, session: duckdb.DuckDBPyConnection, person_id: str
) -> Question:
    """Return the same for a world of one person alone, with since when, by a look-up."""
    asked = _asked(question, tree)
    since = changes.looked_up(storage.lake(), person_id) if asked else {}
    found = {}
    for public_id in asked:
        moments = [since[public_id]] if public_id in since else []
        rows = [{PERSON: person_id, "since": moment} for moment in moments]
        found[public_id] = pa.Table.from_pylist(rows, _SCHEMA)
    return _with(question, found, session)


def _asked(question: Question, tree: Group) -> list[str]:
    known = question.vocabulary.audiences
    asked = basis.asked_by(tree, question.vocabulary)
    return sorted(each for each in asked if known[each].tree is None)


def _with(
    question: Question, found: dict[str, pa.Table], session: duckdb.DuckDBPyConnection
) -> Question:
    opened = question.world.session or session
    tables = {each: logs.given(opened, f"list_{each}", rows) for each, rows in found.items()}
    return replace(question, world=replace(question.world, audiences=tables))
