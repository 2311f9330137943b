"""Binary: the records of a binary workbook's parts (xlsb): an id, a length and a content each, after [MS-XLSB]."""

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mentorstudy.reading.containers.sheet import Sheet

ROW_HEADER, LAST_CELL = 0, 11  # ids of a row, and 1 to 11 of cells
ERROR_CELLS, SHARED_CELL, SHARED_TEXT = (3, 11), 7, 19
BOOK, SHEET_OF_BOOK = 153, 156
ROW_FLAGS, ROW_IS_HIDDEN = 11, 0x10


def count(sheet: Sheet, raw: bytes, lengths: NDArray[np.int64]) -> None:
    """Add to a sheet what its records hold: rows and cells begin with their number."""
    for kind, content in _records(raw):
        if kind > LAST_CELL or len(content) < 4:
            continue
        number = int.from_bytes(content[:4], "little") + 1
        if kind == ROW_HEADER:
            sheet.rows = max(sheet.rows, number)
            sheet.hidden += len(content) > ROW_FLAGS and bool(content[ROW_FLAGS] & ROW_IS_HIDDEN)
            continue
        sheet.cells += 1
        sheet.columns = max(sheet.columns, number)
        sheet.errors += kind in ERROR_CELLS
        if kind == SHARED_CELL and (place := int.from_bytes(content[8:12], "little")) < len(lengths):
            sheet.text += int(lengths[place])


def text_lengths(raw: bytes) -> NDArray[np.int64]:
    """Bytes of each of the texts that a workbook's sheets share."""
    return np.array([len(content) for kind, content in _records(raw) if kind == SHARED_TEXT], dtype=np.int64)


def from_1904(raw: bytes) -> bool:
    """Whether a workbook's own part says that its days are counted from 1904."""
    return any(kind == BOOK and content[:1] and content[0] & 1 for kind, content in _records(raw))


def sheets_of_book(raw: bytes) -> dict[str, str]:
    """The sheets that a workbook's own part lists: the id of the relation to its part, by the name of each."""
    found = {}
    for kind, content in _records(raw):
        if kind == SHEET_OF_BOOK:
            relation, at = _text(content, 8)  # behind its visibility and its number
            name, _ = _text(content, at)
            found[name] = relation
    return found


def _text(content: memoryview, at: int) -> tuple[str, int]:
    """A text with its length before it, and the place behind it."""
    end = at + 4 + 2 * int.from_bytes(content[at : at + 4], "little")
    return bytes(content[at + 4 : end]).decode("utf-16-le", "replace"), end


def _records(raw: bytes) -> Iterator[tuple[int, memoryview]]:
    at, end, view = 0, len(raw), memoryview(raw)
    while at + 2 <= end:
        kind, at = _number(raw, at, most=2)
        length, at = _number(raw, at, most=4)
        yield kind, view[at : at + length]
        at += length


def _number(raw: bytes, at: int, *, most: int) -> tuple[int, int]:
    """A number written in up to `most` bytes of seven bits each, and the place behind it."""
    number = 0
    for step in range(most):
        byte = raw[at] if at < len(raw) else 0
        number |= (byte & 0x7F) << (7 * step)
        at += 1
        if byte < 0x80:
            break
    return number, at
