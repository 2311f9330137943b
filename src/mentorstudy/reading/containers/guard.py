"""Guard: whether a packed file can be meant, before anything that trusts it opens it.

Each part is unpacked as a stream and thrown away again, so that a file made to explode costs next to nothing.
"""

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from mentorstudy.nouns.errors import DataError

PIECE = 1 << 20
OVERLAP = 64  # bytes of the piece before that are looked at again, for what lies across the border
EASY = 50 << 20  # bytes that any part may have
RATIO = 150  # times its packed size that a larger part may have; honest ones are near 20, bombs near 1,000
MOST_ROWS, MOST_COLUMNS = 2_000_000, 16_384
MOST_CELLS = 130_000_000
SPARSE, FREE_BOX = 64, 5_000_000  # cells that a box may span for each one that is there, and beyond that anyway

CELL = re.compile(rb"<(?:\w+:)?c[\s>/]")
ROW = re.compile(rb"<(?:\w+:)?row\s[^>]{0,200}?\br\s{0,9}=\s{0,9}[\"']([0-9]{1,9})[\"']")
FAR = re.compile(rb"\sr\s{0,9}=\s{0,9}[\"']([B-Z][A-Z]|[A-Z]{3,4})[0-9]{1,9}[\"']")
ROW_HEADER, LAST_CELL = 0, 11  # ids of a binary sheet's records: a row, and 1 to 11 for cells
NEAR = 52  # columns that have letters before BA
PLACED = re.compile(rb"\sr\s{0,9}=\s{0,9}[\"'][A-Z]{1,4}([0-9]{1,9})[\"']")
NO_SHEETS = ("sharedstrings.xml", "styles.xml", ".rels", "content.xml")
DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
REPEATED = re.compile(rb"<table:table-(row|cell)\b([^>]*?)(/?)>")
TIMES = re.compile(rb'number-(?:rows|columns)-repeated="([0-9]+)"')
DAMAGE = (  # what unpacking raises on bytes that were changed on their way
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    OSError,
    ValueError,
)
MEND = "Copy the table itself into a new workbook, or export it as CSV."


def guarded(raw: bytes, label: str) -> zipfile.ZipFile:
    """The archive, looked through; DataError where it is damaged, made to explode, or holds what no table needs."""
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
        parts = archive.infolist()
    except DAMAGE:
        raise DataError(f"{label}: the file cannot be unpacked. It is damaged: download it again.") from None
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > EASY and unpacked > RATIO * packed:  # zipfile unpacks no more than a part says of itself
        raise DataError(
            f"{label}: it unpacks to more than {RATIO} times its size, as files do that are made to fill a machine's "
            f"memory. {MEND}"
        )
    for part in parts:
        if part.flag_bits & 1:
            raise DataError(f"{label}: it is protected by a password: save it without.")
        _looked_through(archive, part, label)
    return archive


def pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo, label: str) -> Iterator[bytes]:
    """The unpacked part, piece by piece; DataError as soon as it grows beyond what can be meant."""
    size = 0
    try:
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                if size > EASY and size > RATIO * max(part.compress_size, 1):
                    raise DataError(
                        f"{label}: a part of it unpacks to more than {RATIO} times its size, as files do that are made "
                        f"to fill a machine's memory. {MEND}"
                    )
                yield piece
    except DAMAGE:
        raise DataError(f"{label}: the file cannot be unpacked. It is damaged: download it again.") from None


def _looked_through(archive: zipfile.ZipFile, part: zipfile.ZipInfo, label: str) -> None:
    """One part, by what it is: markup must define nothing, a sheet's cells must fill the box they span."""
    name = part.filename.casefold()
    if name.endswith(("vbaproject.bin", "/")):
        for _ in pieces(archive, part, label):
            pass
        return
    sheet = Sheet(label)
    if name.endswith(".bin"):
        sheet.records(b"".join(pieces(archive, part, label)) if "worksheets/" in name else b"")
        sheet.judge()
        return
    rest = b""
    for piece in pieces(archive, part, label):
        text = rest + piece
        if name.endswith((".xml", ".rels")) and DTD.search(text):
            raise DataError(f"{label}: a part of it defines entities of its own, which no table needs. {MEND}")
        if name == "content.xml":
            sheet.repeat(text)
        elif not name.endswith(NO_SHEETS):  # a sheet may lie anywhere, under any name
            sheet.add(text, len(rest))
        rest = text[-OVERLAP:]
    sheet.judge()


class Sheet:
    """How many cells a sheet has, and how far they reach."""

    def __init__(self, label: str) -> None:
        """Nothing seen yet."""
        self.label = label
        self.cells = self.rows = self.columns = 0
        self._repeated = 1

    def add(self, text: bytes, seen: int) -> None:
        """One piece of a workbook's sheet, of which the first `seen` bytes were there before."""
        self.cells += sum(1 for _ in CELL.finditer(text, max(seen - 3, 0)))
        rows = ROW.findall(text) or PLACED.findall(text)
        self.rows = max([self.rows, *map(int, rows)])
        self.columns = max([self.columns, NEAR, *map(_column, set(FAR.findall(text)))])
        if self.cells > MOST_CELLS or self.rows > MOST_ROWS or self.columns > MOST_COLUMNS:
            self.judge()

    def repeat(self, text: bytes) -> None:
        """One piece of an OpenDocument sheet, whose rows and cells may stand for many; empty ones count for nothing."""
        for kind, attributes, empty in REPEATED.findall(text):
            found = TIMES.search(attributes)
            times = int(found[1]) if found else 1
            if kind == b"row":
                self._repeated = times
            elif not empty or b"value" in attributes:
                self.cells += times * self._repeated
        if self.cells > MOST_CELLS:
            self.judge()

    def records(self, raw: bytes) -> None:
        """A binary sheet (xlsb): records of an id, a length and a content; rows and cells begin with their number."""
        at, end = 0, len(raw)
        while at + 2 <= end:
            kind, at = _number(raw, at, most=2)
            length, at = _number(raw, at, most=4)
            if kind <= LAST_CELL and at + 4 <= end:
                number = int.from_bytes(raw[at : at + 4], "little") + 1
                if kind == ROW_HEADER:
                    self.rows = max(self.rows, number)
                else:
                    self.cells += 1
                    self.columns = max(self.columns, number)
            at += length

    def judge(self) -> None:
        """DataError where there is more than any survey has, or the box is nearly empty."""
        for what, there, most in (
            ("cells", self.cells, MOST_CELLS),
            ("rows", self.rows, MOST_ROWS),
            ("columns", self.columns, MOST_COLUMNS),
        ):
            if there > most:
                raise DataError(f"{self.label}: more than {most:,} {what}, which is the most that is read. {MEND}")
        if self.rows * self.columns > SPARSE * self.cells + FREE_BOX:
            raise DataError(
                f"{self.label}: a cell stands far away from the others, in row {self.rows:,} or column "
                f"{self.columns:,}. Delete the empty rows below the table and the empty columns beside it, and save it."
            )


def _number(raw: bytes, at: int, *, most: int) -> tuple[int, int]:
    """A number written in up to `most` bytes of seven bits each, and the place behind it."""
    number = 0
    for step in range(most):
        byte = raw[at] if at < len(raw) else 0
        number |= (byte & 0x7F) << (7 * step)
        at += 1
        if byte < 0x80:
            break
    return number, at


def _column(letters: bytes) -> int:
    """The number of a column by its letters."""
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number
