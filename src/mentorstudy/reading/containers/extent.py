"""Extent: how large a file says it is, before any of it is read."""

from mentorstudy.nouns.errors import DataError

ROWS, COLUMNS = 2_000_000, 16_384
CELLS = 250_000_000
EASY_CELLS, DENSE = 25_000_000, 100  # cells that any file may have, and beyond that for each of its bytes


def checked(rows: int, columns: int, label: str, packed: int | None = None) -> None:
    """DataError where a file is larger than any survey, or where the bytes that it is `packed` in are too few."""
    if rows > ROWS:
        raise DataError(
            f"{label}: {rows:,} rows; {ROWS:,} is the limit. Export one survey and one period to a file."
        )
    if columns > COLUMNS:
        raise DataError(f"{label}: {columns:,} columns; {COLUMNS:,} is the limit. Export only the survey's own.")
    if rows * columns > CELLS:
        raise DataError(
            f"{label}: {rows:,} rows of {columns:,} columns; {CELLS:,} cells are the limit. Export only the columns "
            "that the study needs."
        )
    if packed is not None and rows * columns > max(EASY_CELLS, DENSE * packed):
        raise DataError(
            f"{label}: {rows:,} rows of {columns:,} columns in {packed:,} bytes, as in files that are made to fill a "
            "machine's memory. Export only the columns that the study needs."
        )
