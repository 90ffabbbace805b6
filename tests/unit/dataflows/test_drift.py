"""What a policy allows of a file that differs, and what is left of the definition."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.dataflows import drift, drift_words
from app.dataflows.definition import Definition, DriftPolicy
from app.dataflows.drift import Drift, OtherReading, Rename, Retyping
from app.tabular.columns.transforming import Transformation
from app.tabular.types import ColumnType
from tests.unit.dataflows.making import PEOPLE, make_definition

NAMES = st.lists(st.text(max_size=8), max_size=4).map(tuple)
DRIFTS = st.builds(
    Drift,
    new=NAMES,
    missing=NAMES,
    needed=NAMES,
    renamed=st.lists(st.builds(Rename), max_size=2).map(tuple),
    retyped=st.lists(st.builds(Retyping, examples=NAMES), max_size=2).map(tuple),
    readings=st.lists(
        st.builds(OtherReading, option=st.sampled_from(["format", "sheet"])), max_size=2
    ).map(tuple),
)
GOING_ON = [DriftPolicy.IGNORE, DriftPolicy.ADD]


@given(DRIFTS)
def test_a_drift_comes_back_from_plain_values(found):
    assert Drift.from_dict(found.to_dict()) == found


@given(DRIFTS)
def test_every_difference_is_said_in_a_sentence_that_names_it(found):
    said = drift_words.differences(found)

    names = {*found.new, *found.missing, *(each.column for each in found.retyped)}
    assert all(any(name in each.sentence for each in said) for name in names)
    assert bool(said) == bool(found or found.renamed)
    assert bool(drift_words.summary(found)) == bool(found)


def test_a_definition_kept_before_there_were_policies_stops():
    kept = make_definition().to_dict()
    del kept["drift_policy"]

    assert Definition.from_dict(kept).drift_policy is DriftPolicy.STOP


@pytest.mark.parametrize("policy", DriftPolicy)
def test_a_definition_keeps_its_policy(policy):
    definition = make_definition(drift_policy=policy)

    assert Definition.from_dict(definition.to_dict()) == definition


@pytest.mark.parametrize(
    "found",
    [
        Drift(new=("x",)),
        Drift(missing=("city",)),
        Drift(retyped=(Retyping("points", ColumnType.DECIMAL, 0.9, ("a",)),)),
        Drift(readings=(OtherReading("delimiter", "“;”", "“,”"),)),
    ],
)
def test_any_difference_stops_a_dataflow_that_stops(found):
    with pytest.raises(drift.FileDrifted) as stopped:
        drift.allowed(make_definition(), found)

    assert stopped.value.drift == found


@pytest.mark.parametrize("policy", DriftPolicy)
def test_no_difference_changes_nothing(policy):
    definition = make_definition(drift_policy=policy)

    assert drift.allowed(definition, Drift()) == definition


@pytest.mark.parametrize("policy", GOING_ON)
@pytest.mark.parametrize(
    "found",
    [
        Drift(missing=("id",), needed=("id",)),
        Drift(readings=(OtherReading("delimiter", "“;”", "“,”"),)),
    ],
)
def test_what_no_run_can_do_without_stops_whatever_the_policy(policy, found):
    with pytest.raises(drift.FileDrifted):
        drift.allowed(make_definition(drift_policy=policy), found)


@pytest.mark.parametrize("policy", GOING_ON)
@given(st.sets(st.sampled_from(sorted(set(PEOPLE) - {"id"}))))
def test_columns_that_are_missing_fill_nothing_and_the_others_go_on(policy, missing):
    definition = make_definition(drift_policy=policy)

    followed = drift.allowed(definition, Drift(missing=tuple(missing), new=("x",)))

    assert {target.name for target in followed.targets} == set(PEOPLE) - missing
    assert followed.columns == definition.columns


@pytest.mark.parametrize("policy", GOING_ON)
def test_values_that_no_longer_fit_are_left_to_reject_their_rows(policy):
    retyped = Drift(retyped=(Retyping("points", ColumnType.DECIMAL, 0.9, ("a",)),))
    definition = make_definition(drift_policy=policy)

    assert drift.allowed(definition, retyped) == definition


def test_a_column_made_of_one_that_is_missing_is_left_out_as_a_whole():
    join = Transformation("join", ("city", "email"), "joint", {"separator": " "})
    trim = Transformation("trim", ("joint",), "tidy")
    definition = make_definition()
    key, *_others = definition.targets
    tidy = type(key)(9, "Tidy", ColumnType.TEXT, False, "tidy", ColumnType.TEXT)
    definition = make_definition(transformations=(join, trim), targets=(key, tidy))

    assert drift.without(definition, {"email"}).targets == (key,)
    assert drift.without(definition, {"points"}).targets == (key, tidy)


@pytest.mark.parametrize(
    ("changes", "missing", "needed"),
    [
        ({}, {"id", "city"}, ("id",)),
        ({"mandatory": ("city",)}, {"points", "city"}, ("city",)),
        ({}, {"points"}, ()),
        ({}, {"elsewhere"}, ()),
    ],
)
def test_identifier_and_mandatory_columns_are_needed(changes, missing, needed):
    assert drift.needed_among(make_definition(**changes), missing) == needed


def test_where_nothing_would_be_left_all_is_needed():
    types = {"at": ColumnType.DATE, "what": ColumnType.TEXT}
    at, what = make_definition(types).targets
    keyless = make_definition(
        types, targets=(type(at)(**{**vars(at), "is_identifier": False}), what)
    )

    assert drift.needed_among(keyless, {"at"}) == ()
    assert drift.needed_among(keyless, {"at", "what"}) == ("at", "what")
