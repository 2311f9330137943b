"""Same response: rows of one file that bear the same response's id, of which one stands."""

from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns import flow
from mentorstudy.nouns.file import File
from mentorstudy.reading.coding.moments import moments_of
from mentorstudy.reading.grid import Column
from mentorstudy.reading.table import Table

REASON = "duplicate"


def once(table: Table, settings: File) -> Table:
    """The table with one row a response: a finished one before others, then the latest, then the last in the file.

    The others are counted as duplicates, unless `settings` keep them; where they say something else, that is noted.
    For tools whose ids are one response's and nobody else's.
    """
    ids = table.response.get("response")
    if ids is None or REASON in settings.keep:
        return table
    known: dict[str, int] = {}
    who = np.array([known.setdefault(word, len(known)) for word in ids.words])[ids.codes]
    blank = ids.blank
    if not (np.bincount(who[~blank]) > 1).any():
        return table
    person = np.where(blank, -1 - np.arange(len(who)), who)
    order = np.lexsort((np.arange(len(person)), *_rank(table, settings)))
    _, last = np.unique(person[order][::-1], return_index=True)
    others = np.ones(len(person), dtype=bool)
    others[order[::-1][last]] = False
    differing = int(_differing(table, person, others).sum())
    if differing:
        said = (
            f"{table.file}: {flow.about(differing)} rows bear the id of another row and say something else; a finished "
            'one stands before others, then the latest. Write keep = ["duplicate"] for this file in plan.toml to keep '
            "all."
        )
        table = replace(table, notes=(*table.notes, said))
    return table.without(others, REASON)


def _rank(table: Table, settings: File) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """When each response was handed in, and whether it is finished; the same for all where nothing tells."""
    height = len(table.rows)
    when = np.zeros(height, dtype=np.int64)
    if "submitted_at" in table.response:
        column = table.response["submitted_at"]
        read = moments_of(column.words, settings.time_zone or table.zone, settings.date_order or "")
        if not read.faults:
            when = np.where(np.isnat(read.values), 0, read.values.astype(np.int64))[column.codes]
    finished = table.response.get("finished")
    return when, finished.among({"1"}) if finished else np.zeros(height, dtype=bool)


def _differing(table: Table, person: NDArray[np.int64], others: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Which of the rows left out say something else than the row that stands for them."""
    standing = dict(zip(person[~others].tolist(), np.flatnonzero(~others).tolist(), strict=True))
    gone = np.flatnonzero(others)
    kept = np.array([standing[who] for who in person[gone].tolist()])
    differs = np.zeros(len(gone), dtype=bool)
    for column in table.columns.values():
        differs |= _texts(column, gone) != _texts(column, kept)
    return differs


def _texts(column: Column, rows: NDArray[np.integer]) -> NDArray[np.object_]:
    return np.array([column.words[code] for code in column.codes[rows].tolist()], dtype=object)
