"""Measured: numbers of the records, those set aside that the plan declares to be none, and those that look like it."""

from collections.abc import Collection
from dataclasses import replace

import numpy as np

from mentorstudy.nouns.study import Study
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.coding.values import Declared
from mentorstudy.reading.grid import Column, number
from mentorstudy.reading.labelled import declared_of
from mentorstudy.reading.place import Place
from mentorstudy.reading.records import Wanted
from mentorstudy.reading.suspected import suspected
from mentorstudy.reading.table import Table


def measured(table: Table, wanted: Wanted, study: Study) -> tuple[Table, list[str]]:
    """The table, the columns that the plan compares or adjusts for empty where its [labels] say that a number is none.

    Then faults of numbers that look like such codes. Those to which the plan gives a code are numbers like others.
    """
    faults: list[str] = []
    for name in sorted({*wanted.others} - wanted.flags - study.plan.clusters.keys()):
        if not (called := table.find(name)):
            continue
        own, said = declared_of(study, {name}, [(table, called)])
        if own.missing:
            column = _without(table.columns[called], own.missing)
            table = replace(table, columns={**table.columns, called: column})
        faults += [*said, *_doubted(table, name, called, own)]
    return table, faults


def _without(column: Column, missing: Collection[str]) -> Column:
    texts, numbers = set(map(normalised, missing)), set(map(number, missing))
    kept = (normalised(word) not in texts and number(word) not in numbers for word in column.words)
    words = (word if is_kept else "" for word, is_kept in zip(column.words, kept, strict=True))
    return replace(column, words=tuple(words))


def _doubted(table: Table, name: str, called: str, own: Declared) -> list[str]:
    """A fault for the numbers of a column that hold nothing else and may be codes of missing answers."""
    column, none = table.columns[called], table.fields[called].missing
    words = ["" if word in none else word for word in column.words]
    values = [number(word) for word in words]
    if any(word and np.isnan(value) for word, value in zip(words, values, strict=True)):
        return []
    place = Place(table=table, name=called, names=(called,))
    [faults] = suspected(name, [(place, values)], known=set(map(number, own.codes)))
    return faults
