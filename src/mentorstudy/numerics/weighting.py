"""Inverse-probability weights, and errors that know that the weights were estimated."""

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mentorstudy.numerics.logistic import LogisticFit

Floats = NDArray[np.float64]


def stabilised_weights(probabilities: ArrayLike, treated: ArrayLike) -> Floats:
    """Share treated over the probability of treatment (n,); the same of the complements for the others.

    Robins, Hernan and Brumback (2000, doi:10.1097/00001648-200009000-00011).
    """
    p, treated = np.asarray(probabilities, dtype=float), np.asarray(treated, dtype=bool)
    share = treated.mean()
    return np.where(treated, share / p, (1 - share) / (1 - p))


def effective_sample_size(weights: ArrayLike) -> float:
    """How many equally weighted people would tell as much: (sum w)^2 / sum w^2 (Kish 1965)."""
    weights = np.asarray(weights, dtype=float)
    return float(weights.sum() ** 2 / np.sum(weights**2))


def allow_for_estimated_weights(
    influence: ArrayLike, *, treated: ArrayLike, fit: LogisticFit, design: ArrayLike
) -> Floats:
    """`influence` (n,), linear in each person's weight, plus what the estimated probabilities add to it.

    The values are scaled so that their sum of squares is the variance. A treated weight falls with the
    probability, dw = -w (1 - p) x, another rises, dw = w p x; the sum of these, times each person's share in the
    estimate of the coefficients, is the correction (Lunceford and Davidian 2004, doi:10.1002/sim.1903).
    """
    influence, design = np.asarray(influence, dtype=float), np.asarray(design, dtype=float)
    treated = np.asarray(treated, dtype=bool)
    p = fit.probabilities
    slope = (np.where(treated, -(1 - p), p) * influence) @ design
    scores = design * (treated - p)[:, None]
    return influence + scores @ np.linalg.solve(fit.information, slope)
