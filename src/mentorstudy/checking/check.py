"""Check: the table of checks, each run on every outcome."""

from mentorstudy.checking.attrition import check_attrition, check_response, seen_by_wave
from mentorstudy.checking.balance import baseline, before_and_after, check_baseline, left_out
from mentorstudy.checking.case import Case, CheckFunction
from mentorstudy.checking.growth import check_growth
from mentorstudy.checking.measures import check_reliability, measures
from mentorstudy.checking.overlap import (
    check_dose,
    check_linked,
    check_missing,
    check_overlap,
    check_start,
    contact,
)
from mentorstudy.estimating.method import settings_for
from mentorstudy.nouns.cohort import Cohort
from mentorstudy.nouns.results import Checks, Estimates
from mentorstudy.nouns.study import Study

CHECKS: tuple[CheckFunction, ...] = (
    check_baseline,
    check_attrition,
    check_response,
    check_overlap,
    check_missing,
    check_reliability,
    check_start,
    check_linked,
    check_dose,
)


# Without a comparison there is nothing to be alike, or to lose more of.
ALONE: tuple[CheckFunction, ...] = (check_response, check_reliability, check_growth)


def check(study: Study, cohort: Cohort, estimates: Estimates) -> Checks:
    """Every check on every outcome that has a number, and the tables behind them."""
    measured = {sample.name: measures(study, sample) for sample in cohort.samples}
    cases = [
        Case(
            study=study,
            sample=cohort.sample(outcome.sample).between(arm),
            settings=settings_for(study, outcome, arm),
            estimated=estimates.of(outcome.name, arm),
            measures=measured[outcome.sample],
        )
        for outcome in study.outcomes
        for arm in study.arms
    ]
    estimated = [case for case in cases if case.estimated.primary is not None]
    # One balance table a sample and arm: from the outcome that weights where one does, so that it shows before and
    # after.
    shown = {
        (case.sample.name, case.settings.arm): case
        for case in sorted(estimated, key=lambda case: case.estimated.weighted)
    }
    compared = shown.values() if study.compares else ()
    functions = CHECKS if study.compares else ALONE
    return Checks(
        checks=tuple(found for case in estimated for function in functions for found in function(case)),
        balance=tuple(row for case in compared for row in before_and_after(case)),
        baseline=tuple(row for case in estimated if study.compares for row in baseline(case)),
        measures=tuple(row for rows in measured.values() for row in rows),
        contact=tuple(dict.fromkeys(row for case in cases for row in contact(case))),
        attrition={(case.settings.outcome.name, case.settings.arm): seen_by_wave(case) for case in cases},
        left_out={
            (case.settings.outcome.name, case.settings.arm): left_out(case) for case in estimated if study.compares
        },
    )
