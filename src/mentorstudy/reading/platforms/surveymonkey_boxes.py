"""SurveyMonkey's boxes: the columns of a question that takes several answers, each ticked, left or not known."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np

from mentorstudy.reading.grid import Column, Field, number
from mentorstudy.reading.platforms.headings import only, told
from mentorstudy.reading.table import Table

NOT_KNOWN, LEFT, TICKED = 0, 1, 2
WORDS = ("", "0", "1")
NOT_SELECTED = {"Not selected", "Not Selected"}
NOT_ASKED = {"NA", "N/A", "No answer"}  # beside "Not selected"
WRITTEN = 2  # columns with words at the end of a question with boxes: "other" and a comment
COMMENT = re.compile(r"comment", re.IGNORECASE)
FEWEST = 3  # boxes that somebody ticked, before numbers are taken for ticks
UNSURE = (
    'The columns of "{question}" hold their own place or nothing, as boxes in numbers do, but are so few or so full '
    "that they may as well be the rows of a grid; they are read as answers. Export actual answer text to be sure."
)
ASSUMED = (
    'The columns of "{question}" hold their own place or nothing, and mostly nothing, so they are read as boxes. '
    "Export actual answer text to be sure."
)
TICKED_THERE = "ticked"  # ends the name of the box of "other"


def boxed(table: Table, names: list[str]) -> Table:
    """The table with the columns of one question as boxes, where their cells show that they are.

    What is written under "other" stays as text, and gets a box of its own beside it.
    """
    columns = [table.columns[name] for name in names]
    parts = [table.fields[name] for name in names]
    said = [told(column, 0) for column in columns]
    explicit = any(not words.isdisjoint(NOT_SELECTED) for words in said)
    ticks = [words - NOT_SELECTED - NOT_ASKED for words in said] if explicit else said
    count, numbered = _how_many(ticks, parts, explicit=explicit)
    if not any(ticks[:count]) or len(names) - count > WRITTEN:
        return table
    if numbered:
        if not (_some_left(columns[:count]) and all(map(_words, said[count:]))):
            return table
        if not _mostly_left(columns[:count]):
            return replace(table, notes=(*table.notes, UNSURE.format(question=parts[0].wording)))
    other = not explicit and count < len(names) and not COMMENT.match(parts[count].part)
    ends = count + other
    made = _boxes(columns[:ends], ticks=ticks[:ends], lefts=NOT_SELECTED if explicit else set())
    fields = {name: replace(about, kind="text") for name, about in zip(names[count:], parts[count:], strict=True)}
    cells: dict[str, Column] = {}
    for place, column in enumerate(made, start=1):
        about = parts[place - 1]
        name = column.name if place <= count else f"{column.name} {TICKED_THERE}"
        label = about.part or next(iter(ticks[place - 1]), "")
        choice = about.choice or (str(place) if numbered else label)
        fields[name] = replace(about, kind="choice", part=label, choice=choice)
        cells[name] = replace(column, name=name)
    table = replace(table, columns=table.columns | cells, fields={**table.fields, **fields})
    if not numbered:
        return table
    variant = table.variant if "numbers" in table.variant else f"{table.variant}, numbers"
    return replace(table, variant=variant, notes=(*table.notes, ASSUMED.format(question=parts[0].wording)))


def _how_many(ticks: list[set[str]], parts: list[Field], *, explicit: bool) -> tuple[int, bool]:
    """How many of a question's columns, from the first, are boxes; and whether a tick is the box's number."""
    plain = [about.kind == "answer" for about in parts]
    if explicit:
        return _first(len(words) <= 1 and fits for words, fits in zip(ticks, plain, strict=True)), False
    if any(not about.part for about in parts):
        return 0, False
    labelled = [only(words, about.part) for words, about in zip(ticks, parts, strict=True)]
    if not any(words and fits for words, fits in zip(ticks, labelled, strict=True)):
        places = enumerate(zip(ticks, plain, strict=True), start=1)
        return _first(words <= {str(place)} and fits for place, (words, fits) in places), True
    return _first(
        fits and (bool(words) or empty) for fits, words, empty in zip(labelled, ticks, plain, strict=True)
    ), False


def _words(said: set[str]) -> bool:
    return all(np.isnan(number(word)) for word in said)


def _first(fits: Iterable[bool]) -> int:
    """How many of the first fit without a break."""
    count = 0
    for fit in fits:
        if not fit:
            break
        count += 1
    return count


def _some_left(columns: list[Column]) -> bool:
    """Whether some row ticks some and leaves some; else the numbers may as well be ranks or grades."""
    filled = np.array([~column.blank for column in columns])
    return len(columns) > 1 and bool((filled.any(axis=0) & ~filled.all(axis=0)).any())


def _mostly_left(columns: list[Column]) -> bool:
    """Whether several boxes were ticked and most rows leave one, which the rows of a grid hardly do."""
    filled = np.array([~column.blank for column in columns])
    answered = filled.any(axis=0)
    full = filled.all(axis=0).sum()
    return bool(filled.any(axis=1).sum() >= FEWEST and answered.sum() - full > full)


def _boxes(columns: Sequence[Column], *, ticks: Sequence[set[str]], lefts: set[str]) -> list[Column]:
    """The columns of one question as "1" ticked, "0" left, "" not known.

    `ticks` are the words of a ticked cell, by column; `lefts` those of one left. An empty cell is left only where
    another box of the row is ticked.
    """
    ticked = [column.among(words) for column, words in zip(columns, ticks, strict=True)]
    answered = np.logical_or.reduce(ticked) & (not lefts)
    made = []
    for column, tick in zip(columns, ticked, strict=True):
        left = column.among(lefts) | (column.blank & answered)
        codes = np.where(tick, TICKED, np.where(left, LEFT, NOT_KNOWN)).astype(np.int32)
        made.append(replace(column, codes=codes, words=WORDS))
    return made
