"""Survey and cohort: what each file is, and all files of one cohort read at once."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError, PlanError, raise_all, raise_both
from mentorstudy.nouns.export import Export, Exports
from mentorstudy.nouns.file import File
from mentorstudy.nouns.flow import Ledger
from mentorstudy.nouns.plan import Role
from mentorstudy.nouns.study import SampleFiles, Study
from mentorstudy.reading.coding.keys import study_key
from mentorstudy.reading.coding.moments import moments_of
from mentorstudy.reading.earlier import compared
from mentorstudy.reading.files import read_file, with_response
from mentorstudy.reading.grid import as_in
from mentorstudy.reading.ids import Listed, of_nobody, written_otherwise
from mentorstudy.reading.items import item_answers, wordings
from mentorstudy.reading.outcomes import with_outcomes
from mentorstudy.reading.records import read_records
from mentorstudy.reading.suffixes import by_suffix
from mentorstudy.reading.table import PEOPLE, Table
from mentorstudy.reading.twice import in_two_files, in_two_waves
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
                    read = _read(
                        study,
                        sample,
                        role,
                        settings,
                        path=path,
                        name=name,
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
    raise_both(list(dict.fromkeys(faults)), list(dict.fromkeys(misnamed)))
    raise_all(DataError, [*written_otherwise(listed), *in_two_files(files), *in_two_waves(listed)])
    raise_all(DataError, list(of_nobody(listed)))
    return Exports(label=label, facts=facts, files=tuple(files))


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
    path: Path,
    name: str,
    wave: str,
    label: str,
    called: str,
    key: bytes,
) -> list[tuple[Export, Listed, tuple[str, ...]]]:
    """One file, as one export, or as one for each wave that its headers end in; each with the faults of its answers."""
    called_by = sample.columns.get(role, {})
    ids = {one for names in called_by.values() for one in names} | PEOPLE
    table = read_file(path, name, settings, exclude=study.plan.exclude, ids=ids)
    mapping = _mapping(called_by, table, role)
    table = with_response(table, mapping, settings.waves)
    if settings.wave != "suffix":
        table, wave = _one_wave(table, settings, mapping.get("wave", "wave"), wave)
    if role == "survey" and (changes := compared(study.folder, label, table, key)):
        table = replace(table, notes=(*table.notes, f"{name}: {changes.in_words}."))
    if "cohort" in mapping:
        table = _of_cohort(table, mapping["cohort"], role, called)
    if not sample.linked:
        table = table.anonymous()
    if settings.wave != "suffix":
        return [_export(study, sample, role, settings, table=table, mapping=mapping, wave=wave, key=key)]
    if role != "survey":
        raise PlanError(
            f'{study.folder / "plan.toml"}: files.{role}: wave = "suffix" is for surveys; this file has one row a '
            "person and wave."
        )
    waves = tuple(dict.fromkeys(wave for _, wave in study.asked))
    faults: list[str] = []
    exports: list[tuple[Export, Listed, tuple[str, ...]]] = []
    for at, of in list(by_suffix(table, settings, waves)):
        once = of if at == waves[0] else replace(of, notes=())  # what was noticed is told with the first wave
        try:
            exports.append(_export(study, sample, role, settings, table=once, mapping=mapping, wave=at, key=key))
        except DataError as error:
            faults += error.faults
    raise_all(DataError, faults)
    return exports


def _mapping(called_by: Mapping[str, Sequence[str]], table: Table, role: Role) -> dict[str, str]:
    """The kit's words with the columns that this file has for them; files of other waves may call them otherwise."""
    found: dict[str, str] = {}
    for word, names in called_by.items():
        present = list(dict.fromkeys(name for name in names if table.find(name)))
        if len(present) > 1:
            raise DataError(
                f"{table.file}: columns {' and '.join(present)} are both {word}, by [columns.{role}] in plan.toml. "
                "Keep the right one there."
            )
        if not present and len(names) > 1:
            table.column(names[0], role=role, word=word, others=names[1:])
        found[word] = present[0] if present else names[0]
    return found


def _export(
    study: Study,
    sample: SampleFiles,
    role: Role,
    settings: File,
    *,
    table: Table,
    mapping: Mapping[str, str],
    wave: str,
    key: bytes,
) -> tuple[Export, Listed, tuple[str, ...]]:
    name, height = table.file, table.height
    taken = wanted(study, sample, role, mapping)
    table, rows = read_records(table, taken, study=study, key=key, wave=wave)
    reasons = pd.DataFrame(index=rows.index)
    said: tuple[str, ...] = ()
    faults: tuple[str, ...] = ()
    if role == "survey":
        other = superseded(table, settings, rows[[word for word in ("person", "wave") if word in rows]])
        table, rows = table.without(other, EARLIER), rows[~other]
        answers, reasons, said, faults = item_answers(study, table, wave=wave, rows=rows.index)
        rows = pd.concat([rows, answers], axis=1)
    export = Export(
        sample=sample.name,
        role=role,
        wave=wave,
        rows=rows,
        reasons=reasons,
        wordings=wordings(study, table, sample=sample.name, wave=wave) if role == "survey" else (),
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
    persons = table.columns[taken.words["person"]]
    return export, Listed(sample=sample.name, role=role, wave=wave, table=table, persons=persons), faults


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


def superseded(table: Table, settings: File, who: pd.DataFrame) -> NDArray[np.bool_]:
    """All answers of one person (and wave) but one: a finished one before others, then the latest handed in.

    Where the file tells neither, the last row stands.
    """
    response = table.response
    finished = response["finished"].among({"1"}) if "finished" in response else np.zeros(len(who), dtype=bool)
    when = np.zeros(len(who))
    if "submitted_at" in response:
        column = response["submitted_at"]
        read = moments_of(column.words, settings.time_zone or table.zone, settings.date_order or "")
        if not read.faults:
            when = np.where(np.isnat(read.values), 0, read.values.astype(np.int64))[column.codes]
    order = np.lexsort((np.arange(len(who)), when, finished))
    kept = ~who.iloc[order].duplicated(keep="last").to_numpy()
    other = np.ones(len(who), dtype=bool)
    other[order[kept]] = False
    return other


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
