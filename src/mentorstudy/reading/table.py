"""Plain tables: one header row, then one row a record."""

from mentorstudy.reading.grid import Grid, Table, with_headers


def read_table(grid: Grid) -> Table:
    """A CSV or a sheet whose first row names the columns."""
    return with_headers(grid, header_rows=1)
