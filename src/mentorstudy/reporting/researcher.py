"""Researcher: every estimate, the people behind it and how they stayed; nothing left out for being unwelcome."""

from itertools import groupby

from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.evidence import Arm, Evidence, Finding
from mentorstudy.nouns.flow import Step
from mentorstudy.reporting.blocks import (
    Block,
    Box,
    Column,
    Heading,
    Lanes,
    Prose,
    Row,
    Section,
    Table,
)
from mentorstudy.reporting.curves import staying_curve
from mentorstudy.reporting.executive import ROLES, in_order
from mentorstudy.reporting.numbers import (
    NO_NUMBER,
    NOT_SHOWN,
    Rounded,
    chance,
    count,
    dated,
    first_upper,
    percent,
    rounded_alike,
    unit_of,
)

COUNTED_IN = {"share": "people in 100", "SD": "Hedges g"}


def estimates(evidence: Evidence) -> Section:
    """Outcome by outcome: the estimand in words, then the primary estimate and all that stand beside it."""
    words = evidence.words
    blocks: list[Block] = []
    for finding in in_order(evidence):
        blocks += [Heading(text=finding.label), Prose(text=finding.estimand.in_words, quiet=True)]
        found = ([finding.primary] if finding.primary else []) + list(finding.others)
        blocks.append(_estimates(finding, found) if found else Prose(text=finding.sentence))
    if blocks:
        note = (
            f"Pairs of figures give {words.treated} first, {words.comparison} second. Above zero (for a ratio, above "
            "one) is better. Naive figures take the groups as they come; they stand here for being often quoted."
        )
        blocks.insert(0, Prose(text=note, quiet=True))
    return Section(name="estimates", title="Estimates", part="researcher", blocks=tuple(blocks))


def _estimates(finding: Finding, found: list[Estimate]) -> Table:
    shown = rounded_alike(found)
    with_levels = any(figure.levels for figure in shown)
    columns = [
        Column(name="Method"),
        Column(name="Counted in"),
        Column(name="Figure", number=True),
        Column(name=f"{percent(found[0].level)} range", number=True),
        Column(name="Standard error", number=True),
        *([Column(name="Levels", number=True)] if with_levels else []),
        Column(name="People", number=True),
        Column(name="p", number=True),
    ]
    role = ROLES.get(finding.role, finding.role)
    return Table(
        caption=f"{finding.label}: {role}; {_smallest(finding)} is the smallest difference that matters",
        columns=tuple(columns),
        rows=tuple(
            _estimate(estimate, figure, finding, with_levels=with_levels)
            for estimate, figure in zip(found, shown, strict=True)
        ),
    )


def _estimate(found: Estimate, shown: Rounded, finding: Finding, *, with_levels: bool) -> Row:
    at = f", {found.at}" if finding.primary and found.at != finding.primary.at else ""
    mark = "main" if found is finding.primary else "naive" if found.method.startswith("naive") else ""
    hidden = found.mentored is None or found.unmentored is None
    return Row(
        mark=mark,
        cells=(
            first_upper(found.method) + at + (" (primary)" if mark == "main" else ""),
            COUNTED_IN.get(found.unit, found.unit),
            shown.value,
            shown.range,
            shown.error,
            *([" / ".join(shown.levels) if shown.levels else NO_NUMBER] if with_levels else []),
            NOT_SHOWN if hidden else f"{found.mentored:,} / {found.unmentored:,}",
            chance(found.p_value),
        ),
    )


def _smallest(finding: Finding) -> str:
    if finding.unit == "share":
        return f"{100 * finding.smallest_effect:.3g} {unit_of('share')}"
    return f"{finding.smallest_effect:.3g} {unit_of(finding.unit)}"


def flow(evidence: Evidence) -> Section:
    """Who came, who was left out on the way, and why; a lane for each group."""
    samples = [(name, list(steps)) for name, steps in groupby(evidence.flow, key=lambda step: step.sample)]
    lanes = tuple(
        Lanes(
            caption="From the records to those studied" + (f" ({name})" if len(samples) > 1 else ""),
            groups=(first_upper(evidence.words.treated), first_upper(evidence.words.comparison)),
            boxes=_boxes(steps),
        )
        for name, steps in samples
    )
    return Section(name="flow", title="Who was studied", part="researcher", blocks=lanes)


def _boxes(steps: list[Step]) -> tuple[Box, ...]:
    boxes = []
    before: Step | None = None
    for step in steps:
        boxes.append(
            Box(
                step=dated(first_upper(step.step)),
                counts=(count(step.mentored), count(step.unmentored)),
                lost=(_lost(before.mentored, step.mentored), _lost(before.unmentored, step.unmentored))
                if before
                else ("", ""),
                why=step.why if before else "",
            )
        )
        before = step
    return tuple(boxes)


def _lost(before: int | None, after: int | None) -> str:
    return NOT_SHOWN if before is None or after is None else f"{before - after:,}"


def staying(evidence: Evidence) -> Section:
    """The curve of each outcome that has one, with its table."""
    words = evidence.words
    blocks: list[Block] = []
    with_curve = [finding for finding in in_order(evidence) if finding.curve]
    for number, finding in enumerate(with_curve, start=1):
        if len(with_curve) > 1:
            blocks.append(Heading(text=finding.label))
        blocks.append(staying_curve(evidence, finding, name=f"staying-{number}"))
        names: dict[Arm, str] = {
            "mentored": first_upper(words.treated),
            "unmentored": first_upper(words.comparison),
        }
        points = {(point.arm, point.at): point for point in finding.curve}
        rows = []
        for at in sorted({point.at for point in finding.curve}):
            cells = [f"Month {at:g}"]
            for arm in names:
                point = points.get((arm, at))
                cells += (
                    [
                        f"{100 * point.share:.1f} ({100 * point.low:.1f} to {100 * point.high:.1f})",
                        count(point.at_risk),
                    ]
                    if point
                    else [NO_NUMBER, NO_NUMBER]
                )
            rows.append(Row(cells=tuple(cells)))
        columns = [Column(name="Time")]
        for name in names.values():
            columns += [Column(name=name, number=True), Column(name="Still followed", number=True)]
        blocks.append(
            Table(
                caption=f"{finding.label}: still employed, of every 100, with the range",
                columns=tuple(columns),
                rows=tuple(rows),
            )
        )
    return Section(name="staying", title="Staying, month by month", part="researcher", blocks=tuple(blocks))
