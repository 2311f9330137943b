"""Small private cohorts, disclosed, and an attacker who reads what is left: nothing to be told, every guard needed.

Two thousand are made by made_cohorts.py, which says what is real in them; some more are whole studies of made people
that go through every step of the library.
"""

import json
import shutil
from dataclasses import fields
from datetime import date
from pathlib import Path

import attacker
import made_cohorts
import pytest

import mentorstudy as kit
from mentorstudy.checking.case import Case
from mentorstudy.nouns.evidence import Evidence
from mentorstudy.nouns.scale import find_scale
from mentorstudy.planning.simulate import simulate
from mentorstudy.planning.world import World
from mentorstudy.weighing import disclose as rooms
from mentorstudy.weighing import tables, telling, weigh

COHORTS = 2_000


def printed(evidence: Evidence) -> dict:
    """What evidence.json holds, without the deep copies on the way to the file: thousands are printed here."""
    text = json.dumps(
        evidence, default=lambda noun: {field.name: getattr(noun, field.name) for field in fields(noun)}
    )
    return json.loads(text, parse_constant=lambda _: None)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_attacked_is_what_the_file_holds(tmp_path, seed):
    evidence = made_cohorts.cohort(seed)
    saved = json.loads(evidence.save(tmp_path / "evidence.json").read_text(encoding="utf-8"))
    assert printed(evidence) == {name: value for name, value in saved.items() if name != "schema"}


def attacked(seed: int) -> list[str]:
    truth = made_cohorts.cohort(seed)
    return attacker.recovered(printed(rooms.disclose(truth, min_group=10, private=True)), printed(truth), fitted=4)


def test_no_small_count_can_be_told_from_two_thousand_cohorts():
    told = {seed: found for seed in range(COHORTS) if (found := attacked(seed))}
    assert not told, f"{len(told)} of {COHORTS} cohorts, such as {dict(list(told.items())[:5])}"


GUARDS = {
    "one group's number seen tells the other's": (telling, "nearly_all_seen", lambda findings: set()),
    "scales answered by one more": (tables, "_commonest", lambda counts: []),
    "outcomes seen of one more": (telling, "seen_hidden", lambda finding, rows, full, side: tuple(rows)),
    "groups within groups": (telling, "nested_told", lambda primary, others: tuple(others)),
    "digits of estimates": (telling, "veiled", lambda found: found),
    "values of checks": (telling, "without_figure", lambda checks, names: tuple(checks)),
    "unknown covariates of several outcomes": (telling, "missing_apart", lambda findings, people: findings),
    "few censored": (telling, "few_censored", lambda finding: False),
    "digits of a crude curve": (telling, "in_print", lambda found: found),
    "a curve's people at risk": (telling, "points_in_print", tuple),
    "two horizons": (telling, "horizons_apart", lambda findings: set()),
    "people left out of the weighing": (rooms, "_left_out", lambda found, began: False),
    "small shares": (rooms, "tells_of_few", lambda found: False),
    "times of a curve": (rooms, "_coarse", lambda points, min_group, private: points),
    "steps of the flow": (tables, "merged", tuple),
    "totals of a file": (tables, "_sum_tells", lambda few: False),
    "reasons of a file": (tables, "file", lambda file: file),
    "tops of scales and shares in contact": (tables, "is_few", lambda count, of: False),
    "digits of alpha": (tables, "_in_print", lambda measure: measure),
    "contact": (tables, "contact", lambda row, people, min_group, private: row),
}


@pytest.mark.parametrize("guard", GUARDS)
def test_without_any_one_guard_the_attack_succeeds(guard, monkeypatch):
    room, name, off = GUARDS[guard]
    monkeypatch.setattr(room, name, off)
    assert any(attacked(seed) for seed in range(300))


WHOLE = 24
PLAN = Path(__file__).parents[2] / "data/example/plan.toml"


def walked(folder: Path, seed: int, monkeypatch: pytest.MonkeyPatch) -> tuple[Evidence, Evidence]:
    """A study of few made people walked through every step: as disclosed, and as it was before."""
    simulate(
        folder / f"c{seed}",
        world=World(),
        scales={name: find_scale(name, folder) for name in World().traits},
        n=60 + 2 * (seed % 40),
        start=date(2024, 9, 2),
        seed=seed,
    )
    whole: list[Evidence] = []
    monkeypatch.setattr(weigh, "disclose", lambda given, **_: whole.append(given) or given)
    study = kit.read_study(folder)
    exports = kit.read_cohort(study, f"c{seed}")
    people = kit.assemble(study, exports, kit.score(study, exports))
    estimates = kit.estimate(study, people)
    kit.weigh(study, people, estimates, kit.check(study, people, estimates))
    return rooms.disclose(whole[0], min_group=10, private=True), whole[0]


@pytest.fixture
def example(tmp_path):
    folder = tmp_path / "example"
    folder.mkdir()
    shutil.copy(PLAN, folder)
    return folder


def test_no_small_count_can_be_told_from_whole_studies(example, monkeypatch):
    shown = 0
    for seed in range(WHOLE):
        disclosed, truth = walked(example, seed, monkeypatch)
        assert not attacker.recovered(printed(disclosed), printed(truth)), seed
        shown += sum(finding.primary is not None for finding in disclosed.findings)
    assert shown > 3 * WHOLE, "what is safe stays"


def test_without_the_checks_own_guard_the_attack_succeeds(example, monkeypatch):
    monkeypatch.setattr(Case, "tells_of_few", lambda case, count, of: False)
    assert any(
        attacker.recovered(printed(disclosed), printed(truth))
        for disclosed, truth in (walked(example, seed, monkeypatch) for seed in range(12))
    )
