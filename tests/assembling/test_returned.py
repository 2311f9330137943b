"""Two waves of an outcome of which nobody answered both; rows that are there for something else are no answers."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from mentorstudy.assembling.returned import never_returned

OUTCOME = {"scale": "zeal", "item": "", "column": "", "before": "T0", "afters": ("T12",), "sample": "people"}


def told(*rows):
    waves = pd.DataFrame([*rows], columns=["person", "wave", "zeal"])
    files = [
        SimpleNamespace(ledger=SimpleNamespace(file=f"{wave}.csv"), sample="people", role="survey", wave=wave)
        for wave in ("T0", "T12")
    ]
    study = SimpleNamespace(outcomes=[SimpleNamespace(**OUTCOME), SimpleNamespace(**OUTCOME)])
    return list(never_returned(study, SimpleNamespace(files=files), SimpleNamespace(name="people", waves=waves)))


def test_one_who_answered_twice_is_enough():
    assert told(("a", "T0", 3.0), ("b", "T0", 2.0), ("a", "T12", 4.0)) == []
    assert told(("a", "T0", 3.0)) == []


def test_rows_without_the_outcome_link_nobody():
    [fault] = told(("a", "T0", 3.0), ("b", "T0", np.nan), ("b", "T12", 4.0), ("a", "T12", np.nan))
    assert fault.startswith("T0.csv, T12.csv: nobody who answered at T0 answered at T12: 0 of 1 are linked")
