"""An attacker who reads evidence.json alone and tries to recover counts of 1 to 4.

Everything that a report prints stands there. The truth (the same evidence undisclosed) is used for one thing: to tell
which counts of 1 to 4 there were. What is recovered is a count confined to fewer than four values.
"""

from itertools import combinations, pairwise, product
from typing import Any

import numpy as np
from scipy.special import fdtri, gammaln

FEW = 5
VALUES = 4
SURE = 1e-9
Shown = dict[str, Any]


def few(count: float) -> bool:
    return abs(count - round(count)) < SURE * 1e3 and 0 < round(count) < FEW


def few_of(count: float, of: float) -> bool:
    return few(count) or few(of - count)


def recovered(shown: Shown, truth: Shown, *, fitted: int | None = None) -> list[str]:
    """Where a count of 1 to 4, or all but 1 to 4, can be told.

    With `fitted`, the attacker also knows how many coefficients were fitted, and that everybody answered all items.
    """
    attacks = (differences, shares, curves, flow, rows_of_files, contact, measures)
    return [told for attack in attacks for told in attack(shown)] + seen(shown, truth, fitted)


def _estimates(finding: Shown) -> list[Shown]:
    return [one for one in (finding["primary"], *finding["others"]) if one]


def _crude(found: Shown) -> bool:
    return found["method"] not in ("adjusted", "weighted", "outcome model")


def _cases(found: Shown) -> list[float]:
    """Share times people in both groups, nothing where one of them is hidden or the figure is no share."""
    if found["unit"] not in ("share", "ratio"):
        return []
    pairs = [(found[f"level_{arm}"], found[arm]) for arm in ("mentored", "unmentored")]
    return [] if any(None in pair for pair in pairs) else [share * n for share, n in pairs]


def _began(shown: Shown) -> dict[str, dict[str, int]]:
    return {step["sample"]: step for step in shown["flow"]}


def differences(shown: Shown) -> list[str]:
    """Figures about groups of which one lies in the other: ever matched and matched, all who began and those seen."""
    told = []
    for finding in shown["findings"]:
        found, last = _estimates(finding), _began(shown)[finding["sample"]]
        for one, other in combinations(found, 2):
            for arm in ("mentored", "unmentored"):
                if one[arm] is not None and other[arm] is not None and few(abs(one[arm] - other[arm])):
                    told.append(f"{finding['label']}: {one['method']} less {other['method']}")
            if _crude(one) and _crude(other) and one["contrast"] == other["contrast"]:
                gone = [abs(a - b) for a, b in zip(_cases(one), _cases(other), strict=False)]
                told += [f"{finding['label']}: cases of {one['method']} less {other['method']}"] * any(
                    map(few, gone)
                )
        for one in found:
            if not one["method"].startswith("naive"):
                gone = [last[arm] - one[arm] for arm in ("mentored", "unmentored") if one[arm] is not None]
                told += [f"{finding['label']}: began less {one['method']}"] * any(map(few, gone))
    lasting = [finding for finding in shown["findings"] if finding["kind"] == "exit"]
    crude = [next((one for one in _estimates(f) if one["method"] == "difference"), None) for f in lasting]
    for one, other in combinations([one for one in crude if one], 2):
        gone = [abs(a - b) for a, b in zip(_cases(one), _cases(other), strict=False)]
        told += ["leavers between two horizons"] * any(map(few, gone))
    return told


def shares(shown: Shown) -> list[str]:
    """Counts behind percentages, and behind the values and words of checks."""
    told = []
    for finding in shown["findings"]:
        last = _began(shown)[finding["sample"]]
        people = {
            "overlap": last["mentored"] + last["unmentored"],
            "missing covariates": last["mentored"] + last["unmentored"],
            "matched at the start": last["mentored"],
            "meetings held": last["mentored"],
        }
        for one in _estimates(finding):
            for arm, count in zip(("mentored", "unmentored"), _cases(one), strict=False):
                if _crude(one) and few_of(round(count), one[arm]):
                    told.append(f"{finding['label']}: {one['method']}")
        for check in finding["checks"]:
            n = people.get(check["name"])
            if n and check["value"] is not None and few_of(check["value"] * n, n):
                told.append(f"{finding['label']}: {check['name']}")
    lacking = [
        round(check["value"] * sum(_began(shown)[f["sample"]][arm] for arm in ("mentored", "unmentored")))
        for f in shown["findings"]
        for check in f["checks"]
        if check["name"] == "missing covariates" and check["value"] is not None
    ]
    return told + ["unknown covariates of two outcomes"] * any(few(abs(a - b)) for a, b in combinations(lacking, 2))


def curves(shown: Shown) -> list[str]:
    """Who came off a curve between two of its times, and how many otherwise than by leaving."""
    told = []
    for finding in shown["findings"]:
        crude = [one for one in _estimates(finding) if one["method"] == "difference" and one["unit"] == "share"]
        for arm in ("mentored", "unmentored"):
            points = [point for point in finding["curve"] if point["arm"] == arm]
            if not points:
                continue
            n = points[0]["at_risk"] if points[0]["at"] == 0 else None
            for one, other in combinations(points, 2):
                if None not in (one["at_risk"], other["at_risk"]) and few(abs(one["at_risk"] - other["at_risk"])):
                    told.append(f"{finding['label']}: at risk, {arm}")
                if n and 0 < round(n * abs(one["share"] - other["share"])) < FEW:
                    told.append(f"{finding['label']}: curve, {arm}")
            for one in [one for one in crude if one["at"] == f"month {points[-1]['at']:g}"]:
                kept = one[f"level_{arm}"] * one[arm]
                left = points[-1]["at_risk"]
                if left is not None and abs(kept - left) > SURE and abs(kept - left) < FEW:
                    told.append(f"{finding['label']}: censored, {arm}")
                if _one_censored(one[f"level_{arm}"], one[arm]):
                    told.append(f"{finding['label']}: one censored, {arm}")
                slack = one[arm] * (0.0005 if one[f"level_{arm}"] == round(one[f"level_{arm}"], 3) else 0) + SURE
                # Nobody's leaving counts for less than one.
                if slack < (1 - one[f"level_{arm}"]) * one[arm] < FEW - slack:
                    told.append(f"{finding['label']}: leavers, {arm}")
    return told


def _one_censored(share: float, n: int) -> bool:
    """Whether the digits of a share kept are those of one person's followed less long, at one place in the order."""
    if abs(share * n - round(share * n)) < SURE * n or share == round(share, 3):  # whole people, or told rounded
        return False
    before, left = np.meshgrid(np.arange(n), np.arange(n))
    fits = left >= before
    made = (n - before) / n * (n - 1 - left) / np.maximum(n - 1 - before, 1)
    return bool((np.abs(made - share)[fits] < 1e-12).any())


def flow(shown: Shown) -> list[str]:
    """Who was lost between two steps."""
    told = []
    for one, other in combinations(shown["flow"], 2):
        for arm in ("mentored", "unmentored"):
            if one["sample"] == other["sample"] and few(abs(one[arm] - other[arm])):
                told.append(f"flow: {one['step']} to {other['step']}")
    return told


def rows_of_files(shown: Shown) -> list[str]:
    """Rows left out for a reason, from the totals, from the flow and from who was studied."""
    told = []
    steps = list(shown["flow"])
    all_of = [sum(step[arm] for arm in ("mentored", "unmentored")) for step in steps]
    for file in shown["provenance"]["inputs"]:
        dropped = list(file["dropped"].values())
        people = file["file"].endswith("hr.csv")
        kept = all_of[-1] if file["kept"] is None and people else file["kept"]
        rows = (
            all_of[0] if file["rows"] is None and people and steps[0]["step"] == "in the records" else file["rows"]
        )
        told += [f"{file['file']}: a reason"] * any(map(few, [count for count in dropped if count is not None]))
        unknown = dropped.count(None)
        if not unknown or rows is None or kept is None:
            continue
        left = rows - kept - sum(count for count in dropped if count is not None)
        made = [one for one in product(range(1, FEW), repeat=unknown) if sum(one) == left]
        if any(len(set(values)) < VALUES for values in zip(*made, strict=True)):
            told.append(f"{file['file']}: from the sums")
    return told


def contact(shown: Shown) -> list[str]:
    """Who was in contact, and who of the arm was not asked."""
    told = []
    for row in shown["contact"]:
        began = _began(shown)[row["sample"]]["mentored"]
        if row["asked"] is not None:
            told += [f"contact: asked, {row['wave']}"] * few(began - row["asked"])
            told += [f"contact: {row['wave']}"] * few_of(row["share"] * row["asked"], row["asked"])
    return told


def measures(shown: Shown) -> list[str]:
    """People at the top of a scale, and scales answered by few more than others."""
    told = []
    for row in shown["measures"]:
        if row["n"] is not None and row["ceiling"] is not None and few_of(row["ceiling"] * row["n"], row["n"]):
            told.append(f"ceiling of {row['scale']}, {row['wave']}, {row['group']}")
        if row["n"] is not None and row["alpha_low"] is not None:
            df = np.arange(max(row["n"] - FEW, 2), row["n"])
            low = 1 - (1 - row["alpha"]) * fdtri(df, df * (row["items"] - 1), 0.975)
            whole = df[np.abs(low - row["alpha_low"]) < SURE] + 1
            told += [f"who skipped an item of {row['scale']}, {row['wave']}"] * any(
                few(row["n"] - n) for n in whole
            )
    for one, other in combinations(shown["measures"], 2):
        same = (one["wave"], one["group"]) == (other["wave"], other["group"])
        if same and None not in (one["n"], other["n"]) and few(abs(one["n"] - other["n"])):
            told.append(f"measures of {one['wave']}, {one['group']}")
    numbers: dict[tuple[str, ...], set[int]] = {}
    for finding in shown["findings"]:
        for row in finding["attrition"]:
            if row["seen"] is not None:
                numbers.setdefault((finding["sample"], row["arm"], row["wave"]), set()).add(row["seen"])
    for place, found in numbers.items():
        if any(few(b - a) for a, b in pairwise(sorted(found))):
            told.append(f"seen by two outcomes: {place}")
    return told


def seen(shown: Shown, truth: Shown, fitted: int | None) -> list[str]:
    """Who is missing at a wave: every pair of numbers seen is tried against all that was printed about the outcome."""
    told = []
    for finding, true in zip(shown["findings"], truth["findings"], strict=True):
        waves = list(dict.fromkeys(row["wave"] for row in true["attrition"]))
        for wave in waves:
            rows = {row["arm"]: row for row in true["attrition"] if row["wave"] == wave}
            began = [rows[arm]["began"] for arm in ("mentored", "unmentored")]
            fits = _fitting(shown, finding, wave, began, last=wave == waves[-1], fitted=fitted)
            real = [rows[arm]["seen"] for arm in ("mentored", "unmentored")]
            assert fits[real[0], real[1]], f"{finding['label']}, {wave}: the attack rules out the truth"
            for axis, arm in enumerate(("mentored", "unmentored")):
                possible = np.flatnonzero(fits.any(axis=1 - axis))
                if few(began[axis] - real[axis]) and len(possible) < VALUES:
                    told.append(f"{finding['label']}: missing at {wave}, {arm}")
    return told


def _fitting(
    shown: Shown, finding: Shown, wave: str, began: list[int], *, last: bool, fitted: int | None
) -> np.ndarray:
    """Which pairs of numbers seen (mentored, unmentored) all that was printed of them leaves possible."""
    a, b = np.meshgrid(*(np.arange(n + 1) for n in began), indexing="ij")
    fits, both = (a >= 2) & (b >= 2), a + b
    for row in finding["attrition"]:
        if row["wave"] == wave and row["seen"] is not None:
            fits &= (a if row["arm"] == "mentored" else b) == row["seen"]
    for row in shown["measures"]:
        if (row["scale"], row["wave"]) == (finding["outcome"], wave):
            fits &= _of_measure(row, a if row["group"] == "mentored" else b)
    for one in _estimates(finding) if last else []:
        fits &= _of_estimate(one, a, b, fitted)
    everybody = sum(began)
    for check in finding["checks"]:
        if check["value"] is None:
            continue
        if last and check["name"] == "response":
            fits &= np.abs(both / everybody - check["value"]) < SURE
        if last and check["name"] == "attrition":
            fits &= np.abs(np.abs(a / began[0] - b / began[1]) - check["value"]) < SURE
        if (
            not last
            and check["name"] == "missing covariates"
            and f"{finding['outcome']}@{wave}" in check["in_words"]
        ):
            fits &= np.abs(1 - both / everybody - check["value"]) < SURE
    for file in shown["provenance"]["inputs"]:
        if file["file"].endswith(f"survey_{wave}.csv") and file["kept"] is not None:
            fits &= both <= file["kept"]
    return fits


def _of_measure(row: Shown, n: np.ndarray) -> np.ndarray:
    """The number of people behind a measure, from itself and from the share at the top."""
    fits = np.ones(n.shape, dtype=bool)
    if row["n"] is not None:
        fits &= n == row["n"]
    if row["ceiling"] is not None:
        fits &= np.abs(row["ceiling"] * n - np.round(row["ceiling"] * n)) < SURE * 100
    return fits


def _of_estimate(one: Shown, a: np.ndarray, b: np.ndarray, fitted: int | None) -> np.ndarray:
    """The people behind a figure: told, or from the digits of shares, of Hedges' g and of degrees of freedom."""
    fits = np.ones(a.shape, dtype=bool)
    if one["method"].startswith("naive"):
        if None not in (one["mentored"], one["unmentored"]):
            fits &= a + b == one["mentored"] + one["unmentored"]
        return fits
    for n, arm in ((a, "mentored"), (b, "unmentored")):
        if one[arm] is not None:
            fits &= n == one[arm]
        level = one[f"level_{arm}"]
        if _crude(one) and one["unit"] in ("share", "ratio") and level is not None:
            fits &= np.abs(level * n - np.round(level * n)) < SURE * 100
        if fitted and _crude(one) and one["unit"] == "points" and level is not None:
            fits &= np.abs(level * n * 3 - np.round(level * n * 3)) < SURE * 1000  # means of three items' answers
    if fitted and one["method"] == "adjusted" and one["df"] is not None:
        fits &= a + b - fitted == one["df"]
    if one["method"] == "difference" and one["unit"] == "SD" and one["std_error"] is not None:
        fits &= np.abs(_hedges_error(one["value"], a, b) - one["std_error"]) < SURE
    return fits


def _hedges_error(g: float, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    n, df = np.maximum(a, 1) + np.maximum(b, 1), np.maximum(a + b - 2, 2)
    factor = np.exp(gammaln(df / 2) - gammaln((df - 1) / 2)) / np.sqrt(df / 2)
    size = np.maximum(a, 1) * np.maximum(b, 1) / n
    return factor * np.sqrt(1 / size + (g / factor) ** 2 / (2 * n))
