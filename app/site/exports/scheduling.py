"""The schedule as the settings give it: which exports run by themselves, when, with what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from croniter import croniter

from app.site.exports import intervals, options
from app.site.exports.exporting import ExportKind
from app.site.exports.options import ExportOptions, OptionsInvalid

Schedule = Mapping[str, Sequence[Mapping[str, str]]]


class ScheduleInvalid(Exception):
    """An entry of the schedule could never run; the sentence names it."""


@dataclass(frozen=True)
class Entry:
    """One export that runs by itself, the `number`th of its kind, counted from 1."""

    kind: ExportKind
    number: int
    interval: str
    options: ExportOptions
    options_shown: str

    @property
    def words(self) -> str:
        """When it runs, in words."""
        return intervals.words(self.interval)

    def next_after(self, now: datetime) -> datetime:
        """Return when it runs next."""
        following: datetime = croniter(self.interval, now).get_next(datetime)
        return following


def entries(schedule: Schedule) -> list[Entry]:
    """Return the entries in the order of the settings; raise ScheduleInvalid."""
    return [
        _entry(ExportKind(kind), number, given["interval"], given["options"])
        for kind, listed in schedule.items()
        for number, given in enumerate(listed, start=1)
    ]


def find_entry(schedule: Schedule, kind: str, number: int) -> Entry | None:
    """Return one entry; None where the settings no longer have it."""
    found = (e for e in entries(schedule) if (e.kind, e.number) == (kind, number))
    return next(found, None)


def _entry(kind: ExportKind, number: int, interval: str, text: str) -> Entry:
    where = f"data_export.schedule.{kind.value}, entry {number}: its options"
    try:
        found = options.parsed(kind, text)
        shown = options.masked(text)
    except OptionsInvalid as failure:
        raise ScheduleInvalid(f"{where} cannot be read. {failure}") from failure
    if found.is_dry_run:
        raise ScheduleInvalid(f"{where} have --dry-run, which sends nothing. Leave it out.")
    if not found.stream_id:
        raise ScheduleInvalid(
            f"{where} name no stream. Add --stream-id; step 2 of the dataflow shows it."
        )
    return Entry(kind, number, interval, found, shown)
