"""Binary workbooks (xlsb), written record by record after Microsoft's [MS-XLSB], since nothing free writes them."""

import struct
import zipfile

import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.coded import read_survey

KEY = b"k" * 32
BLANK, REAL, TEXT, ROW = 1, 5, 6, 0
BOOK, END_BOOK, SHEETS, END_SHEETS, SHEET = 131, 132, 143, 144, 156
TABLE, END_TABLE, EXTENT, CELLS, END_CELLS = 129, 130, 148, 145, 146
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
RELATION = (
    f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Target="{{}}" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}"/></Relationships>'
)
TYPES = (
    f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="bin" '
    'ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/></Types>'
)


def record(kind, content=b""):
    """An id and a length of seven bits a byte, and the content."""
    name = bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])
    size, rest = b"", len(content)
    while rest >= 0x80:
        size, rest = size + bytes([rest & 0x7F | 0x80]), rest >> 7
    return name + size + bytes([rest]) + content


def wide(text):
    return struct.pack("<I", len(text)) + text.encode("utf-16-le")


def cell(place, value):
    head = struct.pack("<II", place, 0)
    if value == "":
        return record(BLANK, head)
    return (
        record(TEXT, head + wide(value))
        if isinstance(value, str)
        else record(REAL, head + struct.pack("<d", value))
    )


def written(path, rows, *, far=None):
    sheet = (
        record(TABLE) + record(EXTENT, struct.pack("<4I", 0, len(rows) - 1, 0, len(rows[0]) - 1)) + record(CELLS)
    )
    for at, row in enumerate(rows):
        sheet += record(ROW, struct.pack("<I", at) + bytes(21)) + b"".join(map(cell, range(len(row)), row))
    if far:
        sheet += record(ROW, struct.pack("<I", far[0]) + bytes(21)) + cell(far[1], "x")
    sheet += record(END_CELLS) + record(END_TABLE)
    name = record(SHEET, struct.pack("<II", 0, 1) + wide("rId1") + wide("Answers"))
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("[Content_Types].xml", TYPES)
        file.writestr("_rels/.rels", RELATION.format("xl/workbook.bin", "officeDocument"))
        file.writestr(
            "xl/workbook.bin", record(BOOK) + record(SHEETS) + name + record(END_SHEETS) + record(END_BOOK)
        )
        file.writestr("xl/_rels/workbook.bin.rels", RELATION.format("worksheets/sheet1.bin", "worksheet"))
        file.writestr("xl/worksheets/sheet1.bin", sheet)
    return path


def test_texts_numbers_and_blanks(tmp_path):
    long = "wörd " * 60 + "end"
    rows = [["id", "mood", "said"], ["007", 3, 'Straße, "x"\nand on'], ["008", "", long], ["009", 4.5, ""]]
    export = read_survey(written(tmp_path / "a.xlsb", rows), key=KEY)
    assert list(export.rows["id"].astype(str)) == ["007", "008", "009"]
    assert export.rows["mood"].to_numpy(dtype=float, na_value=-1).tolist() == [3, -1, 4.5]
    assert list(export.rows["said"].astype(object).fillna("")) == ['Straße, "x"\nand on', long, ""]
    assert (export.ledger.rows, export.ledger.kept) == (3, 3)


def test_a_cell_far_from_the_others_is_refused_before_it_is_read(tmp_path):
    path = written(tmp_path / "a.xlsb", [["id"], ["1"], ["2"]], far=(1_048_000, 16_000))
    with pytest.raises(DataError, match="stands far away from the others"):
        read_survey(path, key=KEY)
