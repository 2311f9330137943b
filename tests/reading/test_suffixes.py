"""The wave at the end of the headers: one wide file reads to what a file a wave does."""

import pandas as pd
import pytest

import mentorstudy as kit
from mentorstudy.nouns.errors import DataError, PlanError

FORMS = ["{}_{}", "{}.{}", "{} {}", "{} ({})", "{}-{}", "{}[{}]"]


def assembled(small):
    study = kit.read_study(small.folder)
    exports = kit.read_cohort(study, "first")
    return kit.assemble(study, exports, kit.score(study, exports))


def widened(small, form="{}_{}", words=None):
    """Both surveys as one file with a row a person; the plan says so."""
    frames = []
    for wave in ("T0", "T12"):
        frame = pd.read_csv(small.path(f"survey_{wave}.csv"), dtype=str, keep_default_na=False)
        small.path(f"survey_{wave}.csv").unlink()
        said = (words or {}).get(wave, wave)
        frames.append(frame.set_index("id").rename(columns=lambda name, said=said: form.format(name, said)))
    wide = frames[0].join(frames[1], how="outer").fillna("")
    wide.to_csv(small.folder / "first" / "wide.csv")
    waves = f", waves = {{{', '.join(f'{word} = {wave!r}' for wave, word in words.items())}}}" if words else ""
    small.change(
        "plan.toml",
        lambda text: text.replace(
            'survey = "survey_*.csv"', f'survey = {{path = "wide.csv", wave = "suffix"{waves}}}'
        ),
    )
    return wide


def waves_of(cohort):
    frame = cohort.samples[0].waves
    return frame.sort_values([*frame.columns[:2]]).reset_index(drop=True)


@pytest.mark.parametrize("form", FORMS)
def test_a_wide_file_reads_as_a_file_a_wave_does(small, form):
    before = waves_of(assembled(small))
    wide = widened(small, form)
    cohort = assembled(small)
    pd.testing.assert_frame_equal(waves_of(cohort), before)
    told = [ledger for ledger in cohort.ledgers if ledger.file == "first/wide.csv"]
    assert [ledger.read_as for ledger in told] == ["table, wave T0 by suffix", "table, wave T12 by suffix"]
    assert {ledger.rows for ledger in told} == {len(wide)}


@pytest.mark.parametrize("form", FORMS)
def test_waves_at_the_ends_of_headers_are_offered_where_the_plan_does_not_say_so(small, form):
    widened(small, form)
    line = 'survey = {path = "wide.csv", wave = "suffix"}'
    small.change("plan.toml", lambda text: text.replace(line, 'survey = "wide.csv"'))
    with pytest.raises(DataError) as caught:
        assembled(small)
    [fault] = caught.value.faults
    assert f"as {form.format('z1', 'T0')} and {form.format('z1', 'T12')} do" in fault
    assert 'as in {path = "wide.csv", wave = "suffix"}' in fault
    small.change("plan.toml", lambda text: text.replace('survey = "wide.csv"', line))
    assembled(small)


def test_waves_that_only_the_plan_knows_at_the_ends_of_headers_are_offered(small):
    for name, wave in (("survey_T0.csv", "early"), ("survey_T12.csv", "late")):
        small.path(name).rename(small.path(f"survey_{wave}.csv"))
    small.change("plan.toml", lambda text: text.replace("T12", "late").replace("T0", "early"))
    frames = [
        pd.read_csv(small.path(f"survey_{wave}.csv"), dtype=str).set_index("id") for wave in ("early", "late")
    ]
    first, second = (frame.add_suffix(f"_{at}") for frame, at in zip(frames, ("early", "late"), strict=True))
    first.join(second).to_csv(small.folder / "first" / "wide.csv")
    small.change("plan.toml", lambda text: text.replace('"survey_*.csv"', '"wide.csv"'))
    with pytest.raises(DataError, match="as z1_early and z1_late do"):
        assembled(small)


def test_what_was_noticed_is_told_once(small):
    widened(small)
    table = pd.read_csv(small.path("wide.csv"), dtype=str).assign(email="somebody@example.com")
    table.to_csv(small.path("wide.csv"), index=False)
    notes = [note for ledger in assembled(small).ledgers for note in ledger.notes]
    assert notes == ["first/wide.csv: columns that tell of persons were left unread: email."]


def test_the_file_s_own_words_for_waves(small):
    before = waves_of(assembled(small))
    widened(small, words={"T0": "pre", "T12": "post"})
    pd.testing.assert_frame_equal(waves_of(assembled(small)), before)


def test_whoever_left_a_wave_empty_has_no_row_in_it(small):
    wide = widened(small)
    late = [name for name in wide.columns if name.endswith("_T12")]
    wide.loc[wide.index[:3], late] = ""
    wide.to_csv(small.folder / "first" / "wide.csv")
    ledgers = {ledger.read_as: ledger for ledger in assembled(small).ledgers if ledger.file == "first/wide.csv"}
    empty = int((wide[late] == "").all(axis=1).sum())
    assert ledgers["table, wave T12 by suffix"].dropped["without an answer at this wave"] == empty >= 3


def test_a_wave_no_header_ends_in_is_told_with_the_line_to_paste(small):
    widened(small, words={"T0": "T0", "T12": "m12"})
    small.change("plan.toml", lambda text: text.replace(", waves = {T0 = 'T0', m12 = 'T12'}", ""))
    with pytest.raises(DataError) as caught:
        assembled(small)
    assert 'no header ends in wave T12, as z1_T12 would. Headers end in m12; write waves = {"m12" = "T12"}' in str(
        caught.value
    )
    small.change(
        "plan.toml", lambda text: text.replace('wave = "suffix"', 'wave = "suffix", waves = {"m12" = "T12"}')
    )
    assembled(small)


def test_a_bad_answer_is_told_under_the_header_of_the_file(small):
    wide = widened(small)
    name = next(name for name in wide.columns if name.endswith("_T12"))
    wide.loc[wide.index[1], name] = "perhaps"
    wide.to_csv(small.folder / "first" / "wide.csv")
    with pytest.raises(DataError) as caught:
        assembled(small)
    assert f"first/wide.csv: row 3, column {name}: " in str(caught.value)
    assert "perhaps" not in str(caught.value)


def test_two_columns_of_one_wave_and_name(small):
    wide = widened(small)
    name = next(name for name in wide.columns if name.endswith("_T12"))
    wide[f"{name.removesuffix('_T12')}.T12"] = wide[name]
    wide.to_csv(small.folder / "first" / "wide.csv")
    with pytest.raises(DataError, match=r"columns .*_T12 and .*\.T12 are both .* at wave T12"):
        assembled(small)


def test_values_by_wave_have_no_suffix(small):
    small.change(
        "plan.toml", lambda text: text.replace("[files]", '[files]\nwaves = {path = "waves.csv", wave = "suffix"}')
    )
    (small.folder / "first" / "waves.csv").write_text("person,wave,x\n1,T0,2\n")
    with pytest.raises(PlanError, match=r'files\.waves: wave = "suffix" is for surveys'):
        assembled(small)


def test_inspect_tells_waves_at_the_ends_of_headers_and_the_line_to_paste(small):
    widened(small)
    found = kit.inspect_files([small.folder / "first" / "wide.csv"])
    assert found.files[0].waves == ("T0", "T12")
    assert 'wave = "suffix"   # headers end in T0, T12' in found.plan


def test_numbered_questions_are_no_waves(tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("id,Q2_1,Q2_2,Q3_1,Q3_2,week_T1\n1,2,3,4,5,6\n2,3,4,5,6,7\n")
    found = kit.inspect_files([path])
    assert found.files[0].waves == ()
    assert "suffix" not in found.plan


def test_endings_of_several_waves_are_told_in_one_line_without_a_guess(small):
    widened(small, words={"T0": "pre", "T12": "post"})
    small.change("plan.toml", lambda text: text.replace(", waves = {pre = 'T0', post = 'T12'}", ""))
    with pytest.raises(DataError) as caught:
        assembled(small)
    [fault] = [fault for fault in caught.value.faults if "no header ends" in fault]
    assert fault.endswith(
        'no header ends in wave T0 or T12, as q1_T0 would. Headers end in pre, post; write waves = {"pre" = "...", '
        '"post" = "..."} beside wave = "suffix" under [files] in plan.toml, with T0 or T12 for the points.'
    )
