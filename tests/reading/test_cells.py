"""Columns and cells that would be misread, or that messages must not tell."""

import re

import pytest

import mentorstudy as kit
from mentorstudy import assemble, read_cohort, read_study, score
from mentorstudy.nouns.errors import DataError, PlanError


def walk(small):
    """From the files to the people, as far as it goes."""
    study = read_study(small.folder)
    exports = read_cohort(study, small.cohort)
    return assemble(study, exports, score(study, exports))


def told(small, error=DataError) -> str:
    with pytest.raises(error) as caught:
        walk(small)
    return str(caught.value)


@pytest.mark.parametrize(
    ("values", "told_rows", "shape"),
    [
        (["1,000", "2,500"], "2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 230 more", "9,999"),
        (["3,5", "4"], "2, 4, 6, 8, 10, 12, 14, 16, 18, 20 and 110 more", "9,9"),
        (
            ["1", "2", "3", "4", "5", "6", "7", "8", "9", "n/a"],
            "11, 21, 31, 41, 51, 61, 71, 81, 91, 101 and 14 more",
            "a/a",
        ),
        (["12 %"], "2, 3, 4, 5, 6, 7, 8, 9, 10, 11 and 230 more", "99 %"),
    ],
)
def test_numbers_that_would_be_read_as_words(small, values, told_rows, shape):
    rows = small.path("hr.csv").read_text().splitlines()
    more = [f'{row},"{values[at % len(values)]}"' for at, row in enumerate(rows[1:])]
    small.change("hr.csv", lambda _: "\n".join([f"{rows[0]},pay", *more]) + "\n")
    assert walk(small)
    small.change("plan.toml", lambda text: text.replace('["grade"', '["pay", "grade"'))
    message = told(small)
    assert f"first/hr.csv: row {told_rows}, column pay: no number, in a column of numbers" in message
    assert f"it looks like {shape} (9 a digit" in message


@pytest.mark.parametrize("values", [["1", "2", "x", "y"], ["A1", "B2"], ["1", "2", ""], ["2 years", "3 years"]])
def test_words_stay_words_and_gaps_gaps(small, values):
    rows = small.path("hr.csv").read_text().splitlines()
    more = [f"{row},{values[at % len(values)]}" for at, row in enumerate(rows[1:])]
    small.change("hr.csv", lambda _: "\n".join([f"{rows[0]},pay", *more]) + "\n")
    small.change("plan.toml", lambda text: text.replace('["grade"', '["pay", "grade"'))
    assert walk(small)


def test_a_file_without_headers_tells_no_cell(small):
    small.change("hr.csv", lambda text: text.partition("\n")[2].replace(",Leeds", ",Ann Lee", 1))
    message = told(small)
    assert "first/hr.csv: no column employee_id. Its first row looks like data" in message
    assert not any(word in message for word in ("Ann Lee", "00001", "Leeds", "20"))


@pytest.mark.parametrize("name", ["ann@example.org", "3.2.2019", "2019-03-02", "712", "Leeds"])
def test_one_name_that_looks_like_data_is_not_told(small, name):
    small.change("hr.csv", lambda text: text.replace("employee_id", "staff_number", 1).replace("site", name, 1))
    message = told(small)
    assert "seems to have no header row" not in message
    assert name not in message
    assert ("staff_number" in message) == ("@" not in name), "an address of somebody hides all names"


def test_names_with_numbers_in_them_are_names(small):
    small.change("survey_T0.csv", lambda text: text.replace("z2", "Q1.2.3", 1))
    assert "no column z2. Known here: Q1.2.3, id." in told(small)


def test_the_same_cell_twice_in_a_first_row_of_data_is_not_told(small):
    small.change("hr.csv", lambda text: "00000,2019-01-01,2019-01-01,RES,4,Leeds\n" + text.partition("\n")[2])
    message = told(small)
    assert "first/hr.csv: two cells of row 1 are the same. Its first row looks like data" in message
    assert "2019" not in message


def test_reasons_of_few_are_counted_and_not_told(small):
    def edit(text):
        text = re.sub(r",RES,", ",moved house,", text)
        return text.replace(",moved house,", ",ill since May,", 1)

    small.change("hr.csv", edit)
    message = told(small)
    assert "does not list: moved house and 1 other value. Add each" in message
    assert "ill since May" not in message


def test_waves_of_few_are_counted_and_not_told(small):
    for name in ("survey_T0.csv", "survey_T12.csv"):
        rows = small.path(name).read_text().splitlines()
        wave = name[7:-4]
        more = [f"{row},{wave if at else 'I like it'}" for at, row in enumerate(rows[1:])]
        small.path(name).write_text("\n".join([rows[0] + ",wave", *more]) + "\n")
    small.change("plan.toml", lambda text: text.replace("survey_*.csv", "survey_T0.csv"))
    message = told(small, PlanError)
    assert "no answers of wave T12 in its files. They hold T0 and 1 other value." in message


def test_a_column_of_persons_is_no_reason_however_it_is_mapped(small):
    named = re.compile(",(RES|RED|EOC),")
    small.change("hr.csv", lambda text: named.sub(",Ann Lee,", text.replace("term_reason", "Line Manager")))
    small.change("plan.toml", lambda text: text.replace("term_reason", "Line Manager"))
    message = told(small)
    assert "first/hr.csv: column Line Manager tells of a person (name), so it is read only as an id" in message
    assert "Ann Lee" not in message


NAMES = ("Ysol Schmidt", "Wulf Maier", "Tevo Diaz")  # given names that the library does not hold
COMMENTS = ("I drink at work", "fine", "my boss Karl bullies me", "all ok")


@pytest.mark.parametrize("texts", [NAMES, COMMENTS])
def test_a_wave_mapped_to_another_column_tells_no_name_and_no_answer(small, texts):
    rows = small.path("survey_T0.csv").read_text().splitlines()
    more = [f"{row},{texts[at % len(texts)]}" for at, row in enumerate(rows[1:])]
    small.path("survey_T0.csv").write_text("\n".join([rows[0] + ",about", *more]) + "\n")
    small.change(
        "plan.toml",
        lambda text: text.replace("survey_*.csv", "survey_T0.csv").replace(
            "[columns.survey]", '[columns.survey]\nwave = "about"'
        ),
    )
    message = told(small, PlanError)
    assert f"They hold {len(texts)} different values like a" in message
    assert "under [files]" not in message
    assert not any(text in message for text in texts)


def test_names_that_the_library_knows_are_no_reasons(small):
    def edit(text):
        for reason, name in zip(("RES", "RED", "EOC"), ("Anna Schmidt", "Bert Maier", "Cleo Diaz"), strict=True):
            text = text.replace(f",{reason},", f",{name},")
        return text

    small.change("hr.csv", edit)
    message = told(small)
    assert "first/hr.csv: column term_reason tells of a person (name), so it is read only as an id" in message
    assert "Schmidt" not in message


def test_a_reason_mapped_to_another_column_tells_no_name(small):
    def edit(text):
        for reason, name in zip(("RES", "RED", "EOC"), NAMES, strict=True):
            text = text.replace(f",{reason},", f",{name},")
        return text

    small.change("hr.csv", edit)
    message = told(small)
    assert "does not list: 3 different values like aaaa aaaaaaa, aaaa aaaaa, aaaa aaaa (9 a digit" in message
    assert not any(name in message for name in NAMES)


@pytest.mark.parametrize("name", ["mentor", "match_delay", "meetings", "mentored", "ever", "exit_on", "hired_on"])
def test_a_column_called_like_one_of_ours(small, name):
    rows = small.path("hr.csv").read_text().splitlines()
    small.change("hr.csv", lambda _: "\n".join([f"{rows[0]},{name}", *(f"{row},3" for row in rows[1:])]) + "\n")
    assert walk(small)
    small.change("plan.toml", lambda text: text.replace('["grade"', f'["{name}", "grade"'))
    assert f"plan.toml: {name}: the kit keeps a column of that name itself" in told(small, PlanError)


def test_a_file_s_name_steers_no_terminal(small):
    path = small.path("survey_T12.csv")
    path.rename(path.with_name("survey_T\x1b12.csv"))
    assert {ledger.file for ledger in walk(small).ledgers} > {"first/survey_T12.csv", "first/survey_T0.csv"}


def test_a_column_of_the_plan_s_own_naming_is_mended_in_the_plan(small):
    small.change("plan.toml", lambda text: text.replace('["grade"', '["grades", "grade"'))
    message = told(small, PlanError)
    assert "adjust_for: first/hr.csv has no column grades. Did you mean grade?" in message
    assert "Write it as the file does, or take it out." in message
    assert "[columns.people] grades" not in message


def test_decimal_commas_are_read_where_the_plan_says_so(small):
    def commas(text):
        head, *rows = text.splitlines()
        place = head.split(",").index("grade")
        cells = [row.split(",") for row in [head, *rows]]
        for row in cells[1:]:
            row[place] = f"1.00{row[place]},5"
        return "\n".join(";".join(row) for row in cells) + "\n"

    small.change("hr.csv", commas)
    settings = 'people = {path = "hr.csv", decimal = ","}'
    small.change("plan.toml", lambda text: text.replace('people = "hr.csv"', settings))
    grades = kit.read_cohort(kit.read_study(small.folder), "first").of("people", "people")[0].rows["grade"]
    assert grades.min() > 1000
    assert set(grades % 1) == {0.5}


@pytest.mark.parametrize("word", ["-", "aktiv", "en cours", "active", "heute", "present"])
def test_one_text_in_many_rows_for_no_day_is_offered_as_such(small, word):
    before = walk(small).flow
    small.change("hr.csv", lambda text: re.sub(r"(\n\d{5},[^,]*),,", rf"\1,{word},", text))
    message = told(small)
    mend = f'[placeholders]\ndates = ["{word}"]'
    assert f"leave unknown ones empty. If “{word}” means no day, write into plan.toml:\n{mend}" in message
    small.change("plan.toml", lambda text: f"{text}\n{mend}\n")
    assert walk(small).flow == before


@pytest.mark.parametrize(("word", "rows"), [("aktiv", 9), ("Ann Lee", 0), ("unbekannt seit 2020", 0)])
def test_a_text_that_may_be_somebody_s_own_is_not_offered(small, word, rows):
    small.change("hr.csv", lambda text: re.sub(r"(\n\d{5},[^,]*),,", rf"\1,{word},", text, count=rows))
    message = told(small)
    assert "no date; they look like" in message
    assert "[placeholders]" not in message
    assert word not in message


FREQUENCY = ["Never", "Rarely", "Sometimes", "Often", "Always"]
NUMBERED = [f"{at} - {word}" for at, word in enumerate(FREQUENCY, start=1)]


@pytest.mark.parametrize("labels", [FREQUENCY, NUMBERED, ["never", "seldom", "sometimes", "often", "always"]])
def test_a_rare_text_among_answers_is_told_alone(small, labels):
    """The texts that are answers are not told as none for the sake of one that is not."""

    def worded(text):
        return re.sub(r",([1-5])\b", lambda found: f",{labels[int(found[1]) - 1]}", text)

    for wave in ("T0", "T12"):
        small.change(f"survey_{wave}.csv", worded)
    before = walk(small).flow
    small.change("survey_T0.csv", _odd)
    message = told(small)
    assert message.count("no answer of scale") == 1
    assert "first/survey_T0.csv: row 6, 9, column z2: no answer of scale zeal" in message
    mend = '[labels.zeal]\nmissing = {"..." = "no_answer"}'
    assert (
        f"look like a.a.. Correct them, take their rows out, or write the text and a reason into plan.toml:\n{mend}"
        in message
    )
    small.change("plan.toml", lambda text: f"{text}\n{mend.replace('...', 's.o.')}\n")
    assert walk(small).flow == before


def _odd(text):
    """The same file, two answers to one question another text."""
    head, *rows = text.splitlines()
    for at in (4, 7):
        cells = rows[at].split(",")
        rows[at] = ",".join([*cells[:2], "s.o.", *cells[3:]])
    return "\n".join([head, *rows]) + "\n"


@pytest.mark.parametrize("name", ["Z1 ", "\uff5a1"])
def test_names_that_differ_only_in_how_they_are_written_are_named(small, name):
    def change(text):
        head, *rows = text.splitlines()
        return "\n".join([f"{head},{name}", *(f"{row},3" for row in rows)]) + "\n"

    def survey():
        exports = read_cohort(read_study(small.folder), small.cohort)
        return next(file for file in exports.files if file.ledger.file == "first/survey_T0.csv")

    before = survey()
    small.change("survey_T0.csv", change)
    after = survey()
    assert after.rows.equals(before.rows)
    [note] = after.ledger.notes
    assert note.startswith(
        f"first/survey_T0.csv: columns z1 and {name.strip()} differ only in capital letters, spaces"
    )
