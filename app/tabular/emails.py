"""Email addresses: which texts are one."""

from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc
from email_validator import EmailNotValidError, validate_email

# Nothing that fails this can be an address; it spares the validator most texts that are none.
EMAIL_SHAPE = r"^[^\s@]{1,64}@[^\s@]+\.[^\s@.]{2,}$"
LONGEST_EMAIL = 254


def emails_of(values: pa.Array) -> pa.Array:
    """Return the addresses as they are written, null where the text is none."""
    is_possible = pc.and_(
        pc.match_substring_regex(values, EMAIL_SHAPE),
        pc.less_equal(pc.utf8_length(values), LONGEST_EMAIL),
    )
    possible = pc.if_else(is_possible, values, None).dictionary_encode()
    valid = [text if is_email(text) else None for text in possible.dictionary.to_pylist()]
    return pc.take(pa.array(valid, pa.string()), possible.indices)


@lru_cache(100_000)
def is_email(text: str) -> bool:
    """Return whether a text is an address; nobody is asked over the network."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
