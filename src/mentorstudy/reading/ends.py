"""Ends: what a scale's lowest and highest code are called, where only the file says which way its labels run."""

from collections.abc import Iterator, Mapping

from mentorstudy.nouns.errors import Fault
from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.coding.direction import runs_contrary
from mentorstudy.reading.coding.scaled import Placed
from mentorstudy.reading.noticed import named
from mentorstudy.reading.shown import codes_lines, offered_in, quoted
from mentorstudy.reading.table import Table

Labels = tuple[tuple[str, float], ...]  # by their places


def told_ends(table: Table, scale: Scale, columns: Mapping[str, Placed]) -> Iterator[str]:
    """A note for each set of labels of which too few are known to tell which way they run.

    Their codes are taken for places as they stand, and nothing but a reader can tell that 1 is the best answer.
    """
    for labels, names in _sets(table, columns).items():
        if not runs_contrary(dict(labels), scale):
            yield (
                f"{', '.join(names)}: {_called(table, scale, names, labels)} that neither the scale nor its set of the "
                "catalogue knows: its codes are taken as they stand, 1 the lowest. If they run the other way, write "
                f"into plan.toml:\n{_turned(table, scale, names, labels)}"
            )


def contrary_ends(table: Table, scale: Scale, columns: Mapping[str, Placed]) -> Iterator[str]:
    """A fault for each such set that looks like the scale's responses, or is a set of the catalogue, turned round."""
    for labels, names in _sets(table, columns).items():
        if runs_contrary(dict(labels), scale):
            said = (
                f"{_called(table, scale, names, labels)} that run the other way than scale {scale.name}, as far as "
                f"they tell. Give each its place in plan.toml, such as:\n{_turned(table, scale, names, labels)}"
            )
            yield Fault.of(said, file=table.file, column=named([table.columns[name].name for name in names]))


def _sets(table: Table, columns: Mapping[str, Placed]) -> dict[Labels, list[str]]:
    """The columns by the labels whose codes or digits are taken as they stand."""
    sets: dict[Labels, list[str]] = {}
    for name, placed in columns.items():
        if placed.standing:
            written = (*table.columns[name].words, *table.fields[name].labels.values())
            texts = {normalised(text): text for text in written}
            labels = ((texts.get(label, label), place) for label, place in placed.standing.items())
            sets.setdefault(tuple(sorted(labels, key=lambda pair: pair[1])), []).append(name)
    return sets


def _called(table: Table, scale: Scale, names: list[str], labels: Labels) -> str:
    ends = [pair for pair in labels if pair[1] in (1, scale.highest)] if _may_be_told(table, names, labels) else []
    called = " and ".join(f'its {place:g} is called "{quoted(label)}"' for label, place in ends)
    return f"{called}, words" if called else "its codes are called by words"


def _turned(table: Table, scale: Scale, names: list[str], labels: Labels) -> str:
    shown = _may_be_told(table, names, labels)
    return codes_lines(scale.name, {label: scale.highest + 1 - at for label, at in labels} if shown else {})


def _may_be_told(table: Table, names: list[str], labels: Labels) -> bool:
    """Whether they were offered: texts that code several items alike were, whatever else may be said of them."""
    return len(names) > 1 or offered_in(table, names[0]).issuperset(label for label, _ in labels)
