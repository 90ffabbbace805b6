"""Values that files hold, for Hypothesis to draw."""

from hypothesis import strategies as st

# Everything UTF-8 can write: surrogates are half a character and cannot stand in a file.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
PLAIN_KEYS = st.text("abcdefgh_", min_size=1, max_size=6)
SCALARS = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False), TEXTS
)
