"""Page: a table of HTML saved under the name of a workbook, as some platforms write their "Excel" exports."""

import re
from html.parser import HTMLParser

CELLS = ("td", "th")
HEAD = 4096
CHARSET = re.compile(rb"charset\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)


class _Tables(HTMLParser):
    """The rows of every table of a page; the page is parsed and nothing in it is run."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tables: list[list[list[str]]] = []
        self.forms = 0
        self._open = False

    def handle_starttag(self, tag: str, _: object) -> None:
        if tag == "table":
            self.tables.append([])
        elif tag == "tr" and self.tables:
            self.tables[-1].append([])
        elif tag in CELLS and self.tables and self.tables[-1]:
            self.tables[-1][-1].append("")
            self._open = True
        elif tag == "br" and self._open:
            self.handle_data("\n")
        self.forms += tag in ("form", "input")

    def handle_endtag(self, tag: str) -> None:
        self._open = self._open and tag not in CELLS

    def handle_data(self, data: str) -> None:
        if self._open and self.tables[-1] and self.tables[-1][-1]:
            self.tables[-1][-1][-1] += data


def _decoded(raw: bytes) -> str:
    """The page's text: UTF-8 where it is so, else as the page says of itself, else as Windows writes."""
    said = CHARSET.search(raw[:HEAD])
    for encoding in ("utf-8-sig", said[1].decode() if said else "", "cp1252"):
        try:
            return raw.decode(encoding)
        except (UnicodeDecodeError, LookupError):
            continue
    return raw.decode("latin-1")


def table_of_page(raw: bytes) -> list[list[str]]:
    """The rows of the page's sole table; none where there is no such table, or a form to log in."""
    page = _Tables()
    page.feed(_decoded(raw))
    tables = [[row for row in table if row] for table in page.tables]
    tables = [table for table in tables if len(table) > 1 and min(map(len, table)) > 1]
    if page.forms or len(tables) != 1 or len({len(row) for row in tables[0]}) > 1:
        return []
    return [[" ".join(cell.split()) if "\n" not in cell else cell.strip() for cell in row] for row in tables[0]]
