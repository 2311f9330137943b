"""Qualtrics: exports with one to three header rows, several answers in a cell, and boxes."""

import re
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Field, Grid
from mentorstudy.reading.headers import headed
from mentorstudy.reading.platforms.qualtrics_headers import (
    OWN,
    Headers,
    bears_its_names,
    form,
    named_by_it,
    read_headers,
)
from mentorstudy.reading.platforms.qualtrics_named import read_named
from mentorstudy.reading.platforms.qualtrics_rows import with_responses
from mentorstudy.reading.platforms.qualtrics_seen import NUMBERS, SEEN, numeric, said, with_seen
from mentorstudy.reading.table import Table

MOMENTS = {"started_at", "submitted_at", "recorded"}
ENOUGH = {"response", "status", "channel"}  # any of them tells rows that are no answers from the rest


def is_qualtrics(grid: Grid) -> bool:
    """True where the first rows are those of one of Qualtrics' exports."""
    return not grid.named and form(grid) != ""


def may_be_qualtrics(grid: Grid) -> bool:
    """Whether the file has as much of Qualtrics as it needs to be read so where the plan says that it is."""
    return is_qualtrics(grid) or not ENOUGH.isdisjoint(named_by_it(_calls(grid)))


def names_its_responses(grid: Grid) -> bool:
    """Whether a column is called as Qualtrics alone calls a response's id or its channel; others have a Status too."""
    return not (ENOUGH - {"status"}).isdisjoint(named_by_it(_calls(grid)))


def _calls(grid: Grid) -> list[str]:
    return [name for name, _ in grid.named] or (grid.row(0) if grid.height else [])


def read_qualtrics(grid: Grid, settings: File) -> Table:
    """The responses; previews, tests, spam, duplicates and retaken ones are left out and counted.

    Where the plan says that a file is Qualtrics', one of its own columns is enough to read it by; DataError where the
    file has none.
    """
    overruled = settings.format == "qualtrics" and may_be_qualtrics(grid)
    if not (is_qualtrics(grid) or bears_its_names(_calls(grid)) or overruled):
        where = "it" if grid.named else "row 3 holds no Qualtrics import ids, and row 1"
        raise DataError(
            f"{grid.file}: {where} has no column ResponseId, Status or DistributionChannel. Export it again as CSV "
            'with all three header rows, or take format = "qualtrics" out for this file in plan.toml.'
        )
    if grid.named:
        return read_named(grid, settings)
    _raise_wordings(grid)
    headers = read_headers(grid, form(grid) or "one header row")
    table = headed(grid, headers.fields, header_rows=headers.rows)
    table = replace(table, notes=(*table.notes, *headers.notes))
    names = {word: headers.fields[place][0] for word, place in headers.told.items()}
    table = replace(
        _boxes(with_seen(_lists(table, headers), names), headers),
        platform="qualtrics",
        variant=headers.variant,
        zone=headers.zone or table.zone,
    )
    return with_responses(table, names, settings)


def _raise_wordings(grid: Grid) -> None:
    """DataError where the row below a single row of names holds the questions' wordings: that of import ids is gone."""
    if form(grid) not in ("one header row", "") or grid.height < 2:
        return
    told = [
        cell for name, cell in zip(grid.row(0), grid.row(1), strict=True) if OWN.get(name.casefold()) in MOMENTS
    ]
    if told and all(cell and not any(map(str.isdigit, cell)) for cell in told):
        raise DataError(
            f"{grid.file}: row {grid.rows[1]} holds the questions' wordings and no response; the row of import ids "
            "below it is gone. Export it again with all three header rows, or take that row out."
        )


def _lists(table: Table, headers: Headers) -> Table:
    """Questions with several answers in a cell: numbers, or labels that also stand alone, with commas between."""
    fields = dict(table.fields)
    for name, about in table.fields.items():
        if about.kind != "answer":
            continue
        words = said(table.columns[name])
        joined = [re.split(r",(?=\S)", word) for word in words if re.search(r",\S", word)]
        spoken = headers.rows == 3 and all(words & set(parts) for parts in joined)
        if joined and (spoken or numeric(table.columns[name])):
            fields[name] = replace(about, kind="list", separator=",")
    return replace(table, fields=fields)


def _boxes(table: Table, headers: Headers) -> Table:
    """Boxes as "1" ticked and "0" left; where no box of the question is ticked "", or -99 if that has a reason."""
    groups: dict[str, list[str]] = {}
    for (name, _), group in zip(headers.fields, headers.groups, strict=True):
        if name and group:
            groups.setdefault(group, []).append(name)
    columns, fields = dict(table.columns), dict(table.fields)
    for members in groups.values():
        ticked = np.array([~columns[name].among({"", SEEN, "0"}) for name in members])
        if not all(fields[name].kind == "choice" for name in members) and not _ticks(table, members, ticked):
            continue
        known = ticked.any(axis=0) | np.array([columns[name].among({"0"}) for name in members]).any(axis=0)
        for name, on in zip(members, ticked, strict=True):
            left = ~known & columns[name].among({SEEN} & fields[name].missing.keys())
            codes = np.select([on, known, left], [1, 0, 3], default=2).astype(np.int32)
            words = ("0", "1", "", SEEN) if left.any() else ("0", "1", "")
            columns[name] = Column(name=name, codes=codes, words=words)
            number = fields[name].choice or re.split(r"[_ ]", name)[-1]
            fields[name] = replace(fields[name], kind="choice", choice=number)
    return replace(table, columns=columns, fields=fields)


def _ticks(table: Table, members: list[str], ticked: NDArray[np.bool_]) -> bool:
    """Whether columns look like boxes: one word each, all 1 or each its own, and some left where others are ticked.

    A box that is ticked says its own label, so words that no header asks are those of a grid or of form fields.
    """
    words = [said(table.columns[name]) - {SEEN, "0"} for name in members]
    if len(members) < 2 or any(len(own) > 1 for own in words):
        return False
    spoken = [word for own in words for word in own]
    alike = set(spoken) == {"1"} or (
        len(set(spoken)) == len(spoken) > 1
        and not any(map(NUMBERS.fullmatch, spoken))
        and all(_asked(word, table.fields[name]) for name, own in zip(members, words, strict=True) for word in own)
    )
    return alike and bool((ticked.any(axis=0) & ~ticked.all(axis=0)).any())


def _asked(word: str, about: Field) -> bool:
    """Whether a word is the end of a column's label, or that was cut there; true where there are no labels."""
    label = " ".join("-".join(filter(None, (about.wording, about.part))).split())
    plain = " ".join(word.split())
    cut = label.endswith("...") and plain.startswith(" ".join(about.part.split()).removesuffix("..."))
    return not label or label.endswith(plain) or cut
