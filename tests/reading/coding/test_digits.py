import pytest

from mentorstudy.reading.coding.digits import by_digits

WORDED = {
    "dash": ["1 - Strongly disagree", "2 - Disagree", "4 – Agree", "5 — Strongly agree"],
    "equals": ["1 = stimme gar nicht zu", "2=stimme nicht zu", "4 = stimme zu", "5 = stimme voll zu"],
    "bracket": ["1 (not at all)", "2", "4", "5 (very much)"],
    "closing": ["1) never", "2) rarely", "4) often", "5) always"],
    "stop": ["1. Never", "2. Rarely", "4. Often", "5. Always"],
    "colon": ["1: Never", "2: Rarely", "4: Often", "5: Always"],
    "space": ["1 Never", "2 Rarely", "4 Often", "5 Always"],
    "in brackets": ["(1) Never", "(2) Rarely", "[4] Often", "[5] Always"],
    "ends": ["1 - Not at all", "2", "4", "5 - Very much"],
    "words that count": ["1 - Time wasted", "2", "4", "5 - Time well spent"],
    "half brackets": ["1 Nie", " 2 ", "4.", "5 Immer"],
}


@pytest.mark.parametrize("labels", WORDED.values(), ids=WORDED.keys())
def test_one_leading_number_in_every_label_is_its_code(labels):
    coding = by_digits([*labels, ""])
    assert coding
    assert list(coding.codes) == labels
    assert list(coding.codes.values()) == [1, 2, 4, 5]
    assert not coding.missing


def test_the_sign_of_a_code_is_kept():
    coding = by_digits(["-2 - Much worse", "−1", "0 - Same", "+1", "2 - Much better"])
    assert coding
    assert list(coding.codes.values()) == [-2, -1, 0, 1, 2]


def test_answers_that_are_none_are_set_aside_with_a_number_or_without():
    coding = by_digits(["1 - Never", "2", "3 - Always", "99 - Don't know", "N/A", "-9 = Keine Angabe"])
    assert coding
    assert coding.codes == {"1 - Never": 1, "2": 2, "3 - Always": 3}
    assert coding.missing == {
        "99 - Don't know": "dont_know",
        "N/A": "not_applicable",
        "-9 = Keine Angabe": "no_answer",
    }


def test_what_was_read_is_told():
    coding = by_digits(WORDED["ends"])
    assert coding
    assert coding.said == ("coded by the digits in the labels: 1 - Not at all = 1, 5 - Very much = 5",)


@pytest.mark.parametrize(
    "labels",
    [
        ["1", "2", "3"],  # bare codes are no labels
        ["1 - Never"],
        ["1 - Never", "1 - Rarely"],
        ["1 - Never", "1", "2"],
        ["1 - Never", "Rarely", "3 - Often"],
        ["18-29", "30-39", "40-49"],
        ["18 - 29", "30 - 39"],
        ["0 to 4", "5 to 9"],
        ["1 year", "2 years", "3 years or more"],
        ["1 hour", "2 hours"],
        ["1-2 times", "3-4 times"],
        ["1,5", "2,5 - x"],
        ["1.5 - low", "2.5 - high"],
        ["10 or more", "5 or fewer"],
        ["3 Monate", "6 Monate"],
        ["20%", "40%"],
        ["1st", "2nd"],
        ["2024-01-01", "2024-02-01"],
        ["Never", "Rarely"],
        ["", " "],
    ],
)
def test_amounts_ranges_and_half_numbered_sets_are_none(labels):
    assert by_digits(labels) is None
