"""Files with everything in them, and what becomes of their rows, found without the program."""

import csv
import io
import random
from dataclasses import dataclass, field

Row = tuple[str, int | None, int]
NAMES = ("Ada", "Łukasz", "=Eve", "Zoë, the 2nd", "", "李")


@dataclass
class Expected:
    """What one file does to a dataset: the buckets of its rows, and the dataset after."""

    counts: dict[str, int]
    rejected_lines: list[int]
    removed: int
    rows: dict[str, Row]


@dataclass
class Oracle:
    """A dataset as plain rows by identifier, with the line of the file each came from."""

    overwrites: bool
    rows: dict[str, Row] = field(default_factory=dict)

    def take(self, text: str) -> Expected:
        """Take a file in."""
        latest: dict[str, Row] = {}
        rejected, received = [], 0
        for line, (key, name, points) in enumerate(list(csv.reader(io.StringIO(text)))[1:], 2):
            received += 1
            if not key or (points and not points.isdigit()):
                rejected.append(line)
            else:
                latest[key] = (name, int(points) if points else None, line)
        before, counts = self.rows, {"added": 0, "changed": 0, "same": 0}
        after = {} if self.overwrites else dict(before)
        for key, row in latest.items():
            was = before.get(key)
            bucket = "added" if was is None else "same" if was[:2] == row[:2] else "changed"
            counts[bucket] += 1
            after[key] = was if was is not None and bucket == "same" else row
        counts["rejected"] = len(rejected)
        counts["superseded"] = received - len(rejected) - len(latest)
        self.rows = after
        return Expected(counts, rejected, len(before.keys() - after.keys()), after)


def file_of(chance: random.Random, row_count: int, people: int) -> str:
    """Return a file of rows of some of these people: new, known, repeated and wrong ones."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(["id", "name", "points"])
    for _ in range(row_count):
        number = chance.randrange(people)
        # Few values, so that a good part of the known rows are the same.
        row = [f"p{number}", NAMES[number % 6], str(chance.choice([1, 1, 1, 2, 3])), ""]
        if chance.random() < 0.02:
            row[2] = chance.choice(["many", "-", "1;2"])
        if chance.random() < 0.01:
            row[0] = ""
        writer.writerow(row[:3])
    return text.getvalue()
