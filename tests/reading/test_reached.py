"""Waves whose answers to a scale end below those of another, as if fewer had been offered: told, and no fault."""

import numpy as np
import pytest

from made_plan import plan_head
from mentorstudy import read_cohort, read_study

OUTCOME = """
[outcomes.sure]
kind = "scale"
scale = "sure"
waves = ["T0", "T12"]
role = "primary"
"""
SCALE = """
name = "sure"
label = "Sureness"
source = "made"
licence = "MIT"
responses = ["1", "2", "3", "4", "5", "6", "7"]
[[items]]
name = "sure1"
text = "I am sure."
[[items]]
name = "sure2"
text = "I am very sure."
[[items]]
name = "sure3"
text = "I am quite sure."
"""


def notes(tmp_path, *, people, highest, one_file):
    """What is told of a cohort in which the answers of each wave go up to the number given."""
    folder = tmp_path / "mini"
    for name in ("c1", "scales"):
        (folder / name).mkdir(parents=True)
    file, wave = ("long.csv", 'wave = "wave"\n') if one_file else ("wave_*.csv", "")
    (folder / "plan.toml").write_text(plan_head(file, columns=f'person = "id"\n{wave}') + OUTCOME)
    (folder / "scales" / "sure.toml").write_text(SCALE)
    (folder / "c1" / "cohort.toml").write_text("")
    (folder / "c1" / "hr.csv").write_text("id,team\n" + "".join(f"P{at:04d},a\n" for at in range(people)))
    draw = np.random.default_rng(5)
    head, lines = "id,wave,sure1,sure2,sure3\n", {}
    for label, top in highest.items():
        lines[label] = "".join(
            f"P{at:04d},{label},{','.join(map(str, draw.integers(1, top + 1, 3)))}\n" for at in range(people)
        )
    for label, text in lines.items():
        if not one_file:
            (folder / "c1" / f"wave_{label}.csv").write_text(head + text)
    if one_file:
        (folder / "c1" / file).write_text(head + "".join(lines.values()))
    return [note for export in read_cohort(read_study(folder), "c1").files for note in export.ledger.notes]


@pytest.mark.parametrize("one_file", [True, False])
@pytest.mark.parametrize(
    ("highest", "short", "far"), [({"T0": 5, "T12": 7}, "T0", "T12"), ({"T0": 7, "T12": 5}, "T12", "T0")]
)
def test_a_wave_that_ends_below_the_other_is_told(tmp_path, one_file, highest, short, far):
    [told] = [note for note in notes(tmp_path, people=40, highest=highest, one_file=one_file) if "above" in note]
    assert f"scale sure: no answer at wave {short} is above 5, and at wave {far} they go up to 7." in told
    assert told.startswith("c1/long.csv" if one_file else f"c1/wave_{short}.csv")


@pytest.mark.parametrize(
    ("people", "highest"),
    [(40, {"T0": 7, "T12": 7}), (40, {"T0": 5, "T12": 5}), (6, {"T0": 5, "T12": 7}), (400, {"T0": 7, "T12": 7})],
)
def test_what_chance_or_few_people_do_is_not(tmp_path, people, highest):
    assert not [note for note in notes(tmp_path, people=people, highest=highest, one_file=False) if "above" in note]
