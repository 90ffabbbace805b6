"""Dataflows as files may describe them, made up by Hypothesis."""

from hypothesis import strategies as st

from app.dataflows.as_code.describing import (
    Described,
    DescribedColumn,
    DescribedSchema,
    DescribedSchemaColumn,
    DescribedStep,
    Standing,
)
from app.dataflows.definition import Conversion, DriftPolicy, FileColumn
from app.dataflows.reject_limits import RejectLimit
from app.lake.write_modes import WriteMode
from app.schemas import roles
from app.schemas.parents import SchemaParent
from app.tabular.columns.transforming import Transformation
from app.tabular.options import ParsingOptions
from app.tabular.types import ColumnType

# Whatever a database holds: no zero character, no half of a pair.
_SIGNS = st.characters(exclude_characters="\0", exclude_categories=["Cs"])
_TEXT = st.text(_SIGNS, max_size=12) | st.text("a \n:#'\"-\x85", max_size=9)
_NAMES = st.text(_SIGNS, min_size=1, max_size=12).filter(lambda text: text.strip() != "")
_TRIMMED = _NAMES.map(str.strip)
_WORDS = st.sampled_from(["yes", "null", "1", "1:30", "2020-01-01", "- a", "#", "<<", "~", ": "])
_OPTIONS = st.builds(
    ParsingOptions,
    delimiter=st.sampled_from([",", ";", "\t", "  ", "|"]),
    quote=st.sampled_from(['"', "'", None]),
    skipped_rows=st.integers(0, 9),
    column_count=st.none() | st.integers(1, 9),
    has_row_names=st.booleans(),
    record_path=_TEXT,
    null_words=st.lists(_TEXT | _WORDS, max_size=3).map(tuple),
)


@st.composite
def conversions(draw: st.DrawFn, *, is_custom: bool = False) -> Conversion:
    """Return how a column is read; a fallback is one that any text column takes."""
    if draw(st.booleans()):
        return Conversion(ColumnType.INTEGER, draw(st.sampled_from(["", "0", "-7"])))
    pattern = "" if is_custom else draw(st.sampled_from(["", "%d.%m.%Y"]))
    if pattern:
        return Conversion(ColumnType.DATE, "", pattern)
    return Conversion(ColumnType.TEXT, draw(_TEXT | _WORDS))


@st.composite
def described(draw: st.DrawFn) -> Described:
    """Return a dataflow that a file can describe."""
    names = draw(st.lists(_NAMES | _WORDS, min_size=2, max_size=5, unique=True))
    outputs = draw(st.lists(_NAMES, max_size=2, unique=True).map(lambda o: [*o]))
    outputs = [name for name in outputs if name not in names]
    steps = [
        Transformation("map_values", (names[0],), name, {"mapping": draw(_MAPPINGS)})
        for name in outputs
    ]
    read = {name: draw(conversions()) for name in names}
    read |= {name: draw(conversions(is_custom=True)) for name in outputs}
    fillers = draw(st.lists(st.sampled_from([*names, *outputs]), min_size=1, max_size=4))
    parent = draw(st.sampled_from(SchemaParent))
    targets = draw(
        st.lists(_TRIMMED, min_size=4, max_size=4, unique_by=lambda name: name.casefold())
    )
    possible = [
        {None, role} if role.takes(ColumnType.TEXT) else {None} for role in roles.of_parent(parent)
    ]
    chosen = [None, *(draw(st.sampled_from(sorted(each, key=str))) for each in possible)]
    columns = tuple(
        DescribedSchemaColumn(
            name,
            ColumnType.TEXT,
            position == 0 and parent.has_key,
            chosen[position] if position < len(chosen) else None,
        )
        for position, name in enumerate(targets)
    )
    event_name = draw(_TEXT).strip() if parent is SchemaParent.INTERACTION else ""
    mapping = dict(zip(targets, fillers, strict=False))
    standing = draw(st.sampled_from(Standing))

    def reading(name: str) -> Conversion | None:
        is_said = name in fillers or standing is Standing.DRAFT
        return read[name] if is_said else None

    return Described(
        name=draw(_TRIMMED),
        description=draw(_TEXT).strip(),
        standing=standing,
        schema=DescribedSchema(draw(_TRIMMED), parent, draw(_TEXT).strip(), columns, event_name),
        write_mode=draw(st.sampled_from(WriteMode)) if parent.has_key else WriteMode.APPEND,
        options=draw(_OPTIONS),
        columns=tuple(
            DescribedColumn(
                FileColumn(draw(_sources(names, name)), name, draw(st.booleans())), reading(name)
            )
            for name in names
        ),
        transformations=tuple(DescribedStep(step, reading(step.output)) for step in steps),
        mapping=mapping,
        reject_limit=draw(_LIMITS),
        drift_policy=draw(st.sampled_from(DriftPolicy)),
    )


_MAPPINGS = st.dictionaries(_TEXT | _WORDS, _TEXT | _WORDS, min_size=1, max_size=3)


_LIMITS = st.builds(
    RejectLimit,
    count=st.none() | st.integers(0, 10**9),
    percent=st.none() | st.floats(0, 100).map(abs),
)


def _sources(names: list[str], name: str) -> st.SearchStrategy[str]:
    """Return names in the file: its own, or one that no other column has."""
    return st.sampled_from([name, f"{names.index(name)} {'x' * 20}"])
