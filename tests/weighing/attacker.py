"""An attacker: takes nothing but saved evidence, and works out counts of people that it ought not to tell.

He knows how a share is rounded, that the people of a group are whole, and who is a part of whom. A count is recovered
where fewer than four values are left for it and the true one is among them.
"""

from itertools import product

FEW = 5
UNSURE = 4  # so many values left are no recovery


def few(count, of):
    return 0 < min(count, of - count) < FEW


def recovered(evidence, truth):
    """What of `truth` the evidence gives away: names of counts. `truth` maps a name to (count, of, clues).

    Clues say where to look: pairs of displayed numbers of which the count is a difference, and shares of which it is a
    part, each with the group's displayed or possible sizes.
    """
    found = []
    for name, (count, of, clues) in truth.items():
        if not few(count, of):
            continue
        left = set(range(of + 1))
        for clue in clues(evidence):
            left &= set(clue)
        if count in left and len(left) < UNSURE:
            found.append(name)
    return found


def by_difference(larger, smaller):
    """The values of a count that two displayed numbers leave: their difference, where both are displayed."""
    return [{larger - smaller}] if larger is not None and smaller is not None else []


def step_of(share):
    """How far from a displayed share the true one may lie: half its last digit; twentieths stand for a fortieth."""
    digits = len(repr(round(share, 12)).partition(".")[2])
    return 0.025 if abs(20 * share - round(20 * share)) < 1e-9 else 0.5 * 10 ** -max(digits, 2)


def by_share(share, sizes):
    """The counts that round to a displayed share in a group of one of these sizes."""
    if share is None:
        return []
    return [{x for n in sizes for x in range(n + 1) if abs(x / n - share) <= step_of(share) + 1e-9}]


def sizes_by_share(share, sizes):
    """The sizes of a group that leave a displayed share possible."""
    if share is None:
        return set(sizes)
    return {n for n in sizes if any(abs(x / n - share) <= step_of(share) + 1e-9 for x in range(n + 1))}


def displayed(evidence, arm):
    """Every number of people of a group that stands anywhere in the evidence."""
    numbers = {getattr(step, arm) for step in evidence.flow}
    for finding in evidence.findings:
        numbers |= {n for row in finding.attrition if row.arm == arm for n in (row.began, row.seen)}
        numbers |= {getattr(e, arm) for e in (finding.primary, *finding.others) if e is not None}
    numbers |= {measure.n for measure in evidence.measures if measure.group == arm}
    return {n for n in numbers if n}


def near_pairs(evidence):
    """Two displayed numbers of one group that differ by 1 to 4: they tell of so few."""
    pairs = []
    for arm in ("mentored", "unmentored"):
        numbers = displayed(evidence, arm)
        pairs += [(arm, a, b) for a, b in product(numbers, numbers) if 0 < a - b < FEW]
    return pairs
