"""Repeats: rows of a form's repeat group, which stand on a sheet of their own, beside those of their response."""

from collections.abc import Callable, Sequence

Rows = list[list[object]]

PARENT, PARENT_SHEET, INDEX = "_parent_index", "_parent_table_name", "_index"
SHEET_NAME = 31  # signs that a workbook keeps of a sheet's name
DEEPEST = 5  # groups within groups


def is_repeat(header: Sequence[object]) -> bool:
    """Whether the headers are those of a repeat group, whose rows name the row they belong to."""
    return PARENT in header and INDEX in header


def with_parents(
    rows: Rows, sheets: Sequence[str], read: Callable[[str], Rows], *, depth: int = 0
) -> tuple[Rows, int]:
    """The rows with the cells of the row each belongs to, and how many belong to none.

    `rows` begin with their headers; `read` gives those of another of the `sheets`. A header that both have keeps the
    repeat group's own cells.
    """
    header = rows[0]
    if not is_repeat(header) or depth > DEEPEST:
        return rows, 0
    at = header.index(PARENT)
    parent = _parent(rows, sheets, read)
    if not parent:
        return rows, len(rows) - 1
    above, lost = with_parents(parent, sheets, read, depth=depth + 1)
    place = above[0].index(INDEX)
    more = [column for column, name in enumerate(above[0]) if name and name not in header]
    by_index = {_number(row[place]): [row[column] for column in more] for row in above[1:]}
    nothing: list[object] = [""] * len(more)
    joined = [row + by_index.get(_number(row[at]), nothing) for row in rows[1:]]
    lost += sum(_number(row[at]) not in by_index for row in rows[1:])
    return [header + [above[0][column] for column in more], *joined], lost


def _parent(rows: Rows, sheets: Sequence[str], read: Callable[[str], Rows]) -> Rows:
    """The sheet that the rows name; where they name none, the only one that is no repeat group."""
    header = rows[0]
    if PARENT_SHEET in header and len(rows) > 1:
        name = str(rows[1][header.index(PARENT_SHEET)])[:SHEET_NAME]
        if name in sheets:
            found = read(name)
            return found if found and INDEX in found[0] and found[0] != header else []
    mains = [found for name in sheets if (found := read(name)) and INDEX in found[0] and not is_repeat(found[0])]
    return mains[0] if len(mains) == 1 else []


def _number(cell: object) -> str:
    """An index as a workbook writes it, 3 or 3.0, in one spelling."""
    return str(int(cell)) if isinstance(cell, float) and cell.is_integer() else str(cell)
