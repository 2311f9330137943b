"""Codebook: what a file says of the columns of another, recognised by its content."""

from collections.abc import Mapping
from dataclasses import replace

from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.coding.codebooks.described import Codebook, contradicting
from mentorstudy.reading.coding.codebooks.qsf import read_qsf
from mentorstudy.reading.coding.codebooks.redcap import is_redcap, read_redcap
from mentorstudy.reading.coding.codebooks.sheet import Sheet, sheets
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
    books = {one: book for one, sheet in found.items() if (book := _of_sheet(sheet, name))}
    if books:
        return _together(books, name)
    raise DataError(
        f"{name}: row 1: no codebook that is known: neither a Qualtrics survey file (.qsf), nor a REDCap data "
        f"dictionary, nor an XLSForm, nor a table of codes and labels. {LAYOUT}"
    )


def _of_sheet(sheet: Sheet, name: str) -> Codebook | None:
    if is_redcap(sheet):
        return read_redcap(sheet, name)
    return read_table(sheet, name) if is_table(sheet) else None


def _together(books: Mapping[str, Codebook], name: str) -> Codebook:
    """The codebook of all sheets that hold one; DataError where two give a column other answers."""
    (_, whole), *others = books.items()
    for title, book in others:
        if twice := contradicting(whole.columns, book.columns):
            raise DataError(
                f"{name}: sheet {title}: other answers of {', '.join(twice)} than in a sheet before it. Leave the one "
                "that describes the file."
            )
        whole = replace(
            whole,
            columns={**whole.columns, **book.columns},
            notes=(*whole.notes, *book.notes),
            whole=whole.whole and book.whole,
        )
    return whole
