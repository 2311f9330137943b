"""Scaled: the texts of a scale's items to places of its responses, and to the reason where there is none."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.coding.answers import NUMBER, folded, label_of, labels_of, whole
from mentorstudy.reading.coding.bridged import bridged, by_words, of_its_set
from mentorstudy.reading.coding.catalogue import Coding, normalised, not_answers
from mentorstudy.reading.coding.digits import SET_NAME
from mentorstudy.reading.coding.line import AS_IT_STANDS, Line, bare, is_taken, line_of, pairs_of, rise, worded
from mentorstudy.reading.coding.rare import without_rare
from mentorstudy.reading.coding.values import NOTHING, Coded, Declared
from mentorstudy.reading.grid import Column, Field, number

Columns = Sequence[tuple[Column, Field]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed(Coded):
    """An item of a scale: `untold` are the texts that are numbers beside labels, where nothing tells their places.

    `places` are those of the labels to which the file gives codes; `standing` those of labels in words that nothing
    knows, and whose codes or digits are taken as they stand.
    """

    untold: frozenset[str]
    places: Mapping[str, float]
    standing: Mapping[str, float]


def on_scale(
    columns: Columns, scale: Scale, declared: Sequence[Declared] = ()
) -> tuple[list[Placed], tuple[str, ...]]:
    """The codes of all items of a scale, 1 to the number of its responses; and what is to be told of how.

    Each text is, in this order: a code or a reason that the plan declares for its column (`declared`, one of each);
    what the file declares to be no answer; a number where the labels of other codes place it; one of the scale's
    responses; the place of one, where numbers can only be places; a reason that the catalogue knows. Where none of the
    texts is a response, they are coded by the catalogue if it knows both them and the responses as the same set, or by
    the digits in them; so they are where all but a rare one is, which stays odd. Numbers beside labels to which the
    file gives no codes are no places.
    """
    said = list(declared) or [NOTHING] * len(columns)
    learnt = _learnt(columns, scale, said)
    knowns = [_known(one, learnt, scale) for one in said]
    pairs = [pairs_of(about, known) for (_, about), known in zip(columns, knowns, strict=True)]
    every = {pair for one in pairs for pair in one}
    unworded = _unworded(learnt, scale)
    read = [
        _Reading(
            scale=scale,
            own=folded(own.codes).keys() & known,
            reasons=folded(own.missing),
            known=known,
            missing=not_answers() | (folded(learnt.missing) if learnt else {}),
            line=line_of(one or every) if every else None,
            labelled=bool(every),
            by_digits=learnt is not None and learnt.set_name == SET_NAME,
            worded=_tell(scale, {place for _, place in one or every}),
            unworded=unworded,
        )
        for own, known, one in zip(said, knowns, pairs, strict=True)
    ]
    found = [one.placed(column, about) for one, (column, about) in zip(read, columns, strict=True)]
    turned: dict[Line, list[str]] = {}
    for one, (column, about) in zip(read, columns, strict=True):
        if one.line and one.by_line(column, about):
            turned.setdefault(one.line, []).append(column.name)
    moved = [
        f"{'' if len(names) == len(columns) else ', '.join(names) + ': '}{_moved(line, scale)}"
        for line, names in turned.items()
    ]
    return found, (*(learnt.said if learnt else ()), *moved)


def takes_codes(scale: Scale) -> bool:
    """Whether a number in the file can only be a response's place in the list."""
    places = enumerate(scale.responses, start=1)
    return all(not NUMBER.fullmatch(answer) or float(answer) == place for place, answer in places)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Reading:
    """What tells the places of one column's texts; `line` places the numbers without a label where others have one.

    `worded` is whether known labels tell which way the file's codes run, `unworded` are labels placed by their digits
    alone.
    """

    scale: Scale
    own: Collection[str]
    reasons: Mapping[str, str]
    known: Mapping[str, int]
    missing: Mapping[str, str]
    line: Line | None
    labelled: bool
    by_digits: bool
    worded: bool
    unworded: Mapping[str, float]

    def placed(self, column: Column, about: Field) -> Placed:
        mixed = not self.labelled and not self.by_digits and worded(column, about, self.known)
        value = np.full(len(column.words), np.nan)
        why = [""] * len(column.words)
        odd = np.zeros(len(column.words), dtype=bool)
        untold = set()
        for at, word in enumerate(column.words):
            label = label_of(word, about, self.known)
            if reason := self._reason(word, label, about):
                why[at] = reason
            elif (place := self._place(word, label, about, mixed=mixed)) is not None:
                value[at] = place
            else:
                odd[at] = bool(word)
                if self._is_unlabelled(word, label, about) and (mixed or (self.labelled and not self.line)):
                    untold.add(word)
        places = self._places(about)
        return Placed(
            codes=column.codes,
            value=value,
            why=tuple(why),
            odd=odd,
            untold=frozenset(untold),
            places=places,
            standing=self._standing(column, about, places),
        )

    def by_line(self, column: Column, about: Field) -> bool:
        """Whether a number stands elsewhere than it says, by the labels of others."""
        labels = ((word, label_of(word, about, self.known)) for word in column.words)
        return self.line not in (None, AS_IT_STANDS) and any(
            self._is_unlabelled(word, label, about)
            for word, label in labels
            if label not in self.own and not self._reason(word, label, about)
        )

    def _reason(self, word: str, label: str, about: Field) -> str:
        """Why it is no answer, by the plan, the file or the catalogue; a known response may be one of theirs."""
        if label in self.own:
            return ""
        if reason := self.reasons.get(normalised(word)) or self.reasons.get(label):
            return reason
        if label in self.known:
            return "" if label in not_answers() else about.missing.get(word, "")
        return about.missing.get(word) or self.missing.get(label, "")

    def _place(self, word: str, label: str, about: Field, *, mixed: bool) -> float | None:
        if self.labelled and label not in self.own and self._is_unlabelled(word, label, about):
            place = self.line.at(number(word)) if self.line else 0
            return place if 1 <= place <= self.scale.highest else None
        if label in self.known:
            return self.known[label]
        place = _place(word) if takes_codes(self.scale) and not mixed else 0
        taken = is_taken(place, place, {text: self.known[text] for text in self.own}, words=False)
        return place if 1 <= place <= self.scale.highest and not taken else None

    def _is_unlabelled(self, word: str, label: str, about: Field) -> bool:
        """Whether a cell is a number that has no label, or one that says nothing."""
        is_number = NUMBER.fullmatch(whole(word)) is not None
        return is_number and (bare(word, about) or label not in self.known)

    def _standing(self, column: Column, about: Field, places: Mapping[str, float]) -> dict[str, float]:
        texts = {label_of(word, about, self.known) for word in column.words}
        digits = {label: place for label, place in self.unworded.items() if label in texts | places.keys()}
        codes = {} if self.worded else {label: at for label, at in places.items() if label not in self.known}
        return digits | codes

    def _places(self, about: Field) -> dict[str, float]:
        """The places of labels for codes, those that are no answer set aside."""
        found: dict[str, float] = {}
        for code, text in about.labels.items():
            label = normalised(text)
            if label not in self.own and np.isnan(number(text)) and not self._reason(code, label, about):
                place = self._place(code, label, about, mixed=False)
                found |= {} if place is None else {label: place}
        return found


def _learnt(columns: Columns, scale: Scale, declared: Sequence[Declared]) -> Coding | None:
    """The file's other words for the responses: with numbers among them, or without."""
    responses = {normalised(answer) for answer in scale.responses}
    said = {
        text
        for (column, about), one in zip(columns, declared, strict=True)
        for text in labels_of(column, about)
        if normalised(text) not in {**folded(one.codes), **folded(one.missing)} | not_answers()
    }
    if all(normalised(text) in responses or _place(text) for text in said):
        return None
    words = {text for text in said if np.isnan(number(text))}
    if learnt := bridged(said, scale):
        return learnt
    if words == said:
        return without_rare(columns, said, lambda texts: bridged(texts, scale))
    learnt = of_its_set(words, scale)
    pairs = [pairs_of(about, folded(learnt.codes)) for _, about in columns] if learnt else []
    # Words that the catalogue has for points further in may well be this file's ends, and its numbers places.
    return None if any(rise(one) and not line_of(one) for one in pairs) else learnt


def _unworded(learnt: Coding | None, scale: Scale) -> dict[str, float]:
    """The places of labels with words beside their digits, where these words do not tell which way they run."""
    if not learnt or learnt.set_name != SET_NAME or _tell(scale, by_words(learnt.codes, scale).values()):
        return {}
    return {
        normalised(label): place for label, place in learnt.codes.items() if any(sign.isalpha() for sign in label)
    }


def _tell(scale: Scale, places: Collection[float]) -> bool:
    """Whether labels with these places tell which way codes run: the middle stands alike from both ends."""
    return any(2 * place != scale.highest + 1 for place in places)


def _known(own: Declared, learnt: Coding | None, scale: Scale) -> dict[str, int]:
    """The places of all texts that are known, those of the plan above all others."""
    codes = folded(learnt.codes) if learnt else {}
    responses = {normalised(answer): code for code, answer in enumerate(scale.responses, start=1)}
    return (
        codes | responses | {text: code for text, code in folded(own.codes).items() if 1 <= code <= scale.highest}
    )


def _moved(line: Line, scale: Scale) -> str:
    ends = sorted((line.turn * (place - line.first), place) for place in (1, scale.highest))
    said = "counted from another number" if line.turn == 1 else "counted from the other end"
    told = ", its ".join(f"{code:g} = {place}" for code, place in ends)
    return f"the file's codes are {said}, and placed by the labels that some of them have: its {told}"


def _place(word: str) -> int:
    text = whole(word)
    return int(text) if NUMBER.fullmatch(text) and text.isdigit() and len(text) < 4 else 0
