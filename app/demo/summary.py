"""What the demo prints: numbered lines, each with what was expected and what was found."""

import sys
import time


class CountsDisagree(Exception):
    """A number is not what it must be."""


class Summary:
    """Prints the lines as they come."""

    def __init__(self) -> None:
        self._number = 0
        self._began = time.monotonic()

    def line(self, text: str) -> None:
        """Print the next line."""
        self._number += 1
        seconds = time.monotonic() - self._began
        sys.stdout.write(f"{self._number:>3}. {text}  ({seconds:.1f} s)\n")
        sys.stdout.flush()

    def check(self, text: str, found: object, expected: object) -> None:
        """Print the next line; raise CountsDisagree where the two differ."""
        self.line(f"{text}: {found}")
        if found != expected:
            raise CountsDisagree(f"{text} must be {expected}, but is {found}.")
