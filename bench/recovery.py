"""Does the kit find what is there? Randomised cohorts of known truth: coverage and bias, within a minute or so.

2,000 cohorts of 480 people drawn by lot. Retention at 12 months by Kaplan-Meier, the scales adjusted for their
scores before. Exits with 1 if an interval of 95 % holds the truth in fewer than 93 or more than 97 of 100 cohorts.

The truth of a scale is that of the scores as observed, everybody staying and answering. Cohorts lose people who leave
or do not answer, the unconfident more than others, so a small bias of the scales is real and no fault of the kit;
the table shows it with its Monte Carlo error.
"""

import sys
import time
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.scale import Scale, find_scale
from mentorstudy.numerics.intervals import wald
from mentorstudy.numerics.standardise import standardised_difference
from mentorstudy.numerics.survival import weighted_retention
from mentorstudy.planning.people import REASONS, YEAR, Drawn, draw, scored
from mentorstudy.planning.truth import true_effects
from mentorstudy.planning.world import CONFIDENCE, READINESS, World

RUNS, SIZE, SEED, TRUTH_SEED = 2_000, 480, 1, 7
MANY = 1_000_000
LEAST, MOST = 0.93, 0.97
WORLD = World(randomised=True)
ASKED = (CONFIDENCE, READINESS)
SCALES = {name: find_scale(name, Path()) for name in WORLD.traits}


def found_in(people: Drawn, scales: Mapping[str, Scale]) -> Iterator[tuple[float, float, float]]:
    """Value, standard error and degrees of freedom of retention, then of each scale asked."""
    left = people.exit_reason != REASONS.index("administrative")
    # Followed for 13 months, as in the example: whoever leaves later is still employed.
    followed = np.minimum(people.exit_month, YEAR + 1)
    kept = weighted_retention(
        time=followed, event=left & (people.exit_month <= followed), treated=people.matched, horizon=YEAR
    )
    yield kept.difference, kept.difference_error, np.inf
    before = np.column_stack(
        [
            np.where(people.answered["T0"], scored(people.answers["T0"][name], scales[name]), np.nan)
            for name in ASKED
        ]
    )
    known = np.where(np.isnan(before), np.nanmean(before, axis=0), before)
    covariates = np.column_stack([known, ~people.answered["T0"], people.performance])
    seen = people.answered["T12"]
    for name in ASKED:
        fit = standardised_difference(
            y=scored(people.answers["T12"][name], scales[name])[seen],
            treated=people.matched[seen],
            covariates=covariates[seen],
            everybody=covariates,
        )
        yield fit.value, fit.std_error, fit.df


def one_run(run: int) -> NDArray[np.float64]:
    """Value, low and high (outcomes, 3) of one cohort."""
    people = draw(WORLD, SCALES, SIZE, np.random.default_rng((SEED, run)))
    intervals = []
    for value, error, df in found_in(people, SCALES):
        low, high, _ = wald(value=value, std_error=error, df=df, level=0.95)
        intervals.append((value, low, high))
    return np.array(intervals)


def main() -> int:
    began = time.perf_counter()
    found = true_effects(WORLD, SCALES, MANY, np.random.default_rng(TRUTH_SEED))
    truths = np.array([found.difference, *(found.points[name] for name in ASKED)])
    with ProcessPoolExecutor() as workers:
        runs = np.array(list(workers.map(one_run, range(RUNS), chunksize=50)))
    values, lows, highs = np.moveaxis(runs, 2, 0)
    coverage = ((lows <= truths) & (truths <= highs)).mean(axis=0)
    bias, error = values.mean(axis=0) - truths, values.std(axis=0, ddof=1) / np.sqrt(RUNS)
    print(f"{RUNS:,} randomised cohorts of {SIZE}; 95 % intervals")
    print(f"{'outcome':<22}{'truth':>8}{'mean':>8}{'bias':>9}{'(MC error)':>12}{'coverage':>10}")
    for place, name in enumerate(("retention", *ASKED)):
        print(
            f"{name:<22}{truths[place]:8.4f}{values[:, place].mean():8.4f}{bias[place]:+9.4f}"
            f"{f'({error[place]:.4f})':>12}{coverage[place]:10.3f}"
        )
    print(f"{time.perf_counter() - began:.0f} s", file=sys.stderr)
    return 0 if ((coverage >= LEAST) & (coverage <= MOST)).all() else 1


if __name__ == "__main__":
    sys.exit(main())
