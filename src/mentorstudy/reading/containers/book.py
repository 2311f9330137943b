"""Book: what a workbook says of its sheets and its days beside their cells."""

import re
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from posixpath import basename
from xml.etree import ElementTree

from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.containers import binary
from mentorstudy.reading.containers.guard import looked_through
from mentorstudy.reading.containers.memory import fits
from mentorstudy.reading.containers.oldbook import old_book
from mentorstudy.reading.containers.sheet import Sheet

ZIP = b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
CELL_BYTES = 100  # a cell in memory while a workbook is read
XLSX, XLSB, ODS = "xl/workbook.xml", "xl/workbook.bin", "content.xml"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
ODS_SAYS = re.compile(rb"null-date\s[^>]*date-value=[\"']1904-01-01[\"']")


@dataclass(frozen=True, slots=True, kw_only=True)
class Book:
    """A workbook that was looked through: its archive and the sheets of each part, or an old one's sheets."""

    raw: bytes  # for the reader: as it came, or with its cells in the forms that are read
    archive: zipfile.ZipFile | None = None
    parts: Mapping[str, Sequence[Sheet]] = field(default_factory=dict)
    sheets: Sequence[Sheet] = ()
    old_from_1904: bool | None = None

    def sheet(self, name: str, names: Sequence[str]) -> Sheet | None:
        """What one of the sheets called `names` holds; None where it cannot be told which one that is."""
        held = self.parts.get(_part_of(self.archive, name), ()) if self.archive else self.sheets
        if self.archive and len(held) == 1:
            return held[0]
        return held[names.index(name)] if len(held) == len(names) else None

    def from_1904(self) -> bool | None:
        """Whether its days are counted from 1904, as in those of old Macs; None where it does not say."""
        if not self.archive:
            return self.old_from_1904
        names = self.archive.namelist()
        return (
            (ODS in names and bool(ODS_SAYS.search(self.archive.read(ODS))))
            or (XLSB in names and binary.from_1904(self.archive.read(XLSB)))
            or (XLSX in names and _says_1904(self.archive.read(XLSX)))
        )


def book_of(raw: bytes, label: str) -> Book:
    """The workbook, looked through; DataError where it is damaged, protected, made to explode or beyond memory."""
    if raw.startswith(ZIP):
        archive, parts = looked_through(raw, label)
        every = [sheet for several in parts.values() for sheet in several]
        cells = sum(sheet.cells for sheet in every)
        fits(label, cells, cells * CELL_BYTES + sum(sheet.text for sheet in every))
        return Book(raw=_readable(raw, archive, parts), archive=archive, parts=parts)
    if ENCRYPTED in raw:
        raise DataError(f"{label}: the workbook is protected by a password: save it without.")
    sheets, late = old_book(raw, label)
    return Book(raw=raw, sheets=sheets, old_from_1904=late)


def _readable(raw: bytes, archive: zipfile.ZipFile, parts: Mapping[str, Sequence[Sheet]]) -> bytes:
    """The workbook; one of xlsb with cells that the reader would leave out is written anew, in memory alone."""
    if not any(sheet.otherwise for several in parts.values() for sheet in several):
        return raw
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as book:
        for name, sheets in parts.items():
            part = archive.read(name)
            book.writestr(name, binary.plain(part) if any(sheet.otherwise for sheet in sheets) else part)
    return written.getvalue()


def _part_of(archive: zipfile.ZipFile, sheet: str) -> str:
    """The part of the archive that holds a sheet's cells; "" where it does not say."""
    names = archive.namelist()
    if ODS in names:
        return ODS
    book = next((name for name in names if name in {XLSX, XLSB}), "")
    related = f"xl/_rels/{basename(book)}.rels"
    if not book or related not in names:
        return ""
    try:
        targets = {one.get("Id"): one.get("Target", "") for one in ElementTree.fromstring(archive.read(related))}
        target = targets.get(_relations(archive.read(book), book).get(sheet), "")
    except ElementTree.ParseError:
        return ""
    return target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _relations(raw: bytes, book: str) -> dict[str, str]:
    """The relation of each sheet by its name."""
    if book == XLSB:
        return binary.sheets_of_book(raw)
    return {
        one.get("name", ""): one.get(RELATION, "")
        for one in ElementTree.fromstring(raw).iter()
        if one.tag.rpartition("}")[2] == "sheet"
    }


def _says_1904(raw: bytes) -> bool:
    return any(
        one.tag.rpartition("}")[2] == "workbookPr" and one.get("date1904") in {"1", "true"}
        for one in ElementTree.fromstring(raw).iter()
    )
