"""Sentence: what may be said of a finding, by its tier and its state; the sign never changes the frame."""

from dataclasses import dataclass

from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.evidence import State
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.overclaim import Tier
from mentorstudy.nouns.rounding import share_places

LOST = 0.05  # a share not seen that is told on the first page


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """All a sentence is made of."""

    outcome: Outcome
    group: str  # what those set against the comparison are called
    comparison: str
    tier: Tier
    state: State
    primary: Estimate | None
    good: int  # -1 where a lower score is the better one
    span: tuple[int, int] | None  # lowest and highest score of a scale
    closer: str
    problem: str
    linked: bool = True
    around: tuple[Estimate, ...] = ()  # the levels before and after a change, and the bounds
    lost: float = 0.0  # the share of those who began that was not seen


def state_of(primary: Estimate | None, smallest: float) -> State:
    """Where the interval lies against zero and the smallest effect that matters; a level alone is only described."""
    if primary is None:
        return "not estimable"
    if primary.contrast == "level":
        return "described"
    nothing = 1.0 if primary.contrast == "ratio" else 0.0  # a ratio's smallest effect is a share more or less
    low, high = (end - nothing for end in primary.ends)
    if high < 0:
        return "worse"
    if low > 0:
        return "better" if low > smallest else "some"
    if -smallest <= low and high <= smallest:
        return "little"
    return "unclear"


def sentence(said: Said) -> str:
    """Level, difference with its range, and what the design lets one make of it."""
    if said.primary is None:
        return f"There is not enough information to say: {said.problem}"
    if said.primary.contrast in ("change", "level"):
        return " ".join([*alone(said, said.primary), _nobody_knows(said, said.primary)])
    told = {"event": _share, "exit": _share, "scale": _points, "item": _share, "metric": _metric}
    is_mean = said.outcome.kind == "item" and not said.outcome.yes
    parts = (_points if is_mean else told[said.outcome.kind])(said, said.primary)
    return " ".join([*parts, *_unseen(said), said.closer])


def _unseen(said: Said) -> list[str]:
    """What a share could be whatever became of those who were not seen, where they were many."""
    found = next((other for other in said.around if other.method.startswith("bounds")), None)
    if found is None or said.lost < LOST:
        return []
    low, high = (_hundred(abs(end), 0) for end in found.ends)
    ends = [
        f"{low} {'more' if found.ends[0] > 0 else 'fewer'}",
        f"{high} {'more' if found.ends[1] > 0 else 'fewer'}",
    ]
    return [
        f"{100 * said.lost:.0f} of every 100 were not seen; whatever became of them, it lies between {ends[0]} and "
        f"{ends[1]}."
    ]


def hidden(smallest_group: int) -> str:
    """What stands in the place of a number about too few people."""
    return f"Not shown: fewer than {smallest_group} people, or a count small enough to point at somebody."


def alone(said: Said, found: Estimate) -> list[str]:
    """How one group stood or changed; nothing is set beside it, and nothing is put down to anything."""
    outcome, low, high = said.outcome, *found.ends
    label = _capital(outcome.label)
    if found.contrast == "level":
        span = f"the data fit anything from {_told(low, found)} to {_told(high, found)}"
        by = f", within {found.at}" if outcome.lasting and outcome.good else f", after {found.at}" * outcome.lasting
        if found.unit == "share":
            return [f"{label}: {_told(found.value, found)} of every 100 {said.group}{by} ({span})."]
        return [f"{label}: {_told(found.value, found)}{_unit(found)} on average among {said.group} ({span})."]
    levels = {level.at: _told(level.value, level) for level in said.around if level.contrast == "level"}
    raw, ends = said.good * found.value, sorted((said.good * low, said.good * high))
    path = f"from {levels[outcome.before]} to {levels[found.at]}"
    of = "of every 100 " if found.unit == "share" else ""
    among = f"{of}{said.group}" if of else f"among {said.group}"
    unit = " in 100" if of else _unit(found)
    if said.state == "unclear":
        return [
            f"{label} went {path} {among}.",
            f"The data fit anything from {_told(abs(ends[0]), found)}{unit} down to {_told(ends[1], found)} up, so we "
            "cannot say whether it rose or fell.",
        ]
    near, far = sorted(abs(end) for end in ends)
    moved = "rose" if raw > 0 else "fell"
    return [
        f"{label} {moved} {path} {among}.",
        f"That is {_told(abs(raw), found)}{unit} {'up' if raw > 0 else 'down'}. The data fit anything from "
        f"{_told(near, found)} to {_told(far, found)} {'up' if raw > 0 else 'down'}.",
    ]


def _nobody_knows(said: Said, found: Estimate) -> str:
    """What a figure about one group leaves open."""
    if not said.linked:
        return "Those who did not answer may see it otherwise."
    if found.contrast == "level" and found.unit == "share":
        return "How many would have done so anyway, nobody knows."
    return said.closer


def _told(value: float, found: Estimate) -> str:
    if found.unit == "share":
        return f"{100 * value:.0f}"
    places = 2 if found.unit == "points" or abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f"{value:,.{places}f}".replace("-", "\N{MINUS SIGN}")


def _unit(found: Estimate) -> str:
    return "" if found.unit == "points" and found.contrast == "level" else f" {found.unit}"


def _share(said: Said, found: Estimate) -> list[str]:
    outcome = said.outcome
    places, adds_up = share_places(found)
    level = ""
    if found.level_mentored is not None and found.level_unmentored is not None:
        a, b = _hundred(found.level_mentored, places), _hundred(found.level_unmentored, places)
        when = f"After {outcome.horizon_months:g} months, " if outcome.kind == "exit" else ""
        still = " were still employed" if outcome.kind == "exit" else ""
        level = (
            f"{_capital(when + _allowing(found))}{a} of every 100 {said.group}{still}, and {b} of every 100 "
            f"{said.comparison}."
        )
    if said.state not in ("unclear", "little") and min(abs(100 * end) for end in found.ends) < 0.5:
        places = max(places, 1)
    d, low, high = (_hundred(abs(x), places) for x in (found.value, *found.ends))
    about = "" if adds_up else "about "
    if said.state == "little":
        most = _hundred(max(map(abs, found.ends)), places)
        return [level, f"Any difference is small: at most {most} people in 100 either way."]
    more = "more" if found.value > 0 else "fewer"
    if said.state == "unclear":
        seen = (
            f"That is {about}{d} {more} in 100, but the"
            if float(d)
            else "That is no difference to one decimal, but the"
        )
        return [
            level,
            f"{seen} data fit anything from {low} fewer to {high} more, so we cannot say whether it was better or "
            "worse.",
        ]
    near, far = (low, high) if found.value > 0 else (high, low)
    return [level, f"That is {about}{d} {more} in 100. The data fit anything from {near} to {far} {more}."]


def _points(said: Said, found: Estimate) -> list[str]:
    scale = f" on the scale from {said.span[0]} to {said.span[1]}" if said.span else ""
    d, low, high = (f"{abs(x):.2f}" for x in (found.value, *found.ends))
    up = said.good * found.value > 0
    side = "higher" if up else "lower"
    # The interval's ends in the scale's own direction, lowest first.
    below, above = (low, high) if said.good > 0 else (high, low)
    level = f"{_capital(_allowing(found) + said.group)} scored {d} points {side} than {said.comparison}{scale}."
    if said.state == "little":
        most = max(low, high)
        return [level, f"Any difference is small: at most {most} points either way."]
    if said.state == "unclear":
        return [
            level,
            f"The data fit anything from {below} lower to {above} higher, so we cannot say whether it was better or "
            "worse.",
        ]
    near, far = sorted((low, high))
    return [level, f"The data fit anything from {near} to {far} {side}."]


def _metric(said: Said, found: Estimate) -> list[str]:
    """Levels and difference in the metric's own unit, or how much more or less where it is told as a ratio."""
    outcome = said.outcome
    allowing = ", allowing for what was known before" if _allowing(found) else ""
    over = f", over {len(outcome.afters)} waves" if len(outcome.afters) > 1 else ""
    lead = f"{_capital(outcome.label)}{over}{allowing}"
    # The signs that stand here are the metric's own, whichever way is better.
    if found.contrast == "ratio":
        unit = " %"
        d, *ends = (100 * ((x if outcome.good else 1 / x) - 1) for x in (found.value, *found.ends))
    else:
        unit = f" {outcome.unit}"
        d, *ends = (x if outcome.good else -x for x in (found.value, *found.ends))
    low, high = sorted(ends)
    levels = [x for x in (found.level_mentored, found.level_unmentored) if x is not None]
    size = max(map(abs, (d, *levels)))
    places = 0 if size >= 100 else 1 if size >= 10 else 2
    level, about = f"{lead}: {said.group} against {said.comparison}.", ""
    if len(levels) == 2:
        a, b = (f"{x:,.{places}f}".replace("-", "\N{MINUS SIGN}") for x in levels)
        level = f"{lead}: {a}{unit} among {said.group}, and {b} among {said.comparison}."
        step = 10**places
        about = "" if round(levels[0] * step) - round(levels[1] * step) == round(d * step) else "about "
    if said.state == "little":
        return [level, f"Any difference is small: at most {max(map(abs, ends)):,.{places}f}{unit} either way."]
    side = "more" if d > 0 else "less"
    apart = f"That is {about}{abs(d):,.{places}f}{unit} {side}"
    if said.state == "unclear":
        return [
            level,
            f"{apart}, but the data fit anything from {abs(low):,.{places}f} less to {high:,.{places}f} more, so we "
            "cannot say whether it was better or worse.",
        ]
    near, far = sorted(map(abs, ends))
    return [level, f"{apart}. The data fit anything from {near:,.{places}f} to {far:,.{places}f} {side}."]


def _hundred(share: float, places: int) -> str:
    return f"{share * 100:.{places}f}"


def closer(tier: Tier, programme: str, *, because: str, compares: bool = True, lost: float = 0.0) -> str:
    """What the design lets one make of the difference; `because` says what keeps it from saying more."""
    if tier == "Strong":
        others = (
            f", the offer of {programme} or those not seen" if lost >= LOST else f" or the offer of {programme}"
        )
        return (
            "Places were drawn by lot and losses were within the accepted bounds, so only chance"
            f"{others} can explain a difference."
        )
    if tier == "Moderate":
        return f"{because}. What nobody measured may still explain part of it."
    if tier == "Limited":
        return f"{because}, so this cannot show whether {programme} made a difference."
    if compares:
        return f"{because}; this describes the groups and says nothing of why they differ."
    return "There was no other group, so nobody knows what would have happened anyway."


def _allowing(found: Estimate) -> str:
    return "allowing for what was known before, " if found.method in ("adjusted", "weighted") else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
