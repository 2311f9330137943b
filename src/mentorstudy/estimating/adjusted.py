"""Adjusted: what would everybody's outcome be in either group, given what was known before?"""

import numpy as np

from mentorstudy.estimating.method import (
    Settings,
    clusters_of,
    counted,
    covariates,
    estimate_of,
    scale_contrasts,
    values_of,
)
from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.estimate import Estimate
from mentorstudy.numerics.standardise import standardised_difference


def adjusted(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """The outcome regressed on group, covariates and their products, standardised to everybody who began.

    HC2 errors, or CR2 with Satterthwaite's degrees of freedom where the plan names clusters. People without the
    outcome leave the fit but not the population it speaks for. A scale comes with the difference in SD units.
    """
    y = values_of(sample, settings.outcome)
    known = covariates(sample, settings.adjust_for, missing=settings.missing)
    whole = ~np.isnan(known.matrix).any(axis=1)
    seen = ~np.isnan(y) & whole
    mentored = sample.mentored.to_numpy()[seen]
    clusters = clusters_of(sample, settings)
    found = standardised_difference(
        y=y[seen],
        treated=mentored,
        covariates=known.matrix[seen],
        everybody=known.matrix[whole],
        clusters=None if clusters is None else clusters[seen],
    )
    if settings.outcome.kind == "scale":
        a, b = y[seen][mentored], y[seen][~mentored]
        return scale_contrasts(settings, method="adjusted", found=found, a=a, b=b)
    return (
        estimate_of(
            settings,
            method="adjusted",
            contrast="risk_difference",
            unit="share",
            value=found.value,
            std_error=found.std_error,
            df=found.df,
            counts=counted(mentored),
            levels=(found.mean_treated, found.mean_comparison),
        ),
    )
