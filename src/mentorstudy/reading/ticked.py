"""Ticked: whether one of the answers that count was given, alone or among others, in one column or in several."""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence

import numpy as np

from mentorstudy.nouns.item import Item
from mentorstudy.reading.coding.answers import label_of
from mentorstudy.reading.coding.catalogue import normalised, not_answers
from mentorstudy.reading.coding.choices import split_choices
from mentorstudy.reading.coding.values import Coded
from mentorstudy.reading.grid import Column, Field
from mentorstudy.reading.table import Table

SIGNS = (";", ",", "|")  # between the answers of one cell


def ticked(column: Column, table: Table, item: Item, yes: Sequence[str], missing: Mapping[str, str]) -> Coded:
    """1 where one of `yes` was given (a choice's name in the plan, or the answer as the file writes it), else 0.

    Nan where nothing was answered; a cell that says why is no answer either, unless that is what counts. `missing`
    are the texts that the plan declares to be none.
    """
    wanted = [normalised(item.choices.get(answer, answer)) for answer in yes]
    about = table.fields[column.name]
    if boxes := boxes_of(column, table):
        return _boxes(table, boxes, wanted)
    separator, several = item.separator or about.separator, _several(item, about)
    reasons = {normalised(text): reason for text, reason in missing.items()}
    value = np.full(len(column.words), np.nan)
    why = [""] * len(column.words)
    for at, word in enumerate(column.words):
        label = label_of(word, about, wanted)
        if not word:
            continue
        if label in wanted:
            value[at] = 1
        elif (
            reason := reasons.get(normalised(word))
            or reasons.get(label)
            or about.missing.get(word)
            or ("" if several else not_answers().get(label))
        ):
            why[at] = reason
        elif several:
            value[at] = float(_given(word, item, wanted, separator))
        else:
            value[at] = 0
    return Coded(codes=column.codes, value=value, why=tuple(why), odd=np.zeros(len(value), dtype=bool))


def joined(column: Column, table: Table, item: Item, yes: Sequence[str], known: Collection[str]) -> dict[str, str]:
    """The cells that hold an answer that counts beside others, as cells with several do, each with what parts them.

    Only where nothing says that cells hold several: else they are parted. One of the others stands in another cell too,
    so "Yes, with help" is one answer; so are those `known` as answers, and those that the file offers.
    """
    about = table.fields[column.name]
    if boxes_of(column, table) or _several(item, about):
        return {}
    wanted = {normalised(item.choices.get(answer, answer)) for answer in yes}
    single = wanted.union(map(normalised, [*known, *about.labels.values()]))
    found: dict[str, str] = {}
    for sign in SIGNS:
        if not any(sign in word for word in column.words):
            continue
        parts = {word: {normalised(part) for part in word.split(sign)} - {""} for word in column.words if word}
        cells = Counter(part for pieces in parts.values() for part in pieces)
        for word, pieces in parts.items():
            others = pieces - wanted
            if len(pieces) > 1 and normalised(word) not in single and any(cells[part] > 1 for part in others):
                chosen, _ = split_choices(word, [*wanted], sign)
                found |= {word: sign} if chosen else {}
    return found


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


def _several(item: Item, about: Field) -> bool:
    """Whether cells hold several answers, as the plan or the file says."""
    return bool(item.separator or (about.separator and (item.choices or about.kind == "list")))


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
