"""The kit's fits beside statsmodels', an engine that shares no line with them."""

import numpy as np
import pandas as pd
import pytest
from statsmodels.api import GLM, OLS, families
from statsmodels.duration.api import SurvfuncRight

import mentorstudy as kit
from mentorstudy.estimating.method import covariates, settings_for
from mentorstudy.estimating.weighted import weighing
from mentorstudy.numerics.survival import kaplan_meier


@pytest.fixture
def walk(small):
    study = kit.read_study(small.folder)
    exports = kit.read_cohort(study, "first")
    people = kit.assemble(study, exports, kit.score(study, exports))
    return study, people.samples[0], kit.estimate(study, people)


def test_the_adjusted_difference(walk):
    study, sample, estimates = walk
    zeal = study.outcomes[1]
    known = covariates(sample, study.adjust_for(zeal), missing="indicator")
    y = sample.at_wave("zeal", "T12").to_numpy()
    seen, mentored = ~np.isnan(y), sample.mentored.to_numpy().astype(float)
    centred = known.matrix - known.matrix.mean(axis=0)
    design = np.column_stack([np.ones(len(y)), mentored, centred, centred * mentored[:, None]])[seen]
    fit = OLS(y[seen], design).fit(cov_type="HC2", use_t=True)
    found = estimates.of("zeal").primary
    assert found.value == pytest.approx(fit.params[1], rel=1e-9)
    # The kit's error is larger by the spread of the modelled differences over the people.
    by_person = fit.params[1] + centred @ fit.params[2 + centred.shape[1] :]
    assert found.std_error == pytest.approx(np.sqrt(fit.bse[1] ** 2 + by_person.var(ddof=1) / len(y)), rel=1e-9)


def test_the_propensity_score(walk):
    study, sample, _ = walk
    found = weighing(sample, settings_for(study, study.outcomes[0], study.arms[0]))
    fit = GLM(sample.mentored.to_numpy().astype(float), found.design, family=families.Binomial()).fit(tol=1e-12)
    assert found.fit.params == pytest.approx(fit.params, rel=1e-6)
    assert found.fit.probabilities == pytest.approx(fit.fittedvalues, rel=1e-6)


def test_the_weighted_curve_by_hand(walk):
    study, sample, estimates = walk
    weights = weighing(sample, settings_for(study, study.outcomes[0], study.arms[0])).weights
    mentored = sample.mentored.to_numpy()
    kept = []
    for group in (mentored, ~mentored):
        months = sample.spells["months"].to_numpy()[group]
        left, share = sample.spells["left"].to_numpy(dtype=bool)[group], 1.0
        for month in np.unique(months[left & (months <= 12)]):
            at_risk = weights[group][months >= month].sum()
            share *= 1 - weights[group][(months == month) & left].sum() / at_risk
        kept.append(share)
    found = estimates.of("retention").primary
    assert found.level_mentored == pytest.approx(kept[0], rel=1e-10)
    assert found.value == pytest.approx(kept[0] - kept[1], rel=1e-9)


def test_the_unweighted_curve(walk):
    _, sample, _ = walk
    months = sample.spells["months"].to_numpy(dtype=float)
    left = sample.spells["left"].to_numpy(dtype=bool)
    found = kaplan_meier(time=months, event=left)
    theirs = SurvfuncRight(months, left.astype(int))
    assert found.survival == pytest.approx(theirs.surv_prob, rel=1e-10)
    assert found.std_error == pytest.approx(theirs.surv_prob_se, rel=1e-10)


def test_covariates_are_numbers_flags_and_levels(walk):
    _, sample, _ = walk
    rng = np.random.default_rng(1)
    n = len(sample.people)
    pay = pd.Series(rng.normal(size=n), index=sample.people.index).mask(np.arange(n) < 20)
    team = pd.Series(rng.choice(["a", "b", "c"], n), index=sample.people.index).mask(np.arange(n) < 15)
    team.iloc[-3:] = "tiny"
    people = sample.people.assign(pay=pay, same=pay * 2, team=team)
    made = type(sample)(
        name=sample.name, people=people, spells=sample.spells, waves=sample.waves, answers=sample.answers, items={}
    )
    known = covariates(made, ("pay", "same", "team"), missing="indicator")
    assert known.names == ("pay not known", "pay", "same", "team: b", "team: c", "team: not known")
    assert known.missing == {"pay": 20 / n, "same": 20 / n, "team": pytest.approx(15 / n)}
    column = dict(zip(known.names, known.matrix.T, strict=True))
    assert column["pay not known"].sum() == 20
    assert column["pay"][:20] == pytest.approx(np.full(20, pay.mean()))
    assert column["team: not known"].sum() == 15
    gaps = covariates(made, ("pay",), missing="complete").matrix
    assert np.isnan(gaps).sum() == 20
