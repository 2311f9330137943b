"""Opening: bytes, guarded and decoded, to a grid of cells."""

import hashlib
import re
import stat
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.archive import is_workbook, sole_table
from mentorstudy.reading.containers.page import table_of_page
from mentorstudy.reading.containers.parquet import read_parquet
from mentorstudy.reading.containers.statistical import read_statistical
from mentorstudy.reading.containers.text import read_text
from mentorstudy.reading.containers.workbook import read_workbook
from mentorstudy.reading.grid import Column, Grid

HEAD = 4096
LARGEST_PAGE = 64 << 20  # bytes; a larger one is no export of a survey
WEB_PAGE = re.compile(  # behind a mark, a declaration and comments; platforms write bare tables too
    rb"(\xef\xbb\xbf)?\s*(<\?xml[^>]{0,200}\?>\s*)?(<!--.*?-->\s*)*<(!doctype html|html|head|meta|body|table)\b",
    re.IGNORECASE | re.DOTALL,
)
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
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
    if WEB_PAGE.match(head):
        return _of_page(path, label)
    for magic, name in REFUSED.items():
        if head.startswith(magic):
            raise DataError(f"{label}: {name}, which is not opened here. Save the table as CSV or as a workbook.")
    if head.startswith(SPSS) or _is_stata(head):
        return read_statistical(path, label, _digest(path), settings)
    if head.startswith(PARQUET):
        return read_parquet(path, label, _digest(path))
    if head.startswith(ZIP):
        raw = path.read_bytes()
        return (
            read_workbook(raw, label, _digest(path), settings)
            if is_workbook(raw)
            else _packed(path, raw, label, settings)
        )
    if head.startswith(OLD_OFFICE):
        return read_workbook(path.read_bytes(), label, _digest(path), settings)
    return read_text(path, label, settings)


def _packed(path: Path, raw: bytes, label: str, settings: File) -> Grid:
    """The sole table of a zip; its digest is that of the zip, which is what lies in the folder."""
    name, table = sole_table(raw, label)
    if table.startswith(ZIP) and not is_workbook(table):
        raise DataError(
            f"{label}: an archive within an archive. Unpack it, and name the file to read under [files]."
        )
    with TemporaryDirectory() as folder:
        inner = Path(folder) / Path(name).name
        inner.write_bytes(table)
        grid = open_grid(inner, f"{label} ({Path(name).name})", settings)
    return replace(grid, file=label, sha256=_digest(path))


def _of_page(path: Path, label: str) -> Grid:
    """The table of a web page saved as a workbook; any other page is refused."""
    rows = table_of_page(path.read_bytes()) if path.stat().st_size < LARGEST_PAGE else []
    if not rows:
        raise DataError(f"{label}: a web page was saved instead of the export. Log in and export it again.")
    columns = []
    for at, cells in enumerate(zip(*rows, strict=True)):
        words = {word: place for place, word in enumerate(dict.fromkeys(map(cleaned, cells)))}
        codes = np.array([words[cleaned(cell)] for cell in cells], dtype=np.int32)
        columns.append(Column(name=str(at), codes=codes, words=tuple(words)))
    return Grid(
        file=label,
        sha256=_digest(path),
        columns=tuple(columns),
        rows=np.arange(1, len(rows) + 1),
        container="page",
        notes=(f"{label}: a web page with one table, read as that table.",),
    )


def _is_stata(head: bytes) -> bool:
    """Whether the file is Stata's: the newer tag, or an older one's format, byte order and type."""
    return head.startswith(b"<stata_dta>") or (
        0x66 <= head[0] <= 0x73 and head[1:2] in (b"\x01", b"\x02") and head[2:3] == b"\x01"
    )


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
