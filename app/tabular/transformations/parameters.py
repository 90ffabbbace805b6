"""What a kind of transformation asks for besides its columns, and how an answer is checked."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

MOST_CHARACTERS = 10_000
LARGEST_NUMBER = 10_000


class ParameterImpossible(ValueError):
    """A setting of a transformation that is missing or makes no sense."""


@dataclass(frozen=True)
class Parameter:
    """One setting to ask for: `kind` is text, number, mapping (text to text), words or choice.

    `words` is a list of words, written with commas or line ends between them.
    """

    name: str
    label: str
    kind: str = "text"
    default: Any = ""
    is_required: bool = False
    choices: tuple[tuple[str, str], ...] = ()
    hint: str = ""
    least: int = 1
    most: int = LARGEST_NUMBER
    longest: int = MOST_CHARACTERS

    def checked(self, value: Any) -> Any:
        """Return the setting ready for use; raise ParameterImpossible."""
        if value is None or value == "":
            value = self.default
        if value in ("", None, {}, []):
            if self.is_required:
                raise ParameterImpossible(f"Fill in “{self.label}”.")
            if self.kind == "number":
                return None
        return getattr(self, f"_checked_{self.kind}")(value)

    def _checked_text(self, value: Any) -> str:
        text = str(value)
        if len(text) > self.longest:
            message = f"“{self.label}” is too long: it has at most {self.longest:,} characters."
            raise ParameterImpossible(message)
        return text

    def _checked_number(self, value: Any) -> int:
        try:
            number = int(str(value))
        except ValueError:
            number = self.least - 1
        if not self.least <= number <= self.most:
            message = f"“{self.label}” is a whole number from {self.least:,} to {self.most:,}."
            raise ParameterImpossible(message)
        return number

    def _checked_mapping(self, value: Any) -> dict[str, str]:
        if not isinstance(value, Mapping):
            raise ParameterImpossible(f"“{self.label}” pairs each value with its replacement.")
        return {str(old): str(new) for old, new in value.items()}

    def _checked_words(self, value: Any) -> tuple[str, ...]:
        lines = value.replace(",", "\n").splitlines() if isinstance(value, str) else list(value)
        words = tuple(dict.fromkeys(word for word in (str(line).strip() for line in lines) if word))
        if self.is_required and not words:
            raise ParameterImpossible(f"Fill in “{self.label}”.")
        return words

    def _checked_choice(self, value: Any) -> str:
        if value not in dict(self.choices):
            raise ParameterImpossible(f"Choose one of the answers to “{self.label}”.")
        return str(value)
