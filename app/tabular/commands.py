"""`flask files`: what is in a file, and the file as plain NDJSON or CSV."""

import csv
import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, TextIO

import click

from app.tabular.batches import Batch
from app.tabular.columns.converting import arrow_texts
from app.tabular.columns.profiles import FileProfile
from app.tabular.columns.profiling import profile
from app.tabular.files.source import FileUnreadable, NotRecognised, PathSource, Source
from app.tabular.option_words import with_words
from app.tabular.options import OptionsImpossible, ParsingOptions
from app.tabular.reading import columns_of, read
from app.tabular.table import examined, has_long_rows, is_doubtful

UNREADABLE, DOUBTFUL, NOT_RECOGNISED = 2, 3, 4
_EXIT = (
    "Exit status: 0 recognised, 3 recognised with doubt, 4 not recognised, 2 unreadable. "
    "What is in doubt is said on standard error."
)


@click.group("files", help="Files of rows and columns: what is in them.")
def files() -> None:
    """Hold the commands."""


@files.command("inspect", epilog=_EXIT)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON, for machines.")
def inspect(path: Path, is_json: bool) -> None:
    """Say how a file is read, why, and what its columns hold."""
    with _exits():
        source = PathSource(path)
        recognition = examined(source)
        options = _keeping_long_rows(source, recognition.options)
        columns = columns_of(source, options)
        found = profile(read(source, options), options, columns=columns)
        doubts = is_doubtful(recognition, found)
        told = {**recognition.to_dict(), "options": options.to_dict()}
        if is_json:
            answer = {**told, **found.to_dict(), "ask": doubts}
            click.echo(json.dumps(answer, ensure_ascii=False, default=str))
        else:
            click.echo("\n".join(_report(told, found)))
        sys.exit(DOUBTFUL if doubts else 0)


@files.command("convert", epilog=_EXIT)
@click.argument("path", type=click.Path(path_type=Path))
@click.option("--to", "target", type=click.Choice(["ndjson", "csv"]), required=True)
@click.option("--options", "words", multiple=True, metavar="KEY=VALUE", help="Read it so instead.")
@click.option("--output", type=click.Path(path_type=Path), help="A file, rather than the screen.")
def convert(path: Path, target: str, words: tuple[str, ...], output: Path | None) -> None:
    """Write all values of a file as the exact strings they are, also those like formulas."""
    with _exits():
        source = PathSource(path)
        recognition = examined(source)
        options = _keeping_long_rows(source, with_words(recognition.options, words))
        names = columns_of(source, options).names
        write = _WRITERS[target]
        with _opened(output) as stream:
            bad_count = write(stream, names, read(source, options))
        questions = recognition.questions if not words else ()
        _tell(bad_count, questions)
        sys.exit(DOUBTFUL if bad_count or questions else 0)


def _keeping_long_rows(source: Source, options: ParsingOptions) -> ParsingOptions:
    """Return the options that show every cell; reads the file once to see whether that takes more.

    To keep long rows, the longest must be known first, and the file be read the slow way: most
    files have none.
    """
    is_needed = any(map(has_long_rows, read(source, options)))
    return replace(options, keeps_long_rows=True) if is_needed else options


@contextmanager
def _exits() -> Iterator[None]:
    """Turn what is wrong with a file into a sentence and the exit status for it."""
    try:
        yield
    except NotRecognised as failure:
        click.echo(failure.sentence, err=True)
        sys.exit(NOT_RECOGNISED)
    except FileUnreadable as failure:
        click.echo(failure.sentence, err=True)
        sys.exit(UNREADABLE)
    except OptionsImpossible as failure:
        click.echo(failure.message, err=True)
        sys.exit(UNREADABLE)
    except OSError as failure:
        click.echo(f"{failure.filename or 'The file'}: {failure.strerror}.", err=True)
        sys.exit(UNREADABLE)


@contextmanager
def _opened(output: Path | None) -> Iterator[TextIO]:
    """Yield where to write to; a file has its name only once it is whole."""
    if output is None:
        sys.stdout.reconfigure(encoding="utf-8", newline="")  # type: ignore[union-attr]
        yield sys.stdout
        return
    unfinished = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        with unfinished.open("w", encoding="utf-8", newline="") as stream:
            yield stream
        unfinished.replace(output)
    finally:
        unfinished.unlink(missing_ok=True)


def _write_ndjson(stream: TextIO, names: tuple[str, ...], batches: Iterator[Batch]) -> int:
    bad_count = 0
    for batch in batches:
        bad_count += len(batch.bad_rows)
        for row in _rows(batch):
            stream.write(json.dumps(dict(zip(names, row, strict=True)), ensure_ascii=False) + "\n")
    return bad_count


def _write_csv(stream: TextIO, names: tuple[str, ...], batches: Iterator[Batch]) -> int:
    bad_count = 0
    writer = csv.writer(stream)
    writer.writerow(names)
    for batch in batches:
        bad_count += len(batch.bad_rows)
        writer.writerows(_rows(batch))
    return bad_count


_WRITERS: dict[str, Callable[[TextIO, tuple[str, ...], Iterator[Batch]], int]] = {
    "ndjson": _write_ndjson,
    "csv": _write_csv,
}


def _rows(batch: Batch) -> Iterator[tuple[str | None, ...]]:
    columns = (arrow_texts(batch.frame[name]).to_pylist() for name in batch.frame)
    return zip(*columns, strict=True)


def _tell(bad_count: int, questions: tuple[str, ...]) -> None:
    if bad_count:
        click.echo(f"{bad_count:,} rows cannot be rows of the table, and are left out.", err=True)
    if questions:
        click.echo(f"In doubt, please confirm: {', '.join(questions)}.", err=True)


def _report(told: dict[str, Any], found: FileProfile) -> Iterator[str]:
    yield f"{found.row_count:,} rows, {len(found.columns):,} columns"
    for option, sentence in told["evidence"]:
        yield f"  {option}: {sentence}"
    for option in told["questions"]:
        yield f"  in doubt: {option}"
    for kind in ("bad_row", "padded", "blank", "doubtful"):
        if count := getattr(found, f"{kind}_count"):
            yield f"  {count:,} {kind.removesuffix('_row')} rows"
    yield from (f"  line {row.line:,}: {row.message}" for row in found.doubtful_rows[:5])
    yield from (f"  line {line:,} reads like a header among the rows." for line in found.odd_lines)
    for column in found.columns:
        about = "" if column.is_distinct_exact else "about "
        yield (
            f"{column.name}  {column.type.label}, {column.empty_count:,} empty, "
            f"{about}{column.distinct_count:,} distinct, for example {column.samples[:3]}"
        )
