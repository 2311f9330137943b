"""Apostrophes: the sign some tools write before a cell that a spreadsheet would take for a formula."""

import re
from dataclasses import replace

from mentorstudy.reading.table import Table

GUARDED = re.compile(r"'(?=[=+\-@])")


def without_apostrophes(table: Table) -> Table:
    """The table with the apostrophe before = + - @ taken off; the columns where one stood are noted."""
    cells = {}
    for name, column in table.columns.items():
        if any(map(GUARDED.match, column.words)):
            cells[name] = replace(column, words=tuple(GUARDED.sub("", word, count=1) for word in column.words))
    if not cells:
        return table
    places = ", ".join(str(table.fields[name].place) for name in cells)
    said = f"An apostrophe before = + - or @ is taken off in column{'s' if len(cells) > 1 else ''} {places}."
    return replace(table, columns=table.columns | cells, notes=(*table.notes, said))
