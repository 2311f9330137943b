"""Extent: how large a file says it is, before any of it is read."""

from pathlib import Path

from pyarrow import parquet

from mentorstudy.nouns.errors import DataError

ROWS, COLUMNS = 2_000_000, 16_384
CELLS = 250_000_000
EASY_CELLS, DENSE = 25_000_000, 100  # cells that any file may have, and beyond that for each of its bytes


def rows_told(path: Path, encoding: str | None = None) -> tuple[int, int]:
    """Rows and columns of a .sav, .zsav, .dta or .parquet file as its metadata tells; -1 rows where it does not."""
    if path.suffix.lower() == ".parquet":
        about = parquet.read_metadata(path)
        return about.num_rows, about.num_columns
    import pyreadstat  # noqa: PLC0415 - 0.14 s that a CSV need not pay

    reader = pyreadstat.read_dta if is_stata(path) else pyreadstat.read_sav
    _, meta = reader(str(path), metadataonly=True, encoding=encoding)
    return -1 if meta.number_rows is None else meta.number_rows, meta.number_columns or 0


def is_stata(path: Path) -> bool:
    """Whether a statistical file is Stata's, whatever its name: SPSS' begin with $FL."""
    with path.open("rb") as file:
        return file.read(3) != b"$FL"


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
