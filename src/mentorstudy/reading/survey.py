"""Survey: one file of a cohort, coded and typed, its rows chosen and each person under a keyed pseudonym."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from typing import NoReturn

import pandas as pd

from mentorstudy.nouns.errors import DataError, PlanError, raise_all
from mentorstudy.nouns.export import Export
from mentorstudy.nouns.file import File
from mentorstudy.nouns.flow import Ledger
from mentorstudy.nouns.plan import Role
from mentorstudy.nouns.study import SampleFiles, Study
from mentorstudy.reading.cohortwords import of_cohort
from mentorstudy.reading.earlier import compared
from mentorstudy.reading.emptied import not_emptied
from mentorstudy.reading.excluding import people_left_out
from mentorstudy.reading.files import with_response
from mentorstudy.reading.grid import as_in
from mentorstudy.reading.ids import Listed
from mentorstudy.reading.items import item_answers, item_columns, wordings
from mentorstudy.reading.measured import measured
from mentorstudy.reading.nobody import shared
from mentorstudy.reading.records import read_records
from mentorstudy.reading.standing import rule, standing
from mentorstudy.reading.suffixes import by_suffix, undeclared
from mentorstudy.reading.table import Table
from mentorstudy.reading.wanted import wanted
from mentorstudy.reading.wavewords import OtherWaves, as_the_plan_has_them, of_a_known_wave, of_known_waves

BY_WAVE: tuple[Role, ...] = ("survey", "waves")  # roles whose rows are each of a wave
EARLIER = "another answer of the same person"


def read_one(
    study: Study,
    sample: SampleFiles,
    role: Role,
    settings: File,
    *,
    table: Table,
    wave: str,
    label: str,
    cohort: str,
    key: bytes,
) -> list[tuple[Export, Listed, tuple[str, ...]]]:
    """One file, as one export, or as one for each wave that its headers end in; each with the faults of its answers.

    Without a `label` it is neither compared with the last export of the cohort nor kept for the next.
    """
    mapping = _mapping(sample.columns.get(role, {}), table, role)
    known = study.waves_of(sample.name)
    table = with_response(table, mapping, settings.waves, known)
    [wave] = as_the_plan_has_them([wave], settings.waves, known)
    if role == "survey" and (when := mapping.get("answered_on")):
        moments = table.column(when, role=role, word="answered_on")
        table = replace(table, response=table.response | {"submitted_at": moments})
    if settings.wave != "suffix":
        table, wave = _one_wave(table, settings, mapping.get("wave", "wave"), wave)
    if role == "survey" and label and (changes := compared(study.folder, label, table, key)):
        table = replace(table, notes=(*table.notes, f"{table.file}: {changes}."))
    if "cohort" in mapping:
        column = table.column(mapping["cohort"], role=role, word="cohort")
        table = of_cohort(table, column, study, cohort)
    if not sample.linked:
        table = table.anonymous()
    if settings.wave != "suffix":
        table, others = _of_the_plan_s_waves(
            table, wave, settings, name=mapping.get("wave", "wave"), study=study, role=role, known=known
        )
        export, persons, told = _export(
            study, sample, role, settings, table=table, mapping=mapping, wave=wave, key=key
        )
        return [(replace(export, other_waves=others.rows), persons, (*told, *others.faults))]
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
    table, doubted = measured(table, taken, study)
    try:
        table, rows = read_records(table, taken, study=study, key=key, wave=wave)
    except (DataError, PlanError) as error:
        _with_those_of_items(error, study, role, table=table, wave=wave, others=doubted)
    reasons = pd.DataFrame(index=rows.index)
    said: tuple[str, ...] = ()
    faults = tuple(doubted)
    if role == "survey":
        who = [word for word in ("person", "wave") if word in rows]
        person = rows.groupby(who, sort=False, observed=True, dropna=False).ngroup().to_numpy()
        stands = standing(table, settings, person, study.plan.placeholders.dates)
        alone = shared(table, table.columns[taken.words["person"]], person)
        told = rule(table, stands.others)
        table, rows = table.without(stands.others, EARLIER), rows[~stands.others]
        if settings.wave != "suffix":  # of which a wave that nobody has answered yet is no fault
            not_emptied(table, taken.words["person"])
        answers, reasons, coded, strange = item_answers(study, table, wave=wave, rows=rows.index)
        said, faults = (*told, *stands.said, *alone, *coded), (*faults, *stands.faults, *strange)
        rows = pd.concat([rows, answers], axis=1)
    export = Export(
        sample=sample.name,
        role=role,
        wave=wave,
        rows=rows,
        reasons=reasons,
        wordings=wordings(study, table, sample=sample.name, wave=wave) if role == "survey" else (),
        left_out=people_left_out(table, taken.words["person"], written=study.plan.identity, key=key)
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
    persons = table.columns[taken.words["person"]]
    return export, Listed(sample=sample.name, role=role, wave=wave, table=table, persons=persons), faults


def _with_those_of_items(
    error: DataError | PlanError, study: Study, role: Role, *, table: Table, wave: str, others: Sequence[str]
) -> NoReturn:
    """Raise a file's faults with `others`, and those of a survey's answers, so that all are mended at once."""
    faults = tuple(others)
    if role == "survey" and not table.headless:
        *_, strange = item_answers(study, table, wave=wave, rows=pd.Index(table.rows))
        faults += strange
    raise DataError(*error.faults, *faults) if faults or isinstance(error, DataError) else error


def _of_the_plan_s_waves(
    table: Table, wave: str, settings: File, *, name: str, study: Study, role: Role, known: Collection[str]
) -> tuple[Table, OtherWaves]:
    """The rows of waves that the plan knows, told by column `name`, or by the file's own `wave`."""
    told_by_column = name in table.columns
    if role == "survey" and not wave and not told_by_column:
        raise_all(DataError, undeclared(table, settings, known, item_columns(study)))
    if not known or role not in BY_WAVE:
        return table, OtherWaves()
    least = study.plan.thresholds.min_group
    if told_by_column:
        return of_known_waves(table, name, settings, known, least=least)
    return of_a_known_wave(table, wave, settings, known, least=least)


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
