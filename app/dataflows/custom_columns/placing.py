"""Where a custom column stands among the others, and what may stand in its place."""

from collections.abc import Sequence

from app.tabular.columns import transforming
from app.tabular.columns.transforming import Transformation, TransformationImpossible


def in_place(
    columns: Sequence[str], steps: Sequence[Transformation], place: int, step: Transformation
) -> list[Transformation]:
    """Return the steps with another in one's place; those made of it follow its new name.

    The place after the last is that of one more. Raises TransformationImpossible.
    """
    old = steps[place].output if place < len(steps) else None
    later = [_following(each, old, step.output) for each in steps[place + 1 :]]
    _refuse_names_taken(step, later)
    _refuse_what_comes_later(step, old, later)
    changed = [*steps[:place], step, *later]
    transforming.refuse_impossible(columns, changed)
    return changed


def _following(step: Transformation, old: str | None, new: str) -> Transformation:
    inputs = tuple(new if name == old else name for name in step.inputs)
    return Transformation(step.kind, inputs, step.output, step.params)


def _refuse_names_taken(step: Transformation, later: Sequence[Transformation]) -> None:
    if step.output in {each.output for each in later}:
        message = f"There is already a column “{step.output}”: choose another name."
        raise TransformationImpossible(step.output, message)


def _refuse_what_comes_later(
    step: Transformation, old: str | None, later: Sequence[Transformation]
) -> None:
    if old in step.inputs:
        message = f"“{old}” cannot be made of itself: choose another column."
        raise TransformationImpossible(step.output, message)
    outputs = {each.output for each in later}
    for name in step.inputs:
        if name in outputs:
            message = (
                f"“{step.output}” cannot be made of “{name}”, which is made after it: choose "
                "another column, or remove this one and add it anew, at the end."
            )
            raise TransformationImpossible(step.output, message)
