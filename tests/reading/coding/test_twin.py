import time

import numpy as np
import pytest

from mentorstudy.reading.coding.twin import TwinError, learnt, same_responses
from mentorstudy.reading.grid import Column

LABELS = ["Disagree", "Neither", "Agree"]


def column(*cells: str) -> Column:
    words = tuple(dict.fromkeys(cells))
    return Column(name="q", codes=np.array([words.index(cell) for cell in cells], dtype=np.int32), words=words)


def learn(ids, texts, number_ids, numbers):
    same = same_responses(column(*ids), column(*number_ids))
    return learnt([(column(*texts), column(*numbers))], same, rows=np.arange(len(ids)) + 4)


def test_labels_are_learnt_in_whatever_order_the_rows_stand():
    coding = learn("abcd", [*LABELS, "Agree"], "dcba", ["1", "1.0", "2", "3"])
    assert coding.codes == {"Disagree": 3, "Neither": 2, "Agree": 1}
    assert coding.said == ("codes learnt from the numeric export, 4 responses in both files",)


def test_empty_cells_teach_nothing():
    coding = learn("abcde", ["Agree", "", "", "Disagree", ""], "abcde", ["5", "", "-99", "1", "-99"])
    assert coding.codes == {"Agree": 5, "Disagree": 1}
    assert not coding.missing


def test_several_items_are_learnt_together():
    same = same_responses(column(*"ab"), column(*"ab"))
    items = [(column("Agree", "Agree"), column("3", "3")), (column("Agree", "Disagree"), column("3", "1"))]
    assert learnt(items, same, rows=np.array([2, 3])).codes == {"Agree": 3, "Disagree": 1}
    items[1] = (column("Agree", "Disagree"), column("4", "1"))
    with pytest.raises(
        TwinError, match=r"Agree met 3 in 2 responses \(first in row 2\) and 4 in 1 response \(first"
    ):
        learnt(items, same, rows=np.array([2, 3]))


def test_a_label_with_two_codes_tells_both_their_counts_and_rows_and_no_id():
    with pytest.raises(TwinError) as raised:
        learn(["id1", "id2", "id3"], ["Agree"] * 3, ["id1", "id2", "id3"], ["4", "4", "5"])
    [conflict] = raised.value.conflicts
    assert conflict.startswith(
        "Agree met 4 in 2 responses (first in row 4) and 5 in 1 response (first in row 6). Export both again"
    )
    assert "id" not in conflict.replace("Did", "")


def test_the_first_row_is_the_first_of_the_file_however_its_ids_are_encoded():
    ids = Column(name="id", codes=np.array([2, 1, 0], dtype=np.int32), words=("a", "b", "c"))
    texts, numbers = column("Agree", "Agree", "Agree"), column("4", "4", "5")
    with pytest.raises(TwinError, match=r"Agree met 4 in 2 responses \(first in row 7\)"):
        learnt([(texts, numbers)], same_responses(ids, ids), rows=np.array([7, 8, 9]))


def test_a_code_with_two_labels_is_a_conflict():
    with pytest.raises(TwinError) as raised:
        learn("abc", LABELS, "abc", ["1", "1", "2"])
    assert raised.value.conflicts[0].startswith(
        "1 met Disagree in 1 response (first in row 4) and Neither in 1 response (first in row 5)"
    )


def test_what_people_wrote_is_told_by_its_row_alone():
    with pytest.raises(TwinError) as raised:
        learn("abc", ["mine", "yours", "3"], "abc", ["mine", "yours", "3"])
    [conflict] = raised.value.conflicts
    assert conflict.startswith("texts that met no whole number, in 2 responses (first in row 4)")
    assert "mine" not in conflict


def test_a_text_only_one_file_holds_is_told_by_its_row():
    with pytest.raises(TwinError) as raised:
        learn("abcd", [*LABELS, "Agree"], "abxy", ["1", "2", "3", "3"])
    [conflict] = raised.value.conflicts
    assert conflict.startswith("texts that no response in both files holds (row 6, 7)")


def test_no_response_in_common_is_told():
    with pytest.raises(TwinError, match="no response is in both files"):
        learn("abc", LABELS, "xyz", ["1", "2", "3"])


def test_ids_that_stand_twice_or_are_empty_are_no_pair():
    same = same_responses(column("a", "a", "b", "", "c"), column("", "c", "b", "a"))
    assert same.texts.tolist() == [2, 4]
    assert same.numbers.tolist() == [2, 1]
    assert same.alone == 3


def test_answers_that_are_none_are_missing_and_a_middle_is_a_point():
    coding = learn("abcd", ["Disagree", "Agree", "N/A", "Not sure"], "abcd", ["1", "5", "6", "3"])
    assert coding.codes == {"Disagree": 1, "Agree": 5, "Not sure": 3}
    assert coding.missing == {"N/A": "not_applicable"}
    aside = learn("abc", ["Disagree", "Agree", "Not sure"], "abc", ["1", "5", "99"])
    assert aside.missing == {"Not sure": "dont_know"}


def test_many_rows_take_no_loop():
    count = 300_000
    ids = Column(name="id", codes=np.arange(count, dtype=np.int32), words=tuple(f"R_{i}" for i in range(count)))
    answers = np.arange(count, dtype=np.int32) % 3
    items = [
        (
            Column(name="q", codes=answers, words=tuple(LABELS)),
            Column(name="q", codes=answers[::-1].copy(), words=("1", "2", "3")),
        )
    ]
    turned = Column(name="id", codes=ids.codes[::-1].copy(), words=ids.words)
    start = time.process_time()
    coding = learnt(items, same_responses(ids, turned), rows=np.arange(count))
    assert coding.codes == {"Disagree": 1, "Neither": 2, "Agree": 3}
    assert time.process_time() - start < 3
