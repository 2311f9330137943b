"""Threads: columns made side by side."""

import os
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Made = TypeVar("Made")
THREADS = min(4, os.cpu_count() or 1)


def side_by_side(make: Callable[..., Made], *of: Iterable[object]) -> tuple[Made, ...]:
    """What `make` makes of each; numpy and pyarrow let go of the interpreter while they work."""
    with ThreadPoolExecutor(THREADS) as threads:
        return tuple(threads.map(make, *of))
