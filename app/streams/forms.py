"""The forms of a stream's page."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField, RadioField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.streams.models import FileKind


class StreamSettingsForm(FlaskForm):
    """Who may send, and what one call means."""

    is_id_enough = BooleanField("Whoever knows the stream id may send, without an API key")
    is_one_call_whole = BooleanField("One call without a file id is the whole file")


class UploadForm(FlaskForm):
    """A file from the person's own disk."""

    file = FileField("File", validators=[InputRequired("Choose a file")])
    kind = RadioField(
        "What is it?",
        choices=[
            SelectChoice(FileKind.DRAFT.value, "A draft: its rows try the dataflow out"),
            SelectChoice(FileKind.PRODUCTION.value, "A production file: its rows are loaded"),
        ],
        default=FileKind.DRAFT.value,
    )
