"""Ticked: whether one of the answers that count was given, alone or among others, in one column or in several."""

from collections.abc import Mapping, Sequence

import numpy as np

from mentorstudy.nouns.item import Item
from mentorstudy.reading.coding.answers import Coded
from mentorstudy.reading.coding.catalogue import normalised, not_answers
from mentorstudy.reading.coding.choices import split_choices
from mentorstudy.reading.grid import Column
from mentorstudy.reading.table import Table


def ticked(column: Column, table: Table, item: Item, yes: Sequence[str], missing: Mapping[str, str]) -> Coded:
    """1 where one of `yes` was given (a choice's name in the plan, or the answer as the file writes it), else 0.

    Nan where nothing was answered; a cell that says why is no answer either, unless that is what counts. `missing`
    are the texts that the plan declares to be none.
    """
    wanted = [normalised(item.choices.get(answer, answer)) for answer in yes]
    about = table.fields[column.name]
    if boxes := boxes_of(column, table):
        return _boxes(table, boxes, wanted)
    separator = item.separator or about.separator
    reasons = {normalised(text): reason for text, reason in missing.items()}
    value = np.full(len(column.words), np.nan)
    why = [""] * len(column.words)
    for at, word in enumerate(column.words):
        label = normalised(about.labels.get(word, word))
        if not word:
            continue
        several = bool(item.separator or (separator and (item.choices or about.kind == "list")))
        if label in wanted:
            value[at] = 1
        elif (
            reason := reasons.get(normalised(word))
            or about.missing.get(word)
            or ("" if several else not_answers().get(label))
        ):
            why[at] = reason
        elif several:
            value[at] = float(_given(word, item, wanted, separator))
        else:
            value[at] = 0
    return Coded(codes=column.codes, value=value, why=tuple(why), odd=np.zeros(len(value), dtype=bool))


def boxes_of(column: Column, table: Table) -> list[str]:
    """The boxes of the question whose column is one of them; none where it is no box."""
    about = table.fields[column.name]
    if about.kind != "choice":
        return []
    return [
        name
        for name, field in table.fields.items()
        if name in table.columns and field.kind == "choice" and field.question and field.question == about.question
    ]


def texts_of(table: Table, box: str) -> set[str]:
    """What a box is called: by its label, its code, its column."""
    about = table.fields[box]
    return {normalised(about.part), normalised(about.choice), normalised(box)} - {""}


def _given(word: str, item: Item, wanted: Sequence[str], separator: str) -> bool:
    """Whether a cell of several answers holds one that counts."""
    declared = [*item.choices.values(), *wanted]
    chosen, _ = split_choices(word, declared, separator)
    return any(normalised(answer) in wanted for answer in chosen)


def _boxes(table: Table, names: Sequence[str], wanted: Sequence[str]) -> Coded:
    """1 where a box that counts is ticked, 0 where none is and it is known; else nan, and why if a box says so."""
    columns = [table.columns[name] for name in names]
    counts = [table.columns[name] for name in names if texts_of(table, name) & set(wanted)]
    known = np.any([column.among({"0", "1"}) for column in columns], axis=0)
    given = (
        np.any([column.among({"1"}) for column in counts], axis=0) if counts else np.zeros(len(known), dtype=bool)
    )
    place = np.where(known, given.astype(np.int8), np.int8(2))
    why = ["", "", ""]
    for name, column in zip(names, columns, strict=True):
        for word, reason in table.fields[name].missing.items():
            rows = (place == 2) & column.among({word})
            if rows.any():
                why += [] if reason in why else [reason]
                place[rows] = why.index(reason)
    value = np.array([0.0, 1.0, *[np.nan] * (len(why) - 2)])
    return Coded(codes=place, value=value, why=tuple(why), odd=np.zeros(len(value), dtype=bool))
