"""LimeSurvey: three forms of headings, short and full answers, and what stands for nothing."""

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from forms_samples import TRUTH, TWINS, answers, boxes, cells, opened, written

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.file import File
from mentorstudy.reading.platforms.limesurvey import is_limesurvey, read_limesurvey
from mentorstudy.reading.recognising import recognised

PLAIN = File(path="")
SHORT, FULL = "limesurvey_code_short.csv", "limesurvey_codetext_long_semicolon.csv"
ITEMS = (
    {f"Q2[SQ00{n}]": f"conf_{n}" for n in range(1, 6)}
    | {f"Q3[SQ00{n}]": f"lead_{n}" for n in range(1, 5)}
    | {"Q1": "consent", "Q4": "stay", "Q6": "freq", "Q7_1": "hours", "Q8": "comment", "Q9": "sgic"}
)
BOXES = {f"Q5[SQ00{n}]": f"topic_{n}" for n in range(1, 6)}
META = ["id", "submitdate", "lastpage"]
NO_TIME = ["1", "2026-03-02 17:14:24", "2"]


def read(grid, settings=PLAIN):
    assert recognised(grid) == "limesurvey"
    return read_limesurvey(grid, settings)


def test_full_answers_of_the_twins_are_the_truth():
    table = read(opened(TWINS / FULL))
    assert (table.platform, table.variant) == ("LimeSurvey", "headings as codes and text, full answers")
    assert (len(table.rows), table.dropped) == (15, {"blank": 1})
    for name, word in ITEMS.items():
        assert cells(table, name) == answers(word), word
    about = table.fields["Q3[SQ002]"]
    assert about.wording == "How ready are you today for each of these leadership tasks?"
    assert (about.part, about.question) == ("Making decisions with incomplete information", "Q3")
    assert table.fields["Q5[other]"].kind == "text"


def test_no_is_written_where_the_truth_does_not_know():
    table = read(opened(TWINS / FULL))
    unlike = [
        (said, meant)
        for name, word in BOXES.items()
        for said, meant in zip(cells(table, name), boxes(word), strict=True)
        if said != meant
    ]
    assert unlike == [("0", "")] * 10


def test_short_answers_keep_their_codes_and_tell_what_is_not_known():
    table = read(opened(TWINS / SHORT))
    assert table.variant == "headings as codes, short answers"
    for name, word in BOXES.items():
        assert cells(table, name) == boxes(word), word
    told = [{True: "Y", False: "N"}[response["consent"] == 1] for response in TRUTH["responses"]]
    assert cells(table, "Q1") == told
    confident = [f"A{response['conf_1']}" if response["conf_1"] else "" for response in TRUTH["responses"]]
    assert cells(table, "Q2[SQ001]") == confident
    assert not table.fields["Q2[SQ001]"].labels
    assert any("11 columns hold codes" in note for note in table.notes)


@pytest.mark.parametrize("name", [SHORT, FULL])
def test_the_response_is_told_under_the_kits_words(name):
    table = read(opened(TWINS / name))
    said = {word: list(column.mapped(column.words)) for word, column in table.response.items()}
    assert said["person"] == [response["person_id"] for response in TRUTH["responses"]]
    assert said["finished"] == ["1" if response["finished"] else "0" for response in TRUTH["responses"]]
    clock = ZoneInfo("America/Denver")
    for word in ("started_at", "submitted_at"):
        local = [datetime.fromisoformat(moment).replace(tzinfo=clock) for moment in said[word]]
        assert local == [datetime.fromisoformat(response[word]) for response in TRUTH["responses"]], word
    assert set(said["language"]) == {"en"}
    assert said["response"] == [str(n) for n in range(1, 16)]
    assert table.fields["ipaddr"].kind == "personal"
    assert any("clock of the server" in note for note in table.notes)
    kept = read_limesurvey(opened(TWINS / name), File(path="", time_zone="America/Denver"))
    assert not any("clock of the server" in note for note in kept.notes)


def test_an_export_without_responses_is_refused_kindly(tmp_path):
    for record in (["", "", "", "", ""], ["", "", "", "N/A", "No"]):
        grid = written(tmp_path, [[*META, "Q1", "Q2[A]"], record])
        with pytest.raises(DataError, match="no responses"):
            read(grid)


def test_text_headings_are_parted_by_their_last_brackets(tmp_path):
    heads = [
        "Response ID", "Date submitted", "Last page", "IP address", "Trust [How far?] [My [own] mentor]",
        "Trust [How far?] [My team]", "Topics [Goals]", "Topics [Skills]", "Topics [Other]", "Hours [per month]",
        "Group time: Start", "Load [Work][Scale 1]", "Load [Work][Scale 2]",
    ]  # fmt: skip
    rows = [[*NO_TIME, "192.0.2.1", "A lot", "A bit", "Yes", "No", "", "2.0000000000", "3.5", "1", "2"]]
    table = read(
        written(tmp_path, [heads, *rows, ["2", "", "1", "", "", "", "N/A", "N/A", "", ".5000000000", *"123"]])
    )
    fields = table.fields
    assert table.variant == "headings as text, full answers"
    assert fields[heads[4]].part == "My [own] mentor"
    assert fields[heads[4]].question == fields[heads[5]].question
    assert [fields[head].kind for head in heads[6:9]] == ["choice", "choice", "text"]
    assert (cells(table, heads[6]), cells(table, heads[7])) == (["1", ""], ["0", ""])
    assert fields[heads[6]].missing == {"": "not_shown"}
    assert (fields[heads[9]].part, cells(table, heads[9])) == ("", ["2", "0.5"])
    assert [fields[head].kind for head in (heads[3], heads[10])] == ["personal", "timing"]
    assert (fields[heads[12]].part, fields[heads[12]].question) == ("Work, Scale 2", "Load")


def test_codes_tell_what_a_column_is(tmp_path):
    heads = ["Q1[SQ1][1]", "Q1[SQ1][2]", "Q2[1]", "Q2[2]", "Q3", "Q3[other]", "Q4[SQ1comment]", "Q5[filecount]"]
    own = [*META, "firstname", "attribute_1", "interviewtime", "groupTime7"]
    table = read(written(tmp_path, [[*own, *heads], [*NO_TIME, "a", "b", "61.5", "60", *"12AB-x", "why", "1"]]))
    kinds = [table.fields[name].kind for name in heads]
    assert kinds == ["answer"] * 5 + ["text", "text", "meta"]
    assert [table.fields[name].question for name in heads[:4]] == ["Q1", "Q1", "Q2", "Q2"]
    assert [table.fields[name].kind for name in own[3:]] == ["personal", "personal", "timing", "timing"]
    assert table.response["seconds"].words[0] == "61.5"


def test_a_question_worded_like_the_platforms_own_column_is_none(tmp_path):
    heads = ["Response ID", "Date submitted", "Last page", "Access code", "Access code"]
    table = read(written(tmp_path, [heads, [*NO_TIME, "P1", "blue"]]))
    assert set(table.response["person"].words) == {"P1"}


def test_a_survey_without_dates_is_finished_and_nobody_knows_when(tmp_path):
    rows = [["1", "1980-01-01 00:00:00", "3", "Y"], ["2", "", "1", "N"]]
    table = read(written(tmp_path, [[*META, "Q1"], *rows]))
    assert "submitted_at" not in table.response
    assert list(table.response["finished"].mapped(table.response["finished"].words)) == ["1", "0"]
    assert any("1980" in note for note in table.notes)


def test_na_is_not_shown_only_beside_the_platforms_own_words(tmp_path):
    rows = [["1", "", "3", "Yes", "Often"], ["2", "", "1", "N/A", "N/A"]]
    table = read(written(tmp_path, [[*META, "Q1", "Q2"], *rows]))
    assert table.fields["Q1"].missing == {"N/A": "not_shown"}
    assert not table.fields["Q2"].missing


def test_apostrophes_are_taken_off_and_told(tmp_path):
    table = read(written(tmp_path, [[*META, "Q1", "Q2"], [*NO_TIME, "'-3", "'tis"], ["2", "", "1", "4", "'"]]))
    assert cells(table, "Q1") == ["-3", "4"]
    assert cells(table, "Q2") == ["'tis", "'"]
    assert any("apostrophe" in note and "column 4" in note for note in table.notes)


def test_other_tables_are_none(tmp_path):
    for heads in (["id", "Q1", "Q2"], ["Response ID", "Name", "Q1"], ["person", "submitdate", "lastpage"]):
        grid = written(tmp_path, [heads, ["1", "2", "3"]])
        assert not is_limesurvey(grid)
        with pytest.raises(DataError, match='format = "table"'):
            read_limesurvey(grid, PLAIN)


@pytest.mark.parametrize("height", [70, 126, 128, 300])
def test_who_did_not_finish_acted_last_at_a_time_of_their_own(tmp_path, height):
    times = [f"2026-03-02 {10 + at // 60}:{at % 60:02d}:00" for at in range(height)]
    rows = [[str(at), time if at < height - 1 else "", "2", time, "AO01"] for at, time in enumerate(times)]
    table = read(written(tmp_path, [[*META, "datestamp", "Q1"], *rows]))
    told = table.response["submitted_at"]
    assert list(told.mapped(told.words)) == times
