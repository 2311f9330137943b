"""Above: where a table begins below a title, a date or a filter, whichever container it lies in."""

from collections.abc import Mapping, Sequence

from mentorstudy.nouns.errors import DataError, Fault, raise_all, rows_told

JUDGED = 200  # rows that the headers are looked for in
TITLE = 2  # cells that a row above the headers may have


def header_row(filled: Sequence[int]) -> int:
    """The place of the headers, by how many cells each of the first rows fills: as many as half of the widest."""
    widest = max(filled, default=0)
    enough = widest if widest <= TITLE else min(TITLE + 1, (widest + 1) // 2)
    return next((at for at, count in enumerate(filled) if count >= enough > 0), 0)


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
