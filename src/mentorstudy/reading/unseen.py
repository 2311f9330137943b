"""Unseen: cells from which signs that nobody can see were dropped, told by their rows and the signs' code points."""

from collections.abc import Iterator

from mentorstudy.nouns.errors import Fault
from mentorstudy.reading.grid import Grid
from mentorstudy.reading.table import Table

DROPPED = "which cannot be seen and were dropped, so that ids and answers are met without them"


def unseen(grid: Grid, table: Table) -> Iterator[str]:
    """A note for each column of the table whose cells held any, headers and people's own texts set aside."""
    for name, about in table.fields.items():
        if not 0 < about.place <= len(grid.columns) or about.kind == "text":
            continue
        column = grid.columns[about.place - 1]
        places = column.unseen[column.unseen >= table.header_rows]
        if len(places) and name in table.columns:
            [called] = table.told([name])
            count = f"{len(places):,} cell{'s' * (len(places) > 1)}"
            yield Fault.of(
                f"{count} with {', '.join(f'U+{ord(sign):04X}' for sign in column.signs)}, {DROPPED}.",
                file=table.file,
                rows=grid.rows[places].tolist(),
                column=called,
            )
