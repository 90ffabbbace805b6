"""The streams and what arrived on them."""

from app.streams import queries
from tests.factories import make_dataflow, make_file


def test_the_list_counts_files_and_says_when_the_last_came(pages):
    dataflow = make_dataflow()
    make_dataflow("Silent")
    make_file(dataflow)
    make_file(dataflow, "id\n1\n2\n")

    arrivals = queries.arrivals([1, 2])
    page = pages.get("/streams")

    assert arrivals[dataflow.stream_pk][0] == 2
    assert len(arrivals) == 1
    assert f'<a href="/streams/{dataflow.stream_pk}#files">2</a>' in page.text
    assert 'id="files"' in pages.get(f"/streams/{dataflow.stream_pk}").text
    assert '<td class="number">0</td>' in page.text


def test_many_streams_fill_several_pages(pages, monkeypatch):
    monkeypatch.setattr(queries, "STREAMS_A_PAGE", 2)
    for name in ("Ash", "Elm", "Oak"):
        make_dataflow(name)

    assert "Elm" in pages.get("/streams").text
    assert "Oak" not in pages.get("/streams").text
    assert "Oak" in pages.get("/streams?page=2").text
