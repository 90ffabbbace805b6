"""Names as they are compared: without accents, marks, little words and the letters' size."""

import re
import unicodedata

_MARKS = re.compile(r"[\W_]+")
_LITTLE = {"the", "and"}
_SHORT = {"st": "saint"}


def folded(name: str) -> str:
    """Return a name by which other ways to write it are the same."""
    # Spelled out, a letter with an accent is a letter and a mark.
    text = unicodedata.normalize("NFKD", name.casefold())
    text = "".join(sign for sign in text if not unicodedata.combining(sign))
    words = _MARKS.sub(" ", text.replace("'", "").replace("\u2019", "")).split()
    return " ".join(_SHORT.get(word, word) for word in words if word not in _LITTLE)
