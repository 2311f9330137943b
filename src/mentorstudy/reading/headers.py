"""Headers: a grid to a table, its headers read."""

from collections.abc import Sequence

import numpy as np

from mentorstudy.nouns.errors import DataError, Fault, raise_all
from mentorstudy.reading.grid import Column, Field, Grid
from mentorstudy.reading.headless import judged
from mentorstudy.reading.table import BLANK, IN_DOUBT, NO_HEADERS, Table

FEWEST = 2  # names that a row has to repeat


def with_headers(grid: Grid, *, header_rows: int = 1) -> Table:
    """The grid with its first row as names and, where there are more header rows, the second as wording.

    Raises DataError where two columns have one name, or there is no row of data.
    """
    names = [name for name, _ in grid.named] or [" ".join(name.split()) for name in grid.row(0)]
    if grid.named:
        raise_twice(grid, names)
        return headed(grid, grid.named, header_rows=0)
    body = np.arange(grid.height) >= header_rows
    if len({*filter(None, names)}) < len([*filter(None, names)]):
        _raise_data(grid, names, [column.taken(body) for column in grid.columns])
        raise_twice(grid, names)
    wording = grid.row(1) if header_rows > 1 else [""] * len(names)
    fields = [
        (name, Field(source=name, place=place, wording=text))
        for place, (name, text) in enumerate(zip(names, wording, strict=True), start=1)
    ]
    return headed(grid, fields, header_rows=header_rows)


def raise_twice(grid: Grid, names: Sequence[str]) -> None:
    """DataError for each name that several columns have."""
    twice = sorted({name for name in names if name and names.count(name) > 1})
    raise_all(DataError, [f"{grid.file}: two columns are called {name}. Rename one of them." for name in twice])


def headed(grid: Grid, fields: Sequence[tuple[str, Field]], *, header_rows: int) -> Table:
    """The table under the names given, one for each column of the grid; columns named "" are left out.

    Rows without a cell are left out and counted; DataError where no row of data is left, or where one is no data but
    the headers once more.
    """
    _raise_again(grid, header_rows)
    body = np.ones(grid.height, dtype=bool)
    body[:header_rows] = False
    blank = body.copy()
    for column in grid.columns:
        if not blank.any():
            break
        blank &= column.blank
    body &= ~blank
    blanks = int(blank.sum()) + grid.blanks
    if not body.any():
        raise DataError(f"{grid.file}: headers, but not one row of data. Export it again, with all responses.")
    kept = [(name, column, about) for (name, about), column in zip(fields, grid.columns, strict=True) if name]
    nameless = [
        about.place
        for (name, about), column in zip(fields, grid.columns, strict=True)
        if not name and not column.taken(body).blank.all()
    ]
    said = f"{grid.file}: column {', '.join(map(str, nameless))} has no name and is left out."
    return Table(
        file=grid.file,
        sha256=grid.sha256,
        columns={name: column.taken(body, name=name) for name, column, _ in kept},
        rows=grid.rows if body.all() else grid.rows[body],
        fields={name: about for name, _, about in kept},
        dropped={BLANK: blanks} if blanks else {},
        header_rows=header_rows,
        zone=grid.zone,
        notes=(*grid.notes, said) if nameless else grid.notes,
    )


def _raise_again(grid: Grid, header_rows: int) -> None:
    """DataError where rows below the headers repeat these cell for cell, as where exports were put together."""
    heads = [grid.row(row) for row in range(min(header_rows, grid.height))]
    place = next((place for place, head in enumerate(heads[0]) if head), -1) if heads else -1
    if place < 0 or sum(map(bool, heads[0])) < FEWEST:
        return
    column = grid.columns[place]  # one is looked through, and of the others only rows that begin as headers do
    alike = column.among({head[place] for head in heads} - {""})
    alike[:header_rows] = False
    again = [row for row in np.flatnonzero(alike).tolist() if grid.row(row) in heads]
    if again:
        said = (
            "the headers once more, as where exports were put below one another. Keep each export in a file of its "
            "own, or take the row out."
        )
        raise DataError(Fault.of(said, file=grid.file, rows=grid.rows[again].tolist()))


def distinct(names: Sequence[str]) -> list[str]:
    """The names, the second and later of equal ones with a number: "When", "When (2)"."""
    seen: dict[str, int] = {}
    told = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        told.append(f"{name} ({seen[name]})" if name and seen[name] > 1 else name)
    return told


def _raise_data(grid: Grid, names: Sequence[str], columns: Sequence[Column]) -> None:
    """DataError, without a name, where names of which two are the same may be cells."""
    said = f"{grid.file}: two cells of row {grid.rows[0]} are the same"
    if (found := judged(names, columns)) == "record":
        raise DataError(f"{said}. {NO_HEADERS}")
    if found == "in doubt":
        same = [str(at) for at, name in enumerate(names, start=1) if name and names.count(name) > 1]
        raise DataError(
            f"{said}, in columns {' and '.join(same)}. {IN_DOUBT} Of names that are the same, rename one."
        )
