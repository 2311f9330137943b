"""Dated: a workbook's real dates beside days that somebody typed as text."""

import re
from datetime import date

import openpyxl
import pytest

from mentorstudy import read_cohort, read_study
from mentorstudy.nouns.errors import DataError


def hired(small, texts, *, order="", real=None):
    """The days of hire that are read from a workbook in which some, by their row, were typed as text."""
    rows = [row.split(",") for row in small.path("hr.csv").read_text().splitlines()]
    small.path("hr.csv").unlink()
    book = openpyxl.Workbook()
    for at, row in enumerate(rows, start=1):
        if at > 1:
            row[1:3] = [date.fromisoformat(cell) if cell else None for cell in row[1:3]]
            row[1] = texts.get(at) or (real(at, row[1]) if real else row[1])
        book.active.append(row)
    book.save(small.folder / "first" / "hr.xlsx")
    settings = f'{{path = "hr.xlsx", date_order = "{order}"}}' if order else '"hr.xlsx"'
    small.change("plan.toml", lambda text: text.replace('people = "hr.csv"', f"people = {settings}"))
    found = read_cohort(read_study(small.folder), "first").of("people", "people")[0].rows["hired_on"]
    return {at: found.loc[at].date().isoformat() for at in (2, *texts)}


@pytest.mark.parametrize(
    ("text", "order", "read"),
    [
        ("14/02/2012", "day first", "2012-02-14"),
        ("03/04/2012", "day first", "2012-04-03"),
        ("03/04/2012", "month first", "2012-03-04"),
        ("14.02.2012", "", "2012-02-14"),
    ],
)
def test_the_order_is_that_of_the_texts(small, text, order, read):
    told = small.path("hr.csv").read_text().splitlines()[1].split(",")[1]
    assert hired(small, {8: text}, order=order) == {2: told, 8: read}


@pytest.mark.parametrize(
    ("text", "order", "said"),
    [
        (
            "14/02/2012",
            "month first",
            r"dates that are not month first, as declared; they look like 99/99/9999\. All dates here fit day first; "
            r'if they are so meant, write date_order = "day first", as in \{path = "hr',
        ),
        ("03/04/2012", "", "every date can be day first and month first; they look like 99/99/9999"),
    ],
)
def test_the_texts_alone_are_blamed(small, text, order, said):
    with pytest.raises(DataError, match=rf"row 8, column hire_date: {said}"):
        hired(small, {8: text}, order=order)


def test_dates_that_a_spreadsheet_turned_round_are_asked_about(small):
    with pytest.raises(DataError, match=r"row 8, column hire_date: texts beside real dates of which none is after"):
        hired(small, {8: "14/02/2012"}, real=lambda at, day: day.replace(day=1 + at % 12))


def test_days_that_are_all_the_first_of_a_month_are_not(small):
    assert hired(small, {8: "14/02/2012"}, real=lambda _, day: day.replace(day=1))[8] == "2012-02-14"


def test_days_of_one_month_that_a_spreadsheet_turned_round_are_asked_about(small):
    with pytest.raises(DataError, match=r"column hire_date: texts beside real dates of which none is after"):
        hired(
            small,
            {at: f"{at}/03/2011" for at in range(13, 29)},
            real=lambda at, _: date(2011, 3 + at % 10, 3),
        )


@pytest.mark.parametrize("word", ["0", "31.12.9999"])
def test_what_stands_for_no_day_in_many_rows_is_offered_as_such(small, word):
    rows = [row.split(",") for row in small.path("hr.csv").read_text().splitlines()]
    for row in rows[1:]:
        row[2] = row[2] or word
    small.change("hr.csv", lambda _: "\n".join(map(",".join, rows)) + "\n")
    pasted = f'[placeholders]\ndates = ["{word}"]'
    with pytest.raises(DataError, match=re.escape(f"If “{word}” means no day, write into plan.toml:\n{pasted}")):
        read_cohort(read_study(small.folder), "first")
    small.change("plan.toml", lambda text: f"{text}\n{pasted}\n")
    read_cohort(read_study(small.folder), "first")
