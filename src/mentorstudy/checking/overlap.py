"""Overlap: could people in one group have been in the other, and how much do the weights cost?"""

import numpy as np

from mentorstudy.checking.case import Case
from mentorstudy.estimating.method import covariates
from mentorstudy.nouns.cohort import CONTACT
from mentorstudy.nouns.estimate import Check
from mentorstudy.nouns.evidence import Contact
from mentorstudy.numerics.proportions import wilson
from mentorstudy.numerics.weighting import effective_sample_size

EDGE = 0.05  # a probability this close to 0 or 1 is at the edge of what the data can say
AT_EDGE = 0.05
LATE = 7  # days after the start: whoever was matched later had to stay that long first
LEAST_EFFECTIVE = 0.5
MOST_MISSING = 0.2
FEW_STRANGERS, FEW_STRANGERS_IN = 4, 0.05  # matches of nobody in the records, and their share, that are no worry


def check_overlap(case: Case) -> tuple[Check, ...]:
    """The share of people nearly certain to be in their group, and the people the weights leave effective."""
    found = case.weighing
    if found is None:
        return ()
    mentored = case.sample.mentored.to_numpy()[found.whole]
    probabilities = found.fit.probabilities
    at_edge = int(((probabilities < EDGE) | (probabilities > 1 - EDGE)).sum())
    share = at_edge / len(mentored)
    effective = [effective_sample_size(found.weights[group]) for group in (mentored, ~mentored)]
    least = min(effective[0] / mentored.sum(), effective[1] / (~mentored).sum())
    edge = (
        "Nobody was nearly certain to be in the group they were in."
        if at_edge == 0
        else f"{case.in_hundred(at_edge, len(mentored))} were nearly certain (over {1 - EDGE:.0%}) to be in the group "
        "they were in, and have no like in the other."
    )
    size = (
        f"Weighing leaves as much to learn from as {effective[0]:.0f} and {effective[1]:.0f} people would, of "
        f"{int(mentored.sum())} and {int((~mentored).sum())}."
    )
    return (
        case.verdict(
            "overlap",
            value=case.share(at_edge, len(mentored)),
            threshold=AT_EDGE,
            passed=share <= AT_EDGE,
            in_words=edge,
        ),
        case.verdict(
            "effective sample size",
            value=float(least),
            threshold=LEAST_EFFECTIVE,
            passed=bool(least >= LEAST_EFFECTIVE),
            in_words=size,
        ),
    )


def check_missing(case: Case) -> tuple[Check, ...]:
    """The covariate that most people lack."""
    if not case.settings.adjust_for:
        return ()
    known = covariates(case.sample, case.settings.adjust_for, missing="complete")
    name, share = max(known.missing.items(), key=lambda pair: pair[1])
    count = round(share * len(case.sample.people))
    words = (
        f"{name} is not known of {case.in_hundred(count, len(case.sample.people))}; they stay in, with a mark."
        if share and case.settings.missing == "indicator"
        else f"{name} is not known of {case.in_hundred(count, len(case.sample.people))}; they are left out."
        if share
        else "Everything adjusted for is known of everybody."
    )
    return (
        case.verdict(
            "missing covariates",
            value=case.share(count, len(case.sample.people)),
            threshold=MOST_MISSING,
            passed=share <= MOST_MISSING,
            in_words=words,
        ),
    )


def check_start(case: Case) -> tuple[Check, ...]:
    """Whether the matched were matched when follow-up began; later, they could not have left before it."""
    if "match_delay" not in case.sample.people:
        return ()
    delay = case.sample.people["match_delay"].to_numpy(dtype=float)
    late = int((delay > LATE).sum())
    matched = int(np.isfinite(delay).sum())
    words = (
        "Everybody matched was matched within a week of the start."
        if late == 0
        else f"Of those matched, {case.in_hundred(late, matched)} were matched more than a week "
        "after follow-up began; had they left before, they would count in the other group."
    )
    return (
        case.verdict(
            "matched at the start", value=case.share(late, matched), threshold=0.0, passed=late == 0, in_words=words
        ),
    )


def check_linked(case: Case) -> tuple[Check, ...]:
    """Whether many matches are of nobody in the records; under another id their mentees would be compared with."""
    strange, matches = case.sample.strangers, case.sample.matches
    share = strange / matches if matches else 0.0
    if strange <= FEW_STRANGERS and share <= FEW_STRANGERS_IN:
        return ()
    words = (
        f"Of the matches in the intake, {case.in_hundred(strange, matches)} are of nobody in the records; where these "
        "stand there under another id, they count in the other group."
    )
    return (
        case.verdict(
            "matches linked",
            value=case.share(strange, matches),
            threshold=FEW_STRANGERS_IN,
            passed=False,
            in_words=words,
        ),
    )


def check_dose(case: Case) -> tuple[Check, ...]:
    """Whether those matched met at all; where contact was asked wave by wave, whether they still do at the last."""
    if CONTACT in case.sample.waves:
        return _check_contact(case)
    if "meetings" not in case.sample.people:
        return ()
    meetings = case.sample.people.loc[case.sample.mentored, "meetings"]
    met = int((meetings > 0).sum())
    share = met / len(meetings)
    words = (
        f"Of those matched, {case.in_hundred(met, len(meetings))} met at least once before the horizon; on average "
        f"they met {meetings.mean():.1f} times."
    )
    return (
        case.verdict(
            "meetings held",
            value=case.share(met, len(meetings)),
            threshold=0.5,
            passed=share >= 0.5,
            in_words=words,
        ),
    )


def contact(case: Case) -> tuple[Contact, ...]:
    """The share of the arm that was still in contact at each wave at which it was asked."""
    return tuple(
        Contact(
            sample=case.sample.name,
            arm=case.settings.arm,
            wave=wave,
            asked=asked,
            share=met / asked,
            low=float(low),
            high=float(high),
        )
        for wave, met, asked in _contacts(case)
        for low, high in (wilson(met, asked, level=case.settings.level),)
    )


def _contacts(case: Case) -> list[tuple[str, int, int]]:
    """Each wave with how many of the arm were in contact, of how many asked."""
    if CONTACT not in case.sample.waves:
        return []
    asked = case.sample.waves[["wave", CONTACT, "person"]].dropna()
    asked = asked[asked["person"].map(case.sample.mentored).to_numpy(dtype=bool)]
    by_wave = asked.groupby(asked["wave"].astype(str))[CONTACT].agg(["sum", "count"])
    return [(str(wave), int(row["sum"]), int(row["count"])) for wave, row in by_wave.iterrows()]


def _check_contact(case: Case) -> tuple[Check, ...]:
    found = _contacts(case)
    if not found:
        return ()
    (first, met, asked), (last, still, of) = found[0], found[-1]
    words = (
        f"Of {case.group}, {case.in_hundred(met, asked)} asked at wave {first} were in contact with a mentor, and "
        f"{case.in_hundred(still, of)} asked at wave {last}."
    )
    share = still / of
    return (
        case.verdict(
            "still in contact", value=case.share(still, of), threshold=0.5, passed=share >= 0.5, in_words=words
        ),
    )
