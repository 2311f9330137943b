"""Simulate: one cohort of made people, as the files a user would have."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np

from mentorstudy.nouns.scale import Scale
from mentorstudy.planning.files import (
    Staff,
    hired_and_left,
    write_cohort,
    write_hr,
    write_matches,
    write_meetings,
    write_survey,
)
from mentorstudy.planning.people import draw
from mentorstudy.planning.world import World

BEFORE_START = 21  # days from the opening of the first survey to the start
YEAR_DAYS = 365
FOLLOWED = 410  # days from the start to the last day of the records: over 13 months
INTAKE_DAYS = 25
NOT_ELIGIBLE = 0.06  # of the eligible: half on fixed-term contracts, half hired less than six months before
FIRST_MENTOR_ID = 70_000


def simulate(
    folder: str | Path,
    *,
    world: World,
    scales: Mapping[str, Scale],
    n: int,
    start: date,
    seed: int | tuple[int, ...],
    first_id: int = 1,
) -> None:
    """`n` eligible people of `world`, and some who are not, written to `folder` (one cohort's).

    hr.csv, matches.csv, meetings.csv, survey_T0.csv, survey_T12.csv and cohort.toml; the same bytes for the same
    seed. Employee ids are five digits, from `first_id` on. Nobody in them exists.
    """
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(seed)
    snapshot = start + timedelta(days=FOLLOWED)
    outside = round(n * NOT_ELIGIBLE / 2)
    numbers = rng.choice(np.arange(first_id, first_id + 4 * n), n + 2 * outside, replace=False)
    ids = [f"{number:05d}" for number in numbers]
    mentor_ids = [f"{number:05d}" for number in FIRST_MENTOR_ID + first_id + rng.permutation(4 * n)]

    def staff(place: int, count: int, contract: str, *, newcomers: bool = False, arm: int | None = None) -> Staff:
        people = draw(world, scales, count, rng, arm=arm)
        if newcomers:
            people = replace(people, tenure=rng.integers(1, 5, count))
        hired, left = hired_and_left(people, start, snapshot, rng)
        return Staff(
            people=people,
            ids=ids[place : place + count],
            mentor_ids=mentor_ids,
            hired=hired,
            left=left,
            contract=contract,
            start=start,
        )

    eligible = staff(0, n, "permanent")
    everybody = [
        eligible,
        staff(n, outside, "fixed-term", arm=0),
        staff(n + outside, outside, "permanent", newcomers=True, arm=0),
    ]
    write_hr(folder / "hr.csv", everybody, rng)
    write_matches(folder / "matches.csv", eligible)
    write_meetings(folder / "meetings.csv", eligible, rng)
    opens = {"T0": start - timedelta(days=BEFORE_START), "T12": start + timedelta(days=YEAR_DAYS)}
    for wave, opened in opens.items():
        write_survey(folder / f"survey_{wave}.csv", everybody, scales, wave=wave, opened=opened, rng=rng)
    write_cohort(folder / "cohort.toml", start=start, closes=start + timedelta(days=INTAKE_DAYS), snapshot=snapshot)
