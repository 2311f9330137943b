"""Least squares, and covariances that do not trust its assumptions."""

from dataclasses import dataclass
from typing import Literal, cast

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]
Robust = Literal["classical", "HC0", "HC1", "HC2", "HC3", "CR0", "CR1", "CR1S", "CR2"]

RANK_TOLERANCE = 1e-9  # of a column's length: what is left of it once earlier columns are taken out
LEVERAGE_TOLERANCE = 1e-9


@dataclass(frozen=True, slots=True, kw_only=True)
class LinearFit:
    """Coefficients (k,), residuals (n,), design (n, k), bread (X'X)^-1 (k, k), leverage (n,), n - k."""

    params: Floats
    residuals: Floats
    design: Floats
    bread: Floats
    leverage: Floats
    df_residual: int


def least_squares(*, y: ArrayLike, design: ArrayLike) -> LinearFit:
    """Ordinary least squares of `y` (n,) on `design` (n, k), by QR; ValueError where the design lacks rank."""
    y, design = np.asarray(y, dtype=float), np.asarray(design, dtype=float)
    if not np.isfinite(y).all():
        raise ValueError("least squares needs finite numbers")
    if not np.isfinite(design).all():
        raise ValueError("a design needs finite numbers")
    q, r = np.linalg.qr(design)
    if not _adding(r).all():
        raise ValueError("a column of the design repeats others")
    params = np.linalg.solve(r, q.T @ y)
    root = np.linalg.inv(r)
    return LinearFit(
        params=params,
        residuals=y - design @ params,
        design=design,
        bread=root @ root.T,
        leverage=np.einsum("ij,ij->i", q, q),
        df_residual=design.shape[0] - design.shape[1],
    )


def independent_columns(design: ArrayLike) -> NDArray[np.bool_]:
    """Which columns (k,) add something to those before them: the first come are the first kept.

    A column counts as repeated where less than 1e-9 of its length is left beside the earlier ones. ValueError where
    a number is missing: a column of nan would look like a repeated one, and leave the fit without a word.
    """
    design = np.asarray(design, dtype=float)
    if not np.isfinite(design).all():
        raise ValueError("a design needs finite numbers")
    return _adding(cast("Floats", np.linalg.qr(design, mode="r")))


def _adding(columns: Floats) -> NDArray[np.bool_]:
    """Which columns (k,) add something to those before them.

    Turning all columns alike changes neither lengths nor angles, so the triangle of their QR serves for a tall design.
    """
    basis = np.empty(columns.shape, order="F")
    kept = np.zeros(columns.shape[1], dtype=bool)
    for index, column in enumerate(columns.T):
        found = int(kept.sum())
        if found == columns.shape[0]:
            break
        earlier = basis[:, :found]
        length = float(np.linalg.norm(column))
        left = column - earlier @ (earlier.T @ column)
        left -= earlier @ (earlier.T @ left)  # twice is enough for orthogonality to rounding
        rest = float(np.linalg.norm(left))
        if rest > RANK_TOLERANCE * max(length, 1e-300):
            kept[index] = True
            basis[:, found] = left / rest
    return kept


def covariance(fit: LinearFit, kind: Robust, clusters: ArrayLike | None = None) -> Floats:
    """Covariance (k, k) of the coefficients.

    HC0 to HC3 after MacKinnon and White (1985), CR0 and CR1 (clusters / (clusters - 1)), CR1S (Stata's factor)
    and CR2 (Bell and McCaffrey 2002; Pustejovsky and Tipton 2018) by `clusters` (n,). Where somebody is
    `fitted_alone` HC2 and HC3 are undefined and every entry is nan.
    """
    x, e, bread = fit.design, fit.residuals, fit.bread
    n, k = x.shape
    if kind == "classical":
        return bread * float(e @ e) / fit.df_residual
    if kind.startswith("HC"):
        if kind in ("HC2", "HC3") and fitted_alone(fit).any():
            return np.full((k, k), np.nan)
        power = {"HC0": 0, "HC1": 0, "HC2": 0.5, "HC3": 1}[kind]
        half = x * (e / (1 - fit.leverage) ** power if power else e)[:, None]
        return bread @ (half.T @ half) @ bread * (n / (n - k) if kind == "HC1" else 1.0)
    if clusters is None:
        raise ValueError(f"{kind} needs clusters")
    residuals = _adjusted(fit, e, clusters) if kind == "CR2" else e
    scores = _cluster_sums(x * residuals[:, None], clusters)
    g = len(scores)
    factor = {"CR0": 1.0, "CR2": 1.0, "CR1": g / (g - 1), "CR1S": g / (g - 1) * (n - 1) / (n - k)}[kind]
    return bread @ (scores.T @ scores) @ bread * factor


def fitted_alone(fit: LinearFit) -> NDArray[np.bool_]:
    """Who (n,) decides a coefficient alone: the fit meets their outcome whatever it is, as their leverage is 1."""
    return fit.leverage > 1 - LEVERAGE_TOLERANCE


def satterthwaite_df(fit: LinearFit, contrast: ArrayLike, clusters: ArrayLike) -> float:
    """Degrees of freedom of the CR2 variance of `contrast` (k,), the errors taken as independent and alike.

    Bell and McCaffrey (2002): 2 (trace)^2 / variance of the quadratic form, by cluster blocks alone.
    """
    direction = fit.design @ (fit.bread @ np.asarray(contrast, dtype=float))
    # The variance estimate is the sum over clusters of (p_g'y)^2 with p_g = (I - H)_g' a_g, a_g = A_g X_g B c,
    # so p_g'p_h = [g = h] |a_g|^2 - (X_g'a_g)' B (X_h'a_h); its traces need no matrix of clusters by clusters.
    a = _adjusted(fit, direction, clusters)
    own = np.bincount(_codes(clusters), weights=a**2)
    carried = _cluster_sums(fit.design * a[:, None], clusters)
    shared = fit.bread @ (carried.T @ carried)
    trace = own.sum() - np.trace(shared)
    within = np.einsum("gi,ij,gj->g", carried, fit.bread, carried)
    squares = np.sum(own**2) - 2 * np.sum(own * within) + np.trace(shared @ shared)
    return float(trace**2 / squares)


def grown_by_clusters(treated: ArrayLike, clusters: ArrayLike) -> tuple[Floats, float]:
    """How much each person's influence (n,) on a difference of two groups must grow, and its degrees of freedom.

    CR2 and Satterthwaite's for the difference of two means (Bell and McCaffrey 2002), for any estimate that is one
    sum of influences in each group: squaring their sums within `clusters` (n,), once grown, gives its variance.
    """
    treated = np.asarray(treated, dtype=bool)
    check_clusters(treated, clusters)
    fit = least_squares(y=treated, design=np.column_stack([np.ones(len(treated)), treated]))
    contrast = np.array([0.0, 1.0])
    own = fit.design @ (fit.bread @ contrast)
    return _adjusted(fit, own, clusters) / own, satterthwaite_df(fit, contrast, clusters)


def check_clusters(treated: ArrayLike, clusters: ArrayLike) -> None:
    """ValueError where one of two groups lies in a single cluster.

    A fit of the group's mean leaves that cluster no residual, so every clustered error would count it as certain.
    """
    treated, codes = np.asarray(treated, dtype=bool), _codes(clusters)
    if min(len(np.unique(codes[group])) for group in (treated, ~treated)) < 2:
        raise ValueError("a group lies in a single cluster, so how clusters differ cannot be told")


def _codes(clusters: ArrayLike) -> NDArray[np.intp]:
    return np.unique(np.asarray(clusters), return_inverse=True)[1].ravel()


def _cluster_sums(rows: Floats, clusters: ArrayLike) -> Floats:
    codes = _codes(clusters)
    return np.column_stack([np.bincount(codes, weights=column) for column in rows.T])


def _adjusted(fit: LinearFit, values: Floats, clusters: ArrayLike) -> Floats:
    """`values` (n,) with each cluster's multiplied by (I - H_gg)^(-1/2), its own block of the hat matrix.

    Clusters of one size are worked at once, so the loop is over sizes.
    """
    codes = _codes(clusters)
    order = np.argsort(codes, kind="stable")
    sizes = np.bincount(codes)
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    adjusted = np.empty_like(values)
    for size in np.unique(sizes):
        rows = order[starts[sizes == size][:, None] + np.arange(size)]  # (clusters of this size, size)
        x = fit.design[rows]
        kernel, vectors = np.linalg.eigh(np.eye(size) - x @ fit.bread @ np.swapaxes(x, 1, 2))
        # A direction that the cluster alone decides has no residual; the pseudo-inverse leaves it out.
        root = np.where(kernel > LEVERAGE_TOLERANCE, np.maximum(kernel, LEVERAGE_TOLERANCE) ** -0.5, 0.0)
        turned = np.einsum("gij,gi->gj", vectors, values[rows]) * root
        adjusted[rows] = np.einsum("gij,gj->gi", vectors, turned)
    return adjusted
