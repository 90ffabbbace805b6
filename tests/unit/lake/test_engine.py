"""How much memory a session of the engine may have."""

import pytest

from app.lake import engine


def memory_limit(session: engine.Session) -> str:
    (row,) = session.execute("SELECT current_setting('memory_limit')").fetchall()
    return str(row[0])


@pytest.mark.parametrize(
    ("size", "limit"),
    [(engine.MUCH, "333.7 MiB"), (engine.MUCH + 1, "286.1 MiB")],
    ids=["fits or nearly", "spills anyway"],
)
def test_a_file_that_spills_anyway_is_held_to_less_memory(tmp_path, size, limit):
    file = tmp_path / "rows.parquet"
    with file.open("wb") as rows:
        rows.truncate(size)

    with engine.connection(tmp_path / "spill", reads=file) as session:
        assert memory_limit(session) == limit


def test_nothing_is_spilled_without_a_folder_and_more_memory_is_given(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    with engine.connection() as session:
        assert memory_limit(session) == "953.6 MiB"

    assert not [*tmp_path.iterdir()]
