"""Plain tables: one header row, then one row a record."""

import re

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.above import named_or_refused
from mentorstudy.reading.grid import Column, Field, Grid, number
from mentorstudy.reading.table import Table, headed, raise_twice, with_headers

SUM = re.compile(
    r"((grand |sub)?totals?|sum|(zwischen|gesamt)?summe|gesamt|somme|total g[ée]n[ée]ral|totaal|suma)[\s:=]*[0-9.,\s]*",
    re.IGNORECASE,
)
SUMS = "sums, not people"
MANY = 50_000
MOSTLY_EMPTY = 0.5  # of the other cells


def read_table(grid: Grid, _: File) -> Table:
    """A CSV or a sheet whose first row names the columns; rows that a spreadsheet put below it are counted out."""
    table = _below_groups(grid) if grid.grouped and grid.height > 1 else with_headers(grid)
    return table.without(_sums(table), SUMS)


def _below_groups(grid: Grid) -> Table:
    """The table under two rows of headers, the upper of which names groups of columns.

    Raises DataError where the row below them names no columns, so that all but one of a group have no name.
    """
    above, below = grid.row(0), grid.row(1)
    named = all(text and np.isnan(number(text)) for name, text in zip(above, below, strict=True) if not name)
    names = [text or name for name, text in zip(above, below if named else [""] * len(above), strict=True)]
    fields = [(name, Field(source=name, place=place)) for place, name in enumerate(names, start=1)]
    filled = [not column.blank[1:].all() for column in grid.columns]
    nameless = [at for at, (name, full) in enumerate(zip(names, filled, strict=True), start=1) if full and not name]
    named_or_refused(nameless, int(grid.rows[0]), grid.file)
    raise_twice(grid, names)
    return headed(grid, fields, header_rows=1 + named)


def _sums(table: Table) -> NDArray[np.bool_]:
    """True for rows with a word for a sum, and hardly a cell more; in place of an id, with nothing but numbers."""
    none = np.zeros(len(table.rows), dtype=bool)
    if len(table.columns) < 2:
        return none
    named = [_names_sum(column) for column in table.columns.values()]
    if not np.any(named):
        return none
    columns = list(table.columns.values())
    blank = np.mean([column.blank for column in columns], axis=0)
    thin = np.any(named, axis=0) & (blank >= MOSTLY_EMPTY * (len(columns) - 1) / len(columns))
    if len({*columns[0].words}) < len(table.rows):  # no column of ids
        return thin
    numbers = np.all([column.blank | ~np.isnan(column.numbers()) for column in columns[1:]], axis=0)
    return thin | (named[0] & numbers)


def _names_sum(column: Column) -> NDArray[np.bool_]:
    # of a column of a million ids only the last are looked at, below which a sum would stand
    told = column.words if len(column.words) <= MANY else [column.words[code] for code in column.codes[-3:]]
    words = {word for word in told if SUM.fullmatch(word)}
    return column.among(words) if words else np.zeros(len(column.codes), dtype=bool)
