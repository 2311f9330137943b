"""Intervals, and differences in units of scatter."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import brentq
from scipy.special import gammaln, nctdtr, ndtr, ndtri, stdtr, stdtrit


@dataclass(frozen=True, slots=True, kw_only=True)
class Standardised:
    """A difference in pooled standard deviations (Hedges' g), with its large-sample error."""

    value: float
    std_error: float


@dataclass(frozen=True, slots=True, kw_only=True)
class HedgesG:
    """Hedges' g of two groups, its large-sample error, and the exact interval."""

    value: float
    std_error: float
    low: float
    high: float


def wald(*, value: float, std_error: float, df: float, level: float) -> tuple[float, float, float]:
    """Interval and two-sided p-value against zero: t with `df` degrees of freedom, normal where infinite."""
    upper = 0.5 + level / 2
    reach = float(stdtrit(df, upper) if np.isfinite(df) else ndtri(upper)) * std_error
    if std_error == 0:
        return value, value, float(value == 0)
    far = -abs(value) / std_error
    return value - reach, value + reach, float(2 * (stdtr(df, far) if np.isfinite(df) else ndtr(far)))


def log_risk_ratio_error(shares: tuple[float, float], counts: tuple[int, int]) -> float:
    """Standard error of the logarithm of a ratio of two shares (Katz and others 1978, doi:10.2307/2530610)."""
    return float(np.sqrt(sum((1 - share) / (share * n) for share, n in zip(shares, counts, strict=True))))


def hedges_g(a: ArrayLike, b: ArrayLike, *, level: float) -> HedgesG:
    """Mean of `a` minus mean of `b` in pooled standard deviations, with the exact small-sample factor.

    Hedges (1981, doi:10.3102/10769986006002107); the interval inverts the noncentral t.
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    d, df, size = _cohens_d(a, b), len(a) + len(b) - 2, len(a) * len(b) / (len(a) + len(b))
    factor, found = _small_sample(df), d * np.sqrt(size)
    tail = (1 - level) / 2
    reach = 15 * np.sqrt(1 + found**2 / (2 * df))

    def excess(delta: float, share: float) -> float:
        below = float(nctdtr(df, delta, found))
        # Far out, where it is 0 or 1 to rounding, the distribution's series may yield no number.
        return (float(delta < found) if np.isnan(below) else below) - share

    def noncentrality(share: float) -> float:
        return float(brentq(excess, found - reach, found + reach, args=(share,), xtol=1e-12))

    return HedgesG(
        value=factor * d,
        std_error=factor * float(np.sqrt(1 / size + d**2 / (2 * (len(a) + len(b))))),
        low=factor * noncentrality(1 - tail) / float(np.sqrt(size)),
        high=factor * noncentrality(tail) / float(np.sqrt(size)),
    )


def standardised_effect(*, difference: float, std_error: float, a: ArrayLike, b: ArrayLike) -> Standardised:
    """An adjusted difference in pooled standard deviations of the raw outcomes `a` and `b`.

    The adjusted difference over the unadjusted standard deviation, with the small-sample factor (What Works
    Clearinghouse); the error adds the doubt about the standard deviation.
    """
    a, b = np.asarray(a, dtype=float), np.asarray(b, dtype=float)
    n = len(a) + len(b)
    pooled, factor = _pooled(a, b), _small_sample(n - 2)
    g = factor * difference / pooled
    error = np.hypot(factor * std_error / pooled, g / np.sqrt(2 * n))
    return Standardised(value=float(g), std_error=float(error))


def _pooled(a: np.ndarray, b: np.ndarray) -> float:
    squares = (len(a) - 1) * a.var(ddof=1) + (len(b) - 1) * b.var(ddof=1)
    pooled = float(np.sqrt(squares / (len(a) + len(b) - 2)))
    if not pooled > 0:
        raise ValueError("nothing varies within the groups, or a number is missing")
    return pooled


def _cohens_d(a: np.ndarray, b: np.ndarray) -> float:
    return float((a.mean() - b.mean()) / _pooled(a, b))


def _small_sample(df: float) -> float:
    return float(np.exp(gammaln(df / 2) - gammaln((df - 1) / 2)) / np.sqrt(df / 2))
