"""Whether a tree can be asked of what there is: columns and their types, audiences, itself."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from app.audiences.builder import saying
from app.audiences.tree import checking, reading
from app.audiences.tree.conditions import Group
from app.audiences.tree.vocabulary import Known, Vocabulary


@dataclass(frozen=True)
class Checked:
    """A tree, or what is wrong with it by path; one that cannot be asked has both."""

    tree: Group | None
    problems: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        """Tell whether it can be saved and asked."""
        return self.tree is not None and not self.problems


def checked(raw: dict[str, Any], vocabulary: Vocabulary, own: Known | None = None) -> Checked:
    """Return the tree that JSON stands for, with all that is wrong with it for this audience."""
    try:
        tree = reading.parsed(raw)
    except reading.TreeInvalid as failure:
        rest = saying.without(raw, failure.problems)
        known = checking.problems(rest, vocabulary, own) if rest is not None else {}
        return Checked(None, {**known, **failure.problems})
    return Checked(tree, checking.problems(tree, vocabulary, own))
