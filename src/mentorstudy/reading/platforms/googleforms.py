"""Google Forms: the zip's CSV, and the linked sheet downloaded as CSV or Excel."""

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np
import pandas as pd

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Column, Field, Grid, Kind
from mentorstudy.reading.headers import distinct, headed
from mentorstudy.reading.platforms.headings import constant, key, plain, stamped, told
from mentorstudy.reading.table import Table

TIMESTAMPS = {
    "timestamp", "zeitstempel", "horodateur", "marca temporal", "carimbo de data/hora", "informazioni cronologiche",
    "tijdstempel", "tidsstempel", "tidstämpel", "aikaleima", "sygnatura czasowa", "časová značka", "časová pečiatka",
    "időbélyeg", "marcă temporală", "zaman damgası", "отметка времени", "позначка часу", "χρονική σήμανση",
    "cap waktu", "dấu thời gian", "タイムスタンプ", "타임스탬프", "时间戳记", "時間戳記",
}  # fmt: skip
ADDRESSES = {"username", "email address", "email", "nutzername", "e-mail-adresse", "adresse e-mail"}
ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
ZIP = re.compile(r"[0-9]{4}/[0-9]{2}/[0-9]{2} [0-9]{1,2}:[0-9]{2}:[0-9]{2} .*?(?P<zone>[A-Z]{2,5}([+-][0-9:]+)?)")
GRID = re.compile(r"(?P<question>.*\S)\s*\[(?P<part>[^][]+)\]")
POINTS = re.compile(r"[0-9]+([.,][0-9]+)? / [0-9]+([.,][0-9]+)?")
SCORE, FEEDBACK = "[Score]", "[Feedback]"
JOINED = re.compile(r";(?!\s)")  # the zip writes no space; an answer that holds a semicolon mostly does
RECUR = 0.5  # of the pieces of joined cells
ASK_ZONE = 'Write time_zone = "..." for this file in plan.toml.'


def is_googleforms(grid: Grid) -> bool:
    """True where the first column is called Timestamp, in a language of the platform, and holds times."""
    return not grid.named and key(grid.row(0)[0]) in TIMESTAMPS and stamped(grid, 0)


def is_surely_googleforms(grid: Grid) -> bool:
    """True where times are written as in the zip, or a grid stands beside them: others have a Timestamp too."""
    if not is_googleforms(grid):
        return False
    grids = [match["question"] for match in map(GRID.fullmatch, map(plain, grid.row(0))) if match]
    return bool(_zones(told(grid.columns[0], 1))) or len(set(grids)) < len(grids)


def read_googleforms(grid: Grid, settings: File) -> Table:
    """The responses, each known by when it was handed in; several answers in one cell stay one text.

    A column is a list only where the zip's semicolon joins pieces that other cells hold too.
    """
    if not is_googleforms(grid):
        raise DataError(
            f"{grid.file}: the first column is no Timestamp with days and times. Download the responses again, or "
            'write format = "table" for this file in plan.toml.'
        )
    zones = _zones(told(grid.columns[0], 1))
    zipped = bool(zones)
    heads = [plain(cell) for cell in grid.row(0)]
    names = distinct(heads)
    fields = [(name, _field(grid, place, heads, name=name, zipped=zipped)) for place, name in enumerate(names)]
    table = headed(grid, fields, header_rows=1)
    unnamed = [place for place, head in enumerate(heads, start=1) if not head and told(grid.columns[place - 1], 1)]
    notes = [f"Column {place} has no header and is left out." for place in unnamed]
    if zipped:
        notes.append(
            f"The times carry {' and '.join(sorted(zones))}, "
            + (
                "but were read on the clock declared."
                if settings.time_zone
                else f"and are read so. If it is wrong: {ASK_ZONE}"
            )
        )
    elif not settings.time_zone:
        notes.append(f"The times stand on the clock of the sheet, which the file does not name. {ASK_ZONE}")
    height = len(table.rows)
    stamp = table.columns[names[0]]
    if zipped and settings.time_zone:
        stamp = replace(stamp, words=tuple(_unzoned(word) for word in stamp.words))
    return replace(
        table,
        platform="Google Forms",
        variant="zip" if zipped else "sheet",
        response={
            "response": _ids(table.columns[names[0]], table),
            "submitted_at": replace(stamp, name="submitted_at"),
            "finished": constant("finished", "1", height),
        },
        notes=(*table.notes, *notes),
    )


def _zones(stamps: Iterable[str]) -> set[str]:
    """The zones that times carry in the zip."""
    return {match["zone"] for match in map(ZIP.fullmatch, stamps) if match} - {"AM", "PM"}


def _ids(stamp: Column, table: Table) -> Column:
    """Each response's time as written, the second and later of equal ones with a number; its row where it has none.

    A row's number is another response's once one above it is deleted or the sheet is sorted.
    """
    times = pd.Series(stamp.codes).groupby(stamp.codes).cumcount().tolist()
    said = (stamp.words[code] for code in stamp.codes.tolist())
    words = tuple(
        f"row {row}" if not word else f"{word} ({time + 1})" if time else word
        for word, time, row in zip(said, times, table.rows.tolist(), strict=True)
    )
    return Column(name="response", codes=np.arange(len(words), dtype=np.int32), words=words)


def _field(grid: Grid, place: int, heads: list[str], *, name: str, zipped: bool) -> Field:
    head, said = heads[place], told(grid.columns[place], 1)
    about = Field(source=grid.row(0)[place], place=place + 1, wording=head, question=name)
    if kind := _kind(place, heads, said):
        return replace(about, kind=kind, question="")
    if match := GRID.fullmatch(head):
        about = replace(about, wording=match["question"], part=match["part"], question=match["question"])
    if zipped:
        return replace(about, kind="list" if _joins(said) else "answer", separator=";")
    return replace(about, separator=", ")


def _kind(place: int, heads: list[str], said: set[str]) -> Kind | None:
    """What a column is that holds no answers."""
    head = heads[place]
    if place == 0:
        return "meta"
    if (said and all(map(ADDRESS.fullmatch, said))) or (place == 1 and head.casefold() in ADDRESSES):
        return "personal"
    if said and all(map(POINTS.fullmatch, said)):
        return "score"
    if head.endswith(FEEDBACK) and head.replace(FEEDBACK, SCORE) in heads:
        return "score"
    return None


def _unzoned(word: str) -> str:
    match = ZIP.fullmatch(word)
    return word[: match.start("zone")].rstrip() if match else word


def _joins(said: set[str]) -> bool:
    """Whether semicolons join answers: most pieces of the joined cells stand in other cells too."""
    if not any(map(JOINED.search, said)):
        return False
    pieces = {word: set(JOINED.split(word)) for word in said}
    held: dict[str, int] = {}
    for parts in pieces.values():
        for part in parts:
            held[part] = held.get(part, 0) + 1
    joined = {part for parts in pieces.values() if len(parts) > 1 for part in parts}
    return bool(joined) and sum(held[part] > 1 for part in joined) >= RECUR * len(joined)
