"""How strong a cause that nobody measured must be to account for a figure."""

import math


def e_value(ratio: float, limit: float | None = None) -> tuple[float, float]:
    """The E-value of a risk ratio, and of the end of its interval that is nearer to one.

    The least strength, as a risk ratio, with which an unmeasured cause must go with both the group and the outcome
    to account for all of `ratio` (VanderWeele and Ding 2017, doi:10.7326/M16-2607). One where nothing is to be
    accounted for, as where the interval crosses one. ValueError where a ratio is not above zero.
    """
    if ratio <= 0 or (limit is not None and limit <= 0):
        raise ValueError("a ratio lies above zero")
    up = ratio >= 1
    crossed = limit is None or (limit <= 1 if up else limit >= 1)
    return _strength(ratio), 1.0 if crossed else _strength(limit or 1.0)


def ratio_from_odds(odds_ratio: float) -> float:
    """About the risk ratio behind an odds ratio of a common outcome: its root (VanderWeele 2017)."""
    return math.sqrt(odds_ratio)


def ratio_from_hazards(hazard_ratio: float) -> float:
    """About the risk ratio behind a hazard ratio of a common outcome (VanderWeele 2017)."""
    return (1 - 0.5 ** math.sqrt(hazard_ratio)) / (1 - 0.5 ** math.sqrt(1 / hazard_ratio))


def ratio_from_standardised(d: float) -> float:
    """About the risk ratio that a difference of `d` standard deviations stands for: exp(0.91 d).

    Chinn (2000, doi:10.1002/1097-0258(20001130)19:22<3127::AID-SIM784>3.0.CO;2-M), as VanderWeele and Ding use it.
    """
    return math.exp(0.91 * d)


def robustness_value(t: float, df: float, *, critical: float = 0.0) -> float:
    """The share of what is left of group and outcome that an unmeasured cause must explain to leave no effect.

    Cinelli and Hazlett (2020, doi:10.1111/rssb.12348): for the estimate itself, or with `critical`, the t value of
    the interval, for its end to touch zero. Between 0 and 1.
    """
    f = max(0.0, abs(t) / math.sqrt(df) - critical / math.sqrt(df - 1))
    return 0.5 * (math.sqrt(f**4 + 4 * f**2) - f**2)


def _strength(ratio: float) -> float:
    above = ratio if ratio >= 1 else 1 / ratio
    return above + math.sqrt(above * (above - 1))
