"""Published: an analysis as somebody printed it, run again beside the kit's own."""

from dataclasses import replace

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from mentorstudy.estimating.method import Settings, estimate_of, told_in
from mentorstudy.estimating.rows import Bools, Floats, Rows, seen_rows
from mentorstudy.nouns.cohort import Sample
from mentorstudy.nouns.errors import PlanError
from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.specification import Covariate, Specification
from mentorstudy.numerics.combinations import combine, named_design
from mentorstudy.numerics.linear import least_squares

UNDEFINED = "no error: {errors} is not defined where a column belongs to one person alone"


def published(sample: Sample, settings: Settings, specification: Specification) -> tuple[Estimate, ...]:
    """Every arm's coefficient in one regression of the outcome, with the rows, columns and errors as printed.

    Arms stand beside each other in it; with baseline rows nobody is in an arm there. People without one of the
    covariates are left out, and a column that repeats others is left out and named. Errors by cluster have
    clusters - 1 degrees of freedom (CR2: Satterthwaite's), the others n - k. An error that is not defined is none.
    """
    if specification.each_wave:
        looks = [replace(settings, waves=(wave,)) for wave in settings.waves]
    else:
        baseline = (settings.outcome.before,) if specification.rows == "all waves" else ()
        looks = [replace(settings, waves=(*baseline, *settings.waves))]
    return tuple(found for look in looks for found in _regressed(sample, look, specification))


def _regressed(sample: Sample, settings: Settings, specification: Specification) -> tuple[Estimate, ...]:
    known = np.array([_column(sample, covariate) for covariate in specification.adjust_for]).reshape(
        len(specification.adjust_for), len(sample.people)
    )
    rows = seen_rows(sample, settings.outcome, settings.waves, None)
    rows = rows.taken(~np.isnan(known).any(axis=0)[rows.person])
    arm_of = sample.people["arm"].to_numpy(dtype=object)[rows.person]
    mentored = sample.mentored.to_numpy()[rows.person]
    arms = sorted(set(arm_of[mentored]), key=lambda arm: arm != settings.arm)
    columns = _columns(settings, specification, rows, known[:, rows.person], {arm: arm_of == arm for arm in arms})
    design = named_design(columns)
    fit = least_squares(y=rows.y, design=design.design)
    there = [arm for arm in arms if arm in design.names]
    found = combine(
        fit,
        [design.weights({arm: 1.0}) for arm in there],
        specification.errors,
        _clusters(sample, specification, rows),
    )
    noted = f"{len(rows.y):,} rows of {len(np.unique(rows.person)):,} people"
    if design.left_out:
        noted += f"; left out, as other columns say the same: {', '.join(design.left_out)}"
    contrast, unit = told_in(settings.outcome)
    estimates = []
    for place, arm in enumerate(there):
        value, error = float(found.value[place]) * settings.good, float(found.std_error[place])
        undefined = "" if np.isfinite(error) else "; " + UNDEFINED.format(errors=specification.errors)
        estimates.append(
            estimate_of(
                replace(settings, arm=arm),
                method=f"published: {specification.source}; {specification.errors} errors",
                contrast=contrast,
                unit=unit,
                value=float(np.exp(value)) if contrast == "ratio" else value,
                std_error=error,
                df=float(found.df[place]),
                counts=rows.people_in(arm_of == arm, ~mentored),
                note=noted + undefined,
            )
        )
    return tuple(estimates)


def _columns(
    settings: Settings, specification: Specification, rows: Rows, known: Floats, arms: dict[str, Bools]
) -> dict[str, Floats]:
    """A constant, the arms, the covariates, a column for each wave but the first, and products where asked for."""
    after = np.array([wave != settings.outcome.before for wave in settings.waves or ("",)])[rows.wave]
    inside = {arm: (there & after).astype(float) for arm, there in arms.items()}
    covariates = {
        ("log " if covariate.log else "") + covariate.column: values
        for covariate, values in zip(specification.adjust_for, known, strict=True)
    }
    columns = {"constant": np.ones(len(rows.y)), **inside, **covariates}
    if specification.wave_dummies:
        columns |= {
            f"wave {wave}": (rows.wave == place) * 1.0 for place, wave in enumerate(settings.waves) if place
        }
    if specification.interactions:
        columns |= {
            f"{arm} x {name}": there * (values - values.mean())
            for arm, there in inside.items()
            for name, values in covariates.items()
        }
    return columns


def _column(sample: Sample, covariate: Covariate) -> Floats:
    column, at, wave = covariate.column.partition("@")
    known = sample.waves if at else sample.people
    if column not in known or not pd.api.types.is_numeric_dtype(known[column]):
        raise PlanError(
            f"specifications: adjust_for: {covariate.column} is no column of numbers in sample {sample.name}. Write a "
            "column of the people as it is in the file, or column@wave."
        )
    values = (sample.at_wave(column, wave) if at else known[column]).to_numpy(dtype=float)
    if covariate.log:
        if (values <= 0).any():
            raise PlanError(
                f"specifications: adjust_for: {covariate.column} has values that are not above zero, so it has no "
                "logarithm. Take log = true away."
            )
        values = np.log(values)
    return values


def _clusters(sample: Sample, specification: Specification, rows: Rows) -> NDArray[np.object_] | None:
    if not specification.cluster:
        return None
    if specification.cluster == "person":
        return rows.person.astype(object)
    return sample.people[specification.cluster].to_numpy(dtype=object)[rows.person]
