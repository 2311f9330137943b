"""Texts that stay in Arrow's memory behave as a tuple of them would."""

import pyarrow
import pytest

from mentorstudy.reading import texts
from mentorstudy.reading.texts import Texts

WORDS = ("b", "a", "ü", "b", "007", "x")


@pytest.fixture(params=[1, 4, 1_000])
def both(request, monkeypatch):
    monkeypatch.setattr(texts, "GLANCE", request.param)
    return Texts(pyarrow.array(["cut off", *WORDS, "cut off"], pyarrow.large_string()).slice(1, len(WORDS))), WORDS


def test_texts_are_what_a_tuple_of_them_is(both):
    lying, plain = both
    assert tuple(lying) == plain
    assert len(lying) == len(plain)
    assert [lying[at] for at in range(-6, 6)] == [plain[at] for at in range(-6, 6)]
    assert (lying[1:], lying[::2], lying[:-1]) == (plain[1:], plain[::2], plain[:-1])
    assert [word in lying for word in ("b", "", "cut off", None)] == [True, False, False, False]
    assert (lying.index("b"), lying.index("b", 1), lying.count("b")) == (0, 3, 2)
    with pytest.raises(ValueError, match="no such text"):
        lying.index("cut off")
    with pytest.raises(IndexError):
        lying[6]
