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
    read(path, "table")  # whoever says so wants the cells as they stand


@pytest.mark.parametrize("told", ["spss", "redcap", "kobo"])
def test_a_file_without_any_marks_is_read_as_the_plan_says_and_noted(tmp_path, told):
    path = tmp_path / "a.csv"
    path.write_text("study,cf1\n1,4\n2,5\n")
    export = read_survey(path, File(path=path.name, format=told))
    assert export.rows["cf1"].tolist() == [4, 5]
    assert f'a.csv: the plan says format = "{told}", and it looks like a plain table.' in export.ledger.notes
