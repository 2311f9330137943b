"""Researcher: every estimate, the people behind it and how they stayed; nothing left out for being unwelcome."""

from dataclasses import dataclass
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
from mentorstudy.reporting.executive import ROLES, groups_of, in_order
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
from mentorstudy.reporting.waves import wave_plot

PUBLISHED = "published: "
COUNTED_IN = {"share": "people in 100", "SD": "Hedges g"}


@dataclass(frozen=True, slots=True, kw_only=True)
class _Columns:
    """Which columns a table of estimates needs."""

    errors: bool
    levels: bool
    chances: bool
    notes: bool


def estimates(evidence: Evidence) -> Section:
    """Outcome by outcome: the estimand in words, then the primary estimate and all that stand beside it."""
    words = evidence.words
    blocks: list[Block] = []
    for finding in in_order(evidence):
        blocks += [Heading(text=evidence.title_of(finding)), Prose(text=finding.estimand.in_words, quiet=True)]
        found = ([finding.primary] if finding.primary else []) + list(finding.others)
        blocks.append(_estimates(evidence, finding, found) if found else Prose(text=finding.sentence))
        if chart := wave_plot(evidence, finding, name=f"waves-{len(blocks)}"):
            blocks.append(chart)
    if blocks:
        note = (
            "What is told of one group: its levels, and how it changed. Nothing is set beside it."
            if not evidence.compares
            else f"Pairs of figures give the group named first, {words.comparison} second. Above zero (for a ratio, "
            "above one) is better. Naive figures take the groups as they come; they stand here for being often quoted."
        )
        blocks.insert(0, Prose(text=note, quiet=True))
    return Section(name="estimates", title="Estimates", part="researcher", blocks=tuple(blocks))


def _estimates(evidence: Evidence, finding: Finding, found: list[Estimate]) -> Table:
    shown = rounded_alike(found)
    has = _Columns(
        errors=any(estimate.std_error is not None for estimate in found),
        levels=any(figure.levels for figure in shown),
        chances=any(estimate.p_value is not None for estimate in found),
        notes=any(_note(estimate) for estimate in found),
    )
    columns = [
        Column(name="Method"),
        Column(name="Counted in"),
        Column(name="Figure", number=True),
        Column(name=f"{percent(found[0].level)} range", number=True),
        *([Column(name="Standard error", number=True)] if has.errors else []),
        *([Column(name="Levels", number=True)] if has.levels else []),
        Column(name="People", number=True),
        *([Column(name="p", number=True)] if has.chances else []),
        *([Column(name="Note")] if has.notes else []),
    ]
    role = ROLES.get(finding.role, finding.role)
    return Table(
        caption=f"{evidence.title_of(finding)}: {role}{_smallest(finding)}",
        columns=tuple(columns),
        rows=tuple(
            _estimate(evidence, estimate, figure, finding, has)
            for estimate, figure in zip(found, shown, strict=True)
        ),
    )


def _estimate(evidence: Evidence, found: Estimate, shown: Rounded, finding: Finding, has: _Columns) -> Row:
    several = finding.primary and any(other.at != finding.primary.at for other in finding.others)
    at = f", {evidence.wave(found.at)}" if several and found.at != "pooled" else ""
    mark = "main" if found is finding.primary else "naive" if found.method.startswith("naive") else ""
    people = [found.mentored, found.unmentored] if evidence.compares else [found.mentored]
    return Row(
        mark=mark,
        cells=(
            _method(evidence, found) + at + (" (primary)" if mark == "main" else ""),
            COUNTED_IN.get(found.unit, found.unit),
            shown.value,
            shown.range if found.low is not None else NO_NUMBER,
            *([shown.error] if has.errors else []),
            *([" / ".join(shown.levels) if shown.levels else NO_NUMBER] if has.levels else []),
            NOT_SHOWN if None in people else " / ".join(map(count, people)),
            *([chance(found.p_value)] if has.chances else []),
            *([_note(found) or NO_NUMBER] if has.notes else []),
        ),
    )


def _method(evidence: Evidence, found: Estimate) -> str:
    """The method's name: of a published analysis without its source, of one group what is told of it."""
    if found.method.startswith(PUBLISHED):
        return f"Published, {found.method.rpartition('; ')[2]}"
    return first_upper(found.contrast if not evidence.compares else found.method)


def _note(found: Estimate) -> str:
    """The note, with the source of a published analysis before it."""
    if found.method.startswith(PUBLISHED):
        return f"{found.method.removeprefix(PUBLISHED).rpartition('; ')[0]}; {found.note}"
    return found.note


def _smallest(finding: Finding) -> str:
    if finding.smallest_effect is None:
        return ""
    size = (100 if finding.unit == "share" else 1) * finding.smallest_effect
    return f"; {size:.3g} {unit_of(finding.unit)} is the smallest difference that matters"


def flow(evidence: Evidence) -> Section:
    """Who came, who was left out on the way, and why; a lane for each group."""
    samples = [(name, list(steps)) for name, steps in groupby(evidence.flow, key=lambda step: step.sample)]
    lanes = tuple(
        Lanes(
            caption="From the records to those studied" + (f" ({name})" if len(samples) > 1 else ""),
            groups=(first_upper(evidence.words.samples[name]),)
            if name in evidence.words.samples
            else groups_of(evidence),
            boxes=_boxes(steps, groups=1 if name in evidence.words.samples else len(groups_of(evidence))),
        )
        for name, steps in samples
    )
    return Section(name="flow", title="Who was studied", part="researcher", blocks=lanes)


def _boxes(steps: list[Step], *, groups: int) -> tuple[Box, ...]:
    boxes = []
    before: Step | None = None
    for step in steps:
        boxes.append(
            Box(
                step=dated(first_upper(step.step)),
                counts=tuple(map(count, step.counts)),
                lost=tuple(map(_lost, before.counts, step.counts))[:groups] if before else (),
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
            blocks.append(Heading(text=evidence.title_of(finding)))
        blocks.append(staying_curve(evidence, finding, name=f"staying-{number}"))
        names: dict[Arm, str] = {
            "mentored": first_upper(words.of(finding.arm)),
            "unmentored": first_upper(words.comparison),
        }
        if not evidence.compares:
            del names["unmentored"]
        points = {(point.arm, point.at): point for point in finding.curve}
        rows = []
        for at in sorted({point.at for point in finding.curve}):
            cells = [f"Month {at:g}" if finding.time_unit == "months" else f"{at:g} {finding.time_unit}"]
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
                caption=f"{evidence.title_of(finding)}, of every 100, with the range",
                columns=tuple(columns),
                rows=tuple(rows),
            )
        )
    return Section(
        name="staying",
        title="Staying, month by month" if all(f.kind == "exit" for f in with_curve) else "Over time",
        part="researcher",
        blocks=tuple(blocks),
    )
