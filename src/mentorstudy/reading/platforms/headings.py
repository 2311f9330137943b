"""Headings: a header's cell as plain text, and what a column's cells say below it."""

import html
import re

import numpy as np

from mentorstudy.reading.grid import Column, Grid

BREAK = re.compile(r"</?(br|p|div|li|ul|ol|tr|td|h[1-6])\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"</?[a-z][^<>]*>", re.IGNORECASE)
STAMP = re.compile(
    r"[0-9]{1,4}[-./] ?[0-9]{1,2}[-./] ?[0-9]{1,4}\.?,?[T ] ?([^\W\d]{2,4} )?"
    r"[0-9]{1,2}[:.][0-9]{2}([:.][0-9]{2}([.,][0-9]+)?)?( ?\D.*)?|"
    r"[2-6][0-9]{4}[.,][0-9]+"  # a spreadsheet's number of days
)
FEW = 5  # rows enough to tell what a column is
MOST = 0.5  # of their cells, so that one damaged cell does not hide what the file is


def plain(text: str) -> str:
    """The text without tags, entities and line ends, its white space single spaces."""
    return " ".join(html.unescape(TAG.sub("", BREAK.sub(" ", text))).split())


def key(text: str) -> str:
    """The text as headers are compared: plain, and in lower case."""
    return plain(text).casefold()


def told(column: Column, header_rows: int) -> set[str]:
    """The distinct texts of a column's cells below its headers, without the empty one."""
    return {column.words[code] for code in np.flatnonzero(np.bincount(column.codes[header_rows:])).tolist()} - {""}


def only(words: set[str], label: str) -> bool:
    """Whether cells say nothing but `label`."""
    return not words or (len(words) == 1 and plain(next(iter(words))) == label)


def stamped(grid: Grid, place: int) -> bool:
    """Whether most of the first filled cells of a column with one header row are days with a time."""
    cells = [cell for cell in (grid.row(row)[place] for row in range(1, min(grid.height, FEW + 1))) if cell]
    return sum(STAMP.fullmatch(cell) is not None for cell in cells) > len(cells) * MOST


def constant(name: str, word: str, height: int) -> Column:
    """A column that says one word in every row."""
    return Column(name=name, codes=np.zeros(height, dtype=np.int32), words=(word,))


def either(first: Column, second: Column) -> Column:
    """The first column, where it is empty the second."""
    behind = second.codes.astype(np.int32) + len(first.words)  # codes of few words are too small for both columns
    codes = np.where(first.blank, behind, first.codes)
    return Column(name=first.name, codes=codes, words=(*first.words, *second.words))
