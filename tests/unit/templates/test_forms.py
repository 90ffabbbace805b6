"""Fields say what they want, and what is wrong with them, to everybody."""

import pytest
from werkzeug.datastructures import MultiDict
from wtforms import (
    BooleanField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
)
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired

CHOICES = [SelectChoice("append", "Append"), SelectChoice("overwrite", "Overwrite")]


class ColumnForm(Form):
    name = StringField("Name", validators=[InputRequired("Name the column")])


class DataflowForm(Form):
    version = HiddenField()
    name = StringField("Name", validators=[InputRequired("Give it a name")])
    note = StringField("Note", description="For colleagues")
    mode = RadioField("Write mode", choices=CHOICES, validators=[InputRequired("Choose a mode")])
    type = SelectField("Type", choices=CHOICES)
    has_header = BooleanField("The first row names the columns")
    columns = FieldList(FormField(ColumnForm), min_entries=2)


@pytest.fixture
def form() -> DataflowForm:
    return DataflowForm(data={"version": 7, "mode": "append"})


@pytest.fixture
def refused() -> DataflowForm:
    refused = DataflowForm(MultiDict({"columns-0-name": "id", "columns-1-name": ""}))
    refused.validate()
    return refused


def test_a_field_has_a_label_of_its_own(render, form):
    page = render("forms", "field(form.name)", form=form)

    assert '<label for="name">Name</label>' in page
    assert 'id="name"' in page


def test_a_field_that_may_stay_empty_says_so(render, form):
    assert "(optional)" in render("forms", "field(form.note)", form=form)
    assert "(optional)" not in render("forms", "field(form.name)", form=form)


def test_a_hint_is_read_out_with_its_field(render, form):
    page = render("forms", "field(form.note)", form=form)

    assert 'aria-describedby="note-hint"' in page
    assert 'id="note-hint">For colleagues</p>' in page


def test_the_hint_of_the_page_wins_over_the_one_of_the_form(render, form):
    page = render("forms", "field(form.note, hint='For you')", form=form)

    assert "For you" in page
    assert "For colleagues" not in page


def test_an_error_is_read_out_with_its_field(render, refused):
    page = render("forms", "field(form.name, hint='Short')", form=refused)

    assert 'aria-invalid="true"' in page
    assert 'aria-describedby="name-hint name-error"' in page
    assert "Give it a name" in page


def test_a_field_without_error_is_not_marked(render, form):
    assert "aria-invalid" not in render("forms", "field(form.name)", form=form)


def test_choices_are_a_group_that_its_error_can_link_to(render, refused):
    page = render("forms", "field(form.mode)", form=refused)

    assert '<fieldset class="field field-radios field-wrong" id="mode"' in page
    assert "<legend>Write mode</legend>" in page
    assert page.count('type="radio"') == 2


def test_a_control_in_a_table_keeps_a_name(render, form):
    page = render("forms", "control(form.type, label='Type of id')", form=form)

    assert 'aria-label="Type of id"' in page
    assert "<label" not in page


def test_the_summary_links_each_error_to_its_field(render, refused):
    page = render("forms", "error_summary(form)", form=refused)

    assert '<a href="#name">Give it a name</a>' in page
    assert '<a href="#mode">Choose a mode</a>' in page


def test_the_summary_reaches_into_lists_of_fields(render, refused):
    page = render("forms", "error_summary(form)", form=refused)

    assert '<a href="#columns-1-name">Name the column</a>' in page
    assert "#columns-0-name" not in page


def test_the_summary_says_what_is_wrong_with_the_whole_form(render, form):
    form.form_errors.append("Somebody else saved this")

    assert "<li>Somebody else saved this</li>" in render("forms", "error_summary(form)", form=form)


def test_a_form_without_errors_has_no_summary(render, form):
    assert render("forms", "error_summary(form)", form=form).strip() == ""


def test_hidden_fields_have_no_id_so_that_a_page_may_hold_two_forms(render, form):
    page = render("forms", "hidden(form)", form=form).strip()

    assert page == '<input name="version" type="hidden" value="7">'
