"""Plain tables: one header row, then one row a record."""

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Grid
from mentorstudy.reading.table import Table, with_headers

SUM_WORDS = {
    "total",
    "totals",
    "grand total",
    "subtotal",
    "sum",
    "summe",
    "gesamt",
    "gesamtsumme",
    "somme",
    "totaal",
}
SUMS = "sums, not people"
MANY = 50_000
MOSTLY_EMPTY = 0.5  # of the other cells


def read_table(grid: Grid, _: File) -> Table:
    """A CSV or a sheet whose first row names the columns; rows that a spreadsheet put below it are counted out."""
    table = with_headers(grid)
    return table.without(_sums(table), SUMS)


def _sums(table: Table) -> NDArray[np.bool_]:
    """True for rows with a word for a sum, and hardly a cell more."""
    sums = np.zeros(len(table.rows), dtype=bool)
    for column in table.columns.values():
        # of a column of a million ids only the last are looked at, below which a sum would stand
        told = column.words if len(column.words) <= MANY else [column.words[code] for code in column.codes[-3:]]
        if words := {word for word in told if word.casefold().rstrip(" :") in SUM_WORDS}:
            sums |= column.among(words)
    if not sums.any() or len(table.columns) < 2:
        return np.zeros(len(table.rows), dtype=bool)
    blank = np.mean([column.blank for column in table.columns.values()], axis=0)
    return sums & (blank >= MOSTLY_EMPTY * (len(table.columns) - 1) / len(table.columns))
