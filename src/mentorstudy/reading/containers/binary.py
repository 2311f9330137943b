"""Binary: the records of a binary workbook's parts (xlsb): an id, a length and a content each, after [MS-XLSB]."""

import struct
from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from mentorstudy.reading.containers.sheet import Sheet

ROW_HEADER, CELLS = 0, range(1, 12)  # ids
SHORT_CELLS, SHORTER = range(12, 19), 11  # cells that leave out their column, the next; each 11 above its long form
RICH_CELL, TEXT_CELL, SHARED_CELL, NUMBER_CELL, SMALL_CELL = 62, 6, 7, 5, 2  # a text with its fonts, and others
ERROR_CELLS, SHARED_TEXT = (3, 11), 19
MERGED, BOOK, SHEET_OF_BOOK = 176, 153, 156
MEANT = {ROW_HEADER, *CELLS, MERGED}  # in a sheet, once its cells are plain
FARTHEST = (1 << 32) - 2  # column that four bytes hold, and the next one
ROW_FLAGS, ROW_IS_HIDDEN = 11, 0x10
WHOLE, HUNDREDTHS = 2, 1  # bits of a number of four bytes: no float but a whole number, a hundred times its value


def count(sheet: Sheet, raw: bytes, lengths: NDArray[np.int64]) -> None:
    """Add to a sheet what its records hold: rows and cells begin with their number."""
    for kind, content, otherwise in _cells(raw):
        if kind not in MEANT or len(content) < 4:
            continue
        number = int.from_bytes(content[:4], "little") + 1
        if kind == MERGED:
            top, bottom, first, last = (int.from_bytes(content[at : at + 4], "little") for at in range(0, 16, 4))
            sheet.merged.append(((top, first), (bottom, last)))
            continue
        if kind == ROW_HEADER:
            sheet.rows = max(sheet.rows, number)
            sheet.hidden += len(content) > ROW_FLAGS and bool(content[ROW_FLAGS] & ROW_IS_HIDDEN)
            continue
        sheet.cells += 1
        sheet.otherwise += otherwise
        sheet.columns = max(sheet.columns, number)
        sheet.errors += kind in ERROR_CELLS
        if kind == SHARED_CELL and (place := int.from_bytes(content[8:12], "little")) < len(lengths):
            sheet.text += int(lengths[place])


def plain(raw: bytes) -> bytes:
    """A sheet's part with each cell in the long form, a text without its fonts and a number of eight bytes.

    The reader of workbooks leaves other cells out in silence, and takes days that are whole numbers of four bytes for
    numbers. SheetJS writes nearly every cell in the short form, which [MS-XLSB] does not know.
    """
    return b"".join(_written(kind, content) for kind, content, _ in _cells(raw))


def _cells(raw: bytes) -> Iterator[tuple[int, bytes | memoryview, bool]]:
    """The records, cells as `plain` writes them, and of each whether it stood otherwise."""
    last = -1
    for kind, content in _records(raw):
        if kind in SHORT_CELLS:
            last = min(last + 1, FARTHEST)
            cell = last.to_bytes(4, "little") + bytes(content)
            yield *(_plain(kind - SHORTER, cell) or (kind - SHORTER, cell)), True
            continue
        if kind == ROW_HEADER:
            last = -1
        elif kind in CELLS or kind == RICH_CELL:
            last = int.from_bytes(content[:4], "little")
            if kind in (SMALL_CELL, RICH_CELL) and (read := _plain(kind, content)):
                yield *read, True
                continue
        yield kind, content, False


def _plain(kind: int, content: bytes | memoryview) -> tuple[int, bytes] | None:
    """The cell in the form that is read, None where it stands in that already."""
    if kind == RICH_CELL:
        _, end = _text(content, 9)  # behind its column, its style and a byte on what the text has
        return TEXT_CELL, bytes(content[:8]) + bytes(content[9:end])
    if kind == SMALL_CELL and len(content) >= 12 and content[8] & WHOLE and any(content[4:7]):  # in a style: a day?
        value = int.from_bytes(content[8:12], "little", signed=True) >> 2
        real = value / 100 if content[8] & HUNDREDTHS else float(value)
        return NUMBER_CELL, bytes(content[:8]) + struct.pack("<d", real)
    return None


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


def _text(content: bytes | memoryview, at: int) -> tuple[str, int]:
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


def _written(kind: int, content: bytes | memoryview) -> bytes:
    """A record, as `_records` reads it."""
    return _digits(kind) + _digits(len(content)) + content


def _digits(number: int) -> bytes:
    """A number in bytes of seven bits each."""
    digits = bytearray()
    while number >= 0x80:
        digits.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*digits, number])


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
