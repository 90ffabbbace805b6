"""`flask audiences`: what the commands print, how they end, what they leave."""

import json

import pytest
import yaml

from app.audiences import queries
from app.audiences.as_code import services
from app.audiences.as_code.describing import Described
from app.audiences.models import Audience, AudienceVersion
from app.audiences.tree import reading
from app.extensions import db
from app.queue import JobName
from tests.conftest import NOW
from tests.integration.audiences.making import (
    BUYERS,
    make_audience,
)
from tests.integration.audiences.test_versions import GONE

TWO = """
audiences:
- name: Both
  tags: [shop]
  zone: Europe/Oslo
  conditions: {all: [{in: Buyers}, {did: {event: visit}}]}
- name: Buyers
  description: Whoever buys
  conditions: {all: [{did: {event: buy}}]}
"""


def stored():
    """Return every row of audiences and versions."""
    tables = (Audience, AudienceVersion)
    return [tuple(row) for each in tables for row in db.session.execute(db.select(each.__table__))]


def test_a_file_makes_audiences_that_ask_for_each_other_in_any_order(run, file, queue):
    said, wrong, code = run("apply", file(TWO))

    buyers, both = (queries.find_named(each) for each in ("Buyers", "Both"))
    assert (said, wrong, code) == ("created  Both\ncreated  Buyers\nDone.\n", "", 0)
    assert both.tree["all"][0] == {"in": buyers.public_id}
    assert (both.zone, both.tags, both.description) == ("Europe/Oslo", ["shop"], "")
    assert buyers.description == "Whoever buys"
    assert [job for job, _ids in queue.jobs] == [JobName.EVALUATE_AUDIENCE] * 2
    versions = db.session.query(AudienceVersion).all()
    assert {(each.name, each.saved_by) for each in versions} == {
        ("Both", "flask audiences apply"),
        ("Buyers", "flask audiences apply"),
    }


def test_the_same_file_again_changes_nothing(run, file, queue):
    path = file(TWO)
    run("apply", path)
    before = stored()
    queue.jobs.clear()

    said, _wrong, code = run("apply", path)

    assert (said, code) == ("same  Both\nsame  Buyers\nDone.\n", 0)
    assert (stored(), queue.jobs) == (before, [])


@pytest.mark.parametrize("how", [(), ("--json",)])
def test_what_is_exported_is_applied_as_the_same_and_exported_as_the_same_bytes(run, file, how):
    run("apply", file(TWO))
    text, _wrong, code = run("export", *how)
    path = file(text, "out")
    same = run("apply", path)[0]
    for audience in db.session.scalars(db.select(Audience)).all():
        db.session.delete(audience)
    db.session.commit()

    made = run("apply", path)[0]

    assert code == 0
    assert same.split("\n")[:2] == ["same  Both", "same  Buyers"]
    assert made.split("\n")[:2] == ["created  Both", "created  Buyers"]
    assert run("export", *how)[0] == text


def test_an_export_names_other_audiences_and_is_as_its_file_ends(run, file, tmp_path):
    run("apply", file(TWO))

    shown, _wrong, _code = run("export", "Both")
    as_yaml, as_json = tmp_path / "both.yaml", tmp_path / "both.json"
    codes = [run("export", "Both", "Both", "--output", each)[2] for each in (as_yaml, as_json)]

    assert as_yaml.read_text() == shown
    assert yaml.safe_load(shown) == json.loads(as_json.read_text())
    assert yaml.safe_load(shown)["audiences"] == [
        {
            "name": "Both",
            "description": "",
            "tags": ["shop"],
            "zone": "Europe/Oslo",
            "conditions": {"all": [{"in": "Buyers"}, {"did": {"event": "visit"}}]},
        }
    ]
    assert codes == [0, 0]
    assert run("export", "Nobody")[1:] == ("Error: There is no audience “Nobody”.\n", 1)
    assert run("export", "--output", tmp_path / "none" / "x.yaml")[2] == 1


def test_what_changes_is_said_line_by_line_and_a_dry_run_writes_none_of_it(run, file, queue):
    run("apply", file(TWO))
    before = stored()
    queue.jobs.clear()
    path = file(TWO.replace("event: buy", "event: order").replace("[shop]", "[web]"))

    dry = run("apply", path, "--dry-run")
    left, rung = stored(), list(queue.jobs)
    done = run("apply", path)

    said = "changed  Both\n  another tags\nchanged  Buyers\n  − Did “buy”\n  + Did “order”\n"
    assert dry == (f"{said}Nothing is written.\n", "", 0)
    assert (left, rung) == (before, [])
    assert done == (f"{said}Done.\n", "", 0)
    assert queries.find_named("Both").tags == ["web"]
    assert queries.find_named("Buyers").version == 2


def test_programs_are_answered_in_json(run, file):
    said = json.loads(run("apply", file(TWO), "--json", "--dry-run")[0])

    assert said == {
        "audiences": [
            {"name": "Both", "outcome": "created", "changes": []},
            {"name": "Buyers", "outcome": "created", "changes": []},
        ],
        "dry_run": True,
    }
    assert db.session.query(Audience).count() == 0


def test_what_a_file_leaves_unsaid_stays_as_it_is(run, file):
    run("apply", file(TWO))

    said, _wrong, code = run("apply", file("any: [{did: {event: visit}}]"), "--name", "Both")

    both = queries.find_named("Both")
    assert (said.split("\n")[0], code) == ("changed  Both", 0)
    assert (both.tags, both.zone) == (["shop"], "Europe/Oslo")
    assert run("apply", file("any: [{did: {event: visit}}]"))[2] == 2


def test_every_problem_is_said_and_nothing_is_written(run, file, queue):
    make_audience()
    before = stored()
    queue.jobs.clear()
    gone = json.dumps(GONE)
    path = file(f"""
- {{name: Fine, conditions: {{all: [{{did: {{event: buy}}}}]}}}}
- {{name: One, conditions: {{all: [{{in: Two}}]}}}}
- {{name: Two, conditions: {{none: [{{any: [{{did: {{event: a}}}}, {{in: One}}]}}]}}}}
- {{name: Buyers, conditions: {{all: [{{in: Nobody}}]}}}}
- {{name: Three, conditions: {gone}}}
""")

    said, wrong, code = run("apply", path)

    assert (said, code) == ("", 2)
    assert wrong.splitlines() == [
        f"{path}: {each}"
        for each in (
            "“One”, n.0: An audience cannot ask for itself: “One” > “Two” > “One”.",
            "“Two”, n.0.1: An audience cannot ask for itself: “Two” > “One” > “Two”.",
            "“Buyers”, n.0: There is no audience “Nobody”.",
            "“Three”, n.0: No dataset has x (Gone).",
        )
    ]
    assert (stored(), queue.jobs) == (before, [])


@pytest.mark.parametrize("command", [("apply",), ("size", "--file")])
@pytest.mark.parametrize("text", [b"\xff", b"a" * 10_000_000, b"a: &a [*a]", b"", b"[[[["])
def test_a_hostile_file_gets_a_sentence(run, file, command, text):
    path = file(text)

    said, wrong, code = run(*command, path)

    assert (said, code) == ("", 2)
    assert wrong.startswith(f"{path}: ")
    assert "Traceback" not in wrong


def test_a_file_that_is_not_there_gets_a_sentence(run, tmp_path):
    _said, wrong, code = run("apply", tmp_path / "none.yaml")

    assert ("cannot be read" in wrong, code) == (True, 2)


def test_a_save_at_the_same_moment_is_not_written_over(app, monkeypatch):
    audience = make_audience()
    real = queries.vocabulary

    def edited_meanwhile():
        monkeypatch.setattr(queries, "vocabulary", real)
        with db.engine.begin() as other:
            other.execute(db.update(Audience).values(version=7))
        return real()

    monkeypatch.setattr(queries, "vocabulary", edited_meanwhile)
    tree = reading.parsed({"all": [{"did": {"event": "visit"}}]})
    with pytest.raises(services.ChangedMeanwhile):
        services.apply(described=[Described("Buyers", tree)], by="", now=NOW)

    db.session.expire_all()
    assert (audience.version, audience.tree) == (7, audience.tree)
    assert reading.parsed(audience.tree) == reading.parsed(BUYERS)
