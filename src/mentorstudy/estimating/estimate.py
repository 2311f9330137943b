"""Estimate: which method answers which outcome in which design, and all of them run."""

from dataclasses import replace

from mentorstudy.estimating.adjusted import adjusted
from mentorstudy.estimating.complier import complier
from mentorstudy.estimating.described import described, happening, lasted, problem_alone
from mentorstudy.estimating.difference import bounds, difference, naive
from mentorstudy.estimating.method import Method, Settings, settings_for
from mentorstudy.estimating.published import published
from mentorstudy.estimating.retention import (
    curve,
    kept,
    kept_complier,
    kept_modelled,
    kept_naive,
    kept_weighted,
)
from mentorstudy.estimating.rows import problem_with
from mentorstudy.nouns.cohort import Cohort, Sample
from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.results import Estimated, Estimates
from mentorstudy.nouns.study import Study
from mentorstudy.numerics.logistic import SeparationError

# (design, kind): the primary method, then those beside it
METHODS: dict[tuple[str, str], tuple[Method, ...]] = {
    ("randomised", "event"): (adjusted, difference, bounds, complier, naive),
    ("randomised", "item"): (adjusted, difference, bounds, complier, naive),
    ("randomised", "scale"): (adjusted, difference, complier, naive),
    ("randomised", "metric"): (adjusted, difference, complier, naive),
    ("randomised", "exit"): (kept, kept_modelled, kept_complier, kept_naive),
    ("fixed-match", "event"): (adjusted, difference, bounds, naive),
    ("fixed-match", "item"): (adjusted, difference, bounds, naive),
    ("fixed-match", "scale"): (adjusted, difference, naive),
    ("fixed-match", "metric"): (adjusted, difference, naive),
    ("fixed-match", "exit"): (kept_weighted, kept_modelled, kept, kept_naive),
}


def estimate(study: Study, cohort: Cohort) -> Estimates:
    """Every outcome of the plan, by the method its design calls for, with the others and the naive beside it."""
    found = tuple(
        estimated(cohort.sample(outcome.sample).between(arm), settings_for(study, outcome, arm), study.plan.design)
        for outcome in study.outcomes
        for arm in study.arms
    )
    printed = tuple(
        estimate
        for specification in study.plan.specifications.values()
        for outcome in study.outcomes
        if outcome.name == specification.outcome
        for estimate in published(
            cohort.sample(outcome.sample), settings_for(study, outcome, study.arms[0]), specification
        )
    )
    return Estimates(
        outcomes=tuple(_beside(one, printed) for one in found),
        min_group=study.plan.thresholds.min_group,
        private=study.plan.thresholds.counts == "private",
    )


def _beside(found: Estimated, printed: tuple[Estimate, ...]) -> Estimated:
    """With the published analyses of its outcome and arm at the end, where it has a number of its own."""
    if found.primary is None:
        return found
    ours = tuple(one for one in printed if (one.outcome, one.arm) == (found.outcome, found.arm))
    return replace(found, others=(*found.others, *ours))


def _alone(sample: Sample, settings: Settings) -> Estimated:
    """One group by itself: nothing is estimated but how it stood and how it changed."""
    outcome = settings.outcome
    if problem := problem_alone(sample, settings):
        return Estimated(outcome=outcome.name, arm=settings.arm, primary=None, problem=problem)
    primary, *others = (lasted if outcome.lasting else described)(sample, settings)
    points = happening(sample, settings) if outcome.lasting else ()
    return Estimated(outcome=outcome.name, arm=settings.arm, primary=primary, others=tuple(others), curve=points)


def estimated(sample: Sample, settings: Settings, design: str) -> Estimated:
    """One outcome of one arm, by all methods of its design; or why it has no number."""
    outcome = settings.outcome
    if design == "single-group":
        return _alone(sample, settings)
    if problem := problem_with(sample, outcome, settings.waves, settings.cluster):
        return Estimated(outcome=outcome.name, arm=settings.arm, primary=None, problem=problem)
    methods = METHODS[design, outcome.kind]
    if adjusted in methods and not settings.adjust_for:
        methods = tuple(method for method in methods if method is not adjusted)
    weighted = kept_weighted in methods
    try:
        primary, *others = (found for method in methods for found in method(sample, settings))
        if len(settings.waves) > 1:
            others += [
                found for wave in settings.waves for found in methods[0](sample, replace(settings, waves=(wave,)))
            ]
        points = curve(sample, settings, weighted=weighted) if outcome.kind == "exit" else ()
    except SeparationError:
        problem = (
            "what was known before tells the two groups fully apart, so nobody in one is like anybody in the other. "
            "Adjust for less, or compare people who could have been in either."
        )
        return Estimated(outcome=outcome.name, arm=settings.arm, primary=None, problem=problem)
    if primary.std_error is None:
        problem = "so few people cannot carry so many covariates. Adjust for less."
        return Estimated(outcome=outcome.name, arm=settings.arm, primary=None, problem=problem)
    return Estimated(
        outcome=outcome.name,
        arm=settings.arm,
        primary=primary,
        others=tuple(others),
        curve=points,
        weighted=weighted,
    )
