"""Several answers from one fit: coefficients, and sums and differences of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from mentorstudy.numerics.linear import (
    LinearFit,
    Robust,
    covariance,
    independent_columns,
    satterthwaite_df,
)

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedDesign:
    """A design (n, k) of full rank, what its columns are called (k names), and the names left out as repeated."""

    design: Floats
    names: tuple[str, ...]
    left_out: tuple[str, ...]

    def weights(self, wanted: Mapping[str, float]) -> Floats:
        """Weights (k,) of a combination of coefficients by their columns' names, 0 for those not named.

        ValueError names a column that the design does not hold, or left out.
        """
        for name in wanted:
            if name in self.left_out:
                raise ValueError(f"column {name} adds nothing to earlier ones, so it has no coefficient")
            if name not in self.names:
                raise ValueError(f"the design has no column {name}")
        return np.array([float(wanted.get(name, 0.0)) for name in self.names])


@dataclass(frozen=True, slots=True, kw_only=True)
class Combinations:
    """Combinations (m,) of coefficients: values, standard errors and degrees of freedom; errors nan if undefined."""

    value: Floats
    std_error: Floats
    df: Floats


def named_design(columns: Mapping[str, ArrayLike]) -> NamedDesign:
    """The columns (n,) side by side in their order, without those that add nothing to earlier ones, which are named.

    They repeat those before them or are nought all over, as `independent_columns` tells. ValueError where a number
    is missing or lengths differ.
    """
    design = np.column_stack([np.asarray(column, dtype=float) for column in columns.values()])
    kept = independent_columns(design)
    names = np.array(list(columns))
    return NamedDesign(design=design[:, kept], names=tuple(names[kept]), left_out=tuple(names[~kept]))


def combine(fit: LinearFit, weights: ArrayLike, kind: Robust, clusters: ArrayLike | None = None) -> Combinations:
    """Combinations of the coefficients by `weights` (m, k) or (k,), in the outcome's units over the columns'.

    Errors are the roots of w'Vw, V as `covariance` gives it by `kind` and `clusters` (n,): nan for HC2 and HC3 where
    somebody is `fitted_alone`. Degrees of freedom: n - k; clusters - 1 for CR0, CR1 and CR1S (Stata's way); for CR2
    Satterthwaite's, one for each combination. ValueError where the weights do not match the coefficients, or
    clusters are wanted and not given.
    """
    weights = np.atleast_2d(np.asarray(weights, dtype=float))
    if weights.shape[1] != len(fit.params):
        raise ValueError(f"{weights.shape[1]} weights for {len(fit.params)} coefficients")
    variance = covariance(fit, kind, clusters)
    if clusters is None or not kind.startswith("CR"):
        df = np.full(len(weights), float(fit.df_residual))
    elif kind == "CR2":
        df = np.array([satterthwaite_df(fit, row, clusters) for row in weights])
    else:
        df = np.full(len(weights), len(np.unique(np.asarray(clusters))) - 1.0)
    return Combinations(
        value=weights @ fit.params,
        std_error=np.sqrt(np.einsum("mi,ij,mj->m", weights, variance, weights)),
        df=df,
    )
