"""Between a kind of transformation and its form: fields for its settings, and what was entered."""

from typing import Any

from wtforms import Field, IntegerField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, NumberRange, Optional

from app.dataflows import suggesting
from app.dataflows.models import Dataflow
from app.tabular.columns.transforming import FALLBACK, Transformation, TransformationImpossible
from app.tabular.transformations import templates
from app.tabular.transformations.kinds import Kind
from app.tabular.transformations.parameters import Parameter, ParameterImpossible
from app.tabular.transformations.registry import KINDS
from app.tabular.types import ColumnType
from wizard.forms import CheckboxesField, TransformationForm

# More choices than these are asked for in a list that folds up.
MOST_RADIOS = 5
MOST_NAMES = 20


def form_for(dataflow: Dataflow, kind_name: str) -> TransformationForm | None:
    """Return the form of one kind of transformation, with its settings as fields."""
    kind = KINDS.get(kind_name)
    if kind is None:
        return None

    class KindForm(TransformationForm):
        preview: Any = None
        inputs: Any = None
        second: Any = None

    names = suggesting.column_names(dataflow)
    if not kind.has_template:
        KindForm.inputs = _inputs_of(kind, names)
        KindForm.second = _second_of(kind, names)
    for parameter in kind.parameters:
        setattr(KindForm, f"param_{parameter.name}", _FIELDS[parameter.kind](parameter))
    form = KindForm(data={"version": dataflow.version, "kind": kind_name, "type": kind.type.value})
    form.about = kind
    if kind.has_template:
        form.param_template.description = _names_to_write(names)
    return form


def entered(form: TransformationForm, kind_name: str) -> tuple[Transformation, ColumnType]:
    """Return the transformation entered and its column's type; raise TransformationImpossible."""
    params = {
        parameter.name: _entered(parameter.kind, form[f"param_{parameter.name}"].data)
        for parameter in KINDS[kind_name].parameters
    }
    output = form.output.data.strip()
    if KINDS[kind_name].has_template:
        inputs, params["template"] = _numbered(params["template"], output)
    else:
        inputs = (*_chosen(form.inputs.data), *_chosen(form.second.data if form.second else None))
    if form.fallback.data:
        params[FALLBACK] = form.fallback.data
    step = Transformation(kind=kind_name, inputs=inputs, output=output, params=params)
    return step, ColumnType(form.type.data)


def _numbered(template: str, output: str) -> tuple[tuple[str, ...], str]:
    try:
        return templates.numbered(template or "")
    except ParameterImpossible as impossible:
        raise TransformationImpossible(output, str(impossible)) from None


def _names_to_write(names: list[str]) -> str:
    shown = " ".join(f"{{{name}}}" for name in names[:MOST_NAMES] if "{" not in name)
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


def _text_field(parameter: Parameter) -> Field:
    default = parameter.default if isinstance(parameter.default, str) else ""
    return StringField(
        parameter.label,
        default=default,
        description=parameter.hint,
        validators=[Length(max=parameter.longest)],
        render_kw={"maxlength": parameter.longest},
    )


def _number_field(parameter: Parameter) -> Field:
    words = f"“{parameter.label}” is a whole number from {parameter.least:,} to {parameter.most:,}"
    needed = InputRequired(f"Fill in “{parameter.label}”") if parameter.is_required else Optional()
    return IntegerField(
        parameter.label,
        default=parameter.default if isinstance(parameter.default, int) else None,
        description=parameter.hint,
        validators=[needed, NumberRange(parameter.least, parameter.most, f"{words}.")],
    )


def _lines_field(parameter: Parameter) -> Field:
    checks = [InputRequired(f"Fill in “{parameter.label}”")] if parameter.is_required else []
    hint = parameter.hint or "One a line: old = new"
    return TextAreaField(parameter.label, description=hint, validators=checks)


def _choice_field(parameter: Parameter) -> Field:
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
    """Return a setting as its kind takes it."""
    if kind == "words":
        return [word.strip() for word in (value or "").split(",") if word.strip()]
    if kind != "mapping":
        return value
    pairs = (line.split("=", 1) for line in (value or "").splitlines() if "=" in line)
    return {old.strip(): new.strip() for old, new in pairs}
