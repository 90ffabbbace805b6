"""The measurements still run; what they measure is never tested by the clock."""

from bench import pipeline


def test_the_pipeline_is_measured_against_a_floor_and_a_peer(tmp_path):
    figure = pipeline.first_load(tmp_path, 200)

    assert figure.rows == 200
    assert min(figure.ours, figure.floor, figure.peer) > 0
