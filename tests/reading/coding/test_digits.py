import pytest

from mentorstudy.reading.coding.digits import by_digits, why_not

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
    "at the end": ["Strongly disagree (1)", "Disagree (2)", "Agree (4)", "Strongly agree (5)"],
    "at the end, square": ["stimme gar nicht zu [1]", "2", "4", "stimme zu [5]"],
    "at the end, equals": ["Never = 1", "Rarely = 2", "Often = 4", "Always = 5"],
    "at the end, dash": ["Never - 1", "Rarely – 2", "Often - 4", "Always: 5"],
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
        ["12 Main St", "15 High St", "7 Low Rd"],
        ["10 Main St", "20 High St", "30 Low Rd"],
        ["1 - Never", "2 - Rarely", "3 - Often", "9 - Rather not tell you"],
        ["1 - Never", "2 - Rarely", "7 - Always"],
        ["1 - Yes", "9 - Rather not tell you"],
        ["1 - Yes", "5 - No", "9 - Rather not tell you"],
        ["-1 - Rather not tell you", "1 - low", "2", "3 - high"],
        ["1 - low", "2", "3", "4", "5 - high", "7 - Rather not tell you"],
        ["1 - low", "2", "3", "4", "5", "6 - high", "8 - Never mind", "9 - Rather not tell you"],
        ["0 - Rather not tell you", "2 - low", "3", "4 - high"],
        ["-2 - awful", "-1", "0", "1 - fine"],
        ["1 Main St", "2 High St", "4 Low Rd", "5 Mill Ln"],
        ["12 Main St", "13 High St"],
        ["Berlin (12)", "Ulm (13)"],
        ["low (1)", "high = 2"],
        ["COVID-19", "COVID-20"],
        ["Team 1", "Team 2"],
        ["Team - 1", "Team - 2", "Team - 3"],
        ["more than 5", "more than 4"],
        ["5 to 10 (often)", "1 to 4 (rarely)"],
        ["Never (0 to 1)", "Often (2 to 3)"],
        ["2024-01-01", "2024-02-01"],
        ["Never", "Rarely"],
        ["", " "],
    ],
)
def test_amounts_ranges_and_half_numbered_sets_are_none(labels):
    assert by_digits(labels) is None


@pytest.mark.parametrize("numbers", [[0, 1, 2, 3], [0, 25, 50, 75, 100], [-1, 0, 1], [1, 4, 7], [10, 20, 30]])
def test_a_run_is_evenly_spaced(numbers):
    coding = by_digits([f"{number} - {word}" for number, word in zip(numbers, "abcde", strict=False)])
    assert coding
    assert list(coding.codes.values()) == numbers


def test_a_number_at_the_end_of_what_is_no_answer_is_set_aside():
    coding = by_digits(["Never (1)", "Always (2)", "Don't know (99)", "Keine Angabe"])
    assert coding
    assert coding.codes == {"Never (1)": 1, "Always (2)": 2}
    assert coding.missing == {"Don't know (99)": "dont_know", "Keine Angabe": "no_answer"}


def test_words_that_the_catalogue_knows_are_answers_whatever_nobody_chose():
    coding = by_digits(["1 - Strongly disagree", "3", "4 - Agree", "5 - Strongly agree"])
    assert coding
    assert list(coding.codes.values()) == [1, 3, 4, 5]
    assert by_digits(["1 - like never", "4 - like that", "5 - like ever"]) is None


@pytest.mark.parametrize(
    "form", ["{} ({})", "{}({})", "{} [{}]", "{} = {}", "{}={}", "{}: {}", "{} - {}", "{} – {}", "{} ( {} ) "]
)
@pytest.mark.parametrize("numbers", [[1, 2, 3, 4, 5], [0, 1, 2, 3, 4], [-2, -1, 0, 1, 2], [0, 25, 50, 75, 100]])
def test_a_number_at_the_end_in_one_form_is_a_code(form, numbers):
    labels = [form.format(words, number) for words, number in zip("abcde", numbers, strict=True)]
    coding = by_digits(labels)
    assert coding
    assert coding.codes == dict(zip(labels, numbers, strict=True))


def test_one_answer_in_two_spellings_has_one_code():
    coding = by_digits(["1 - low", "2 - high", "2 - High "])
    assert coding
    assert coding.codes == {"1 - low": 1, "2 - high": 2, "2 - High ": 2}


def test_a_number_of_what_is_no_answer_fills_its_place_in_the_run():
    coding = by_digits(["1 - against", "2 - Don't know", "3 - in favour"])
    assert coding
    assert coding.codes == {"1 - against": 1, "3 - in favour": 3}


@pytest.mark.parametrize(
    ("labels", "why"),
    [
        (["1 - low", "2", "3 - high", "9 - no"], "9 in the labels stands apart from 1 to 3"),
        (["0 - low", "1", "2 - high", "8 - n", "9 - o"], "8 and 9 in the labels stand apart from 0 to 2"),
        (["low (1)", "mid (2)", "rather not (-9)"], "-9 in the labels stands apart from 1 to 2"),
        (["12 Main St", "7 Low Rd"], "the numbers in the labels are not those of a scale"),
        (["1 - low", "2 - high"], ""),
        (["1", "2", "9"], ""),
        (["12 Main St", "Low Rd"], ""),
        (["", "Never"], ""),
    ],
)
def test_why_numbers_in_labels_are_no_codes_is_told_without_the_words(labels, why):
    assert why_not(labels) == why


@pytest.mark.parametrize("text", ["a" * 100_000, "a " * 50_000, "a" + " " * 100_000 + "b", "a(" * 50_000])
def test_a_long_text_is_soon_known_to_be_no_label(text):
    assert by_digits([text, "b (2)"]) is None
