"""Cohort words: the rows of one cohort of a file that holds several, and those that are no cohort's of the study."""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from mentorstudy.nouns.errors import DataError, Fault, PlanError, raise_all
from mentorstudy.nouns.few import tellable, values_told
from mentorstudy.nouns.flow import about
from mentorstudy.nouns.study import Study
from mentorstudy.reading.grid import Column
from mentorstudy.reading.table import Table
from mentorstudy.reading.wavewords import as_the_plan_has_them, signless

OTHER_COHORT = "of another cohort"
NO_COHORT = "without a cohort"


def of_cohort(table: Table, column: Column, study: Study, cohort: str) -> Table:
    """The rows of one cohort, with notes on those that are no cohort's; case and spaces make no other word.

    Raises DataError for a word that only signs part from the cohort's, and where no row is of the cohort.
    """
    own = _called(study, cohort)
    known = dict.fromkeys(own, cohort)
    for label in study.cohorts:
        with suppress(PlanError):  # in another cohort's own facts, which is told where that one is read
            known = dict.fromkeys(_called(study, label), label) | known
    stands = as_the_plan_has_them(column.words, known, ())
    strange = {
        word for word, label in zip(column.words, stands, strict=True) if word and label not in study.cohorts
    }
    meant = {signless(word): word for word in [*known, *own]}  # the cohort's own words before those of others
    near = {word: meant[form] for word in strange if (form := signless(word)) in meant}
    raise_all(DataError, list(_nearly(table, column, near, own=own, cohort=cohort)))
    ours = np.array([label == cohort for label in stands], dtype=bool)[column.codes]
    if not ours.any():
        raise DataError(
            f"{table.file}: column {column.name}: no row of cohort {' or '.join(own)}. If the file calls it "
            'otherwise, write label_in_files = "..." in its cohort.toml.'
        )
    blank = column.blank
    said = [
        *_without_any(int(blank.sum())),
        *_of_others(column, strange - near.keys(), own=own, cohort=cohort, least=study.plan.thresholds.min_group),
    ]
    notes = [Fault.of(one, file=table.file, column=column.name) for one in said]
    table = replace(table, notes=(*table.notes, *notes))
    return table.without(blank, NO_COHORT).without(~ours[~blank], OTHER_COHORT)


def _called(study: Study, cohort: str) -> list[str]:
    """What files call a cohort: as cohort.toml says, else as its folder."""
    return study.cohort_file(cohort).label_in_files or [cohort]


def _nearly(
    table: Table, column: Column, near: Mapping[str, str], *, own: Sequence[str], cohort: str
) -> Iterator[str]:
    """A fault for each word that only signs part from the cohort's, whose people would be left out."""
    for word, mine in sorted(near.items()):
        if mine in own:
            yield from table.fault(
                column.among({word}),
                column.name,
                f"a word that only signs part from {mine}, as files call cohort {cohort}. If it is that cohort, write "
                f"{_line([*own, word], cohort)}; if it is another, leave its rows out by [[exclude]], with file = "
                f'"{table.file}" and where = {{column = "{column.name}", is = {_text(word)}}}.',
            )


def _without_any(count: int) -> Iterator[str]:
    if count:
        several = count > 1
        yield (
            f"{about(count)} row{'s' * several} without a cohort {'were' if several else 'was'} left out. If they are "
            "of one, write it there."
        )


def _of_others(column: Column, strange: set[str], *, own: Sequence[str], cohort: str, least: int) -> Iterator[str]:
    """A note on words that are no cohort's of the study; values of `least` rows may be told."""
    times = np.bincount(column.codes, minlength=len(column.words)).tolist()
    rows = {word: count for word, count in zip(column.words, times, strict=True) if word in strange and count}
    if count := sum(rows.values()):
        shown = next(iter(tellable(rows, least)), "...")
        yield (
            f"{about(count)} row{'s' * (count > 1)} of what is no cohort of the study count as of another: "
            f"{values_told(rows, least)}. If the file calls this one so, write {_line([*own, shown], cohort)}."
        )


def _line(words: Sequence[str], cohort: str) -> str:
    return f"label_in_files = [{', '.join(map(_text, words))}] in {cohort}/cohort.toml"


def _text(word: str) -> str:
    return json.dumps(word, ensure_ascii=False)
