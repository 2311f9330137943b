"""Files of statistics programs as tables."""

from dataclasses import replace
from pathlib import Path

import pytest

from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.statistical import read_statistical
from mentorstudy.reading.platforms.statistics import is_statistics, read_statistics

SAME = Path(__file__).parents[1] / "exports/same-survey"


@pytest.mark.parametrize(("name", "platform"), [("spss_labelled.sav", "spss"), ("stata_labelled.dta", "stata")])
def test_the_response_is_known_by_name(name, platform):
    file = File(path=name)
    grid = read_statistical(SAME / name, name, "0", file)
    table = read_statistics(grid, file)
    assert is_statistics(grid)
    assert not is_statistics(replace(grid, container="csv"))
    assert table.platform == platform
    assert table.height == 15
    assert set(table.response) == {"response", "started_at", "submitted_at", "finished", "progress"}
    assert table.fields["finished"].kind == "meta"
    assert table.fields["conf_1"].kind == "answer"


def test_a_finished_that_is_no_yes_or_no_stays_an_answer():
    file = File(path="spss_labelled.sav")
    grid = read_statistical(SAME / file.path, file.path, "0", file)
    odd = tuple(
        replace(column, words=tuple(word and "7" for word in column.words)) if column.name == "finished" else column
        for column in grid.columns
    )
    table = read_statistics(replace(grid, columns=odd), file)
    assert "finished" not in table.response
    assert table.fields["finished"].kind == "answer"
