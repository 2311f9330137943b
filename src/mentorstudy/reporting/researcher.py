"""Researcher: every estimate beside its doubt, nothing hidden for being unwelcome."""

from itertools import groupby

from mentorstudy.nouns.estimate import Check, Estimate
from mentorstudy.nouns.evidence import Arm, Evidence, Finding, Measure
from mentorstudy.nouns.flow import Step
from mentorstudy.reporting.blocks import (
    Block,
    Box,
    Bullets,
    Column,
    Facts,
    Heading,
    Lanes,
    Prose,
    Row,
    Section,
    Table,
)
from mentorstudy.reporting.executive import ROLES, in_order
from mentorstudy.reporting.figures import love_plot, measure, staying_curve
from mentorstudy.reporting.numbers import (
    NO_NUMBER,
    NOT_SHOWN,
    chance,
    count,
    first_upper,
    in_hundred,
    percent,
    plain,
    rounded,
    signed,
    unit_of,
)

CONTRASTS = {
    "risk_difference": "Difference",
    "risk_ratio": "Ratio",
    "months_retained": "Difference",
    "points": "Difference",
    "standardised": "Hedges g",
    "difference": "Difference",
    "ratio": "Ratio",
}
ESTIMATES = (
    Column(name="Method"),
    Column(name="Contrast"),
    Column(name="Figure", number=True),
    Column(name="Range", number=True),
    Column(name="Standard error", number=True),
    Column(name="Levels", number=True),
    Column(name="People", number=True),
    Column(name="p", number=True),
)


def estimates(evidence: Evidence) -> Section:
    """Outcome by outcome: the estimand in words, then the primary estimate and all that stand beside it."""
    words = evidence.words
    blocks: list[Block] = []
    for finding in in_order(evidence):
        blocks += [Heading(text=finding.label), Prose(text=finding.estimand.in_words)]
        found = ([finding.primary] if finding.primary else []) + list(finding.others)
        if not finding.primary:
            blocks.append(Prose(text=finding.sentence))
        if found:
            blocks.append(_estimates(finding, found))
    if blocks:
        note = (
            f"Pairs of figures give {words.treated} first, {words.comparison} second. Above zero (for a ratio, above "
            "one) is better. Naive figures take the groups as they come; they stand here for being often quoted."
        )
        blocks.insert(0, Prose(text=note, quiet=True))
    return Section(name="estimates", title="Estimates", part="researcher", blocks=tuple(blocks))


def _estimates(finding: Finding, found: list[Estimate]) -> Table:
    smallest = _smallest(finding)
    level = percent(found[0].level)
    columns = tuple(
        Column(name=f"{level} range", number=True) if column.name == "Range" else column for column in ESTIMATES
    )
    return Table(
        caption=f"{finding.label}: {ROLES.get(finding.role, finding.role)}; {smallest} is the smallest difference that "
        f"matters",
        columns=columns,
        rows=tuple(_estimate(estimate, finding) for estimate in found),
    )


def _estimate(found: Estimate, finding: Finding) -> Row:
    shown = rounded(found)
    at = f", {found.at}" if finding.primary and found.at != finding.primary.at else ""
    people = (
        NOT_SHOWN
        if found.mentored is None or found.unmentored is None
        else f"{found.mentored:,} / {found.unmentored:,}"
    )
    mark = "main" if found is finding.primary else "naive" if found.method.startswith("naive") else ""
    unit = "" if found.unit in ("ratio", "SD") else f", {shown.unit}"
    return Row(
        mark=mark,
        cells=(
            first_upper(found.method) + at + (" (primary)" if mark == "main" else ""),
            CONTRASTS.get(found.contrast, found.contrast) + unit,
            shown.value,
            shown.range,
            shown.error,
            " / ".join(shown.levels) if shown.levels else NO_NUMBER,
            people,
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
                step=first_upper(step.step),
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


def balance(evidence: Evidence) -> Section:
    """How alike the groups were before, measure by measure."""
    if not evidence.balance:
        return Section(name="balance", title="", part="researcher", blocks=())
    several = len({row.sample for row in evidence.balance}) > 1
    weighted = any(row.after is not None for row in evidence.balance)
    columns = [Column(name="Measure"), Column(name="As they came", number=True)]
    if weighted:
        columns.append(Column(name="Once weighted", number=True))
    rows = tuple(
        Row(
            cells=(
                measure(row) + (f" ({row.sample})" if several else ""),
                signed(row.before, 2),
                *((signed(row.after, 2),) if weighted else ()),
            )
        )
        for row in evidence.balance
    )
    table = Table(
        caption="Differences before, in standard deviations; above zero is more among the first group",
        columns=tuple(columns),
        rows=rows,
    )
    chart = love_plot(evidence)
    return Section(
        name="balance",
        title="Were the groups alike before?",
        part="researcher",
        blocks=((chart,) if chart else ()) + (table,),
    )


def attrition(evidence: Evidence) -> Section:
    """How many began and how many were seen, by group and wave."""
    names = {"mentored": evidence.words.treated, "unmentored": evidence.words.comparison}
    rows = tuple(
        Row(
            cells=(
                f"{finding.label}, {row.wave}",
                first_upper(names[row.arm]),
                count(row.began),
                count(row.seen),
                in_hundred(row.seen / row.began) if row.seen is not None and row.began else NO_NUMBER,
            )
        )
        for finding in in_order(evidence)
        for row in finding.attrition
    )
    columns = (
        Column(name="Outcome and wave"),
        Column(name="Group"),
        Column(name="Began", number=True),
        Column(name="Seen", number=True),
        Column(name="Share seen", number=True),
    )
    table = Table(caption="Who was seen at each wave", columns=columns, rows=rows)
    return Section(name="attrition", title="Who went missing", part="researcher", blocks=(table,) if rows else ())


def measures(evidence: Evidence) -> Section:
    """How well each scale measured, by wave and group."""
    names = {"mentored": evidence.words.treated, "unmentored": evidence.words.comparison}
    columns = (
        Column(name="Scale, wave and group"),
        Column(name="People", number=True),
        Column(name="Items", number=True),
        Column(name="Alpha", number=True),
        Column(name="Omega", number=True),
        Column(name="At the top", number=True),
        Column(name="Notes"),
    )
    rows = tuple(
        Row(
            cells=(
                f"{row.label}, {row.wave}, {names.get(row.group, row.group)}",
                count(row.n),
                f"{row.items}",
                _alpha(row),
                plain(row.omega, 2),
                in_hundred(row.ceiling),
                "; ".join(row.notes) or NO_NUMBER,
            )
        )
        for row in evidence.measures
    )
    table = Table(caption="Reliability of the scales", columns=columns, rows=rows)
    return Section(
        name="measures", title="How well it was measured", part="researcher", blocks=(table,) if rows else ()
    )


def _alpha(row: Measure) -> str:
    if row.alpha is None:
        return NO_NUMBER
    return f"{plain(row.alpha, 2)} ({plain(row.alpha_low, 2)} to {plain(row.alpha_high, 2)})"


def checks(evidence: Evidence) -> Section:
    """Every check on every outcome, passed or not."""
    blocks: list[Block] = []
    for finding in in_order(evidence):
        if finding.checks:
            blocks.append(
                Table(
                    caption=finding.label,
                    columns=(Column(name="Check"), Column(name="Passed"), Column(name="In words")),
                    rows=tuple(_check(check) for check in finding.checks),
                )
            )
    return Section(name="checks", title="What was checked", part="researcher", blocks=tuple(blocks))


def _check(check: Check) -> Row:
    verdict = {True: "yes", False: "no", None: "could not be judged"}[check.passed]
    return Row(cells=(first_upper(check.name), verdict, check.in_words), mark="" if check.passed else "warn")


def trust(evidence: Evidence) -> Section:
    """Each outcome's tier with all its reasons, and what holds for every figure."""
    rows = tuple(
        Row(cells=(finding.label, finding.tier, "; ".join(finding.reasons) or NO_NUMBER))
        for finding in in_order(evidence)
        if finding.primary
    )
    blocks: list[Block] = []
    if rows:
        columns = (Column(name="Outcome"), Column(name="Evidence"), Column(name="Why"))
        blocks.append(Table(caption="Strength of the evidence, with every reason", columns=columns, rows=rows))
        blocks.append(
            Bullets(
                items=(
                    "Ranges hold the doubt from sampling and none from a flawed comparison.",
                    "Ranges and p-values are not adjusted for the number of outcomes.",
                    "What nobody measured cannot be allowed for, in any of the methods above.",
                )
            )
        )
    return Section(name="trust", title="Limitations", part="researcher", blocks=tuple(blocks))


def thresholds(evidence: Evidence) -> Section:
    """The lines the plan drew."""
    pairs = tuple(
        (first_upper(name.replace("_", " ")), value if isinstance(value, str) else f"{value:g}")
        for name, value in evidence.thresholds.items()
    )
    return Section(
        name="thresholds",
        title="Lines drawn by the plan",
        part="researcher",
        blocks=(Facts(pairs=pairs),) if pairs else (),
    )
