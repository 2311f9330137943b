"""What inspect tells of files: everything about them, and no answer in them."""

import json
import subprocess
import sys
import tomllib
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from made_study import answered
from mentorstudy import inspect_files, read_survey
from mentorstudy.reading import inspect as reading
from mentorstudy.reading.coding.values import Declared

EXPORTS = Path(__file__).parent / "exports"
FORMS = EXPORTS / "same-survey" / "googleforms_download.csv"


def command(*words):
    return answered(Path.cwd(), "inspect", *words)


def written(tmp_path, name, text):
    path = tmp_path / name
    path.write_text(text)
    return path


def test_a_file_is_told_by_its_tool_rows_ids_and_columns():
    [file] = inspect_files([FORMS]).files
    assert file.read_as == "Google Forms, zip"
    assert (file.rows, file.kept, file.header_rows) == (14, 14, 1)
    assert file.ids == {"response": 14}
    by_name = {column.name: column for column in file.columns}
    item = by_name["How far do you agree with each statement about your work? [I speak up when I see a problem.]"]
    assert item.coded_by == "agree5"
    assert item.codes["Strongly agree"] == 5
    assert by_name["Username"].kind == "personal"


def test_nothing_told_is_an_answer_of_somebody():
    found = inspect_files([FORMS])
    told = json.dumps(found.as_json(), ensure_ascii=False) + repr(found)
    for word in ("p0002@example.com", "just ask", "LY31SA", "Ça va très bien", "2026/03/02"):
        assert word not in told


def test_notes_stand_below_the_file_and_do_not_name_it_again():
    for path in sorted((EXPORTS / "same-survey").glob("*_*.*")):
        if path.suffix in (".csv", ".tsv", ".xlsx", ".sav", ".dta"):
            for file in inspect_files([path]).files:
                assert not any(note.startswith(file.file) for note in file.notes), path.name


def test_one_damaged_file_does_not_hide_the_others(tmp_path):
    bad = written(tmp_path, "bad.csv", "<!doctype html><html>login</html>")
    found = inspect_files([bad, FORMS, tmp_path / "none.csv"])
    assert [file.file for file in found.files] == [FORMS.name]
    assert [fault.file for fault in found.faults] == ["bad.csv", "none.csv"]


@pytest.mark.parametrize(
    ("ids", "line"),
    [(("ab", "cd"), '# person = "ExternalReference"   # the'), (("", ""), 'person = "..."   # the')],
)
def test_the_tool_s_own_place_for_ids_is_proposed_where_there_are_any(tmp_path, ids, line):
    head = "StartDate,EndDate,Status,IPAddress,Progress,Finished,RecordedDate,ResponseId,ExternalReference,Q1\n"
    rows = "".join(
        f"2025-03-0{at},2025-03-0{at},0,,100,1,2025-03-0{at},R_{at},{own},3\n" for at, own in enumerate(ids, 1)
    )
    plan = inspect_files(written(tmp_path, "a.csv", head + rows)).plan
    assert next(one for one in plan.splitlines() if "person = " in one).startswith(line)


def test_the_proposed_plan_finds_the_library_s_questions_and_the_pattern_of_waves(tmp_path):
    text = "id,A1,Pay often\n1,Agree,Weekly\n2,Disagree,Monthly\n"
    question = "I can handle most of what my job throws at me."
    one = written(tmp_path, "pulse_T0.csv", text.replace("A1", question))
    two = written(tmp_path, "pulse_T12.csv", text.replace("A1", question))
    plan = inspect_files([one, two]).plan
    assert 'path = "pulse_*.csv"' in plan
    assert f'cf1 = "{question}"' in plan


def column_of(tmp_path, header, texts, *, times=5):
    rows = "".join(f"{row},{texts[row % len(texts)]}\n" for row in range(times * len(texts)))
    return written(tmp_path, "a.csv", f"id,{header}\n{rows}")


@pytest.mark.parametrize(
    ("names", "path"),
    [
        (["survey_T0.csv", "survey_T10.csv"], "survey_*.csv"),
        (["pulse 2025-02.csv", "pulse 2026-02.csv"], "pulse *.csv"),
        (["T0 final.csv", "T12 final.csv"], "* final.csv"),
        (["2025-02_pulse.csv", "2026-02_pulse.csv"], "*_pulse.csv"),
        (["pre.csv", "post.csv"], "pre.csv"),
    ],
)
def test_the_pattern_of_waves_holds_whole_words_and_takes_no_other_files(tmp_path, names, path):
    found = inspect_files([written(tmp_path, name, "id,q1\n1,3\n2,4\n") for name in names])
    assert until_the_dots(found.plan)["files"]["survey"]["path"] == path


def test_records_are_told_from_surveys_by_the_days_that_only_they_have(tmp_path):
    texts = {
        "hr.csv": "Personalnummer,Eintritt,Austrittsdatum,Abteilung\n1,2020-01-01,,Einkauf\n2,2021-01-01,,Verkauf\n",
        "matches.csv": "Mentee ID,mentor_id,Match Date\n1,7,2025-01-06\n2,8,2025-01-07\n",
        "meetings.csv": "mentee_id,date,minutes\n1,2025-02-01,30\n2,2025-02-02,40\n",
        "pulse.csv": "employee_id,wave,mentor,q1\n1,T0,Yes,3\n2,T1,No,4\n",
    }
    found = inspect_files([written(tmp_path, name, text) for name, text in texts.items()])
    plan = tomllib.loads(found.plan)
    assert plan["files"] == {
        "people": "hr.csv",
        "matches": "matches.csv",
        "meetings": "meetings.csv",
        "survey": {"path": "pulse.csv"},
    }
    assert plan["columns"] == {
        "people": {"person": "Personalnummer", "hired_on": "Eintritt", "exit_on": "Austrittsdatum"},
        "matches": {"person": "Mentee ID", "matched_on": "Match Date", "mentor": "mentor_id"},
        "meetings": {"person": "mentee_id", "held_on": "...", "minutes": "minutes"},
        "survey": {"person": "employee_id", "wave": "wave"},
    }


def test_the_tool_s_own_words_for_waves_are_proposed_to_be_named():
    plan = inspect_files([EXPORTS / "same-survey" / "redcap_raw_longitudinal.csv"]).plan
    assert '# waves = {"baseline_arm_1" = ..., "followup_arm_1" = ...}' in plan


def until_the_dots(plan):
    """The plan as TOML, what is left to fill in filled in."""
    return tomllib.loads(plan.replace("= ...", "= 0"))


def test_answers_that_the_catalogue_knows_are_proposed_to_be_coded(tmp_path):
    six = ["Strongly disagree", "Disagree", "Slightly disagree", "Slightly agree", "Agree", "Strongly agree"]
    plan = until_the_dots(inspect_files([column_of(tmp_path, "often", six)]).plan)
    assert plan["labels"] == {"often": {"codes": dict.fromkeys(six, 0)}}


@pytest.mark.parametrize(
    "texts",
    [
        ["Anna Müller", "John Smith", "Mary O'Hara", "Jean Dupont"],
        ["Anna", "Mary"],
        ["Blue team", "Agree"],
        ["1 Baker Lane", "2 Baker Row"],
        ["1 - Anna Müller", "2 - John Smith"],
    ],
)
def test_texts_are_not_proposed_because_many_people_share_them(tmp_path, texts):
    found = inspect_files([column_of(tmp_path, "Whom do you look to", texts)])
    told = json.dumps(found.as_json(), ensure_ascii=False) + repr(found)
    assert not any(word in told for word in ("Anna", "John", "Mary", "Jean", "Blue", "Baker"))
    assert "labels" not in until_the_dots(found.plan)


def test_a_column_whose_texts_are_not_shown_is_named_in_the_plan(tmp_path):
    plan = inspect_files([column_of(tmp_path, "often", ["every Tuesday", "some Fridays"])]).plan
    assert (
        '# [labels."often"]   # nothing codes its 2 different texts, and they are not shown; look at the file\n'
        "# codes = {...}\n"
    ) in plan
    assert "Tuesday" not in plan


def test_answers_that_all_columns_of_a_grid_share_were_offered(tmp_path):
    grid = ["Timestamp,How often? [calls],How often? [visits],Who? [first],Who? [second]\n"]
    for row in range(20):
        often, who = ("every Tuesday", "some Fridays")[row % 2], ("Anna Müller", "Jean Dupont")[row % 2]
        grid.append(f"2026/03/{row + 1:02d} 9:10:11 AM GMT+1,{often},{often},{who},{who}\n")
    found = inspect_files([written(tmp_path, "a.csv", "".join(grid))])
    assert found.files[0].read_as.startswith("Google Forms")
    labels = until_the_dots(found.plan)["labels"]
    assert labels == {
        f"How often? [{part}]": {"codes": {"every Tuesday": 0, "some Fridays": 0}} for part in ("calls", "visits")
    }
    assert "Anna" not in repr(found)


def test_labels_of_the_file_are_told_but_those_that_look_like_people(tmp_path):
    path = tmp_path / "a.sav"
    labels = {
        "freq": {1: "Weekly", 2: "Every two weeks", 3: "Less often"},
        "whom": {1: "Ann Lee", 2: "Jan van der Berg", 3: "Nobody"},
        "few": {1: "in the north", 2: "in the south", 3: "Lee, Ann"},
        "many": {code: f"unit of kind {code}" for code in range(1, 15)},
    }
    rows = pd.DataFrame({name: [1.0, 2.0, 3.0] for name in labels})
    pyreadstat.write_sav(rows, path, variable_value_labels=labels)
    found = inspect_files([path])
    codes = {column.name: column.codes for column in found.files[0].columns}
    assert codes["freq"] == {"Weekly": 1, "Every two weeks": 2, "Less often": 3}
    assert codes["few"] == {"in the north": 1, "in the south": 2}
    assert codes["whom"] == codes["many"] == {}
    assert "Lee" not in json.dumps(found.as_json()) + repr(found)


def test_what_was_noticed_in_coding_is_told_once_with_its_columns(tmp_path):
    rows = "".join(
        f"{answer},{answer}\n" for answer in ("Strongly disagree", "Disagree", "Agree", "Strongly agree")
    )
    path = written(tmp_path, "a.csv", f"q1,q2\n{rows}Stimme zu,Neutral\n")
    told = json.loads(command(path, "--json")[1])["files"][0]["notes"]
    assert "q1, q2: in German, and coded as the others: Stimme zu." in told
    assert sum("coded by the catalogue's set agree5, 1 to 5: Strongly disagree = 1" in note for note in told) == 1
    assert "note: q1, q2: in German" in repr(inspect_files([path]))


def test_the_note_of_digits_holds_no_text_that_may_be_somebody_s_own(tmp_path):
    [file] = inspect_files([column_of(tmp_path, "q", ["1 - by bus", "2 - by train", "3 - on foot"])]).files
    assert file.notes == ("q: coded by the digits in the labels, 1 to 3.",)
    [file] = inspect_files([column_of(tmp_path, "q", ["1 - Never", "2 - Rarely", "3 - Often"])]).files
    assert file.notes == ("q: coded by the digits in the labels: 1 - Never = 1, 3 - Often = 3.",)


def test_a_number_apart_in_the_labels_is_told_with_what_to_declare(tmp_path):
    labels = ["1 - low", "2 - less", "3 - even", "4 - more", "5 - high", "9 - Rather not tell you"]
    [file] = inspect_files([column_of(tmp_path, "q", labels)]).files
    [note] = file.notes
    assert note.startswith("q: 9 in the labels stands apart from 1 to 5, so none is taken for a code.")
    assert '[labels."q"]' in note
    assert "Rather" not in note
    assert file.columns[1].coded_by == ""


def test_what_the_note_of_a_number_apart_tells_to_declare_codes_the_rest(tmp_path):
    labels = ["1 - low", "2 - less", "3 - even", "9 - Rather not tell you"]
    path = column_of(tmp_path, "q", labels)
    assert set(read_survey(path).rows["q"]) == set(labels)
    declared = Declared(codes={}, missing={labels[-1]: "refused"})
    assert set(read_survey(path, declared=[declared]).rows["q"].dropna()) == {1, 2, 3}


def test_long_texts_are_soon_known_to_be_nobody_s_offer(tmp_path):
    found = inspect_files([column_of(tmp_path, "q", ["-" * 100_000 + "a", "b" * 100_000])])
    assert "labels" not in until_the_dots(found.plan)


@pytest.mark.parametrize(
    ("days", "undecided"),
    [
        (["03/04/2025", "05/06/2025"], True),
        (["03/04/2025 10:00:00", "05/06/2025 9:30:00"], True),
        (["03/04/2025", "25/06/2025"], False),
        (["2025-04-03", "2025-06-05"], False),
        (["1.5", "2.5"], False),
    ],
)
def test_days_of_two_orders_are_told_and_the_plan_holds_the_line_to_fill_in(tmp_path, days, undecided):
    rows = "".join(f"{1 + at % 5},{day}\n" for at, day in enumerate(days * 5))
    found = inspect_files([written(tmp_path, "a.csv", f"q1,asked\n{rows}")])
    [file] = found.files
    told = (
        "asked: every date can be day first and month first. Say which, under [files] in plan.toml, as in "
        '{path = "a.csv", date_order = "day first"}, or "month first".'
    )
    assert (told in file.notes) is undecided
    assert ('date_order = "..."   # "day first" or "month first"' in found.plan) is undecided


def test_a_probable_code_of_a_missing_answer_is_told_with_the_line_to_paste(tmp_path):
    rows = "".join(f"{1 + row % 5},{row % 5},{row % 5},{20 + row}\n" for row in range(10))
    [file] = inspect_files(
        [written(tmp_path, "a.csv", f"q1,q2,q3,age\n{rows}" + "-9,99,99,99\n99,99,99,99\n" * 3)]
    ).files
    said = "look like the code of a missing answer; if so, write into plan.toml:"
    assert file.notes == (
        f'q1: -9 and 99 {said}\n[labels."q1"]\nmissing = {{"-9" = "no_answer", "99" = "no_answer"}}',
        f'q2, q3: 99 {said.replace("look", "looks")}\n[labels."q2"]\nmissing = {{"99" = "no_answer"}}',
    )


def test_a_number_that_stands_seldom_or_among_others_as_large_is_no_such_code(tmp_path):
    rows = "".join(f"{1 + row % 5},{90 + row},9.5\n" for row in range(12))
    [file] = inspect_files([written(tmp_path, "a.csv", f"q1,weight,hours\n{rows}" + "9,99,99\n" * 2)]).files
    assert file.notes == ()


def test_the_command_tells_text_or_json(tmp_path):
    program = Path(sys.executable).with_name("mentorstudy")
    shown = subprocess.run([program, "inspect", FORMS], capture_output=True, text=True, check=False)
    assert shown.returncode == 0
    assert "Google Forms, zip" in shown.stdout
    told = json.loads(command(FORMS, "--json")[1])
    assert set(told) == {"schema", "files", "faults", "proposed_plan"}
    assert told["files"][0]["columns"][0]["name"] == "Timestamp"
    code, bad, _ = command(written(tmp_path, "bad.csv", "\n"), "--json")
    assert code == 3
    [fault] = json.loads(bad)["faults"]
    assert fault == {"file": "bad.csv", "rows": [], "column": "", "message": "the file is empty. Export it again."}


@pytest.mark.parametrize("suffix", ["csv", "tsv"])
def test_a_plain_table_says_so(tmp_path, suffix):
    sign = {"csv": ",", "tsv": "\t"}[suffix]
    path = written(tmp_path, f"a.{suffix}", f"id{sign}x\n1{sign}3\n2{sign}4\n")
    [file] = inspect_files([path]).files
    assert (file.read_as, file.delimiter) == ("table", sign)
    assert [column.coded_by for column in file.columns] == ["numbers", "numbers"]


def test_the_tool_s_own_place_for_an_id_is_named():
    plan = inspect_files([EXPORTS / "same-survey" / "qualtrics_text.csv"]).plan
    assert '# person = "ExternalReference"' in plan


def test_whoever_waits_for_a_large_file_is_told(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "LONG", 10)
    small, large = tmp_path / "small.csv", tmp_path / "large.csv"
    small.write_text("a,b\n1,2\n")
    large.write_text("a,b\n1,2\n3,4\n5,6\n")
    said = []
    inspect_files([small, large, tmp_path / "none.csv"], tell=said.append)
    assert said == ["large.csv: reading 0 MB"]


def test_a_notebook_shows_the_columns_as_tables_and_hostile_text_as_text(tmp_path):
    path, broken = tmp_path / "survey.csv", tmp_path / "<b>.csv"
    path.write_text("id,<script>alert(1)</script>\n" + "".join(f"P{at},{at % 5 + 1}\n" for at in range(20)))
    broken.write_text("")
    found = inspect_files([path, broken])
    page = found._repr_html_()
    assert page.count("<table>") == 2
    assert "<script>" not in page
    assert "&lt;script&gt;alert(1)" in page
    assert "&lt;b&gt;.csv" in page
    assert "A plan to begin with" in page
    assert repr(inspect_files(path)) == repr(inspect_files([path]))
