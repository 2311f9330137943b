"""Idle: sets of answers under [labels] that name nothing in one cohort, and whether they do in another."""

from contextlib import suppress

from mentorstudy.nouns.errors import DataError, PlanError
from mentorstudy.nouns.study import Study
from mentorstudy.reading.awaited import awaited
from mentorstudy.reading.gathering import gathered
from mentorstudy.reading.labelled import of_nothing
from mentorstudy.reading.outcomes import Answered, with_outcomes


def idle(study: Study, label: str, here: Answered) -> tuple[list[str], list[str]]:
    """What is wrong with each set that holds for nothing in a cohort, nor in another: faults, or else doubts.

    The other cohorts are read for it, one by one until every set has met what it holds for. It is in doubt where one
    of them cannot be read, as before the answers of all its waves are there. So it is where answers are at fault in the
    other alone: those that are so in both may lack this very set.
    """
    left = [name for name in study.plan.labels if name not in here.met]
    sure = True
    for other in study.cohorts:
        if left and other != label:
            there, whole = _met(study, other, faulty=bool(here.faults))
            left = [name for name in left if name not in there]
            sure = sure and whole
    said = list(of_nothing(study, left))
    return (said, []) if sure else ([], said)


def _met(study: Study, label: str, *, faulty: bool) -> tuple[set[str], bool]:
    """The sets that hold for something in a cohort, and whether all of it was read; its answers may be `faulty`."""
    with suppress(DataError, PlanError):
        found = gathered(study, label, remembered=False)
        answered = with_outcomes(study, found.files, found.listed)
        surveyed = {one.sample for one in found.listed if one.role == "survey"}
        unread = (answered.lacking | awaited(study, found.files, found.listed)) - (_optional(study) - surveyed)
        wrong = found.faults or (answered.faults and not faulty)
        return answered.met, not (unread or found.lacking or wrong)
    return set(), False


def _optional(study: Study) -> set[str]:
    """The samples whose survey some cohorts do not have."""
    return {
        sample.name
        for sample in study.samples
        if (survey := sample.files.get("survey")) is not None and survey.optional
    }
