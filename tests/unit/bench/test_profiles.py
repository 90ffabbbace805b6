"""The measurement of the profile page still runs; what it measures is never tested by the clock."""

from bench import profile_world, profiles


def test_the_profile_page_is_measured_against_a_floor(tmp_path, monkeypatch):
    monkeypatch.setattr(profiles, "ASKED", 5)
    monkeypatch.setattr(profiles, "WARMING", 1)
    monkeypatch.setattr(profile_world, "SMALL_ROWS", 20)

    figure = profiles.measured(tmp_path, profile_world.Scale(1_000, 5_000, 2, 100))

    assert figure["rows"] == 5_000
    assert min(figure["p50"], figure["floor"], figure["grown_mb"] + 1) > 0
