"""Comparing audiences: choosing some, the matrix, and who is in both."""

import re

import pytest

from app import storage
from app.audiences import changes
from tests.conftest import NOW, PASSWORD
from tests.integration.audiences.making import make_audience
from tests.pages import Pages
from tests.unit.audiences.recording import record


def make(name, *people):
    """Return an audience with these members."""
    audience = make_audience(name=name)
    with storage.lake().writer_lock(changes.TABLE):
        record(storage.lake(), audience.public_id, set(people), NOW)
    return audience


def ids(*audiences):
    return "&".join(f"ids={each.public_id}" for each in audiences)


def cells(page):
    """Return each row of the matrix: pairs of a number and a share."""
    rows = page.text.split("<tbody>", 1)[1].split("</tbody>", 1)[0].split("</tr>")[:-1]
    pattern = r'<td class="number overlap-cell[^>]*>(?:<a [^>]*>)?([\d]+).*?remark">([^<]*)<'
    return [re.findall(pattern, row, re.DOTALL) for row in rows]


def people(page):
    return re.findall(r"/people/profile\?id=([^\"]+)\"", page.text)


def test_with_no_two_audiences_there_is_nothing_to_compare(pages):
    assert "Nothing to compare yet" in pages.get("/audiences/overlap").text
    make("Only one", "1")
    assert "Nothing to compare yet" in pages.get("/audiences/overlap").text
    assert "Compare audiences" not in pages.get("/audiences").text


def test_the_list_leads_to_the_form_and_the_form_to_the_matrix(pages):
    buyers, visitors = make("Buyers", "1", "2", "3", "4"), make("Visitors", "4", "5")

    listed = pages.get("/audiences")
    form = pages.get("/audiences/overlap")
    page = pages.get(f"/audiences/overlap?{ids(visitors, buyers)}")

    assert 'href="/audiences/overlap"' in listed.text
    assert form.text.count('type="checkbox" name="ids"') == 2
    assert "<tbody>" not in form.text
    assert cells(page) == [
        [("4", "all"), ("1", "25\u202f%")],
        [("1", "50\u202f%"), ("2", "all")],
    ]
    assert page.text.count(" checked") == 2


def test_ids_may_stand_in_a_row(pages):
    one, other, third = (make(name, "1") for name in ("A", "B", "C"))

    page = pages.get(f"/audiences/overlap?ids={one.public_id},{third.public_id},nobody,%00")

    assert len(cells(page)) == 2
    assert other.public_id not in page.text.split("<form", 1)[0]


def test_one_audience_alone_asks_for_another(pages):
    one, _other = make("A", "1"), make("B", "1")

    page = pages.get(f"/audiences/overlap?{ids(one)}")

    assert "Choose another to compare it with" in page.text
    assert "<tbody>" not in page.text


def test_more_than_twelve_are_refused_and_stay_chosen(pages):
    made = [make(f"Audience {number:02}", "1") for number in range(13)]

    many = pages.get(f"/audiences/overlap?{ids(*made)}")
    most = pages.get(f"/audiences/overlap?{ids(*made[:12])}")

    assert (many.status, most.status) == (422, 200)
    assert "Choose at most 12" in many.text
    assert many.text.count(" checked") == 13
    assert [len(row) for row in cells(most)] == [12] * 12


def test_audiences_without_members_have_zeros(pages):
    one, other = make_audience(name="A"), make_audience(name="B")

    page = pages.get(f"/audiences/overlap?{ids(one, other)}")

    assert cells(page) == [[("0", "all"), ("0", "0\u202f%")], [("0", "0\u202f%"), ("0", "all")]]


def test_who_is_in_both_and_who_only_in_one(pages):
    one, other = make("Buyers", "1", "2", "3"), make("Visitors", "3", "4")
    address = f"/audiences/overlap/both?one={one.public_id}&other={other.public_id}"

    found = {part: people(pages.get(f"{address}&part={part}")) for part in ("first", "second")}
    page = pages.get(address)

    assert page.h1 == ["Buyers and Visitors"]
    assert people(page) == ["3"]
    assert found == {"first": ["1", "2"], "second": ["4"]}
    assert "2 only in the first, 1 in both, 1 only in the second" in page.text
    assert [each in page.text for each in ("50\u202f%", "25\u202f%")] == [True, True]


def test_a_matrix_leads_to_the_pair_of_each_cell(pages):
    one, other = make("Buyers", "1"), make("Visitors", "1")
    page = pages.get(f"/audiences/overlap?{ids(one, other)}")

    (address, _back) = re.findall(r'href="(/audiences/overlap/both[^"]+)"', page.text)

    assert people(pages.get(address.replace("&amp;", "&"))) == ["1"]


def test_people_of_a_pair_come_in_pages(pages):
    one = make("A", *(f"p{number:03}" for number in range(60)))
    other = make("B", "p000")
    address = f"/audiences/overlap/both?one={one.public_id}&other={other.public_id}&part=first"

    assert people(pages.get(address))[0] == "p001"
    assert people(pages.get(f"{address}&page=9")) == [f"p{number:03}" for number in range(51, 60)]


def test_a_pair_of_nobody_says_so(pages):
    one, other = make("A", "1"), make("B", "2")

    page = pages.get(f"/audiences/overlap/both?one={one.public_id}&other={other.public_id}")

    assert "Nobody is in this part" in page.text


@pytest.mark.parametrize(
    "query", ["", "one={0}", "one={0}&other={0}", "one={0}&other=%00", "one=x&other={0}"]
)
def test_a_pair_that_is_none_is_a_page_not_found(pages, query):
    one = make("A", "1")

    page = pages.get(f"/audiences/overlap/both?{query.format(one.public_id)}")

    assert page.status == 404


def test_a_part_that_is_none_is_both(pages):
    one, other = make("A", "1"), make("B", "1")
    address = f"/audiences/overlap/both?one={one.public_id}&other={other.public_id}&part=%00"

    assert people(pages.get(address)) == ["1"]


def test_a_viewer_compares_too(app, viewer):
    one, other = make("A", "1"), make("B", "1")

    page = Pages(app, viewer.email, PASSWORD).get(f"/audiences/overlap?{ids(one, other)}")

    assert page.status == 200
