"""Unanswered: which texts were read as no answer where the plan does not say so."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import numpy as np

from mentorstudy.nouns.flow import about as roughly
from mentorstudy.reading.coding.catalogue import normalised, not_answers
from mentorstudy.reading.coding.values import Coded
from mentorstudy.reading.grid import Column, Field, in_plan
from mentorstudy.reading.noticed import named
from mentorstudy.reading.shown import head, quoted

THE_FILE = "by the file's own codes"


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One column of a question, what the file and the plan say of it, and what its texts were read as."""

    column: Column
    about: Field
    declared: Collection[str]  # the texts that the plan says are no answer
    coded: Coded


def unanswered(group: str, columns: Iterable[Said]) -> list[str]:
    """One note on all columns of a group: how many of its answers were read as none, why, and by which words.

    Only the catalogue's own words are told, which are nobody's. What the plan declares needs no note.
    """
    counts: dict[str, int] = {}
    words: dict[str, dict[str, str]] = {}  # by reason, and each with the text to declare
    where: list[str] = []
    for one in columns:
        if not any(one.coded.why):
            continue
        declared = {normalised(text) for text in one.declared}
        times = np.bincount(one.column.codes, minlength=len(one.column.words)).tolist()
        for word, why, n in zip(one.column.words, one.coded.why, times, strict=True):
            label = one.about.labels.get(word, word)
            if not (why and n) or {normalised(word), normalised(label)} & declared:
                continue
            reason = why.partition(":")[0]  # what follows may be anybody's
            counts[reason] = counts.get(reason, 0) + n
            known = normalised(label) in not_answers()
            words.setdefault(reason, {})[f'"{quoted(label)}"' if known else THE_FILE] = label if known else ""
            where.append(one.column.name)
    if not counts:
        return []
    parts = [f"{roughly(counts[reason])} as {reason} ({', '.join(told)})" for reason, told in words.items()]
    lines = [f'{text} = "{reason}"' for reason, told in words.items() for text, label in told.items() if label]
    line = f"missing = {{{', '.join(lines)}}}"
    mend = f". To say so yourself, {in_plan(head(group), line)}\nor codes for those that are answers"
    return [f"read as no answers in {named(list(dict.fromkeys(where)))}: {' and '.join(parts)}{mend * bool(lines)}"]
