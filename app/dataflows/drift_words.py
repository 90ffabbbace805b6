"""How a drift is said to a person: each difference in a sentence, and all in one."""

from collections.abc import Sequence
from dataclasses import dataclass

from app.dataflows.drift import Drift, OtherReading, Rename, Retyping
from app.formatting import percent
from app.tabular.files.encoding_names import ENCODINGS
from app.tabular.options import FileFormat, ParsingOptions

MOST_LISTED = 12
_BINARY = (FileFormat.WORKBOOK, FileFormat.PARQUET)
_WITH_RECORDS = (FileFormat.JSON, FileFormat.NDJSON, FileFormat.XML)
_SIGNS = {"\t": "a tab", " ": "a space", "  ": "two spaces or more"}
_READING = {
    "format": "The file is {found}, but the dataflow reads {expected}.",
    "encoding": "The file is encoded as {found}, but the dataflow reads {expected}.",
    "delimiter": "The file is delimited by {found}, but the dataflow reads {expected}.",
    "record_path": "The records are at {found}, but the dataflow reads {expected}.",
    "sheet": "The rows are in {found}, but the dataflow reads {expected}.",
}


@dataclass(frozen=True)
class Difference:
    """One difference: what kind it is, the column or option, and the sentence."""

    kind: str
    name: str
    sentence: str


def other_readings(expected: ParsingOptions, found: ParsingOptions) -> tuple[OtherReading, ...]:
    """Return which of the options that say where values are differ, in words; none are guessed."""
    before, now = _in_words(expected), _in_words(found)
    if expected.format is not found.format:
        return (OtherReading("format", now["format"], before["format"]),)
    return tuple(
        OtherReading(option, now[option], before[option])
        for option in now
        if before.get(option, now[option]) != now[option]
    )


def differences(drift: Drift) -> list[Difference]:
    """Return every difference in words: what concerns the whole file first."""
    paired = {name for each in drift.renamed for name in (each.missing, each.new)}
    return [
        *(Difference("Read otherwise", each.option, reading(each)) for each in drift.readings),
        *(_of_rename(each, drift) for each in drift.renamed),
        *(
            Difference("Missing", name, f"“{name}” is not in the file.{_need(name, drift)}")
            for name in drift.missing
            if name not in paired
        ),
        *(
            Difference("New", name, f"“{name}” is in the file, but the dataflow does not know it.")
            for name in drift.new
            if name not in paired
        ),
        *(_of_retyping(each) for each in drift.retyped),
    ]


def _of_rename(rename: Rename, drift: Drift) -> Difference:
    sentence = (
        f"“{rename.missing}” is likely called “{rename.new}” now: name and values are "
        f"{percent(rename.confidence)} alike.{_need(rename.missing, drift)}"
    )
    return Difference("Likely renamed", rename.missing, sentence)


def _of_retyping(retyping: Retyping) -> Difference:
    sentence = (
        f"Of the values of “{retyping.column}” looked at, {percent(retyping.share)} cannot be read "
        f"as {retyping.reads_as.word}, such as {listed(retyping.examples)}."
    )
    return Difference("Other values", retyping.column, sentence)


def reading(other: OtherReading) -> str:
    """Say how the file wants to be read."""
    return _READING[other.option].format(found=other.found, expected=other.expected)


def summary(drift: Drift) -> str:
    """Say what differs in a few sentences, as the reason why a run stopped."""
    said = [reading(each) for each in drift.readings]
    if drift.missing:
        said.append(f"The file lacks {_columns(drift.missing)}.")
    if drift.new:
        said.append(f"It has {_columns(drift.new)} that this dataflow does not know.")
    if drift.retyped:
        columns = _columns([each.column for each in drift.retyped])
        said.append(f"Most values looked at in {columns} cannot be read as before.")
    return " ".join(said)


def listed(names: Sequence[str]) -> str:
    """Return the first of some names, quoted, and how many more there are."""
    shown = ", ".join(f"“{name}”" for name in names[:MOST_LISTED])
    more = len(names) - MOST_LISTED
    return f"{shown} and {more} more" if more > 0 else shown


def _columns(names: Sequence[str]) -> str:
    noun = "the column" if len(names) == 1 else "columns"
    return f"{noun} {listed(names)}"


def _need(name: str, drift: Drift) -> str:
    return " No run can do without it." if name in drift.needed else ""


def _in_words(options: ParsingOptions) -> dict[str, str]:
    """Return the options of a format that say where its values are, as people say them."""
    words = {"format": options.format.label}
    if options.format not in _BINARY:
        words["encoding"] = ENCODINGS[options.encoding]
    if options.format is FileFormat.DELIMITED:
        words["delimiter"] = _SIGNS.get(options.delimiter, f"“{options.delimiter}”")
    if options.format in _WITH_RECORDS:
        words["record_path"] = f"“{options.record_path}”" if options.record_path else "the top"
    if options.format is FileFormat.WORKBOOK:
        words["sheet"] = (
            f"the sheet “{options.sheet}”" if options.sheet else "the first sheet with cells"
        )
    return words
