"""Below: what a spreadsheet or a person put below a table: sums, means, counts, notes."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib import resources

import numpy as np
from numpy.typing import NDArray

from mentorstudy.reading.grid import LOOKED_AT, Column, look
from mentorstudy.reading.table import Table

SUM = re.compile(
    r"((grand |sub)?totals?|sum|(zwischen|gesamt)?summe|gesamt|somme|total g[ée]n[ée]ral|totaal|suma)[\s:=]*[0-9.,\s]*",
    re.IGNORECASE,
)
MARK = re.compile(r"[*†‡§]|\(?[0-9]{1,2}\)|[¹²³⁴⁵]")
SUMS = "sums, not people"
SUMMARIES = "means and counts, not people"
NOTES = "notes below the table"
MANY = 50_000
MOSTLY_EMPTY = 0.5  # of the other cells
MOST_BELOW = 30  # rows that may stand below a table
FILLED = 0.9  # of the rows, where one with a single cell is a note


def without_what_stands_below(table: Table) -> Table:
    """The table less sums, which may stand between people too, and less the means, counts and notes at its end."""
    reasons = dict.fromkeys(np.flatnonzero(_sums(table)).tolist(), SUMS)
    columns = list(table.columns.values())
    at = len(table.rows)
    while at > max(len(table.rows) - MOST_BELOW, 0):
        reason = reasons.get(at - 1) or _stands_below(columns, at - 1)
        if not reason:
            break
        at -= 1
        reasons[at] = reason
    several = np.sum([~column.blank[:at] for column in columns], axis=0) > 1
    if several.sum() < FILLED * at:
        reasons = {at: reason for at, reason in reasons.items() if reason != NOTES}
    kinds = np.array([reasons.get(at, "") for at in sorted(reasons)])
    below = np.zeros(len(table.rows), dtype=bool)
    below[sorted(reasons)] = True
    for reason in dict.fromkeys(kinds.tolist()):
        rows = below.copy()
        rows[below] = kinds == reason
        table, kinds, below = table.without(rows, reason), kinds[kinds != reason], below[~rows]
    return table


def _sums(table: Table) -> NDArray[np.bool_]:
    """True for rows that begin with a word for a sum, and hold hardly a cell more; in place of an id, only numbers.

    A word that stands in the same column of a row like any other is the name of something, and no row of it is a sum.
    """
    columns = list(table.columns.values())
    sums, before = np.zeros(len(table.rows), dtype=bool), np.ones(len(table.rows), dtype=bool)
    if len(columns) < 2:
        return sums
    for column in columns:
        for word in _sum_words(column):
            rows = column.among({word})
            if (rows & before).any() and (told := _hardly_more(columns, column, rows & before))[rows].all():
                sums |= told
        before &= column.blank
    return sums


def _sum_words(column: Column) -> set[str]:
    # of a column of a million ids only the last are looked at, below which a sum would stand
    told = column.words if len(column.words) <= MANY else [column.words[code] for code in column.codes[-3:]]
    return {word for word in told if SUM.fullmatch(word)}


def _hardly_more(columns: Sequence[Column], named: Column, rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Those of the rows in which most other cells are blank; in place of one of many ids, all that are no number."""
    blank = np.mean([column.blank for column in columns], axis=0)
    thin = blank >= MOSTLY_EMPTY * (len(columns) - 1) / len(columns)
    if len({*named.words}) >= len(rows):
        others = [column for column in columns if column is not named]
        thin |= np.all([column.blank | ~np.isnan(column.numbers()) for column in others], axis=0)
    told: NDArray[np.bool_] = rows & thin
    return told


def _stands_below(columns: Sequence[Column], at: int) -> str:
    """Why the row at the end of a table is nobody's; "" where it may be somebody's."""
    filled = [column for column in columns if column.words[column.codes[at]]]
    if len(columns) < 2 or not filled:
        return ""
    row = np.zeros(len(filled[0].codes), dtype=bool)
    row[at] = True
    word = filled[0].words[filled[0].codes[at]]
    alone = filled[0].among({word}).sum() == 1
    if alone and _summary().fullmatch(word) and _hardly_more(columns, filled[0], row).any():
        return SUMMARIES
    if alone and filled == columns[:1] and _is_note(word) and _is_of_another_kind(word, filled[0]):
        return NOTES
    return ""


def _is_note(word: str) -> bool:
    return " " in word or MARK.match(word) is not None or _note().match(word) is not None


def _is_of_another_kind(word: str, column: Column) -> bool:
    """Whether no other cell of the column looks like this one, as those of ids and names do."""
    return look(word) not in {look(other) for other in column.words[:LOOKED_AT] if other != word}


@cache
def _words(table: str) -> str:
    file = resources.files("mentorstudy") / "library" / "below.toml"
    known = tomllib.loads(file.read_text(encoding="utf-8"))[table]
    return "|".join(re.escape(word) for words in known.values() for word in words)


@cache
def _summary() -> re.Pattern[str]:
    return re.compile(rf"({_words('summaries')})[\s:=]*[0-9.,\s]*", re.IGNORECASE)


@cache
def _note() -> re.Pattern[str]:
    return re.compile(rf"({_words('notes')}|{_words('summaries')})\s*[:=]", re.IGNORECASE)
