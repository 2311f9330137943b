"""Growth: what else a change within one group may be, where there is nobody to set beside it."""

import numpy as np

from mentorstudy.checking.case import Case
from mentorstudy.estimating.rows import panel_of
from mentorstudy.nouns.estimate import Check

# The lower half of a normal distribution: how far its mean lies from the whole's, in its own standard deviations; and
# its variance as a share of the whole's.
LOWER_HALF = float(np.sqrt(2 / np.pi) / np.sqrt(1 - 2 / np.pi))
NARROWED = 1 - 2 / np.pi


def check_growth(case: Case) -> tuple[Check, ...]:
    """The growth that would be all of a change, and how far people chosen for low first scores come back unaided.

    Chosen from the lower half, a group stands 1.32 of its own standard deviations under the whole; of that it comes
    back by the part of the whole's scores that is error: one less their reliability. Alpha within such a group is
    lower, as its scores vary less and their error does not, and is corrected for it; where there is none, the slope of
    the later answers on the first is taken, which choosing by the first leaves as it is. Neither can be told from the
    change by the data, so neither is passed or failed.
    """
    found, outcome = case.estimated.primary, case.settings.outcome
    if found is None or found.contrast != "change":
        return ()
    before = panel_of(case.sample, outcome, (outcome.before,))[:, 0]
    after = panel_of(case.sample, outcome, (found.at,))[:, 0]
    both = ~np.isnan(before) & ~np.isnan(after)
    before, after = before[both], after[both]
    spread = float(before.std(ddof=1))
    size, unit = abs(found.value), "in 100 people" if found.unit == "share" else found.unit
    scale = 100 if found.unit == "share" else 1
    in_spread = f", {size / spread:.2f} standard deviations of the first answers," if spread > 0 else ""
    grown = (
        f"People may go through a change of {scale * size:.2f} {unit}{in_spread} over such a time anyway; then it "
        "would be all of this one."
    )
    checks = [
        case.verdict("growth that would be all of it", value=size, threshold=None, passed=None, in_words=grown)
    ]
    reliability = _reliability(case, before, after)
    if reliability is not None and spread > 0:
        back = LOWER_HALF * spread * (1 - reliability)
        words = (
            "Had people been chosen out of the half whose first answers were lowest, they would come back by "
            f"about {scale * back:.2f} {unit} by themselves (regression to the mean, reliability {reliability:.2f})."
        )
        checks.append(
            case.verdict("regression to the mean", value=back, threshold=None, passed=None, in_words=words)
        )
    return tuple(checks)


def _reliability(case: Case, before: np.ndarray, after: np.ndarray) -> float | None:
    """The whole's reliability, by alpha within the group; where there is none, by how the first answers foretell."""
    outcome = case.settings.outcome
    found = [m.alpha for m in case.measures if (m.scale, m.wave) == (outcome.scale, outcome.before)]
    if found and found[0] is not None:
        return float(1 - NARROWED * (1 - min(max(found[0], 0.0), 1.0)))
    if before.std() == 0:
        return None
    return float(np.clip(np.cov(before, after)[0, 1] / before.var(ddof=1), 0.0, 1.0))
