"""Merged: cells of a workbook that span rows or columns."""

from collections.abc import Iterator, Sequence

from mentorstudy.reading.containers.sheet import Range

Rows = Iterator[list[object]]


def in_each_row(rows: Rows, ranges: Sequence[Range], *, first: int, left: int) -> Rows:
    """A sheet's rows, from number `first`, the headers, on; a cell that spans several stands in each of them.

    One that spans columns stands in the first alone: it names a group, and is no answer to every question below it.
    What spans the headers' rows is left to those who know how a platform writes them. `left` is the first column.
    """
    begun: dict[int, list[tuple[int, int]]] = {}
    for (top, column), (bottom, _) in ranges:
        if bottom > top > first:
            begun.setdefault(top, []).append((column - left, bottom))
    still: dict[int, tuple[int, object]] = {}
    for at, row in enumerate(rows, first):
        still = {column: found for column, found in still.items() if found[0] >= at}
        if any(cell != "" for cell in row):  # a blank row between records is none
            for column, (_, cell) in still.items():
                row[column] = cell if row[column] == "" else row[column]
        for column, bottom in begun.get(at, ()):
            if 0 <= column < len(row):
                still[column] = bottom, row[column]
        yield row


def is_grouped(ranges: Sequence[Range], row: int) -> bool:
    """Whether a cell of the row stands over several columns."""
    return any(top == row and right > left for (top, left), (_, right) in ranges)


def over_rows(ranges: Sequence[Range], row: int) -> int:
    """How many cells from a row on span several."""
    return sum(top >= row and bottom > top for (top, _), (bottom, _) in ranges)
