"""Survey and cohort: what each file is, and all files of one cohort read at once."""

import os
import secrets
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pandas as pd

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError, PlanError, raise_all, raise_both, rows_told
from mentorstudy.nouns.export import Export, Exports
from mentorstudy.nouns.file import File
from mentorstudy.nouns.flow import Ledger
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.plan import Role
from mentorstudy.nouns.study import SampleFiles, Study
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.grid import Grid
from mentorstudy.reading.ids import Listed, written_otherwise
from mentorstudy.reading.items import item_answers, wordings
from mentorstudy.reading.platforms.plain import read_table
from mentorstudy.reading.platforms.qualtrics import is_qualtrics, read_qualtrics
from mentorstudy.reading.records import KNOWN, MADE, NEEDED, Wanted, read_records
from mentorstudy.reading.table import ANONYMOUS, Table

Reader = Callable[[Grid, File], Table]

READERS: dict[str, Reader] = {
    "table": read_table,
    "excel": read_table,
    "qualtrics": read_qualtrics,
}

NAMED: dict[Role, set[str]] = {"people": {"mentor", "manager"}}  # read only where [clusters] asks for them
OPTIONAL: set[Role] = {"meetings"}  # a cohort may lack these files
OTHER_COHORT = "of another cohort"
EARLIER = "an earlier answer of the same person"


def read_cohort(study: Study, label: str) -> Exports:
    """All files of one cohort, coded and typed, each person under one keyed pseudonym in all of them.

    Raises DataError with every fault of every file, PlanError where the plan or the cohort's own facts are at fault.
    """
    facts = study.cohort_file(label)
    key = secrets.token_bytes(32)
    files: list[Export] = []
    faults: list[str] = []
    misnamed: list[str] = []
    listed: list[Listed] = []
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
                    export, persons = _read(
                        study,
                        sample,
                        role,
                        settings,
                        path=path,
                        name=name,
                        wave=wave,
                        called=facts.label_in_files or label,
                        key=key,
                    )
                except DataError as error:
                    faults += error.faults
                    continue
                except PlanError as error:
                    misnamed += error.faults
                    continue
                files.append(export)
                listed.append(persons)
    raise_both(list(dict.fromkeys(faults)), list(dict.fromkeys(misnamed)))
    raise_all(DataError, [*written_otherwise(listed), *_in_two_files(files)])
    return Exports(label=label, facts=facts, files=tuple(files))


def _in_two_files(files: Iterable[Export]) -> Iterator[str]:
    """A fault for each file with answers of a wave that the same person gave in an earlier file too."""
    seen: dict[tuple[str, Role], pd.DataFrame] = {}
    for file in files:
        if file.role not in ("survey", "waves"):
            continue
        rows = file.rows[["person"]].assign(
            wave=file.rows["wave"].astype(str) if "wave" in file.rows else file.wave, file=file.ledger.file
        )
        earlier = seen.get((file.sample, file.role), rows[:0])
        again = rows.reset_index().merge(earlier, on=["person", "wave"], suffixes=("", "_earlier"))
        if len(again):
            others = ", ".join(sorted(again["file_earlier"].unique()))
            told = rows_told(again["row"].unique().tolist())
            yield (
                f"{file.ledger.file}: row {told}: people who stand in {others} with the "
                "same wave. Keep one row a person and wave."
            )
        seen[file.sample, file.role] = pd.concat([earlier, rows])


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
    called: str,
    key: bytes,
) -> tuple[Export, Listed]:
    grid = open_grid(path, name, settings)
    table = READERS[settings.format or ("qualtrics" if is_qualtrics(grid) else "table")](grid, settings)
    height = table.height
    if "cohort" in sample.columns.get(role, {}):
        table = _of_cohort(table, sample.columns[role]["cohort"], role, called)
    if not sample.linked:
        table = table.anonymous()
    taken = wanted(study, sample, role)
    table, rows = read_records(table, taken, study=study, key=key, wave=wave)
    if role == "survey":
        earlier = rows.duplicated([word for word in ("person", "wave") if word in rows], keep="last").to_numpy()
        table, rows = table.without(earlier, EARLIER), rows[~earlier]
        answers = item_answers(study, table, sample=sample.name, wave=wave, rows=rows.index)
        rows = pd.concat([rows, answers], axis=1)
    export = Export(
        sample=sample.name,
        role=role,
        wave=wave,
        rows=rows,
        wordings=wordings(study, table, sample=sample.name, wave=wave) if role == "survey" else (),
        ledger=Ledger(
            file=name, sha256=grid.sha256, rows=height, kept=len(rows), dropped=dict(sorted(table.dropped.items()))
        ),
    )
    return export, Listed(sample=sample.name, role=role, table=table, persons=table.columns[taken.words["person"]])


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


def wanted(study: Study, sample: SampleFiles, role: Role) -> Wanted:
    """What the plan needs of one file: the kit's words, and the columns it names as they are."""
    plan = study.plan
    mapping = sample.columns.get(role, {})
    if unknown := sorted(set(mapping) - KNOWN[role] - NAMED.get(role, set()) - set(plan.clusters)):
        raise PlanError(
            f"{study.folder / 'plan.toml'}: [columns.{role}] has no word {' and no '.join(unknown)}; "
            f"it has {', '.join(sorted(KNOWN[role]))}."
        )
    words = {word: mapping.get(word, word) for word in sorted(KNOWN[role] - {"cohort"})}
    if not sample.linked:
        words = {"person": ANONYMOUS} | {word: name for word, name in words.items() if word == "wave"}
    words |= {word: mapping[word] for word in plan.clusters if word in mapping}
    outcomes = [outcome for outcome in study.outcomes if outcome.sample == sample.name]
    required = NEEDED[role] | set(mapping) & set(words)  # a column the plan maps must be there
    named: list[str] = []
    covariates = [*plan.adjust_for, *plan.describe, *(c for o in outcomes for c in o.adjust_for or [])]
    first = next(iter(sample.files))
    if role == first and sample.linked:  # the file that lists the people carries what is known of them
        if plan.arms is not None:
            required.add("arm")
        if any(outcome.kind == "exit" for outcome in outcomes):
            required |= {"exit_on"}
        named += [name for name in covariates if "@" not in name]
        named += [condition.column for condition in plan.exposure.eligible] if plan.exposure else []
        _none_is_ours(study, named, MADE | KNOWN[role])
        told = [outcome.column for outcome in outcomes if outcome.kind == "event" and not outcome.afters]
        told += [column for outcome in outcomes for column in (outcome.time, outcome.happened)]
        _none_is_ours(study, [*told, *(name for name in plan.clusters if name != "mentor")], MADE)
        named += told
        required |= {"hired_on"} if "tenure_months" in named else set()
        named += [name for name in plan.clusters if name != "mentor" and name not in words]
        named += _published(study, outcomes, waves=False)
    if role == "meetings" and "met" in mapping:  # contact asked wave by wave, not meeting by meeting
        required.add("wave")
    measured: list[str] = []
    if role == "waves":
        measured += [outcome.column for outcome in outcomes if outcome.column and outcome.afters]
        measured += [outcome.per for outcome in outcomes if outcome.per]
        asked = {*study.scales, *(outcome.item for outcome in outcomes)}  # these stand in the surveys
        earlier = [name.partition("@")[0] for o in outcomes for name in study.adjust_for(o) if "@" in name]
        measured += [name for name in earlier if name not in asked]
        measured += _published(study, outcomes, waves=True)
        named += measured
    others = tuple(dict.fromkeys(name for name in named if name and name != "tenure_months" and name not in words))
    events = [outcome for outcome in outcomes if outcome.kind == "event"]
    flags = frozenset(column for outcome in events for column in (outcome.column, outcome.happened))
    measured += [outcome.time for outcome in events]
    return Wanted(
        role=role,
        words=words,
        required=frozenset(required),
        others=others,
        flags=flags,
        numbers=frozenset(measured) - flags,
        measures=frozenset(name.partition("@")[0] for name in covariates) - set(plan.clusters),
    )


def _published(study: Study, outcomes: list[Outcome], *, waves: bool) -> list[str]:
    """The columns that published analyses adjust for: of the people, or of their waves (column@wave)."""
    names = {outcome.name for outcome in outcomes}
    columns = [c.column for s in study.plan.specifications.values() if s.outcome in names for c in s.adjust_for]
    return [column.partition("@")[0] for column in columns if ("@" in column) == waves]


def _none_is_ours(study: Study, named: Iterable[str], ours: set[str]) -> None:
    """PlanError where the plan names a column that would be taken for one of the kit's own."""
    if taken := sorted(set(named) & ours):
        raise PlanError(
            f"{study.folder / 'plan.toml'}: {' and '.join(taken)}: the kit keeps a column of that name itself, so a "
            "file's own cannot be used. Rename it in the file and in the plan."
        )
