"""Cohort: all files of one cohort, found and read at once, and what shows only from all of them."""

import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import date
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


@dataclass(slots=True)
class _Found:
    """What the files of a cohort hold, and what is wrong with them."""

    files: list[Export] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    excluded: list[tuple[str, Excluded]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    misnamed: list[str] = field(default_factory=list)
    all_read: bool = True

    @contextmanager
    def all_faults(self) -> Iterator[None]:
        """Keeps the faults of one file, so that those of the next are told with them."""
        try:
            yield
        except DataError as error:
            self.faults += error.faults
            self.all_read = False
        except PlanError as error:
            self.misnamed += error.faults

    def add(self, read: Iterable[tuple[Export, Listed, Sequence[str]]]) -> None:
        """The parts that one file was read into."""
        for export, persons, told in read:
            self.files.append(export)
            self.listed.append(persons)
            self.faults += told


def read_cohort(study: Study, label: str) -> Exports:
    """All files of one cohort, coded and typed, each person under one keyed pseudonym in all of them.

    Raises DataError with every fault of every file, PlanError where the plan or the cohort's own facts are at fault.
    """
    facts = study.cohort_file(label)
    key = study_key(study.folder)
    found = _Found()
    for sample in study.samples:
        for role, settings in sample.files.items():
            places: list[tuple[Path, str, str]] = []
            with found.all_faults():
                places += _paths(study, label, role, settings)
            for path, name, wave in places:
                with found.all_faults():
                    table = read_file(
                        path,
                        name,
                        settings,
                        exclude=study.plan.exclude,
                        width=study.plan.identity.width,
                        ids=_of_people(study, sample, role),
                    )
                    found.excluded += [(name, one) for one in table.excluded]
                    found.add(
                        read_one(
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
                    )
    return Exports(label=label, facts=facts, files=tuple(_sound(study, found, facts.snapshot)))


def _sound(study: Study, found: _Found, snapshot: date | None) -> list[Export]:
    """The files, with what shows only from all of them; else every fault, and the ledgers of files without one."""
    complete = found.all_read and not found.misnamed
    files, wrong, named = with_outcomes(study, found.files, found.listed, all_read=complete)
    faults = found.faults + wrong
    named += undone(study.plan.exclude, found.excluded, _every_file(study), plan=str(study.folder / "plan.toml"))
    try:
        raise_both(list(dict.fromkeys(faults)), list(dict.fromkeys(found.misnamed + named)))
        listed = found.listed
        raise_all(DataError, [*written_otherwise(listed), *in_two_files(files), *in_two_waves(listed)])
        raise_all(DataError, list(in_wrong_order(study, files, listed)))
        raise_all(DataError, [*of_nobody(listed), *far_off(files, study, snapshot)])
    except (DataError, PlanError) as error:
        unsound = {Fault.known(fault).file for fault in faults}
        error.ledgers = tuple(file.ledger for file in files if file.ledger.file not in unsound)
        raise
    return files


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
