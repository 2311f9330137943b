"""How consistently a scale's items measure one thing."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.optimize import minimize
from scipy.special import fdtri

LEAST_UNIQUE = 0.005  # of an item's variance, below which a factor solution is improper
LEAST_SPREAD = 1e-9  # smallest eigenvalue of the correlations, below which an item repeats others


@dataclass(frozen=True, slots=True, kw_only=True)
class Alpha:
    """Cronbach's alpha, its interval, and the people it rests on."""

    value: float
    low: float
    high: float
    n: int


def alpha(items: ArrayLike, *, level: float) -> Alpha:
    """Alpha of `items` (n, k) without missing answers (Cronbach 1951), with Feldt's interval (1965)."""
    items = _answered(items)
    n, k = items.shape
    if k < 2:
        raise ValueError("alpha needs two items or more")
    value = k / (k - 1) * (1 - items.var(axis=0, ddof=1).sum() / items.sum(axis=1).var(ddof=1))
    df1, df2 = n - 1, (n - 1) * (k - 1)
    tail = (1 - level) / 2
    return Alpha(
        value=float(value),
        low=float(1 - (1 - value) * fdtri(df1, df2, 1 - tail)),
        high=float(1 - (1 - value) * fdtri(df1, df2, tail)),
        n=n,
    )


def omega_total(items: ArrayLike) -> float:
    """McDonald's omega of `items` (n, k): the share of the sum's variance that one factor explains.

    Loadings by maximum likelihood on the covariance matrix; (sum of loadings)^2 over that plus the unique
    variances (McDonald 1999). nan where no proper solution exists: fewer than three items, an item that everybody
    answered alike or that repeats others (always so with no more people than items), or no uniqueness left.
    """
    items = _answered(items)
    if items.shape[1] < 3 or (np.ptp(items, axis=0) == 0).any():
        return float("nan")
    covariance = np.cov(items, rowvar=False)
    scale = np.sqrt(np.diag(covariance))
    correlation = covariance / np.outer(scale, scale)
    if np.linalg.eigvalsh(correlation)[0] < LEAST_SPREAD:
        return float("nan")
    loadings = _one_factor(correlation)
    if np.isnan(loadings).any():
        return float("nan")
    common = (loadings * scale).sum() ** 2
    return float(common / (common + ((1 - loadings**2) * scale**2).sum()))


def item_rest(items: ArrayLike) -> NDArray[np.float64]:
    """The correlation (k,) of each item with the sum of the others: negative where one is keyed the wrong way."""
    items = _answered(items)
    rest = items.sum(axis=1, keepdims=True) - items
    a, b = items - items.mean(axis=0), rest - rest.mean(axis=0)
    return (a * b).sum(axis=0) / np.sqrt((a**2).sum(axis=0) * (b**2).sum(axis=0))


def _answered(items: ArrayLike) -> NDArray[np.float64]:
    items = np.asarray(items, dtype=float)
    if not np.isfinite(items).all():
        raise ValueError("every item must be answered")
    return items


def _one_factor(correlation: NDArray[np.float64]) -> NDArray[np.float64]:
    """Standardised loadings (k,) of one factor by maximum likelihood, searched over the unique variances."""

    def loadings_at(unique: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        root = np.sqrt(unique)
        values, vectors = np.linalg.eigh(correlation / np.outer(root, root))
        return root * vectors[:, -1] * np.sqrt(max(values[-1] - 1, 0.0)), values

    def misfit(unique: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        loadings, values = loadings_at(unique)
        rest = values[:-1]
        slope = (loadings**2 + unique - np.diag(correlation)) / unique**2
        return float(np.sum(rest - np.log(rest) - 1)), slope

    start = 0.5 / np.diag(np.linalg.inv(correlation))
    found = minimize(
        misfit,
        np.clip(start, LEAST_UNIQUE, 1.0),
        jac=True,
        method="L-BFGS-B",
        bounds=[(LEAST_UNIQUE, 1.0)] * len(correlation),
        options={"ftol": 1e-14, "gtol": 1e-10, "maxiter": 1000},
    )
    if found.x.min() <= LEAST_UNIQUE:
        return np.full(len(correlation), np.nan)
    loadings = loadings_at(found.x)[0]
    return loadings * np.sign(loadings.sum())
