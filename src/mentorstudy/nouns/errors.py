"""Four errors, one for each thing a reader can mend: the data, the plan, the machine, or wait."""

from collections.abc import Sequence

from mentorstudy.nouns.cleaning import cleaned
from mentorstudy.nouns.flow import Ledger

SHOWN = 10  # faults told in full; the rest are counted
TOLD = 10  # rows named in a fault; the rest are counted


class Fault(str):
    """One sentence of what is wrong, which also knows its place: the file, the rows by number, the column."""

    __slots__ = ("column", "file", "rows", "said")
    file: str
    rows: tuple[int, ...]
    column: str
    said: str

    @classmethod
    def of(cls, said: str, *, file: str, rows: Sequence[int] = (), column: str = "") -> "Fault":
        """The sentence, its place in front."""
        place = [f"row {rows_told(rows)}" if rows else "", f"column {column}" if column else ""]
        where = ", ".join(part for part in place if part)
        fault = cls(cleaned(f"{file}: {where}: {said}" if where else f"{file}: {said}"))
        fault.file, fault.rows, fault.column, fault.said = file, tuple(rows), cleaned(column), cleaned(said)
        return fault

    @classmethod
    def known(cls, text: str) -> "Fault":
        """A fault from a sentence that tells its place only in words."""
        if isinstance(text, Fault):
            return text
        fault = cls(cleaned(text))
        file, colon, said = fault.partition(": ")
        fault.file, fault.said = (file, said) if colon else ("", str(fault))
        fault.rows, fault.column = (), ""
        return fault


class StudyError(Exception):
    """Something the person at the keyboard can mend; told without a traceback.

    `faults` are whole sentences: where, what was found, the mend; never a person's name or answer. `ledgers` tell of
    the files that could be read all the same.
    """

    exit_code = 70
    ledgers: tuple[Ledger, ...] = ()

    def __init__(self, *faults: str) -> None:
        """Keep every fault; a file's faults are told together."""
        self.faults = tuple(map(Fault.known, faults))
        super().__init__(*self.faults)

    def __str__(self) -> str:
        """One fault a line, the first ten and the number of the rest."""
        told: list[str] = list(self.faults[:SHOWN])
        if len(self.faults) > SHOWN:
            told.append(f"... and {len(self.faults) - SHOWN} more of {len(self.faults)} faults in all.")
        return "\n".join(told)


class DataError(StudyError):
    """An input file does not hold what the plan needs."""

    exit_code = 3


class PlanError(StudyError):
    """The plan, a scale or a cohort's three lines cannot be run as written."""

    exit_code = 4


class MachineError(StudyError):
    """The machine lacks something: a package, space, a right to write."""

    exit_code = 5


class BusyError(StudyError):
    """Another run holds the study."""

    exit_code = 6


def rows_told(rows: Sequence[int]) -> str:
    """The first rows of a fault by their number in the file, and how many more there are."""
    more = f" and {len(rows) - TOLD} more" if len(rows) > TOLD else ""
    return ", ".join(str(row) for row in rows[:TOLD]) + more


def raise_all(error: type[StudyError], faults: Sequence[str]) -> None:
    """Raise `error` with all faults at once, or return when there are none."""
    if faults:
        raise error(*faults)


def raise_both(data: Sequence[str], plan: Sequence[str]) -> None:
    """Raise DataError with all faults where some are the data's, PlanError where all are the plan's."""
    raise_all(DataError, [*data, *plan] if data else [])
    raise_all(PlanError, plan)
