"""Sentence: what may be said of a finding, by its tier and its state; the sign never changes the frame."""

from dataclasses import dataclass

from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.evidence import State, Tier
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.plan import WordsTable
from mentorstudy.nouns.rounding import share_places


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """All a sentence is made of."""

    outcome: Outcome
    words: WordsTable
    tier: Tier
    state: State
    primary: Estimate | None
    good: int  # -1 where a lower score is the better one
    span: tuple[int, int] | None  # lowest and highest score of a scale
    closer: str
    problem: str


def state_of(primary: Estimate | None, smallest: float) -> State:
    """Where the interval lies against zero and the smallest effect that matters."""
    if primary is None:
        return "not estimable"
    low, high = primary.low, primary.high
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
    parts = _share(said, said.primary) if said.primary.unit == "share" else _points(said, said.primary)
    return " ".join([*parts, said.closer])


def hidden(smallest_group: int) -> str:
    """What stands in the place of a number about too few people."""
    return f"Not shown: fewer than {smallest_group} people, or a count small enough to point at somebody."


def _share(said: Said, found: Estimate) -> list[str]:
    words, outcome = said.words, said.outcome
    places, adds_up = share_places(found)
    level = ""
    if found.level_mentored is not None and found.level_unmentored is not None:
        a, b = _hundred(found.level_mentored, places), _hundred(found.level_unmentored, places)
        when = f"After {outcome.horizon_months:g} months, " if outcome.kind == "exit" else ""
        still = " were still employed" if outcome.kind == "exit" else ""
        level = (
            f"{_capital(when + _allowing(found))}{a} of every 100 {words.treated}{still}, and {b} of every 100 "
            f"{words.comparison}."
        )
    d, low, high = (_hundred(abs(x), places) for x in (found.value, found.low, found.high))
    about = "" if adds_up else "about "
    if said.state == "little":
        most = _hundred(max(abs(found.low), abs(found.high)), places)
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
    words = said.words
    scale = f" on the scale from {said.span[0]} to {said.span[1]}" if said.span else ""
    d, low, high = (f"{abs(x):.2f}" for x in (found.value, found.low, found.high))
    up = said.good * found.value > 0
    side = "higher" if up else "lower"
    # The interval's ends in the scale's own direction, lowest first.
    below, above = (low, high) if said.good > 0 else (high, low)
    level = f"{_capital(_allowing(found) + words.treated)} scored {d} points {side} than {words.comparison}{scale}."
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


def _hundred(share: float, places: int) -> str:
    return f"{share * 100:.{places}f}"


def closer(tier: Tier, words: WordsTable, *, alike: str) -> str:
    """What the design lets one make of the difference; `alike` says how the groups compared before."""
    if tier == "Strong":
        return (
            f"Places were drawn by lot and few people were lost, so only chance or the offer of {words.programme} can "
            "explain a difference."
        )
    if tier == "Moderate":
        return f"{alike}. What nobody measured may still explain part of it."
    if tier == "Limited":
        return f"{alike}, so this cannot show whether {words.programme} made a difference."
    return "There was no other group, so nobody knows what would have happened anyway."


def _allowing(found: Estimate) -> str:
    return "allowing for what was known before, " if found.method in ("adjusted", "weighted") else ""


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]
