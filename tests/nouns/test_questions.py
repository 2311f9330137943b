"""The items of the plan, of scales and of outcomes: each answers one question, and somebody asks it."""

import pytest
from faulty_plan import ZEAL, another, told

from mentorstudy.nouns.study import read_study


@pytest.mark.parametrize(
    ("items", "said"),
    [
        ('z_1 = "Q1"', "items: no scale or outcome of this plan has an item z_1. Did you mean z1"),
        ('z1 = "Q1"\nz2 = "Q1"', "items: z1 and z2 both stand in column Q1. A column answers one question"),
        ('z1 = "z2"', "items: z1 and z2 both stand in column z2."),
        ('z1 = ["Q1", "Q2"]\nz2 = "Q2"', "items: z1 and z2 both stand in column Q2."),
    ],
)
def test_each_item_is_one_that_is_asked_in_a_column_of_its_own(small, items, said):
    assert said in told(small, ("[exposure]", f"[items]\n{items}\n[exposure]"))


def test_items_may_change_columns(small):
    items = '[items]\nz1 = "z2"\nz2 = "z1"\n[exposure]'
    small.change("plan.toml", lambda text: text.replace("[exposure]", items))
    assert set(read_study(small.folder).plan.items) == {"z1", "z2"}


def scale(small, *changes, file="zeal"):
    text = small.path("scales/zeal.toml").read_text()
    for old, new in changes:
        text = text.replace(old, new)
    (small.folder / "scales" / f"{file}.toml").write_text(text)


def test_a_scale_is_called_as_its_file(small):
    scale(small, ('name = "zeal"', 'name = "zest"'))
    assert "scales/zeal.toml: name is zest, and the file is called zeal. Call both the same." in told(small)


def test_faults_of_two_scales_are_told_together(small):
    scale(small, ('name = "zeal"', 'name = "zest"'))
    scale(small, ('label = "Zeal"', ""), file="zest")
    message = another(small, "zest", *ZEAL[:1], 'scale = "zest"', *ZEAL[2:], 'waves = ["T0", "T12"]')
    assert "scales/zeal.toml: name is zest" in message
    assert "scales/zest.toml: label is missing." in message


def test_two_scales_share_no_item(small):
    scale(
        small, ('name = "zeal"', 'name = "zest"'), ("Zeal", "Zest"), ('"z1"', '"q1"'), ('"z2"', '"q2"'), file="zest"
    )
    message = another(small, "zest", *ZEAL[:1], 'scale = "zest"', *ZEAL[2:], 'waves = ["T0", "T12"]')
    assert "scales: zeal and zest both have an item z3, so one's answers would be the other's." in message
    assert "z1" not in message


ALONE = ('kind = "item"', 'item = "{}"', 'role = "secondary"', "smallest_effect = 0.3", "yes = {}")


def alone(name, item, yes):
    return "\n".join([f"[outcomes.{name}]", *ALONE]).format(item, yes)


def test_an_item_of_a_scale_needs_a_name_of_its_own_to_stand_alone(small):
    message = told(small, ("[outcomes.zeal]", alone("begins", "z1", '["always"]') + "\n[outcomes.zeal]"))
    assert "outcomes.begins.item: z1 is an item of scale zeal too. Give it another name here" in message
    small.change("plan.toml", lambda text: text.replace('item = "z1"', 'item = "begins"'))
    small.change("plan.toml", lambda text: text.replace("[exposure]", '[items]\nbegins = "z1"\n[exposure]'))
    assert len(read_study(small.folder).outcomes) == 3


def test_an_item_counted_in_two_ways_has_two_names(small):
    both = alone("begins", "q", '["always"]') + "\n" + alone("stops", "q", '["never"]')
    message = told(small, ("[outcomes.zeal]", both + "\n[outcomes.zeal]"))
    assert "outcomes.stops.item: q is an item of outcomes.begins, with other answers that count too." in message


ADJUSTED = '"zeal@T0"]'


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        (ADJUSTED, '"zeal@"]', "plan.toml: adjust_for: zeal@ is no score at a wave. Write it as in zeal@T0, or a"),
        (ADJUSTED, '"@T0"]', "plan.toml: adjust_for: @T0 is no score at a wave."),
        (ADJUSTED, '"zeal@T0@T12"]', "plan.toml: adjust_for: zeal@T0@T12 is no score at a wave."),
        (ADJUSTED, '"zeals@T0"]', "plan.toml: adjust_for: there is no scale zeals. Did you mean zeal?"),
        ('scale = "zeal"', 'scale = "zest"', "plan.toml: outcomes.zeal.scale: there is no scale zest."),
    ],
)
def test_a_score_is_of_a_scale_at_a_wave(small, old, new, said):
    assert said in told(small, (old, new))


def test_faults_of_covariates_and_scales_are_told_together(small):
    message = told(small, (ADJUSTED, '"zest@T0", "@T0"]'), ("[files]", 'describe = ["grade@T0"]\n[files]'))
    assert "adjust_for: there is no scale zest." in message
    assert "adjust_for: @T0 is no score at a wave." in message
    assert "describe: there is no scale grade." in message
