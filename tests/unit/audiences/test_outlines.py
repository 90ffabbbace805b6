"""Trees as lines, and two of them compared."""

from hypothesis import given, settings

from app.audiences.tree import outlines, reading, references
from app.audiences.tree.conditions import In, leaves
from app.audiences.tree.outlines import Line, Mark
from app.audiences.tree.vocabulary import Known, Vocabulary
from tests.unit.audiences import asking

BUYERS = Known("a" * 32, "Buyers", None)


def outline(raw, zone="UTC"):
    return outlines.outline(reading.parsed(raw), zone, {BUYERS.public_id: BUYERS.name})


def test_each_condition_and_each_group_is_a_line_at_its_depth():
    raw = {
        "all": [
            {"did": {"event": "buy"}},
            {"none": [{"in": BUYERS.public_id}, {"any": [{"did_not": {"event": "visit"}}]}]},
        ]
    }

    assert outline(raw, "Asia/Tokyo") == [
        Line(0, "All of these:"),
        Line(1, "Did “buy”"),
        Line(1, "None of these:"),
        Line(2, "Are in “Buyers”"),
        Line(2, "At least one of these:"),
        Line(3, "Did not “visit”"),
        Line(0, "Days are those of Asia/Tokyo."),
    ]


def test_what_was_removed_stands_before_what_came_in_its_place():
    before = outline({"all": [{"did": {"event": "a"}}, {"did": {"event": "b"}}]})
    after = outline({"all": [{"did": {"event": "c"}}, {"did": {"event": "b"}}]})

    found = outlines.compared(before, after)

    assert [(each.mark.sign, each.mark.value, each.line.text) for each in found] == [
        ("", "", "All of these:"),
        ("−", "removed", "Did “a”"),
        ("+", "added", "Did “c”"),
        ("", "", "Did “b”"),
        ("", "", "Days are those of UTC."),
    ]


@settings(deadline=None)
@given(one=asking.trees, other=asking.trees)
def test_either_tree_is_had_back_from_what_is_marked(one, other):
    before, after = outline(one), outline(other)

    found = outlines.compared(before, after)

    assert [each.line for each in found if each.mark is not Mark.ADDED] == before
    assert [each.line for each in found if each.mark is not Mark.REMOVED] == after
    assert (before == after) == all(each.mark is Mark.SAME for each in found)


def test_a_group_that_moved_deeper_is_not_the_same():
    flat = outline({"all": [{"did": {"event": "a"}}]})
    deep = outline({"all": [{"all": [{"did": {"event": "a"}}]}]})

    marks = [each.mark for each in outlines.compared(flat, deep)]

    assert Mark.ADDED in marks
    assert Mark.REMOVED in marks


def test_names_become_ids_and_ids_names_and_what_is_unknown_stays():
    vocabulary = Vocabulary(audiences={BUYERS.public_id: BUYERS})
    raw = {"all": [{"in": "Buyers"}, {"none": [{"not_in": BUYERS.public_id}]}, {"in": "Nobody"}]}
    tree = reading.parsed(raw)

    stored = references.with_ids(tree, vocabulary)
    written = references.with_names(stored, vocabulary)

    assert list(references.asked(stored)) == [BUYERS.public_id, BUYERS.public_id, "Nobody"]
    assert list(references.asked(written)) == ["Buyers", "Buyers", "Nobody"]
    assert [each.is_negated for each in leaves(stored) if isinstance(each, In)] == [
        *(False, True, False),
    ]
