"""Boxes: a column of several answers in one cell, made one column for each answer that was offered."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from mentorstudy.nouns.errors import Fault
from mentorstudy.reading.coding.choices import split_choices
from mentorstudy.reading.grid import Column, Field
from mentorstudy.reading.table import Table

Given = dict[str, tuple[set[str], str]]  # by cell: the ids of what was chosen, and what else stands there


def expanded(
    table: Table,
    name: str,
    choices: Mapping[str, str],
    separator: str,
    *,
    also: Mapping[str, str] | None = None,
    complete: bool = False,
) -> Table:
    """The table with one box for each of `choices` (id: label) after column `name`, and one for what else was written.

    A cell may hold the labels, in another language those of `also` (label: id), or the ids. A row without any answer
    leaves all its boxes unknown; a cell that says why stands in each of them, so that the reason is kept. A cell that
    holds none of the choices leaves them unknown too, with a note, where they are `complete` or no cell holds one:
    else it is an "other" alone.
    """
    column, about = table.columns[name], table.fields[name]
    unanswered = about.missing.keys() - {*choices, *choices.values()}
    words = [word for word in column.words if word and word not in unanswered]
    given = _given(words, choices, also or {}, separator)
    strange = {word for word, (chosen, _) in given.items() if not chosen}
    if not complete and strange != given.keys():
        strange = set()
    boxes: dict[str, tuple[Column, Field]] = {}
    for key, label in choices.items():
        ticks = {word: str(int(key in chosen)) for word, (chosen, _) in given.items() if word not in strange}
        cells = tuple(word if word in unanswered else ticks.get(word, "") for word in column.words)
        box = f"{name}_{key}"
        boxes[box] = (
            Column(name=box, codes=column.codes, words=cells),
            replace(about, kind="choice", part=label, choice=key, question=about.question or name),
        )
    if any(rest for _, rest in given.values()):
        other = f"{name}_TEXT"
        rests = tuple(given[word][1] if word in given else "" for word in column.words)
        texts = Column(name=other, codes=column.codes, words=rests)
        boxes[other] = (texts, replace(about, kind="text", question=about.question or name))
    columns: dict[str, Column] = {}
    fields: dict[str, Field] = {}
    for each, one in table.columns.items():
        columns[each], fields[each] = one, table.fields[each]
        if each == name:
            columns |= {box: made for box, (made, _) in boxes.items()}
            fields |= {box: told for box, (_, told) in boxes.items()}
    fields[name] = replace(about, kind="list", separator=separator)
    rows = table.rows[column.among(strange)].tolist()
    said = "texts that hold none of its choices, so its boxes are not known there."
    notes = (str(Fault.of(said, file=table.file, rows=rows, column=name)),) if rows else ()
    return replace(table, columns=columns, fields=fields, notes=(*table.notes, *notes))


def _given(words: Sequence[str], choices: Mapping[str, str], also: Mapping[str, str], separator: str) -> Given:
    """What each cell holds, read as ids or as labels: as what leaves fewer cells with something else."""
    ids = _read(words, {key: key for key in choices}, separator)
    labels = _read(words, {**also, **{label: key for key, label in choices.items()}}, separator)
    by_id, by_label = (sum(bool(rest) for _, rest in given.values()) for given in (ids, labels))
    return ids if by_id < by_label or not by_id else labels


def _read(words: Sequence[str], id_of: Mapping[str, str], separator: str) -> Given:
    split = {word: split_choices(word, tuple(id_of), separator) for word in words}
    return {word: ({id_of[text] for text in chosen}, rest) for word, (chosen, rest) in split.items()}
