"""Spark finds whom plain loops find: random trees of the whole language over random worlds."""

import json
import random
from zoneinfo import ZoneInfo

import pytest

from app.audiences.compiling import membership
from app.audiences.compiling.question import Question
from app.audiences.tree import reading
from app.lake import logs
from app.people import world as people_world
from tests.unit.audiences import evaluating, naive
from tests.unit.audiences.trees import Trees, world_with_audiences


def question(spark, about):
    """Return the question that a world is asked on Spark."""
    datasets = {
        number: people_world.by_person(spark.given(evaluating.dataset(about, schema)), "c1")
        for number, schema in enumerate(evaluating.SCHEMAS, 1)
    }
    lists = {
        name: spark.given(evaluating.pa.table({"person_id": sorted(each["list"])}))
        for name, each in about["audiences"].items()
        if "list" in each
    }
    events = spark.given(evaluating.stored(about))
    built = people_world.built(events, datasets, spark)
    asked = people_world.World(
        built.people, built.events, built.datasets, lists, built.dialect, spark
    )
    vocabulary = evaluating.vocabulary(about)
    return Question(asked, vocabulary, about["now"], ZoneInfo(about["zone"]))


@pytest.mark.parametrize("seed", [1, 2])
def test_spark_finds_whom_plain_loops_find(spark, seed):
    rng = random.Random(seed)
    about = world_with_audiences(rng)
    made = Trees(rng, about["now"], about["zone"], tuple(about["audiences"]))
    kinds = [made.did, made.did, made.figure, made.attribute, made.split, made.other]
    trees = [{"all": [kind()]} for kind in kinds] + [made.tree() for _ in range(6)]
    asked = question(spark, about)

    # All trees in one query: what takes long is to begin one.
    told = [
        membership.members(reading.parsed(raw), asked).mutate(place=number)
        for number, raw in enumerate(trees)
    ]
    both = told[0].union(*told[1:])
    found = logs.frame(spark, both).to_pylist()

    for number, raw in enumerate(trees):
        ids = [row["person_id"] for row in found if row["place"] == number]
        assert len(ids) == len(set(ids))
        assert set(ids) == naive.members(raw, about), json.dumps(raw, ensure_ascii=False)
