"""OpenDocument: the sheets of an .ods file, whose rows and cells may each stand for many, counted in pieces."""

import re
from collections.abc import Iterable
from itertools import pairwise

from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.containers.sheet import MEND, MOST_CELLS, MOST_SIGNS, Sheet

TAG = re.compile(rb"<(?:\w+:)?(table|table-row|table-cell|covered-table-cell|s)(\s[^>]*?)?(/?)>")
SPACES = re.compile(rb"\s*(?:(?:\w+:)?c\s*=\s*[\"']([0-9]{1,9})[\"']\s*)?")
TIMES = re.compile(rb"number-(?:rows|columns)-repeated\s?=\s?[\"']([0-9]{1,12})[\"']")
SPANS = re.compile(rb"number-(rows|columns)-spanned\s?=\s?[\"']([0-9]{1,7})[\"']")
MOST_MERGED = 100_000  # of a sheet; beyond that nobody merged them by hand
NOT_SHOWN = re.compile(rb"visibility\s?=\s?[\"'](?:collapse|filter)[\"']")
ERROR = re.compile(rb"value-type\s?=\s?[\"']error[\"']")
LONGEST = 8 << 20  # bytes from one cell to the next


def sheets_in(pieces: Iterable[bytes], label: str) -> list[Sheet]:
    """What each sheet of the document holds; empty cells count for nothing, however many they stand for.

    Raises DataError for more cells than any survey has.
    """
    counting = _Counting(label)
    rest = b""
    for piece in pieces:
        text = rest + piece
        tags = list(TAG.finditer(text))
        for tag, following in pairwise(tags):  # what the last one holds may not be here yet
            counting.tag(tag, held=following.start() - tag.end())
        rest = text[tags[-1].start() if tags else max(text.rfind(b"<"), 0) :]
        if len(rest) > LONGEST:
            raise DataError(f"{label}: a part of it has no end within {LONGEST >> 20} MB. {MEND}")
    for tag in TAG.finditer(rest):
        counting.tag(tag, held=len(rest) - tag.end())
    return counting.sheets


class _Counting:
    """Where the tags have led to so far."""

    def __init__(self, label: str) -> None:
        self.label = label
        self.sheets: list[Sheet] = []
        self.row = self.column = 0
        self.row_times = 1
        self.times, self.spaces = 0, 0  # cells that the one at hand stands for, and spaces that it asks for

    def tag(self, tag: re.Match[bytes], *, held: int) -> None:
        """One start tag, and how many bytes follow before the next."""
        kind, attributes, empty = tag[1], tag[2] or b"", tag[3]
        if kind == b"table":
            self.sheets.append(Sheet(self.label))
            self.row = 0
        if not self.sheets:
            return
        sheet = self.sheets[-1]
        if kind == b"s":
            self._space(sheet, attributes, held)
            return
        found = TIMES.search(attributes)
        times = int(found[1]) if found else 1
        if kind == b"table-row":
            self.row, self.column, self.row_times = self.row + times, 0, times
            sheet.hidden += times if NOT_SHOWN.search(attributes) else 0
        elif kind != b"table":
            self.column += times
            self.times, self.spaces = times * self.row_times, 0
            if spans := dict(SPANS.findall(attributes)):
                self._merge(sheet, int(spans.get(b"rows", 1)), int(spans.get(b"columns", 1)))
            if not empty or b"value" in attributes:
                self._fill(sheet, self.times, held, bool(ERROR.search(attributes)))

    def _space(self, sheet: Sheet, attributes: bytes, held: int) -> None:
        """A run of spaces, which is written as its length; one whose length cannot be told is as long as none is."""
        found = SPACES.fullmatch(attributes)
        run = int(found[1] or 1) if found else MOST_SIGNS + 1
        self.spaces += run
        sheet.text += self.times * (run + held)
        sheet.asked += self.times * run
        sheet.judge_cell(self.spaces)

    def _merge(self, sheet: Sheet, rows: int, columns: int) -> None:
        if rows * columns > 1 and len(sheet.merged) < MOST_MERGED:
            row, column = self.row - 1, self.column - 1
            sheet.merged.append(((row, column), (row + rows - 1, column + columns - 1)))

    def _fill(self, sheet: Sheet, many: int, held: int, error: bool) -> None:
        sheet.cells += many
        sheet.text += many * held
        sheet.errors += many if error else 0
        sheet.rows, sheet.columns = max(sheet.rows, self.row), max(sheet.columns, self.column)
        if sheet.cells > MOST_CELLS:
            sheet.judge()
