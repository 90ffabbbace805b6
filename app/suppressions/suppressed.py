"""Which identifiers are suppressed, as one value that is asked many times without the database."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeVar

from app import pseudonyms

PERSON, ANONYMOUS = "person", "anonymous"
Given = TypeVar("Given")


class Who(Protocol):
    """A message, as far as it says whom it is about."""

    @property
    def person_id(self) -> str | None:
        """The person, if the sender named them."""

    @property
    def anonymous_id(self) -> str | None:
        """The browser or device."""

    @property
    def previous_id(self) -> str | None:
        """Whom an alias says this was before."""


@dataclass(frozen=True)
class Suppressed:
    """Digests of what is suppressed; nothing is hashed where there are none."""

    key: bytes = b""
    digests: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.digests)

    def has_person(self, identifier: str | None) -> bool:
        """Tell whether a person is suppressed."""
        return self._has(PERSON, identifier)

    def has_anonymous(self, identifier: str | None) -> bool:
        """Tell whether an anonymous id is suppressed."""
        return self._has(ANONYMOUS, identifier)

    def refuses(self, who: Who) -> bool:
        """Tell whether a message is about somebody suppressed, or says that somebody was them.

        One that names a person counts by the person alone: a browser may have another user now.
        """
        if self.has_person(who.previous_id):
            return True
        if who.person_id is not None:
            return self.has_person(who.person_id)
        return self.has_anonymous(who.anonymous_id)

    def kept(self, found: Iterable[Given], who: Callable[[Given], Who]) -> list[Given]:
        """Return what is about nobody suppressed, in order; `who` tells of one whom it is about."""
        return [each for each in found if not (self and self.refuses(who(each)))]

    def refuses_raw(self, raw: Any) -> bool:
        """Tell whether a message as it was sent names somebody suppressed, well formed or not."""
        if not self or not isinstance(raw, Mapping):
            return False
        ids = [str(raw.get(name)) for name in ("userId", "anonymousId", "previousId")]
        return any(self.has_person(each) or self.has_anonymous(each) for each in ids)

    def _has(self, kind: str, identifier: str | None) -> bool:
        if not self.digests or identifier is None:
            return False
        return pseudonyms.digest(self.key, kind, identifier) in self.digests


NOBODY = Suppressed()
