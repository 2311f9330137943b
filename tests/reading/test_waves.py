"""Waves: a row tells its own, else its file does; a row that tells of none is counted out, and nobody is seen twice."""

import shutil

import pytest

import mentorstudy as kit
from mentorstudy.nouns.errors import DataError, PlanError


def with_wave(small, values):
    """A wave column in both surveys; None stands for the wave of the file."""
    for wave in ("T0", "T12"):
        rows = small.path(f"survey_{wave}.csv").read_text().splitlines()
        told = [wave if value is None else value for value in values]
        more = [f"{row},{told[at % len(told)]}" for at, row in enumerate(rows[1:])]
        small.path(f"survey_{wave}.csv").write_text("\n".join([f"{rows[0]},wave", *more]) + "\n")


def assembled(small):
    study = kit.read_study(small.folder)
    exports = kit.read_cohort(study, "first")
    cohort = kit.assemble(study, exports, kit.score(study, exports))
    kit.check(study, cohort, kit.estimate(study, cohort))
    return cohort


@pytest.mark.parametrize("values", [[None], [None, None, ""], [""]])
def test_a_blank_wave_is_that_of_the_file(small, values):
    scores = assembled(small).samples[0].waves.groupby("wave").size()
    with_wave(small, values)
    assert assembled(small).samples[0].waves.groupby("wave").size().equals(scores)


def test_a_row_of_no_wave_is_counted_out(small):
    with_wave(small, [None, None, None, ""])
    both = small.path("survey_T12.csv")
    first = small.path("survey_T0.csv").read_text()
    both.write_text(first + both.read_text().partition("\n")[2])
    small.path("survey_T0.csv").unlink()
    both.rename(both.with_name("both.csv"))
    small.change("plan.toml", lambda text: text.replace("survey_*.csv", "both.csv"))
    cohort = assembled(small)
    ledger = next(ledger for ledger in cohort.ledgers if ledger.file == "first/both.csv")
    assert ledger.dropped["without a wave"] == both.with_name("both.csv").read_text().count(",\n") > 0
    assert set(cohort.samples[0].waves["wave"].unique()) == {"T0", "T12"}


def told_by(small, what):
    """The plan says what tells the wave."""
    settings = f'{{path = "survey_*.csv", wave = "{what}"}}'
    small.change("plan.toml", lambda text: text.replace('survey = "survey_*.csv"', f"survey = {settings}"))


def test_a_column_that_contradicts_the_file_s_name_is_told_until_the_plan_decides(small):
    before = assembled(small).samples[0].waves.groupby("wave").size()
    with_wave(small, ["T12"])
    with pytest.raises(DataError) as caught:
        assembled(small)
    assert "column wave: another wave than T0, for which the file's name stands" in str(caught.value)
    assert 'as in {path = "survey_*.csv", wave = "column"}, or "pattern"' in str(caught.value)
    told_by(small, "pattern")
    assert assembled(small).samples[0].waves.groupby("wave").size().equals(before)


def test_the_same_person_and_wave_in_two_files(small):
    with_wave(small, [None])
    told_by(small, "column")
    row = small.path("survey_T0.csv").read_text().splitlines()[3]
    small.change("survey_T12.csv", lambda text: f"{text}{row}\n")
    number = len(small.path("survey_T12.csv").read_text().splitlines())
    with pytest.raises(DataError) as caught:
        assembled(small)
    said = f"first/survey_T12.csv: row {number}: people who stand in first/survey_T0.csv with the same wave."
    assert said in str(caught.value)


@pytest.mark.parametrize(("old", "new"), [('baseline = "2016"', 'baseline = "2015"'), ('"2018"]', '"2081"]')])
def test_waves_that_frame_the_study_are_in_its_files(tmp_path, request, old, new):
    folder = shutil.copytree(request.config.rootpath / "data/illinois-workplace", tmp_path / "illinois-workplace")
    plan = folder / "plan.toml"
    plan.write_text(plan.read_text().replace(old, new))
    study = kit.read_study(folder)
    exports = kit.read_cohort(study, "2016")
    with pytest.raises(
        PlanError, match=r"no answers of wave 20(15|81) in its files\. They hold 2016, 2017, 2018\."
    ):
        kit.assemble(study, exports, kit.score(study, exports))


def in_one_file(small, words, *, settings=""):
    """Both waves in one file, with the word that `words` has for each row of a wave in turn."""
    lines = ["id,z1,z2,z3,wave"]
    for wave, told in words.items():
        path = small.path(f"survey_{wave}.csv")
        lines += [f"{row},{told[at % len(told)]}" for at, row in enumerate(path.read_text().splitlines()[1:])]
        path.unlink()
    (small.folder / "first" / "both.csv").write_text("\n".join(lines) + "\n")
    small.change("plan.toml", lambda text: text.replace('"survey_*.csv"', f'{{path = "both.csv"{settings}}}'))


@pytest.mark.parametrize(
    ("words", "settings"),
    [
        ({"T0": ["T0", "t0", "T0 "], "T12": ["t12"]}, ""),
        ({"T0": ["1", "1.0"], "T12": ["2.0"]}, ', waves = {"1" = "T0", "2" = "T12"}'),
        ({"T0": ["base  line"], "T12": ["LATER", "Later"]}, ', waves = {"Base line" = "T0", "later" = "T12"}'),
    ],
)
def test_case_spaces_and_the_nought_of_a_whole_number_make_no_other_wave(small, words, settings):
    scores = assembled(small).samples[0].waves.groupby("wave").size()
    in_one_file(small, words, settings=settings)
    assert assembled(small).samples[0].waves.groupby("wave").size().equals(scores)


def test_rows_of_no_wave_of_the_plan_are_counted_out_and_told(small):
    in_one_file(small, {"T0": ["T0"], "T12": ["T12", "T12", "much later"]})
    cohort = assembled(small)
    ledger = next(ledger for ledger in cohort.ledgers if ledger.file == "first/both.csv")
    count = (small.folder / "first" / "both.csv").read_text().count("much later")
    assert ledger.dropped["of no wave of the plan"] == count > 0
    assert set(cohort.samples[0].waves["wave"].unique()) == {"T0", "T12"}
    [note] = ledger.notes
    assert note == (
        f"first/both.csv: column wave: {count} rows of no wave of the plan, which has T0, T12, were left out: much "
        'later. If the file calls a wave so, write under [files], as in {path = "both.csv", waves = {"much later" = '
        '"..."}}.'
    )


def test_a_word_that_only_signs_part_from_a_wave_is_asked_about(small):
    in_one_file(small, {"T0": ["T0"], "T12": ["T12", "T-12"]}, settings=', waves = {"x" = "T0"}')
    with pytest.raises(DataError) as caught:
        assembled(small)
    [fault] = caught.value.faults
    assert fault.column == "wave"
    assert (
        'only signs part from wave T12. If it is that wave, write under [files], as in {path = "both.csv"' in fault
    )
    assert 'waves = {"x" = "T0", "T-12" = "T12"}}' in fault


def test_words_that_are_all_none_of_the_plan_are_told_with_the_wave_that_lacks(small):
    in_one_file(small, {"T0": ["T0"], "T12": ["after"]})
    with pytest.raises(PlanError, match=r'They hold T0, after\. .* waves = \{"after" = "T12"\}'):
        assembled(small)


def copied(small, name, *, rows=None, settings=""):
    """A further file of the first survey, under a name whose star stands for something else."""
    lines = small.path("survey_T0.csv").read_text().splitlines()
    kept, more = lines[: -rows or None], lines[-rows:]
    small.path("survey_T0.csv").write_text("\n".join(kept) + "\n")
    (small.folder / "first" / f"survey_{name}.csv").write_text("\n".join([lines[0], *more]) + "\n")
    if settings:
        told = f'survey = {{path = "survey_*.csv", {settings}}}'
        small.change("plan.toml", lambda text: text.replace('survey = "survey_*.csv"', told))


@pytest.mark.parametrize("name", ["T0 (1)", "T0 - Copy", "t0_final", "Copy of T0", "T-0"])
def test_a_file_named_nearly_after_a_wave_is_asked_about_and_what_is_pasted_reads_it(small, name):
    scores = assembled(small).samples[0].waves.groupby("wave").size()
    copied(small, name, rows=40)
    with pytest.raises(DataError) as caught:
        assembled(small)
    [fault] = caught.value.faults
    pasted = f'waves = {{"{name}" = "T0"}}'
    assert f"its name stands for “{name}”, which is no wave of the plan and looks like T0." in fault
    assert f'write under [files], as in {{path = "survey_*.csv", {pasted}}}' in fault
    told = f'survey = {{path = "survey_*.csv", {pasted}}}'
    small.change("plan.toml", lambda text: text.replace('survey = "survey_*.csv"', told))
    assert assembled(small).samples[0].waves.groupby("wave").size().equals(scores)


@pytest.mark.parametrize(("name", "settings"), [("T6", ""), ("T0 (1)", 'waves = {"T0 (1)" = "another"}')])
def test_a_file_of_no_wave_of_the_plan_is_counted_out_and_told_unless_the_plan_says_so(small, name, settings):
    copied(small, name, rows=40, settings=settings)
    cohort = assembled(small)
    ledger = next(ledger for ledger in cohort.ledgers if ledger.file == f"first/survey_{name}.csv")
    assert (ledger.rows, ledger.kept, dict(ledger.dropped)) == (40, 0, {"of no wave of the plan": 40})
    notes = (
        []
        if settings
        else [
            "first/survey_T6.csv: 40 rows of no wave of the plan, which has T0, T12, were left out: T6. If the file "
            'calls a wave so, write under [files], as in {path = "survey_*.csv", waves = {"T6" = "..."}}.'
        ]
    )
    assert [note for note in ledger.notes if "wave" in note] == notes


def test_waves_of_the_plan_hold_for_what_the_star_stands_for(small):
    scores = assembled(small).samples[0].waves.groupby("wave").size()
    for wave, called in (("T0", "pre"), ("T12", "post")):
        small.path(f"survey_{wave}.csv").rename(small.folder / "first" / f"survey_{called}.csv")
    told = 'survey = {path = "survey_*.csv", waves = {pre = "T0", post = "T12"}}'
    small.change("plan.toml", lambda text: text.replace('survey = "survey_*.csv"', told))
    assert assembled(small).samples[0].waves.groupby("wave").size().equals(scores)
