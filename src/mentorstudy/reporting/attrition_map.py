"""Attrition map: how many were lost, and how much more of one group, on both boundaries."""

from functools import partial

from matplotlib.ticker import FuncFormatter, MaxNLocator

from mentorstudy.nouns.boundary import HIGHEST, boundary
from mentorstudy.nouns.evidence import Evidence
from mentorstudy.reporting.blocks import Chart
from mentorstudy.reporting.drawing import (
    FIRST,
    FONT,
    INK,
    LEADING,
    PAPER,
    QUIET,
    SECOND,
    STEPS,
    Sheet,
    chart,
    wrapped,
)
from mentorstudy.reporting.numbers import plain

LABELLED = 0.3  # of the width, below the name of a line

Point = tuple[float, float]


def attrition_map(evidence: Evidence) -> Chart | None:
    """A dot for each outcome, group and wave after the start; nothing to draw where nobody could go missing."""
    points: dict[Point, list[str]] = {}
    for finding in evidence.findings:
        pairs: dict[str, list[tuple[int, int]]] = {}
        for row in finding.attrition:
            if row.began and row.seen is not None:
                pairs.setdefault(row.wave, []).append((row.began, row.seen))
        baseline = finding.attrition[0].wave if len({row.wave for row in finding.attrition}) > 1 else ""
        for wave, groups in pairs.items():
            if len(groups) == 2 and wave != baseline:
                (one, seen), (other, seen_other) = groups
                overall = 1 - (seen + seen_other) / (one + other)
                apart = abs(seen / one - seen_other / other)
                points.setdefault((overall, apart), []).append(
                    f"{evidence.title_of(finding)}, {evidence.wave(wave)}"
                )
    if not points:
        return None
    kind = str(evidence.thresholds.get("attrition", "cautious"))
    said = [
        f"{'; '.join(names)}: {plain(100 * overall, 1)} in 100 lost, {plain(100 * apart, 1)} in 100 more of one group"
        for (overall, apart), names in points.items()
    ]
    return chart(
        name="attrition-map",
        title="Who went missing, on both boundaries",
        alt=". ".join(said) + ".",
        note=f"Above a line the loss counts as high. This plan goes by the {kind} line, and the worst wave decides.",
        draw=partial(_map, tuple(points)),
    )


def _map(points: tuple[Point, ...], width: float) -> Sheet:
    left, right, deep = 34.0, 14.0, (220.0 if width > 400 else 190.0)
    notes = wrapped("Difference in loss between the groups, in 100 people", 76 if width > 400 else 40)
    head = (len(notes) + 1) * LEADING + 4
    sheet = Sheet(width=width, height=head + deep + 2 * LEADING + 14)
    sheet.write(0, FONT, notes, colour=QUIET)
    reach = min(float(HIGHEST), max(30.0, *(110 * overall for overall, _ in points)))
    high = max(12.0, *(110 * apart for _, apart in points))
    lines = {
        kind: [100 * boundary(percent / 100, kind) for percent in range(int(reach) + 1)]
        for kind in ("cautious", "optimistic")
    }
    axes = sheet.axes(left=left, top=head, width=width - left - right, height=deep)
    axes.set_xlim(0, reach)
    axes.set_ylim(0, high)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=STEPS))
    axes.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=STEPS))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:g}"))
    for kind, line in lines.items():
        axes.plot(
            range(len(line)),
            line,
            color=SECOND if kind == "optimistic" else INK,
            linewidth=1.6,
            linestyle="solid" if kind == "cautious" else (0, (5, 1.6)),
        )
        x = left + (width - left - right) * 0.02
        above = max(line[: int(reach * LABELLED) + 1])  # the lines rise before they fall
        sheet.write(x, head + deep * (1 - above / high) - 5, [f"{kind} line"], colour=QUIET)
    axes.plot(
        [100 * overall for overall, _ in points],
        [100 * apart for _, apart in points],
        "o",
        markersize=8,
        color=FIRST,
        markeredgecolor=PAPER,
        markeredgewidth=1,
        clip_on=False,
    )
    sheet.write(
        left + (width - left - right) / 2,
        head + deep + 2 * LEADING + 6,
        ["Lost overall, in 100 people"],
        colour=QUIET,
        align="center",
    )
    return sheet
