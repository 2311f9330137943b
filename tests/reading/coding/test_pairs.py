"""Pairs: codes and labels in one cell, as people write them; what can be read in two ways is asked about."""

import pytest

from mentorstudy.reading.coding.codebooks.described import plain
from mentorstudy.reading.coding.codebooks.pairs import UnclearError, pairs_in

WORDS = ("Strongly disagree", "Disagree", "Neither agree nor disagree", "Agree", "Strongly agree, always")
TURNED = [(str(6 - place), word) for place, word in enumerate(WORDS, start=1)]
FORMS = (
    "({c}) {l}", "[{c}] {l}", "{c}) {l}", "{c}. {l}", "{c} {l}", "{c}: {l}", "{c} - {l}", "{c}={l}", "{c} = {l}",
    "{c}–{l}", "{c} → {l}", "{c}\t{l}", "{l} = {c}", "{l} ({c})", "{l} [{c}]", "{l}: {c}",
)  # fmt: skip


@pytest.mark.parametrize("sign", ["; ", ";", " | ", "\n"])
@pytest.mark.parametrize("form", FORMS)
def test_pairs_that_a_strong_sign_parts_are_read_in_whatever_form(form, sign):
    assert pairs_in(sign.join(form.format(c=code, l=word) for code, word in TURNED)) == TURNED


@pytest.mark.parametrize("sign", [", ", " / ", "   "])
@pytest.mark.parametrize("form", FORMS)
def test_pairs_that_a_weak_sign_parts_are_read_rightly_or_asked_about(form, sign):
    cell = sign.join(form.format(c=code, l=word) for code, word in TURNED)
    try:
        found = pairs_in(cell)
    except UnclearError:
        return
    assert found == TURNED


@pytest.mark.parametrize(
    ("cell", "pairs"),
    [
        ("1, Never; 2, Often", [("1", "Never"), ("2", "Often")]),
        ("5,0 = Always; 1,0 = Never", [("5", "Always"), ("1", "Never")]),
        ("dk = Don't know; 1 = Yes", [("dk", "Don't know"), ("1", "Yes")]),
        ("-9 = refused, 1 = a, b or c", [("-9", "refused"), ("1", "a, b or c")]),
        ("0 - 0 days; 1 - 1 day", [("0", "0 days"), ("1", "1 day")]),
        ("0-99; 99 = refused", [("99", "refused")]),
        ("numeric", []),
        ("free text", []),
        ("", []),
    ],
)
def test_pairs_among_which_other_things_stand(cell, pairs):
    assert pairs_in(cell) == pairs


@pytest.mark.parametrize(
    "cell", ["never and often", "1 = Never 2 = Often", "1, Never, 2, Often", "(1) (2) Never", "1"]
)
def test_what_nothing_parts_is_not_guessed(cell):
    with pytest.raises(UnclearError):
        pairs_in(cell)


@pytest.mark.parametrize(
    "cell", ["1" + " " * 200_000 + "x", "1" * 200_000, "=" * 200_000, "(" * 200_000, "1, " * 70_000]
)
def test_a_cell_made_to_take_long_ends(cell):
    try:
        pairs_in(cell)
    except UnclearError:
        return


@pytest.mark.parametrize("text", ["<a" * 200_000, "<!--" * 200_000, "<" * 400_000])
def test_tags_that_never_end_are_text(text):
    assert plain(text) == text
    assert plain("a<!-- > -->b <b>c</b>") == "a b c"
