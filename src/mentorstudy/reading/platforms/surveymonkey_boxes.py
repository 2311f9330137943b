"""SurveyMonkey's boxes: the columns of a question that takes several answers, each ticked, left or not known."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mentorstudy.reading.grid import Column
from mentorstudy.reading.platforms.headings import plain, told
from mentorstudy.reading.table import Table

NOT_KNOWN, LEFT, TICKED = 0, 1, 2
WORDS = ("", "0", "1")
NOT_SELECTED = {"Not selected", "Not Selected"}
NOT_ASKED = {"NA", "N/A", "No answer"}  # beside "Not selected"
WRITTEN = 2  # columns with words at the end of a question with boxes: "other" and a comment
Rows = NDArray[np.bool_]


def boxed(table: Table, names: list[str]) -> Table:
    """The table with the columns of one question as boxes, where their cells show that they are."""
    columns = [table.columns[name] for name in names]
    said = [told(column, 0) for column in columns]
    explicit = any(not words.isdisjoint(NOT_SELECTED) for words in said)
    ticks = [words - NOT_SELECTED - NOT_ASKED for words in said] if explicit else said
    parts = [table.fields[name] for name in names]
    count = sum(1 for about in parts if about.kind == "answer")  # columns in words stand at the end
    numbered = False
    if explicit:
        count = _first(len(words) <= 1 for words in ticks[:count])
    elif any(about.part == "" for about in parts):
        return table
    else:
        by_label = [
            {plain(word) for word in words} <= {about.part} for words, about in zip(ticks, parts, strict=True)
        ]
        by_place = [words <= {str(place)} for place, words in enumerate(ticks, start=1)]
        numbered = not any(
            words for words, fits in zip(ticks[:count], by_label[:count], strict=True) if fits and words
        )
        count = _first((by_place if numbered else by_label)[:count])
    if not any(ticks[:count]) or len(names) - count > WRITTEN:
        return table
    if numbered and not _some_left(columns[:count]):
        return table
    beside = np.logical_or.reduce([~column.blank for column in columns[count:]], initial=False)
    made = _boxes(
        columns[:count],
        ticks=ticks[:count],
        lefts=NOT_SELECTED if explicit else set(),
        beside=np.broadcast_to(beside & (not explicit), len(table.rows)),
    )
    fields = {
        name: replace(
            about,
            kind="choice",
            part=about.part or next(iter(words), ""),
            choice=about.choice or (str(place) if numbered else about.part),
        )
        for place, (name, about, words) in enumerate(zip(names[:count], parts, ticks, strict=False), start=1)
    }
    texts = {name: replace(about, kind="text") for name, about in zip(names[count:], parts[count:], strict=True)}
    variant = f"{table.variant}, numbers" if numbered and "numbers" not in table.variant else table.variant
    return replace(
        table,
        columns=table.columns | dict(zip(names, made, strict=False)),
        fields={**table.fields, **fields, **texts},
        variant=variant,
    )


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


def _boxes(columns: Sequence[Column], *, ticks: Sequence[set[str]], lefts: set[str], beside: Rows) -> list[Column]:
    """The columns of one question as "1" ticked, "0" left, "" not known.

    `ticks` are the words of a ticked cell, by column; `lefts` those of one left. An empty cell is left only where
    another box of the row is ticked, or `beside` says that the question was answered in words.
    """
    ticked = [column.among(words) for column, words in zip(columns, ticks, strict=True)]
    answered = np.logical_or.reduce([*ticked, beside])
    return [
        replace(
            column,
            codes=np.where(
                tick, TICKED, np.where(column.among(lefts) | (column.blank & answered), LEFT, NOT_KNOWN)
            ).astype(np.int32),
            words=WORDS,
        )
        for column, tick in zip(columns, ticked, strict=True)
    ]
