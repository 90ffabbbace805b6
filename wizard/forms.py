"""The forms of the five steps."""

from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, InputRequired, Length, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from app.addresses import LARGEST_ID
from app.lake.planning import WriteMode
from app.tabular.files import encoding_names
from app.tabular.options import FileFormat
from app.tabular.types import ColumnType
from wizard.type_choices import TYPES_AS_WRITTEN

TYPES = [SelectChoice(kind.value, kind.label) for kind in ColumnType]
DELIMITERS = [
    SelectChoice(",", "Comma  ,"),
    SelectChoice(";", "Semicolon  ;"),
    SelectChoice("\t", "Tab"),
    SelectChoice("|", "Pipe  |"),
    SelectChoice(" ", "Space"),
    SelectChoice(":", "Colon  :"),
]
ENCODINGS = [SelectChoice(name, label) for name, label in encoding_names.ENCODINGS.items()]


class VersionedForm(FlaskForm):
    """A form that knows which version of the definition its page showed."""

    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version the page was made from; 0 where it is not a number."""
        text = self.version.data or ""
        return int(text) if text.isdecimal() and len(text) < 10 else 0


class GeneralForm(VersionedForm):
    """Step 1."""

    name = StringField(
        "Name",
        validators=[DataRequired("Give the dataflow a name"), Length(max=120)],
        render_kw={"maxlength": 120},
    )
    description = TextAreaField("Description", validators=[Length(max=2000)])
    source = RadioField(
        "Source",
        choices=[SelectChoice("stream_file", "Stream File: the site sends files to this dataflow")],
        default="stream_file",
    )
    destination = RadioField(
        "Destination",
        choices=[SelectChoice("cdp", "CDP: a dataset in Headwater")],
        default="cdp",
    )


class ChooseForm(VersionedForm):
    """Step 2: one of the files that arrived."""

    file_id = IntegerField(
        "File",
        validators=[
            InputRequired("Choose a file"),
            NumberRange(1, LARGEST_ID, "Choose a file of the list"),
        ],
    )


class ParsingForm(VersionedForm):
    """Step 3: how the file is read."""

    format = SelectField("Format", choices=[SelectChoice(f.value, f.label) for f in FileFormat])
    encoding = SelectField("Encoding", choices=ENCODINGS)
    delimiter = SelectField("Delimiter", choices=DELIMITERS)
    quote = SelectField(
        "Quote",
        choices=[
            SelectChoice('"', 'Double  "'),
            SelectChoice("'", "Single  '"),
            SelectChoice("", "None"),
        ],
    )
    escape = SelectField(
        "Escape",
        choices=[SelectChoice("", "Doubled quotes"), SelectChoice("\\", "Backslash  \\")],
    )
    header_rows = IntegerField(
        "Header rows",
        validators=[
            InputRequired("Say how many rows name the columns"),
            NumberRange(0, 3, "A header has 0 to 3 rows"),
        ],
    )
    skipped_rows = IntegerField(
        "Rows to skip at the top",
        validators=[NumberRange(0, 10_000, "Skip between 0 and 10 000 rows")],
    )
    decimal_mark = SelectField(
        "Decimal mark", choices=[SelectChoice(".", "Point  ."), SelectChoice(",", "Comma  ,")]
    )
    thousands_mark = SelectField(
        "Thousands mark",
        choices=[
            SelectChoice("", "None"),
            SelectChoice(",", "Comma  ,"),
            SelectChoice(".", "Point  ."),
            SelectChoice(" ", "Space"),
            SelectChoice("'", "Apostrophe  '"),
        ],
    )
    null_words = StringField(
        "Words that mean empty", validators=[Length(max=200)], render_kw={"placeholder": "NA, NULL"}
    )


class ColumnForm(Form):
    """One column of step 3."""

    column_id = HiddenField()
    name = StringField("Name", validators=[DataRequired("Name the column"), Length(max=300)])
    is_mandatory = BooleanField("Mandatory")


class ColumnsForm(VersionedForm):
    """Step 3: the columns."""

    columns = FieldList(FormField(ColumnForm))


class ConversionForm(Form):
    """One column of step 4."""

    column_id = HiddenField()
    type = SelectField("Type", choices=TYPES_AS_WRITTEN)
    fallback = StringField("Fallback", validators=[Optional(), Length(max=300)])


class MappingForm(Form):
    """One column of the schema in step 4."""

    schema_column_id = HiddenField()
    column = SelectField("Column", choices=[], validate_choice=False)


class TransformMapForm(VersionedForm):
    """Step 4: types, schema, write mode and mapping, saved together."""

    schema_id = SelectField("Schema", choices=[], coerce=int)
    conversions = FieldList(FormField(ConversionForm))
    write_mode = RadioField(
        "Write mode",
        choices=[
            SelectChoice(mode.value, f"{mode.value.capitalize()}: {mode.sentence}")
            for mode in WriteMode
        ],
        default=WriteMode.APPEND.value,
    )
    mappings = FieldList(FormField(MappingForm))


class CheckboxesField(SelectMultipleField):
    """Any number of choices, each a checkbox."""

    widget = ListWidget()
    option_widget = CheckboxInput()


class TransformationForm(VersionedForm):
    """Step 4: a custom column; what it is made from and its kind's settings are added as fields."""

    kind = HiddenField()
    output = StringField(
        "Name of the new column", validators=[DataRequired("Name the new column"), Length(max=300)]
    )
    type = SelectField("Type", choices=TYPES, default=ColumnType.TEXT.value)
