"""One file in its normal form: each row its own times, and a reason wherever a cell is no answer."""

import csv
from pathlib import Path

import pandas as pd
import pyreadstat

from mentorstudy.nouns.file import File
from mentorstudy.reading.coded import read_survey

EXPORTS = Path(__file__).parent / "exports"
FORM = "same-survey/limesurvey_code_short.csv"


def test_times_of_an_unknown_zone_stand_in_their_own_rows():
    declared = read_survey(EXPORTS / FORM, File(path=FORM, time_zone="UTC")).rows
    rows = read_survey(EXPORTS / FORM).rows
    for moment in ("started_at", "submitted_at"):
        assert rows[moment].dt.tz is None
        assert rows[moment].notna().any()
        pd.testing.assert_series_equal(rows[moment], declared[moment].dt.tz_localize(None))


def test_times_are_those_that_the_file_writes():
    with (EXPORTS / FORM).open(encoding="utf-8-sig", newline="") as file:
        written = [row["startdate"] for row in csv.DictReader(file, delimiter=",") if row["id"]]
    found = read_survey(EXPORTS / FORM).rows["started_at"]
    assert found.dt.strftime("%Y-%m-%d %H:%M:%S").tolist() == written


def test_a_word_that_spss_declares_missing_is_no_answer_and_keeps_its_reason():
    export = read_survey(EXPORTS / "spss-real/pyreadstat_missing_char.sav")
    [name] = list(export.rows)
    assert set(export.rows[name].dropna()) == {"a"}
    assert export.reasons[name].dropna().tolist() == ["user_missing:Z"]
    assert (export.rows[name].isna() | export.reasons[name].isna()).all()


def test_a_text_among_many_that_is_declared_missing_is_none(tmp_path):
    words = [f"word {place}" for place in range(90)] + ["none"] * 10
    frame = pd.DataFrame({"why": words})
    pyreadstat.write_sav(frame, tmp_path / "a.sav", missing_ranges={"why": ["none"]})
    export = read_survey(tmp_path / "a.sav")
    assert export.rows["why"].tolist()[:90] == words[:90]
    assert export.rows["why"].isna().sum() == export.reasons["why"].notna().sum() == 10
