"""The page on conversions and transformations names every type and every kind, in its group."""

from pathlib import Path

import pytest

from app.tabular.transformations.registry import KINDS
from app.tabular.types import ColumnType

PAGE = (Path(__file__).parent.parent.parent / "docs" / "transformations.md").read_text()


def rows(heading: str) -> list[str]:
    """Return the names in the table below a heading."""
    section = PAGE.split(f"\n## {heading}\n", 1)[1].split("\n## ", 1)[0]
    lines = [line for line in section.splitlines() if line.startswith("| ")]
    return [line.split("|")[1].strip() for line in lines[1:]]


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_has_an_example_in_its_group(kind):
    assert kind.label in rows(kind.group.value)


def test_every_type_has_an_example():
    assert rows("Types") == [type_.label for type_ in ColumnType]


def test_the_page_names_no_kind_that_there_is_not():
    named = [name for group in ("Convert", "Transform", "Combine") for name in rows(group)]

    assert sorted(named) == sorted(kind.label for kind in KINDS.values())
