"""Outcomes: the questions that are outcomes of their own, read from all files of a cohort at once."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.export import Export
from mentorstudy.nouns.item import Item
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.study import Study
from mentorstudy.reading.alike import coded_alike
from mentorstudy.reading.coding.digits import SET_NAME
from mentorstudy.reading.coding.values import Coded, Declared
from mentorstudy.reading.counted import counted, misspelt, of_other_sets
from mentorstudy.reading.ids import Listed
from mentorstudy.reading.items import column_named, names_of
from mentorstudy.reading.labelled import declared_of, lent, over, taken_names
from mentorstudy.reading.numerals import unclear
from mentorstudy.reading.place import Place, place_of
from mentorstudy.reading.read import NUMBERS, Read
from mentorstudy.reading.together import lender, lenders
from mentorstudy.reading.unanswered import Said, unanswered
from mentorstudy.reading.waved import Found, Part, at_waves, together


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """The exports with the answers to each item that is an outcome; the faults of the files, and of the plan.

    `met` are the tables under [labels] that name something or coded an answer, `lacking` the samples in which an
    outcome has no answers.
    """

    files: list[Export]
    faults: list[str]
    misnamed: list[str]
    met: set[str]
    lacking: set[str]


def with_outcomes(study: Study, files: Sequence[Export], listed: Sequence[Listed]) -> Answered:
    """The outcomes' answers; what a label means shows only from all files that ask the question."""
    taken = taken_names(study, [one.table for one in listed])
    lending = lent(study.plan, taken)
    used: set[str] = set()
    lacking: set[str] = set()
    files = list(files)
    faults: list[str] = []
    misnamed: list[str] = []
    for outcome in _once(study):
        parts, unfound = _parts(study, outcome, files, listed)
        faults += unfound
        lacking |= set() if parts else {outcome.sample}
        places = [part.place for part in parts]
        columns = [(place.table, place.name) for place in places]
        own, said = declared_of(study, {outcome.item, *names_of(study.plan, outcome.item)}, columns)
        misnamed += said
        if outcome.yes:
            own, names = _with_lent(places, own, lending)
            used |= names
            found = _counted(study, outcome, places, own)
        else:
            read = coded_alike(outcome.item, places, own, lending, _waves_of_each(study, outcome))
            used |= lenders(read, own, lending)
            found = [(one.coded, one.faults, _told(one, read)) for one in read]
            for at in dict.fromkeys(part.file for part in parts):
                faults += _unclear(study, outcome, listed[at])
        said_none = [text for one in (*lending.values(), own) for text in one.missing]
        found = _with_unanswered(outcome.item, places, found, said_none)
        for at, (coded, wrong, notes) in together(parts, found):
            faults += wrong
            files[at] = _with(files[at], outcome.item, coded, notes)
    return Answered(files=files, faults=faults, misnamed=misnamed, met=taken | used, lacking=lacking)


def _parts(
    study: Study, outcome: Outcome, files: Sequence[Export], listed: Sequence[Listed]
) -> tuple[list[Part], list[str]]:
    """Where the outcome's item stands in each file that is to hold it, wave by wave; and where it does not."""
    parts: list[Part] = []
    faults: list[str] = []
    waves = _waves(study, outcome)
    for at, (export, file) in enumerate(zip(files, listed, strict=True)):
        if file.role == "survey" and file.sample == outcome.sample and (not file.wave or file.wave in waves):
            try:
                place = place_of(file.table, column_named(file.table, study.plan, outcome.item))
                parts += at_waves(place, at, export.rows, waves)
            except DataError as error:
                faults += error.faults
    return parts, faults


def _unclear(study: Study, outcome: Outcome, file: Listed) -> list[str]:
    """A fault where the item's numbers in a file may be thousands or decimals."""
    [settings] = [sample.files["survey"] for sample in study.samples if sample.name == outcome.sample]
    name = column_named(file.table, study.plan, outcome.item)
    return unclear(file.table, file.table.columns[name], settings)


def _once(study: Study) -> Iterator[Outcome]:
    """Each item with the answers that count, once for all outcomes that it is; their waves together."""
    seen: dict[tuple[str, str], Outcome] = {}
    for outcome in study.outcomes:
        if outcome.kind == "item":
            seen.setdefault((outcome.sample, outcome.item), outcome)
    yield from seen.values()


def _waves(study: Study, outcome: Outcome) -> list[str]:
    """The waves of all outcomes that the item is."""
    return list(dict.fromkeys(wave for waves in _waves_of_each(study, outcome) for wave in waves))


def _waves_of_each(study: Study, outcome: Outcome) -> list[Sequence[str]]:
    same = [other for other in study.outcomes if (other.sample, other.item) == (outcome.sample, outcome.item)]
    return [other.waves for other in same]


def _with_lent(
    places: Sequence[Place], own: Declared, lending: Mapping[str, Declared]
) -> tuple[Declared, set[str]]:
    """What the plan says of answers some of which count, a set that holds them all among it; and whose sets fit any.

    So what the set has for no answer is none that does not count.
    """
    if own.codes:
        return own, set()
    name = lender(places, lending)
    fitting = {name, *(lender([place], lending) for place in places)} - {""}
    return over(lending[name], own) if name else own, fitting


def _counted(
    study: Study, outcome: Outcome, places: Sequence[Place], own: Declared
) -> list[tuple[Coded, list[str], list[str]]]:
    """1 and 0 in each place, the faults, and the notes where there are none."""
    item = study.plan.items.get(outcome.item, Item(column=[outcome.item]))
    found = counted(outcome, places, item, own)
    wrong = any(faults for _, faults in found)
    notes = [] if wrong else [*misspelt(outcome, places, item), *of_other_sets(places)]
    return [(coded, faults, notes) for coded, faults in found]


def _with_unanswered(
    item: str, places: Sequence[Place], found: Sequence[Found], declared: Collection[str]
) -> list[Found]:
    """What was found, with a note in the first place of each file on what its answers were read as none by."""
    files = [place.table.file for place in places]
    told = []
    for at, (file, (coded, faults, notes)) in enumerate(zip(files, found, strict=True)):
        more: list[str] = []
        if file not in files[:at]:
            more = unanswered(
                item,
                (
                    Said(column=place.column, about=place.about, declared=declared, coded=one)
                    for place, (one, _, _) in zip(places, found, strict=True)
                    if place.table.file == file
                ),
            )
        told.append((coded, faults, [*notes, *more]))
    return told


def _told(one: Read, read: Sequence[Read]) -> list[str]:
    """How an item was coded, where the plan does not say; no words but the catalogue's.

    Of several waves in a file what is told is of them together, or of the largest: few people may have answered one.
    """
    if one.by in ("", *NUMBERS):
        return []
    alike = [other for other in read if other.by == one.by and other.place.table.file == one.place.table.file]
    if one.by == SET_NAME:
        points = sorted({point for other in alike for point in other.times})
        return [f"coded by the digits in the labels, {points[0]:g} to {points[-1]:g}"] if points else []
    return list(max(alike, key=lambda other: sum(other.times.values())).said)


def noted(files: Sequence[Export], said: Sequence[str]) -> list[Export]:
    """The exports, with what is to be told of all of them in the notes of the first survey."""
    first = next((at for at, file in enumerate(files) if file.role == "survey"), 0)
    return [file.with_notes(said) if at == first else file for at, file in enumerate(files)]


def _with(export: Export, item: str, coded: Coded, notes: Sequence[str]) -> Export:
    rows = export.rows.assign(**{item: pd.Series(coded.numbers, index=export.rows.index)})
    reasons = export.reasons.assign(**{item: pd.Series(coded.reasons, index=export.rows.index)})
    told = [f"item {item}: {note}." for note in notes]
    return replace(export, rows=rows, reasons=reasons).with_notes(told)
