"""The reference cases: data, and the numbers that R and the literature give for them."""

import json
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

REFERENCE = Path(__file__).parents[1] / "reference"
ILLINOIS = Path(__file__).parents[2] / "data" / "illinois-workplace" / "2016" / "hr.csv"

CLOSED = 1e-8  # relative, for closed forms
FITTED = 1e-5  # relative, for coefficients found by iteration
FITTED_ERROR = 1e-4  # relative, for their standard errors


def data(case: str) -> pd.DataFrame:
    return pd.read_csv(ILLINOIS if case == "09_illinois" else REFERENCE / case / "data.csv")


def expected(case: str) -> dict[str, Any]:
    return json.loads((REFERENCE / case / "expected.json").read_text())


def same(found: Any, wanted: Any, rel: float = CLOSED) -> None:
    """Within `rel` of the numbers wanted; R's missing numbers (None) must be nan."""
    np.testing.assert_allclose(
        np.asarray(found, dtype=float), np.asarray(wanted, dtype=float), rtol=rel, atol=1e-12
    )


def printed(found: float, wanted: float, digits: int) -> None:
    """Equal once rounded as the publication rounds."""
    assert round(float(found), digits) == wanted
