"""Long lists of columns, in pages: those that match what is searched, as the address asks."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from flask import request

from app import paging
from app.dataflows.models import Dataflow, DataflowColumn
from app.schemas.models import SchemaColumn

COLUMNS_A_PAGE = 50
# A list of so many is searched, too.
LONG_LIST = 12

C = TypeVar("C")


@dataclass(frozen=True)
class ColumnPage(Generic[C]):
    """Some of a list of columns: those that match what is searched, page by page.

    `search_name` and `page_name` are what the address calls the two.
    """

    columns: Sequence[C]
    number: int
    last: int
    query: str
    match_count: int
    is_long: bool
    search_name: str = "search"
    page_name: str = "page"

    @property
    def place(self) -> dict[str, str | int]:
        """The page as parameters of an address."""
        page = {self.page_name: self.number} if self.number > 1 else {}
        return {**self.searched, **page}

    @property
    def searched(self) -> dict[str, str]:
        """What is searched as a parameter of an address."""
        return {self.search_name: self.query} if self.query else {}


@dataclass(frozen=True)
class StepPage:
    """What step 4 shows of the file's columns, and of the schema's, each in pages of its own."""

    columns: ColumnPage[DataflowColumn]
    targets: ColumnPage[SchemaColumn]

    @property
    def place(self) -> dict[str, str | int]:
        """Both pages as parameters of an address."""
        return {**self.columns.place, **self.targets.place}

    @property
    def place_but_for_page(self) -> dict[str, str | int]:
        """The same, with the first page of the file's columns."""
        return {**self.columns.searched, **self.targets.place}

    @property
    def place_but_for_mapping_page(self) -> dict[str, str | int]:
        """The same, with the first page of the schema's columns."""
        return {**self.columns.place, **self.targets.searched}


def of_file(dataflow: Dataflow) -> ColumnPage[DataflowColumn]:
    """Return the columns of the file that the address asks for."""
    return _page(dataflow.columns, lambda column: (column.name, column.source_name))


def of_step(dataflow: Dataflow) -> StepPage:
    """Return what the address asks of step 4."""
    columns = dataflow.schema.columns if dataflow.schema else []
    targets = _page(columns, lambda column: (column.name,), "mapping_search", "mapping_page")
    return StepPage(of_file(dataflow), targets)


def number_of(position: int) -> int:
    """Return the page on which a column stands, by its place in the whole list."""
    return position // COLUMNS_A_PAGE + 1


def _page(
    columns: Sequence[C],
    names: Callable[[C], Iterable[str]],
    search_name: str = "search",
    page_name: str = "page",
) -> ColumnPage[C]:
    query = request.args.get(search_name, "").strip()[:300]
    wanted = query.casefold()
    found = [each for each in columns if any(wanted in name.casefold() for name in names(each))]
    last = max(1, number_of(len(found) - 1))
    number = min(paging.asked_for(page_name), last)
    begin = (number - 1) * COLUMNS_A_PAGE
    return ColumnPage(
        columns=found[begin : begin + COLUMNS_A_PAGE],
        number=number,
        last=last,
        query=query,
        match_count=len(found),
        is_long=len(columns) > LONG_LIST,
        search_name=search_name,
        page_name=page_name,
    )
