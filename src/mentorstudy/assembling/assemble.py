"""Assemble: the cohort, with who was left out and why."""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pandas as pd

from mentorstudy.assembling.eligible import meets, somebody_meets
from mentorstudy.assembling.known import unknown_of_everybody
from mentorstudy.assembling.link import listed_people, settled, strangers, with_arms, with_clusters, with_matches
from mentorstudy.assembling.returned import never_returned
from mentorstudy.assembling.spells import DAYS_A_MONTH, horizon_is_reached, months_between, spells
from mentorstudy.nouns.cohort import CONTACT, Cohort, Sample
from mentorstudy.nouns.condition import Condition
from mentorstudy.nouns.errors import DataError, PlanError, raise_all
from mentorstudy.nouns.export import Exports
from mentorstudy.nouns.few import tellable, values_told
from mentorstudy.nouns.flow import Flow, Ledger, Step
from mentorstudy.nouns.scores import Scores
from mentorstudy.nouns.study import Study
from mentorstudy.nouns.written import did_you_mean, near


def assemble(study: Study, exports: Exports, scores: Scores) -> Cohort:
    """The people of one cohort, sample by sample, followed from the same day in both groups.

    Raises DataError where nobody is left in one of the groups, or no answer belongs to anybody in the records.
    """
    samples: list[Sample] = []
    steps: list[Step] = []
    ledgers: list[Ledger] = []
    for name, linked in ((sample.name, sample.linked) for sample in study.samples):
        listed = _grouped(study, exports, name)
        people = listed
        for step, still_in, why, condition in _steps(study, exports, listed, linked=linked):
            before, people = people, people[still_in.reindex(people.index)]
            if condition:
                somebody_meets(condition, before, people, study)
            counts = people["arm"].value_counts()
            treated, *others = (int(counts.get(arm, 0)) for arm in study.arms)
            steps.append(
                Step(
                    sample=name,
                    step=step,
                    mentored=treated,
                    unmentored=len(people) - treated - sum(others),
                    others=dict(zip(study.arms[1:], others, strict=True)),
                    why=why,
                )
            )
        _every_group(study, people, exports.label, linked=linked)
        matches, strange = strangers(exports, name, listed.index)
        sample = _sample(study, exports, scores, name, people)
        linked_waves = never_returned(study, exports, sample) if linked else ()
        raise_all(DataError, [*linked_waves, *unknown_of_everybody(study, exports, sample)])
        samples.append(replace(sample, matches=matches, strangers=strange))
        files = [file for file in exports.files if file.sample == name]
        ledgers += [settled(file, exports, listed.index, people.index) for file in files]
    return Cohort(
        label=exports.label,
        facts=exports.facts,
        samples=tuple(samples),
        flow=Flow(steps=tuple(steps)),
        ledgers=tuple(ledgers),
        wordings=tuple(wording for file in exports.files for wording in file.wordings),
    )


def _grouped(study: Study, exports: Exports, sample: str) -> pd.DataFrame:
    people = with_clusters(listed_people(exports, sample), study, exports, sample)
    if not study.compares:
        grouped = people.assign(arm=study.arms[0], mentored=True, ever=True)
    elif study.plan.arms:
        grouped = with_arms(people, study, exports)
    else:
        grouped = with_matches(people, study, exports, sample)
    if "hired_on" in grouped and exports.facts.start:
        start = pd.Timestamp(exports.facts.start)
        grouped["tenure_months"] = months_between(grouped["hired_on"], start)
    return grouped


def _steps(
    study: Study, exports: Exports, people: pd.DataFrame, *, linked: bool
) -> Iterator[tuple[str, pd.Series, str, Condition | None]]:
    """Each step's name, who is still in, why the others are not, and the plan's condition behind it."""
    yield "in the records" if linked else "answered", pd.Series(True, index=people.index), "", None
    if not linked:
        return
    if "match_delay" in people and (unknown := people["mentored"] & people["match_delay"].isna()).any():
        yield "no match left out", ~unknown, "their match was left out by the plan", None
    start = exports.facts.start
    if start and "exit_on" in people:
        day = pd.Timestamp(start)
        employed = people["exit_on"].isna() | (people["exit_on"] > day)
        if "hired_on" in people:
            employed &= people["hired_on"].isna() | (people["hired_on"] <= day)
        yield f"employed on {start}", employed, "left before, or hired later", None
    for condition in study.plan.exposure.eligible if study.plan.exposure else []:
        yield condition.in_words, meets(condition, people, study), condition.otherwise, condition


def _every_group(study: Study, people: pd.DataFrame, label: str, *, linked: bool) -> None:
    present = set(people["arm"].unique())
    if not study.compares:
        if len(people) == 0 and linked:
            raise DataError(
                f"cohort {label}: nobody is left among those eligible. Check [exposure] eligible in plan.toml."
            )
        return
    lacking = [("mentored", "treated", arm) for arm in study.arms if arm not in present]
    if people["mentored"].all():
        lacking.append(("unmentored", "comparison", ""))
    for named, missing, arm in lacking:
        of_arm = f" in arm {arm}" if len(study.arms) > 1 and arm else ""
        raise DataError(
            f"cohort {label}: nobody {named}{of_arm} is left among those eligible, so there is nothing to compare. "
            f"Check who the files call {missing}, the intake in cohort.toml and [exposure] eligible in plan.toml."
        )


def _sample(study: Study, exports: Exports, scores: Scores, name: str, people: pd.DataFrame) -> Sample:
    facts = exports.facts
    dated = pd.DataFrame({"months": [], "left": [], "why": []}, index=people.index[:0])
    if facts.start and facts.snapshot:
        horizon_is_reached(study, label=exports.label, start=facts.start, snapshot=facts.snapshot)
        dated = spells(people, study, start=facts.start, snapshot=facts.snapshot)
    met = [export.rows for export in exports.of(name, "meetings")]
    contact = [rows.rename(columns={"met": CONTACT}) for rows in met if "met" in rows]
    if facts.start and met and not contact:
        people = people.assign(meetings=_meetings(study, exports, name, people, facts.start))
    answered = scores.rows["sample"] == name
    ours = scores.rows["person"].isin(people.index) & answered
    if answered.any() and not ours.any():
        raise DataError(
            f"cohort {exports.label}: none of {int(answered.sum())} answers belongs to anybody in the records. "
            "Check that both files write the same ids; spreadsheets take leading zeros away."
        )
    tables = [export.rows for export in exports.of(name, "waves")]
    waves = pd.concat([scores.rows[ours], *tables, *contact])
    _every_wave_is_there(study, exports, name, waves)
    waves = waves[waves["person"].isin(people.index)].reset_index(drop=True)
    return Sample(
        name=name,
        people=people,
        spells=dated,
        waves=waves,
        answers=scores.answers[ours].reset_index(drop=True).reindex(waves.index),
        items=scores.items,
    )


def _every_wave_is_there(study: Study, exports: Exports, sample: str, waves: pd.DataFrame) -> None:
    """PlanError where the plan names a wave of which the cohort's files hold no row."""
    outcomes = [outcome for outcome in study.outcomes if outcome.sample == sample]
    asked = {wave for outcome in outcomes for wave in (outcome.before, *outcome.afters) if wave}
    asked |= {name.partition("@")[2] for outcome in outcomes for name in study.adjust_for(outcome) if "@" in name}
    asked |= {
        wave for name, _, wave in (name.partition("@") for name in study.plan.describe) if name in waves and wave
    }
    if study.plan.waves and any(outcome.wave for outcome in outcomes):
        asked |= {study.plan.waves.baseline, *study.plan.waves.follow_up}
    rows = waves["wave"].astype(str).value_counts().to_dict() if len(waves) else {}
    found = Counter({wave: count for wave, count in rows.items() if wave})
    lacking = sorted(asked - set(found))
    if lacking:
        for export in exports.files:
            found.update(export.other_waves if export.sample == sample else {})
        named = sorted({export.wave for export in exports.files} & found.keys())  # by file names, not by cells
        in_cells = {wave: count for wave, count in found.items() if wave not in named}
        least = study.plan.thresholds.min_group
        told = [", ".join(named)] * bool(named) + [values_told(in_cells, least)] * bool(in_cells)
        held = f"They hold {' and '.join(told)}." if found else "They tell of no wave."
        theirs = tellable(in_cells, least)
        known = [*named, *theirs]
        meant = [did_you_mean(wave, known) for wave in lacking if near(wave, known)]
        other = next((wave for wave in theirs if wave not in asked), "")
        own = f' Where a column calls it otherwise, write waves = {{{json.dumps(other)} = "{lacking[0]}"}} beside '
        raise PlanError(
            f"{study.folder / 'plan.toml'}: cohort {exports.label}: no answers of wave {' and '.join(lacking)} in its "
            f"files. {' '.join([held, *meant])} A wave is what the star of a file pattern stands for, as in "
            f'survey = "survey_*.csv", or the wave column.{own + "the path, under [files]." if other else ""}'
        )


def _meetings(study: Study, exports: Exports, sample: str, people: pd.DataFrame, start: date) -> pd.Series:
    """Meetings held by each person between the start and the horizon."""
    held = pd.concat([export.rows for export in exports.of(sample, "meetings")])
    if "held_on" in held:
        horizon = study.plan.horizon_months or float("inf")
        since = (held["held_on"] - pd.Timestamp(start)).dt.days / DAYS_A_MONTH
        held = held[(since >= 0) & (since <= horizon)]
    return held["person"].value_counts().reindex(people.index, fill_value=0)
