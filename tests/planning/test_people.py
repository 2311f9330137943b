"""Drawn people have the moments they are drawn with, and matching does to them what the world says."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from scipy.special import expit

from mentorstudy.nouns.scale import find_scale
from mentorstudy.planning.people import REASONS, YEAR, draw, scored
from mentorstudy.planning.truth import true_effects
from mentorstudy.planning.world import CONFIDENCE, INTENTION, READINESS, TRAITS, World

N = 40_000
SCALES = {name: find_scale(name, Path()) for name in TRAITS}


@pytest.fixture(scope="module")
def crowd():
    return draw(World(), SCALES, N, np.random.default_rng(5))


def within(found: float, wanted: float, error: float) -> bool:
    """Four Monte Carlo errors: a right kit fails once in 16,000."""
    return abs(found - wanted) < 4 * error


def share_is(found: np.ndarray, wanted: float) -> bool:
    return within(found.mean(), wanted, np.sqrt(wanted * (1 - wanted) / len(found)))


def gap(values: np.ndarray, group: np.ndarray) -> float:
    return float((values[group].mean() - values[~group].mean()) / values.std())


def test_latents_have_the_correlations_of_the_world(crowd):
    latents = [crowd.before[name] for name in (CONFIDENCE, READINESS, INTENTION)] + [crowd.engagement]
    wanted = np.array(World().correlations)
    assert np.abs(np.corrcoef(latents) - wanted).max() < 4 / np.sqrt(N)
    for values in [*latents, crowd.performance, crowd.before["facilities"]]:
        assert within(values.mean(), 0, 1 / np.sqrt(N))
        assert within(values.std(), 1, 1 / np.sqrt(2 * N))


def test_people_are_spread_as_the_world_says(crowd):
    world = World()
    for grade, share in enumerate(world.grades, start=1):
        assert share_is(crowd.grade == grade, share)
    for department in range(len(world.departments)):
        assert share_is(crowd.department == department, 1 / len(world.departments))
    assert share_is(crowd.tenure <= world.tenure_median, 0.5 + 0.4 / world.tenure_median / 0.9 / 2)
    assert crowd.tenure.min() == world.tenure_least
    led = np.unique(crowd.manager, return_counts=True)[1]
    assert led.mean() == pytest.approx(world.span, abs=0.1)


def test_match_mentoring_and_mentors(crowd):
    world = World()
    assert crowd.matched.mean() == pytest.approx(world.share, abs=1 / N)
    assert share_is(crowd.mentored[crowd.matched], world.uptake)
    assert share_is(crowd.mentored[~crowd.matched], world.informal)
    assert np.array_equal(crowd.mentor >= 0, crowd.mentored)
    loads = np.unique(crowd.mentor[crowd.mentored], return_counts=True)[1]
    for load, share in enumerate(world.loads, start=1):
        assert share_is(loads == load, share)
    assert not crowd.meetings[~crowd.mentored].any()
    months = np.arange(1, YEAR + 1)
    assert not crowd.meetings[months >= crowd.exit_month[:, None]].any()
    held = crowd.meetings[crowd.mentored & (crowd.exit_month > YEAR)]
    # The mean of a lognormal rate: half the variance of its logarithm comes on top.
    rate = world.meetings * np.exp(world.meetings_on_practice**2 / 2)
    assert within(held.mean(), rate, held.mean(axis=1).std() / np.sqrt(len(held)))


def test_leaving_follows_the_monthly_hazards():
    world = World(
        departments=(0.0,),
        manager_spread=0.0,
        voluntary_on_intention=0,
        voluntary_on_confidence=0,
        voluntary_on_performance=0,
        voluntary_on_engagement=0,
        voluntary_on_tenure=0,
        involuntary_on_performance=0,
        administrative=0.002,
    )
    people = draw(world, {}, N, np.random.default_rng(6), arm=0)
    hazards = np.array([expit(world.voluntary), expit(world.involuntary), world.administrative])
    unmentored = ~people.mentored
    for month in (1, 6, 12, 24):
        stayed = (1 - hazards.sum()) ** month
        assert share_is((people.exit_month > month)[unmentored], stayed)
    for reason in (1, 2, 3):
        assert share_is((people.exit_reason == reason)[unmentored], hazards[reason - 1] / hazards.sum())
    odds = expit(world.voluntary + world.voluntary_on_mentor) + hazards[1:].sum()
    assert share_is((people.exit_month > YEAR)[people.mentored], (1 - odds) ** YEAR)
    assert REASONS[1:] == ("voluntary", "involuntary", "administrative")


def test_scores_keep_their_stability_and_grow_by_the_effect():
    for arm, world in ((0, World(informal=0.0)), (1, World(uptake=1.0))):
        people = draw(world, {}, N, np.random.default_rng(7), arm=arm)
        for name, trait in TRAITS.items():
            after, before = people.after[name], people.before[name]
            wanted = trait.growth + arm * trait.effect
            assert within(after.mean(), wanted, 1.5 / np.sqrt(N)), name
            # Engagement and performance add to the slope what they share with the score before.
            slope = np.cov(after, before)[0, 1] / before.var()
            shared = {CONFIDENCE: 0.030, READINESS: 0.025, INTENTION: 0.045}.get(name, 0.0)
            assert within(slope, trait.stability + shared, 1.1 / np.sqrt(N)), name


def test_answers_turn_round_where_the_wording_does(crowd):
    for name, scale in SCALES.items():
        codes = crowd.answers["T0"][name]
        assert codes.dtype == np.int8
        assert set(np.unique(codes)) == {1, 2, 3, 4, 5}
        for place, item in enumerate(scale.items):
            rho = np.corrcoef(codes[:, place], crowd.before[name])[0, 1]
            assert (rho < -0.4) if item.reverse else (rho > 0.4), item.name
        assert np.corrcoef(scored(codes, scale), crowd.before[name])[0, 1] > 0.75


def test_who_answers(crowd):
    assert share_is(crowd.answered["T0"], float(expit(World().answers_before)))
    assert not crowd.answered["T12"][crowd.exit_month <= YEAR].any()
    stays = crowd.exit_month > YEAR
    assert gap(crowd.answered["T12"][stays].astype(float), crowd.matched[stays]) > 0.05


def test_the_same_seed_draws_the_same_people():
    first, second, other = (draw(World(), SCALES, 300, np.random.default_rng(seed)) for seed in (8, 8, 9))
    for name in ("tenure", "matched", "exit_month", "mentor", "meetings"):
        assert np.array_equal(getattr(first, name), getattr(second, name)), name
    assert np.array_equal(first.answers["T12"][CONFIDENCE], second.answers["T12"][CONFIDENCE])
    assert not np.array_equal(first.tenure, other.tenure)


def test_forcing_the_arm_changes_nothing_before_it():
    matched, unmatched = (draw(World(), SCALES, 500, np.random.default_rng(10), arm=arm) for arm in (1, 0))
    assert matched.matched.all()
    assert not unmatched.matched.any()
    assert np.array_equal(matched.before[CONFIDENCE], unmatched.before[CONFIDENCE])
    assert np.array_equal(matched.answers["T0"][CONFIDENCE], unmatched.answers["T0"][CONFIDENCE])
    assert (matched.exit_month >= unmatched.exit_month)[matched.mentored & ~unmatched.mentored].all()


@pytest.mark.parametrize("randomised", [True, False])
def test_selection_unsettles_the_start_and_lots_do_not(randomised):
    people = draw(World(randomised=randomised), {}, N, np.random.default_rng(11))
    gaps = {name: gap(values, people.matched) for name, values in people.before.items()}
    gaps |= {"performance": gap(people.performance, people.matched), "grade": gap(people.grade, people.matched)}
    error = 1 / np.sqrt(N * 0.45 * 0.55)
    if randomised:
        assert all(within(value, 0, error) for value in gaps.values()), gaps
    else:
        assert gaps[CONFIDENCE] > 0.35
        assert gaps[READINESS] > 0.35
        assert gaps["performance"] > 0.15
        assert gaps[INTENTION] < -0.1
        assert within(gaps["facilities"], 0, error)
        assert within(gaps["grade"], 0, error)


def test_selection_of_nothing_is_chance():
    people = draw(World(selection=0.0), {}, N, np.random.default_rng(12))
    error = 1 / np.sqrt(N * 0.45 * 0.55)
    assert all(within(gap(values, people.matched), 0, error) for values in people.before.values())


def test_lots_are_drawn_within_department_and_grade():
    people = draw(World(randomised=True), {}, 480, np.random.default_rng(13))
    for department in range(8):
        for senior in (True, False):
            block = (people.department == department) & ((people.grade >= 3) == senior)
            assert abs(people.matched[block].sum() - 0.45 * block.sum()) < 1


def test_truth_without_an_effect_is_nothing():
    still = {name: replace(trait, effect=0.0) for name, trait in TRAITS.items()}
    world = World(voluntary_on_mentor=0.0, traits=still, practice=0.0, mentor_icc=0.0)
    truth = true_effects(world, SCALES, 2_000, np.random.default_rng(14))
    assert truth.difference == truth.months == 0
    assert truth.ratio == 1
    assert set(truth.points.values()) == {0.0}
