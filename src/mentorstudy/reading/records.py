"""Records: who was hired, left, was drawn, was matched and met; and values by wave."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import blake2b

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.errors import DataError, raise_both
from mentorstudy.nouns.few import values_told
from mentorstudy.nouns.file import File
from mentorstudy.nouns.plan import Role
from mentorstudy.nouns.study import Study
from mentorstudy.reading.dated import OF_UTC, date_faults, days_in
from mentorstudy.reading.emptied import NOBODY
from mentorstudy.reading.grid import Column
from mentorstudy.reading.ids import ONE_BY_CASE, is_scientific, one_by_case
from mentorstudy.reading.named import no_such_column
from mentorstudy.reading.nobody import without_nobody
from mentorstudy.reading.numerals import as_numbers, mend
from mentorstudy.reading.table import PEOPLE, Table

DAYS = {"hired_on", "exit_on", "matched_on", "held_on", "answered_on"}
NUMBERS = {"minutes", "months"}
FLAGS = frozenset({"took_part", "met"})
MUST_BE_FILLED = {  # a match that lacks one would leave its mentee among those compared with
    "mentor": "a match without a mentor. Fill it in, or take the row out if there was no match.",
    "matched_on": "a match without a day. Fill it in, or take the row out if there was no match.",
}

KNOWN: dict[Role, set[str]] = {
    "people": {"person", "cohort", "arm", "took_part", "hired_on", "exit_on", "exit_reason"},
    "matches": {"person", "mentor", "matched_on"},
    "meetings": {"person", "held_on", "minutes", "wave", "months", "met"},
    "waves": {"person", "cohort", "wave", "months", "arm", "took_part"},
    "survey": {"person", "cohort", "wave", "answered_on"},
}
NEEDED: dict[Role, set[str]] = {
    "people": {"person"},
    "matches": {"person", "mentor", "matched_on"},
    "meetings": {"person"},
    "waves": {"person", "wave"},
    "survey": {"person"},
}
MADE = {"mentored", "ever", "mentor", "match_delay", "meetings"}  # columns of the people that are worked out


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What to take out of one file; all other columns stay where they are."""

    role: Role
    words: Mapping[str, str]  # the kit's word = the file's column
    required: frozenset[str]
    others: tuple[str, ...]  # columns the plan names as they are in the file
    flags: frozenset[str]  # those of them that hold 1, 0 or nothing
    numbers: frozenset[str]  # those of them that hold numbers or nothing
    measures: frozenset[str]  # those of them that are compared or adjusted for
    settings: File = field(default_factory=lambda: File(path=""))
    no_dates: tuple[str, ...] = ()  # words that the plan declares to mean no day


def read_records(
    table: Table, wanted: Wanted, *, study: Study, key: bytes, wave: str = ""
) -> tuple[Table, pd.DataFrame]:
    """The wanted columns, typed, indexed by the file's row; and the table less the rows that were left out.

    `wave` is that of rows that tell of none.

    Raises DataError with all faults of the file: a column that is not there, a cell that is no date, number
    or known word, a person twice, an exit before the hire; PlanError where the plan alone names such a column.
    """
    found, faults, misnamed = _found(table, wanted, study)
    ids = {
        word: without_nobody(column).as_ids(study.plan.identity) for word, column in found.items() if word in PEOPLE
    }
    together = one_by_case(found.get("person"), study.plan.identity) if wanted.role == "people" else None
    found |= ids
    table = replace(table, columns=table.columns | {column.name: column for column in ids.values()})
    person = found.get("person")
    if wanted.role in ("survey", "waves"):
        if person:
            table, found = _without(person.blank, NOBODY, table, found)
        if "wave" in found:
            told = found["wave"]
            found["wave"] = replace(told, words=tuple(word or wave for word in told.words))
            table, found = _without(found["wave"].blank, "without a wave", table, found)
    elif person:
        faults += table.fault(person.blank, person.name, "no person id. Fill it in, or take the row out.")
    typed: dict[str, object] = {}
    for word, cells in found.items():
        column = cells
        if word in NUMBERS or word in set(wanted.others) - wanted.flags - set(study.plan.clusters):
            column, said, notes = as_numbers(table, cells, wanted.settings, measured=word in wanted.measures)
            faults += said
            table = replace(table, notes=(*table.notes, *notes))
        if word in DAYS:
            read = days_in(column, table, wanted.settings, wanted.no_dates)
            typed[word] = read.values[column.codes]
            said = date_faults(read, column, table, wanted.settings, wanted.no_dates)
            if read.of_utc:
                table = replace(table, notes=(*table.notes, f"{table.file}: column {column.name}: {OF_UTC}"))
        else:
            typed[word], said = _typed(word, column, table, key, wanted)
        if word == "person" and together is not None:
            said = [*said, *table.fault(together, column.name, ONE_BY_CASE)]
            np.asarray(typed[word])[together] = None
        faults += said
        if wanted.role == "people" and study.plan.clusters.get(word) == "both":
            faults += table.fault(
                column.blank,
                column.name,
                f"people in no {word}, by which [clusters] groups them. Fill it in; if only the mentored have one, "
                f'write {word} = "treated only".',
            )
        if wanted.role == "matches" and word in MUST_BE_FILLED:
            faults += table.fault(column.blank, column.name, MUST_BE_FILLED[word])
    rows = pd.DataFrame(typed, index=pd.Index(table.rows, name="row"))
    raise_both([*faults, *_contradictions(rows, table, wanted, study)], misnamed)
    return table, rows


def _found(table: Table, wanted: Wanted, study: Study) -> tuple[dict[str, Column], list[str], list[str]]:
    """The wanted columns that are there; the faults of the file, and those of the plan, for the others."""
    found: dict[str, Column] = {}
    faults: list[str] = []
    misnamed: list[str] = []
    for word, name in [*wanted.words.items(), *((name, name) for name in wanted.others)]:
        if name in table.columns or word in wanted.required or word in wanted.others:
            try:
                found[word] = _answered(table.column(name, role=wanted.role, word=word), table)
            except DataError as error:
                if word in wanted.words or table.headless or name in table.personal:
                    faults += error.faults
                else:
                    misnamed.append(no_such_column(study, table, name))
    return found, faults, misnamed


def _answered(column: Column, table: Table) -> Column:
    """The column, empty where the file, or a codebook beside it, says that a cell is no answer."""
    missing = table.fields[column.name].missing
    return (
        replace(column, words=tuple("" if word in missing else word for word in column.words))
        if missing
        else column
    )


def _without(
    rows: NDArray[np.bool_], reason: str, table: Table, found: Mapping[str, Column]
) -> tuple[Table, dict[str, Column]]:
    return table.without(rows, reason), {word: column.taken(~rows) for word, column in found.items()}


def _typed(word: str, column: Column, table: Table, key: bytes, wanted: Wanted) -> tuple[object, list[str]]:
    if word in PEOPLE:
        rounded = np.array([is_scientific(word) for word in column.words], dtype=bool)[column.codes]
        ids = pseudonyms(column, key)
        ids[rounded] = None  # two that were rounded to one id are not one person
        return ids, table.fault(
            rounded,
            column.name,
            "an id that a spreadsheet rounded, to something like 1.2E+05 or, of a longer number, to the 15 digits that "
            "a workbook keeps, so whose it is is lost. Export the column as text.",
        )
    numbers = column.numbers()
    wrong = ~column.blank & np.isnan(numbers)
    if word in FLAGS | wanted.flags:
        wrong |= ~np.isnan(numbers) & ~np.isin(numbers, (0, 1))
        return numbers, table.fault(
            wrong, column.name, "neither 1 nor 0. Write 1 for yes, 0 for no, or leave empty."
        )
    if word in NUMBERS | wanted.numbers:
        return numbers, table.fault(wrong, column.name, f"no number. {mend(column, wrong, wanted.settings)}")
    if word in ("arm", "wave", "exit_reason") or wrong.any():
        return column.texts(), []
    return numbers, []


def _contradictions(rows: pd.DataFrame, table: Table, wanted: Wanted, study: Study) -> Iterable[str]:
    plan = study.plan
    if wanted.role == "people":
        yield from _twice(rows, ["person"], table, wanted.words["person"], "Keep one row a person.")
    if wanted.role == "waves" or "met" in rows:
        column = wanted.words["person"]
        yield from _twice(rows, ["person", "wave"], table, column, "Keep one row a person and wave.")
    if {"hired_on", "exit_on"} <= set(rows):
        backwards = (rows["exit_on"] < rows["hired_on"]).to_numpy()
        yield from table.fault(
            backwards, wanted.words["exit_on"], "an exit before the hire. Correct one of the days."
        )
    if "arm" in rows and plan.arms is not None:
        unknown = ~rows["arm"].isin(plan.arms.named).to_numpy()
        yield from table.fault(
            unknown,
            wanted.words["arm"],
            f"an arm that [arms] does not name; it names {', '.join(plan.arms.named)}.",
        )
    if "exit_reason" in rows and plan.exit_reasons is None:
        yield (
            f"{table.file}: column {wanted.words['exit_reason']}: exits have reasons, and plan.toml has no "
            "[exit_reasons]. List them as voluntary, involuntary or administrative; the last end no one's time "
            "as leaving."
        )
    elif "exit_reason" in rows and plan.exit_reasons is not None:
        mapped = {reason for reasons in plan.exit_reasons.values() for reason in reasons}
        strange = rows["exit_reason"].notna() & ~rows["exit_reason"].isin(mapped)
        counts = rows.loc[strange, "exit_reason"].astype(str).value_counts().to_dict()
        told = values_told(counts, plan.thresholds.min_group)
        yield from table.fault(
            strange.to_numpy(),
            wanted.words["exit_reason"],
            f"reasons that [exit_reasons] does not list: {told}. Add each to one of its lists.",
        )


def _twice(rows: pd.DataFrame, same: list[str], table: Table, column: str, mend: str) -> list[str]:
    """A fault where a person stands twice; one whose id is not known is told as such already."""
    if not {*same} <= {*rows}:
        return []
    twice = rows.duplicated(same, keep=False) & rows["person"].notna()
    return table.fault(twice.to_numpy(), column, f"the same person twice. {mend}")


def pseudonyms(column: Column, key: bytes) -> NDArray[np.object_]:
    """A keyed hash in place of each id; without the study's key nobody can tell whose it is."""
    keyed = blake2b(key=key, digest_size=16)  # keyed once and copied: a million ids take two thirds of the time

    def pseudonym(word: str) -> str:
        own = keyed.copy()
        own.update(word.encode())
        return own.hexdigest()

    return column.mapped([pseudonym(word) if word else None for word in column.words])
