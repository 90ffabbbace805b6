"""Recognises delimited text: its dialect, its table, its header, and how sure each is."""

import csv
import re
from collections.abc import Sequence, Set
from dataclasses import dataclass, replace
from functools import cached_property

from app.tabular.delimited import evidence
from app.tabular.delimited.comments import (
    border_mark,
    comment_mark,
    comments_above,
    marks_off_values,
    may_name_columns,
    named_counts,
    without_comments,
)
from app.tabular.delimited.dialects import WEAK_DELIMITERS, declared_delimiter
from app.tabular.delimited.fixed_columns import column_starts, ruled_starts, writes_across
from app.tabular.delimited.leftovers import (
    begins_with_spaces,
    ends_in_other_sign,
    holds_tabs,
    is_pushed_aside,
    tears_brackets,
)
from app.tabular.delimited.plausible import (
    is_list,
    is_parted_throughout,
    is_ragged_list,
    is_table,
    is_wordy,
)
from app.tabular.delimited.quoting import holds_rows, leaves_quotes
from app.tabular.delimited.tagged import is_tagged
from app.tabular.delimited.trials import Trial, parsed, second_opinion, tried_dialects
from app.tabular.grid.placing import placed
from app.tabular.grid.readings import Reading
from app.tabular.options import FileFormat, ParsingOptions
from app.tabular.recognition import Recognition

MOST_TRIED = 400
LONGEST_LINE = 20_000
SURE = 0.7
_PLAUSIBLE = 0.2
_RIVAL_SCORE = 0.3
_MOST_IRREGULAR = 0.01
_FEW_LINES = 3
# What may part cells, or words of a text.
_PARTING = re.compile(r"[\s,;|]")
# A comment has three words by chance.
_LEAST_NAMED = 4


@dataclass(frozen=True)
class Sample:
    """Lines from a file's beginning, and, where they are not all, lines from its end."""

    lines: Sequence[str]
    last_lines: Sequence[str] = ()
    is_whole: bool = True

    @cached_property
    def together(self) -> list[str]:
        """Return the lines of both ends."""
        return [*self.lines, *self.last_lines]


def recognise_delimited(sample: Sample, base: ParsingOptions) -> Recognition:
    """Return how to read the text; its confidence is 0 where no table can be made of it."""
    trials = _trials(sample, base)
    rivals = [trial for trial in trials[1:3] if trial.score > trials[0].score * _RIVAL_SCORE]
    readings = [_read(sample, trial.options) for trial in (*trials[:1], *rivals)]
    found = [reading for reading in readings if reading is not None]
    if not found:
        return Recognition(base, 0.0, (evidence.nothing(),), ("delimiter",))
    best = found[0]
    confidence, questions = _confidence(best, trials, sample)
    told = evidence.sentences(best, sample.lines)
    return Recognition(
        best.options,
        confidence,
        told if confidence else (*told, evidence.nothing()),
        questions,
        evidence.alternatives(best, found[1:]),
    )


def _trials(sample: Sample, base: ParsingOptions) -> list[Trial]:
    lines = [line for line in sample.lines if len(line) <= LONGEST_LINE]
    lines = lines or [line[:LONGEST_LINE] for line in sample.lines[:1]]
    delimiter = declared_delimiter(lines[0])
    lines = without_comments(lines[1:] if delimiter else lines)
    half = MOST_TRIED // 2
    looked_at = lines if len(lines) <= MOST_TRIED else [*lines[:half], *lines[-half:]]
    is_whole = sample.is_whole and len(lines) == len(looked_at)
    ruled = ruled_starts(sample.lines)
    trials = tried_dialects(looked_at, base, ruled=ruled, is_whole=is_whole)
    if delimiter:
        declared = [each for each in trials if each.options.delimiter == delimiter]
        return declared or trials
    counts = named_counts(comments_above(sample.lines))
    return sorted((_named(each, counts) for each in trials), key=lambda each: -each.score)


def _named(trial: Trial, counts: Set[int]) -> Trial:
    """Return a trial with more belief where a comment above names as many columns."""
    place = trial.place
    is_named = place.column_count in counts and place.column_count >= _LEAST_NAMED
    is_even = place.regular_count == place.row_count
    return replace(trial, score=trial.score * 2) if is_named and is_even else trial


def _read(sample: Sample, options: ParsingOptions) -> Reading | None:
    """Return the sample read by a dialect, its comments and borders found."""
    mark = border_mark(sample.lines[:MOST_TRIED])
    reading = _placed(sample, replace(options, comment=mark))
    if reading is None or mark is not None:
        return reading
    place = reading.place
    odd = [
        sample.together[start]
        for row, start in zip(reading.rows, reading.starts, strict=True)
        if len(row) != place.width or place.width == 1
    ]
    above = comments_above(sample.lines)
    is_by_space = options.format is FileFormat.FIXED or options.delimiter.isspace()
    if is_by_space and any(line in odd for line in above):
        # Places and spaces cut any line into cells: by chance, into as many as a row has.
        odd += [line for line in above if line not in odd]
    mark = comment_mark(sample.together, odd)
    return reading if mark is None else _placed(sample, replace(options, comment=mark))


def _placed(sample: Sample, options: ParsingOptions) -> Reading | None:
    rows, starts = _rows(sample, options)
    return placed(rows, starts, len(sample.together), options)


def _rows(sample: Sample, options: ParsingOptions) -> tuple[list[tuple[str, ...]], list[int]]:
    """Return the rows of both ends of the file, and on which of the sample's lines each begins."""
    rows: list[tuple[str, ...]] = []
    starts: list[int] = []
    lines, mark = sample.together, options.comment
    kept = [place for place, line in enumerate(lines)
            if mark is None or not line.lstrip(" ").startswith(mark)]  # fmt: skip
    fixed = options.column_starts
    try:
        texts = [lines[place] for place in kept]
        for start, cells in parsed(texts, options, is_whole=sample.is_whole):
            is_across = fixed and writes_across(texts[start], fixed)
            rows.append((texts[start].strip(),) if is_across else tuple(cells))
            starts.append(kept[start])
    except csv.Error:
        return [], []
    return rows, starts


def _confidence(
    best: Reading, trials: Sequence[Trial], sample: Sample
) -> tuple[float, tuple[str, ...]]:
    """Return how sure the reading is, and which options a person should confirm."""
    score = trials[0].score
    place = best.place
    if is_tagged(best, sample.together):
        return 0.0, ("delimiter",)
    if place.column_count == 1:
        return _of_one_column(best)
    if not (score >= _PLAUSIBLE or _is_plain(best, sample)) or not is_table(best, sample.lines):
        return 0.0, ("delimiter",)
    delimiter = best.options.delimiter
    rivals = [trial.score for trial in trials if _is_rival(trial, trials[0])]
    margin = 1.0 - max(rivals, default=0.0) / score
    certainty = min(0.99, 0.6 + margin)
    if margin < 0.25 and second_opinion(sample.lines) != delimiter:
        certainty = 0.5
    if delimiter in WEAK_DELIMITERS and (place.column_count == 2 or is_wordy(best.table)):
        certainty = 0.5 if best.irregular_share < _MOST_IRREGULAR else 0.0
    if best.options.format is FileFormat.FIXED and _has_other_columns(best, sample):
        certainty = 0.5
    if _leaves_signs(best) or _is_of_few(best):
        certainty = min(certainty, 0.5)
    certainty *= 1 - best.irregular_share
    questions = _questions(best, certainty, sample.lines)
    return round(min(certainty, 0.4 + best.vote.confidence), 3), questions


def _is_plain(best: Reading, sample: Sample) -> bool:
    return is_ragged_list(best) or is_parted_throughout(best, sample.lines)


def _has_other_columns(best: Reading, sample: Sample) -> bool:
    lines = without_comments(sample.lines)
    if best.options.column_starts == ruled_starts(sample.lines):
        return False
    return column_starts(lines, is_lenient=True) != best.options.column_starts


def _leaves_signs(best: Reading) -> bool:
    rows, options = best.table, best.options
    is_left = holds_tabs(rows, options) or ends_in_other_sign(rows, options.delimiter)
    is_cut = best.place.has_row_names and begins_with_spaces(rows)
    return is_left or is_cut or tears_brackets(rows)


def _is_rival(trial: Trial, best: Trial) -> bool:
    """Return whether the trial cuts the text at other places, not just by another description."""
    if trial.options.delimiter == best.options.delimiter or _cells(trial) == _cells(best):
        return False
    is_spaced = [each.options.format is FileFormat.FIXED or each.options.delimiter.isspace()
                 for each in (trial, best)]  # fmt: skip
    return not all(is_spaced) or trial.place.regular_count == trial.place.row_count


def _cells(trial: Trial) -> list[list[str]]:
    return [[cell.strip() for cell in row] for row in trial.rows]


def _questions(best: Reading, certainty: float, lines: Sequence[str]) -> tuple[str, ...]:
    place, options = best.place, best.options
    is_commented = may_name_columns(lines, options.comment, place.column_count)
    is_named_above = is_commented and (options.comment is None or not options.header_rows)
    asked = {
        "delimiter": certainty < SURE,
        "quote": leaves_quotes(best.table, options.quote),
        "header_rows": best.has_open_header or is_named_above or _begins_otherwise(best),
        "comment": marks_off_values([row[0] for row in best.table[options.header_rows :]]),
        "column_count": (best.irregular_share > _MOST_IRREGULAR and place.long_count > 0)
        or is_pushed_aside(best.table, place.width),
        "footer_rows": bool(place.totals)
        or place.other_table is not None
        or place.has_doubtful_end,
    }
    return tuple(option for option, is_open in asked.items() if is_open)


def _is_of_few(best: Reading) -> bool:
    """Return whether two lines of two cells, of many without, may be cut at a comma of theirs."""
    place = best.place
    return place.column_count == place.row_count == 2 and best.covered_share < 0.5


def _begins_otherwise(best: Reading) -> bool:
    """Return whether the first row names nothing and has fewer cells than the others."""
    return not best.options.header_rows and len(best.table[0]) < best.place.width


def _of_one_column(best: Reading) -> tuple[float, tuple[str, ...]]:
    values = [row[best.place.first_column] for row in best.table if row]
    if best.options.quote == '"' and holds_rows(values):
        return 0.5, ("delimiter", "quote")
    if not is_list(values):
        return 0.0, ("delimiter",)
    questions = () if best.vote.confidence > SURE else ("header_rows",)
    if len(values) > _FEW_LINES and not any(map(_PARTING.search, values)):
        return min(0.8, best.vote.confidence), questions
    return 0.5, ("delimiter", *questions)
