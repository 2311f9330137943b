"""Quotes: quotation marks that are astray in a text table, and the rows that they would swallow."""

import csv
import io
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow
from numpy.typing import NDArray
from pyarrow import compute

from mentorstudy.nouns.errors import DataError, Fault, raise_all
from mentorstudy.reading.grid import LOOKED_AT, look

CHUNK = 1 << 22
QUOTE = ord('"')
MOST_CELL = 1 << 30
TEXT_AFTER = (
    "text after the quotation mark that closes a cell. Double the quotation marks within the cell, or export the file "
    "again."
)
NEVER_CLOSED = (
    "a quotation mark opens a cell and none closes it before the end of the file. Correct it there, or, if it is the "
    "last row, export the file again."
)


def quotes_or_refused(
    source: bytes | Path, *, start: int, delimiter: str, width: int, row: int, label: str
) -> None:
    """DataError with each row in which text follows a closing quotation mark, or one that none closes.

    The records, of `width` cells, begin at byte `start` with row `row`. That all marks stand where they should is
    proved without looking at a row; else a strict reader looks at each, as a cell may hold marks that open none, as
    in: 5" screen.
    """
    if isinstance(source, bytes):
        with io.BytesIO(source) as stream:
            well = _in_place(stream, delimiter)
    else:
        with source.open("rb") as stream:
            stream.seek(start)
            well = _in_place(stream, delimiter)
    if not well:
        raw = source if isinstance(source, bytes) else source.read_bytes()[start:]
        raise_all(DataError, list(_astray(raw.decode(), delimiter, width, row, label)))


def mostly_astray(text: str, delimiter: str, most: int) -> bool:
    """Whether text follows a closing mark in most of the first records, as where cells are parted by another sign."""
    if '"' not in text:
        return False
    records = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    fits: list[bool] = []
    while len(fits) < most:
        try:
            next(records)
            fits.append(True)
        except StopIteration:
            break
        except csv.Error:
            fits.append(False)
    return 2 * sum(fits) < len(fits)


def swallowed_or_refused(table: pyarrow.Table, numbers: NDArray[np.int64], *, delimiter: str, label: str) -> None:
    """DataError with the first and the last row of each cell that holds rows of the table, by their `numbers`."""
    faults: list[str] = []
    for column in table.columns:
        first = 0
        for chunk in column.chunks:
            words = chunk.dictionary
            broken = compute.and_(
                compute.match_substring(words, "\n"),
                compute.greater_equal(compute.count_substring(words, delimiter), table.num_columns - 1),
            )
            for code in np.flatnonzero(broken.to_numpy(zero_copy_only=False)).tolist():
                lines = words[code].as_py().splitlines()
                if _are_rows(lines[1:], table, delimiter):
                    found = first + np.flatnonzero(chunk.indices.to_numpy() == code)
                    faults += [_became_one(int(numbers[at]), len(lines) - 1, label) for at in found]
            first += len(chunk)
    raise_all(DataError, faults)


def _in_place(stream: io.BufferedIOBase, delimiter: str) -> bool:
    """Whether each mark that opens a cell stands at its beginning, and each that closes one at its end.

    One mark after the other opens and closes; of the two that stand for one in a cell, the first closes and the second
    opens.
    """
    fits = np.zeros(256, dtype=bool)
    fits[list(f'{delimiter}\r\n"'.encode())] = True
    before, inside, chunk = b"\n", 0, stream.read(CHUNK)
    while chunk:
        after = stream.read(CHUNK)
        signs = np.frombuffer(before + chunk + (after[:1] or b"\n"), np.uint8)
        marks = np.flatnonzero(signs[1:-1] == QUOTE) + 1
        opening, closing = marks[inside::2], marks[1 - inside :: 2]
        if not (fits[signs[opening - 1]].all() and fits[signs[closing + 1]].all()):
            return False
        before, inside, chunk = chunk[-1:], (inside + len(marks)) % 2, after
    return not inside


def _astray(text: str, delimiter: str, width: int, row: int, label: str) -> Iterator[str]:
    csv.field_size_limit(MOST_CELL)
    lines = list(io.StringIO(text, newline=""))
    records = csv.reader(lines, delimiter=delimiter, strict=True)
    alone: list[int] = []
    while True:
        first = records.line_num
        try:
            next(records)
        except StopIteration:
            break
        except csv.Error as error:
            if "end of data" in str(error):
                yield Fault.of(NEVER_CLOSED, file=label, rows=[row])
                break
            more = lines[first + 1 : records.line_num]
            if 2 * sum(line.count(delimiter) + 1 >= width for line in more) > len(more):
                yield _became_one(row, len(more), label)
                row += len(more)
            else:
                alone.append(row)
        row += 1
    if alone:
        yield Fault.of(TEXT_AFTER, file=label, rows=alone)


def _became_one(row: int, lines: int, label: str) -> str:
    said = (
        f"a quotation mark that is never closed; rows {row} to {row + lines} became one cell. Close it, or take it "
        "out."
    )
    return Fault.of(said, file=label, rows=[row])


def _are_rows(lines: list[str], table: pyarrow.Table, delimiter: str) -> bool:
    """Whether most of the lines are as wide as the table, and most of their cells look like those of its columns.

    Lines of somebody's own with as many commas look otherwise: they have no id.
    """
    wide = [cells for line in lines if len(cells := line.split(delimiter)) == table.num_columns]
    if 2 * len(wide) <= len(lines):
        return False
    looks = [
        {look(word) for chunk in column.chunks for word in chunk.dictionary[:LOOKED_AT].to_pylist()}
        for column in table.columns
    ]
    alike = [sum(look(cell) in held for cell, held in zip(cells, looks, strict=True)) for cells in wide]
    return 2 * sum(2 * count > table.num_columns for count in alike) > len(lines)
