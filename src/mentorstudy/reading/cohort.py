"""Cohort: all files of one cohort, found and read at once, and what shows only from all of them."""

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from pathlib import Path

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError, Fault, PlanError, raise_all, raise_both
from mentorstudy.nouns.export import Export, Exports
from mentorstudy.nouns.file import File
from mentorstudy.nouns.plan import Role
from mentorstudy.nouns.study import SampleFiles, Study
from mentorstudy.reading.coding.keys import study_key
from mentorstudy.reading.excluding import undone
from mentorstudy.reading.far import far_off
from mentorstudy.reading.files import read_file
from mentorstudy.reading.ids import Listed, of_nobody, written_otherwise
from mentorstudy.reading.outcomes import with_outcomes
from mentorstudy.reading.survey import read_one
from mentorstudy.reading.table import PEOPLE, Excluded
from mentorstudy.reading.twice import in_two_files, in_two_waves, in_wrong_order

OPTIONAL: set[Role] = {"meetings"}  # a cohort may lack these files


def read_cohort(study: Study, label: str) -> Exports:
    """All files of one cohort, coded and typed, each person under one keyed pseudonym in all of them.

    Raises DataError with every fault of every file, PlanError where the plan or the cohort's own facts are at fault.
    """
    facts = study.cohort_file(label)
    key = study_key(study.folder)
    files: list[Export] = []
    faults: list[str] = []
    misnamed: list[str] = []
    listed: list[Listed] = []
    excluded: list[tuple[str, Excluded]] = []
    all_read = True
    for sample in study.samples:
        for role, settings in sample.files.items():
            try:
                places = tuple(_paths(study, label, role, settings))
            except DataError as error:
                faults += error.faults
                all_read = False
                continue
            except PlanError as error:
                misnamed += error.faults
                continue
            for path, name, wave in places:
                try:
                    table = read_file(
                        path,
                        name,
                        settings,
                        exclude=study.plan.exclude,
                        width=study.plan.identity.width,
                        ids=_of_people(study, sample, role),
                    )
                    excluded += [(name, one) for one in table.excluded]
                    read = read_one(
                        study,
                        sample,
                        role,
                        settings,
                        table=table,
                        wave=wave,
                        label=label,
                        called=facts.label_in_files or label,
                        key=key,
                    )
                except DataError as error:
                    faults += error.faults
                    all_read = False
                    continue
                except PlanError as error:
                    misnamed += error.faults
                    continue
                files += [export for export, _, _ in read]
                listed += [persons for _, persons, _ in read]
                faults += [fault for _, _, told in read for fault in told]
    files, wrong, named = with_outcomes(study, files, listed, all_read=all_read and not misnamed)
    faults += wrong
    misnamed += named
    misnamed += undone(study.plan.exclude, excluded, _every_file(study), plan=str(study.folder / "plan.toml"))
    try:
        raise_both(list(dict.fromkeys(faults)), list(dict.fromkeys(misnamed)))
        raise_all(DataError, [*written_otherwise(listed), *in_two_files(files), *in_two_waves(listed)])
        raise_all(DataError, list(in_wrong_order(study, files, listed)))
        raise_all(DataError, [*of_nobody(listed), *far_off(files, study, facts.snapshot)])
    except (DataError, PlanError) as error:
        unsound = {Fault.known(fault).file for fault in faults}
        error.ledgers = tuple(file.ledger for file in files if file.ledger.file not in unsound)
        raise
    return Exports(label=label, facts=facts, files=tuple(files))


def _of_people(study: Study, sample: SampleFiles, role: Role) -> set[str]:
    """The columns of a file that stand for people, or for groups of them."""
    called_by = sample.columns.get(role, {}).items()
    kept = [names for word, names in called_by if word in PEOPLE or word in study.plan.clusters]
    return PEOPLE | {name for names in kept for name in names}


def _every_file(study: Study) -> list[str]:
    """What messages call the files of every cohort; cohorts that lack one, or name none rightly, are told elsewhere."""
    names: list[str] = []
    for label, sample in product(study.cohorts, study.samples):
        for role, settings in sample.files.items():
            with suppress(DataError, PlanError):
                names += [name for _, name, _ in _paths(study, label, role, settings)]
    return list(dict.fromkeys(names))


def _paths(study: Study, label: str, role: Role, settings: File) -> Iterator[tuple[Path, str, str]]:
    """The files of one role, what messages call them, and the wave that the pattern's star stands for."""
    folder = study.folder / label
    pattern = settings.path.replace("{cohort}", label)
    before, star, after = pattern.partition("*")
    paths = sorted(folder.glob(pattern)) if star else [folder / pattern]
    home = study.folder.resolve()
    if any(not path.resolve().is_relative_to(home) for path in paths):
        raise PlanError(
            f"{study.folder / 'plan.toml'}: files.{role}: {settings.path} lies outside the study's folder."
        )
    if role in OPTIONAL or settings.optional:
        paths = [path for path in paths if path.exists()]
    elif not paths:
        raise DataError(f"{label}: no file {pattern} here. Put it there, or name the right one under [files].")
    for path in paths:
        wave = path.name[len(Path(before).name) : len(path.name) - len(after)] if star else ""
        yield path, cleaned(Path(os.path.relpath(path, study.folder)).as_posix()), cleaned(wave)
