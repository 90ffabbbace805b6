"""What several audiences have in common is what their sets have in common."""

import tempfile
from pathlib import Path

from hypothesis import given, settings

from app.audiences.overlaps import counting
from app.audiences.overlaps.counting import Cell, Part
from tests.unit.audiences.recording import AUDIENCES, BEGIN, EVALUATIONS, record, record_all
from tests.unit.audiences.test_moves import made

ONE, OTHER = AUDIENCES[:2]


@settings(max_examples=30)
@given(evaluations=EVALUATIONS)
def test_the_matrix_is_that_of_the_sets(evaluations):
    with tempfile.TemporaryDirectory() as folder:
        lake, spill = made(folder), Path(folder) / "spill"
        _log, inside = record_all(lake, evaluations)

        by_mask = counting.counts(lake, spill, AUDIENCES)
        cells = counting.matrix(by_mask, len(AUDIENCES))
        people = {
            part: counting.people(lake, spill, [ONE, OTHER], part, limit=9, offset=0)
            for part in Part
        }

        assert [[cell.count for cell in row] for row in cells] == [
            [len(inside[one] & inside[other]) for other in AUDIENCES] for one in AUDIENCES
        ]
        assert [row[0].size for row in cells] == [len(inside[one]) for one in AUDIENCES]
        assert {part: set(rows) for part, rows in people.items()} == {
            Part.FIRST: inside[ONE] - inside[OTHER],
            Part.BOTH: inside[ONE] & inside[OTHER],
            Part.SECOND: inside[OTHER] - inside[ONE],
        }


def test_twelve_audiences_are_told_apart(tmp_path):
    lake = made(tmp_path)
    ids = [f"{number:032x}" for number in range(12)]
    for number, each in enumerate(ids):
        record(lake, each, {str(person) for person in range(number + 1)}, BEGIN)

    cells = counting.matrix(counting.counts(lake, tmp_path / "spill", ids), 12)

    assert [[cell.count for cell in row] for row in cells] == [
        [min(row, column) + 1 for column in range(12)] for row in range(12)
    ]


def test_people_come_in_pages(tmp_path):
    lake = made(tmp_path)
    record(lake, ONE, {str(number) for number in range(1, 12)}, BEGIN)

    def page(offset):
        ids = [ONE, OTHER]
        return counting.people(lake, tmp_path, ids, Part.FIRST, limit=5, offset=offset)

    assert [*page(0), *page(5), *page(10)] == [str(number) for number in range(1, 12)]


def test_a_cell_is_shaded_by_its_share_and_only_nobody_is_not():
    shades = [Cell(count, 1000).shade for count in (0, 1, 200, 201, 999, 1000)]

    assert shades == [0, 1, 1, 2, 5, 5]
    assert (Cell(0, 0).share, Cell(0, 0).shade) == (0.0, 0)
