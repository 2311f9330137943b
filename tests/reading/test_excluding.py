"""[[exclude]]: a row that must not hold up the others is left out by name, counted and told."""

import pytest

from mentorstudy import read_cohort, read_study
from mentorstudy.nouns.errors import DataError


def excluding(column, value, why="exit before hire, corrected at source next month"):
    return f'\n[[exclude]]\nfile = "hr.csv"\nwhere = {{column = "{column}", is = "{value}"}}\nwhy = "{why}"\n'


def person_of(small, row):
    return small.path("hr.csv").read_text().splitlines()[row].split(",")[0]


def spoil(small):
    """The first person leaves before being hired."""
    rows = small.path("hr.csv").read_text().splitlines()
    head = rows[0].split(",")
    cells = rows[1].split(",")
    cells[head.index("hire_date")], cells[head.index("termination_date")] = "2024-05-01", "2024-01-01"
    small.path("hr.csv").write_text("\n".join([rows[0], ",".join(cells), *rows[2:]]) + "\n")


def test_the_row_is_left_out_and_counted(small):
    spoil(small)
    with pytest.raises(DataError, match="an exit before the hire"):
        read_cohort(read_study(small.folder), "first")
    small.change("plan.toml", lambda text: text + excluding("employee_id", person_of(small, 1)))
    [people] = read_cohort(read_study(small.folder), "first").of("people", "people")
    reason = "left out by the plan: exit before hire, corrected at source next month"
    assert people.ledger.dropped == {reason: 1}
    assert people.ledger.rows == people.ledger.kept + 1


def test_a_name_that_fits_no_row_is_noted(small):
    small.change("plan.toml", lambda text: text + excluding("employee_id", "nobody"))
    [people] = read_cohort(read_study(small.folder), "first").of("people", "people")
    assert people.ledger.notes == ("first/hr.csv: [[exclude]] names no row where employee_id is as written.",)
