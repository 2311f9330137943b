"""A codebook, or the numeric export of the same responses, beside a survey says what its labels stand for."""

import json
import shutil
from pathlib import Path

import pandas as pd
import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.coded import read_survey
from mentorstudy.reading.files import read_file

EXPORTS = Path(__file__).parent / "exports"
TRUTH = json.loads((EXPORTS / "same-survey" / "truth_T0.json").read_text())["responses"]
KEY = b"k" * 32


def beside(tmp_path, *files):
    """Copies in one folder, as a user keeps them."""
    folder = tmp_path / "study" / "cohort"
    folder.mkdir(parents=True)
    for file in files:
        shutil.copy(EXPORTS / file, folder)
    return folder


def codes(export, column):
    return [None if pd.isna(value) else int(value) for value in export.rows[column]]


def test_labels_are_learnt_from_the_numeric_export(tmp_path):
    folder = beside(tmp_path, "same-survey/qualtrics_text.csv", "same-survey/qualtrics_numeric.csv")
    path = folder / "qualtrics_text.csv"
    export = read_survey(path, File(path=path.name, codebook="qualtrics_numeric.csv"), key=KEY)
    for column, item in {"Q1": "consent", "Q6": "freq", "Q2_1": "conf_1", "Q4": "stay"}.items():
        assert codes(export, column) == [row[item] for row in TRUTH], column


def test_exports_that_contradict_each_other_are_refused(tmp_path):
    folder = beside(tmp_path, "same-survey/qualtrics_text.csv", "same-survey/qualtrics_numeric.csv")
    numeric = folder / "qualtrics_numeric.csv"
    written = numeric.read_text()
    changed = written.replace(",1,3,3,3,4,4,", ",1,5,3,3,4,4,", 1)
    assert changed != written
    numeric.write_text(changed)
    path = folder / "qualtrics_text.csv"
    with pytest.raises(DataError, match=r"qualtrics_text\.csv: column Q2_1: against qualtrics_numeric\.csv"):
        read_survey(path, File(path=path.name, codebook=numeric.name), key=KEY)


def test_a_redcap_dictionary_gives_labels_to_codes(tmp_path):
    name = "repeating-instruments-sparse"
    folder = beside(tmp_path, f"redcap-real/{name}_data.csv", f"redcap-real/{name}_dictionary.csv")
    path = folder / f"{name}_data.csv"
    table = read_file(path, path.name, File(path=path.name, codebook=f"{name}_dictionary.csv"))
    assert table.fields["sex"].labels == {"0": "Female", "1": "Male"}
    assert table.fields["race"].wording


def test_a_table_of_codes_is_a_codebook(tmp_path):
    folder = beside(tmp_path)
    (folder / "pulse.csv").write_text("id,often\n1,Weekly\n2,Never met\n3,Prefer not to say\n4,Weekly\n")
    (folder / "codes.csv").write_text(
        "column,code,label,missing\noften,4,Weekly,\noften,0,Never met,\noften,9,Prefer not to say,refused\n"
    )
    export = read_survey(folder / "pulse.csv", File(path="pulse.csv", codebook="codes.csv"), key=KEY)
    assert codes(export, "often") == [4, 0, None, 4]
    assert list(export.reasons["often"].dropna()) == ["refused"]


@pytest.mark.parametrize("name", ["none.csv", "../../../outside.csv"])
def test_a_codebook_that_is_not_there_or_lies_outside_is_told(tmp_path, name):
    folder = beside(tmp_path, "same-survey/qualtrics_text.csv")
    (tmp_path / "outside.csv").write_text("column,code,label\n")
    path = folder / "qualtrics_text.csv"
    with pytest.raises(DataError, match="there is no codebook"):
        read_survey(path, File(path=path.name, codebook=name), key=KEY)
