"""Email addresses: which texts are one."""

from functools import lru_cache

import pyarrow as pa
import pyarrow.compute as pc
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

# Nothing that fails this can be an address.
EMAIL_SHAPE = r"^[^\s@]{1,64}@[^\s@]+\.[^\s@.]{2,}$"
# All that pass this are one, unless their domain is set aside for special use: most real addresses
# are decided here, a thousand times faster than by the validator. Of other scripts, only letters
# are taken that stay as they are whatever letter stands beside them.
LETTERS = r"\x{c0}-\x{24f}\x{391}-\x{3a1}\x{3b1}-\x{3ce}\x{400}-\x{45f}\x{4e00}-\x{9fa5}"
_ATOM = rf"[A-Za-z0-9!#$%&'*+/=?^_`{{|}}~{LETTERS}-]+"
_LABEL = r"[A-Za-z0-9]+(-[A-Za-z0-9]+)*"
_PLAIN = rf"^{_ATOM}(\.{_ATOM})*@({_LABEL}\.)+[A-Za-z]{{2,20}}$"
# So long, no part of an address is too long in bytes.
_LONGEST_PLAIN = 64
_LONGEST = 254
_LAST = 4
_SPECIAL = r"(?i)[@.](" + "|".join(sorted(SPECIAL_USE_DOMAIN_NAMES)).replace(".", r"\.") + ")$"
_SPECIAL_ENDS = pa.array(sorted({name[-_LAST:] for name in SPECIAL_USE_DOMAIN_NAMES}))


def emails_of(values: pa.Array) -> pa.Array:
    """Return the addresses as they are written, null where the text is none."""
    is_plain = are_plain(values)
    is_doubtful = pc.invert(is_plain)
    if not pc.any(is_doubtful).as_py():
        return values
    is_possible = pc.and_(
        pc.match_substring_regex(values, EMAIL_SHAPE),
        pc.less_equal(pc.utf8_length(values), _LONGEST),
    )
    doubtful = pc.if_else(pc.and_(is_possible, is_doubtful), values, None).dictionary_encode()
    valid = [text if is_email(text) else None for text in doubtful.dictionary.to_pylist()]
    validated = pc.take(pa.array(valid, pa.string()), doubtful.indices)
    return pc.coalesce(pc.if_else(is_plain, values, None), validated)


def are_plain(texts: pa.Array) -> pa.Array:
    """Return which texts are addresses, of those that can be told by their looks."""
    is_short = pc.less_equal(pc.utf8_length(texts), _LONGEST_PLAIN)
    is_plain = pc.and_(pc.match_substring_regex(texts, _PLAIN), is_short)
    # Cut anywhere in a letter: an end that is no text is no name either.
    ends = pc.binary_slice(texts.cast(pa.binary()), -_LAST, None).view(pa.string())
    may_be_special = pc.is_in(pc.ascii_lower(ends), value_set=_SPECIAL_ENDS)
    if not pc.any(may_be_special).as_py():
        return is_plain
    return pc.and_not(is_plain, pc.match_substring_regex(texts, _SPECIAL))


@lru_cache(100_000)
def is_email(text: str) -> bool:
    """Return whether a text is an address; nobody is asked over the network."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
