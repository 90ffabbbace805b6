"""What a file was recognised as: how to read it, how sure that is, why, and what else it may be."""

from dataclasses import dataclass
from typing import Any

from app.tabular.options import ParsingOptions


@dataclass(frozen=True)
class Evidence:
    """Why one of the options was chosen, in a sentence for people."""

    option: str
    sentence: str


@dataclass(frozen=True)
class Alternative:
    """Another way to read the file, with what speaks for it; the most likely comes first."""

    options: ParsingOptions
    sentence: str


@dataclass(frozen=True)
class Recognition:
    """What a file was recognised as; `questions` are the options a person should confirm."""

    options: ParsingOptions
    confidence: float
    evidence: tuple[Evidence, ...] = ()
    questions: tuple[str, ...] = ()
    alternatives: tuple[Alternative, ...] = ()

    @property
    def is_recognised(self) -> bool:
        """Return whether there is a table at all, or only options to begin the choosing with."""
        return self.confidence > 0

    def to_dict(self) -> dict[str, Any]:
        """Return the recognition as plain values that JSON can hold."""
        return {
            "options": self.options.to_dict(),
            "confidence": self.confidence,
            "evidence": [[each.option, each.sentence] for each in self.evidence],
            "questions": list(self.questions),
            "alternatives": [
                {"options": each.options.to_dict(), "sentence": each.sentence}
                for each in self.alternatives
            ],
        }
