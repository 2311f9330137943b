"""Twice: one person's answers in two files of one wave, one file's responses under two waves, or waves exchanged."""

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations, pairwise

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.errors import rows_told
from mentorstudy.nouns.export import Export
from mentorstudy.nouns.file import File
from mentorstudy.nouns.plan import Role
from mentorstudy.nouns.study import Study
from mentorstudy.reading.coding.moments import moments_of
from mentorstudy.reading.ids import Listed
from mentorstudy.reading.table import Table

CLOCKS = ("submitted_at", "started_at")
TOLD = ("response", *CLOCKS)
MOSTLY = 0.5  # of a file's responses
ENOUGH, ENOUGH_OF = 10, 0.2  # people who answered two waves, and their share of the smaller, to judge by them
ASIDE = 0.1  # of a wave's responses at either end, where waves are judged as a whole


def in_two_files(files: Iterable[Export]) -> Iterator[str]:
    """A fault for each file with answers of a wave that the same person gave in an earlier file too."""
    seen: dict[tuple[str, Role], pd.DataFrame] = {}
    for file in files:
        if file.role not in ("survey", "waves"):
            continue
        rows = file.rows[["person"]].assign(
            wave=file.rows["wave"].astype(str) if "wave" in file.rows else file.wave, file=file.ledger.file
        )
        earlier = seen.get((file.sample, file.role), rows[:0])
        again = rows.reset_index().merge(earlier, on=["person", "wave"], suffixes=("", "_earlier"))
        if len(again):
            others = ", ".join(sorted(again["file_earlier"].unique()))
            told = rows_told(again["row"].unique().tolist())
            yield (
                f"{file.ledger.file}: row {told}: people who stand in {others} with the "
                "same wave. Keep one row a person and wave."
            )
        seen[file.sample, file.role] = pd.concat([earlier, rows])


def in_two_waves(files: Iterable[Listed]) -> Iterator[str]:
    """A fault for each survey file that is another wave's once more, under the name of its own wave."""
    surveys = [file for file in files if file.role == "survey" and file.wave]
    for first, second in combinations(surveys, 2):
        if first.sample != second.sample or first.table.file == second.table.file:
            continue
        shared = _shared(first.table, second.table)
        if shared > MOSTLY * min(len(first.table.rows), len(second.table.rows)):
            part, whole = (second, first) if len(second.table.rows) <= len(first.table.rows) else (first, second)
            said = f"most of its responses stand in {whole.table.file} too"
            if first.table.sha256 == second.table.sha256:
                said = f"the same file as {whole.table.file}"
            yield (
                f"{part.table.file}: {said}, which is taken for wave {whole.wave}, so one of the two is not what "
                f"its name says. Put the export of wave {part.wave} in its place, or name the file after the "
                "wave it holds."
            )


def in_wrong_order(study: Study, files: Sequence[Export], listed: Sequence[Listed]) -> Iterator[str]:
    """A fault for each wave that was answered before the one it follows; waves of one sitting have one clock."""
    pairs = {pair for outcome in study.outcomes for pair in pairwise(outcome.waves)}
    if study.plan.waves:
        pairs |= {(study.plan.waves.baseline, wave) for wave in study.plan.waves.follow_up}
    for sample in study.samples:
        told = [
            _moments(file, of.table, sample.files["survey"])
            for file, of in zip(files, listed, strict=True)
            if (file.sample, file.role) == (sample.name, "survey") and sample.files["survey"].wave != "suffix"
        ]
        if not told:
            continue
        seen = dict(iter(pd.concat(told).dropna(subset="at").groupby("wave")))
        for before, after in sorted(pair for pair in pairs if {*pair} <= {*seen}):
            days, judged_by = _days_early(seen[before], seen[after])
            if days > 0:
                earlier, later = (" and ".join(sorted(seen[wave]["file"].unique())) for wave in (before, after))
                yield (
                    f"{later}: the responses of wave {after} were handed in {days} days before those of wave {before}"
                    f"{f' in {earlier}' if earlier != later else ''}, by {judged_by}, and the plan has {after} "
                    f"follow {before}. If two exports were exchanged, exchange the files' names; if the plan names the "
                    'waves in another order, write the one before first, as in waves = ["T0", "T12"].'
                )


def _days_early(before: pd.DataFrame, after: pd.DataFrame) -> tuple[int, str]:
    """The days by which a wave was handed in before the one it follows, none where it was not, and what tells it.

    Each person is compared with themselves: where people enrol over years, many a first answer is later than the
    second ones of others. Where too few answered both, only waves that lie apart tell anything, and of the one before
    only the first responses, as many as followed: whoever enrolled since has none to follow.
    """
    both = before.merge(after, on="person")
    if len(both) >= max(ENOUGH, ENOUGH_OF * min(len(before), len(after))):
        return (both["at_x"] - both["at_y"]).median().days, "the median of those who answered both"
    first = before["at"].nsmallest(len(after))
    if after["at"].quantile(1 - ASIDE) < first.quantile(ASIDE):
        return (first.median() - after["at"].median()).days, "their medians"
    return 0, ""


def _moments(file: Export, table: Table, settings: File) -> pd.DataFrame:
    """The person, the wave and the moment of each response, where it tells its moment."""
    at: NDArray[np.datetime64] = np.full(len(table.rows), np.datetime64("NaT", "us"))
    if clock := next((word for word in CLOCKS if word in table.response), ""):
        column = table.response[clock]
        read = moments_of(column.words, settings.time_zone or table.zone, settings.date_order or "")
        at = at if read.faults else read.values[column.codes]
    waves = file.rows["wave"].astype(str).to_numpy() if "wave" in file.rows else file.wave
    return pd.DataFrame({"person": file.rows["person"].to_numpy(), "wave": waves, "file": table.file, "at": at})


def _shared(first: Table, second: Table) -> int:
    """Rows of the second that tell of the same response as one of the first, by its id and its moments."""
    if first.sha256 == second.sha256:
        return len(second.rows)
    words = [word for word in TOLD if word in first.response and word in second.response]
    if not {*words} & {*CLOCKS}:  # ids alone are numbered anew by many tools
        return 0
    frames = [
        pd.DataFrame({word: table.response[word].mapped(table.response[word].words) for word in words})
        for table in (first, second)
    ]
    dated = np.logical_or.reduce([frames[1][word] != "" for word in words if word in CLOCKS])
    return len(frames[1][dated].merge(frames[0].drop_duplicates(), on=words))
