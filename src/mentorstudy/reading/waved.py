"""Waved: one file's answers to a question at each of the waves that it holds, and all of them as one column again."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from mentorstudy.nouns.errors import Fault
from mentorstudy.reading.coding.values import Coded
from mentorstudy.reading.grid import Codes, Column
from mentorstudy.reading.place import Place, place_of

FIRST = 10_000  # rows
Rows = Codes | slice
Found = tuple[Coded, list[str], list[str]]  # the codes of a place, its faults, its notes


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A question's place in one file, or in the rows of one of its waves."""

    file: int  # which of the files
    height: int  # rows of the file
    place: Place
    rows: Rows | None = None  # those of the wave; None where the file is one part


def at_waves(place: Place, file: int, rows: pd.DataFrame, waves: Iterable[str]) -> list[Part]:
    """The parts of a file's answers, one for each of the `waves` that its rows are of.

    A file of one wave is one part, and so is one of none of these waves. Rows of other waves are in no part.
    """
    whole = Part(file=file, height=len(rows), place=place)
    if "wave" not in rows:
        return [whole]
    told = pd.Categorical(rows["wave"])
    found = {wave: own for wave in waves if (own := _of_wave(told, wave)) is not None}
    if not found or any(_count(own) == len(rows) for own in found.values()):
        return [whole]
    return [replace(whole, place=_at_wave(place, wave, own), rows=own) for wave, own in found.items()]


def together(parts: Sequence[Part], found: Sequence[Found]) -> Iterator[tuple[int, Found]]:
    """What was found in the parts of each file, as in one column; what several waves tell alike is told once."""
    by_file: dict[int, list[tuple[Part, Found]]] = {}
    for part, one in zip(parts, found, strict=True):
        by_file.setdefault(part.file, []).append((part, one))
    for file, pairs in by_file.items():
        faults = _merged([fault for _, (_, told, _) in pairs for fault in told])
        notes = [note for _, (_, _, told) in pairs for note in told]
        yield file, (_one_column(pairs), faults, list(dict.fromkeys(notes)))


def _of_wave(told: pd.Categorical, wave: str) -> Rows | None:
    """The rows of one wave, as a slice where they lie together, which copies nothing; None where there are none."""
    rows = np.flatnonzero(told == wave)
    if not len(rows):
        return None
    first, last = int(rows[0]), int(rows[-1]) + 1
    return slice(first, last) if last - first == len(rows) else rows


def _count(rows: Rows) -> int:
    return rows.stop - rows.start if isinstance(rows, slice) else len(rows)


def _at_wave(place: Place, wave: str, rows: Rows) -> Place:
    """The place as if the file held these rows alone, with the columns by which its answers are coded."""
    table, about = place.table, place.about
    asked = {name for name, field in table.fields.items() if about.question and field.question == about.question}
    names = [name for name in table.columns if name in asked | {place.name, *place.names}]
    own = replace(
        table,
        columns={name: _taken(table.columns[name], rows) for name in names},
        fields={name: table.fields[name] for name in names},
        rows=table.rows[rows],
    )
    return replace(place_of(own, place.name), wave=wave)


def _taken(column: Column, rows: Rows) -> Column:
    """The column at these rows, without the texts that stood only at others."""
    codes = column.codes[rows]
    for some in (codes[:FIRST], codes):  # the first rows hold nearly always every text that there is
        used = np.bincount(some, minlength=len(column.words)) > 0
        if used.all():
            break
    return Column(name=column.name, codes=codes, words=column.words).compact(used)


def _one_column(pairs: Sequence[tuple[Part, Found]]) -> Coded:
    """The codes of a file's waves as one; rows of none of them hold nothing."""
    [(first, (whole, _, _)), *_] = pairs
    if first.rows is None:
        return whole
    texts = 1 + sum(len(one.value) for _, (one, _, _) in pairs)
    codes = np.zeros(first.height, dtype=np.min_scalar_type(texts))
    value, why, odd = [np.array([np.nan])], [""], [np.array([False])]
    for part, (one, _, _) in pairs:
        assert part.rows is not None
        codes[part.rows] = one.codes + codes.dtype.type(len(why))
        value.append(one.value)
        why += one.why
        odd.append(one.odd)
    return Coded(codes=codes, value=np.concatenate(value), why=tuple(why), odd=np.concatenate(odd))


def _merged(faults: Sequence[str]) -> list[str]:
    """The faults, those that say the same of one column told once, with the rows of all."""
    alike: dict[tuple[str, str, str], list[Fault]] = {}
    for fault in map(Fault.known, faults):
        alike.setdefault((fault.file, fault.column, fault.said), []).append(fault)
    return [
        same[0]
        if len(same) == 1
        else Fault.of(said, file=file, rows=sorted({row for one in same for row in one.rows}), column=column)
        for (file, column, said), same in alike.items()
    ]
