"""Cohort words: a file of several cohorts gives each its people, and tells of those whom no cohort is given."""

import shutil

import pytest

import mentorstudy as kit
from mentorstudy.nouns.errors import DataError, raise_all
from mentorstudy.reading.gathering import gathered


@pytest.fixture
def rounds(small):
    """The people of two cohorts in one file; a function that writes the words of every third row of the first."""
    second = shutil.copytree(small.folder / "first", small.folder / "second")
    for label, called in (("first", "Round 1"), ("second", "Round 2")):
        with (small.folder / label / "cohort.toml").open("a") as facts:
            facts.write(f'\nlabel_in_files = "{called}"\n')
    header, *rows = (second / "hr.csv").read_text().splitlines()
    small.change(
        "plan.toml",
        lambda text: text.replace('people = "hr.csv"', 'people = "../hr.csv"').replace(
            "[columns.people]", '[columns.people]\ncohort = "round"'
        ),
    )

    def write(third="Round 1", *, label=""):
        own = [f"{third if at % 3 == 0 else 'Round 1'},{row}" for at, row in enumerate(rows)]
        (small.folder / "hr.csv").write_text(
            "\n".join([f"round,{header}", *own, *(f"Round 2,9{row}" for row in rows)])
        )
        if label:
            facts = small.folder / "first" / "cohort.toml"
            facts.write_text(facts.read_text().replace('label_in_files = "Round 1"', f"label_in_files = {label}"))
        return read("first")

    def read(label):
        found = gathered(kit.read_study(small.folder), label, remembered=False)
        raise_all(DataError, found.faults)
        return next(file.ledger for file in found.files if file.role == "people")

    write.read, write.count = read, len(rows)
    return write


@pytest.mark.parametrize("third", ["round 1", " Round  1 ", "ROUND 1"])
def test_case_and_spaces_make_no_other_cohort(rounds, third):
    ledger = rounds(third)
    assert (ledger.kept, dict(ledger.dropped), ledger.notes) == (
        rounds.count,
        {"of another cohort": rounds.count},
        (),
    )


def test_rows_without_a_cohort_are_counted_out_by_that_and_told(rounds):
    ledger = rounds("")
    third = -(-rounds.count // 3)
    assert dict(ledger.dropped) == {"of another cohort": rounds.count, "without a cohort": third}
    [note] = ledger.notes
    assert note.startswith("hr.csv: column round: about ")
    assert "rows without a cohort were left out." in note


def test_words_that_are_no_cohort_s_of_the_study_are_told(rounds):
    ledger = rounds("Round 7")
    assert dict(ledger.dropped) == {"of another cohort": rounds.count + -(-rounds.count // 3)}
    [note] = ledger.notes
    assert "of what is no cohort of the study count as of another: Round 7. " in note
    assert 'write label_in_files = ["Round 1", "Round 7"] in first/cohort.toml.' in note


def test_a_word_that_only_signs_part_from_the_cohort_s_is_asked_about(rounds):
    with pytest.raises(DataError) as caught:
        rounds("Round-1")
    [fault] = [fault for fault in caught.value.faults if "signs part" in fault]
    assert fault.column == "round"
    assert 'write label_in_files = ["Round 1", "Round-1"] in first/cohort.toml; if it is another' in fault
    assert 'file = "hr.csv" and where = {column = "round", is = "Round-1"}' in fault
    assert rounds.read("second").notes == ()  # it is told where it would be missed


def test_a_cohort_may_be_called_by_several_words(rounds):
    ledger = rounds("Round-1", label='["Round 1", "Round-1"]')
    assert (ledger.kept, dict(ledger.dropped)) == (rounds.count, {"of another cohort": rounds.count})


def test_words_of_two_cohorts_that_differ_by_case_alone_stay_two(small, rounds):
    facts = small.folder / "second" / "cohort.toml"
    facts.write_text(facts.read_text().replace('"Round 2"', '["Round 2", "round 1"]'))
    third = -(-rounds.count // 3)
    assert rounds("round 1").kept == rounds.count - third
    assert rounds.read("second").kept == rounds.count + third
