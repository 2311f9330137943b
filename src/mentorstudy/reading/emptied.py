"""Emptied: a survey file that has answers, and none that counts."""

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.flow import about
from mentorstudy.reading.table import Table

NOBODY = "without a person id"  # reason for which rows are left out


def not_emptied(table: Table, person: str) -> None:
    """DataError, with the reasons and the mend, where no row of the file is left and some had no id.

    `person` is the column of ids. Otherwise the plan would be told that it had named a wave wrongly.
    """
    if len(table.rows) or NOBODY not in table.dropped:
        return
    counts = ", ".join(f"{about(count)} {reason}" for reason, count in sorted(table.dropped.items()))
    where = "the tool's own place for them" if person in table.response else f"column {person}"
    raise DataError(
        f"{table.file}: none of its {table.height} rows counts: {counts}. The ids are looked for in {where}. Name the "
        'column that has them, person = "..." under [columns.survey] in plan.toml, or export the file with its ids.'
    )
