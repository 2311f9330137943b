"""Numbers that look like codes of missing answers stand apart from the others, alone or together."""

import pytest

from mentorstudy.reading.coding.apart import like_missing


def times(*values, n=12):
    return dict.fromkeys(map(float, values), n)


@pytest.mark.parametrize(
    ("others", "codes"),
    [
        (range(1, 5), {8: 2, 9: 1}),
        (range(1, 5), {7: 1, 8: 1, 9: 1}),
        (range(1, 6), {7: 1, 8: 1, 9: 1}),
        (range(1, 6), {9: 3}),
        (range(1, 8), {9: 3}),
        (range(11), {77: 1, 88: 1, 99: 1}),
        (range(1, 5), {77: 3}),
        (range(1, 6), {-1: 1}),
        (range(1, 6), {-2: 1, -1: 2}),
        (range(11), {-1: 3}),
        (range(45), {9999: 3}),
        (range(1, 6), {9999: 1}),
        (range(20, 65), {-1: 4}),
        (range(1, 6), {-9999: 1, 99: 1}),
    ],
)
def test_they_are_told(others, codes):
    assert like_missing(times(*others) | {float(code): n for code, n in codes.items()}) == sorted(codes)


@pytest.mark.parametrize(
    ("others", "rare"),
    [
        (range(1, 6), {7: 9}),  # 7 points of which one is unseen
        (range(1, 8), {9: 1}),  # how often something was
        (range(1, 10), {}),
        (range(11), {77: 1}),
        (range(-2, 3), {}),
        ((-1, 0, 1), {}),
        ((-2, -1, 1, 2), {}),
        ((-2, 0, 1), {}),
        (range(12), {-1: 1}),
        (range(19, 100), {}),  # ages
        (range(30), {77: 5, 88: 5, 99: 5}),  # months
        (range(4), {8: 4, 9: 4}),  # counted from 0
        ((-3, -1, 0, 2), {}),
    ],
)
def test_honest_numbers_are_not(others, rare):
    assert like_missing(times(*others) | {float(value): n for value, n in rare.items()}) == []
