"""People: a cohort drawn from a world, as arrays."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit

from mentorstudy.nouns.scale import Scale
from mentorstudy.planning.world import CONFIDENCE, INTENTION, READINESS, World

YEAR = 12  # months from the start to the second survey

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
Truths = NDArray[np.bool_]
Codes = NDArray[np.int8]

REASONS = ("", "voluntary", "involuntary", "administrative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One cohort: arrays of n people, in the same order.

    `before` and `after` are latents by scale (SD units), `answers` the codes (n, items) by wave and scale as a
    form records them: reverse-worded items not turned round, everybody answering. Who did answer is `answered`.
    `exit_month` counts from 1 and may lie years ahead; `exit_reason` indexes REASONS.
    """

    tenure: Whole  # months
    grade: Whole  # 1 to 5
    department: Whole  # 0 to 7
    manager: Whole
    performance: Floats  # SD units
    engagement: Floats  # SD units; no file holds it
    before: Mapping[str, Floats]
    after: Mapping[str, Floats]
    matched: Truths  # the arm
    mentored: Truths  # in fact
    mentor: Whole  # -1 for nobody
    exit_month: Whole
    exit_reason: Whole
    answered: Mapping[str, Truths]
    answers: Mapping[str, Mapping[str, Codes]]
    meetings: Whole  # (n, 12), by month


def draw(
    world: World, scales: Mapping[str, Scale], n: int, rng: np.random.Generator, *, arm: int | None = None
) -> Drawn:
    """`n` eligible people, followed from the start; `arm` 1 or 0 matches everybody or nobody.

    Whoever is matched has a mentor with the world's uptake, whoever is not with its informal share, so forcing
    the arm forces the match and not the mentoring. The same `rng` gives the same people in either arm.
    """
    department = rng.integers(0, len(world.departments), n)
    teams = max(1, n // (len(world.departments) * world.span))
    manager = department * teams + rng.integers(0, teams, n)
    of_manager = rng.normal(0, world.manager_spread, len(world.departments) * teams)[manager]
    log_tenure = rng.standard_normal(n)
    tenure = np.round(world.tenure_median * np.exp(world.tenure_spread * log_tenure))
    tenure = np.clip(tenure, world.tenure_least, 360)
    log_tenure = np.log(tenure / world.tenure_median) / world.tenure_spread
    grade = 1 + rng.choice(len(world.grades), n, p=world.grades)
    performance = rng.standard_normal(n)
    latents = rng.standard_normal((n, 4)) @ np.linalg.cholesky(np.array(world.correlations)).T
    before = dict(zip((CONFIDENCE, READINESS, INTENTION), latents.T, strict=False))
    before |= {name: rng.standard_normal(n) for name in world.traits if name not in before}
    engagement = latents[:, 3]

    pull = (
        world.pull_confidence * before[CONFIDENCE]
        + world.pull_readiness * before[READINESS]
        + world.pull_performance * performance
        + world.pull_engagement * engagement
    )
    matched = _matched(world, world.selection * pull, department * 2 + (grade >= 3), rng)
    if arm is not None:
        matched = np.full(n, bool(arm))
    mentored = rng.random(n) < np.where(matched, world.uptake, world.informal)
    mentor, of_mentor, practice = _mentors(world, mentored, rng)

    after = {}
    for name, trait in world.traits.items():
        residual = np.sqrt(1 - trait.stability**2 - world.other_variance) * rng.standard_normal(n)
        gained = trait.effect + trait.good * (world.practice * practice + of_mentor)
        person = world.score_on_person * (performance + trait.good * engagement)
        after[name] = (
            trait.stability * before[name]
            + trait.growth
            + (person + world.score_on_manager * of_manager if trait.good else 0.0)
            + np.where(mentored, gained, 0.0)
            + residual
        )

    voluntary = expit(
        world.voluntary
        + world.voluntary_on_intention * before[INTENTION]
        + world.voluntary_on_confidence * before[CONFIDENCE]
        + world.voluntary_on_performance * performance
        + world.voluntary_on_engagement * engagement
        + world.voluntary_on_tenure * log_tenure
        + np.array(world.departments)[department]
        + of_manager
        + world.voluntary_on_mentor * mentored
    )
    involuntary = expit(world.involuntary + world.involuntary_on_performance * performance)
    hazards = np.column_stack([voluntary, involuntary, np.full(n, world.administrative)])
    exit_month, exit_reason = _exits(hazards, rng)

    stays = exit_month > YEAR
    inclined = (
        world.answers_after
        + world.answers_after_on_confidence * after[CONFIDENCE]
        + world.answers_after_on_match * matched
    )
    answered = {
        "T0": rng.random(n) < expit(world.answers_before),
        "T12": stays & (rng.random(n) < expit(inclined)),
    }
    leaning = rng.normal(0, world.acquiescence, n)
    answers = {
        "T0": _answers(world, scales, before, leaning, rng),
        "T12": _answers(world, scales, after, leaning, rng),
    }
    rate = world.meetings * np.exp(world.meetings_on_practice * practice)
    size = world.meetings_size
    met = rng.negative_binomial(size, size / (size + rate), (YEAR, n)).T
    # None in the month of leaving: no meeting can then fall after it.
    meets = mentored[:, None] & (np.arange(1, YEAR + 1) < exit_month[:, None])
    return Drawn(
        tenure=tenure.astype(np.int64),
        grade=grade,
        department=department,
        manager=manager,
        performance=performance,
        engagement=engagement,
        before=before,
        after=after,
        matched=matched,
        mentored=mentored,
        mentor=mentor,
        exit_month=exit_month,
        exit_reason=exit_reason,
        answered=answered,
        answers=answers,
        meetings=np.where(meets, met, 0),
    )


def scored(codes: NDArray[Any], scale: Scale) -> Floats:
    """The mean of the items (n, k), reverse-worded ones turned round; every item answered."""
    reverse = np.array([item.reverse for item in scale.items])
    return np.where(reverse, scale.highest + 1 - codes, codes).mean(axis=1)


def _matched(world: World, pull: Floats, blocks: Whole, rng: np.random.Generator) -> Truths:
    """The arm: by lot within blocks, or those whom pull and whim together put first."""
    n = len(pull)
    whim, rounding = rng.logistic(size=n), rng.random(int(blocks.max()) + 1)
    if not world.randomised:
        keen = pull + whim
        return np.asarray(keen > np.quantile(keen, 1 - world.share))
    order = np.lexsort((whim, blocks))
    sizes = np.bincount(blocks)
    place = np.empty(n, dtype=np.int64)
    place[order] = np.arange(n) - np.repeat(np.cumsum(sizes) - sizes, sizes)
    # Rounded up or down by chance, so that every block's expected share is the same.
    return np.asarray(place < np.floor(world.share * sizes + rounding[: len(sizes)])[blocks])


def _mentors(world: World, mentored: Truths, rng: np.random.Generator) -> tuple[Whole, Floats, Floats]:
    """Each person's mentor, what that mentor adds to a score (SD), and the pair's practice (SD units)."""
    n = len(mentored)
    spread = np.sqrt(world.mentor_icc / (1 - world.mentor_icc) * world.within_mentors)
    loads = 1 + rng.choice(len(world.loads), n, p=world.loads)
    quality, noise = rng.standard_normal(n), rng.standard_normal(n)
    people = rng.permutation(n)
    people = people[mentored[people]]
    mentor = np.full(n, -1)
    mentor[people] = np.repeat(np.arange(n), loads)[: len(people)]
    of_mentor = np.where(mentored, quality[mentor], 0.0)
    own = np.sqrt(1 - world.quality_in_practice**2)
    return mentor, spread * of_mentor, world.quality_in_practice * of_mentor + own * noise


def _exits(hazards: Floats, rng: np.random.Generator) -> tuple[Whole, Whole]:
    """Month and reason of leaving, from monthly hazards (n, reasons) that stay the same.

    Constant hazards make the month geometric, and the reason independent of it: no month need be walked through.
    """
    total = hazards.sum(axis=1)
    month = np.ceil(np.log1p(-rng.random(len(total))) / np.log1p(-total)).clip(1)
    shares = np.cumsum(hazards, axis=1) / total[:, None]
    reason = 1 + (rng.random(len(total))[:, None] > shares[:, :-1]).sum(axis=1)
    return month.astype(np.int64), reason


def _answers(
    world: World,
    scales: Mapping[str, Scale],
    latents: Mapping[str, Floats],
    leaning: Floats,
    rng: np.random.Generator,
) -> dict[str, Codes]:
    """The codes of one wave, scale by scale; the careless answer all scales in the same way."""
    n = len(leaning)
    careless = rng.random(n) < world.careless
    at_random, same = rng.random(n) < world.careless_at_random, rng.integers(2, 5, n)
    answers = {}
    for name, scale in scales.items():
        k = len(scale.items)
        reverse = np.array([item.reverse for item in scale.items])
        loadings = np.linspace(*world.traits[name].loadings, k)
        signal = np.where(reverse, -loadings, loadings) * latents[name][:, None]
        value = signal + leaning[:, None] + np.sqrt(1 - loadings**2) * rng.standard_normal((n, k))
        cuts = np.where(reverse[:, None], -np.array(world.cuts)[::-1], np.array(world.cuts))
        codes = 1 + (value[:, :, None] > cuts).sum(axis=2)
        unread = np.where(at_random[:, None], rng.integers(1, 6, (n, k)), same[:, None])
        answers[name] = np.where(careless[:, None], unread, codes).astype(np.int8)
    return answers
