"""Sound: what a plan says of groups and outcomes, key by key allowed, that nobody can have meant."""

from collections.abc import Iterator, Mapping
from itertools import combinations

from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.plan import Plan, Role, SampleTable

# Words of a file's columns that tell of the groups or of the end: adjusting for them takes the answer away.
NOT_KNOWN_BEFORE: dict[Role, tuple[str, ...]] = {
    "people": ("person", "arm", "took_part", "exit_on", "exit_reason"),
    "waves": ("person", "arm", "took_part"),
    "matches": ("matched_on",),
}

MAY_BE_ANY = {
    "mentor",
    "manager",
    "cohort",
    "wave",
    "months",
}  # a wave may be called by its month, a boss be mentor
HOW_JUDGED = {"name", "label", "role", "smallest_effect", "adjust_for", "good"}


def unsound(
    plan: Plan,
    outcomes: tuple[Outcome, ...],
    covariates: Mapping[str, tuple[str, ...]],
) -> Iterator[str]:
    """A fault for each contradiction; `covariates` are those of each outcome, by its name."""
    yield from _groups(plan)
    yield from _mapped_twice(plan)
    if len(plan.clusters) > 1:
        yield (
            f"clusters: {' and '.join(plan.clusters)}: errors are clustered one way. Name the one in which people are "
            "most alike."
        )
    for (one, reasons), (other, others) in combinations((plan.exit_reasons or {}).items(), 2):
        for reason in sorted(set(reasons) & set(others)):
            yield f"exit_reasons: {reason} stands under {one} and under {other}. An exit is one of them: keep it there."
    for one_outcome, other_outcome in combinations(outcomes, 2):
        yield from _told_twice(one_outcome, other_outcome)
    for outcome in outcomes:
        yield from _more_than_everybody(outcome)
        for name in covariates[outcome.name]:
            yield from _adjusted_for_its_end(plan, outcome, name, outcomes)
    for condition in plan.exposure.eligible if plan.exposure else []:
        said = _told_by(plan, condition.column)
        if said.startswith("exit_"):
            yield (
                f"exposure.eligible: {condition.column} is {said}. Who could have been matched is decided by what was "
                "known before: take it out."
            )


def _groups(plan: Plan) -> Iterator[str]:
    """What sets the groups apart and stands in no file, or sets nothing apart."""
    exposure = plan.exposure
    if exposure and exposure.treated.casefold() == exposure.comparison.casefold():
        yield f"exposure: treated and comparison are both {exposure.treated}. Call the two groups differently."
    tables = plan.samples or {"": SampleTable(files=plan.files, columns=plan.columns)}
    if plan.design == "fixed-match":
        if plan.arms:
            yield (
                "arms: a fixed-match study draws nobody; its matches say who is in which group. Take [arms] out, or "
                'write design = "randomised".'
            )
        for name, table in tables.items():
            place = f"samples.{name}.files" if name else "files"
            if table.linked and "matches" not in table.files:
                yield (
                    f"{place}: matches is missing; in a fixed-match study it says who was matched, with whom and when. "
                    'Write matches = "..." there.'
                )
        return
    columns = [words for table in tables.values() for words in table.columns.values()]
    if "mentor" in plan.clusters and not any("mentor" in words for words in columns):
        yield (
            f"clusters: mentor is worked out from matches, which a {plan.design} study does not read. Write [columns."
            'people] mentor = "..." for a column of mentors, or take it out.'
        )


def _mapped_twice(plan: Plan) -> Iterator[str]:
    """Two words of one file that would be read from the same column."""
    tables = [
        ("columns", plan.columns),
        *((f"samples.{name}.columns", of.columns) for name, of in plan.samples.items()),
    ]
    for place, columns in tables:
        for role, words in columns.items():
            for (one, named), (other, also) in combinations(sorted(words.items()), 2):
                for column in () if {one, other} & MAY_BE_ANY else sorted({*named} & {*also}):
                    yield (
                        f"{place}.{role}: {one} and {other} are both column {column}. It holds one of them: name the "
                        "right column for each."
                    )


def _told_twice(one: Outcome, other: Outcome) -> Iterator[str]:
    both = f"outcomes.{one.name} and outcomes.{other.name}"
    if one.model_dump(exclude=HOW_JUDGED) == other.model_dump(exclude=HOW_JUDGED):
        yield f"{both} are the same outcome. Keep one of them: two would count its evidence twice."
    elif one.label.casefold() == other.label.casefold():
        yield f'{both} are both called {one.label}. Write label = "..." so that a reader can tell them apart.'


def _more_than_everybody(outcome: Outcome) -> Iterator[str]:
    if outcome.is_share and (outcome.smallest_effect or 0) >= 1:
        yield (
            f"outcomes.{outcome.name}.smallest_effect is {outcome.smallest_effect:g}, and a share of people lies "
            "between 0 and 1. Write 0.03 for 3 in 100."
        )


def _adjusted_for_its_end(plan: Plan, outcome: Outcome, name: str, outcomes: tuple[Outcome, ...]) -> Iterator[str]:
    listed = "adjust_for" if outcome.adjust_for is None else f"outcomes.{outcome.name}.adjust_for"
    wave = name.partition("@")[2]
    ends = {column: other.name for other in outcomes if not other.afters for column in _columns(other)}
    if wave and wave in outcome.afters:
        yield (
            f"{listed}: {name} is told at wave {wave}, when outcomes.{outcome.name} is read, so adjusting for it takes "
            f"away what mentoring changed. Name a wave before{f', as in {outcome.earlier}' * bool(outcome.earlier)}, "
            "or take it out."
        )
    elif name in ends:
        yield f"{listed}: {name} is what outcomes.{ends[name]} looks at, not what was known before. Take it out."
    elif said := _told_by(plan, name):
        yield f"{listed}: {name} is {said}, not something known of a person before. Take it out."


def _columns(outcome: Outcome) -> tuple[str, ...]:
    return tuple(column for column in (outcome.column, outcome.time, outcome.happened) if column)


def _told_by(plan: Plan, column: str) -> str:
    """The word by which a column tells of a group, an end or who somebody is ("" where it does not)."""
    for table in [sample.columns for sample in plan.samples.values()] or [plan.columns]:
        for role, words in NOT_KNOWN_BEFORE.items():
            for word in words:
                if column in table.get(role, {}).get(word, [word]):
                    return (
                        f"{word} by [columns.{role}]" if column != word else f"the kit's word in [columns.{role}]"
                    )
    return ""
