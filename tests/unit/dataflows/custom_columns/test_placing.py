"""A step in another's place: what follows it, and what cannot stand there."""

import pytest

from app.dataflows.custom_columns import placing
from app.tabular.columns.transforming import Transformation, TransformationImpossible

COLUMNS = ["first", "last"]
STEPS = [
    Transformation("trim", ("first",), "tidy"),
    Transformation("upper", ("tidy",), "loud"),
    Transformation("concat", ("tidy", "loud"), "both"),
]


def test_what_is_made_of_a_step_follows_its_new_name():
    step = Transformation("trim", ("last",), "neat")

    changed = placing.in_place(COLUMNS, STEPS, 0, step)

    assert changed[0] == step
    assert [(each.inputs, each.output) for each in changed[1:]] == [
        (("neat",), "loud"),
        (("neat", "loud"), "both"),
    ]


def test_a_step_comes_after_all_others():
    step = Transformation("trim", ("both",), "more")

    assert placing.in_place(COLUMNS, STEPS, 3, step) == [*STEPS, step]


@pytest.mark.parametrize(
    ("place", "inputs", "output", "sentence"),
    [
        (0, ("tidy",), "tidy", "“tidy” cannot be made of itself: choose another column."),
        (0, ("tidy",), "neat", "“tidy” cannot be made of itself: choose another column."),
        (0, ("both",), "tidy", "“tidy” cannot be made of “both”, which is made after it: "),
        (0, ("first",), "both", "There is already a column “both”: choose another name."),
        (1, ("first",), "tidy", "There is already a column “tidy”: choose another name."),
        (1, ("first",), "last", "There is already a column “last”: choose another name."),
        (3, ("first",), "first", "There is already a column “first”: choose another name."),
        (0, ("nobody",), "tidy", "“tidy” needs the column “nobody”"),
        (0, ("first",), " ", "Give the custom column a name."),
        (0, ("first", "last"), "tidy", "takes one column, not 2."),
    ],
)
def test_a_step_that_cannot_stand_there_is_refused(place, inputs, output, sentence):
    with pytest.raises(TransformationImpossible) as refused:
        placing.in_place(COLUMNS, STEPS, place, Transformation("trim", inputs, output))

    assert sentence in refused.value.message
