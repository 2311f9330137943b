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
from mentorstudy.checking.sensitivity import check_family, check_unmeasured
from mentorstudy.checking.straight import check_straight
from mentorstudy.estimating.method import settings_for
from mentorstudy.estimating.weighted import weighing
from mentorstudy.nouns.cohort import Cohort
from mentorstudy.nouns.evidence import Measure
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.results import Checks, Estimated, Estimates
from mentorstudy.nouns.study import Study

CHECKS: tuple[CheckFunction, ...] = (
    check_attrition,
    check_response,
    check_overlap,
    check_missing,
    check_reliability,
    check_straight,
    check_start,
    check_linked,
    check_dose,
    check_unmeasured,
)


# Without a comparison there is nothing to be alike, or to lose more of.
ALONE: tuple[CheckFunction, ...] = (check_response, check_reliability, check_straight, check_growth)


def check(study: Study, cohort: Cohort, estimates: Estimates) -> Checks:
    """Every check on every outcome that has a number, and the tables behind them."""
    measured = {sample.name: measures(study, sample) for sample in cohort.samples}
    cases = [
        _case(study, cohort, estimates.of(outcome.name, arm), outcome, measured=measured[outcome.sample])
        for outcome in study.outcomes
        for arm in study.arms
    ]
    estimated = [case for case in cases if case.estimated.primary is not None]
    compared = estimated if study.compares else []
    before = {case.key: baseline(case) for case in compared}
    # One balance table a sample and arm: from the outcome that weights where one does, so that it shows before and
    # after.
    shown = {
        (case.sample.name, case.settings.arm): case
        for case in sorted(compared, key=lambda case: case.estimated.weighted)
    }
    functions = CHECKS if study.compares else ALONE
    return Checks(
        checks=tuple(
            found
            for case in estimated
            for checks in (
                *([check_baseline(case, before[case.key])] if study.compares else []),
                *(function(case) for function in functions),
                check_family(case, estimates),
            )
            for found in checks
        ),
        balance=tuple(row for case in shown.values() for row in before_and_after(case)),
        baseline=tuple(row for rows in before.values() for row in rows),
        measures=tuple(row for rows in measured.values() for row in rows),
        contact=tuple(dict.fromkeys(row for case in cases for row in contact(case))),
        attrition={case.key: seen_by_wave(case) for case in cases},
        left_out={case.key: left_out(case) for case in compared},
    )


def _case(
    study: Study, cohort: Cohort, found: Estimated, outcome: Outcome, *, measured: tuple[Measure, ...]
) -> Case:
    sample, settings = cohort.sample(outcome.sample).between(found.arm), settings_for(study, outcome, found.arm)
    weighs = found.weighted and found.primary is not None
    return Case(
        study=study,
        sample=sample,
        settings=settings,
        estimated=found,
        measures=measured,
        weighing=weighing(sample, settings) if weighs else None,
    )
