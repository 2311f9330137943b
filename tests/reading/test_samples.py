"""Every sample file: read as what its note says, every row of it kept or counted, or refused with the mend."""

from pathlib import Path

import pytest

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.coded import read_survey

FOLDER = Path(__file__).parent / "exports"
KEY = b"k" * 32
NOTES = {".md", ".json"}
READ = {  # what the file is taken for, its rows, and those left out
    "hris/bamboohr_like_one_row_per_person.csv": ("table", 60, {}),
    "hris/event_log.csv": ("table", 81, {}),
    "hris/successfactors_like_monthly_snapshots.csv": ("table", 471, {}),
    "hris/vivainsights_person_week_first8.csv": ("table", 56, {}),
    "hris/workday_like_one_row_per_spell.csv": ("table", 62, {}),
    "identity/t0.csv": ("table", 36, {}),
    "identity/t1.csv": ("table", 38, {}),
    "mentoring/connections_report.csv": ("table", 16, {}),
    "mentoring/meeting_log.csv": ("table", 144, {}),
    "mentoring/member_roster.csv": ("table", 27, {}),
    "mentoring/unmatched_applicants.csv": ("table", 3, {}),
    "excel-real/big-texty-numbers-xlsx.xlsx": ("table", 6, {}),
    "excel-real/texty-dates-xlsx.xlsx": ("table", 2, {}),
    "excel-twins/date_system_1904.xlsx": ("table", 2, {}),
    "excel-twins/escaped_control_text.xlsx": ("table", 2, {}),
    "excel-twins/several_sheets_serials_totals_hidden.xlsx": ("table", 9, {"sums, not people": 1}),
    "made/twins/qualtrics_retakes.csv": (
        "Qualtrics, current",
        19,
        {"preview": 1, "retaken": 1, "spam": 1, "test": 1},
    ),
    "made/twins/kobo_repeats.xlsx": ("Kobo, XML names", 2, {}),
    "made/workbooks/sheetjs.xlsx": ("table", 4, {}),
    "made/workbooks/sheetjs_inline.xlsb": ("table", 4, {}),
    "made/workbooks/sheetjs_shared.xlsb": ("table", 4, {}),
    "surveymonkey-real/comma_survey_first_60.csv": ("SurveyMonkey, condensed", 60, {}),
    "surveymonkey-real/food_world_cup_first_60.csv": ("SurveyMonkey, condensed", 60, {}),
    "surveymonkey-real/star_wars_first_60.csv": ("SurveyMonkey, expanded", 60, {}),
    "surveymonkey-real/steak_risk_survey.csv": ("SurveyMonkey, expanded", 550, {}),
}
TOLD = {  # what is to be said first, and what the message asks for
    "excel-real/dates-leap-year-1900-xlsx.xlsx": (None, 'sheet = "..."'),
    "made/workbooks/one_long_text.zip": (None, "Copy the table itself into a new workbook"),
    "excel-real/skipping.xlsx": (None, 'sheet = "..."'),
    "excel-real/whitespace-xlsx.xlsx": (None, 'sheet = "..."'),
    "excel-real/empty-sheets.xlsx": (None, "not one row of data"),
    "excel-real/unnamed-duplicated-columns.xlsx": (None, "two columns are called var2. Rename one of them."),
    **{
        f"qualtrics-real-2016/{name}.csv": ({"keep": ["test"]}, 'keep = ["test"]')
        for name in (
            "matrix_insights_3row",
            "matrix_legacy_2row",
            "multi_insights_3row",
            "multi_legacy_2row",
            "no_basis_insights_3row",
            "single_insights_3row",
        )
    },
    "same-survey/googlesheets_us.csv": ({"date_order": "month first"}, 'date_order = "day first" or "month first"'),
    "same-survey/surveymonkey_numeric.csv": ({"date_order": "month first"}, 'date_order = "day first"'),
    "same-survey/surveymonkey_text.csv": ({"date_order": "month first"}, 'date_order = "day first"'),
}
SAMPLES = sorted(
    path.relative_to(FOLDER).as_posix()
    for path in FOLDER.rglob("*")
    if path.is_file() and path.suffix not in NOTES and path.parent.name not in ("codebooks", "forms", "glint")
)


def balanced(ledger) -> bool:
    return ledger.rows == ledger.kept + ledger.merged + sum(ledger.dropped.values())


@pytest.mark.parametrize("name", SAMPLES)
def test_a_sample_is_read_or_told_with_its_mend(name):
    if name not in TOLD:
        export = read_survey(FOLDER / name, key=KEY)
        read_as, rows, dropped = READ.get(name, (export.ledger.read_as, export.ledger.rows, export.ledger.dropped))
        assert (export.ledger.read_as, export.ledger.rows, export.ledger.dropped) == (read_as, rows, dropped)
        assert balanced(export.ledger)
        assert len(export.rows) == export.ledger.kept
        return
    settings, said = TOLD[name]
    with pytest.raises(DataError) as caught:
        read_survey(FOLDER / name, key=KEY)
    assert said in str(caught.value)
    if settings:
        assert balanced(read_survey(FOLDER / name, File(path=name, **settings), key=KEY).ledger)


def test_the_lists_name_files_that_are_there():
    assert set(READ) | set(TOLD) <= set(SAMPLES)


@pytest.mark.parametrize("name", ["identity/t0.csv", "identity/t1.csv"])
def test_addresses_beside_panel_ids_are_left_unread(name):
    export = read_survey(FOLDER / name, key=KEY)
    assert "email" not in export.rows
    assert not export.rows.astype(str).apply(lambda column: column.str.contains("@")).any(axis=None)


def test_ids_of_records_keep_their_zeros_and_rows_their_number_in_the_file():
    export = read_survey(FOLDER / "hris/event_log.csv", key=KEY)
    assert export.rows["employee_id"].astype(str).str.fullmatch("[0-9]{6}").all()
    spells = read_survey(FOLDER / "hris/workday_like_one_row_per_spell.csv", key=KEY)
    assert spells.rows.index[0] == 6  # below four rows about the report and the headers
