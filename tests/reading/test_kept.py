"""What is kept of a file between runs follows its texts alone, shows every change, and tells nothing without a key."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from mentorstudy.reading import kept
from mentorstudy.reading.kept import cells_of, hashed

KEY = b"k" * 32
WORD = st.text(st.characters(exclude_categories=["Cs"]), max_size=9)
WHOLE = (1 << 64) - 1
# SipHash-2-4 of 0, 1 and 2 bytes 00 01 ... under the key 00 ... 0f: vectors.h of github.com/veorq/SipHash
PUBLISHED = (0x726FDB47DD0E0E31, 0x74F839C593DC67FD, 0x0D6C8009D9A94F5A)


def spread_out(value):
    """What pandas makes of a hash of SipHash: the last steps of SplitMix64, which no two hashes share."""
    for shift, factor in ((30, 0xBF58476D1CE4E5B9), (27, 0x94D049BB133111EB)):
        value = (value ^ value >> shift) * factor & WHOLE
    return value ^ value >> 31


def cells(rows, ids, name="q"):
    """What is kept of a column, its dictionary in the order in which its words come."""
    words = list(dict.fromkeys(rows))
    codes = np.array([words.index(word) for word in rows], dtype=np.uint8)
    return cells_of(hashed(words, f"cells {name}", KEY), codes, hashed(ids, "whose", KEY))


ANSWERED = st.lists(st.tuples(st.uuids().map(str), WORD), min_size=1, max_size=40, unique_by=lambda one: one[0])


def test_the_hash_is_siphash_as_published(monkeypatch):
    monkeypatch.setattr(kept, "b64encode", lambda _: bytes(range(16)))
    found = hashed(["", "\x00", "\x00\x01"], "any", KEY)
    assert found.tolist() == [spread_out(value) for value in PUBLISHED]


@given(ANSWERED, st.data())
def test_any_one_answer_that_changes_shows_in_its_own_cell_alone(answered, data):
    ids, rows = zip(*answered, strict=True)
    at = data.draw(st.integers(0, len(rows) - 1))
    other = data.draw(WORD.filter(lambda word: word != rows[at]))
    changed = cells(rows, ids) != cells([*rows[:at], other, *rows[at + 1 :]], ids)
    assert np.flatnonzero(changed).tolist() == [at]


@given(ANSWERED, st.randoms(use_true_random=False))
def test_neither_the_rows_order_nor_the_dictionary_matters(answered, random):
    shuffled = random.sample(answered, len(answered))
    first, second = (
        dict(zip(ids, cells(rows, ids).tolist(), strict=True))
        for ids, rows in (zip(*one, strict=True) for one in (answered, shuffled))
    )
    assert first == second


@given(st.lists(WORD, unique=True, max_size=40))
def test_texts_columns_and_keys_have_their_own_hashes(words):
    several = [hashed(words, of, key) for of in ("a", "b") for key in (KEY, b"l" * 32)]
    assert len({*np.concatenate(several).tolist()}) == 4 * len(words)


def test_a_block_of_rows_more_is_mixed_like_the_first(monkeypatch):
    rows, ids = [str(at % 7) for at in range(100)], [f"R_{at}" for at in range(100)]
    whole = cells(rows, ids)
    monkeypatch.setattr(kept, "BLOCK", 7)
    assert (cells(rows, ids) == whole).all()


def test_as_many_changes_are_missed_as_two_bytes_may_miss():
    draw, many = np.random.default_rng(1), 1 << 20
    before, after, own = (draw.integers(0, WHOLE, many, dtype=np.uint64, endpoint=True) for _ in range(3))
    codes = np.arange(many)
    plain = cells_of(before, codes, own)
    assert np.count_nonzero(plain == cells_of(after, codes, own)) < 32  # 16 are to be expected
    for bit in range(64):
        assert (plain != cells_of(before ^ np.uint64(1 << bit), codes, own)).mean() > 0.999, bit


def test_equal_answers_of_different_people_look_like_any_others():
    own = hashed([f"R_{at}" for at in range(1 << 16)], "whose", KEY)
    [same] = hashed(["always"], "cells q", KEY)
    kept_of_each = cells_of(np.array([same]), np.zeros(1 << 16, dtype=np.uint8), own)
    assert abs(len(np.unique(kept_of_each)) / (1 << 16) - (1 - np.exp(-1))) < 0.01  # as of numbers drawn at random
