"""Signs that nobody can see are dropped from ids and answers, and their cells are told by row and code point."""

import openpyxl
import pytest

from mentorstudy import inspect_files, read_cohort, read_study

NOTE = (
    "first/survey_T0.{kind}: row 3, 5, column {column}: 2 cells with U+200B, U+200F, which cannot be seen and were "
    "dropped, so that ids and answers are met without them."
)


def marked(small, at):
    """The cells of one column in rows 3 and 5 with a sign at each end that shows nothing."""

    def change(text):
        lines = [line.split(",") for line in text.splitlines()]
        for row in (2, 4):
            lines[row][at] = f"\u200b{lines[row][at]}\u200f"
        return "\n".join(map(",".join, lines)) + "\n"

    return small.change("survey_T0.csv", change)


def notes(small):
    return [
        note for file in read_cohort(read_study(small.folder), small.cohort).files for note in file.ledger.notes
    ]


@pytest.mark.parametrize(("at", "column"), [(0, "id"), (1, "z1")])
def test_cells_of_a_text_file_are_told(small, at, column):
    before = read_cohort(read_study(small.folder), small.cohort)
    assert notes(marked(small, at)) == [NOTE.format(kind="csv", column=column)]
    after = read_cohort(read_study(small.folder), small.cohort)
    for one, other in zip(before.files, after.files, strict=True):
        assert one.rows.equals(other.rows)
    [seen] = inspect_files([small.path("survey_T0.csv")]).files
    assert any("row 3, 5, column" in note and "U+200B" in note for note in seen.notes)


def test_cells_of_a_workbook_are_told(small):
    marked(small, 0)
    for wave in ("T0", "T12"):
        path, book = small.path(f"survey_{wave}.csv"), openpyxl.Workbook()
        for line in path.read_text().splitlines():
            book.active.append(line.split(","))
        book.save(path.with_suffix(".xlsx"))
        path.unlink()
    small.change("plan.toml", lambda text: text.replace("survey_*.csv", "survey_*.xlsx"))
    assert notes(small) == [NOTE.format(kind="xlsx", column="id")]
