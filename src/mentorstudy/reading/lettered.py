"""Lettered: answers exported as codes of a letter and a number, such as A1 or v-1, and the lines that place them."""

import re
from collections.abc import Mapping

from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.coding.apart import FEWEST
from mentorstudy.reading.coding.missing import REPEATED
from mentorstudy.reading.coding.scaled import Placed
from mentorstudy.reading.shown import MOST_LABELS, codes_lines, none_line
from mentorstudy.reading.table import Table

CODE = re.compile(r"([A-Za-z]{1,3}_?)(-?[0-9]{1,2})")


def lettered(table: Table, scale: Scale, every: Mapping[str, Placed], codes: Mapping[str, int]) -> str:
    """What to write where all texts of a scale's columns are such codes; "" where they are not.

    They begin with the same letters and are few for the cells that they stand in, so none is a person's own, and most
    of the scale's points are among them. `codes` are what the plan says of them already.
    """
    found = _numbers(table, every)
    points = {place: word for word, place in found.items() if 1 <= place <= scale.highest}
    others = [word for word, place in sorted(found.items(), key=lambda pair: pair[1]) if place not in points]
    if len(points) < FEWEST or 2 * len(points) <= scale.highest or 0 in found.values():
        return ""
    letters = next(iter(found)).rstrip("-0123456789")
    words = [points.get(place, f"{letters}{place}") for place in range(1, scale.highest + 1)]
    told = {word: codes.get(word, place) for place, word in enumerate(words, start=1)}
    left = ""
    if others:
        are = "is" if len(others) == 1 else "are"
        left = (
            f"\n{none_line(others)}\n{' and '.join(others)} {are} none of its {scale.highest} responses: give "
            "the reason, as dont_know; a response more belongs into the scale's file."
        )
    return (
        f"Where {words[0]} to {words[-1]} are its responses, write into plan.toml, with the places the other way round "
        f"if {words[0]} is the last:\n{codes_lines(scale.name, told)}{left}"
    )


def _numbers(table: Table, every: Mapping[str, Placed]) -> dict[str, int]:
    """Each code with its number; none where a text is no code, begins otherwise, or most stand in few cells."""
    columns = [table.columns[name] for name in every]
    words = dict.fromkeys(word for column in columns for word in column.words if word)
    codes = [CODE.fullmatch(word) for word in words]
    found = {code[0]: int(code[2]) for code in codes if code}
    cells = sum(int((~column.blank).sum()) for column in columns)
    alike = len({code[1] for code in codes if code}) == 1 and len(found) == len(words) == len({*found.values()})
    return found if alike and len(words) <= MOST_LABELS and cells >= REPEATED * len(words) else {}
