"""Text: a table of delimited cells in any encoding, to columns."""

import codecs
import csv
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import numpy as np
import pyarrow
from numpy.typing import NDArray
from pyarrow import compute, types

from mentorstudy.nouns.cleaning import UNSEEN, cleaned, unseen_in
from mentorstudy.nouns.errors import DataError, Fault
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.above import left_above
from mentorstudy.reading.containers.delimited import DELIMITERS, HEAD, LARGE, layout_of, parsed, told_cells
from mentorstudy.reading.containers.encodings import (
    SINGLE_BYTE,
    another,
    letters,
    single_byte,
    stray,
    utf16_form,
)
from mentorstudy.reading.containers.extent import checked
from mentorstudy.reading.containers.integers import few_numbers, read_codes, under
from mentorstudy.reading.containers.memory import fits
from mentorstudy.reading.containers.quotes import quotes_or_refused
from mentorstudy.reading.containers.threads import side_by_side
from mentorstudy.reading.grid import NOWHERE, Codes, Column, Grid, as_in

CHUNK = 1 << 22
CELL_BYTES = 6  # a cell in memory: its code while reading, and a share of the words
FEW = 100  # words of a chunk; below it, joining them in Python costs less than pyarrow's wide codes
AS_PYARROW_SPELLS_IT = re.sub(r"\\u([0-9a-f]{4})", r"\\x{\1}", UNSEEN.pattern)
MAY_BE_APART = r"[^\x{0}-\x{2ff}]"  # letters and accents that NFC joins; those of Latin-1 stand joined
UNTRIMMED = rf"^[\s\x{{a0}}\x{{3000}}]|[\s\x{{a0}}\x{{3000}}]$|{AS_PYARROW_SPELLS_IT}|{MAY_BE_APART}"
IN_CELL = b"\x1e"  # for a line feed in a file whose lines end otherwise


@dataclass(frozen=True, slots=True, kw_only=True)
class Scan:
    """What one pass over the bytes tells: their digest, the first NUL (-1: none), lines, quotes, and if it is UTF-8."""

    sha256: str
    nul: int
    lines: int
    quotes: int
    utf8: bool


def scanned(path: Path) -> Scan:
    """The file looked through once, in pieces."""
    digest, place, nul, lines, quotes, utf8, last = hashlib.sha256(), 0, -1, 0, 0, True, b""
    decoder = codecs.getincrementaldecoder("utf-8")()
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            if nul < 0 and (found := chunk.find(0)) >= 0:
                nul = place + found
            signs = np.frombuffer(chunk, np.uint8)  # bytes.count takes eight times as long where there are many
            lines += int(np.count_nonzero(signs == ord("\n")))
            quotes += int(np.count_nonzero(signs == ord('"')))
            utf8 = utf8 and _goes_on(decoder, chunk)
            place, last = place + len(chunk), chunk[-1:]
    if utf8:
        utf8 = _goes_on(decoder, b"", final=True)
    return Scan(sha256=digest.hexdigest(), nul=nul, lines=lines + (last != b"\n"), quotes=quotes, utf8=utf8)


def _goes_on(decoder: codecs.IncrementalDecoder, chunk: bytes, *, final: bool = False) -> bool:
    """Whether the text is still UTF-8."""
    if chunk and chunk.isascii() and not decoder.getstate()[0]:
        return True
    try:
        decoder.decode(chunk, final)
    except UnicodeDecodeError:
        return False
    return True


def read_text(path: Path, label: str, settings: File) -> Grid:
    """The cells of a text table; `label` is what messages call the file.

    Raises DataError for what is no table: bytes in no known encoding, one column only, rows of unequal length, a
    quotation mark that never closes, more than fits into memory.
    """
    scan = scanned(path)
    with path.open("rb") as file:
        head = file.read(HEAD)
    encoding = settings.encoding or utf16_form(head) or "utf-8"
    notes: tuple[str, ...] = ()
    raw: bytes | None = None  # the whole text as UTF-8, where it is not so on the disk
    if encoding not in ("utf-8", "utf-8-sig"):
        raw = _decoded(path.read_bytes(), encoding, label, settings).encode()
    elif scan.nul >= 0:
        raise _nul(label, path, scan.nul, settings)
    elif not scan.utf8 and not settings.encoding:
        encoding, text, notes = _guessed(path.read_bytes(), label, settings)
        raw = text.encode()
    elif not scan.utf8:
        _decoded(path.read_bytes(), encoding, label, settings)
    if b"\r\n" not in head and head.count(b"\r") > head.count(b"\n"):  # as old Macs end lines
        raw = (path.read_bytes() if raw is None else raw).replace(b"\n", IN_CELL).replace(b"\r", b"\n")
    lines = scan.lines
    if raw is not None:
        head, nul, lines = raw[:HEAD], raw.find(0), raw.count(b"\n") + (not raw.endswith(b"\n"))
        if nul >= 0:
            raise _nul(label, BytesIO(raw), nul, settings)
    start = len(codecs.BOM_UTF8) if head.startswith(codecs.BOM_UTF8) else 0
    layout = layout_of(head[start:].decode("utf-8", "ignore"), start, label, settings)
    checked(lines - layout.above, layout.width, label)
    size = len(raw) if raw is not None else path.stat().st_size
    cells = told_cells(size, head, layout)
    fits(label, cells, cells * CELL_BYTES + size / 4)
    source = raw[layout.start :] if raw is not None else path

    def well_quoted() -> None:
        if not scan.quotes and raw is None:
            return
        row = layout.skipped + 1
        quotes_or_refused(
            source, start=layout.start, delimiter=layout.delimiter, width=layout.width, row=row, label=label
        )

    def cells_of() -> tuple[tuple[Column, ...], NDArray[np.int64], int]:
        names = [str(place) for place in range(layout.width)]
        if raw is None:
            text, quotes = head[layout.start :].decode("utf-8", "ignore"), scan.quotes
            quotes -= head[: layout.start].count(b'"')
            if found := read_codes(path, layout, text, lines=lines - layout.above, quotes=quotes):
                headers, table = found
                columns = tuple(map(under, headers, side_by_side(_column, names, table.columns)))
                return columns, layout.skipped + np.arange(1, table.num_rows + 2), 0
        table, numbers, blanks = parsed(source, layout, label, lines=lines)
        return side_by_side(_column, names, table.columns), numbers, blanks

    try:
        columns, numbers, blanks = cells_of()
    except DataError:
        well_quoted()  # which tells the cause of what else is wrong
        raise
    if size <= LARGE or len(numbers) + blanks != lines - layout.above:
        well_quoted()  # a large file of which every line is a record has lost none, and a look at each mark takes long
    return Grid(
        file=label,
        sha256=scan.sha256,
        columns=columns,
        rows=numbers,
        blanks=blanks,
        encoding={"utf-8-sig": "UTF-8", "utf-8": "UTF-8"}.get(
            encoding, SINGLE_BYTE.get(encoding, encoding.upper())
        ),
        delimiter=layout.delimiter,
        preamble=layout.skipped,
        notes=(*notes, *(f"{label}: {note}." for note in left_above(layout.titles, layout.skipped + 1))),
    )


def _decoded(raw: bytes, encoding: str, label: str, settings: File) -> str:
    try:
        return raw.decode(encoding).removeprefix("\ufeff")
    except LookupError:
        raise DataError(f"{label}: there is no encoding called {encoding}. Try cp1252 or utf-8.") from None
    except UnicodeDecodeError as error:
        said = (
            f"a byte that is not {encoding.upper()}. Export it as UTF-8, or say what it is under [files] in plan.toml, "
            f"{as_in(settings.path, 'encoding', another(encoding))}."
        )
        row = raw[: error.start].count(b"\n") + 1  # cells are parted by signs of the encoding that it is not
        raise DataError(Fault.of(said, file=label, rows=[row])) from None


def _guessed(raw: bytes, label: str, settings: File) -> tuple[str, str, tuple[str, ...]]:
    """Encoding and text of bytes that are no UTF-8, and what is to be told of it; DataError where two are mixed."""
    try:
        raw.decode()
    except UnicodeDecodeError as error:
        wrong = error.start
    row, column = _where(raw[:wrong], settings)
    encoding = single_byte(raw)
    pasted = as_in(settings.path, "encoding", another(encoding) if encoding else "cp1252")
    mend = f"say what it is under [files] in plan.toml, {pasted}"
    if stray(raw):
        said = "a byte that is not UTF-8, in a file that is UTF-8 elsewhere, so two encodings are mixed in it."
        raise DataError(Fault.of(f"{said} Export it again as UTF-8.", file=label, rows=[row], column=column))
    if not encoding and b"".join(raw.splitlines()[1:]).isascii():  # in a header that is told apart without them
        place = f"{label}: row {row}, column {column}"
        said = f"{place}: bytes that are no letter in any encoding known here were left out."
        return "utf-8", raw.decode("utf-8", "ignore"), (said,)
    if not encoding:  # left out, they would make one id of two
        said = (
            f"bytes that make no words in any encoding known here. Export it as UTF-8, or {mend}; Cyrillic "
            "letters may be cp1251, Greek cp1253, Turkish cp1254, Hebrew cp1255."
        )
        raise DataError(Fault.of(said, file=label, rows=[row], column=column))
    text = raw.decode(encoding, "replace")
    told = letters(text)
    said = (
        f"{label} was read as {SINGLE_BYTE[encoding]}{f' (letters found: {told})' if told else ''}; if not, {mend}."
    )
    return encoding, text, (said,)


def _where(before: bytes, settings: File) -> tuple[int, str]:
    """The row and the column of the byte after these; the sign most frequent among the headers parts columns."""
    headers = before.partition(b"\n")[0].decode("utf-8", "replace")
    *above, line = f"{before.decode('utf-8', 'replace')}.".splitlines()
    sign = settings.delimiter or max(DELIMITERS, key=headers.count)
    return len(above) + 1, f"{len(next(csv.reader([line], delimiter=sign)))}"


def _nul(label: str, source: Path | BytesIO, place: int, settings: File) -> DataError:
    with source.open("rb") if isinstance(source, Path) else source as file:
        row, column = _where(file.read(place), settings)
    said = "a NUL character, which no table holds. Export it again."
    return DataError(Fault.of(said, file=label, rows=[row], column=column))


def _column(name: str, chunks: pyarrow.ChunkedArray) -> Column:
    if types.is_integer(chunks.type):
        if column := few_numbers(name, chunks):
            return column
        written = compute.fill_null(chunks.cast(pyarrow.string()), "")
        return _column(name, written.dictionary_encode())
    if sum(len(chunk.dictionary) for chunk in chunks.chunks) < FEW * chunks.num_chunks:
        codes, words = _one_by_one(chunks)
    else:
        array = chunks.combine_chunks() if chunks.num_chunks else pyarrow.array([], chunks.type)
        codes, words = array.indices.to_numpy(zero_copy_only=False), array.dictionary
    told = words.to_pylist()
    unseen, signs = NOWHERE, ""
    if compute.any(compute.match_substring_regex(words, UNTRIMMED)).as_py():
        whole = [word.replace(IN_CELL.decode(), "\n") for word in told]
        told = [cleaned(word).strip() for word in whole]
        unseen, signs = dropped(whole, codes)
    codes = codes.astype(np.min_scalar_type(-len(told) - 1), copy=False)
    return Column(name=name, codes=codes, words=tuple(told) or ("",), unseen=unseen, signs=signs)


def dropped(words: Sequence[str], codes: Codes) -> tuple[NDArray[np.int64], str]:
    """The cells that hold signs nobody can see, and which these are."""
    held = [unseen_in(word) for word in words]
    if not any(held):
        return NOWHERE, ""
    return np.flatnonzero(np.array([bool(signs) for signs in held])[codes]), "".join(sorted(set("".join(held))))


def _one_by_one(chunks: pyarrow.ChunkedArray) -> tuple[NDArray[np.int32], pyarrow.Array]:
    """Codes and words of chunks that hold few words each, without a second copy of the column in wide codes."""
    places: dict[str, int] = {}
    codes, at = np.empty(len(chunks), dtype=np.int32), 0
    for chunk in chunks.chunks:
        here = np.array([places.setdefault(word, len(places)) for word in chunk.dictionary.to_pylist()], np.int32)
        codes[at : at + len(chunk)] = here[chunk.indices.to_numpy()]
        at += len(chunk)
    return codes, pyarrow.array(list(places), pyarrow.string())
