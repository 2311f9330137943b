"""Ids that a spreadsheet changed, and matches that lack what makes them one, are told before anybody is compared."""

import re
import unicodedata
from functools import partial

import openpyxl
import pytest

import mentorstudy as kit
from mentorstudy.nouns.errors import DataError


def told(small) -> str:
    with pytest.raises(DataError) as caught:
        kit.read_cohort(kit.read_study(small.folder), small.cohort)
    return str(caught.value)


def test_a_match_without_a_mentor(small):
    small.change("matches.csv", lambda text: re.sub(r",9\d{4},", ",,", text, count=2))
    assert "first/matches.csv: row 2, 3, column mentor_id: a match without a mentor. Fill it in" in told(small)


def test_a_match_without_a_day(small):
    small.change("matches.csv", lambda text: text.replace("2025-01-06", "", 1))
    assert "first/matches.csv: row 2, column match_date: a match without a day. Fill it in" in told(small)


@pytest.mark.parametrize("file", ["matches.csv", "hr.csv", "survey_T0.csv"])
def test_an_id_as_a_power_of_ten(small, file):
    small.change(file, lambda text: re.sub(r"\n\d{5},", "\n1.23E+05,", text, count=1))
    message = told(small)
    assert f"first/{file}: row 2, column" in message
    assert "Export the column as text." in message
    assert "1.23" not in message


@pytest.mark.parametrize(
    ("file", "change", "said"),
    [
        ("matches.csv", lambda word: word.lstrip("0"), "only the leading zeros differ"),
        ("matches.csv", lambda word: word + ".0", "only a .0 at the end differs"),
        ("survey_T12.csv", lambda word: word.lstrip("0"), "only the leading zeros differ"),
        ("meetings.csv", lambda word: word.lstrip("0") + ".0", "only leading zeros, capital letters or a .0"),
    ],
)
def test_ids_that_only_look_different(small, file, change, said):
    small.change(file, lambda text: re.sub(r"\n(\d{5}),", lambda found: f"\n{change(found[1])},", text))
    message = told(small)
    assert re.search(
        rf"first/{file}: row 2, 3, 4, .* and \d+ more, column \w+: ids that first/hr.csv writes", message
    )
    assert said in message


@pytest.mark.parametrize(
    "files", [["survey_T12.csv"], ["survey_T0.csv", "matches.csv", "meetings.csv"], ["hr.csv"]]
)
def test_zeros_that_a_spreadsheet_took_come_back_by_the_line_of_the_message(small, files):
    def linked():
        study = kit.read_study(small.folder)
        exports = kit.read_cohort(study, small.cohort)
        return kit.assemble(study, exports, kit.score(study, exports)).samples[0].people.drop(columns=["mentor"])

    before = linked()
    for file in files:
        small.change(file, lambda text: re.sub(r"\n0+([1-9]\d*),", r"\n\1,", text))
    assert "Export the column as text in both files. Or write into plan.toml:\n[identity]\nwidth = 5" in told(small)
    small.change("plan.toml", lambda text: f"{text}\n[identity]\nwidth = 5\n")
    assert linked().equals(before)


def test_ids_in_another_case(small):
    for path in small.folder.glob("first/*.csv"):
        prefix = "A" if path.name == "hr.csv" else "a"
        path.write_text(re.sub(r"\n(\d{5}),", rf"\n{prefix}\1,", path.read_text()))
    assert told(small).count("only capital letters differ") == 4


@pytest.mark.parametrize(
    ("hired", "left", "said"),
    [
        ("2020-01-01", "2025-01-05", "a match after the mentee left"),
        ("2025-01-07", "", "a match before the mentee was hired"),
        ("2025-01-06", "2025-01-06", ""),
    ],
)
def test_a_match_of_somebody_not_employed(small, hired, left, said):
    rows = small.path("matches.csv").read_text().splitlines()
    person = rows[4].split(",")[0]
    reason = "RES" if left else ""
    small.change(
        "hr.csv",
        lambda text: re.sub(rf"\n{person},[^,]*,[^,]*,[^,]*,", f"\n{person},{hired},{left},{reason},", text),
    )
    study = kit.read_study(small.folder)
    exports = kit.read_cohort(study, small.cohort)
    scores = kit.score(study, exports)
    if not said:
        assert kit.assemble(study, exports, scores).samples
        return
    with pytest.raises(DataError, match=f"first/matches.csv: row 5: {said}, by the records"):
        kit.assemble(study, exports, scores)


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u00a0", "\u200d", "\u202f", " "])
def test_signs_nobody_sees_keep_no_id_from_its_own(small, sign):
    def read():
        study = kit.read_study(small.folder)
        exports = kit.read_cohort(study, small.cohort)
        return kit.assemble(study, exports, kit.score(study, exports)).flow

    before = read()
    small.change("matches.csv", lambda text: re.sub(r"\n(\d\d)(\d{3}),", rf"\n{sign}\1{sign}\2{sign},", text))
    assert read() == before


def test_one_id_that_looks_different_is_left_to_the_ledger(small):
    small.change("matches.csv", lambda text: re.sub(r"\n0+(\d+),", r"\n\1,", text, count=1))
    exports = kit.read_cohort(kit.read_study(small.folder), small.cohort)
    assert len(exports.files) == 5


def linked(small):
    study = kit.read_study(small.folder)
    exports = kit.read_cohort(study, small.cohort)
    return kit.assemble(study, exports, kit.score(study, exports)).samples[0].people.drop(columns=["mentor"])


def with_ids(small, write):
    """The study with the ids of each file as `write` has them, by the file's name and the id."""
    for path in small.folder.glob("first/*.csv"):
        own = partial(write, path.name)
        text = path.read_text(encoding="utf-8")
        changed = re.sub(r"\n(\d{5}),", partial(lambda own, found: f"\n{own(found[1])},", own), text)
        path.write_text(changed, encoding="utf-8")
    return small


FULL_WIDTH = str.maketrans("MP0123456789", "ＭＰ０１２３４５６７８９")


@pytest.mark.parametrize(
    "otherwise",
    [lambda word: unicodedata.normalize("NFD", f"MÜ{word}"), lambda word: f"MÜ{word}".translate(FULL_WIDTH)],
)
def test_one_id_in_another_spelling_of_unicode_is_one_person(small, otherwise):
    before = linked(with_ids(small, lambda _, word: f"MÜ{word}"))
    for name in ("survey_T0.csv", "matches.csv"):
        small.change(name, lambda text: re.sub(r"\nMÜ(\d{5}),", lambda found: f"\n{otherwise(found[1])},", text))
    assert linked(small).equals(before)


def test_a_word_with_its_accents_apart_is_the_same_word(small):
    small.change("hr.csv", lambda text: text.replace("Leeds", "Köln"))
    small.change("plan.toml", lambda text: text.replace('"grade", "zeal@T0"', '"site", "zeal@T0"'))
    small.change("hr.csv", lambda text: text.replace("Köln", unicodedata.normalize("NFD", "Köln"), 40))
    assert set(linked(small)["site"]) == {"NA", "Köln"}


def test_a_file_s_name_is_found_however_the_disk_spells_it(small):
    before = linked(small)
    for wave in ("T0", "T12"):
        path = small.path(f"survey_{wave}.csv")
        path.rename(path.with_name(unicodedata.normalize("NFD", f"Übung_{wave}.csv")))
    small.change(
        "plan.toml", lambda text: text.replace("survey_*.csv", unicodedata.normalize("NFD", "Übung_*.csv"))
    )
    assert linked(small).equals(before)
    small.change("plan.toml", lambda text: unicodedata.normalize("NFC", text))
    assert linked(small).equals(before)


def said(small) -> str:
    return repr(kit.read_cohort(kit.read_study(small.folder), small.cohort))


def some(small, name, change, count=3):
    """The study, the ids of a file's first rows changed."""
    return small.change(
        name, lambda text: re.sub(r"\n(\w+),", lambda found: f"\n{change(found[1])},", text, count=count)
    )


def test_capital_letters_do_not_count_where_the_plan_says_so(small):
    before = linked(with_ids(small, lambda _, word: f"Ab{word}"))
    for name in ("survey_T0.csv", "matches.csv", "meetings.csv"):
        small.change(name, lambda text: text.replace("\nAb", "\naB"))
    message = told(small)
    assert (
        message.count("only capital letters differ, so nobody is linked by them. If capital letters never tell")
        == 3
    )
    small.change("plan.toml", lambda text: f'{text}\n[identity]\ncase = "ignore"\n')
    after = linked(small)
    assert sorted(after.columns) == sorted(before.columns)
    assert len({str(sorted(map(str, people.to_numpy().tolist()))) for people in (before, after)}) == 1


def test_two_people_whom_capital_letters_alone_tell_apart_stay_two(small):
    with_ids(small, lambda _, word: f"A{word}")
    small.change("hr.csv", lambda text: text.replace("\nA00002,", "\na00001,"))
    small.change("plan.toml", lambda text: f'{text}\n[identity]\ncase = "ignore"\n')
    message = told(small)
    assert (
        "first/hr.csv: row 2, 3, column employee_id: ids that differ by capital letters alone, of which" in message
    )
    assert "the same person twice" not in message


@pytest.mark.parametrize(
    ("change", "noticed"),
    [
        (str.lower, 'only capital letters differ. They look like aa99999, and there like aa99999 (9 a digit, a a '
         'letter). If capital letters never tell one person from another, write into plan.toml:\n[identity]'),
        (lambda word: word.replace("A", "\u0410"), "only letters of another alphabet that look the same differ"),
        (lambda word: f"P-{word}", "Most of them are there without the a- before them"),
    ],
)  # fmt: skip
def test_ids_that_are_nearly_somebodys_are_told(small, change, noticed):
    with_ids(small, lambda _, word: f"AB{word}")
    assert "nobody in" not in said(small)
    some(small, "survey_T0.csv", change)
    told = said(small)
    assert "survey_T0.csv: column id: in fewer than 5 rows are ids of nobody in first/hr.csv" in told
    assert noticed in told
    assert "0001" not in told


def test_ids_in_letters_of_another_alphabet(small):
    with_ids(small, lambda name, word: f"{'A' if name == 'hr.csv' else chr(0x410)}{word}")
    assert told(small).count("only letters of another alphabet that look the same differ") == 4


def test_ids_with_something_before_all_of_them(small):
    with_ids(small, lambda name, word: word if name == "hr.csv" else f"P-{word}")
    assert told(small).count("Most of them are there without the a- before them. Write ids alike") == 4


LONG = "412345678901"


def lengthen(small, digits=LONG):
    """All ids with more digits in front."""
    for path in small.folder.glob("first/*.csv"):
        path.write_text(re.sub(r"(?m)(^|,)([0-9]{5})(?=,)", rf"\g<1>{digits}\2", path.read_text()))


def as_workbooks(small, number):
    """The surveys as workbooks that hold ids as numbers."""
    for path in small.folder.glob("first/survey_*.csv"):
        book = openpyxl.Workbook()
        head, *rows = [line.split(",") for line in path.read_text().splitlines()]
        book.active.append(head)
        for row in rows:
            book.active.append([number(row[0]), *row[1:]])
        book.save(path.with_suffix(".xlsx"))
        path.unlink()
    small.change("plan.toml", lambda text: text.replace("survey_*.csv", "survey_*.xlsx"))


@pytest.mark.parametrize("number", [lambda word: int(word) // 100 * 100, int])
def test_long_ids_of_which_a_workbook_lost_the_last_digits(small, number):
    lengthen(small)
    as_workbooks(small, number)
    message = told(small)
    assert re.search(r"first/survey_T0.xlsx: row 2, 3, .*, column id: an id that a spreadsheet rounded", message)
    assert "to the 15 digits that a workbook keeps, so whose it is is lost. Export the column as text." in message
    assert LONG not in message


def test_ids_of_sixteen_digits_that_were_kept_whole(small):
    lengthen(small, "41234567890")
    before = kit.read_cohort(kit.read_study(small.folder), small.cohort)
    as_workbooks(small, int)
    after = kit.read_cohort(kit.read_study(small.folder), small.cohort)
    for one, other in zip(before.files, after.files, strict=True):
        assert one.rows["person"].tolist() == other.rows["person"].tolist()


def test_long_ids_that_a_spreadsheet_wrote_with_zeros_at_their_end(small):
    lengthen(small)
    for wave in ("T0", "T12"):
        small.change(f"survey_{wave}.csv", lambda text: re.sub(rf"({LONG}[0-9]{{3}})[0-9]{{2}}", r"\g<1>00", text))
    message = told(small)
    assert "only digits after the 15th differ, and of a number a workbook keeps no more" in message
    assert "Those digits are lost: export again from the source, the ids as text, or as CSV." in message
    assert LONG not in message


def test_long_ids_of_others_are_no_lost_digits(small):
    """Whoever answered and is not in the records has an id that begins as others do."""
    lengthen(small)
    small.change("hr.csv", lambda text: "\n".join(text.splitlines()[:-12]) + "\n")
    matched = small.path("hr.csv").read_text()
    small.change(
        "matches.csv",
        lambda text: (
            "\n".join(line for line in text.splitlines() if line.split(",")[0] in matched or "id" in line) + "\n"
        ),
    )
    assert kit.read_cohort(kit.read_study(small.folder), small.cohort)
