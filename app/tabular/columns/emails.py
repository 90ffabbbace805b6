"""Email addresses: which texts are one."""

from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

# Nothing that fails this can be an address.
EMAIL_SHAPE = r"^[^\s@]{1,64}@[^\s@]+\.[^\s@.]{2,}$"
# All that pass this are one, unless their domain is set aside for special use: most real addresses
# are decided here, a thousand times faster than by the validator.
_ATOM = r"[A-Za-z0-9_+-]+"
_LABEL = r"[A-Za-z0-9]{1,62}"
_PLAIN = rf"^{_ATOM}(\.{_ATOM})*@({_LABEL}\.)+[A-Za-z]{{2,20}}$"
_LONGEST_PLAIN = 64
_SPECIAL = r"(?i)[@.](" + "|".join(sorted(SPECIAL_USE_DOMAIN_NAMES)).replace(".", r"\.") + ")$"
_LONGEST = 254
_LAST = 4
_SPECIAL_ENDS = pa.array(sorted({name[-_LAST:] for name in SPECIAL_USE_DOMAIN_NAMES}))


def emails_of(values: pa.Array) -> pa.Array:
    """Return the addresses as they are written, null where the text is none."""
    length = pc.utf8_length(values)
    is_plain = pc.and_(
        pc.and_(pc.match_substring_regex(values, _PLAIN), pc.less_equal(length, _LONGEST_PLAIN)),
        pc.invert(pc.match_substring_regex(values, _SPECIAL)),
    )
    is_possible = pc.and_(
        pc.match_substring_regex(values, EMAIL_SHAPE), pc.less_equal(length, _LONGEST)
    )
    doubtful = pc.if_else(pc.and_not(is_possible, is_plain), values, None).dictionary_encode()
    valid = [text if is_email(text) else None for text in doubtful.dictionary.to_pylist()]
    validated = pc.take(pa.array(valid, pa.string()), doubtful.indices)
    return pc.coalesce(pc.if_else(is_plain, values, None), validated)


def are_plainly_emails(texts: pa.Array) -> bool:
    """Return whether all texts are addresses, of those that can be told by their looks."""
    if not pc.all(pc.match_substring_regex(texts, _PLAIN)).as_py():
        return False
    if pc.max(pc.binary_length(texts)).as_py() > _LONGEST_PLAIN:
        return False
    ends = pc.binary_slice(texts.cast(pa.binary()), -_LAST, None).cast(pa.string())
    return not pc.any(pc.is_in(pc.utf8_lower(ends), value_set=_SPECIAL_ENDS)).as_py()


@lru_cache(100_000)
def is_email(text: str) -> bool:
    """Return whether a text is an address; nobody is asked over the network."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
