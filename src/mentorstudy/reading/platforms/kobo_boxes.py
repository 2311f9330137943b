"""Kobo's questions with several choices: which columns are their boxes, with or without the summary beside them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorstudy.reading.grid import Column, Grid
from mentorstudy.reading.platforms.headings import told

TICKED, LEFT = {"1", "True", "TRUE", "true"}, {"0", "False", "FALSE", "false"}
FEWEST = 2  # boxes of a question that has no summary
HEADERS = 1  # rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question with several choices: its header, path and all, and its boxes' headers."""

    header: str
    boxes: tuple[str, ...]
    summary: bool  # whether its answers stand in one column too


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """The questions with several choices, and the headers that may be one and show too little to tell."""

    questions: tuple[Question, ...]
    doubtful: tuple[str, ...]


def asked(grid: Grid, headers: Sequence[str], apart: set[str]) -> Asked:
    """The questions with several choices; `apart` are headers that are the server's own.

    With a summary, its boxes are known by their choices, which it names. Without one they are known by how they are
    filled: all of a row or none, and at least one ticked, in all rows. A file that has summaries has one for each
    question, so that there nothing is taken for boxes without.
    """
    columns = {
        header: column
        for header, column in zip(headers, grid.columns, strict=True)
        if header and header not in apart
    }
    paths = [header for header in columns if "/" in header]
    inner = {header: [path for path in paths if path.startswith(f"{header}/")] for header in columns}
    binary = {
        header: boxes for header, boxes in inner.items() if boxes and all(_yes_or_no(columns[box]) for box in boxes)
    }
    found = [
        Question(header=header, boxes=tuple(boxes), summary=True)
        for header, boxes in binary.items()
        if _named(columns[header], {box[len(header) + 1 :]: columns[box] for box in boxes})
    ]
    doubtful = [header for header in binary if header not in {question.header for question in found}]
    if found:
        return Asked(questions=tuple(found), doubtful=tuple(doubtful))
    for header in _prefixes(paths):
        boxes = [path for path in paths if path.startswith(f"{header}/")]
        known = any(box in question.boxes for question in found for box in boxes) or header in columns
        if known or not all(_yes_or_no(columns[box]) for box in boxes) or _holds_groups(header, boxes):
            continue
        if _as_one([columns[box] for box in boxes]):
            found.append(Question(header=header, boxes=tuple(boxes), summary=False))
        elif any(told(columns[box], HEADERS) for box in boxes):
            doubtful.append(header)
    return Asked(questions=tuple(found), doubtful=tuple(doubtful))


def _prefixes(paths: Sequence[str]) -> list[str]:
    """What several paths have before their last slash, the shortest first."""
    before = [path.rpartition("/")[0] for path in paths]
    return sorted({one for one in before if one and before.count(one) >= FEWEST}, key=len)


def _holds_groups(header: str, boxes: Sequence[str]) -> bool:
    """Whether there are paths below the header: names of choices have no slash, their labels may."""
    deeper = any("/" in box[len(header) + 1 :] for box in boxes)
    return deeper and not any(" " in box for box in boxes)


def _yes_or_no(column: Column) -> bool:
    return told(column, HEADERS) <= TICKED | LEFT


def _as_one(columns: Sequence[Column]) -> bool:
    """Whether the cells of every row are all filled, one ticked at least, or all empty; and some row is filled."""
    filled = np.array([~_body(column.blank) for column in columns])
    ticked = np.array([_body(column.among(TICKED)) for column in columns]).any(axis=0)
    together = (filled.all(axis=0) | ~filled.any(axis=0)).all()
    return bool(together and (ticked == filled.any(axis=0)).all() and ticked.any())


def _named(summary: Column, boxes: Mapping[str, Column]) -> bool:
    """Whether a summary names the choice of each box that is ticked, and says nothing where none is."""
    words = [" ".join(word.split()) for word in summary.words]
    answered = np.zeros(len(summary.codes) - HEADERS, dtype=bool)
    for choice, box in boxes.items():
        ticked = _body(box.among(TICKED))
        answered |= ticked
        if any(choice not in words[code] for code in np.unique(summary.codes[HEADERS:][ticked]).tolist()):
            return False
    return bool((answered == ~_body(summary.blank)).all())


def _body(rows: NDArray[np.bool_]) -> NDArray[np.bool_]:
    return rows[HEADERS:]
