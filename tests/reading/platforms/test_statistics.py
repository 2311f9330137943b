"""Files of statistics programs as tables."""

from dataclasses import replace
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.coded import read_survey
from mentorstudy.reading.containers.statistical import read_statistical
from mentorstudy.reading.platforms.statistics import is_statistics, read_statistics

SAME = Path(__file__).parents[1] / "exports/same-survey"


@pytest.mark.parametrize(("name", "platform"), [("spss_labelled.sav", "spss"), ("stata_labelled.dta", "stata")])
def test_the_response_is_known_by_name(name, platform):
    file = File(path=name)
    grid = read_statistical(SAME / name, name, file)
    table = read_statistics(grid, file)
    assert is_statistics(grid)
    assert not is_statistics(replace(grid, container="csv"))
    assert table.platform == platform
    assert table.height == 15
    assert set(table.response) == {"response", "started_at", "submitted_at", "finished", "progress"}
    assert table.fields["finished"].kind == "meta"
    assert table.fields["conf_1"].kind == "answer"


def test_a_finished_that_is_no_yes_or_no_stays_an_answer():
    file = File(path="spss_labelled.sav")
    grid = read_statistical(SAME / file.path, file.path, file)
    odd = tuple(
        replace(column, words=tuple(word and "7" for word in column.words)) if column.name == "finished" else column
        for column in grid.columns
    )
    table = read_statistics(replace(grid, columns=odd), file)
    assert "finished" not in table.response
    assert table.fields["finished"].kind == "answer"


def qualtrics(**changes):
    """Eight responses under the variables of Qualtrics' own SPSS export."""
    rows = 8
    moment = pd.Timestamp("2026-03-02 10:00:00")
    return pd.DataFrame(
        {
            "StartDate": [moment] * rows,
            "EndDate": [moment] * rows,
            "Status": [0.0, 1, 2, 8, 0, 0, 0, 16],
            "IPAddress": ["192.0.2.1"] * rows,
            "Progress": [100.0, 100, 100, 100, 100, 100, 29, 100],
            "Duration__in_seconds_": [540.0] * rows,
            "Finished": [1.0, 1, 1, 1, 1, 1, 0, 1],
            "ResponseId": ["R_1", "R_2", "R_3", "R_4", "R_5", "R_6", "R_7", "R_1"],
            "ExternalReference": ["P1", "", "", "", "P5", "P6", "P7", "P1"],
            "DistributionChannel": ["anonymous", "preview", "test", *["anonymous"] * 5],
            "Q1": [1.0, 5, 5, 5, 2, -99, 4, 3],
            "Q1_TEXT": ["", "", "", "", "said", "-99", "", ""],
            "Q_R": ["", "", "", "", "", "R_5", "", ""],
        }
        | changes
    )


def written(tmp_path, container, **changes):
    frame = qualtrics(**changes)
    path = tmp_path / f"q.{container}"
    labels = {
        "Status": {0: "IP Address", 1: "Survey Preview", 2: "Survey Test", 8: "Spam"},
        "Q1": {1: "Low", 5: "High"},
    }
    if container == "sav":
        pyreadstat.write_sav(frame, str(path), variable_value_labels=labels)
    elif container == "dta":
        pyreadstat.write_dta(frame, str(path), variable_value_labels=labels)
    else:
        frame.to_parquet(path)
    return path


def survey(path, **settings):
    export = read_survey(path, File(path=path.name, **settings), key=b"k" * 32)
    ledger = export.ledger
    assert ledger.rows == ledger.kept + ledger.merged + sum(ledger.dropped.values()) == 8
    return export


@pytest.mark.parametrize(("container", "called"), [("sav", "SPSS"), ("dta", "Stata"), ("parquet", "parquet")])
def test_qualtrics_own_variables_are_known_and_its_rules_for_rows_hold(tmp_path, container, called):
    path = written(tmp_path, container)
    export = survey(path)
    assert export.ledger.read_as == f"{called}, exported by Qualtrics"
    assert export.ledger.dropped == {"preview": 1, "test": 1, "spam": 1, "duplicate": 1, "retaken": 1}
    assert list(export.rows["finished"]) == [True, False, True]
    assert list(export.rows["origin"]) == ["real", "real", "offline"]
    assert {"response", "person", "submitted_at", "seconds", "progress"} <= set(export.rows)
    assert "IPAddress" not in export.rows
    assert export.reasons["Q1"].iloc[0] == "seen_unanswered"
    assert export.reasons["Q1_TEXT"].iloc[0] == "seen_unanswered"
    assert any("StartDate and EndDate stand on a clock" in note for note in export.ledger.notes)
    assert survey(path, keep=["test"], time_zone="UTC").ledger.kept == 4


def test_a_status_in_words_is_understood_in_variables_too(tmp_path):
    words = {0: "IP Address", 1: "Survey Preview", 2: "Survey Test", 8: "Spam", 16: "Offline Response"}
    path = written(tmp_path, "parquet", Status=[words[int(code)] for code in qualtrics()["Status"]])
    assert survey(path).ledger.dropped == {"preview": 1, "test": 1, "spam": 1, "duplicate": 1, "retaken": 1}


def test_what_spss_says_of_99_goes_before_the_rule_of_the_platform(tmp_path):
    path = tmp_path / "q.sav"
    pyreadstat.write_sav(
        qualtrics(),
        str(path),
        variable_value_labels={"Q1": {-99: "Refused", 1: "Low", 5: "High"}},
        missing_ranges={"Q1": [-99]},
    )
    assert survey(path).reasons["Q1"].iloc[0] == "refused"


def test_only_previews_in_spss_are_refused_with_the_mend(tmp_path):
    path = written(tmp_path, "sav", Status=[1.0] * 8)
    with pytest.raises(DataError, match=r"no answers, only previews.*keep = "):
        survey(path)


def test_the_plan_may_say_that_variables_are_those_of_qualtrics(tmp_path):
    path = written(tmp_path, "sav")
    assert survey(path, format="qualtrics").ledger.dropped == survey(path).ledger.dropped
    with pytest.raises(DataError, match='take format = "qualtrics" out'):
        read_survey(SAME / "stata_labelled.dta", File(path="stata_labelled.dta", format="qualtrics"))
