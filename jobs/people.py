"""Jobs that keep what is known of people ready to be read."""

from app.people import services as people


def prepare_events(**_later: object) -> None:
    """Prepare files of events that are not yet."""
    people.prepare_events()
