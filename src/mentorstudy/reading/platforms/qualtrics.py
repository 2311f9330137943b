"""Qualtrics CSV: three header rows (name, wording, import id), and rows that are no answers."""

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import Grid
from mentorstudy.reading.table import Table, with_headers

HEADER_ROWS = 3
NOT_ANSWERS = {  # Status, as text and as number
    "preview": {"Survey Preview", "1"},
    "test": {"Survey Test", "2"},
    "spam": {"Spam", "8"},
}


def is_qualtrics(grid: Grid) -> bool:
    """True where the third row holds import ids."""
    return grid.height >= HEADER_ROWS and "ImportId" in "".join(grid.row(HEADER_ROWS - 1))


def read_qualtrics(grid: Grid, _: File) -> Table:
    """The responses; previews, tests and spam are left out and counted."""
    if not is_qualtrics(grid):
        raise DataError(
            f"{grid.file}: row 3 holds no Qualtrics import ids. Export it again as CSV with all three header rows, "
            'or write format = "table" for this file in plan.toml.'
        )
    table = with_headers(grid, header_rows=HEADER_ROWS)
    for reason, words in NOT_ANSWERS.items():
        if "Status" in table.columns:
            table = table.without(table.columns["Status"].among(words), reason)
    # Localised exports translate Status but not the channel.
    if "DistributionChannel" in table.columns:
        table = table.without(table.columns["DistributionChannel"].among({"preview"}), "preview")
    if not len(table.rows):
        raise DataError(f"{grid.file}: no answers, only previews and tests. Export it again, with all responses.")
    return table
