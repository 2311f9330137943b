"""Direction: which way labels run that are not those of a scale, but look like them or are of another set."""

import re
from collections.abc import Mapping
from difflib import get_close_matches

from mentorstudy.nouns.masking import BESIDE
from mentorstudy.nouns.scale import Scale
from mentorstudy.reading.coding.catalogue import UndecidedError, catalogue, fit_of, normalised
from mentorstudy.reading.coding.declared import set_of, within

ASIDE = re.compile(r"[(\[][^()\[\]]*[)\]]")  # what is said beside a label: Strongly agree (SA)
LIKE = 0.85  # of two texts that part by a slip
LONGEST = 100  # signs of what may be a slip; longer texts take long to compare


def runs_contrary(places: Mapping[str, float], scale: Scale) -> bool:
    """Whether labels with these places look like the scale's responses, or are another set's, the other way round.

    So they are where at least two are told apart, and none of them goes the scale's own way.
    """
    known = _words_of(scale)
    words = {label: BESIDE.sub("", ASIDE.sub("", label)).strip() for label in places}
    alike = {label: known[like] for label, word in words.items() if (like := _like(word, known))}
    told = [alike, *(_of_sets(words) if _goes_up(scale) else [])]
    return any(_falls({places[label]: place for label, place in one.items()}) for one in told)


def _falls(places: Mapping[float, float]) -> bool:
    """Whether places only go down as codes go up."""
    down = [place for _, place in sorted(places.items())]
    return len(set(down)) > 1 and down == sorted(down, reverse=True)


def _words_of(scale: Scale) -> dict[str, int]:
    """The scale's responses, and the other words of their set, by their places."""
    responses = {normalised(answer): place for place, answer in enumerate(scale.responses, start=1)}
    fits = [
        fit for one in catalogue() if one.name == set_of(scale.responses) and (fit := fit_of(one, {*responses}))
    ]
    place = {fit.point[text]: responses[text] for fit in fits for text in responses}
    others = {
        text: place[point]
        for fit in fits
        for family in fit.of.families
        for text, point in family.point.items()
        if point in place
    }
    return others | responses


def _like(word: str, known: Mapping[str, int]) -> str:
    """The one of the known texts that a word is, begins with, or differs from by a slip; "" for none."""
    text = normalised(word)
    if text in known:
        return text
    begun = [one for one in known if text.startswith(f"{one} ")]
    if begun or len(text) > LONGEST:
        return max(begun, key=len, default="")
    return next(iter(get_close_matches(text, known, n=1, cutoff=LIKE)), "")


def _goes_up(scale: Scale) -> bool:
    """Whether the scale's own responses stand in the order of their set, lowest first."""
    name = set_of(scale.responses)
    try:
        codes = within(scale.responses, name).codes if name else {}
    except UndecidedError:
        return False
    return bool(codes) and [*codes.values()] == sorted(codes.values())


def _of_sets(words: Mapping[str, str]) -> list[dict[str, int]]:
    """The points of all labels in each set that holds them all."""
    texts = {label: normalised(word) for label, word in words.items()}
    fits = [fit for one in catalogue() if (fit := fit_of(one, {*texts.values()}))]
    return [{label: fit.point[text] for label, text in texts.items()} for fit in fits]
