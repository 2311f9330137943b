"""Looks for a seed with which the example shows both tiers: prints what each seed gives, and the first that fits.

The first two cohorts are to be alike before on everything measured (every difference within .25, every outcome rated
Moderate), the third is to differ in confidence (Limited). An example that missed the truth by bad luck would teach the
wrong lesson, so the primary estimates are to lie within two standard errors of it and the negative control's
interval is to hold zero. That makes the example a picked one; data/example/README.md says so.
"""

import shutil
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from mentorstudy import assemble, check, estimate, read_cohort, read_study, score, weigh
from mentorstudy.nouns.evidence import Evidence
from mentorstudy.nouns.results import Checks
from mentorstudy.nouns.study import Study
from mentorstudy.planning.example import COHORTS, example_truth, write_example

EXAMPLE = Path(__file__).parents[1] / "data" / "example"
ADJUSTABLE = 0.25
STRONG = list(COHORTS)[-1]


def looked_at(study: Study, label: str) -> tuple[Checks, Evidence]:
    exports = read_cohort(study, label)
    people = assemble(study, exports, score(study, exports))
    estimates = estimate(study, people)
    checks = check(study, people, estimates)
    return checks, weigh(study, people, estimates, checks)


def faults(study: Study, label: str, truth: dict[str, float]) -> Iterator[str]:
    """What keeps this cohort from being the one wanted."""
    checks, evidence = looked_at(study, label)
    differences = {(row.outcome, row.covariate): abs(row.difference or 0.0) for row in checks.baseline}
    tiers = {finding.outcome: finding.tier for finding in evidence.findings}
    if label == STRONG:
        if differences["confidence", "confidence@T0"] <= ADJUSTABLE or tiers["confidence"] != "Limited":
            yield "confidence alike"
    else:
        if max(differences.values()) > ADJUSTABLE:
            yield f"difference of {max(differences.values()):.2f}"
        yield from (f"{name} {tier}" for name, tier in tiers.items() if tier != "Moderate")
    for finding in evidence.findings:
        found = finding.primary
        if found is None:
            yield f"{finding.outcome} without a number"
        elif finding.role == "primary" and abs(found.value - truth[finding.outcome]) > 2 * found.std_error:
            yield f"{finding.outcome} far from the truth"
        elif finding.role == "negative control" and not found.low <= 0 <= found.high:
            yield "negative control"


def fits(seed: int, truth: dict[str, float]) -> bool:
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / EXAMPLE.name  # a study is called as its folder
        folder.mkdir()
        write_example(folder, seed=seed)
        shutil.copy(EXAMPLE / "plan.toml", folder)
        study = read_study(folder)
        for label in COHORTS:
            if found := list(faults(study, label, truth)):
                print(f"seed {seed}: {label}: {', '.join(found)}")
                return False
    print(f"seed {seed} fits")
    return True


def main() -> int:
    found = example_truth(EXAMPLE)
    truth = {"retention": found.difference, **found.points}
    return 0 if any(fits(seed, truth) for seed in range(1, 501)) else 1


if __name__ == "__main__":
    sys.exit(main())
