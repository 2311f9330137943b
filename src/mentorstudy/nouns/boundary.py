"""Boundary: how unequal losses may be before they count as high, by the What Works Clearinghouse's table."""

import csv
from functools import cache
from importlib import resources

HIGHEST = 65  # percent lost overall: the table's end


def boundary(overall: float, kind: str) -> float:
    """The highest difference in loss that counts as low, as a share, at an `overall` share lost.

    Interpolated between whole percents; beyond the table's end every difference is high.
    """
    line = _table(kind)
    percent = overall * 100
    below = int(percent)
    if percent > max(line):
        return 0.0
    above = line.get(below + 1, 0.0)
    return (line[below] + (above - line[below]) * (percent - below)) / 100


@cache
def _table(kind: str) -> dict[int, float]:
    text = (resources.files("mentorstudy") / "library" / "boundaries" / "wwc_attrition.csv").read_text()
    rows = [row for row in csv.DictReader(text.splitlines()) if row[kind]]
    return {int(row["overall"]): float(row[kind]) for row in rows}
