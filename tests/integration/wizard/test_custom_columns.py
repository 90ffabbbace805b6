"""Custom columns: tried, added, refused, removed."""

import re

import pytest

from app.dataflows import queries as dataflows
from app.dataflows import suggesting
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
    "number_as_written": {"param_style": "€ 1.234,5"},
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


@pytest.mark.parametrize(
    "save", ["remove-column x", "remove-column 9999999999", "add-column x", "edit-column 7"]
)
def test_a_button_that_is_none_is_not_found(pages, save):
    dataflow = make_mapped(PEOPLE)
    page = pages.get(f"/dataflows/{dataflow.id}/transform-map")

    assert pages.send(page, "/transform-map", save=save).status == 404


def add(pages, dataflow, kind, save="", **values):
    """Send the page of a kind, filled in."""
    page = open_kind(pages, dataflow, kind)
    return pages.send(page, f"/columns/{kind}/new", save=save, output="made", **values)


def test_a_preview_shows_and_counts_first_what_does_not_fit(pages):
    dataflow = make_mapped("id,country\n" + "1,Norway\n" * 9 + "2,Atlantis\n")

    page = add(pages, dataflow, "country_code", "preview", inputs="country")

    assert page.status == 200
    assert "1 of the first 10 rows does not fit" in page.text
    assert page.text.index("Atlantis") < page.text.index("Norway")
    assert "does not fit</td>" in page.text


def test_a_fallback_is_shown_kept_and_stands_in_what_a_run_follows(pages):
    dataflow = make_mapped("id,country\n1,Norway\n2,Atlantis\n")

    page = add(pages, dataflow, "country_code", "preview", inputs="country", fallback="ZZ")
    add(pages, dataflow, "country_code", inputs="country", fallback="ZZ")

    assert "ZZ <small>(fallback)</small>" in page.text
    assert "The fallback stands there" in page.text
    step = suggesting.steps(dataflows.find_dataflow(dataflow.id))[0]
    assert step.fallback == "ZZ"
    assert "(fallback)" in pages.get(f"/dataflows/{dataflow.id}/transform-map").text


@pytest.mark.parametrize("save", ["", "preview"])
def test_a_fallback_of_another_type_is_refused(pages, save):
    dataflow = make_mapped(PEOPLE)

    page = add(pages, dataflow, "trim", save, inputs="first", type="integer", fallback="none")

    assert page.status == 422
    assert "The fallback of “made” is not of the type" in page.text
    assert outputs(dataflow) == []


def test_a_value_that_is_not_of_the_type_is_shown_as_one_that_does_not_fit(pages):
    dataflow = make_mapped(PEOPLE)

    page = add(pages, dataflow, "trim", "preview", inputs="first", type="integer")

    assert "2 of the first 2 rows do not fit" in page.text


def test_a_template_keeps_its_columns_and_follows_their_names(pages):
    dataflow = make_mapped(PEOPLE)

    add(pages, dataflow, "template", param_template="{last}, {first}")

    (row,) = dataflows.find_dataflow(dataflow.id).transformations
    assert row.inputs == ["last", "first"]
    assert row.params["template"] == "{1}, {2}"
    assert "{joined}" in open_kind(pages, dataflow, "template").text


@pytest.mark.parametrize(
    ("kind", "values", "words"),
    [
        ("template", {"param_template": "{nobody}"}, "needs the column “nobody”"),
        ("template", {"param_template": "{first"}, "column names in { }"),
        ("template", {"param_template": ""}, "Fill in “Template”"),
        ("regex_extract", {"inputs": "first", "param_pattern": "(a"}, "no regular expression"),
        ("regex_extract", {"inputs": "first", "param_pattern": "a" * 201}, "200"),
        ("arithmetic", {"inputs": "id"}, "Choose a second column, or fill in “Number”"),
        ("arithmetic", {"inputs": "id", "second": "id", "param_number": "1"}, "not both"),
        ("date_difference", {"inputs": "joined", "param_date": "soon"}, "is written as"),
        ("time_in_zone", {"inputs": "joined", "param_zone": "Oslo"}, "no time zone “Oslo”"),
        ("yes_or_no", {"inputs": "id", "param_yes": "1", "param_no": "1"}, "both yes and no"),
        ("phone_e164", {"inputs": "id", "param_region": "Mars"}, "Not a valid choice"),
        ("substring", {"inputs": "first", "param_start": "0"}, "counts from 1"),
        ("substring", {"inputs": "first", "param_start": "x"}, "Not a valid integer"),
        ("map_values", {"inputs": "first", "param_mapping": " "}, "Fill in “Values”"),
        ("map_values", {"inputs": "first", "param_mapping": "x"}, "“x” is not old = new"),
        ("map_values", {"inputs": "first", "param_mapping": "a=1\na=2"}, "“a” stands there twice"),
    ],
)
def test_settings_that_make_no_sense_are_refused_in_a_sentence(pages, kind, values, words):
    dataflow = make_mapped(PEOPLE)

    page = add(pages, dataflow, kind, **values)

    assert page.status == 422
    assert words in page.text
    assert outputs(dataflow) == []


def test_the_kinds_are_listed_in_their_groups(pages):
    dataflow = make_mapped(PEOPLE)

    page = pages.get(f"/dataflows/{dataflow.id}/transform-map")

    places = [page.text.index(f"<h3>{group}</h3>") for group in ("Convert", "Transform", "Combine")]
    assert places == sorted(places)


def test_a_choice_is_offered_as_one(pages):
    dataflow = make_mapped(PEOPLE)

    few = open_kind(pages, dataflow, "map_values").text
    many = open_kind(pages, dataflow, "phone_e164").text

    assert few.count('type="radio"') == 3
    assert '<select id="param_region"' in many


def test_a_setting_that_a_kind_needs_is_not_called_optional(pages):
    dataflow = make_mapped(PEOPLE)

    needed = open_kind(pages, dataflow, "regex_extract").text
    spare = open_kind(pages, dataflow, "hash_sha256").text

    assert re.search(r'<input [^>]*name="param_pattern"[^>]* required', needed)
    assert re.search(r'<label for="param_pattern">[^<]*</label>', needed)
    assert re.search(r'<label for="param_salt">[^<]*<span class="field-optional">', spare)
