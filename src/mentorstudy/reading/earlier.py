"""Earlier: what a new export of a known survey changed, response by response, told in counts alone.

What is kept of a file are keyed hashes of its response ids and of each one's answers: nothing of them can be read
back, and the key lies apart.
"""

import io
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.flow import about
from mentorstudy.nouns.state import NEW, memory, write_private
from mentorstudy.reading.grid import Column
from mentorstudy.reading.table import Table

Hashes = NDArray[np.uint64]
ODD = np.uint64(0x9E3779B97F4A7C15)  # spreads the columns of a row over all bits


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Responses of a file against its last export: by id, and by what was answered."""

    new: int
    completed: int
    changed: int
    gone: int
    same: int

    @property
    def in_words(self) -> str:
        """What a message says of it; counts to the nearest five."""
        told = {"new": self.new, "completed since": self.completed, "changed": self.changed, "gone": self.gone}
        listed = ", ".join(f"{about(count)} {word}" for word, count in told.items() if count) or "none changed"
        return f"another export than in the last run: of its responses {listed}"


def compared(study_folder: Path, cohort: str, table: Table, key: bytes) -> Changes | None:
    """The changes since the last run; None where the file has no response ids, or was never run, or is the same.

    What is found now is kept aside until the run is published.
    """
    if "response" not in table.response:
        return None
    ids = _hashed(table.response["response"], key)
    if len(np.unique(ids)) < len(ids):
        return None
    finished = table.response["finished"].among({"1"}) if "finished" in table.response else np.ones(len(ids), bool)
    answers = _rows(table, key)
    path = memory(study_folder, cohort, table.file)
    packed = io.BytesIO()
    np.savez(packed, sha256=np.array(table.sha256), ids=ids, answers=answers, finished=finished)
    write_private(path.with_suffix(NEW), packed.getvalue(), replacing=True)
    if not path.exists():
        return None
    with np.load(path) as known:
        if str(known["sha256"]) == table.sha256:
            return None
        return _changes((known["ids"], known["answers"], known["finished"]), (ids, answers, finished))


def _changes(
    old: tuple[Hashes, Hashes, NDArray[np.bool_]], new: tuple[Hashes, Hashes, NDArray[np.bool_]]
) -> Changes:
    _, before, after = np.intersect1d(old[0], new[0], assume_unique=True, return_indices=True)
    completed = ~old[2][before] & new[2][after]
    changed = (old[1][before] != new[1][after]) & ~completed
    return Changes(
        new=len(new[0]) - len(after),
        completed=int(completed.sum()),
        changed=int(changed.sum()),
        gone=len(old[0]) - len(before),
        same=len(after) - int(completed.sum()) - int(changed.sum()),
    )


def _rows(table: Table, key: bytes) -> Hashes:
    """A hash of each row's answers, from one for each distinct text of a column; the columns' order does not count."""
    total = np.zeros(len(table.rows), dtype=np.uint64)
    for name, column in table.columns.items():
        if table.fields[name].kind not in ("meta", "timing"):
            salt = np.uint64(int.from_bytes(blake2b(name.encode(), key=key, digest_size=8).digest(), "little"))
            total += (_hashed(column, key) ^ salt) * ODD
    return total


def _hashed(column: Column, key: bytes) -> Hashes:
    words = [blake2b(word.encode(), key=key, digest_size=8).digest() for word in column.words]
    return np.frombuffer(b"".join(words), dtype="<u8").astype(np.uint64)[column.codes]
