"""Wave words: words for waves, of a column or a file's name, made the plan's, and rows of waves that it lacks."""

import json
import re
from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from mentorstudy.nouns.errors import Fault
from mentorstudy.nouns.few import tellable, values_told
from mentorstudy.nouns.file import File
from mentorstudy.reading.grid import number
from mentorstudy.reading.table import Table

OF_NO_WAVE = "of no wave of the plan"
WHOLE = re.compile(r"([-+]?[0-9]+)\.0+")  # as a program writes whole numbers of a column with gaps


@dataclass(frozen=True, slots=True, kw_only=True)
class OtherWaves:
    """The words of a column or a name that are no wave of the plan, with their rows, and the faults among them."""

    rows: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


def as_the_plan_has_them(words: Sequence[str], waves: Mapping[str, str], known: Collection[str]) -> tuple[str, ...]:
    """Each word as the plan's wave that it stands for, by `waves` or as one of the `known`; any other as it is.

    Case, spaces and the .0 of a whole number make no difference, but for words that nothing else tells apart.
    """
    alike = {
        form: told[0] for form, told in _by_form({**{one: one for one in known}, **waves}).items() if len(told) == 1
    }
    exact = {one: one for one in known} | dict(waves)
    return tuple(exact.get(word) or alike.get(folded(word), word) for word in words)


def of_known_waves(
    table: Table, name: str, settings: File, known: Collection[str], *, least: int
) -> tuple[Table, OtherWaves]:
    """The table less the rows of waves that are not `known`, which are counted and told; values of `least` rows may be.

    A word that only signs part from a wave of the plan is meant for it, so it is a fault.
    """
    column = table.columns[name]
    times = np.bincount(column.codes, minlength=len(column.words)).tolist()
    rows: Counter[str] = Counter()
    for word, count in zip(column.words, times, strict=True):
        if word and count and word not in known:
            rows[word] += count
    if not rows:
        return table, OtherWaves()
    by_form = {signless(wave): wave for wave in known}
    meant = {word: wave for word in rows if (wave := by_form.get(signless(word), ""))}
    faults = [
        fault
        for word, wave in meant.items()
        for fault in table.fault(
            column.among({word}),
            name,
            f"a word that only signs part from wave {wave}. If it is that wave, write {_line(settings, {word: wave})}; "
            f'if it is another, write "another" in place of "{wave}", and its rows are counted out.',
        )
    ]
    others = {word: count for word, count in rows.items() if word not in meant}
    if others:
        held = set(column.words)
        said = _said(settings, others, held=held, known=known, least=least)
        table = replace(table, notes=(*table.notes, Fault.of(said, file=table.file, column=name)))
    return table.without(column.among(set(rows)), OF_NO_WAVE), OtherWaves(rows=rows, faults=tuple(faults))


def of_a_known_wave(
    table: Table, wave: str, settings: File, known: Collection[str], *, least: int
) -> tuple[Table, OtherWaves]:
    """The table of a file whose name stands for `wave`, less all its rows where that is not `known`, which is told.

    A name such as "T0 (1)" is meant for a wave of the plan, so it is a fault.
    """
    if not wave or wave in known or not len(table.rows):
        return table, OtherWaves()
    faults: tuple[str, ...] = ()
    rows = {wave: len(table.rows)}
    if meant := _meant_by(wave, known):
        said = (
            f"its name stands for “{wave}”, which is no wave of the plan and looks like {meant}. If it is that wave, "
            f"name the file after it, or write {_line(settings, {wave: meant})}; if it is another, write “another” in "
            f"place of “{meant}”; if it is a copy, take it out of the folder."
        )
        faults = (Fault.of(said, file=table.file),)
    elif wave not in settings.waves.values():  # or the plan says itself that it is another
        said = _said(settings, rows, held=(), known=known, least=least)
        table = replace(table, notes=(*table.notes, Fault.of(said, file=table.file)))
    return table.without(np.ones(len(table.rows), dtype=bool), OF_NO_WAVE), OtherWaves(rows=rows, faults=faults)


def folded(word: str) -> str:
    """A word without what makes no other word of it: case, spaces, the .0 of a whole number."""
    plain = " ".join(word.split()).casefold()
    return found[1] if (found := WHOLE.fullmatch(plain)) else plain


def signless(word: str) -> str:
    """Letters and digits alone; a number keeps its signs, which are part of it."""
    plain = folded(word)
    return "".join(filter(str.isalnum, plain)) if np.isnan(number(plain)) else plain


def _by_form(waves: Mapping[str, str]) -> dict[str, list[str]]:
    """The waves that each form may stand for."""
    found: dict[str, list[str]] = {}
    for word, wave in waves.items():
        told = found.setdefault(folded(word), [])
        told += [wave] * (wave not in told)
    return found


def _meant_by(word: str, known: Collection[str]) -> str:
    """The one wave that a name begins with, before a sign, else the one that it holds; "" where none or several."""
    plain = folded(word)
    for before in ("", ".*"):
        own = {
            wave
            for wave in known
            if re.fullmatch(rf"(?:{before}[\W_])?{re.escape(folded(wave))}(?:[\W_].*)?", plain)
        }
        if len(own) == 1:
            return own.pop()
    return next((wave for wave in sorted(known) if signless(wave) == signless(word)), "")


def _said(
    settings: File, others: Mapping[str, int], *, held: Collection[str], known: Collection[str], least: int
) -> str:
    count = sum(others.values())
    shown = next(iter(tellable(others, least)), "...")
    lacking = [wave for wave in sorted(known) if wave not in held]
    return (
        f"{count:,} row{'s' * (count > 1)} of no wave of the plan, which has {', '.join(sorted(known))}, were left "
        f"out: {values_told(others, least)}. If the file calls a wave so, write "
        f"{_line(settings, {shown: lacking[0] if len(lacking) == 1 else '...'})}."
    )


def _line(settings: File, more: Mapping[str, str]) -> str:
    """The line under [files], with what it has already."""
    waves = {**settings.waves, **more}
    told = ", ".join(
        f"{json.dumps(word, ensure_ascii=False)} = {json.dumps(wave, ensure_ascii=False)}"
        for word, wave in waves.items()
    )
    return f'under [files], as in {{path = "{settings.path}", waves = {{{told}}}}}'
