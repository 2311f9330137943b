"""Reach: years that days of people and answers can have, and the days that stand for no day."""

from collections.abc import Collection, Sequence

import numpy as np
from numpy.typing import NDArray

from mentorstudy.reading.coding.clocks import Mask, Times
from mentorstudy.reading.coding.orders import fits_both
from mentorstudy.reading.coding.stamps import (
    JOINED,
    NAMED,
    NUMERIC,
    YEAR_FIRST,
    YEAR_LAST,
    YEAR_SHORT,
    Stamps,
    taken_apart,
)

FIRST_YEAR, LAST_YEAR = 1900, 2100  # nobody was hired before, and no end of a contract lies beyond
NO_DATES = (0, 1_01_01, 1753_01_01, 1899_12_30, 1899_12_31, 1900_01_00, 1900_01_01, 2099_12_31)
ENDS = (1_01, 12_31)  # of a year out of reach: "no end"
ENDLESS = 2900  # a year from here on stands for "no end"
UNKNOWN = -1

Numbers = NDArray[np.int64]  # days as year, month and day in one number: 20250901


def numbered(dates: NDArray[np.int32]) -> Numbers:
    """Each row of year, month and day as one number."""
    return dates.astype(np.int64) @ np.array([10_000, 100, 1])


def numbers_of(days: Times) -> Numbers:
    """Days of the calendar, each as one number."""
    months = days.astype("datetime64[M]")
    month = months.astype(np.int64)
    day = (days.astype("datetime64[D]") - months.astype("datetime64[D]")).astype(np.int64) + 1
    return (month // 12 + 1970) * 10_000 + (month % 12 + 1) * 100 + day


def stand_for_none(numbers: Numbers) -> Mask:
    """Which days usually stand for "no date"."""
    beyond = (numbers // 10_000 >= LAST_YEAR) & np.isin(numbers % 10_000, ENDS)
    return np.isin(numbers, NO_DATES) | beyond | (numbers // 10_000 >= ENDLESS)


def out_of_reach(years: NDArray[np.integer]) -> Mask:
    """Which years can hardly be meant."""
    return (years < FIRST_YEAR) | (years > LAST_YEAR)


def declared_none(words: Sequence[str], stamps: Stamps, counted: Times, placeholders: Collection[str]) -> Mask:
    """Which words the plan declares to mean no date: as they are written, or as the same day written otherwise.

    A word is compared as a day only where it is the same in every order, as 31/12/9999 is and 01/02/1900 is not;
    `counted` are the days of words that count days.
    """
    known = sorted(placeholders)
    if not known:
        return np.zeros(len(words), dtype=bool)
    days = np.where(np.isnat(counted), _in_any_order(stamps), numbers_of(counted))
    same = np.isin(days, np.setdiff1d(_in_any_order(taken_apart(known)), [UNKNOWN]))
    return same | np.array([word in placeholders for word in words], dtype=bool)


def _in_any_order(stamps: Stamps) -> Numbers:
    """The days that words name whatever the column's order, each as one number; UNKNOWN for all others."""
    a, b, c = stamps.numbers.T
    whole = (stamps.kind == NAMED) | (stamps.kind == JOINED) | (stamps.year == YEAR_FIRST)
    month_first = (stamps.year == YEAR_LAST) & (b > 12)
    dates = np.select(
        [whole[:, None], month_first[:, None]],
        [stamps.numbers, np.stack([c, a, b], axis=1)],
        np.stack([c, b, a], 1),
    )
    told = np.isin(stamps.kind, (NUMERIC, NAMED, JOINED)) & (stamps.year != YEAR_SHORT) & ~fits_both(stamps)
    return np.where(told, numbered(dates), UNKNOWN)
