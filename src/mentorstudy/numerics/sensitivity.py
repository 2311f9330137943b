"""How strong an unmeasured cause would have to be to explain a finding away."""

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri, stdtrit

Floats = NDArray[Any]  # of floats


def e_value(ratio: float, limit: float, *, target: float = 1.0) -> tuple[float, float]:
    """E-values of a risk ratio and of the limit of its interval that lies nearer to `target` (1: no effect).

    The least risk ratio that an unmeasured cause would need with taking part and with the outcome, both, beyond what
    was adjusted for, to bring the figure to `target` (VanderWeele and Ding 2017, doi:10.7326/M16-2607). 1 where it is
    there already, infinite for a ratio of 0, nan for nan. ValueError where a ratio is negative, the target not above
    0, or the limit farther off than the ratio.
    """
    if ratio < 0 or limit < 0 or not target > 0:
        raise ValueError("risk ratios are not negative, and the target lies above 0")
    if (limit - ratio) * (ratio - target) > 0:
        raise ValueError("the limit lies farther from the target than the ratio: give the nearer one")
    short_of_target = (limit - target) * (ratio - target) <= 0
    return _e_value(ratio / target), 1.0 if short_of_target else _e_value(limit / target)


def ratio_from_odds(odds_ratio: ArrayLike, *, common: bool) -> Floats:
    """Risk ratio (...) that an odds ratio (...) stands for: itself, or its root where the outcome is `common`.

    Common is over 15 in 100 at the end (VanderWeele 2017, doi:10.1097/EDE.0000000000000733). Rising, so limits are
    turned as the ratio is. ValueError where an odds ratio is negative.
    """
    odds_ratio = np.asarray(odds_ratio, dtype=float)
    if (odds_ratio < 0).any():
        raise ValueError("odds ratios are not negative")
    return (np.sqrt(odds_ratio) if common else odds_ratio)[()]


def ratio_from_hazards(hazard_ratio: ArrayLike, *, common: bool) -> Floats:
    """Risk ratio (...) that a hazard ratio (...) stands for: itself, or where the outcome is `common` as below.

    (1 - 0.5^sqrt(h)) / (1 - 0.5^sqrt(1 / h)), common being over 15 in 100 at the end (VanderWeele 2020,
    doi:10.1111/biom.13197). Rising, so limits are turned as the ratio is. ValueError where one is not above 0.
    """
    hazard_ratio = np.asarray(hazard_ratio, dtype=float)
    if (hazard_ratio <= 0).any():
        raise ValueError("hazard ratios lie above 0")
    if not common:
        return hazard_ratio[()]
    root = np.sqrt(hazard_ratio)
    return (np.expm1(-np.log(2) * root) / np.expm1(-np.log(2) / root))[()]


def ratio_from_standardised(*, difference: float, std_error: float, level: float) -> tuple[float, float, float]:
    """Risk ratio, low and high, that a difference in standard deviations stands for were the outcome cut in two.

    exp(0.91 d), its 95 in 100 limits exp(0.91 d -+ 1.78 error) (VanderWeele and Ding 2017, doi:10.7326/M16-2607);
    other levels scale the 1.78 as the normal distribution does. ValueError where the error is negative or the level
    not between 0 and 1.
    """
    if std_error < 0 or not 0 < level < 1:
        raise ValueError("an error is not negative, and the level lies between 0 and 1")
    reach = 1.78 * float(ndtri(0.5 + level / 2) / ndtri(0.975)) * std_error
    middle = 0.91 * difference
    return float(np.exp(middle)), float(np.exp(middle - reach)), float(np.exp(middle + reach))


def ratio_from_difference(difference: ArrayLike, *, comparison: float) -> Floats:
    """Risk ratio (...) that a difference (...) of two shares stands for, above the share of those compared with.

    (comparison + difference) / comparison, the sum cut at 0 and 1, where no share lies. Limits are turned as the
    difference is, the share compared with taken as known. ValueError unless it is above 0 and at most 1.
    """
    if not 0 < comparison <= 1:
        raise ValueError("the share compared with must lie above 0 and be at most 1")
    return (np.clip(comparison + np.asarray(difference, dtype=float), 0.0, 1.0) / comparison)[()]


def robustness_value(*, t: float, df: float, level: float | None = None) -> float:
    """The share of the variance left over that an unmeasured cause must explain, of taking part and of the outcome.

    If it explains less of both, the regression coefficient whose `t` has `df` residual degrees of freedom stays away
    from nought (Cinelli and Hazlett 2020, doi:10.1111/rssb.12348); with a `level`, its interval of that level does.
    Between 0, where nothing is needed, and 1. The error behind `t` must be the classical one. nan for a t that is
    nan; ValueError where df is not above 1 or the level not between 0 and 1.
    """
    if not df > 1 or not (level is None or 0 < level < 1):
        raise ValueError("degrees of freedom must be above 1 and the level between 0 and 1")
    f = abs(t) / np.sqrt(df)
    needed = 0.0 if level is None else float(stdtrit(df - 1, 0.5 + level / 2)) / np.sqrt(df - 1)
    if f <= needed:
        return 0.0
    if f * needed > 1:
        # Explaining more of the outcome would narrow the interval: the worst cause explains less of it.
        return float((f**2 - needed**2) / (1 + f**2))
    beyond = (f - needed) ** 2
    return float((np.sqrt(beyond**2 + 4 * beyond) - beyond) / 2)


def _e_value(ratio: float) -> float:
    if ratio == 0:
        return float("inf")
    far = max(ratio, 1 / ratio)
    return float(far + np.sqrt(far * (far - 1)))
