"""Guard: whether a packed file can be meant, before anything that trusts it opens it.

Each part is unpacked as a stream and thrown away again, so that a file made to explode costs next to nothing.
"""

import lzma
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping, Sequence
from io import BytesIO

import numpy as np

from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.containers import binary, markup
from mentorstudy.reading.containers.opendocument import sheets_in
from mentorstudy.reading.containers.sheet import EASY_TEXT, MEND, MOST_SIGNS, Sheet

PIECE = 1 << 20
OVERLAP = 64  # bytes of the piece before that are looked at again, for what lies across the border
MOST_PARTS = 20_000  # files in an archive
UNBROKEN = ("xl/", "content.xml")  # parts of tables, whose text is broken by tags; others may hold one long code
EASY = 50 << 20  # bytes that any part may have
RATIO = 150  # times its packed size that a larger part may have; honest ones are near 20, bombs near 1,000

SHARED_TEXTS = ("sharedstrings.xml", "sharedstrings.bin")
CONTENT = "content.xml"
BINARY_SHEETS = "sheets/"  # in the name of an xlsb's sheet of any kind
NO_SHEETS = (*SHARED_TEXTS, "styles.xml", ".rels")
DTD = re.compile(rb"<!(?:DOCTYPE|ENTITY)")
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


def guarded(raw: bytes, label: str) -> zipfile.ZipFile:
    """The archive, looked through; DataError where it is damaged, made to explode, or holds what no table needs."""
    archive, _ = looked_through(raw, label)
    return archive


def looked_through(raw: bytes, label: str) -> tuple[zipfile.ZipFile, Mapping[str, Sequence[Sheet]]]:
    """The archive, and the sheets that each of its parts holds (an OpenDocument's all lie in one).

    Raises DataError as `guarded` does.
    """
    try:
        archive = zipfile.ZipFile(BytesIO(raw))
        parts = archive.infolist()
    except DAMAGE:
        raise DataError(f"{label}: the file cannot be unpacked. It is damaged: download it again.") from None
    if len(parts) > MOST_PARTS:
        raise DataError(
            f"{label}: an archive of {len(parts):,} files; {MOST_PARTS:,} are the limit. Unpack it, and name the "
            "file to read under [files] in plan.toml."
        )
    unpacked, packed = sum(part.file_size for part in parts), sum(part.compress_size for part in parts)
    if unpacked > EASY and unpacked > RATIO * packed:  # zipfile unpacks no more than a part says of itself
        raise DataError(
            f"{label}: it unpacks to more than {RATIO} times its size, as files do that are made to fill a machine's "
            f"memory. {MEND}"
        )
    for part in parts:
        if part.flag_bits & 1:
            raise DataError(f"{label}: it is protected by a password: save it without.")
    lengths = _shared_texts(archive, parts, label)
    found = {part.filename: _sheets(archive, part, label, lengths) for part in parts}
    sheets = [sheet for several in found.values() for sheet in several]
    for sheet in sheets:
        sheet.judge()
    every = Sheet(label, text=sum(sheet.text for sheet in sheets), asked=sum(sheet.asked for sheet in sheets))
    every.judge_text(unpacked)
    return archive, found


def pieces(archive: zipfile.ZipFile, part: zipfile.ZipInfo, label: str) -> Iterator[bytes]:
    """The unpacked part, piece by piece; DataError as soon as it grows beyond what can be meant."""
    size = 0
    try:
        with archive.open(part) as stream:
            while piece := stream.read(PIECE):
                size += len(piece)
                if size > EASY and size > RATIO * max(part.compress_size, 1):
                    raise swollen(label)
                yield piece
    except DAMAGE:
        raise DataError(f"{label}: the file cannot be unpacked. It is damaged: download it again.") from None


def swollen(label: str) -> DataError:
    """What is said of an archive of which a part was packed as only bombs are."""
    return DataError(
        f"{label}: a part of it unpacks to more than {RATIO} times its size, as files do that are made to fill a "
        f"machine's memory. {MEND}"
    )


def _shared_texts(archive: zipfile.ZipFile, parts: Sequence[zipfile.ZipInfo], label: str) -> np.ndarray:
    """Bytes of each text that cells refer to by its number; none where the file holds none."""
    for part in parts:
        name = part.filename.casefold()
        if name.endswith(SHARED_TEXTS):
            unpacked = pieces(archive, part, label)
            return (
                binary.text_lengths(b"".join(unpacked)) if name.endswith(".bin") else markup.text_lengths(unpacked)
            )
    return np.zeros(0, dtype=np.int64)


def _sheets(archive: zipfile.ZipFile, part: zipfile.ZipInfo, label: str, lengths: np.ndarray) -> list[Sheet]:
    """What one part holds, by what it is; markup must define nothing."""
    name = part.filename.casefold()
    unpacked = pieces(archive, part, label)
    sheet = Sheet(label)
    if name.endswith(".bin"):
        binary.count(sheet, b"".join(unpacked) if BINARY_SHEETS in name else b"", lengths)
    if name.endswith((".xml", ".rels")):
        unpacked = _plain(unpacked, label, unbroken=name.startswith(UNBROKEN))
    if name == CONTENT:
        return sheets_in(unpacked, label)
    if name.endswith(NO_SHEETS) or name.endswith((".bin", "/")):
        for _ in unpacked:
            pass
        return [sheet]
    markup.count(sheet, unpacked)  # a sheet may lie anywhere, under any name
    if sheet.cells * int(lengths.max(initial=0)) > EASY_TEXT:
        markup.count_shared(sheet, pieces(archive, part, label), lengths)
    return [sheet]


def _plain(unpacked: Iterator[bytes], label: str, *, unbroken: bool) -> Iterator[bytes]:
    """The pieces of a part; DataError where it defines entities of its own, or has no tag in a whole piece."""
    rest = b""
    for piece in unpacked:
        if DTD.search(rest + piece):
            raise DataError(f"{label}: a part of it defines entities of its own, which no table needs. {MEND}")
        if unbroken and len(piece) == PIECE and b"<" not in piece:
            raise DataError(
                f"{label}: more than {PIECE >> 20} MB of text or spaces between two tags; {MOST_SIGNS:,} signs are the "
                f"most that a cell can have. {MEND}"
            )
        yield piece
        rest = piece[-OVERLAP:]
