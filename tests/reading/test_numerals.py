"""Numerals: numbers as HR systems write them, and those of which only the reader can tell what they are."""

import pytest

from mentorstudy import read_cohort, read_study
from mentorstudy.nouns.errors import DataError

THOUSANDS = ["950", "1.200", "12.345", ""]


def paid(small, values, *, decimal="", item=False):
    """The pay that is read, and the notes, where it is written as `values` in turn; in the surveys where an `item`."""
    for name in ("survey_T0.csv", "survey_T12.csv") if item else ("hr.csv",):
        head, *rows = small.path(name).read_text().splitlines()
        rows = [f"{row.replace(',', ';')};{values[at % len(values)]}" for at, row in enumerate(rows)]
        small.change(
            name, lambda _, head=head, rows=rows: "\n".join([f"{head.replace(',', ';')};pay", *rows]) + "\n"
        )
    role, path = ("survey", "survey_*.csv") if item else ("people", "hr.csv")
    if item:
        outcome = 'kind = "item"\nitem = "pay"\nwaves = ["T0", "T12"]\nrole = "secondary"\nsmallest_effect = 1'
        small.change("plan.toml", lambda text: f"{text}\n[outcomes.pay]\n{outcome}\n")
    else:
        small.change("plan.toml", lambda text: text.replace('["grade"', '["pay", "grade"'))
    if decimal:
        table = f'{role} = {{path = "{path}", decimal = "{decimal}"}}'
        small.change("plan.toml", lambda text: text.replace(f'{role} = "{path}"', table))
    export = read_cohort(read_study(small.folder), "first").of("people", role)[0]
    return export.rows["pay"].dropna().tolist()[:3], export.ledger.notes


@pytest.mark.parametrize("item", [False, True])
def test_three_decimals_beside_whole_numbers_are_asked_about(small, item):
    with pytest.raises(DataError) as caught:
        paid(small, THOUSANDS, item=item)
    fault = caught.value.faults[0]
    assert fault.column == "pay"
    assert fault.said.startswith("whole numbers beside others like 9.999, which may be thousands or decimals.")
    assert 'decimal = ","}; if they are decimals, as in {path' in fault.said
    assert 'decimal = "."}' in fault.said


@pytest.mark.parametrize(("decimal", "read"), [(",", [950, 1200, 12345]), (".", [950, 1.2, 12.345])])
@pytest.mark.parametrize("item", [False, True])
def test_what_the_plan_says_of_them_holds(small, decimal, read, item):
    assert paid(small, THOUSANDS, decimal=decimal, item=item)[0] == read


@pytest.mark.parametrize("values", [["0.333", "1.200", "2"], ["1.5", "1.200", "2"], ["1.234", "2.345", "3.456"]])
def test_what_can_only_be_decimals_is_read(small, values):
    assert paid(small, values) == ([float(value) for value in values], ())


def test_commas_that_may_part_thousands_are_not_only_offered_as_decimals(small):
    with pytest.raises(DataError, match=r"leave them out; only if they part decimals, say so, .* decimal = \",\""):
        paid(small, ["950", "1,200"])


def test_commas_that_are_declared_decimal_and_look_like_thousands_are_noted(small):
    read, [note] = paid(small, ["950", "1,200"], decimal=",")
    assert read == [950, 1.2, 950]
    assert note.startswith("first/hr.csv: read with decimal commas, as the plan says: numbers like 9,999")


@pytest.mark.parametrize(
    ("values", "decimal", "read"),
    [
        (["12,50", "12,50-", "1.200,00-"], ",", [12.5, -12.5, -1200]),
        (["$45,000.50", "$950", "-$1,200"], "", [45000.5, 950, -1200]),
        (["45 000,50 €", "1\u202f200,5 €", "950€"], ",", [45000.5, 1200.5, 950]),
        (["45\u00a0000,50", "−3", "1 200 300"], ",", [45000.5, -3, 1200300]),
        (["CHF 45'000.50", "CHF 1’200", "CHF 3"], "", [45000.5, 1200, 3]),
    ],
)
def test_amounts_as_hr_systems_write_them(small, values, decimal, read):
    found, [note] = paid(small, values, decimal=decimal)
    assert found == read
    assert note.endswith("were read as plain ones.")


@pytest.mark.parametrize("values", [["(12.5)", "12.5"], ["$12.5", "€13.5"], ["12,50-", "12,50"], ["45 000,50"]])
def test_amounts_that_need_a_word_of_the_reader_are_no_groups(small, values):
    with pytest.raises(DataError, match="column pay: no number, in a column of numbers"):
        paid(small, values)


def test_grades_with_a_minus_stay_words(small):
    assert paid(small, ["1", "2-", "3-"]) == (["1", "2-", "3-"], ())


def test_many_texts_full_of_digits_are_noted_with_their_shapes(small):
    small.change("plan.toml", lambda text: text.replace('["grade"', '["post", "grade"'))
    head, *rows = small.path("hr.csv").read_text().splitlines()
    told = [f"{row},K{at:03d}/{at % 10}" for at, row in enumerate(rows)]
    small.change("hr.csv", lambda _: "\n".join([f"{head},post", *told]) + "\n")
    [note] = read_cohort(read_study(small.folder), "first").of("people", "people")[0].ledger.notes
    assert "column post: 240 different texts full of digits, like a999/9" in note


@pytest.mark.parametrize("values", [["1900-01-03", "1900-01-05"], ["3", "1900-01-05", "1900-02-14 12:00:00"]])
def test_numbers_that_a_workbook_shows_as_dates_are_no_groups(small, values):
    with pytest.raises(DataError, match=r"column pay: no number, in a column of numbers") as caught:
        paid(small, values)
    assert caught.value.faults[0].said.endswith(
        "These are dates of about 1900, as a workbook shows small numbers in cells that are formatted as dates. Format "
        "the column as numbers there."
    )


def test_days_of_which_a_few_mean_none_stay_words(small):
    read, _ = paid(small, ["2019-03-01", "2020-06-15", "1900-01-01"])
    assert read == ["2019-03-01", "2020-06-15", "1900-01-01"]
