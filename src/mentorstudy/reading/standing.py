"""Standing: of several answers of one person or one response, the one that counts."""

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.file import File
from mentorstudy.reading.coding.clocks import Mask
from mentorstudy.reading.coding.moments import Moments
from mentorstudy.reading.coding.orders import union
from mentorstudy.reading.dated import date_faults, moments_in
from mentorstudy.reading.grid import Column, in_plan
from mentorstudy.reading.table import Table

UNTOLD = (
    "several answers of one person, of which the latest counts, and when these were handed in cannot be read. Mend the "
    "times, or leave out all answers but one by [[exclude]]."
)
FOLDED = (
    "several answers of one person within the hour that clocks show twice in autumn; the later by the clock counts. If "
    "it is another, leave this one out by [[exclude]]."
)
LAST_ROW = (
    "nothing in the file tells when they were given, so the last row counts. If a column does, "
    + in_plan("columns.survey", 'answered_on = "..."')
    + "\nElse keep one row a person"
)
Who = NDArray[np.integer]


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Which rows give way to another of the same person, and what is to be told of how that was decided."""

    others: Mask
    undecided: Mask  # rows of which the latest cannot be told; one of each person is still not among `others`
    faults: tuple[str, ...] = ()
    said: tuple[str, ...] = ()


def standing(table: Table, settings: File, who: Who, no_dates: Collection[str] = ()) -> Standing:
    """All answers of one person give way but one: a finished one before others, then the latest, then the last row.

    `who` numbers the person of each row from 0 on. Where no time is told, the last row stands; where times are told
    and cannot be read, these are undecided.
    """
    none = np.zeros(len(who), dtype=bool)
    if not _several(~none, who).any():
        return Standing(others=none, undecided=none)
    response = table.response
    finished = response["finished"].among({"1"}) if "finished" in response else none
    rivals = _several(finished | ~_with_any(finished, who), who)
    column = response.get("submitted_at")
    read = moments_in(column, table, settings, no_dates) if column and rivals.any() else None
    if column is None or read is None:
        return Standing(others=_others(none, finished, who), undecided=none)
    rivals &= _differing(column, rivals, who)
    undecided = rivals & _with_any(rivals & read.unread[column.codes], who)
    folded = _several(rivals & read.doubled[column.codes], who)
    declarable = union([fault for fault in read.faults if fault.keys], len(column.words))
    untold = undecided & ~_with_any(rivals & declarable[column.codes], who)
    name = table.header(column)
    return Standing(
        others=_others(_when(read)[column.codes], finished, who),
        undecided=undecided,
        faults=(*date_faults(read, column, table, settings, no_dates), *table.fault(untold, name, UNTOLD))
        if undecided.any()
        else (),
        said=tuple(table.fault(folded, name, FOLDED)),
    )


def rule(table: Table, others: Mask) -> list[str]:
    """A note on the rows that gave way, with the rule by which another counts."""
    timed, finished = "submitted_at" in table.response, table.response.get("finished")
    rules = ["a finished answer counts before others"] if finished and not finished.among({"1"}).all() else []
    rules.append("of several the latest counts" if timed else LAST_ROW)
    return table.fault(others, "", f"gave way to another answer of the same person: {'; '.join(rules)}.")


def _others(when: NDArray[np.generic], finished: Mask, who: Who) -> Mask:
    order = np.lexsort((np.arange(len(who)), when, finished))
    _, last = np.unique(who[order][::-1], return_index=True)
    others = np.ones(len(who), dtype=bool)
    others[order[::-1][last]] = False
    return others


def _when(read: Moments) -> NDArray[np.int64]:
    """The order of words in time; what names no time is before all others."""
    earliest = read.earliest
    return np.where(np.isnat(earliest), np.iinfo(np.int64).min, earliest.astype(np.int64))


def _several(rows: Mask, who: Who) -> Mask:
    """Those of the rows marked of whose person more than one is marked."""
    return rows & (np.bincount(who[rows], minlength=int(who.max(initial=0)) + 1) > 1)[who]


def _with_any(rows: Mask, who: Who) -> Mask:
    """All rows of persons of whom one is marked."""
    return (np.bincount(who[rows], minlength=int(who.max(initial=0)) + 1) > 0)[who]


def _differing(column: Column, rows: Mask, who: Who) -> Mask:
    """All rows of persons whose rows marked do not all hold the same text."""
    known: dict[str, int] = {}
    codes = np.array([known.setdefault(word, len(known)) for word in column.words])[column.codes]
    first = np.zeros(int(who.max(initial=0)) + 1, dtype=np.int64)
    first[who[rows]] = codes[rows]
    return _with_any(rows & (codes != first[who]), who)
