"""Kept: what is kept of a file between runs: keyed hashes, from which nobody can be told.

Each text is hashed by SipHash-2-4 under a key of its own column, drawn from the study's key, which lies apart: without
it no list of ids or answers can be tried. Of a cell two bytes are kept, of a hash that mixes in whose it is by a
second hash of the id that is not kept: so neither an answer can be read back, nor who answered alike.
"""

import io
from base64 import b64encode
from collections.abc import Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from pathlib import Path
from typing import Self
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray
from pandas.util import hash_array

from mentorstudy.nouns.state import write_private
from mentorstudy.reading.grid import Codes

Hashes = NDArray[np.uint64]
Cells = NDArray[np.uint16]
FORM = 2  # of the hashes; those of another form, of an earlier version, say nothing beside them
KEY_BYTES = 12  # of a column's key: the sixteen letters of base64 that SipHash takes as one
ODD = np.uint64(0x9E3779B97F4A7C15)  # spreads every bit over all those above it
HALF, TOP = np.uint64(32), np.uint64(48)  # the last bits of a hash below its other half, and below what is kept
BLOCK = 1 << 15  # rows that are mixed at once, few enough to stay in the processor's own memory


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of one file: its responses, its columns of answers, and each cell, columns by responses.

    Two of a million ids share their eight bytes once in 37 million files; of changed cells, one in 65,536 keeps its
    two bytes and is not seen.
    """

    form: NDArray[np.int64]
    sha256: NDArray[np.str_]
    ids: Hashes
    finished: NDArray[np.bool_]
    names: Hashes
    cells: Cells

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """What the last run kept; None where it is damaged."""
        try:
            with path.open("rb") as raw, np.load(raw) as known:  # which leaves a path that it opened itself open
                form = known["form"] if "form" in known else np.array(1)  # the first said none
                kept = cls(form=form, **{one.name: known[one.name] for one in fields(cls) if one.name != "form"})
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return None
        whole = kept.cells.shape == (len(kept.names), len(kept.ids)) and len(kept.finished) == len(kept.ids)
        return kept if whole else None

    def write(self, path: Path) -> None:
        """Keep it, for its owner alone."""
        packed = io.BytesIO()
        np.savez(packed, **{one.name: getattr(self, one.name) for one in fields(self)})
        write_private(path, packed.getbuffer(), replacing=True)


def hashed(words: Sequence[str], of: str, key: bytes) -> Hashes:
    """A keyed hash of each text, another one under each `of`."""
    own = b64encode(blake2b(of.encode(), key=key, digest_size=KEY_BYTES).digest()).decode()
    texts = np.array(words, dtype=object)
    hashes: Hashes = hash_array(texts, hash_key=own, categorize=False)
    return hashes


def cells_of(words: Hashes, codes: Codes, own: Hashes) -> Cells:
    """Two bytes of each cell: the hash of its text, mixed with a hash of the response's own."""
    cells = np.empty(len(codes), dtype=np.uint16)
    for at in range(0, len(codes), BLOCK):
        rows = slice(at, at + BLOCK)
        cell = words.take(codes[rows])
        cell ^= own[rows]
        cell *= ODD
        cell ^= cell >> HALF  # or the last bits of the product would be those of its last bits alone
        cell *= ODD
        cells[rows] = cell >> TOP
    return cells
