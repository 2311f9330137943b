"""Same response: rows of one file that bear the same response's id, of which one stands."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns import flow
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column
from mentorstudy.reading.standing import standing
from mentorstudy.reading.table import Table

REASON = "duplicate"


def once(table: Table, settings: File) -> Table:
    """The table with one row a response: a finished one before others, then the latest, then the last in the file.

    The others are counted as duplicates, unless `settings` keep them; where they say something else, that is noted.
    Rows of which the latest cannot be told all stay, with a note. For tools whose ids are one response's and nobody
    else's.
    """
    ids = table.response.get("response")
    if ids is None or REASON in settings.keep:
        return table
    known: dict[str, int] = {}
    who = np.array([known.setdefault(word, len(known)) for word in ids.words])[ids.codes]
    blank = ids.blank
    if not (np.bincount(who[~blank]) > 1).any():
        return table
    person = np.where(blank, len(known) + np.arange(len(who)), who)
    stands = standing(table, settings, person)
    others = stands.others & ~stands.undecided
    notes = [*_told(table, int(_differing(table, person, others).sum()), int(stands.undecided.sum())), *stands.said]
    return replace(table, notes=(*table.notes, *notes)).without(others, REASON)


def _told(table: Table, differing: int, undecided: int) -> list[str]:
    """Notes on rows that were left out and say something else, and on those that could not be left out."""
    said = []
    if differing:
        said.append(
            f"{table.file}: {flow.about(differing)} rows bear the id of another row and say something else; a finished "
            'one stands before others, then the latest. Write keep = ["duplicate"] for this file in plan.toml to keep '
            "all."
        )
    if undecided:
        said.append(
            f"{table.file}: {flow.about(undecided)} rows bear the id of another row, and which is the latest cannot be "
            "told, since their times cannot be read; so all of them stay."
        )
    return said


def _differing(table: Table, person: NDArray[np.int64], others: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the rows left out say something else than the row that stands for them."""
    stays = dict(zip(person[~others].tolist(), np.flatnonzero(~others).tolist(), strict=True))
    gone = np.flatnonzero(others)
    kept = np.array([stays[who] for who in person[gone].tolist()], dtype=np.int64)
    differs = np.zeros(len(gone), dtype=bool)
    for column in table.columns.values():
        differs |= _texts(column, gone) != _texts(column, kept)
    return differs


def _texts(column: Column, rows: NDArray[np.integer]) -> NDArray[np.object_]:
    return np.array([column.words[code] for code in column.codes[rows].tolist()], dtype=object)
