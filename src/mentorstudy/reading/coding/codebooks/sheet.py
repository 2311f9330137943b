"""Sheet: the rows of a codebook's table, by the names in its header."""

import csv
import io
import re
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from python_calamine import CalamineError, CalamineWorkbook

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError

WORKBOOK = b"PK\x03\x04"
PARTS = (b"[Content_Types].xml", b"mimetype")  # a workbook has one of them, and names it at the end
OLD = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
DELIMITERS = ",;\t|"
SEPARATOR = re.compile(r"\s*\"?sep=(.)\"?,*\s*", re.IGNORECASE)  # a line that spreadsheets read and do not show


@dataclass(frozen=True, slots=True)
class Record:
    """One row by the reader's own names for its columns; `row` is its number in the file."""

    row: int
    cells: Mapping[str, str]

    def __getitem__(self, name: str) -> str:
        """The cell's text; "" where there is none."""
        return self.cells.get(name, "")


@dataclass(frozen=True, slots=True)
class Sheet:
    """The cells of one sheet under its header; `top` is the header's row in the file."""

    top: int
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def has(self, *names: str) -> bool:
        """Whether the header holds one of the names."""
        return any(name in self.header for name in names)

    def records(self, names: Mapping[str, Sequence[str]]) -> Iterator[Record]:
        """The rows that hold anything; `names` are a column's names in files by the reader's own."""
        at = {
            own: self.header.index(written)
            for own, known in names.items()
            if (written := next((one for one in known if one in self.header), None)) is not None
        }
        for number, row in enumerate(self.rows, start=self.top + 1):
            if any(row):
                yield Record(number, {own: row[index] for own, index in at.items() if index < len(row)})


def sheets(raw: bytes, name: str) -> dict[str, Sheet]:
    """The sheets of a workbook by their lower-case names, or the one table of a text file under ""."""
    if raw.startswith(OLD):
        raise DataError(
            f"{name}: a workbook of old Excel (.xls), or one with a password. Save the codebook as .xlsx, without a "
            "password, or as CSV UTF-8."
        )
    if raw.startswith(WORKBOOK) and zipfile.is_zipfile(io.BytesIO(raw)) and not any(part in raw for part in PARTS):
        raise DataError(f"{name}: a zip archive. Take the codebook out of it, and name the file itself.")
    if not raw.startswith(WORKBOOK):
        return {"": _sheet(_text_rows(raw, name))}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        cells = {one: book.get_sheet_by_name(one).to_python(skip_empty_area=False) for one in book.sheet_names}
    except (CalamineError, OSError, ValueError):
        raise DataError(f"{name}: the workbook cannot be read. Save it again, without a password.") from None
    return {
        one.strip().lower(): _sheet([[_text(cell) for cell in row] for row in rows])
        for one, rows in cells.items()
        if rows
    }


def _text_rows(raw: bytes, name: str) -> list[list[str]]:
    encodings = ["utf-16"] if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = raw.decode(encoding)
            break
        except UnicodeDecodeError:
            continue
    else:
        raise DataError(f"{name}: bytes in no encoding that is known. Save it as CSV UTF-8.")
    if "\0" in text or not text.strip():
        raise DataError(f"{name}: no text. Save the codebook as CSV UTF-8.")
    first = next(line for line in text.splitlines() if line.strip())
    if told := SEPARATOR.fullmatch(first):
        text = text.replace(first, "", 1)  # its line stays, so that rows keep their numbers
        delimiter = told[1]
    else:
        delimiter = max(DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise DataError(f"{name}: cannot be split into rows and cells. Save it again as CSV UTF-8.") from None


def _sheet(rows: list[list[str]]) -> Sheet:
    tidy = [tuple(cleaned(cell).strip() for cell in row) for row in rows]
    above = next((number for number, row in enumerate(tidy) if any(row)), 0)
    header, *body = tidy[above:] or [()]
    return Sheet(above + 1, tuple(" ".join(cell.lower().split()) for cell in header), tuple(body))


def _text(cell: object) -> str:
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
