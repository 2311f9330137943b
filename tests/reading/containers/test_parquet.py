"""Parquet files: types, dictionaries, row groups, index columns, nested columns, damage and size."""

import numpy as np
import pandas as pd
import pyarrow
import pytest
from pyarrow import parquet as arrow_parquet

from mentorstudy.nouns.errors import DataError
from mentorstudy.reading.coded import read_survey
from mentorstudy.reading.containers import extent
from mentorstudy.reading.containers.parquet import read_parquet


def read(path):
    grid = read_parquet(path, path.name, "0")
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
    assert extent.rows_told(path) == (11, 1)
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
