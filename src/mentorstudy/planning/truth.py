"""Truth: what a match does in a world, by simulating everybody both ways."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from mentorstudy.nouns.scale import Scale
from mentorstudy.planning.people import YEAR, Drawn, draw, scored
from mentorstudy.planning.world import World


@dataclass(frozen=True, slots=True, kw_only=True)
class Truth:
    """Everybody matched against nobody matched: shares kept at 12 months, months retained, points of each scale.

    Points are differences of observed scores where everybody stays and answers, `standardised` the same in standard
    deviations of the unmatched's scores at 12 months; positive is better, also where a lower score is.
    """

    kept_matched: float
    kept_unmatched: float
    difference: float
    ratio: float
    months: float
    points: Mapping[str, float]
    standardised: Mapping[str, float]


def true_effects(world: World, scales: Mapping[str, Scale], n: int, rng: np.random.Generator) -> Truth:
    """The effects of a match on `n` people, with the world's uptake and informal mentors in the two arms.

    In a world of uptake 1 and without informal mentors these are the effects of being mentored. The same people
    are drawn twice, once in each arm. Nobody leaves for administrative reasons: what a study has to see through is
    not part of the truth.
    """
    seen = replace(world, administrative=0.0)
    seed = int(rng.integers(2**63))
    matched, unmatched = (draw(seen, scales, n, np.random.default_rng(seed), arm=arm) for arm in (1, 0))
    kept = [float((people.exit_month > YEAR).mean()) for people in (matched, unmatched)]
    later = {
        name: [scale.good * scored(people.answers["T12"][name], scale) for people in (matched, unmatched)]
        for name, scale in scales.items()
    }
    points = {name: float(with_match.mean() - without.mean()) for name, (with_match, without) in later.items()}
    return Truth(
        kept_matched=kept[0],
        kept_unmatched=kept[1],
        difference=kept[0] - kept[1],
        ratio=kept[0] / kept[1],
        months=_months(matched) - _months(unmatched),
        points=points,
        standardised={name: points[name] / float(without.std()) for name, (_, without) in later.items()},
    )


def _months(people: Drawn) -> float:
    # Who leaves in a month leaves on any of its days, so half of it is worked on average.
    return float(np.minimum(people.exit_month - 0.5, YEAR).mean())
