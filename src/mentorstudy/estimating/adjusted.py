"""Adjusted: what would everybody's outcome be in either group, given what was known before?"""

import numpy as np

from mentorstudy.estimating.method import Settings, covariates, effects_of
from mentorstudy.estimating.rows import seen_rows
from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.estimate import Estimate
from mentorstudy.numerics.standardise import standardised_difference


def adjusted(sample: Sample, settings: Settings) -> tuple[Estimate, ...]:
    """The outcome regressed on group, covariates and their products, standardised to everybody who began.

    HC2 errors, or CR2 with Satterthwaite's degrees of freedom where rows are alike: by the plan's clusters, or by
    person over several waves. Each wave then counts the same, whoever was missing at it. People without the
    outcome leave the fit but not the population it speaks for. A scale comes with the difference in SD units.
    """
    rows = seen_rows(sample, settings.outcome, settings.waves, settings.cluster)
    known = covariates(sample, settings.adjust_for, missing=settings.missing)
    whole = np.asarray(~np.isnan(known.matrix).any(axis=1))
    rows = rows.taken(whole[rows.person])
    mentored = sample.mentored.to_numpy()[rows.person]
    waves = max(len(settings.waves), 1)
    at = np.eye(waves)[rows.wave][:, 1:]
    alike = np.full((int(whole.sum()), waves - 1), 1 / waves)
    found = standardised_difference(
        y=rows.y,
        treated=mentored,
        covariates=np.column_stack([known.matrix[rows.person], at]),
        everybody=np.column_stack([known.matrix[whole], alike]),
        clusters=rows.clusters,
    )
    return effects_of(settings, method="adjusted", found=found, rows=rows, mentored=mentored)
