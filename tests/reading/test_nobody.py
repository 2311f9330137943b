"""What stands for nobody in a column of ids makes no person of those who wrote it."""

import re
from functools import partial

import numpy as np
import pytest

import mentorstudy as kit
from mentorstudy.reading.grid import Column
from mentorstudy.reading.nobody import without_nobody


def survey(small):
    exports = kit.read_cohort(kit.read_study(small.folder), small.cohort)
    return next(file for file in exports.files if file.role == "survey")


def replaced(small, word, rows=10, name="survey_T0.csv"):
    """The study, the id of some rows another text."""
    return small.change(name, lambda text: re.sub(r"\n\d{5},", f"\n{word},", text, count=rows))


def left(*words):
    column = Column(name="id", codes=np.arange(len(words)), words=words)
    return [word for word in without_nobody(column).words if word]


@pytest.mark.parametrize(
    "word", ["n/a", "N/A", "-", "--", "?", "none", "None", "unbekannt", "keine Angabe", "k.A.", "inconnu"]
)
def test_words_that_are_no_answer_are_no_person(small, word):
    before = survey(small).ledger
    after = survey(replaced(small, word)).ledger
    assert after.dropped == {**before.dropped, "without a person id": 10}
    assert after.kept == before.kept - 10


def test_a_file_without_any_id_is_told_as_that_and_not_as_a_wave_that_lacks(small):
    replaced(small, "", rows=0)
    told = (
        r"survey_T0\.csv: none of its \d+ rows counts: about \d+ without a person id\. The ids are looked for in "
        r"column \w+\. Name the column that has them, person = "
    )
    with pytest.raises(kit.nouns.errors.DataError, match=told):
        survey(small)


def test_a_match_of_nobody_is_a_fault(small):
    replaced(small, "n/a", rows=2, name="matches.csv")
    with pytest.raises(kit.nouns.errors.DataError, match=r"row 2, 3, column mentee_id: no person id"):
        survey(small)


def test_an_id_that_looks_as_the_others_do_is_somebody_s():
    initials = ["ab", "CD", "ef", "gh", "ij", "kl", "mn", "op", "NA"]
    assert left(*initials) == initials
    assert left("none", "anna", "lena", "otto", "hans", "karl", "-") == [
        "none",
        "anna",
        "lena",
        "otto",
        "hans",
        "karl",
    ]
    assert left("P1", "P2", "P3", "NA", "none") == ["P1", "P2", "P3"]


def test_one_id_in_many_rows_is_told(small):
    assert not any("one id stands in" in note for note in survey(small).ledger.notes)
    [note] = [note for note in survey(replaced(small, "9999")).ledger.notes if "one id stands in" in note]
    assert "column id: one id stands in about 10 rows, and nearly all others in one; it looks like 9999 (" in note
    assert 'file = "first/survey_T0.csv" and where = {column = "id", is = "..."}.' in note
    where = '[[exclude]]\nfile = "first/survey_T0.csv"\nwhere = {column = "id", is = "9999"}\nwhy = "nobody"\n'
    assert not any(
        "one id stands in" in note for note in survey(small.change("plan.toml", partial(_and, where))).ledger.notes
    )


def _and(more, text):
    return f"{text}\n{more}"
