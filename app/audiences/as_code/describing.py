"""An audience as its file says it."""

from dataclasses import dataclass

from app.audiences.tree.conditions import Group


@dataclass(frozen=True)
class Described:
    """Its tree has other audiences by name; what a file leaves unsaid is none."""

    name: str
    tree: Group
    description: str | None = None
    tags: tuple[str, ...] | None = None
    zone: str | None = None


class FileInvalid(Exception):
    """The file describes no audiences that can be saved; `problems` has all that is wrong."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems
