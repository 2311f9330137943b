"""Values of distinct words spread over rows: the quick way says what indexing says."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from mentorstudy.reading.grid import spread


@pytest.mark.parametrize("values", ["bool", "int8", "uint8", "int16", "float64"])
@pytest.mark.parametrize("codes", ["int8", "uint8", "int32"])
@given(seed=st.integers(0, 2**32 - 1), words=st.integers(1, 120), rows=st.integers(0, 300))
def test_spreading_is_indexing(values, codes, seed, words, rows):
    draw = np.random.default_rng(seed)
    table = draw.integers(0, 2 if values == "bool" else 127, words).astype(values)
    at = draw.integers(0, words, rows).astype(codes)
    found = spread(table, at)
    assert found.dtype == table.dtype
    assert found.tolist() == table[at].tolist()
    assert found.flags.writeable
