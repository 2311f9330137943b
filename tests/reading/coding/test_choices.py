import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorstudy.reading.coding.choices import is_code_list, split_choices

OFFERED = ["Feedback", "Feedback, giving and receiving", "Goals", "giving and receiving", "Time; and place"]


@pytest.mark.parametrize(
    ("word", "separator", "chosen", "other"),
    [
        ("Feedback, giving and receiving, Goals", ", ", {"Feedback, giving and receiving", "Goals"}, ""),
        ("Feedback,giving and receiving,Goals", ",", {"Feedback, giving and receiving", "Goals"}, ""),
        ("Feedback, Goals", ",", {"Feedback", "Goals"}, ""),
        ("Goals;Feedback, giving and receiving;", ";", {"Feedback, giving and receiving", "Goals"}, ""),
        ("Goals; Time; and place; Feedback", ";", {"Goals", "Time; and place", "Feedback"}, ""),
        ("goals,  FEEDBACK", ",", {"Goals", "Feedback"}, ""),
        ("Goals, my own, long words, Feedback", ",", {"Goals", "Feedback"}, "my own, long words"),
        ("Goalscoring", ",", set(), "Goalscoring"),
        ("not Feedback", ",", set(), "not Feedback"),
        ("first, Goals, second", ",", {"Goals"}, "first, second"),
        ("", ",", set(), ""),
        ("Goals\nFeedback", "\n", {"Goals", "Feedback"}, ""),
    ],
)
def test_options_are_found_whole_and_the_longest_first(word, separator, chosen, other):
    assert split_choices(word, OFFERED, separator) == (chosen, other)


@settings(deadline=None)
@given(st.sets(st.sampled_from(OFFERED)), st.randoms(use_true_random=False))
def test_what_was_joined_by_semicolons_is_parted_again(ticked, random):
    order = list(ticked)
    random.shuffle(order)
    assert split_choices(";".join(order), OFFERED, ";") == (ticked, "")


@pytest.mark.parametrize("words", [["1", "1,3"], ["2", "", "1, 2, 3"], ["1;2;"], ["-99,1"]])
def test_a_column_with_several_codes_in_a_cell_is_a_list(words):
    assert is_code_list(words)


@pytest.mark.parametrize("words", [["1", "3"], ["a, b"], ["Goals, 1"], [""], ["1-3"], ["3 of 4"]])
def test_single_codes_and_words_are_no_list(words):
    assert not is_code_list(words)
