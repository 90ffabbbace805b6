"""The kind that writes columns into a template: {first} {last}.

A template is kept with numbers in the place of names, {1} {2}, and the columns in that order, so
that it follows when a column gets another name.
"""

import re
from collections.abc import Iterable

import pyarrow as pa
import pyarrow.compute as pc

from app.tabular.transformations.kinds import Given, Group, Kind, Made, Settings
from app.tabular.transformations.parameters import Parameter, ParameterImpossible

LONGEST_TEMPLATE = 2_000
# A brace that means itself is written twice.
_PIECE = re.compile(r"\{\{|\}\}|\{([^{}]*)\}|([{}])")
_ROUND = str.maketrans("{}", "()")
_BRACES = "A template has column names in { }; write {{ and }} for braces that mean themselves."


def numbered(template: str) -> tuple[tuple[str, ...], str]:
    """Return the columns a template names and the template with their numbers.

    Raises ParameterImpossible where a brace is alone.
    """
    names: dict[str, int] = {}
    written = []
    for literal, name in _pieces(template):
        written.append(literal.replace("{", "{{").replace("}", "}}"))
        if name is not None:
            written.append(f"{{{names.setdefault(name, len(names) + 1)}}}")
    return tuple(names), "".join(written)


def named(template: str, columns: tuple[str, ...]) -> str:
    """Return a template of numbers with the names of its columns, for people."""
    written = []
    for literal, number in _pieces(template):
        written.append(literal.replace("{", "{{").replace("}", "}}"))
        if number is not None:
            written.append(f"{{{columns[int(number) - 1]}}}")
    return "".join(written)


def writable(columns: Iterable[str]) -> dict[str, str]:
    """Return what to write in braces for each column, by its name: no two are written alike.

    That is the name, unless a template cannot have it: one with braces, or spaces around it.
    """
    names = list(dict.fromkeys(columns))
    written = {name: name for name in names if _plainer(name) == name}
    for name in names:
        bare = plain = _plainer(name)
        count = 1
        while written.get(name) is None and (plain in written.values() or plain in names):
            count += 1
            plain = f"{bare} {count}"
        written.setdefault(name, plain)
    return written


def _plainer(name: str) -> str:
    return " ".join(name.translate(_ROUND).splitlines()).strip() or "column"


def _pieces(template: str) -> list[tuple[str, str | None]]:
    """Return the template as texts, each with the name in braces that follows, if one does."""
    pieces: list[tuple[str, str | None]] = []
    literal, end = "", 0
    for found in _PIECE.finditer(template):
        literal, end = literal + template[end : found.start()], found.end()
        if found[2] is not None:
            raise ParameterImpossible(_BRACES)
        if found[1] is None:
            literal += found[0][0]
            continue
        pieces.append((literal, found[1].strip()))
        literal = ""
    return [*pieces, (literal + template[end:], None)]


def _filled_in(given: Given) -> Made:
    """Return the filled templates: a space before a column that is empty goes with it."""
    count = given.row_count
    written = _repeated("", count)
    has_value = pa.repeat(False, count)
    for literal, number in _pieces(given.settings["template"]):
        before = _repeated(literal, count)
        if number is None:
            written = pc.binary_join_element_wise(written, before, "")
            continue
        texts = given.columns[int(number) - 1].texts
        is_filled = pc.is_valid(texts)
        if literal.isspace():
            is_wanted = pc.and_(is_filled, pc.not_equal(written, ""))
            before = pc.if_else(is_wanted, literal, "")
        written = pc.binary_join_element_wise(written, before, pc.fill_null(texts, ""), "")
        has_value = pc.or_(has_value, is_filled)
    wanted = _all_filled(given) if given.settings["when_empty"] == "empty" else has_value
    return Made(pc.if_else(wanted, written, None))


def _all_filled(given: Given) -> pa.Array:
    wanted = pa.repeat(True, given.row_count)
    for column in given.columns:
        wanted = pc.and_(wanted, pc.is_valid(column.texts))
    return wanted


def _repeated(text: str, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(text, pa.string()), count)


def _refuse_bad_template(input_count: int, settings: Settings) -> None:
    numbers = [name for _literal, name in _pieces(settings["template"]) if name is not None]
    if not numbers:
        raise ParameterImpossible("Name at least one column in the template, in { }.")
    if set(numbers) != {str(number + 1) for number in range(input_count)}:
        message = (
            f"A template of {input_count} columns has {{1}} to {{{input_count}}}, each of them."
        )
        raise ParameterImpossible(message)


KINDS = (
    Kind(
        "template",
        "Join by template",
        "Writes columns into a text of your own, such as {first} {last}.",
        _filled_in,
        group=Group.COMBINE,
        # The check below says in better words that there is no column.
        least_inputs=0,
        most_inputs=None,
        parameters=(
            Parameter(
                "template",
                "Template",
                is_required=True,
                longest=LONGEST_TEMPLATE,
                hint="Names of columns in { }: {first} {last}",
            ),
            Parameter(
                "when_empty",
                "Where a column is empty",
                "choice",
                default="nothing",
                choices=(
                    ("nothing", "Nothing stands in its place"),
                    ("empty", "All of it becomes empty"),
                ),
            ),
        ),
        has_template=True,
        check=_refuse_bad_template,
    ),
)
