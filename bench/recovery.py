"""Does the kit find what is there? Cohorts of known truth: coverage and bias, within a minute or so.

2,000 cohorts of 480 people drawn by lot. Retention at 12 months by Kaplan-Meier, the scales adjusted for their
scores before. Exits with 1 if an interval of 95 % holds the truth in fewer than 93 or more than 97 of 100 cohorts.

The truth of a scale is that of the scores as observed, everybody staying and answering. Cohorts lose people who leave
or do not answer, the unconfident more than others, so a small bias of the scales is real and no fault of the kit;
the table shows it with its Monte Carlo error.

Then 300 cohorts of volunteers for each strength of selection in the example: retention as it stands, and weighted by
what the example adjusts for. Volunteers are drawn by true scores and weighed by measured ones, so a bias of the
weighted figure remains; it is shown and decides nothing here.
"""

import sys
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.scale import find_scale
from mentorstudy.numerics.intervals import wald
from mentorstudy.numerics.logistic import fit_logistic
from mentorstudy.numerics.standardise import standardised_difference
from mentorstudy.numerics.survival import RetentionContrast, weighted_retention
from mentorstudy.numerics.weighting import stabilised_weights
from mentorstudy.planning.people import REASONS, YEAR, Drawn, draw, scored
from mentorstudy.planning.truth import true_effects
from mentorstudy.planning.world import CONFIDENCE, INTENTION, READINESS, World

RUNS, VOLUNTARY_RUNS, SIZE, SEED, TRUTH_SEED = 2_000, 300, 480, 1, 7
MANY = 1_000_000
LEAST, MOST = 0.93, 0.97
WORLD = World(randomised=True)
SELECTIONS = (0.375, 1.0)
ASKED = (CONFIDENCE, READINESS)
SCALES = {name: find_scale(name, Path()) for name in WORLD.traits}

Found = Iterator[tuple[float, float, float]]


def retention(people: Drawn, *, weighed: bool = False) -> RetentionContrast:
    """Kaplan-Meier at 12 months, as it stands or weighed by all that the example adjusts for."""
    left = people.exit_reason != REASONS.index("administrative")
    # Followed for 13 months, as in the example: whoever leaves later is still employed.
    followed = np.minimum(people.exit_month, YEAR + 1)
    asked = partial(
        weighted_retention,
        time=followed,
        event=left & (people.exit_month <= followed),
        treated=people.matched,
        horizon=YEAR,
    )
    if not weighed:
        return asked()
    departments = people.department[:, None] == np.arange(1, len(WORLD.departments))
    design = np.column_stack(
        [
            np.ones(len(people.matched)),
            before(people, (*ASKED, INTENTION)),
            people.performance,
            people.grade,
            people.tenure,
            departments,
        ]
    )
    fit = fit_logistic(y=people.matched.astype(float), design=design)
    weights = stabilised_weights(fit.probabilities, people.matched)
    return asked(weights=weights, fit=fit, design=design)


def before(people: Drawn, names: tuple[str, ...]) -> NDArray[np.float64]:
    """Observed scores before (n, names), means where nobody answered, and a flag of who did not."""
    seen = people.answered["T0"]
    scores = np.column_stack([scored(people.answers["T0"][name], SCALES[name]) for name in names])
    return np.column_stack([np.where(seen[:, None], scores, scores[seen].mean(axis=0)), ~seen])


def by_lot(people: Drawn) -> Found:
    """Value, standard error and degrees of freedom of retention, then of each scale asked."""
    kept = retention(people)
    yield kept.difference, kept.difference_error, kept.df
    covariates = np.column_stack([before(people, ASKED), people.performance])
    seen = people.answered["T12"]
    for name in ASKED:
        fit = standardised_difference(
            y=scored(people.answers["T12"][name], SCALES[name])[seen],
            treated=people.matched[seen],
            covariates=covariates[seen],
            everybody=covariates,
        )
        yield fit.value, fit.std_error, fit.df


def by_choice(people: Drawn) -> Found:
    """The same of retention as it stands, and weighted."""
    for weighed in (False, True):
        kept = retention(people, weighed=weighed)
        yield kept.difference, kept.difference_error, kept.df


def one_run(run: int, *, selection: float | None) -> NDArray[np.float64]:
    """Value, standard error, low and high (figures, 4) of one cohort; without a selection drawn by lot."""
    world = WORLD if selection is None else World(selection=selection)
    people = draw(world, SCALES, SIZE, np.random.default_rng((SEED, run)))
    figures = []
    for value, error, df in by_lot(people) if selection is None else by_choice(people):
        low, high, _ = wald(value=value, std_error=error, df=df, level=0.95)
        figures.append((value, error, low, high))
    return np.array(figures)


def told(
    runs: NDArray[np.float64], truths: NDArray[np.float64], names: tuple[str, ...], title: str
) -> NDArray[np.float64]:
    """Prints bias, spread and coverage of (runs, figures, 4); the coverage of each figure."""
    values, errors, lows, highs = np.moveaxis(runs, 2, 0)
    coverage: NDArray[np.float64] = ((lows <= truths) & (truths <= highs)).mean(axis=0)
    spread = values.std(axis=0, ddof=1)
    print(f"{len(runs):,} cohorts of {SIZE}, {title}; 95 % intervals")
    print(
        f"{'outcome':<22}{'truth':>8}{'mean':>8}{'bias':>9}{'(MC error)':>12}"
        f"{'spread':>8}{'mean SE':>9}{'coverage':>10}{'(MC error)':>12}"
    )
    for place, name in enumerate(names):
        mean, share = values[:, place].mean(), coverage[place]
        print(
            f"{name:<22}{truths[place]:8.4f}{mean:8.4f}{mean - truths[place]:+9.4f}"
            f"{f'({spread[place] / np.sqrt(len(runs)):.4f})':>12}{spread[place]:8.4f}{errors[:, place].mean():9.4f}"
            f"{share:10.3f}{f'({np.sqrt(share * (1 - share) / len(runs)):.3f})':>12}"
        )
    print()
    return coverage


def main() -> int:
    began = time.perf_counter()
    found = true_effects(WORLD, SCALES, MANY, np.random.default_rng(TRUTH_SEED))
    truths = np.array([found.difference, *(found.points[name] for name in ASKED)])
    with ProcessPoolExecutor() as workers:
        runs = np.array(list(workers.map(partial(one_run, selection=None), range(RUNS), chunksize=50)))
        coverage = told(runs, truths, ("retention", *ASKED), "drawn by lot")
        for selection in SELECTIONS:
            chosen = workers.map(partial(one_run, selection=selection), range(VOLUNTARY_RUNS), chunksize=25)
            told(
                np.array(list(chosen)),
                np.full(2, found.difference),
                ("retention, as it is", "retention, weighted"),
                f"volunteers, selection {selection:g}",
            )
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)
    return 0 if ((coverage >= LEAST) & (coverage <= MOST)).all() else 1


if __name__ == "__main__":
    sys.exit(main())
