"""A new user of each tool: the plan knows only the questions; messages alone lead to one that reads the file."""

import csv
import json
import re
import shutil
import tomllib
from pathlib import Path

import openpyxl
import pytest

from made_plan import plan_head
from mentorstudy import assemble, read_cohort, read_study, score
from mentorstudy.nouns.errors import DataError, StudyError

EXPORTS = Path(__file__).parent / "exports" / "same-survey"
TRUTH = json.loads((EXPORTS / "truth_T0.json").read_text())
QUESTIONS = [column for column in TRUTH["columns"] if column["name"].startswith("conf_")]
LABELS = list(QUESTIONS[0]["value_labels"].values())

PLAN = (
    plan_head("{file}", name="pulse", columns="")
    + """
[outcomes.confidence]
kind = "scale"
scale = "pulse_confidence"
waves = ["T0", "T1"]
role = "primary"
"""
)

TOOLS = {  # the file, and what its user would say of ids, once asked
    "qualtrics_text.csv": "",
    "qualtrics_numeric.csv": "",
    "qualtrics_text_utf16.tsv": "",
    "qualtrics_text_rows2and3_deleted.csv": "",
    "qualtrics_legacy_2row.csv": "",
    "surveymonkey_text.csv": "",
    "surveymonkey_text.xlsx": "",
    "surveymonkey_numeric.csv": "",
    "limesurvey_codetext_long_semicolon.csv": "",
    "limesurvey_code_short.csv": "",
    "redcap_labels_longitudinal.csv": "",
    "redcap_raw_longitudinal.csv": "",
    "kobo_labels.csv": "username",
    "kobo_xml_values.csv": "username",
    "spss_labelled.sav": "person_id",
    "stata_labelled.dta": "person_id",
    "googleforms_download.csv": "Employee number",
    "googlesheets_us.csv": "Employee number",
    "msforms.xlsx": "Employee number",
    "typeform.csv": "Employee number",
}
BY_CODE = {
    "qualtrics_text_rows2and3_deleted.csv",
    "limesurvey_code_short.csv",
}  # the file holds no question's words

UNORDERED = {  # somebody answered twice, on days that may be day first or month first
    "googlesheets_us.csv",
    "surveymonkey_text.csv",
    "surveymonkey_numeric.csv",
}


def with_a_number_asked(source, target):
    """The export with one more question, which its tool has no place of its own for: who answers."""
    finished = [row["person_id"] for row in TRUTH["responses"] if row["finished"]]
    numbers = finished if source.name != "typeform.csv" else [row["person_id"] for row in TRUTH["responses"]]
    more = ["Employee number", *numbers]
    if source.suffix == ".xlsx":
        book = openpyxl.load_workbook(source)
        for at, cell in enumerate(more, start=1):
            book.active.cell(row=at, column=book.active.max_column + (at == 1), value=cell)
        book.save(target)
        return
    with source.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert len(rows) == len(more)
    with target.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([*row, cell] for row, cell in zip(rows, more, strict=True))


class Study:
    """A study on disk whose survey is one tool's export."""

    def __init__(self, folder: Path, file: str) -> None:
        self.folder, self.file = folder / "pulse", file
        (self.folder / "one").mkdir(parents=True)
        (self.folder / "scales").mkdir()
        star = Path(file).suffix
        copy = with_a_number_asked if TOOLS[file] == "Employee number" else shutil.copy
        copy(EXPORTS / file, self.folder / "one" / f"wave_T0{star}")
        (self.folder / "plan.toml").write_text(PLAN.replace("{file}", f"wave_*{star}"))
        (self.folder / "one" / "cohort.toml").write_text("")
        people = sorted({row["person_id"] for row in TRUTH["responses"]})
        (self.folder / "one" / "hr.csv").write_text("id,unit\n" + "".join(f"{one},a\n" for one in people))
        items = "".join(
            f"[[items]]\nname = {json.dumps('item' + one['name'])}\ntext = {json.dumps(one['sub'])}\n"
            for one in QUESTIONS
        )
        (self.folder / "scales" / "pulse_confidence.toml").write_text(
            'name = "pulse_confidence"\nlabel = "Confidence"\nsource = "made"\nlicence = "MIT"\n'
            f"responses = {json.dumps(LABELS)}\n{items}"
        )

    def plan(self, change):
        path = self.folder / "plan.toml"
        path.write_text(change(path.read_text()))

    def answers(self):
        [survey] = read_cohort(read_study(self.folder), "one").of("people", "survey")
        return survey.rows

    def told(self) -> str:
        with pytest.raises(StudyError) as caught:
            self.answers()
        return str(caught.value)

    def paste_items(self, lines):
        self.plan(lambda text: text + "\n[items]\n" + "\n".join(lines) + "\n")


@pytest.fixture(params=TOOLS)
def study(request, tmp_path):
    made = Study(tmp_path, request.param)
    if person := TOOLS[request.param]:
        made.plan(
            lambda text: text.replace(
                "[columns.people]", f'[columns.survey]\nperson = "{person}"\n[columns.people]'
            )
        )
    if request.param.startswith("redcap"):
        words = '{"Baseline" = "T0", "baseline_arm_1" = "T0", "Followup" = "T1", "followup_arm_1" = "T1"}'
        settings = f'{{path = "wave_*.csv", wave = "column", waves = {words}}}'
        made.plan(lambda text: text.replace('"wave_*.csv"', settings))
    return made


def proposed(message):
    """The lines of the first [items] table that a message tells to paste."""
    block = message.partition("[items]\n")[2]
    return [line for line in block.splitlines() if re.match(r'item\w+ = \["item\w+", "', line)][: len(QUESTIONS)]


def by_code(file):
    """What the user of a file without wordings fills in."""
    tag = "Q2[SQ00{}]" if file.startswith("lime") else "Q2_{}"
    return [f'item{one["name"]} = "{tag.format(place)}"' for place, one in enumerate(QUESTIONS, start=1)]


def mapped(study):
    """The plan with the lines of the message pasted, filled in where the file cannot."""
    message = study.told()
    if study.file in UNORDERED:
        assert 'as in {path = "wave_*.csv", date_order = "day first"}' in message
        study.plan(lambda text: text.replace('"wave_*.csv"', '{path = "wave_*.csv", date_order = "month first"}'))
    lines = proposed(message)
    if study.file in BY_CODE or study.file == "redcap_raw_longitudinal.csv" or study.file == "kobo_xml_values.csv":
        assert all('"..."' in line for line in lines)
        lines = by_code(study.file)
        if study.file.startswith(("redcap", "kobo")):
            lines = [f'item{one["name"]} = "{one["name"]}"' for one in QUESTIONS]
    assert len(lines) == len(QUESTIONS)
    assert not any('"..."' in line for line in lines)
    study.paste_items(lines)
    return lines


def test_a_plan_that_maps_nothing_is_mended_by_pasting_the_message(study):
    mapped(study)
    rows = study.answers()
    truth = {row["person_id"]: row for row in TRUTH["responses"]}
    wanted = sorted(row["conf_3"] for row in truth.values() if row["conf_3"] is not None and row["finished"])
    first = rows[rows["wave"] == "T0"] if "wave" in rows else rows
    found = sorted(first["itemconf_3"].dropna().astype(int))
    assert len(found) in (len(wanted), len(wanted) + 1)  # whether the unfinished response is in the file
    assert set(found) == set(wanted)


def test_a_half_mapped_plan_is_told_what_is_left(study):
    lines = mapped(study)
    study.plan(lambda text: text.replace("\n".join(lines[2:]), ""))
    message = study.told()
    assert "itemconf_3, itemconf_4, itemconf_5 of scale pulse_confidence" in message
    assert "itemconf_1" not in message


def test_a_renamed_column_is_told_by_its_name_with_the_nearest(study):
    lines = mapped(study)
    name = json.loads(lines[0].partition(" = ")[2])
    name = name if isinstance(name, str) else name[-1]  # beside the item's own
    study.plan(lambda text: text.replace(lines[0], lines[0].replace(json.dumps(name), json.dumps(name + "x"))))
    message = study.told()
    assert re.search(f"no column (itemconf_1 or )?{re.escape(name)}x", message)
    assert f"Did you mean {name}?" in message or name in message


@pytest.mark.parametrize("file", ["qualtrics_text.csv", "limesurvey_codetext_long_semicolon.csv"])
def test_in_place_of_a_renamed_column_the_one_that_asks_the_same_is_written(tmp_path, file):
    made = Study(tmp_path, file)
    lines = mapped(made)
    [line] = [line for line in lines if line.startswith("itemconf_3")]
    [*_, name] = json.loads(line.partition(" = ")[2])
    made.plan(lambda text: text.replace(line, f'itemconf_3 = "{name.replace("3", "13")}"'))
    message = made.told()
    assert f"no column {name.replace('3', '13')} (itemconf_3) of scale pulse_confidence. Where a name" in message
    assert f"[items]\nitemconf_3 = {json.dumps([name.replace('3', '13'), name])}" in message


def test_another_file_under_the_survey_s_name_is_told(study):
    mapped(study)
    [path] = (study.folder / "one").glob("wave_T0.*")
    shutil.copy(study.folder / "one" / "hr.csv", path)
    with pytest.raises(DataError) as caught:
        study.answers()
    assert "wave_T0" in str(caught.value)
    assert "no column" in str(caught.value)


def test_the_export_of_another_wave_is_told(study):
    mapped(study)
    folder = study.folder / "one"
    [path] = folder.glob("wave_T0.*")
    if study.file.startswith("redcap"):  # one file of all waves: the tool's words for them are not the plan's
        study.plan(lambda text: re.sub(r", waves = \{.*\}\}", "}", text))
        label = "Baseline" if "labels" in study.file else "baseline_arm_1"
        plan = read_study(study.folder)
        exports = read_cohort(plan, "one")
        with pytest.raises(
            StudyError, match=f"no answers of wave T0 and T1 in its files. They hold {label}"
        ) as caught:
            assemble(plan, exports, score(plan, exports))
        assert f'waves = {{"{label}" = "T0"}}' in str(caught.value)
        return
    other = path.with_stem("wave_T1")
    shutil.copy(path, other)
    message = study.told()
    if "another wave than T1" in message:  # the tool carries a wave of its own along
        assert f"one/{other.name}: row " in message
        pattern = f"wave_*{path.suffix}"
        assert f'{{path = "{pattern}", wave = "column"}}, or "pattern"' in message
        study.plan(lambda text: text.replace(f'"{pattern}"', f'{{path = "{pattern}", wave = "pattern"}}'))
        message = study.told()
    assert f"one/{other.name}: the same file as one/{path.name}, which is taken for wave T0" in message
    assert "Put the export of wave T1 in its place" in message
    if path.suffix in (".csv", ".tsv") and "rows2and3" not in study.file:  # the same responses, downloaded anew
        encoding = "utf-16" if path.suffix == ".tsv" else "utf-8"
        text = other.read_text(encoding=encoding)
        other.write_text(text.replace("ask", "tell"), encoding=encoding)
        assert other.read_bytes() != path.read_bytes()
        assert f"one/{other.name}: most of its responses stand in one/{path.name} too" in study.told()


def test_a_question_with_quotation_marks_is_proposed_as_toml_can_read_it(tmp_path):
    made = Study(tmp_path, "kobo_labels.csv")
    assert "one of those left unread because they tell of persons: username" in made.told()
    made.plan(
        lambda text: text.replace("[columns.people]", '[columns.survey]\nperson = "username"\n[columns.people]')
    )
    scale = made.folder / "scales" / "pulse_confidence.toml"
    asked = QUESTIONS[0]["sub"]
    scale.write_text(scale.read_text().replace(asked, 'I can say \\"no\\".'))
    [path] = (made.folder / "one").glob("wave_T0.*")
    path.write_text(path.read_text().replace(asked, 'I can say ""no"".'))
    lines = proposed(made.told())
    assert tomllib.loads("\n".join(lines))["itemconf_1"] == ["itemconf_1", 'I can say "no".']
