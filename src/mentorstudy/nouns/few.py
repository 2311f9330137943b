"""Few: the counts so small that they may point at somebody, one rule for all that leaves."""

from collections.abc import Mapping

from mentorstudy.nouns.estimate import Estimate

VALUES = 10  # told of a column
FEW = 5  # in a private study a count of 1 to 4 is told as "fewer than 5"
NOBODY = 1e-6  # of a person, to rounding


def is_few(count: int, of: int) -> bool:
    """Whether a count of people, or what is left of `of` without them, is 1 to 4."""
    return 0 < min(count, of - count) < FEW


def smallest_group(found: Estimate) -> int:
    """How many people stand behind a figure: in the smaller group, or in the one it describes."""
    if found.contrast in ("change", "level"):
        return found.mentored or 0
    return min(found.mentored or 0, found.unmentored or 0)


def values_told(counts: Mapping[str, int], min_group: int) -> str:
    """The values that at least `min_group` people gave, most first, and how many others there are."""
    shown = [value for value, count in sorted(counts.items(), key=lambda pair: -pair[1]) if count >= min_group]
    shown = shown[:VALUES]
    others = len(counts) - len(shown)
    if not counts:
        return "no value"
    if not others:
        return ", ".join(shown)
    told = f"{others} {'other ' * bool(shown)}value{'s' * (others > 1)}"
    return f"{', '.join(shown)} and {told}" if shown else told


def tells_of_few(found: Estimate) -> bool:
    """Whether a share in one group stands for 1 to 4 people, or for all but 1 to 4."""
    if found.unit not in ("share", "ratio"):
        return False
    pairs = [(found.level_mentored, found.mentored), (found.level_unmentored, found.unmentored)]
    if found.contrast == "level":
        pairs.append((found.value, found.mentored))
    # Where some were followed less long, a leaver counts for more than one: under five is four at most.
    return any(_few_parts(share * n, n) for share, n in pairs if share is not None and n is not None)


def _few_parts(people: float, of: int) -> bool:
    return NOBODY < min(people, of - people) < FEW - NOBODY
