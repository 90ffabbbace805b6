"""Step 4 as a person meets it: types, fallbacks, previews, its buttons."""

import pytest

from tests.factories import (
    make_mapped,
    make_schema,
)
from tests.integration.wizard.steps import fresh, open_step


def test_step_4_says_how_dates_are_written(pages):
    dataflow = make_mapped("id,joined\n1,03/02/2026\n2,04/02/2026\n")

    page = open_step(pages, dataflow, "transform-map")
    pages.send(page, "/transform-map", **{"conversions-1-type": "date %m/%d/%Y"})

    column = fresh(dataflow).columns[1]
    assert (column.type.value, column.pattern) == ("date", "%m/%d/%Y")


@pytest.mark.parametrize(
    ("written", "chosen", "shown"),
    [
        ("31/12/2026 14:05", "datetime %d/%m/%Y %H:%M", "31/12/2026 14:05 → 2026-12-31T14:05:00Z"),
        ("12/31/2026 2:05:33 PM", "datetime %m/%d/%Y %I:%M:%S %p", "→ 2026-12-31T14:05:33Z"),
        ("€ 1.234,50", "decimal € 1.234,5", "€ 1.234,50 → 1234.5"),
        ("12.5 zł", "decimal 1234.5 zł", "12.5 zł → 12.5"),
        ("https://example.org", "url", "https://example.org"),
    ],
)
def test_step_4_has_chosen_how_values_are_written(pages, written, chosen, shown):
    dataflow = make_mapped(f'id,value\n1,"{written}"\n')

    page = open_step(pages, dataflow, "transform-map")
    preview = pages.send(page, "/transform-map", save="preview")
    column = fresh(dataflow).columns[1]

    assert f"{column.type.value} {column.pattern}".strip() == chosen
    assert f'selected value="{chosen}"' in page.text
    assert shown in preview.text


@pytest.mark.parametrize("kind", ["nonsense", "date %H", "date", ""])
def test_a_type_that_is_not_offered_is_refused(pages, kind):
    dataflow = make_mapped()

    page = pages.send(
        open_step(pages, dataflow, "transform-map"),
        "/transform-map",
        **{"conversions-0-type": kind},
    )

    assert page.status == (200 if kind == "date" else 422)


def test_a_fallback_must_be_of_its_type(pages):
    dataflow = make_mapped()

    page = pages.send(
        open_step(pages, dataflow, "transform-map"),
        "/transform-map",
        **{"conversions-0-fallback": "many"},
    )

    assert page.status == 422
    assert "The fallback of “id” is not of the type chosen for it" in page.text


def test_a_preview_shows_values_as_they_would_be_read_and_saves_nothing(pages):
    dataflow = make_mapped("id,joined\n1,03/02/2026\n2,04/02/2026\n")
    page = open_step(pages, dataflow, "transform-map")
    changes = {"conversions-1-type": "date %d/%m/%Y"}

    shown = pages.send(page, "/transform-map", save="preview", **changes)
    column_id = fresh(dataflow).columns[1].id
    address = f"/dataflows/{dataflow.id}/transform-map/columns/{column_id}/preview"
    values = {"conversions-1-type": "integer", "conversions-1-fallback": "7"}
    fragment = pages.post(address, **{**form_values(page), **values})

    assert "03/02/2026 → 2026-02-03" in shown.text
    assert "03/02/2026 → 7" in fragment.text
    assert fresh(dataflow).columns[1].type.value == "text"


def form_values(page) -> dict[str, str]:
    from app.demo.visiting import forms_of

    form = next(form for form in forms_of(page.text) if form.action.endswith("/transform-map"))
    return {name: value for name, value in form.values.items() if name != "csrf_token"}


@pytest.mark.parametrize(
    ("save", "title"),
    [
        ("draft", "Transform & Map"),
        ("use-schema", "Transform & Map"),
        ("create-schema", "Schema Creator"),
        ("add-column trim", "Custom column: Trim"),
    ],
)
def test_every_button_of_step_4_saves_what_was_entered(pages, save, title):
    dataflow = make_mapped()
    page = open_step(pages, dataflow, "transform-map")

    page = pages.send(page, "/transform-map", save=save, **{"conversions-0-fallback": "7"})

    assert page.h1 == [title]
    assert fresh(dataflow).columns[0].fallback == "7"


@pytest.mark.parametrize("save", ["", "use-schema"])
def test_another_schema_is_mapped_anew_and_shown_before_going_on(pages, queue, save):
    first = make_mapped()
    names = {column.name: column.type for column in first.columns[:2]}
    other = make_schema(names, "id", name="Others")
    page = open_step(pages, first, "transform-map")

    page = pages.send(
        page,
        "/transform-map",
        save=save,
        schema_id=str(other.id),
        **{"conversions-0-fallback": "7"},
    )

    assert page.h1 == ["Transform & Map"]
    assert fresh(first).schema_id == other.id
    assert fresh(first).columns[0].fallback == "7"
    assert len(fresh(first).mappings) == 2


def test_a_schema_that_is_none_is_refused(pages):
    dataflow = make_mapped()
    page = open_step(pages, dataflow, "transform-map")

    page = pages.send(page, "/transform-map", save="use-schema", schema_id="999")

    assert page.status == 422


def test_values_that_do_not_fit_come_first(pages):
    dataflow = make_mapped("id,points\n1,10\n2,20\n3,many\n")
    page = open_step(pages, dataflow, "transform-map")

    page = pages.send(page, "/transform-map", save="preview", **{"conversions-1-type": "integer"})

    assert page.text.index("many → does not fit") < page.text.index("<li>10</li>")
    assert "1 value of these does not fit" in page.text


def test_saving_step_4_tries_the_draft(pages, queue):
    dataflow = make_mapped()

    page = pages.send(open_step(pages, dataflow, "transform-map"), "/transform-map")

    assert page.h1 == ["Activate"]
    assert queue.jobs[-1][0].name == "EXECUTE_RUN"


def test_what_the_mapping_leaves_out_is_said(pages):
    dataflow = make_mapped()
    page = open_step(pages, dataflow, "transform-map")

    pages.send(page, "/transform-map", save="draft", **{"mappings-2-column": ""})
    page = open_step(pages, dataflow, "transform-map")

    assert "Nothing fills these columns of the dataset: “joined”." in page.text
    assert "These columns of the file go nowhere: “joined”." in page.text


def test_what_happens_when_columns_differ_is_chosen_in_step_4(pages):
    dataflow = make_mapped()
    page = open_step(pages, dataflow, "transform-map")

    before = fresh(dataflow).drift_policy.value
    pages.send(page, "/transform-map", drift_policy="add")
    kept = fresh(dataflow).drift_policy.value
    refused = pages.send(
        open_step(pages, dataflow, "transform-map"), "/transform-map", drift_policy="guess"
    )

    assert (before, kept) == ("stop", "add")
    assert refused.status == 422
    assert fresh(dataflow).drift_policy.value == "add"


KEEPS = "a record that lacks a field leaves the value as it is; null or an empty value clears it"


@pytest.mark.parametrize(
    ("content", "is_said"),
    [
        ('[{"id": 1, "name": "Ada"}, {"id": 2, "name": "Eve"}]', True),
        ('{"id": 1, "name": "Ada"}\n{"id": 2, "name": "Eve"}\n', True),
        ("<all><one><id>1</id><name>A</name></one><one><id>2</id><name>E</name></one></all>", True),
        ("id,name\n1,Ada\n2,Eve\n", False),
    ],
)
def test_step_4_says_what_a_record_without_a_field_does_where_a_file_can_have_one(
    pages, content, is_said
):
    dataflow = make_mapped(content)

    page = open_step(pages, dataflow, "transform-map")

    assert (KEEPS in page.text) == is_said
