"""Plain tables: one header row, then one row a record."""

from collections.abc import Sequence

import numpy as np

from mentorstudy.nouns.file import File
from mentorstudy.reading.below import without_what_stands_below
from mentorstudy.reading.containers.above import named_or_refused
from mentorstudy.reading.grid import Field, Grid, number
from mentorstudy.reading.headers import headed, raise_twice, with_headers
from mentorstudy.reading.table import Table


def read_table(grid: Grid, _: File) -> Table:
    """A CSV or a sheet whose first row names the columns; rows that a spreadsheet put below it are counted out."""
    table = _below_groups(grid) if grid.grouped and grid.height > 1 else with_headers(grid)
    return without_what_stands_below(table)


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
