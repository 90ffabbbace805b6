"""The form of an audience; its conditions are read by `builder`."""

from functools import cache
from zoneinfo import available_timezones

from flask_wtf import FlaskForm
from wtforms import HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length

from app.audiences.tags import LONGEST_TAG, MOST_TAGS


@cache
def zone_choices() -> list[SelectChoice]:
    """Return all time zones by their names, UTC first."""
    names = sorted(available_timezones() - {"UTC"})
    return [SelectChoice(name, name.replace("_", " ")) for name in ("UTC", *names)]


class AudienceForm(FlaskForm):
    """What an audience is called."""

    name = StringField("Name", validators=[DataRequired("Name the audience"), Length(max=120)])
    description = StringField("Description", validators=[Length(max=500)])
    tags = StringField("Tags", description="Separated by commas.", validators=[Length(max=500)])
    zone = SelectField(
        "Time zone of its days",
        choices=zone_choices,
        default="UTC",
    )
    version = HiddenField()

    @property
    def seen_version(self) -> int:
        """The version that the page showed; one that is no number was never shown."""
        text = self.version.data or ""
        return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0

    @property
    def listed_tags(self) -> list[str]:
        """The tags, each once."""
        tags = [tag.strip()[:LONGEST_TAG] for tag in (self.tags.data or "").split(",")]
        return list(dict.fromkeys(tag for tag in tags if tag))[:MOST_TAGS]
