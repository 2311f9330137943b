"""Questions: do the items of the plan, of its scales and of its outcomes fit together?"""

from collections.abc import Iterator, Mapping
from itertools import combinations
from pathlib import Path

from mentorstudy.nouns.errors import PlanError, raise_all
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.plan import Plan
from mentorstudy.nouns.scale import Scale, find_scale
from mentorstudy.nouns.written import did_you_mean


def scales_named(plan: Plan, folder: Path) -> dict[str, Scale]:
    """The scales that the plan names; PlanError with every fault of theirs, and of covariates that name none."""
    faults: list[str] = []
    keys: dict[str, str] = {}
    for name, outcome in plan.outcomes.items():
        if outcome.scale:
            keys.setdefault(outcome.scale, f"outcomes.{name}.scale")
    for key, covariates in covariates_listed(plan):
        for scale, at, wave in (covariate.partition("@") for covariate in covariates):
            if at and (not scale or not wave or "@" in wave):
                said = f"{key}: {scale}@{wave} is no score at a wave. Write it as in zeal@T0, or a column's name."
                faults.append(f"{folder / 'plan.toml'}: {said}")
            elif at and plan.waves is None:
                keys.setdefault(scale, key)
    found: dict[str, Scale] = {}
    for name, key in sorted(keys.items()):
        try:
            found[name] = find_scale(name, folder, named_by=key)
        except PlanError as error:
            faults += error.faults
    raise_all(PlanError, list(dict.fromkeys(faults)))
    return found


def covariates_listed(plan: Plan) -> Iterator[tuple[str, list[str]]]:
    """What the plan adjusts for and describes, by key."""
    yield "adjust_for", plan.adjust_for
    yield "describe", plan.describe
    for name, outcome in plan.outcomes.items():
        yield f"outcomes.{name}.adjust_for", outcome.adjust_for or []


def unsound_questions(plan: Plan, outcomes: tuple[Outcome, ...], scales: Mapping[str, Scale]) -> Iterator[str]:
    """A fault for each item that nobody asks for, or that would answer two questions at once."""
    alone = [outcome for outcome in outcomes if outcome.item]
    of_scales = [(item, name) for name, scale in scales.items() for item in scale.item_names]
    known = [*(item for item, _ in of_scales), *(outcome.item for outcome in alone)]
    for item in plan.items:
        if item not in known:
            yield f"items: no scale or outcome of this plan has an item {item}. {did_you_mean(item, known)}"
    for (one, of_one), (other, of_other) in combinations(of_scales, 2):
        if one == other:
            yield (
                f"scales: {of_one} and {of_other} both have an item {one}, so one's answers would be the other's. "
                f"Rename it in one of the two, in a file of your own under scales/."
            )
        yield from (
            f"items: {one} and {other} both stand in column {column}. A column answers one question: name the right "
            "one for each."
            for column in sorted(_columns(plan, one) & _columns(plan, other))
            if one != other
        )
    for outcome in alone:
        for scale in (name for item, name in of_scales if item == outcome.item):
            yield _needs_a_name(outcome, f"scale {scale}")
    for first, second in combinations(alone, 2):
        same = (first.item, first.sample) == (second.item, second.sample)
        if same and sorted(first.yes) != sorted(second.yes):
            yield _needs_a_name(second, f"outcomes.{first.name}, with other answers that count")


def _columns(plan: Plan, item: str) -> set[str]:
    return set(plan.items[item].column if item in plan.items else [item])


def _needs_a_name(outcome: Outcome, whose: str) -> str:
    return (
        f"outcomes.{outcome.name}.item: {outcome.item} is an item of {whose} too. Give it another name here, and under "
        f'[items] its column: {outcome.name} = "{outcome.item}".'
    )
