"""One file in its normal form: each row its own times, and a reason wherever a cell is no answer."""

import csv
from pathlib import Path

import pandas as pd
import pyreadstat
import pytest

from mentorstudy.nouns.errors import DataError
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


TIMES = "Timestamp,How satisfied are you?\n"


@pytest.mark.parametrize(
    ("times", "settings"),
    [
        (("1/13/25 10:00", "2/3/25 11:00"), {"date_order": "month first", "short_years": True}),
        (("45670.375", "45691.4166667"), {"serials": "1900"}),
        (("25/01/13 10:00", "25/02/03 11:00"), {"date_order": "year first", "short_years": True}),
    ],
)
def test_a_survey_s_own_times_are_read_as_declared(tmp_path, times, settings):
    path = tmp_path / "a.csv"
    path.write_text(TIMES + "".join(f"{when},Agree\n" for when in times))
    with pytest.raises(DataError, match=r"as in \{path = \"a.csv\", (date_order|serials) = "):
        read_survey(path)
    zone = "UTC" if "serials" in settings else "Europe/Berlin"
    found = read_survey(path, File(path=path.name, time_zone=zone, **settings)).rows["submitted_at"]
    assert found.dt.round("min").tolist() == [
        pd.Timestamp(f"2025-0{day}", tz="UTC") for day in ("1-13 09:00", "2-03 10:00")
    ]


def test_a_word_for_no_time_is_none(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(TIMES + "2025-01-13 10:00:00,Agree\n1900-01-01 00:00:00,Disagree\n")
    with pytest.raises(DataError, match="placeholders"):
        read_survey(path)
    assert read_survey(path, no_dates=["1900-01-01"]).rows["submitted_at"].isna().tolist() == [False, True]


def test_one_damaged_time_does_not_hide_the_tool(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(TIMES + "2025-01-13 10:00:00,Agree\n2025-01-13 9 Uhr,Agree\n2025-01-14 10:00:00,Agree\n")
    with pytest.raises(DataError, match="row 3, column Timestamp: no date"):
        read_survey(path)


def test_what_was_noticed_in_coding_is_told_and_no_text_of_anybody_s_own(tmp_path):
    path = tmp_path / "a.csv"
    answers = ("Strongly disagree", "Disagree", "Agree", "Strongly agree", "Stimme zu", "Neutral")
    buses = ("1 - by bus", "2 - by train", "3 - on foot", "1 - by bus", "2 - by train", "3 - on foot")
    path.write_text("q1,q2,q3\n" + "".join(f"{one},{one},{bus}\n" for one, bus in zip(answers, buses, strict=True)))
    notes = read_survey(path).ledger.notes
    assert "a.csv: q1, q2: in German, and coded as the others: Stimme zu." in notes
    assert "a.csv: q3: coded by the digits in the labels, 1 to 3." in notes
    assert not any("bus" in note for note in notes)


def test_a_platform_s_own_export_to_spss_is_told_as_no_other_format(tmp_path):
    frame = pd.DataFrame(
        {"ResponseId": ["R_1"], "Status": [0.0], "Finished": [1.0], "Progress": [100.0], "Q1": [3.0]}
    )
    path = tmp_path / "a.sav"
    pyreadstat.write_sav(frame, path)
    assert not any(
        "looks like" in note for note in read_survey(path, File(path=path.name, format="qualtrics")).ledger.notes
    )


@pytest.mark.parametrize("suffix", [".parquet", ".xlsx", ".sav", ".dta"])
def test_a_small_fraction_leaves_its_column_numbers(tmp_path, suffix):
    path = tmp_path / f"a{suffix}"
    frame = pd.DataFrame({"id": ["a", "b", "c"], "share": [0.25, 0.00005, 1e-7]})
    write = {
        ".parquet": frame.to_parquet,
        ".xlsx": lambda to: frame.to_excel(to, index=False),
        ".sav": lambda to: pyreadstat.write_sav(frame, to),
        ".dta": lambda to: pyreadstat.write_dta(frame, to),
    }
    write[suffix](path)
    assert read_survey(path).rows["share"].tolist() == [0.25, 0.00005, 1e-7]


def test_points_between_thousands_are_no_decimals_where_commas_are(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id;pay;grade;note\na;2.000;950;1.5\nb;3.037;2.037;2.25\n")
    rows = read_survey(path, File(path="a.csv", decimal=",")).rows
    assert rows["pay"].tolist() == [2000, 3037]
    assert rows["grade"].tolist() == [950, 2037]
    assert rows["note"].tolist() == [1.5, 2.25]  # no thousands stand apart so
