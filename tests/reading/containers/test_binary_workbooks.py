"""Binary workbooks (xlsb), written by SheetJS, and record by record after Microsoft's [MS-XLSB]."""

import struct
import zipfile
from pathlib import Path

import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.coded import read_survey
from mentorstudy.reading.containers import binary
from mentorstudy.reading.containers.guard import guarded
from mentorstudy.reading.containers.sheet import Sheet
from mentorstudy.reading.containers.workbook import read_workbook

MADE = Path(__file__).parents[1] / "exports" / "made" / "workbooks"

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


def as_read(path):
    """The texts of a workbook, row by row, and what is noted of it."""
    grid = read_workbook(path.read_bytes(), "a", File(path="a"))
    return [grid.row(at) for at in range(grid.height)], grid.notes


def styled(kind, place, content, style=0):
    return record(kind, struct.pack("<II", place, style) + content)


def short(kind, content):
    return record(kind, bytes(4) + content)


def small(value, *, hundredths=False):
    """A whole number in four bytes, or that of hundredths."""
    return struct.pack("<i", value << 2 | 2 | hundredths)


def styles(*formats):
    """A part with a style for each number of a format, and two formats of its own: 60 a day, 61 none."""
    own = [(60, "yyyy\\-mm\\-dd"), (61, "0.00")]
    return (
        record(278)
        + record(615, struct.pack("<I", len(own)))
        + b"".join(record(44, struct.pack("<H", number) + wide(said)) for number, said in own)
        + record(616)
        + record(617, struct.pack("<I", len(formats)))
        + b"".join(record(47, struct.pack("<HH", 0, number) + bytes(12)) for number in formats)
        + record(618)
        + record(279)
    )


def made(path, rows, *, formats=(0, 14, 60, 61), flags=0, hidden=(), merged=(), part="xl/worksheets/sheet1.bin"):
    """A workbook of rows of records; `flags` are those of the workbook."""
    sheet = record(TABLE) + record(EXTENT, struct.pack("<4I", 0, len(rows) - 1, 0, 9)) + record(CELLS)
    for at, row in enumerate(rows):
        head = struct.pack("<IIHBB", at, 0, 320, 0, 0x10 * (at in hidden))  # and 13 bytes more
        sheet += record(ROW, head + bytes(13)) + b"".join(row)
    sheet += record(END_CELLS) + record(177, struct.pack("<I", len(merged)))
    sheet += b"".join(record(176, struct.pack("<4I", *one)) for one in merged) + record(178) + record(END_TABLE)
    book = zipfile.ZipFile(written(path, [["id"]]))
    parts = {name: book.read(name) for name in book.namelist()}
    begun = record(BOOK)
    parts["xl/workbook.bin"] = parts["xl/workbook.bin"].replace(
        begun, begun + record(153, struct.pack("<III", flags, 0, 0))
    )
    parts["xl/styles.bin"] = styles(*formats)
    parts[part] = sheet
    with zipfile.ZipFile(path, "w") as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return path


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


@pytest.mark.parametrize("name", ["sheetjs_inline.xlsb", "sheetjs_shared.xlsb"])
def test_a_workbook_of_sheetjs_is_read_as_its_twin_in_xlsx(name):
    rows, notes = as_read(MADE / name)
    assert (rows, notes) == as_read(MADE / "sheetjs.xlsx")
    assert rows[1] == ["007", "2024-01-02", "2024-01-02T13:30:00", "3", "Straße", "True", ""]
    assert rows[2] == ["008", "2024-02-29", "", "4.5", "Straße", "False", ""]  # a merged cell
    assert [note.removeprefix("a: ") for note in notes] == [
        "hidden sheets were not read: Old.",
        "hidden rows were read like the others: 1.",
        "errors of the spreadsheet count as empty: 2 cells.",
        "merged cells that span rows were read in each of them: 1.",
    ]


HEAD = [styled(TEXT, at, wide(name)) for at, name in enumerate(("id", "day", "said"))]


def row(number, *cells):
    return [styled(TEXT, 0, wide(number)), *cells]


@pytest.mark.parametrize(("flags", "first"), [(0, "2024-01-02"), (1, "2028-01-03"), (2, "2024-01-02")])
@pytest.mark.parametrize("style", [1, 2])
def test_days_are_days_in_whatever_form_their_number_is(tmp_path, flags, first, style):
    days = [
        styled(2, 1, small(45293), style),
        styled(2, 1, small(4529400, hundredths=True), style),
        styled(2, 1, struct.pack("<Q", int.from_bytes(struct.pack("<d", 45295.0), "little"))[4:], style),
        styled(REAL, 1, struct.pack("<d", 45296.0), style),
        styled(9, 1, struct.pack("<dHI", 45297.0, 0, 0), style),
    ]
    rows, _ = as_read(made(tmp_path / "a.xlsb", [HEAD, *(row("1", day) for day in days)], flags=flags))
    day = int(first[-2:])
    assert [cells[1] for cells in rows[1:]] == [f"{first[:-2]}{at:02}" for at in range(day, day + 5)]


def test_numbers_in_other_styles_stay_numbers(tmp_path):
    cells = [styled(2, 1, small(-7), 3), styled(2, 1, small(250, hundredths=True), 3), styled(2, 1, small(45293))]
    rows, _ = as_read(made(tmp_path / "a.xlsb", [HEAD, *(row("1", cell) for cell in cells)]))
    assert [cells[1] for cells in rows[1:]] == ["-7", "2.5", "45293"]


def test_a_text_with_fonts_of_its_own_is_read(tmp_path):
    runs = struct.pack("<IHHHH", 2, 0, 1, 4, 0)
    rich = styled(62, 2, b"\1" + wide("very good") + runs)
    rows, _ = as_read(made(tmp_path / "a.xlsb", [HEAD, row("1", rich), row("2", styled(TEXT, 2, wide("good")))]))
    assert [cells[-1] for cells in rows] == ["said", "very good", "good"]


def test_short_cells_stand_beside_the_one_before_in_their_own_row(tmp_path):
    rows, _ = as_read(
        made(
            tmp_path / "a.xlsb",
            [
                HEAD,
                [short(17, wide("1")), short(12, b""), short(17, wide("x"))],
                [styled(TEXT, 0, wide("2")), styled(BLANK, 1, b""), short(17, wide("y"))],
                [short(17, wide("3")), short(13, small(5)), styled(TEXT, 2, wide("z"))],
                [styled(TEXT, 0, wide("4")), short(16, struct.pack("<d", 0.5)), short(15, b"\1")],
            ],
        )
    )
    assert rows[1:] == [["1", "", "x"], ["2", "", "y"], ["3", "5", "z"], ["4", "0.5", "True"]]


def test_hidden_rows_errors_and_merged_cells_are_told(tmp_path):
    body = [row("1", styled(3, 1, b"\x2a"), styled(TEXT, 2, wide("x"))), row("2", styled(11, 1, b"\7" + bytes(10)))]
    path = made(tmp_path / "a.xlsb", [HEAD, *body], hidden=(2,), merged=((1, 2, 2, 2),))
    rows, notes = as_read(path)
    assert [cells[-1] for cells in rows] == ["said", "x", "x"]
    assert [note.removeprefix("a: ") for note in notes] == [
        "hidden rows were read like the others: 1.",
        "errors of the spreadsheet count as empty: 2 cells.",
        "merged cells that span rows were read in each of them: 1.",
    ]


@pytest.mark.parametrize("part", ["xl/dialogsheets/sheet1.bin", "xl/macrosheets/sheet1.bin"])
def test_a_far_cell_is_refused_in_a_sheet_of_any_kind(tmp_path, part):
    far = [styled(TEXT, 16_000, wide("x"))]
    path = made(tmp_path / "a.xlsb", [HEAD, *[[]] * 2000, far], part=part)
    with pytest.raises(DataError, match="stands far away from the others"):
        guarded(path.read_bytes(), "a.xlsb")


def test_short_cells_behind_the_last_column_are_refused(tmp_path):
    last = [styled(BLANK, 0xFFFFFFFF, b""), short(17, wide("x"))]
    with pytest.raises(DataError, match="more than 16,384 columns"):
        as_read(made(tmp_path / "a.xlsb", [HEAD, last]))


def test_records_are_written_as_they_were_read():
    sizes = [0, 1, 127, 128, 16_383, 16_384, 2_097_151, 2_097_152]
    raw = b"".join(record(kind, bytes(size)) for kind in (0, 127, 129, 648, 4096) for size in sizes)
    assert binary.plain(raw) == raw


@pytest.mark.parametrize("cut", range(1, 40, 3))
def test_a_part_that_ends_too_early_is_counted_as_far_as_it_goes(cut):
    raw = (
        record(ROW, struct.pack("<I", 0) + bytes(21))
        + styled(62, 0, b"\1" + wide("x") + bytes(4))
        + short(13, small(5))
    )
    binary.count(Sheet("a"), raw[:cut], binary.text_lengths(b""))
    assert binary.plain(raw[:cut]) is not None
