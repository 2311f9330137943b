"""Far: days so far from the snapshot that another year must be meant, and answers given long before it."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mentorstudy.nouns.errors import Fault
from mentorstudy.nouns.export import Export
from mentorstudy.nouns.flow import about
from mentorstudy.nouns.study import Study
from mentorstudy.reading.records import DAYS

BACK, AHEAD = 80, 3  # years
LONG_AGO = 5  # years; few cohorts are followed for longer from their first survey on
AHEAD_OF_EXIT = 60  # a contract may end with the age of retiring


def far_off(files: Iterable[Export], study: Study, snapshot: date | None) -> Iterator[str]:
    """A fault of each column with days that nobody in these records can have; none where no snapshot is known."""
    if snapshot is None:
        return
    columns = {sample.name: sample.columns for sample in study.samples}
    for export in files:
        for word in sorted(DAYS & set(export.rows)):
            ahead = AHEAD_OF_EXIT if word == "exit_on" else AHEAD
            years = export.rows[word].dt.year - snapshot.year
            rows: Sequence[int] = export.rows.index[(years < -BACK) | (years > ahead)].tolist()
            if rows:
                yield Fault.of(
                    f"days more than {BACK} years before the snapshot ({snapshot}) or {ahead} after it. Correct the "
                    "years, and leave unknown days empty.",
                    file=export.ledger.file,
                    rows=rows,
                    column=" or ".join(columns[export.sample].get(export.role, {}).get(word, [word])),
                )


def long_ago(export: Export, snapshot: date | None) -> Iterator[str]:
    """A note on the days of a survey's answers that lie years before the snapshot."""
    if snapshot is None or export.role != "survey" or "answered_on" not in export.rows:
        return
    count = int((snapshot.year - export.rows["answered_on"].dt.year > LONG_AGO).sum())
    if count:
        yield (
            f"{about(count)} answer{'s' * (count > 1)} of more than {LONG_AGO} years before the "
            f"snapshot ({snapshot}), by answered_on. Check the years there, and the snapshot in cohort.toml."
        )
