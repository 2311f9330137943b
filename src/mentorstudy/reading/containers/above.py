"""Above: where a table begins below a title, a date or a filter, whichever container it lies in."""

from collections.abc import Sequence

JUDGED = 200  # rows that the headers are looked for in
TITLE = 2  # cells that a row above the headers may have


def header_row(filled: Sequence[int]) -> int:
    """The place of the headers, by how many cells each of the first rows fills: as many as half of the widest."""
    widest = max(filled, default=0)
    enough = widest if widest <= TITLE else min(TITLE + 1, (widest + 1) // 2)
    return next((at for at, count in enumerate(filled) if count >= enough > 0), 0)
