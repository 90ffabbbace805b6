"""The form that cuts an audience into parts."""

from flask_wtf import FlaskForm
from wtforms import FieldList, Form, FormField, StringField
from wtforms.validators import DataRequired, Length

from app.audiences.dividing.planned import MOST_PARTS

USUAL = (
    {"name": "A", "share": "45"},
    {"name": "B", "share": "45"},
    {"name": "holdout", "share": "10"},
)


class PartForm(Form):
    """One part."""

    name = StringField("Part", validators=[Length(max=100)])
    share = StringField("Per cent", validators=[Length(max=20)])


class SplitForm(FlaskForm):
    """The division and its parts."""

    division = StringField(
        "Name of the division",
        description="Divisions of one name cut people at the same places, and those of other "
        "names at others. Whoever is in a part stays in it.",
        validators=[DataRequired("Name the division"), Length(max=120)],
    )
    parts = FieldList(FormField(PartForm), max_entries=MOST_PARTS)

    @property
    def asked(self) -> list[tuple[str, str]]:
        """The names and per cents as they were written."""
        return [(each["name"] or "", each["share"] or "") for each in self.parts.data]
