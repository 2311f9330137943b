"""Straight: how many gave one answer to every item of a scale, and what the estimate is without them."""

import numpy as np
import pandas as pd

from mentorstudy.checking.case import Case
from mentorstudy.estimating.estimate import estimated
from mentorstudy.nouns.estimate import Check
from mentorstudy.nouns.scale import Scale

FEWEST = 3  # items; of two, the same answer to both tells nothing
MANY = 0.25  # of those who answered
MANY_UNTURNED = 0.5  # where no item is worded the other way round, so that more may mean what they say


def check_straight(case: Case) -> tuple[Check, ...]:
    """The wave with the largest share of people who gave one answer throughout, told where that is a large one.

    Neither tier nor estimate rests on it: an answer given throughout may be meant. Without these people the primary
    estimate is told beside it, where neither group loses so few that they could be told from the two.
    """
    outcome = case.settings.outcome
    if outcome.kind != "scale":
        return ()
    scale = case.study.scales[outcome.scale]
    shares = {wave: found for wave in outcome.waves if (found := _throughout(case, scale, wave)) is not None}
    told = {wave: float(found.mean()) for wave, found in shares.items() if len(found)}
    line = MANY if any(item.reverse for item in scale.items) else MANY_UNTURNED
    wave = max(told, key=lambda wave: told[wave], default="")
    if told.get(wave, 0.0) < line:
        return ()
    count, of = int(shares[wave].sum()), len(shares[wave])
    gone = pd.Index(np.concatenate([found.index[found] for found in shares.values()])).unique()
    words = (
        f"{case.in_hundred(count, of)} who answered every item of the scale at {wave} gave the same answer to all of "
        f"them. {_without(case, gone)}"
    )
    return (
        case.verdict(
            "one answer throughout", value=_rounded(case, count, of), threshold=line, passed=False, in_words=words
        ),
    )


def _rounded(case: Case, count: int, of: int) -> float | None:
    """The share to a hundredth: all its digits would tell how many answered."""
    share = case.share(count, of)
    return None if share is None else round(share, 2)


def _throughout(case: Case, scale: Scale, wave: str) -> pd.Series | None:
    """Of each person who answered all items at the wave, whether all answers were the same as they stood."""
    names = case.sample.items.get(scale.name, ())
    if len(names) < FEWEST:
        return None
    rows = (case.sample.waves["wave"] == wave).to_numpy() & case.sample.answers[list(names)].notna().all(axis=1)
    turned = {item.name for item in scale.items if item.reverse}
    given = np.column_stack(
        [
            scale.highest + 1 - answers if name in turned else answers
            for name in names
            for answers in [case.sample.answers.loc[rows, name].to_numpy(dtype=float)]
        ]
    )
    return pd.Series((given == given[:, :1]).all(axis=1), index=case.sample.waves.loc[rows, "person"])


def _without(case: Case, gone: pd.Index) -> str:
    primary, people = case.estimated.primary, case.sample.people
    kept = pd.Series(~people.index.isin(gone), index=people.index)
    groups = [case.sample.mentored]
    groups += [~groups[0]] if case.study.compares else []
    if primary is None or any(case.tells_of_few(int((group & ~kept).sum()), int(group.sum())) for group in groups):
        return "Without them too few would be left, or too few gone, to tell another estimate."
    again = estimated(case.sample.of(kept), case.settings, case.study.plan.design).primary
    if again is None:
        return "Without them there is no estimate."
    return (
        f"Without those who did at any of its waves the estimate is {again.value:.2f} {again.unit} "
        f"in place of {primary.value:.2f}."
    )
