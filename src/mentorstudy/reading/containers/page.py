"""Page: a table of HTML saved under the name of a workbook, as some platforms write their "Excel" exports."""

import re
from collections.abc import Sequence

import numpy as np

from mentorstudy.nouns.errors import DataError, rows_told
from mentorstudy.reading.containers.above import JUDGED, even_or_refused, header_row, left_above
from mentorstudy.reading.containers.encodings import utf16_form
from mentorstudy.reading.containers.extent import checked
from mentorstudy.reading.containers.pagetables import (
    FREE_BOX,
    MEND,
    MOST_ACROSS,
    SPANNED,
    PageTable,
    Row,
    Tables,
    laid_out,
    spans_too_far,
)
from mentorstudy.reading.grid import Column, Grid

HEAD = 4096
LARGEST, MOST_CELLS = 64 << 20, 3_000_000  # bytes and cells; a larger one is no export of a survey
OPENS = re.compile("<[A-Za-z!/?]")
MOST_OPEN = 1_000  # signs that open a tag which none closes
CELLS = re.compile(r"<t[dh]\b", re.IGNORECASE)
TABLES = re.compile(r"<table\b", re.IGNORECASE)
MOST_TABLES = 1_000
TABLE_TAGS = re.compile(r"</?t(?:[dhr]|able|body|head)\b", re.IGNORECASE)
MOST_OTHERS, FREE_TAGS = 4, 100_000  # tags for each of a table's own, and beyond that anyway
TAGS = re.compile("<[^<>]*>")
LONG_TAG, FREE_SIGNS = 60, 5_000_000  # signs within a tag on the average, and beyond that anyway
FORMATS = re.compile(  # tags that only format: that is, have no attribute, and are none of those that the parser minds
    r"</?(?!(?:table|t[rdh]|br|p|div|li|form|input|script|style|title|textarea|xmp|iframe|noembed|noframes|noscript|"
    r"plaintext)\b)[a-z][a-z0-9:]*\s*/?>",
    re.IGNORECASE,
)
COLSPAN = re.compile(r"\bcolspan\s*=\s*[\"']?\s*([0-9]{1,9})", re.IGNORECASE)
CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


def read_page(raw: bytes, label: str) -> Grid:
    """The cells of the page's sole table, each in the columns and rows that it spans.

    What stands above the headers, and below them in one cell across the columns, is left out and noted. Raises
    DataError for a page to log in, for none or several tables, and for rows of unequal length.
    """
    if len(raw) > LARGEST:
        raise DataError(f"{label}: a web page of more than {LARGEST >> 20} MB, which is not read. {MEND}")
    table = _sole_table(raw, label)
    rows = laid_out(table.rows, label)
    first = _headers(table.rows, rows)
    width = len(rows[first])
    checked(len(rows) - first, width, label)
    filled = [at for at in range(first, len(rows)) if any(rows[at])]
    across = [at for at in filled[1:] if table.rows[at].lone and sum(map(bool, rows[at])) == 1]
    kept = sorted({*filled} - {*across})
    _even([(at + 1, len(rows[at])) for at in kept], width, label)
    cells = [rows[at] for at in kept]
    notes = ["a web page with one table, read as that table"]
    notes += [] if table.closed else ["the page ends within its table; if the download was cut, export it again"]
    notes += left_above(first, first + 1)
    told = rows_told([at + 1 for at in across])
    notes += [f"row {told}: one cell across the columns is no record and was left out"] if across else []
    return Grid(
        file=label,
        columns=tuple(_column(str(at), [row[at] for row in cells]) for at in range(width)),
        rows=np.array(kept) + 1,
        blanks=len(rows) - first - len(kept) - len(across),
        container="page",
        preamble=first,
        grouped=table.rows[first].grouped,
        notes=tuple(f"{label}: {note}." for note in notes),
    )


def _decoded(raw: bytes) -> str:
    """The page's text: UTF-16 or UTF-8 where it is so, else as the page says of itself, else as Windows writes."""
    if form := utf16_form(raw[:HEAD]):
        return raw.decode(form, "replace")
    said = CHARSET.search(raw[:HEAD])
    own = said[1].decode() if said else ""
    for encoding in ("utf-8-sig", "" if own.casefold().startswith("utf-16") else own, "cp1252"):
        try:
            return raw.decode(encoding)
        except (UnicodeError, LookupError):
            continue
    return raw.decode("latin-1")


def _sole_table(raw: bytes, label: str) -> PageTable:
    """The page's one table of data."""
    text = _decoded(raw)
    if _unclosed(text) > MOST_OPEN:  # the parser looks for the end of each of them
        raise DataError(f"{label}: a web page that is damaged. Export it again.")
    text = FORMATS.sub("", text)  # twenty times as quick as the parser, which would only pass over them
    _judged(text, label)
    page = Tables()
    page.feed(text)
    page.close()
    tables = [table for table in page.tables if table.of_data]
    if page.forms or not tables:
        raise DataError(f"{label}: a web page was saved instead of the export. Log in and export it again.")
    if len(tables) > 1 or tables[0].outer:
        raise _several(label)
    return tables[0]


def _unclosed(text: str) -> int:
    """How many tags open that none closes, at least."""
    closed = text.count(">")
    if text.count("<") <= closed:
        return 0
    return sum(1 for _ in OPENS.finditer(text)) - closed


def _judged(text: str, label: str) -> None:
    """DataError where a page has far more tags, tables or spanned columns than cells, or tags longer than a page's.

    All of it is counted before any is parsed.
    """
    tags = text.count("<")
    if tags > FREE_TAGS and tags > MOST_OTHERS * sum(1 for _ in TABLE_TAGS.finditer(text)) + FREE_TAGS:
        raise DataError(f"{label}: a web page of {tags:,} tags, of which few are a table's. {MEND}")
    if len(text) > FREE_SIGNS:
        within = sum(len(found[0]) for found in TAGS.finditer(text))
        if within > LONG_TAG * tags + FREE_SIGNS:
            raise DataError(f"{label}: a web page of {within / 1e6:,.0f} MB within its {tags:,} tags. {MEND}")
    if sum(1 for _ in TABLES.finditer(text)) > MOST_TABLES:
        raise _several(label)
    cells = sum(1 for _ in CELLS.finditer(text))
    if cells > MOST_CELLS:
        raise DataError(f"{label}: a web page of {cells:,} cells; {MOST_CELLS:,} are the limit. {MEND}")
    across = sum(min(int(found[1]), MOST_ACROSS) for found in COLSPAN.finditer(text))
    if across > FREE_BOX and across > SPANNED * cells + FREE_BOX:
        raise spans_too_far(label)


def _several(label: str) -> DataError:
    return DataError(f"{label}: a web page with several tables, beside or within one another. {MEND}")


def _headers(rows: Sequence[Row], laid: Sequence[Sequence[str]]) -> int:
    """The row that holds the headers, or the names of groups of columns just above them."""
    filled = {at: sum(map(bool, cells)) for at, cells in enumerate(laid) if any(cells)}
    judged = list(filled)[:JUDGED]
    place = header_row([filled[at] for at in judged])
    above = judged[place - 1] if place else None
    return above if above is not None and rows[above].grouped and filled[above] > 1 else judged[place]


def _even(widths: Sequence[tuple[int, int]], width: int, label: str) -> None:
    """DataError with every row, by its number, that is not as wide as the headers."""
    uneven: dict[int, list[int]] = {}
    for row, cells in widths:
        if cells != width:
            uneven.setdefault(cells, []).append(row)
    even_or_refused(uneven, width, label, mend="else export it as CSV.")


def _column(name: str, cells: Sequence[str]) -> Column:
    words = {word: place for place, word in enumerate(dict.fromkeys(cells))}
    return Column(name=name, codes=np.array([words[cell] for cell in cells], dtype=np.int32), words=tuple(words))
