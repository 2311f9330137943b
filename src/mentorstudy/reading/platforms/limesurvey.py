"""LimeSurvey: headings as codes, codes with text or text; answers as codes or in full."""

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Grid, number
from mentorstudy.reading.headers import headed
from mentorstudy.reading.platforms.apostrophes import without_apostrophes
from mentorstudy.reading.platforms.headings import either, told
from mentorstudy.reading.platforms.limesurvey_boxes import NOT_ASKED, boxed
from mentorstudy.reading.platforms.limesurvey_headings import META, PERSONAL, code_of, fields_of, heading
from mentorstudy.reading.table import BLANK, Table

SIGNS = 2  # of the platform's columns after the id, enough to know it
UNDATED = "1980-01-01"  # what an anonymous survey without date stamps writes for every time
TIMES = ("submitdate", "startdate", "datestamp")
CODE = re.compile(r"AO?[0-9]{1,3}")
STORED = re.compile(r"(?P<whole>-?[0-9]*)(?P<rest>\.[0-9]{10})")  # a number as its database keeps it
FIXED = {"Yes", "No", "Uncertain", "Female", "Male", "Increase", "Same", "Decrease"}  # where N/A is no choice
RESPONSE = {"response": "id", "person": "token", "started_at": "startdate", "submitted_at": "submitdate"}


def is_limesurvey(grid: Grid) -> bool:
    """True where the id comes first and others of the platform's own columns are there, in any heading form."""
    if grid.named:
        return False
    codes = [code_of(cell) for cell in grid.row(0)]
    return codes[0] == "id" and len(set(codes) & (META | PERSONAL)) > SIGNS


def read_limesurvey(grid: Grid, settings: File) -> Table:
    """The responses; those without a date of submission are unfinished.

    Raises DataError for an export without responses, which holds one empty record.
    """
    if not is_limesurvey(grid):
        raise DataError(
            f"{grid.file}: the first columns are not LimeSurvey's (id, submitdate, lastpage). Export the responses "
            'again with these columns, or write format = "table" for this file in plan.toml.'
        )
    empty = _empty(grid)
    if empty[1:].all():
        raise DataError(
            f"{grid.file}: no responses: LimeSurvey writes one empty record where there are none. Export it again "
            "with all responses, complete and incomplete."
        )
    form = heading(grid)
    codes = [code_of(cell) for cell in grid.row(0)]
    fields = fields_of(grid, form)
    table = headed(grid, fields, header_rows=1)
    table = table.without(empty[np.isin(grid.rows, table.rows)], BLANK)
    names: dict[str, str] = {}
    for code, (name, _) in zip(codes, fields, strict=True):
        names.setdefault(code, name)  # a question may be worded like one of the platform's own
    table = _not_shown(_trimmed(without_apostrophes(table)))
    table, short = boxed(table)
    coded = [name for name in _answers(table) if _coded(table.columns[name])]
    short = short or bool(coded)
    table = _answered(table, names)
    notes = list(table.notes)
    if coded:
        notes.append(
            f"{len(coded)} columns hold codes of answers, as A3; what they stand for is not in the file. Export it "
            "with full answers too, or give the labels in the plan."
        )
    if not settings.time_zone:
        notes.append(
            "The times stand on the clock of the server, which the file does not name. Write "
            'time_zone = "..." for this file in plan.toml.'
        )
    variant = f"headings as {form}, {'short' if short else 'full'} answers"
    return replace(table, platform="LimeSurvey", variant=variant, notes=tuple(notes))


def _empty(grid: Grid) -> NDArray[np.bool_]:
    """The rows without an id or anything else but the platform's N/A."""
    return np.logical_and.reduce(
        [grid.columns[0].blank, *(column.among({"", NOT_ASKED, "No"}) for column in grid.columns[1:])]
    )


def _answers(table: Table) -> list[str]:
    return [name for name, about in table.fields.items() if about.kind == "answer"]


def _coded(column: Column) -> bool:
    said = told(column, 0)
    return bool(said) and all(map(CODE.fullmatch, said))


def _not_shown(table: Table) -> Table:
    """The table where N/A means not shown, in columns whose answers are the platform's own words."""
    fields = {
        name: replace(table.fields[name], missing={NOT_ASKED: "not_shown"})
        for name in _answers(table)
        if NOT_ASKED in (said := told(table.columns[name], 0)) and said <= FIXED | {NOT_ASKED}
    }
    return replace(table, fields={**table.fields, **fields})


def _trimmed(table: Table) -> Table:
    """The table with 4.0000000000 as 4, where a column holds such numbers only."""
    cells = {}
    for name in _answers(table):
        column = table.columns[name]
        said = told(column, 0)
        if any(map(STORED.fullmatch, said)) and not any(np.isnan(number(word)) for word in said):
            cells[name] = replace(column, words=tuple(map(_short, column.words)))
    return replace(table, columns=table.columns | cells)


def _short(word: str) -> str:
    match = STORED.fullmatch(word)
    if not match:
        return word
    rest = match["rest"].rstrip("0").rstrip(".")
    whole = match["whole"] if match["whole"] not in ("", "-") else f"{match['whole']}0"
    return f"{whole}{rest}"


def _answered(table: Table, names: dict[str, str]) -> Table:
    """The table with what it tells of each response; times that stand for none are taken out."""
    columns = {code: table.columns[name] for code, name in names.items() if code}
    notes = list(table.notes)
    dated = {code: _dated(columns[code]) for code in TIMES if code in columns}
    if "submitdate" in dated and "datestamp" in dated:  # who did not finish acted last then
        dated["submitdate"] = either(dated["submitdate"], dated["datestamp"])
    if "submitdate" in columns and any(word.startswith(UNDATED) for word in told(columns["submitdate"], 0)):
        notes.append(
            "submitdate is 1 January 1980, which stands for no day: the survey keeps no dates. Those responses are "
            "finished, and nothing says when."
        )
    response = {
        word: replace(dated.get(code, columns[code]), name=word)
        for word, code in RESPONSE.items()
        if code in columns and told(dated.get(code, columns[code]), 0)
    }
    if "submitdate" in columns:
        done = columns["submitdate"]
        words = tuple("1" if word else "0" for word in done.words)
        response["finished"] = replace(done, name="finished", words=words)
    if "startlanguage" in columns:
        spoken = columns["startlanguage"]
        response["language"] = replace(spoken, name="language", words=tuple(map(str.lower, spoken.words)))
    if "interviewtime" in columns:
        response["seconds"] = replace(columns["interviewtime"], name="seconds")
    return replace(table, response=response, notes=tuple(notes))


def _dated(column: Column) -> Column:
    return replace(column, words=tuple("" if word.startswith(UNDATED) else word for word in column.words))
