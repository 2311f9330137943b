"""Waves: the difference at each wave, and over all of them."""

import math
from functools import partial

from matplotlib.ticker import MaxNLocator

from mentorstudy.nouns.estimate import Estimate
from mentorstudy.nouns.evidence import Evidence, Finding
from mentorstudy.reporting.blocks import Chart
from mentorstudy.reporting.drawing import (
    BAND,
    FIRST,
    FONT,
    INK,
    LEADING,
    LINE,
    PAPER,
    QUIET,
    SECOND,
    STEPS,
    Sheet,
    chart,
    wrapped,
)
from mentorstudy.reporting.numbers import first_upper, rounded, unit_of


def wave_plot(evidence: Evidence, finding: Finding, *, name: str) -> Chart | None:
    """A dot with its range for each wave, and one for all waves together; none where there is but one wave."""
    pooled = finding.primary
    if pooled is None or pooled.at != "pooled":
        return None
    by_wave = [
        found
        for found in finding.others
        if (found.method, found.contrast) == (pooled.method, pooled.contrast) and found.at != pooled.at
    ]
    if not by_wave:
        return None
    shown = [*by_wave, pooled]
    names = [evidence.wave(found.at) if found.at != "pooled" else "all waves" for found in shown]
    said = [
        f"{name}: {figure.value}, range {figure.range}"
        for name, figure in zip(names, map(rounded, shown), strict=True)
    ]
    ticks = [
        f"{evidence.waves.get(found.at, found.at):g}" if found.at in evidence.waves else found.at
        for found in by_wave
    ]
    return chart(
        name=name,
        title=f"{evidence.title_of(finding)}: wave by wave",
        alt="; ".join(said) + f" ({unit_of(pooled.unit)}).",
        note="Dot: the best figure. Line: its range. Last, in the other colour: all waves together. Pale band: too "
        "small to matter.",
        draw=partial(_waves, shown, [*ticks, "all"], finding.smallest_effect or 0.0, bool(evidence.waves)),
    )


def _waves(found: list[Estimate], ticks: list[str], smallest: float, months: bool, width: float) -> Sheet:
    left, right, deep = 54.0, 8.0, (230.0 if width > 400 else 200.0)
    unit = found[-1].unit
    notes = wrapped(f"{first_upper(unit_of(unit))}, above the line is better", 76 if width > 400 else 40)
    head = (len(notes) + 1) * LEADING
    sheet = Sheet(width=width, height=head + deep + 2 * LEADING + 14)
    sheet.write(0, FONT, notes, colour=QUIET)
    scale, nothing = (100, 0.0) if unit == "share" else (1, 1.0) if unit == "ratio" else (1, 0.0)
    axes = sheet.axes(left=left, top=head, width=width - left - right, height=deep)
    ends = [scale * end for one in found for end in one.ends]
    reach = 1.06 * max(*(abs(end - nothing) for end in ends if math.isfinite(end)), scale * smallest)
    axes.set_ylim(nothing - reach, nothing + reach)  # as far down as up, always
    axes.set_xlim(-0.6, len(found) - 0.4)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, steps=STEPS))
    axes.grid(axis="y", color=LINE, linewidth=0.7)
    axes.set_axisbelow(True)
    axes.axhspan(nothing - scale * smallest, nothing + scale * smallest, color=BAND, linewidth=0)
    axes.axhline(nothing, color=INK, linewidth=1)
    axes.set_xticks(range(len(found)), labels=ticks)
    for place, one in enumerate(found):
        colour = SECOND if one is found[-1] else FIRST
        low, high = (scale * end for end in one.ends)
        axes.plot([place, place], [low, high], color=colour, linewidth=2.4, solid_capstyle="butt")
        axes.plot(
            [place],
            [scale * one.value],
            "o",
            markersize=8.5,
            color=colour,
            markeredgecolor=PAPER,
            markeredgewidth=1.2,
        )
    sheet.write(
        left + (width - left - right) / 2,
        head + deep + 2 * LEADING + 6,
        ["Months since the start" if months else "Wave"],
        colour=QUIET,
        align="center",
    )
    return sheet
