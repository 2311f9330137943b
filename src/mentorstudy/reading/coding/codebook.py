"""Codebook: what a file says of the columns of another, recognised by its content."""

from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.coding.codebooks.described import Codebook
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
    for sheet in found.values():
        if is_redcap(sheet):
            return read_redcap(sheet, name)
        if is_table(sheet):
            return read_table(sheet, name)
    raise DataError(
        f"{name}: row 1: no codebook that is known: neither a Qualtrics survey file (.qsf), nor a REDCap data "
        f"dictionary, nor an XLSForm, nor a table of codes and labels. {LAYOUT}"
    )
