"""Near: numbers of people so close that the few between them could be told."""

from dataclasses import replace

from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.evidence import Evidence, Finding
from mentorstudy.nouns.few import FEW
from mentorstudy.nouns.flow import Step

Told = dict[tuple[str, str], frozenset[int]]  # sample and group: the numbers of people that may be told


def told_apart(evidence: Evidence, flow: tuple[Step, ...]) -> Told:
    """By sample and group, the numbers of people that may be told: two that differ by 1 to 4 would tell of so few.

    The flow's stay, else the larger of two: it is the one from which the other was lost.
    """
    shown: dict[tuple[str, str], set[int]] = {}
    for step in flow:
        for group, people in {"mentored": step.mentored, "unmentored": step.unmentored, **step.others}.items():
            shown.setdefault((step.sample, group), set()).add(people or 0)
    counts = {group: set[int]() for group in shown}
    for finding in evidence.findings:
        ours, theirs = _groups(evidence, finding)
        for row in finding.attrition:
            counts.setdefault(ours if row.arm == "mentored" else theirs, set()).update(
                {row.began or 0, row.seen or 0}
            )
        for found in (finding.primary, *finding.others):
            if found is not None:
                counts.setdefault(ours, set()).add(found.mentored or 0)
                counts.setdefault(theirs, set()).add(found.unmentored or 0)
    for measure in evidence.measures:
        for (_, called), others in counts.items():
            if called == measure.group:
                others.add(measure.n or 0)
    return {group: _far_apart(shown.get(group, set()), others) for group, others in counts.items()}


def _far_apart(shown: set[int], others: set[int]) -> frozenset[int]:
    """What the flow shows anyway, and from the largest down whatever lies five or more from all that may be told."""
    kept = list(shown)
    for count in sorted(others - shown, reverse=True):
        if all(abs(other - count) >= FEW for other in kept):
            kept.append(count)
    return frozenset(kept)


def _groups(evidence: Evidence, finding: Finding) -> tuple[tuple[str, str], tuple[str, str]]:
    """The two groups of a finding as its sample's flow calls them."""
    first = next(iter(evidence.words.arms), finding.arm)
    ours = "mentored" if finding.arm == first else finding.arm
    return (finding.sample, ours), (finding.sample, "unmentored")


def without_near(evidence: Evidence, finding: Finding, told: Told) -> Finding:
    """The finding without the numbers of people that lie too near to others."""
    ours, theirs = (told.get(group, frozenset()) for group in _groups(evidence, finding))

    def kept(count: int | None, among: frozenset[int]) -> int | None:
        return count if count in among else None

    def counted(found: Estimate) -> Estimate:
        near = found.mentored not in ours or (found.unmentored or 0) not in theirs | {0}
        return without_counts(found) if near else found

    rows = tuple(
        replace(row, began=kept(row.began, group), seen=kept(row.seen, group))
        for row in finding.attrition
        for group in (ours if row.arm == "mentored" else theirs,)
    )
    return replace(
        finding,
        primary=finding.primary and counted(finding.primary),
        others=tuple(map(counted, finding.others)),
        attrition=rows,
    )


def few_between(found: Estimate, primary: Estimate) -> bool:
    """Whether a figure is of nearly the same people as the primary one, so that the two tell of the few between."""
    pairs = ((found.mentored, primary.mentored), (found.unmentored, primary.unmentored))
    return any(a is not None and b is not None and 0 < abs(a - b) < FEW for a, b in pairs)


def without_counts(found: Estimate) -> Estimate:
    """The figure without the numbers of people behind it."""
    return replace(found, mentored=None, unmentored=None)
