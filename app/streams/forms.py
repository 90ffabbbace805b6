"""The forms of a stream's page."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, FileField
from wtforms.validators import InputRequired


class StreamSettingsForm(FlaskForm):
    """Who may send, and what one call means."""

    is_id_enough = BooleanField("Whoever knows the stream id may send, without an API key")
    is_one_call_whole = BooleanField("One call without a file id is the whole file")


class UploadForm(FlaskForm):
    """A file from the person's own disk."""

    file = FileField("File", validators=[InputRequired("Choose a file")])
