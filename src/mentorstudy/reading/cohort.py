"""Cohort: all files of one cohort, found and read at once, and what shows only from all of them."""

from contextlib import suppress
from itertools import product

from mentorstudy.nouns.errors import DataError, Fault, PlanError, raise_all, raise_both
from mentorstudy.nouns.export import Exports
from mentorstudy.nouns.study import Study
from mentorstudy.reading.contrary import contrary
from mentorstudy.reading.excluding import undone
from mentorstudy.reading.far import far_off, long_ago
from mentorstudy.reading.gathering import gathered, paths_of
from mentorstudy.reading.idle import idle
from mentorstudy.reading.ids import nearly, of_nobody, written_otherwise
from mentorstudy.reading.outcomes import noted, with_outcomes
from mentorstudy.reading.reached import with_reach
from mentorstudy.reading.twice import in_two_files, in_two_waves, in_wrong_order


def read_cohort(study: Study, label: str) -> Exports:
    """All files of one cohort, coded and typed, each person under one keyed pseudonym in all of them.

    Raises DataError with every fault of every file, PlanError where the plan or the cohort's own facts are at fault.
    """
    facts = study.cohort_file(label)
    found = gathered(study, label)
    listed, answered = found.listed, with_outcomes(study, found.files, found.listed)
    files, faults = answered.files, [*found.faults, *answered.faults, *contrary(study, found.listed)]
    misnamed = [*found.misnamed, *answered.misnamed]
    if not (answered.lacking or found.lacking):
        wrong, doubtful = idle(study, label, answered)
        misnamed += [f"{study.folder / 'plan.toml'}: {said}" for said in wrong]
        files = noted(files, doubtful)
    misnamed += undone(study.plan.exclude, found.excluded, _every_file(study), plan=str(study.folder / "plan.toml"))
    try:
        raise_both(list(dict.fromkeys(faults)), list(dict.fromkeys(misnamed)))
        raise_all(DataError, [*written_otherwise(listed), *in_two_files(files), *in_two_waves(listed)])
        raise_all(DataError, list(in_wrong_order(study, files, listed)))
        raise_all(DataError, [*of_nobody(listed), *far_off(files, study, facts.snapshot)])
    except (DataError, PlanError) as error:
        unsound = {Fault.known(fault).file for fault in faults}
        error.ledgers = tuple(file.ledger for file in files if file.ledger.file not in unsound)
        raise
    files = [file.with_notes(said) for file, said in zip(files, nearly(listed), strict=True)]
    files = [file.with_notes([*long_ago(file, facts.snapshot)]) for file in files]
    return Exports(label=label, facts=facts, files=tuple(with_reach(study, files)))


def _every_file(study: Study) -> list[str]:
    """What messages call the files of every cohort; cohorts that lack one, or name none rightly, are told elsewhere."""
    names: list[str] = []
    for label, sample in product(study.cohorts, study.samples):
        for role, settings in sample.files.items():
            with suppress(DataError, PlanError):
                names += [name for _, name, _ in paths_of(study, label, role, settings)]
    return list(dict.fromkeys(names))
