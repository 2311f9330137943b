"""Long texts: whether the texts of a parquet file can be answers, told before any becomes one."""

from typing import Any

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError

EASY = 10_000_000  # bytes of text that a column may have in a row group, however it is packed
LONGEST = 1_000_000  # bytes of an answer, about three hundred pages
RATIO = 150  # times its packed size; honest texts are near 5, and only texts that repeat go beyond
SHORT = 100  # bytes of a text that may repeat in every cell
MEND = "Write the file without that column."


def told_texts(about: Any, label: str) -> int:
    """Bytes of all texts that a parquet file's metadata tells of.

    DataError where a column's cells are longer than any answer, or packed as only bombs are.
    """
    texts = 0
    for place in range(about.num_row_groups):
        group = about.row_group(place)
        if group.total_byte_size <= EASY:  # most of all groups; their columns need no look
            continue
        for column in map(group.column, range(group.num_columns)):
            if column.physical_type != "BYTE_ARRAY":
                continue
            size, cells, packed = column.total_uncompressed_size, column.num_values, column.total_compressed_size
            texts += size
            name = cleaned(column.path_in_schema)
            if size > EASY and size > LONGEST * cells:
                raise _too_long(label, name)
            if size > EASY + SHORT * cells and size > RATIO * packed:
                raise _swollen(label, name, size, packed)
    return texts


def checked_words(name: str, longest: int, size: int, packed: int, label: str) -> None:
    """DataError where the distinct texts of a column hold one too long, or swell as no texts do that differ."""
    if longest > LONGEST:
        raise _too_long(label, cleaned(name))
    if size > EASY and size > RATIO * packed:
        raise _swollen(label, cleaned(name), size, packed)


def _too_long(label: str, name: str) -> DataError:
    return DataError(
        f"{label}: column {name}: a text of more than {LONGEST:,} bytes, which is the most that is read of a cell. "
        f"{MEND}"
    )


def _swollen(label: str, name: str, size: int, packed: int) -> DataError:
    return DataError(
        f"{label}: column {name}: {size / 1e6:,.0f} MB of text in {packed:,} bytes, as in files that are made to fill "
        f"a machine's memory. {MEND}"
    )
