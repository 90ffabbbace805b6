"""The form that lets somebody come back."""

from flask_wtf import FlaskForm
from wtforms import StringField
from wtforms.validators import DataRequired, Length


class LiftForm(FlaskForm):
    """An identifier to take in again."""

    identifier = StringField(
        "Identifier",
        validators=[
            DataRequired("Write the identifier"),
            Length(max=200, message="An identifier has at most 200 signs"),
        ],
    )
