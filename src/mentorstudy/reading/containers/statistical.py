"""Statistical: SPSS and Stata files to a grid, with what they say of labels and missing answers."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.coding.codebooks.described import missing_of
from mentorstudy.reading.containers.extent import checked
from mentorstudy.reading.containers.memory import fits
from mentorstudy.reading.containers.reasons import reason
from mentorstudy.reading.containers.tried import survived
from mentorstudy.reading.grid import Column, Field, Grid, decimal

CHUNK = 50_000  # rows in memory at a time
CELL_BYTES, CHUNK_BYTES = 2, 16  # at least, of a cell in memory and of one of a chunk
SPSS_DAYS = ("DATE", "ADATE", "EDATE", "JDATE", "SDATE", "QYR", "MOYR", "WKYR")
SPSS_EPOCH, STATA_EPOCH = datetime(1582, 10, 14), datetime(1960, 1, 1)

TRIAL = "import pyreadstat, sys; getattr(pyreadstat, sys.argv[1])(sys.argv[2], row_limit=10, output_format='dict')"
DAMAGED = "the file is damaged or cut short. Export it again, or copy it again as a whole."


def read_statistical(path: Path, label: str, settings: File) -> Grid:
    """The cells of a .sav, .zsav or .dta file: whole numbers as "3", extended missing values as ".a".

    Raises DataError for a damaged file, one too large, and one in another encoding than it declares.
    """
    import pyreadstat  # noqa: PLC0415 - 0.14 s that a CSV need not pay

    stata = _is_stata(path)
    reader = pyreadstat.read_dta if stata else pyreadstat.read_sav
    told: dict[str, Any] = {
        "user_missing": True,
        "disable_datetime_conversion": True,
        "encoding": settings.encoding,
    }
    if not survived(TRIAL, reader.__name__, str(path)):
        raise DataError(f"{label}: {DAMAGED}")
    try:
        size = path.stat().st_size
        _, meta = reader(str(path), metadataonly=True, encoding=settings.encoding)
        rows, wide = -1 if meta.number_rows is None else meta.number_rows, meta.number_columns or 0
        checked(rows, wide, label, packed=size)
        fits(label, rows * wide, (rows * CELL_BYTES + min(rows, CHUNK) * CHUNK_BYTES) * wide)
        building = [_Building() for _ in meta.column_names]
        height = 0
        while True:
            frame, meta = reader(str(path), row_offset=height, row_limit=CHUNK, **told)
            for place, built in enumerate(building):
                built.add(frame.iloc[:, place])
            height += len(frame)
            checked(height, len(building), label, packed=size)
            if len(frame) < CHUNK:
                break
    except (pyreadstat.ReadstatError, UnicodeDecodeError) as error:
        raise DataError(f"{label}: {_mend(label, str(error))}") from None
    except LookupError:
        raise DataError(f"{label}: there is no encoding called {settings.encoding}. Try cp1252 or utf-8.") from None
    notes: list[str] = []
    pairs = [
        _column(name, place, built=built, meta=meta, stata=stata, notes=notes)
        for place, (name, built) in enumerate(zip(meta.column_names, building, strict=True), start=1)
    ]
    return Grid(
        file=label,
        columns=tuple(column for column, _ in pairs),
        rows=np.arange(1, height + 1),
        named=tuple((column.name, about) for column, about in pairs),
        container="stata" if stata else "spss",
        encoding=meta.file_encoding or "",
        notes=tuple(notes) + _sets_noted(meta),
    )


def _is_stata(path: Path) -> bool:
    """Whether it is Stata's, whatever its name: SPSS' begin with $FL."""
    with path.open("rb") as file:
        return file.read(3) != b"$FL"


class _Building:
    """A column as its chunks come: codes into the distinct values seen so far."""

    def __init__(self) -> None:
        self.seen: dict[Any, int] = {"": 0}
        self.parts: list[NDArray[Any]] = []

    def add(self, values: pd.Series) -> None:
        codes, distinct = pd.factorize(values, use_na_sentinel=True)
        places = [0, *(self.seen.setdefault(value, len(self.seen)) for value in distinct.tolist())]
        self.parts.append(np.array(places, dtype=np.min_scalar_type(-len(self.seen) - 1))[codes + 1])

    def codes(self) -> NDArray[Any]:
        return np.concatenate(self.parts)


def _column(
    name: str, place: int, *, built: _Building, meta: Any, stata: bool, notes: list[str]
) -> tuple[Column, Field]:
    shape = meta.original_variable_types[name] or ""  # none in some files with bytes changed
    single = meta.readstat_variable_types[name] == "float"
    numeric = meta.readstat_variable_types[name] != "string"  # a letter among numbers is an extended missing value
    words: list[str] = []
    wild = 0
    for value in built.seen:
        if isinstance(value, str):
            words.append(f".{value}" if numeric and value else cleaned(value).strip())
            continue
        written = _moment(value, shape, stata)
        wild += written is None
        words.append(_number(value, single) if written == "" else written or "")
    if wild:
        notes.append(f"Column {name}: {wild} distinct dates that no calendar has; their cells count as empty.")
    labels = {
        f".{code}" if numeric and isinstance(code, str) else _code(code): cleaned(text)
        for code, text in meta.variable_value_labels.get(name, {}).items()
    }
    missing = {
        word: reason(labels.get(word, ""), word)
        for word in dict.fromkeys([*words, *labels])
        if word and ((numeric and word.startswith(".")) or _among(word, meta.missing_ranges.get(name, ())))
    }
    missing |= missing_of({code: text for code, text in labels.items() if code not in missing})
    about = Field(
        source=name,
        place=place,
        wording=cleaned(meta.column_names_to_labels.get(name) or ""),
        labels=labels,
        missing=missing,
    )
    column = Column(name=name, codes=built.codes(), words=tuple(words))
    for title, group in meta.mr_sets.items():
        if group["is_dichotomy"] and name in group["variable_list"]:
            return _box(column, group["counted_value"], missing), replace(
                about, kind="choice", question=group["label"] or title, choice=name, part=about.wording, labels={}
            )
    return column, about


def _box(column: Column, counted: object, missing: Mapping[str, str]) -> Column:
    ticked = _code(counted)
    return replace(
        column,
        words=tuple("" if not word or word in missing else str(int(word == ticked)) for word in column.words),
    )


def _sets_noted(meta: Any) -> tuple[str, ...]:
    return tuple(
        f"Multiple response set {title}: its {len(group['variable_list'])} columns hold categories, one answer each."
        for title, group in meta.mr_sets.items()
        if not group["is_dichotomy"]
    )


def _code(code: object) -> str:
    return cleaned(code).strip() if isinstance(code, str) else _number(float(str(code)), single=False)


def _number(value: float, single: bool) -> str:
    if float(value).is_integer():
        return str(int(value))
    return decimal(np.float32(value) if single else float(value))


def _moment(value: float, shape: str, stata: bool) -> str | None:
    """The day, clock time or both as ISO text; "" where the format is no date's, None where no calendar has it."""
    kind = shape.lstrip("%-") if stata else shape.rstrip("0123456789.")
    days = kind.startswith(("td", "d")) if stata else kind in SPSS_DAYS
    clock = kind.lower().startswith("tc") if stata else kind in {"DATETIME", "YMDHMS"}
    if not stata and kind == "TIME" and 0 <= value < 86_400:
        return (SPSS_EPOCH + timedelta(seconds=value)).time().isoformat("seconds")
    if not (days or clock):
        return ""
    try:
        step = timedelta(days=value) if stata and days else timedelta(seconds=value / 1000 if stata else value)
        moment = (STATA_EPOCH if stata else SPSS_EPOCH) + step
    except (OverflowError, ValueError):
        return None
    return moment.date().isoformat() if days else moment.isoformat(timespec="seconds")


def _among(word: str, ranges: Sequence[Mapping[str, Any]]) -> bool:
    for span in ranges:
        if isinstance(span["lo"], str):
            if word == cleaned(span["lo"]).strip():
                return True
            continue
        try:
            if span["lo"] <= float(word) <= span["hi"]:
                return True
        except ValueError:
            continue
    return False


def _mend(label: str, said: str) -> str:
    if "encod" in said or "codec" in said or "convert string" in said:
        return (
            "its texts are not in the encoding it declares. Say what they are under [files] in plan.toml, as in "
            f'{{ path = "{Path(label).name}", encoding = "cp1252" }}.'
        )
    return DAMAGED
