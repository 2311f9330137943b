"""Inspect: what files are, and the lines of a plan that would read them."""

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import takewhile
from pathlib import Path

import numpy as np

from mentorstudy.nouns.errors import Fault, StudyError
from mentorstudy.nouns.file import File
from mentorstudy.nouns.inspection import Inspection, SeenColumn, SeenFile
from mentorstudy.nouns.scale import shipped_scales
from mentorstudy.reading.coded import Asked, groups
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.coding.orders import order_of
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.files import told_as
from mentorstudy.reading.grid import Column, Grid
from mentorstudy.reading.impersonal import marked
from mentorstudy.reading.suffixes import wave_endings
from mentorstudy.reading.table import DAY_LIKE, Table

MANY = 5  # rows in which a text stands before it is taken for an answer that was offered
MOST_LABELS = 12  # shown of one column
MOST_WAVES = 24
LONG = 16 << 20  # bytes that take a second and more


def inspect_files(paths: Iterable[str | Path], *, tell: Callable[[str], object] | None = None) -> Inspection:
    """What each file is: tool, layout, rows, ids, waves, columns; all faults; and a plan to begin with.

    Answers are never shown: a cell by its shape, a label only where the file or the catalogue knows it as one. No
    file stops another; its faults stand beside the rest. `tell` is handed a line before each file that takes long.
    """
    files: list[SeenFile] = []
    faults: list[Fault] = []
    tables: list[tuple[Path, Table, tuple[Asked, ...]]] = []
    for path in map(Path, paths):
        if tell and path.is_file() and path.stat().st_size > LONG:
            tell(f"{path.name}: reading {path.stat().st_size >> 20:,} MB")
        try:
            grid = open_grid(path, path.name, File(path=path.name))
            table = marked(told_as(grid, File(path=path.name)))
        except StudyError as error:
            faults += error.faults
            continue
        asked = tuple(groups(table))
        files.append(_seen(grid, table, asked))
        tables.append((path, table, asked))
    return Inspection(files=tuple(files), faults=tuple(faults), plan=_plan(tables) if tables else "")


def _seen(grid: Grid, table: Table, asked: Sequence[Asked]) -> SeenFile:
    coded = {name: one for one in asked for name in one.columns}
    waves = table.response.get("wave")
    return SeenFile(
        file=table.file,
        sha256=table.sha256,
        read_as=table.read_as,
        container=grid.container,
        encoding=grid.encoding,
        delimiter=grid.delimiter,
        header_rows=table.header_rows,
        rows_above=grid.preamble,
        rows=table.height,
        kept=len(table.rows),
        merged=table.merged,
        dropped=dict(sorted(table.dropped.items())),
        time_zone=table.zone,
        waves=tuple(sorted({word for word in waves.words if word})[:MOST_WAVES]) if waves else wave_endings(table),
        ids={
            word: len({text for text in table.response[word].words if text})
            for word in ("response", "person")
            if word in table.response
        },
        columns=tuple(_column(name, column, table, coded.get(name)) for name, column in table.columns.items()),
        notes=table.notes,
    )


def _column(name: str, column: Column, table: Table, asked: Asked | None) -> SeenColumn:
    about = table.fields[name]
    group = asked.group if asked else None
    codes: dict[str, int] = {}
    if group and group.by != "numbers":
        found = group.found[asked.columns.index(name)] if asked else group.found[0]
        pairs = [
            (about.labels.get(word, word), value)
            for word, value in zip(column.words, found.value.tolist(), strict=True)
            if not np.isnan(value)
        ]
        codes = {label: int(value) for label, value in sorted(pairs, key=lambda pair: pair[1])[:MOST_LABELS]}
    filled = ~column.blank
    return SeenColumn(
        name=name,
        header=about.source,
        place=about.place,
        kind=about.kind,
        wording=" - ".join(text for text in (about.wording, about.part) if text),
        answered=int(filled.sum()),
        different=len({word for word in column.words if word}),
        coded_by=(group.by if group else _days(column)) if filled.any() else "",
        codes=codes,
        looks=column.shapes(filled),
    )


def _days(column: Column) -> str:
    """The order of a column of days, if it is one."""
    words = [word for word in column.words if word]
    found = order_of(words) if all(map(DAY_LIKE.match, words)) else None
    return f"days, {found.order}" if found and found.order and not found.faults else ""


def _plan(tables: Sequence[tuple[Path, Table, tuple[Asked, ...]]]) -> str:
    """Lines to paste: the files, who is who, where the library's questions stand, and label sets to fill in."""
    names = [path.name for path, _, _ in tables]
    table = tables[0][1]
    lines = ["[files.survey]", f'path = "{_pattern(names)}"']
    if ends := wave_endings(table):
        lines.append(
            f'wave = "suffix"   # headers end in {", ".join(ends)}; where the plan calls them otherwise, waves = ...'
        )
    if {"started_at", "submitted_at"} & table.response.keys() and not table.zone:
        lines.append('# time_zone = "Europe/Zurich"   # of the clock times, where their days matter')
    lines += ["", "[columns.survey]"]
    if "person" in table.response:
        own = table.response["person"].words
        name = next((name for name, column in table.columns.items() if column.words == own), "person")
        lines.append(
            f'# person = "{_quoted(name)}"   # the tool\'s own place for an id; taken unless you name another'
        )
    else:
        lines.append('person = "..."   # the column whose ids the HR records have too')
    items = _items(table)
    lines += ["", "[items]", *items] if items else []
    for _, one, asked in tables[:1]:
        for group in asked:
            lines += _labels(one, group)
    return "\n".join(lines) + "\n"


def _pattern(names: Sequence[str]) -> str:
    """One name, or the pattern that all of them fit, its star standing for the wave."""
    start = re.sub(r"[A-Za-z0-9]+$", "", _shared(names))  # a wave is a word, not the end of one
    end = _shared([name[::-1] for name in names])[::-1]
    if len(names) == 1 or not (start or end):
        return names[0]
    return f"{start}*{end}" if len(start) + len(end) <= min(map(len, names)) else names[0]


def _shared(names: Sequence[str]) -> str:
    """The signs that all names begin with."""
    same = takewhile(lambda signs: len(set(signs)) == 1, zip(*names, strict=False))
    return "".join(signs[0] for signs in same)


def _items(table: Table) -> list[str]:
    """Where the questions of the library's scales stand in the file, by their wording."""
    asked = {
        normalised(text): name
        for name, about in table.fields.items()
        for text in (about.wording, about.part, name)
        if text and about.kind == "answer"
    }
    return [
        f'{item.name} = "{_quoted(asked[normalised(item.text)])}"   # scale {scale.name}'
        for scale in shipped_scales()
        for item in scale.items
        if normalised(item.text) in asked
    ]


def _labels(table: Table, asked: Asked) -> list[str]:
    """A label set to fill in, for questions whose answers nothing codes; only texts that many people share."""
    if asked.group or table.fields[asked.columns[0]].kind != "answer":
        return []
    column = table.columns[asked.columns[0]]
    counts = np.bincount(column.codes, minlength=len(column.words)).tolist()
    shared = [word for word, count in zip(column.words, counts, strict=True) if word and count >= MANY]
    if not 2 <= len(shared) <= MOST_LABELS or len(shared) < len([word for word in column.words if word]):
        return []
    codes = ", ".join(f'"{_quoted(word)}" = ...' for word in shared)
    return ["", f'[labels."{_quoted(asked.columns[0])}"]', f"codes = {{{codes}}}"]


def _quoted(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("\n", " ")
