"""Logistic regression by Newton's method."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

STEPS = 50
TOLERANCE = 1e-10
CERTAIN = 1e-8  # a fitted probability this close to 0 or 1 tells of separation


class SeparationError(ValueError):
    """The covariates tell the two groups fully apart, so no finite coefficients fit."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LogisticFit:
    """Coefficients (k,), fitted probabilities (n,), and the information matrix (k, k) at them."""

    params: NDArray[np.float64]
    probabilities: NDArray[np.float64]
    information: NDArray[np.float64]


def fit_logistic(*, y: ArrayLike, design: ArrayLike) -> LogisticFit:
    """Maximum likelihood of 0/1 `y` (n,) on `design` (n, k); SeparationError where it has no maximum."""
    y, design = np.asarray(y, dtype=float), np.asarray(design, dtype=float)
    if not (np.isfinite(y).all() and np.isfinite(design).all()):
        raise ValueError("logistic regression needs finite numbers")
    params = np.zeros(design.shape[1])
    for _ in range(STEPS):
        p = 1 / (1 + np.exp(-np.clip(design @ params, -700, 700)))
        information = (design * (p * (1 - p))[:, None]).T @ design
        try:
            step = np.linalg.solve(information, design.T @ (y - p))
        except np.linalg.LinAlgError:
            raise SeparationError("the information matrix lost its rank") from None
        params = params + step
        if np.abs(step).max() < TOLERANCE * (1 + np.abs(params).max()):
            break
    else:
        raise SeparationError("no maximum within the steps allowed")
    p = 1 / (1 + np.exp(-np.clip(design @ params, -700, 700)))
    if p.min() < CERTAIN or p.max() > 1 - CERTAIN:
        raise SeparationError("fitted probabilities of 0 or 1")
    return LogisticFit(params=params, probabilities=p, information=(design * (p * (1 - p))[:, None]).T @ design)
