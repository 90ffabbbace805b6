"""`flask cdp stream-user-data`, `stream-product-data` and `stream-content-data`."""

import json
import time
from typing import Any

import click
from flask import current_app
from flask.cli import AppGroup
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from app import clock
from app.site.exports import options, services, wording
from app.site.exports.exporting import ExportKind
from app.site.exports.options import ExportOptions
from app.site.exports.site import Site

_COLUMNS = (
    TextColumn("{task.description}"),
    BarColumn(),
    TimeElapsedColumn(),
    TextColumn("left"),
    TimeRemainingColumn(),
)

cdp = AppGroup("cdp", help="This site: what it sends to the platform, and what it works.")


@cdp.command("stream-user-data", params=options.parameters(ExportKind.USER))
def stream_user_data(**given: Any) -> None:
    """Send the users."""
    _stream(ExportKind.USER, ExportOptions(**given))


@cdp.command("stream-product-data", params=options.parameters(ExportKind.PRODUCT))
def stream_product_data(**given: Any) -> None:
    """Send the products."""
    _stream(ExportKind.PRODUCT, ExportOptions(**given))


@cdp.command("stream-content-data", params=options.parameters(ExportKind.CONTENT))
def stream_content_data(**given: Any) -> None:
    """Send the content."""
    _stream(ExportKind.CONTENT, ExportOptions(**given))


def _stream(kind: ExportKind, asked: ExportOptions) -> None:
    site = Site.of(current_app.config)
    try:
        if asked.is_dry_run:
            for record in services.first_records(export=site.export(kind, asked)):
                click.echo(json.dumps(record, ensure_ascii=False))
            return
        _send(site, kind, asked)
    except wording.FAILURES as failure:
        raise click.ClickException(wording.sentence(failure, kind)) from failure


def _send(site: Site, kind: ExportKind, asked: ExportOptions) -> None:
    if not asked.stream_id:
        raise click.UsageError("Name the stream with --stream-id; step 2 of the dataflow shows it.")
    export = site.export(kind, asked)
    total = services.count_records(export=export)
    began = time.monotonic()
    with Progress(*_COLUMNS, console=Console(stderr=True)) as bar:
        task = bar.add_task("0 rows", total=total)

        def show(rows: int) -> None:
            speed = rows / max(time.monotonic() - began, 0.001)
            text = f"{rows:,} rows, {speed:,.0f} rows/s"
            bar.update(task, description=text, completed=rows)

        sent = services.stream_export(
            export=export,
            destination=site.destination(kind, asked, clock.now()),
            part_rows=asked.part_rows or site.part_rows,
            progress=show,
        )
    word = "draft" if asked.is_draft else "production"
    rows, parts = _counted(sent.rows, "row"), _counted(sent.parts, "part")
    click.echo(f"Sent and confirmed: {rows} in {parts}, a {word} file.")


def _counted(count: int, noun: str) -> str:
    """Return `1 row`, `2,000 rows`, in signs that every terminal has."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"
