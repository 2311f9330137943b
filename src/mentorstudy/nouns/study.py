"""Study: the plan, fixed before outcomes are seen, with its scales and the cohorts found beside it."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from mentorstudy.nouns.errors import PlanError, raise_all
from mentorstudy.nouns.file import File
from mentorstudy.nouns.outcome import Outcome
from mentorstudy.nouns.overclaim import Tier, overclaims
from mentorstudy.nouns.places import unsound_places
from mentorstudy.nouns.plan import CohortFile, Plan, Role
from mentorstudy.nouns.questions import covariates_listed, scales_named, unsound_questions
from mentorstudy.nouns.scale import Scale
from mentorstudy.nouns.sound import unsound
from mentorstudy.nouns.written import did_you_mean, read_toml, slug, validated

PROGRAMME = "programme"  # the folder of the page over all cohorts, beside theirs


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFiles:
    """The files of rows that may be linked, as the plan lists them."""

    name: str
    linked: bool
    called: str
    files: Mapping[Role, File]
    columns: Mapping[Role, Mapping[str, Sequence[str]]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Study:
    """The plan with its place on disk, its digest, its scales and the cohorts found beside it."""

    folder: Path
    plan: Plan
    plan_sha256: str
    scales: Mapping[str, Scale]
    cohorts: tuple[str, ...]

    @property
    def name(self) -> str:
        """The study's folder-safe name."""
        return self.plan.name

    @property
    def outcomes(self) -> tuple[Outcome, ...]:
        """The outcomes in the plan's order, each knowing its name and label."""
        named = []
        for name, outcome in self.plan.outcomes.items():
            label = outcome.label or (self.scales[outcome.scale].label if outcome.scale else name)
            horizon = outcome.horizon_months or self.plan.horizon_months
            named.append(outcome.model_copy(update={"name": name, "label": label, "horizon_months": horizon}))
        return tuple(named)

    @property
    def samples(self) -> tuple[SampleFiles, ...]:
        """The samples in the plan's order; a plan without samples has one, called people."""
        if not self.plan.samples:
            files, columns = self.plan.files, self.plan.columns
            return (SampleFiles(name="people", linked=True, called="", files=files, columns=columns),)
        return tuple(
            SampleFiles(
                name=name,
                linked=table.linked,
                called=table.called or ("" if table.linked else f"{self.plan.words.people} who answered"),
                files=table.files,
                columns=table.columns,
            )
            for name, table in self.plan.samples.items()
        )

    def adjust_for(self, outcome: Outcome) -> tuple[str, ...]:
        """The covariates of one outcome: its own list, else the plan's; and an outcome's own earlier value, always."""
        listed = self.plan.adjust_for if outcome.adjust_for is None else outcome.adjust_for
        return tuple(dict.fromkeys([*listed, *([outcome.earlier] if outcome.earlier else [])]))

    @property
    def arms(self) -> tuple[str, ...]:
        """The groups set against the comparison, one after the other; the treated first."""
        if self.plan.arms:
            return (self.plan.arms.treated, *self.plan.arms.others)
        return (self.plan.exposure.treated,) if self.plan.exposure else ()

    @property
    def compares(self) -> bool:
        """Whether there is a group to set the others against."""
        return self.plan.design != "single-group"

    def group(self, arm: str, sample: str = "") -> str:
        """What sentences call the people of one arm, in one sample if that calls its people otherwise."""
        words = self.plan.words
        if called := next((one.called for one in self.samples if one.name == sample), ""):
            return called
        return words.arms[arm].treated if arm in words.arms else words.treated

    def programme(self, arm: str) -> str:
        """What sentences call that which one arm was given."""
        words = self.plan.words
        return words.arms[arm].programme if arm in words.arms else words.programme

    @property
    def asked(self) -> tuple[tuple[str, str], ...]:
        """What surveys are to hold: each scale or item with each wave at which an outcome or a covariate needs it."""
        pairs = [
            (outcome.scale or outcome.item, wave)
            for outcome in self.outcomes
            if outcome.kind in ("scale", "item")
            for wave in outcome.waves
        ]
        covariates = (name.partition("@") for outcome in self.outcomes for name in self.adjust_for(outcome))
        pairs += [(name, wave) for name, _, wave in covariates if wave and name in self.scales]
        return tuple(dict.fromkeys(pairs))

    def waves_of(self, sample: str) -> frozenset[str]:
        """The waves that the plan knows of a sample; none where it asks something of no wave, so of all of them."""
        outcomes = [outcome for outcome in self.outcomes if outcome.sample == sample]
        if any(outcome.kind == "item" and not outcome.waves for outcome in outcomes):
            return frozenset()
        waves = {wave for outcome in outcomes for wave in (outcome.before, *outcome.afters)}
        covariates = [name for outcome in outcomes for name in self.adjust_for(outcome)]
        covariates += self.plan.describe
        covariates += [one.column for printed in self.plan.specifications.values() for one in printed.adjust_for]
        waves |= {name.partition("@")[2] for name in covariates}
        if self.plan.waves:
            waves |= {self.plan.waves.baseline, *self.plan.waves.follow_up}
        return frozenset(waves - {""})

    def cohort_file(self, label: str) -> CohortFile:
        """The few facts of one cohort; PlanError where it is not there, or lacks a day the plan needs."""
        if label not in self.cohorts:
            raise PlanError(f"{self.folder}: no cohort {label}. {did_you_mean(label, list(self.cohorts))}")
        path = self.folder / label / "cohort.toml"
        facts = validated(CohortFile, read_toml(path), path)
        dated = any(outcome.kind == "exit" for outcome in self.outcomes)
        eligible = [condition.column for condition in self.plan.exposure.eligible] if self.plan.exposure else []
        tenure = "tenure_months" in {*eligible, *_covariates(self.plan)}
        needed = {
            "snapshot": dated and "it is the last day of the HR data; whoever is still employed is censored there",
            "start": (
                (
                    self.plan.exposure
                    and self.plan.exposure.time_zero
                    and "it is the day from which both groups are followed"
                )
                or (dated and "it is the day the groups were drawn, from which the time until an exit is counted")
                or (tenure and "it is the day until which tenure_months are counted")
            ),
            "intake": self.compares and self.plan.exposure and "it says which matches belong to this cohort",
        }
        raise_all(
            PlanError,
            [
                f"{path}: {key} is missing; {why}."
                for key, why in needed.items()
                if why and getattr(facts, key) is None
            ],
        )
        return facts

    def __repr__(self) -> str:
        """The question, the design, the outcomes and the cohorts."""
        outcomes = ", ".join(f"{outcome.label} ({outcome.role})" for outcome in self.outcomes)
        return (
            f"Study: {self.plan.title}\n  {' '.join(self.plan.question.split())}\n"
            f"  design: {self.plan.design}; outcomes: {outcomes}\n  cohorts: {', '.join(self.cohorts)}"
        )


def read_study(path: str | Path) -> Study:
    """The study in folder `path`: its plan.toml, the scales it names and the cohorts beside it.

    Raises PlanError with every fault of the file: unknown keys with their nearest neighbours, missing ones
    with why they matter.
    """
    folder = Path(path)
    if not (folder / "plan.toml").is_file():
        raise PlanError(f"{folder}: no plan.toml here. Name the folder that holds it, as in data/example.")
    raw = (folder / "plan.toml").read_bytes()
    plan = validated(Plan, read_toml(folder / "plan.toml"), folder / "plan.toml")
    study = Study(
        folder=folder,
        plan=plan,
        plan_sha256=hashlib.sha256(raw).hexdigest(),
        scales=scales_named(plan, folder),
        cohorts=tuple(sorted(file.parent.name for file in folder.glob("*/cohort.toml"))),
    )
    covariates = {outcome.name: study.adjust_for(outcome) for outcome in study.outcomes}
    said = [
        *_misplaced(study),
        *unsound_places(plan),
        *unsound(plan, study.outcomes, covariates),
        *unsound_questions(plan, study.outcomes, study.scales),
        *_too_much(study),
    ]
    faults = [f"{folder / 'plan.toml'}: {fault}" for fault in dict.fromkeys(said)]
    for label in study.cohorts:
        if label == PROGRAMME:
            faults.append(f"{folder / label}: a cohort cannot be called {PROGRAMME}; the page over all cohorts is.")
        try:
            slug(label)
        except ValueError as error:
            faults.append(f"{folder / label}: {error}. Rename the folder.")
    raise_all(PlanError, faults)
    return study


def _covariates(plan: Plan) -> set[str]:
    return {name for _, listed in covariates_listed(plan) for name in listed}


CARRIES: dict[str, Tier] = {"randomised": "Strong", "fixed-match": "Moderate", "single-group": "Descriptive"}


def _too_much(study: Study) -> Iterator[str]:
    """What the plan's own words say that its design could not show, however the data came out."""
    plan, tier = study.plan, CARRIES[study.plan.design]
    texts = {"title": plan.title}
    texts |= {f"words.{key}": getattr(plan.words, key) for key in ("programme", "people", "treated", "comparison")}
    texts |= {f"words.arms.{arm}.treated": words.treated for arm, words in plan.words.arms.items()}
    texts |= {f"outcomes.{name}.label": outcome.label for name, outcome in plan.outcomes.items()}
    texts |= {f"samples.{name}.called": sample.called for name, sample in plan.samples.items()}
    if tier == "Descriptive":  # elsewhere a question may ask what only the answer must not claim
        texts["question"] = plan.question
    for key, text in texts.items():
        if words := overclaims(text, tier):
            yield (
                f"{key} says {' and '.join(words)}, which the design {plan.design} cannot show. Say what was counted, "
                "or put somebody else's words in “quotation marks”."
            )


def _misplaced(study: Study) -> Iterator[str]:
    """What the plan says of its folder and of the outcomes' rows that cannot be."""
    folder = study.folder.resolve().name
    if study.name != folder:
        yield f"name is {study.name}, and the folder is called {folder}. Call both the same."
    files = {sample.name: set(sample.files) for sample in study.samples}
    for outcome in study.outcomes:
        place = f"outcomes.{outcome.name}"
        if outcome.sample not in files:
            yield f"{place}: there is no sample {outcome.sample}. {did_you_mean(outcome.sample, list(files))}"
            continue
        needed: Role = "survey" if outcome.kind in ("scale", "item") else "waves" if outcome.afters else "people"
        if needed not in files[outcome.sample]:
            yield (
                f"{place}: an outcome of kind {outcome.kind}{' with a wave' * bool(outcome.wave)} is read from the "
                f"{needed} file, and there is none under [files]. Name it there."
            )
