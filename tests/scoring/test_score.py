"""Scores by hand: reversed items, the missing rule, sums, and what a wrong key does to alpha."""

import numpy as np
import pandas as pd
import pytest

import mentorstudy as kit
from mentorstudy.nouns.errors import PlanError
from mentorstudy.nouns.scale import Scale, find_scale, read_scale
from mentorstudy.scoring.score import keyed_answers, score_of

ZEAL = Scale.model_validate(
    {
        "name": "zeal",
        "label": "Zeal",
        "source": "made",
        "licence": "MIT",
        "responses": ["never", "seldom", "sometimes", "often", "always"],
        "items": [
            {"name": "a", "text": "A"},
            {"name": "b", "text": "B"},
            {"name": "c", "text": "C", "reverse": True},
            {"name": "d", "text": "D"},
        ],
    }
)
ANSWERS = pd.DataFrame(
    {"a": [5, 4, 3, None], "b": [4, None, None, None], "c": [1, 2, None, None], "d": [5, 4, None, 2]}, dtype="Int8"
)


def test_reversed_items_are_turned_round_and_scores_are_means_of_what_was_answered():
    scores = score_of(keyed_answers(ANSWERS, ZEAL), ZEAL)
    assert scores[0] == (5 + 4 + 5 + 5) / 4
    assert scores[1] == (4 + 4 + 4) / 3
    assert scores[2:].isna().all()  # one of four answered is less than half


def test_half_the_items_are_enough():
    half = pd.DataFrame({"a": [5], "b": [3], "c": [None], "d": [None]}, dtype="Int8")
    assert score_of(keyed_answers(half, ZEAL), ZEAL)[0] == 4


def test_a_sum_speaks_of_all_items():
    summed = ZEAL.model_copy(update={"score": "sum"})
    scores = score_of(keyed_answers(ANSWERS, summed), summed)
    assert scores[0] == 19
    assert scores[1] == 16


def test_turning_the_scale_round_twice_changes_nothing():
    once = keyed_answers(ANSWERS, ZEAL)
    assert keyed_answers(once, ZEAL).equals(ANSWERS.astype(float))


def test_text_and_numbers_give_the_same_scores(small):
    study = kit.read_study(small.folder)
    numbers = kit.score(study, kit.read_cohort(study, "first")).rows
    words = dict(enumerate(study.scales["zeal"].responses, start=1))

    def in_words(text):
        head, *rows = text.splitlines()
        return "\n".join([head, *(_worded(row, words) for row in rows)]) + "\n"

    small.change("survey_T0.csv", in_words)
    texts = kit.score(study, kit.read_cohort(study, "first")).rows
    assert np.array_equal(numbers["zeal"], texts["zeal"])


def _worded(row, words):
    person, *codes = row.split(",")
    return ",".join([person, *(words[int(code)].upper() for code in codes)])


def test_every_scale_of_the_library_is_whole_and_says_where_it_comes_from(request):
    folder = request.config.rootpath / "src" / "mentorstudy" / "library" / "scales"
    paths = sorted(folder.glob("*.toml"))
    assert paths
    for path in paths:
        scale = read_scale(path)
        assert scale.name == path.stem
        assert scale.source
        assert scale.licence
        assert any(item.reverse for item in scale.items), f"{scale.name}: agreeing with everything would score high"
        lowest = pd.DataFrame({i.name: [scale.highest if i.reverse else 1] for i in scale.items}, dtype="Int8")
        assert score_of(keyed_answers(lowest, scale), scale)[0] == 1


def test_an_unknown_scale_is_offered_its_neighbours(tmp_path):
    with pytest.raises(PlanError, match=r"there is no scale confidenc\. Did you mean confidence"):
        find_scale("confidenc", tmp_path)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"responses": ["no", "No"]}, "two responses have the same wording"),
        ({"items": [{"name": "a", "text": "A"}, {"name": "a", "text": "B"}]}, "two items have the same name"),
        ({"min_answered": 1.5}, "min_answered"),
        ({"licence": None}, "licence"),
    ],
)
def test_a_faulty_scale_is_refused_with_its_fault(tmp_path, change, said):
    lines = ZEAL.model_dump() | change
    path = tmp_path / "zeal.toml"
    path.write_text("\n".join(f"{key} = {_toml(value)}" for key, value in lines.items() if value is not None))
    with pytest.raises(PlanError, match=said):
        read_scale(path)


def _toml(value):
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key} = {_toml(inner)}" for key, inner in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return f'"{value}"' if isinstance(value, str) else str(value)
