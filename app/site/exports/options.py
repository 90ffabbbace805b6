"""The options of the export commands, as a command line and as the schedule write them."""

import shlex
from dataclasses import dataclass
from datetime import datetime

import click

from app.site.exports.exporting import ExportKind

TYPE_OPTIONS = {
    ExportKind.USER: "--user-content-type",
    ExportKind.PRODUCT: "--product-type",
    ExportKind.CONTENT: "--content-type",
}
STREAM_ID = "--stream-id"
MASK = "…"


class OptionsInvalid(Exception):
    """A text holds other than the options of an export command; the sentence says what."""


@dataclass(frozen=True)
class ExportOptions:
    """What is exported, and as what it is sent."""

    is_draft: bool
    stream_id: str
    types: tuple[str, ...]
    limit: int | None
    offset: int
    changed_since: datetime | None
    part_rows: int | None
    is_dry_run: bool


def parameters(kind: ExportKind) -> list[click.Parameter]:
    """Return the options that the command of a kind takes, one for each field."""
    return [
        click.Option(
            ["--draft/--no-draft", "is_draft"], default=True, help="Draft rows are tried."
        ),
        click.Option([STREAM_ID], default="", help="From step 2 of the dataflow."),
        click.Option([TYPE_OPTIONS[kind], "types"], multiple=True, help="Only these types."),
        click.Option(["--limit"], type=click.IntRange(1)),
        click.Option(["--offset"], type=click.IntRange(0), default=0),
        click.Option(["--changed-since"], type=click.DateTime()),
        click.Option(["--part-rows"], type=click.IntRange(1, 1_000_000)),
        click.Option(
            ["--dry-run", "is_dry_run"],
            is_flag=True,
            help="Print the first records; send nothing.",
        ),
    ]


def parsed(kind: ExportKind, text: str) -> ExportOptions:
    """Return the options of a command of this kind; raise OptionsInvalid."""
    command = click.Command(kind.value, params=parameters(kind), add_help_option=False)
    try:
        context = command.make_context(kind.value, _words(text))
    except click.ClickException as failure:
        raise OptionsInvalid(failure.format_message()) from failure
    return ExportOptions(**context.params)


def masked(text: str) -> str:
    """Return the options without the stream id, since whoever knows one may send."""
    words = _words(text)
    return " ".join(map(_masked, ["", *words], words))


def _masked(before: str, word: str) -> str:
    if before == STREAM_ID:
        return MASK
    return f"{STREAM_ID}={MASK}" if word.startswith(f"{STREAM_ID}=") else shlex.quote(word)


def _words(text: str) -> list[str]:
    try:
        return shlex.split(text)
    except ValueError as failure:
        raise OptionsInvalid(f"{failure}.") from failure
