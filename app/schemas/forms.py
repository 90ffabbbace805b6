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

_EVENT = Length(max=200, message="Name the event in at most 200 characters")


class NewColumnForm(Form):
    """One column of the draft, to take over or not."""

    source = HiddenField()
    is_taken = BooleanField("Take")
    name = StringField("Name", validators=[Optional(), Length(max=120)])
    type = SelectField(
        "Type", choices=[SelectChoice(kind.value, kind.label) for kind in ColumnType]
    )
    is_further_identifier = BooleanField("Identifies a person too")


class EventRolesForm(FlaskForm):
    """Which columns of an Interaction say whose each event is, when it was, and what."""

    person = SelectField("Whose it is", choices=[], default="")
    time = SelectField("When it happened", choices=[], default="")
    event = SelectField("What it is", choices=[], default="")
    event_name = StringField("Event name, where no column says what it is", validators=[_EVENT])
    amount = SelectField("Amount", choices=[], default="")
    anonymous_id = SelectField("Anonymous id", choices=[], default="")


class FurtherIdentifierForm(Form):
    """One column of a schema of people."""

    column_id = HiddenField()
    is_further_identifier = BooleanField("Identifies a person too")


class RolesForm(EventRolesForm):
    """The roles of a schema's columns: those of an Interaction, or which identify a person too."""

    columns = FieldList(FormField(FurtherIdentifierForm))


class SchemaForm(EventRolesForm):
    """Name, parent, identifier, roles and columns."""

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
