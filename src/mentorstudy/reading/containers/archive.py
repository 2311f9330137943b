"""Archive: the sole table in a zip, as platforms pack their downloads."""

import zipfile

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.containers.guard import guarded, pieces

TABLES = (".csv", ".tsv", ".txt", ".tab", ".xlsx", ".xls", ".xlsb", ".ods", ".sav", ".zsav", ".dta", ".parquet")
SHOWN = 10


def is_workbook(raw: bytes) -> bool:
    """Whether the archive is itself a workbook."""
    return b"xl/workbook" in raw or b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet" in raw[:200]


def sole_table(raw: bytes, label: str) -> tuple[str, bytes]:
    """Name and bytes of the one table in a zip; DataError lists what is in it where there is none, or several."""
    archive = guarded(raw, label)
    files = [part for part in archive.infolist() if _is_a_file(part)]
    tables = [part for part in files if part.filename.casefold().endswith(TABLES)]
    if len(tables) != 1:
        names = [cleaned(part.filename) for part in files]
        listed = ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
        raise DataError(
            f"{label}: {len(tables) or 'no'} tables in this archive; it holds {listed or 'nothing'}. Unpack it, and "
            "name the file to read under [files] in plan.toml."
        )
    return cleaned(tables[0].filename), b"".join(pieces(archive, tables[0], label))


def _is_a_file(part: zipfile.ZipInfo) -> bool:
    name = part.filename
    return not (part.is_dir() or name.startswith("__MACOSX") or name.rpartition("/")[2].startswith("."))
