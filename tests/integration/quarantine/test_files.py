"""Rejected rows are found again in files of any make: in parts, over lines, with marks."""

import io

import pytest

from app.quarantine import services
from app.receiving import Body
from app.runs import services as runs
from app.streams import services as streams
from app.streams.models import FileKind
from app.streams.services import Address
from tests.conftest import NOW
from tests.factories import LIMIT, make_active
from tests.integration.quarantine.taking_up import reject_at, stored, take_up
from tests.integration.runs.carrying_out import carry_out

CSV = 'id,note,points\r\n1,"two\r\nlines",1\r\n2,"and\r\n\r\nthree",many\r\n3,c,3\r\n'
JSON = '[{"id": 1, "note": "a", "points": 1}, {"id": 2, "points": "many"}, {"id": 3, "points": 3}]'
POINTS = enumerate(("1", "many", "3"), 1)
XML = "".join(f'<r id="{n}"><points>{points}</points></r>' for n, points in POINTS).join(
    ("<rs>", "</rs>")
)
LINES = "\n".join(part.strip(" ,") for part in JSON[1:-1].replace("}, {", "}|{").split("|"))


def sent_in_parts(dataflow, content: bytes, cut: int):
    """Return the run of a file that came in two parts."""
    for number, part in enumerate((content[:cut], content[cut:]), 1):
        streams.receive_part(
            address=Address(
                dataflow.stream_pk, FileKind.PRODUCTION, "f", number, 2 if number == 2 else None
            ),
            body=Body(io.BytesIO(part)),
            checker=None,
            limit=LIMIT,
            now=NOW,
        )
    return carry_out(runs.start_run(dataflow_id=dataflow.id, now=NOW))


@pytest.mark.parametrize("cut", [5, 30, 45])
@pytest.mark.parametrize(
    ("content", "line"),
    [
        (CSV.encode(), 4),
        (b"\xef\xbb\xbf" + CSV.encode(), 4),
        (CSV.encode("utf-16"), 4),
        (JSON.encode(), 2),
        (LINES.encode(), 2),
        (XML.encode(), 2),
    ],
    ids=["CSV", "CSV with a mark", "UTF-16", "JSON", "NDJSON", "XML on one line"],
)
def test_a_row_is_found_by_its_line(app, content, line, cut):
    many, two = ("many".encode("utf-16")[2:], "2".encode("utf-16")[2:])
    dataflow = make_active(content.replace(b"many", b"2").replace(many, two))
    run = sent_in_parts(dataflow, content, cut)
    services.replace_values(
        run_id=run.id, rule="not_integer", column="points", replacements={"many": "2"}
    )
    assert reject_at(run, line).given == {"points": "2"}

    repair = take_up(run)

    assert repair.rejected_count == 0
    assert [row["points"] for row in stored(dataflow)] == ["1", "2", "3"]
