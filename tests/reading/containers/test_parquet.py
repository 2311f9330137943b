"""Parquet files: types, dictionaries, row groups, index columns, nested columns, damage and size."""

from contextlib import suppress

import numpy as np
import pandas as pd
import pyarrow
import pytest
from pyarrow import parquet as arrow_parquet

from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.coded import read_survey
from mentorstudy.reading.containers import extent, parquet
from mentorstudy.reading.containers.parquet import read_parquet
from mentorstudy.reading.texts import Texts


def read(path):
    grid = read_parquet(path, path.name)
    return grid, {column.name: [column.words[code] for code in column.codes] for column in grid.columns}


def test_every_type_becomes_text(tmp_path):
    path = tmp_path / "a.parquet"
    frame = pd.DataFrame(
        {
            "whole": [1.0, 2.5, np.nan],
            "small": np.array([0.1, 3, 4], dtype="float32"),
            "flag": pd.array([True, False, None], dtype="boolean"),
            "kind": pd.Categorical(["b", None, "a"], categories=["a", "b", "c"]),
            "text": ["007", " NA ", None],
            "when": pd.to_datetime(["2026-03-03T00:04:31Z", None, "2026-03-04T00:00:00Z"]),
        },
    )
    frame.to_parquet(path, row_group_size=2)
    grid, cells = read(path)
    assert cells == {
        "whole": ["1", "2.5", ""],
        "small": ["0.1", "3", "4"],
        "flag": ["1", "0", ""],
        "kind": ["b", "", "a"],
        "text": ["007", "NA", ""],
        "when": ["2026-03-03T00:04:31+00:00", "", "2026-03-04T00:00:00+00:00"],
    }
    assert grid.container == "parquet"
    assert [name for name, _ in grid.named] == list(frame.columns)
    assert all(column.codes.dtype == np.int8 for column in grid.columns)


def test_an_index_of_pandas_is_left_out_and_noted(tmp_path):
    path = tmp_path / "a.parquet"
    pd.DataFrame({"a": [1, 2]}, index=["x", "y"]).to_parquet(path)
    grid, cells = read(path)
    assert cells == {"a": ["1", "2"]}
    assert "__index_level_0__" in grid.notes[0]


def test_nested_columns_are_refused_by_name(tmp_path):
    path = tmp_path / "a.parquet"
    arrow_parquet.write_table(pyarrow.table({"a": [1], "boxes": [["x", "y"]]}), path)
    with pytest.raises(DataError, match="column boxes holds lists"):
        read(path)


def test_a_cut_file_is_told_kindly(tmp_path):
    path = tmp_path / "a.parquet"
    pd.DataFrame({"a": range(1000)}).to_parquet(path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(DataError, match="cut short"):
        read(path)


def test_too_many_rows_are_refused_before_reading(tmp_path, monkeypatch):
    path = tmp_path / "a.parquet"
    pd.DataFrame({"a": range(11)}).to_parquet(path)
    monkeypatch.setattr(extent, "ROWS", 10)
    with pytest.raises(DataError, match="11 rows; 10 is the limit"):
        read(path)


@pytest.mark.parametrize("dtype", ["int8", "uint8", "int16", "uint64", "int64"])
@pytest.mark.parametrize("end", ["min", "max"])
def test_whole_numbers_at_the_ends_of_their_type_are_told_apart_from_nulls(tmp_path, dtype, end):
    edge = getattr(np.iinfo(dtype), end)
    near = edge + (3 if end == "min" else -3)
    values = [int(edge), None, int(near), int(edge)]
    path = tmp_path / "a.parquet"
    arrow_parquet.write_table(pyarrow.table({"q": pyarrow.array(values, dtype)}), path)
    _, cells = read(path)
    assert cells["q"] == [str(edge), "", str(near), str(edge)]


def test_two_columns_of_one_name_are_told(tmp_path):
    path = tmp_path / "a.parquet"
    columns = [pyarrow.array([1, 2]), pyarrow.array(["a", "b"])]
    arrow_parquet.write_table(pyarrow.Table.from_arrays(columns, names=["q", "q"]), path)
    with pytest.raises(DataError, match=r"a\.parquet: two columns are called q\. Rename one of them\."):
        read_survey(path, key=b"k" * 32)


def test_a_moment_that_no_calendar_has_is_no_date_and_no_end_of_the_program(tmp_path):
    path = tmp_path / "a.parquet"
    moments = pyarrow.array([2**50, None, 0], pyarrow.timestamp("ms"))
    arrow_parquet.write_table(pyarrow.table({"when": moments}), path)
    _, cells = read(path)
    assert cells["when"] == [str(2**50), "", "1970-01-01T00:00:00"]


def every_kind(rows):
    draw = np.random.default_rng(3)
    gaps = draw.random(rows) < 0.2
    codes = draw.integers(1, 6, rows)
    columns = {
        f"{dtype} {gap}": pyarrow.array(codes, dtype, mask=gaps if gap == "gaps" else None)
        for dtype in ("int8", "uint8", "int16", "uint32", "int64", "uint64")
        for gap in ("full", "gaps")
    }
    return pyarrow.table(
        columns
        | {
            "from 0": pyarrow.array(codes - 1, "int8", mask=gaps),
            "below 0": pyarrow.array(codes - 3, "int16", mask=gaps),
            "wide": pyarrow.array(draw.integers(-(2**62), 2**62, rows)),
            "empty": pyarrow.array([None] * rows, "int32"),
            "zeros": pyarrow.array([0] * rows, "int32"),
            "id": [f" {place:07d}" for place in range(rows)],
            "large id": pyarrow.array([f"ü{place}" for place in range(rows)], pyarrow.large_string()),
            "other id": pyarrow.array([f"x{place}" for place in range(rows)], pyarrow.large_string()),
            "words": pyarrow.array(draw.choice(["a", " b ", "NA", ""], rows), mask=gaps),
            "dictionary": pyarrow.array(draw.choice(["a", "b"], rows)).dictionary_encode(),
            "number": draw.random(rows).round(2),
            "flag": codes > 3,
        }
    )


@pytest.mark.parametrize("group", [7, 40, 1_000])
def test_a_long_file_reads_as_a_short_one_does(tmp_path, monkeypatch, group):
    path = tmp_path / "a.parquet"
    arrow_parquet.write_table(every_kind(100), path, row_group_size=group)
    _, short = read(path)
    assert short["int8 gaps"] == short["uint64 gaps"]
    assert short["below 0"] == [str(int(cell) - 2) if cell else "" for cell in short["from 0"]]
    monkeypatch.setattr(parquet, "LONG", 0)
    monkeypatch.setattr(parquet, "SOME", 20)
    grid, long = read(path)
    assert long == short
    assert {column.name for column in grid.columns if isinstance(column.words, Texts)} == {"id", "other id"}
    table = read_survey(path, person="id").rows
    assert table["large id"].tolist() == short["large id"]
    assert table["int8 gaps"].fillna(0).tolist() == [int(cell or 0) for cell in short["int8 gaps"]]
    assert table["person"].nunique() == len(table) == 100


@pytest.mark.parametrize("seed", range(40))
def test_a_damaged_file_is_refused_or_read_and_never_ends_the_program(tmp_path, monkeypatch, seed):
    monkeypatch.setattr(parquet, "LONG", 0)
    monkeypatch.setattr(parquet, "SOME", 20)
    path = tmp_path / "a.parquet"
    arrow_parquet.write_table(every_kind(200), path, compression=["none", "snappy"][seed % 2])
    draw = np.random.default_rng(seed)
    raw = bytearray(path.read_bytes())
    for at in draw.integers(4, len(raw), 3):
        raw[at] = draw.integers(256)
    path.write_bytes(raw)
    with suppress(DataError):
        _, cells = read(path)
        assert {len(column) for column in cells.values()} == {200}


def test_one_text_twice_among_many_is_one_person(tmp_path, monkeypatch):
    monkeypatch.setattr(parquet, "LONG", 0)
    monkeypatch.setattr(parquet, "SOME", 3)
    path = tmp_path / "a.parquet"
    ids = ["a", "b", "c", "d", "b", "e"]  # the first, middle and last differ
    arrow_parquet.write_table(pyarrow.table({"id": ids, "q": [1, 2, 3, 4, 5, 1]}), path)
    rows = read_survey(path, person="id").rows
    assert rows["person"].nunique() == 5
    assert rows["person"].iloc[1] == rows["person"].iloc[4]
    assert read_survey(path).rows["id"].tolist() == ids


def test_a_name_with_a_dot_is_another_column(tmp_path):
    path = tmp_path / "a.parquet"
    arrow_parquet.write_table(pyarrow.table({"q.1": [1, 2], "q": ["a", "b"], "q.1.x": [3, 4]}), path)
    _, cells = read(path)
    assert cells == {"q.1": ["1", "2"], "q": ["a", "b"], "q.1.x": ["3", "4"]}
