"""Markup tables: the tables of an HTML page, each cell in the columns and rows that it spans."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError

CELLS, BREAKS, FORMS = ("td", "th"), ("br", "p", "div", "li"), ("form", "input")
MOST_ACROSS, MOST_DOWN = 1_000, 65_534  # that browsers let a cell span
SPANNED, FREE_BOX = 8, 1_000_000  # places that cells may span for each one that is written, and beyond that anyway
NUMBER = re.compile(r"\s*([0-9]{1,9})")
MEND = "Open it in the spreadsheet's program and save the table as .xlsx, or export it as CSV."


@dataclass(slots=True)
class Row:
    """The cells of one row as they are written."""

    cells: list[str] = field(default_factory=list)
    spans: dict[int, tuple[int, int]] = field(default_factory=dict)  # columns and rows, where a cell takes several
    names: int = 0  # cells that the page itself calls headers

    @property
    def grouped(self) -> bool:
        """Whether a cell stands over several columns."""
        return any(across > 1 for across, _ in self.spans.values())

    @property
    def lone(self) -> bool:
        """Whether it is one cell over several columns, as of a title or a sum."""
        return self.grouped and len(self.cells) == 1


@dataclass(slots=True)
class PageTable:
    """One table of a page, while it is read."""

    rows: list[Row] = field(default_factory=list)
    in_cell: bool = False
    closed: bool = False
    outer: bool = False  # another table lies in one of its cells

    @property
    def of_data(self) -> bool:
        """Whether it can hold records: tables of one row or column only place things on the page."""
        return sum(len(row.cells) > 1 and any(map(str.strip, row.cells)) for row in self.rows) > 1


class Tables(HTMLParser):
    """The rows of every table of a page; the page is parsed and nothing in it is run."""

    def __init__(self) -> None:
        """Nothing read yet."""
        super().__init__(convert_charrefs=True)
        self.tables: list[PageTable] = []
        self.forms = 0
        self._within: list[PageTable] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """A table, row, cell or line begins."""
        self.forms += tag in FORMS
        table = self._within[-1] if self._within else PageTable()
        if tag == "table":
            table.outer |= table.in_cell
            self.tables.append(PageTable())
            self._within.append(self.tables[-1])
        elif tag == "tr":
            table.rows.append(Row())
            table.in_cell = False
        elif tag in CELLS and table.rows:
            row, said = table.rows[-1], dict(attrs)
            span = _span(said.get("colspan"), MOST_ACROSS), _span(said.get("rowspan"), MOST_DOWN)
            if span != (1, 1):
                row.spans[len(row.cells)] = span
            row.names += tag == "th"
            row.cells.append("")
            table.in_cell = True
        elif tag in BREAKS and table.in_cell:
            table.rows[-1].cells[-1] += "\n"

    def handle_endtag(self, tag: str) -> None:
        """A table or cell ends."""
        if tag == "table" and self._within:
            self._within.pop().closed = True
        elif tag in CELLS and self._within:
            self._within[-1].in_cell = False

    def handle_data(self, data: str) -> None:
        """Text, of which that in cells is kept."""
        if self._within and self._within[-1].in_cell:  # a line feed in the source is but a space on the page
            self._within[-1].rows[-1].cells[-1] += data.replace("\n", " ")

    def updatepos(self, i: int, j: int) -> int:  # noqa: ARG002 - as the parser calls it
        """Lines are not counted, which nobody asks for and takes a tenth of the time."""
        return j

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """What Excel writes as <![if ...]>, and anything like it, is a comment, as it is to browsers."""
        return self.parse_bogus_comment(i, report)


def laid_out(rows: Sequence[Row], label: str) -> list[list[str]]:
    """The text at each place of the table, row by row, up to the last column that a row reaches.

    A cell that spans rows stands in each of them; one that spans columns, in the first, as in a workbook.
    """
    laid: list[list[str]] = []
    plain = {cell: _plain(cell) for cell in {cell for row in rows for cell in row.cells}}
    below: dict[int, tuple[int, str]] = {}  # by column: rows that a cell from above still takes, and its text
    places, most = 0, SPANNED * sum(len(row.cells) for row in rows) + FREE_BOX
    for row in rows:
        here = {at: text for at, (_, text) in below.items()}
        below = {at: (left - 1, text) for at, (left, text) in below.items() if left > 1}
        at = 0
        for place, cell in enumerate(row.cells):
            while at in here:
                at += 1
            across, down = row.spans.get(place, (1, 1))
            for step in range(across):
                here[at + step] = plain[cell] if not step else ""
                if down > 1:
                    below[at + step] = (down - 1, here[at + step])
            at += across
            if places + at > most:
                break
        width = max(here, default=-1) + 1
        places += width
        if places > most:
            raise spans_too_far(label)
        laid.append([here.get(at, "") for at in range(width)])
    return laid


def spans_too_far(label: str) -> DataError:
    """What is said of cells that span more than there can be."""
    return DataError(f"{label}: its cells span far more columns and rows than it has. {MEND}")


def _span(value: str | None, most: int) -> int:
    """The columns or rows that an attribute gives to a cell."""
    found = NUMBER.match(value or "")
    return min(max(int(found[1]), 1), most) if found else 1


def _plain(text: str) -> str:
    """The text as a browser shows it."""
    return cleaned("\n".join(" ".join(line.split()) for line in text.split("\n"))).strip()
