"""Values: what the distinct texts of columns stand for, whatever told it."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.reading.grid import SAFE, spread

NO_REASON = pd.CategoricalDtype([])
NEVER = np.int8(-1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """What the distinct texts of one column stand for, spread over its rows only when asked.

    By text: `value` (nan where it is none), `why` it is none ("" where it is one, or nothing says), and `odd` where
    it is neither.
    """

    codes: NDArray[np.integer]
    value: NDArray[np.float64]
    why: tuple[str, ...]
    odd: NDArray[np.bool_]

    @property
    def strange(self) -> NDArray[np.bool_]:
        """The rows whose text is neither an answer nor a known reason for none."""
        return spread(self.odd, self.codes)

    @property
    def reasons(self) -> pd.Categorical:
        """Why a row has no answer; missing where it has one, or nothing says."""
        known = sorted({reason for reason in self.why if reason})
        if not known:  # the usual case, and nothing to hold a million times
            return pd.Categorical.from_codes(
                np.broadcast_to(NEVER, len(self.codes)), dtype=NO_REASON, validate=False
            )
        place = np.array([known.index(reason) if reason else -1 for reason in self.why], dtype=np.int8)
        return pd.Categorical.from_codes(spread(place, self.codes), categories=known, validate=False)

    @property
    def numbers(self) -> NDArray[np.float64]:
        """The values as numbers, nan where there is none."""
        return self.value[self.codes]

    def whole(self, room: NDArray[np.bool_] | None = None) -> pd.array:
        """The values in the smallest integers that hold them, else as numbers; missing where there is none.

        `room` is where it may be noted which are missing, a byte for each row.
        """
        none = np.isnan(self.value)
        filled = np.where(none, 0, self.value)
        if (filled % 1).any() or np.abs(filled).max(initial=0) > SAFE:
            return pd.array(self.numbers, dtype="Float64")
        small = filled.astype(np.min_scalar_type(-int(np.abs(filled).max(initial=0)) - 1))
        missing = spread(none, self.codes)
        if room is not None:
            room[:] = missing
        return pd.arrays.IntegerArray(spread(small, self.codes), missing if room is None else room)


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """The columns of questions that share their answers, coded together, and by what."""

    found: tuple[Coded, ...]
    by: str  # "numbers", "the file's codes", "the plan", "digits in the labels", or a set of the catalogue
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Declared:
    """What the plan says of a set of answers: text to code, text to reason."""

    codes: Mapping[str, int]
    missing: Mapping[str, str]


NOTHING = Declared(codes={}, missing={})
