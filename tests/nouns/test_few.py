"""Values of a column stand in a message where they are codes or labels of many, never where they may be people."""

import pytest

from mentorstudy.nouns.few import tellable, values_told


@pytest.mark.parametrize(
    ("values", "told"),
    [
        (["T0", "T12"], "T0, T12"),
        (["moved house", "RES", "Retirement"], "moved house, RES, Retirement"),
        (["Wave 1", "Wave 2"], "Wave 1, Wave 2"),
        (["1", "2.5", "-99"], "1, 2.5, -99"),
        (["T0", "T12", "Anna Schmidt"], "T0, T12 and 1 other value"),
        (["T0", "T12", "it went on for longer than I had hoped"], "T0, T12 and 1 other value"),
    ],
)
def test_codes_and_labels_of_many_are_told(values, told):
    assert values_told(dict.fromkeys(values, 20), 10) == told


@pytest.mark.parametrize(
    ("values", "looks"),
    [
        (["Anna Schmidt", "Bert Maier"], "2 different values like aaaa aaaaaaa, aaaa aaaaa"),
        (["Lee, Ann", "nobody"], "2 different values like aaa, aaa, aaaaaa"),
        (["ann@example.org"], "1 different value like aaa@aaaaaaa.aaa"),
        (
            ["I drink at work", "my boss bullies me", "fine", "all ok"],
            "4 different values like a aaaaa aa aaaa, aa",
        ),
        ([f"person {chr(97 + at)}" for at in range(13)], "13 different values like aaaaaa a (9 a digit"),
    ],
)
def test_names_and_own_words_are_told_by_their_looks_however_many_share_them(values, looks):
    counts = dict.fromkeys(values, 20)
    assert tellable(counts, 10) == []
    assert values_told(counts, 10).startswith(looks)


def test_values_of_few_are_counted_alone():
    assert values_told({"T0": 20, "T12": 9}, 10) == "T0 and 1 other value"
    assert values_told({"T0": 9, "T12": 9}, 10) == "2 values"
    assert values_told({}, 10) == "no value"
