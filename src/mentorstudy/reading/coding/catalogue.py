"""Catalogue: labels to codes by the sets of answers that researchers use, from all labels of an item group."""

import tomllib
import unicodedata
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

QUOTES = str.maketrans("‘’‚‛′`´“”„‟″«»", "'''''''" + '"' * 7)
FINAL = " .,;:!?"
LONGEST = 2_000  # signs of a label; a longer text is somebody's own, and compared as it stands
NOT_ANSWERS = "not_answers"
SEEN = 0.7  # share of a set's points; fewer are no evidence that it is the set

LANGUAGES = {"en": "English", "de": "German", "fr": "French", "es": "Spanish", "nl": "Dutch"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Coding:
    """What the texts of an item group stand for: a code each, or the reason why it is no answer."""

    codes: dict[str, int]
    missing: dict[str, str]
    set_name: str
    said: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One wording of a set in one language: normalised label to point."""

    language: str
    point: dict[str, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class LabelSet:
    """One set of answers, lowest first, in all its wordings."""

    name: str
    points: int
    source: str
    families: tuple[Family, ...]


class UndecidedError(Exception):
    """The labels do not say which set they are of.

    `candidates` are the sets they may be of, `unknown` the labels of no set: these may be a person's own words.
    """

    def __init__(self, *, candidates: Iterable[str] = (), unknown: Iterable[str] = ()) -> None:
        """Keep what is known; the caller knows the file and its columns."""
        self.candidates = tuple(sorted(candidates))
        self.unknown = tuple(sorted(unknown))
        super().__init__(self.candidates, self.unknown)


def normalised(text: str) -> str:
    """The text by which labels are compared: case, quotes, spaces and final punctuation do not count."""
    if len(text) > LONGEST:
        return text
    if text.isascii():  # most texts, and ten times as many are looked at as are answers
        folded = text.lower().replace("`", "'")
    else:
        composed = unicodedata.normalize("NFKC", unicodedata.normalize("NFKC", text).casefold())
        folded = composed.translate(QUOTES)
    return " ".join(folded.split()).rstrip(FINAL)


def by_catalogue(labels: Collection[str]) -> Coding:
    """Codes for all labels of an item group by the one set that holds them all; else UndecidedError.

    Where every point of exactly one set is seen, it is that one, unless a longer one holds all labels too and lacks
    only what is easily unchosen: a single point, or an end. Two points and more between its ends that nobody in a
    whole group of items chose are the less likely story.

    Where no set is seen whole, it is the only set of all that holds the labels, if most of its points are seen and
    none between them is not: only ends were left, and no other set gives the labels other codes. Where two sets hold
    them, nothing is decided.
    """
    answers, missing = parted(labels)
    return coding_of(_chosen(answers), answers, missing)


def parted(labels: Collection[str]) -> tuple[dict[str, str], dict[str, str]]:
    """Labels with their normalised text, and those that are no answer with the reason."""
    texts = {label: normalised(label) for label in labels if label.strip()}
    reasons = not_answers()
    missing = {label: reasons[text] for label, text in texts.items() if text in reasons}
    return {label: text for label, text in texts.items() if label not in missing}, missing


def coding_of(fit: "Fit", answers: dict[str, str], missing: dict[str, str]) -> Coding:
    """The coding of labels that fit a set."""
    return Coding(
        codes={label: fit.point[text] for label, text in answers.items()},
        missing=missing,
        set_name=fit.of.name,
        said=tuple(_said(fit.of, answers, fit.point, fit.languages)),
    )


def set_aside(codes: Mapping[str, int]) -> dict[str, str]:
    """The labels that are no answer, and why, where every label has a code of its own already.

    A known middle, such as Not sure, is an answer where its code lies between those of the others.
    """
    reasons = not_answers()
    aside = {label: reasons[normalised(label)] for label in codes if normalised(label) in reasons}
    others = [code for label, code in codes.items() if label not in aside]
    return {
        label: reason
        for label, reason in aside.items()
        if not (normalised(label) in points() and others and min(others) < codes[label] < max(others))
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """Labels as points of one set; `languages` are those of labels that are not in the language of most."""

    of: LabelSet
    point: dict[str, int]
    languages: dict[str, str]

    @property
    def unseen(self) -> set[int]:
        """The points that none of the labels is."""
        return set(range(1, self.of.points + 1)) - set(self.point.values())

    @property
    def may_be_meant(self) -> bool:
        """Whether what is unseen is easily unchosen: one point, or an end."""
        return len(self.unseen) == 1 or bool(self.unseen & {1, self.of.points})

    @property
    def is_likely(self) -> bool:
        """Whether most points are seen, and none between them is not."""
        seen = sorted(set(self.point.values()))
        return len(seen) >= SEEN * self.of.points and seen[-1] - seen[0] + 1 == len(seen)


def of_one_set(labels: Collection[str]) -> bool:
    """Whether some set holds all of the labels, in one language."""
    texts = {normalised(label) for label in labels} - {""}
    return any((fit := fit_of(one, texts)) and not fit.languages for one in catalogue())


def _chosen(answers: dict[str, str]) -> Fit:
    texts = set(answers.values())
    unknown = [label for label, text in answers.items() if text not in points()]
    if unknown or not texts:
        raise UndecidedError(unknown=unknown)
    fits = [fit for one in catalogue() if (fit := fit_of(one, texts))]
    full = [fit for fit in fits if not fit.unseen]
    rivals = [fit for fit in fits if fit.unseen and fit.may_be_meant]
    if len(full) == 1 and not rivals:
        return full[0]
    if not full and len(fits) == 1 and fits[0].is_likely:
        return fits[0]
    raise UndecidedError(candidates=[fit.of.name for fit in full + (rivals if full else fits)])


def fit_of(one: LabelSet, texts: set[str]) -> Fit | None:
    """The points of the texts, all in one wording, or but for a few that are one wording of another language."""
    main = max(one.families, key=lambda family: len(texts & family.point.keys()))
    rest = texts - main.point.keys()
    if not _apart(main, texts - rest) or len(rest) * 2 >= len(texts):
        return None
    if not rest:
        return Fit(of=one, point={text: main.point[text] for text in texts}, languages={})
    for other in one.families:
        if other.language != main.language and rest <= other.point.keys() and _apart(other, rest):
            point = {text: (other if text in rest else main).point[text] for text in texts}
            return Fit(of=one, point=point, languages=dict.fromkeys(rest, other.language))
    return None


def _apart(family: Family, texts: set[str]) -> bool:
    return len({family.point[text] for text in texts}) == len(texts)


def _said(
    one: LabelSet, answers: dict[str, str], point: dict[str, int], languages: dict[str, str]
) -> Iterable[str]:
    by_point = {point[text]: label for label, text in answers.items() if text not in languages}
    lowest, highest = min(by_point), max(by_point)
    yield (
        f"coded by the catalogue's set {one.name}, 1 to {one.points}: "
        f"{by_point[lowest]} = {lowest}, {by_point[highest]} = {highest}"
    )
    unseen = one.points - len(set(point.values()))
    if unseen:
        yield f"{unseen} of its {one.points} points {'is' if unseen == 1 else 'are'} not in the file"
    for language in sorted(set(languages.values())):
        told = [label for label, text in answers.items() if languages.get(text) == language]
        yield f"in {LANGUAGES[language]}, and coded as the others: {', '.join(sorted(told))}"


@cache
def catalogue() -> tuple[LabelSet, ...]:
    """All sets of the library, by name."""
    return tuple(_label_set(name, text) for name, text in _files() if name != NOT_ANSWERS)


@cache
def not_answers() -> dict[str, str]:
    """Normalised labels that are no answer, and why."""
    [text] = [text for name, text in _files() if name == NOT_ANSWERS]
    reasons: dict[str, dict[str, list[str]]] = tomllib.loads(text)["reasons"]
    return {
        normalised(label): reason
        for reason, languages in reasons.items()
        for labels in languages.values()
        for label in labels
    }


@cache
def points() -> frozenset[str]:
    """Normalised labels that are a point of some set."""
    return frozenset(text for one in catalogue() for family in one.families for text in family.point)


def _files() -> list[tuple[str, str]]:
    folder = resources.files("mentorstudy") / "library" / "labels"
    return sorted(
        (path.name.removesuffix(".toml"), path.read_text(encoding="utf-8"))
        for path in folder.iterdir()
        if path.name.endswith(".toml")
    )


def _label_set(name: str, text: str) -> LabelSet:
    written = tomllib.loads(text)
    families = [
        Family(language=language, point=_points(wording))
        for language, wordings in written["labels"].items()
        for wording in wordings
    ]
    return LabelSet(name=name, points=written["points"], source=written["source"], families=tuple(families))


def _points(wording: Sequence[str | list[str]]) -> dict[str, int]:
    return {
        normalised(label): point
        for point, labels in enumerate(wording, start=1)
        for label in ([labels] if isinstance(labels, str) else labels)
    }
