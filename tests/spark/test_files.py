"""Files of the lake as Spark reads them."""

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from app.lake import engine, logs
from app.lake.spark import EngineUnavailable


def test_files_are_read_under_any_name_and_what_one_lacks_is_nothing(spark, tmp_path):
    folder = tmp_path / "a [1] {b,c} *?#%é"
    folder.mkdir()
    files = [str(folder / name) for name in ("one.parquet", "two.parquet")]
    pq.write_table(pa.table({"id": ["a"], "size": [1]}), files[0])
    pq.write_table(pa.table({"id": ["b"]}), files[1])
    schema = pa.schema([("id", pa.string()), ("size", pa.int64())])

    with engine.connection() as session:
        ours = logs.frame(session, logs.of_files(session, files, schema).order_by("id"))
    theirs = logs.frame(spark, logs.of_files(spark, files, schema).order_by("id"))

    assert theirs.to_pylist() == ours.to_pylist()
    assert theirs.to_pylist() == [{"id": "a", "size": 1}, {"id": "b", "size": None}]


def test_files_that_spark_does_not_see_are_told(spark, tmp_path):
    with pytest.raises(EngineUnavailable, match="finds no files under the lake's path"):
        logs.of_files(spark, [str(tmp_path / "none.parquet")], pa.schema([("id", pa.string())]))
