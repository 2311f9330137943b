"""One survey as the export of many tools: each file reads to the same answers, in all that it carries."""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from mentorstudy.nouns.file import File
from mentorstudy.nouns.item import Item
from mentorstudy.reading.coded import read_survey
from mentorstudy.reading.coding.values import Declared
from mentorstudy.reading.grid import Column
from mentorstudy.reading.records import pseudonyms

FOLDER = Path(__file__).parent / "exports" / "same-survey"
KEY = b"k" * 32
TRUTH = json.loads((FOLDER / "truth_T0.json").read_text())
PEOPLE = {wave: json.loads((FOLDER / f"truth_{wave}.json").read_text())["responses"] for wave in ("T0", "T1")}
ASKED = {column["name"]: column for column in TRUTH["columns"]}
SCALES = [f"conf_{item}" for item in range(1, 6)] + [f"lead_{item}" for item in range(1, 5)] + ["stay"]
TOPICS = [f"topic_{choice}" for choice in range(1, 7)]
CHOICES = {str(place): ASKED[name]["choice"] for place, name in enumerate(TOPICS, start=1)}

# What no file says and a plan therefore does: the codes of yes and no, and of a frequency.
PLAN = (
    Declared(codes={"Yes": 1, "No": 2}, missing={}),
    Declared(codes={"Weekly": 1, "Every two weeks": 2, "Monthly": 4, "Less often": 8}, missing={}),
)
NUMERIC = (Declared(codes={}, missing={"-1": "dont_know"}),)
LETTERED = (
    Declared(codes={"Y": 1, "N": 2}, missing={}),
    Declared(codes={f"A{place}": place for place in range(1, 6)}, missing={"A6": "dont_know"}),
    Declared(codes={f"A{place}": place for place in range(1, 8)}, missing={}),
)
XML = (Declared(codes={f"v{code}": code for code in range(1, 9)}, missing={"v-1": "dont_know"}),)


def names(item):
    """What tools call the column of one question."""
    about = ASKED[item]
    question = " ".join(about["question"].split())
    part = about.get("sub") or about.get("choice")
    group, _, place = item.partition("_")
    tag = {"conf": "Q2", "lead": "Q3", "topic": "Q5"}.get(group, "")
    single = {"consent": "Q1", "stay": "Q4", "freq": "Q6", "hours": "Q7_1", "comment": "Q8", "sgic": "Q9"}
    made = [f"{tag}_{place}", f"{tag}[SQ00{place}]"] if tag else [single.get(item, "")]
    asked = [f"{question} [{part}]", part, f"{question}_{place}"] if part else [question]
    coded = [
        item,
        f"pulse/{item}",
        item.replace("topic_", "topic___"),
        item.replace("topic_", "topic/c"),
        f"{question}/{part}",
    ]
    other = ["Other ticked", f"{question} [Other (please specify)] ticked"] if item == "topic_6" else []
    return [name for name in [*other, *made, *asked, *coded, *(f"pulse/{name}" for name in asked)] if name]


def column(rows, item):
    found = [name for name in names(item) if name in rows]
    assert found, (item, list(rows))
    return rows[found[0]]


@dataclass(frozen=True, kw_only=True)
class Case:
    """One file, what its plan would say of it, and what it does not carry."""

    file: str
    settings: dict = field(default_factory=dict)
    declared: tuple = PLAN
    items: tuple = ()
    people: bool = True  # whether it holds the external id
    finished_only: bool = False
    boxes: tuple = tuple(TOPICS)
    boxes_blank: str = "unknown"
    at: str = "T0"
    wave: str = ""  # the file's word for this wave, where it holds several and one row a person and wave
    not_here: tuple = ()  # what this file writes otherwise, with the reason beside it

    def truth(self):
        if self.wave:
            return list({row["person_id"]: row for row in PEOPLE[self.at]}.values())
        return [row for row in PEOPLE[self.at] if row["finished"] or not self.finished_only]


IN_ONE_CELL = (Item(column=[ASKED["topic_1"]["question"]], choices=CHOICES),)
ZONE = {"time_zone": "America/Denver"}

CASES = [
    Case(
        file="googleforms_download.csv",
        settings=ZONE,
        items=IN_ONE_CELL,
        people=False,
        finished_only=True,
        boxes=tuple(TOPICS[:5]),
    ),
    Case(
        file="googlesheets_us.csv",
        settings=ZONE | {"date_order": "month first"},
        items=IN_ONE_CELL,
        people=False,
        finished_only=True,
        boxes=tuple(TOPICS[:5]),
    ),
    Case(
        file="msforms.xlsx",
        settings={"time_zone": "Europe/Berlin"},
        items=IN_ONE_CELL,
        people=False,
        finished_only=True,
        boxes=tuple(TOPICS[:5]),
    ),
    Case(file="surveymonkey_text.csv", settings=ZONE | {"date_order": "month first"}),
    Case(
        file="surveymonkey_text.xlsx",
        settings=ZONE,
        not_here=("comment",),  # one stands there as a formula that nobody ever worked out
    ),
    Case(
        file="surveymonkey_numeric.csv",
        settings=ZONE | {"date_order": "month first"},
        not_here=("lead_2",),  # -1 for don't know, which the real tool numbers as another choice
    ),
    *(
        Case(file=f"qualtrics_{form}", settings=settings, declared=declared)
        for form, settings, declared in [
            ("text.csv", {}, PLAN),
            ("text_utf16.tsv", {}, PLAN),
            ("text_rows2and3_deleted.csv", ZONE, PLAN),
            ("numeric.csv", {}, NUMERIC),
            ("legacy_2row.csv", ZONE, NUMERIC),
        ]
    ),
    Case(
        file="qualtrics_numeric_single_column_seen99.csv",
        declared=NUMERIC,
        items=(Item(column=["Q5"], choices=CHOICES),),
    ),
    *(
        Case(file=file, settings={"time_zone": "UTC"}, people=False)
        for file in ("spss_labelled.sav", "stata_labelled.dta")
    ),
    Case(
        file="limesurvey_code_short.csv",
        settings=ZONE,
        declared=LETTERED,
        boxes=tuple(TOPICS[:5]),
        not_here=("freq",),  # A1 to A4, where others number 1, 2, 4, 8; the column's own set would say so
    ),
    *(
        Case(
            file=f"redcap_{form}_longitudinal.csv",
            settings={"time_zone": "UTC"},
            declared=declared,
            boxes=tuple(TOPICS[:5]),
            at=at,
            wave=wave,
        )
        for form, declared, at, wave in [
            ("raw", NUMERIC, "T0", "baseline_arm_1"),
            ("raw", NUMERIC, "T1", "followup_arm_1"),
            ("labels", PLAN, "T0", "Baseline"),
            ("labels", PLAN, "T1", "Followup"),
        ]
    ),
    Case(file="qualtrics_text_T1.csv", at="T1"),
    Case(file="kobo_labels.csv", people=False, finished_only=True),
    Case(file="kobo_xml_values.csv", people=False, finished_only=True, declared=XML),
    Case(file="limesurvey_codetext_long_semicolon.csv", settings=ZONE, boxes=tuple(TOPICS[:5]), boxes_blank="no"),
    Case(
        file="typeform.csv",
        people=False,
        not_here=("consent",),  # 1 and 0, where others number Yes and No
    ),
]

MADE = "../made/twins"  # the same survey again, in forms of which no sample was given
CASES += [
    Case(file=f"{MADE}/qualtrics_text.zip"),
    Case(file=f"{MADE}/qualtrics_retakes.csv"),
    Case(file=f"{MADE}/labels.parquet", people=False),
    Case(
        file=f"{MADE}/msforms.ods",
        settings={"time_zone": "Europe/Berlin"},
        items=IN_ONE_CELL,
        people=False,
        finished_only=True,
        boxes=tuple(TOPICS[:5]),
        not_here=("comment",),  # one holds a tab, which is lost on the way in from open documents
    ),
    *(
        Case(file=f"{MADE}/surveymonkey_text.{form}", settings=ZONE, not_here=("comment",))
        for form in ("ods", "xls")
    ),
]


def read(case):
    settings = File(path=case.file, **case.settings)
    export = read_survey(FOLDER / case.file, settings, key=KEY, declared=case.declared, items=case.items)
    if not case.wave:
        return export
    first = (export.rows["wave"] == case.wave).to_numpy()
    return replace(export, rows=export.rows[first].reset_index(drop=True), reasons=export.reasons[first])


@pytest.fixture(params=CASES, ids=lambda case: f"{case.file}-{case.at}")
def case(request):
    return request.param


def test_the_rows_balance(case):
    export = read(case)
    ledger = export.ledger
    assert ledger.rows == ledger.kept + ledger.merged + sum(ledger.dropped.values())
    assert len(export.rows) == len(case.truth())
    assert case.wave or ledger.kept == len(export.rows)


def test_answers_are_those_that_were_given(case):
    rows = read(case).rows
    for item in sorted({*SCALES, "consent", "freq", "hours"} - set(case.not_here)):
        wanted = pd.Series([row[item] for row in case.truth()], dtype="Float64")
        found = pd.Series(column(rows, item).to_numpy(dtype=float, na_value=np.nan), dtype="Float64")
        pd.testing.assert_series_equal(found, wanted, check_names=False, obj=item)


def test_words_of_one_s_own_are_kept_to_the_letter(case):
    rows = read(case).rows
    for item in sorted({"comment", "sgic"} - set(case.not_here)):
        found = column(rows, item).astype(object).where(column(rows, item).notna(), None)
        assert list(found) == [row[item] for row in case.truth()], item


def test_boxes_are_ticked_left_or_not_known(case):
    rows = read(case).rows
    for item in case.boxes:
        found = list(column(rows, item).astype(object).where(column(rows, item).notna(), None))
        wanted = [row[item] for row in case.truth()]
        if case.boxes_blank == "no":  # the tool writes No where nobody knows
            pairs = zip(found, wanted, strict=True)
            assert all(one == other or (one is False and other is None) for one, other in pairs), item
        else:
            assert found == wanted, item


REASONED = [case for case in CASES if "lead_2" not in case.not_here]


@pytest.mark.parametrize("case", REASONED, ids=lambda case: f"{case.file}-{case.at}")
def test_the_reason_of_a_missing_answer_is_kept(case):
    export = read(case)
    reasons = column(export.reasons, "lead_2")
    told = [reason if isinstance(reason, str) else None for reason in reasons.astype(object)]
    wanted = [row.get("_missing_reason", {}).get("lead_2") for row in case.truth()]
    assert told == wanted


def test_people_are_under_their_pseudonyms(case):
    rows = read(case).rows
    if not case.people:
        assert "person" not in rows
        return
    ids = [row["person_id"] for row in case.truth()]
    pseudonym = pseudonyms(Column(name="", codes=np.arange(len(ids)), words=tuple(ids)), KEY)
    assert list(rows["person"]) == list(pseudonym)


def test_moments_are_utc(case):
    rows = read(case).rows
    wanted = pd.to_datetime([row["submitted_at"] for row in case.truth()], utc=True)
    gaps = (pd.DatetimeIndex(rows["submitted_at"]) - wanted).total_seconds().to_numpy()
    assert np.nanmax(np.abs(gaps)) <= 60, gaps  # Microsoft Forms writes whole minutes
    unfinished = sum(not row["finished"] for row in case.truth())
    assert np.isnan(gaps).sum() in (0, unfinished)
