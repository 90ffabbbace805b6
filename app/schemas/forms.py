"""The Schema Creator's form."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Optional

from app.schemas.models import SchemaParent
from app.tabular.types import ColumnType


class NewColumnForm(Form):
    """One column of the draft, to take over or not."""

    source = HiddenField()
    is_taken = BooleanField("Take")
    name = StringField("Name", validators=[Optional(), Length(max=120)])
    type = SelectField(
        "Type", choices=[SelectChoice(kind.value, kind.label) for kind in ColumnType]
    )


class SchemaForm(FlaskForm):
    """Name, parent, identifier and columns."""

    name = StringField("Name", validators=[DataRequired("Name the schema"), Length(max=120)])
    parent = RadioField(
        "Parent",
        choices=[
            SelectChoice(parent.value, f"{parent.value}: {parent.description}")
            for parent in SchemaParent
        ],
        default=SchemaParent.PERSONAL_DATA.value,
    )
    description = StringField("Description", validators=[Length(max=500)])
    identifier = SelectField("Identifier (for a person: userid)", choices=[])
    columns = FieldList(FormField(NewColumnForm))
