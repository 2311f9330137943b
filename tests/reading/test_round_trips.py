"""Surveys made at random, written as tools write them, are read back unchanged in all that a format can hold.

What a format cannot hold is kept out of what is made, in one place: `words`.
"""

import csv
import io
import json
import tempfile
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow
import pyreadstat
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pyarrow import parquet

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.file import File
from mentorstudy.nouns.item import Item
from mentorstudy.reading.coded import read_survey
from mentorstudy.reading.coding.catalogue import normalised, not_answers
from mentorstudy.reading.coding.values import Declared

KEY = b"k" * 32
AGREE = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
ITEMS, BOXES = ["q1", "q2", "q3"], ["b1", "b2"]
NO_ANSWER = {"Prefer not to say": "refused", "Don't know": "dont_know"}
PLAN = (Declared(codes={label: code for code, label in enumerate(AGREE, start=1)}, missing={}),)
ODD = [
    "=2+3",
    "+1 for it",
    "-",
    "@all",
    "NA",
    "nan",
    "1E5",
    "00017",
    'said "no", twice',
    "a;b,c|d",
    "two\nlines",
    "Ça, 🙂",
]

# All formats: spaces around a text are trimmed, signs that cannot be seen are dropped, and an empty text is no answer.
# CSV has no other limits; a workbook refuses control signs, reads _x0041_ as A, and holds 32,767 signs a cell.
# SPSS drops trailing spaces and counts bytes; Stata likewise. A text column that looks like numbers is numbers.
words = st.one_of(
    st.sampled_from(ODD), st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)
)


def is_kept(word):
    return word == cleaned(word).strip() and "_x" not in word and normalised(word) not in not_answers()


@st.composite
def surveys(draw):
    """Rows of (id, three answers, two boxes, a number, words of one's own)."""
    answer = st.one_of(st.none(), st.sampled_from(AGREE), st.sampled_from(sorted(NO_ANSWER)))
    row = st.tuples(
        st.tuples(answer, answer, answer),
        st.one_of(st.none(), st.tuples(st.booleans(), st.booleans()).filter(any)),
        st.one_of(st.none(), st.integers(-999, 999), st.floats(-1e6, 1e6).map(lambda number: round(number, 3))),
        st.one_of(st.none(), words.filter(is_kept).filter(bool)),
    )
    rows = draw(st.lists(row, min_size=3, max_size=12))
    # a column of words holds one that is no number, and every answer is given once, so that each is what it seems
    first = tuple(AGREE[place] for place in range(3))
    rows = [(first, (True, False), 1.5, "w"), ((AGREE[3], AGREE[4], AGREE[0]), None, 2, "x, y"), *rows]
    return [(f"{place:05d}", *cells) for place, cells in enumerate(rows)]


def flat(rows):
    """The table as a tool writes it: labels, boxes by their labels, blanks."""
    made = []
    for person, answers, boxes, number, text in rows:
        ticks = ["One" if boxes and boxes[0] else "", "Two, or more" if boxes and boxes[1] else ""]
        told = "" if number is None else repr(number)
        made.append([person, *(answer or "" for answer in answers), *ticks, told, text or ""])
    return made


def check(export, rows, *, boxes=BOXES):
    codes = {label: code for code, label in enumerate(AGREE, start=1)}
    for place, item in enumerate(ITEMS):
        given_answers = [answers[place] for _, answers, *_ in rows]
        wanted = [codes.get(answer) for answer in given_answers]
        found = [None if pd.isna(value) else int(value) for value in export.rows[item]]
        assert found == wanted
        reasons = [reason if isinstance(reason, str) else None for reason in export.reasons[item].astype(object)]
        assert reasons == [NO_ANSWER.get(answer) for answer in given_answers]
    found = [None if pd.isna(value) else float(value) for value in export.rows["n"]]
    assert found == [None if number is None else float(number) for *_, number, _ in rows]
    texts = [value if isinstance(value, str) else None for value in export.rows["t"].astype(object)]
    assert texts == [text for *_, text in rows]
    for place, box in enumerate(boxes):
        found = [None if pd.isna(value) else bool(value) for value in export.rows[box]]
        assert found == [ticks[place] if ticks else None for _, _, ticks, *_ in rows]


def as_csv(rows, path, delimiter=",", encoding="utf-8"):
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=delimiter)
    writer.writerows([["person", *ITEMS, *BOXES, "n", "t"], *flat(rows)])
    path.write_bytes(text.getvalue().encode(encoding))


META = ["StartDate", "EndDate", "Status", "Progress", "Finished", "ResponseId"]
CHOICES = {"1": "One", "2": "Two, or more"}
NOT_SAID = {"Prefer not to say": "-8", "Don't know": "-9"}
HELD_BACK = (-8, -9, -99)  # numbers that a numeric export also writes for answers that are none


def as_qualtrics(rows, path, *, numeric=False, in_one_cell=False):
    """All of a survey but its ids: labels or their codes, a column for each box or one for all of them."""
    several = ["b"] if in_one_cell else BOXES
    tags = [*META, *ITEMS, *several, "n", "t"]
    which = ["Which?"] if in_one_cell else [f"Which? - {label}" for label in CHOICES.values()]
    asked = [*META, *(f"How far?\n{item}" for item in ITEMS), *which, "How many?", "Else?"]
    ids = [{"ImportId": name} for name in META]
    ids += [{"ImportId": f"QID1_{place}"} for place in range(3)]
    ids += [{"ImportId": "QID2"}] if in_one_cell else [{"ImportId": "QID2", "choiceId": one} for one in CHOICES]
    ids += [{"ImportId": "QID3_TEXT"}, {"ImportId": "QID4_TEXT"}]
    codes = {label: str(code) for code, label in enumerate(AGREE, start=1)} | NOT_SAID
    day = "2026-03-02 07:28:40"
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerows([tags, asked, [json.dumps(one) for one in ids]])
    for person, *cells in flat(rows):
        answers, ticks, rest = cells[:3], cells[3:5], cells[5:]
        if numeric:
            answers = [codes.get(answer, "") for answer in answers]
            ticks = [
                (code if in_one_cell else "1") if tick else "" for code, tick in zip(CHOICES, ticks, strict=True)
            ]
        if in_one_cell:
            ticks = [",".join(filter(None, ticks))]
        status = ["0", "100", "1"] if numeric else ["IP Address", "100", "True"]
        writer.writerow([day, day, *status, f"R_{person}", *answers, *ticks, *rest])
    path.write_text(text.getvalue(), encoding="utf-8", newline="")


def as_xlsx(rows, path):
    book = openpyxl.Workbook()
    book.active.append(["person", *ITEMS, *BOXES, "n", "t"])
    for at, (cells, (*_, number, _)) in enumerate(zip(flat(rows), rows, strict=True), start=2):
        for place, cell in enumerate([*cells[:-2], number, cells[-1]], start=1):
            made = book.active.cell(at, place)
            made.value = cell if cell != "" else None
            if isinstance(cell, str) and cell:
                made.data_type = "s"  # a text that begins with = is no formula
    book.save(path)


def frame_of(rows):
    codes = {label: float(code) for code, label in enumerate(AGREE, start=1)} | {
        "Prefer not to say": 8.0,
        "Don't know": 9.0,
    }
    frame = pd.DataFrame({"person": [person for person, *_ in rows]}, dtype=object)
    for place, item in enumerate(ITEMS):
        frame[item] = [codes.get(answers[place], np.nan) for _, answers, *_ in rows]
    frame["n"] = [np.nan if number is None else float(number) for *_, number, _ in rows]
    frame["t"] = pd.Series([text or "" for *_, text in rows], dtype=object)
    return frame


LABELLED = dict(enumerate(AGREE, start=1)) | {8: "Prefer not to say", 9: "Don't know"}


def as_sav(rows, path):
    labels, ranges = dict.fromkeys(ITEMS, LABELLED), {item: [{"lo": 8, "hi": 9}] for item in ITEMS}
    pyreadstat.write_sav(frame_of(rows), str(path), variable_value_labels=labels, missing_ranges=ranges)


def as_dta(rows, path):
    frame = frame_of(rows)
    labels = {item: {code: label for code, label in LABELLED.items() if code < 8} for item in ITEMS}
    for item in ITEMS:
        frame[item] = frame[item].astype(object).where(frame[item].notna(), None).replace({8.0: "a", 9.0: "b"})
        labels[item] |= {"a": "Prefer not to say", "b": "Don't know"}
    missing = {item: ["a", "b"] for item in ITEMS}
    pyreadstat.write_dta(frame, str(path), variable_value_labels=labels, missing_user_values=missing)


def as_parquet(rows, path):
    head = ["person", *ITEMS, *BOXES, "n", "t"]
    columns = dict(zip(head, zip(*flat(rows), strict=True), strict=True))
    arrays = {name: pyarrow.array([cell or None for cell in cells]) for name, cells in columns.items()}
    arrays["n"] = pyarrow.array([number if number is None else float(number) for *_, number, _ in rows])
    parquet.write_table(pyarrow.table(arrays), path)


def quick(function):
    return settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])(
        given(surveys())(function)
    )


def round_trip(rows, name, write, **more):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / name
        write(rows, path)
        check(read_survey(path, File(path=name), key=KEY, declared=PLAN), rows, **more)


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_csv(delimiter, encoding):
    @quick
    def unchanged(rows):
        round_trip(rows, "a.csv", lambda rows, path: as_csv(rows, path, delimiter, encoding), boxes=())

    unchanged()


@pytest.mark.parametrize("numeric", [False, True])
@pytest.mark.parametrize("in_one_cell", [False, True])
def test_qualtrics(numeric, in_one_cell):
    declared = (Declared(codes={}, missing={code: NO_ANSWER[said] for said, code in NOT_SAID.items()}),)
    items = (Item(column=["b"], choices=CHOICES),) if in_one_cell else ()
    boxes = ["b_1", "b_2"] if in_one_cell else BOXES

    @quick
    def unchanged(rows):
        if numeric:
            rows = [(*row[:3], None if row[3] in HELD_BACK else row[3], row[4]) for row in rows]
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "a.csv"
            as_qualtrics(rows, path, numeric=numeric, in_one_cell=in_one_cell)
            check(
                read_survey(path, key=KEY, declared=declared if numeric else PLAN, items=items), rows, boxes=boxes
            )

    unchanged()


@quick
def test_workbook(rows):
    round_trip(rows, "a.xlsx", as_xlsx, boxes=())


@quick
def test_parquet(rows):
    round_trip(rows, "a.parquet", as_parquet, boxes=())


@quick
def test_spss(rows):
    round_trip(rows, "a.sav", as_sav, boxes=())


@quick
def test_stata(rows):
    round_trip(rows, "a.dta", as_dta, boxes=())


@quick
def test_the_order_of_rows_changes_no_answer(rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.csv"
        as_csv(rows[:2] + rows[:1:-1], path)
        check(read_survey(path, key=KEY, declared=PLAN), rows[:2] + rows[:1:-1], boxes=())
