import itertools
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mentorstudy.nouns.scale import find_scale
from mentorstudy.reading.coding.catalogue import (
    SEEN,
    Coding,
    UndecidedError,
    by_catalogue,
    catalogue,
    fit_of,
    normalised,
    not_answers,
)
from mentorstudy.reading.coding.declared import set_of, within

SETS = {one.name: one for one in catalogue()}
FAMILIES = [
    pytest.param(one, family, id=f"{one.name}-{family.language}-{number}")
    for one in catalogue()
    for number, family in enumerate(one.families)
]
LIKERT = ["Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree"]
SEVEN = [*LIKERT[:2], "Somewhat disagree", LIKERT[2], "Somewhat agree", *LIKERT[3:]]
# Complete, and yet all of a longer set but one point or an end: what nobody chose is not known from the labels.
WITHIN_A_LONGER = {
    "agree4", "agree5_ends", "agree6", "apply4", "frequency4", "likely4", "satisfied4", "quality4",
}  # fmt: skip


def coded(labels) -> Coding | None:
    try:
        return by_catalogue(labels)
    except UndecidedError:
        return None


def plain(family) -> list[str]:
    """The first wording of each point."""
    return [
        next(label for label, at in family.point.items() if at == point)
        for point in sorted(set(family.point.values()))
    ]


@pytest.mark.parametrize(("one", "family"), FAMILIES)
def test_a_complete_set_is_itself_alone_and_with_answers_that_are_none(one, family):
    labels = plain(family)
    assert len(labels) == one.points
    aside = ["Prefer not to say", "Keine Angabe", "N/A", "Weet ik niet"]
    for given_labels, missing in ((labels, 0), (labels + aside, len(aside))):
        if one.name in WITHIN_A_LONGER:
            with pytest.raises(UndecidedError) as raised:
                by_catalogue(given_labels)
            assert one.name in raised.value.candidates
            continue
        coding = by_catalogue(given_labels)
        assert coding.set_name == one.name
        assert coding.codes == {label: point for point, label in enumerate(labels, start=1)}
        assert len(coding.missing) == missing


@pytest.mark.parametrize(("one", "family"), FAMILIES)
def test_no_part_of_a_set_gets_a_code_of_another_length_or_place(one, family):
    """Whatever nobody chose: the codes are right, or there are none; a longer set's inner words may be a set."""
    for size in range(1, one.points + 1):
        for chosen in itertools.combinations(enumerate(plain(family), start=1), size):
            coding = coded([label for _, label in chosen])
            if coding and SETS[coding.set_name].points == one.points:
                assert coding.codes == {label: point for point, label in chosen}
            elif coding:
                seen = {point for point, _ in chosen}
                assert size == SETS[coding.set_name].points <= one.points - 2
                assert {1, one.points} <= seen


@pytest.mark.parametrize(("one", "family"), FAMILIES)
def test_a_part_is_coded_only_where_it_is_most_of_one_set_and_of_no_other(one, family):
    """Without a gap between its ends; what two sets hold is refused, and both are named."""
    for size in range(1, one.points):
        for chosen in itertools.combinations(enumerate(plain(family), start=1), size):
            labels = [label for _, label in chosen]
            texts = set(map(normalised, labels)) - not_answers().keys()
            holding = {other.name: fit.unseen for other in catalogue() if texts and (fit := fit_of(other, texts))}
            coding = coded(labels)
            if coding and holding[coding.set_name]:
                assert len(holding) == 1
                points = sorted(set(coding.codes.values()))
                assert len(points) >= SEEN * one.points
                assert points == list(range(points[0], points[-1] + 1))
            elif coding is None and texts:
                with pytest.raises(UndecidedError) as raised:
                    by_catalogue(labels)
                assert set(raised.value.candidates) <= holding.keys()
                assert raised.value.candidates or not holding


@pytest.mark.parametrize(
    ("labels", "sets"),
    [
        (LIKERT[1:], ("agree5", "agree7")),
        (LIKERT[:-1], ("agree5", "agree7")),
        (["Slightly ready", "Moderately ready", "Very ready", "Completely ready"], ()),
    ],
)
def test_an_end_that_nobody_chose_is_no_doubt_where_no_other_set_has_the_rest(labels, sets):
    if not sets:
        assert list(by_catalogue(labels).codes.values()) == [2, 3, 4, 5]
        return
    with pytest.raises(UndecidedError) as raised:
        by_catalogue(labels)
    assert raised.value.candidates == sets


@pytest.mark.parametrize(("one", "family"), FAMILIES)
def test_every_spelling_stands_for_its_point(one, family):
    labels = plain(family)
    for label, point in family.point.items():
        coding = coded([*labels[: point - 1], label, *labels[point:]])
        if label in not_answers():
            assert coding is None or label in coding.missing
        elif one.name == "frequency5" and coding is None:  # all of seven but an end: very often, and nobody always
            assert any(label in other.point for other in SETS["frequency7"].families)
        elif one.name not in WITHIN_A_LONGER:
            assert coding
            assert coding.codes[label] == point


def test_a_text_stands_at_one_point_of_a_set_in_all_languages():
    for one in catalogue():
        point: dict[str, int] = {}
        for family in one.families:
            for label, at in family.point.items():
                assert point.setdefault(label, at) == at, (one.name, label)


def test_what_may_be_a_point_or_no_answer_is_a_middle_so_its_absence_decides_nothing():
    twofold = {
        (one.points, at)
        for one in catalogue()
        for family in one.families
        for label, at in family.point.items()
        if label in not_answers()
    }
    assert twofold == {(5, 3), (7, 4)}
    assert coded(["Strongly disagree", "Disagree", "Not sure", "Agree", "Strongly agree"]) is None
    beside = by_catalogue([*LIKERT, "Not sure"])
    assert beside.missing == {"Not sure": "dont_know"}


@pytest.mark.parametrize("name", ["confidence", "facilities", "leadership_readiness", "turnover_intention"])
def test_the_library_s_own_scales_are_coded_alike(name):
    responses = find_scale(name, Path("nowhere")).responses
    assert by_catalogue(responses).codes == {answer: code for code, answer in enumerate(responses, start=1)}


def test_every_set_names_its_source():
    assert all(len(one.source) > 20 for one in catalogue())


def test_five_points_win_over_seven_of_which_two_between_the_ends_are_unseen():
    assert by_catalogue(LIKERT).set_name == "agree5"
    assert by_catalogue(SEVEN).codes["Somewhat agree"] == 5
    assert by_catalogue([SEVEN[i] for i in (0, 2, 3, 4, 6)]).codes["Somewhat agree"] == 4


@pytest.mark.parametrize(
    "labels",
    [
        ["Disagree", "Neither agree nor disagree", "Agree"],
        ["Strongly disagree", "Somewhat agree"],
        ["Disagree", "Somewhat disagree", "Neutral", "Somewhat agree", "Agree"],
        ["Strongly disagree", "Disagree", "Agree", "Strongly agree"],
        ["Strongly disagree", "Disagree", "Neutral", "Somewhat agree", "Strongly agree"],
        ["Extremely likely"],
        ["Not at all ready", "Slightly ready"],
        ["Not at all ready", "Slightly ready", "Mäßig bereit", "Sehr bereit"],
        [*LIKERT, "Stimme voll zu", "Stimme voll und ganz zu"],
        ["Neutral"],
    ],
)
def test_what_may_be_two_sets_or_a_part_of_one_is_undecided(labels):
    with pytest.raises(UndecidedError) as raised:
        by_catalogue(labels)
    assert not raised.value.unknown


def test_the_ends_may_be_unchosen_and_it_is_told():
    coding = by_catalogue(SEVEN[:-1])
    assert coding.codes == {label: point for point, label in enumerate(SEVEN[:-1], start=1)}
    assert "1 of its 7 points is not in the file" in coding.said


@pytest.mark.parametrize(
    "labels", [["Yes", "No"], ["Ja", "Nein"], ["Never", "Once a month", "Once a week", "Daily"]]
)
def test_yes_no_and_uneven_frequencies_are_for_the_plan(labels):
    with pytest.raises(UndecidedError) as raised:
        by_catalogue(labels)
    assert raised.value.unknown


@pytest.mark.parametrize(("one", "family"), FAMILIES)
def test_a_declared_scale_is_its_set_in_either_direction_and_decides_any_part_of_it(one, family):
    labels = plain(family)
    assert set_of(labels) == set_of(labels[::-1]) == one.name
    assert set_of([labels[1], labels[0], *labels[2:]]) is None
    assert set_of(labels[1:]) != one.name
    for label, point in family.point.items():
        if label not in not_answers():
            assert within([label, "N/A"], one.name).codes == {label: point}


def test_what_a_known_set_lacks_is_told():
    for labels in (["Agree", "Meh"], ["Meh"]):
        with pytest.raises(UndecidedError) as raised:
            within(labels, "agree5")
        assert raised.value.unknown == ("Meh",)
    for labels in (["Agree", "Completely agree", "Strongly agree"], ["N/A"], []):
        with pytest.raises(UndecidedError):
            within(labels, "agree5")


def test_beside_another_middle_not_sure_is_no_answer_and_alone_it_may_be_the_middle():
    assert within(["Agree", "Neutral", "Not sure"], "agree5").missing == {"Not sure": "dont_know"}
    assert within(["Agree", "Not sure"], "agree4").missing == {"Not sure": "dont_know"}
    with pytest.raises(UndecidedError) as raised:
        within(["Agree", "Disagree", "Not sure"], "agree5")
    assert raised.value.unknown == ("Not sure",)


def test_unknown_labels_are_named_as_they_stand_in_the_file():
    with pytest.raises(UndecidedError) as raised:
        by_catalogue([*LIKERT, "Meh!"])
    assert raised.value.unknown == ("Meh!",)


def test_two_labels_of_one_language_never_share_a_point():
    with pytest.raises(UndecidedError):
        by_catalogue([*LIKERT, "Completely agree"])


def test_only_answers_that_are_none_decide_nothing():
    with pytest.raises(UndecidedError):
        by_catalogue(["N/A", ""])


def test_trifft_nicht_zu_is_a_point_and_trifft_nicht_auf_mich_zu_is_none():
    labels = ["Trifft nicht zu", "Trifft eher nicht zu", "Teils/teils", "Trifft eher zu", "Trifft zu"]
    coding = by_catalogue([*labels, "Trifft nicht auf mich zu"])
    assert list(coding.codes.values()) == [1, 2, 3, 4, 5]
    assert coding.missing == {"Trifft nicht auf mich zu": "not_applicable"}


def test_a_few_labels_of_another_language_are_taken_and_told():
    coding = by_catalogue([*LIKERT, "Stimme zu", "Weder noch"])
    assert coding.codes["Stimme zu"] == 4
    assert coding.said[-1] == "in German, and coded as the others: Stimme zu, Weder noch"
    with pytest.raises(UndecidedError):
        by_catalogue([*LIKERT[:2], "Teils/teils", "Stimme zu"])


def dressed(label: str, how: int) -> str:
    return [label.upper(), f" {label}. ", label.replace("'", "’"), label.replace(" ", "\u00a0 "), f"{label}!"][how]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(FAMILIES), st.randoms(use_true_random=False), st.data())
def test_order_case_quotes_spaces_and_final_signs_do_not_count(param, random, data):
    labels = plain(param.values[1])
    plainly = coded(labels)
    dress = {dressed(label, data.draw(st.integers(0, 4))): label for label in labels}
    order = list(dress)
    random.shuffle(order)
    coding = coded(order)
    assert (coding and {dress[text]: code for text, code in coding.codes.items()}) == (plainly and plainly.codes)


@settings(deadline=None)
@given(st.text())
def test_normalising_twice_is_normalising_once(text):
    assert normalised(normalised(text)) == normalised(text)
