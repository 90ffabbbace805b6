"""Which definition a file is taken by once more."""

from flask_wtf import FlaskForm
from wtforms import RadioField
from wtforms.validators import InputRequired


class ReplayForm(FlaskForm):
    """The version to follow."""

    number = RadioField(
        "By which definition?", coerce=int, validators=[InputRequired("Choose a version")]
    )
