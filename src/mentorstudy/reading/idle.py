"""Idle: sets of answers under [labels] that name nothing in one cohort, and whether they do in another."""

from collections.abc import Collection
from contextlib import suppress

from mentorstudy.nouns.errors import DataError, PlanError
from mentorstudy.nouns.study import Study
from mentorstudy.reading.gathering import gathered
from mentorstudy.reading.labelled import of_nothing
from mentorstudy.reading.outcomes import with_outcomes


def idle(study: Study, label: str, met: Collection[str]) -> tuple[list[str], list[str]]:
    """What is wrong with each set that is not among those `met` in a cohort, nor in another: faults, or else doubts.

    The other cohorts are read for it, one by one until every set has met what it holds for. It is in doubt where one
    of them cannot be read, as before its answers are there.
    """
    left = [name for name in study.plan.labels if name not in met]
    sure = True
    for other in study.cohorts:
        if left and other != label:
            there, whole = _met(study, other)
            left = [name for name in left if name not in there]
            sure = sure and whole
    said = list(of_nothing(study, left))
    return (said, []) if sure else ([], said)


def _met(study: Study, label: str) -> tuple[set[str], bool]:
    """The sets that hold for something in a cohort, and whether all of it was read."""
    with suppress(DataError, PlanError):
        found = gathered(study, label, remembered=False)
        answered = with_outcomes(study, found.files, found.listed)
        surveyed = {one.sample for one in found.listed if one.role == "survey"}
        unread = answered.lacking - (_optional(study) - surveyed)
        return answered.met, not (unread or found.lacking)
    return set(), False


def _optional(study: Study) -> set[str]:
    """The samples whose survey some cohorts do not have."""
    return {
        sample.name
        for sample in study.samples
        if (survey := sample.files.get("survey")) is not None and survey.optional
    }
