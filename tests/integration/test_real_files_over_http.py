"""Real files over real HTTP, through a real worker, to a dataset; every cell is compared."""

import csv
import io
from pathlib import Path

import pytest
import requests

from app.demo import walking
from app.demo.visiting import Visitor

DATA = Path(__file__).parent.parent / "data"


@pytest.mark.parametrize(
    ("name", "identifier"), [("superstore.csv", "Row ID"), ("chinook_customer.csv", "id")]
)
def test_every_cell_of_a_real_file_arrives_unchanged(stack, name, identifier):
    content = (DATA / name).read_bytes()
    visitor = Visitor(stack.url)
    walking.sign_in(visitor, stack.admin_email, stack.admin_password)
    walk = walking.create_dataflow(visitor, name)
    walking.upload_draft(visitor, walk, DATA / name)
    walking.map_and_try(visitor, walk, schema=name, identifier=identifier)
    walking.activate(visitor, walk)

    address = f"{stack.url}/api/v1/streams/{walk.stream_id}/files/one?kind=production"
    sent = requests.put(address, data=content, timeout=60)
    found = walking.finished_run(visitor, walk, 1)

    header, *expected = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    key = header.index(identifier)
    stored = {row[key]: row for row in _download(visitor, name)}
    assert sent.status_code == 201
    assert found["added"] == len(expected) == len(stored)
    for row in expected:
        assert list(map(_plain, stored[row[key]])) == list(map(_plain, row))


def _download(visitor: Visitor, name: str) -> list[list[str]]:
    """Return the rows of the dataset as its page gives them away, columns in the file's order."""
    visitor.open("/datasets")
    address = visitor.text.split(f">{name}</a>")[0].rsplit('href="', 1)[1].split('"')[0]
    visitor.open(f"{address}/download")
    return list(csv.reader(io.StringIO(visitor.text, newline="")))[1:]


def _plain(cell: str) -> str:
    """Return a cell without the guard against formulas; a number without zeros at its end."""
    cell = cell[1:] if cell[:1] == "'" and cell[1:2] in {"=", "+", "-", "@"} else cell
    if "." in cell and cell.removeprefix("-").replace(".", "", 1).isdecimal():
        return cell.rstrip("0").rstrip(".")
    return cell
