"""Who is studied, from which day; every row accounted for; nobody followed before they could have left."""

import re
from datetime import date

import pandas as pd
import pytest

import mentorstudy as kit
from mentorstudy.assembling.spells import months_between, spells
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.flow import Flow, Ledger, Step


def cohort_of(small):
    study = kit.read_study(small.folder)
    exports = kit.read_cohort(study, "first")
    return study, kit.assemble(study, exports, kit.score(study, exports))


def test_every_row_of_every_file_is_kept_or_dropped_for_a_reason(small):
    rows = {path.name: len(path.read_text().splitlines()) - 1 for path in small.folder.glob("first/*.csv")}
    _, cohort = cohort_of(small)
    assert {ledger.file for ledger in cohort.ledgers} == {f"first/{name}" for name in rows}
    for ledger in cohort.ledgers:
        assert ledger.rows == rows[ledger.file.removeprefix("first/")]
        assert ledger.kept + sum(ledger.dropped.values()) == ledger.rows


def test_a_ledger_that_does_not_add_up_cannot_be_made():
    with pytest.raises(AssertionError, match="do not add up"):
        Ledger(file="a.csv", sha256="", rows=10, kept=8, dropped={"spam": 1})


def test_a_flow_in_which_people_join_on_the_way_cannot_be_made():
    steps = [Step(sample="s", step=name, mentored=n, unmentored=5, why="") for name, n in (("one", 5), ("two", 6))]
    with pytest.raises(AssertionError, match="more people after 'two'"):
        Flow(steps=tuple(steps))


def test_the_flow_counts_the_people_of_the_file(small):
    hr = pd.read_csv(small.path("hr.csv"), dtype=str)
    matched = set(pd.read_csv(small.path("matches.csv"), dtype=str)["mentee_id"])
    _, cohort = cohort_of(small)
    eligible = hr[hr["grade"].astype(int) >= 2]
    last = cohort.flow.steps[-1]
    assert last.step == "grade at least 2"
    assert last.mentored == eligible["employee_id"].isin(matched).sum()
    assert last.unmentored == (~eligible["employee_id"].isin(matched)).sum()


@pytest.mark.parametrize("row", ["Total,,,,,", "Grand Total:,,,,712,", "Summe,,,,,", ",,,,,", ""])
def test_a_sum_or_a_blank_row_is_nobody(small, row):
    before = cohort_of(small)[1]
    small.change("hr.csv", lambda text: text.replace("\n00007,", f"\n{row}\n00007,") + f"{row}\n" * bool(row))
    after = cohort_of(small)[1]
    assert after.flow == before.flow
    ledger = next(ledger for ledger in after.ledgers if ledger.file == "first/hr.csv")
    assert ledger.dropped["sums, not people" if row.strip(",") else "blank"] == (2 if row else 1)


def test_a_person_called_total_with_all_cells_is_somebody(small):
    small.change("hr.csv", lambda text: text + "Total,2020-01-01,,,3,Leeds\n")
    assert sum((step.mentored + step.unmentored) for step in cohort_of(small)[1].flow.steps[:1]) == 241


@pytest.mark.parametrize("key", ["adjust_for", "describe"])
def test_a_column_nobody_has_a_value_in_is_told_with_its_file(small, key):
    rows = small.path("hr.csv").read_text().splitlines()
    small.change("hr.csv", lambda _: "\n".join([f"{rows[0]},pay", *(f"{row}," for row in rows[1:])]) + "\n")
    small.change(
        "plan.toml",
        lambda text: (
            text.replace('["grade"', '["pay", "grade"')
            if key == "adjust_for"
            else text.replace("adjust_for", 'describe = ["pay"]\nadjust_for')
        ),
    )
    with pytest.raises(
        DataError, match=r"^first/hr\.csv: column pay: not one filled cell among the people studied"
    ):
        cohort_of(small)


def test_a_score_nobody_has_is_told_with_its_file(small):
    small.change("survey_T0.csv", lambda text: re.sub(r"\n(\d+),\d,\d,\d", r"\n\1,,,", text))
    with pytest.raises(DataError, match=r"^first/survey_T0\.csv: no score of zeal at wave T0"):
        cohort_of(small)


def test_waves_of_which_nobody_answered_both_are_told_by_their_files(small):
    def those(rest):
        """The answers of the people whose id leaves `rest` when it is halved."""
        return lambda text: re.sub(r"\n(\d+),.*", lambda row: row[0] if int(row[1]) % 2 == rest else "", text)

    cohort_of(small.change("survey_T0.csv", those(0)))
    small.change("survey_T12.csv", those(1))
    told = r"^first/survey_T0\.csv, first/survey_T12\.csv: nobody who answered at T0 answered at T12: 0 of \d+ are"
    with pytest.raises(DataError, match=told):
        cohort_of(small)


def test_ids_are_text_and_pseudonyms_are_the_study_s_own(small, monkeypatch, tmp_path):
    _, one = cohort_of(small)
    _, again = cohort_of(small)
    monkeypatch.setenv("MENTORSTUDY_HOME", str(tmp_path / "elsewhere"))  # another key
    _, other = cohort_of(small)
    people = set(one.samples[0].people.index)
    assert people == set(again.samples[0].people.index)
    assert len(people) == len(other.samples[0].people)
    assert not people & set(other.samples[0].people.index)
    assert not any(person.isdigit() for person in people)


def test_department_na_is_a_department(small):
    small.change("plan.toml", lambda text: text.replace('"grade", "zeal@T0"', '"grade", "site", "zeal@T0"'))
    _, cohort = cohort_of(small)
    assert set(cohort.samples[0].people["site"].unique()) == {"NA", "Leeds"}


def test_spells_end_at_the_exit_the_snapshot_or_the_administrative_day(small):
    study, _ = cohort_of(small)
    start, snapshot = date(2025, 1, 6), date(2026, 2, 28)
    days = pd.to_datetime(["2025-07-06", "2025-07-06", None, "2026-05-01"])
    people = pd.DataFrame({"exit_on": days, "exit_reason": ["RES", "EOC", None, "RES"]}, index=list("abcd"))
    found = spells(people, study, start=start, snapshot=snapshot)
    assert found["left"].tolist() == [True, False, False, False]
    assert found["why"].tolist() == ["voluntary", "administrative", "still employed", "still employed"]
    assert found["months"].tolist()[0] == pytest.approx(181 / 30.4375)
    assert found["months"].tolist()[2] == found["months"].tolist()[3] == pytest.approx(418 / 30.4375)


def test_tenure_is_counted_to_the_start():
    months = months_between(pd.Series(pd.to_datetime(["2024-01-06"])), pd.Timestamp("2025-01-06"))
    assert months[0] == pytest.approx(366 / 30.4375)


def test_who_left_before_the_start_is_not_followed(small):
    matches = small.path("matches.csv").read_text()
    rows = small.path("hr.csv").read_text().splitlines()
    unmatched = next(row for row in rows[1:] if f"\n{row[:5]}," not in matches)
    cells = unmatched.split(",")
    gone = ",".join([cells[0], "2015-01-01", "2024-12-31", "RES", *cells[4:]])
    before = cohort_of(small)[1].flow.steps
    small.change("hr.csv", lambda text: text.replace(unmatched, gone))
    after = cohort_of(small)[1].flow.steps
    lost = (before[1].mentored + before[1].unmentored) - (after[1].mentored + after[1].unmentored)
    assert lost == 1


def test_a_match_to_oneself_is_no_match(small):
    rows = small.path("matches.csv").read_text().splitlines()
    person = rows[1].split(",")[0]
    small.change("matches.csv", lambda text: text.replace(rows[1], f"{person},{person},2025-01-06"))
    _, cohort = cohort_of(small)
    ledger = next(ledger for ledger in cohort.ledgers if ledger.file == "first/matches.csv")
    assert ledger.dropped["mentor and mentee are the same person"] == 1


def test_answers_of_nobody_in_the_records_are_counted_out(small):
    small.change("survey_T0.csv", lambda text: text + "99999,3,3,3\n")
    _, cohort = cohort_of(small)
    ledger = next(ledger for ledger in cohort.ledgers if ledger.file == "first/survey_T0.csv")
    assert ledger.dropped["of nobody in the records"] == 1


def test_a_second_answer_of_one_person_replaces_the_first(small):
    person = small.path("survey_T0.csv").read_text().splitlines()[1].split(",")[0]
    small.change("survey_T0.csv", lambda text: text + f"{person},1,1,5\n")
    study = kit.read_study(small.folder)
    exports = kit.read_cohort(study, "first")
    survey = next(file for file in exports.files if file.wave == "T0")
    assert survey.ledger.dropped["another answer of the same person"] == 1
    assert survey.rows["z1"].iloc[-1] == 1


def test_displays_show_no_person_and_no_exact_count(small):
    study, cohort = cohort_of(small)
    exports = kit.read_cohort(study, "first")
    shown = "\n".join(map(repr, (study, exports, kit.score(study, exports), cohort)))
    assert "00001" not in shown
    assert not set(cohort.samples[0].people.index) & set(shown.split())
    assert "about" in shown
