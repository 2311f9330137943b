"""Memory: whether a table will fit into what is free."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mentorstudy.nouns.errors import DataError

EASY = 100_000_000  # bytes that any machine has
LIMIT, USED = Path("/sys/fs/cgroup/memory.max"), Path("/sys/fs/cgroup/memory.current")
MEND = "Export only the columns that the plan names, or one cohort at a time."


@contextmanager
def within(label: str) -> Iterator[None]:
    """DataError where the memory, or what a thread takes of it, runs out while a file is read."""
    try:
        yield
    except (MemoryError, RuntimeError) as error:
        if not isinstance(error, MemoryError) and "start new thread" not in str(error):
            raise
        raise DataError(
            f"{label}: the memory does not suffice to read it; {free_bytes() / 1e9:.1f} GB are free now. {MEND}"
        ) from None


def fits(label: str, cells: float, needed: float) -> None:
    """DataError where a table of so many cells needs more bytes than are free."""
    if needed < EASY:
        return
    free = free_bytes()
    if needed > free:
        raise DataError(
            f"{label}: about {cells:,.0f} cells, which take {needed / 1e9:.1f} GB of memory here, and {free / 1e9:.1f} "
            f"GB are free. {MEND}"
        )


def free_bytes() -> float:
    """What the machine can still give, or what a container or a limit that this runs in may still take."""
    import psutil  # noqa: PLC0415 - 0.05 s that few files pay

    free = float(psutil.virtual_memory().available)
    if sys.platform != "win32":
        import resource  # noqa: PLC0415 - Windows has none

        most, _ = resource.getrlimit(resource.RLIMIT_AS)
        if most != resource.RLIM_INFINITY:
            free = min(free, max(float(most - psutil.Process().memory_info().vms), 0.0))
    try:
        return min(free, float(LIMIT.read_text()) - float(USED.read_text()))
    except (OSError, ValueError):  # no container, or one without a limit
        return free
