"""Jobs on the draft files of dataflows."""

from app.drafts import services as drafts


def profile_draft(*, dataflow_id: int, **_later: object) -> None:
    """Parse a draft that is too large for the request."""
    drafts.profile_draft(dataflow_id=dataflow_id)
