"""[[exclude]]: a row that must not hold up the others is left out by name, counted and told."""

import csv
import re
import shutil
from pathlib import Path

import pytest

from mentorstudy import assemble, read_cohort, read_study, score
from mentorstudy.nouns.condition import Exclusion
from mentorstudy.nouns.errors import DataError, PlanError
from mentorstudy.nouns.file import File
from mentorstudy.nouns.identity import Identity
from mentorstudy.reading.files import read_file

RETAKES = Path(__file__).parent / "exports" / "made" / "twins" / "qualtrics_retakes.csv"
RETAKE, ORIGINAL = "R_ffzwuhomWAyY2OT", "R_1earlierOfTwoAnsw"


def excluding(column, value, why="exit before hire, corrected at source next month", file="hr.csv", row=None):
    told = f"row = {row}\n" if row else ""
    return f'\n[[exclude]]\nfile = "{file}"\nwhere = {{column = "{column}", is = "{value}"}}\n{told}why = "{why}"\n'


def exclude(small, *args, **said):
    small.change("plan.toml", lambda text: text + excluding(*args, **said))


def read(small):
    return read_cohort(read_study(small.folder), "first")


def faults_of(small):
    """What stops the cohort, without the plan's place."""
    with pytest.raises((DataError, PlanError)) as caught:
        read(small)
    return [fault.replace(f"{small.folder / 'plan.toml'}: ", "") for fault in caught.value.faults]


def one_file(tmp_path, text, value, *, name="pulse.csv", width=0, **said):
    """What is left of one file, of which the rows whose id is `value` are named."""
    (tmp_path / name).write_text(text)
    named = Exclusion.model_validate(
        {"file": name, "where": {"column": "id", "is": value}, "why": "asked to", **said}
    )
    return read_file(
        tmp_path / name,
        f"first/{name}",
        File(path=name),
        exclude=[named],
        written=Identity(width=width),
        ids={"id"},
    )


def person_of(small, row):
    return small.path("hr.csv").read_text().splitlines()[row].split(",")[0]


def spoil(small):
    """The first person leaves before being hired."""
    rows = small.path("hr.csv").read_text().splitlines()
    head = rows[0].split(",")
    cells = rows[1].split(",")
    cells[head.index("hire_date")], cells[head.index("termination_date")] = "2024-05-01", "2024-01-01"
    small.path("hr.csv").write_text("\n".join([rows[0], ",".join(cells), *rows[2:]]) + "\n")


@pytest.mark.parametrize(
    ("is_", "why", "told"),
    [
        ("00412", "00412 asked to", True),
        ("a@b.ch", "a@b.ch left", True),
        ("00412", "004123 asked", False),
        ("test", "a test", False),
    ],
)
def test_the_reason_that_reports_print_repeats_no_id(is_, why, told):
    one = {"file": "hr.csv", "where": {"column": "id", "is": is_}, "why": why}
    if told:
        with pytest.raises(ValueError, match="why repeats the id, and is printed in every report: say it without"):
            Exclusion.model_validate(one)
    else:
        assert Exclusion.model_validate(one).why == why


def test_the_row_is_left_out_and_counted(small):
    spoil(small)
    with pytest.raises(DataError, match="an exit before the hire"):
        read(small)
    exclude(small, "employee_id", person_of(small, 1))
    [people] = read(small).of("people", "people")
    reason = "left out by the plan: exit before hire, corrected at source next month"
    assert people.ledger.dropped == {reason: 1}
    assert people.ledger.rows == people.ledger.kept + 1


def test_a_row_that_is_nowhere_is_the_plan_s_fault(small):
    exclude(small, "employee_id", "nobody")
    assert faults_of(small) == [
        '[[exclude]] file = "hr.csv": it names no row of first/hr.csv: employee_id is nowhere as written. Correct '
        "it, or take it out."
    ]


def test_what_does_nothing_is_told_beside_every_other_fault(small):
    spoil(small)
    exclude(small, "employee_id", "nobody")
    exit_first, nobody = faults_of(small)
    assert "an exit before the hire" in exit_first
    assert "it names no row" in nobody


def test_a_file_that_is_not_there(small):
    exclude(small, "employee_id", "00001", file="hrr.csv")
    assert faults_of(small) == [
        '[[exclude]] file = "hrr.csv": no file that the plan reads is called so. Did you mean hr.csv?'
    ]


def test_a_column_that_is_not_there(small):
    exclude(small, "employe_id", "00001")
    assert faults_of(small) == [
        '[[exclude]] file = "hr.csv": first/hr.csv has no column employe_id. Did you mean employee_id?'
    ]


def test_a_star_stands_for_several_files_and_one_row_in_any_of_them_is_enough(small):
    first, later = (small.path(f"survey_{wave}.csv").read_text().splitlines()[1:] for wave in ("T0", "T12"))
    later = {line.split(",")[0] for line in later}
    only = next(line.split(",")[0] for line in first if line.split(",")[0] not in later)
    exclude(small, "id", only, file="survey_*.csv", why="asked to")
    dropped = {file.wave: file.ledger.dropped for file in read(small).of("people", "survey")}
    assert dropped == {"T0": {"left out by the plan: asked to": 1}, "T12": {}}


def test_another_cohort_s_file_is_named_with_its_folder(small):
    shutil.copytree(small.folder / "first", small.folder / "second")
    rows = small.path("hr.csv").read_text().splitlines()
    (small.folder / "second" / "hr.csv").write_text("\n".join(rows[:-1]) + "\n")
    gone = rows[-1].split(",")[0]
    exclude(small, "employee_id", gone)
    study = read_study(small.folder)
    read_cohort(study, "first")
    with pytest.raises(PlanError, match=re.escape('write its folder too, as in file = "first/hr.csv"')):
        read_cohort(study, "second")
    small.change("plan.toml", lambda text: text.replace('file = "hr.csv"', 'file = "first/hr.csv"'))
    study = read_study(small.folder)
    assert len(read_cohort(study, "first").files) == len(read_cohort(study, "second").files)


def test_one_of_two_rows_of_a_person_is_named_by_its_number(small):
    rows = small.path("hr.csv").read_text().splitlines()
    small.path("hr.csv").write_text("\n".join([*rows, rows[5]]) + "\n")
    assert "the same person twice" in faults_of(small)[0]
    who, last = person_of(small, 5), len(rows) + 1
    exclude(small, "employee_id", who, row=last)
    [people] = read(small).of("people", "people")
    assert people.ledger.kept == len(rows) - 1
    assert last not in people.rows.index
    small.change("plan.toml", lambda text: text.replace(f"row = {last}", "row = 7"))
    said = faults_of(small)[-1]
    assert said == (
        f'[[exclude]] file = "hr.csv": row 7 of first/hr.csv is none where employee_id is as written; row 6, {last} '
        "is. Correct the row's number."
    )


def test_signs_in_a_file_s_name_stand_for_themselves(tmp_path):
    table = one_file(tmp_path, "id,q\nA1,2\nB2,3\n", "A1", name="survey [1].csv")
    assert table.dropped == {"left out by the plan: asked to": 1}
    assert table.rows.tolist() == [3]


@pytest.mark.parametrize("cell", ["412", "00412", "'00412", " 00412 ", "00412\u200b"])
def test_ids_are_found_however_the_file_writes_them(tmp_path, cell):
    table = one_file(tmp_path, f"id,q\n{cell},2\n00413,3\n", "00412", width=5)
    assert table.rows.tolist() == [3]


def test_an_address_is_found_in_another_spelling(tmp_path):
    assert one_file(tmp_path, "id,q\nA@B.com,2\nc@b.com,3\n", "a@b.com").rows.tolist() == [3]


def test_a_file_of_which_nothing_is_left(tmp_path):
    with pytest.raises(PlanError, match="leaves none of its rows"):
        one_file(tmp_path, "id,q\nA1,2\nA1,3\n", "A1")


@pytest.mark.parametrize(("named", "stays"), [(RETAKE, ORIGINAL), (ORIGINAL, RETAKE)])
def test_of_an_answer_and_its_retake_the_other_one_stands(named, stays):
    one = Exclusion.model_validate(
        {"file": RETAKES.name, "where": {"column": "ResponseId", "is": named}, "why": "asked to"}
    )
    before = read_file(RETAKES, RETAKES.name, File(path=RETAKES.name))
    table = read_file(RETAKES, RETAKES.name, File(path=RETAKES.name), exclude=[one])
    assert before.dropped["retaken"] == 1
    assert "retaken" not in table.dropped
    assert table.dropped["left out by the plan: asked to"] == 1
    assert table.height == before.height
    ids = set(table.response["response"].words)
    assert stays in ids
    assert named not in ids


def test_a_row_over_which_the_file_cannot_be_read_is_left_out_all_the_same(tmp_path):
    rows = "Timestamp,How is it?\ntest of Mary,3\n2025/01/06 9:00:00 AM GMT+1,4\n"
    (tmp_path / "r.csv").write_text(rows)
    settings = File(path="r.csv", format="googleforms")
    with pytest.raises(DataError, match="no Timestamp"):
        read_file(tmp_path / "r.csv", "r.csv", settings)
    where = {"column": "Timestamp", "is": "test of Mary"}
    one = Exclusion.model_validate({"file": "r.csv", "where": where, "why": "a trial"})
    table = read_file(tmp_path / "r.csv", "r.csv", settings, exclude=[one])
    assert table.platform == "Google Forms"
    assert (table.rows.tolist(), table.dropped) == ([3], {"left out by the plan: a trial": 1})


def matched_people(small):
    study = read_study(small.folder)
    exports = read(small)
    return assemble(study, exports, score(study, exports))


def test_whoever_s_match_is_left_out_leaves_the_study(small):
    before = matched_people(small)
    mentees = [row[0] for row in csv.reader(small.path("matches.csv").read_text().splitlines()[1:])]
    for mentee in mentees[:6]:
        exclude(small, "mentee_id", mentee, file="matches.csv", why="no day")
    after = matched_people(small)
    [first, left, *_] = after.flow.steps
    assert (left.step, left.why) == ("no match left out", "their match was left out by the plan")
    assert left.mentored == first.mentored - 6
    assert left.unmentored == first.unmentored
    [old], [new] = before.samples, after.samples
    assert (~new.people["mentored"]).sum() == (~old.people["mentored"]).sum()
    assert set(new.people.index) < set(old.people.index)


def test_whoever_has_another_match_stays(small):
    before = matched_people(small)
    rows = small.path("matches.csv").read_text().splitlines()
    mentee, mentor, day = rows[1].split(",")
    small.path("matches.csv").write_text("\n".join([*rows, f"{mentee},{mentor}9,{day}"]) + "\n")
    exclude(small, "mentor_id", f"{mentor}9", file="matches.csv", why="typed twice")
    after = matched_people(small)
    assert after.flow == before.flow
    [old], [new] = before.samples, after.samples
    assert new.people["mentored"].equals(old.people["mentored"])
