"""Recognising: a file that bears the marks of one tool is not read as another's, whatever the plan says."""

import re
from pathlib import Path

import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.coded import read_survey
from mentorstudy.reading.files import read_file
from mentorstudy.reading.recognising import CONTAINERS, LOOKS

EXPORTS = Path(__file__).parent / "exports"
SAME = EXPORTS / "same-survey"
OF = {
    "qualtrics": "qualtrics_numeric.csv",
    "surveymonkey": "surveymonkey_text.csv",
    "googleforms": "googleforms_download.csv",
    "msforms": "msforms.xlsx",
    "limesurvey": "limesurvey_code_short.csv",
    "typeform": "typeform.csv",
    "redcap": "redcap_raw_longitudinal.csv",
    "kobo": "kobo_xml_values.csv",
    "glint": "../made/glint/glint.csv",
    "spss": "spss_labelled.sav",
    "stata": "stata_labelled.dta",
}
PAIRS = [
    (told, found)
    for told in LOOKS
    for found in OF
    if told not in ("table", found) and not {told, found} <= {*CONTAINERS}
]


def read(path, told):
    return read_file(path, path.name, File(path=path.name, format=told))


@pytest.mark.parametrize(("told", "found"), PAIRS)
def test_a_file_of_one_tool_is_not_read_as_another_s(told, found):
    path = SAME / OF[found]
    mend = f'Write format = "{found}" for this file in plan.toml, or take format = "{told}" out.'
    said = f'{path.name}: the plan says format = "{told}", and it {LOOKS[found]}. {mend}'
    with pytest.raises(DataError, match=re.escape(said)):
        read(path, told)


@pytest.mark.parametrize("found", OF)
def test_what_the_plan_says_of_a_file_rightly_changes_nothing(found):
    path = SAME / OF[found]
    assert read(path, found).notes == read(path, None).notes


@pytest.mark.parametrize("found", OF)
def test_whoever_wants_the_cells_as_they_stand_has_them_and_is_told(found):
    told = "Rows that tool adds, of headers or of tests, count as answers."
    assert [note for note in read(SAME / OF[found], "table").notes if note.endswith(told)] == (
        []
        if found in CONTAINERS
        else [f'{Path(OF[found]).name}: the plan says format = "table", and it {LOOKS[found]}. {told}']
    )


NOON = "2024-01-02 10:00:00"


def made(tmp_path, head, row):
    """A file of twenty rows like this one, each with a number of its own for {n}."""
    path = tmp_path / "a.csv"
    path.write_text("\n".join([head, *(row.format(n=12345670 + at) for at in range(20))]) + "\n")
    return path


@pytest.mark.parametrize(
    ("told", "looks", "head", "row"),
    [
        ("qualtrics", "surveymonkey", "respondent_id,DistributionChannel,Finished,Q1", "{n},anonymous,True,4"),
        ("qualtrics", "surveymonkey", "respondent_id,Status,Finished,Q1", "{n},0,True,4"),
        ("qualtrics", "googleforms", "Timestamp,ResponseId,Q1", f"{NOON},R_{{n}},4"),
        ("qualtrics", "redcap", "ResponseId,redcap_event_name,Q1", "R_{n},t0,4"),
        ("redcap", "surveymonkey", "respondent_id,sure,survey_timestamp", f"{{n}},4,{NOON}"),
        ("redcap", "surveymonkey", "respondent_id,sure,date_created", f"{{n}},4,{NOON}"),
        ("redcap", "googleforms", "Timestamp,id,sure", f"{NOON},{{n}},4"),
        ("kobo", "surveymonkey", "respondent_id,start,end,sure", f"{{n}},{NOON},{NOON},4"),
        ("kobo", "googleforms", "Timestamp,sure,_id", f"{NOON},4,{{n}}"),
        ("kobo", "redcap", "code,sure,training_complete", "{n},4,2"),
    ],
)
def test_what_only_may_be_another_tool_s_is_read_as_the_plan_says_and_noted(tmp_path, told, looks, head, row):
    table = read(made(tmp_path, head, row), told)
    assert table.platform.casefold() == told
    assert f'a.csv: the plan says format = "{told}", and it {LOOKS[looks]}.' in table.notes


def test_previews_of_a_qualtrics_file_with_respondents_numbers_do_not_count(tmp_path):
    path = made(tmp_path, "respondent_id,DistributionChannel,Status,Finished,Q1", "{n},anonymous,0,True,4")
    path.write_text(path.read_text().replace("anonymous,0", "preview,1", 5))
    assert len(read(path, "qualtrics").rows) == 15


@pytest.mark.parametrize(
    ("told", "head", "row"),
    [
        ("redcap", "respondent_id,collector_id,sure", "{n},11,4"),
        ("kobo", "Respondent ID,Start Date,Sure?\n,,Response", f"{{n}},{NOON},4"),
        ("qualtrics", "Respondent ID,Collector ID,Status", "{n},11,Single"),
        ("kobo", "Timestamp,sure", "2026/03/02 9:10:11 AM GMT+1,4"),
        ("redcap", "respondent_id,sure,_uuid,_submission_time", f"{{n}},4,u{{n}},{NOON}"),
    ],
)
def test_what_is_surely_another_tool_s_is_refused(tmp_path, told, head, row):
    with pytest.raises(DataError, match=f'the plan says format = "{told}", and it looks like an export of'):
        read(made(tmp_path, head, row), told)


@pytest.mark.parametrize("told", ["spss", "redcap", "kobo"])
def test_a_file_without_any_marks_is_read_as_the_plan_says_and_noted(tmp_path, told):
    path = tmp_path / "a.csv"
    path.write_text("study,cf1\n1,4\n2,5\n")
    export = read_survey(path, File(path=path.name, format=told))
    assert export.rows["cf1"].tolist() == [4, 5]
    assert f'a.csv: the plan says format = "{told}", and it looks like a plain table.' in export.ledger.notes
