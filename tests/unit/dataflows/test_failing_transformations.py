"""A value of which nothing can be made: rejected by rule, or the fallback, never empty unsaid."""

import numpy as np
import pyarrow as pa

from app.dataflows import pipeline
from app.dataflows.definition import Definition, FileColumn, Target
from app.lake.write_modes import WriteMode
from app.tabular.batches import Batch
from app.tabular.columns.transforming import Transformation
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

CODE = Transformation("country_code", ("country",), "code")


def definition(*steps, targets, options=None) -> Definition:
    """Return a definition that writes some custom columns, given with their types."""
    return Definition(
        options=options or ParsingOptions(),
        columns=(FileColumn("country", "country", False), FileColumn("price", "price", False)),
        transformations=steps,
        targets=tuple(
            Target(
                schema_column_id=number,
                name=name,
                type=type_,
                is_identifier=False,
                column=name,
                reads_as=type_,
                fallback=next((step.fallback for step in steps if step.output == name), ""),
            )
            for number, (name, type_) in enumerate(targets.items())
        ),
        table_name="t",
        write_mode=WriteMode.APPEND,
    )


def outcome(wanted: Definition, *, country=("NO",), price=("1",)) -> pipeline.Outcome:
    """Return what becomes of rows with a country and a price."""
    count = max(len(country), len(price))
    columns = [list(country) * count if len(country) == 1 else list(country)]
    columns.append(list(price) * count if len(price) == 1 else list(price))
    cells = pa.table({"country": columns[0][:count], "price": columns[1][:count]})
    batch = Batch(cells, np.arange(2, 2 + count), raws=tuple(f"raw {at}" for at in range(count)))
    return pipeline.outcome(batch, wanted)


def test_a_value_that_fails_rejects_its_row_and_says_what_was_given():
    wanted = definition(CODE, targets={"code": ColumnType.TEXT})

    done = outcome(wanted, country=("Norway", "Atlantis", ""))

    assert done.rows.column("c0").to_pylist() == ["NO", None]
    assert done.lines.tolist() == [2, 4]
    (reject,) = done.rejects
    assert (reject.line, reject.rule) == (3, "failed_country_code")
    assert (reject.column, reject.value) == ("code", "Atlantis")
    assert reject.raw == "raw 1"
    assert reject.message == "code 'Atlantis' is no country."


def test_a_fallback_stands_where_a_value_fails():
    step = Transformation("country_code", ("country",), "code", {"fallback": "ZZ"})
    loud = Transformation("lower", ("code",), "small")
    wanted = definition(step, loud, targets={"code": ColumnType.TEXT, "small": ColumnType.TEXT})

    done = outcome(wanted, country=("Norway", "Atlantis", ""))

    assert done.rejects == []
    assert done.rows.column("c0").to_pylist() == ["NO", "ZZ", None]
    assert done.rows.column("c1").to_pylist() == ["no", "zz", None]


def test_a_fallback_is_converted_as_the_column_is():
    params = {"operation": "divide", "number": "0.5", "fallback": "-1.5"}
    wanted = definition(
        Transformation("arithmetic", ("price",), "double", params),
        targets={"double": ColumnType.DECIMAL},
        options=ParsingOptions(decimal_mark=","),
    )

    done = outcome(wanted, price=("1,25", "x", ""))

    assert [None if each is None else float(each) for each in done.rows["c0"].to_pylist()] == [
        2.5,
        -1.5,
        None,
    ]


def test_what_is_made_of_a_failure_fails_for_the_same_reason():
    steps = (CODE, Transformation("coalesce", ("code", "price"), "either"))
    wanted = definition(*steps, targets={"either": ColumnType.TEXT})

    done = outcome(wanted, country=("Norway", "Atlantis", ""))

    assert done.rows["c0"].to_pylist() == ["NO", "1"]
    assert [(reject.line, reject.rule, reject.column) for reject in done.rejects] == [
        (3, "failed_country_code", "code")
    ]


def test_a_fallback_of_a_later_column_heals_an_earlier_failure():
    steps = (CODE, Transformation("lower", ("code",), "small", {"fallback": "none"}))
    wanted = definition(*steps, targets={"small": ColumnType.TEXT})

    done = outcome(wanted, country=("Norway", "Atlantis"))

    assert done.rejects == []
    assert done.rows["c0"].to_pylist() == ["no", "none"]


def test_a_failure_in_a_column_that_goes_nowhere_rejects_nothing():
    wanted = definition(
        CODE, Transformation("trim", ("price",), "cost"), targets={"cost": ColumnType.TEXT}
    )

    assert outcome(wanted, country=("Atlantis",)).rejects == []


def test_a_computed_value_is_never_taken_for_a_word_that_means_empty():
    wanted = definition(
        Transformation("arithmetic", ("price",), "more", {"number": "1"}),
        targets={"more": ColumnType.INTEGER},
        options=ParsingOptions(null_words=("999",)),
    )

    done = outcome(wanted, price=("998", "999"))

    assert done.rows["c0"].to_pylist() == [999, None]
    assert done.rejects == []


def test_what_is_computed_in_a_file_with_commas_can_be_computed_with_again():
    steps = (
        Transformation("arithmetic", ("price",), "half", {"operation": "divide", "number": "2"}),
        Transformation("trim", ("half",), "bare"),
        Transformation("arithmetic", ("bare", "price"), "sum"),
    )
    wanted = definition(
        *steps, targets={"sum": ColumnType.DECIMAL}, options=ParsingOptions(decimal_mark=",")
    )

    done = outcome(wanted, price=("1,5",))

    assert done.rejects == []
    assert [str(each.normalize()) for each in done.rows["c0"].to_pylist()] == ["2.25"]


def test_a_file_whose_every_row_is_bad_still_goes_through():
    done = outcome(definition(CODE, targets={"code": ColumnType.TEXT}), country=(), price=())

    assert done.rows.num_rows == 0
