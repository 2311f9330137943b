"""Weighted: both groups weighed to look like everybody who began, by inverse probability of their group."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorstudy.estimating.method import Covariates, Settings, covariates
from mentorstudy.estimating.rows import Floats
from mentorstudy.nouns.cohort import Sample
from mentorstudy.numerics.linear import independent_columns
from mentorstudy.numerics.logistic import LogisticFit, fit_logistic
from mentorstudy.numerics.weighting import stabilised_weights


@dataclass(frozen=True, slots=True, kw_only=True)
class Weighing:
    """The weights, the model they come from, and who has one (all covariates known)."""

    weights: Floats
    fit: LogisticFit
    design: Floats
    whole: NDArray[np.bool_]
    covariates: Covariates


def weighing(sample: Sample, settings: Settings) -> Weighing:
    """Stabilised weights from a logistic regression of the group on the covariates.

    Columns that repeat others are left out of the design. Raises SeparationError where some people could only
    have been in the group they are in.
    """
    known = covariates(sample, settings.adjust_for, missing=settings.missing)
    whole = np.asarray(~np.isnan(known.matrix).any(axis=1))
    mentored = sample.mentored.to_numpy()[whole]
    design = np.column_stack([np.ones(int(whole.sum())), known.matrix[whole]])
    design = design[:, independent_columns(design)]
    fit = fit_logistic(y=mentored.astype(float), design=design)
    return Weighing(
        weights=stabilised_weights(fit.probabilities, mentored),
        fit=fit,
        design=design,
        whole=whole,
        covariates=known,
    )
