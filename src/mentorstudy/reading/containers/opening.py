"""Opening: bytes, guarded and decoded, to a grid of cells."""

import hashlib
import stat
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.archive import is_locked, is_workbook, sole_table
from mentorstudy.reading.containers.page import read_page
from mentorstudy.reading.containers.parquet import read_parquet
from mentorstudy.reading.containers.signatures import EMPTY_ZIP, foreign, is_blank, is_locked_book, is_page
from mentorstudy.reading.containers.statistical import read_statistical
from mentorstudy.reading.containers.text import read_text
from mentorstudy.reading.containers.workbook import read_workbook
from mentorstudy.reading.grid import Grid

HEAD = 4096
ZIP, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
TEXT = (".csv", ".tsv", ".txt", ".tab")
SPSS, PARQUET = (b"$FL2", b"$FL3"), b"PAR1"


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
    if is_blank(path):
        raise DataError(f"{label}: the file is empty. Export it again.")
    if head.startswith(EMPTY_ZIP):
        raise DataError(f"{label}: the archive is empty. Export it again.")
    if is_page(head):
        return _digested(path, lambda: read_page(path.read_bytes(), label))
    if said := foreign(path, head):
        raise DataError(f"{label}: {said}")
    if head.startswith(SPSS) or _is_stata(head):
        return _digested(path, lambda: read_statistical(path, label, settings))
    if head.startswith(PARQUET):
        return _digested(path, lambda: read_parquet(path, label))
    if not head.startswith((ZIP, OLD_OFFICE)):
        return read_text(path, label, settings)
    raw, packed = path.read_bytes(), head.startswith(ZIP)
    if is_locked(raw) if packed else is_locked_book(raw):
        raise DataError(f"{label}: the workbook is protected by a password: save it without.")
    if packed and not is_workbook(raw):
        return _packed(path, raw, label, settings)
    grid = _digested(path, lambda: read_workbook(raw, label, settings))
    otherwise = (f"{label}: a workbook, whatever its name says, and read as one.",) * (path.suffix.lower() in TEXT)
    return replace(grid, notes=(*otherwise, *grid.notes))


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
        grid = _digested(path, lambda: open_grid(inner, f"{label} ({Path(name).name})", settings))
    return replace(grid, file=label)


def _is_stata(head: bytes) -> bool:
    """Whether the file is Stata's: the newer tag, or an older one's format, byte order and type."""
    return head.startswith(b"<stata_dta>") or (
        0x66 <= head[0] <= 0x73 and head[1:2] in (b"\x01", b"\x02") and head[2:3] == b"\x01"
    )


def _digested(path: Path, read: Callable[[], Grid]) -> Grid:
    """What `read` makes of a file, with the digest of its bytes, which is made meanwhile."""
    with ThreadPoolExecutor(1) as aside:
        digest = aside.submit(_digest, path)
        return replace(read(), sha256=digest.result())


def _digest(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
