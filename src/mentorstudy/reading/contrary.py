"""Contrary: labels to which the files of a scale's items give different places."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress

from mentorstudy.nouns.errors import DataError, Fault
from mentorstudy.nouns.scale import Scale
from mentorstudy.nouns.study import Study
from mentorstudy.reading.coding.catalogue import normalised
from mentorstudy.reading.ids import Listed
from mentorstudy.reading.items import Items, column_named, placed_in, scales_asked
from mentorstudy.reading.shown import MOST_LABELS, codes_lines, offered_in
from mentorstudy.reading.table import Table


def contrary(study: Study, listed: Sequence[Listed]) -> Iterator[str]:
    """A fault for each column in which a label of a scale has another place than in a column before it.

    What the scale, the catalogue or the plan knows has one place everywhere; other labels stand for their codes.
    """
    for scale in study.scales.values():
        for sample in {file.sample: None for file in listed}:
            files = [file for file in listed if file.role == "survey" and file.sample == sample]
            read = [(file.table, _read(study, file.table, scale)) for file in files if _asks(study, file, scale)]
            yield from _told(scale, read)


def _asks(study: Study, file: Listed, scale: Scale) -> bool:
    return scale in scales_asked(study, file.wave)


def _read(study: Study, table: Table, scale: Scale) -> Items:
    names: dict[str, str] = {}
    for item in scale.item_names:
        with suppress(DataError):  # told where the file was read
            names[item] = column_named(table, study.plan, item)
    return placed_in(study, table, scale, names)


def _told(scale: Scale, read: Sequence[tuple[Table, Items]]) -> Iterator[str]:
    first: dict[str, tuple[float, str, str]] = {}
    for table, items in read:
        for name, found in items.columns.items():
            other = next(
                (first[text] for text, at in found.places.items() if first.get(text, (at,))[0] != at), None
            )
            for text, at in found.places.items():
                first.setdefault(text, (at, table.file, name))
            if other:
                _, file, column = other
                said = (
                    f"a label of scale {scale.name} has another code here than in {file}, column {column}, so one "
                    "answer would have two places. Give each label its place in plan.toml:\n"
                    f"{codes_lines(scale.name, {**items.codes, **_labels(table, name, found.places)})}"
                )
                yield Fault.of(said, file=table.file, column=table.columns[name].name)


def _labels(table: Table, name: str, places: Mapping[str, float]) -> dict[str, None]:
    """The labels that are known by nothing but their codes, so far as they may be told; none where they are many."""
    shown = offered_in(table, name)
    labels = [label for label in table.fields[name].labels.values() if normalised(label) in places]
    return dict.fromkeys(labels) if shown.issuperset(labels) and len(labels) <= MOST_LABELS else {}
