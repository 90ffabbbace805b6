"""What one cell looks like, as far as it takes to tell a header from rows and columns apart."""

import re
from enum import IntEnum
from functools import lru_cache

LONGEST_LOOKED_AT = 300


class CellKind(IntEnum):
    """The appearance of a cell."""

    EMPTY = 0
    NUMBER = 1
    DATE = 2
    TOKEN = 3
    WORDS = 4
    TEXT = 5

    @property
    def is_value(self) -> bool:
        """Return whether cells of this kind are values, hardly ever names."""
        return self in (CellKind.NUMBER, CellKind.DATE)


_NUMBER = re.compile(
    r"""(?P<open>[(])?[+-]?\s?(?:[$€£¥₹]|[A-Z]{3}\ )?\s?[+-]?(?:
      [0-9]{1,3}(?:[.,'\u2019\u00a0\u202f ][0-9]{3})+(?:[.,][0-9]+)?
    | [0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}(?:\.[0-9]+)?
    | [0-9]+(?:[.,][0-9]*)?
    | [.,][0-9]+
    )(?:[eE][+-]?[0-9]{1,3})?\s?(?:%|‰|[$€£¥₹]|[A-Z]{3})?(?(open)[)])-?""",
    re.VERBOSE,
)
# How months begin in English, German, French, Spanish, Italian, Portuguese, Dutch and Polish.
_MONTH = (
    r"(?i:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|jän|mär|mai|okt|dez|fév|avr|jui|aoû|déc|"
    r"ene|abr|ago|dic|gen|mag|giu|lug|set|ott|fev|out|mrt|mei|sty|lut|kwi|maj|cze|lip|sie|wrz|paź|"
    r"lis|gru)[a-zéûäçźń]{0,7}\.?"
)
_CLOCK = r"[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]+)?)?(?:\s?[AaPp]\.?[Mm]\.?)?"
_DATE = re.compile(
    rf"""(?:
      [0-9]{{1,4}}[-/.][0-9]{{1,2}}[-/.][0-9]{{1,4}}\.?
    | [0-9]{{4}}-[0-9]{{2}}
    | [0-9]{{1,2}}[-/. ]{_MONTH}[-/. ,]{{1,2}}[0-9]{{2,4}}
    | {_MONTH}\ [0-9]{{1,2}},?\ [0-9]{{4}}
    | {_MONTH}[-/ ][0-9]{{2,4}}
    )(?:[T ]{_CLOCK}\s?(?:Z|UTC|[+-][0-9]{{2}}:?[0-9]{{2}})?)? | {_CLOCK}""",
    re.VERBOSE,
)
_TOKEN = re.compile(
    r"""[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{3,250}
    | (?:https?://|www\.)\S{3,2000}
    | \{?[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\}?
    | (?i:true|false|yes|no|null|none|n/?a|\#n/a|nan|\\n|-+|\.|\?|inf)
    | \+?[0-9(][0-9()\ /-]{4,20}[0-9]
    | [A-Za-z0-9]{1,12}(?:[-_/.][A-Za-z0-9]{1,12}){1,6}
    | (?=[A-Za-z]*[0-9])(?=[0-9]*[A-Za-z])[A-Za-z0-9]{2,20}
    | (?:[A-Za-z]:)?(?:[/\\][\w.~-]{1,60}){1,20}[/\\]?
    | \{.*\} | \[.*\]""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = re.compile(r"[^\W\d_](?:[^\W_]|[ _\-'’.&/()]){0,60}", re.UNICODE)


@lru_cache(50_000)
def kind_of(cell: str) -> CellKind:
    """Return what the cell looks like; spaces at its ends do not matter."""
    text = cell.strip()
    if not text:
        return CellKind.EMPTY
    if len(text) > LONGEST_LOOKED_AT:
        return CellKind.TEXT
    if _NUMBER.fullmatch(text):
        return CellKind.NUMBER
    if _DATE.fullmatch(text):
        return CellKind.DATE
    if _TOKEN.fullmatch(text):
        return CellKind.TOKEN
    return CellKind.WORDS if _WORDS.fullmatch(text) else CellKind.TEXT
