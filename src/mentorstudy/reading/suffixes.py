"""Suffixes: one row a person, with the wave at the end of the headers, as one table a wave."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

import numpy as np

from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import as_in
from mentorstudy.reading.table import Table

WAVE_LIKE = r"(?:t|m|w|y|wave|month|year|time|week|day)[0-9]{1,3}|(?:19|20)[0-9]{2}|pre|post|baseline|followup"
OF_ROWS = 'If the file has one row a person and wave, take wave = "suffix" out of plan.toml.'
SILENT = "without an answer at this wave"


def by_suffix(table: Table, settings: File, waves: Sequence[str]) -> Iterator[tuple[str, Table]]:
    """A table for each of the plan's `waves`, its columns under the names they have without the wave.

    cf1_T0, cf1.T0, cf1-T0, "cf1 T0" and "cf1 (T0)" are all cf1 at wave T0; headers that end in none of the waves hold
    for all of them. Whoever left a wave's columns empty has no row in it. Raises DataError where no header ends in one
    of the waves, and where two of one wave come to the same name.
    """
    words = {word.casefold(): wave for word, wave in [*((wave, wave) for wave in waves), *settings.waves.items()]}
    ending = _ending("|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)))
    ends = {name: found.groups() for name in table.columns if (found := ending.fullmatch(name))}
    of_wave: dict[str, dict[str, str]] = {wave: {} for wave in waves}
    faults = []
    for name, (stem, end) in ends.items():
        if (wave := words[end.casefold()]) in of_wave:
            if stem in of_wave[wave]:
                faults.append(
                    f"{table.file}: columns {of_wave[wave][stem]} and {name} are both {stem} at wave {wave}. Rename "
                    "one of them."
                )
            of_wave[wave][stem] = name
    seen = [end for end in wave_endings(table) if end.casefold() not in words]
    example = next((stem for columns in of_wave.values() for stem in columns), "q1")
    if lacking := [wave for wave, columns in of_wave.items() if not columns]:
        faults.append(
            f"{table.file}: no header ends in wave {' or '.join(lacking)}, as {example}_{lacking[0]} would. "
            + (_as_they_end(seen, lacking, settings) if seen else OF_ROWS)
        )
    raise_all(DataError, faults)
    shared = {name for name in table.columns if name not in {one for of in of_wave.values() for one in of.values()}}
    for wave, columns in of_wave.items():
        named = {name: name for name in table.columns if name in shared} | columns
        # a column keeps the name it has in the file, so that messages show where to look
        fields = {name: table.fields[name] for name in named.values()}
        here = replace(
            table,
            columns={name: table.columns[own] for name, own in named.items()},
            fields=fields | {name: table.fields[own] for name, own in named.items()},
            variant=", ".join(filter(None, (table.variant, f"wave {wave} by suffix"))),
        )
        silent = np.logical_and.reduce([table.columns[own].blank for own in columns.values()])
        yield wave, here.without(silent, SILENT)


def wave_endings(table: Table) -> tuple[str, ...]:
    """What looks like waves at the ends of headers: the same questions under each of two or more."""
    ending = _ending(WAVE_LIKE)
    stems: dict[str, set[str]] = {}
    for name in table.columns:
        if found := ending.fullmatch(name):
            stems.setdefault(found[2], set()).add(found[1])
    shared = set.intersection(*stems.values()) if stems else set()
    return tuple(stems) if len(stems) > 1 and shared else ()


def undeclared(table: Table, settings: File, waves: Iterable[str], names: Iterable[str]) -> list[str]:
    """A fault where headers end in waves, and the plan's `names` for items stand in the file only so."""
    ending = _ending("|".join([WAVE_LIKE, *map(re.escape, waves)]))
    columns: dict[str, list[str]] = {}
    for column in table.offered():
        if found := ending.fullmatch(column):
            columns.setdefault(found[1], []).append(column)
    several = [columns[name] for name in names if not table.find(name) and len(columns.get(name, [])) > 1]
    if not several:
        return []
    return [
        f"{table.file}: headers end in waves, as {' and '.join(several[0][:2])} do. Where a person's answers at all "
        f"waves stand in one row, say so under [files] in plan.toml, {as_in(settings.path, 'wave', 'suffix')}."
    ]


def _as_they_end(seen: Sequence[str], lacking: Sequence[str], settings: File) -> str:
    """The line that says which wave each ending is, with what it says already.

    Where several are left, only the reader can tell one from another.
    """
    alone = len(seen) == len(lacking) == 1
    waves = settings.waves | dict.fromkeys(seen, lacking[0] if alone else "...")
    told = ", ".join(f'"{end}" = "{wave}"' for end, wave in waves.items())
    points = "" if alone else f", with {' or '.join(lacking)} for the points"
    return (
        f'Headers end in {", ".join(seen)}; write waves = {{{told}}} beside wave = "suffix" under [files] in '
        f"plan.toml{points}."
    )


def _ending(words: str) -> re.Pattern[str]:
    """A header that ends in one of the words, after a sign that parts it from the rest, or in brackets."""
    return re.compile(rf"(.*[^\s_.:(\[-])(?:[\s_.:-]+[(\[]?|[(\[])({words})[)\]]?", re.IGNORECASE)
