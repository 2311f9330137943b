"""Wanted: what the plan needs of each file."""

from collections.abc import Iterable, Mapping

from mentorstudy.nouns.errors import PlanError
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.plan import Role
from mentorstudy.nouns.study import SampleFiles, Study
from mentorstudy.reading.records import KNOWN, MADE, NEEDED, Wanted
from mentorstudy.reading.table import ANONYMOUS

NAMED: dict[Role, set[str]] = {"people": {"mentor", "manager"}}  # read only where [clusters] asks for them

AS_MAPPED = {"answered_on"}  # no column is taken for it by its name alone: a platform tells its own times


def wanted(study: Study, sample: SampleFiles, role: Role, mapping: Mapping[str, str]) -> Wanted:
    """What the plan needs of one file: the kit's words by the `mapping`, and the columns it names as they are."""
    plan = study.plan
    if unknown := sorted(set(mapping) - KNOWN[role] - NAMED.get(role, set()) - set(plan.clusters)):
        raise PlanError(
            f"{study.folder / 'plan.toml'}: [columns.{role}] has no word {' and no '.join(unknown)}; "
            f"it has {', '.join(sorted(KNOWN[role]))}."
        )
    ours = KNOWN[role] - {"cohort"} - (AS_MAPPED - mapping.keys())
    words = {word: mapping.get(word, word) for word in sorted(ours)}
    if not sample.linked:
        words = {"person": ANONYMOUS} | {
            word: name for word, name in words.items() if word in ("wave", "answered_on")
        }
    words |= {word: mapping[word] for word in plan.clusters if word in mapping}
    outcomes = [outcome for outcome in study.outcomes if outcome.sample == sample.name]
    required = NEEDED[role] | set(mapping) & set(words)  # a column the plan maps must be there
    named: list[str] = []
    covariates = [*plan.adjust_for, *plan.describe, *(c for o in outcomes for c in o.adjust_for or [])]
    first = next(iter(sample.files))
    if role == first and sample.linked:  # the file that lists the people carries what is known of them
        if plan.arms is not None:
            required.add("arm")
        if any(outcome.kind == "exit" for outcome in outcomes):
            required |= {"exit_on"}
        named += [name for name in covariates if "@" not in name]
        named += [condition.column for condition in plan.exposure.eligible] if plan.exposure else []
        _none_is_ours(study, named, MADE | KNOWN[role])
        told = [outcome.column for outcome in outcomes if outcome.kind == "event" and not outcome.afters]
        told += [column for outcome in outcomes for column in (outcome.time, outcome.happened)]
        _none_is_ours(study, [*told, *(name for name in plan.clusters if name != "mentor")], MADE)
        named += told
        required |= {"hired_on"} if "tenure_months" in named else set()
        named += [name for name in plan.clusters if name != "mentor" and name not in words]
        named += _published(study, outcomes, waves=False)
    if role == "meetings" and "met" in mapping:  # contact asked wave by wave, not meeting by meeting
        required.add("wave")
    measured: list[str] = []
    if role == "waves":
        measured += [outcome.column for outcome in outcomes if outcome.column and outcome.afters]
        measured += [outcome.per for outcome in outcomes if outcome.per]
        asked = {*study.scales, *(outcome.item for outcome in outcomes)}  # these stand in the surveys
        earlier = [name.partition("@")[0] for o in outcomes for name in study.adjust_for(o) if "@" in name]
        measured += [name for name in earlier if name not in asked]
        measured += _published(study, outcomes, waves=True)
        named += measured
    others = tuple(dict.fromkeys(name for name in named if name and name != "tenure_months" and name not in words))
    events = [outcome for outcome in outcomes if outcome.kind == "event"]
    flags = frozenset(column for outcome in events for column in (outcome.column, outcome.happened))
    measured += [outcome.time for outcome in events]
    return Wanted(
        role=role,
        words=words,
        required=frozenset(required),
        others=others,
        flags=flags,
        numbers=frozenset(measured) - flags,
        settings=sample.files[role],
        no_dates=tuple(plan.placeholders.dates),
        measures=frozenset(name.partition("@")[0] for name in covariates) - set(plan.clusters),
    )


def _published(study: Study, outcomes: list[Outcome], *, waves: bool) -> list[str]:
    """The columns that published analyses adjust for: of the people, or of their waves (column@wave)."""
    names = {outcome.name for outcome in outcomes}
    columns = [c.column for s in study.plan.specifications.values() if s.outcome in names for c in s.adjust_for]
    return [column.partition("@")[0] for column in columns if ("@" in column) == waves]


def _none_is_ours(study: Study, named: Iterable[str], ours: set[str]) -> None:
    """PlanError where the plan names a column that would be taken for one of the kit's own."""
    if taken := sorted(set(named) & ours):
        raise PlanError(
            f"{study.folder / 'plan.toml'}: {' and '.join(taken)}: the kit keeps a column of that name itself, so a "
            "file's own cannot be used. Rename it in the file and in the plan."
        )
