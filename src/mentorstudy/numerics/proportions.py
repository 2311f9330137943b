"""Shares of people, and intervals that hold at few."""

import numpy as np
from scipy.special import betaincinv, ndtri

FEW = 5  # on a side of a share: below it the exact interval is taken


def wilson(successes: int, n: int, *, level: float) -> tuple[float, float]:
    """Score interval of `successes` of `n` (Wilson 1927, doi:10.1080/01621459.1927.10502953)."""
    _checked(successes, n)
    z, p = float(ndtri(0.5 + level / 2)), successes / n
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z * float(np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))) / (1 + z**2 / n)
    return max(0.0, middle - reach), min(1.0, middle + reach)


def clopper_pearson(successes: int, n: int, *, level: float) -> tuple[float, float]:
    """Exact interval of `successes` of `n` (Clopper and Pearson 1934, doi:10.1093/biomet/26.4.404).

    It holds the true share at least as often as `level` says, whatever the share.
    """
    _checked(successes, n)
    tail = (1 - level) / 2
    low = float(betaincinv(successes, n - successes + 1, tail)) if successes else 0.0
    high = float(betaincinv(successes + 1, n - successes, 1 - tail)) if successes < n else 1.0
    return low, high


def share_interval(successes: int, n: int, *, level: float) -> tuple[float, float]:
    """The exact interval where fewer than five stand on a side, else the score interval."""
    exact = min(successes, n - successes) < FEW
    return clopper_pearson(successes, n, level=level) if exact else wilson(successes, n, level=level)


def newcombe(one: tuple[int, int], other: tuple[int, int], *, level: float) -> tuple[float, float]:
    """Interval of a difference of two shares, each (successes, n), from their score intervals.

    Newcombe's method 10 (1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779>3.0.CO;2-I).
    """
    p, q = one[0] / one[1], other[0] / other[1]
    (low_p, high_p), (low_q, high_q) = wilson(*one, level=level), wilson(*other, level=level)
    below = float(np.hypot(p - low_p, high_q - q))
    above = float(np.hypot(high_p - p, q - low_q))
    return p - q - below, p - q + above


def _checked(successes: int, n: int) -> None:
    if not 0 <= successes <= n or n < 1:
        raise ValueError("a share needs somebody to be counted, and no more successes than people")
