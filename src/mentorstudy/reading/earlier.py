"""Earlier: what a new export of a known survey changed, response by response, told in counts alone.

What is kept of a file are keyed hashes of its response ids and its columns, and of each cell two bytes of a hash that
mixes in whose it is: nothing of them can be read back, nor who answered alike, and the key lies apart.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass, fields
from hashlib import blake2b
from pathlib import Path
from typing import Self
from unicodedata import normalize
from zipfile import BadZipFile

import numpy as np
from numpy.typing import NDArray

from mentorstudy.nouns.flow import about
from mentorstudy.nouns.state import NEW, memory, write_private
from mentorstudy.reading.grid import number
from mentorstudy.reading.table import Table

Hashes = NDArray[np.uint64]
ODD = np.uint64(0x9E3779B97F4A7C15)  # spreads a cell and its response over all bits
TOP = np.uint64(48)  # bits of a cell's hash that are not kept
LEAST = 5  # answers in both exports, from where they show how a column is written
MOSTLY = 0.5  # of them: as many never change, unless they are written otherwise
AGAIN = "another export than in the last run"
UNREAD = (
    "what the last run kept of it cannot be read, so that only the next run can tell what changed since this one"
)
UNKNOWN = "none of its responses is known by its id, so that the two cannot be compared"
OTHERWISE = "answers are written otherwise, and cannot be compared"
ANOTHER_KIND = (
    "most of its columns are called or written otherwise, as in an export with labels for codes, so that only who "
    "answered is compared"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """What is kept of one file: its responses, its columns of answers, and each cell, columns by responses."""

    sha256: NDArray[np.str_]
    ids: Hashes
    finished: NDArray[np.bool_]
    names: Hashes
    cells: NDArray[np.uint16]

    @classmethod
    def read(cls, path: Path) -> Self | None:
        """What the last run kept; None where it is damaged."""
        try:
            with path.open("rb") as raw, np.load(raw) as known:  # which leaves a path that it opened itself open
                kept = cls(**{one.name: known[one.name] for one in fields(cls)})
        except (OSError, ValueError, KeyError, EOFError, BadZipFile):
            return None
        whole = kept.cells.shape == (len(kept.names), len(kept.ids)) and len(kept.finished) == len(kept.ids)
        return kept if whole else None

    def write(self, path: Path) -> None:
        """Keep it, for its owner alone."""
        packed = io.BytesIO()
        np.savez(packed, **{one.name: getattr(self, one.name) for one in fields(self)})
        write_private(path, packed.getvalue(), replacing=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """Responses of a file against its last export, by id and by what was answered, and its columns of answers."""

    new: int
    completed: int
    changed: int
    gone: int
    same: int
    added: int  # columns
    taken_out: int
    otherwise: int  # columns whose answers are written in another way
    another_kind: (
        bool  # of export: most columns are called or written in another way, so that no answer is compared
    )

    @property
    def in_words(self) -> str:
        """What a message says of it; responses to the nearest five."""
        if self.gone and not self.same + self.completed + self.changed:
            return f"{AGAIN}: {UNKNOWN}"
        told = {"new": self.new, "completed since": self.completed, "changed": self.changed, "gone": self.gone}
        listed = ", ".join(f"{about(count)} {word}" for word, count in told.items() if count)
        if self.another_kind:
            return f"{AGAIN}: of its responses {listed or 'none new or gone'}; {ANOTHER_KIND}"
        said = [f"{AGAIN}: of its responses {listed or 'none changed'}"]
        if self.otherwise:
            said.append(f"in {_columns(self.otherwise)} {OTHERWISE}")
        parts = {"added": self.added, "taken out": self.taken_out}
        if columns := ", ".join(f"{_columns(count)} {word}" for word, count in parts.items() if count):
            said.append(columns)
        return "; ".join(said)


def compared(study_folder: Path, cohort: str, table: Table, key: bytes) -> str:
    """The changes since the last run, in words; none where the file has no response ids, is new, or is the same.

    What is found now is kept aside until the run is published.
    """
    if "response" not in table.response:
        return ""
    responses = table.response["response"].as_ids()
    ids = _hashed(responses.words, "response", key)[responses.codes]
    if len(np.unique(ids)) < len(ids):
        return ""
    answered = [name for name, field in table.fields.items() if field.kind not in ("meta", "timing")]
    now = _kept(table, answered, ids, key)
    path = memory(study_folder, cohort, table.file)
    now.write(path.with_suffix(NEW))
    if not path.exists():
        return ""
    if (last := Kept.read(path)) is None:
        return UNREAD
    if last.sha256 == now.sha256:
        return ""
    empty = np.concatenate([_hashed([""], name, key) for name in answered] or [ids[:0]])
    return _changes(last, now, empty).in_words


def _kept(table: Table, answered: list[str], ids: Hashes, key: bytes) -> Kept:
    cells = np.empty((len(answered), len(ids)), dtype=np.uint16)
    for place, name in enumerate(answered):
        column, labels = table.columns[name], table.fields[name].labels
        words = [_plain(labels.get(word, word)) for word in column.words]
        cells[place] = _mixed(_hashed(words, name, key)[column.codes], ids)
    finished = table.response.get("finished")
    return Kept(
        sha256=np.array(table.sha256),
        ids=ids,
        finished=finished.among({"1"}) if finished else np.ones(len(ids), dtype=bool),
        names=_hashed(answered, "names", key),
        cells=cells,
    )


def _changes(last: Kept, now: Kept, empty: Hashes) -> Changes:
    """`empty` is the hash of an empty cell, for each column there is now."""
    _, before, after = np.intersect1d(last.ids, now.ids, assume_unique=True, return_indices=True)
    _, old, new = np.intersect1d(last.names, now.names, assume_unique=True, return_indices=True)
    completed = ~last.finished[before] & now.finished[after]
    changed = np.zeros(len(after), dtype=bool)
    otherwise = told = 0
    for was, is_, blank in zip(old, new, empty[new], strict=True):
        then, here, none = last.cells[was][before], now.cells[is_][after], _mixed(blank, now.ids[after])
        differs = (then != here) & ~completed
        both = (then != none) & (here != none) & ~completed
        tells = both.sum() >= LEAST
        told += int(tells)
        if tells and (differs & both).sum() > MOSTLY * both.sum():
            otherwise += 1
        else:
            changed |= differs
    another_kind = otherwise > MOSTLY * told or len(new) < MOSTLY * max(len(last.names), len(now.names))
    if another_kind:
        changed[:] = False
    return Changes(
        new=len(now.ids) - len(after),
        completed=int(completed.sum()),
        changed=int(changed.sum()),
        gone=len(last.ids) - len(before),
        same=int((~changed & ~completed).sum()),
        added=len(now.names) - len(new),
        taken_out=len(last.names) - len(old),
        otherwise=otherwise,
        another_kind=another_kind,
    )


def _plain(word: str) -> str:
    """An answer as it is compared: numbers by value, words whatever their case and their spaces."""
    value = number(word)
    return " ".join(normalize("NFKC", word).casefold().split()) if np.isnan(value) else str(value)


def _hashed(words: Iterable[str], of: str, key: bytes) -> Hashes:
    """A keyed hash of each text, another one under each `of`."""
    keyed = blake2b(of.encode() + b"\0", key=key, digest_size=8)

    def hashed(word: str) -> bytes:
        own = keyed.copy()
        own.update(word.encode())
        return own.digest()

    return np.frombuffer(b"".join(map(hashed, words)), dtype="<u8").astype(np.uint64)


def _mixed(words: Hashes | np.uint64, ids: Hashes) -> NDArray[np.uint16]:
    return (((words ^ ids) * ODD) >> TOP).astype(np.uint16)


def _columns(count: int) -> str:
    return f"{count} column{'s' if count > 1 else ''}"
