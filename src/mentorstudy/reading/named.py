"""Named: where the plan names a column as it is in the file."""

from collections.abc import Iterator

from mentorstudy.nouns.study import Study
from mentorstudy.nouns.written import did_you_mean
from mentorstudy.reading.table import Table


def no_such_column(study: Study, table: Table, name: str) -> str:
    """The fault of a column that the plan names as it is, and the file does not have."""
    named = list(_keys(study))
    of_waves = ("adjust_for", "describe") if "@" in name else ()  # there it is a score at a wave, and no column
    keys = [key for key, columns in named if name in columns and not key.endswith(of_waves)]
    keys = keys or [key for key, columns in named if name in {column.partition("@")[0] for column in columns}]
    return (
        f"{study.folder / 'plan.toml'}: {' and '.join(dict.fromkeys(keys))}: {table.file} has no column {name}. "
        f"{did_you_mean(name, table.offered())} Write it as the file does, or take it out."
    )


def _keys(study: Study) -> Iterator[tuple[str, list[str]]]:
    plan = study.plan
    yield "adjust_for", plan.adjust_for
    yield "describe", plan.describe
    yield "exposure.eligible", [condition.column for condition in plan.exposure.eligible] if plan.exposure else []
    yield "clusters", list(plan.clusters)
    for name, outcome in plan.outcomes.items():
        yield f"outcomes.{name}.adjust_for", outcome.adjust_for or []
        for key in ("column", "time", "happened", "per"):
            yield f"outcomes.{name}.{key}", [getattr(outcome, key)]
    for name, specification in plan.specifications.items():
        yield f"specifications.{name}.adjust_for", [covariate.column for covariate in specification.adjust_for]
