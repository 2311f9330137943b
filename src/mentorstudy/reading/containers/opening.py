"""Opening: bytes, guarded and decoded, to a grid of cells."""

import hashlib
import io
import stat
from pathlib import Path

import numpy as np
import pyarrow
from python_calamine import CalamineError, CalamineWorkbook

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.parquet import read_parquet
from mentorstudy.reading.containers.statistical import read_statistical
from mentorstudy.reading.containers.text import read_text
from mentorstudy.reading.grid import Column, Grid, as_in

HEAD = 4096
WEB_PAGES = (b"<!doctype html", b"<html")
WORKBOOK, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
SPSS, PARQUET = (b"$FL2", b"$FL3"), b"PAR1"
REFUSED = {
    b"\x80\x02": "a Python pickle",
    b"\x80\x03": "a Python pickle",
    b"\x80\x04": "a Python pickle",
    b"\x80\x05": "a Python pickle",
    b"%PDF": "a PDF",
    b"SQLite format 3": "a database",
    b"\x1f\x8b": "a file packed by gzip (R's own files are such)",
    b"7z\xbc\xaf": "an archive of 7-Zip",
    b"Rar!": "a RAR archive",
    b"\x89PNG": "a picture",
    b"\xff\xd8\xff": "a picture",
}


def open_grid(path: Path, label: str, settings: File) -> Grid:
    """The cells of a text table or workbook; `label` is what messages call the file.

    Raises DataError for what is no table: an empty file, a web page, a damaged workbook, bytes in no known
    encoding, rows of unequal length. Every unequal row is told at once.
    """
    try:
        mode = path.stat().st_mode
    except OSError:
        raise DataError(
            f"{label}: there is no such file. Put it there, or name the right one under [files] in plan.toml."
        ) from None
    if not stat.S_ISREG(mode):
        raise DataError(f"{label}: not a regular file. Copy the export itself into the folder.")
    try:
        with path.open("rb") as file:
            head = file.read(HEAD)
    except OSError:
        raise DataError(f"{label}: cannot be opened. Check the right to read it.") from None
    if not head.strip():
        raise DataError(f"{label}: the file is empty. Export it again.")
    if head.lstrip().lower().startswith(WEB_PAGES):
        raise DataError(f"{label}: a web page was saved instead of the export. Log in and export it again.")
    for magic, name in REFUSED.items():
        if head.startswith(magic):
            raise DataError(f"{label}: {name}, which is not opened here. Save the table as CSV or as a workbook.")
    if head.startswith(SPSS) or _is_stata(head):
        return read_statistical(path, label, _digest(path), settings)
    if head.startswith(PARQUET):
        return read_parquet(path, label, _digest(path))
    if head.startswith((WORKBOOK, OLD_OFFICE)):
        raw = path.read_bytes()
        columns = _workbook(raw, label, settings)
        rows = np.arange(1, len(columns[0].codes) + 1)
        digest = hashlib.sha256(raw).hexdigest()
        return Grid(file=label, sha256=digest, columns=columns, rows=rows, container="excel")
    return read_text(path, label, settings)


def _is_stata(head: bytes) -> bool:
    """Whether the file is Stata's: the newer tag, or an older one's format, byte order and type."""
    return head.startswith(b"<stata_dta>") or (
        0x66 <= head[0] <= 0x73 and head[1:2] in (b"\x01", b"\x02") and head[2:3] == b"\x01"
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _workbook(raw: bytes, label: str, settings: File) -> tuple[Column, ...]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        filled = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, OSError, ValueError) as error:
        locked = "password" in str(error).lower() or b"E\0n\0c\0r\0y\0p\0t" in raw
        mend = "It is protected by a password: save it without." if locked else "It is damaged: download it again."
        raise DataError(f"{label}: the workbook cannot be read. {mend}") from None
    filled = {name: rows for name, rows in filled.items() if rows}
    wanted = settings.sheet or (next(iter(filled)) if len(filled) == 1 else None)
    if wanted not in filled:
        sheets = ", ".join(f"{name} ({len(rows)} rows)" for name, rows in filled.items()) or "none with rows"
        raise DataError(
            f"{label}: say which sheet to read, under [files] in plan.toml, {as_in(label, 'sheet', '...')}. "
            f"Sheets: {sheets}."
        )
    cells = [[_cell_text(cell) for cell in row] for row in filled[wanted]]
    return tuple(
        _column(str(index), pyarrow.array(values, pyarrow.string()).dictionary_encode())
        for index, values in enumerate(zip(*cells, strict=True))
    )


def _cell_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


def _column(name: str, array: pyarrow.DictionaryArray) -> Column:
    words = [cleaned(word).strip() for word in array.dictionary.to_pylist()]
    return Column(
        name=name,
        codes=array.indices.to_numpy(zero_copy_only=False).astype(np.int32),
        words=tuple(words) or ("",),
    )
