"""Open Seeds: one group described, cohort by cohort and pooled; R's curves and rows."""

import hashlib
import html
import importlib.util
import json
import re
import shutil
from dataclasses import replace

import pytest
from test_studies import walked

import mentorstudy as kit
from mentorstudy.nouns.errors import DataError
from mentorstudy.nouns.overclaim import overclaims
from mentorstudy.reporting.page import page, programme_page
from mentorstudy.weighing.pool import pool

SEEDS = "data/open-seeds"
OUTCOMES = ("coming_back", "mentoring", "leading")


@pytest.fixture(scope="module")
def r(request):
    return json.loads((request.config.rootpath / "tests/reference/27_cohorts/expected.json").read_text())


@pytest.fixture(scope="module")
def evidence(request):
    made = []
    for number in range(1, 9):
        study, people, estimates = walked(request.config.rootpath / SEEDS, f"ols-{number}")
        made.append(kit.weigh(study, people, estimates, kit.check(study, people, estimates)))
    return made


def finding(evidence, outcome):
    return next(found for found in evidence.findings if found.outcome == outcome)


@pytest.mark.parametrize("outcome", OUTCOMES)
def test_the_pooled_curves_are_r_s(evidence, r, outcome):
    curve = next(curve for curve in pool(evidence, {}).pooled if curve.outcome == outcome)
    after = sorted(curve.points, key=lambda point: point.at)[1:]
    assert curve.people == r["n"] == 319
    assert curve.happened == r[outcome]["events"]
    for name in ("share", "low", "high"):
        assert [getattr(point, name) for point in after] == pytest.approx(r[outcome][name], rel=1e-8)
    assert [round(point.share, 4) for point in after[:4]] == r["to_print"][outcome]


def test_each_cohort_s_rows_are_r_s(evidence, r):
    for number, one in enumerate(evidence[:7], start=1):
        rows = r["by_cohort"][str(number)]
        back, mentor = (
            sorted(finding(one, name).curve, key=lambda p: p.at) for name in ("coming_back", "mentoring")
        )
        n = back[0].at_risk
        assert n == rows["people"]
        assert round(n * back[1].share) == rows["back_next"]
        assert back[-1].at == 8 - number
        # Nobody of a cohort is lost before its last time, so the curve's end is a plain share.
        assert round(n * back[-1].share) == rows["back"]
        assert round(n * mentor[-1].share) == rows["mentor"]


def test_whom_nobody_followed_has_no_number(evidence):
    last = finding(evidence[7], "coming_back")
    assert last.state == "not estimable"
    assert "nobody was followed for any time" in last.sentence


def test_no_report_is_more_than_descriptive(evidence):
    for one in evidence:
        assert {found.tier for found in one.findings} == {"Descriptive"}
        assert {found.state for found in one.findings} <= {"described", "hidden", "not estimable"}
        assert not one.balance


def test_answers_are_counted_as_the_exports_hold_them(evidence):
    # By hand from the files: ALL or MOST of their goals; a yes to any role; of those who answered.
    goals = dict(enumerate([(14, 22), (23, 32), (29, 35), (15, 19), (16, 23), (21, 30), (21, 31), (27, 37)], 1))
    return_ = dict(enumerate([(10, 21), (13, 32), (11, 35), (13, 19), (13, 23), (18, 30), (19, 31), (20, 37)], 1))
    for counted, outcome in ((goals, "goals"), (return_, "would_return")):
        for cohort, (yes, of) in counted.items():
            found = finding(evidence[cohort - 1], outcome).primary
            assert (round(found.value * found.mentored), found.mentored) == (yes, of)
    open_work = finding(evidence[0], "works_openly").primary
    assert open_work.value == pytest.approx(4.69565217391304)


def test_the_table_of_people_is_made_of_the_roles(request, tmp_path):
    folder = request.config.rootpath / SEEDS
    spec = importlib.util.spec_from_file_location("prepare", folder / "prepare.py")
    prepare = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(prepare)
    prepare.main(tmp_path)
    assert (tmp_path / "participants.csv").read_bytes() == (folder / "participants.csv").read_bytes()


def test_a_cohort_that_the_table_does_not_hold(request, tmp_path):
    folder = shutil.copytree(request.config.rootpath / SEEDS, tmp_path / "open-seeds")
    (folder / "ols-3" / "cohort.toml").write_text('label_in_files = "nine"\n')
    with pytest.raises(DataError, match=r"column cohort: no row of cohort nine.*label_in_files"):
        kit.read_cohort(kit.read_study(folder), "ols-3")


def test_a_cohort_without_an_optional_file_says_so(evidence):
    found = finding(evidence[7], "mentors_would_return")
    assert "this cohort has no file of these answers" in found.sentence


def test_rows_of_other_cohorts_are_accounted_for(evidence):
    file = next(file for file in evidence[0].provenance.inputs if file.file == "participants.csv")
    assert file.rows == 416
    assert file.dropped["of another cohort"] == 416 - 29
    assert file.kept == 29


def test_curves_whose_counts_do_not_come_out_are_not_pooled(evidence):
    one = evidence[0]
    found = finding(one, "coming_back")
    bent = replace(found, curve=tuple(replace(p, share=p.share * 0.991) for p in found.curve))
    changed = replace(one, findings=tuple(bent if f is found else f for f in one.findings))
    assert "coming_back" not in {curve.outcome for curve in pool([changed, *evidence[1:]], {}).pooled}
    assert "mentoring" in {curve.outcome for curve in pool([changed, *evidence[1:]], {}).pooled}


def test_pooling_one_cohort_gives_that_cohort(evidence):
    curve = next(curve for curve in pool(evidence[:1], {}).pooled if curve.outcome == "coming_back")
    own = finding(evidence[0], "coming_back").curve
    assert [p.share for p in curve.points] == pytest.approx([p.share for p in own])


def test_the_readme_s_digests_hold(request):
    for name in ("open-seeds", "kenya-mentoring"):
        folder = request.config.rootpath / "data" / name
        told = re.findall(r"\| `([^`]+)` \|.*\| `([0-9a-f]{64})` \|", (folder / "README.md").read_text())
        files = {file.relative_to(folder).as_posix(): file.read_bytes() for file in folder.rglob("*.csv")}
        assert dict(told) == {file: hashlib.sha256(content).hexdigest() for file, content in files.items()}


def words_of(text):
    text = re.sub(r"<style.*?</style>", "", text, flags=re.DOTALL)
    told = re.findall(r'(?:data-label|aria-label|title)="([^"]*)"', text)
    return html.unescape(re.sub(r"<[^>]+>", " | ", text)) + " | ".join(told)


def test_no_page_of_theirs_says_more_than_was_seen(evidence):
    for one in evidence:
        assert overclaims(words_of(page(one)), "Descriptive") == ()
        assert overclaims(repr(one), "Descriptive") == ()
    assert (
        overclaims(words_of(programme_page(pool(evidence, {"ols-9": "it has no report yet"}))), "Descriptive") == ()
    )


def test_nor_does_the_notebook(request):
    notes = json.loads((request.config.rootpath / "notebooks" / "study.ipynb").read_text())
    said = " ".join("".join(cell["source"]) for cell in notes["cells"] if cell["cell_type"] == "markdown")
    assert overclaims(said, "Descriptive") == ()
