"""Far: days of the records so far from the snapshot that another year must be meant."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from mentorstudy.nouns.errors import Fault
from mentorstudy.nouns.export import Export
from mentorstudy.nouns.study import Study
from mentorstudy.reading.records import DAYS

BACK, AHEAD = 80, 3  # years
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
