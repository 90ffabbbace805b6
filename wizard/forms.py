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
from wtforms.validators import (
    DataRequired,
    InputRequired,
    Length,
    NumberRange,
    Optional,
    Regexp,
)
from wtforms.widgets import CheckboxInput, ListWidget

from app.addresses import LARGEST_ID
from app.dataflows.definition import DriftPolicy
from app.lake.write_modes import WriteMode
from app.tabular.files import encoding_names
from app.tabular.options import (
    LONGEST_DELIMITER,
    MOST_HEADER_ROWS,
    MOST_LEFT_OUT,
    THOUSANDS_MARKS,
    FileFormat,
)
from app.tabular.types import ColumnType
from wizard import reject_limit
from wizard.type_choices import TYPES_AS_WRITTEN

TYPES = [SelectChoice(kind.value, kind.label) for kind in ColumnType]
OTHER = "other"
DELIMITERS = [
    SelectChoice(",", "Comma  ,"),
    SelectChoice(";", "Semicolon  ;"),
    SelectChoice("\t", "Tab"),
    SelectChoice("|", "Pipe  |"),
    SelectChoice(" ", "Space"),
    SelectChoice("  ", "Two spaces or more"),
    SelectChoice(":", "Colon  :"),
    SelectChoice(OTHER, "Another…"),
]
QUOTES = [
    SelectChoice('"', 'Double  "'),
    SelectChoice("'", "Single  '"),
    SelectChoice("", "None"),
    SelectChoice("~", "Tilde  ~"),
    SelectChoice("`", "Backtick  `"),
    SelectChoice("|", "Pipe  |"),
]
THOUSANDS = [
    SelectChoice(mark, f"{name}  {mark}".strip() if mark.isprintable() else name)
    for mark, name in THOUSANDS_MARKS.items()
]
ENCODINGS = [SelectChoice(name, label) for name, label in encoding_names.ENCODINGS.items()]


def _left_out(label: str) -> IntegerField:
    """Return the field that asks how many rows or columns are left out."""
    message = f"Leave out between 0 and {MOST_LEFT_OUT:,}"
    return IntegerField(
        label, default=0, validators=[Optional(), NumberRange(0, MOST_LEFT_OUT, message)]
    )


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
    other_delimiter = StringField(
        "Another delimiter",
        description=f"Up to {LONGEST_DELIMITER} characters, where the list above says “Another…”.",
        validators=[Length(max=LONGEST_DELIMITER)],
        render_kw={"maxlength": LONGEST_DELIMITER},
        filters=[lambda text: text or ""],
    )
    is_repeated = BooleanField("Several in a row count as one")
    is_padded = BooleanField("Spaces beside it belong to no cell")
    quote = SelectField("Quote", choices=QUOTES)
    escape = SelectField(
        "Escape",
        choices=[SelectChoice("", "Doubled quotes"), SelectChoice("\\", "Backslash  \\")],
    )
    comment = StringField(
        "Comment lines begin with", validators=[Length(max=10)], render_kw={"placeholder": "#"}
    )
    column_starts = StringField(
        "Where columns begin",
        description="Places counted from 0, with commas between.",
        validators=[Regexp(r"^[\d\s,]*$", message="Enter numbers with commas between: 0, 12, 30")],
        render_kw={"placeholder": "0, 12, 30"},
    )
    skipped_rows = _left_out("Lines to leave out above the header")
    header_rows = IntegerField(
        "Header rows",
        description="0 where the file names no columns.",
        validators=[
            InputRequired("Say how many rows name the columns"),
            NumberRange(0, MOST_HEADER_ROWS, f"A header has 0 to {MOST_HEADER_ROWS} rows"),
        ],
    )
    footer_rows = _left_out("Lines to leave out at the end")
    first_column = _left_out("Columns to leave out on the left")
    column_count = IntegerField(
        "Columns of the table",
        description="As many as the header has, if empty.",
        validators=[Optional(), NumberRange(1, 100_000, "A table has at least one column")],
    )
    has_row_names = BooleanField("The first column has no name, and the header is one short")
    keeps_long_rows = BooleanField("Rows longer than the header get more columns")
    record_path = StringField(
        "Where the records are",
        validators=[Length(max=2_000)],
        render_kw={"placeholder": "data.items in JSON, catalog/book in XML"},
    )
    sheet = StringField(
        "Sheet",
        validators=[Length(max=300)],
        render_kw={"placeholder": "The first with cells"},
    )
    decimal_mark = SelectField(
        "Decimal mark", choices=[SelectChoice(".", "Point  ."), SelectChoice(",", "Comma  ,")]
    )
    thousands_mark = SelectField("Thousands mark", choices=THOUSANDS)
    null_words = StringField(
        "Words that mean empty", validators=[Length(max=200)], render_kw={"placeholder": "NA, NULL"}
    )
    null_word = StringField("One word more that means empty", validators=[Length(max=100)])


class ColumnForm(Form):
    """One column of step 3."""

    column_id = HiddenField()
    name = StringField("Name", validators=[DataRequired("Name the column"), Length(max=300)])
    is_mandatory = BooleanField("Mandatory")
    reading = RadioField("Dates", choices=[])


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


class WideMappingForm(Form):
    """One column of the schema in step 4, where there are too many columns for a list in each."""

    schema_column_id = HiddenField()
    column = StringField("Column", render_kw={"list": "columns-there-are"})


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
    reject_limit_count = reject_limit.rows_field()
    reject_limit_percent = reject_limit.percent_field()
    drift_policy = RadioField(
        "When a file's columns differ",
        choices=[
            SelectChoice(policy.value, f"{policy.value.capitalize()}: {policy.sentence}")
            for policy in DriftPolicy
        ],
        default=DriftPolicy.STOP.value,
    )
    mappings = FieldList(FormField(MappingForm))


class WideTransformMapForm(TransformMapForm):
    """Step 4 of a file with very many columns."""

    mappings = FieldList(FormField(WideMappingForm))


class CheckboxesField(SelectMultipleField):
    """Any number of choices, each a checkbox."""

    widget = ListWidget()
    option_widget = CheckboxInput()


class TransformationForm(VersionedForm):
    """Step 4: a custom column; what it is made from and its kind's settings are added as fields."""

    kind = HiddenField()
    output = StringField(
        "Name of the custom column",
        validators=[DataRequired("Name the custom column"), Length(max=300)],
    )
    type = SelectField("Type", choices=TYPES, default=ColumnType.TEXT.value)
    fallback = StringField(
        "Fallback",
        description="Stands where no value can be made, or one is not of the type. Without a "
        "fallback, such a row is rejected.",
        validators=[Length(max=300)],
        render_kw={"maxlength": 300},
    )
