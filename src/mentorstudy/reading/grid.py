"""Column and Grid: a file's cells, which know their file and rows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from math import isfinite, nan
from typing import Any, Literal

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.cleaning import as_address, as_id
from mentorstudy.nouns.identity import Identity

SHAPES = 3  # told of a column's cells
LONGEST = 24  # signs of a shape
LONGEST_LOOK = 200
LOOKED_AT = 2_000  # words of a column, whose looks tell what stands in it
SAFE = 2**53  # beyond it a whole number as a float cannot be told from its neighbour
RUN = re.compile(r"(?P<digits>\d+)|[^\W\d_]+")
Codes = NDArray[np.integer]
AS_THEY_ARE = Identity()
NOWHERE: NDArray[np.int64] = np.empty(0, dtype=np.int64)


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column, dictionary-encoded: `words[codes[i]]` is the text of row i; "" is an empty cell.

    Texts are trimmed and otherwise as they came: an id keeps its zeros, "NA" stays a word. Whatever is made
    of a column is made of its words, so the work does not grow with the rows; a word may stand among them twice.
    """

    name: str
    codes: Codes
    words: Sequence[str]
    # Of a file's whole column: the cells that lost signs nobody can see, and which these were.
    unseen: NDArray[np.int64] = field(default_factory=NOWHERE.copy)
    signs: str = ""

    @property
    def blank(self) -> NDArray[np.bool_]:
        """True where the cell is empty."""
        try:
            first = self.words.index("")
        except ValueError:
            return np.zeros(len(self.codes), dtype=bool)
        return self.among({""}) if "" in self.words[first + 1 :] else self.codes == first

    def among(self, words: set[str]) -> NDArray[np.bool_]:
        """True where the cell's text is one of `words`."""
        return spread(np.array([word in words for word in self.words], dtype=bool), self.codes)

    def taken(self, rows: NDArray[np.bool_], *, name: str = "") -> "Column":
        """The same column, only where `rows` is true, under its own or another name; texts of other rows are gone."""
        first = int(rows.argmax()) if len(rows) else 0
        if rows[first:].all():  # the usual case: all rows, or all below the headers
            return self._below(first, name or self.name)
        codes = self.codes[rows]
        if not len(codes):
            return Column(name=name or self.name, codes=codes, words=("",))
        used = np.bincount(codes, minlength=len(self.words)) > 0
        return Column(name=name or self.name, codes=codes, words=self.words).compact(used)

    def compact(self, used: NDArray[np.bool_]) -> "Column":
        """The same column without the texts that no row holds; `used` tells of each whether one does."""
        if used.all():
            return self
        place = (np.cumsum(used) - 1).astype(self.codes.dtype)
        words = tuple(word for word, here in zip(self.words, used.tolist(), strict=True) if here)
        return Column(name=self.name, codes=spread(place, self.codes), words=words)

    def _below(self, first: int, name: str) -> "Column":
        """The column from row `first` on, under another name, without the texts that stood only above."""
        codes, words = self.codes[first:], self.words
        for gone in sorted(set(self.codes[:first].tolist()), reverse=True):
            if len(words) > 1 and not (codes == gone).any():
                words = (*words[:gone], *words[gone + 1 :])
                codes = codes - (codes > gone)
        return Column(name=name, codes=codes, words=words)

    def shapes(self, rows: NDArray[np.bool_]) -> str:
        """How the cells of the rows marked look, 9 for a digit and a for a letter: what may be told of a cell."""
        looks: dict[str, None] = {}
        for code in dict.fromkeys(self.codes[rows].tolist()):
            signs = self.words[code][:LONGEST]
            looks["".join("9" if sign.isdigit() else "a" if sign.isalpha() else sign for sign in signs)] = None
            if len(looks) == SHAPES:
                break
        return ", ".join(looks)

    def as_ids(self, written: Identity = AS_THEY_ARE) -> "Column":
        """The same column, its texts without spaces and signs that cannot be seen, addresses in one spelling.

        Ids of digits alone get back the zeros that they lack, where the plan says how many digits ids have.
        """
        words, every = tuple(self.words), "".join(self.words)
        if "@" in every or as_id(every) != every:  # rarely: else a million are looked at once
            words = tuple(as_address(word) if "@" in word else as_id(word) for word in words)
        if written.case == "ignore":
            words = tuple(word.casefold() for word in words)
        if written.width:
            words = tuple(word.zfill(written.width) if word.isdigit() else word for word in words)
        return replace(self, words=words)

    def mapped(self, values: Sequence[object]) -> NDArray[np.object_]:
        """`values`, one for each distinct word, spread over the rows."""
        return np.array(values, dtype=object)[self.codes]

    def texts(self) -> pd.Categorical:
        """The cells as text; missing where empty."""
        words = dict.fromkeys(word for word in self.words if word)
        if len(words) == len(self.words):
            return pd.Categorical.from_codes(self.codes, categories=list(words), validate=False)
        place = {word: at for at, word in enumerate(words)}
        codes = np.array([place.get(word, -1) for word in self.words])[self.codes]
        return pd.Categorical.from_codes(codes, categories=list(words))

    def numbers(self) -> NDArray[np.float64]:
        """The cells as numbers; nan where empty and where the text is no finite number."""
        return np.array([number(word) for word in self.words], dtype=float)[self.codes]


Kind = Literal[
    "answer",  # one question, one answer
    "choice",  # one box of a question with several: cells "1" ticked, "0" left, "" not known
    "list",  # several answers in one cell
    "text",  # free text, as under "other"
    "meta",  # of the response, not of the person
    "embedded",  # known before the survey and carried along
    "timing",
    "order",
    "score",
    "quality",
    "personal",  # who or where somebody is
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """What a file says of one of its columns besides the cells.

    `labels` and `missing` are by the cell's text: what a code stands for, and why a cell is no answer.
    """

    source: str  # the header as it stands
    place: int  # 1 for the first column
    kind: Kind = "answer"
    wording: str = ""  # the question in plain text
    part: str = ""  # the row of a grid, or the box of a question with several
    question: str = ""  # what the columns of one question share
    choice: str = ""  # the box's own code
    labels: Mapping[str, str] = field(default_factory=dict)
    missing: Mapping[str, str] = field(default_factory=dict)
    separator: str = ""  # between the answers of a list
    coded: bool = False  # whether its cells are codes by a file beside it, so that no label set may code them


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A file's cells by column, headers still among them unless the container names its columns itself."""

    file: str
    columns: tuple[Column, ...]
    rows: NDArray[np.int64]  # the number in the file of each row, counted from 1
    sha256: str = ""  # of the file's bytes
    blanks: int = 0  # rows of the file that hold no cell and are none here
    named: tuple[tuple[str, Field], ...] = ()  # one a column, where the container has names and no header rows
    container: str = "csv"
    encoding: str = ""
    delimiter: str = ""
    preamble: int = 0  # rows above the headers
    grouped: bool = False  # whether a cell among the headers stands over several columns
    zone: str = ""  # of clock times, where the container says so
    notes: tuple[str, ...] = ()  # what was noticed and is no fault

    @property
    def height(self) -> int:
        """Rows, headers included."""
        return len(self.rows)

    def row(self, index: int) -> list[str]:
        """The texts of one row, counted from 0."""
        return [column.words[column.codes[index]] for column in self.columns]


def block(count: int, length: int, dtype: type) -> NDArray[Any]:
    """Room for `count` columns of that length, one a row.

    In one piece, since the system hands out large pieces in large pages: a megabyte here and a megabyte there take
    several times as long to be given as to be filled.
    """
    return np.empty((count, length), dtype=dtype)


def spread(values: NDArray[Any], codes: Codes) -> NDArray[Any]:
    """`values`, one for each word, over the rows: values[codes], and quicker where little has to be looked up.

    The tables of answers are tables of bytes: numpy widens each code to eight bytes before it looks it up. Codes that
    are their own values, as of answers from 1 on, are handed on as they are.
    """
    if len(values) and (values == values[0]).all():
        return np.full(len(codes), values[0])
    if values.itemsize != 1 or codes.itemsize != 1:
        return values[codes]
    if values.dtype == bool and np.count_nonzero(values) == 1:
        return codes == int(values.argmax())  # numpy's own integer would widen every code
    if values.dtype == codes.dtype and (values == np.arange(len(values))).all():
        return codes
    table = np.zeros(256, dtype=values.dtype)
    table[: len(values)] = values
    return np.frombuffer(bytearray(codes).translate(table.tobytes()), dtype=values.dtype)


def look(text: str) -> str:
    """How a cell looks in general: runs of digits as 9, of letters as a."""
    return RUN.sub(lambda found: "9" if found["digits"] else "a", text[:LONGEST_LOOK])


def number(word: str) -> float:
    """A finite number written with a decimal point; nan for all else."""
    try:
        value = float(word) if word.isascii() and "_" not in word and not word[:1].isalpha() else nan
    except ValueError:
        return nan
    return value if isfinite(value) else nan


def decimal(value: float | np.floating[Any]) -> str:
    """A number as text, without an exponent: 0.00005 and not 5e-05."""
    told = str(value)
    return np.format_float_positional(value, trim="-") if "e" in told else told


def in_plan(table: str, line: str) -> str:
    """What to write into plan.toml, the head of its table on a line of its own, as TOML wants it."""
    return f"write into plan.toml:\n[{table}]\n{line}"


def as_in(path: str, key: str, value: str) -> str:
    """The long form of a file with one more key, to paste."""
    return f'as in {{path = "{path}", {key} = "{value}"}}'
