"""Matches that are read in one of several ways are told by their rows, and never by a person."""

import pandas as pd

import mentorstudy as kit
from mentorstudy.assembling.oddmatches import odd_matches

KNOWN = pd.Index(list("abcdefgh"))


def told(*pairs):
    rows = pd.DataFrame([*map(tuple, pairs)], columns=["person", "mentor"], index=range(2, len(pairs) + 2))
    return list(odd_matches(rows, KNOWN))


def test_matches_as_they_should_be_are_no_cause_for_a_note():
    assert told("ab", "cd", "ef") == []
    assert told("ax", "by", "cz") == []  # whose mentors are kept elsewhere


def test_what_is_odd_is_told_by_its_rows():
    assert told("ab", "cd", "ea", "ff", "gx") == [
        "row 5: mentor and mentee are the same person, which is no match",
        "row 6: the mentor is nobody in the records; the mentee counts as mentored all the same",
    ]
    said = "people have several matches: each counts as mentored once, from the first in the intake"
    assert told("ab", "ac", "bd") == [f"fewer than 5 {said}"]


def test_the_ledger_of_matches_keeps_what_is_odd(small):
    small.change(
        "matches.csv", lambda text: text + ",".join([text.split("\n")[1].split(",")[0]] * 2) + ",2025-01-06\n"
    )
    study = kit.read_study(small.folder)
    exports = kit.read_cohort(study, small.cohort)
    ledgers = kit.assemble(study, exports, kit.score(study, exports)).ledgers
    [notes] = [ledger.notes for ledger in ledgers if ledger.file.endswith("matches.csv")]
    assert [note for note in notes if "the same person, which is no match." in note]
