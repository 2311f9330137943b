"""P-values that allow for several looks."""

import numpy as np

from mentorstudy.numerics.multiplicity import holm


def test_holm_by_hand():
    # 0.01 x 3, 0.02 x 2 which may not fall below it, 0.04 x 1 likewise.
    np.testing.assert_allclose(holm([0.04, 0.01, 0.02]), [0.04, 0.03, 0.04])
    np.testing.assert_allclose(holm([0.6, 0.5]), [1.0, 1.0])


def test_one_look_is_left_as_it_is():
    np.testing.assert_allclose(holm([0.03]), [0.03])


def test_holm_keeps_chance_findings_rare():
    rng = np.random.default_rng(5)
    found = np.array([holm(rng.random(4)).min() < 0.05 for _ in range(8000)])
    assert abs(found.mean() - 0.05) < 0.01


def test_the_order_given_is_the_order_returned():
    p = np.array([0.2, 0.01, 0.5, 0.03])
    np.testing.assert_allclose(holm(p)[::-1], holm(p[::-1]))
