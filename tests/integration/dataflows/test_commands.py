"""`flask dataflows`: what the commands print, how they end, what they leave."""

import json

import pytest

from app.dataflows import queries as dataflows
from app.dataflows import services
from app.dataflows.models import DataflowState
from app.extensions import db
from app.runs import queries as runs
from app.runs import services as run_services
from app.streams.models import FileKind
from tests.conftest import NOW
from tests.factories import PEOPLE_CSV, make_active, make_dataflow, make_file, make_mapped
from tests.integration.dataflows.test_versions import without_points
from tests.integration.runs.carrying_out import carry_out, finished, rows_of, send


@pytest.fixture
def run(app, queue):
    """Return what a command printed, what it complained, and its exit code."""
    runner = app.test_cli_runner()

    def called(*arguments):
        done = runner.invoke(args=["dataflows", *map(str, arguments)])
        db.session.expire_all()
        return done.stdout, done.stderr, done.exit_code

    return called


def test_a_dataflow_goes_to_a_file_and_comes_back_under_another_name(run, tmp_path):
    make_active()
    path = tmp_path / "customers.yaml"

    _said, _wrong, code = run("export", "Customers", "--output", path)
    path.write_text(path.read_text().replace("name: Customers", "name: Clients"))
    said, wrong, done = run("apply", path)
    shown, _wrong, _code = run("export", "Clients")

    assert (code, done, wrong) == (0, 0, "")
    assert "- The dataflow “Clients” is new, with a stream of its own.\nDone. Version 1" in said
    assert dataflows.find_by_name("Clients").state is DataflowState.WAITING
    assert shown == path.read_text()


def test_applying_prints_what_changes_and_the_same_again_changes_nothing(run, tmp_path):
    make_active()
    path = tmp_path / "customers.yaml"
    run("export", "Customers", "--output", path)
    path.write_text(path.read_text().replace("write_mode: append", "write_mode: overwrite"))

    dry, _wrong, _code = run("apply", path, "--dry-run")
    before = dataflows.find_by_name("Customers").active_number
    real, _wrong, _code = run("apply", path)
    again, _wrong, code = run("apply", path)

    assert "would change:\n- The write mode is Overwrite, was Append.\nNothing is written." in dry
    assert before == 1
    assert real.endswith("- The write mode is Overwrite, was Append.\nDone. Version 2 is active.\n")
    assert (again, code) == ("“Customers” is as the file says. Nothing changes.\n", 0)


def test_what_a_file_changes_is_json_for_machines(run, tmp_path):
    make_active()
    path = tmp_path / "customers.yaml"
    run("export", "Customers", "--output", path)
    path.write_text(path.read_text().replace("state: active", "state: paused"))

    said, _wrong, _code = run("apply", path, "--json")

    assert json.loads(said) == {
        "name": "Customers",
        "changes": ["It is paused."],
        "version": 1,
        "dry_run": False,
    }


def test_a_file_that_is_put_in_force_takes_the_stream_file_that_waits(run, tmp_path, queue):
    dataflow = make_active()
    path = tmp_path / "customers.yaml"
    run("export", "Customers", "--output", path)
    services.pause(dataflow_id=dataflow.id)
    make_file(dataflow, kind=FileKind.PRODUCTION)

    run("apply", path)

    assert len(runs.list_runs(dataflow.id)) == 1


def test_the_draft_is_exported_where_it_is_asked_for(run):
    without_points(make_active())

    active, _wrong, _code = run("export", "Customers")
    draft, _wrong, _code = run("export", "Customers", "--draft")

    assert "  points: points\n" in active
    assert "  points: points\n" not in draft
    assert "\nstate: draft\n" in draft


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"name: 1\n", "line 1, name: 1 is read as no text. Put it in quotes."),
        (b"x" * 10_000_000, "The file is larger than 2 MB."),
        (b"a: &a [1]\nb: *a\n", "line 1: Anchors and aliases"),
        (None, "The file cannot be read: No such file or directory."),
    ],
)
def test_a_wrong_file_ends_with_a_sentence_and_the_status_for_it(run, tmp_path, content, sentence):
    path = tmp_path / "wrong.yaml"
    if content is not None:
        path.write_bytes(content)

    said, wrong, code = run("apply", path)

    assert (said, code) == ("", 2)
    assert wrong.startswith(f"{path}: {sentence}")


def test_a_schema_with_other_columns_is_a_wrong_file(run, tmp_path):
    make_active()
    path = tmp_path / "customers.yaml"
    run("export", "Customers", "--output", path)
    path.write_text(path.read_text().replace("parent: PersonalData", "parent: Catalog"))

    said, wrong, code = run("apply", path)

    assert (said, code) == ("", 2)
    assert "schema.parent: “People” exists, as PersonalData." in wrong


@pytest.mark.parametrize(
    "arguments", [("export", "Nobody"), ("run", "Nobody"), ("runs", "Nobody", "--json")]
)
def test_an_unknown_dataflow_is_named(run, arguments):
    said, wrong, code = run(*arguments)

    assert (said, code) == ("", 1)
    assert "There is no dataflow called “Nobody”." in wrong


def test_too_little_or_an_impossible_place_is_said(run, tmp_path):
    make_dataflow("Empty")
    make_mapped()

    _said, little, first = run("export", "Empty")
    _said, nowhere, second = run("export", "Customers", "--output", tmp_path / "no" / "x.yaml")

    assert (first, second) == (1, 1)
    assert "“Empty” has no schema yet" in little
    assert "cannot be written: No such file or directory." in nowhere


def test_run_takes_the_file_that_waits_in_or_says_why_not(run, queue):
    dataflow = make_active()

    _said, nothing, without = run("run", "Customers")
    make_file(dataflow, kind=FileKind.PRODUCTION)
    said, _wrong, started = run("run", "Customers", "--json")
    send(dataflow, PEOPLE_CSV.replace("Ada", "Eva"))
    make_file(dataflow, PEOPLE_CSV.replace("Ada", "Ida"), FileKind.PRODUCTION)
    _said, busy, refused = run("run", "Customers")
    services.pause(dataflow_id=dataflow.id)
    _said, paused, _code = run("run", "Customers")

    assert (without, started, refused) == (1, 0, 1)
    assert "No file waits for “Customers”." in nothing
    told = json.loads(said)
    assert (told["run"], told["status"]) == (runs.list_runs(dataflow.id)[-1].id, "finished")
    assert told["added"] == 3
    assert "A run of “Customers” is under way." in busy
    assert "“Customers” is paused, so it takes no file." in paused


def test_the_runs_of_a_dataflow_are_listed(run):
    dataflow = make_active()
    done = finished(dataflow, PEOPLE_CSV + ",nobody,,\n")
    failed = finished(dataflow, "id,name\n1,Ada\n")

    text, _wrong, _code = run("runs", "Customers")
    machine, _wrong, _code = run("runs", "Customers", "--json", "--limit", 1)

    newest, oldest = text.splitlines()
    assert newest.startswith(f"Run {failed.id}  failed  people.csv  The file lacks")
    assert oldest == (
        f"Run {done.id}  finished  people.csv  4 received: 3 added, 0 changed, 0 same, "
        "1 rejected, 0 superseded"
    )
    [told] = json.loads(machine)
    assert (told["run"], told["status"], told["version"]) == (failed.id, "failed", 1)


def test_a_run_that_fails_ends_the_command_with_a_failure(run, queue):
    dataflow = make_active()
    make_file(dataflow, "id,name\n1,Ada\n", FileKind.PRODUCTION)

    said, _wrong, code = run("run", "Customers")

    assert code == 1
    assert "failed" in said


def test_undo_takes_a_run_back_once(run, queue):
    dataflow = make_active()
    done = finished(dataflow, PEOPLE_CSV)

    said, _wrong, code = run("undo", done.id)
    _said, again, refused = run("undo", done.id)
    _said, unknown, missing = run("undo", 99)

    assert (code, refused, missing) == (0, 1, 1)
    assert "0 added, 0 changed, 3 removed, 0 kept" in said
    assert rows_of(dataflow) == []
    assert f"Run {done.id} wrote nothing that could be taken back" in again
    assert "There is no run 99." in unknown
    [newest, _oldest] = json.loads(run("runs", "Customers", "--json")[0])
    assert newest["kind"] == "undo"


def test_an_undo_is_listed_with_what_it_took_back(run):
    dataflow = make_active()
    done = finished(dataflow, PEOPLE_CSV)
    undoing = carry_out(run_services.start_undo(run_id=done.id, now=NOW))

    text, _wrong, code = run("runs", "Customers")
    machine, _wrong, _code = run("runs", "Customers", "--json")

    assert code == 0
    assert text.splitlines()[0] == (
        f"Run {undoing.id}  finished  undo of run {done.id}  0 added, 0 changed, 3 removed, 0 kept"
    )
    told = json.loads(machine)[0]
    assert (told["kind"], told["of_run"], told["removed"]) == ("undo", done.id, 3)
