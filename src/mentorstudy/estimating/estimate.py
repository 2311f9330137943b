"""Estimate: which method answers which outcome in which design, and all of them run."""

import math

from mentorstudy.estimating.adjusted import adjusted
from mentorstudy.estimating.complier import complier
from mentorstudy.estimating.difference import difference, naive
from mentorstudy.estimating.method import Method, Settings, problem_with, settings_for
from mentorstudy.estimating.retention import (
    curve,
    kept,
    kept_complier,
    kept_modelled,
    kept_naive,
    kept_weighted,
)
from mentorstudy.nouns.cohort import Cohort, Sample
from mentorstudy.nouns.results import Estimated, Estimates
from mentorstudy.nouns.study import Study
from mentorstudy.numerics.logistic import SeparationError

# (design, kind): the primary method, then those beside it
METHODS: dict[tuple[str, str], tuple[Method, ...]] = {
    ("randomised", "event"): (adjusted, difference, complier, naive),
    ("randomised", "scale"): (adjusted, difference, complier, naive),
    ("randomised", "exit"): (kept, kept_modelled, kept_complier, kept_naive),
    ("fixed-match", "event"): (adjusted, difference, naive),
    ("fixed-match", "scale"): (adjusted, difference, naive),
    ("fixed-match", "exit"): (kept_weighted, kept_modelled, kept, kept_naive),
}


def estimate(study: Study, cohort: Cohort) -> Estimates:
    """Every outcome of the plan, by the method its design calls for, with the others and the naive beside it."""
    return Estimates(
        outcomes=tuple(
            _estimated(cohort.sample(outcome.sample), settings_for(study, outcome), study.plan.design)
            for outcome in study.outcomes
        ),
        min_group=study.plan.thresholds.min_group,
        private=study.plan.thresholds.counts == "private",
    )


def _estimated(sample: Sample, settings: Settings, design: str) -> Estimated:
    outcome = settings.outcome
    if problem := problem_with(sample, outcome, settings.cluster):
        return Estimated(outcome=outcome.name, primary=None, problem=problem)
    methods = METHODS[design, outcome.kind]
    if adjusted in methods and not settings.adjust_for:
        methods = tuple(method for method in methods if method is not adjusted)
    weighted = kept_weighted in methods
    try:
        primary, *others = (found for method in methods for found in method(sample, settings))
        points = curve(sample, settings, weighted=weighted) if outcome.kind == "exit" else ()
    except SeparationError:
        problem = (
            "what was known before tells the two groups fully apart, so nobody in one is like anybody in the other. "
            "Adjust for less, or compare people who could have been in either."
        )
        return Estimated(outcome=outcome.name, primary=None, problem=problem)
    if not math.isfinite(primary.std_error):
        problem = "so few people cannot carry so many covariates. Adjust for less."
        return Estimated(outcome=outcome.name, primary=None, problem=problem)
    return Estimated(outcome=outcome.name, primary=primary, others=tuple(others), curve=points, weighted=weighted)
