"""Workbook: the one table of a workbook, each cell as the text it stands for."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

import numpy as np
from python_calamine import CalamineError, CalamineSheet, CalamineWorkbook, SheetVisibleEnum

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.nouns.flow import about
from mentorstudy.reading.containers.guard import guarded
from mentorstudy.reading.containers.repeats import is_repeat, with_parents
from mentorstudy.reading.grid import Column, Grid, as_in

ZIP = b"PK\x03\x04"
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
EXACT = 1e15  # from here on a workbook has lost the last digits of a number
JUDGED = 200  # rows that the headers are looked for in
TITLE = 2  # cells that a line above the headers may have
SERIALS = (10_000, 80_000)  # days as numbers, 1927 to 2119
DAY_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}([ T].*)?|[0-9]{1,2}[./-][0-9]{1,2}[./-][0-9]{2,4}")
HIDDEN_ROW = re.compile(rb'<row [^>]*hidden="(?:1|true)"')
ERROR = re.compile(rb'<c [^>]*t="e"')
NO_RESULT = re.compile(rb"</f>(?:<v */>|<v></v>)?</c>")


@dataclass(slots=True)
class _Words:
    """The cells of one column, dictionary-encoded while they are read."""

    place: dict[str, int] = field(default_factory=dict)
    codes: list[int] = field(default_factory=list)
    dates: bool = False
    numbers: set[str] = field(default_factory=set)

    def add(self, cell: object, noticed: dict[str, int]) -> None:
        word = _text(cell, noticed)
        if isinstance(cell, date):
            self.dates = True
        elif isinstance(cell, float):
            self.numbers.add(word)
        self.codes.append(self.place.setdefault(word, len(self.place)))


def read_workbook(raw: bytes, label: str, sha256: str, settings: File) -> Grid:
    """The cells of the one sheet that is a table, or of the one that `settings` names.

    Dates are ISO texts, whole numbers have no decimals, cells in error are empty; what was left out is noted. Raises
    DataError where the workbook is damaged, protected or made to explode, or where several sheets are tables.
    """
    if raw.startswith(ZIP):
        guarded(raw, label)
    elif ENCRYPTED in raw:
        raise DataError(f"{label}: the workbook is protected by a password: save it without.")
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(raw))
        sheet, notes = _chosen(book, label, settings)
        rows = _cells(book, sheet.name)
        first = _headers(rows)
        notes += _joined(book, sheet.name, rows, first)
    except (CalamineError, OSError, ValueError, zipfile.BadZipFile) as error:
        locked = "password" in str(error).lower()
        mend = "It is protected by a password: save it without." if locked else "It is damaged: download it again."
        raise DataError(f"{label}: the workbook cannot be read. {mend}") from None
    noticed: dict[str, int] = {}
    columns = [_Words() for _ in rows[first]]
    for row in rows[first:]:
        for words, cell in zip(columns, row, strict=True):
            words.add(cell, noticed)
    notes += [f"what stands above the headers was left out; they are in row {first + 1}"] if first else []
    notes += _unseen(raw, book.sheet_names.index(sheet.name)) if raw.startswith(ZIP) else []
    notes += [f"{said}: {count} cells" for said, count in noticed.items()]
    made = [_column(str(at), words, notes) for at, words in enumerate(columns)]
    kept = [column for column in made if any(column.words)]
    return Grid(
        file=label,
        sha256=sha256,
        columns=tuple(kept),
        rows=np.arange(first + 1, len(rows) + 1),
        container="excel",
        preamble=first,
        notes=tuple(f"{label}: {note}." for note in notes),
    )


def _cells(book: CalamineWorkbook, name: str) -> list[list[object]]:
    return [list(row) for row in book.get_sheet_by_name(name).to_python(skip_empty_area=False)]


def _joined(book: CalamineWorkbook, name: str, rows: list[list[object]], first: int) -> list[str]:
    """Set the rows of a repeat group beside those they belong to, in place; what is to be told of it."""
    if not rows or not is_repeat(rows[first]):
        return []
    rows[first:], lost = with_parents(rows[first:], book.sheet_names, lambda other: _cells(book, other))
    notes = [f"sheet {cleaned(name)} is a repeat group; its rows were joined to those of their responses"]
    return notes + ([f"{about(lost)} rows of it belong to no response in the file"] if lost else [])


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


def _headers(rows: Sequence[Sequence[object]]) -> int:
    """The row that holds the headers: what stands above has but a cell or two where the table has more."""
    filled = [sum(cell != "" for cell in row) for row in rows[:JUDGED]]
    widest = max(filled, default=0)
    enough = widest if widest <= TITLE else min(TITLE + 1, (widest + 1) // 2)
    return next((at for at, count in enumerate(filled) if count >= enough > 0), 0)


def _text(cell: object, noticed: dict[str, int]) -> str:
    """The text a cell stands for."""
    if isinstance(cell, str):
        return cleaned(cell.replace("\r\n", "\n").replace("\r", "\n")).strip()
    if isinstance(cell, bool):
        return str(cell)
    if isinstance(cell, int | float):
        if abs(cell) >= EXACT:
            _notice(noticed, "numbers of more than 15 digits, of which a workbook keeps 15; export ids as text")
        return str(int(cell)) if float(cell).is_integer() else repr(float(cell))
    if isinstance(cell, timedelta):
        return str(cell)
    if isinstance(cell, datetime | date | time):
        return cell.isoformat()
    return str(cell)


def _notice(noticed: dict[str, int], said: str) -> None:
    noticed[said] = noticed.get(said, 0) + 1


def _column(name: str, words: _Words, notes: list[str]) -> Column:
    """The column; numbers among its days become the days that a spreadsheet means by them."""
    texts = list(words.place) or [""]
    days = words.dates or any(DAY_SHAPE.fullmatch(text) for text in texts)
    serial = {text for text in words.numbers if text.isdigit() and SERIALS[0] <= int(text) <= SERIALS[1]}
    if days and words.numbers and serial == words.numbers:
        texts = [str(np.datetime64("1899-12-30") + int(text)) if text in serial else text for text in texts]
        notes.append(f"column {int(name) + 1} holds days as a spreadsheet numbers them, read as days")
    codes = np.array(words.codes, dtype=np.min_scalar_type(-len(texts) - 1))
    return Column(name=name, codes=codes, words=tuple(texts))


def _unseen(raw: bytes, index: int) -> Iterator[str]:
    """What a sheet holds that its cells do not show, with how often."""
    part = f"xl/worksheets/sheet{index + 1}.xml"
    with zipfile.ZipFile(io.BytesIO(raw)) as archive:
        text = archive.read(part) if part in archive.namelist() else b""
    if hidden := len(HIDDEN_ROW.findall(text)):
        yield f"hidden rows were read like the others: {hidden}"
    if errors := len(ERROR.findall(text)):
        yield f"errors of the spreadsheet count as empty: {errors} cells"
    if formulas := len(NO_RESULT.findall(text)):
        yield (
            f"formulas without a result count as empty: {formulas} cells. Open and save it in the spreadsheet's program"
        )
