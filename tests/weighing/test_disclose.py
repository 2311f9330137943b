"""No figure about few people leaves: denominators, small counts and their complements, steps of the flow and curve."""

from dataclasses import replace

import pytest

import mentorstudy as kit
from mentorstudy.nouns.evidence import Attrition, CurvePoint, InputFile
from mentorstudy.nouns.flow import Step
from mentorstudy.weighing.disclose import disclose


@pytest.fixture(scope="module")
def evidence(small_kept):
    study = kit.read_study(small_kept.folder)
    exports = kit.read_cohort(study, "first")
    people = kit.assemble(study, exports, kit.score(study, exports))
    estimates = kit.estimate(study, people)
    return kit.weigh(study, people, estimates, kit.check(study, people, estimates))


def with_primary(evidence, index=0, **change):
    found = list(evidence.findings)
    found[index] = replace(found[index], primary=replace(found[index].primary, **change))
    return replace(evidence, findings=tuple(found))


def hidden(evidence, index=0, *, private=True, min_group=10):
    return disclose(evidence, min_group=min_group, private=private).findings[index]


def test_a_sound_cohort_keeps_its_findings(evidence):
    assert [finding.state != "hidden" for finding in evidence.findings] == [True, True]


def test_a_group_under_the_smallest_is_hidden_with_everything_about_it(evidence):
    finding = hidden(with_primary(evidence, mentored=9))
    assert finding.state == "hidden"
    assert finding.primary is None
    assert finding.others == finding.curve == finding.checks == finding.attrition == ()
    assert finding.sentence == "Not shown: fewer than 10 people, or a count small enough to point at somebody."


def test_ten_are_enough(evidence):
    assert hidden(with_primary(evidence, mentored=10, level_mentored=0.5)).primary is not None


@pytest.mark.parametrize("leavers", [1, 4])
@pytest.mark.parametrize("end", ["leavers", "stayers"])
def test_one_to_four_people_are_hidden_and_so_are_all_but_one_to_four(evidence, leavers, end):
    share = leavers / 100 if end == "stayers" else 1 - leavers / 100
    changed = with_primary(evidence, mentored=100, level_mentored=share)
    assert hidden(changed).state == "hidden"
    assert hidden(changed, private=False).state != "hidden"


@pytest.mark.parametrize("leavers", [0, 5])
def test_nobody_and_five_are_counts_like_any_other(evidence, leavers):
    assert hidden(with_primary(evidence, mentored=100, level_mentored=1 - leavers / 100)).state != "hidden"


def test_a_small_count_in_the_crude_figures_hides_the_weighted_one_beside_them(evidence):
    finding = evidence.findings[0]
    crude = replace(finding.others[-1], mentored=100, level_mentored=0.98, unit="share")
    changed = replace(evidence, findings=(replace(finding, others=(crude,)), *evidence.findings[1:]))
    assert hidden(changed).state == "hidden"


def test_what_is_hidden_is_listed_without_values(evidence):
    listed = disclose(with_primary(evidence, mentored=9), min_group=10, private=True).suppressed
    row = next(row for row in listed if row.where == evidence.findings[0].label)
    assert row.rule == "fewer than 10 people"
    assert row.cells == 1 + len(evidence.findings[0].others) + len(evidence.findings[0].curve)


def step(name, mentored, unmentored, why=""):
    return Step(sample="people", step=name, mentored=mentored, unmentored=unmentored, why=why)


def test_a_step_that_lost_few_is_told_with_the_next(evidence):
    steps = (step("all", 100, 100), step("b", 98, 90, "one reason"), step("c", 90, 80, "another"))
    flow = disclose(replace(evidence, flow=steps), min_group=10, private=True).flow
    assert flow == (step("all", 100, 100), step("c", 90, 80, "one reason; another"))


def test_no_two_steps_shown_differ_by_one_to_four(evidence):
    steps = tuple(step(str(n), 100 - n, 200 - 3 * n, f"because {n}") for n in range(30))
    flow = disclose(replace(evidence, flow=steps), min_group=10, private=True).flow
    gone = [abs(a.mentored - b.mentored) for i, a in enumerate(flow) for b in flow[i + 1 :]]
    gone += [abs(a.unmentored - b.unmentored) for i, a in enumerate(flow) for b in flow[i + 1 :]]
    assert not any(0 < count < 5 for count in gone)


def test_a_curve_steps_where_at_least_five_came_off(evidence):
    counts = {"mentored": [100, 99, 97, 93, 92, 80, 78], "unmentored": [100, 90, 88, 85, 80, 78, 70]}
    points = tuple(
        CurvePoint(arm=arm, at=float(at), share=n / 100, low=0, high=1, at_risk=n)
        for arm, row in counts.items()
        for at, n in enumerate(row)
    )
    finding = replace(evidence.findings[0], curve=points)
    shown = hidden(replace(evidence, findings=(finding, *evidence.findings[1:]))).curve
    for arm in counts:
        left = [point.at_risk for point in shown if point.arm == arm]
        assert not any(0 < abs(a - b) < 5 for i, a in enumerate(left) for b in left[i + 1 :]), left
    assert shown[-1].at == 6
    assert shown[0].at == 0


def test_few_missing_hide_the_number_seen_and_every_count_that_tells_it(evidence):
    rows = (
        Attrition(wave="T12", arm="mentored", began=100, seen=98),
        Attrition(wave="T12", arm="unmentored", began=100, seen=80),
    )
    finding = hidden(
        replace(evidence, findings=(evidence.findings[0], replace(evidence.findings[1], attrition=rows))), 1
    )
    assert [row.seen for row in finding.attrition] == [None, None], "one group's would give the other's away"
    assert finding.primary is not None
    assert all(found.mentored is found.df is None for found in (finding.primary, *finding.others))


@pytest.mark.parametrize(
    ("dropped", "rows", "shown"),
    [
        ({"spam": 3}, None, {"spam": None}),
        ({"spam": 3, "test": 2}, 100, {"spam": None, "test": None}),
        ({"spam": 7}, 100, {"spam": 7}),
        ({"spam": 4, "test": 4}, None, {"spam": None, "test": None}),
        ({}, 100, {}),
    ],
)
def test_a_file_s_small_reasons_cannot_be_told_from_its_sums(evidence, dropped, rows, shown):
    file = InputFile(file="a.csv", sha256="", rows=100, kept=100 - sum(dropped.values()), dropped=dropped)
    given = replace(evidence, provenance=replace(evidence.provenance, inputs=(file,)))
    found = disclose(given, min_group=10, private=True).provenance.inputs[0]
    assert (found.rows, found.dropped) == (rows, shown)


def test_evidence_is_saved_and_read_back_whole(evidence, tmp_path):
    assert kit.read_evidence(evidence.save(tmp_path / "evidence.json")) == evidence


def test_saved_evidence_holds_no_id_and_no_pseudonym(evidence, tmp_path):
    text = evidence.save(tmp_path / "evidence.json").read_text()
    assert "00001" not in text
    assert "90001" not in text
    assert "Leeds" not in text


def test_a_display_leaves_out_what_the_evidence_hides(evidence, small):
    study = kit.read_study(small.folder)
    exports = kit.read_cohort(study, "first")
    estimates = kit.estimate(study, kit.assemble(study, exports, kit.score(study, exports)))
    first = estimates.outcomes[0]
    telling = replace(first.primary, mentored=100, level_mentored=0.98)
    shown = kit.as_frame(replace(estimates, outcomes=(replace(first, primary=telling), *estimates.outcomes[1:])))
    assert set(kit.as_frame(estimates)["outcome"]) == {"retention", "zeal"}
    assert set(shown["outcome"]) == {"zeal"}


def test_a_measure_lacked_by_few_has_no_count(evidence):
    began = {row.arm: row.began for row in evidence.findings[1].attrition}
    measures = tuple(replace(row, n=began[row.group] - 2) for row in evidence.measures)
    shown = disclose(replace(evidence, measures=measures), min_group=10, private=True).measures
    assert all(row.n is None and row.alpha is not None for row in shown)
