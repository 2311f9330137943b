"""Archive: the sole table in a zip, as platforms pack their downloads."""

import re
import zipfile
from io import BytesIO

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.containers.guard import DAMAGE, RATIO, guarded, pieces, swollen
from mentorstudy.reading.containers.signatures import is_page

TABLES = re.compile(r"\.(?:csv|tsv|txt|tab|xls[xmb]?|ods|z?sav|dta|parquet)\Z", re.IGNORECASE)
SHOWN = 10
HEAD = 1 << 16
EASY_PAGE = 5 << 20  # bytes that a web page may have, however it is packed: its tags take long to read
SPREADSHEET = b"application/vnd.oasis.opendocument.spreadsheet"
DOCUMENTS = {  # by a part that each has
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a presentation",
    "Index/Document.iwa": "a document of Apple's Numbers, Pages or Keynote",
    "mimetype": "a document of LibreOffice that is no spreadsheet",
}


def is_workbook(raw: bytes) -> bool:
    """Whether the archive is itself a workbook, by its directory: one that is packed in it has its marks as well."""
    names = _names(raw)
    if "[Content_Types].xml" in names:
        return any(name.startswith("xl/") for name in names)
    return "content.xml" in names and _start(raw, "mimetype").startswith(SPREADSHEET)


def is_locked(raw: bytes) -> bool:
    """Whether the archive is a document of LibreOffice with a password, which locks what is in its parts."""
    manifest = "META-INF/manifest.xml"
    return manifest in _names(raw) and b"encryption-data" in _start(raw, manifest)


def sole_table(raw: bytes, label: str) -> tuple[str, bytes]:
    """Name and bytes of the one table in a zip; DataError lists what is in it where there is none, or several."""
    archive = guarded(raw, label)
    files = [part for part in archive.infolist() if _is_a_file(part)]
    tables = [part for part in files if TABLES.search(part.filename)]
    for part, kind in DOCUMENTS.items():
        if part in archive.namelist():  # tables that lie in a document are none of its own
            raise DataError(f"{label}: {kind}, which is not opened here. Save the table as CSV or as a workbook.")
    if len(tables) != 1:
        names = [cleaned(part.filename) for part in files]
        listed = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
        raise DataError(
            f"{label}: {len(tables) or 'no'} tables in this archive; it holds {listed or 'nothing'}. Unpack it, and "
            "name the file to read under [files] in plan.toml."
        )
    table = b"".join(pieces(archive, tables[0], label))
    if len(table) > max(EASY_PAGE, RATIO * tables[0].compress_size) and is_page(table[:HEAD]):
        raise swollen(label)
    return cleaned(tables[0].filename), table


def _names(raw: bytes) -> set[str]:
    """The names in the archive; none where it is damaged, which is told by whoever unpacks it."""
    try:
        return {*zipfile.ZipFile(BytesIO(raw)).namelist()}
    except DAMAGE:
        return set()


def _start(raw: bytes, name: str) -> bytes:
    """The first bytes of a part; none where there is no such part, or it is damaged."""
    try:
        with zipfile.ZipFile(BytesIO(raw)).open(name) as part:
            return part.read(HEAD)
    except (KeyError, *DAMAGE):
        return b""


def _is_a_file(part: zipfile.ZipInfo) -> bool:
    name = part.filename
    return not (part.is_dir() or name.startswith("__MACOSX") or name.rpartition("/")[2].startswith("."))
