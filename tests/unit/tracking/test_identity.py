"""Who an anonymous id was, and when, against a plain search through the links."""

from datetime import UTC, datetime, timedelta

import ibis
import pyarrow as pa
from hypothesis import given, settings
from hypothesis import strategies as st

from app.lake import engine, logs
from app.tracking import identity
from app.tracking.identity import Link

START = datetime(2026, 1, 1, tzinfo=UTC)
TIMES = st.integers(0, 20).map(lambda hours: START + timedelta(hours=hours))
LINKS = st.lists(
    st.builds(Link, st.sampled_from(["a", "b"]), TIMES, st.sampled_from(["ada", "bob", "eve"])),
    unique_by=lambda link: (link.anonymous_id, link.since),
    max_size=6,
)


def who(links, anonymous_id, at):
    """Return the last link before, or else the first after."""
    own = sorted(link for link in links if link.anonymous_id == anonymous_id)
    before = [link for link in own if link.since <= at]
    chosen = before[-1:] or own[:1]
    return chosen[0].person_id if chosen else None


@settings(max_examples=40)
@given(links=LINKS, events=st.lists(st.tuples(st.sampled_from(["a", "b", "c"]), TIMES), max_size=8))
def test_an_event_belongs_to_whom_its_anonymous_id_was_then(links, events):
    table = pa.table(
        {
            "person_id": pa.array([None] * len(events), pa.string()),
            "anonymous_id": pa.array([anonymous for anonymous, _ in events], pa.string()),
            "occurred_at": pa.array([at for _, at in events], pa.timestamp("us", tz="UTC")),
        }
    )
    with engine.connection() as session:
        session.register("events", table)
        session.register("spans", identity.spans(links))
        backend = ibis.duckdb.from_connection(session)
        named = identity.with_person(backend.table("events"), backend.table("spans"))
        found = logs.frame(session, named).to_pylist()

    wanted = [(anonymous, at, who(links, anonymous, at)) for anonymous, at in events]
    rows = [(row["anonymous_id"], row["occurred_at"], row["person_id"]) for row in found]
    assert sorted(rows, key=str) == sorted(wanted, key=str)


DENIED = st.dictionaries(
    st.tuples(st.sampled_from(["a", "b"]), st.sampled_from(["ada", "bob", "eve"])),
    TIMES,
    max_size=3,
)


def who_after(links, denied, anonymous_id, at):
    """Return whom the links leave that were not made up to when their pair was denied."""
    left = [
        link
        for link in links
        if not (
            (link.anonymous_id, link.person_id) in denied
            and link.since <= denied[link.anonymous_id, link.person_id]
        )
    ]
    return who(left, anonymous_id, at)


@settings(max_examples=60)
@given(
    links=LINKS,
    denied=DENIED,
    events=st.lists(
        st.tuples(
            st.sampled_from(["ada", "bob", None]), st.sampled_from(["a", "b", "c", None]), TIMES
        ),
        max_size=8,
    ),
)
def test_what_one_person_did_is_what_is_theirs_once_denied_links_are_gone(links, denied, events):
    table = pa.table(
        {
            "person_id": pa.array([each[0] for each in events], pa.string()),
            "anonymous_id": pa.array([each[1] for each in events], pa.string()),
            "occurred_at": pa.array([each[2] for each in events], pa.timestamp("us", tz="UTC")),
        }
    )
    spans = list(identity.list_spans(identity.accepted(links, denied)))
    with engine.connection() as session:
        session.register("events", table)
        parts = identity.of_person("SELECT * FROM events", "ada", spans)
        found = session.sql(" UNION ALL ".join(parts)).to_arrow_table().to_pylist()

    wanted = [
        each for each in events if (each[0] or who_after(links, denied, each[1], each[2])) == "ada"
    ]
    rows = [(row["person_id"], row["anonymous_id"], row["occurred_at"]) for row in found]
    assert sorted(rows, key=str) == sorted(wanted, key=str)


@given(links=LINKS, denied=DENIED)
def test_spans_of_one_id_follow_each_other_without_gap_or_overlap(links, denied):
    for anonymous_id in ("a", "b"):
        own = [
            span
            for span in identity.list_spans(identity.accepted(links, denied))
            if span.anonymous_id == anonymous_id
        ]
        ends = [span.ends_at for span in own]

        assert [span.begins_at for span in own[1:]] == ends[:-1]
        assert not own or (own[0].is_first and own[-1].is_last)


def test_ids_that_are_one_persons_always_are_asked_for_by_name_alone():
    """A moment for each of thousands of ids takes the engine a minute to read."""
    links = [Link(f"id-{number}", START, "ada") for number in range(3)]
    shared = [Link("shared", START, "ada"), Link("shared", START + timedelta(hours=1), "bob")]

    own = identity.of_person("SELECT 1", "ada", identity.list_spans(links))
    both = identity.of_person("SELECT 1", "ada", identity.list_spans([*links, *shared]))

    assert not any("occurred_at" in part for part in own)
    assert both[:-1] == own
    assert "'shared'" in both[-1]
    assert "id-" not in both[-1]
