"""Time to an event that not everybody had yet: curves, months, and what each person adds to them."""

from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy.special import ndtri

from mentorstudy.numerics.linear import grown_by_clusters
from mentorstudy.numerics.logistic import LogisticFit
from mentorstudy.numerics.weighting import allow_for_estimated_weights

Floats = NDArray[Any]  # of floats


@dataclass(frozen=True, slots=True, kw_only=True)
class Curve:
    """Kaplan-Meier at each time of an event (m,): share still without, Greenwood error, at risk, events."""

    times: Floats
    survival: Floats
    std_error: Floats
    at_risk: Floats
    events: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class RestrictedMean:
    """Mean time up to the horizon, its standard error, and each person's influence (n,)."""

    value: float
    std_error: float
    influence: Floats


@dataclass(frozen=True, slots=True, kw_only=True)
class RetentionContrast:
    """Treated against comparison at the horizon; errors of the difference, the log ratio and the months.

    `df` is infinite without clusters.
    """

    kept_treated: float
    kept_comparison: float
    difference: float
    difference_error: float
    log_ratio: float
    log_ratio_error: float
    months: float
    months_error: float
    df: float


def kaplan_meier(
    *, time: ArrayLike, event: ArrayLike, weights: ArrayLike | None = None, entry: ArrayLike | None = None
) -> Curve:
    """The curve of `time` (n,) ended by `event` (n,), else censored; at risk from after `entry` up to `time`.

    Kaplan and Meier (1958, doi:10.1080/01621459.1958.10501452); the error is Greenwood's and takes whole-number
    weights as that many people.
    """
    times, index, w = _prepared(time, event, weights)
    leaves = np.asarray(event, dtype=bool)
    events = np.bincount(index[leaves], weights=w[leaves], minlength=len(times) + 1)[: len(times)]
    at_risk = _reversed_sum(index, w, len(times))
    if entry is not None:
        entry = np.asarray(entry, dtype=float)
        if not (entry < np.asarray(time, dtype=float)).all():
            raise ValueError("entry must come before time")
        # Whoever entered at or after a time was not yet at risk at it.
        late = np.searchsorted(times, entry, side="right") - 1
        at_risk -= _reversed_sum(late, w, len(times))
    hazard = events / at_risk
    survival = np.cumprod(1 - hazard)
    with np.errstate(divide="ignore", invalid="ignore"):
        spread = np.where(at_risk > events, events / (at_risk * (at_risk - events)), 0.0)
    return Curve(
        times=times,
        survival=survival,
        std_error=survival * np.sqrt(np.cumsum(spread)),
        at_risk=at_risk,
        events=events,
    )


def survival_at(curve: Curve, at: float) -> float:
    """The curve's height at a time: 1 before the first event."""
    index = int(np.searchsorted(curve.times, at, side="right"))
    return float(curve.survival[index - 1]) if index else 1.0


def interval(
    curve: Curve, at: float, *, level: float, kind: Literal["plain", "log", "log-log"]
) -> tuple[float, float]:
    """Pointwise interval of the curve's height at a time, made on the scale named and cut at 0 and 1.

    nan where nobody is left and the scale is a logarithm.
    """
    index = int(np.searchsorted(curve.times, at, side="right"))
    if not index:
        return 1.0, 1.0
    s, error = float(curve.survival[index - 1]), float(curve.std_error[index - 1])
    z = float(ndtri(0.5 + level / 2))
    if kind == "plain":
        return max(0.0, s - z * error), min(1.0, s + z * error)
    if s == 0:
        return float("nan"), float("nan")
    if kind == "log":
        return s * float(np.exp(-z * error / s)), min(1.0, s * float(np.exp(z * error / s)))
    reach = z * error / (s * float(np.log(s)))
    low, high = sorted((s ** float(np.exp(reach)), s ** float(np.exp(-reach))))
    return low, high


def survival_influence(*, time: ArrayLike, event: ArrayLike, at: float, weights: ArrayLike | None = None) -> Floats:
    """What each person (n,) adds to the curve's height `at`; unweighted, their squares sum to Greenwood's variance.

    -S(t) times the sum over event times up to t of w (left then - hazard, if at risk) / (at risk (1 - hazard)).
    """
    times, index, w = _prepared(time, event, weights)
    survival, hazard, at_risk = _pieces(times, index, w, event)
    reached = int(np.searchsorted(times, at, side="right"))
    if not reached:
        return np.zeros(len(w))
    with np.errstate(divide="ignore", invalid="ignore"):
        step = np.where(hazard < 1, 1 / (at_risk * (1 - hazard)), 0.0)
    step[reached:] = 0.0
    return -survival[reached - 1] * w * _own_sums(index, np.asarray(event, dtype=bool), step, hazard)


def restricted_mean(
    *, time: ArrayLike, event: ArrayLike, horizon: float, weights: ArrayLike | None = None
) -> RestrictedMean:
    """Mean time without the event, up to `horizon`: the area under the curve.

    Its influence is the area under the influence of the curve (Royston and Parmar 2013,
    doi:10.1186/1471-2288-13-152); unweighted, the error equals survfit's.
    """
    times, index, w = _prepared(time, event, weights)
    survival, hazard, at_risk = _pieces(times, index, w, event)
    inside = times <= horizon
    edges = np.concatenate([[0.0], times[inside], [horizon]])
    heights = np.concatenate([[1.0], survival[inside]])
    areas = np.diff(edges) * heights
    # Leaving at a time lowers the curve by the same factor from there on, so the area still to come counts.
    to_come = np.concatenate([np.cumsum(areas[::-1])[::-1][1:], np.zeros(int((~inside).sum()))])
    with np.errstate(divide="ignore", invalid="ignore"):
        step = np.where(hazard < 1, to_come / (at_risk * (1 - hazard)), 0.0)
    influence = -w * _own_sums(index, np.asarray(event, dtype=bool), step, hazard)
    return RestrictedMean(
        value=float(areas.sum()), std_error=float(np.sqrt(np.sum(influence**2))), influence=influence
    )


def weighted_retention(
    *,
    time: ArrayLike,
    event: ArrayLike,
    treated: ArrayLike,
    horizon: float,
    weights: ArrayLike | None = None,
    fit: LogisticFit | None = None,
    design: ArrayLike | None = None,
    clusters: ArrayLike | None = None,
) -> RetentionContrast:
    """The (weighted) Kaplan-Meier share kept in each group at `horizon`: difference, ratio, months retained.

    Standard errors from each person's influence; with `fit` and `design` of the propensity score they allow for
    the weights having been estimated (Xie and Liu 2005, doi:10.1002/sim.2174). With `clusters` (n,) the influence
    is grown as CR2 grows residuals, every person weighing the same, and summed within each cluster first. Where a
    group has nobody left the logarithm of the ratio and its error are nan.
    """
    time, event = np.asarray(time, dtype=float), np.asarray(event, dtype=bool)
    treated = np.asarray(treated, dtype=bool)
    w = np.ones(len(time)) if weights is None else np.asarray(weights, dtype=float)
    grown, df = (1.0, np.inf) if clusters is None else grown_by_clusters(treated, clusters)
    codes = np.arange(len(time)) if clusters is None else np.unique(np.asarray(clusters), return_inverse=True)[1]
    kept, height, months, length = [], np.zeros(len(time)), [], np.zeros(len(time))
    for group in (treated, ~treated):
        kept.append(survival_at(kaplan_meier(time=time[group], event=event[group], weights=w[group]), horizon))
        height[group] = survival_influence(time=time[group], event=event[group], at=horizon, weights=w[group])
        mean = restricted_mean(time=time[group], event=event[group], horizon=horizon, weights=w[group])
        months.append(mean.value)
        length[group] = mean.influence
    sign = np.where(treated, 1.0, -1.0)

    def error(influence: Floats) -> float:
        if fit is not None and design is not None:
            influence = allow_for_estimated_weights(influence, treated=treated, fit=fit, design=design)
        return float(np.linalg.norm(np.bincount(codes, weights=grown * influence)))

    ratio = kept[0] / kept[1] if min(kept) > 0 else np.nan
    own_share = np.where(treated, *kept) if min(kept) > 0 else np.nan
    return RetentionContrast(
        kept_treated=kept[0],
        kept_comparison=kept[1],
        difference=kept[0] - kept[1],
        difference_error=error(sign * height),
        log_ratio=float(np.log(ratio)),
        log_ratio_error=error(sign * height / own_share),
        months=months[0] - months[1],
        months_error=error(sign * length),
        df=df,
    )


def pseudo_values(*, time: ArrayLike, event: ArrayLike, treated: ArrayLike, at: float) -> Floats:
    """For each person (n,) a stand-in for "still without the event at `at`" that censoring leaves whole.

    The group's share plus the person's influence times the group's size: infinitesimal jackknife
    pseudo-observations (Andersen, Klein and Rosthoj 2003, doi:10.1093/biomet/90.1.15), made within each group.
    Without censoring before `at` they are 1 and 0.
    """
    time, event = np.asarray(time, dtype=float), np.asarray(event, dtype=bool)
    treated = np.asarray(treated, dtype=bool)
    values = np.empty(len(time))
    for group in (treated, ~treated):
        share = survival_at(kaplan_meier(time=time[group], event=event[group]), at)
        influence = survival_influence(time=time[group], event=event[group], at=at)
        values[group] = share + influence * int(group.sum())
    return values


def _prepared(
    time: ArrayLike, event: ArrayLike, weights: ArrayLike | None
) -> tuple[Floats, NDArray[np.intp], Floats]:
    """The distinct event times, the place of each person's time among them, and the weights.

    A person whose place is j was at risk at the first j event times, and at the next where they left then.
    """
    time, event = np.asarray(time, dtype=float), np.asarray(event, dtype=bool)
    w = np.ones(len(time)) if weights is None else np.asarray(weights, dtype=float)
    if not (np.isfinite(time).all() and np.isfinite(w).all()):
        raise ValueError("times and weights must be finite")
    times = np.unique(time[event])
    index = np.searchsorted(times, time, side="right") - 1  # the last event time reached, -1 before the first
    return times, index, w


def _reversed_sum(index: NDArray[np.intp], w: Floats, m: int) -> Floats:
    """For each event time the weight of those whose place is at it or later."""
    counted = np.bincount(index + 1, weights=w, minlength=m + 1)
    return np.cumsum(counted[::-1])[::-1][1 : m + 1]


def _pieces(times: Floats, index: NDArray[np.intp], w: Floats, event: ArrayLike) -> tuple[Floats, Floats, Floats]:
    leaves = np.asarray(event, dtype=bool)
    events = np.bincount(index[leaves], weights=w[leaves], minlength=len(times))[: len(times)]
    at_risk = _reversed_sum(index, w, len(times))
    hazard = events / at_risk
    return np.cumprod(1 - hazard), hazard, at_risk


def _own_sums(index: NDArray[np.intp], event: NDArray[np.bool_], step: Floats, hazard: Floats) -> Floats:
    """For each person the sum over event times while at risk of step (left then - hazard)."""
    cumulative = np.concatenate([[0.0], np.cumsum(step * hazard)])
    left = np.where(event, np.append(step, 0.0)[index], 0.0)
    return left - cumulative[index + 1]
