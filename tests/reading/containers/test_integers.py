"""Large tables of codes: read as numbers only where that loses no sign of any cell."""

import codecs
import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mentorstudy.nouns.file import File
from mentorstudy.reading.containers import delimited, text
from mentorstudy.reading.containers.opening import open_grid

PLAIN = ["0", "1", "5", "-3", "12", "-44", "120", ""]
ODD = [
    "03",
    "+3",
    "3.0",
    " 3",
    "-0",
    "1e1",
    "NA",
    "128",
    "-129",
    "999",
    "a b",
    'said "no"',
    "5,5",
    "two\nlines",
    "²",
]
HEAD = [[f"{place:05d}", PLAIN[place % 8], PLAIN[place % 5], "word"] for place in range(1, 221)]
NAMES = ["id", "q1", "q2", "said"]


def rewritten(rows, *, ending="\n", quoting=csv.QUOTE_MINIMAL, mark=b"", last=True, above=""):
    told = io.StringIO(newline="")
    csv.writer(told, lineterminator=ending, quoting=quoting).writerows([NAMES, *rows])
    whole = told.getvalue() if last else told.getvalue().removesuffix(ending)
    return mark + (above + whole).encode()


def texts(path):
    grid = open_grid(path, path.name, File(path=path.name))
    return [[column.words[code] for code in column.codes] for column in grid.columns], grid.rows.tolist()


def both_ways(tmp_path, monkeypatch, raw):
    """The cells read as a small file and as a large one, and whether the quick way was taken."""
    path = tmp_path / "a.csv"
    path.write_bytes(raw)
    slow = texts(path)
    taken = []
    quick = text.read_codes

    def watched(*given_, **more):
        found = quick(*given_, **more)
        taken.append(found is not None)
        return found

    with monkeypatch.context() as patch:
        patch.setattr(delimited, "LARGE", 0)
        patch.setattr(text, "read_codes", watched)
        return slow, texts(path), taken


@pytest.mark.parametrize("ending", ["\n", "\r\n"])
@pytest.mark.parametrize("quoting", [csv.QUOTE_MINIMAL, csv.QUOTE_ALL, csv.QUOTE_NONNUMERIC])
@pytest.mark.parametrize(
    ("mark", "last", "above"), [(b"", True, ""), (codecs.BOM_UTF8, False, ""), (b"", True, "Title\n")]
)
def test_plain_codes_are_read_the_quick_way(tmp_path, monkeypatch, ending, quoting, mark, last, above):
    raw = rewritten(HEAD, ending=ending, quoting=quoting, mark=mark, last=last, above=above)
    slow, quick, taken = both_ways(tmp_path, monkeypatch, raw)
    assert quick == slow
    assert taken == [True]


@settings(max_examples=150, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    more=st.lists(
        st.tuples(st.just("x"), st.sampled_from(PLAIN + ODD), st.sampled_from(PLAIN + ODD), st.sampled_from(ODD)),
        max_size=5,
    ),
    ending=st.sampled_from(["\n", "\r\n"]),
    last=st.booleans(),
)
def test_no_cell_is_read_otherwise_for_being_in_a_large_file(tmp_path, monkeypatch, more, ending, last):
    slow, quick, _ = both_ways(tmp_path, monkeypatch, rewritten([*HEAD, *more], ending=ending, last=last))
    assert quick == slow


@pytest.mark.parametrize("odd", ["03", "+3", "3.0", "-0", "NA"])
def test_one_code_written_otherwise_makes_the_whole_file_text(tmp_path, monkeypatch, odd):
    slow, quick, taken = both_ways(tmp_path, monkeypatch, rewritten([*HEAD, ["x", odd, "1", "y"]]))
    assert quick == slow
    assert odd in quick[0][1]
    assert taken == [False]
