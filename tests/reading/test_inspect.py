"""What inspect tells of files: everything about them, and no answer in them."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from mentorstudy import inspect_files
from mentorstudy.reading import inspect as reading

EXPORTS = Path(__file__).parent / "exports"
FORMS = EXPORTS / "same-survey" / "googleforms_download.csv"


def command(*arguments):
    return subprocess.run(
        [Path(sys.executable).with_name("mentorstudy"), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


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


def test_one_damaged_file_does_not_hide_the_others(tmp_path):
    bad = written(tmp_path, "bad.csv", "<!doctype html><html>login</html>")
    found = inspect_files([bad, FORMS, tmp_path / "none.csv"])
    assert [file.file for file in found.files] == [FORMS.name]
    assert [fault.file for fault in found.faults] == ["bad.csv", "none.csv"]


def test_the_proposed_plan_finds_the_library_s_questions_and_the_pattern_of_waves(tmp_path):
    text = "id,A1,Pay often\n1,Agree,Weekly\n2,Disagree,Monthly\n"
    question = "I can handle most of what my job throws at me."
    one = written(tmp_path, "pulse_T0.csv", text.replace("A1", question))
    two = written(tmp_path, "pulse_T12.csv", text.replace("A1", question))
    plan = inspect_files([one, two]).plan
    assert 'path = "pulse_*.csv"' in plan
    assert f'cf1 = "{question}"' in plan


def test_answers_that_nothing_codes_are_proposed_only_where_many_people_share_them(tmp_path):
    common = "".join(f"{row},{'Weekly' if row % 2 else 'Monthly'}\n" for row in range(20))
    assert (
        'codes = {"Monthly" = ..., "Weekly" = ...}'
        in inspect_files([written(tmp_path, "a.csv", "id,often\n" + common)]).plan
    )
    rare = common + "21,whenever my boss lets me\n"
    assert "boss" not in inspect_files([written(tmp_path, "b.csv", "id,often\n" + rare)]).plan


def test_the_command_tells_text_or_json(tmp_path):
    shown = command("inspect", FORMS)
    assert shown.returncode == 0
    assert "Google Forms, zip" in shown.stdout
    told = json.loads(command("inspect", FORMS, "--json").stdout)
    assert set(told) == {"schema", "files", "faults", "proposed_plan"}
    assert told["files"][0]["columns"][0]["name"] == "Timestamp"
    bad = command("inspect", written(tmp_path, "bad.csv", "\n"), "--json")
    assert bad.returncode == 3
    [fault] = json.loads(bad.stdout)["faults"]
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
