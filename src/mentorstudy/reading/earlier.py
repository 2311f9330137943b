"""Earlier: what a new export of a known survey changed, response by response, told in counts alone."""

from dataclasses import dataclass
from pathlib import Path
from unicodedata import normalize

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.flow import about
from mentorstudy.nouns.state import NEW, memory
from mentorstudy.reading.grid import number
from mentorstudy.reading.kept import FORM, Cells, Hashes, Kept, cells_of, hashed
from mentorstudy.reading.table import Table

LEAST = 5  # answers in both exports, from where they show how a column is written
MOSTLY = 0.5  # of them: as many never change, unless they are written otherwise
AGAIN = "another export than in the last run"
ONLY_NEXT = "so that only the next run can tell what changed since this one"
UNREAD = f"what the last run kept of it cannot be read, {ONLY_NEXT}"
OTHER_FORM = f"what the last run kept of it is by another version of mentorstudy, {ONLY_NEXT}"
UNKNOWN = "none of its responses is known by its id, so that the two cannot be compared"
SORTED = "or stand beside other responses, as after one column was sorted alone"
OTHERWISE = f"most answers are not those of before: they are written otherwise, {SORTED}; look which it is"
ANOTHER_KIND = (
    f"most of its columns are called or written otherwise, as in an export with labels for codes, {SORTED}: look which "
    "it is; only who answered is compared"
)


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
        none = "none known to have changed" if self.otherwise else "none changed"
        said = [f"{AGAIN}: of its responses {listed or none}"]
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
    ids = hashed(responses.words, "response", key)[responses.codes]
    if not pd.Index(ids).is_unique:
        return ""
    own = hashed(responses.words, "whose", key)[responses.codes]
    answered = [name for name, field in table.fields.items() if field.kind not in ("meta", "timing")]
    now = _kept(table, answered, key, ids=ids, own=own)
    path = memory(study_folder, cohort, table.file)
    now.write(path.with_suffix(NEW))
    if not path.exists():
        return ""
    if (last := Kept.read(path)) is None:
        return UNREAD
    if last.sha256 == now.sha256:
        return ""
    if last.form != now.form:
        return OTHER_FORM
    empty = [hashed([""], _cells_in(name), key) for name in answered]
    return _changes(last, now, empty, own).in_words


def _kept(table: Table, answered: list[str], key: bytes, *, ids: Hashes, own: Hashes) -> Kept:
    cells = np.empty((len(answered), len(ids)), dtype=np.uint16)
    for place, name in enumerate(answered):
        column, labels = table.columns[name], table.fields[name].labels
        words = [_plain(labels.get(word, word)) for word in column.words]
        cells[place] = cells_of(hashed(words, _cells_in(name), key), column.codes, own)
    finished = table.response.get("finished")
    return Kept(
        form=np.array(FORM),
        sha256=np.array(table.sha256),
        ids=ids,
        finished=finished.among({"1"}) if finished else np.ones(len(ids), dtype=bool),
        names=hashed(answered, "names", key),
        cells=cells,
    )


def _cells_in(name: str) -> str:
    """What the cells of a column are hashed under, which is no column's name."""
    return f"cells {name}"


def _changes(last: Kept, now: Kept, empty: list[Hashes], own: Hashes) -> Changes:
    """`empty` is the hash of an empty cell, for each column there is now; `own` that of each response, not kept."""
    before, after = _both(last.ids, now.ids)
    completed = ~last.finished[before] & now.finished[after]
    others = ~completed
    whose, nothing = own[after], np.zeros(len(after), dtype=np.uint8)
    changed = np.zeros(len(after), dtype=bool)
    otherwise = told = 0
    old, new = _both(last.names, now.names)
    for was, is_ in zip(old.tolist(), new.tolist(), strict=True):
        then, here = last.cells[was][before], now.cells[is_][after]
        differs = (then != here) & others
        blank: Cells = cells_of(empty[is_], nothing, whose)
        both = (then != blank) & (here != blank) & others
        seen = int(np.count_nonzero(both))
        told += seen >= LEAST
        if seen >= LEAST and np.count_nonzero(differs & both) > MOSTLY * seen:
            otherwise += 1
        else:
            changed |= differs
    another_kind = otherwise > MOSTLY * told or len(new) < MOSTLY * min(len(last.names), len(now.names))
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


def _both(last: Hashes, now: Hashes) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Where those that stand in both stand in each of them, in the order of now: as they lie they are read fastest."""
    places = pd.Index(last).get_indexer(pd.Index(now))
    after = np.flatnonzero(places >= 0)
    return places[after], after


def _plain(word: str) -> str:
    """An answer as it is compared: numbers by value, words whatever their case and their spaces."""
    value = number(word)
    return " ".join(normalize("NFKC", word).casefold().split()) if np.isnan(value) else str(value)


def _columns(count: int) -> str:
    return f"{count} column{'s' if count > 1 else ''}"
