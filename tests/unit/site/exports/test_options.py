"""The options of an export, read from one text."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.site.exports import options
from app.site.exports.exporting import ExportKind
from app.site.exports.options import OptionsInvalid

SECRET = "0123456789abcdef0123456789abcdef"


def test_without_options_a_draft_of_everything_is_meant():
    found = options.parsed(ExportKind.USER, "")

    assert (found.is_draft, found.is_dry_run, found.stream_id) == (True, False, "")
    assert (found.types, found.limit, found.offset) == ((), None, 0)
    assert (found.changed_since, found.part_rows) == (None, None)


def test_every_option_of_the_command_is_read():
    found = options.parsed(
        ExportKind.PRODUCT,
        "--no-draft --stream-id s --product-type 'gift card' --product-type=bundle --limit 5 "
        "--offset 2 --changed-since 2026-01-31 --part-rows 100 --dry-run",
    )

    assert (found.is_draft, found.is_dry_run, found.stream_id) == (False, True, "s")
    assert (found.types, found.limit, found.offset) == (("gift card", "bundle"), 5, 2)
    assert (str(found.changed_since), found.part_rows) == ("2026-01-31 00:00:00", 100)


@pytest.mark.parametrize("kind", list(ExportKind))
def test_each_kind_has_its_own_option_for_types(kind):
    assert options.parsed(kind, f"{options.TYPE_OPTIONS[kind]} a").types == ("a",)
    for other in set(ExportKind) - {kind}:
        with pytest.raises(OptionsInvalid, match="No such option"):
            options.parsed(kind, f"{options.TYPE_OPTIONS[other]} a")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("--draught", "No such option"),
        ("--help", "No such option"),
        ("users", "unexpected extra argument"),
        ("--stream-id", "requires an argument"),
        ("--limit 0", "--limit"),
        ("--changed-since soon", "--changed-since"),
        ("--stream-id 'half", "No closing quotation."),
    ],
)
def test_what_the_command_would_refuse_is_refused_in_its_words(text, said):
    with pytest.raises(OptionsInvalid, match=said):
        options.parsed(ExportKind.USER, text)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"--no-draft --stream-id {SECRET} --limit 5", "--no-draft --stream-id … --limit 5"),
        (f"--stream-id={SECRET}", "--stream-id=…"),
        (f"--stream-id '{SECRET}' --stream-id {SECRET}", "--stream-id … --stream-id …"),
        ("--user-content-type 'gift card'", "--user-content-type 'gift card'"),
    ],
)
def test_the_stream_id_is_not_shown(text, shown):
    assert options.masked(text) == shown


@given(st.text())
def test_any_text_is_read_or_refused(text):
    with suppress(OptionsInvalid):
        assert options.parsed(ExportKind.USER, text).offset >= 0
