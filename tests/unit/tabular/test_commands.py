"""`flask files`: exit statuses for scripts, and values that come through unchanged."""

import csv
import io
import json

import pytest
from click.testing import CliRunner

from app import create_files_app
from app.tabular.commands import files


@pytest.fixture
def run(tmp_path):
    def run(command: str, content: str | bytes, *more: str, name: str = "in put.csv"):
        path = tmp_path / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return CliRunner().invoke(files, [command, str(path), *more])

    return run


def test_the_commands_need_no_settings():
    assert "files" in create_files_app().cli.commands


@pytest.mark.parametrize(
    ("content", "status", "words"),
    [
        ("id,name\n1,Ann\n2,Bob\n", 0, ""),
        ("alpha,beta\nfoo,bar\nbaz,qux\n", 3, "In doubt, please confirm: header_rows."),
        (
            "Dear Ann, it rains.\nIt rains, and rains.\nYours, Bob.\n",
            4,
            "does not look like a table",
        ),
        (b"\x89PNG\r\n\x1a\n....", 4, "a PNG picture"),
        ("", 2, "The file is empty."),
        (b"\x1f\x8b\x08broken", 2, "damaged"),
    ],
)
def test_the_exit_status_says_how_sure_the_reading_is(run, content, status, words):
    converted = run("convert", content, "--to", "csv")

    assert (converted.exit_code, run("inspect", content).exit_code) == (status, status)
    assert words in converted.stderr


@pytest.mark.parametrize("path", ["/no/such/file.csv", "/"])
def test_a_path_that_is_no_file_is_said_without_a_trace(path):
    done = CliRunner().invoke(files, ["inspect", path])

    assert done.exit_code == 2
    assert done.stderr.startswith(path)


def test_inspect_tells_options_columns_types_and_counts_to_machines(run):
    told = json.loads(run("inspect", "id;price\n1;1,50\n2;\n", "--json").stdout)

    assert (told["options"]["delimiter"], told["row_count"], told["ask"]) == (";", 2, False)
    assert [(each["name"], each["type"], each["empty_count"]) for each in told["columns"]] == [
        ("id", "integer", 0),
        ("price", "decimal", 1),
    ]


def test_inspect_tells_people_why(run):
    told = run("inspect", "id;price\n1;1,50\n2;\n").stdout

    assert "The semicolon gives 2 columns on 3 of 3 rows looked at." in told
    assert "price  Decimal, 1 empty, 1 distinct, for example ('1,50',)" in told


HARD = 'id,note\n007,"=1+1, ""so"""\n1E5,"two\r\nlines"\n+48 22,  padded \n'


def test_convert_to_ndjson_keeps_every_string(run):
    done = run("convert", HARD, "--to", "ndjson")

    assert [json.loads(line) for line in done.stdout.splitlines()] == [
        {"id": "007", "note": '=1+1, "so"'},
        {"id": "1E5", "note": "two\r\nlines"},
        {"id": "+48 22", "note": "  padded "},
    ]


def test_convert_to_csv_keeps_every_string(run, tmp_path):
    output = tmp_path / "out.csv"

    done = run("convert", HARD, "--to", "csv", "--output", str(output))

    written = list(csv.reader(io.StringIO(output.read_bytes().decode(), newline="")))
    assert written == list(csv.reader(io.StringIO(HARD, newline="")))
    assert done.exit_code == 0


def test_options_of_the_command_line_replace_what_was_found(run):
    done = run("convert", "a|b;c\n1|2;3\n", "--to", "csv", "--options", "delimiter=;")

    assert done.stdout.splitlines() == ["a|b,c", "1|2,3"]


@pytest.mark.parametrize(
    ("word", "said"),
    [("colour=red", "They are: format"), ("header_rows=x", "no value for header_rows")]
    + [
        ("delimiter=;;;;;;;;;", "one to 8 characters"),
        ("is_padded=perhaps", "no value for is_padded"),
    ],
)
def test_an_option_that_cannot_be_is_said(run, word, said):
    done = run("convert", "a,b\n1,2\n", "--to", "csv", "--options", word)

    assert done.exit_code == 2
    assert said in done.stderr


def test_nothing_half_written_stays_behind(run, tmp_path):
    output = tmp_path / "out.csv"

    done = run("convert", "a,b\n1,2\n" * 9 + '3,"open\n', "--to", "csv", "--output", str(output),
               "--options", 'quote="')  # fmt: skip

    assert done.exit_code == 2
    assert "never finished" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["in put.csv"]
