"""Levels: the shares and changes of one group, with their ranges."""

from collections.abc import Callable
from functools import partial

from matplotlib.ticker import MaxNLocator

from mentorstudy.nouns.evidence import Finding
from mentorstudy.reporting.blocks import Chart
from mentorstudy.reporting.drawing import (
    FIRST,
    FONT,
    GAP,
    INK,
    LABELS,
    LEADING,
    LINE,
    PAPER,
    QUIET,
    STEPS,
    Sheet,
    chart,
    wrapped,
)
from mentorstudy.reporting.numbers import first_upper, rounded, unit_of

Drawn = tuple[Finding, str]


def level_plot(findings: tuple[Finding, ...], title_of: Callable[[Finding], str]) -> Chart | None:
    """A panel of shares out of 100, and one for each unit in which something changed; means stand in the table."""
    panels: dict[str, list[Drawn]] = {}
    for finding in findings:
        found = finding.primary
        if found is not None and (found.unit == "share" or found.contrast == "change"):
            named = "of every 100 people" if found.contrast == "level" else f"change, {unit_of(found.unit)}"
            panels.setdefault(named, []).append((finding, title_of(finding)))
    if not panels:
        return None
    said = []
    for named, drawn in panels.items():
        for finding, label in drawn:
            assert finding.primary is not None
            shown = rounded(finding.primary)
            said.append(f"{label}: {shown.value} {named}, range {shown.range}, {finding.primary.mentored:,} people")
    return chart(
        name="levels",
        title="The figures, with their ranges",
        alt="; ".join(said) + ".",
        caption="Dot: the best figure. Line: its range.",
        draw=partial(_levels, panels),
    )


def _levels(panels: dict[str, list[Drawn]], width: float) -> Sheet:
    wide = width > 400
    rows = {named: [_height(label, wide) for _, label in drawn] for named, drawn in panels.items()}
    foot = 2 * LEADING + 26
    sheet = Sheet(width=width, height=sum(sum(heights) + foot for heights in rows.values()))
    top = 0.0
    for named, drawn in panels.items():
        _panel(sheet, named, drawn, rows[named], top)
        top += sum(rows[named]) + foot
    return sheet


def _height(label: str, wide: bool) -> float:
    return len(_label(label, wide)) * LEADING + (LEADING + 9 if wide else 2 * LEADING + 22)


def _label(label: str, wide: bool) -> list[str]:
    return wrapped(label, 24 if wide else 33)


def _panel(sheet: Sheet, named: str, drawn: list[Drawn], heights: list[float], top: float) -> None:
    wide = sheet.wide
    left, right = (LABELS + GAP, 128.0) if wide else (20.0, 20.0)
    axes = sheet.axes(left=left, top=top, width=sheet.width - left - right, height=sum(heights))
    is_level = named == "of every 100 people"
    scale = 100 if drawn[0][0].unit == "share" else 1
    reach = max(abs(scale * end) for finding, _ in drawn if finding.primary for end in finding.primary.ends)
    axes.set_xlim(*((0, 100) if is_level else (-1.08 * reach, 1.08 * reach)))
    axes.set_ylim(sum(heights), 0)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5 if wide else 4, steps=STEPS))
    axes.axvline(0, color=INK if not is_level else LINE, linewidth=1)
    down = 0.0
    for (finding, label), height in zip(drawn, heights, strict=True):
        found = finding.primary
        assert found is not None
        shown, lines = rounded(found), _label(label, wide)
        under = top + down + FONT + len(lines) * LEADING
        sheet.write(0, top + down + FONT, lines, bold=True)
        sheet.write(0, under, [f"{found.mentored:,} people"], colour=QUIET)
        if wide:
            y = down + height / 2 - 4
            sheet.write(sheet.width - 118, top + y, [shown.value], bold=True)
            sheet.write(sheet.width - 118, top + y + LEADING, [shown.range], colour=QUIET)
        else:
            y = down + height - 12
            sheet.write(0, under + LEADING, [f"{shown.value} ({shown.range})"])
        low, high = (scale * end for end in found.ends)
        axes.plot([low, high], [y, y], color=FIRST, linewidth=2.4, solid_capstyle="butt")
        axes.plot(
            [scale * found.value], [y], "o", markersize=8.5, color=FIRST, markeredgecolor=PAPER, markeredgewidth=1.2
        )
        down += height
    sheet.write(
        left + (sheet.width - left - right) / 2 if wide else sheet.width / 2,
        top + sum(heights) + 2 * LEADING + 5,
        [first_upper(named)],
        colour=QUIET,
        align="center",
    )
