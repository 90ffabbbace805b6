"""The corpus: small messy files, each with its truth as a person reads it off the file."""

from tests.corpus import delimiters, line_ends, odd_delimiters, quotes
from tests.corpus.messy import Messy

THEMES = (delimiters, odd_delimiters, quotes, line_ends)
CORPUS: tuple[Messy, ...] = tuple(file for theme in THEMES for file in theme.FILES)
