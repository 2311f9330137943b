"""Workbook: the one table of a workbook, each cell as the text it stands for."""

import io
import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import chain, islice

import numpy as np
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from mentorstudy.nouns.cleaning import cleaned, unseen_in
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.nouns.flow import about
from mentorstudy.reading.containers.above import JUDGED, below_thin, header_row, left_above
from mentorstudy.reading.containers.book import Book, book_of
from mentorstudy.reading.containers.merged import in_each_row, is_grouped, over_rows
from mentorstudy.reading.containers.repeats import is_repeat, with_parents
from mentorstudy.reading.containers.sheet import Range, Sheet
from mentorstudy.reading.grid import SAFE, Column, Grid, as_in, decimal

EXACT = 1e15  # from here on a workbook has lost the last digits of a number
FROM_1899, FROM_1904 = np.datetime64("1899-12-30"), np.datetime64("1904-01-01")
PANIC = "PanicException"  # of the reader's own language, and no Exception of Python's
DAMAGED = "It is damaged: download it again."
SERIALS = (10_000, 80_000)  # days as numbers, 1927 to 2119
DAY_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}")


@dataclass(slots=True)
class _Words:
    """The cells of one column, dictionary-encoded while they are read."""

    place: dict[str, int] = field(default_factory=dict)
    codes: list[int] = field(default_factory=list)
    dates: int = 0  # cells, as are the numbers
    numbers: dict[str, int] = field(default_factory=dict)
    unseen: dict[int, str] = field(default_factory=dict)  # by row, the signs that a cell lost

    def add(self, cell: object, noticed: dict[str, int]) -> None:
        word = _text(cell, noticed)
        if isinstance(cell, date):
            self.dates += 1
        elif isinstance(cell, float | int) and not isinstance(cell, bool):
            self.numbers[word] = self.numbers.get(word, 0) + 1
        elif isinstance(cell, str) and len(cell) > len(word) and (signs := unseen_in(cell)):
            self.unseen[len(self.codes)] = signs
        self.codes.append(self.place.setdefault(word, len(self.place)))


def read_workbook(raw: bytes, label: str, settings: File) -> Grid:
    """The cells of the one sheet that is a table, or of the one that `settings` names.

    Dates are ISO texts, whole numbers have no decimals, cells in error are empty; what was left out is noted. Raises
    DataError where the workbook is damaged, protected or made to explode, or where several sheets are tables.
    """
    told = book_of(raw, label)
    noticed: dict[str, int] = {}
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(told.raw))
        sheet, notes = _chosen(book, label, settings)
        held = told.sheet(sheet.name, book.sheet_names)
        merged = sheet.merged_cell_ranges or (held.merged if held else [])
        first, rows = _table(sheet, merged)
        rows, joined = _joined(book, sheet.name, rows)
        header = next(rows, [])
        columns = [_Words() for _ in header]
        for row in chain([header], rows):
            for words, cell in zip(columns, row, strict=True):
                words.add(cell, noticed)
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        locked = "password" in str(error).lower()
        mend = "It is protected by a password: save it without." if locked else DAMAGED
        raise DataError(f"{label}: the workbook cannot be read. {mend}") from None
    except BaseException as error:
        if type(error).__name__ != PANIC:
            raise
        raise DataError(f"{label}: the workbook cannot be read. {DAMAGED}") from None
    notes += joined
    notes += left_above(first, first + 1)
    notes += _unseen(held) if held else []
    spanning = over_rows(merged, first + 1)
    notes += [f"merged cells that span rows were read in each of them: {spanning}"] if spanning else []
    notes += [f"{said}: {count} cells" for said, count in noticed.items()]
    left = _left(sheet)
    made = [_column(place, words, notes, told) for place, words in enumerate(columns, left)]
    kept = [column for column in made if any(column.words)]
    return Grid(
        file=label,
        columns=tuple(kept),
        rows=first + 1 + np.arange(len(made[0].codes) if made else 0),
        container="excel",
        preamble=first,
        grouped=is_grouped(merged, first),
        notes=tuple(f"{label}: {note}." for note in notes),
    )


def _table(sheet: CalamineSheet, merged: Sequence[Range]) -> tuple[int, Iterator[list[object]]]:
    """How many rows stand above the headers, and the rows from there on, of which none is kept."""
    rows = map(list[object], sheet.iter_rows())
    head = list(islice(rows, JUDGED))
    filled = [sum(cell != "" for cell in row) for row in head]
    first = header_row(filled)
    first = first if is_grouped(merged, first) else below_thin(head, first)
    first -= first > 0 and filled[first - 1] > 1 and is_grouped(merged, first - 1)  # names of groups, and no title
    return first, in_each_row(chain(head[first:], rows), merged, first=first, left=_left(sheet))


def _left(sheet: CalamineSheet) -> int:
    """The first column that has any cell."""
    return sheet.start[1] if sheet.start else 0


def _cells(book: CalamineWorkbook, name: str) -> list[list[object]]:
    return [list(row) for row in book.get_sheet_by_name(name).iter_rows()]


def _joined(
    book: CalamineWorkbook, name: str, rows: Iterator[list[object]]
) -> tuple[Iterator[list[object]], list[str]]:
    """The rows of a repeat group beside those they belong to, any others as they are; what is to be told of it."""
    header = next(rows, [])
    if not is_repeat(header):
        return chain([header], rows), []
    joined, lost = with_parents([header, *rows], book.sheet_names, lambda other: _cells(book, other))
    notes = [f"sheet {cleaned(name)} is a repeat group; its rows were joined to those of their responses"]
    return iter(joined), notes + ([f"{about(lost)} rows of it belong to no response in the file"] if lost else [])


def _chosen(book: CalamineWorkbook, label: str, settings: File) -> tuple[CalamineSheet, list[str]]:
    """The sheet to read, and what is to be told of the others."""
    repeated: list[str] = []
    hidden = [one.name for one in book.sheets_metadata if one.visible != SheetVisibleEnum.Visible]
    if settings.sheet and settings.sheet in book.sheet_names:
        return book.get_sheet_by_name(settings.sheet), []
    sheets = {name: book.get_sheet_by_name(name) for name in book.sheet_names if name not in hidden}
    filled = {name: sheet for name, sheet in sheets.items() if sheet.height}
    tables = [name for name, sheet in filled.items() if sheet.height > 1 and sheet.width > 1] or list(filled)
    if len(tables) > 1 and not settings.sheet:
        repeats = [name for name in tables if is_repeat(next(iter(filled[name].to_python(nrows=1)), []))]
        if len(tables) == len(repeats) + 1:
            tables = [name for name in tables if name not in repeats]
            mend = as_in(settings.path, "sheet", cleaned(repeats[0]))
            repeated = [f"its repeat groups are {', '.join(map(cleaned, repeats))}; to read one, name it, {mend}"]
    if settings.sheet or len(tables) != 1:
        listed = ", ".join(f"{cleaned(name)} ({sheet.height} rows)" for name, sheet in filled.items())
        raise DataError(
            f"{label}: say which sheet to read, under [files] in plan.toml, {as_in(settings.path, 'sheet', '...')}. "
            f"Sheets: {listed or 'none with rows'}."
        )
    others = [name for name in filled if name != tables[0]]
    notes = [f"sheet {cleaned(tables[0])} was read, and not {', '.join(map(cleaned, others))}"] if others else []
    notes += repeated
    notes += [f"hidden sheets were not read: {', '.join(map(cleaned, hidden))}"] if hidden else []
    return sheets[tables[0]], notes


def _text(cell: object, noticed: dict[str, int]) -> str:
    """The text a cell stands for."""
    if isinstance(cell, str):
        return cleaned(cell.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        if abs(cell) >= EXACT:
            _notice(noticed, "numbers of more than 15 digits, of which a workbook keeps 15; export ids as text")
        return str(int(cell)) if float(cell).is_integer() else decimal(float(cell))
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)


def _notice(noticed: dict[str, int], said: str) -> None:
    noticed[said] = noticed.get(said, 0) + 1


def _column(place: int, words: _Words, notes: list[str], told: Book) -> Column:
    """The column; numbers among its days, where most cells are such, become the days that a spreadsheet means."""
    texts = list(words.place) or [""]
    codes = np.array(words.codes, dtype=np.min_scalar_type(-len(texts) - 1))
    serial = {text for text in words.numbers if text.isdigit() and SERIALS[0] <= int(text) <= SERIALS[1]}
    if serial and len(serial) == len(words.numbers):
        shaped = np.array([bool(DAY_SHAPE.fullmatch(text)) for text in texts])
        days = max(words.dates, int(shaped[codes].sum()))
        late = told.from_1904() if days >= sum(words.numbers.values()) else None
        if late is not None:
            begun = FROM_1904 if late else FROM_1899
            texts = [str(begun + int(text)) if text in serial else text for text in texts]
            notes.append(f"column {place + 1} holds days as a spreadsheet numbers them, read as days")
    if rounded := _rounded(words.numbers):
        texts = [f"{int(text):.16E}" if text in rounded else text for text in texts]
    unseen, signs = np.array(list(words.unseen), dtype=np.int64), "".join(sorted({*"".join(words.unseen.values())}))
    return Column(name=str(place), codes=codes, words=tuple(texts), unseen=unseen, signs=signs)


def _rounded(numbers: Iterable[str]) -> set[str]:
    """Numbers that may have lost their last digits, to be written so that no id is taken for whole.

    Up to 2^53 programs other than the spreadsheet itself keep every digit, and then not all of them end in 0.
    """
    long = {text for text in numbers if text.lstrip("-").isdecimal() and abs(int(text)) >= EXACT}
    whole = all(abs(int(text)) <= SAFE for text in long) and not all(text.endswith("0") for text in long)
    return set() if whole else long


def _unseen(sheet: Sheet) -> Iterable[str]:
    """What a sheet holds that its cells do not show, with how often."""
    if sheet.hidden:
        yield f"hidden rows were read like the others: {sheet.hidden}"
    if sheet.errors:
        yield f"errors of the spreadsheet count as empty: {sheet.errors} cells"
    if sheet.unfinished:
        yield (
            f"formulas without a result count as empty: {sheet.unfinished} cells. Open and save it in the "
            "spreadsheet's program"
        )
    if sheet.zeros:
        yield (
            f"formulas that seem never to have been calculated are read as 0: {sheet.zeros} cells. Open and save it in "
            "the spreadsheet's program"
        )
