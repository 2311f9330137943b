"""check: every fault of every file at once, as a table, JSON or in a notebook; never an outcome."""

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

from made_study import answered
from mentorstudy import examine, read_study


def command(small, *words):
    return answered(small.folder, "check", ".", *words)


def broken(small):
    """Two faults in one file and one in another."""
    small.change("hr.csv", lambda text: text.replace("2025-", "2025/13/", 3))
    rows = small.path("survey_T0.csv").read_text().splitlines()
    rows[1] = rows[1].rpartition(",")[0] + ",9"
    rows[4] = rows[4].rpartition(",")[0] + ",8"
    small.path("survey_T0.csv").write_text("\n".join(rows) + "\n")


def test_all_faults_of_all_files_are_told_with_their_places(small):
    broken(small)
    found = examine(read_study(small.folder))
    places = {(fault.file, fault.column) for fault in found.cohorts[0].faults}
    assert ("first/survey_T0.csv", "z3") in places
    assert any(file == "first/hr.csv" for file, _ in places)
    [item] = [fault for fault in found.cohorts[0].faults if fault.column == "z3"]
    assert item.rows == (2, 5)


def test_the_command_tells_a_table_or_json(small):
    broken(small)
    program = Path(sys.executable).with_name("mentorstudy")
    shown = subprocess.run([program, "check", small.folder], capture_output=True, text=True, check=False)
    assert shown.returncode == 3
    assert shown.stdout == ""
    assert [line for line in shown.stderr.splitlines() if line.split()[:1] == ["File"]]
    assert "2, 5" in shown.stderr
    told = json.loads(command(small, "--json")[1])
    faults = told["cohorts"][0]["faults"]
    assert {"file", "rows", "column", "message"} == set(faults[0])
    assert [2, 5] in [fault["rows"] for fault in faults]


def test_a_sound_study_tells_each_file_s_rows_and_no_answer(small):
    code, shown, _ = command(small)
    assert code == 0
    assert "first/survey_T0.csv" in shown
    told = json.loads(command(small, "--json")[1])
    for file in told["cohorts"][0]["files"]:
        assert file["rows"] == file["kept"] + file["merged"] + sum(file["dropped"].values())
    assert "mean" not in shown


def test_files_that_could_be_read_are_told_beside_the_faults_with_their_notes(small):
    broken(small)
    small.change("matches.csv", lambda text: f"Matches of spring\n{text}")
    note = "first/matches.csv: what stands above the headers was left out; they are in row 2."
    told = json.loads(command(small, "--json")[1])["cohorts"][0]
    assert told["faults"]
    files = {file["file"]: file for file in told["files"]}
    assert set(files) == {"first/matches.csv", "first/meetings.csv", "first/survey_T12.csv"}
    assert files["first/matches.csv"]["notes"] == [note]
    shown = command(small)[2]
    assert "Files that could be read" in shown
    assert f"  note: {note}" in shown


def test_a_fault_of_all_files_together_leaves_their_rows_told(small):
    for wave in ("T0", "T12"):
        name = f"survey_{wave}.csv"
        rows = small.path(name).read_text().splitlines()
        small.path(name).write_text("\n".join([rows[0], *(f"X{row}" for row in rows[1:])]) + "\n")
    [cohort] = examine(read_study(small.folder)).cohorts
    assert cohort.faults
    assert len(cohort.ledgers) == 5


def test_a_notebook_tells_the_flow_and_the_notes_too(small):
    small.change("matches.csv", lambda text: f"Matches of spring\n{text}")
    page = examine(read_study(small.folder))._repr_html_()
    assert "people, in the records" in page
    assert "first/survey_T12.csv" in page
    assert re.search("<li><pre[^>]*>first/matches.csv: what stands above", page)


def test_a_notebook_keeps_the_lines_to_paste_apart(small):
    small.change("survey_T0.csv", lambda text: text.replace("z1,z2", "q1,q2", 1))
    page = examine(read_study(small.folder))._repr_html_()
    assert re.search("<td><pre[^>]*>no columns z1, z2 .*\n\\[items\\]\nz1 = \\[&quot;z1&quot;", page)
    assert "first/hr.csv" in page


def test_a_notebook_shows_the_faults_as_a_table_and_hostile_text_as_text(small):
    small.change("plan.toml", lambda text: text.replace('["grade", ', '["grade", "<script>", '))
    page = examine(read_study(small.folder))._repr_html_()
    assert "<table>" in page
    assert "<script>" not in page
    assert "&lt;script&gt;" in page


def test_a_study_may_be_told_by_its_folder(small):
    assert (
        repr(examine(str(small.folder))) == repr(examine(small.folder)) == repr(examine(read_study(small.folder)))
    )


def test_whoever_waits_for_a_cohort_is_told_which(small):
    said = []
    examine(read_study(small.folder), tell=said.append)
    assert said == ["small, first: reading its files"]


def test_people_matched_in_two_cohorts_are_told(small):
    shutil.copytree(small.folder / "first", small.folder / "second")
    [note] = examine(read_study(small.folder)).notes
    assert re.match(r"about \d+ people are matched in first and in second, and count in each: ", note)
    assert f"note: {note}" in command(small)[1]
    assert json.loads(command(small, "--json")[1])["notes"] == [note]
    assert not examine(read_study(small.folder), ["first"]).notes


def test_matches_of_all_cohorts_in_one_file_are_no_people_matched_twice(small):
    second = shutil.copytree(small.folder / "first", small.folder / "second")
    facts = (second / "cohort.toml").read_text()
    (second / "cohort.toml").write_text(re.sub(r"intake = .*", "intake = [2019-01-07, 2019-01-07]", facts))
    assert not examine(read_study(small.folder)).notes
