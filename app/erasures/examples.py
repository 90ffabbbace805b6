"""Examples of rows that pages show: samples of runs, what was found in drafts, failures.

Works within the caller's transactions, and commits nothing.
"""

from typing import Any

from sqlalchemy import select

from app.dataflows import identifying
from app.dataflows.definition import Definition
from app.dataflows.models import Dataflow, DataflowColumn, ProfileStatus
from app.erasures import rows, words
from app.erasures.places import Place
from app.erasures.subject import Subject
from app.erasures.work import NotYet, Steps, Work
from app.extensions import db
from app.runs.models import Run
from app.streams.models import StreamFile

ERASED = "[erased]"
_TOLD = (
    (Run, ("drift", "failure")),
    (Dataflow, ("recognition", "profile_problem", "profile_notes")),
    (DataflowColumn, ("profile",)),
)


def remove(work: Work) -> Steps:
    """Remove samples of the person, and the identifier from what else was found in files."""
    for run in _sampled():
        if count := count_in(run, work.subject):
            run.samples = _without(run, work.subject)
            work.count(Place.SAMPLES, count)
    yield
    for model, names in _TOLD:
        for row in db.session.scalars(select(model)):
            for name in names:
                before = getattr(row, name)
                after = scrubbed(before, work.subject.texts)
                if after != before:
                    setattr(row, name, after)
                    work.count(Place.SAMPLES, 1)
        yield
    _refuse_drafts()


def count_samples(subject: Subject) -> int:
    """Return how many samples of runs are of a person."""
    return sum(count_in(run, subject) for run in _sampled())


def scrubbed(value: Any, texts: tuple[str, ...]) -> Any:
    """Return a value of JSON with these texts replaced where they are whole words."""
    if isinstance(value, str):
        return words.in_text(texts).sub(ERASED, value) if texts else value
    if isinstance(value, list):
        return [scrubbed(each, texts) for each in value]
    if isinstance(value, dict):
        return {name: scrubbed(each, texts) for name, each in value.items()}
    return value


def count_in(run: Run, subject: Subject) -> int:
    """Return how many samples of a run are of a person."""
    before = sum(map(len, run.samples.values()))
    return before - sum(map(len, _without(run, subject).values()))


def _without(run: Run, subject: Subject) -> dict[str, Any]:
    definition = Definition.from_dict(run.definition)
    schema = rows.names().get(definition.table_name)
    target = identifying.person_target(definition, schema) if schema is not None else None
    if target is None:
        return run.samples
    return {
        bucket: [each for each in found if not _is_of(each, target.name, subject)]
        for bucket, found in run.samples.items()
    }


def _is_of(sample: dict[str, Any], name: str, subject: Subject) -> bool:
    states = (sample.get("after") or {}, sample.get("before") or {})
    return any(state.get(name) == subject.person_id for state in states)


def _sampled() -> list[Run]:
    return [run for run in db.session.scalars(select(Run)) if any(run.samples.values())]


def _refuse_drafts() -> None:
    """Raise NotYet while a draft that a record was cut out of is parsed anew."""
    waiting = (
        select(Dataflow.name)
        .join(StreamFile, StreamFile.id == Dataflow.draft_file_id)
        .where(Dataflow.profile_status == ProfileStatus.QUEUED, StreamFile.erased_at.is_not(None))
    )
    if (name := db.session.scalar(waiting.limit(1))) is not None:
        raise NotYet(f"It waits for the draft of “{name}” to be parsed anew.")
