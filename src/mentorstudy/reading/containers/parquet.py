"""Parquet: a columnar file to a grid, column by column."""

import json
import threading
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow
from numpy.typing import NDArray
from pyarrow import compute, types
from pyarrow import parquet as arrow_parquet

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.reading.containers.extent import checked
from mentorstudy.reading.containers.integers import few_numbers
from mentorstudy.reading.containers.longtexts import checked_words, told_texts
from mentorstudy.reading.containers.memory import fits
from mentorstudy.reading.containers.sheet import EASY_TEXT
from mentorstudy.reading.containers.threads import side_by_side
from mentorstudy.reading.grid import Column, Field, Grid, block, decimal
from mentorstudy.reading.texts import Texts

INDEX = "__index_level_"
LONG = 50_000  # rows
SPACE, LAST_PRINTABLE = 0x20, 0x7E
REPEATED = 6  # bytes a cell, below which a column's texts must repeat
CELL_BYTES, TEXT_TIMES = 2, 2  # at least, of a cell and of the texts in memory
SOME = 1_000  # cells, evenly spread: where all of them differ, most of the column does


def read_parquet(path: Path, label: str) -> Grid:
    """The cells of a .parquet file; whole numbers as "3", true and false as "1" and "0", nulls empty.

    Raises DataError for a damaged file, one too large, and columns that hold more than one value a cell.
    """
    try:
        with _opened(path) as file:
            checked(file.metadata.num_rows, file.metadata.num_columns, label, packed=path.stat().st_size)
            cells, texts = file.metadata.num_rows * file.metadata.num_columns, told_texts(file.metadata, label)
            fits(label, cells, cells * CELL_BYTES + texts * TEXT_TIMES)
            schema = file.schema_arrow
            index = _index(schema)
            kept = [about for about in schema if about.name not in index]
            raise_all(
                DataError,
                [
                    f"{label}: column {cleaned(about.name)} holds {said} ({about.type}). Write one value a cell."
                    for about in kept
                    if (said := _no_cells(about.type))
                ],
            )
            height = file.metadata.num_rows
            columns = side_by_side(_reading(path, file, label), [about.name for about in kept])
    except pyarrow.ArrowMemoryError:  # which is an ArrowException as well
        raise
    except (pyarrow.ArrowException, OSError, UnicodeDecodeError):
        raise DataError(f"{label}: no parquet file, or damaged, or cut short. Export it again.") from None
    named = tuple((about.name, Field(source=about.name, place=place)) for place, about in enumerate(kept, start=1))
    return Grid(
        file=label,
        columns=columns,
        rows=np.arange(1, height + 1),
        named=named,
        container="parquet",
        notes=tuple(f"Column {name} is a pandas index and is left out." for name in index),
    )


def _index(schema: Any) -> list[str]:
    """The columns that pandas wrote for an index without a name."""
    try:
        told = json.loads((schema.metadata or {}).get(b"pandas", b"{}"))
    except ValueError:  # a note of pandas that arrived damaged tells nothing; the columns stand for themselves
        return []
    index = told.get("index_columns") if isinstance(told, dict) else None
    return [name for name in schema.names if name in (index or ()) and name.startswith(INDEX)]


def _no_cells(kind: pyarrow.DataType) -> str:
    """What a column holds that is no value for a cell."""
    if types.is_nested(kind):
        return "lists or records"
    return "bytes" if types.is_fixed_size_binary(kind) and not types.is_decimal(kind) else ""


def _reading(path: Path, file: arrow_parquet.ParquetFile, label: str) -> Callable[[str], Column]:
    """What reads a column and codes it while its cells are at hand; each thread has the file open for itself.

    Texts come as the file's own dictionary, however often each is used, so that one long text in every row costs what
    it takes once. Only where hardly any repeats, as in ids, and all are short, is it quicker to take them as they are.
    """
    own = threading.local()
    metadata, names = file.metadata, file.schema_arrow.names
    numbers = [about.name for about in file.schema_arrow if types.is_integer(about.type)]
    rooms = dict(zip(numbers, block(len(numbers), metadata.num_rows, np.int8), strict=True))
    texts = [about.name for about in file.schema_arrow if _is_text(about.type) or _is_bytes(about.type)]

    def column(name: str) -> Column:
        if not hasattr(own, "plain"):
            own.plain = _opened(path, metadata=metadata)
            own.coded = _opened(path, metadata=metadata, read_dictionary=texts)
        plain = name not in texts or _is_short(own.coded, name, names.index(name))
        table = (own.plain if plain else own.coded).read(
            [name], use_threads=False
        )  # and a column called `name.more`
        cells = table.column(table.column_names.index(name))
        if types.is_dictionary(cells.type) or _is_text(cells.type):
            _checked_words(name, cells, _packed(metadata, names.index(name)), label)
        try:
            return _column(name, cells, rooms.get(name))
        except UnicodeDecodeError:
            raise DataError(
                f"{label}: column {cleaned(name)} holds bytes that are no text. Write it as text."
            ) from None

    return column


def _is_short(file: arrow_parquet.ParquetFile, name: str, place: int) -> bool:
    """Whether the texts of a column hardly repeat and would fit into memory even if each were its longest."""
    for group in range(file.num_row_groups):
        chunk = file.metadata.row_group(group).column(place)
        if chunk.total_uncompressed_size < REPEATED * chunk.num_values:
            return False
        first = next(file.iter_batches(1, row_groups=[group], columns=[name], use_threads=False), None)
        if first is None or not types.is_dictionary((cells := first.columns[first.schema.names.index(name)]).type):
            continue
        longest = compute.max(compute.binary_length(cells.dictionary)).as_py() or 0
        if longest * chunk.num_values > EASY_TEXT + chunk.total_uncompressed_size:
            return False
    return True


def _checked_words(name: str, cells: pyarrow.ChunkedArray, packed: int, label: str) -> None:
    coded = types.is_dictionary(cells.type)
    parts = [part.dictionary for part in cells.chunks] if coded else cells.chunks
    longest = [compute.max(compute.binary_length(part)).as_py() or 0 for part in parts]
    apart = {part.buffers()[-1].address: part.nbytes for part in parts if coded and part.buffers()[-1]}
    checked_words(name, max(longest, default=0), sum(apart.values()), packed, label)


def _packed(metadata: Any, place: int) -> int:
    """Bytes that a column takes in the file."""
    return sum(metadata.row_group(at).column(place).total_compressed_size for at in range(metadata.num_row_groups))


def _opened(path: Path, **more: Any) -> arrow_parquet.ParquetFile:
    return arrow_parquet.ParquetFile(path, pre_buffer=False, **more)  # a buffer pays on networks


def _column(name: str, cells: pyarrow.ChunkedArray, room: NDArray[np.int8] | None) -> Column:
    if types.is_integer(cells.type) and (column := few_numbers(name, cells, room)):
        return column
    if _is_text(cells.type) and (column := _apart(name, cells)):
        return column
    encoded = cells if types.is_dictionary(cells.type) else compute.dictionary_encode(cells)
    encoded = encoded.unify_dictionaries().combine_chunks()
    if isinstance(encoded, pyarrow.ChunkedArray):
        encoded = encoded.chunk(0) if encoded.num_chunks else pyarrow.array([], cells.type).dictionary_encode()
    words = tuple(_words(encoded.dictionary))
    if not cells.null_count:
        codes: NDArray[Any] = encoded.indices.to_numpy()
        return Column(name=name, codes=codes.astype(np.min_scalar_type(-len(words) - 1)), words=words or ("",))
    codes = compute.fill_null(compute.cast(encoded.indices, "int64"), -1).to_numpy() + 1
    return Column(name=name, codes=codes.astype(np.min_scalar_type(-len(words) - 2)), words=("", *words))


def _apart(name: str, cells: pyarrow.ChunkedArray) -> Column | None:
    """A long column of texts that hardly repeat, as ids do: each its own; None of any other."""
    some = cells.take(np.linspace(0, len(cells) - 1, SOME).astype(np.int64)) if len(cells) >= LONG else cells[:0]
    if cells.null_count or not len(some) or compute.count_distinct(some).as_py() < SOME:
        return None
    whole = cells.chunk(0) if cells.num_chunks == 1 else cells.combine_chunks()
    if _signs(whole)[0] <= SPACE:
        whole = compute.utf8_trim_whitespace(whole)
    lowest, highest = _signs(whole)
    empty = compute.index(whole, "").as_py() >= 0
    if lowest < SPACE or highest > LAST_PRINTABLE or empty:  # anything else is looked at text by text
        return None
    return Column(name=name, codes=np.arange(len(cells), dtype=np.int32), words=Texts(whole))


def _signs(texts: pyarrow.Array) -> tuple[int, int]:
    """The lowest and the highest byte of the texts."""
    signs = np.frombuffer(texts.buffers()[-1] or b"\0", np.uint8)
    return int(signs.min()), int(signs.max())


def _is_text(kind: pyarrow.DataType) -> bool:
    return bool(types.is_string(kind) or types.is_large_string(kind))


def _is_bytes(kind: pyarrow.DataType) -> bool:
    return bool(types.is_binary(kind) or types.is_large_binary(kind))


def _words(values: Any) -> Iterable[str]:
    """The texts of distinct values."""
    if _is_text(values.type):
        return (cleaned(word).strip() for word in values.to_pylist())
    if _is_bytes(values.type):  # as writers do that do not mark their texts
        return (cleaned(word.decode()).strip() for word in values.to_pylist())
    if types.is_integer(values.type):
        return compute.cast(values, "string").to_pylist()
    return map(_word, values)


def _word(value: Any) -> str:
    try:
        return _told(value)
    except (OverflowError, ValueError):  # a moment that no calendar has: its number is no date, and told as none
        return str(value.value)


def _told(value: Any) -> str:
    if not value.is_valid:
        return ""
    if types.is_boolean(value.type):
        return str(int(value.as_py()))
    if types.is_floating(value.type):
        plain = value.as_py()
        if not np.isfinite(plain):
            return "" if np.isnan(plain) else str(plain)  # infinity is no answer, and no empty cell either
        short = np.float32(plain) if value.type.bit_width == 32 else plain
        return str(int(plain)) if float(plain).is_integer() else decimal(short)
    if types.is_timestamp(value.type):
        return str(value.as_py().isoformat())
    if types.is_decimal(value.type):
        return f"{value.as_py():f}"
    return str(value.as_py()).strip()
