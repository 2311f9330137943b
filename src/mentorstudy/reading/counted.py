"""Counted: whether the answers that count stand in the files, so that nobody is counted out for a word of the plan."""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace

import numpy as np

from mentorstudy.nouns.errors import Fault
from mentorstudy.nouns.item import Item
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.written import near
from mentorstudy.reading.coding.answers import NUMBER, label_of
from mentorstudy.reading.coding.catalogue import UndecidedError, by_catalogue, normalised, of_one_set
from mentorstudy.reading.coding.offered import offered
from mentorstudy.reading.coding.values import Coded, Declared
from mentorstudy.reading.grid import number
from mentorstudy.reading.place import Place
from mentorstudy.reading.shown import MOST_LABELS, codes_lines, several_lines
from mentorstudy.reading.suspected import suspected
from mentorstudy.reading.ticked import boxes_of, joined, texts_of, ticked

NOBODY_DID = " If it could be chosen and nobody did, list all answers in plan.toml:\n"


def counted(outcome: Outcome, places: Sequence[Place], item: Item, own: Declared) -> list[tuple[Coded, list[str]]]:
    """1 and 0 in each place, and its faults.

    That nobody gave an answer does not make it one that was offered. It was where the file has it, in its cells,
    value labels or boxes or in another column of the same grid; where other files have it and all answers here are
    among theirs; where the plan's own set has it; and where a set of the catalogue holds it with all answers here.
    A number that looks like the code of a missing answer is not one that does not count, nor is a cell that seems to
    hold one that counts among several.
    """
    coded = [ticked(place.column, place.table, item, outcome.yes, own.missing) for place in places]
    offers = [_offers(place) for place in places]
    wanted = {normalised(item.choices.get(answer, answer)) for answer in outcome.yes}
    has = [bool(wanted & offer) or bool((one.numbers == 1).any()) for offer, one in zip(offers, coded, strict=True)]
    of_plan = {normalised(text) for text in (*own.codes, *item.choices.values())}
    known = {text for offer, one in zip(offers, has, strict=True) if one for text in offer}
    known |= of_plan if wanted & of_plan else set()
    none = {normalised(text) for text in own.missing}
    numbers = [(place, _numbers(place, item, one)) for place, one in zip(places, coded, strict=True)]
    worded = any(place.labels for place in places)
    doubted = suspected(outcome.item, numbers, known=set(map(number, wanted)), worded=worded)
    told: list[tuple[Coded, list[str]]] = []
    for place, one, here, strange in zip(places, coded, has, doubted, strict=True):
        meant = (
            here or place.column.blank.all() or _could_be_given(place, item, wanted, known, none, several=any(has))
        )
        faults = [*([] if own.codes else strange), *_parted(place, outcome, item, own, places)]
        told.append((one, faults if meant else [*faults, _nowhere(place, outcome, places)]))
    return told


def misspelt(outcome: Outcome, places: Sequence[Place], item: Item) -> Iterator[str]:
    """A note for each answer that counts and stands in none of the files, where they have one spelt much like it."""
    given = {text for place in places for text in _offers(place)}
    wanted = [item.choices.get(answer, answer) for answer in outcome.yes]
    counts = {normalised(answer) for answer in wanted}
    others = [label for place in places for label in place.shown_labels if normalised(label) not in counts]
    for answer in wanted:
        if normalised(answer) not in given and (meant := near(answer, others)):
            pair = " and the files ".join(json.dumps(text, ensure_ascii=False) for text in (answer, meant[0]))
            yield f"yes has {pair}, which does not count"


def of_other_sets(places: Sequence[Place]) -> Iterator[str]:
    """A note where files have the answers of different sets: those that count are another part of each."""
    sets: dict[str, str] = {}
    for place in places:
        with suppress(UndecidedError):
            if place.labels:
                sets.setdefault(by_catalogue(place.labels).set_name, place.where)
    if len(sets) > 1:
        told = " and ".join(f"{name} in {file}" for name, file in sets.items())
        yield f"the answers are those of {told}, so what yes counts may be less of one than of the other"


def _numbers(place: Place, item: Item, coded: Coded) -> list[float]:
    """The number that each text of a column with one answer a cell is, nan where it is none or no answer."""
    if boxes_of(place.column, place.table) or _holds_several(place, item):
        return [np.nan] * len(place.column.words)
    answered = zip(place.column.words, (~np.isnan(coded.value)).tolist(), strict=True)
    return [number(word) if given else np.nan for word, given in answered]


def _holds_several(place: Place, item: Item) -> bool:
    """Whether a cell may hold several answers."""
    return bool(item.separator or place.about.separator) or place.about.kind == "list"


def _could_be_given(
    place: Place, item: Item, wanted: set[str], known: set[str], none: set[str], *, several: bool
) -> bool:
    """Whether an answer that counts was offered in a file that does not hold it; `several` where another does.

    Texts that are `none` by the plan say nothing of it.
    """
    if boxes_of(place.column, place.table):
        return False
    if _holds_several(place, item):
        return several or bool(wanted & known)
    labels = {normalised(label) for label in place.about.labels.values()}
    words = {label_of(word, place.about) for word in place.column.words if NUMBER.fullmatch(word)} - labels
    here = ({normalised(label) for label in place.labels} | words) - none
    return (bool(known) and here <= known) or any(of_one_set({*here, text}) for text in wanted)


def _offers(place: Place) -> set[str]:
    """The answers that a file gives or offers, in the question's column or boxes or in its grid."""
    if boxes := boxes_of(place.column, place.table):
        return {text for box in boxes for text in texts_of(place.table, box)}
    found: set[str] = set()
    for table, name in place.siblings:
        about = table.fields[name]
        found |= {label_of(word, about) for word in table.columns[name].words if word}
        found |= {normalised(label) for label in about.labels.values()}
    return found


def _parted(place: Place, outcome: Outcome, item: Item, own: Declared, places: Sequence[Place]) -> list[str]:
    """A fault for the cells that seem to hold several answers, one that counts among them.

    What stands alone in one wave of a file is an answer in its other waves too.
    """
    words = dict.fromkeys(
        word
        for other in (place, *places)
        if other.table.file == place.table.file and other.name == place.name
        for word in other.column.words
    )
    column = replace(place.column, words=tuple(words))
    found = joined(column, place.table, item, outcome.yes, [*own.codes, *own.missing])
    cells = {word: sign for word in place.column.words if (sign := found.get(word))}
    if not cells:
        return []
    [(sign, _)] = Counter(cells.values()).most_common(1)
    named = item.column if len(item.column) > 1 else item.column[0]
    said = (
        "an answer that counts stands here beside others. If cells hold several answers, write into plan.toml, in "
        f"place of its line under [items]:\n{several_lines(outcome.item, named, sign)}\nIf each such cell is one "
        f"answer, list all answers with their codes under [labels.{outcome.item}]."
    )
    return place.table.fault(place.column.among(set(cells)), place.column.name, said)


def _nowhere(place: Place, outcome: Outcome, places: Sequence[Place]) -> str:
    """None of the answers that count is one here: which there are, so far as they may be told, and what to write."""
    boxes = boxes_of(place.column, place.table)
    if boxes:
        parts = [place.table.fields[box].part or place.table.fields[box].choice for box in boxes]
        shown = [part for part in parts if part in offered(parts, declared=True)]
    else:
        shown = place.shown_labels
    yes = json.dumps(outcome.yes, ensure_ascii=False)
    said = f"none of yes = {yes} of outcomes.{outcome.name} is an answer {place.here}, so its share would be 0. "
    said += f"The file has {' | '.join(shown[:MOST_LABELS])}. " if shown else ""
    if not place.labels and not boxes:
        more = json.dumps([*outcome.yes, "..."], ensure_ascii=False)
        said += f"Its answers are numbers: name those that count too, as in yes = {more}."
        if points := _points(outcome, places):
            said += f"{NOBODY_DID}{codes_lines(outcome.item, points)}"
        return Fault.of(said, file=place.table.file, column=place.column.name)
    said += "Name what counts as the file writes it."
    if not boxes:
        lines = codes_lines(outcome.item, dict.fromkeys([*shown[:MOST_LABELS], *outcome.yes]))
        said += f"{NOBODY_DID}{lines}"
    return Fault.of(said, file=place.table.file, column=place.column.name)


def _points(outcome: Outcome, places: Sequence[Place]) -> dict[str, float]:
    """Every whole number from the lowest to the highest that is an answer anywhere or counts; none where many are."""
    told = {number(text) for text in (*outcome.yes, *(word for place in places for word in place.column.words))}
    ends = sorted(value for value in told if not np.isnan(value))
    if not ends or ends[-1] - ends[0] >= MOST_LABELS or any(value % 1 for value in ends):
        return {}
    return {f"{point:g}": point for point in np.arange(ends[0], ends[-1] + 1).tolist()}
