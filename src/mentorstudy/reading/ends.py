"""Ends: what a scale's lowest and highest code are called, where only the file says which way its labels run."""

import re
from collections.abc import Iterator, Mapping

import numpy as np

from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.coding.catalogue import normalised, not_answers, points
from mentorstudy.reading.coding.scaled import Placed
from mentorstudy.reading.shown import codes_lines, offered_in, quoted
from mentorstudy.reading.table import Table

NUMBERED = re.compile(r"[\W\d_]*(.*?)[\W\d_]*", re.DOTALL)  # a label without the number before or behind it
MOST = 400  # signs of a label


def told_ends(table: Table, scale: Scale, columns: Mapping[str, Placed], codes: Mapping[str, int]) -> Iterator[str]:
    """A note for each set of labels of which no one is known to the scale, the catalogue or the plan (`codes`).

    Their codes are taken for places as they stand, and nothing but a reader can tell that 1 is the best answer.
    """
    known = points() | not_answers().keys() | {normalised(text) for text in (*scale.responses, *codes)}
    sets: dict[tuple[tuple[str, int], ...], list[str]] = {}
    for name, placed in columns.items():
        labels = {label: place for label, place in _labelled(table, name, placed).items() if _words(label)}
        if labels and not any(words in known for label in labels for words in (normalised(label), _words(label))):
            sets.setdefault(tuple(sorted(labels.items(), key=lambda one: one[1])), []).append(name)
    for pairs, names in sets.items():
        yield f"{', '.join(names)}: {_said(table, scale, names, dict(pairs))}"


def _labelled(table: Table, name: str, placed: Placed) -> dict[str, int]:
    """The place of each label of a column, be it the file's for a code or the text of the cells themselves."""
    column, about = table.columns[name], table.fields[name]
    found = {
        about.labels.get(word, word): int(place)
        for word, place, reason in zip(column.words, placed.value.tolist(), placed.why, strict=True)
        if word and not reason and not np.isnan(place)
    }
    for text in about.labels.values():
        if (place := placed.places.get(normalised(text))) is not None:
            found[text] = int(place)
    return found


def _words(label: str) -> str:
    if len(label) > MOST:
        return ""
    found = NUMBERED.fullmatch(label)
    return normalised(found[1]) if found else ""


def _said(table: Table, scale: Scale, names: list[str], labels: Mapping[str, int]) -> str:
    # Texts that code several items alike were offered as answers, whatever else may be said of them.
    shown = len(names) > 1 or offered_in(table, names[0]).issuperset(labels)
    ends = {place: label for label, place in labels.items() if place in (1, scale.highest)} if shown else {}
    called = " and ".join(f'its {place} is called "{quoted(label)}"' for place, label in sorted(ends.items()))
    called = f"{called}, words" if called else "its codes are called by words"
    turned = {label: scale.highest + 1 - place for label, place in labels.items()} if shown else {}
    return (
        f"{called} that neither the scale nor the catalogue knows: its codes are taken as they stand, 1 the lowest. "
        f"If they run the other way, write into plan.toml:\n{codes_lines(scale.name, turned)}"
    )
