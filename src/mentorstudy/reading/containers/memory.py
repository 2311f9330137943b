"""Memory: whether a table will fit into what is free."""

from pathlib import Path

from mentorstudy.nouns.errors import DataError

EASY = 100_000_000  # bytes that any machine has
LIMIT, USED = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")


def fits(label: str, cells: float, needed: float) -> None:
    """DataError where a table of so many cells needs more bytes than are free."""
    if needed < EASY:
        return
    free = free_bytes()
    if needed > free:
        raise DataError(
            f"{label}: about {cells:,.0f} cells, which take {needed / 1e9:.1f} GB of memory here, and {free / 1e9:.1f} "
            "GB are free. Export only the columns that the plan names, or one cohort at a time."
        )


def free_bytes() -> float:
    """What the machine can still give, or what a container that this runs in may still take."""
    import psutil  # noqa: PLC0415 - 0.05 s that few files pay

    free = float(psutil.virtual_memory().available)
    try:
        return min(free, float(LIMIT.read_text()) - float(USED.read_text()))
    except (OSError, ValueError):  # no container, or one without a limit
        return free
