"""All cohorts at once: one that fails does not stop the others, is told at the end, and is named on the page."""

import json
import shutil

import pytest

from made_study import answered, mentorstudy
from mentorstudy.nouns.study import read_study
from mentorstudy.run.programme import publish_programme


@pytest.fixture
def seeds(request, tmp_path):
    """Three cohorts of Open Seeds; the second one's survey lost its first question."""
    folder = tmp_path / "data" / "open-seeds"
    source = request.config.rootpath / "data" / "open-seeds"
    for name in ("ols-1", "ols-2", "ols-3"):
        shutil.copytree(source / name, folder / name)
    for name in ("plan.toml", "participants.csv"):
        shutil.copy(source / name, folder / name)
    survey = folder / "ols-2" / "participants_mid.csv"
    survey.write_text(survey.read_text(encoding="utf-8").replace("OLS is helping me work openly", "Renamed", 1))
    shutil.copytree(request.config.rootpath / "notebooks", tmp_path / "notebooks")
    return tmp_path


def test_a_cohort_that_fails_stops_no_other(seeds):
    code, out, err = mentorstudy(seeds, "run", "data/open-seeds", "--all", "--json", loads=True)
    assert code == 3
    told = json.loads(out)
    assert [run["exit_code"] for run in told["runs"]] == [0, 3, 0]
    *_, told_why, head, line = err.rstrip().splitlines()
    assert told_why.startswith("ols-2: ols-2/participants_mid.csv: no column OLS is helping me")
    assert (head, line) == ("[items]", 'works_openly = ["OLS is helping me work openly", "..."]')
    assert told["programme"] == "reports/open-seeds/programme/report.html"
    text = (seeds / told["programme"]).read_text()
    assert "ols-2: it has no report yet, or its last run failed" in text
    assert "93 people who took part for the first time in 2 cohorts (ols-1 to ols-3)" in text
    evidence = json.loads((seeds / "reports/open-seeds/programme/evidence.json").read_text())
    assert evidence["cohorts"] == ["ols-1", "ols-3"]
    assert not [path for path in (seeds / "reports").iterdir() if path.name.startswith(".staging")]

    # Written again by itself it says the same; under another plan no cohort is left to show.
    before = (seeds / told["programme"]).read_bytes()
    code, out, _ = mentorstudy(seeds, "programme", "data/open-seeds")
    assert (code, out.strip()) == (0, told["programme"])
    assert (seeds / told["programme"]).read_bytes() == before
    plan = seeds / "data/open-seeds/plan.toml"
    plan.write_text(plan.read_text() + "\n# changed\n")
    assert publish_programme(read_study(plan.parent), reports=seeds / "reports") is None
    code, _, err = answered(seeds, "programme", "data/open-seeds")
    assert code == 3
    assert "no cohort of open-seeds has a report by the present plan" in err


def test_no_report_at_all(seeds):
    code, _, err = answered(seeds, "programme", "data/open-seeds")
    assert code == 3
    assert "Run them first, as in mentorstudy run data/open-seeds --all" in err
