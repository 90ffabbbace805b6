"""Nothing that cannot be evaluated is saved, and audiences are kept by their ids."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.audiences import explanations, queries, services
from app.audiences.models import Audience, AudienceStatus, AudienceVersion
from app.audiences.tree import reading
from app.extensions import db
from tests.conftest import NOW
from tests.integration.audiences.making import (
    BUYERS,
    evaluate,
    fresh,
    make_audience,
    make_events,
    make_people,
)
from tests.integration.audiences.test_versions import save


def asks(name, *, negated=False):
    return {"any": [{"did": {"event": "buy"}}, {"not_in" if negated else "in": name}]}


@pytest.mark.parametrize(
    ("condition", "said"),
    [
        ({"in": "Nobody"}, "There is no audience “Nobody”."),
        (
            {"have": {"attribute": {"schema": "People", "column": "points"}, "op": "is_one_of"}},
            None,
        ),
        (
            {"have": {"attribute": {"schema": "X", "column": "y"}, "op": "is", "value": "1"}},
            "No dataset has y (X).",
        ),
    ],
)
def test_what_cannot_be_evaluated_is_refused_by_place_and_nothing_is_left(app, condition, said):
    make_people()

    with pytest.raises(reading.TreeInvalid) as refused:
        make_audience({"all": [{"did": {"event": "buy"}}, {"any": [condition]}]})

    assert list(refused.value.problems) == ["n.1.0"]
    assert said is None or refused.value.problems["n.1.0"] == said
    assert db.session.query(Audience).count() == 0
    assert db.session.query(AudienceVersion).count() == 0


def test_a_refused_change_leaves_the_audience_as_it_was(app):
    audience = make_audience()

    with pytest.raises(reading.TreeInvalid):
        save(audience, asks("Nobody"))

    assert (fresh(audience).version, fresh(audience).tree) == (1, audience.tree)


def test_an_audience_named_in_a_tree_is_kept_by_its_id_so_that_a_new_name_breaks_nothing(app):
    make_events(app, ("1", "buy", {}))
    buyers = evaluate(make_audience())
    both = make_audience({"all": [{"in": "Buyers"}]}, "Both")
    stored = both.tree

    save(buyers, BUYERS, name="Shoppers")

    assert stored == {"all": [{"in": buyers.public_id}]}
    assert evaluate(both).member_count == 1
    assert queries.sentence_of(fresh(both)) == "People who are in “Shoppers”."


def test_the_page_of_an_audience_names_the_one_it_asks_for(app, pages):
    make_audience()
    both = make_audience({"all": [{"in": "Buyers"}]}, "Both")

    assert "People who are in “Buyers”." in pages.get(f"/audiences/{both.id}").text


def test_an_audience_that_would_ask_for_itself_is_refused_with_the_way_round(app):
    first = make_audience(name="First")
    make_audience(asks("First"), "Second")

    with pytest.raises(reading.TreeInvalid) as refused:
        save(first, asks("Second"))
    with pytest.raises(reading.TreeInvalid) as alone:
        make_audience(asks("Me"), "Me")

    said = "An audience cannot ask for itself: “First” > “Second” > “First”."
    assert refused.value.problems == {"n.1": said}
    assert alone.value.problems == {"n.1": "An audience cannot ask for itself: “Me” > “Me”."}


def test_of_two_saves_at_once_that_make_a_round_together_only_one_is_kept(app):
    first, second = make_audience(name="First"), make_audience(name="Second")
    trees = {first.id: asks(second.public_id), second.id: asks(first.public_id)}
    db.session.remove()

    def saved(audience_id):
        with app.app_context():
            try:
                services.save_audience(
                    audience_id=audience_id,
                    version=1,
                    name=f"Of {audience_id}",
                    description="",
                    tags=[],
                    tree=reading.parsed(trees[audience_id]),
                    now=NOW,
                )
            except reading.TreeInvalid as failure:
                return str(failure)
            finally:
                db.session.remove()
            return "saved"

    with ThreadPoolExecutor(2) as pool:
        said = list(pool.map(saved, trees))

    assert said.count("saved") == 1
    assert sum("An audience cannot ask for itself" in each for each in said) == 1


def test_a_round_that_is_there_all_the_same_ends_with_a_sentence(app):
    make_events(app, ("1", "visit", {}))
    first, second = make_audience(name="First"), make_audience(name="Second")
    first.tree, second.tree = asks(second.public_id), asks(first.public_id, negated=True)
    db.session.commit()

    evaluated = evaluate(first)
    explained = explanations.explain(fresh(first), "1", NOW)

    said = "An audience cannot ask for itself: “Second” > “First” > “Second”."
    assert (evaluated.status, evaluated.failure) == (AudienceStatus.FAILED, said)
    assert explained.explanation.has_problem
    assert explained.explanation.is_met is None
    assert said in str(explained.to_dict())


def test_the_builder_says_at_the_condition_what_cannot_be_evaluated(app, pages):
    form = {
        "name": "Gone",
        "n:kind": "all",
        "n.0:kind": "attribute",
        "n.0:attribute": '["Gone", "x"]',
        "n.0:op": "is",
        "n.0:value": "1",
    }

    answer = pages.post("/audiences/new", **form)

    assert "No dataset has x (Gone)." in answer.text
    assert "Mend the marked conditions" in answer.text
