"""Delimited: a text to records and cells: how it is parted, where its table begins, and what does not fit."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np
import pyarrow
from numpy.typing import NDArray
from pyarrow import csv as arrow_csv

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.above import TITLE, are_names, even_or_refused
from mentorstudy.reading.containers.quotes import MOST_CELL, mostly_astray, swallowed_or_refused
from mentorstudy.reading.grid import as_in

DELIMITERS = ",;\t|"
HEAD = 1 << 18  # bytes that the delimiter and the headers are looked for in
JUDGED = 200  # records
HALF = 0.5
BLOCK = 1 << 22  # bytes read at once: four times pyarrow's own, which is a fifth quicker for many columns
LARGE = 1 << 25  # bytes from which several threads are worth their while


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """How a text is parted, and where its table begins."""

    delimiter: str
    width: int
    start: int  # byte
    titles: int  # records above the headers that say something
    skipped: int  # records above the headers, with the one that names the delimiter
    above: int = 0  # lines they take
    broken: bool = False  # whether a cell among the first holds a line feed


def layout_of(text: str, start: int, label: str, settings: File) -> Layout:
    """The delimiter that parts the records evenly, and the record that holds the headers."""
    first, newline, rest = text.partition("\n")
    told = first.strip().strip('"')
    says = told.casefold().startswith("sep=") and len(told) == len("sep=") + 1
    choices, body = (told[-1], rest) if says else (settings.delimiter or DELIMITERS, text)
    evens = {sign: _even(body, sign) for sign in choices}
    delimiter = _parting(body, evens)
    width, skipped, characters, broken = evens[delimiter]
    if width < 2 and not says:
        raise DataError(
            f"{label}: only one column. If cells are parted by an unusual sign, say so under [files] in plan.toml, "
            f"{as_in(settings.path, 'delimiter', '^')}."
        )
    above = (first + newline if says else "") + body[:characters]
    return Layout(
        delimiter=delimiter,
        width=width,
        start=start + len(above.encode()),
        titles=skipped,
        skipped=skipped + says,
        above=above.count("\n"),
        broken=broken,
    )


def _parting(text: str, evens: Mapping[str, tuple[int, int, int, bool]]) -> str:
    """The delimiter that parts the records into most cells, and the headers too.

    Decimal commas may part the records as evenly as semicolons do, and semicolons in a cell into more cells than commas
    do, but never the headers; and what leaves text behind closing quotation marks is part of the cells.
    """
    sound = [sign for sign in evens if not mostly_astray(text, sign, JUDGED)] or list(evens)
    widest = max(sound, key=lambda sign: (evens[sign][0], -evens[sign][1]))
    for sign in sound:
        width, above = evens[sign][:2]
        if 1 < width < evens[widest][0] and above < evens[widest][1] and _parts_all(text, sign, width, above):
            return sign
    return widest


def _parts_all(text: str, delimiter: str, width: int, above: int) -> bool:
    """Whether each of the first records from the headers on has so many cells, and the headers are names."""
    try:
        records = list(islice(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter), JUDGED))
    except csv.Error:  # a cell longer than the module takes
        return False
    told = [record for record in records[above:] if any(record)]
    told = told[:-1] if len(text) >= HEAD - 4 and len(records) < JUDGED else told  # the last record may be cut
    return bool(told) and are_names(told[0]) and all(len(record) == width for record in told)


def _even(text: str, delimiter: str) -> tuple[int, int, int, bool]:
    """The commonest width of the first records (0 where they differ), the records and signs above the headers, and
    whether any of them takes several lines.

    What stands above is a title, a date, a filter: records with a cell or two, however many delimiters they end in.
    """
    lines = io.StringIO(text, newline="")
    first: list[list[str]] = []
    ends: list[int] = []
    records = csv.reader(_read(lines, ends), delimiter=delimiter)
    places: list[int] = []
    try:
        for _, record in zip(range(JUDGED), records, strict=False):
            first.append(record)
            places.append(ends[-1])
    except csv.Error:  # a cell longer than the module takes; the records before it tell enough
        pass
    shapes = [(len(record), sum(cell != "" for cell in record)) for record in first]
    widths = [width for width, filled in shapes if filled]
    if len(text) >= HEAD - 4 and len(widths) < JUDGED:  # the last record may be cut
        widths = widths[:-1] or widths
    if not widths:
        return 0, 0, 0, False
    broken = len(ends) > len(places) + 1  # one line may have been read ahead
    width, times = Counter(widths).most_common(1)[0]
    if width < 2:
        return 0, 0, 0, False
    thin = TITLE if width > 2 * TITLE - 1 else 1
    above = next((place for place, (_, filled) in enumerate(shapes) if filled > thin), 0)
    if shapes[above][0] < width:  # a title with delimiters in it, if names of all columns stand below
        names = next((place for place, record in enumerate(first) if len(record) == width), above)
        above = names if are_names(first[names]) and not all(map(are_names, first[names + 1 :])) else above
    if shapes[above][0] != width or times < HALF * len(widths):  # the headers are those of another width
        return shapes[above][0], above, places[above - 1] if above else 0, broken
    return width, above, places[above - 1] if above else 0, broken


def _read(lines: io.StringIO, ends: list[int]) -> Iterator[str]:
    """The lines one by one; `ends` tells how many signs were read so far."""
    read = 0
    for line in lines:
        read += len(line)
        ends.append(read)
        yield line


def told_cells(size: int, head: bytes, layout: Layout) -> float:
    """About how many cells a text of `size` bytes holds that goes on as its head begins."""
    signs = layout.delimiter.encode()
    return size * (head.count(signs) + head.count(b"\n") + 1) / max(len(head), 1)


def parsed(
    source: bytes | Path, layout: Layout, label: str, *, lines: int
) -> tuple[pyarrow.Table, NDArray[np.int64], int]:
    """The cells, dictionary-encoded, the number of each record, and how many held none; DataError tells uneven ones.

    A large text is read by several threads, and first as if every one of its `lines` were a record, which is quicker.
    Where that gives fewer records than lines, or any fault, it is read again by one, which tells rows by number.
    """
    uneven: dict[int, list[int]] = {}
    skipped: list[int] = []

    def note(row: arrow_csv.InvalidRow) -> str:
        skipped.append(row.number)
        if row.text.strip():
            uneven.setdefault(row.actual_columns, []).append(row.number + layout.skipped)
        return "skip"

    size = len(source) if isinstance(source, bytes) else source.stat().st_size
    table = None
    if size > LARGE:  # threads of pyarrow that end with the process can take it down, so small files go without
        table = None if layout.broken else _arrow(source, layout, lone=True)
        if table is None or table.num_rows != lines - layout.above:
            table = _arrow(source, layout)
    if table is None:
        table = _arrow(source, layout, note)
    if table is None:
        uneven.clear()
        skipped.clear()
        table = _arrow(source, layout, note, block=min(size + 1, MOST_CELL))
    even_or_refused(uneven, layout.width, label, mend="else look for a stray delimiter or quote in it.")
    if table is None:
        raise DataError(f"{label}: cannot be split into rows and cells. Export it again as CSV.")
    numbers = np.arange(1, table.num_rows + len(skipped) + 1)
    if skipped:
        numbers = np.delete(numbers, np.array(skipped) - 1)
    numbers += layout.skipped
    if len(table) + len(skipped) < lines - layout.above:  # a cell takes several lines
        swallowed_or_refused(table, numbers, delimiter=layout.delimiter, label=label)
    return table, numbers, len(skipped)


def _arrow(
    source: bytes | Path,
    layout: Layout,
    note: Callable[[arrow_csv.InvalidRow], str] | None = None,
    *,
    lone: bool = False,
    block: int = BLOCK,
) -> pyarrow.Table | None:
    """The cells; None where a record is uneven and nobody takes `note`, or a cell is larger than the `block`.

    `lone` takes every line for a record.
    """
    names = [str(place) for place in range(layout.width)]
    cell = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    with pyarrow.BufferReader(source) if isinstance(source, bytes) else pyarrow.OSFile(str(source)) as stream:
        stream.read_buffer(0 if isinstance(source, bytes) else layout.start)
        try:
            return arrow_csv.read_csv(
                stream,
                read_options=arrow_csv.ReadOptions(column_names=names, use_threads=note is None, block_size=block),
                parse_options=arrow_csv.ParseOptions(
                    delimiter=layout.delimiter,
                    newlines_in_values=not lone,
                    ignore_empty_lines=False,
                    invalid_row_handler=note,
                ),
                convert_options=arrow_csv.ConvertOptions(
                    column_types=dict.fromkeys(names, cell), strings_can_be_null=False
                ),
            )
        except pyarrow.ArrowInvalid:
            return None
