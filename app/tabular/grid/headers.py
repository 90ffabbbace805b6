"""Whether the first rows of a table name its columns: each column has a vote."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from app.tabular.grid.cell_kinds import CellKind, kind_of
from app.tabular.grid.labels import Labels
from app.tabular.grid.odd_rows import is_rule

Rows = Sequence[Sequence[str]]
MOST_ROWS = 200
SURE = 0.6
_NAME = re.compile(r"[^\W\d_][\w .\-()#/%°²³,:&'’\[\]€$?+*]{0,79}", re.UNICODE)
_IDENTIFIER = re.compile(r"[A-Za-z][a-z0-9]*(?:_[A-Za-z0-9]+)+|[a-z]+(?:[A-Z][a-z0-9]+)+")
_COUNTED = re.compile(r"(?P<stem>\D*)(?P<number>[0-9]{1,4})")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_KNOWN_NAMES = re.compile(
    r"(?i)(^|[ _.\-/(])(id|uuid|guid|key|e?-?mail|name|first|last|surname|title|date|time|datetime|"
    r"year|month|day|week|quarter|type|kind|class|group|phone|tel|mobile|fax|address|street|city|"
    r"town|zip|postcode|postal|country|region|state|county|district|price|cost|total|sum|amount|"
    r"value|rate|percent|share|quantity|qty|count|number|no|nr|num|rank|status|code|user|username|"
    r"customer|client|product|item|article|order|invoice|sku|category|department|dept|created|"
    r"updated|modified|description|desc|notes?|comments?|remarks?|url|link|website|gender|sex|age|"
    r"birthday|dob|language|currency|weight|height|length|width|size|color|colour|brand|supplier|"
    r"vendor|latitude|longitude|lat|lon|lng|score|unit|units|nom|prénom|prenom|ville|adresse|prix|"
    r"datum|stadt|ort|plz|straße|strasse|vorname|nachname|preis|menge|anzahl|nazwa|imię|nazwisko|"
    r"miasto|kwota|fecha|nombre|ciudad|precio|cantidad|telefon|telefono|téléphone|land|pays|país)"
    r"s?($|[ _.\-/):])"
)
# Words that name columns of texts, and as values of one stand with others of their kind.
_COMMON_NAMES = re.compile(
    r"(source|target|from|to|sender|receiver|subject|body|text|label|message|content|quote|"
    r"author|word|term|variable|definition|meaning|translation|question|answer|topic|tag|"
    r"summary|domain|host|path|file|filename|species|genus|family|gene|symbol|sample|team|"
    r"player|position|genre|director|artist|album|song|publisher|place|location|station|site|"
    r"role|company|organisation|organization|employer|school|course|teacher|event|action|method|"
    r"feature|attribute|property|field|parameter|parent|child|level|review|rating|sentiment|"
    r"response|result|reason|error|severity|priority|owner|manager|format|version|model|make|"
    r"manufacturer|ingredient|recipe|animal|shape|material|mode|stop|route|zone|area|room|"
    r"airline|airport|origin|destination|departure|arrival|start|end|open|close|high|low|min|"
    r"max|mean|median|average)"
)
_LEAST_ALIKE = 3
_STRONG = 0.6


@dataclass(frozen=True)
class HeaderVote:
    """How many rows name the columns, how sure that is, and why."""

    rows: int
    confidence: float
    sentence: str

    @property
    def has_header(self) -> bool:
        """Return whether the columns are named."""
        return self.rows > 0


def header_vote(rows: Rows) -> HeaderVote:
    """Return whether the first of the table's rows is a header; two rows may be one."""
    rows = [row for row in rows[: MOST_ROWS + 1] if any(cell.strip() for cell in row)]
    rows = [*rows[:1], *(row for row in rows[1:] if not is_rule(row))]
    if not rows:
        return HeaderVote(0, 0.0, "The file has no rows.")
    if len(rows) < 2:
        return _of_one_row(rows[0])
    if _is_over_two_rows(rows):
        sentence = "The first row has gaps above names in the second: both name the columns."
        return HeaderVote(2, 0.5, sentence)
    first, below = [cell.strip() for cell in rows[0]], rows[1:]
    series = _series(first) or _counted(first, below)
    votes = []
    for place, name in enumerate(first):
        values = [row[place].strip() for row in below if place < len(row)]
        votes.append(0.5 if place in series else _vote(name, [each for each in values if each]))
    return _verdict(first, votes)


def labelled(labels: Labels) -> HeaderVote:
    """Return the vote for rows that name the columns, told by the values below them."""
    if labels.is_certain:
        sentence = "The columns below the row hold values: what stands above it is a text."
        return HeaderVote(labels.count, 0.9, sentence)
    sentence = "The columns have values only below several rows of words."
    return HeaderVote(labels.count, 0.5, sentence)


def doubted(vote: HeaderVote) -> HeaderVote:
    """Return the same vote, but not sure of it."""
    return replace(vote, confidence=min(vote.confidence, 0.5))


def names_above(vote: HeaderVote) -> HeaderVote:
    """Return the vote for a header whose groups of columns are named in the row above it."""
    sentence = "The row above has names for groups of columns: both rows name the columns."
    return HeaderVote(vote.rows + 1, 0.5, sentence)


def ruled(vote: HeaderVote) -> HeaderVote:
    """Return the vote for names with a rule drawn below them, which is a row of its own."""
    return replace(vote, rows=vote.rows + 1)


def _of_one_row(row: Sequence[str]) -> HeaderVote:
    kinds = [kind_of(cell) for cell in row if cell.strip()]
    is_named = not any(kind.is_value for kind in kinds)
    return HeaderVote(int(is_named), 0.5, "The file has a single row.")


def _verdict(first: Sequence[str], votes: Sequence[float]) -> HeaderVote:
    counted = [vote for vote in votes if vote] or [0.0]
    score = sum(counted) / len(counted)
    filled = [name for name in first if name]
    if len(set(filled)) < len(filled):
        score -= 0.25 if score < 0.6 else 0.0
    if score > -0.15:
        count = sum(vote > 0 for vote in votes)
        sentence = f"{count:,} of {len(first):,} columns have a first cell that looks like a name."
        # Values among names, as where a first line says how many rows there are of what.
        values = [name for name, vote in zip(first, votes, strict=True) if vote <= -_STRONG]
        most = SURE if any(kind_of(value).is_value for value in values) else 0.99
        return HeaderVote(1, round(min(most, 0.5 + score), 3), sentence)
    sentence = "The first row looks like the rows below it."
    return HeaderVote(0, round(min(0.99, 0.5 - score), 3), sentence)


def _series(first: Sequence[str]) -> set[int]:
    """Return the places of years or dates that follow each other, as names of columns do."""
    years = [place for place, name in enumerate(first) if _YEAR.fullmatch(name)]
    dates = [place for place, name in enumerate(first) if kind_of(name) is CellKind.DATE]
    for places in (years, dates):
        values = [first[place] for place in places]
        is_run = len(values) > 1 and places == list(range(places[0], places[-1] + 1))
        others = [name for place, name in enumerate(first) if place not in places and name]
        are_names = not any(kind_of(name).is_value for name in others)
        if is_run and are_names and len(set(values)) == len(values) and _is_even(values):
            return set(places)
    return set()


def _counted(first: Sequence[str], below: Rows) -> set[int]:
    """Return the places of names that count up, as `1, 2, 3` or `q1, q2, q3`, in no other row."""
    found = [_COUNTED.fullmatch(name) for name in first]
    places = [place for place, each in enumerate(found) if each]
    if len(places) < 3 or places != list(range(places[0], places[-1] + 1)):
        return set()
    numbers = [int(each["number"]) for each in found if each]
    stems = {each["stem"] for each in found if each}
    is_run = len(stems) == 1 and numbers == list(range(numbers[0], numbers[0] + len(numbers)))
    if not is_run or any(first[place] == row[place] for row in below for place in places[:2]
                         if place < len(row)):  # fmt: skip
        return set()
    return set(places) if stems != {""} else _of_plain_numbers(first, below, places)


def _of_plain_numbers(first: Sequence[str], below: Rows, places: Sequence[int]) -> set[int]:
    """Return the places of numbers that only count the columns: to the edge, from 0 or 1 on."""
    is_to_edge = places[-1] == len(first) - 1 and int(first[places[0]]) <= 1
    cells = [cell.strip() for row in below for cell in row[places[0] :]]
    are_like_these = not places[0] and any(map(str.isdecimal, cells))
    has_values = any(kind_of(cell).is_value for cell in first[: places[0]])
    return set(places) if is_to_edge and not (are_like_these or has_values) else set()


def _is_year(cell: str) -> bool:
    return _YEAR.fullmatch(cell.strip()) is not None


def _is_even(values: Sequence[str]) -> bool:
    if not all(_YEAR.fullmatch(value) for value in values):
        return len(values) > 2
    steps = {int(after) - int(before) for before, after in zip(values, values[1:], strict=False)}
    return len(steps) == 1 and steps <= {1, -1, 2, 5, 10, -5, -10}


def _vote(name: str, values: Sequence[str]) -> float:
    """Return between -1, surely a value, and 1, surely a name."""
    if not name:
        return -0.2 if len(values) > 1 else 0.0
    kind = kind_of(name)
    kinds = Counter(kind_of(value) for value in values)
    usual, count = kinds.most_common(1)[0] if kinds else (CellKind.EMPTY, 0)
    if kind.is_value:
        return -1.0 if usual is kind or not values else -0.6
    if "@" in name or "://" in name or len(name) > 120:
        return -1.0
    is_known = _KNOWN_NAMES.search(name) and _NAME.fullmatch(name)
    vote = 0.6 if is_known and not _are_names(values) else _of_looks(name, values)
    if values and usual.is_value and count > len(values) * 0.7:
        return 1.0
    if not values:
        return vote or 0.1
    return max(-1.0, min(1.0, vote + _among_texts(name, kind, usual, values)))


def _of_looks(name: str, values: Sequence[str]) -> float:
    """Return what it says that a single small word stands above texts of another look."""
    if len(values) < _LEAST_ALIKE or not (name.isalpha() and name.islower()):
        return 0.0
    if _COMMON_NAMES.fullmatch(name):
        return 0.0 if any(_COMMON_NAMES.fullmatch(value.lower()) for value in values) else 0.6
    are_capital = all(value[:1].isupper() for value in values)
    are_phrases = all(" " in value for value in values)
    return 0.4 if are_capital or are_phrases else 0.0


def _are_names(values: Sequence[str]) -> bool:
    """Return whether the values themselves are names, as where keys stand in the first column."""
    known = sum(_KNOWN_NAMES.fullmatch(value.strip()) is not None for value in values)
    return known * 2 >= len(values) > 0


def _among_texts(name: str, kind: CellKind, usual: CellKind, values: Sequence[str]) -> float:
    """Return how unlike the texts below it a text is."""
    vote = _among_repeated(name, values)
    if usual is CellKind.TOKEN and kind is not CellKind.TOKEN:
        vote += 0.5
    elif kind is CellKind.TOKEN and not _IDENTIFIER.fullmatch(name):
        vote -= 0.3
    if _IDENTIFIER.fullmatch(name) and not any(map(_IDENTIFIER.fullmatch, values[:20])):
        vote += 0.6
    lengths = {len(value) for value in values}
    if len(lengths) == 1 and len(values) > 3 and len(name) not in lengths:
        vote += 0.5
    if name.isupper() != all(value.isupper() for value in values):
        vote += 0.2
    if kind is CellKind.TEXT and usual is not CellKind.TEXT and not _NAME.fullmatch(name):
        vote -= 0.3
    return vote


def _among_repeated(name: str, values: Sequence[str]) -> float:
    """Return what it says that the first cell is, or is not, among values that stand repeatedly."""
    distinct = set(values)
    if name in distinct:
        return -0.8
    return 0.5 if len(distinct) * 2 <= len(values) and len(values) >= 6 else 0.0


def _is_over_two_rows(rows: Rows) -> bool:
    upper, lower, below = rows[0], rows[1], rows[2:]
    filled = [bool(cell.strip()) for cell in upper]
    if not below or len(upper) < 3 or all(filled) or sum(filled) < 1:
        return False
    is_below_groups = not lower[0].strip() and all(row[0].strip() for row in below)
    if len(lower) < len(upper) or not (is_below_groups or sum(map(bool, lower)) >= sum(filled)):
        return False
    if not all(any(cell.strip() for cell in pair) for pair in zip(upper, lower, strict=False)):
        return False
    if any(kind_of(cell).is_value and not _YEAR.fullmatch(cell.strip()) for cell in upper):
        return False
    # Years name columns below the group that they belong to, but not in a row with its own name.
    are_years = not lower[0].strip() and sum(map(_is_year, lower)) > 1
    if any(kind_of(cell).is_value and not (are_years and _is_year(cell)) for cell in lower):
        return False
    numbers = sum(kind_of(cell).is_value for row in below for cell in row)
    return not all(filled[:-1]) and numbers * 4 >= sum(map(len, below))
