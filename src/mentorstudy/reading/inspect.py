"""Inspect: what files are, and the lines of a plan that would read them."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path

import numpy as np

from mentorstudy.nouns.errors import Fault, StudyError
from mentorstudy.nouns.file import File
from mentorstudy.nouns.inspection import Inspection, SeenColumn, SeenFile
from mentorstudy.reading.coded import Asked, groups
from mentorstudy.reading.coding.apart import like_missing, times_of
from mentorstudy.reading.coding.digits import SET_NAME, why_not
from mentorstudy.reading.coding.orders import order_of
from mentorstudy.reading.containers.memory import within
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.dated import of_two_orders
from mentorstudy.reading.files import noticed, told_as
from mentorstudy.reading.grid import Column, Grid, as_in, in_plan
from mentorstudy.reading.headless import DAY_LIKE
from mentorstudy.reading.impersonal import marked
from mentorstudy.reading.noticed import by_digits, named
from mentorstudy.reading.proposed import proposed_plan
from mentorstudy.reading.shown import MOST_LABELS, offered_in, quoted
from mentorstudy.reading.suffixes import wave_endings
from mentorstudy.reading.table import Table

MOST_TEXTS = 60  # of a question that offers answers; more are numbers or words of one's own
NO_CODES = (
    "so none is taken for a code. With the whole labels, "
    + in_plan('labels."{column}"', 'codes = {"..." = 1}')
    + '\nfor all of them, or for those that are no answers missing = {"..." = "refused"} there.'
)
MOST_WAVES = 24
LONG = 16 << 20  # bytes that take a second and more


def inspect_files(
    paths: str | Path | Iterable[str | Path], *, tell: Callable[[str], object] | None = None
) -> Inspection:
    """What each file is: tool, layout, rows, ids, waves, columns; all faults; and a plan to begin with.

    Answers are never shown: a cell by its shape, a label only where the file or the catalogue knows it as one that
    was offered. No file stops another; its faults stand beside the rest. `tell` is handed a line before each file
    that takes long.
    """
    files: list[SeenFile] = []
    faults: list[Fault] = []
    tables: list[tuple[str, Table, tuple[Asked, ...]]] = []
    for path in map(Path, [paths] if isinstance(paths, str | Path) else paths):
        if tell and path.is_file() and path.stat().st_size > LONG:
            tell(f"{path.name}: reading {path.stat().st_size >> 20:,} MB")
        try:
            with within(path.name):
                grid = open_grid(path, path.name, File(path=path.name))
                table = marked(noticed(grid, told_as(grid, File(path=path.name)).with_names()))
        except StudyError as error:
            faults += error.faults
            continue
        asked = tuple(groups(table))
        files.append(_seen(grid, table, asked))
        if not table.headless:
            tables.append((path.name, table, asked))
    plan = proposed_plan(tables) if tables else ""
    return Inspection(files=tuple(files), faults=tuple(faults), plan=plan)


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
        notes=tuple(
            note.removeprefix(f"{table.file}: ")
            for note in (*table.notes, *_notes(table, asked), *_undecided(table))
        ),
    )


def _column(name: str, column: Column, table: Table, asked: Asked | None) -> SeenColumn:
    about = table.fields[name]
    group = asked.group if asked else None
    codes: dict[str, int] = {}
    if group and group.by != "numbers":
        found = group.found[asked.columns.index(name)] if asked else group.found[0]
        shown = offered_in(table, name)
        pairs = [
            (label, value)
            for word, value in zip(column.words, found.value.tolist(), strict=True)
            if (label := about.labels.get(word, word)) in shown and not np.isnan(value)
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


def _undecided(table: Table) -> list[str]:
    """A note on the columns of days of which nothing tells the order."""
    names = of_two_orders(table)
    if not names:
        return []
    return [
        f"{named(names)}: every date can be day first and month first. Say which, under [files] in plan.toml, "
        f'{as_in(table.file, "date_order", "day first")}, or "month first".'
    ]


def _days(column: Column) -> str:
    """The order of a column of days, if it is one."""
    words = [word for word in column.words if word]
    found = order_of(words) if all(map(DAY_LIKE.match, words)) else None
    return f"days, {found.order}" if found and found.order and not found.faults else ""


def _notes(table: Table, asked: Sequence[Asked]) -> list[str]:
    """What was noticed in coding, once for all the columns of which it holds; `{column}` in it is the first."""
    columns: dict[str, list[str]] = {}
    for one in asked:
        for said, names in _said(table, one):
            columns.setdefault(said, []).extend(names)
    return [
        f"{named(names)}: {said.replace('{column}', quoted(names[0]))}{'' if said.endswith(('.', '}')) else '.'}"
        for said, names in columns.items()
    ]


def _said(table: Table, asked: Asked) -> Iterator[tuple[str, Sequence[str]]]:
    """What is to be told of one group, and of which of its columns."""
    group, names = asked.group, asked.columns
    if group is None:
        column, about = table.columns[names[0]], table.fields[names[0]]
        if about.kind == "answer" and len(column.words) <= MOST_TEXTS:
            labels = {about.labels.get(word, word) for word in column.words if word not in about.missing}
            if why := why_not(labels):
                yield f"{why}, {NO_CODES}", names
        return
    if group.by == SET_NAME and not all(_all_shown(table, name) for name in names):
        yield by_digits(group), names
    else:
        for said in group.said:
            yield said, names
    if group.by in ("numbers", "the file's codes"):
        for name, found in zip(names, group.found, strict=True):
            column = table.columns[name]
            if len(column.words) > MOST_TEXTS:
                continue
            if codes := like_missing(times_of(column, found.value.tolist())):
                yield _to_declare([f"{code:g}" for code in codes]), [name]


def _to_declare(codes: Sequence[str]) -> str:
    lines = ", ".join(f'"{code}" = "no_answer"' for code in codes)
    return (
        f"{' and '.join(codes)} look{'s' * (len(codes) == 1)} like the code of a missing answer; if so, "
        + in_plan('labels."{column}"', f"missing = {{{lines}}}")
    )


def _all_shown(table: Table, name: str) -> bool:
    """Whether every text of a column may be printed, numbers alone set aside."""
    shown = offered_in(table, name)
    labels = {table.fields[name].labels.get(word, word) for word in table.columns[name].words if word}
    return all(label in shown or not any(map(str.isalpha, label)) for label in labels)
