"""Words that may stand for an empty cell: offered to a person, never assumed."""

from collections import Counter

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.columns.values import Values

NULL_WORDS = (
    *(
        "NA",
        "N/A",
        "n/a",
        "na",
        "#N/A",
        "#NA",
        "<NA>",
        "NULL",
        "Null",
        "null",
        "\\N",
        "None",
        "none",
    ),
    *("NaN", "nan", "NAN", "-", "--", "---", "\u2013", "\u2014", "?", ".", "..", "...", "nil"),
    *("(null)", "[NULL]", "unknown", "Unknown", "missing", "#VALUE!", "#REF!", "#DIV/0!", "#NULL!"),
)
_WORDS = pa.array(NULL_WORDS, pa.string())


def null_words_among(values: Values) -> Counter[str]:
    """Return the words among the values that may mean empty, and how many cells hold each."""
    are_words = pc.is_in(values.texts, value_set=_WORDS).to_numpy(zero_copy_only=False)
    found: Counter[str] = Counter()
    if are_words.any():
        words = values.where(are_words)
        counts = [1] * len(words.texts) if words.counts is None else words.counts.tolist()
        for word, count in zip(words.texts.to_pylist(), counts, strict=True):
            found[word] += count
    return found
