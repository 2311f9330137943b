"""Opening: what is no table is refused by its own name, in one sentence that says what to do."""

import io
import pickle
import pickletools
import time
import zipfile
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.containers.signatures import foreign

BIG = pd.DataFrame({"id": [f"P{row:05d}" for row in range(5_000)], "q": np.arange(5_000) % 5})


def refused(tmp_path, raw, name="a.csv"):
    path = tmp_path / name
    path.write_bytes(raw)
    with pytest.raises(DataError) as caught:
        open_grid(path, name, File(path=name))
    [fault] = caught.value.faults
    assert fault.startswith(f"{name}: ")
    return fault.removeprefix(f"{name}: ")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"\xef\xbb\xbf",
        b"\xff\xfe",
        b"\xfe\xff",
        b"\n\r\n \t\n",
        b"\xef\xbb\xbf\r\n\r\n",
        "\ufeff\r\n \r\n".encode("utf-16-le"),
        "\n\n\n".encode("utf-16-be"),
        b"\n" * 10_000,
        bytes(10_000),
        b",,,\n,,,\n",
        b'"";""\n',
    ],
)
def test_a_file_without_a_filled_cell_is_empty(tmp_path, raw):
    assert refused(tmp_path, raw) == "the file is empty. Export it again."


def test_a_workbook_by_another_name_is_read_and_told(tmp_path):
    pd.DataFrame({"id": ["001"], "q": [3]}).to_excel(tmp_path / "a.xlsx", index=False)
    assert open_grid(tmp_path / "a.xlsx", "a.xlsx", File(path="a.xlsx")).notes == ()
    grid = open_grid((tmp_path / "a.xlsx").rename(tmp_path / "a.csv"), "a.csv", File(path="a.csv"))
    assert grid.row(1) == ["001", "3"]
    assert grid.notes == ("a.csv: a workbook, whatever its name says, and read as one.",)


def test_an_empty_archive_is_told_as_one(tmp_path):
    assert refused(tmp_path, b"PK\x05\x06" + bytes(18), "a.zip") == "the archive is empty. Export it again."


def test_a_table_below_many_blank_lines_is_not_empty(tmp_path):
    path = tmp_path / "a.csv"
    path.write_bytes(b" " * 5_000 + b"\nid,q1\n001,3\n")
    assert open_grid(path, "a.csv", File(path="a.csv")).row(0) == ["id", "q1"]


PICTURES = {
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff\xe0",
    "gif": b"GIF89a",
    "tif": b"II*\0\x08",
    "webp": b"RIFF\x10\0\0\0WEBPVP8 ",
    "bmp": b"BM\x36\x10\0\0\0\0\0\0\x36",
    "heic": b"\0\0\0\x18ftypheic",
    "svg": b'<?xml version="1.0"?>\n<!-- made -->\n<svg xmlns="http://www.w3.org/2000/svg"/>',
}


@pytest.mark.parametrize("kind", PICTURES)
def test_a_picture(tmp_path, kind):
    assert refused(tmp_path, PICTURES[kind]).startswith(
        "a picture, which is not opened here. Save the table as CSV"
    )


@pytest.mark.parametrize(
    "text",
    [
        '{"responses": [{"id": 1}]}',
        '[\n  {"id": 1}\n]',
        '{"a\\"b" : 1}\n{"a": 2}\n',
        '[["id", "q1"], ["001", 3]]',
        "{}",
        "[]\n",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_json(tmp_path, text, encoding):
    said = refused(tmp_path, text.encode(encoding), "a.json")
    assert said == "a JSON file, which is not opened here. Save the table as CSV or as a workbook."


EXCEL_2003 = (
    '<?xml version="1.0"{}?>\n<?mso-application progid="Excel.Sheet"?>\n'
    '<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet/></Workbook>'
)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
@pytest.mark.parametrize("name", ["a.xls", "a.xml"])
def test_a_workbook_of_excel_2003_in_xml(tmp_path, encoding, name):
    for text in (EXCEL_2003.format(f' encoding="{encoding}"'), '<ss:Workbook xmlns:ss="urn:x"></ss:Workbook>'):
        said = refused(tmp_path, text.encode(encoding), name)
        assert said == (
            "a workbook of Excel 2003 in XML, which is not opened here. Open it in the spreadsheet's program and save "
            "it as .xlsx."
        )


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b'<?xml version="1.0"?><responses/>', "an XML file"),
        (b"%PDF-1.7\n", "a PDF"),
        (b"ARROW1\0\0abc", "a Feather file"),
        (b"FEA1abc", "a Feather file"),
        (b"\0" * 12 + b"\xc2\xea\x81\x60\xb3\x14\x11\xcf\xbd\x92", "a data set of SAS"),
        (b"HEADER RECORD*******LIBRARY HEADER RECORD!!!!!!!", "a transport file of SAS"),
        (b"ASCII SPSS PORT FILE                    " * 5, "a portable file of SPSS"),
        (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
        ("id,q\n1,2\n".encode("utf-32"), "text in UTF-32"),
        (b"MIME-Version: 1.0\r\nX-Document-Type: Workbook\r\n", "a web page with its parts in one file (MHTML)"),
        (b"From: <Saved by Blink>\r\nDate: x\r\nMIME-Version: 1.0\r\n", "a web page with its parts in one file"),
    ],
)
def test_other_kinds(tmp_path, raw, name):
    assert refused(tmp_path, raw, "a.xls").startswith(name)


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html><body>Sign in</body></html>",
        "<html><table><tr><td>Log in</td></tr></table></html>",
        "\n<title>Session expired</title>",
    ],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_page_without_a_table(tmp_path, text, encoding):
    said = refused(tmp_path, text.encode(encoding), "a.xls")
    assert said == "a web page was saved instead of the export. Log in and export it again."


def test_comments_above_anything_cost_no_time(tmp_path):
    before = time.monotonic()
    assert "only one column" in refused(tmp_path, b"<!---->" * 500 + b"x\n")
    assert time.monotonic() - before < 5


TWINS = Path(__file__).parents[1] / "exports" / "made" / "twins"
LOCKED = "the workbook is protected by a password: save it without."


@pytest.mark.parametrize("kind", [b"\0\0", b"\1\0"])
@pytest.mark.parametrize("before", [b"", b"\x86\0\0\0"])
def test_a_workbook_of_excel_97_with_a_password(tmp_path, kind, before):
    raw = (TWINS / "surveymonkey_text.xls").read_bytes()
    book = raw.index(b"\x09\x08\x10\x00\x00\x06\x05\x00") + 20  # behind the record that a workbook begins with
    lock = before + b"\x2f\0\x02\0" + kind
    assert refused(tmp_path, raw[:book] + lock + raw[book + len(lock) :], "a.xls") == LOCKED


def test_a_workbook_of_later_excel_with_a_password(tmp_path):
    raw = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512) + "EncryptedPackage".encode("utf-16-le") + bytes(512)
    assert refused(tmp_path, raw, "a.xlsx") == LOCKED


@pytest.mark.parametrize("locked", ["content.xml", "encrypted-package"])
def test_an_open_document_with_a_password(tmp_path, locked):
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    with zipfile.ZipFile(tmp_path / "b.ods", "w") as archive:
        archive.writestr("mimetype", kind)
        archive.writestr(locked, np.random.default_rng(1).bytes(3_000))
        archive.writestr(
            "META-INF/manifest.xml", "<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
        )
    assert refused(tmp_path, (tmp_path / "b.ods").read_bytes(), "a.ods") == LOCKED


OBJECTS = {
    "dict": {"a": 1, "b": [1, 2, 3]},
    "list": ["a", 1.5, None, True],
    "tuple": (1, "a"),
    "text": "an answer",
    "frame": BIG.head(3),
    "long frame": BIG,
    "long list": list(range(100_000)),
    "numbers": np.arange(50_000.0),
}


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("thing", OBJECTS)
def test_a_pickle_of_any_protocol(tmp_path, thing, protocol):
    raw = pickle.dumps(OBJECTS[thing], protocol=protocol)
    for one in (raw, pickletools.optimize(raw)) if len(raw) < 10_000 else (raw,):
        assert refused(tmp_path, one).startswith("a Python pickle, which is not opened here")


def test_a_pickle_of_python_2(tmp_path):
    assert refused(tmp_path, b"(dp1\nS'a'\np2\n(lp3\nI1\naI2\nas.").startswith("a Python pickle")


@pytest.mark.parametrize(
    "text",
    [
        "(I) id,q1\n001,3.\n",
        "I1,I2\n1,2\n3,4.",
        "S,q1\n'a',2\n'b',done.",
        "P,V\nP001,3\nP002,fine.",
        "V1,V2\nV3,V4\nV5,V6.",
        "id,q1\nP001,it is fine\nP002,so so.\nP003,good.",
        "]id[,q1\n1,2.",
        "N.,q\n1,2.",
    ],
)
@pytest.mark.parametrize("times", [1, 20_000])
def test_a_table_that_begins_or_ends_like_a_pickle_is_none(tmp_path, text, times):
    head, _, body = text.partition("\n")
    path = tmp_path / "a.csv"
    path.write_text(f"{head}\n" + f"{body}\n" * (times - 1) + body)
    assert foreign(path, path.read_bytes()[:4096]) == ""
    assert open_grid(path, "a.csv", File(path="a.csv")).row(0) == head.split(",")


def test_no_table_as_pandas_writes_it_is_foreign(tmp_path):
    path = tmp_path / "a.csv"
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "cp1252"):
        for delimiter in ",;\t":
            text = io.StringIO()
            BIG.head(50).assign(said="{so} [so] (so) über alles.").to_csv(text, sep=delimiter, index=False)
            path.write_bytes(text.getvalue().encode(encoding))
            assert foreign(path, path.read_bytes()[:4096]) == ""
