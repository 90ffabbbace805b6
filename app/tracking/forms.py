"""The forms of sources and event names."""

from flask_wtf import FlaskForm
from wtforms import IntegerField, SelectField, StringField, TextAreaField, ValidationError
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length, Optional, Regexp

from app.tracking import origins
from app.tracking.messages import LONGEST_ID
from app.tracking.names import EventKind
from app.tracking.origins import OriginInvalid
from app.tracking.vocabulary import ITSELF

OWN_NAME = "own"
MOST_REQUESTS = 10_000_000
_SEEN = Regexp(r"^[^\x00-\x1f\x7f\ud800-\udfff]*\Z", message="Leave out signs that cannot be seen")
_REQUESTS = f"Write a whole number from 1 to {MOST_REQUESTS:,}, or leave it empty"


class SourceForm(FlaskForm):
    """A new source."""

    name = StringField(
        "Name",
        validators=[
            DataRequired("Name the source"),
            Length(max=120, message="Name the source in at most 120 signs"),
            _SEEN,
        ],
    )


class SourceLimitsForm(FlaskForm):
    """What a write key may be used for, which anybody can read in the pages it stands in."""

    allowed_origins = TextAreaField(
        "Sites that may send",
        filters=[lambda text: text or ""],
        description=(
            "One origin a line, such as https://www.example.com or https://*.example.com. "
            "Empty: pages of any site. Servers and apps name no site and may always send."
        ),
    )
    requests_a_minute = IntegerField(
        "Requests a minute",
        validators=[Optional()],
        invalid_value_message=_REQUESTS,
        render_kw={"min": 1, "max": MOST_REQUESTS},
        description="More are asked to come again in the next minute. Empty: as many as come.",
    )

    def validate_allowed_origins(self, field: TextAreaField) -> None:
        """Refuse what is no origin, saying which line."""
        try:
            origins.parsed(field.data)
        except OriginInvalid as failure:
            raise ValidationError(str(failure)) from failure

    def validate_requests_a_minute(self, field: IntegerField) -> None:
        """Refuse a number out of bounds; what is no number was refused already."""
        if field.data is not None and not 1 <= field.data <= MOST_REQUESTS:
            raise ValidationError(_REQUESTS)

    @property
    def origins(self) -> list[str]:
        """The origins as they are kept."""
        return origins.parsed(self.allowed_origins.data)


class EventNameForm(FlaskForm):
    """What a name means."""

    name = StringField(
        "Event name",
        validators=[
            DataRequired("Write the name"),
            Length(max=LONGEST_ID, message=f"A name has at most {LONGEST_ID} signs"),
            _SEEN,
        ],
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
