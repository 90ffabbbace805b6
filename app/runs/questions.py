"""What is asked of a person before a run is taken back."""

from app.confirming import Question
from app.formatting import plural
from app.runs.models import Run


def before_undoing(run: Run) -> Question:
    """Name the rows that taking a run back would change."""
    parts = [
        f"{plural(count, 'row')} {what}"
        for count, what in (
            (run.added_count, "it added would go"),
            (run.changed_count, "it changed would be as they were before"),
            (run.removed_count, "it removed would come back"),
        )
        if count
    ]
    return Question(
        title=f"Undo run {run.id}?",
        sentence=(
            f"{'; '.join(parts)}. Rows that were changed since stay as they are, and are listed. "
            "Undoing can be undone as well."
        ),
        button="Undo",
        is_danger=False,
    )
