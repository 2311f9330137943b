"""Auditor: where every number comes from, and what was left out on the way."""

from mentorstudy.nouns.evidence import Evidence, InputFile
from mentorstudy.reporting.blocks import Bullets, Column, Facts, Prose, Row, Section, Table
from mentorstudy.reporting.numbers import count, day, first_upper


def plan(evidence: Evidence) -> Section:
    """The plan that was followed, and where it was left."""
    study = evidence.study
    pairs = (
        ("Study", study.name),
        ("Cohort", evidence.cohort.label),
        ("Design", study.design),
        ("Plan (sha256)", study.plan_sha256),
        ("Plan locked on", day(study.locked_on) if study.locked_on else "not locked"),
        ("Deviations from the plan", f"{len(study.deviations)}" if study.deviations else "none declared"),
    )
    blocks = (Facts(pairs=pairs),) + ((Bullets(items=study.deviations),) if study.deviations else ())
    return Section(name="plan", title="The plan", part="auditor", blocks=blocks)


def thresholds(evidence: Evidence) -> Section:
    """The lines the plan drew."""
    pairs = tuple(
        (first_upper(name.replace("_", " ")), value if isinstance(value, str) else f"{value:g}")
        for name, value in evidence.thresholds.items()
    )
    return Section(
        name="thresholds",
        title="Lines drawn by the plan",
        part="auditor",
        blocks=(Facts(pairs=pairs),) if pairs else (),
    )


def inputs(evidence: Evidence) -> Section:
    """Every input file: its digest, and the fate of its rows."""
    columns = (
        Column(name="File"),
        Column(name="Read as"),
        Column(name="Rows", number=True),
        Column(name="Kept", number=True),
        Column(name="Left out"),
        Column(name="sha256", digest=True),
    )
    rows = tuple(
        Row(cells=(file.file, file.read_as, count(file.rows), count(file.kept), _dropped(file), file.sha256))
        for file in evidence.provenance.inputs
    )
    table = Table(caption="Input files and their rows", columns=columns, rows=rows)
    return Section(name="inputs", title="Input files", part="auditor", blocks=(table,) if rows else ())


def _dropped(file: InputFile) -> str:
    told = [f"{reason}: {count(rows)}" for reason, rows in file.dropped.items()]
    told += [f"made part of another row: {count(file.merged)}"] if file.merged != 0 else []
    return "; ".join(told) or "none"


def suppressed(evidence: Evidence) -> Section:
    """What was hidden, by place and rule, never by value."""
    columns = (Column(name="Where"), Column(name="Rule"), Column(name="Cells", number=True))
    rows = tuple(Row(cells=(row.where, row.rule, f"{row.cells:,}")) for row in evidence.suppressed)
    table = Table(caption="Figures that are not shown", columns=columns, rows=rows)
    nothing = Prose(text="Nothing had to be hidden.")
    return Section(
        name="suppressed", title="What is not shown", part="auditor", blocks=(table,) if rows else (nothing,)
    )


def kit(evidence: Evidence) -> Section:
    """What computed the figures."""
    made = evidence.provenance
    pairs = (
        ("Kit version", made.package),
        ("Python", made.python),
        *made.packages.items(),
        ("Seed", "none was needed" if made.seed is None else f"{made.seed}"),
    )
    return Section(name="kit", title="How it was computed", part="auditor", blocks=(Facts(pairs=pairs),))
