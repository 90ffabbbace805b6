"""`flask audiences`: definitions as files, sizes, members, and why somebody is in one or is not."""

import json
import sys
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from itertools import islice
from pathlib import Path
from typing import Any, NoReturn

import click
from flask.cli import AppGroup

from app import clock, storage
from app.audiences import changes, explanations, queries
from app.audiences.as_code import queries as code
from app.audiences.as_code import services
from app.audiences.as_code.describing import Described, FileInvalid
from app.audiences.as_code.documents import LARGEST
from app.audiences.as_code.reading import described_in
from app.audiences.as_code.writing import as_json, as_yaml
from app.audiences.evaluation.services import UNFIT
from app.audiences.explaining.explanation import Explanation, Happened, Told
from app.audiences.models import Audience
from app.audiences.tree import checking
from app.formatting import plural
from app.terminal import WRONG, for_machines, to_file, write

LINES_AT_ONCE = 1_000
BY = "flask audiences apply"

audiences = AppGroup("audiences", help="Audiences: definitions as files, and who is in them.")
_FILE = click.Path(path_type=Path)


@audiences.command("export")
@click.argument("names", metavar="[NAME]...", nargs=-1)
@click.option("--json", "is_json", is_flag=True, help="JSON, not YAML.")
@to_file
def export(names: tuple[str, ...], is_json: bool, output: Path | None) -> None:
    """Write audiences, all if none is named, as YAML or JSON, which `apply` takes."""
    chosen = [_named(each) for each in dict.fromkeys(names)] if names else code.list_all()
    is_json = is_json or (output is not None and _is_json(output))
    described = code.described(list({each.id: each for each in chosen}.values()))
    text = as_json(described) if is_json else as_yaml(described)
    write(text, output)


@audiences.command("apply", epilog="Exit status: 0 done, 2 the file is wrong, 1 anything else.")
@click.argument("path", metavar="FILE", type=_FILE)
@click.option("--name", default="", help="What conditions without a name are called.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Say what would change; write nothing.")
@for_machines
def apply(path: Path, name: str, is_dry: bool, is_json: bool) -> None:
    """Make audiences what a file says, all of them or none: new ones, or changed."""
    described = _described(path, name)
    try:
        applied = services.apply(described=described, by=BY, now=clock.now(), is_dry=is_dry)
    except FileInvalid as failure:
        _refuse(path, failure)
    except services.ChangedMeanwhile:
        sentence = "An audience was saved at the same moment. Nothing is done; try again."
        raise click.ClickException(sentence) from None
    if is_json:
        said = [
            {"name": each.name, "outcome": each.outcome, "changes": list(each.changes)}
            for each in applied
        ]
        click.echo(json.dumps({"audiences": said, "dry_run": is_dry}, ensure_ascii=False))
        return
    for each in applied:
        click.echo("\n".join([f"{each.outcome}  {each.name}", *(f"  {c}" for c in each.changes)]))
    click.echo("Nothing is written." if is_dry else "Done.")


@audiences.command("size", epilog="Exit status: 0 done, 2 the file is wrong, 1 anything else.")
@click.argument("name", required=False)
@click.option("--file", "path", type=_FILE, help="The audiences of a file, saved or not.")
@for_machines
def size(name: str | None, path: Path | None, is_json: bool) -> None:
    """Count how many people are in an audience as of now, to the last whole minute."""
    if (name is None) == (path is None):
        raise click.UsageError("Name an audience, or a file by --file.")
    if path is not None:
        found = _sizes(path, _described(path, usual=path.stem))
    else:
        audience = _named(name or "")
        found = [_size(each) for each in code.described([audience])]
    if is_json:
        click.echo(json.dumps(found if path is not None else found[0], ensure_ascii=False))
        return
    for each in found:
        click.echo(
            f"{each['size']} of {each['people']} people are in “{each['name']}”, "
            f"as of {_at(datetime.fromisoformat(each['as_of']))}."
        )


@audiences.command("members")
@click.argument("name")
@click.option("--limit", type=click.IntRange(1), help="No more than so many.")
@click.option("--json", "is_json", is_flag=True, help="One JSON object a line, with since when.")
def members(name: str, limit: int | None, is_json: bool) -> None:
    """List who is in an audience by its last evaluation, one a line."""
    audience = _named(name)
    rows = changes.each_member(storage.lake(), audience.public_id, limit)
    # Many at a time: each echo is a write of its own.
    while some := list(islice(rows, LINES_AT_ONCE)):
        click.echo("\n".join(_member(row) if is_json else row["person_id"] for row in some))


@audiences.command("list")
@for_machines
def list_audiences(is_json: bool) -> None:
    """List all audiences, by name, with how many were in at the last evaluation."""
    found = [_listed(each) for each in code.list_all()]
    if is_json:
        click.echo(json.dumps(found, ensure_ascii=False))
        return
    for each in found:
        at = datetime.fromisoformat(each["evaluated_at"]) if each["evaluated_at"] else None
        click.echo(
            f"{each['name']}  {plural(each['members'], 'member')}  {each['status']}  {_at(at)}"
        )


@audiences.command("explain")
@click.argument("name")
@click.argument("person")
@click.option("--json", "is_json", is_flag=True, help="Answer in JSON, for machines.")
def explain(name: str, person: str, is_json: bool) -> None:
    """Say why a person is in an audience, or is not: each condition with what was found."""
    audience = _named(name)
    found = explanations.explain(audience, person, clock.now())
    if is_json:
        click.echo(json.dumps(found.to_dict(), ensure_ascii=False))
        return
    if not found.explanation.is_known:
        raise click.ClickException(
            f"Nothing is known of {person}, so they are in no audience. "
            "Give a person identifier as a dataset or an event has it."
        )
    for line in _lines(found.explanation, audience.name):
        click.echo(line)
    if found.explanation.has_problem:
        click.echo(
            "A condition cannot be asked. Until it is mended, the members stay as they were."
        )
    elif found.is_different:
        said = "in" if found.was_in else "out"
        click.echo(f"By the last evaluation at {_at(audience.evaluated_at)} they are {said}.")


def _lines(explanation: Explanation, name: str) -> Iterator[str]:
    stands = {True: "is in", False: "is not in", None: "may or may not be in"}
    as_of = _at(explanation.as_of)
    yield f"{explanation.person_id} {stands[explanation.is_met]} “{name}”, as of {as_of}."
    if explanation.root is not None:
        if explanation.root.changes_at is not None:
            yield f"If nothing happens, that changes at {_at(explanation.root.changes_at)}."
        yield from _node(explanation.root, "")


def _node(told: Told, indent: str) -> Iterator[str]:
    decides = " (decides)" if told.decides and not told.is_group else ""
    yield f"{indent}[{told.word}] {told.sentence}{decides}"
    within = f"{indent}  "
    for line in _evidence(told):
        yield f"{within}{line}"
    for member in told.members:
        yield from _node(member, within)


def _evidence(told: Told) -> Iterator[str]:
    evidence = told.evidence
    yield from (each for each in (told.problem, evidence.found) if each)
    yield from (f"- {_event(event)}" for event in (*evidence.chain, *evidence.counted))
    if evidence.more_count:
        yield f"- and {evidence.more_count} more"
    yield from (f"- did not count: {_event(event)}" for event in evidence.near)
    if evidence.change:
        yield evidence.change
    if told.changes_at is not None and not told.is_group:
        yield f"If nothing happens, this changes at {_at(told.changes_at)}."


def _event(event: Happened) -> str:
    values = [f"{name} {value}" for name, value in event.values if value is not None]
    said = ", ".join([f"{_at(event.at)} {event.event}", *values])
    return f"{said} ({event.note})" if event.note else said


def _at(moment: datetime | None) -> str:
    return moment.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S UTC") if moment else "never"


def _named(name: str) -> Audience:
    found = queries.find_named(name)
    if found is None:
        raise click.ClickException(f"There is no audience “{name}”.")
    return found


def _is_json(path: Path) -> bool:
    return path.suffix.lower() == ".json"


def _described(path: Path, name: str = "", usual: str = "") -> list[Described]:
    """Return what a file says, or end with all that is wrong with it."""
    try:
        with path.open("rb") as stream:
            raw = stream.read(LARGEST + 1)
        return described_in(raw, is_json=_is_json(path), name=name, usual=usual)
    except OSError as failure:
        _refuse(path, FileInvalid([f"The file cannot be read: {failure.strerror}."]))
    except FileInvalid as failure:
        _refuse(path, failure)


def _refuse(path: Path, failure: FileInvalid) -> NoReturn:
    for problem in failure.problems:
        click.echo(f"{path}: {problem}", err=True)
    sys.exit(WRONG)


def _sizes(path: Path, described: Iterable[Described]) -> list[dict[str, Any]]:
    """Count the audiences of a file, or end with what of them cannot be evaluated."""
    described, vocabulary = list(described), queries.vocabulary()
    problems = [
        f"“{each.name}”, {at}: {said}"
        for each in described
        for at, said in checking.problems(each.tree, vocabulary).items()
    ]
    if problems:
        _refuse(path, FileInvalid(problems))
    return [_size(each) for each in described]


def _size(described: Described) -> dict[str, Any]:
    try:
        found = queries.count(described.tree, zone=described.zone or "UTC", now=clock.now())
    except UNFIT as failure:
        raise click.ClickException(str(failure)) from None
    return {
        "name": described.name,
        "size": found.member_count,
        "people": found.people_count,
        "as_of": found.as_of.isoformat(),
    }


def _member(row: dict[str, Any]) -> str:
    since = row["changed_at"].astimezone(UTC).isoformat()
    told = {"person_id": row["person_id"], "since": since, "sequence": row["sequence"]}
    return json.dumps(told, ensure_ascii=False)


def _listed(audience: Audience) -> dict[str, Any]:
    at = audience.evaluated_at
    return {
        "name": audience.name,
        "id": audience.public_id,
        "description": audience.description,
        "tags": audience.tags,
        "version": audience.version,
        "members": audience.member_count,
        "status": audience.status.value,
        "failure": audience.failure,
        "evaluated_at": at.isoformat() if at else None,
    }
