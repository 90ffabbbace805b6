"""Kept lists, made and changed as a person does it."""

import io
from datetime import timedelta

from app import storage
from app.audiences.lists import files, queries, services
from app.audiences.lists.models import Action
from app.audiences.lists.services import Given
from app.extensions import db
from tests.conftest import NOW

EVERYTHING = 10**9


def given(content, identifier="", name="list.csv"):
    """Return a file as it is sent."""
    sent = content.encode() if isinstance(content, str) else content
    return Given(io.BytesIO(sent), name, identifier)


def make_list(content, *, identifier="", column=None, name="Guests", at_once=True):
    """Return the file of a new list, taken in at once or waiting for a worker."""
    intake = services.create_list(
        name=name, description="", tags=[], given=given(content, identifier), now=NOW
    )
    return take(intake, column, at_once=at_once)


def change(intake, action, content, *, identifier="", now=NOW):
    """Change the list of a file by another file."""
    changed = services.change_list(
        audience_id=intake.audience_id,
        action=Action(action),
        given=given(content, identifier),
        now=now,
    )
    return take(changed, None, now=now)


def take(intake, column=None, *, at_once=True, now=NOW):
    """Choose the column that is guessed, or another, and return the file as it then stands."""
    chosen = column or queries.choices_of(intake).guessed
    services.choose_column(
        intake_id=intake.id,
        column=chosen,
        at_once_up_to=EVERYTHING if at_once else 0,
        clock=lambda: now,
    )
    db.session.expire_all()
    found = queries.find_intake(intake.id)
    assert found is not None
    return found


def stored_files():
    """Return the paths of all files of lists that are kept."""
    return storage.files().list_older_than(NOW + timedelta(days=3650), below=files.FOLDER)
