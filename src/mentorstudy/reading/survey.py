"""Survey and cohort: what each file is, and all files of one cohort read at once."""

import os
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import product
from pathlib import Path
from typing import NoReturn

import pandas as pd

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError, PlanError, raise_all, raise_both
from mentorstudy.nouns.export import Export, Exports
from mentorstudy.nouns.file import File
from mentorstudy.nouns.flow import Ledger
from mentorstudy.nouns.plan import Role
from mentorstudy.nouns.study import SampleFiles, Study
from mentorstudy.reading.coding.keys import study_key
from mentorstudy.reading.earlier import compared
from mentorstudy.reading.excluding import people_left_out, undone
from mentorstudy.reading.far import far_off
from mentorstudy.reading.files import read_file, with_response
from mentorstudy.reading.grid import as_in
from mentorstudy.reading.ids import Listed, of_nobody, written_otherwise
from mentorstudy.reading.items import item_answers, wordings
from mentorstudy.reading.records import read_records
from mentorstudy.reading.standing import standing
from mentorstudy.reading.suffixes import by_suffix
from mentorstudy.reading.table import PEOPLE, Excluded, Table
from mentorstudy.reading.twice import in_two_files, in_two_waves, in_wrong_order
from mentorstudy.reading.wanted import wanted

OPTIONAL: set[Role] = {"meetings"}  # a cohort may lack these files
OTHER_COHORT = "of another cohort"
EARLIER = "another answer of the same person"


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
    for sample in study.samples:
        for role, settings in sample.files.items():
            try:
                places = tuple(_paths(study, label, role, settings))
            except DataError as error:
                faults += error.faults
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
                    read = _read(
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
                    continue
                except PlanError as error:
                    misnamed += error.faults
                    continue
                files += [export for export, _ in read]
                listed += [persons for _, persons in read]
    misnamed += undone(study.plan.exclude, excluded, _every_file(study), plan=str(study.folder / "plan.toml"))
    try:
        raise_both(list(dict.fromkeys(faults)), list(dict.fromkeys(misnamed)))
        raise_all(DataError, [*written_otherwise(listed), *in_two_files(files), *in_two_waves(listed)])
        raise_all(DataError, list(in_wrong_order(study, files, listed)))
        raise_all(DataError, [*of_nobody(listed), *far_off(files, study, facts.snapshot)])
    except (DataError, PlanError) as error:
        error.ledgers = tuple(file.ledger for file in files)
        raise
    return Exports(label=label, facts=facts, files=tuple(files))


def _of_people(study: Study, sample: SampleFiles, role: Role) -> set[str]:
    """The columns of a file that stand for people, or for groups of them."""
    mapping = sample.columns.get(role, {})
    return PEOPLE | {column for word, column in mapping.items() if word in PEOPLE or word in study.plan.clusters}


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


def _read(
    study: Study,
    sample: SampleFiles,
    role: Role,
    settings: File,
    *,
    table: Table,
    wave: str,
    label: str,
    called: str,
    key: bytes,
) -> list[tuple[Export, Listed]]:
    """One file, as one export, or as one for each wave that its headers end in."""
    mapping = sample.columns.get(role, {})
    table = with_response(table, mapping, settings.waves)
    if settings.wave != "suffix":
        table, wave = _one_wave(table, settings, mapping.get("wave", "wave"), wave)
    if role == "survey" and (said := compared(study.folder, label, table, key)):
        table = replace(table, notes=(*table.notes, f"{table.file}: {said}."))
    if "cohort" in sample.columns.get(role, {}):
        table = _of_cohort(table, sample.columns[role]["cohort"], role, called)
    if not sample.linked:
        table = table.anonymous()
    if settings.wave != "suffix":
        return [_export(study, sample, role, settings, table=table, wave=wave, key=key)]
    if role != "survey":
        raise PlanError(
            f'{study.folder / "plan.toml"}: files.{role}: wave = "suffix" is for surveys; this file has one row a '
            "person and wave."
        )
    waves = tuple(dict.fromkeys(wave for _, wave in study.asked))
    faults: list[str] = []
    exports: list[tuple[Export, Listed]] = []
    for at, of in list(by_suffix(table, settings, waves)):
        once = of if at == waves[0] else replace(of, notes=())  # what was noticed is told with the first wave
        try:
            exports.append(_export(study, sample, role, settings, table=once, wave=at, key=key))
        except DataError as error:
            faults += error.faults
    raise_all(DataError, faults)
    return exports


def _export(
    study: Study, sample: SampleFiles, role: Role, settings: File, *, table: Table, wave: str, key: bytes
) -> tuple[Export, Listed]:
    name, height = table.file, table.height
    taken = wanted(study, sample, role)
    try:
        table, rows = read_records(table, taken, study=study, key=key, wave=wave)
    except (DataError, PlanError) as error:
        _with_those_of_items(error, study, sample, role, table=table, wave=wave)
    reasons = pd.DataFrame(index=rows.index)
    said: tuple[str, ...] = ()
    if role == "survey":
        who = [word for word in ("person", "wave") if word in rows]
        person = rows.groupby(who, sort=False, observed=True, dropna=False).ngroup().to_numpy()
        stands = standing(table, settings, person, study.plan.placeholders.dates)
        table, rows = table.without(stands.others, EARLIER), rows[~stands.others]
        try:
            answers, reasons, coded = item_answers(study, table, sample=sample.name, wave=wave, rows=rows.index)
        except DataError as error:
            raise DataError(*stands.faults, *error.faults) from error
        raise_all(DataError, stands.faults)
        said = (*stands.said, *coded)
        rows = pd.concat([rows, answers], axis=1)
    export = Export(
        sample=sample.name,
        role=role,
        wave=wave,
        rows=rows,
        reasons=reasons,
        wordings=wordings(study, table, sample=sample.name, wave=wave) if role == "survey" else (),
        left_out=people_left_out(table, taken.words["person"], width=study.plan.identity.width, key=key)
        if role == "matches"
        else frozenset(),
        ledger=Ledger(
            file=name,
            sha256=table.sha256,
            rows=height,
            kept=len(rows),
            dropped=dict(sorted(table.dropped.items())),
            merged=table.merged,
            read_as=table.read_as,
            notes=(*table.notes, *said),
        ),
    )
    return export, Listed(
        sample=sample.name, role=role, wave=wave, table=table, persons=table.columns[taken.words["person"]]
    )


def _with_those_of_items(
    error: DataError | PlanError, study: Study, sample: SampleFiles, role: Role, *, table: Table, wave: str
) -> NoReturn:
    """Raise a survey's faults with those of its answers, so that all of them are mended at once."""
    faults: tuple[str, ...] = ()
    if role == "survey" and not table.headless:
        try:
            item_answers(study, table, sample=sample.name, wave=wave, rows=pd.Index(table.rows))
        except DataError as others:
            faults = others.faults
    raise DataError(*error.faults, *faults) if faults or isinstance(error, DataError) else error


def _one_wave(table: Table, settings: File, name: str, wave: str) -> tuple[Table, str]:
    """The table and the wave of its rows, told by the file's name or by a column, never by both in silence."""
    if not wave or name not in table.columns:
        return table, wave
    if settings.wave == "column":
        return table, ""
    other = ~table.columns[name].among({wave, ""})
    if settings.wave != "pattern" and other.any():
        raise DataError(
            *table.fault(
                other,
                name,
                f"another wave than {wave}, for which the file's name stands. Say what tells it, under [files] in "
                f'plan.toml, {as_in(settings.path, "wave", "column")}, or "pattern".',
            )
        )
    return table.less([name]), wave


def _of_cohort(table: Table, name: str, role: Role, called: str) -> Table:
    """The rows of one cohort of a file that holds several."""
    column = table.column(name, role=role, word="cohort")
    ours = column.among({called})
    if not ours.any():
        raise DataError(
            f"{table.file}: column {name}: no row of cohort {called}. If the file calls it otherwise, write "
            'label_in_files = "..." in its cohort.toml.'
        )
    return table.without(~ours, OTHER_COHORT)
