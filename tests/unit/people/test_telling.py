"""Events read as sentences, whatever their properties are."""

import json

from hypothesis import given
from hypothesis import strategies as st

from app.people import telling

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=4), inner),
    max_leaves=12,
)


def told(event, **properties):
    return telling.told({"event": event, "properties": json.dumps(properties)})


def test_a_known_event_names_the_thing_it_was_done_to():
    found = told("buy", product="Coffee", value=19.9, campaign={"name": "spring"})

    assert (found.verb, found.thing) == ("Bought", "Coffee")
    assert found.details == [
        ("product", "Coffee"),
        ("value", "19.9"),
        ("campaign.name", "spring"),
    ]


def test_an_event_without_a_thing_or_of_another_name_reads_too():
    assert told("visit").verb == "Visited a page"
    assert (told("Song Played", title="Blue").verb, told("Song Played").thing) == (
        "Song Played",
        "",
    )
    assert told("consent", given=False).verb == "Withdrew consent"


@given(properties=st.dictionaries(st.text(max_size=5), JSON))
def test_any_properties_are_told(properties):
    found = telling.told({"event": "visit", "properties": json.dumps(properties)})

    assert len(found.details) <= telling.MOST_DETAILS
    assert all(value for _name, value in found.details)
