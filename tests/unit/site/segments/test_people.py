"""Which persons a site knows, by a query or a callable."""

import pytest
from sqlalchemy import create_engine, text

from app.site.segments import people


@pytest.fixture
def url(tmp_path):
    url = f"sqlite:///{tmp_path / 'site.db'}"
    with create_engine(url).begin() as connection:
        connection.execute(text("CREATE TABLE customer (id INTEGER)"))
        rows = ", ".join(f"({number})" for number in range(2500))
        connection.execute(text(f"INSERT INTO customer VALUES {rows}"))
    return url


def test_a_query_is_asked_in_pieces(url):
    known = people.lookup({"sql": "SELECT id FROM customer WHERE id IN :ids", "url": url}, "")

    assert known([str(number) for number in range(3000)]) == {str(n) for n in range(2500)}
    assert known([]) == set()


def test_a_callable_is_given_the_database(url):
    assert people.lookup({"callable": "app.site.segments.people.everybody"}, url)(["x"]) == {"x"}


@pytest.mark.parametrize(
    "settings",
    [
        {"sql": "SELECT nothing WHERE 1 IN :ids"},
        {"sql": "SELECT 1 WHERE 1 IN :ids", "url": "nosuch://"},
        {"callable": "nowhere.known"},
        {"callable": "app.site.sample_shop.sources.known_users"},
    ],
)
def test_one_that_does_not_answer_says_so(settings, tmp_path):
    known = people.lookup(settings, f"sqlite:///{tmp_path / 'empty.db'}")

    with pytest.raises(people.PeopleUnreachable):
        known(["1"])
