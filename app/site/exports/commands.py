"""`flask cdp stream-user-data`, `stream-product-data` and `stream-content-data`."""

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

import click
from flask import current_app
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from app.site.exports import services
from app.site.exports.exporting import ExportKind, ExportQuery, NameUnknown, NotScalar
from app.site.exports.services import Export
from app.site.exports.sql_sources import QueryFailed
from app.site.exports.uploading import (
    Destination,
    NotConfirmed,
    NothingToSend,
    PlatformUnreachable,
    UploadRefused,
)

_FAILURES = (
    UploadRefused,
    PlatformUnreachable,
    NotConfirmed,
    NotScalar,
    NameUnknown,
    QueryFailed,
)
_COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    TimeElapsedColumn(),
    TextColumn("left"),
    TimeRemainingColumn(),
)

cdp = AppGroup("cdp", help="Send this site's users, products and content to the platform.")


def _options(type_option: str) -> Callable[[Any], Any]:
    """Give a command the options that all three have."""
    options = (
        click.option("--draft/--no-draft", "is_draft", default=True, help="Draft rows are tried."),
        click.option("--stream-id", default="", help="From step 2 of the dataflow."),
        click.option(type_option, "types", multiple=True, help="Only these types."),
        click.option("--limit", type=click.IntRange(1), default=None),
        click.option("--offset", type=click.IntRange(0), default=0),
        click.option("--changed-since", type=click.DateTime(), default=None),
        click.option("--part-rows", type=click.IntRange(1, 1_000_000), default=None),
        click.option("--dry-run", is_flag=True, help="Print the first records; send nothing."),
    )

    def decorate(command: Any) -> Any:
        for option in reversed(options):
            command = option(command)
        return command

    return decorate


@cdp.command("stream-user-data")
@_options("--user-content-type")
def stream_user_data(**options: Any) -> None:
    """Send the users."""
    _stream(ExportKind.USER, **options)


@cdp.command("stream-product-data")
@_options("--product-type")
def stream_product_data(**options: Any) -> None:
    """Send the products."""
    _stream(ExportKind.PRODUCT, **options)


@cdp.command("stream-content-data")
@_options("--content-type")
def stream_content_data(**options: Any) -> None:
    """Send the content."""
    _stream(ExportKind.CONTENT, **options)


def _stream(
    kind: ExportKind,
    *,
    is_draft: bool,
    stream_id: str,
    types: tuple[str, ...],
    limit: int | None,
    offset: int,
    changed_since: datetime | None,
    part_rows: int | None,
    dry_run: bool,
) -> None:
    settings = current_app.config
    export = Export(
        kind=kind,
        query=ExportQuery(settings["SITE_SAMPLE_SHOP_URL"], types, limit, offset, changed_since),
        source=settings["EXPORT_SOURCES"][kind.value],
        processors=settings["EXPORT_PROCESSORS"],
    )
    try:
        if dry_run:
            for record in services.first_records(export=export):
                click.echo(json.dumps(record, ensure_ascii=False))
            return
        _send(export, stream_id, is_draft, part_rows or settings["EXPORT_PART_ROWS"])
    except NothingToSend as failure:
        raise click.ClickException(f"There is no {kind.value} to send.") from failure
    except _FAILURES as failure:
        raise click.ClickException(str(failure)) from failure


def _send(export: Export, stream_id: str, is_draft: bool, part_rows: int) -> None:
    if not stream_id:
        raise click.UsageError("Name the stream with --stream-id; step 2 of the dataflow shows it.")
    destination = _destination(export.kind, stream_id, is_draft)
    total = services.count_records(export=export)
    began = time.monotonic()
    with Progress(*_COLUMNS, console=Console(stderr=True)) as bar:
        task = bar.add_task("0 rows", total=total)

        def show(rows: int) -> None:
            speed = rows / max(time.monotonic() - began, 0.001)
            text = f"{rows:,} rows, {speed:,.0f} rows/s"
            bar.update(task, description=text, completed=rows)

        sent = services.stream_export(
            export=export, destination=destination, part_rows=part_rows, progress=show
        )
    word = "draft" if is_draft else "production"
    rows, parts = _counted(sent.rows, "row"), _counted(sent.parts, "part")
    click.echo(f"Sent and confirmed: {rows} in {parts}, a {word} file.")


def _destination(kind: ExportKind, stream_id: str, is_draft: bool) -> Destination:
    """Return where the file goes, under a name that says what it is and when it was made."""
    settings = current_app.config
    return Destination(
        platform_url=settings["SITE_PLATFORM_URL"],
        account=settings["SITE_ACCOUNT"],
        stream_id=stream_id,
        is_draft=is_draft,
        file_id=f"{kind.value}-{datetime.now(UTC):%Y-%m-%d-%H%M%S}-{uuid4().hex[:8]}",
        key=settings["SITE_API_KEY"],
    )


def _counted(count: int, noun: str) -> str:
    """Return `1 row`, `2,000 rows`, in signs that every terminal has."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
