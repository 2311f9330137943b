"""Above: where a table begins below a title, a date or a filter, whichever container it lies in."""

import re
from collections.abc import Mapping, Sequence

from mentorstudy.nouns.errors import DataError, Fault, raise_all, rows_told

JUDGED = 200  # rows that the headers are looked for in
TITLE = 2  # cells that a row above the headers may have
DATUM = re.compile(r"[-+]?[0-9]+([.,][0-9]+)*%?|[0-9]{1,4}([-./][0-9]{1,2}){1,2}([-./][0-9]{1,4})?([ T].*)?")
WIDE, PART = 4, 3  # columns of which headers may leave one nameless; a third is more than they leave
MOSTLY = 0.5


def header_row(filled: Sequence[int]) -> int:
    """The place of the headers, by how many cells each of the first rows fills: as many as half of the widest."""
    widest = max(filled, default=0)
    enough = widest if widest <= TITLE else min(TITLE + 1, (widest + 1) // 2)
    return next((at for at, count in enumerate(filled) if count >= enough > 0), 0)


def are_names(cells: Sequence[object]) -> bool:
    """Whether the cells can be headers: each is filled, none is twice, and none is a number or a day."""
    return len({*cells}) == len(cells) and all(map(_is_name, cells))


def below_thin(rows: Sequence[Sequence[object]], first: int) -> int:
    """The place of the headers where those at `first`, which leave columns with cells nameless, stand above them.

    Such are a title and its date, a filter, names of groups of columns. `rows` are the first of the sheet.
    """
    while (found := _fuller(rows, first)) > first:
        first = found
    return first


def _fuller(rows: Sequence[Sequence[object]], first: int) -> int:
    """The next row that names the columns which row `first` leaves nameless; `first` where none does."""
    held = [
        at for at, cells in enumerate(zip(*rows[first + 1 :], strict=True)) if any(cell != "" for cell in cells)
    ]
    thin = {at for at in held if rows[first][at] != ""}
    spare = len(held) >= WIDE
    for place in range(first + 1, len(rows)):
        named = {at for at in held if rows[place][at] != ""}
        if len(named) > len(thin) and len(named) >= len(held) - spare:
            return place if _are_headers(rows, first, place, held) else first
        if PART * (len(held) - len(named)) < len(held):  # a record with gaps, or headers of two rows
            return first
    return first


def _are_headers(rows: Sequence[Sequence[object]], first: int, place: int, held: Sequence[int]) -> bool:
    """Whether row `place` names the columns, and is no record below the headers `first`.

    Its cells are names and stand nowhere else in their columns. What tells it from a record of texts: columns of
    numbers or days below it, or that row `first` leaves many columns nameless or stands apart, as a title does.
    """
    above = {at: rows[first][at] for at in held if rows[first][at] != ""}
    names = {at: rows[place][at] for at in held if rows[place][at] != ""}
    below = {at: [row[at] for row in rows[place + 1 :] if row[at] != ""] for at in names}
    apart = place > first + 1 or not all(map(_is_name, above.values()))
    if not are_names([*names.values()]) or not any(below.values()) or not (apart or above.keys() <= names.keys()):
        return False
    if any(name in below[at] for at, name in names.items()):
        return False
    data = sum(sum(not _is_name(cell) for cell in cells) > MOSTLY * len(cells) for cells in below.values())
    nameless = len(held) - len(above)
    many = PART * nameless >= len(held) and (nameless > 1 or apart)
    return many or data > 1 or (apart and data > 0)


def _is_name(cell: object) -> bool:
    return isinstance(cell, str) and bool(told := cell.strip()) and not DATUM.fullmatch(told)


def left_above(rows: int, headers: int) -> list[str]:
    """What is to be told of so many rows above the headers, which stand in row `headers`."""
    return [f"what stands above the headers was left out; they are in row {headers}"] if rows else []


def named_or_refused(nameless: Sequence[int], row: int, label: str) -> None:
    """DataError where filled columns, by number, have no name of their own, since a header stands over several."""
    if nameless:
        said = (
            f"columns without a name of their own, below a header that spans several: {rows_told(nameless)}. Export "
            "it without grouped headers, or as CSV."
        )
        raise DataError(Fault.of(said, file=label, rows=[row]))


def even_or_refused(uneven: Mapping[int, Sequence[int]], width: int, label: str, *, mend: str) -> None:
    """DataError with every row, by its number, that is not as wide as the headers; `uneven` are rows by their cells."""
    said = (
        f"cells where the header has {width}. If it is the last row, the download was cut: export it again; {mend}"
    )
    raise_all(DataError, [Fault.of(f"{cells} {said}", file=label, rows=rows) for cells, rows in uneven.items()])
