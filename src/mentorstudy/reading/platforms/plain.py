"""Plain tables: one header row, then one row a record."""

import re
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.above import named_or_refused
from mentorstudy.reading.grid import Column, Field, Grid, number
from mentorstudy.reading.headers import headed, raise_twice, with_headers
from mentorstudy.reading.table import Table

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
    named = _names_columns(above, below)
    names = [text or name for name, text in zip(above, below if named else [""] * len(above), strict=True)]
    fields = [(name, Field(source=name, place=place)) for place, name in enumerate(names, start=1)]
    filled = [not column.blank[1:].all() for column in grid.columns]
    nameless = [at for at, (name, full) in enumerate(zip(names, filled, strict=True), start=1) if full and not name]
    named_or_refused(nameless, int(grid.rows[0]), grid.file)
    raise_twice(grid, names)
    return headed(grid, fields, header_rows=1 + named)


def _names_columns(above: Sequence[str], below: Sequence[str]) -> bool:
    """Whether the second row names the columns that the first leaves without a name, and is no record.

    A column that stands in no group has its name above, and nothing, or the same once more, below.
    """
    under = [text for name, text in zip(above, below, strict=True) if not name]
    alone = [bool(name and following) for name, following in zip(above, [*above[1:], "end"], strict=True)]
    again = [text in ("", name) for name, text, one in zip(above, below, alone, strict=True) if one]
    return bool(under) and all(text and np.isnan(number(text)) for text in under) and all(again)


def _sums(table: Table) -> NDArray[np.bool_]:
    """True for rows that begin with a word for a sum, and hold hardly a cell more; in place of an id, only numbers.

    A word that stands in the same column of a row like any other is the name of something, and no row of it is a sum.
    """
    columns = list(table.columns.values())
    sums, before = np.zeros(len(table.rows), dtype=bool), np.ones(len(table.rows), dtype=bool)
    if len(columns) < 2:
        return sums
    for column in columns:
        for word in _sum_words(column):
            rows = column.among({word})
            if (rows & before).any() and (told := _hardly_more(columns, column, rows & before))[rows].all():
                sums |= told
        before &= column.blank
    return sums


def _sum_words(column: Column) -> set[str]:
    # of a column of a million ids only the last are looked at, below which a sum would stand
    told = column.words if len(column.words) <= MANY else [column.words[code] for code in column.codes[-3:]]
    return {word for word in told if SUM.fullmatch(word)}


def _hardly_more(columns: Sequence[Column], named: Column, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Those of the rows in which most other cells are blank; in place of one of many ids, all that are no number."""
    blank = np.mean([column.blank for column in columns], axis=0)
    thin = blank >= MOSTLY_EMPTY * (len(columns) - 1) / len(columns)
    if len({*named.words}) >= len(rows):
        others = [column for column in columns if column is not named]
        thin |= np.all([column.blank | ~np.isnan(column.numbers()) for column in others], axis=0)
    told: NDArray[np.bool_] = rows & thin
    return told
