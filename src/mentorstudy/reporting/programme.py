"""Programme page: all cohorts so far; what was pooled, and every cohort beside the others."""

from collections.abc import Callable
from dataclasses import replace

from mentorstudy.nouns.evidence import Finding
from mentorstudy.nouns.programme import PooledCurve, Programme
from mentorstudy.reporting.blocks import Block, Bullets, Column, Heading, Part, Prose, Row, Section, Table
from mentorstudy.reporting.curves import pooled_curve
from mentorstudy.reporting.differences import difference_plot
from mentorstudy.reporting.levels import level_plot
from mentorstudy.reporting.numbers import NO_NUMBER, NOT_SHOWN, count, first_upper, rounded_alike

ProgrammeSection = Callable[[Programme], Section]


def together(programme: Programme) -> Section:
    """The pooled curve of each outcome that has one, with its table."""
    blocks: list[Block] = []
    for number, curve in enumerate(programme.pooled, start=1):
        last = curve.points[-1]
        blocks += [
            Heading(text=curve.label),
            Prose(
                text=f"{curve.people:,} {curve.group} in {len(curve.cohorts)} cohorts ({curve.cohorts[0]} to "
                f"{curve.cohorts[-1]}), followed for up to {last.at:g} {curve.time_unit}; it happened to "
                f"{curve.happened:,} of them while they were followed."
            ),
            pooled_curve(curve, name=f"pooled-{number}"),
            _points(curve),
        ]
    if blocks:
        note = "These figures describe one group. How many would have done so anyway, nobody knows."
        blocks.insert(0, Prose(text=note))
    return Section(name="together", title="All cohorts together", part="executive", wide=True, blocks=tuple(blocks))


def _points(curve: PooledCurve) -> Table:
    columns = (
        Column(name=first_upper(curve.time_unit)),
        Column(name="Of every 100", number=True),
        Column(name="Range", number=True),
        Column(name="Followed", number=True),
    )
    rows = tuple(
        Row(
            cells=(
                f"{point.at:g}",
                f"{100 * point.share:.2f}",
                f"{100 * point.low:.1f} to {100 * point.high:.1f}",
                count(point.at_risk),
            )
        )
        for point in curve.points[1:]
    )
    return Table(caption=f"{curve.label}: all cohorts together", columns=columns, rows=rows)


def side_by_side(programme: Programme) -> Section:
    """Every outcome in every cohort: the figure, its range, its people."""
    blocks: list[Block] = []
    for like in programme.first.findings:
        pairs = programme.of(like.outcome, like.arm)
        blocks += [Heading(text=programme.first.title_of(like)), *_cohorts(programme, pairs)]
    part: Part = "researcher" if programme.pooled else "executive"
    return Section(name="cohorts", title="Cohort by cohort", part=part, wide=True, blocks=tuple(blocks))


def _cohorts(programme: Programme, pairs: tuple[tuple[str, Finding], ...]) -> list[Block]:
    # Cohorts bear their label in place of the outcome's, and each chart a name of its own.
    called = {
        id(finding): f"{label} (within {finding.primary.at})"
        if finding.curve and finding.primary and not programme.first.compares
        else label
        for label, finding in pairs
    }
    draw = difference_plot if programme.first.compares else level_plot
    drawn = draw(tuple(finding for _, finding in pairs), lambda finding: called[id(finding)])
    chart = [replace(drawn, name=f"{drawn.name}-{pairs[0][1].outcome}-{pairs[0][1].arm}")] if drawn else []
    lasting = not programme.first.compares and any(finding.curve for _, finding in pairs)
    return [*chart, _lasting(programme, pairs) if lasting else _figures(programme, pairs)]


def _figures(programme: Programme, pairs: tuple[tuple[str, Finding], ...]) -> Table:
    found = [finding.primary for _, finding in pairs if finding.primary]
    shown = dict(zip(map(id, found), rounded_alike(found), strict=True))
    columns = (
        Column(name="Cohort"),
        Column(name="Figure", number=True),
        Column(name="Range", number=True),
        Column(name="People", number=True),
        Column(name="Evidence"),
    )
    rows = []
    for label, finding in pairs:
        primary = finding.primary
        if primary is None:
            rows.append(Row(cells=(label, NO_NUMBER, NO_NUMBER, NO_NUMBER, finding.sentence)))
            continue
        people = [primary.mentored, *([primary.unmentored] if programme.first.compares else [])]
        told = NOT_SHOWN if None in people else " / ".join(map(count, people))
        figure = shown[id(primary)]
        rows.append(Row(cells=(label, figure.value, figure.range, told, finding.tier)))
    return Table(caption=f"{pairs[0][1].label}, by cohort", columns=columns, rows=tuple(rows))


def _lasting(programme: Programme, pairs: tuple[tuple[str, Finding], ...]) -> Table:
    """What happened by the next time and while people were followed: cohorts were followed for unequal times."""
    sample = pairs[0][1].sample
    began = {
        one.cohort.label: step.mentored for one in programme.cohorts for step in one.flow if step.sample == sample
    }
    unit = pairs[0][1].time_unit
    columns = (
        Column(name="Cohort"),
        Column(name="People", number=True),
        Column(name=f"Followed for, {unit}", number=True),
        Column(name="By the first", number=True),
        Column(name="While followed", number=True),
        Column(name="Note"),
    )
    rows = []
    for label, finding in pairs:
        points = sorted(finding.curve, key=lambda point: point.at)
        if not points or any(point.at_risk is None for point in points):
            rows.append(Row(cells=(label, count(began[label]), *([NO_NUMBER] * 3), finding.sentence)))
            continue
        people = points[0].at_risk or 0
        first = points[1] if len(points) > 1 else points[0]
        rows.append(
            Row(
                cells=(
                    label,
                    count(people),
                    f"{points[-1].at:g}",
                    f"{round(people * abs(first.share - points[0].share)):,}",
                    f"{round(people * abs(points[-1].share - points[0].share)):,}",
                    NO_NUMBER,
                )
            )
        )
    return Table(caption=f"{pairs[0][1].label}, by cohort", columns=columns, rows=tuple(rows))


def wordings(programme: Programme) -> Section:
    """Each question as it was put, and where the words changed between cohorts."""
    asked: dict[tuple[str, str, str], dict[str, list[str]]] = {}
    for evidence in programme.cohorts:
        for row in evidence.wordings:
            asked.setdefault((row.sample, row.item, row.wave), {}).setdefault(row.asked, []).append(
                evidence.cohort.label
            )
    columns = (Column(name="Item"), Column(name="As it was asked"), Column(name="In"))
    rows = tuple(
        Row(
            cells=(
                item.replace("_", " ") + (" (the words changed)" if len(wordings) > 1 else ""),
                f"“{words}”",
                ", ".join(labels),
            ),
            mark="warn" if len(wordings) > 1 else "",
        )
        for (_, item, _), wordings in asked.items()
        for words, labels in wordings.items()
    )
    table = Table(caption="Questions, word by word", columns=columns, rows=rows)
    return Section(name="wordings", title="How it was asked", part="researcher", blocks=(table,) if rows else ())


def not_there(programme: Programme) -> Section:
    """The cohorts that are not on the page, and why."""
    items = tuple(f"{label}: {why}" for label, why in programme.missing.items())
    return Section(
        name="missing",
        title="Cohorts that are not here",
        part="executive",
        blocks=(Bullets(items=items),) if items else (),
    )


PROGRAMME: tuple[ProgrammeSection, ...] = (together, side_by_side, not_there, wordings)
