"""Forms of REDCap: which of them a row holds, which rows are read, and what the others of a record tell them."""

import re
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column
from mentorstudy.reading.table import Table

EVENT = {"redcap_event_name", "Event Name"}
REPEATED = {"redcap_repeat_instrument", "Repeat Instrument"}
INSTANCE = {"redcap_repeat_instance", "Repeat Instance"}
IDENTIFIER = {"redcap_survey_identifier", "Survey Identifier"}
OF_RECORD = IDENTIFIER | {"redcap_data_access_group", "Data Access Group"}
OURS = EVENT | REPEATED | INSTANCE | OF_RECORD
COMPLETE = re.compile(r".+_complete|Complete\?( \([0-9]+\))?")
STAMP = re.compile(r".+_timestamp|Survey Timestamp( \([0-9]+\))?")
TICKED = {"1", "Checked"}
DONE = {"2", "Complete"}
NOT_YET = "[not completed]"
BASE = ""  # the instrument of rows that do not repeat
UNANSWERED = "without an answer"
APART = "of another form (not repeating)"

Rows = NDArray[np.bool_]
Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Form:
    """The columns of one form, up to the one that says whether it is complete, and the rows that hold it.

    A row holds a form of which it answers an item, or that was handed in.
    """

    columns: tuple[str, ...]
    complete: str
    stamp: str
    held: Rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """The instrument to read, its rows, and those that do not repeat."""

    instrument: str
    rows: Rows
    base: Rows
    others: tuple[str, ...]  # the other repeating forms


def forms_of(table: Table) -> list[Form]:
    """The forms in the file's order; what stands behind the last mark of a form is one too."""
    forms, columns = list[Form](), list[str]()
    for name in table.columns:
        columns.append(name)
        if COMPLETE.fullmatch(name):
            forms.append(_form(table, columns, name))
            columns = []
    return [*forms, _form(table, columns, "")] if columns else forms


def _form(table: Table, names: Sequence[str], complete: str) -> Form:
    stamp = next((name for name in names if STAMP.fullmatch(name)), "")
    held = filled(table, names) > 0
    if complete:
        held |= table.columns[complete].among(DONE)
    if stamp:
        held |= ~table.columns[stamp].among({"", NOT_YET})
    return Form(columns=tuple(names), complete=complete, stamp=stamp, held=held)


def filled(table: Table, names: Sequence[str]) -> Numbers:
    """How many items among the columns a row answers; boxes count only where ticked."""
    counts = np.zeros(len(table.rows), dtype=np.int64)
    for name in names:
        column, kind = table.columns[name], table.fields[name].kind
        counts += column.among(TICKED) if kind == "choice" else ~column.blank if kind == "answer" else 0
    return counts


def numbered(columns: Sequence[Column]) -> Numbers:
    """One number for each combination of words, the same in all rows that share it."""
    codes = np.zeros(len(columns[0].codes), dtype=np.int64)
    for column in columns:
        place: dict[str, int] = {}
        of_word = np.array([place.setdefault(word, len(place)) for word in column.words], dtype=np.int64)
        codes = codes * len(place) + of_word[column.codes]
    return np.unique(codes, return_inverse=True)[1].astype(np.int64)


def with_identifiers(table: Table) -> Table:
    """The table, what is written of a record in some of its rows and is the same in all of these, in every row."""
    columns = dict(table.columns)
    first = next(iter(columns.values()))
    record = numbered([first])
    for name in OF_RECORD & set(columns):
        told = ~columns[name].blank & ~first.blank
        word = numbered([columns[name]])
        giver = _giver(told, record)
        agree = np.ones(len(giver), dtype=bool)
        agree[record[told & (word != word[giver[record]])]] = False
        known = (agree & (giver >= 0))[record]
        columns[name] = _copied(columns[name], giver[record], columns[name].blank & known)
    return replace(table, columns=columns)


def _early_facts(table: Table, forms: Sequence[Form], base: Rows, wanted: Rows, waves: Set[str]) -> Rows:
    """Rows of events such as an enrolment, which tell facts of the record before its first wave.

    A wave is an event that the plan names, that holds rows of the repeating form `wanted`, or a form that some record
    holds more than once. Whatever stands behind a wave of its record is no fact: nobody knew it then.
    """
    event = next((table.columns[name] for name in table.columns if name in EVENT), None)
    none = np.zeros(len(table.rows), dtype=bool)
    if event is None:
        return none
    first = next(iter(table.columns.values()))
    record, number = numbered([first]), numbered([event])
    wave = event.among({*waves}) | (wanted & ~base)
    for form in forms:
        if np.bincount(record[form.held]).max(initial=0) > 1:
            wave |= form.held & base
    wave = np.isin(number, number[wave])
    if not wave.any():
        return none
    place = np.arange(len(wave))
    begun = np.full(int(record.max()) + 1, len(wave))
    np.minimum.at(begun, record[wave], place[wave])
    late = ~wave & (place > begun[record])
    return base & ~wave & ~np.isin(number, number[late]) & ~first.blank


def wanted_rows(table: Table, settings: File) -> Wanted:
    """The rows of the repeating form that the plan names, else of the one with the most answers."""
    name = next((name for name in table.columns if name in REPEATED), "")
    if not name:
        every = np.ones(len(table.rows), dtype=bool)
        return Wanted(instrument=BASE, rows=every, base=every, others=())
    column = table.columns[name]
    answers = filled(table, list(table.columns))
    held = {word: int(answers[column.among({word})].sum()) for word in column.words}
    chosen = settings.sheet if settings.sheet is not None else max(held, key=lambda word: held[word])
    if chosen not in held:
        listed = ", ".join(word for word in held if word)
        raise DataError(
            f"{table.file}: column {name}: no {f'repeating form {chosen}' if chosen else 'row that does not repeat'}. "
            f'It has {listed}; write sheet = "" for the rows that do not repeat.'
        )
    others = tuple(sorted({*held} - {chosen, BASE}))
    return Wanted(instrument=chosen, rows=column.among({chosen}), base=column.blank, others=others)


def joined(table: Table, forms: Sequence[Form], wanted: Wanted, settings: File) -> Table:
    """The rows wanted that hold a form, each with what the record tells of it; all others are counted.

    Before anybody answered there is nothing to choose by, and every row wanted is kept.
    """
    columns = table.columns
    first = next(iter(columns.values()))
    record = numbered([first])
    visit = numbered([first, *(columns[name] for name in columns if name in EVENT)])
    there = np.logical_or.reduce([form.held for form in forms])
    read = wanted.rows & there if (wanted.rows & there).any() else wanted.rows
    facts = there & _early_facts(table, forms, wanted.base, wanted.rows, settings.waves.keys())
    same = wanted.base & ~wanted.rows & ~first.blank
    same &= _only_rows(wanted.base & there, visit)  # an event that repeats does not say which of its rows is meant
    used = facts & np.isin(record, record[read & ~facts]) | same & np.isin(visit, visit[read])
    kept = read & ~used
    for form in forms:
        columns = _carried(columns, form, giving=same, taking=kept, key=visit)
        columns = _carried(columns, form, giving=facts & used, taking=kept, key=record)
    gone = {
        f"of another form ({', '.join(wanted.others)})": ~wanted.rows & ~wanted.base,
        APART: wanted.base & ~wanted.rows & there & ~used,
        UNANSWERED: (wanted.base | wanted.rows) & ~there & ~kept,
    }
    dropped = {reason: int(rows.sum()) for reason, rows in gone.items() if rows.any()}
    notes = (*table.notes, *_left_out(table, wanted, gone[APART], used), *_merged(table, facts & used))
    return replace(
        replace(table, columns=columns).without(~kept, "counted by reason below"),
        dropped=table.dropped | dropped,
        merged=table.merged + int(used.sum()),
        notes=notes,
    )


def _left_out(table: Table, wanted: Wanted, apart: Rows, used: Rows) -> list[str]:
    """What is to be told of the rows of forms that are not read."""
    said = []
    if wanted.others:
        told, one = ", ".join(wanted.others), wanted.others[0]
        said.append(f'{table.file}: rows of {told} were left out. To read them, write sheet = "{one}".')
    if (wanted.base & ~wanted.rows).any():
        said.append(
            f"{table.file}: rows of {wanted.instrument} were read; of those that do not repeat {int(used.sum())} "
            f'became part of them and {int(apart.sum())} with answers were left out. To read those, write sheet = "".'
        )
    return said


def _merged(table: Table, rows: Rows) -> list[str]:
    """That the rows of an event became part of others, and how to keep them."""
    name = next((name for name in table.columns if name in EVENT), "")
    if not rows.any():
        return []
    events = sorted({*table.columns[name].taken(rows).words})
    return [
        f"{table.file}: column {name}: {', '.join(events)} stands before the waves and holds forms of its own alone, "
        f"so its rows became part of the other rows of their records. If it is a wave, name it under waves, as in "
        f'waves = {{"{events[0]}" = "..."}}.'
    ]


def _only_rows(rows: Rows, key: Numbers) -> Rows:
    """Those of the rows marked that are the only ones of their key."""
    return rows & (np.bincount(key[rows], minlength=int(key.max()) + 1) == 1)[key]


def _carried(
    columns: Mapping[str, Column], form: Form, *, giving: Rows, taking: Rows, key: Numbers
) -> dict[str, Column]:
    """The columns; those of a form in rows that lack it as in the row of the same key that holds it.

    A form goes as a whole, so no row ever mixes the answers of two.
    """
    giver = _giver(giving & form.held, key)[key]
    to = taking & ~form.held & (giver >= 0)
    names = [name for name in form.columns if name not in OURS] if to.any() else []
    return {**columns, **{name: _copied(columns[name], giver, to) for name in names}}


def _giver(rows: Rows, key: Numbers) -> Numbers:
    """For each key, one of the rows marked; -1 where there is none."""
    giver = np.full(int(key.max()) + 1, -1, dtype=np.int64)
    giver[key[rows]] = np.flatnonzero(rows)
    return giver


def _copied(column: Column, source: Numbers, to: Rows) -> Column:
    """The column, in the rows `to` with the cells of their source rows."""
    codes = column.codes.copy()
    codes[to] = column.codes[source[to]]
    return replace(column, codes=codes)
