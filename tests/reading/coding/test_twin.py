import time

import numpy as np
import pytest

from mentorstudy.reading.coding.twin import Learnt, TwinError, learnt, lent, same_responses
from mentorstudy.reading.grid import Column

LABELS = ["Disagree", "Neither", "Agree"]


def column(*cells: str) -> Column:
    words = tuple(dict.fromkeys(cells))
    return Column(name="q", codes=np.array([words.index(cell) for cell in cells], dtype=np.int32), words=words)


def learn(ids, texts, number_ids, numbers):
    same = same_responses(column(*ids), column(*number_ids))
    return learnt(column(*texts), column(*numbers), same, rows=np.arange(len(ids)) + 4)


def conflicts(texts, numbers):
    ids = [f"R_{at}" for at in range(len(texts))]
    with pytest.raises(TwinError) as raised:
        learn(ids, texts, ids, numbers)
    return raised.value.conflicts


def test_labels_are_learnt_in_whatever_order_the_rows_stand():
    found = learn("abcd", [*LABELS, "Agree"], "dcba", ["1", "1.0", "2", "3"])
    assert found == Learnt(codes={"Disagree": 3, "Neither": 2, "Agree": 1}, lost=())


def test_empty_cells_teach_nothing():
    found = learn("abcde", ["Agree", "", "", "Disagree", ""], "abcde", ["5", "", "-99", "1", "-99"])
    assert found.codes == {"Agree": 5, "Disagree": 1}


def test_a_label_with_two_codes_is_told_if_many_gave_it_and_never_with_a_row():
    [conflict] = conflicts(["Agree"] * 10, ["4"] * 9 + ["5"])
    assert conflict.startswith("labels that met several codes: Agree (4, 5). Export both again")
    [conflict] = conflicts(["Agree"] * 9, ["4"] * 8 + ["5"])
    assert conflict.startswith("labels that met several codes: 1 value. Export both again")


def test_a_code_with_two_labels_is_a_conflict_whose_rare_labels_are_not_told():
    [conflict] = conflicts([*LABELS, "Disagree"], ["1", "1", "2", "1"])
    assert conflict.startswith("codes that met several labels: 1 value. Give each label a code of its own")
    [conflict] = conflicts(["Disagree", "Never"] * 10, ["1"] * 20)
    assert conflict.startswith("codes that met several labels: 1 (Disagree, Never). ")


@pytest.mark.parametrize(
    ("texts", "numbers"),
    [
        (["34", "41", "29"], ["35", "42", "30"]),
        (["34", "34", "29"], ["35", "42", "30"]),
        (["34", "41", "29"], ["34", "41", "30"]),
    ],
)
def test_numbers_that_differ_are_no_labels_and_are_not_told(texts, numbers):
    [conflict] = conflicts(texts, numbers)
    assert conflict.startswith("numbers that are others in the second file, in ")
    assert "not the same responses" in conflict
    assert not {"34", "41", "29", "35", "42", "30"} & set(conflict.replace(",", " ").split())


def test_numbers_met_again_and_again_are_labels_of_their_codes():
    ids = [f"R_{at}" for at in range(33)]
    found = learn(ids, [str(at % 11) for at in range(33)], ids, [str(at % 11 + 1) for at in range(33)])
    assert found.codes == {str(label): label + 1 for label in range(11)}


def test_numbers_that_met_only_themselves_mean_themselves_in_a_row_without_a_pair_too():
    assert learn("abc", ["34", "29", "61"], "ab", ["34", "29"]) == Learnt(
        codes={"34": 34, "29": 29, "61": 61}, lost=()
    )
    assert learn("abc", ["Agree", "Disagree", "3"], "ab", ["4", "2"]).lost == ("3",)


def test_what_people_wrote_is_told_by_its_row_alone():
    [conflict] = conflicts(["mine", "yours", "3"], ["mine", "yours", "3"])
    assert conflict.startswith("texts that met no whole number, in 2 responses (first in row 4)")
    assert "mine" not in conflict


def test_the_first_row_is_the_first_of_the_file_however_its_ids_are_encoded():
    ids = Column(name="id", codes=np.array([2, 1, 0], dtype=np.int32), words=("a", "b", "c"))
    texts, numbers = column("Agree", "Agree", "Agree"), column("x", "x", "5")
    with pytest.raises(TwinError, match=r"in 2 responses \(first in row 7\)"):
        learnt(texts, numbers, same_responses(ids, ids), rows=np.array([7, 8, 9]))


def test_a_text_that_a_column_did_not_meet_is_lent_by_columns_coded_the_same_way_round():
    own = Learnt(codes={"Disagree": 2, "Neither": 3}, lost=("Agree", "Never"))
    same = Learnt(codes={"Disagree": 2, "Neither": 3, "Agree": 4}, lost=())
    turned = Learnt(codes={"Disagree": 4, "Neither": 3, "Agree": 2}, lost=())
    assert lent(own, {"q1": turned, "q2": same}) == ({"Agree": 4}, ["q2"])
    assert lent(own, {"q1": turned}) == ({}, [])
    other = Learnt(codes={"Disagree": 2, "Neither": 3, "Agree": 5}, lost=())
    assert lent(own, {"q1": same, "q2": other}) == ({}, [])
    middle = Learnt(codes={"Neither": 3}, lost=("Agree",))
    assert lent(middle, {"q1": same}) == ({}, [])
    taken = Learnt(codes={"Disagree": 2, "Neither": 3, "Strongly agree": 4}, lost=("Agree",))
    assert lent(taken, {"q1": same}) == ({}, [])


def test_ids_that_stand_twice_or_are_empty_are_no_pair():
    same = same_responses(column("a", "a", "b", "", "c"), column("", "c", "b", "a"))
    assert same.texts.tolist() == [2, 4]
    assert same.numbers.tolist() == [2, 1]
    assert same.alone == 3


def test_many_rows_take_no_loop():
    count = 300_000
    ids = Column(name="id", codes=np.arange(count, dtype=np.int32), words=tuple(f"R_{i}" for i in range(count)))
    answers = np.arange(count, dtype=np.int32) % 3
    texts = Column(name="q", codes=answers, words=tuple(LABELS))
    numbers = Column(name="q", codes=answers[::-1].copy(), words=("1", "2", "3"))
    turned = Column(name="id", codes=ids.codes[::-1].copy(), words=ids.words)
    start = time.process_time()
    found = learnt(texts, numbers, same_responses(ids, turned), rows=np.arange(count))
    assert found.codes == {"Disagree": 1, "Neither": 2, "Agree": 3}
    assert time.process_time() - start < 3
