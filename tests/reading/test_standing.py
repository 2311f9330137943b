"""Of several answers of one person the one that counts is told by their times, or asked for; never guessed."""

import csv
import re

import pytest

import mentorstudy as kit
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.containers.opening import open_grid
from mentorstudy.reading.files import told_as

HEAD = ["ID", "Start time", "Completion time", "Email", "Name", "who", "z1", "z2", "z3"]
DAY_FIRST = 'date_order = "day first"'
BERLIN = 'time_zone = "Europe/Berlin"'


def answered_twice(small, later, earlier, others, settings=BERLIN):
    """The first wave as Microsoft Forms has it: one person's later answer (5) above all, the earlier (1) below."""
    path = small.path("survey_T0.csv")
    with path.open(newline="") as file:
        rows = list(csv.reader(file))[1:]
    first, rest = rows[0][0], rows[1:]
    told = [
        (later, [first, "5", "5", "5"]),
        *zip(others * len(rest), rest, strict=False),
        (earlier, [first, *"111"]),
    ]
    lines = [[str(at), when, when, "anonymous", "", *row] for at, (when, row) in enumerate(told, start=1)]
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([HEAD, *lines])
    small.change("survey_T12.csv", lambda text: text.replace("id,z1", "who,z1", 1))
    small.change(
        "plan.toml",
        lambda text: text.replace(
            'survey = "survey_*.csv"', f'survey = {{path = "survey_*.csv", {settings}}}'
        ).replace('[columns.survey]\nperson = "id"', '[columns.survey]\nperson = "who"'),
    )
    return len(told)


def first_wave(small):
    exports = kit.read_cohort(kit.read_study(small.folder), "first")
    [survey] = [file for file in exports.files if file.role == "survey" and file.wave == "T0"]
    return survey


@pytest.mark.parametrize(
    ("later", "earlier", "others", "settings"),
    [
        ("2025-01-20 10:00:00", "2025-01-06 10:00:00", ["2025-01-07 09:00:00"], BERLIN),
        ("2025-01-20 10:00:00", "2025-01-06 10:00:00", ["2025-01-07 09:00:00", "2025-02-30 09:00:00"], BERLIN),
        ("2025-01-20 10:00:00", "2025-01-06 10:00:00", ["2025-01-07 9 Uhr", "2025-01-07 09:00:00"], BERLIN),
        (
            "1/20/25 10:00:00",
            "1/6/25 10:00:00",
            ["1/7/25 9:00:00"],
            f'{BERLIN}, date_order = "month first", short_years = true',
        ),
        ("2/5/2025 10:00:00", "1/6/2025 10:00:00", ["1/7/2025 9:00:00"], f'{BERLIN}, date_order = "month first"'),
        ("45677.5", "45663.25", ["45664.5"], f'{BERLIN}, serials = "1900"'),
        ("2025-10-26 02:30:00", "2025-10-26 01:59:59", ["2025-01-07 09:00:00"], BERLIN),
        ("2025-10-26 03:00:00", "2025-10-26 02:59:59", ["2025-01-07 09:00:00"], BERLIN),
        ("2025-03-30 02:30:00", "2025-03-30 01:59:00", ["2025-01-07 09:00:00"], BERLIN),
    ],
)
def test_the_latest_counts_wherever_its_time_can_be_read(small, later, earlier, others, settings):
    n = answered_twice(small, later, earlier, others, settings)
    survey = first_wave(small)
    assert survey.rows.loc[2, ["z1", "z2", "z3"]].tolist() == [5, 5, 5]
    assert n + 1 not in survey.rows.index
    assert survey.ledger.dropped == {"another answer of the same person": 1}
    [note] = [note for note in survey.ledger.notes if "gave way" in note]
    assert f"row {n + 1}: gave way to another answer of the same person: of several the latest counts." in note


@pytest.mark.parametrize(
    ("later", "earlier", "others", "settings", "said"),
    [
        ("2/5/2025 10:00:00", "1/6/2025 10:00:00", ["1/7/2025 9:00:00"], BERLIN, DAY_FIRST),
        ("1/20/25 10:00:00", "1/6/25 10:00:00", ["1/7/25 9:00:00"], BERLIN, "short_years = true"),
        ("2025-02-30 10:00:00", "2025-01-06 10:00:00", ["2025-01-07 09:00:00"], BERLIN, "no date"),
        ("20/01/2025 10:00", "03/02/2025 10:00", ["12/25/2024 10:00"], BERLIN, "only be month first"),
        ("45677.5", "45663.25", ["45664.5"], BERLIN, 'serials = "1900"'),
    ],
)
def test_times_that_cannot_be_read_are_a_fault_where_somebody_answered_twice(
    small, later, earlier, others, settings, said
):
    n = answered_twice(small, later, earlier, others, settings)
    with pytest.raises(DataError) as caught:
        first_wave(small)
    assert said in str(caught.value)
    twice = f"row 2, {n + 1}, column Completion time: several answers of one person" in str(caught.value)
    assert twice is (" = " not in said)  # what a line of the plan mends is no time to mend
    assert "submitted_at" not in str(caught.value)


def test_faults_of_times_and_of_answers_are_told_together(small):
    answered_twice(small, "2/5/2025 10:00", "1/6/2025 10:00", ["1/7/2025 9:00"])
    small.change("survey_T0.csv", lambda text: text.replace(",1,1,1\n", ",1,1,eleven\n", 1))
    with pytest.raises(DataError) as caught:
        first_wave(small)
    assert "every date can be day first and month first" in str(caught.value)
    assert "no answer of scale zeal" in str(caught.value)


def test_answers_of_one_moment_need_no_times(small):
    n = answered_twice(small, "2/5/2025 10:00", "2/5/2025 10:00", ["1/7/2025 9:00"])
    survey = first_wave(small)
    assert survey.rows.loc[n + 1, "z1"] == 1
    assert 2 not in survey.rows.index


def test_two_answers_within_the_hour_twice_are_told_and_the_later_by_the_clock_counts(small):
    n = answered_twice(small, "2025-10-26 02:50:00", "2025-10-26 02:10:00", ["2025-01-07 09:00:00"])
    survey = first_wave(small)
    assert survey.rows.loc[2, "z1"] == 5
    [note] = [note for note in survey.ledger.notes if "clocks show twice" in note]
    assert f"row 2, {n + 1}" in note


def test_a_placeholder_for_no_time_is_before_all_times(small):
    answered_twice(small, "2025-01-20 10:00:00", "1900-01-01 00:00:00", ["2025-01-07 09:00:00"])
    with pytest.raises(DataError, match=r'\[placeholders\]\ndates = \["1900-01-01"\]'):
        first_wave(small)
    small.change("plan.toml", lambda text: text + '\n[placeholders]\ndates = ["1900-01-01"]\n')
    assert first_wave(small).rows.loc[2, "z1"] == 5


def test_rows_of_one_response_stay_while_their_times_cannot_be_read(tmp_path):
    head = ["Respondent ID", "Collector ID", "Start Date", "End Date", "How?"]
    rows = [
        ["110000000001", "1", day, day, how] for day, how in (("03/02/2026 10:00", "b"), ("02/03/2026 10:00", "a"))
    ]
    path = tmp_path / "a.csv"
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([head, *rows])
    grid = open_grid(path, path.name, File(path=path.name))
    table = told_as(grid, File(path=path.name))
    assert (len(table.rows), table.dropped) == (2, {})
    assert any("fewer than 5 rows bear the id of another row" in note for note in table.notes)
    stays = [
        told_as(grid, File(path=path.name, date_order=order)).rows.tolist()
        for order in ("day first", "month first")
    ]
    assert stays == [[3], [2]]


def test_where_nothing_tells_when_the_last_row_counts_and_that_is_said(small):
    small.change("survey_T0.csv", lambda text: f"{text}{text.splitlines()[1].partition(',')[0]},5,5,5\n")
    survey = first_wave(small)
    assert survey.rows.iloc[-1][["z1", "z2", "z3"]].tolist() == [5, 5, 5]
    [note] = survey.ledger.notes
    assert note.startswith(
        "first/survey_T0.csv: row 2: gave way to another answer of the same person: nothing in the"
    )
    assert "so the last row counts" in note


def with_days(small, days):
    """The first wave with a column of days and one person's first row twice, the later answer (5) above."""

    def change(text):
        head, first, *rows = text.splitlines()
        who = first.partition(",")[0]
        told = [f"{who},5,5,5,{days[0]}", f"{who},1,1,1,{days[1]}", *(f"{row},{days[2]}" for row in rows)]
        return "\n".join([f"{head},day", *told]) + "\n"

    small.change("survey_T0.csv", change)
    small.change(
        "survey_T12.csv",
        lambda text: (
            "\n".join(f"{line},day" for line in text.splitlines()[:1])
            + "\n"
            + "".join(f"{line},2026-01-20\n" for line in text.splitlines()[1:])
        ),
    )
    small.change("plan.toml", lambda text: text.replace('person = "id"', 'person = "id"\nanswered_on = "day"'))


def test_a_column_of_a_plain_table_tells_when_an_answer_was_given(small):
    with_days(small, ["2025-01-20", "2025-01-06", "2025-01-07"])
    assert kit.examine(small.folder).exit_code == 0
    survey = first_wave(small)
    assert survey.rows.iloc[0][["z1", "z2", "z3"]].tolist() == [5, 5, 5]
    assert survey.ledger.dropped == {"another answer of the same person": 1}
    assert survey.ledger.notes == (
        "first/survey_T0.csv: row 3: gave way to another answer of the same person: of several the latest counts.",
    )


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (["2025-02-30", "2025-01-06", "2025-01-07"], "row 2, column day: no date"),
        (["03/04/2025", "01/02/2025", "02/03/2025"], 'date_order = "day first"'),
        (["1905-01-20", "1905-01-06", "1905-01-07"], "column day: days more than 80 years before the snapshot"),
        (["2026-02-20", "2026-02-06", "2026-02-07"], "days before those of wave T0"),
    ],
)
def test_days_of_answers_get_the_checks_of_days(small, days, said):
    with_days(small, days)
    with pytest.raises(DataError, match=re.escape(said)):
        first_wave(small)


def test_answers_of_many_years_before_the_snapshot_are_noted(small):
    with_days(small, ["2015-01-20", "2015-01-06", "2015-01-07"])
    [note] = [one for one in first_wave(small).ledger.notes if "years before" in one]
    assert re.fullmatch(
        r"first/survey_T0\.csv: about \d+ answers of more than 5 years before the snapshot \(2026-02-28\), by "
        r"answered_on\. Check the years there, and the snapshot in cohort\.toml\.",
        note,
    )


@pytest.mark.parametrize(("part", "whole"), [("T0", "T12"), ("T12", "T0")])
def test_of_two_files_of_one_wave_the_part_is_named_as_such(small, part, whole):
    with_days(small, ["2025-01-20", "2025-01-06", "2025-01-07"])
    lines = small.path("survey_T0.csv").read_text().splitlines()
    small.path(f"survey_{whole}.csv").write_text("\n".join([lines[0], *lines[2:]]) + "\n")
    small.path(f"survey_{part}.csv").write_text("\n".join([lines[0], *lines[2:12]]) + "\n")
    said = f"first/survey_{part}.csv: most of its responses stand in first/survey_{whole}.csv too"
    with pytest.raises(DataError, match=re.escape(said)):
        first_wave(small)


def test_a_column_of_days_that_is_not_there_is_asked_for_where_it_is_declared(small):
    small.change("plan.toml", lambda text: text.replace('person = "id"', 'person = "id"\nanswered_on = "day"'))
    with pytest.raises(DataError, match=re.escape("write into plan.toml:\n[columns.survey]\nanswered_on = [")):
        first_wave(small)
