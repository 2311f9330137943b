import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorstudy.reading.coding.choices import split_choices

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
