"""Apart: numbers that stand beside the points of a scale, as codes of missing answers do."""

from collections.abc import Collection, Mapping, Sequence
from math import isnan

import numpy as np

from mentorstudy.reading.coding.missing import EITHER, MISSING_CODES, REPEATED
from mentorstudy.reading.grid import Column

HIGHEST = 10  # of a small scale
FAR = 10  # times as large as every other number
FEWEST = 3  # points of a scale
OFTEN = 5  # rows of a point, beside which one that nobody chose is none
SEVENS = 77
UNSEEN = 2  # points between a scale's last and a single digit that is none of it

Times = Mapping[float, int]  # how often each number stands


def like_missing(times: Times) -> list[float]:
    """The numbers that stand apart from all others, where codes of missing answers are written.

    A number below zero is apart where no other lies there, one above where the others are a small scale or are less
    than a tenth of it; so 99 among ages is none. Beside a small scale one row is enough, and for -99, which nobody
    counts down to; elsewhere it may be an answer that is rare. A single digit is apart only from a whole run from 1 on,
    -1 and -2 only where the others reach further up, and 77 beside 0 to 10 only with 88 or 99.
    """
    codes = times.keys() & MISSING_CODES
    codes |= _below(times, times.keys() - codes)
    if any(code > HIGHEST for code in codes) and _is_small(times.keys() - codes - {SEVENS}):
        codes |= times.keys() & {SEVENS}
    others = times.keys() - codes
    if len(others) < 2:
        return []
    lowest, highest = min(others), max(others)
    small = _is_small(others)
    enough = {value for value in codes if small or value < -HIGHEST or times[value] >= REPEATED}
    found = [value for value in enough if value < 0 <= lowest]
    found += [value for value in enough if value > highest > 0 and (small or value >= FAR * highest)]
    return sorted([*found, *_beyond({value: n for value, n in times.items() if value not in found})])


def _is_small(values: Collection[float]) -> bool:
    return all(value.is_integer() and abs(value) <= HIGHEST for value in values)


def _below(times: Times, values: Collection[float]) -> set[float]:
    """The -1 and -2 below numbers that begin above 0, or from 0 on where they are seen more often.

    A scale around 0 reaches as far up as down, so one of which some points are unseen is none of these.
    """
    below = {value for value in values if value < 0 and value in EITHER}
    others = set(values) - below
    if not below or not others or min(others) < 0:
        return set()
    begins_above = min(others) > 0 and max(others) >= FEWEST and max(others) > -min(below)
    reaches_up = max(others) > 2 * -min(below) and sum(times[value] for value in below) >= REPEATED
    return below if begins_above or reaches_up else set()


def _beyond(times: Times) -> list[float]:
    """The 7, 8, 9 or 77 above a whole run from 1 on, together: two points and more beyond its last.

    One point is enough where all points below are seen so often that it would be too, and more than one such number
    stands there, or 9 above 7 points.
    """
    apart = sorted(value for value in times if value > 0 and value in EITHER)
    for at, first in enumerate(apart):
        group = apart[at:]
        run = {value: n for value, n in times.items() if value not in group}
        top = highest_point(run)
        often = top and min(run.values()) >= OFTEN and (len(group) > 1 or (top, first) == (7, 9))
        gap = 1 if often else UNSEEN
        if top and first > top + gap and sum(times[value] for value in group) >= REPEATED:
            return group
    return []


def highest_point(times: Times) -> int:
    """The last point of numbers that are all of a scale from 1 on, each of them seen often; 0 where they are not."""
    top = len(times)
    if not FEWEST <= top <= HIGHEST or times.keys() != set(range(1, top + 1)):
        return 0
    return top if all(n >= REPEATED for n in times.values()) else 0


def times_of(column: Column, values: Sequence[float]) -> dict[float, int]:
    """How often each number stands in a column; `values` are those of its texts."""
    times: dict[float, int] = {}
    counts = np.bincount(column.codes, minlength=len(column.words)).tolist()
    for value, n in zip(values, counts, strict=True):
        if not isnan(value):
            times[value] = times.get(value, 0) + n
    return times
