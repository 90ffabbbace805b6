"""The forms of sources and event names."""

from flask_wtf import FlaskForm
from wtforms import SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length

from app.tracking.messages import LONGEST_ID
from app.tracking.names import EventKind
from app.tracking.vocabulary import ITSELF

OWN_NAME = "own"


class SourceForm(FlaskForm):
    """A new source."""

    name = StringField("Name", validators=[DataRequired("Name the source"), Length(max=120)])


class EventNameForm(FlaskForm):
    """What a name means."""

    name = StringField(
        "Event name", validators=[DataRequired("Write the name"), Length(max=LONGEST_ID)]
    )
    kind = SelectField(
        "Counts as",
        choices=[
            *(SelectChoice(kind.value, kind.value) for kind in EventKind),
            SelectChoice(OWN_NAME, ITSELF),
        ],
    )

    @property
    def chosen_kind(self) -> EventKind | None:
        """The kind that was chosen; None for a name that stands for itself."""
        return None if self.kind.data == OWN_NAME else EventKind(self.kind.data)

    @property
    def chosen_word(self) -> str:
        """What was chosen, in words."""
        kind = self.chosen_kind
        return kind.value if kind else ITSELF
