"""Between a kind of transformation and its form: fields for its settings, and what was entered."""

from collections.abc import Mapping
from typing import Any

from wtforms import Field, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.dataflows import suggesting
from app.dataflows.models import Dataflow, DataflowTransformation
from app.tabular.columns.transforming import FALLBACK, Transformation, TransformationImpossible
from app.tabular.transformations import templates, written
from app.tabular.transformations.kinds import Kind
from app.tabular.transformations.parameters import Parameter, ParameterImpossible
from app.tabular.transformations.registry import KINDS
from app.tabular.types import ColumnType
from wizard.forms import CheckboxesField, TransformationForm

# More choices than these are asked for in a list that folds up.
MOST_RADIOS = 5
MOST_NAMES = 20


def form_for(
    dataflow: Dataflow, kind_name: str, row: DataflowTransformation | None = None
) -> TransformationForm | None:
    """Return the form of one kind of transformation, or of a custom column as it is now."""
    kind = KINDS.get(kind_name)
    if kind is None:
        return None

    class KindForm(TransformationForm):
        preview: Any = None
        inputs: Any = None
        second: Any = None

    names, shown = _names(dataflow, row), _shown(row, dataflow)
    if not kind.has_template:
        KindForm.inputs = _inputs_of(kind, names)
        KindForm.second = _second_of(kind, names)
    for parameter in kind.parameters:
        name = f"param_{parameter.name}"
        setattr(KindForm, name, _FIELDS[parameter.kind](parameter, shown.get(name, "")))
    given = {"version": dataflow.version, "kind": kind_name, "type": kind.type.value}
    form = KindForm(data=given | shown)
    form.about = kind
    form.names_written = templates.writable([*suggesting.column_names(dataflow), *names])
    if kind.has_template:
        form.param_template.description = _names_to_write(
            [form.names_written[name] for name in names]
        )
    return form


def entered(form: TransformationForm, kind_name: str) -> tuple[Transformation, ColumnType]:
    """Return the transformation entered and its column's type; raise TransformationImpossible."""
    output = form.output.data.strip()
    params: dict[str, Any] = {}
    try:
        for parameter in KINDS[kind_name].parameters:
            value = form[f"param_{parameter.name}"].data
            params[parameter.name] = _entered(parameter.kind, value)
        if KINDS[kind_name].has_template:
            inputs, params["template"] = _numbered(params["template"], form.names_written)
        else:
            second = form.second.data if form.second else None
            inputs = (*_chosen(form.inputs.data), *_chosen(second))
    except ParameterImpossible as impossible:
        raise TransformationImpossible(output, str(impossible)) from None
    if form.fallback.data:
        params[FALLBACK] = form.fallback.data
    step = Transformation(kind=kind_name, inputs=inputs, output=output, params=params)
    return step, ColumnType(form.type.data)


def _names(dataflow: Dataflow, row: DataflowTransformation | None) -> list[str]:
    """Return the columns that one can be made of: of those it is made of, the order is kept."""
    if row is None:
        return suggesting.column_names(dataflow)
    before = dataflow.transformations[: dataflow.transformations.index(row)]
    names = [*(column.name for column in dataflow.columns), *(each.output for each in before)]
    gone = [name for name in row.inputs if name not in names]
    return [*dict.fromkeys([*row.inputs, *names])] if len(row.inputs) > 1 else [*names, *gone]


def _shown(row: DataflowTransformation | None, dataflow: Dataflow) -> dict[str, Any]:
    """Return what the fields hold of a custom column as it is now."""
    if row is None:
        return {}
    kind, step = KINDS[row.kind], suggesting.step_of(row)
    shown = {
        f"param_{each.name}": _written(each, row.params[each.name])
        for each in kind.parameters
        if each.name in row.params
    }
    if kind.has_template:
        names_written = templates.writable([*suggesting.column_names(dataflow), *row.inputs])
        names = tuple(names_written[name] for name in row.inputs)
        shown["param_template"] = templates.named(row.params["template"], names)
    is_one = kind.most_inputs == 1 or kind.column_labels
    first, second = [*row.inputs, "", ""][:2]
    return {
        **shown,
        "inputs": first if is_one else row.inputs,
        "second": second,
        "output": row.output,
        "type": row.type.value,
        "fallback": step.fallback or row.fallback,
    }


def _numbered(template: str, names_written: Mapping[str, str]) -> tuple[tuple[str, ...], str]:
    names = {text: name for name, text in names_written.items()}
    inputs, numbered = templates.numbered(template or "")
    return tuple(names.get(text, text) for text in inputs), numbered


def _names_to_write(names: list[str]) -> str:
    shown = " ".join(f"{{{name}}}" for name in names[:MOST_NAMES])
    return f"Names of columns in braces: {shown}{' …' if len(names) > MOST_NAMES else ''}"


def _inputs_of(kind: Kind, names: list[str]) -> Any:
    """Return the field that asks which columns go in: one, or any number."""
    choices = [SelectChoice(name, name) for name in names]
    if kind.column_labels:
        return SelectField(kind.column_labels[0], choices=choices)
    if kind.most_inputs == 1:
        return SelectField("Made from", choices=choices)
    return CheckboxesField("Made from", choices=choices)


def _second_of(kind: Kind, names: list[str]) -> Any:
    """Return the field that asks for a second column, where the order of two matters."""
    if not kind.column_labels:
        return None
    none = SelectChoice("", "(no column)")
    choices = [none, *(SelectChoice(name, name) for name in names)]
    return SelectField(kind.column_labels[1], choices=choices)


def _chosen(value: str | list[str] | None) -> tuple[str, ...]:
    if isinstance(value, str):
        return (value,) if value else ()
    return tuple(value or ())


def _text_field(parameter: Parameter, shown: str) -> Field:
    longest = max(parameter.longest, len(shown))
    field = TextAreaField if "\n" in shown else StringField
    is_needed = parameter.is_required and not parameter.default
    needed = [InputRequired(f"Fill in “{parameter.label}”")] if is_needed else []
    return field(
        parameter.label,
        default=parameter.default if isinstance(parameter.default, str) else "",
        description=parameter.hint,
        validators=[*needed, Length(max=longest)],
        render_kw={"maxlength": longest},
    )


def _number_field(parameter: Parameter, _shown: str) -> Field:
    words = f"“{parameter.label}” is a whole number from {parameter.least:,} to {parameter.most:,}"
    needed = InputRequired(f"Fill in “{parameter.label}”") if parameter.is_required else Optional()
    return IntegerField(
        parameter.label,
        default=parameter.default if isinstance(parameter.default, int) else None,
        description=parameter.hint,
        validators=[needed, NumberRange(parameter.least, parameter.most, f"{words}.")],
    )


def _lines_field(parameter: Parameter, _shown: str) -> Field:
    checks = [InputRequired(f"Fill in “{parameter.label}”")] if parameter.is_required else []
    hint = parameter.hint or (
        'One a line: old = new. Put in quotes what has a = itself, or spaces around it: "a = b" = c'
    )
    return TextAreaField(parameter.label, description=hint, validators=checks)


def _choice_field(parameter: Parameter, _shown: str) -> Field:
    choices = [SelectChoice(value, label) for value, label in parameter.choices]
    field = RadioField if len(choices) <= MOST_RADIOS else SelectField
    return field(
        parameter.label, choices=choices, default=parameter.default, description=parameter.hint
    )


_FIELDS = {
    "text": _text_field,
    "number": _number_field,
    "mapping": _lines_field,
    "words": _text_field,
    "choice": _choice_field,
}


def _entered(kind: str, value: Any) -> Any:
    """Return a setting as its kind takes it; raise ParameterImpossible."""
    if kind == "words":
        return written.words(value or "")
    if kind == "mapping":
        return written.pairs(value or "")
    return value.replace("\r\n", "\n") if isinstance(value, str) else value


def _written(parameter: Parameter, value: Any) -> Any:
    """Return a setting as a person would enter it."""
    checked = parameter.checked(value)
    if parameter.kind == "words":
        return written.words_written(checked)
    return written.pairs_written(checked) if parameter.kind == "mapping" else checked
