"""Adjusted: what would everybody's outcome be in either group, given what was known before?"""

import numpy as np

from mentorstudy.estimating.method import (
    Settings,
    clusters_of,
    counted,
    covariates,
    estimate_of,
    values_of,
)
from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.estimate import Estimate
from mentorstudy.numerics.intervals import standardised_effect
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
    is_scale = settings.outcome.kind == "scale"
    good, counts = settings.good if is_scale else 1, counted(mentored)
    main = estimate_of(
        settings,
        method="adjusted",
        contrast="points" if is_scale else "risk_difference",
        unit="points" if is_scale else "share",
        value=found.value * good,
        std_error=found.std_error,
        df=found.df,
        counts=counts,
        levels=(found.mean_treated, found.mean_comparison),
    )
    if not is_scale:
        return (main,)
    g = standardised_effect(
        difference=found.value * good, std_error=found.std_error, a=y[seen][mentored], b=y[seen][~mentored]
    )
    standardised = estimate_of(
        settings,
        method="adjusted",
        contrast="standardised",
        unit="SD",
        value=g.value,
        std_error=g.std_error,
        df=found.df,
        counts=counts,
    )
    return main, standardised
