"""Custom columns edited: the form holds what they are, and sent as it stands changes nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dataflows import services as dataflows
from app.dataflows import suggesting
from app.dataflows.custom_columns import services as custom_columns
from app.dataflows.models import Dataflow, DataflowColumn, DataflowTransformation
from app.demo.visiting import forms_of
from app.tabular.columns.transforming import Transformation
from app.tabular.transformations.registry import KINDS
from app.tabular.types import ColumnType
from tests.conftest import NOW
from tests.factories import make_mapped
from tests.integration.wizard.steps import fresh
from tests.integration.wizard.test_custom_columns import PEOPLE, entered
from wizard import custom_column_entries

PLAIN = st.characters(codec="utf-8", exclude_categories=["Cc"])
TEXTS = st.text(PLAIN) | st.text('{}=", \na1')
NAMES = st.text(PLAIN, min_size=1, max_size=20) | st.text("{}= a(", min_size=1, max_size=5)
WORDS = st.lists(TEXTS.map(str.strip).filter(bool), min_size=1)


def settings_of(parameter):
    """Return a strategy for what can be saved of one setting."""
    if parameter.kind == "number":
        return st.integers(parameter.least, parameter.most)
    if parameter.kind == "choice":
        return st.sampled_from([value for value, _label in parameter.choices])
    return {
        "words": WORDS,
        "mapping": st.dictionaries(TEXTS, TEXTS, min_size=1),
        "text": TEXTS.filter(bool).filter(lambda text: len(text) <= parameter.longest),
    }[parameter.kind]


@st.composite
def rows(draw, kind):
    """Return columns of a file and a custom column of this kind, made of some of them."""
    columns = draw(st.lists(NAMES, min_size=3, max_size=5, unique=True))
    most = 3 if kind.most_inputs is None else kind.most_inputs
    least = 1 if kind.has_template else kind.least_inputs
    count = draw(st.integers(least, most))
    inputs = draw(st.permutations(columns))[:count]
    params = {each.name: draw(settings_of(each)) for each in kind.parameters}
    if kind.has_template:
        between = st.text(PLAIN).map(lambda text: text.replace("{", "{{").replace("}", "}}"))
        params["template"] = "".join(f"{draw(between)}{{{n}}}" for n in range(1, count + 1))
    if fallback := draw(st.text(PLAIN, max_size=10)):
        params["fallback"] = fallback
    return columns, DataflowTransformation(
        position=0,
        kind=kind.name,
        inputs=list(inputs),
        output=draw(st.text(PLAIN, min_size=1).map(str.strip).filter(bool)),
        params=params,
        type=draw(st.sampled_from(ColumnType)),
        fallback="",
    )


def sent_again(app, dataflow, row):
    """Return what is entered where the form is sent as a browser shows it."""
    with app.test_request_context():
        shown = custom_column_entries.form_for(dataflow, row.kind, row)
        fields = "".join(str(field()) for field in shown if field.name != "csrf_token")
    (form,) = forms_of(f'<form action="x">{fields}</form>')
    with app.test_request_context(method="POST", data=form.values):
        sent = custom_column_entries.form_for(dataflow, row.kind, row)
        checked = [field for field in sent if field.name != "csrf_token"]
        assert [f.errors for f in checked if not f.validate(sent)] == []
        return custom_column_entries.entered(sent, row.kind)


@pytest.mark.parametrize("name", sorted(KINDS))
def test_whatever_was_saved_comes_back_from_the_form_as_it_was(app, name):
    kind = KINDS[name]

    @given(rows(kind))
    def comes_back(drawn):
        columns, row = drawn
        dataflow = Dataflow(
            version=1,
            columns=[DataflowColumn(name=each, type=ColumnType.TEXT) for each in columns],
            transformations=[row],
        )
        step, type_ = sent_again(app, dataflow, row)

        saved = suggesting.step_of(row)
        assert (step.inputs, step.output, type_) == (saved.inputs, saved.output, row.type)
        assert step.fallback == saved.fallback
        assert kind.settings(step.own_params) == kind.settings(saved.own_params)

    comes_back()


def make_custom(*steps):
    dataflow = make_mapped(PEOPLE)
    for step in steps:
        dataflow = custom_columns.add_transformation(
            dataflow_id=dataflow.id,
            version=dataflow.version,
            step=step,
            type_=ColumnType.TEXT,
            now=NOW,
        )
    return dataflow


TRIM, UPPER = Transformation("trim", ("first",), "tidy"), Transformation("upper", ("tidy",), "loud")


def open_column(pages, dataflow, place=0):
    row = fresh(dataflow).transformations[place]
    address = f"/columns/{row.id}/edit"
    return pages.get(f"/dataflows/{dataflow.id}/transform-map{address}"), address


def steps_of(dataflow):
    return suggesting.steps(fresh(dataflow))


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_kind_is_opened_tried_and_saved_as_it_was(pages, kind):
    dataflow = make_mapped(PEOPLE)
    page = pages.get(f"/dataflows/{dataflow.id}/transform-map/columns/{kind}/new")
    pages.send(page, f"/columns/{kind}/new", **entered(kind))
    before = steps_of(dataflow)
    page, address = open_column(pages, dataflow)

    tried = pages.send(page, address, save="preview")
    saved = pages.send(page, address)

    assert tried.status == 200
    assert "The first rows" in tried.text
    assert saved.h1 == ["Transform & Map"]
    assert steps_of(dataflow) == before


def test_a_column_is_edited_from_its_row_after_what_was_entered_is_saved(pages):
    dataflow = make_custom(TRIM, UPPER)
    row = dataflow.transformations[0]
    step = pages.get(f"/dataflows/{dataflow.id}/transform-map")

    page = pages.send(step, "/transform-map", save=f"edit-column {row.id}")
    pages.send(page, f"/{row.id}/edit", inputs="last", output="neat", type="text", fallback="x")

    assert page.h1 == ["Custom column “tidy”"]
    assert steps_of(dataflow) == [
        Transformation("trim", ("last",), "neat", {"fallback": "x"}),
        Transformation("upper", ("neat",), "loud"),
    ]


def test_only_columns_that_come_before_are_offered(pages):
    dataflow = make_custom(TRIM, UPPER)

    first, _address = open_column(pages, dataflow)
    second, _address = open_column(pages, dataflow, 1)

    assert 'value="loud">loud' not in first.text
    assert 'value="tidy">tidy' in second.text.replace("selected ", "")


@pytest.mark.parametrize("save", ["", "preview"])
@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"output": "last"}, "There is already a column “last”"),
        ({"output": "loud"}, "There is already a column “loud”"),
        ({"output": ""}, "Name the custom column"),
        ({"inputs": "loud"}, "Not a valid choice"),
        ({"type": "integer", "fallback": "none"}, "The fallback of “tidy” is not of the type"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(pages, values, words, save):
    dataflow = make_custom(TRIM, UPPER)
    before = steps_of(dataflow)
    page, address = open_column(pages, dataflow)

    refused = pages.send(page, address, save=save, **values)

    assert refused.status == 422
    assert words in refused.text
    assert steps_of(dataflow) == before


@pytest.mark.parametrize(
    ("template", "words"),
    [("{later}", "which is made after it"), ("{made}", "cannot be made of itself")],
)
def test_a_template_names_only_columns_that_come_before(pages, template, words):
    dataflow = make_custom(
        Transformation("template", ("first",), "made", {"template": "{1}"}),
        Transformation("trim", ("first",), "later"),
    )
    page, address = open_column(pages, dataflow)

    refused = pages.send(page, address, param_template=template)

    assert refused.status == 422
    assert words in refused.text


def test_a_column_whose_name_has_braces_is_written_with_round_ones(pages):
    dataflow = make_mapped("id,{name}\n1,Ada\n")
    page = pages.get(f"/dataflows/{dataflow.id}/transform-map/columns/template/new")

    pages.send(page, "/columns/template/new", output="made", param_template="Hi {(name)}")

    assert "{(name)}" in page.text
    assert steps_of(dataflow)[0].inputs == ("{name}",)


def test_a_custom_column_that_is_none_of_the_drafts_is_not_found(pages):
    dataflow = make_custom(TRIM)
    other = dataflows.clone_dataflow(dataflow_id=dataflow.id, now=NOW)
    row = dataflow.transformations[0]

    for each, number in ((dataflow, row.id + 9), (other, row.id)):
        address = f"/dataflows/{each.id}/transform-map/columns/{number}/edit"
        assert (pages.get(address).status, pages.post(address).status) == (404, 404)


def test_who_edits_while_another_saves_is_told(pages):
    dataflow = make_custom(TRIM)
    page, address = open_column(pages, dataflow)
    pages.send(page, address, output="neat")

    late = pages.send(page, address, output="late")

    assert late.status == 409
    assert "changed in another tab" in late.text
    assert [step.output for step in steps_of(dataflow)] == ["neat"]
