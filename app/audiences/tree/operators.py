"""How values are compared, and which values that can be asked of."""

from enum import StrEnum

from app.tabular.types import ColumnType


class Operator(StrEnum):
    """How a value is compared; a missing value fits only those that are `fits_nothing`."""

    IS = "is"
    IS_NOT = "is_not"
    IS_ONE_OF = "is_one_of"
    IS_NONE_OF = "is_none_of"
    CONTAINS = "contains"
    DOES_NOT_CONTAIN = "does_not_contain"
    STARTS_WITH = "starts_with"
    ENDS_WITH = "ends_with"
    HAS_ITEM = "has_item"
    HAS_NO_ITEM = "has_no_item"
    EQUALS = "equals"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    LESS_THAN = "less_than"
    BETWEEN = "between"
    BEFORE = "before"
    AFTER = "after"
    ON = "on"
    IN_THE_LAST = "in_the_last"
    IN_THE_NEXT = "in_the_next"
    MORE_THAN_AGO = "more_than_ago"
    IS_EMPTY = "is_empty"
    IS_NOT_EMPTY = "is_not_empty"

    @property
    def label(self) -> str:
        """The operator as a sentence has it."""
        return _LABELS.get(self, self.value.replace("_", " "))

    @property
    def needs_value(self) -> bool:
        """Tell whether there is something to compare with."""
        return self not in {Operator.IS_EMPTY, Operator.IS_NOT_EMPTY}

    @property
    def takes_list(self) -> bool:
        """Tell whether it compares with several values."""
        return self in {Operator.IS_ONE_OF, Operator.IS_NONE_OF}

    @property
    def takes_span(self) -> bool:
        """Tell whether it compares with a length of time."""
        return self in {Operator.IN_THE_LAST, Operator.IN_THE_NEXT, Operator.MORE_THAN_AGO}

    @property
    def is_order(self) -> bool:
        """Tell whether values are compared as numbers, so that text is read as one."""
        return self in ORDERS or self in {Operator.EQUALS, Operator.BETWEEN}

    @property
    def is_date(self) -> bool:
        """Tell whether values are compared as dates, so that text is read as one."""
        return self in DATE_OPERATORS

    @property
    def is_of_items(self) -> bool:
        """Tell whether the value is to be a list."""
        return self in {Operator.HAS_ITEM, Operator.HAS_NO_ITEM}

    @property
    def is_positive(self) -> bool:
        """Tell whether something has to be there for it to fit."""
        return not self.fits_nothing

    @property
    def fits_nothing(self) -> bool:
        """Tell whether a missing value fits."""
        return self in NEGATIONS or self is Operator.IS_EMPTY


_LABELS = {
    Operator.HAS_ITEM: "includes the item",
    Operator.HAS_NO_ITEM: "does not include the item",
    Operator.EQUALS: "equals the number",
    Operator.ON: "is on",
    Operator.BEFORE: "is before",
    Operator.AFTER: "is after",
    Operator.BETWEEN: "is between",
    Operator.IN_THE_LAST: "is in the last",
    Operator.IN_THE_NEXT: "is in the next",
    Operator.MORE_THAN_AGO: "is longer ago than",
}
# Each fits whatever its opposite does not.
NEGATIONS = {
    Operator.IS_NOT: Operator.IS,
    Operator.IS_NONE_OF: Operator.IS_ONE_OF,
    Operator.DOES_NOT_CONTAIN: Operator.CONTAINS,
    Operator.HAS_NO_ITEM: Operator.HAS_ITEM,
}
ORDERS = (Operator.AT_LEAST, Operator.AT_MOST, Operator.MORE_THAN, Operator.LESS_THAN)
DATE_OPERATORS = (
    Operator.BEFORE,
    Operator.AFTER,
    Operator.ON,
    Operator.IN_THE_LAST,
    Operator.IN_THE_NEXT,
    Operator.MORE_THAN_AGO,
)
_EXACTLY = (Operator.IS, Operator.IS_NOT)
_LISTED = (Operator.IS_ONE_OF, Operator.IS_NONE_OF)
_WITHIN = (
    Operator.CONTAINS,
    Operator.DOES_NOT_CONTAIN,
    Operator.STARTS_WITH,
    Operator.ENDS_WITH,
)
_ITEMS = (Operator.HAS_ITEM, Operator.HAS_NO_ITEM)
_EMPTY = (Operator.IS_EMPTY, Operator.IS_NOT_EMPTY)
_NUMBERS = (*ORDERS, Operator.EQUALS, Operator.BETWEEN)
# What a figure is compared by: sums and counts, and what is of nobody where nothing was done.
NUMBER_OPERATORS = (*ORDERS, *_EXACTLY, Operator.BETWEEN)
# A property may be anything: text, a number, a date, a list.
PROPERTY_OPERATORS = (*_EXACTLY, *_LISTED, *_WITHIN, *_ITEMS, *_NUMBERS, *DATE_OPERATORS, *_EMPTY)
# What a property may be compared by with an attribute of the person.
PAIR_OPERATORS = (
    *_EXACTLY,
    Operator.CONTAINS,
    Operator.DOES_NOT_CONTAIN,
    *ORDERS,
    Operator.EQUALS,
    Operator.BEFORE,
    Operator.AFTER,
    Operator.ON,
)
_TEXT = (*_EXACTLY, *_LISTED, *_WITHIN, *_EMPTY)
_BY_TYPE = {
    ColumnType.TEXT: (*_TEXT, *_NUMBERS),
    ColumnType.JSON: (*_TEXT,),
    ColumnType.INTEGER: (*_EXACTLY, *_LISTED, *_NUMBERS, *_EMPTY),
    ColumnType.DECIMAL: (*_EXACTLY, *_LISTED, *_NUMBERS, *_EMPTY),
    ColumnType.BOOLEAN: (*_EXACTLY, *_EMPTY),
    ColumnType.DATE: (*DATE_OPERATORS, *_EXACTLY, Operator.AT_LEAST, Operator.AT_MOST, *_EMPTY),
    ColumnType.DATETIME: (*DATE_OPERATORS, Operator.AT_LEAST, Operator.AT_MOST, *_EMPTY),
}


def operators_of(kind: ColumnType) -> tuple[Operator, ...]:
    """Return what a column of this type can be compared by."""
    return _BY_TYPE.get(kind, _TEXT)
