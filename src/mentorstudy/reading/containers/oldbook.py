"""Old book: what the records of an .xls file hold (BIFF8, after [MS-XLS]), before anything that trusts it opens it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.containers.sheet import EASY_TEXT, Sheet

STREAMS = ("Workbook", "Book")
BEGIN, SHEET_KIND, KIND_AT = 0x0809, 0x10, 2
EPOCH, TEXTS, CONTINUED = 0x0022, 0x00FC, 0x003C
ROW, ROW_FLAGS, ROW_IS_HIDDEN = 0x0208, 12, 0x20
FORMULA, RESULT, ERROR_RESULT, EMPTY_RESULT = 0x0006, 6, 2, 3
FORMULA_FLAGS, TO_CALCULATE, TOKENS, VOLATILE = 14, 0x03, 22, b"\x19\x01"
ERROR_CELL, IS_ERROR = 0x0205, 7
SHARED_CELL, PLACE = 0x00FD, 6
CELLS = {FORMULA, ERROR_CELL, SHARED_CELL, 0x00BD, 0x00D6, 0x0203, 0x0204, 0x027E}  # begin with row and column
WIDE, PHONETIC, RICH = 0x01, 0x04, 0x08  # how a text is written, what stands behind it
LONGEST = 65_535  # signs that a text may have
EXTENT, EXTENT_BYTES, MOST_ROWS, MOST_COLUMNS = 0x0200, 12, 65_536, 256
CLOSED = 0x000A  # a part of the stream, behind which there may be anything

Record = tuple[int, memoryview]


@dataclass(slots=True)
class Results:
    """How many formulas of a sheet have which results.

    A tool that calculates nothing writes an empty text for each, or a 0 for a spreadsheet to calculate once it opens
    the file. One that does calculate may write these too, but hardly for all formulas of a sheet.
    """

    empty: int = 0
    zeros: int = 0  # still to be calculated
    others: int = 0
    calculated: int = 0  # of the others those that a spreadsheet is to calculate too, and so need not

    def add(self, content: memoryview) -> None:
        """Count one formula; one that is calculated anew each time may well be 0."""
        result = bytes(content[RESULT : RESULT + 8])
        waits = bool(_short(content, FORMULA_FLAGS) & TO_CALCULATE)
        if _is_special(result, EMPTY_RESULT):
            self.empty += 1
        elif waits and not any(result) and bytes(content[TOKENS : TOKENS + 2]) != VOLATILE:
            self.zeros += 1
        else:
            self.others += 1
            self.calculated += waits


def old_book(raw: bytes, label: str) -> tuple[Sequence[Sheet], bool | None]:
    """Its sheets, and whether its days count from 1904; None where it does not say so.

    Raises DataError where it is cut short or damaged, or its cells lie far apart or stand for more text than can be
    meant.
    """
    sheets: list[Sheet] = []
    results: list[Results] = []
    late: bool | None = None
    texts: list[memoryview] = []
    used: list[int] = []
    in_texts = False
    for kind, content in _records(_stream(raw, label), label):
        in_texts = kind == TEXTS or (kind == CONTINUED and in_texts)
        if in_texts:
            texts.append(content)
        elif kind == BEGIN and _short(content, KIND_AT) == SHEET_KIND:
            sheets.append(Sheet(label))
            results.append(Results())
        elif kind == EXTENT and len(content) >= EXTENT_BYTES:
            top, bottom = (int.from_bytes(content[at : at + 4], "little") for at in (0, 4))
            if not (top <= bottom <= MOST_ROWS and _short(content, 8) <= _short(content, 10) <= MOST_COLUMNS):
                raise _damaged(label)
        elif kind == EPOCH:
            late = _short(content, 0) == 1
        if kind == SHARED_CELL:
            used.append(int.from_bytes(content[PLACE : PLACE + 4], "little"))
        if sheets:
            _count(sheets[-1], kind, content)
        if sheets and kind == FORMULA:
            results[-1].add(content)
    for sheet, formulas in zip(sheets, results, strict=True):
        sheet.unfinished = 0 if formulas.others else formulas.empty
        sheet.zeros = 0 if formulas.calculated else formulas.zeros
        sheet.judge()
    if len(used) * LONGEST > EASY_TEXT:
        lengths, places = _text_lengths(texts), np.array(used, dtype=np.int64)
        Sheet(label, text=int(lengths[places[places < len(lengths)]].sum())).judge_text(len(raw))
    return sheets, late


def _count(sheet: Sheet, kind: int, content: memoryview) -> None:
    """Add what one record of a sheet says of its cells, and of rows and cells that cannot be seen."""
    if kind in CELLS:
        sheet.cells += 1
        sheet.rows, sheet.columns = (
            max(sheet.rows, _short(content, 0) + 1),
            max(sheet.columns, _short(content, 2) + 1),
        )
    if kind == ROW:
        sheet.hidden += bool(_short(content, ROW_FLAGS) & ROW_IS_HIDDEN)
    elif kind == ERROR_CELL:
        sheet.errors += _short(content, IS_ERROR) & 0xFF == 1
    elif kind == FORMULA:
        sheet.errors += _is_special(bytes(content[RESULT : RESULT + 8]), ERROR_RESULT)


def _is_special(result: bytes, kind: int) -> bool:
    """Whether a formula's result is no number, but of a kind."""
    return result[:1] == bytes([kind]) and result[6:] == b"\xff\xff"


def _text_lengths(parts: Sequence[memoryview]) -> NDArray[np.int64]:
    """Signs of each shared text; one that a record has no room for goes on in the next, behind a byte of flags."""
    found: list[int] = []
    at, left, wide, behind = 8, 0, 0, 0  # behind the two counts; what is still to come of a text
    for part in parts:
        if left:
            wide, at = part[0] & WIDE if len(part) else 0, 1
        while at < len(part):
            if not left and not behind:
                found.append(_short(part, at))
                left, flags = found[-1], part[at + 2] if at + 2 < len(part) else 0
                at, wide = at + 3, flags & WIDE
                if flags & RICH:
                    behind, at = behind + 4 * _short(part, at), at + 2
                if flags & PHONETIC:
                    behind, at = behind + int.from_bytes(part[at : at + 4], "little"), at + 4
            here = min(left, max(len(part) - at, 0) >> wide)
            at, left = at + (here << wide), left - here
            if left:
                break
            step = min(behind, max(len(part) - at, 0))
            at, behind = at + step, behind - step
        at = 0
    return np.array(found, dtype=np.int64)


def _stream(raw: bytes, label: str) -> bytes:
    import olefile  # noqa: PLC0415 - 0.03 s that only old workbooks pay

    try:
        with olefile.OleFileIO(BytesIO(raw)) as file:
            used = max((at for at, following in enumerate(file.fat) if following != olefile.FREESECT), default=-1)
            if len(raw) <= (used + 1) * file.sector_size:  # behind the header, which takes a sector too
                raise _damaged(label)
            name = next((name for name in STREAMS if file.exists(name)), None)
            return file.openstream(name).read() if name else b""
    except (OSError, ValueError, IndexError, TypeError):
        raise _damaged(label) from None


def _records(stream: bytes, label: str) -> Iterator[Record]:
    at, view, kind = 0, memoryview(stream), CLOSED
    while at + 4 <= len(stream):
        before, kind, length = kind, _short(view, at), _short(view, at + 2)
        if at + 4 + length > len(stream):
            if before in (CLOSED, 0):
                return
            raise _damaged(label)
        yield kind, view[at + 4 : at + 4 + length]
        at += 4 + length


def _damaged(label: str) -> DataError:
    return DataError(f"{label}: the workbook cannot be read. It is damaged or cut short: download it again.")


def _short(content: memoryview, at: int) -> int:
    return int.from_bytes(content[at : at + 2], "little")
