"""Numbers: the one place where figures are rounded."""

import math
import re
from dataclasses import dataclass

from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.rounding import share_places

NOT_SHOWN = "not shown (too few people)"
NO_NUMBER = "–"
MINUS = "−"

MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rounded:
    """An estimate as printed: the same decimals in every figure of a row."""

    value: str
    low: str
    high: str
    error: str
    levels: tuple[str, str] | None  # in people of 100, treated first
    unit: str

    @property
    def range(self) -> str:
        """Both ends of the interval."""
        return f"{self.low} to {self.high}"


def rounded(found: Estimate, *, fewest: int = 1) -> Rounded:
    """The estimate in the unit that a reader counts in: shares as people in 100, ratios without a sign.

    A share has `fewest` decimals, or one more where only then the levels visibly differ by the difference; a metric
    has two where any are asked for, else as its size asks for.
    """
    if found.contrast == "level":
        return _level(found)
    if found.unit == "ratio":
        return Rounded(
            value=plain(found.value, 2),
            low=plain(found.low, 2),
            high=plain(found.high, 2),
            error=plain(found.std_error, 3),
            levels=None,
            unit=unit_of(found.unit),
        )
    if found.unit != "share":
        places = 2 if fewest else places_for(found.unit, found.value)
        return Rounded(
            value=signed(found.value, places),
            low=signed(found.low, places),
            high=signed(found.high, places),
            error=plain(found.std_error, places),
            levels=None,
            unit=unit_of(found.unit),
        )
    a, b = found.level_mentored, found.level_unmentored
    places, adds_up = share_places(found, fewest=fewest)
    return Rounded(
        value=("" if adds_up else "about ") + signed(100 * found.value, places),
        low=signed(100 * found.ends[0], places),
        high=signed(100 * found.ends[1], places),
        error=plain(100 * (math.nan if found.std_error is None else found.std_error), places),
        levels=None if a is None or b is None else (plain(100 * a, places), plain(100 * b, places)),
        unit=unit_of(found.unit),
    )


def _level(found: Estimate) -> Rounded:
    """A level has no sign; shares in people of 100."""
    scale, places = (100, 1) if found.unit == "share" else (1, places_for(found.unit, found.value))
    low, high = (scale * end for end in found.ends)
    return Rounded(
        value=plain(scale * found.value, places),
        low=plain(low, places),
        high=plain(high, places),
        error=plain(None if found.std_error is None else scale * found.std_error, places),
        levels=None,
        unit=unit_of(found.unit),
    )


def rounded_alike(found: list[Estimate]) -> tuple[Rounded, ...]:
    """Estimates of one outcome: shares with as many decimals as the one among them that needs most."""
    shares = [estimate for estimate in found if estimate.unit == "share"]
    fewest = max((share_places(estimate, fewest=1)[0] for estimate in shares), default=1)
    return tuple(rounded(estimate, fewest=fewest) for estimate in found)


def places_for(unit: str, value: float) -> int:
    """Decimals: two in points, months and standard deviations; in a metric's own unit as its size asks for."""
    if unit in ("points", "months", "SD", "ratio") or not math.isfinite(value):
        return 2
    size = abs(value)
    return 0 if size >= 100 else 1 if size >= 10 else 2


def unit_of(unit: str) -> str:
    """A unit in words."""
    return {
        "share": "in 100 people",
        "points": "points on the scale",
        "SD": "standard deviations",
    }.get(unit, unit)


def plain(value: float | None, places: int) -> str:
    """A number without a plus sign; a dash where there is none."""
    if value is None or not math.isfinite(value):
        return NO_NUMBER
    text = f"{value:,.{places}f}"
    return (text if float(text.replace(",", "")) else text.lstrip("-")).replace("-", MINUS)


def signed(value: float | None, places: int) -> str:
    """A number with its sign; what rounds to nothing has none."""
    text = plain(value, places)
    bare = text.replace(",", "")
    return text if text == NO_NUMBER or text[0] == MINUS or not float(bare) else f"+{text}"


def count(people: int | None) -> str:
    """A number of people; None is one too small to show."""
    return NOT_SHOWN if people is None else f"{people:,}"


def in_hundred(share: float | None) -> str:
    """A share as a whole number of people in 100; nearly all is not all, nearly nobody not nobody."""
    if share is None or not math.isfinite(share):
        return NO_NUMBER
    if 0.995 <= share < 1:
        return "over 99 in 100"
    if 0 < share < 0.005:
        return "under 1 in 100"
    return f"{100 * share:.0f} in 100"


def chance(p_value: float | None) -> str:
    """A p-value to three decimals."""
    if p_value is None or not math.isfinite(p_value):
        return NO_NUMBER
    return "< 0.001" if p_value < 0.001 else f"{p_value:.3f}"


def percent(level: float) -> str:
    """A level of confidence, as in "95 %"."""
    return f"{100 * level:.4g} %"


def day(iso: str) -> str:
    """2026-03-01 as 1 March 2026; anything else as it is."""
    parts = iso.split("-")
    if len(parts) != 3 or not all(part.isdigit() for part in parts) or not 1 <= int(parts[1]) <= 12:
        return iso
    return f"{int(parts[2])} {MONTHS[int(parts[1]) - 1]} {parts[0]}"


def span(first: str, last: str) -> str:
    """Two days as a person writes them: what they share is said once."""
    start, end = day(first).split(" "), day(last).split(" ")
    if len(start) != 3 or len(end) != 3 or first > last:
        return f"{day(first)} to {day(last)}"
    shared = 2 if start[1:] == end[1:] else 1 if start[2] == end[2] else 0
    return f"{' '.join(start[: 3 - shared])} to {' '.join(end)}"


def dated(text: str) -> str:
    """The text with its ISO dates as a person writes them."""
    return re.sub(r"\b\d{4}-\d{2}-\d{2}\b", lambda found: day(found.group()), text)


def first_upper(text: str) -> str:
    """The text as a sentence or a heading begins."""
    return text[:1].upper() + text[1:]
