from itertools import pairwise

import numpy as np
import pytest
from reference_case import data, expected, same
from scipy.stats import binom

from mentorstudy.numerics.proportions import clopper_pearson, newcombe, wilson

ROWS, WANTED = data("23_proportions"), expected("23_proportions")
S, N = ROWS.loc[ROWS["s2"].isna(), ["s1", "n1"]].to_numpy().T
PAIRS = ROWS.loc[ROWS["s2"].notna(), ["s1", "n1", "s2", "n2"]].to_numpy().T
SHARES = np.r_[0.01, 0.03, np.arange(1, 20) / 20, 0.97, 0.99]
SIZES = [10, 11, 17, 25, 40, 60, 99, 100]


def as_printed(found, wanted):
    assert np.round(np.transpose(found), 4)[: len(wanted)].tolist() == wanted


@pytest.mark.parametrize(("level", "suffix"), [(0.95, ""), (0.8, "_80")])
@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
def test_intervals_of_a_share_agree_with_r(interval, level, suffix):
    same(np.transpose(interval(S, N, level=level)), WANTED[interval.__name__ + suffix])


@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
def test_intervals_of_a_share_are_as_published(interval):
    as_printed(interval(S, N, level=0.95), WANTED["published"][interval.__name__])


def test_interval_of_a_difference_agrees_with_r_and_is_as_published():
    found = newcombe(*PAIRS, level=0.95)
    same(np.transpose(found), WANTED["newcombe"])
    as_printed(found, WANTED["published"]["newcombe"])


def test_one_share_gives_two_plain_numbers():
    for found in (wilson(3, 99, level=0.95), clopper_pearson(3, 99, level=0.95)):
        assert [type(end) for end in found] == [np.float64, np.float64]
        assert 0 < found[0] < 3 / 99 < found[1] < 0.1
    assert type(newcombe(3, 99, 5, 80, level=0.95)[0]) is np.float64


def coverage(interval, n):
    """How often (shares,) the interval holds the share, by the chance of every count that may be seen."""
    counts = np.arange(n + 1)
    low, high = interval(counts, n, level=0.95)
    held = (low <= SHARES[:, None]) & (SHARES[:, None] <= high)
    return (held * binom.pmf(counts, n, SHARES[:, None])).sum(axis=1)


def test_clopper_pearson_holds_every_share_at_least_as_often_as_told():
    found = np.array([coverage(clopper_pearson, n) for n in range(10, 101)])
    assert (found >= 0.95).all()
    assert found.min() < 0.955


@pytest.mark.parametrize("n", SIZES)
def test_wilson_holds_shares_about_as_often_as_told(n):
    found = coverage(wilson, n)
    assert abs(found.mean() - 0.95) < 0.012
    assert found.min() > 0.83  # just above exp(-0.1765), where 0.18 successes are expected


def test_wilson_is_right_over_all_shares_and_sizes():
    assert abs(np.mean([coverage(wilson, n) for n in range(10, 101)]) - 0.95) < 0.005


@pytest.mark.parametrize(("n1", "n2"), [(10, 30), (25, 25), (60, 99)])
def test_newcombe_holds_differences_about_as_often_as_told(n1, n2):
    one, other = np.arange(n1 + 1)[:, None], np.arange(n2 + 1)
    low, high = newcombe(one, n1, other, n2, level=0.95)
    found = [
        ((low <= p - q) & (p - q <= high)).ravel()
        @ np.outer(binom.pmf(one, n1, p), binom.pmf(other, n2, q)).ravel()
        for p in SHARES
        for q in SHARES
    ]
    assert 0.945 < np.mean(found) < 0.975
    assert min(found) > 0.88


@pytest.mark.parametrize("interval", [wilson, clopper_pearson])
def test_swapping_success_and_failure_mirrors_the_interval(interval):
    n = 99
    counts = np.arange(n + 1)
    low, high = interval(counts, n, level=0.9)
    mirrored = interval(n - counts, n, level=0.9)
    same(1 - mirrored[1], low)
    same(1 - mirrored[0], high)


def test_swapping_groups_turns_the_difference_and_swapping_outcomes_too():
    s1, n1, s2, n2 = PAIRS
    low, high = newcombe(s1, n1, s2, n2, level=0.95)
    for turned in (newcombe(s2, n2, s1, n1, level=0.95), newcombe(n1 - s1, n1, n2 - s2, n2, level=0.95)):
        same(turned, (-high, -low))


@pytest.mark.parametrize("n", [1, 7, 99])
def test_nobody_and_everybody_have_exact_ends(n):
    for interval in (wilson, clopper_pearson):
        assert interval(0, n, level=0.95)[0] == 0
        assert interval(n, n, level=0.95)[1] == 1
        assert 0 < interval(0, n, level=0.95)[1] < 1
    same(clopper_pearson(0, n, level=0.95)[1], 1 - 0.025 ** (1 / n))
    same(newcombe(n, n, 0, n, level=0.95)[1], 1)
    assert newcombe(0, n, n, n, level=0.95)[0] >= -1


def test_intervals_stay_within_bounds_and_grow_with_the_level():
    counts = np.arange(41)
    for interval in (wilson, clopper_pearson):
        ends = [interval(counts, 40, level=level) for level in (0.8, 0.95, 0.999)]
        for (low, high), (wider_low, wider_high) in pairwise(ends):
            assert (wider_low >= 0).all()
            assert (wider_low <= low).all()
            assert (low <= counts / 40).all()
            assert (counts / 40 <= high).all()
            assert (high <= wider_high).all()
            assert (wider_high <= 1).all()


@pytest.mark.parametrize("call", [wilson, clopper_pearson, lambda s, n, level: newcombe(1, 2, s, n, level=level)])
def test_impossible_counts_and_levels_are_refused(call):
    for s, n, level, fault in [
        (0, 0, 0.95, "at least one"),
        (0, np.nan, 0.95, "at least one"),
        (-1, 9, 0.95, "within"),
        (10, 9, 0.95, "within"),
        ([1, np.nan], 9, 0.95, "within"),
        (0.03, 99, 0.95, "whole"),
        (3, 99.5, 0.95, "whole"),
        (3, 99, 95, "between"),
        (3, 99, 0.0, "between"),
    ]:
        with pytest.raises(ValueError, match=fault):
            call(s, n, level=level)
