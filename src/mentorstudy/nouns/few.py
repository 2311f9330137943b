"""Few: the counts so small that they may point at somebody, one rule for all that leaves."""

from collections.abc import Mapping

from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.masking import masked, may_be_own

VALUES = 10  # told of a column
TEXTS = 12  # of a column of codes or labels; more are places, units or people
SHAPES = 3  # told of values that are not shown
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


def tellable(counts: Mapping[str, int], min_group: int) -> list[str]:
    """The values that at least `min_group` people gave, most first; none that may be a name or somebody's own words.

    Where half of the values may be, or texts are as many as names and comments are, none is told.
    """
    own = {value for value in counts if may_be_own(value)}
    texts = [value for value in counts if any(map(str.isalpha, value))]
    if (own and 2 * len(own) >= len(counts)) or len(texts) > TEXTS:
        return []
    often = [value for value, count in counts.items() if count >= min_group and value not in own]
    return sorted(often, key=lambda value: -counts[value])[:VALUES]


def values_told(counts: Mapping[str, int], min_group: int) -> str:
    """The values that may be told, and how many others there are; how they look where none may."""
    shown = tellable(counts, min_group)
    others = len(counts) - len(shown)
    if not counts:
        return "no value"
    if not others:
        return ", ".join(shown)
    if not shown and max(counts.values()) >= min_group:
        looks = ", ".join(list(dict.fromkeys(map(masked, counts)))[:SHAPES])
        return f"{others} different value{'s' * (others > 1)} like {looks} (9 a digit, a a letter)"
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
