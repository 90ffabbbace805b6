"""Email addresses: which texts are one."""

from functools import lru_cache

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from email_validator import SPECIAL_USE_DOMAIN_NAMES, EmailNotValidError, validate_email

from app.tabular.columns.words import Words

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
_SPECIAL = r"(?i)[@.](" + "|".join(sorted(SPECIAL_USE_DOMAIN_NAMES)).replace(".", r"\.") + ")$"
_LAST = 4
_SPECIAL_ENDS = pa.array(sorted({name[-_LAST:] for name in SPECIAL_USE_DOMAIN_NAMES}))
_AT, _DOT, _A, _ZERO, _LOWER = (np.uint8(ord(sign)) for sign in "@.a0 ")
_SIGNS = [np.uint8(ord(sign)) for sign in "_-+"]
_LETTERS, _DIGITS = 26, 10


def emails_of(values: pa.Array) -> pa.Array:
    """Return the addresses as they are written, null where the text is none."""
    is_whole = len(values) and not values.null_count
    is_plain = pa.array(which_are_plain(values)) if is_whole else are_plain(values)
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


def which_are_plain(texts: pa.Array) -> np.ndarray:
    """Return which texts, none of them null, are addresses by their looks, as fast as can be."""
    if _are_all_usual(texts):
        return np.ones(len(texts), dtype=bool)
    is_ascii = pc.string_is_ascii(texts).to_numpy(zero_copy_only=False)
    fits = np.zeros(len(texts), dtype=bool)
    for mask in (is_ascii, ~is_ascii):
        some = texts if mask.all() else texts.filter(pa.array(mask))
        if len(some):
            fits[mask] = _are_all_usual(some) or are_plain(some).to_numpy(zero_copy_only=False)
    return fits


def _are_all_usual(texts: pa.Array) -> bool:
    """Return whether all texts are addresses written with the most usual signs.

    Each part before an @ is looked at by its bytes, and each domain once.
    """
    words = Words(texts)
    ats = np.flatnonzero(words.content == _AT)
    ends = words.starts + words.lengths
    if len(ats) != len(texts) or not ((words.starts < ats) & (ats < ends)).all():
        return False
    if words.longest > _LONGEST_PLAIN or not _are_usual_names(words, ats):
        return False
    # Cut at each @ as well, the bytes are parts and domains in turn.
    cuts = np.empty(2 * len(ats) + 1, np.int32)
    cuts[:-1:2], cuts[1::2], cuts[-1] = words.starts, ats, ends[-1]
    content = pa.py_buffer(words.content)
    parts = pa.Array.from_buffers(pa.string(), 2 * len(ats), [None, pa.py_buffer(cuts), content])
    domains = pc.unique(parts.take(pa.array(np.arange(1, 2 * len(ats), 2))))
    return bool(pc.all(are_plain(pc.binary_join_element_wise("a", domains, ""))).as_py())


def _are_usual_names(words: Words, ats: np.ndarray) -> bool:
    content = words.content
    letters = np.count_nonzero((content | _LOWER) - _A < _LETTERS)
    digits = np.count_nonzero(content - _ZERO < _DIGITS)
    is_dot = content == _DOT
    others = np.count_nonzero(is_dot) + sum(np.count_nonzero(content == sign) for sign in _SIGNS)
    if letters + digits + others + len(ats) < len(content):
        return False
    # No part begins or ends with a dot, and nowhere are there two.
    has_dots = is_dot[words.starts].any() or is_dot[ats - 1].any()
    return not has_dots and not (is_dot[1:] & is_dot[:-1]).any()


@lru_cache(100_000)
def is_email(text: str) -> bool:
    """Return whether a text is an address; nobody is asked over the network."""
    try:
        validate_email(text, check_deliverability=False)
    except EmailNotValidError:
        return False
    return True
