"""Integers: a large table of codes, parsed as numbers and then proved to be written as such, sign for sign."""

import csv
import re
from dataclasses import replace
from pathlib import Path

import numpy as np
import pyarrow
from numpy.typing import NDArray
from pyarrow import compute
from pyarrow import csv as arrow_csv

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.reading.containers import delimited
from mentorstudy.reading.containers.delimited import BLOCK, JUDGED, Layout
from mentorstudy.reading.grid import Column

FEW = 120  # whole numbers, as codes of answers are
SOME = 1_000  # of the cells, looked at first
CODE = re.compile("0|-?[1-9][0-9]{0,2}|")
HALF = 0.5  # of the columns
ONE_SIGN = 9


def few_numbers(name: str, cells: pyarrow.ChunkedArray, room: NDArray[np.int8] | None = None) -> Column | None:
    """A column of whole numbers close to one another, each its own place among them; None of any other.

    `room` is where the places may be put, a byte for each cell.
    """
    if cells.null_count == len(cells):
        return None
    one = cells.chunk(0) if cells.num_chunks == 1 else cells.combine_chunks()
    if (codes := _places(one, room)) is not None:
        low, high = 1, int(codes.max())
    else:
        low, high = (end.as_py() for end in compute.min_max(one).values())
        if high - low >= FEW:
            return None
        numbers = _numbers(one)
        codes = (numbers - numbers.dtype.type(low)).astype(np.int8) + np.int8(1)
        codes *= _held(one) if one.null_count else np.int8(1)
    used = np.zeros(high - low + 2, dtype=bool)
    used[codes[:SOME]] = True  # as a rule all of them
    if not used.all():
        cell_bytes = codes.tobytes()
        used[:] = [place in cell_bytes for place in range(len(used))]
    return Column(name=name, codes=codes, words=("", *map(str, range(low, high + 1)))).compact(used)


def read_codes(
    path: Path, layout: Layout, head: str, *, lines: int, quotes: int
) -> tuple[list[str], pyarrow.Table] | None:
    """The headers and the cells below them, codes as small numbers, all else dictionary-encoded.

    `head` is the text from the headers on, `lines` and `quotes` are counted from there. None where the file is small,
    where its head holds few codes, or where a code was written in any way but the shortest, as 03, +3 and 3.0 are: the
    bytes of all cells, written anew, must be those of the file. Half the time of texts, since nothing is looked up.
    """
    if path.stat().st_size <= delimited.LARGE or layout.broken:
        return None
    line = head.partition("\n")[0] + "\n"
    whole = head.splitlines()[:-1]  # the last may be cut
    header, *records = csv.reader(whole[: JUDGED + 1], delimiter=layout.delimiter)
    if any(len(record) != layout.width for record in (header, *records)):
        return None
    codes = {
        str(place)
        for place, cells in enumerate(zip(*records, strict=True))
        if any(cells) and all(map(CODE.fullmatch, cells))
    }
    if len(codes) < HALF * layout.width:
        return None
    table = _arrow(path, layout, codes)
    if table is None or table.num_rows != lines - 1:
        return None
    ending = 1 + line.endswith("\r\n")
    own = sum(map(_signs, table.columns)) + table.num_rows * (table.num_columns - 1 + ending)
    with path.open("rb") as file:
        file.seek(-1, 2)
        own -= ending * (file.read() != b"\n")
    written = path.stat().st_size - layout.start - len(line.encode()) - quotes + line.count('"')
    return (header, table) if own == written else None


def under(header: str, column: Column) -> Column:
    """The column with its header as the first cell."""
    word = cleaned(header).strip()
    words = column.words if word in column.words else (*column.words, word)
    first = np.array([words.index(word)], dtype=np.min_scalar_type(-len(words) - 1))
    return replace(column, codes=np.concatenate([first, column.codes]), words=words, unseen=column.unseen + 1)


def _places(cells: pyarrow.Array, room: NDArray[np.int8] | None) -> NDArray[np.int8] | None:
    """The numbers where all are from 1 to a few, as answers on scales are, and 0 for a null; None of any others."""
    numbers = _numbers(cells)
    if cells.null_count:  # pyarrow's fill_null takes seven times as long
        held = _held(cells).astype(numbers.dtype, copy=False)
        numbers = np.multiply(
            numbers, held, out=held if room is None or held.itemsize > 1 else room.view(held.dtype)
        )
    positive = numbers.view(f"u{numbers.itemsize}")  # negative ones are the largest so
    if positive.max() > FEW or np.count_nonzero(numbers) != len(cells) - cells.null_count:
        return None
    return numbers.astype(np.int8, copy=False)


def _numbers(cells: pyarrow.Array) -> NDArray[np.integer]:
    """The numbers as they lie, with whatever lies where there is none."""
    data = cells.buffers()[1]
    return pyarrow.Array.from_buffers(cells.type, len(cells), [None, data], offset=cells.offset).to_numpy()


def _held(cells: pyarrow.Array) -> NDArray[np.int8]:
    """1 for each that is no null."""
    bits = np.frombuffer(cells.buffers()[0], np.uint8)
    return np.unpackbits(bits, count=cells.offset + len(cells), bitorder="little")[cells.offset :].view(np.int8)


def _arrow(path: Path, layout: Layout, codes: set[str]) -> pyarrow.Table | None:
    names = [str(place) for place in range(layout.width)]
    text = pyarrow.dictionary(pyarrow.int32(), pyarrow.string())
    with pyarrow.OSFile(str(path)) as stream:
        stream.read_buffer(layout.start)
        try:
            return arrow_csv.read_csv(
                stream,
                read_options=arrow_csv.ReadOptions(column_names=names, skip_rows=1, block_size=BLOCK),
                parse_options=arrow_csv.ParseOptions(delimiter=layout.delimiter, ignore_empty_lines=False),
                convert_options=arrow_csv.ConvertOptions(
                    column_types={name: pyarrow.int8() if name in codes else text for name in names},
                    strings_can_be_null=False,
                    null_values=[""],
                ),
            )
        except pyarrow.ArrowInvalid:
            return None


def _signs(cells: pyarrow.ChunkedArray) -> int:
    """The bytes of a column's cells, quotation marks aside."""
    total = 0
    for chunk in cells.chunks:
        if isinstance(chunk, pyarrow.DictionaryArray):
            bare = compute.replace_substring(chunk.dictionary, '"', "")
            times: NDArray[np.int64] = np.bincount(chunk.indices.to_numpy(), minlength=len(bare))
            total += int(times @ compute.binary_length(bare).to_numpy().astype(np.int64))
            continue
        ends = compute.min_max(chunk)
        total += len(chunk) - chunk.null_count
        if chunk.null_count < len(chunk) and not 0 <= ends["min"].as_py() <= ends["max"].as_py() <= ONE_SIGN:
            whole = chunk.drop_null().to_numpy()
            widths = [(whole < 0), (whole > 9) | (whole < -9), (whole > 99) | (whole < -99)]
            total += sum(int(np.count_nonzero(wider)) for wider in widths)
    return total
