"""The forms of kept lists."""

import io
from collections.abc import Sequence
from typing import Any

from flask_wtf import FlaskForm
from wtforms import FileField, RadioField, SelectField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

from app.audiences.forms import AudienceForm
from app.audiences.lists import files
from app.audiences.lists.queries import PERSON_IDENTIFIER, Choices
from app.audiences.lists.services import Given

ACTIONS = [
    SelectChoice("replace", "Replace the list: whoever is not in the file leaves"),
    SelectChoice("add", "Add these people; the others stay"),
    SelectChoice("remove", "Remove these people; the others stay"),
]


class GivenForm(FlaskForm):
    """A file or pasted values, and what they are."""

    file = FileField(
        "File",
        description="CSV, text with an identifier a line, Excel, JSON and others; "
        f"up to {files.MOST_BYTES // 1_000_000} MB and {files.MOST_ROWS:,} rows.",
    )
    pasted = TextAreaField(
        "Or paste identifiers", description="One a line, or with commas between."
    )
    identifier = SelectField("What identifies the people")

    def offer(self, names: Sequence[str]) -> None:
        """Offer these identifiers beside the person identifier."""
        self.identifier.choices = [
            SelectChoice(PERSON_IDENTIFIER, "Person identifier"),
            *(SelectChoice(name, name) for name in names),
        ]

    def validate(self, extra_validators: Any = None) -> bool:
        """Take just one of a file and pasted values."""
        is_valid = super().validate(extra_validators)
        is_file, is_pasted = bool(self.file.data), bool((self.pasted.data or "").strip())
        if is_file and is_pasted:
            self.pasted.errors = ["Send a file or paste identifiers, not both"]
        elif not is_file and not is_pasted:
            self.file.errors = ["Choose a file or paste identifiers"]
        return is_valid and is_file is not is_pasted

    @property
    def given(self) -> Given:
        """What was sent."""
        if self.file.data:
            name = self.file.data.filename or "file"
            return Given(self.file.data.stream, name, self.identifier.data)
        text = files.pasted(self.pasted.data or "")
        return Given(io.BytesIO(text), "", self.identifier.data)


class NewListForm(AudienceForm, GivenForm):
    """What a new list is called, and who is on it."""


class ChangeForm(GivenForm):
    """What becomes of a list by a file."""

    action = RadioField("What to do", choices=ACTIONS, default="add")


class ColumnForm(FlaskForm):
    """Which column has the identifier."""

    column = RadioField(
        "Which column identifies the people?", validators=[InputRequired("Choose a column")]
    )

    def offer(self, choices: Choices) -> None:
        """Offer the columns, each with its first values."""
        self.column.choices = [
            SelectChoice(
                each.name,
                f"{each.name}: {', '.join(each.values)[:120] or 'empty'} "
                f"({each.hit_count} of the first {each.looked_at_count} are known)",
            )
            for each in choices.columns
        ]
        if not self.is_submitted():
            self.column.data = choices.guessed
