"""Small private cohorts, and an attacker who reads their evidence: no count of 1 to 4 comes out.

The cohorts are made in memory and walk through the real estimate, check, weigh and disclose. COHORTS=2000 makes as many
as that (some ten minutes); each run of the tests takes the first of them.
"""

import os
from functools import partial

import numpy as np
import pandas as pd
import pytest
from attacker import by_difference, by_share, displayed, few, near_pairs, recovered, sizes_by_share

import mentorstudy as kit
from conftest import COHORT, PLAN, ZEAL
from mentorstudy.checking.case import Case
from mentorstudy.nouns.cohort import Cohort, Sample
from mentorstudy.nouns.flow import Flow, Ledger, Step
from mentorstudy.weighing import disclose as disclosing

COHORTS = int(os.environ.get("COHORTS", "40"))

EVENT = """
[outcomes.promoted]
label = "Promoted within 12 months"
kind = "event"
column = "promoted"
role = "secondary"
smallest_effect = 0.05

[outcomes.joy]
label = "Joy"
kind = "scale"
scale = "joy"
waves = ["T0", "T12"]
role = "secondary"
smallest_effect = 0.15
"""


@pytest.fixture(scope="module")
def study(tmp_path_factory):
    folder = tmp_path_factory.mktemp("data") / "small"
    (folder / "scales").mkdir(parents=True)
    (folder / "first").mkdir()
    (folder / "plan.toml").write_text(PLAN + EVENT)
    (folder / "first" / "cohort.toml").write_text(COHORT)
    (folder / "scales" / "zeal.toml").write_text(ZEAL)
    joy = (
        ZEAL.replace("zeal", "joy")
        .replace("Zeal", "Joy")
        .replace("z1", "j1")
        .replace("z2", "j2")
        .replace("z3", "j3")
    )
    (folder / "scales" / "joy.toml").write_text(joy)
    return kit.read_study(folder)


def made(study, seed):
    """A cohort of 24 to 130 people in which now and then a few left, were promoted, went missing or met nobody."""
    rng = np.random.default_rng(seed)
    n = int(rng.integers(24, 130))
    people = pd.Index([f"p{i}" for i in range(n)], name="person")
    mentored = rng.random(n) < rng.uniform(0.3, 0.6)
    left = rng.random(n) < rng.choice([0.03, 0.1, 0.3])
    months = np.where(left, rng.integers(1, 12, n), 13.8)
    known, share = rng.random(n) >= rng.choice([0.0, 0.05]), rng.choice([0.04, 0.15, 0.5, 0.96])
    promoted = np.where(known, rng.random(n) < share, np.nan)
    late = mentored & (rng.random(n) < rng.choice([0.0, 0.05]))
    table = pd.DataFrame(
        {
            "arm": np.where(mentored, "matched", ""),
            "mentored": mentored,
            "ever": mentored | (rng.random(n) < rng.choice([0.0, 0.04])),
            "grade": np.where(rng.random(n) < rng.choice([0.0, 0.04]), np.nan, rng.integers(1, 6, n).astype(float)),
            "promoted": promoted,
            "match_delay": np.where(mentored, np.where(late, 20.0, 0.0), np.nan),
            "meetings": np.where(mentored, rng.poisson(3, n), 0),
        },
        index=people,
    )
    table["mentor"] = people
    waves, answers = [], []
    for wave, loss in (("T0", rng.choice([0.0, 0.03, 0.1])), ("T12", rng.choice([0.0, 0.03, 0.2]))):
        seen = rng.random(n) >= loss
        items = pd.DataFrame(rng.integers(1, 6, (n, 6)), columns=["z1", "z2", "z3", "j1", "j2", "j3"]).astype(float)
        items.loc[rng.random(n) < rng.choice([0.0, 0.03]), ["j1", "j2", "j3"]] = np.nan
        scored = pd.DataFrame({"person": people, "wave": wave})
        scored["zeal"], scored["joy"] = (
            items[["z1", "z2", "z3"]].mean(axis=1),
            items[["j1", "j2", "j3"]].mean(axis=1),
        )
        waves.append(scored[seen])
        answers.append(items[seen])
    sample = Sample(
        name="people",
        people=table,
        spells=pd.DataFrame({"months": months, "left": left, "why": "x"}, index=people),
        waves=pd.concat(waves, ignore_index=True),
        answers=pd.concat(answers, ignore_index=True),
        items={"zeal": ("z1", "z2", "z3"), "joy": ("j1", "j2", "j3")},
    )
    gone = int(rng.choice([0, 2, 9]))
    m = int(mentored.sum())
    steps = (
        Step(sample="people", step="in the records", mentored=m + gone, unmentored=n - m, why=""),
        Step(sample="people", step="eligible", mentored=m, unmentored=n - m, why="left before"),
    )
    ledger = Ledger(file="first/hr.csv", sha256="", rows=n + gone, kept=n, dropped={"left": gone} if gone else {})
    facts = study.cohort_file("first")
    return Cohort(label="first", facts=facts, samples=(sample,), flow=Flow(steps=steps), ledgers=(ledger,))


def weighed(study, cohort):
    estimates = kit.estimate(study, cohort)
    return kit.weigh(study, cohort, estimates, kit.check(study, cohort, estimates))


def truth(cohort):
    """The small counts of a cohort, each with what an attacker may try on it."""
    sample = cohort.sample("people")
    people, mentored = sample.people, sample.mentored.to_numpy()
    n, m = len(people), int(mentored.sum())
    left = (sample.spells["left"] & (sample.spells["months"] <= 12)).to_numpy()
    told = {}
    for arm, group in (("mentored", mentored), ("unmentored", ~mentored)):
        size = int(group.sum())
        promoted = people["promoted"].to_numpy()[group]
        known = int((~np.isnan(promoted)).sum())
        told[f"left, {arm}"] = int(left[group].sum()), size, partial(of_event, "retention", arm, size, kept=True)
        told[f"promoted, {arm}"] = (
            int(np.nansum(promoted)),
            known,
            partial(of_event, "promoted", arm, size, kept=False),
        )
        told[f"promotion not known, {arm}"] = size - known, size, partial(of_unseen, "promoted", arm, size, "T12")
        for scale in ("zeal", "joy"):
            for wave in ("T0", "T12"):
                unseen = int(np.isnan(sample.at_wave(scale, wave).to_numpy()[group]).sum())
                told[f"{scale} at {wave} not known, {arm}"] = (
                    unseen,
                    size,
                    partial(of_unseen, scale, arm, size, wave),
                )
    told["grade not known"] = int(people["grade"].isna().sum()), n, partial(of_check, "missing covariates", n)
    told["matched late"] = int((people["match_delay"] > 7).sum()), m, partial(of_check, "matched at the start", m)
    told["met"] = int((people["meetings"][mentored] > 0).sum()), m, partial(of_check, "meetings held", m)
    told["matched later"] = int((people["ever"] & ~people["mentored"]).sum()), n - m, partial(of_ever, m)
    return told


def of_event(outcome, arm, n, evidence, *, kept):
    finding = next(f for f in evidence.findings if f.outcome == outcome)
    clues = []
    for found in (finding.primary, *finding.others):
        if found is None or found.unit != "share" or found.method not in ("difference",):
            continue
        size, share = getattr(found, arm), getattr(found, f"level_{arm}")
        clues += by_share(share, [size] if size else range(max(1, n - 5), n + 1))
    return [{n - x for x in clue} for clue in clues] if kept else clues


def of_unseen(outcome, arm, n, wave, evidence):
    finding = next(f for f in evidence.findings if f.outcome == outcome)
    if n not in displayed(evidence, arm):
        return []  # he does not know how many began
    clues = []
    for row in finding.attrition:
        if row.arm == arm and (row.wave == wave or outcome == "promoted"):
            clues += by_difference(n, row.seen)
    for measure in evidence.measures:
        if (measure.scale, measure.wave, measure.group) == (outcome, wave, arm):
            clues += by_difference(n, measure.n)
    if wave == "T12":
        for found in (finding.primary, *finding.others):
            if found is None or found.method not in ("difference", "adjusted"):
                continue
            size, share = getattr(found, arm), getattr(found, f"level_{arm}")
            clues += by_difference(n, size)
            if found.unit == "share" and size is None and found.method == "difference":
                clues.append({n - s for s in sizes_by_share(share, range(max(1, n - 12), n + 1))})
    return clues


def of_check(name, n, evidence):
    values = {c.value for f in evidence.findings for c in f.checks if c.name == name and c.value is not None}
    return [clue for value in values for clue in by_share(value, [n])]


def of_ever(matched, evidence):
    clues = []
    for finding in evidence.findings:
        for found in finding.others:
            if found.method.startswith("naive") and found.mentored is not None and finding.kind == "exit":
                clues += by_difference(found.mentored, matched)
    return clues


@pytest.fixture(scope="module")
def cohorts(study):
    return [made(study, seed) for seed in range(COHORTS)]


@pytest.fixture(scope="module")
def evidence(study, cohorts):
    return [weighed(study, cohort) for cohort in cohorts]


def attacked(cohorts, evidence):
    return [
        f"cohort {seed}: {name}"
        for seed, (cohort, one) in enumerate(zip(cohorts, evidence, strict=True))
        for name in recovered(one, truth(cohort))
    ]


def test_there_is_something_to_hide(cohorts):
    hidden = sum(few(count, of) for cohort in cohorts for count, of, _ in truth(cohort).values())
    assert hidden > 3 * len(cohorts)


def test_no_small_count_comes_out(cohorts, evidence):
    assert attacked(cohorts, evidence) == []


def test_no_two_numbers_of_a_group_tell_of_the_few_between_them(evidence):
    assert [pair for one in evidence for pair in near_pairs(one)] == []


def test_no_ledger_gives_a_small_reason_away(evidence):
    for one in evidence:
        for file in one.provenance.inputs:
            if None in file.dropped.values():
                assert file.rows is None
                assert file.kept is None


def test_no_share_at_the_top_tells_of_few(evidence, cohorts):
    for one, cohort in zip(evidence, cohorts, strict=True):
        people = cohort.sample("people").people
        sizes = {"mentored": int(people["mentored"].sum()), "unmentored": int((~people["mentored"]).sum())}
        for measure in one.measures:
            if measure.ceiling is not None:
                n = measure.n or sizes[measure.group]
                assert not few(round(measure.ceiling * n), n)


def test_much_is_still_told(evidence):
    findings = [finding for one in evidence for finding in one.findings if finding.outcome in ("zeal", "joy")]
    assert sum(finding.primary is not None for finding in findings) > 0.6 * len(findings)


GUARDS = {
    "numbers that lie near": (disclosing, "without_near", lambda evidence, finding, told: finding),
    "digits": (disclosing, "as_printed", lambda finding: finding),
    "events of few": (disclosing, "tells_of_few", lambda found: False),
    "checks of few": (Case, "hides", lambda self, count, of: False),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_without_a_guard_the_attack_succeeds(study, cohorts, monkeypatch, guard):
    monkeypatch.setattr(*GUARDS[guard])
    bare = [weighed(study, cohort) for cohort in cohorts[:20]]
    assert attacked(cohorts[:20], bare) or any(map(near_pairs, bare))
