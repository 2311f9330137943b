"""Grid: bytes, guarded and decoded, to columns that know their file and rows."""

import csv
import hashlib
import io
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.csv
from numpy.typing import NDArray
from python_calamine import CalamineError, CalamineWorkbook

from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.nouns.study import File
from mentorstudy.nouns.written import did_you_mean

DELIMITERS = ",;\t|"
TOLD = 3  # rows named in a fault; the rest are counted
WEB_PAGES = (b"<!doctype html", b"<html")
WORKBOOK, OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"

Codes = NDArray[np.int32]


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column, dictionary-encoded: `words[codes[i]]` is the text of row i; "" is an empty cell.

    Texts are trimmed and otherwise as they came: an id keeps its zeros, "NA" stays a word. Whatever is made
    of a column is made of its distinct words, so the work does not grow with the rows.
    """

    name: str
    codes: Codes
    words: tuple[str, ...]

    @property
    def blank(self) -> NDArray[np.bool_]:
        """True where the cell is empty."""
        return self.among({""})

    def among(self, words: set[str]) -> NDArray[np.bool_]:
        """True where the cell's text is one of `words`."""
        return np.array([word in words for word in self.words], dtype=bool)[self.codes]

    def taken(self, rows: NDArray[np.bool_]) -> "Column":
        """The same column, only where `rows` is true."""
        return Column(name=self.name, codes=self.codes[rows], words=self.words)

    def mapped(self, values: Sequence[object]) -> NDArray[np.object_]:
        """`values`, one for each distinct word, spread over the rows."""
        return np.array(values, dtype=object)[self.codes]

    def texts(self) -> pd.Categorical:
        """The cells as text; missing where empty."""
        return pd.Categorical(self.mapped([word or None for word in self.words]))

    def numbers(self) -> NDArray[np.float64]:
        """The cells as numbers; nan where empty and where the text is no finite number."""
        return np.array([_number(word) for word in self.words], dtype=float)[self.codes]

    def days(self) -> NDArray[np.datetime64]:
        """The cells as days, from ISO dates with or without a time; not-a-time for all else."""
        days = pd.to_datetime(
            pd.Series([word[:10] for word in self.words], dtype=str), format="%Y-%m-%d", errors="coerce"
        )
        return days.to_numpy(dtype="datetime64[s]")[self.codes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A file's cells by column, headers still among them; the first row of the file is row 1."""

    file: str
    sha256: str
    columns: tuple[Column, ...]

    @property
    def height(self) -> int:
        """Rows, headers included."""
        return len(self.columns[0].codes)

    def row(self, index: int) -> list[str]:
        """The texts of one row, counted from 0."""
        return [column.words[column.codes[index]] for column in self.columns]


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A grid whose headers are read: named columns, and the file's row number of each record."""

    file: str
    sha256: str
    columns: dict[str, Column]
    rows: NDArray[np.int64]
    wording: dict[str, str]
    dropped: dict[str, int]

    def column(self, name: str, *, role: str, word: str) -> Column:
        """The column of that name; DataError with the nearest names and where it is declared."""
        if name in self.columns:
            return self.columns[name]
        declared = (
            f'[items] {word} = "..."'
            if role == "survey" and word != "person"
            else f'[columns.{role}] {word} = "..."'
        )
        raise DataError(
            f"{self.file}: no column {name}. {did_you_mean(name, list(self.columns))} "
            f"If the file calls it otherwise, write {declared} in plan.toml."
        )

    def without(self, rows: NDArray[np.bool_], reason: str) -> "Table":
        """The table less the `rows` marked, which are counted under `reason`."""
        if not rows.any():
            return self
        kept = ~rows
        return Table(
            file=self.file,
            sha256=self.sha256,
            columns={name: column.taken(kept) for name, column in self.columns.items()},
            rows=self.rows[kept],
            wording=self.wording,
            dropped=self.dropped | {reason: self.dropped.get(reason, 0) + int(rows.sum())},
        )

    def fault(self, rows: NDArray[np.bool_], column: str, said: str) -> list[str]:
        """One sentence that names the file, the column and the first rows marked; none where none is."""
        where = self.rows[rows]
        if not len(where):
            return []
        named = ", ".join(str(row) for row in where[:TOLD])
        more = f" and {len(where) - TOLD} more" if len(where) > TOLD else ""
        return [f"{self.file}: row {named}{more}, column {column}: {said}"]


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
    else:
        columns = _text(_decoded(raw, label, settings), label, settings)
    return Grid(file=label, sha256=digest, columns=columns)


def with_headers(grid: Grid, *, header_rows: int) -> Table:
    """The grid with its first row as names and, where there are more header rows, the second as wording."""
    names = grid.row(0)
    faults = [
        f"{grid.file}: two columns are called {name}. Rename one of them."
        for name in sorted({name for name in names if name and names.count(name) > 1})
    ]
    raise_all(DataError, faults)
    body = np.arange(grid.height) >= header_rows
    wording = grid.row(1) if header_rows > 1 else [""] * len(names)
    if not body.any():
        raise DataError(
            f"{grid.file}: headers, but not one row of data. Export it again, with all responses."
        )
    return Table(
        file=grid.file,
        sha256=grid.sha256,
        columns={name: column.taken(body) for name, column in zip(names, grid.columns, strict=True) if name},
        rows=np.flatnonzero(body) + 1,
        wording={name: text for name, text in zip(names, wording, strict=True) if name and text},
        dropped={},
    )


def _decoded(raw: bytes, label: str, settings: File) -> str:
    encoding = settings.encoding or ("utf-16" if raw.startswith((b"\xff\xfe", b"\xfe\xff")) else "utf-8-sig")
    try:
        text = raw.decode(encoding)
    except LookupError:
        raise DataError(f"{label}: there is no encoding called {encoding}. Try cp1252 or utf-8.") from None
    except UnicodeDecodeError as error:
        row = raw[: error.start].count(b"\n") + 1
        raise DataError(
            f"{label}: row {row}: a byte that is not {encoding.removesuffix('-sig').upper()}. Export it as UTF-8, or "
            f'say what it is under [files] in plan.toml, as in {{path = "{Path(label).name}", encoding = "cp1252"}}.'
        ) from None
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise DataError(f"{label}: row {row}: a NUL character, which no table holds. Export it again.")
    return text


def _text(text: str, label: str, settings: File) -> tuple[Column, ...]:
    delimiter = settings.delimiter or _delimiter(text)
    width = len(next(csv.reader(io.StringIO(text), delimiter=delimiter)))
    if width < 2:
        raise DataError(
            f"{label}: only one column. If cells are parted by an unusual sign, say so under [files] in "
            f'plan.toml, as in {{path = "{Path(label).name}", delimiter = "^"}}.'
        )
    uneven: list[str] = []

    def note(row: pyarrow.csv.InvalidRow) -> str:
        uneven.append(
            f"{label}: row {row.number}: {row.actual_columns} cells where the header has {width}. If it is the last "
            "row, the download was cut: export it again; else look for a stray delimiter or quote in it."
        )
        return "skip"

    names = [str(index) for index in range(width)]
    try:
        table = pyarrow.csv.read_csv(
            io.BytesIO(text.rstrip("\r\n").encode()),
            read_options=pyarrow.csv.ReadOptions(column_names=names, use_threads=False),
            parse_options=pyarrow.csv.ParseOptions(
                delimiter=delimiter,
                newlines_in_values=True,
                ignore_empty_lines=False,
                invalid_row_handler=note,
            ),
            convert_options=pyarrow.csv.ConvertOptions(
                column_types=dict.fromkeys(names, pa.dictionary(pa.int32(), pa.string())),
                strings_can_be_null=False,
            ),
        )
    except pa.ArrowInvalid:
        raise DataError(f"{label}: cannot be split into rows and cells. Export it again as CSV.") from None
    raise_all(DataError, uneven)
    return tuple(
        _column(name, array.combine_chunks()) for name, array in zip(names, table.columns, strict=True)
    )


def _delimiter(text: str) -> str:
    first = text.split("\n", 1)[0]
    return max(DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))


def _workbook(raw: bytes, label: str, settings: File) -> tuple[Column, ...]:
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        filled = {name: book.get_sheet_by_name(name).to_python() for name in book.sheet_names}
    except (CalamineError, OSError, ValueError) as error:
        locked = "password" in str(error).lower() or b"E\0n\0c\0r\0y\0p\0t" in raw
        mend = (
            "It is protected by a password: save it without."
            if locked
            else "It is damaged: download it again."
        )
        raise DataError(f"{label}: the workbook cannot be read. {mend}") from None
    filled = {name: rows for name, rows in filled.items() if rows}
    wanted = settings.sheet or (next(iter(filled)) if len(filled) == 1 else None)
    if wanted not in filled:
        sheets = ", ".join(f"{name} ({len(rows)} rows)" for name, rows in filled.items()) or "none with rows"
        raise DataError(
            f"{label}: say which sheet to read, under [files] in plan.toml, as in "
            f'{{path = "{Path(label).name}", sheet = "..."}}. Sheets: {sheets}.'
        )
    cells = [[_cell_text(cell) for cell in row] for row in filled[wanted]]
    return tuple(
        _column(str(index), pa.array(values, pa.string()).dictionary_encode())
        for index, values in enumerate(zip(*cells, strict=True))
    )


def _cell_text(cell: object) -> str:
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return cell.isoformat() if hasattr(cell, "isoformat") else str(cell)


def _column(name: str, array: pa.DictionaryArray) -> Column:
    words = [word.strip() for word in array.dictionary.to_pylist()]
    return Column(
        name=name,
        codes=array.indices.to_numpy(zero_copy_only=False).astype(np.int32),
        words=tuple(words) or ("",),
    )


def _number(word: str) -> float:
    try:
        number = float(word) if word.isascii() and "_" not in word else np.nan
    except ValueError:
        return np.nan
    return number if np.isfinite(number) else np.nan
