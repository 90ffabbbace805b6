"""What a column means beyond its type: who it identifies, whose an event is, when it happened."""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from enum import StrEnum
from typing import Protocol

from app.schemas.parents import SchemaParent
from app.tabular.types import ColumnType


class ColumnRole(StrEnum):
    """What a column means to whoever reads the rows; changing it changes no row."""

    FURTHER_IDENTIFIER = "further_identifier"
    PERSON = "person"
    TIME = "time"
    EVENT = "event"
    AMOUNT = "amount"
    ANONYMOUS_ID = "anonymous_id"

    @property
    def label(self) -> str:
        """Return the name people know the role by."""
        return self.value.replace("_", " ").capitalize()

    @property
    def parent(self) -> SchemaParent:
        """The parent whose schemas may have such a column."""
        is_of_people = self is ColumnRole.FURTHER_IDENTIFIER
        return SchemaParent.PERSONAL_DATA if is_of_people else SchemaParent.INTERACTION

    def takes(self, kind: ColumnType) -> bool:
        """Tell whether a column of that type can have the role."""
        return _TAKES[self](kind)


class HasRole(Protocol):
    """A column, to be or there, as far as roles go."""

    @property
    def name(self) -> str: ...
    @property
    def type(self) -> ColumnType: ...
    @property
    def is_identifier(self) -> bool: ...
    @property
    def role(self) -> ColumnRole | None: ...


class RolesInvalid(Exception):
    """The roles do not go together with the columns; the sentence says why and what to do."""


def of_parent(parent: SchemaParent) -> list[ColumnRole]:
    """Return the roles that columns of such a schema may have."""
    return [role for role in ColumnRole if role.parent is parent]


def refuse_unfit(parent: SchemaParent, columns: Iterable[HasRole]) -> None:
    """Raise RolesInvalid for the first role that cannot be."""
    seen: dict[ColumnRole, str] = {}
    for column in columns:
        role = column.role
        if role is None:
            continue
        _refuse_one(parent, column, role)
        if role in seen and role is not ColumnRole.FURTHER_IDENTIFIER:
            raise RolesInvalid(
                f"“{seen[role]}” and “{column.name}” are both the {_word(role)}. "
                "Choose one of them."
            )
        seen[role] = column.name


def suggested(
    parent: SchemaParent, types: Mapping[str, ColumnType], identifier: str | None = None
) -> dict[str, ColumnRole]:
    """Return the role that suggests itself for each column that has one, by names and types."""
    if parent is SchemaParent.PERSONAL_DATA:
        return {
            name: ColumnRole.FURTHER_IDENTIFIER
            for name, kind in types.items()
            if name != identifier and _is_identifying(name, kind)
        }
    found: dict[str, ColumnRole] = {}
    for role in of_parent(parent):
        fitting = [name for name, kind in types.items() if role.takes(kind) and name not in found]
        name = _best(role, fitting, types)
        if name is not None:
            found[name] = role
    return found


def _refuse_one(parent: SchemaParent, column: HasRole, role: ColumnRole) -> None:
    if role.parent is not parent:
        raise RolesInvalid(
            f"“{column.name}” cannot be the {_word(role)}: that is for schemas of {role.parent}."
        )
    if column.is_identifier:
        raise RolesInvalid(f"“{column.name}” is the identifier already. Choose another column.")
    if not role.takes(column.type):
        raise RolesInvalid(
            f"“{column.name}” is of the type {column.type.word}, so it cannot be the "
            f"{_word(role)}. Choose a column of {_WANTED[role]}."
        )


def _word(role: ColumnRole) -> str:
    return role.label.lower()


def _best(role: ColumnRole, fitting: Sequence[str], types: Mapping[str, ColumnType]) -> str | None:
    folded = {_folded(name): name for name in reversed(fitting)}
    found = next((folded[word] for word in _WORDS[role] if word in folded), None)
    if found is None and role is ColumnRole.TIME:
        # Dates with a time before those without.
        by_kind = sorted(fitting, key=lambda name: types[name] is ColumnType.DATE)
        return next(iter(by_kind), None)
    return found


def _is_identifying(name: str, kind: ColumnType) -> bool:
    is_told_by_type = kind in {ColumnType.EMAIL, ColumnType.PHONE}
    is_told_by_name = _folded(name) in _WORDS[ColumnRole.FURTHER_IDENTIFIER]
    return is_told_by_type or (is_told_by_name and ColumnRole.FURTHER_IDENTIFIER.takes(kind))


def _folded(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()


def _is_code(kind: ColumnType) -> bool:
    codes = {ColumnType.TEXT, ColumnType.EMAIL, ColumnType.PHONE, ColumnType.INTEGER}
    return kind in codes


_TAKES: dict[ColumnRole, Callable[[ColumnType], bool]] = {
    ColumnRole.FURTHER_IDENTIFIER: _is_code,
    ColumnRole.PERSON: _is_code,
    ColumnRole.TIME: lambda kind: kind in {ColumnType.DATE, ColumnType.DATETIME},
    ColumnRole.EVENT: lambda kind: kind is ColumnType.TEXT,
    ColumnRole.AMOUNT: lambda kind: kind.is_number,
    ColumnRole.ANONYMOUS_ID: _is_code,
}
_WANTED = {
    ColumnRole.FURTHER_IDENTIFIER: "text, email, phone number or integer",
    ColumnRole.PERSON: "text, email, phone number or integer",
    ColumnRole.TIME: "date, or date and time",
    ColumnRole.EVENT: "text",
    ColumnRole.AMOUNT: "integer or decimal",
    ColumnRole.ANONYMOUS_ID: "text, email, phone number or integer",
}
_WORDS: dict[ColumnRole, tuple[str, ...]] = {
    ColumnRole.FURTHER_IDENTIFIER: (
        *("email", "mail", "emailaddress", "phone", "phonenumber", "mobile", "mobilephone"),
        *("customernumber", "customerno", "loyaltycard", "loyaltynumber", "cardnumber", "crmid"),
    ),
    ColumnRole.PERSON: (
        *("userid", "personid", "customerid", "memberid", "clientid", "user", "person"),
        *("customer", "customernumber", "customerno", "loyaltycard", "loyaltynumber", "member"),
    ),
    ColumnRole.TIME: (
        *("occurredat", "happenedat", "time", "timestamp", "datetime", "eventtime", "boughtat"),
        *("purchasedat", "soldat", "orderedat", "createdat", "date", "orderdate", "purchasedate"),
    ),
    ColumnRole.EVENT: ("event", "eventname", "eventtype", "action", "activity", "interaction"),
    ColumnRole.AMOUNT: (
        *("amount", "total", "value", "revenue", "totalamount", "ordervalue", "turnover"),
        *("sum", "price"),
    ),
    ColumnRole.ANONYMOUS_ID: (
        *("anonymousid", "coid", "cookieid", "visitorid", "deviceid", "clientcookie"),
    ),
}
