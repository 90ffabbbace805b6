"""Custom columns: tried, added, refused, removed."""

import pytest

from app.dataflows import queries as dataflows
from app.extensions import db
from app.tabular.transformations.registry import KINDS
from tests.factories import make_mapped

PEOPLE = "id,first,last,joined,points\n1,  Ada ,Lovelace,2020-02-29,3\n2,Bob,,2021-01-31,4\n"
# What is entered beyond the columns, for kinds that ask for something.
ENTERED = {
    "replace": {"param_old": "a", "param_new": "b"},
    "map_values": {"param_mapping": "Ada = A\nBob = B"},
    "split": {"param_separator": " ", "param_part": "1"},
    "first_characters": {"param_count": "2"},
    "constant": {"param_value": "shop"},
    "substring": {"param_start": "-2"},
    "regex_extract": {"param_pattern": "(.)(.)", "param_group": "2"},
    "default": {"param_value": "none"},
    "yes_or_no": {"param_yes": "Ada, ja", "param_no": "Bob"},
    "time_in_zone": {"inputs": "joined", "param_zone": "Europe/Oslo"},
    "arithmetic": {"inputs": "id", "second": "points"},
    "date_difference": {"inputs": "joined", "param_date": "2026-11-26", "param_unit": "years"},
    "template": {"param_template": "{first} {last}"},
}


def outputs(dataflow) -> list[str]:
    db.session.expire_all()
    found = dataflows.find_dataflow(dataflow.id)
    assert found is not None
    return [row.output for row in found.transformations]


def open_kind(pages, dataflow, kind):
    return pages.get(f"/dataflows/{dataflow.id}/transform-map/columns/{kind}/new")


def entered(kind) -> dict[str, object]:
    made = KINDS[kind]
    given = {"output": "made", **ENTERED.get(kind, {})}
    if not made.has_column_fields or "inputs" in given:
        return given
    return {**given, "inputs": "first" if made.most_inputs == 1 else ["first", "last"]}


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_tried_and_added_on_its_page(pages, kind):
    dataflow = make_mapped(PEOPLE)
    page = open_kind(pages, dataflow, kind)
    address = f"/columns/{kind}/new"

    preview = pages.send(page, address, save="preview", **entered(kind))
    before = outputs(dataflow)
    added = pages.send(page, address, **entered(kind))

    assert (preview.status, before) == (200, []), preview.text
    assert "The first rows" in preview.text
    assert added.h1 == ["Transform & Map"]
    assert outputs(dataflow) == ["made"]


@pytest.mark.parametrize("save", ["", "preview"])
@pytest.mark.parametrize(
    "changes",
    [
        {"output": ""},
        {"output": "x" * 301},
        {"output": "last"},
        {"inputs": "nobody"},
        {"type": "nonsense"},
    ],
)
def test_a_column_that_cannot_be_is_refused(pages, changes, save):
    dataflow = make_mapped(PEOPLE)

    page = pages.send(
        open_kind(pages, dataflow, "trim"),
        "/columns/trim/new",
        save=save,
        **{"output": "made", "inputs": "first", **changes},
    )

    assert page.status == 422
    assert "error-summary" in page.text
    assert outputs(dataflow) == []


def test_joining_asks_for_columns(pages):
    dataflow = make_mapped(PEOPLE)

    page = pages.send(open_kind(pages, dataflow, "concat"), "/columns/concat/new", output="made")

    assert page.status == 422
    assert outputs(dataflow) == []


def test_a_kind_that_is_none_is_not_found(pages):
    dataflow = make_mapped(PEOPLE)

    assert open_kind(pages, dataflow, "nonsense").status == 404


def test_a_column_is_removed_unless_another_is_made_of_it(pages):
    dataflow = make_mapped(PEOPLE)
    for output, source in (("short", "first"), ("loud", "short")):
        page = open_kind(pages, dataflow, "upper")
        pages.send(page, "/columns/upper/new", output=output, inputs=source)
    page = pages.get(f"/dataflows/{dataflow.id}/transform-map")
    first, second = (
        f"remove-column {row.id}" for row in dataflows.find_dataflow(dataflow.id).transformations
    )

    refused = pages.send(page, "/transform-map", save=first)
    still = outputs(dataflow)
    page = pages.send(refused, "/transform-map", save=second)
    pages.send(page, "/transform-map", save=first)

    assert refused.status == 422
    assert "loud" in refused.text
    assert still == ["short", "loud"]
    assert outputs(dataflow) == []


@pytest.mark.parametrize("save", ["remove-column x", "remove-column 9999999999", "add-column x"])
def test_a_button_that_is_none_is_not_found(pages, save):
    dataflow = make_mapped(PEOPLE)
    page = pages.get(f"/dataflows/{dataflow.id}/transform-map")

    assert pages.send(page, "/transform-map", save=save).status == 404
