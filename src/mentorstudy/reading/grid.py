"""Grid, Table and Column: a file's cells, which know their file and rows."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.cleaning import as_id
from mentorstudy.nouns.errors import DataError, raise_all, rows_told
from mentorstudy.nouns.written import did_you_mean

DAY = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
    r"([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.,][0-9]+)?)?(Z|[+-][0-9]{2}:?[0-9]{2})?)?"
)
DAY_LIKE = re.compile(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}([T ].*)?")
NO_HEADERS = (
    "Its first row looks like data, so the file seems to have no header row. Write the columns' names into row 1."
)
SHAPES = 3  # told of a column's cells
LONGEST = 24  # signs of a shape
BLANK = "blank"

ANONYMOUS = "(a row, nobody known)"

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

    def taken(self, rows: NDArray[np.bool_], *, name: str = "") -> "Column":
        """The same column, only where `rows` is true, under its own or another name."""
        return Column(name=name or self.name, codes=self.codes[rows], words=self.words)

    def shapes(self, rows: NDArray[np.bool_]) -> str:
        """How the cells of the rows marked look, 9 for a digit and a for a letter: what may be told of a cell."""
        looks = dict.fromkeys(
            "".join(
                "9" if sign.isdigit() else "a" if sign.isalpha() else sign for sign in self.words[code][:LONGEST]
            )
            for code in dict.fromkeys(self.codes[rows].tolist())
        )
        return ", ".join(list(looks)[:SHAPES])

    def as_ids(self) -> "Column":
        """The same column, its texts without spaces and signs that cannot be seen."""
        return replace(self, words=tuple(map(as_id, self.words)))

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
        written = [word[:10] if DAY.fullmatch(word) else "" for word in self.words]
        days = pd.to_datetime(pd.Series(written, dtype=str), format="%Y-%m-%d", errors="coerce")
        return days.to_numpy(dtype="datetime64[s]")[self.codes]


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A file's cells by column, headers still among them; the first row of the file is row 1."""

    file: str
    sha256: str
    columns: tuple[Column, ...]
    empty_lines: tuple[int, ...] = ()  # rows of the file that hold not one cell, and are none here

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

    @property
    def headless(self) -> bool:
        """Whether the first row looks like data."""
        return looks_like_data(list(self.columns), list(self.columns.values()))

    def column(self, name: str, *, role: str, word: str) -> Column:
        """The column of that name; DataError with the nearest names and where it is declared."""
        if name in self.columns:
            return self.columns[name]
        if self.headless:
            raise DataError(f"{self.file}: no column {name}. {NO_HEADERS}")
        table = "items" if role == "survey" and word != "person" else f"columns.{role}"
        mend = f'If the file calls it otherwise, write [{table}] {word} = "..." in plan.toml.'
        raise DataError(f"{self.file}: no column {name}. {did_you_mean(name, list(self.columns))} {mend}")

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

    def anonymous(self) -> "Table":
        """The table with a column in which every row is somebody of their own."""
        rows = np.arange(len(self.rows), dtype=np.int32)
        own = Column(name=ANONYMOUS, codes=rows, words=tuple(f"{self.file}, row {row}" for row in self.rows))
        return replace(self, columns=self.columns | {ANONYMOUS: own})

    def fault(self, rows: NDArray[np.bool_], column: str, said: str) -> list[str]:
        """One sentence that names the file, the column and the first rows marked; none where none is."""
        where = self.rows[rows]
        return [f"{self.file}: row {rows_told(where.tolist())}, column {column}: {said}"] if len(where) else []


def with_headers(grid: Grid, *, header_rows: int) -> Table:
    """The grid with its first row as names and, where there are more header rows, the second as wording."""
    names = [" ".join(name.split()) for name in grid.row(0)]
    twice = sorted({name for name in names if name and names.count(name) > 1})
    body = np.arange(grid.height) >= header_rows
    if twice and looks_like_data(names, [column.taken(body) for column in grid.columns]):
        raise DataError(f"{grid.file}: two cells of row 1 are the same. {NO_HEADERS}")
    raise_all(DataError, [f"{grid.file}: two columns are called {name}. Rename one of them." for name in twice])
    blank = np.logical_and.reduce([column.blank for column in grid.columns]) & body
    body &= ~blank
    numbers = np.setdiff1d(np.arange(1, grid.height + len(grid.empty_lines) + 1), grid.empty_lines)
    blanks = int(blank.sum()) + len(grid.empty_lines)
    wording = grid.row(1) if header_rows > 1 else [""] * len(names)
    if not body.any():
        raise DataError(f"{grid.file}: headers, but not one row of data. Export it again, with all responses.")
    return Table(
        file=grid.file,
        sha256=grid.sha256,
        columns={
            name: column.taken(body, name=name) for name, column in zip(names, grid.columns, strict=True) if name
        },
        rows=numbers[body],
        wording={name: text for name, text in zip(names, wording, strict=True) if name and text},
        dropped={BLANK: blanks} if blanks else {},
    )


def looks_like_data(names: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether the first row is a record: an address, a day or a number for a name, or a name its cells repeat."""
    return any(
        "@" in name or DAY_LIKE.fullmatch(name) or not np.isnan(_number(name)) or column.among({name}).any()
        for name, column in zip(names, columns, strict=True)
        if name
    )


def _number(word: str) -> float:
    try:
        number = float(word) if word.isascii() and "_" not in word else np.nan
    except ValueError:
        return np.nan
    return number if np.isfinite(number) else np.nan
