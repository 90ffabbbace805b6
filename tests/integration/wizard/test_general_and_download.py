"""Steps 1 and 2 as a person meets them: filled in, refused, tampered with."""

import gzip
import io
import json

import pytest

from app.dataflows import queries as dataflows
from tests.factories import (
    PEOPLE_CSV,
    make_dataflow,
    make_file,
)
from tests.integration.wizard.steps import fresh, open_step


def test_step_1_makes_a_draft_and_leads_to_step_2(pages):
    page = pages.send(pages.get("/dataflows/new"), "/dataflows/new", name="  Orders  ")

    assert page.h1 == ["Download"]
    assert [each.name for each in dataflows.list_dataflows()] == ["Orders"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_step_1_asks_for_a_name(pages, name):
    page = pages.send(pages.get("/dataflows/new"), "/dataflows/new", name=name)

    assert page.status == 422
    assert "error-summary" in page.text
    assert list(dataflows.list_dataflows()) == []


def test_step_1_refuses_a_name_that_another_has(pages):
    make_dataflow("Orders")

    page = pages.send(pages.get("/dataflows/new"), "/dataflows/new", name="Orders")

    assert page.status == 422
    assert "Another dataflow has this name" in page.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "empty"),
        ("cut.csv.gz", gzip.compress(PEOPLE_CSV.encode(), mtime=0)[:-9], "cut off"),
        ("fake.csv.gz", b"\x1f\x8b\x08 this is no gzip", "cannot be unpacked"),
    ],
)
def test_step_2_refuses_a_file_that_did_not_arrive_whole(pages, name, content, said):
    dataflow = make_dataflow()
    page = open_step(pages, dataflow, "download")

    page = pages.send(page, "/download/upload", file=(io.BytesIO(content), name))

    assert page.status == 422
    assert said in page.text
    assert "Draft files that arrived" in page.text


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("bad.csv", b"id,name\n1,\xff\xfe\x81broken\n", "byte 10, on line 2"),
        ("object.json", json.dumps({"id": 1}).encode(), "lines are JSON objects"),
        ("nested.json", json.dumps([{"id": 1, "address": {"city": "Oslo"}}]).encode(), "nested"),
        ("twice.json", b'[{"id": 1, "id": 2}]', "twice"),
        ("header.csv", b"id,name\n", "The file has a single row"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "a PNG picture"),
        ("cut.json", b'[{"id": 1}, {"id"', "The file was cut off"),
    ],
)
def test_a_file_that_cannot_be_read_is_said_with_its_reason(pages, name, content, said):
    dataflow = make_dataflow()
    page = open_step(pages, dataflow, "download")
    page = pages.send(page, "/download/upload", file=(io.BytesIO(content), name))

    page = pages.send(page, "/download/validate")

    assert said in page.text
    assert not fresh(dataflow).is_file_mapping_saved


def test_a_file_of_another_dataflow_cannot_be_chosen(pages):
    mine, other = make_dataflow("Mine"), make_dataflow("Other")
    file = make_file(other)

    page = pages.post(
        f"/dataflows/{mine.id}/download/validate", version=mine.version, file_id=file.id
    )

    assert page.status == 422
    assert fresh(mine).draft_file_id is None


@pytest.mark.parametrize("file_id", ["", "abc", "-1", "9" * 30, "1.5"])
def test_a_file_id_that_is_none_is_refused(pages, file_id):
    dataflow = make_dataflow()

    page = pages.post(
        f"/dataflows/{dataflow.id}/download/validate", version=dataflow.version, file_id=file_id
    )

    assert page.status == 422
