"""Sharing: columns with answers in common are one group, however many columns a file has."""

import time

import numpy as np

from mentorstudy.reading.grid import Column, Field
from mentorstudy.reading.sharing import sharing
from mentorstudy.reading.table import Table


def table_of(columns):
    codes = np.zeros(1, dtype=np.int8)
    return Table(
        file="a.csv",
        sha256="",
        dropped={},
        rows=np.arange(1),
        columns={name: Column(name=name, codes=codes, words=words) for name, words in columns.items()},
        fields={name: Field(source=name, place=1) for name in columns},
    )


def test_a_column_joins_the_groups_that_it_shares_answers_with_in_their_order():
    table = table_of(
        {"a": ("Agree",), "b": ("7",), "c": ("Never",), "d": ("Rarely",), "e": ("Never", "Agree"), "f": ("Rarely",)}
    )
    assert [*sharing(table, [*table.columns])] == [["b"], ["a", "c", "e"], ["d", "f"]]


def test_sixteen_thousand_columns_take_as_long_as_they_are_many():
    table = table_of({f"q{place}": ("1", "2") for place in range(16_000)})
    before = time.monotonic()
    assert len([*sharing(table, [*table.columns])]) == 16_000
    assert time.monotonic() - before < 5  # each against all the others took half a minute
