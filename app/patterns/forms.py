"""A form with one field of each sort."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FileField,
    IntegerField,
    PasswordField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, NumberRange

TYPES = [SelectChoice("text", "Text"), SelectChoice("integer", "Integer")]


class PatternForm(FlaskForm):
    """One field of each sort."""

    name = StringField("Name", validators=[InputRequired("Give the dataflow a name")])
    description = TextAreaField("Description", description="What the rows are, for colleagues.")
    password = PasswordField("Password", validators=[InputRequired("Enter your password")])
    skipped_rows = IntegerField("Rows to skip", validators=[NumberRange(0, 9, "Skip 0 to 9 rows")])
    type = SelectField("Type", choices=TYPES, validators=[InputRequired("Choose a type")])
    inputs = SelectMultipleField("Made from", choices=TYPES)
    write_mode = RadioField(
        "Write mode",
        choices=[
            SelectChoice("append", "Append: new values overwrite old, the other rows stay"),
            SelectChoice("overwrite", "Overwrite: the file replaces the dataset"),
        ],
        validators=[InputRequired("Choose a write mode")],
    )
    has_header = BooleanField("The first row names the columns")


class PatternUploadForm(FlaskForm):
    """A file."""

    file = FileField("Draft file", validators=[InputRequired("Choose a file")])
