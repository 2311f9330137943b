"""REDCap: records by event and instrument, with raw or label headers, to one row a response."""

import json
import re
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Field, Grid, Kind, as_in, in_plan
from mentorstudy.reading.headers import distinct, headed
from mentorstudy.reading.platforms.redcap_forms import (
    COMPLETE,
    DONE,
    EVENT,
    IDENTIFIER,
    INSTANCE,
    NOT_YET,
    OURS,
    STAMP,
    Form,
    forms_of,
    joined,
    numbered,
    wanted_rows,
    with_identifiers,
)
from mentorstudy.reading.platforms.redcap_missing import boxes_read, with_reasons
from mentorstudy.reading.table import Table

RAW_BOX = re.compile(r"(?P<question>.+?)___(?P<choice>.+)")
LABEL_BOX = re.compile(r"(?P<question>.+?) \(choice=(?P<choice>.*)\)", re.DOTALL)
RAW_NAME = re.compile(r"[a-z][a-z0-9_]*")  # as the platform names every field
UNDONE = {"0", "1", "Incomplete", "Unverified"}
DECIMAL_COMMA = re.compile(r"-?[0-9]+,[0-9]+")


def is_redcap(grid: Grid) -> bool:
    """True where the headers are the platform's own, a record id comes with forms and boxes, or forms are marked."""
    return is_surely_redcap(grid) or _marked(grid, _headers(grid))


def is_surely_redcap(grid: Grid) -> bool:
    """True where headers tell, which no other tool's file has: the platform's own, or a record id, forms and boxes."""
    names = _headers(grid)
    if {"redcap_event_name", "redcap_repeat_instrument"} & set(names):
        return True
    boxes = any(RAW_BOX.fullmatch(name) for name in names) or any("(choice=" in name for name in names)
    forms = any(name.endswith("_complete") for name in names) or names.count("Complete?") > 0
    return forms and (boxes or names[0] in ("record_id", "Record ID") or "Event Name" in names)


def _headers(grid: Grid) -> list[str]:
    return [" ".join(name.split()) for name in grid.row(0)]


def _marked(grid: Grid, names: Sequence[str]) -> bool:
    """Whether the last column marks the end of a form: the first is an id, and the marks hold nothing else.

    A plain table may have a column such as training_complete of 0 and 1, so one mark at least must say that a form is
    complete, and where headers are names all of them must be such as the platform makes.
    """
    raw = names[-1].endswith("_complete") and all(RAW_NAME.fullmatch(name) for name in names)
    if len(names) < 3 or not (raw or names[-1] == "Complete?"):
        return False
    told = [
        {column.words[code] for code in np.unique(column.codes[1:]).tolist()}
        for name, column in zip(names, grid.columns, strict=True)
        if COMPLETE.fullmatch(name)
    ]
    ids = [grid.columns[0].words[code] for code in grid.columns[0].codes[1:].tolist()]
    return (
        all(words <= DONE | UNDONE | {""} for words in told)
        and any(words & DONE for words in told)
        and len({*ids} - {""}) == len(ids)
    )


def read_redcap(grid: Grid, settings: File) -> Table:
    """One row a record, event and instance, with the answers of all its forms.

    Only rows of an event that stands before the waves, such as an enrolment, become part of the record's other rows;
    no answer goes from one wave to another. Where forms repeat, the rows of one are read, each with what its record
    tells at the same event; `sheet` in the plan names it. A question with several boxes of which none is ticked is
    not known: the platform writes 0 even where a form was never opened.
    """
    names = distinct(_headers(grid))
    fields = [
        _field(name, header, place) for place, (name, header) in enumerate(zip(names, grid.row(0), strict=True), 1)
    ]
    table = with_identifiers(headed(grid, fields, header_rows=1))
    person = _person(table)
    forms = forms_of(table)
    table = replace(
        table, response=_handed_in(table, forms)
    )  # of a row's own forms, so before any are carried to it
    table = with_reasons(boxes_read(joined(table, forms, wanted_rows(table, settings), settings)))
    raw = bool(EVENT & set(table.columns) & {"redcap_event_name"}) or names[0] == names[0].lower()
    return replace(
        table,
        platform="REDCap",
        variant="raw" if raw else "labels",
        response=_response(table, person),
        notes=(*table.notes, *_unidentified(table, person), *_commas(table, settings)),
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


def _person(table: Table) -> str:
    """The column that says who answered: the survey identifier, or the record id where nobody has one."""
    name = next((name for name in table.columns if name in IDENTIFIER), "")
    return name if name and not table.columns[name].blank.all() else next(iter(table.columns))


def _unidentified(table: Table, person: str) -> list[str]:
    """How many rows lack the survey identifier, and how many records have two.

    The record id does not stand in for it: a number of a record may be somebody else's number in another file.
    """
    record, told = next(iter(table.columns)), table.columns[person]
    if person not in IDENTIFIER:
        return []
    line = f"person = {json.dumps(record, ensure_ascii=False)}"
    mend = f"If the other files call people by their record id, {in_plan('columns.survey', line)}"
    said, lacking = [], int(told.blank.sum())
    if lacking:
        said.append(
            f"{table.file}: column {person}: empty in {lacking} of {len(table.rows)} rows, of which it is not known "
            f"who answered. {mend}"
        )
    filled_in = table.columns[record].taken(~told.blank), told.taken(~told.blank)
    pairs = np.unique(numbered(filled_in), return_index=True)[1]
    records, times = np.unique(numbered([filled_in[0]])[pairs], return_counts=True)
    if more := int((times > 1).sum()):
        said.append(
            f"{table.file}: column {person}: {more} of {len(records)} records have more than one, and count as so many "
            f"people. {mend}"
        )
    return said


def _handed_in(table: Table, forms: Sequence[Form]) -> dict[str, Column]:
    """Whether each row is finished, and when it was handed in.

    It is finished where every form that it holds is complete, and not known where such a form has no mark. The time
    is that of the last form in the file's order that has one.
    """
    found: dict[str, Column] = {}
    marked = [form for form in forms if form.complete]
    if marked:
        undone, unsaid = np.zeros((2, len(table.rows)), dtype=bool)
        for form in marked:
            undone |= form.held & table.columns[form.complete].among(UNDONE)
            unsaid |= form.held & ~table.columns[form.complete].among(UNDONE | DONE)
        unsaid |= ~np.logical_or.reduce([form.held for form in marked])
        codes = np.where(undone, 0, np.where(unsaid, 2, 1)).astype(np.int8)
        found["finished"] = Column(name=marked[0].complete, codes=codes, words=("0", "1", ""))
    stamps = [table.columns[form.stamp] for form in forms if form.stamp]
    if stamps:
        times, words = np.zeros(len(table.rows), dtype=np.int64), [""]
        for column in stamps:
            given = ~column.among({"", NOT_YET})
            times[given] = column.codes[given] + np.int64(len(words))
            words += ["" if word == NOT_YET else word for word in column.words]
        name = ", ".join(column.name for column in stamps)
        found["submitted_at"] = Column(name=name, codes=times, words=tuple(words))
    return found


def _response(table: Table, person: str) -> dict[str, Column]:
    """The response's id, who answered and at which event, beside what is known of it already."""
    columns = table.columns
    record = next(iter(columns.values()))
    event = next((columns[name] for name in columns if name in EVENT), None)
    instance = next((columns[name] for name in columns if name in INSTANCE), None)
    found = {"response": _together([one for one in (record, event, instance) if one]), "person": columns[person]}
    if event:
        found["wave"] = event
    return found | table.response


def _together(columns: Sequence[Column]) -> Column:
    """One id of several columns' words."""
    kinds, first, place = np.unique(numbered(columns), return_index=True, return_inverse=True)
    words = tuple(" ".join(filter(None, (column.words[column.codes[at]] for column in columns))) for at in first)
    return Column(name=columns[0].name, codes=place.astype(np.int32), words=words if len(kinds) else ("",))


def _commas(table: Table, settings: File) -> list[str]:
    """Columns with decimal commas, which stay texts unless the plan says how the file writes numbers."""
    names = [
        name
        for name, column in table.columns.items()
        if settings.decimal != ","
        and table.fields[name].kind == "answer"
        and any(DECIMAL_COMMA.fullmatch(word) for word in column.words)
        and all(DECIMAL_COMMA.fullmatch(word) or not word for word in column.words)
    ]
    if not names:
        return []
    return [
        f"{table.file}: numbers with a decimal comma, kept as texts: {', '.join(names)}. To read them as numbers, "
        f"say so under [files] in plan.toml, {as_in(settings.path, 'decimal', ',')}."
    ]
