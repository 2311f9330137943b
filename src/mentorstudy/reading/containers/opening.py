"""Opening: bytes, guarded and decoded, to a grid of cells."""

import csv
import hashlib
import io
import stat
from pathlib import Path

import numpy as np
import pyarrow
from pyarrow import csv as arrow_csv
from python_calamine import CalamineError, CalamineWorkbook

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Grid

DELIMITERS = ",;\t|"
WEB_PAGES = (b"<!doctype html", b"<html")
WORKBOOK, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


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
        raw = path.read_bytes()
    except OSError:
        raise DataError(f"{label}: cannot be opened. Check the right to read it.") from None
    if not raw.strip():
        raise DataError(f"{label}: the file is empty. Export it again.")
    digest = hashlib.sha256(raw).hexdigest()
    if raw[:200].lstrip().lower().startswith(WEB_PAGES):
        raise DataError(f"{label}: a web page was saved instead of the export. Log in and export it again.")
    if raw.startswith((WORKBOOK, OLD_OFFICE)):
        columns = _workbook(raw, label, settings)
        rows = np.arange(1, len(columns[0].codes) + 1)
        return Grid(file=label, sha256=digest, columns=columns, rows=rows, container="excel")
    columns, empty_lines = _text(_decoded(raw, label, settings), label, settings)
    rows = np.setdiff1d(np.arange(1, len(columns[0].codes) + len(empty_lines) + 1), empty_lines)
    return Grid(file=label, sha256=digest, columns=columns, rows=rows, blanks=len(empty_lines))


def _decoded(raw: bytes, label: str, settings: File) -> str:
    encoding = settings.encoding or ("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    try:
        text = raw.decode(encoding)
    except LookupError:
        raise DataError(f"{label}: there is no encoding called {encoding}. Try cp1252 or utf-8.") from None
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise DataError(
            f"{label}: row {row}: a byte that is not {encoding.removesuffix('-sig').upper()}. Export it as UTF-8, "
            f"or say what it is under [files] in plan.toml, {_as_in(label, 'encoding', 'cp1252')}."
        ) from None
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise DataError(f"{label}: row {row}: a NUL character, which no table holds. Export it again.")
    return text


def _text(text: str, label: str, settings: File) -> tuple[tuple[Column, ...], tuple[int, ...]]:
    """The cells, and the numbers of the rows that hold none at all."""
    delimiter = settings.delimiter or _delimiter(text)
    width = len(next(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)))
    if width < 2:
        raise DataError(
            f"{label}: only one column. If cells are parted by an unusual sign, say so under [files] in "
            f"plan.toml, {_as_in(label, 'delimiter', '^')}."
        )
    uneven: list[str] = []
    empty: list[int] = []

    def note(row: arrow_csv.InvalidRow) -> str:
        if not row.text.strip():
            empty.append(row.number)
            return "skip"
        uneven.append(
            f"{label}: row {row.number}: {row.actual_columns} cells where the header has {width}. If it is the "
            "last row, the download was cut: export it again; else look for a stray delimiter or quote in it."
        )
        return "skip"

    names = [str(index) for index in range(width)]
    try:
        table = arrow_csv.read_csv(
            io.BytesIO(text.rstrip("\r\n").encode()),
            read_options=arrow_csv.ReadOptions(column_names=names, use_threads=False),
            parse_options=arrow_csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=note,
            ),
            convert_options=arrow_csv.ConvertOptions(
                column_types=dict.fromkeys(names, pyarrow.dictionary(pyarrow.int32(), pyarrow.string())),
                strings_can_be_null=False,
            ),
        )
    except pyarrow.ArrowInvalid:
        raise DataError(f"{label}: cannot be split into rows and cells. Export it again as CSV.") from None
    raise_all(DataError, uneven)
    columns = zip(names, table.columns, strict=True)
    return tuple(_column(name, array.combine_chunks()) for name, array in columns), tuple(empty)


def _delimiter(text: str) -> str:
    first = text.splitlines()[0]
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))


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
            f"{label}: say which sheet to read, under [files] in plan.toml, {_as_in(label, 'sheet', '...')}. "
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


def _as_in(label: str, key: str, value: str) -> str:
    return f'as in {{path = "{Path(label).name}", {key} = "{value}"}}'
