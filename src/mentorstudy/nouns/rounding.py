"""Rounding: how many decimals a share needs, one rule for every sentence, table and figure."""

import math

from mentorstudy.nouns.estimate import Estimate


def share_places(found: Estimate, *, fewest: int = 0) -> tuple[int, bool]:
    """Decimals of a difference of shares in people of 100, and whether with them its levels visibly differ by it.

    No decimals only where the difference is then not nothing; two at most, and one where none were asked for.
    """
    a, b = found.level_mentored, found.level_unmentored
    if a is None or b is None or not all(map(math.isfinite, (a, b, found.value))):
        return max(1, fewest), True
    for places in range(fewest, 3 if fewest else 2):
        step = 10**places
        apart = round(100 * found.value * step)
        if round(100 * a * step) - round(100 * b * step) == apart and (apart or places):
            return places, True
    return max(1, fewest), False
