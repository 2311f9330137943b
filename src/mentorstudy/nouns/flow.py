"""Flow: how many came, stayed in the study, left it, and why."""

from dataclasses import dataclass, field, replace

ROUNDED = 5


def about(count: int) -> str:
    """A count as a notebook may show it: to the nearest five, so that two of them tell of nobody alone."""
    return f"about {ROUNDED * round(count / ROUNDED)}" if count >= ROUNDED else f"fewer than {ROUNDED}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """People still in after one step, by arm; None is a count too small to show.

    `others` counts the arms besides the treated one and the comparison. `why` says why those who were there
    before are not there now.
    """

    sample: str
    step: str
    mentored: int | None
    unmentored: int | None
    why: str
    others: dict[str, int | None] = field(default_factory=dict)

    @property
    def counts(self) -> tuple[int | None, ...]:
        """Every group's count: the treated, the other arms in the plan's order, the comparison."""
        return (self.mentored, *self.others.values(), self.unmentored)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """One file's rows: `rows` = `kept` + `merged` + the sum of `dropped` by reason, always.

    `merged` became part of another row. `read_as` says what the file was taken for, `notes` what was noticed in it.
    """

    file: str
    sha256: str
    rows: int
    kept: int
    dropped: dict[str, int]
    merged: int = 0
    read_as: str = "table"
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """A row that is neither kept nor accounted for is our own fault, so it stops the run."""
        if self.rows != self.kept + self.merged + sum(self.dropped.values()):
            raise AssertionError(
                f"{self.file}: {self.rows} rows in, {self.kept} kept, {self.merged} merged, {self.dropped} dropped do "
                "not add up"
            )

    def dropping(self, reason: str, rows: int) -> "Ledger":
        """The ledger after `rows` more were left out."""
        if not rows:
            return self
        return replace(self, kept=self.kept - rows, dropped=self.dropped | {reason: rows})


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """The steps from all who are in the records to those who were studied."""

    steps: tuple[Step, ...]

    def __post_init__(self) -> None:
        """Nobody joins on the way: a step never holds more people than the one before."""
        for before, after in zip(self.steps, self.steps[1:], strict=False):
            if before.sample == after.sample and any(map(_more, after.counts, before.counts)):
                raise AssertionError(f"more people after {after.step!r} than before it")


def _more(after: int | None, before: int | None) -> bool:
    return after is not None and before is not None and after > before
