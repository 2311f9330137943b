"""Shares of people, few of them included: intervals that never leave nought to one."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import betaincinv, ndtri

FEW = 5  # on a side of a share: below it the exact interval is taken

Floats = NDArray[Any]  # of floats


def wilson(successes: ArrayLike, n: ArrayLike, *, level: float) -> tuple[Floats, Floats]:
    """Where the share may lie that made `successes` (...) of `n` (...) people: (low, high), each (...), as shares.

    The score interval (Wilson 1927, doi:10.1080/01621459.1927.10502953): every share that the normal test with its
    own variance would not refuse. Right on average over shares; at 95 in 100 it holds some as seldom as 84 in 100,
    where less than one success is expected.
    ValueError where n is below 1, successes are not within 0 and n, a count is missing or no whole number, or the
    level is not between 0 and 1.
    """
    s, n = _counted(successes, n, level)
    z = float(ndtri(0.5 + level / 2))
    middle = (s + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(s * (n - s) / n + z**2 / 4)
    return np.where(s == 0, 0.0, middle - half)[()], np.where(s == n, 1.0, middle + half)[()]


def clopper_pearson(successes: ArrayLike, n: ArrayLike, *, level: float) -> tuple[Floats, Floats]:
    """The same as `wilson`, holding the truth at least as often as `level` says whatever the share, so wider.

    Inverts the binomial test, by quantiles of the beta distribution (Clopper and Pearson 1934,
    doi:10.1093/biomet/26.4.404). Shapes, units and errors as in `wilson`.
    """
    s, n = _counted(successes, n, level)
    tail = (1 - level) / 2
    low = betaincinv(np.maximum(s, 1), n - s + 1, tail)
    high = betaincinv(s + 1, np.maximum(n - s, 1), 1 - tail)
    return np.where(s == 0, 0.0, low)[()], np.where(s == n, 1.0, high)[()]


def share_interval(successes: int, n: int, *, level: float) -> tuple[float, float]:
    """Clopper and Pearson's interval where fewer than five stand on a side, else Wilson's."""
    exact = min(successes, n - successes) < FEW
    low, high = (clopper_pearson if exact else wilson)(successes, n, level=level)
    return float(low), float(high)


def newcombe(s1: ArrayLike, n1: ArrayLike, s2: ArrayLike, n2: ArrayLike, *, level: float) -> tuple[Floats, Floats]:
    """Where the difference of two shares may lie, s1 / n1 less s2 / n2 of other people: (low, high), each (...).

    The hybrid score interval, method 10 of Newcombe (1998, doi:10.1002/(SICI)1097-0258(19980430)17:8<873::AID-SIM779
    >3.0.CO;2-I): the distances of each share from its own Wilson limits, put together as roots of sums of squares.
    Within -1 and 1, as shares. Errors as in `wilson`.
    """
    low1, high1 = wilson(s1, n1, level=level)
    low2, high2 = wilson(s2, n2, level=level)
    share1 = np.asarray(s1, dtype=float) / np.asarray(n1, dtype=float)
    share2 = np.asarray(s2, dtype=float) / np.asarray(n2, dtype=float)
    found = share1 - share2
    return found - np.hypot(share1 - low1, high2 - share2), found + np.hypot(high1 - share1, share2 - low2)


def _counted(successes: ArrayLike, n: ArrayLike, level: float) -> tuple[Floats, Floats]:
    s, n = np.asarray(successes, dtype=float), np.asarray(n, dtype=float)
    if not 0 < level < 1:
        raise ValueError("the level must lie between 0 and 1")
    if not (n >= 1).all():
        raise ValueError("a share needs at least one person")
    if not ((s >= 0) & (s <= n)).all():
        raise ValueError("successes must lie within 0 and n")
    if (s % 1 != 0).any() or (n % 1 != 0).any():
        raise ValueError("counts must be whole numbers")
    return s, n
