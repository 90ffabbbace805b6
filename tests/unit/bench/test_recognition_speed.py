"""The measurement of recognition still runs, and measures what it says."""

from app.tabular.types import ColumnType
from bench import recognition_speed


def test_recognition_is_measured_against_a_floor_and_a_peer(tmp_path):
    figure = recognition_speed.recognition(tmp_path, 50_000)

    assert figure.rows == recognition_speed.ROWS_AT_ONCE
    assert min(figure.ours, figure.floor, figure.peer, figure.peak_rss_mb) > 0


def test_the_file_that_is_measured_has_columns_of_many_types(tmp_path):
    recognition_speed.recognition(tmp_path, 50_000)
    (file,) = tmp_path.iterdir()

    found = recognition_speed.profiled(file)

    assert {
        ColumnType.INTEGER,
        ColumnType.EMAIL,
        ColumnType.TEXT,
        ColumnType.DATE,
        ColumnType.DATETIME,
        ColumnType.DECIMAL,
        ColumnType.BOOLEAN,
    } == {column.type for column in found.columns}
