"""REDCap: records by event and instrument, with raw or label headers, to one row a response."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Field, Grid, Kind
from mentorstudy.reading.table import Table, distinct, headed

EVENT = {"redcap_event_name", "Event Name"}
REPEATED = {"redcap_repeat_instrument", "Repeat Instrument"}
INSTANCE = {"redcap_repeat_instance", "Repeat Instance"}
IDENTIFIER = {"redcap_survey_identifier", "Survey Identifier"}
OURS = EVENT | REPEATED | INSTANCE | IDENTIFIER | {"redcap_data_access_group", "Data Access Group"}
COMPLETE = re.compile(r".+_complete|Complete\?( \([0-9]+\))?")
STAMP = re.compile(r".+_timestamp|Survey Timestamp( \([0-9]+\))?")
RAW_BOX = re.compile(r"(?P<question>.+?)___(?P<choice>.+)")
LABEL_BOX = re.compile(r"(?P<question>.+?) \(choice=(?P<choice>.*)\)", re.DOTALL)
TICKED = {"1", "Checked"}
NOT_YET = "[not completed]"
DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")
BASE = ""  # the instrument of rows that do not repeat

Rows = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """The columns of one form, up to the one that says whether it is complete."""

    columns: tuple[str, ...]
    complete: str
    stamp: str


def is_redcap(grid: Grid) -> bool:
    """True where the headers are the platform's own, or a record id comes with forms and boxes."""
    names = [" ".join(name.split()) for name in grid.row(0)]
    if {"redcap_event_name", "redcap_repeat_instrument"} & set(names):
        return True
    boxes = any(RAW_BOX.fullmatch(name) for name in names) or any("(choice=" in name for name in names)
    forms = any(name.endswith("_complete") for name in names) or names.count("Complete?") > 0
    return forms and (boxes or names[0] in ("record_id", "Record ID") or "Event Name" in names)


def read_redcap(grid: Grid, settings: File) -> Table:
    """One row a record, event and instance of the form that holds the answers.

    Rows of other events that only carry facts, such as an enrolment, become part of the record's rows. Rows of other
    repeating forms are counted out; `sheet` in the plan names the one to read. A question with several boxes of which
    none is ticked is not known: the platform writes 0 even where a form was never opened.
    """
    names = distinct([" ".join(name.split()) for name in grid.row(0)])
    fields = [
        _field(name, header, place) for place, (name, header) in enumerate(zip(names, grid.row(0), strict=True), 1)
    ]
    table = headed(grid, fields, header_rows=1)
    table, repeated = _of_instrument(table, settings)
    form = _main(table, repeated)
    table = _boxes(_joined(table, form, repeated))
    raw = bool(EVENT & set(table.columns) & {"redcap_event_name"}) or names[0] == names[0].lower()
    return replace(
        table,
        platform="REDCap",
        variant="raw" if raw else "labels",
        response=_response(table, form),
        notes=(*table.notes, *_commas(table)),
    )


def _field(name: str, header: str, place: int) -> tuple[str, Field]:
    kind: Kind = "answer"
    if place == 1 or name in OURS or COMPLETE.fullmatch(name) or STAMP.fullmatch(name):
        kind = "meta"
    elif box := RAW_BOX.fullmatch(name) or LABEL_BOX.fullmatch(name):
        choice = re.sub(r"^_", "-", box["choice"])  # a minus is no sign of a name there
        labelled = not RAW_BOX.fullmatch(name)
        new = f"{box['question']} [{choice}]" if labelled else name
        wording = box["question"] if labelled else ""
        part = choice if labelled else ""
        return new, Field(
            source=header,
            place=place,
            kind="choice",
            wording=wording,
            part=part,
            question=box["question"],
            choice=choice,
        )
    wording = "" if re.fullmatch(r"[a-z0-9_]+", name) else name
    return name, Field(source=header, place=place, kind=kind, wording=wording)


def _forms(table: Table) -> list[Instrument]:
    """The forms in the file's order; what stands behind the last mark of a form is one too."""
    forms, columns = list[Instrument](), list[str]()
    for name in table.columns:
        columns.append(name)
        if COMPLETE.fullmatch(name):
            forms.append(_form(columns, name))
            columns = []
    return [*forms, _form(columns, "")] if columns or not forms else forms


def _form(columns: Sequence[str], complete: str) -> Instrument:
    stamp = next((name for name in columns if STAMP.fullmatch(name)), "")
    return Instrument(columns=tuple(columns), complete=complete, stamp=stamp)


def _filled(table: Table, names: Sequence[str]) -> NDArray[np.int64]:
    """How many of the columns a row has filled; boxes count only where ticked."""
    counts = np.zeros(len(table.rows), dtype=np.int64)
    for name in names:
        column, kind = table.columns[name], table.fields[name].kind
        counts += column.among(TICKED) if kind == "choice" else ~column.blank if kind == "answer" else 0
    return counts


def _main(table: Table, rows: Rows) -> Instrument:
    """The form with the most answers in the rows marked."""
    return max(_forms(table), key=lambda form: int(_filled(table, form.columns)[rows].sum()))


def _of_instrument(table: Table, settings: File) -> tuple[Table, Rows]:
    """The rows of one repeating form, or those that do not repeat, and which of the rows kept these are.

    Rows that do not repeat are kept for what they tell of the record; those of other forms are counted out.
    """
    name = next((name for name in table.columns if name in REPEATED), "")
    if not name:
        return table, np.ones(len(table.rows), dtype=bool)
    column = table.columns[name]
    answers = _filled(table, list(table.columns))
    held = {word: int(answers[column.among({word})].sum()) for word in column.words}
    chosen = settings.sheet if settings.sheet is not None else max(held, key=lambda word: held[word])
    if chosen not in held:
        listed = ", ".join(word for word in held if word)
        raise DataError(
            f'{table.file}: column {name}: no repeating form {chosen}. It has {listed}; write sheet = "" for the rows '
            "that do not repeat."
        )
    facts = column.blank & (chosen != BASE)
    others = ~column.among({chosen}) & ~facts
    told = ", ".join(sorted(word for word in held if word not in (chosen, BASE)))
    reduced = table.without(others, f"of another form ({told})") if others.any() else table
    if others.any():
        said = (
            f'{table.file}: rows of {told} were left out. To read them, write sheet = "{told.partition(", ")[0]}".'
        )
        reduced = replace(reduced, notes=(*reduced.notes, said))
    return reduced, column.among({chosen})[~others]


def _joined(table: Table, form: Instrument, repeated: Rows) -> Table:
    """The rows that hold the form, each with what the record's other rows tell."""
    own = [name for name in form.columns if table.fields[name].kind != "meta"]
    there = _filled(table, own) > 0
    for name in (form.complete, form.stamp):
        if name and EVENT & set(table.columns):
            there |= ~table.columns[name].blank
    there &= repeated
    if there.all() or not there.any():
        return table
    record = next(iter(table.columns.values())).codes
    columns = dict(table.columns)
    for name, column in table.columns.items():
        if name in own or name in (form.complete, form.stamp) or name in EVENT | REPEATED | INSTANCE:
            continue
        given = ~there & ~column.blank
        told = np.full(int(record.max()) + 1, -1, dtype=np.int64)
        told[record[given]] = column.codes[given]
        empty = there & column.blank & (told[record] >= 0)
        codes = column.codes.copy()
        codes[empty] = told[record[empty]]
        columns[name] = replace(column, codes=codes)
    used = ~there & np.isin(record, record[there])
    merged = int(used.sum())
    table = replace(table, columns=columns).without(~there & ~used, "without an answer")
    table = table.without((~there)[there | used], "merged")
    dropped = {reason: count for reason, count in table.dropped.items() if reason != "merged"}
    return replace(table, dropped=dropped, merged=table.merged + merged)


def _boxes(table: Table) -> Table:
    """Boxes as ticked, left, or not known where no box of the question is ticked."""
    questions: dict[str, list[str]] = {}
    for name, about in table.fields.items():
        if about.kind == "choice":
            questions.setdefault(about.question, []).append(name)
    columns = dict(table.columns)
    for names in questions.values():
        ticks = [table.columns[name].among(TICKED) for name in names]
        known = np.logical_or.reduce(ticks)
        for name, ticked in zip(names, ticks, strict=True):
            codes = np.where(known, ticked.astype(np.int8), 2).astype(np.int8)
            columns[name] = Column(name=name, codes=codes, words=("0", "1", ""))
    return replace(table, columns=columns)


def _response(table: Table, form: Instrument) -> dict[str, Column]:
    columns = table.columns
    record = next(iter(columns.values()))
    event = next((columns[name] for name in columns if name in EVENT), None)
    instance = next((columns[name] for name in columns if name in INSTANCE), None)
    person = next((columns[name] for name in columns if name in IDENTIFIER), record)
    found = {"response": _together([one for one in (record, event, instance) if one]), "person": person}
    if event:
        found["wave"] = event
    if form.complete:
        column = columns[form.complete]
        words = tuple("" if not word else str(int(word in ("2", "Complete"))) for word in column.words)
        found["finished"] = replace(column, words=words)
    if form.stamp:
        column = columns[form.stamp]
        found["submitted_at"] = replace(
            column, words=tuple("" if word == NOT_YET else word for word in column.words)
        )
    return found


def _together(columns: Sequence[Column]) -> Column:
    """One id of several columns' words."""
    codes = np.zeros(len(columns[0].codes), dtype=np.int64)
    for column in columns:
        codes = codes * len(column.words) + column.codes
    kinds, first, place = np.unique(codes, return_index=True, return_inverse=True)
    words = tuple(" ".join(filter(None, (column.words[column.codes[at]] for column in columns))) for at in first)
    return Column(name=columns[0].name, codes=place.astype(np.int32), words=words if len(kinds) else ("",))


def _commas(table: Table) -> list[str]:
    """Columns with decimal commas, which stay texts unless the plan says how the file writes numbers."""
    names = [
        name
        for name, column in table.columns.items()
        if table.fields[name].kind == "answer"
        and any(DECIMAL_COMMA.fullmatch(word) for word in column.words)
        and all(DECIMAL_COMMA.fullmatch(word) or not word for word in column.words)
    ]
    return [f"{table.file}: numbers with a decimal comma, kept as texts: {', '.join(names)}."] if names else []
