"""Sheet: what a sheet of a workbook holds, counted before any of it is trusted."""

from dataclasses import dataclass, field

from mentorstudy.nouns.errors import DataError

MOST_ROWS, MOST_COLUMNS = 2_000_000, 16_384
MOST_CELLS = 130_000_000
MOST_SIGNS = 32_767  # that spreadsheets' programs let a cell have
SPARSE, FREE_BOX = 64, 5_000_000  # cells that a box may span for each one that is there, and beyond that anyway
EASY_TEXT, STRETCH = 100 << 20, 8  # bytes of text that cells may stand for, and beyond that for each byte written
EASY_SPACES = 10_000_000  # that are written as their number, and beyond that one for each byte written
Range = tuple[tuple[int, int], tuple[int, int]]  # row and column of the first cell and of the last, from 0
MEND = "Copy the table itself into a new workbook, or export it as CSV."


@dataclass(slots=True)
class Sheet:
    """How many cells a sheet has, how far they reach, how much text they stand for, and what they do not show."""

    label: str
    cells: int = 0
    rows: int = 0
    columns: int = 0
    text: int = 0  # bytes, each use of a text counted
    asked: int = 0  # spaces of those, where the file tells only how many
    hidden: int = 0  # rows
    errors: int = 0  # cells
    unfinished: int = 0  # formulas without a result
    zeros: int = 0  # formulas with 0 for a result that was never calculated
    merged: list[Range] = field(default_factory=list)  # of an OpenDocument and of xlsb; of others the reader tells
    otherwise: int = 0  # cells of xlsb in a form that the reader does not know

    def judge(self) -> None:
        """DataError where there is more than any survey has, or the box is nearly empty."""
        for what, there, most in (
            ("cells", self.cells, MOST_CELLS),
            ("rows", self.rows, MOST_ROWS),
            ("columns", self.columns, MOST_COLUMNS),
        ):
            if there > most:
                raise DataError(f"{self.label}: more than {most:,} {what}, which is the most that is read. {MEND}")
        if self.rows * self.columns > SPARSE * self.cells + FREE_BOX:
            raise DataError(
                f"{self.label}: a cell stands far away from the others, in row {self.rows:,} or column "
                f"{self.columns:,}. Delete the empty rows below the table and the empty columns beside it, and save it."
            )

    def judge_cell(self, signs: int) -> None:
        """DataError where a cell is longer than spreadsheets' programs let it be."""
        if signs > MOST_SIGNS:
            raise DataError(
                f"{self.label}: a cell of more than {MOST_SIGNS:,} signs, which is the most that a cell can have. "
                f"{MEND}"
            )

    def judge_text(self, written: int) -> None:
        """DataError where the `written` bytes use few texts so often that they would fill a machine's memory."""
        if (self.text > EASY_TEXT and self.text > STRETCH * written) or self.asked > max(EASY_SPACES, written):
            raise DataError(
                f"{self.label}: its cells use long texts again and again, {self.text / 1e9:.1f} GB in all, as in files "
                f"that are made to fill a machine's memory. {MEND}"
            )
