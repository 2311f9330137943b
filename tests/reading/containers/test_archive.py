"""Archives: the sole table in a zip, whatever it is and however it is packed; workbooks told by their directory."""

import io
import zipfile

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.opening import open_grid

FRAME = pd.DataFrame({"id": ["001", "002"], "q1": ["3", "4"]})


def workbook(path):
    book = openpyxl.Workbook()
    for row in [list(FRAME.columns), *FRAME.to_numpy().tolist()]:
        book.active.append(row)
    book.save(path)


WRITE = {
    "xlsx": workbook,
    "csv": lambda path: FRAME.to_csv(path, index=False),
    "sav": lambda path: pyreadstat.write_sav(FRAME, str(path)),
    "dta": lambda path: pyreadstat.write_dta(FRAME, str(path)),
    "parquet": FRAME.to_parquet,
    "xls": lambda path: FRAME.to_html(path, index=False),
}
PACKED = {"stored": zipfile.ZIP_STORED, "deflated": zipfile.ZIP_DEFLATED}


def zipped(path, parts, method=zipfile.ZIP_STORED):
    with zipfile.ZipFile(path, "w", method) as archive:
        for name, raw in parts.items():
            archive.writestr(name, raw)
    return path


def opened(path):
    return open_grid(path, path.name, File(path=path.name))


def refused(path):
    with pytest.raises(DataError) as caught:
        opened(path)
    return str(caught.value)


@pytest.mark.parametrize("packed", PACKED)
@pytest.mark.parametrize("kind", WRITE)
def test_the_sole_table_is_read_however_it_is_packed(tmp_path, kind, packed):
    WRITE[kind](tmp_path / f"a.{kind}")
    raw = (tmp_path / f"a.{kind}").read_bytes()
    grid = opened(zipped(tmp_path / "a.zip", {f"export/a.{kind}": raw, "README": "x"}, PACKED[packed]))
    assert [column.words[column.codes[-1]] for column in grid.columns] == ["002", "4"]
    assert grid.file == "a.zip"


def test_a_stored_workbook_is_one_and_a_zip_that_names_its_parts_is_none(tmp_path):
    workbook(tmp_path / "a.xlsx")
    with zipfile.ZipFile(tmp_path / "a.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert opened(zipped(tmp_path / "b.xlsx", parts)).row(0) == ["id", "q1"]
    assert opened(zipped(tmp_path / "b.zip", {"a.csv": "id,xl/workbook\n001,3\n"})).row(1) == ["001", "3"]


def test_two_stored_workbooks_are_listed(tmp_path):
    workbook(tmp_path / "a.xlsx")
    raw = (tmp_path / "a.xlsx").read_bytes()
    said = refused(zipped(tmp_path / "a.zip", {"a.xlsx": raw, "b.xlsx": raw}))
    assert "2 tables in this archive; it holds a.xlsx, b.xlsx. Unpack it" in said


def test_a_stored_workbook_cut_short_within_its_archive_is_damaged(tmp_path):
    workbook(tmp_path / "a.xlsx")
    raw = (tmp_path / "a.xlsx").read_bytes()[:-200]
    assert "archive within an archive" in refused(zipped(tmp_path / "a.zip", {"a.xlsx": raw}))


@pytest.mark.parametrize(
    ("part", "name"),
    [
        ("word/document.xml", "a Word document"),
        ("ppt/presentation.xml", "a presentation"),
        ("Index/Document.iwa", "a document of Apple's Numbers"),
        ("mimetype", "a document of LibreOffice"),
    ],
)
def test_a_document_is_named_and_a_table_that_lies_in_it_is_not_read(tmp_path, part, name):
    workbook(tmp_path / "a.xlsx")
    parts = {"[Content_Types].xml": "", "content.xml": "", part: "application/vnd.oasis.opendocument.text"}
    path = zipped(tmp_path / "a.docx", {**parts, "embeddings/a.xlsx": (tmp_path / "a.xlsx").read_bytes()})
    assert refused(path).startswith(f"a.docx: {name}")


def test_a_password_is_named(tmp_path):
    raw = bytearray(zipped(tmp_path / "a.zip", {"a.csv": "id,q1\n001,3\n"}).read_bytes())
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):  # the flag that a part is encrypted
        raw[raw.find(mark) + place] |= 1
    (tmp_path / "a.zip").write_bytes(raw)
    assert refused(tmp_path / "a.zip") == "a.zip: it is protected by a password: save it without."


def test_a_table_within_that_is_empty_is_told_with_its_name(tmp_path):
    assert "a.zip (a.csv): the file is empty" in refused(zipped(tmp_path / "a.zip", {"a.csv": "\n"}))
    inner = io.BytesIO()
    zipfile.ZipFile(inner, "w").close()
    assert "(a.csv): the archive is empty" in refused(zipped(tmp_path / "b.zip", {"a.csv": inner.getvalue()}))
