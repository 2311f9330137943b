"""Files of statistics programs: names, labels and reasons for missing come with the file."""

from dataclasses import replace

import numpy as np

from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Grid
from mentorstudy.reading.headers import with_headers
from mentorstudy.reading.platforms.qualtrics_headers import bears_its_names
from mentorstudy.reading.platforms.qualtrics_named import read_named
from mentorstudy.reading.table import Table

CONTAINERS = frozenset({"spss", "stata", "parquet"})
KNOWN = {  # names that only a platform's own export gives, and the kit's word for each
    "response_id": "response",
    "responseid": "response",
    "startdate": "started_at",
    "started_at": "started_at",
    "startlanguage": "language",
    "enddate": "submitted_at",
    "submitted_at": "submitted_at",
    "submitdate": "submitted_at",
    "finished": "finished",
    "progress": "progress",
    "userlanguage": "language",
    "externalreference": "person",
}
BOUNDED = {"finished": (0.0, 1.0), "progress": (0.0, 100.0)}


def is_statistics(grid: Grid) -> bool:
    """Whether the container names its columns itself, as SPSS, Stata and parquet do."""
    return grid.container in CONTAINERS


def read_statistics(grid: Grid, settings: File) -> Table:
    """The table under the file's own names; what tells of the response is taken by name where it is certain.

    Where the names are Qualtrics', its rules for rows that are no answers hold as in its other exports.
    """
    if bears_its_names([name for name, _ in grid.named]):
        return read_named(grid, settings)
    table = with_headers(grid)
    response: dict[str, Column] = {}
    fields = dict(table.fields)
    for name, column in table.columns.items():
        word = KNOWN.get(name.casefold(), "")
        if not word or word in response or not _fits(word, column):
            continue
        words = tuple(map(str.lower, column.words)) if word == "language" else column.words
        response[word] = replace(column, words=words)
        fields[name] = replace(fields[name], kind="meta")
    return replace(table, platform=grid.container, response=response, fields=fields)


def _fits(word: str, column: Column) -> bool:
    if word not in BOUNDED:
        return True
    numbers = column.numbers()[~column.blank]
    low, high = BOUNDED[word]
    whole = word != "finished" or bool(np.isin(numbers, (0, 1)).all())
    return whole and bool(((numbers >= low) & (numbers <= high)).all())
