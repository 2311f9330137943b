"""Clocks: days of the calendar, and what the clocks of a place showed."""

import re
import zoneinfo
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.errors import MachineError, PlanError
from mentorstudy.nouns.written import did_you_mean

Mask = NDArray[np.bool_]
Times = NDArray[np.datetime64]

OFFSET = re.compile(r"(?:GMT|UTC)?\s*([+-])\s*([0-9]{1,2})(?::?([0-9]{2}))?\s*", re.IGNORECASE)
NOWHEN = np.datetime64("NaT", "s")


@dataclass(frozen=True, slots=True, kw_only=True)
class OnClock:
    """What clocks of a place showed, in UTC: not-a-time where they show it twice or never."""

    utc: Times
    doubled: Mask
    skipped: Mask
    earliest: Times  # as `utc`, and the first moment that a time shown twice or never can be


def in_utc(local: Times, zone: str) -> OnClock:
    """What clocks of `zone` showed."""
    place = zone_named(zone)
    index = pd.DatetimeIndex(local)
    first = index.tz_localize(place, ambiguous=np.ones(len(index), dtype=bool), nonexistent="shift_forward")
    once = index.tz_localize(place, ambiguous="NaT", nonexistent="shift_forward").notna()
    filled = ~np.isnat(local)
    doubled = filled & ~once
    skipped = filled & (_seconds(first.tz_localize(None)) != local)
    earliest = _seconds(first.tz_convert(None))
    return OnClock(
        utc=np.where(doubled | skipped, NOWHEN, earliest), doubled=doubled, skipped=skipped, earliest=earliest
    )


def days_at(utc: Times, zone: str) -> Times:
    """The days that calendars of `zone` showed at moments in UTC."""
    index = pd.DatetimeIndex(utc).tz_localize("UTC").tz_convert(zone_named(zone)).tz_localize(None)
    return _seconds(index).astype("datetime64[D]").astype("datetime64[s]")


def _seconds(index: pd.DatetimeIndex) -> Times:
    return index.to_numpy().astype("datetime64[s]")


def zone_named(zone: str) -> zoneinfo.ZoneInfo:
    """The zone of that name; PlanError with the nearest names, MachineError where the machine knows none."""
    known = zoneinfo.available_timezones()
    if not known:
        raise MachineError("This machine has no list of time zones. Install one: pip install tzdata")
    if zone not in known and (hours := OFFSET.fullmatch(zone)):
        turned = f"Etc/GMT{'-' if hours[1] == '+' else '+'}{int(hours[2])}"
        whole = turned in known and (hours[3] or "00") == "00"
        always = f"; for clocks that are never put forward, {turned}, whose sign is turned round" * whole
        raise PlanError(f"There is no time zone {zone}. Write a region and its town, as in Europe/Berlin{always}.")
    if zone not in known:
        towns = {name.rpartition("/")[2]: name for name in sorted(known)}
        meant = towns.get(zone.replace(" ", "_").title())
        mend = f"Did you mean {meant}?" if meant else did_you_mean(zone, sorted(known - _unusual(known)))
        if mend.startswith("Known here"):
            mend = "Write a region and its town, as in Europe/Berlin, America/New_York or UTC."
        raise PlanError(f"There is no time zone {zone}. {mend}")
    return zoneinfo.ZoneInfo(zone)


def _unusual(known: set[str]) -> set[str]:
    return {name for name in known if name.startswith(("posix/", "right/", "Etc/", "SystemV/"))}


def calendar_days(year: NDArray[np.int32], month: NDArray[np.int32], day: NDArray[np.int32]) -> tuple[Times, Mask]:
    """Days of the calendar, and where there is such a day."""
    fits = (month >= 1) & (month <= 12) & (day >= 1) & (day <= 31)
    months = ((year - 1970) * 12 + np.where(fits, month, 1) - 1).astype("datetime64[M]")
    days = months.astype("datetime64[D]") + np.where(fits, day - 1, 0)
    fits &= days.astype("datetime64[M]") == months
    return np.where(fits, days.astype("datetime64[s]"), NOWHEN), fits
