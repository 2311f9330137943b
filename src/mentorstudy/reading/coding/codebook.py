"""Codebook: what a file says of the columns of another, recognised by its content."""

from collections.abc import Mapping
from dataclasses import replace

from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.reading.coding.codebooks.described import Codebook
from mentorstudy.reading.coding.codebooks.once import Once
from mentorstudy.reading.coding.codebooks.qsf import read_qsf
from mentorstudy.reading.coding.codebooks.redcap import is_redcap, read_redcap
from mentorstudy.reading.coding.codebooks.sheet import sheets
from mentorstudy.reading.coding.codebooks.table import LAYOUT, is_table, read_table
from mentorstudy.reading.coding.codebooks.xlsform import is_xlsform, read_xlsform


def read_codebook(raw: bytes, name: str) -> Codebook:
    """What a Qualtrics survey file, a REDCap dictionary, an XLSForm or a table of one's own says of each column.

    `name` is what messages call the file. DataError with every fault where it is none of these or unsound.
    """
    if raw.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return read_qsf(raw, name)
    found = sheets(raw, name)
    if is_xlsform(found):
        return read_xlsform(found, name)
    books: dict[str, Codebook] = {}
    for title, sheet in found.items():
        if is_redcap(sheet):
            books[title] = read_redcap(sheet, name)
        elif is_table(sheet):
            books[title] = read_table(sheet, name)
    if books:
        return _together(books, name)
    raise DataError(
        f"{name}: row 1: no codebook that is known: neither a Qualtrics survey file (.qsf), nor a REDCap data "
        f"dictionary, nor an XLSForm, nor a table of codes and labels. {LAYOUT}"
    )


def _together(books: Mapping[str, Codebook], name: str) -> Codebook:
    """The codebooks of several sheets as one, of the first one's kind; DataError where they contradict each other."""
    once = Once()
    faults: list[str] = []
    for title, book in books.items():
        for column, other in once.add(book.columns, title).items():
            faults.append(
                f"{name}: sheet {title}: {column} has other answers here than in sheet {other}. Keep the sheet that "
                "holds for this survey."
            )
    raise_all(DataError, faults)
    notes = dict.fromkeys(note for book in books.values() for note in book.notes)
    return replace(next(iter(books.values())), columns=once.columns, notes=(*notes,))
