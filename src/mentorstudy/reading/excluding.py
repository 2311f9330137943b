"""Excluding: rows that the plan leaves out by name, found before anything is made of the file's other rows."""

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.condition import Exclusion
from mentorstudy.nouns.errors import DataError, PlanError, rows_told
from mentorstudy.nouns.file import File
from mentorstudy.nouns.identity import Identity
from mentorstudy.nouns.written import did_you_mean
from mentorstudy.reading.grid import Column, Grid, in_plan
from mentorstudy.reading.records import pseudonyms
from mentorstudy.reading.table import Excluded, Table

Rows = NDArray[np.bool_]


def without(
    grid: Grid,
    settings: File,
    named: Sequence[Exclusion],
    *,
    written: Identity,
    told_as: Callable[[Grid, File], Table],
) -> Table:
    """The grid read by `told_as` less the rows that the plan leaves out, which are counted; `named` name this file.

    They are gone before one of several answers is chosen, so that the others of the same person may stand for it.
    Cells are compared as the file writes them, but for what no id loses: spaces, unseen signs, and what
    [identity] in the plan sets aside.
    Raises PlanError where no row of data is left.
    """
    table, places, header_rows = _headed(grid, settings, told_as)
    gone = np.zeros(grid.height, dtype=bool)
    excluded: list[Excluded] = []
    dropped: dict[str, int] = {}
    for one in named:
        place = places(one.where.column)
        if not place:
            excluded.append(Excluded(named=one, unknown=_meant(one.where.column, table)))
            continue
        fitting = _fitting(grid.columns[place - 1], one.where.is_, written)
        fitting[:header_rows] = False
        rows = fitting & (grid.rows == one.row) if one.row else fitting
        cells = tuple(column.taken(rows) for column in grid.columns)
        excluded.append(Excluded(named=one, rows=tuple(grid.rows[fitting].tolist()), cells=cells))
        reason = f"left out by the plan: {one.why}"
        if fresh := int((rows & ~gone).sum()):
            dropped[reason] = dropped.get(reason, 0) + fresh
        gone |= rows
    if gone[header_rows:].all():
        raise PlanError(f"{grid.file}: [[exclude]] in plan.toml leaves none of its rows. Name fewer of them.")
    if gone.any() or table is None:
        kept = replace(grid, columns=tuple(column.taken(~gone) for column in grid.columns), rows=grid.rows[~gone])
        table = told_as(kept, settings)
    return replace(table, dropped=dropped | table.dropped, excluded=tuple(excluded))


def _meant(name: str, table: Table | None) -> str:
    """The columns that may be meant; none where a name may be data."""
    if table is None or table.headless:
        return "Write it as it stands in the file."
    return did_you_mean(name, table.offered())


def _headed(
    grid: Grid, settings: File, told_as: Callable[[Grid, File], Table]
) -> tuple[Table | None, Callable[[str], int], int]:
    """The table, where each of its columns stands in the grid, and its header rows.

    Where it cannot be read, a row to be left out may be why: then the headers as they stand have to do.
    """
    try:
        table = told_as(grid, settings)
    except DataError:
        heads = [name for name, _ in grid.named] or grid.row(0)
        return None, lambda name: heads.index(name) + 1 if heads.count(name) == 1 else 0, 0 if grid.named else 1
    fields = table.fields
    return table, lambda name: fields[found].place if (found := table.find(name)) else 0, table.header_rows


def _fitting(column: Column, wanted: str, written: Identity) -> Rows:
    """Where a cell is the text wanted, both as ids are compared, and without the sign by which sheets mark a text."""
    [own] = _unmarked(Column(name="", codes=column.codes[:0], words=(wanted,))).as_ids(written).words
    return _unmarked(column).as_ids(written).among({own})


def _unmarked(column: Column) -> Column:
    return replace(
        column, words=tuple(word[1:] if word.startswith("'") and word[1:] else word for word in column.words)
    )


def undone(
    named: Sequence[Exclusion], here: Iterable[tuple[str, Excluded]], files: Collection[str], *, plan: str
) -> Iterator[str]:
    """A fault of the plan for each exclusion that leaves nothing out.

    `here` is what each file of this cohort holds of those that name it, `files` are the names of all cohorts' files.
    """
    found = list(here)
    for one in named:
        says = f'{plan}: [[exclude]] file = "{one.file}"'
        if not (fit := [name for name in files if one.fits(name)]):
            meant = did_you_mean(one.file, [*_as_called(one, files)])
            yield f"{says}: no file that the plan reads is called so. {meant}"
            continue
        ours = [(name, held) for name, held in found if held.named is one]
        if not ours or any(held.works for _, held in ours):
            continue
        names = ", ".join(dict.fromkeys(name for name, _ in ours))
        column = one.where.column
        if all(held.unknown for _, held in ours):
            yield f"{says}: {names} has no column {column}. {ours[0][1].unknown}"
            continue
        rows = [row for _, held in ours for row in held.rows]
        if one.row and rows:
            yield (
                f"{says}: row {one.row} of {names} is none where {column} is as written; row {rows_told(rows)} is. "
                "Correct the row's number."
            )
            continue
        said = f"{says}: it names no row of {names}: {column} is nowhere as written. Correct it, or take it out."
        if len(fit) > len({name for name, _ in ours}):
            other = next(name for name in fit if name not in {name for name, _ in ours})
            said += f' If another file is meant, write its folder too, as in file = "{other}".'
        yield said


def _as_called(one: Exclusion, files: Collection[str]) -> Iterator[str]:
    """The files' names with as many folders as the exclusion writes."""
    parts = one.file.count("/") + 1
    yield from dict.fromkeys("/".join(name.split("/")[-parts:]) for name in files)


def people_left_out(table: Table, column: str, *, written: Identity, key: bytes) -> frozenset[str]:
    """The pseudonyms of those in the rows that the plan leaves out, by the column of their ids.

    Raises PlanError where their ids stand in none of the file's own columns.
    """
    held = [one for one in table.excluded if one.works]
    if not held:
        return frozenset()
    if not (place := table.fields[column].place):
        raise PlanError(
            f"{table.file}: [[exclude]] leaves a match out, and nothing tells whose. With the column of the mentees' "
            "ids, " + in_plan("columns.matches", 'person = "..."')
        )
    cells = [one.cells[place - 1].as_ids(written) for one in held]
    return frozenset(who for ids in cells for who in pseudonyms(ids, key) if who)
