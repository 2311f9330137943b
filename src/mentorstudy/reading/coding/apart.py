"""Apart: numbers that stand beside the points of a scale, as codes of missing answers do."""

from collections.abc import Mapping, Sequence

import numpy as np

from mentorstudy.reading.coding.missing import EITHER, MISSING_CODES, REPEATED
from mentorstudy.reading.grid import Column

HIGHEST = 10  # of a small scale
FAR = 10  # times as large as every other number
FEWEST = 3  # points of a scale
UNSEEN = 2  # points between a scale's last and a single digit that is none of it

Times = Mapping[float, int]  # how often each number stands


def like_missing(times: Times) -> list[float]:
    """The numbers that stand apart from all others, where codes of missing answers are written.

    A number below zero is apart where no other lies there, one above where the others are a small scale or are less
    than a tenth of it; so 99 among ages is none. Beside a small scale one row is enough, and for -99, which nobody
    counts down to; elsewhere it may be an answer that is rare. A single digit is apart only from a whole run from 1 on.
    """
    codes = times.keys() & MISSING_CODES
    others = times.keys() - codes
    if len(others) < 2:
        return []
    lowest, highest = min(others), max(others)
    small = all(value.is_integer() and abs(value) <= HIGHEST for value in others)
    enough = {value for value in codes if small or value < -HIGHEST or times[value] >= REPEATED}
    found = [value for value in enough if value < 0 <= lowest]
    found += [value for value in enough if value > highest > 0 and (small or value >= FAR * highest)]
    return sorted([*found, *_beyond({value: n for value, n in times.items() if value not in found})])


def _beyond(times: Times) -> list[float]:
    """The 7, 8, 9 or 77 above a whole run from 1 on, two points and more beyond its last."""
    apart = sorted(value for value, n in times.items() if value > 0 and value in EITHER and n >= REPEATED)
    top = highest_point({value: n for value, n in times.items() if value not in apart})
    return apart if apart and top and apart[0] > top + UNSEEN else []


def below_the_first(times: Times) -> list[float]:
    """The numbers below zero beside a small scale's from 1 on, which may be its codes of no answer.

    None where they are a half of it, as in -2, -1, 1, 2, or stand apart so far that they look like such codes.
    """
    codes = sorted(value for value in times if value < 0)
    others = [value for value in times if value >= 0]
    if not codes or len(others) < 2 or min(others) < 1 or set(codes) & set(like_missing(times)):
        return []
    small = max(others) <= HIGHEST and all(value.is_integer() for value in others)
    return codes if small and (len(codes) == 1 or -codes[0] != max(others)) else []


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
        if not np.isnan(value):
            times[value] = times.get(value, 0) + n
    return times
