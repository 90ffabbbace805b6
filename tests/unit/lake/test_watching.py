"""Long statements of the engine, asked and stopped from beside."""

import threading
import time

import duckdb
import pytest

from app.lake import engine, watching

ENDLESS = "SELECT sum(a.range * b.range % 7) FROM range(10_000_000) a, range(10_000_000) b"


def test_nothing_is_said_while_no_statement_is_under_way():
    watching.stop()

    assert watching.share_done() is None


def test_a_statement_says_how_far_it_is_and_is_stopped(tmp_path):
    seen: list[float | None] = []

    def look_then_stop() -> None:
        while not seen or not seen[-1]:
            seen.append(watching.share_done())
            time.sleep(0.01)
        watching.stop()

    with engine.connection(tmp_path) as session:
        beside = threading.Thread(target=look_then_stop)
        beside.start()
        with pytest.raises(watching.Stopped), watching.watched(session):
            session.execute(ENDLESS)
        beside.join()

    assert {each for each in seen if each is not None} != {0.0}
    assert all(each is None or 0 <= each <= 1 for each in seen)
    assert watching.share_done() is None


def test_a_statement_that_fails_by_itself_is_not_taken_for_stopped(tmp_path):
    with (
        engine.connection(tmp_path) as session,
        pytest.raises(duckdb.CatalogException),
        watching.watched(session),
    ):
        session.execute("SELECT * FROM nowhere")

    assert watching.share_done() is None
