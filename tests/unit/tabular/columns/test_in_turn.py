"""Work in turn: on each thing in the order it was handed over, and failures are told."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from app.tabular.columns.in_turn import InTurn


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_work_on_one_thing_keeps_its_order(workers):
    done = {name: [] for name in "abcdefg"}
    with ThreadPoolExecutor(workers) as pool:
        in_turn = InTurn(pool, 3)
        for number in range(50):
            in_turn.begin(lambda name, number=number: done[name].append(number), done)
        in_turn.end()

    assert all(numbers == list(range(50)) for numbers in done.values())


def test_what_goes_wrong_in_a_thread_is_raised_in_the_end():
    def fail(name):
        raise ValueError(name)

    with ThreadPoolExecutor(2) as pool:
        in_turn = InTurn(pool, 2)
        in_turn.begin(fail, "a")
        in_turn.begin(lambda name: None, "a")

        with pytest.raises(ValueError, match="a"):
            in_turn.end()
