"""Threads: columns made side by side."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor

import pyarrow

from mentorstudy.reading.grid import Column

THREADS = min(4, os.cpu_count() or 1)


def side_by_side(
    make: Callable[[str, pyarrow.ChunkedArray], Column], names: Iterable[str], cells: Iterable[pyarrow.ChunkedArray]
) -> tuple[Column, ...]:
    """A column of each name and its cells; numpy and pyarrow let go of the interpreter while they work."""
    with ThreadPoolExecutor(THREADS) as threads:
        return tuple(threads.map(make, names, cells))
