"""Headless: whether the first row of a table is a record, and no headers."""

import re
from collections import Counter
from collections.abc import Collection, Sequence

import numpy as np

from mentorstudy.nouns.masking import BESIDE
from mentorstudy.reading.coding.catalogue import catalogue, normalised, not_answers, points
from mentorstudy.reading.coding.personal import EMAIL, named_as_they_are, some
from mentorstudy.reading.grid import Column, number

DAY_LIKE = re.compile(r"[0-9]{1,4}[-./][0-9]{1,2}[-./][0-9]{1,4}([T ].*)?")
AGAIN = re.compile(r"\.[0-9]+$")  # of Agree.1, as some tools tell equal headers apart
ANY_HEADER = re.compile(r"[^0-9]+[0-9]?")  # Agree, Level 1
NO_HEADERS = ("address", "day", "number")  # kinds of cells
LONGEST = 100  # signs; longer texts are neither ids nor answers to choose
MOST = 0.8  # of a column's cells
MADE_UP = re.compile(r"(?=.*[0-9])(?=.*[A-Za-z])[A-Za-z0-9_-]{12,}")  # an id that a machine gave
YEARS = (1900, 2100)
HALF = 0.5  # of the names
COUNTED = 3  # numbers that follow one another number the columns, from here on


def looks_like_data(names: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether a name may be a cell, so that none is to be told: it looks like one, or like those of its column."""
    return any(
        _kind(name) in NO_HEADERS or _is_like(name, column)
        for name, column in zip(names, columns, strict=True)
        if name
    )


def is_record(names: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether the names are a row like those below: like the cells of more columns than they are unlike them.

    One name that no header has, as a day among days, is enough. Others, as Agree, Other or T0, head columns too, so
    they count only together, where they are half of the names; a column of nothing but its name says nothing.
    """
    named = [(name, column) for name, column in zip(names, columns, strict=True) if name]
    numbers = [number(name) for name, _ in named if _kind(name) == "number"]
    if len(numbers) >= COUNTED and set(np.diff(numbers)) == {1}:
        named = [(name, column) for name, column in named if _kind(name) != "number"]
    like = [(name, column) for name, column in named if {*column.words} != {name} and _is_like(name, column)]
    if len(like) <= sum(_is_unlike(name, column) for name, column in named):
        return False
    return len(like) >= max(2, HALF * len(named)) or any(_is_no_header(name, column) for name, column in like)


def _is_like(name: str, column: Column) -> bool:
    """Whether the column holds such texts as its name; a box is called like its tick, and that says nothing."""
    if name in column.words:
        return {*column.words} != {name, ""}
    words = some(column.words)
    kind = _kind(name)
    return (bool(kind) and kind == _kind_of_most(words)) or named_as_they_are(name, words) or _answers(name, words)


def _is_no_header(name: str, column: Column) -> bool:
    """Whether a name like the cells heads no column: a number among numbers, an id or a person that is no cell."""
    if (kind := _kind(name)) in NO_HEADERS:
        return kind == _kind_of_most(some(column.words))
    if name in column.words:
        return False
    bare, *words = (BESIDE.sub("", word) for word in (name, *some(column.words)))
    return not ANY_HEADER.fullmatch(name) or named_as_they_are(bare, words)


def _is_unlike(name: str, column: Column) -> bool:
    """Whether nearly all cells are of a kind or answers, and the name is neither that nor a word for no answer."""
    if normalised(name) in not_answers():
        return False
    words = some(column.words)
    kind = _kind_of_most(words)
    return kind != _kind(name) if kind else normalised(name) not in points() and _most_are_in(points(), words)


def _kind(word: str) -> str:
    """What kind of cell a text is, "" where it may be anything: ids are told by what stands about their digits."""
    if len(word) > LONGEST:
        return ""
    if EMAIL.fullmatch(word):
        return "address"
    if DAY_LIKE.fullmatch(word):
        return "day"
    if not np.isnan(value := number(word)):
        return "year" if len(word) == 4 and YEARS[0] <= value <= YEARS[1] else "number"
    if MADE_UP.fullmatch(word):
        return f"id of {len(word)}"
    digits = re.sub("[0-9]+", "9", word)
    return digits if digits != word or "9" in word else ""


def _kind_of_most(words: Sequence[str]) -> str:
    """The kind of nearly all the words, "" where they are of several or may be anything."""
    [(kind, times)] = Counter(map(_kind, words)).most_common(1) or [("", 0)]
    return kind if times >= MOST * len(words) else ""


def _answers(name: str, words: Sequence[str]) -> bool:
    """Whether the name is an answer of a set of the catalogue that has nearly all the words too."""
    text = normalised(AGAIN.sub("", name))
    families = (family.point for one in catalogue() for family in one.families) if text in points() else ()
    return any(text in family and _most_are_in(family, words) for family in families)


def _most_are_in(known: Collection[str], words: Sequence[str]) -> bool:
    return sum(len(word) <= LONGEST and normalised(word) in known for word in words) >= MOST * len(words) > 0
