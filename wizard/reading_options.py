"""Step 3's options: the form filled in with them, what was entered, and how they are laid out."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from wtforms.fields import SelectChoice

from app.dataflows.models import Dataflow
from app.drafts import choosing
from app.drafts import queries as drafts
from app.tabular.options import FileFormat, ParsingOptions
from wizard.forms import OTHER, ParsingForm


@dataclass(frozen=True)
class Group:
    """Options that are looked at together; `formats` are those that the group is for."""

    title: str
    names: tuple[str, ...]
    formats: tuple[FileFormat, ...] = tuple(FileFormat)


_TEXT = (FileFormat.DELIMITED, FileFormat.FIXED)
_ROWS = (*_TEXT, FileFormat.WORKBOOK)
_RECORDS = (FileFormat.JSON, FileFormat.NDJSON, FileFormat.XML)
GROUPS = (
    Group("File", ("format",)),
    Group("Encoding", ("encoding",), (*_TEXT, *_RECORDS)),
    Group(
        "Cells",
        ("delimiter", "other_delimiter", "is_repeated", "is_padded", "quote", "escape"),
        (FileFormat.DELIMITED,),
    ),
    Group("Columns of fixed width", ("column_starts",), (FileFormat.FIXED,)),
    Group("Records", ("record_path",), _RECORDS),
    Group("Sheet", ("sheet",), (FileFormat.WORKBOOK,)),
    # In JSON and XML too, where the first of the rows may name the columns.
    Group("Header", ("header_rows",), (*_ROWS, *_RECORDS)),
    Group("Lines left out", ("skipped_rows", "footer_rows"), _ROWS),
    Group("Comments", ("comment",), _TEXT),
    Group(
        "Edges of the table",
        ("first_column", "column_count", "has_row_names", "keeps_long_rows"),
        _ROWS,
    ),
    Group("Values", ("decimal_mark", "thousands_mark", "null_words")),
)
_GROUP_OF = {name: group for group in GROUPS for name in group.names} | {"compression": GROUPS[0]}


@dataclass(frozen=True)
class ShownGroup:
    """A group with why its options are as they are; `is_asked` where a person should look."""

    group: Group
    reasons: Sequence[str]
    asked: Sequence[str]
    is_open: bool


def groups(
    form: ParsingForm, recognition: Mapping[str, Any], *, is_confirmed: bool
) -> list[ShownGroup]:
    """Return the groups in their order, each with its evidence and its questions, while open."""
    reasons: dict[str, list[str]] = defaultdict(list)
    for option, sentence in recognition.get("evidence", ()):
        reasons[_GROUP_OF.get(option, GROUPS[0]).title].append(sentence)
    questions = () if is_confirmed else recognition.get("questions", ())
    shown = []
    for group in GROUPS:
        asked = [name for name in group.names if name in questions]
        is_wrong = any(form[name].errors for name in group.names)
        shown.append(ShownGroup(group, reasons[group.title], asked, bool(asked) or is_wrong))
    return shown


def filled_form(options: ParsingOptions, version: int) -> ParsingForm:
    """Return the form with these options."""
    known = {choice.value for choice in ParsingForm(formdata=None).delimiter.choices}
    is_known = options.delimiter in known
    values = {
        **options.to_dict(),
        "delimiter": options.delimiter if is_known else OTHER,
        "other_delimiter": "" if is_known else options.delimiter,
        "quote": options.quote or "",
        "escape": options.escape or "",
        "comment": options.comment or "",
        "column_starts": ", ".join(map(str, options.column_starts)),
        "null_words": ", ".join(options.null_words),
        "version": version,
    }
    form = ParsingForm(formdata=None, data=values)
    for field in (form.quote, form.escape):
        if field.data not in {choice.value for choice in field.choices}:
            field.choices = [*field.choices, SelectChoice(field.data, field.data)]
    return form


def form_of(dataflow: Dataflow) -> ParsingForm:
    """Return the form with the options recognised or chosen."""
    return filled_form(drafts.options_of(dataflow), dataflow.version)


def sent_form(dataflow: Dataflow) -> ParsingForm:
    """Return the form as it was sent; a mark that the page offered can be chosen."""
    form, shown = ParsingForm(), form_of(dataflow)
    form.quote.choices, form.escape.choices = shown.quote.choices, shown.escape.choices
    return form


def entered(form: ParsingForm, dataflow: Dataflow) -> ParsingOptions:
    """Return the options entered, with those that follow from them; raise OptionsImpossible."""
    saved = drafts.options_of(dataflow)
    chosen = replace(
        saved,
        format=FileFormat(form.format.data),
        encoding=form.encoding.data,
        **_cells(form),
        **_place(form),
        record_path=form.record_path.data or "",
        sheet=form.sheet.data or "",
        decimal_mark=form.decimal_mark.data,
        thousands_mark=form.thousands_mark.data,
        null_words=_null_words(form),
    )
    return choosing.settled(chosen, saved, dataflow.recognition or {})


def _cells(form: ParsingForm) -> dict[str, Any]:
    is_other = form.delimiter.data == OTHER
    return {
        "delimiter": form.other_delimiter.data if is_other else form.delimiter.data,
        "quote": form.quote.data or None,
        "escape": form.escape.data or None,
        "is_repeated": form.is_repeated.data,
        "is_padded": form.is_padded.data,
        "comment": (form.comment.data or "").strip() or None,
    }


def _place(form: ParsingForm) -> dict[str, Any]:
    starts = (form.column_starts.data or "").replace(",", " ").split()
    return {
        "column_starts": tuple(sorted({int(start) for start in starts})),
        "header_rows": form.header_rows.data,
        "skipped_rows": form.skipped_rows.data or 0,
        "footer_rows": form.footer_rows.data or 0,
        "first_column": form.first_column.data or 0,
        "column_count": form.column_count.data,
        "has_row_names": form.has_row_names.data,
        "keeps_long_rows": form.keeps_long_rows.data,
    }


def _null_words(form: ParsingForm) -> tuple[str, ...]:
    words = [*(form.null_words.data or "").split(","), form.null_word.data or ""]
    return tuple(dict.fromkeys(word.strip() for word in words if word.strip()))
