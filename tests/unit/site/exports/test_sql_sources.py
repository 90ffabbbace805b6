"""Sources that are queries, on a database made for each test."""

import sqlite3

import pytest

from app.site.exports import sql_sources
from app.site.exports.exporting import ExportQuery
from app.site.exports.sql_sources import QueryFailed

ALL = "SELECT id FROM person ORDER BY id"
BOUNDED = f"{ALL} LIMIT :limit OFFSET :offset"


@pytest.fixture
def url(tmp_path):
    with sqlite3.connect(tmp_path / "site.db") as database:
        database.execute("CREATE TABLE person (id INTEGER, kind TEXT)")
        database.executemany(
            "INSERT INTO person VALUES (?, ?)", [(number, "ab"[number % 2]) for number in range(9)]
        )
    database.close()
    return f"sqlite:///{tmp_path / 'site.db'}"


def ids(settings, query):
    return [row["id"] for row in sql_sources.source_of(settings)(query)]


@pytest.mark.parametrize("sql", [ALL, BOUNDED])
@pytest.mark.parametrize(
    ("limit", "offset"), [(None, 0), (2, 0), (2, 1), (None, 7), (5, 7), (1, 9)]
)
def test_limit_and_offset_hold_whether_or_not_the_query_uses_them(url, sql, limit, offset):
    query = ExportQuery(url, limit=limit, offset=offset)
    expected = list(range(9))[offset:][:limit]

    assert ids({"sql": sql}, query) == expected
    assert sql_sources.count_of({"sql": sql}, query) == len(expected)


def test_types_fill_a_list_in_the_query(url):
    sql = "SELECT id FROM person WHERE kind IN :types ORDER BY id"

    assert ids({"sql": sql}, ExportQuery(url, types=("a",))) == [0, 2, 4, 6, 8]
    assert ids({"sql": sql}, ExportQuery(url, types=("a", "b"))) == list(range(9))


def test_the_settings_may_name_a_database_of_their_own(url):
    assert ids({"sql": ALL, "url": url}, ExportQuery("sqlite://", limit=1)) == [0]


@pytest.mark.parametrize(
    ("sql", "address"),
    [
        ("SELECT id FROM nobody", "sqlite://"),
        ("SELECT", "sqlite://"),
        (ALL, "sqlite:////no/such/folder/site.db"),
        (ALL, "nosuchdatabase://"),
        (ALL, "no address"),
        (ALL, "mysql+nosuchdriver://localhost"),
    ],
)
def test_a_query_that_cannot_be_asked_is_a_named_failure(sql, address):
    with pytest.raises(QueryFailed, match="does not answer"):
        ids({"sql": sql, "url": address}, ExportQuery(""))


def test_a_password_is_not_in_the_failure():
    address = "postgresql://site:secret-word@127.0.0.1:1/shop"

    with pytest.raises(QueryFailed) as caught:
        ids({"sql": ALL, "url": address}, ExportQuery(""))

    assert "secret-word" not in str(caught.value)
