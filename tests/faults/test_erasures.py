"""Erasures killed at any moment: they finish by themselves, and nobody is left anywhere."""

import random
import time

import pytest

from app.demo import looping
from tests.faults import erasing_world as making
from tests.faults.erasing_worker import DEATHS, MOMENTS
from tests.faults.erasing_world import OTHER, browser_of, email_of, name_of, until
from tests.faults.everything_kept import places_with

PERSON, TWIN, THIRD = "zq-marker-7781", "zq-twin-7782", "third-person-3"
# Of a person of this world, whatever died. How much waited, was sent or shown is another's doing.
REMOVED = {
    **{"suppressions": 2, "exits": 2, "identities": 1, "refused": 2},
    **{"datasets": 1, "journals": 3, "files": 4, "rejects": 1, "logs": 1, "past": 3},
}
FIGURES = (
    "SELECT id, status, added_count, changed_count, same_count, rejected_count FROM run ORDER BY id"
)


def texts_of(person):
    return (person, email_of(person), browser_of(person), name_of(person))


def ask_with_messages_in_the_inbox(world, people, others=()):
    """Ask for erasures while messages wait that nobody moves; return their numbers."""
    until(lambda: are_copied(world, people), "their events are copied")
    world.stop("cron")
    world.send_events("waiting", [*people, *others])
    world.forget_what_was_rung()
    assert world.count("SELECT count(*) FROM inbox_entry") == len(people) + len(others)
    return [world.ask(each) for each in people]


def are_copied(world, people):
    world.watch()
    copies = world.folder / "lake" / "people" / "events"
    has_notes = any(copies.glob("*.json"))
    return has_notes and all(places_with(copies, person) for person in people)


def is_done(world, number):
    world.watch()
    return world.report(number)["status"] == "done"


def kept_of_others(world, others):
    return [world.export(each) for each in others], world.rows(FIGURES)


def assert_gone(world, number, person, audiences):
    told = world.report(number)
    assert (told["left"], set(told["found_again"].values())) == ([], {0})
    assert {place: told["removed"].get(place) for place in REMOVED} == REMOVED
    # What waited was dropped, or became events, which were removed.
    assert told["removed"]["events"] + told["removed"].get("inbox", 0) in (4, 8)
    assert places_with(world.folder, *texts_of(person)) == []
    # Evaluated while it is under way, an audience takes them in once more; then they leave again.
    for audience in audiences:
        told_of = [is_in for each, is_in in world.site.changes_of(person) if each == audience]
        assert told_of == [True, False] * (len(told_of) // 2) != []


def test_an_erasure_killed_at_every_moment_leaves_nothing_and_harms_nobody(tmp_path):
    deaths = tmp_path / "deaths"
    deaths.mkdir()
    with making.filled(tmp_path, [PERSON, TWIN, OTHER, THIRD]) as world:
        audiences = [each for each, _is_in in world.site.changes_of(PERSON)]
        before = kept_of_others(world, [THIRD])
        held = places_with(world.folder, *texts_of(PERSON))
        world.hurry()
        (undisturbed,) = ask_with_messages_in_the_inbox(world, [TWIN])
        until(lambda: is_done(world, undisturbed), "the first erasure is done")
        world.hurry(**{DEATHS: str(deaths)})
        (number,) = ask_with_messages_in_the_inbox(world, [PERSON], [OTHER])

        until(lambda: is_done(world, number), "the erasure is done")

        assert {each.name for each in deaths.iterdir()} == set(MOMENTS)
        assert {place.split("/")[0] for place in held} >= {"files", "lake", "logs"}
        assert any(place.startswith("headwater.db") for place in held)
        for person, of in ((TWIN, undisturbed), (PERSON, number)):
            assert_gone(world, of, person, audiences)
        assert kept_of_others(world, [THIRD]) == before
        assert world.site.changes_of(OTHER) == [(each, True) for each in audiences]
        assert looping.stored_events(world.visitor, "buy") == 3
        assert_nothing_comes_back(world)


def assert_nothing_comes_back(world):
    """Send everybody's rows and events again, and find those of the others only."""
    world.hurry(is_flushed=True)
    world.watch()
    world.send_file("again", "9")
    until(lambda: world.watch() and world.count("SELECT count(*) FROM run") == 5, "a run")
    assert world.run_ended(4) == {
        **{"added": 0, "changed": 2, "same": 0, "rejected": 2, "superseded": 0}
    }
    world.send_events("again")
    until(lambda: world.watch() and looping.stored_events(world.visitor, "buy") == 5, "events")
    world.visitor.open("/people")
    assert OTHER in world.visitor.text
    assert PERSON not in world.visitor.text
    # The file that came later is kept as it came, as long as any.
    newest = world.rows("SELECT path FROM stream_part ORDER BY id DESC LIMIT 1")[0][0]
    found = places_with(world.folder, *texts_of(PERSON))
    # Messages that waited for a moment are in no row, but in pages that SQLite has yet to use anew.
    free_space = {"headwater.db", "headwater.db-wal"}
    assert [place for place in found if place not in free_space] == [f"files/{newest}"]


@pytest.mark.parametrize("seed", [11])
def test_erasures_at_once_killed_at_random_moments_leave_nothing(tmp_path, seed):
    chance = random.Random(seed)
    people = [f"zq-marker-{number}" for number in range(3)]
    with making.filled(tmp_path, [*people, OTHER]) as world:
        audiences = [each for each, _is_in in world.site.changes_of(OTHER)]
        before = kept_of_others(world, [OTHER])
        world.hurry()
        numbers = ask_with_messages_in_the_inbox(world, people)

        for _kill in range(10):
            world.watch()
            time.sleep(chance.uniform(2, 5))
            world.stop("worker")
        for number in numbers:
            until(lambda number=number: is_done(world, number), "the erasure is done")

        for person, number in zip(people, numbers, strict=True):
            assert_gone(world, number, person, audiences)
        assert kept_of_others(world, [OTHER]) == before
