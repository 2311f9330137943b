"""Shares of people, and intervals that hold at few."""

import numpy as np
from scipy.special import ndtri


def wilson(successes: int, n: int, *, level: float) -> tuple[float, float]:
    """Interval of a share of `n` (Wilson 1927)."""
    z, p = float(ndtri(0.5 + level / 2)), successes / n
    middle = (p + z**2 / (2 * n)) / (1 + z**2 / n)
    reach = z * float(np.sqrt(p * (1 - p) / n + z**2 / (4 * n**2))) / (1 + z**2 / n)
    return middle - reach, middle + reach
