"""The example that ships: three cohorts of one programme, made by one seed."""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np

from mentorstudy.nouns.scale import find_scale
from mentorstudy.planning.simulate import simulate
from mentorstudy.planning.truth import Truth, true_effects
from mentorstudy.planning.world import World

SEED = 26  # picked by bench/pick_seed.py; data/example/README.md says why
SIZE = 480  # eligible people a cohort
MANY = 400_000  # people the truth is computed on
IDS_A_COHORT = 3000
ALL_OR_NONE = World(uptake=1.0, informal=0.0)  # a match is a mentor, and no match none
# Who volunteers: twice a mild selection that adjusting can mend, then a strong one.
COHORTS = {
    "2024-autumn": (date(2024, 9, 2), World(selection=0.375)),
    "2025-spring": (date(2025, 3, 3), World(selection=0.375)),
    "2025-autumn": (date(2025, 9, 1), World(selection=1.0)),
}


def write_example(folder: Path, *, seed: int = SEED) -> None:
    """The three cohorts' files, each cohort from its own stream of `seed`; plan and README are written by hand."""
    scales = {name: find_scale(name, folder) for name in World().traits}
    for place, (label, (start, world)) in enumerate(COHORTS.items()):
        simulate(
            folder / label,
            world=world,
            scales=scales,
            n=SIZE,
            start=start,
            seed=(seed, place),
            first_id=1 + place * IDS_A_COHORT,
        )


def example_truth(folder: Path, *, n: int = MANY, seed: int = SEED, world: World | None = None) -> Truth:
    """What a match does in the example's world, the same in all cohorts: selection moves nobody's effect."""
    scales = {name: find_scale(name, folder) for name in World().traits}
    return true_effects(world or World(), scales, n, np.random.default_rng(seed))


def write_truth(folder: Path) -> None:
    """truth.json, rounded to what its size can tell: of a match, and under `mentoring` of having a mentor at all."""
    told = {"people": MANY, "seed": SEED, **_rounded(example_truth(folder))}
    told["mentoring"] = _rounded(example_truth(folder, world=ALL_OR_NONE))
    text = json.dumps(told, indent=2)
    (folder / "truth.json").write_text(text + "\n", encoding="utf-8", newline="\n")


def _rounded(truth: Truth) -> dict[str, Any]:
    return {
        name: round(value, 4) if isinstance(value, float) else {key: round(each, 4) for key, each in value.items()}
        for name, value in asdict(truth).items()
    }
