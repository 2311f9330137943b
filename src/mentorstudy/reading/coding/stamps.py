"""Stamps: texts of dates and times taken apart, all words of one layout at once; no order is decided here."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

BLANK, NUMERIC, NAMED, SERIAL, OTHER, JOINED = range(
    6
)  # kinds of words; NAMED has its month's name, JOINED no signs
YEAR_FIRST, YEAR_LAST, YEAR_SHORT = 1, 3, 0  # where the four digits of the year stand
NAIVE = np.iinfo(np.int32).min  # the offset of a time that tells none
DAY_SECONDS = 86_400
LONGEST = 96  # signs of a date with a time
AT_ONCE = 250_000  # words

NAMES = (
    "january jan januar jän jänner janvier janv enero ene januari",
    "february feb februar feber février fév févr fevrier febrero februari",
    "march mar märz mär mrz maerz mars marzo maart mrt maa",
    "april apr avril avr abril abr",
    "may mai mayo mei",
    "june jun juni juin junio",
    "july jul juli juillet juil julio",
    "august aug août aout agosto ago augustus",
    "september sep sept septembre septiembre setiembre set",
    "october oct oktober okt octobre octubre",
    "november nov novembre noviembre",
    "december dec dezember dez décembre déc decembre diciembre dic",
)
MONTHS = {name: month for month, names in enumerate(NAMES, start=1) for name in names.split()}
ZONES = {  # minutes east of Greenwich, of names that mean one zone only
    **dict.fromkeys(("Z", "UTC", "GMT", "WET"), 0),
    **dict.fromkeys(("CET", "MEZ", "WEST"), 60),
    **dict.fromkeys(("CEST", "MESZ", "EET", "OEZ"), 120),
    **dict.fromkeys(("EEST", "OESZ"), 180),
}

_WEEKDAY = r"(?:(?:mo|tu|we|th|fr|sa|su|di|mi|do|so|lu|ma|me|je|ve|ju|vi|sá|wo|vr|za|zo)[^\W\d_]{0,8}[.,]{0,2}\s)?"
_MONTH = r"(?P<name>[^\W\d_]{3,10})\.?"
_DATES = (
    r"(?P<a>\d{1,2}|\d{4})(?P<by>\s?[./-]\s?|\s)(?P<b>\d{1,2})(?P=by)(?P<c>\d{1,2}|\d{4})\.?",
    _WEEKDAY
    + r"(?P<c>\d{1,2})(?:st|nd|rd|th|er|\.|o)?[\s./-]{0,2}(?:de\s)?"
    + _MONTH
    + r",?[\s./-]{0,2}(?:del?\s)?(?P<a>\d{4}|\d{2})",
    _WEEKDAY + _MONTH + r"[\s./-](?P<c>\d{1,2})(?:st|nd|rd|th)?[\s,./-]{1,2}(?P<a>\d{4})",
    r"(?P<a>\d{4})[\s./-]" + _MONTH + r"[\s./-](?P<c>\d{1,2})",
    r"(?P<a>\d{4})(?P<b>\d\d)(?P<c>\d\d)",
)
_ZONE = (
    rf"(?:\s?\(?(?:(?P<zone>{'|'.join(ZONES)})|(?:UTC|GMT)?(?P<sign>[+-])(?P<oh>\d{{1,2}})(?::?(?P<om>\d\d))?)\)?"
    r"(?:\s\([^()\d]{3,48}\))?)?"
)
_TIME = (
    r"(?:(?:T|,?\s{1,2}(?:at\s|um\s|à\s|om\s)?)(?P<h>\d{1,2})(?P<colon>[:.])(?P<mi>\d\d)"
    r"(?:(?P=colon)(?P<s>\d\d)(?:[.,]\d{1,9})?)?(?:\s?Uhr)?(?:\s?(?P<half>[ap])\.?\s?m\b\.?)?" + _ZONE + ")?"
)
_LAYOUTS = tuple(re.compile(date + _TIME, re.IGNORECASE) for date in _DATES)
_SERIAL = re.compile(r"[0-9]{1,7}([.,][0-9]{1,12})?")
_DIGIT = re.compile(r"[0-9]")
_FACTORS = np.random.default_rng(0).integers(1, 2**63, LONGEST, dtype=np.uint64) | np.uint64(1)
PARTS = ("a", "b", "c", "h", "mi", "s", "oh", "om")  # of a word that stand as digits


@dataclass(frozen=True, slots=True)
class Stamps:
    """For each word: its kind, the date's three numbers as written (year, month, day where NAMED), its clock."""

    kind: NDArray[np.int8]
    numbers: NDArray[np.int32]  # (words, 3)
    year: NDArray[np.int8]  # where its four digits stand
    dashes: NDArray[np.bool_]
    seconds: NDArray[np.int32]  # of the day; -1 where no clock shows such a time
    offset: NDArray[np.int32]  # minutes east of Greenwich, or NAIVE


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the numbers stand in words of one shape, and what its letters say."""

    kind: int
    at: dict[str, slice]
    month: int = 0
    year: int = YEAR_SHORT
    dashes: bool = False
    half: str = ""  # "a", "p" or none
    zone: int | None = None
    west: bool = False


def taken_apart(words: Sequence[str]) -> Stamps:
    """The words as stamps; the work in Python grows with their shapes, not with the words."""
    n = len(words)
    stamps = Stamps(
        kind=np.full(n, OTHER, dtype=np.int8),
        numbers=np.zeros((n, 3), dtype=np.int32),
        year=np.zeros(n, dtype=np.int8),
        dashes=np.zeros(n, dtype=bool),
        seconds=np.zeros(n, dtype=np.int32),
        offset=np.full(n, NAIVE, dtype=np.int32),
    )
    for start in range(0, n, AT_ONCE):
        _take_apart(words[start : start + AT_ONCE], start, stamps)
    return stamps


def _take_apart(words: Sequence[str], start: int, stamps: Stamps) -> None:
    plain = [word if word.isascii() else in_ascii_digits(word) for word in words]
    plain = [word if len(word) <= LONGEST else "?" for word in plain]
    width = max(map(len, plain), default=0) or 1
    signs = np.array(plain, dtype=f"U{width}").view(np.uint32).reshape(len(plain), width)
    digit = (signs >= ord("0")) & (signs <= ord("9"))
    shape = np.where(digit, ord("9"), signs).astype(np.uint64) @ _FACTORS[:width]
    hopeless = ~digit.any(axis=1) & (signs[:, 0] != 0)
    by_shape = np.argsort(shape, kind="stable")
    by_shape = by_shape[~hopeless[by_shape]]
    ends = np.flatnonzero(np.diff(shape[by_shape])) + 1
    for rows in np.split(by_shape, ends) if len(by_shape) else []:
        if layout := _layout(_DIGIT.sub("9", plain[rows[0]])):
            _fill(stamps, start + rows, signs[rows], layout)


def in_ascii_digits(word: str) -> str:
    """The word in its plainest signs, digits of any script as 0 to 9."""
    plain = unicodedata.normalize("NFKC", word)
    return "".join(str(unicodedata.decimal(sign, sign)) for sign in plain)


@lru_cache(4096)
def _layout(shape: str) -> Layout | None:
    """How a word that looks like `shape` is laid out; None where it is no date."""
    if not shape:
        return Layout(BLANK, {})
    if _SERIAL.fullmatch(shape):
        return Layout(SERIAL, {})
    for pattern in _LAYOUTS:
        found = pattern.fullmatch(shape)
        if not found:
            continue
        told = found.groupdict()
        month = MONTHS.get((told.get("name") or "").casefold(), 0)
        if not month and "name" in told:
            continue
        long = [len(told[part] or "") == 4 for part in ("a", "c")]
        if all(long):
            continue
        return Layout(
            kind=NAMED if month else NUMERIC if told.get("by") else JOINED,
            at={part: slice(*found.span(part)) for part in PARTS if told.get(part)},
            month=month,
            year=YEAR_FIRST if long[0] else YEAR_LAST if long[1] else YEAR_SHORT,
            dashes=told.get("by") == "-",
            half=(told["half"] or "").lower(),
            zone=ZONES[told["zone"].upper()] if told["zone"] else None,
            west=told["sign"] == "-",
        )
    return None


def _fill(stamps: Stamps, rows: NDArray[np.intp], signs: NDArray[np.uint32], layout: Layout) -> None:
    """Write the numbers of words that share one layout."""
    stamps.kind[rows] = layout.kind
    if layout.kind not in (NUMERIC, NAMED, JOINED):
        return

    def number(part: str) -> NDArray[np.int32]:
        value = np.zeros(len(rows), dtype=np.int32)
        for digits in signs[:, layout.at.get(part, slice(0))].T:
            value = value * 10 + (digits.astype(np.int32) - ord("0"))
        return value

    stamps.numbers[rows] = np.column_stack([number(part) for part in "abc"])
    if layout.month:
        stamps.numbers[rows, 1] = layout.month
    stamps.year[rows] = layout.year
    stamps.dashes[rows] = layout.dashes
    hour, minute, second = number("h"), number("mi"), number("s")
    wrong = (hour > (12 if layout.half else 23)) | (minute > 59) | (second > 59)
    if layout.half:
        hour = hour % 12 + 12 * (layout.half == "p")
    east = number("oh") * 60 + number("om")
    wrong |= (east > 14 * 60) | (number("om") > 59)
    stamps.seconds[rows] = np.where(wrong, -1, hour * 3600 + minute * 60 + second)
    if layout.zone is not None:
        stamps.offset[rows] = layout.zone
    elif "oh" in layout.at:
        stamps.offset[rows] = -east if layout.west else east
