"""Named failures of the services, as sentences on the form that met them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from flask_wtf import FlaskForm

from app.dataflows import services as dataflows
from app.dataflows.column_choices import ColumnNameInvalid, MandatoryImpossible
from app.dataflows.models import Dataflow
from app.drafts import services as drafts
from app.execution.wording import sentence as unreadable
from app.runs import services as runs
from app.runs.models import Run, RunStatus
from app.streams import wording as streams
from app.tabular.columns.transforming import TransformationImpossible
from app.tabular.files.source import FileUnreadable
from app.tabular.options import OptionsImpossible

CONFLICT, INVALID = 409, 422

EDITED_ELSEWHERE = (
    "This draft was changed in another tab or by somebody else since you opened this page. "
    "Nothing was saved. Reload the page to see the newest state, then make your change again."
)
_SENTENCES: dict[type[Exception], Callable[[Any], str]] = {
    dataflows.EditedElsewhere: lambda _failure: EDITED_ELSEWHERE,
    dataflows.NameTaken: lambda _failure: (
        "Another dataflow has this name. Choose a name of its own."
    ),
    ColumnNameInvalid: lambda failure: (
        f"The column “{failure}” needs a name that no other column has."
    ),
    MandatoryImpossible: lambda failure: (
        f"“{failure}” has empty values in this file, so it cannot be mandatory."
    ),
    dataflows.FallbackInvalid: lambda failure: (
        f"The fallback of “{failure}” is not of the type chosen for it."
    ),
    dataflows.NotReady: lambda failure: " ".join(f"{missing}." for missing in failure.missing),
    drafts.FileGone: lambda _failure: "That file is no longer there. Choose another.",
    runs.NothingToTry: lambda _failure: "There is no draft to try yet.",
    FileUnreadable: unreadable,
    OptionsImpossible: str,
    TransformationImpossible: str,
    **streams.SENTENCES,
}


@contextmanager
def shown_on(form: Any) -> Iterator[None]:
    """Turn a named failure within the block into an error of the form."""
    try:
        yield
    except tuple(_SENTENCES) as failure:
        form.form_errors.append(_sentence(failure))
        form.failure = failure
        form.is_conflict = isinstance(failure, dataflows.EditedElsewhere)


def _sentence(failure: Exception) -> str:
    kinds = type(failure).__mro__
    return next(_SENTENCES[kind](failure) for kind in kinds if kind in _SENTENCES)


def status(*shown: Any) -> int:
    """Return the status of a page with these forms: 422 with errors, 409 if another was first."""
    forms = [form for form in shown if isinstance(form, FlaskForm)]
    if any(getattr(form, "is_conflict", False) for form in forms):
        return CONFLICT
    return INVALID if any(form.errors for form in forms) else 200


def trial_lacks(dataflow: Dataflow, trial: Run | None) -> list[str]:
    """Return why the draft's dry run does not yet allow to activate."""
    if trial is None or trial.definition_version != dataflow.version:
        return ["Try the draft: something changed since the last dry run"]
    if trial.status.is_active:
        return ["Wait until the dry run has ended"]
    if trial.status is RunStatus.FAILED:
        return ["The dry run failed: mend what it names, then try again"]
    if trial.received_count == trial.rejected_count:
        return ["Every row of the draft was rejected: mend the rules or the file"]
    return []
