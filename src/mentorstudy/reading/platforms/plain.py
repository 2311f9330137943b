"""Plain tables: one header row, then one row a record."""

from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Grid
from mentorstudy.reading.table import Table, with_headers


def read_table(grid: Grid, _: File) -> Table:
    """A CSV or a sheet whose first row names the columns, or a container that names them itself."""
    return with_headers(grid)
