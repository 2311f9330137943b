"""Files with bytes changed on their way: read, or refused in a sentence; never the end of the program."""

import random

import openpyxl
import pandas as pd
import pyreadstat
import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.coded import read_survey

KEY = b"k" * 32
FRAME = pd.DataFrame({"id": [f"p{place}" for place in range(30)], "q1": [float(place % 5) for place in range(30)]})


def as_xlsx(path):
    book = openpyxl.Workbook()
    for row in [list(FRAME.columns), *FRAME.to_numpy().tolist()]:
        book.active.append(row)
    book.save(path)


WRITE = {
    "xlsx": as_xlsx,
    "parquet": FRAME.to_parquet,
    "sav": lambda path: pyreadstat.write_sav(FRAME, str(path)),
    "zsav": lambda path: pyreadstat.write_sav(FRAME, str(path), compress=True),
    "dta": lambda path: pyreadstat.write_dta(FRAME, str(path)),
}


@pytest.fixture(scope="module", params=WRITE)
def whole(request, tmp_path_factory):
    path = tmp_path_factory.mktemp("whole") / f"a.{request.param}"
    WRITE[request.param](path)
    assert len(read_survey(path, key=KEY).rows) == len(FRAME)
    return path


def read_or_refused(path, raw):
    """What the file was refused with; "" where it was read."""
    path.write_bytes(raw)
    said = ""
    try:
        read_survey(path, key=KEY)
    except DataError as error:
        said = str(error)
    assert not said or said.startswith(path.name)
    return said


def test_bytes_changed_at_random(whole, tmp_path):
    before = whole.read_bytes()
    refused = 0
    for seed in range(60):
        draw, raw = random.Random(seed), bytearray(before)
        for _ in range(6):
            raw[draw.randrange(8, len(raw))] = draw.randrange(256)
        refused += read_or_refused(tmp_path / whole.name, bytes(raw)) != ""
    assert refused


def test_files_cut_short(whole, tmp_path):
    before = whole.read_bytes()
    for share in (0.02, 0.1, 0.3, 0.5, 0.7, 0.9, 0.99):
        read_or_refused(tmp_path / whole.name, before[: int(len(before) * share)])


def test_bytes_at_random_under_any_name(tmp_path):
    draw = random.Random(1)
    for ending in ("csv", "xlsx", "sav", "dta", "parquet", "zip"):
        for _ in range(8):
            read_or_refused(tmp_path / f"a.{ending}", draw.randbytes(draw.randrange(1, 3_000)))
