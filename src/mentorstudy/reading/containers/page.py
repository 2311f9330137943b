"""Page: a table of HTML saved under the name of a workbook, as some platforms write their "Excel" exports."""

from html.parser import HTMLParser

CELLS = ("td", "th")


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


def table_of_page(raw: bytes) -> list[list[str]]:
    """The rows of the page's sole table; none where there is no such table, or a form to log in."""
    page = _Tables()
    page.feed(raw.decode("utf-8", "replace"))
    tables = [[row for row in table if row] for table in page.tables]
    tables = [table for table in tables if len(table) > 1 and min(map(len, table)) > 1]
    if page.forms or len(tables) != 1 or len({len(row) for row in tables[0]}) > 1:
        return []
    return [[" ".join(cell.split()) if "\n" not in cell else cell.strip() for cell in row] for row in tables[0]]
