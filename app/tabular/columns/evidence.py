"""What is known of a column's type while it is read, batch by batch."""

from collections import Counter

import numpy as np
import pyarrow as pa

from app.tabular.columns.kinds import Kind, kinds_for, styled
from app.tabular.columns.null_words import NULL_WORDS, null_words_among
from app.tabular.columns.number_styles import styles_in
from app.tabular.columns.readings import reading
from app.tabular.columns.tallies import Tally
from app.tabular.columns.values import Values
from app.tabular.options import ParsingOptions

# Below this share of fitting values, the others are not exceptions: the column is something else.
NEARLY_ALL = 0.9
_LOOKED_AT = 20
_ENOUGH = 1_000
_NOTHING = pa.array([], pa.string())


class TypeEvidence:
    """How many values fit each kind that the column may be of, and which do not.

    All values of a column are read as each kind that is still possible. A kind is given up when
    none of some first values fits it, or when most of a thousand do not: it could then be nothing
    that the column is, nor nearly is.
    """

    def __init__(self, options: ParsingOptions, name: str = "") -> None:
        self._options = options
        self._name = name
        self.count = 0
        self._read_count = 0
        self.first_line: int | None = None
        self.null_words: Counter[str] = Counter()
        self._tallies: dict[Kind, Tally] = {}
        self._waiting: list[Values] = []
        self._is_begun = False

    @property
    def kinds(self) -> list[Kind]:
        """Return the kinds that are still possible, the preferred first."""
        return list(self._tallies)

    @property
    def considered(self) -> int:
        """Return how many of the values read are no word that may mean empty."""
        return self._read_count - self.null_words.total()

    def tally(self, kind: Kind) -> Tally:
        """Return what was counted for a kind, together with narrower ones."""
        together = Tally()
        for each in self._with_narrower(kind):
            together = self._tallies[each].with_those_of(together)
        return together

    def fitting(self, kind: Kind) -> int:
        """Return how many values fit a kind."""
        return sum(self._tallies[each].fitting for each in self._with_narrower(kind))

    def _with_narrower(self, kind: Kind) -> list[Kind]:
        """Return the kinds of which all values are of a kind too, the narrowest first."""
        before = self._with_narrower(kind.narrower) if kind.narrower else []
        return [*before, kind] if kind in self._tallies else before

    def add(self, values: Values) -> None:
        """Take the filled values of a batch."""
        if not values.total:
            return
        if self.first_line is None:
            self.first_line = int(values.lines[0])
        self.count += values.total
        if self._is_begun:
            self._read(values)
            return
        self._waiting.append(values)
        if self.count > _ENOUGH:
            self.begin()

    def begin(self) -> None:
        """Read what was waiting for enough values to choose by the kinds to try."""
        if self._is_begun:
            return
        texts = pa.concat_arrays([_NOTHING, *(each.texts for each in self._waiting)])
        step = max(1, len(texts) // _LOOKED_AT)
        some = texts.take(pa.array(range(0, len(texts), step), pa.int64())).to_pylist()
        some = [text for text in some if text not in NULL_WORDS]
        units = [styled(style) for style in styles_in(some, self._options)]
        for kind in self._possible([*kinds_for(self._options, self._name), *units], texts):
            self._tallies[kind] = Tally()
        if some and self.count > _ENOUGH:
            self._try(some)
        self._is_begun = True
        for values in self._waiting:
            self._read(values)
        self._waiting.clear()

    def _possible(self, kinds: list[Kind], texts: pa.Array) -> list[Kind]:
        if len(texts) > _ENOUGH:
            return kinds
        every = texts.to_pylist()
        signs, words = set("".join(every)), {text.lower() for text in every}
        return [kind for kind in kinds if kind.is_possible(signs, words)]

    def _try(self, some: list[str]) -> None:
        texts = pa.array(some, pa.string())
        possible = self._possible(self.kinds, texts)
        fit = {kind for kind in possible if reading(kind, texts, self._options).fits.any()}
        for kind in self.kinds:
            if fit.isdisjoint([kind, *self._with_narrower(kind)]):
                del self._tallies[kind]

    def _read(self, values: Values) -> None:
        self._read_count += values.total
        if not self._tallies:
            return
        fits_of: dict[Kind, np.ndarray] = {}
        for kind, tally in self._tallies.items():
            narrower = self._with_narrower(kind)[:-1]
            before = fits_of[narrower[-1]] if narrower else None
            fits_of[kind] = self._fits(kind, values, tally, before)
            tally.note(values, fits_of[kind])
        fits_any = np.logical_or.reduce(list(fits_of.values()))
        if not fits_any.all():
            self.null_words += null_words_among(values.where(~fits_any))
        self._give_up()

    def _fits(
        self, kind: Kind, values: Values, tally: Tally, before: np.ndarray | None
    ) -> np.ndarray:
        """Return which values fit; those that fit a narrower kind are counted there."""
        if before is None:
            found = reading(kind, values.texts, self._options)
            tally.take(values, found)
            return found.fits
        if before.all():
            return before
        rest = values.where(~before)
        found = reading(kind, rest.texts, self._options)
        tally.take(rest, found)
        fits = before.copy()
        fits[~before] = found.fits
        return fits

    def _give_up(self) -> None:
        if self.considered <= _ENOUGH:
            return
        for kind in self.kinds:
            if self.fitting(kind) < self.considered * NEARLY_ALL / 2:
                given_up = self._tallies.pop(kind)
                for wider in self.kinds:
                    if self._is_next_to(wider, kind):
                        self._tallies[wider] = self._tallies[wider].with_those_of(given_up)

    def _is_next_to(self, wider: Kind, kind: Kind) -> bool:
        """Return whether nothing but kinds given up before lies between two kinds."""
        narrower = wider.narrower
        while narrower is not None and narrower != kind and narrower not in self._tallies:
            narrower = narrower.narrower
        return narrower == kind
