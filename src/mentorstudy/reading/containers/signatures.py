"""Signatures: what a file is, told by its first bytes, where it is a web page, blank, or no table at all."""

import pickletools
import re
from io import BytesIO
from pathlib import Path

from mentorstudy.reading.containers.encodings import MARK, as_utf8

PIECE = 1 << 20
BLANK = b'\0 \t\r\n\v\f,;|"'  # a file of nothing else fills no cell; a copy that failed is all zeros
LOCKED = re.compile(rb"\t\x08(?:\x08\0.{8}|\x10\0.{16})(?:\x86\0\0\0)?/\0", re.DOTALL)  # FILEPASS, after [MS-XLS]
EMPTY_ZIP = b"PK\x05\x06"
# What stands before the first tag is passed once and for all (*+): tried in every way, comments would take hours.
ABOVE = rb"(?:\s+|<\?.*?\?>|<!--.*?-->)*+"
PAGE = re.compile(
    ABOVE + rb"<(?:!doctype\s+html|html|head|meta|title|style|script|body|table)\b", re.IGNORECASE | re.DOTALL
)
SAVE = "Save the table as CSV or as a workbook."
OPEN_IT = "Open it in the spreadsheet's program and save it as .xlsx."
UNPACK = "Unpack it, and name the file in it under [files]."
PICKLE, PICTURE = "a Python pickle", "a picture"
FOREIGN = tuple(
    (re.compile(start, re.DOTALL), name, mend)
    for start, name, mend in (
        (rb"\x80[\x02-\x05]", PICKLE, SAVE),
        (rb"%PDF", "a PDF", SAVE),
        (rb"SQLite format 3", "a database", SAVE),
        (rb"\x1f\x8b", "a file packed by gzip", f"{UNPACK} If R wrote it, save the table from there as CSV."),
        (rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)", "a file packed by bzip2", UNPACK),
        (rb"\xfd7zXZ\0", "a file packed by xz", UNPACK),
        (rb".{257}ustar", "a tar archive", UNPACK),
        (rb"ARROW1|FEA1", "a Feather file", "Save the table as parquet, which keeps what it holds."),
        (rb"\0{12}\xc2\xea\x81\x60\xb3\x14\x11\xcf", "a data set of SAS", SAVE),
        (rb"HEADER RECORD\*{7}(?:LIB|LIBV8|LIBRARY)", "a transport file of SAS", SAVE),
        (rb".{0,200}SPSS PORT FILE", "a portable file of SPSS", "Save it as .sav."),
        (rb"\x89HDF", "an HDF5 file", SAVE),
        (rb"\xff\xfe\0\0|\0\0\xfe\xff", "text in UTF-32", "Save it as UTF-8."),
        (rb"7z\xbc\xaf", "an archive of 7-Zip", UNPACK),
        (rb"Rar!", "a RAR archive", UNPACK),
        (rb"\x89PNG|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF.{4}WEBP|BM.{4}\0{4}", PICTURE, SAVE),
        (rb".{4}ftyp(?:hei|mif|avi)", PICTURE, SAVE),
        (ABOVE + rb"<(?:!DOCTYPE\s+)?svg\b", PICTURE, SAVE),
        (ABOVE + rb"<(?:\w+:)?Workbook\b", "a workbook of Excel 2003 in XML", OPEN_IT),
        (rb"\s*<\?xml\b", "an XML file", SAVE),
        (rb"(?:From: <Saved by .*?\n)?MIME-Version:", "a web page with its parts in one file (MHTML)", OPEN_IT),
        (rb'\s*(?:\[\s*)?\{\s*(?:"(?:[^"\\]|\\.)*"\s*:|\})|\s*\[\s*(?:\[|\]\s*\Z)', "a JSON file", SAVE),
    )
)
JUDGED = 1 << 16  # bytes of a pickle that are looked at
KEEPS = ("PUT", "BINPUT", "LONG_BINPUT")


def is_blank(path: Path) -> bool:
    """Whether no cell of the file can be filled: nothing in it, or a mark, blank lines and delimiters."""
    with path.open("rb") as file:
        piece = MARK.sub(b"", file.read(PIECE))
        while not piece.strip(BLANK):
            if not (piece := file.read(PIECE)):
                return True
    return False


def is_page(head: bytes) -> bool:
    """Whether a file begins as a web page does, behind a mark, a declaration and comments; a bare table is one too."""
    return PAGE.match(as_utf8(head)) is not None


def is_locked_book(raw: bytes) -> bool:
    """Whether a workbook of Excel 97 or before has a password: it begins with what tells how it is encrypted."""
    return LOCKED.search(raw) is not None


def foreign(path: Path, head: bytes) -> str:
    """What the file is where it holds no table that is opened here, and the mend; "" where it may hold one."""
    texts = (head, as_utf8(head))
    found = next(((name, mend) for start, name, mend in FOREIGN if any(map(start.match, texts))), None)
    name, mend = found or (PICKLE if _is_old_pickle(path) else "", SAVE)
    return f"{name}, which is not opened here. {mend}" if name else ""


def _is_old_pickle(path: Path) -> bool:
    """Whether the file is a pickle of protocol 0 or 1, which begins with no mark of its own; nothing in it is run.

    It is a run of operations up to the full stop that is its last byte. Lines of a table may look like a few of them;
    so a long pickle, of which only the first part is looked at, must also count what it keeps, as no table does.
    """
    with path.open("rb") as file:
        raw = file.read(JUDGED)
        size = path.stat().st_size
        file.seek(max(size - 1, 0))
        if file.read(1) != b".":
            return False
    kept: list[object] = []  # numbers of what is kept for later
    try:
        for operation, value, place in pickletools.genops(BytesIO(raw)):
            if operation.name == "STOP":
                return place == size - 1
            if operation.name in KEEPS:
                kept.append(value)
    except (ValueError, DeprecationWarning):  # an unknown operation, or one that is cut or as no pickle writes it
        pass
    counted = kept in ([*range(len(kept))], [*range(1, len(kept) + 1)])  # Python 2 counted from 1
    return size > len(raw) and bool(kept) and counted
