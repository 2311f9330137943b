"""Each fault of a file ends in one clear message: where, what, the mend; and never what a person answered."""

import re

import pandas as pd
import pytest

from mentorstudy import assemble, read_cohort, read_study, score
from mentorstudy.nouns.errors import DataError, PlanError, StudyError


def walk(small):
    """From the files to the people, as far as it goes."""
    study = read_study(small.folder)
    exports = read_cohort(study, small.cohort)
    return assemble(study, exports, score(study, exports))


def told(small, error=DataError) -> str:
    with pytest.raises(error) as caught:
        walk(small)
    return str(caught.value)


def test_a_sound_study_is_read(small):
    cohort = walk(small)
    assert cohort.flow.steps[0].mentored + cohort.flow.steps[0].unmentored == 240


def test_a_missing_file(small):
    small.path("hr.csv").unlink()
    assert re.search(r"first/hr\.csv: there is no such file.*\[files\]", told(small))


def test_a_missing_column_with_its_nearest_names(small):
    small.change("hr.csv", lambda text: text.replace("termination_date", "terminaton_date", 1))
    message = told(small)
    assert "first/hr.csv: no column termination_date. Did you mean terminaton_date" in message
    assert 'write into plan.toml:\n[columns.people]\nexit_on = "..."' in message


def test_a_missing_item(small):
    small.change("survey_T0.csv", lambda text: text.replace("z2", "Q12_2", 1))
    assert "first/survey_T0.csv: no column z2." in told(small)
    assert '[items]\nz2 = ["z2", "..."]' in told(small)


def test_an_unknown_key_of_the_plan(small):
    small.change("plan.toml", lambda text: text.replace("horizon_months", "horizon_month"))
    assert "unknown key horizon_month. Did you mean horizon_months" in told(small, PlanError)


def test_an_unknown_cohort(small):
    study = read_study(small.folder)
    with pytest.raises(PlanError, match=r"no cohort frist\. Did you mean first\?"):
        read_cohort(study, "frist")


def test_a_person_twice(small):
    small.change("hr.csv", lambda text: text + text.splitlines()[5] + "\n")
    message = told(small)
    assert "first/hr.csv: row 6, 242, column employee_id: the same person twice. Keep one row a person." in message
    assert "00005" not in message


def test_an_exit_before_the_hire(small):
    rows = small.path("hr.csv").read_text().splitlines()
    cells = rows[3].split(",")
    small.change(
        "hr.csv",
        lambda text: text.replace(rows[3], ",".join([cells[0], "2024-05-05", "2019-01-01", "RES", *cells[4:]])),
    )
    message = told(small)
    assert "first/hr.csv: row 4, column termination_date: an exit before the hire." in message
    assert "2019" not in message


def test_an_answer_out_of_range(small):
    small.change("survey_T12.csv", lambda text: re.sub(r"\n(\d{5}),\d", r"\n\1,77", text, count=1))
    message = told(small)
    assert "first/survey_T12.csv: row 2, column z1: no answer of scale zeal; it has 1 to 5" in message
    assert "77" not in message


def test_two_encodings_in_one_file(small):
    path = small.path("hr.csv")
    raw = path.read_bytes().replace(b"Leeds", "Zürich".encode(), 1)
    path.write_bytes(raw.replace(b"Leeds", "Zürich".encode("cp1252"), 1))
    message = told(small)
    assert re.search(r"first/hr\.csv: row \d+, column \d: a byte that is not UTF-8, in a file that is", message)


def test_the_encoding_that_the_message_proposes_mends_it(small):
    path = small.path("hr.csv")
    path.write_bytes(path.read_bytes().replace(b"Leeds", "Zürich".encode("cp1252"), 1))
    small.change(
        "plan.toml",
        lambda text: text.replace('people = "hr.csv"', 'people = {path = "hr.csv", encoding = "cp1252"}'),
    )
    assert walk(small).samples[0].name == "people"


def test_nobody_mentored(small):
    small.change("cohort.toml", lambda text: text.replace("[2025-01-06, 2025-01-31]", "[2024-01-06, 2024-01-31]"))
    assert "nobody in the records is matched while the intake is open. Check intake in cohort.toml" in told(small)


def test_nobody_unmentored(small):
    ids = [line.split(",")[0] for line in small.path("hr.csv").read_text().splitlines()[1:]]
    rows = "\n".join(f"{person},90001,2025-01-06" for person in ids)
    small.change("matches.csv", lambda text: text.splitlines()[0] + "\n" + rows + "\n")
    assert "nobody unmentored is left among those eligible" in told(small)


def test_an_empty_survey(small):
    small.change("survey_T0.csv", lambda text: text.splitlines()[0] + "\n")
    assert "first/survey_T0.csv: headers, but not one row of data" in told(small)


def test_an_empty_file(small):
    small.change("survey_T0.csv", lambda text: "")
    assert "first/survey_T0.csv: the file is empty" in told(small)


def test_a_snapshot_before_the_intake_ends(small):
    small.change("cohort.toml", lambda text: text.replace("2026-02-28", "2025-01-20"))
    assert "snapshot 2025-01-20 lies before the intake ends on 2025-01-31" in told(small, PlanError)


def test_a_snapshot_before_the_horizon(small):
    small.change("cohort.toml", lambda text: text.replace("2026-02-28", "2025-09-30"))
    assert "the HR data end 8.8 months after the start" in told(small, PlanError)


def test_a_cut_download_and_a_stray_comma_are_told_together(small):
    small.change("hr.csv", lambda text: text.replace("\n00003,", "\n00003,,", 1)[:-12])
    message = told(small)
    assert "row 4: 7 cells where the header has 6" in message
    assert message.count("cells where the header") == 2


def test_all_faults_of_all_files_are_told_at_once(small):
    small.change("hr.csv", lambda text: text.replace("termination_date", "left", 1))
    small.change("matches.csv", lambda text: text.replace("match_date", "on", 1))
    small.change("survey_T0.csv", lambda text: text.replace("\n00", "\n00", 1).replace("z1", "q1", 1))
    with pytest.raises(DataError) as caught:
        walk(small)
    assert {fault.split(":")[0] for fault in caught.value.faults} == {
        "first/hr.csv",
        "first/matches.csv",
        "first/survey_T0.csv",
    }


def test_a_survey_without_its_ids_tells_of_its_items_too(small):
    small.change("survey_T0.csv", lambda text: text.replace("id,z1,z2,z3", "staff,q1,q2,z3", 1))
    with pytest.raises(DataError) as caught:
        walk(small)
    [ids, items] = caught.value.faults
    assert "no column id." in ids
    assert "no columns z1, z2 of scale zeal" in items


@pytest.mark.parametrize(
    ("names", "lost", "meant"),
    [
        (["Q2[SQ001]", "Q2[SQ002]", "Q2[SQ013]"], "Q2[SQ003]", "Q2[SQ013]"),
        (["Q2_1", "Q2_2", "Q2_13"], "Q2_3", "Q2_13"),
        (["clear", "calm", "bold2"], "bold", "bold2"),
    ],
)
def test_columns_of_other_items_and_other_questions_are_not_offered_for_a_renamed_one(small, names, lost, meant):
    items = dict(zip(("z1", "z2", "z3"), [*names[:2], lost], strict=True))
    lines = "".join(f'{item} = "{name}"\n' for item, name in items.items())
    small.change("plan.toml", lambda text: f"{text}\n[items]\n{lines}")
    other = [lost.replace("2", "5"), lost.replace("2", "3")]
    for wave in ("T0", "T12"):
        rows = pd.read_csv(small.path(f"survey_{wave}.csv"), dtype=str)
        rows = rows.rename(columns=dict(zip(items, names, strict=True)))
        for name in set(other) - {lost}:
            rows[name] = "text"
        rows.to_csv(small.path(f"survey_{wave}.csv"), index=False)
    assert f"no column {lost}. Did you mean {meant}? If" in told(small)


def test_a_bad_day_an_exit_before_the_hire_and_a_person_twice_are_told_together(small):
    def edit(text):
        rows = [row.split(",") for row in text.splitlines()]
        rows[2][1] = "31/31/2020"
        rows[3][1:4] = ["2024-05-05", "2019-01-01", "RES"]
        rows.append([*rows[5]])
        return "\n".join(",".join(row) for row in rows) + "\n"

    small.change("hr.csv", edit)
    with pytest.raises(DataError) as caught:
        walk(small)
    assert [(fault.rows, fault.column) for fault in caught.value.faults] == [
        ((3,), "hire_date"),
        ((6, 242), "employee_id"),
        ((4,), "termination_date"),
    ]


def test_people_without_an_id_or_with_a_rounded_one_are_not_told_as_one_person_twice(small):
    def edit(text):
        rows = text.splitlines()
        for at, person in ((2, ""), (3, ""), (4, "1.2E+05"), (5, "1.2E+05")):
            rows[at] = person + rows[at][5:]
        return "\n".join(rows) + "\n"

    message = told(small.change("hr.csv", edit))
    assert "row 3, 4, column employee_id: no person id" in message
    assert "row 5, 6, column employee_id: an id that a spreadsheet rounded" in message
    assert "twice" not in message


def test_more_than_ten_faults_are_counted():
    error = DataError(*(f"fault {number}" for number in range(14)))
    assert str(error).splitlines()[-1] == "... and 4 more of 14 faults in all."


@pytest.mark.parametrize("head", ["<!DOCTYPE html><html>", "<html><body>Sign in"])
def test_a_login_page(small, head):
    small.change("hr.csv", lambda text: head)
    assert "a web page was saved instead of the export" in told(small)


def test_a_reason_the_plan_does_not_list(small):
    small.change("plan.toml", lambda text: text.replace('involuntary = ["RED"]', "involuntary = []"))
    assert "reasons that [exit_reasons] does not list: RED" in told(small)


def test_answers_under_other_ids_link_nobody(small):
    for name in ("survey_T0.csv", "survey_T12.csv"):
        small.change(name, lambda text: re.sub(r"\n0", "\n8", text))
    assert "first/survey_T0.csv: column id: not one of its ids is among those of first/hr.csv" in told(small)


def test_a_file_outside_the_study_is_refused(small):
    small.change("plan.toml", lambda text: text.replace('"hr.csv"', '"../../../hr.csv"'))
    assert "lies outside the study's folder" in told(small, PlanError)


def test_every_error_has_the_contract_s_exit_code():
    ours = [kind for kind in StudyError.__subclasses__() if kind.__module__ == StudyError.__module__]
    codes = {kind.__name__: kind.exit_code for kind in ours}
    assert codes == {"DataError": 3, "PlanError": 4, "MachineError": 5, "BusyError": 6}


def test_days_in_another_order_are_read_where_the_column_tells_which(small):
    before = read_cohort(read_study(small.folder), "first").of("people", "people")[0].rows
    small.change("hr.csv", lambda text: re.sub(r"(20\d\d)-(\d\d)-(\d\d)", r"\3/\2/\1", text))
    after = read_cohort(read_study(small.folder), "first").of("people", "people")[0].rows
    assert after.equals(before)


def test_days_that_fit_two_orders_are_told_and_the_line_to_paste_mends_it(small):
    small.change("hr.csv", lambda text: re.sub(r"(20\d\d)-(\d\d)-(\d\d)", r"01/\2/\1", text))
    message = told(small)
    assert "every date can be day first and month first; they look like 99/99/9999" in message
    assert 'as in {path = "hr.csv", date_order = "day first"}' in message
    settings = '{path = "hr.csv", date_order = "day first"}'
    small.change("plan.toml", lambda text: text.replace('people = "hr.csv"', f"people = {settings}"))
    assert read_cohort(read_study(small.folder), "first")


@pytest.mark.parametrize(
    ("column", "day", "said"),
    [
        (1, "0205-03-01", "column hire_date: years before 1900 or after 2100"),
        (1, "2205-03-01", "column hire_date: years before 1900 or after 2100"),
        (2, "2205-03-01", "column termination_date: years before 1900 or after 2100"),
        (1, "1925-03-01", r"column hire_date: days more than 80 years before the snapshot \(2026-02-28\)"),
        (1, "2035-03-01", "column hire_date: days more than 80 years before the snapshot .* or 3 after it"),
        (2, "2095-03-01", "column termination_date: .* or 60 after it"),
    ],
)
def test_days_in_years_that_nobody_meant(small, column, day, said):
    with_day(small, column, day)
    message = told(small)
    assert re.search(f"first/hr.csv: row 3, {said}", message)
    assert day not in message


@pytest.mark.parametrize(
    ("column", "day"), [(1, "1950-03-01"), (1, "2026-05-01"), (2, "2031-12-31"), (2, "2059-06-30")]
)
def test_days_long_ago_and_planned_ends_are_days(small, column, day):
    with_day(small, column, day)
    rows = read_cohort(read_study(small.folder), "first").of("people", "people")[0].rows
    assert str(rows.loc[3, ("", "hired_on", "exit_on")[column]])[:10] == day


def with_day(small, column, day):
    """The second person of the records with another day."""
    line = small.path("hr.csv").read_text().splitlines()[2]
    cells = line.split(",")
    cells[2:4] = ["", ""] if column == 1 else [day, "RES"]
    cells[column] = day
    small.change("hr.csv", lambda text: text.replace(line, ",".join(cells)))


def test_moments_in_utc_are_days_of_the_zone_declared(small):
    before = read_cohort(read_study(small.folder), "first").of("people", "people")[0].rows["hired_on"]
    small.change("hr.csv", lambda text: re.sub(r"(20\d\d-\d\d-\d\d)", r"\1T23:00:00Z", text))
    export = read_cohort(read_study(small.folder), "first").of("people", "people")[0]
    assert export.rows["hired_on"].equals(before)
    assert sum("were cut to their days in UTC" in note for note in export.ledger.notes) == 2
    settings = '{path = "hr.csv", time_zone = "Europe/Berlin"}'
    small.change("plan.toml", lambda text: text.replace('people = "hr.csv"', f"people = {settings}"))
    export = read_cohort(read_study(small.folder), "first").of("people", "people")[0]
    assert ((export.rows["hired_on"] - before).dt.days == 1).all()
    assert not export.ledger.notes


def test_an_order_declared_for_one_column_leaves_another_year_first(small):
    before = read_cohort(read_study(small.folder), "first").of("people", "people")[0].rows
    small.change("hr.csv", lambda text: re.sub(r",(20\d\d)-(\d\d)-(\d\d),R", r",\3/\2/\1,R", text))
    small.change("hr.csv", lambda text: re.sub(r",(20\d\d)-(\d\d)-(\d\d),E", r",\3/\2/\1,E", text))
    settings = '{path = "hr.csv", date_order = "day first"}'
    small.change("plan.toml", lambda text: text.replace('people = "hr.csv"', f"people = {settings}"))
    assert read_cohort(read_study(small.folder), "first").of("people", "people")[0].rows.equals(before)


def test_a_column_the_plan_maps_must_be_there(small):
    small.change("plan.toml", lambda text: text.replace('hired_on = "hire_date"', 'hired_on = "hired"'))
    assert "first/hr.csv: no column hired. Did you mean hire_date?" in told(small)


@pytest.mark.parametrize(("old", "new"), [('["T0", "T12"]', '["T0", "T9"]'), ("zeal@T0", "zeal@T9")])
def test_a_wave_that_no_file_holds(small, old, new):
    small.change("plan.toml", lambda text: text.replace(old, new))
    assert "cohort first: no answers of wave T9 in its files. They hold T0, T12." in told(small, PlanError)


def test_files_below_the_cohort_s_folder_are_called_by_it(small):
    (small.folder / "first" / "exports").mkdir()
    small.path("hr.csv").rename(small.folder / "first" / "exports" / "hr.csv")
    small.change("plan.toml", lambda text: text.replace('"hr.csv"', '"exports/hr.csv"'))
    assert walk(small).ledgers[0].file == "first/exports/hr.csv"
    small.path("matches.csv").rename(small.folder / "matches.csv")
    small.change("plan.toml", lambda text: text.replace('"matches.csv"', '"../matches.csv"'))
    assert "matches.csv" in [ledger.file for ledger in walk(small).ledgers]


def test_a_wave_that_is_only_described(small):
    small.change("plan.toml", lambda text: text.replace("[files]", 'describe = ["zeal@T9"]\n[files]', 1))
    assert "plan.toml: cohort first: no answers of wave T9 in its files." in told(small, PlanError)


def test_a_wave_in_another_case(small):
    small.change("plan.toml", lambda text: text.replace('["T0", "T12"]', '["t0", "T12"]'))
    message = told(small, PlanError)
    assert (
        "plan.toml: cohort first: no answers of wave t0 in its files. They hold T0, T12. Did you mean T0?"
        in message
    )


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (
            'column = "grade"',
            'column = "Grade"',
            "exposure.eligible: first/hr.csv has no column Grade. Did you mean grade?",
        ),
        (
            'column = "grade"',
            'column = "zeal@T0"',
            "exposure.eligible: first/hr.csv has no column zeal@T0.",
        ),
        ('["grade", ', '["sight", ', "adjust_for: first/hr.csv has no column sight. Did you mean site?"),
        (
            'kind = "exit"',
            'kind = "event"\ncolumn = "grad"',
            "outcomes.retention.column: first/hr.csv has no column grad.",
        ),
    ],
)
def test_a_column_the_plan_names_as_it_is(small, old, new, said):
    small.change("plan.toml", lambda text: text.replace(old, new))
    assert f"plan.toml: {said}" in told(small, PlanError)


def test_a_column_nobody_has_is_told_with_the_faults_of_the_files(small):
    small.change("plan.toml", lambda text: text.replace('["grade", ', '["sight", '))
    small.change("hr.csv", lambda text: text.replace("2025-", "2025/"))
    small.change("survey_T0.csv", lambda text: text.replace("z2", "Q12_2", 1))
    message = told(small)
    assert "adjust_for: first/hr.csv has no column sight." in message
    assert "column termination_date: no date" in message
    assert "first/survey_T0.csv: no column z2." in message


def test_a_survey_that_tells_of_no_wave(small):
    small.change("plan.toml", lambda text: text.replace("survey_*.csv", "survey_T0.csv"))
    assert "They tell of no wave. A wave is what the star of a file pattern stands for" in told(small, PlanError)


def test_an_event_s_column_holds_one_nought_or_nothing(small):
    outcome = '\n[outcomes.moved]\nkind = "event"\ncolumn = "site"\nrole = "secondary"\nsmallest_effect = 0.1\n'
    small.change("plan.toml", lambda text: text + outcome)
    assert "column site: neither 1 nor 0" in told(small)


def test_old_line_ends_are_rows(small):
    path = small.path("hr.csv")
    path.write_bytes(path.read_bytes().replace(b"\n", b"\r"))
    steps = walk(small).flow.steps
    assert steps[0].mentored + steps[0].unmentored == 240


def items_pasted(message):
    """The table that a message tells to paste, its dots filled in by what the test renamed."""
    return message[message.index("[items]") :].partition("\n\n")[0]


def test_items_that_one_wave_calls_otherwise_are_mended_by_pasting_both_names(small):
    def renamed(text):
        return text.replace("z1", "Q12_1", 1).replace("z2", "Q12_2", 1)

    small.change("survey_T0.csv", renamed)
    lines = items_pasted(told(small))
    assert lines == '[items]\nz1 = ["z1", "..."]\nz2 = ["z2", "..."]'
    lines = lines.replace("...", "Q12_1", 1).replace("...", "Q12_2", 1)
    small.change("plan.toml", lambda text: f"{text}\n{lines}\n")
    assert read_cohort(read_study(small.folder), "first").of("people", "survey")


WORDS = {"1": "nope", "2": "rather not", "3": "so so", "4": "yep", "5": "totally"}


def in_words(text):
    """The answers of both items in words that no set of the catalogue has."""
    head, *rows = text.splitlines()
    cells = [row.split(",") for row in rows]
    places = [head.split(",").index(item) for item in ("z1", "z2")]
    made = [
        ",".join(WORDS.get(cell, cell) if at in places else cell for at, cell in enumerate(row)) for row in cells
    ]
    return "\n".join([head, *made]) + "\n"


@pytest.mark.parametrize("names", [["zeal"], ["z1", '"z2"']])
def test_words_that_a_scale_does_not_know_are_coded_under_its_name_or_each_item_s(small, names):
    before = read_cohort(read_study(small.folder), "first").of("people", "survey")[0].rows
    small.change("survey_T0.csv", in_words)
    message = told(small)
    assert (
        "give each the place of the response that it stands for, 1 to 5, in plan.toml:\n[labels.zeal]\n" in message
    )
    assert "they look like" in message
    assert not any(word in message for word in WORDS.values())
    codes = ", ".join(f'"{word}" = {code}' for code, word in WORDS.items())
    lines = "".join(f"[labels.{name}]\ncodes = {{{codes}}}\n" for name in names)
    small.change("plan.toml", lambda text: f"{text}\n{lines}")
    if len(names) > 1:  # a set under one item's name is not the other's
        alone = small.folder / "plan.toml"
        whole = alone.read_text()
        alone.write_text(whole.partition(f"[labels.{names[1]}]")[0])
        assert "column z2: no answer of scale zeal" in (message := told(small))
        assert "column z1" not in message
        alone.write_text(whole)
    after = read_cohort(read_study(small.folder), "first").of("people", "survey")[0].rows
    assert after[["z1", "z2"]].equals(before[["z1", "z2"]])


def test_a_word_of_columns_with_two_columns_in_one_file_is_refused(small):
    small.change(
        "plan.toml", lambda text: text.replace('mentor = "mentor_id"', 'mentor = ["mentor_id", "match_date"]')
    )
    assert "matches.csv: columns mentor_id and match_date are both mentor, by [columns.matches]" in told(small)


def test_one_item_called_otherwise_is_found_by_its_wording(small):
    text = "I finish what I begin."
    small.change("survey_T0.csv", lambda rows: rows.replace("z2", text, 1))
    assert items_pasted(told(small)) == f'[items]\nz2 = ["z2", "{text}"]'


def test_a_time_zone_that_there_is_not_is_told_with_its_place(small):
    settings = '{path = "survey_*.csv", time_zone = "GMT+1"}'
    small.change("plan.toml", lambda text: text.replace('survey = "survey_*.csv"', f"survey = {settings}"))
    assert "plan.toml: files.survey: time_zone: There is no time zone GMT+1. Write a region" in told(
        small, PlanError
    )
