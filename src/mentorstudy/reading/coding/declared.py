"""Declared: labels to codes where the plan says whose answers they are."""

from collections.abc import Collection, Sequence

from mentorstudy.reading.coding.catalogue import (
    Coding,
    UndecidedError,
    catalogue,
    coding_of,
    fit_of,
    normalised,
    parted,
)


def set_of(responses: Sequence[str]) -> str | None:
    """The one set of which the responses of a scale are all points, in order or turned; None where none is.

    A declared scale is complete, so here nothing unchosen needs to be thought of.
    """
    texts = [normalised(response) for response in responses]
    names = []
    for one in catalogue():
        fit = fit_of(one, set(texts))
        places = [fit.point[text] for text in texts] if fit else []
        if places and places in (list(range(1, one.points + 1)), list(range(one.points, 0, -1))):
            names.append(one.name)
    return names[0] if len(names) == 1 else None


def within(labels: Collection[str], set_name: str) -> Coding:
    """Codes for labels that are known to be of one set, however few; UndecidedError for those it lacks.

    A label that may be the set's middle or no answer is no answer only beside another middle.
    """
    answers, missing = parted(labels)
    [one] = [known for known in catalogue() if known.name == set_name]
    point = {text: at for family in one.families for text, at in family.point.items()}
    unknown = [label for label, text in answers.items() if text not in point]
    fit = fit_of(one, set(answers.values())) if answers else None
    if unknown or not fit:
        raise UndecidedError(unknown=unknown)
    either = [label for label in missing if point.get(normalised(label), 0) not in {0, *fit.point.values()}]
    if either:
        raise UndecidedError(candidates=[set_name], unknown=either)
    return coding_of(fit, answers, missing)
