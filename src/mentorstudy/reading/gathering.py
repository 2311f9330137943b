"""Gathering: the files of one cohort, found and read one by one, with the faults of each."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from mentorstudy.nouns.cleaning import cleaned, spelled
from mentorstudy.nouns.errors import DataError, PlanError
from mentorstudy.nouns.export import Export
from mentorstudy.nouns.file import File
from mentorstudy.nouns.plan import Role
from mentorstudy.nouns.study import SampleFiles, Study
from mentorstudy.reading.coding.clocks import zone_named
from mentorstudy.reading.coding.keys import study_key
from mentorstudy.reading.files import read_file, there
from mentorstudy.reading.ids import Listed
from mentorstudy.reading.survey import read_one
from mentorstudy.reading.table import PEOPLE, Excluded

OPTIONAL: set[Role] = {"meetings"}  # a cohort may lack these files


@dataclass(slots=True, kw_only=True)
class Gathered:
    """The exports of a cohort's files with their persons; the faults of the files and of the plan.

    `lacking` says whether a file, or a part of one, could not be read.
    """

    files: list[Export] = field(default_factory=list)
    listed: list[Listed] = field(default_factory=list)
    excluded: list[tuple[str, Excluded]] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    misnamed: list[str] = field(default_factory=list)
    lacking: bool = False

    def add(self, read: list[tuple[Export, Listed, tuple[str, ...]]]) -> None:
        """Keep what one file gave."""
        self.files += [export for export, _, _ in read]
        self.listed += [persons for _, persons, _ in read]
        self.faults += [fault for _, _, told in read for fault in told]

    @contextmanager
    def going_on(self) -> Iterator[None]:
        """Keep why a file could not be read, and go on with the next."""
        try:
            yield
        except (DataError, PlanError) as error:
            self.lacking = True
            told = self.misnamed if isinstance(error, PlanError) else self.faults
            told += error.faults


def gathered(study: Study, label: str, *, remembered: bool = True) -> Gathered:
    """Every file of a cohort, and all faults of each; `remembered` if they are to be compared with the next export.

    Raises PlanError where the cohort's own facts are at fault.
    """
    study.cohort_file(label)  # whose faults stand before those of any file
    key, found = study_key(study.folder), Gathered()
    for sample in study.samples:
        for role, settings in sample.files.items():
            places: list[tuple[Path, str, str]] = []
            with found.going_on():
                _clocks_are_known(study, role, settings)
                places += paths_of(study, label, role, settings)
            for path, name, wave in places:
                with found.going_on():
                    table = read_file(
                        path,
                        name,
                        settings,
                        exclude=study.plan.exclude,
                        written=study.plan.identity,
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
                            label=label if remembered else "",
                            cohort=label,
                            key=key,
                        )
                    )
    return found


def _clocks_are_known(study: Study, role: Role, settings: File) -> None:
    """PlanError, with its place, for a time zone of the plan that there is not."""
    try:
        zone_named(settings.time_zone or "UTC")
    except PlanError as error:
        plan = study.folder / "plan.toml"
        raise PlanError(*(f"{plan}: files.{role}: time_zone: {fault}" for fault in error.faults)) from None


def _of_people(study: Study, sample: SampleFiles, role: Role) -> set[str]:
    """The columns of a file that stand for people, or for groups of them."""
    called_by = sample.columns.get(role, {}).items()
    kept = [names for word, names in called_by if word in PEOPLE or word in study.plan.clusters]
    return PEOPLE | {name for names in kept for name in names}


def paths_of(study: Study, label: str, role: Role, settings: File) -> Iterator[tuple[Path, str, str]]:
    """The files of one role, what messages call them, and the wave that the pattern's star stands for."""
    folder = study.folder / label
    pattern = settings.path.replace("{cohort}", label)
    before, star, after = cleaned(pattern).partition("*")
    paths = (
        sorted({path for one in spelled(pattern) for path in folder.glob(one)})
        if star
        else [there(folder, pattern)]
    )
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
        called = cleaned(path.name)
        wave = called[len(Path(before).name) : len(called) - len(after)] if star else ""
        yield path, cleaned(Path(os.path.relpath(path, study.folder)).as_posix()), wave
