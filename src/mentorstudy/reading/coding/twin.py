"""Twin: what labels stand for, learnt from a numeric export of the same responses."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.nouns.masking import may_be_own
from mentorstudy.reading.grid import Column

WHOLE = re.compile(r"-?[0-9]+")
REPEATED = 3  # responses a label of digits, from where a code that it is not may be learnt for it
IN_COMMON = 2  # labels by which two columns are known to be coded the same way round
SHOWN_FROM = 10  # responses with a label, as plans have it unless they say otherwise
EXPORT_AGAIN = "Export both again, one right after the other and with the same filter."

Rows = NDArray[np.intp]
Numbers = NDArray[np.int64]


class TwinError(Exception):
    """The two exports do not agree; `conflicts` says on what, and the caller knows the files and the columns."""

    def __init__(self, *conflicts: str) -> None:
        """Keep every conflict."""
        self.conflicts = conflicts
        super().__init__(*conflicts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Same:
    """The rows of two files that are one response each, and how many responses have no such pair."""

    texts: Rows
    numbers: Rows
    alone: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Learnt:
    """The codes that the labels of one column met, and the texts that stand only in responses without a pair."""

    codes: Mapping[str, int]
    lost: tuple[str, ...]


def same_responses(texts: Column, numbers: Column) -> Same:
    """Rows of the same response, by the columns of response ids; an id that a file holds twice is no pair."""
    row_in_texts, row_in_numbers = _row_of_word(texts), _row_of_word(numbers)
    met = pd.Index(numbers.words, dtype=object).get_indexer(pd.Index(texts.words, dtype=object))
    partner = np.where(met >= 0, row_in_numbers[met], -1)
    both = (row_in_texts >= 0) & (partner >= 0)
    filled = int((~texts.blank).sum()) + int((~numbers.blank).sum())
    order = np.argsort(row_in_texts[both])
    return Same(texts=row_in_texts[both][order], numbers=partner[both][order], alone=filled - 2 * int(both.sum()))


def learnt(texts: Column, numbers: Column, same: Same, *, rows: Numbers) -> Learnt:
    """Codes of the labels of one column, which is given as text and as numbers.

    Every label must have one code and every code one label; else TwinError tells which met several, but neither a
    row beside a label, nor a label that few gave or that is a number. Whole numbers mean themselves, unless each met
    one other again and again; those that only met themselves do so too where no pair shows it. A text that met no
    code is told by its row in the file of text, by `rows`.
    """
    met = _met(texts, numbers, same, rows)
    if conflicts := [*_conflicts(met)]:
        raise TwinError(*conflicts)
    codes = {label: int(number) for label, number in zip(met["label"], met["number"], strict=True)}
    lost = [word for word in texts.words if word and word not in codes]
    digits = met[met["digits"] != ""]
    if len(digits) and (digits["digits"] == digits["number"]).all():
        codes |= {word: int(itself) for word in lost if (itself := _digits(word))}
    return Learnt(codes=codes, lost=tuple(word for word in lost if word not in codes))


def lent(own: Learnt, others: Mapping[str, Learnt]) -> tuple[dict[str, int], list[str]]:
    """Codes for lost texts from other columns, and their names: from those coded the same way round, if they agree."""
    alike = {name: other for name, other in others.items() if _alike(own, other)}
    codes: dict[str, int] = {}
    for text in own.lost:
        found = {other.codes[text] for other in alike.values() if text in other.codes}
        if len(found) == 1 and not found & {*own.codes.values(), *codes.values()}:
            [codes[text]] = found
    return codes, [name for name, other in alike.items() if codes.keys() & other.codes.keys()]


def _alike(own: Learnt, other: Learnt) -> bool:
    both = own.codes.keys() & other.codes.keys()
    return len(both) >= IN_COMMON and all(own.codes[label] == other.codes[label] for label in both)


def _row_of_word(column: Column) -> Rows:
    """For each distinct word the row it stands in; -1 where it stands in none or in several, and for no word."""
    times = np.bincount(column.codes, minlength=len(column.words))
    row = np.full(len(column.words), -1, dtype=np.intp)
    row[column.codes] = np.arange(len(column.codes))
    row[(times != 1) | np.array([not word for word in column.words], dtype=bool)] = -1
    return row


def _met(texts: Column, numbers: Column, same: Same, rows: Numbers) -> pd.DataFrame:
    """Each label, the whole number that it is, and each number it met: in how many responses, and the first row."""
    both = texts.codes[same.texts].astype(np.int64) * len(numbers.words)
    both += numbers.codes[same.numbers].astype(np.int64)
    pairs, first, responses = np.unique(both, return_index=True, return_counts=True)
    labels = [texts.words[pair] for pair in pairs // len(numbers.words)]
    met = pd.DataFrame(
        {
            "label": labels,
            "digits": list(map(_digits, labels)),
            "number": [_plain(numbers.words[pair]) for pair in pairs % len(numbers.words)],
            "responses": responses,
            "row": rows[same.texts[first]],
        }
    )
    return met[met["label"] != ""]


def _plain(number: str) -> str:
    """A whole number as it is said, so that 4.0 is 4; anything else as it stands."""
    try:
        value = float(number)
    except ValueError:
        return number
    return str(int(value)) if value.is_integer() else number


def _digits(label: str) -> str:
    """The whole number that a label is; "" where it is none."""
    plain = _plain(label)
    return plain if WHOLE.fullmatch(plain) else ""


def _conflicts(met: pd.DataFrame) -> Iterator[str]:
    wordless = met[~met["number"].str.fullmatch(WHOLE.pattern)]
    if len(wordless):
        yield (
            f"texts that met no whole number, in {_responses(wordless)} (first in row {wordless['row'].min()}). If "
            "people wrote them, this is no item of a scale; if not, export the second file with numeric values."
        )
    whole = met.drop(wordless.index)
    digits = whole["digits"] != ""
    others = whole[digits & (whole["digits"] != whole["number"])]
    if len(others) and not _are_labels(whole[digits]):
        yield (
            f"numbers that are others in the second file, in {_responses(others)}, so these are not the same "
            f"responses; or they are labels, too seldom met to learn their codes. {EXPORT_AGAIN}"
        )
        whole = whole[~digits]
    if counts := _of_several(whole, "label", "number"):
        yield f"labels that met several codes: {_told(counts)}. {EXPORT_AGAIN}"
    if counts := _of_several(whole, "number", "label"):
        mend = "Give each label a code of its own, or write [labels] in plan.toml."
        yield f"codes that met several labels: {_told(counts)}. {mend}"


def _are_labels(digits: pd.DataFrame) -> bool:
    """Whether numbers may be labels of codes: each met one code, every code one of them, and again and again."""
    pairs = digits.drop_duplicates(["label", "number"])
    alone = pairs["label"].is_unique and pairs["number"].is_unique
    return bool(alone and digits["responses"].sum() >= REPEATED * len(pairs))


def _of_several(met: pd.DataFrame, one: str, several: str) -> dict[str, int]:
    """What met several, with these, and how many responses its rarest label has; 0 where one may be anybody's own."""
    counts: dict[str, int] = {}
    different = met.groupby(one)[several].transform("nunique")
    for value, group in met[different > 1].groupby(one, sort=False):
        hidden = (group["digits"] != "").any() or any(map(may_be_own, group["label"]))
        rarest = int(group.groupby("label")["responses"].sum().min())
        counts[f"{value} ({', '.join(sorted(group[several].unique()))})"] = 0 if hidden else rarest
    return counts


def _told(counts: Mapping[str, int]) -> str:
    """Those that many gave, and how many others there are."""
    shown = [value for value, count in counts.items() if count >= SHOWN_FROM]
    others = len(counts) - len(shown)
    told = f"{others} {'other ' * bool(shown)}value{'s' * (others > 1)}"
    return " and ".join([", ".join(shown)] * bool(shown) + [told] * bool(others))


def _responses(group: pd.DataFrame) -> str:
    count = int(group["responses"].sum())
    return f"{count} response{'' if count == 1 else 's'}"
