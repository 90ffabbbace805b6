"""The list of names: without a meaning, with one, searched and in pages."""

from app.tracking import vocabulary
from app.tracking.names import EventKind
from app.tracking.vocabulary import NAMES_A_PAGE, KnownName


def test_names_nobody_has_said_a_meaning_of_keep_their_order():
    found = vocabulary.unmapped([("b", 3), ("a", 2), ("c", 1)], {"a": None})

    assert [(each.name, each.number) for each in found] == [("b", 3), ("c", 1)]


def test_known_names_have_the_number_that_came_or_none():
    found = vocabulary.known({"Visit": 4}, {"buy": EventKind.BUY, "Visit": None})

    assert [(each.name, each.number, each.counts_as) for each in found] == [
        ("buy", 0, "buy"),
        ("Visit", 4, "itself"),
    ]


def test_thousands_of_names_come_in_pages_and_are_searched():
    names = [KnownName(f"Name {number}", 1) for number in range(3000)]

    last = vocabulary.page(names, search="", number=99_999)
    found = vocabulary.page(names, search=" nAME 2999 ", number=1)

    assert (last.number, last.last, len(last.items)) == (120, 120, NAMES_A_PAGE)
    assert [each.name for each in found.items] == ["Name 2999"]
    assert found.count == 1
