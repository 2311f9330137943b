"""Inspection: what files are, told without a single answer in them."""

import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from mentorstudy.nouns.errors import Fault, rows_told
from mentorstudy.nouns.notebook import as_list, as_table, as_text

HEAD = ("column", "kind", "answered", "different", "coded by", "looks like")
PLAN = "A plan to begin with; write what stands as ... yourself"
ROW_NUMBERS = re.compile("[0-9, .]+( and [0-9]+ more| in all)?")  # are told whole


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenColumn:
    """One column: its header, its kind, how it is coded, and how its cells look (9 a digit, a a letter)."""

    name: str
    header: str
    place: int
    kind: str
    wording: str
    answered: int
    different: int
    coded_by: str
    codes: dict[str, int]
    looks: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SeenFile:
    """One file: what wrote it, how it is laid out, the fate of its rows, its ids, waves and columns."""

    file: str
    sha256: str
    read_as: str
    container: str
    encoding: str
    delimiter: str
    header_rows: int
    rows_above: int
    rows: int
    kept: int
    merged: int
    dropped: dict[str, int]
    time_zone: str
    waves: tuple[str, ...]
    ids: dict[str, int]  # a word of the kit, and how many different ids stand under it
    columns: tuple[SeenColumn, ...]
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What `mentorstudy inspect` tells: the files, all their faults, and the lines of a plan to paste."""

    files: tuple[SeenFile, ...]
    faults: tuple[Fault, ...]
    plan: str

    def as_json(self) -> dict[str, Any]:
        """The documented schema: files, faults, proposed_plan (docs/inspect.md)."""
        return {
            "schema": 1,
            "files": [asdict(file) for file in self.files],
            "faults": [told(fault) for fault in self.faults],
            "proposed_plan": self.plan,
        }

    def __repr__(self) -> str:
        """The same as text."""
        parts = [_file(file) for file in self.files]
        parts += ["\n".join(["Faults", *(f"  {fault}" for fault in self.faults)])] if self.faults else []
        parts += [f"{PLAN}\n\n{self.plan}"] if self.plan else []
        return "\n\n".join(parts)

    def _repr_html_(self) -> str:
        """The same in a notebook, the columns and the faults as tables."""
        parts = []
        for file in self.files:
            parts += [as_text("\n".join(_lines(file))), as_list(file.notes), as_table(HEAD, _columns(file))]
        faults = [
            (fault.file, rows_told(fault.rows), fault.column, fault.said) for fault in map(Fault.known, self.faults)
        ]
        parts += [as_text("Faults"), as_table(("File", "Rows", "Column", "What to do"), faults)] if faults else []
        parts += [as_text(f"{PLAN}\n\n{self.plan}")] if self.plan else []
        return "".join(parts)


def told(fault: Fault) -> dict[str, Any]:
    """One fault as JSON: where, and what is to be done."""
    return {"file": fault.file, "rows": list(fault.rows), "column": fault.column, "message": fault.said}


def in_columns(rows: Sequence[Sequence[str]], *, indent: str = "  ", widest: int = 44) -> str:
    """Rows of text set below one another; a long cell is cut in its middle, the last never."""
    cut = [[_cut(cell, widest) for cell in row[:-1]] + [row[-1].replace("\n", f"\n{indent * 2}")] for row in rows]
    widths = [max(len(row[at]) for row in cut) for at in range(len(cut[0]) - 1)]
    return "\n".join(
        (
            indent + "  ".join([*(cell.ljust(width) for cell, width in zip(row, widths, strict=False)), row[-1]])
        ).rstrip()
        for row in cut
    )


def _cut(text: str, widest: int) -> str:
    if ROW_NUMBERS.fullmatch(text):
        return text
    half = (widest - 1) // 3  # the end of a header tells its questions apart
    return text if len(text) <= widest else f"{text[:half]}…{text[half + 1 - widest :]}"


def as_note(note: str) -> str:
    """A note below what it is of; lines to paste are set in, as those of faults are."""
    return "  note: " + note.replace("\n", "\n    ")


def _file(file: SeenFile) -> str:
    return "\n".join([*_lines(file), *map(as_note, file.notes), "", in_columns([HEAD, *_columns(file)])])


def _lines(file: SeenFile) -> list[str]:
    """What the file is, before its columns."""
    signs = {",": "commas", ";": "semicolons", "\t": "tabs", "|": "bars"}
    parted = f", parted by {signs.get(file.delimiter, file.delimiter)}" if file.delimiter else ""
    dropped = [f"{count:,} {reason}" for reason, count in file.dropped.items()]
    dropped += [f"{file.merged:,} made part of another row"] if file.merged else []
    lines = [
        f"{file.file}: {file.read_as}",
        f"  {file.container}{f', {file.encoding}' if file.encoding else ''}{parted}, "
        f"{file.header_rows} header row{'s' * (file.header_rows != 1)}"
        f"{f' below {file.rows_above} other' if file.rows_above else ''}{'s' * (file.rows_above > 1)}"
        f"{f', clocks of {file.time_zone}' if file.time_zone else ''}",
        f"  {file.rows:,} rows, {file.kept:,} kept{''.join(f', {one}' for one in dropped)}",
    ]
    lines += [f"  waves: {', '.join(file.waves)}"] if file.waves else []
    ids = ", ".join(f"{word} ({count:,} different)" for word, count in file.ids.items())
    lines += [f"  ids: {ids or 'none that the tool has a place for'}"]
    return lines


def _columns(file: SeenFile) -> list[tuple[str, ...]]:
    """A row for each column of the file, under `HEAD`."""
    return [
        (
            column.name,
            column.kind,
            f"{column.answered:,}",
            f"{column.different:,}",
            column.coded_by or "-",
            ", ".join(f"{label} = {code}" for label, code in column.codes.items()) or column.looks,
        )
        for column in file.columns
    ]
