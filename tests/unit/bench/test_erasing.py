"""The measurement of an erasure still runs; what it measures is never tested by the clock."""

from app.erasures.places import Step
from bench import erasing, profile_world


def test_an_erasure_is_measured_against_a_floor_step_by_step(tmp_path, monkeypatch):
    monkeypatch.setattr(profile_world, "SMALL_ROWS", 20)
    monkeypatch.setattr(erasing, "ROUNDS", 1)
    monkeypatch.setattr(erasing, "FIRST_PERSON", 471)
    profile_world.build(tmp_path, profile_world.Scale(1_000, 5_000, 2, 100)).close()

    figure = erasing.measured(tmp_path, 5_000)

    assert figure["rows"] == 5_000
    assert min(figure["ours"], figure["floor"], figure["peak_rss_mb"]) > 0
    assert set(figure["steps"]) == {each.value for each in Step} - {"suppress"} | {"the rest"}
