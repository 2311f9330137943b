"""Curves: who was still there, or to whom it had happened, time by time."""

import math
from functools import partial

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from mentorstudy.nouns.evidence import ARMS, Arm, CurvePoint, Evidence, Finding
from mentorstudy.nouns.programme import PooledCurve
from mentorstudy.reporting.blocks import Chart
from mentorstudy.reporting.drawing import (
    FIRST,
    FONT,
    GAP,
    LEADING,
    LINE,
    QUIET,
    SECOND,
    SECOND_INK,
    STEPS,
    Sheet,
    chart,
    wrapped,
)
from mentorstudy.reporting.numbers import count, first_upper

COLOURS: dict[Arm, str] = {"mentored": FIRST, "unmentored": SECOND}
INKS: dict[Arm, str] = {"mentored": FIRST, "unmentored": SECOND_INK}
ROOM = 44.0  # pixels a label on the time axis needs


def staying_curve(evidence: Evidence, finding: Finding, *, name: str) -> Chart:
    """The share at each month shown, with its range, and the people still followed under it.

    Months that would tell of one person's leaving are left out, so the points are joined by straight lines: steps
    would say that nobody left in between.
    """
    words: dict[Arm, str] = {"mentored": evidence.words.of(finding.arm), "unmentored": evidence.words.comparison}
    last = {point.arm: point for point in finding.curve}
    still = " still employed" if finding.kind == "exit" else ""
    said = [
        f"{first_upper(words[arm])}: {100 * last[arm].share:.1f} of every 100{still} at {finding.time_unit} "
        f"{last[arm].at:g}, range {100 * last[arm].low:.1f} to {100 * last[arm].high:.1f}"
        for arm in ARMS
        if arm in last
    ]
    return chart(
        name=name,
        title=f"{evidence.title_of(finding)}{': who was' if still else ', over time'}{still}",
        alt="; ".join(said) + ".",
        draw=partial(_staying, finding.curve, words, finding.kind == "exit", finding.time_unit),
    )


def pooled_curve(curve: PooledCurve, *, name: str) -> Chart:
    """The share at each time over the people of all cohorts, with its range, and the people still followed."""
    words: dict[Arm, str] = {"mentored": curve.group, "unmentored": ""}
    said = [
        f"{point.at:g} {curve.time_unit}: {100 * point.share:.1f} of every 100, range {100 * point.low:.1f} to "
        f"{100 * point.high:.1f}"
        for point in curve.points[1:]
    ]
    return chart(
        name=name,
        title=f"{curve.label}: all cohorts together",
        alt="; ".join(said) + ".",
        draw=partial(_staying, curve.points, words, False, curve.time_unit),
    )


def _staying(
    points: tuple[CurvePoint, ...], words: dict[Arm, str], employed: bool, time_unit: str, width: float
) -> Sheet:
    wide = width > 400
    left, right, deep = 34.0, (150.0 if wide else 12.0), (230.0 if wide else 190.0)
    top = 10.0 if wide else 2 * LEADING + 14
    notes = wrapped(_axis(points, employed=employed), 76 if wide else 40)
    head = len(notes) * LEADING + 6
    sheet = Sheet(width=width, height=head + top + deep + 2 * LEADING + 8 + 5 * LEADING + 12)
    sheet.write(0, FONT, notes, colour=QUIET)
    axes = sheet.axes(left=left, top=head + top, width=width - left - right, height=deep)
    lowest = _floor(points)
    highest = 100.0 if employed else 10.0 * math.ceil(max(10 * point.high for point in points))
    axes.set_ylim(lowest, highest)
    start, last = min(point.at for point in points), max(point.at for point in points)
    axes.set_xlim(start, last if last > start else start + 1)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True, steps=STEPS))
    axes.grid(axis="y", color=LINE, linewidth=0.7)
    axes.set_axisbelow(True)
    ticks = _ticks(points, width - left - right)
    axes.xaxis.set_major_locator(FixedLocator(ticks))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda at, _: f"{at:g}"))
    ends = {}
    for arm in ARMS:
        group = sorted((point for point in points if point.arm == arm), key=lambda point: point.at)
        if not group:
            continue
        at = [point.at for point in group]
        axes.fill_between(
            at,
            [100 * point.low for point in group],
            [100 * point.high for point in group],
            color=COLOURS[arm],
            alpha=0.16,
            linewidth=0,
        )
        axes.plot(
            at,
            [100 * point.share for point in group],
            marker="o",
            markersize=4.2,
            clip_on=False,
            color=COLOURS[arm],
            linewidth=2.2,
            linestyle="solid" if arm == "mentored" else (0, (5, 1.6)),
        )
        ends[arm] = head + top + deep * (highest - 100 * group[-1].share) / (highest - lowest)
    _names(sheet, words, ends, left=width - right + GAP, head=head)
    below = head + top + deep + LEADING + 6
    sheet.write(
        left + (width - left - right) / 2,
        below + LEADING,
        [f"{first_upper(time_unit)} since the start"],
        colour=QUIET,
        align="center",
    )
    _followed(sheet, points, words, ticks, axes, y=below + 2 * LEADING + 10)
    return sheet


def _axis(points: tuple[CurvePoint, ...], *, employed: bool) -> str:
    lowest = _floor(points)
    return (
        ("Still employed, of every 100" if employed else "Of every 100")
        + (f" (the axis starts at {lowest:.0f}, not at 0)" if lowest else "")
        + "; straight lines join the times shown"
    )


def _floor(points: tuple[CurvePoint, ...]) -> float:
    """The ten below the lowest range; nothing where that is under half, so that a small drop looks no cliff."""
    lowest = min(10 * (100 * point.low // 10) for point in points)
    return max(0.0, min(lowest, 80.0)) if lowest >= 40 else 0.0


def _ticks(points: tuple[CurvePoint, ...], width: float) -> list[float]:
    """Times to label, among those the curve has: the first and the last, and round ones that find room."""
    times = sorted({point.at for point in points})
    if len(times) < 3:
        return times
    a_month = width / (times[-1] - times[0])
    chosen = [times[0], times[-1]]
    for time in sorted(times[1:-1], key=lambda at: (at % 12 != 0, at % 6 != 0, at % 3 != 0, at)):
        if all(abs(time - other) * a_month >= ROOM for other in chosen):
            chosen.append(time)
    return sorted(chosen)


def _names(sheet: Sheet, words: dict[Arm, str], ends: dict[Arm, float], *, left: float, head: float) -> None:
    """Each group's name: at the end of its line, moved apart where they would overlap; above on a narrow sheet."""
    if not sheet.wide:
        for number, arm in enumerate(ends):
            y = head + FONT + number * LEADING
            mark = "━━ " if arm == "mentored" else "╍╍ "
            sheet.write(0, y, [mark + wrapped(first_upper(words[arm]), 36)[0]], colour=INKS[arm])
        return
    lines = {arm: wrapped(first_upper(words[arm]), 15) for arm in ends}
    order = sorted(ends, key=lambda arm: ends[arm])
    if len(order) == 2:
        upper, lower = order
        need = (len(lines[upper]) + len(lines[lower])) * LEADING / 2 + 4
        short = max(0.0, need - (ends[lower] - ends[upper])) / 2
        ends = {upper: ends[upper] - short, lower: ends[lower] + short}
    for arm, y in ends.items():
        first = y + FONT / 3 - (len(lines[arm]) - 1) * LEADING / 2
        sheet.write(left, max(first, FONT), lines[arm], colour=INKS[arm], bold=True)


def _followed(
    sheet: Sheet, points: tuple[CurvePoint, ...], words: dict[Arm, str], ticks: list[float], axes: Axes, *, y: float
) -> None:
    """The people still followed at each labelled time, a line for each group."""
    sheet.write(0, y, ["Still followed"], colour=QUIET)
    place = axes.get_position()
    start, end = axes.get_xlim()
    at_risk = {(point.arm, point.at): point.at_risk for point in points}
    for arm in dict.fromkeys(point.arm for point in points):
        sheet.write(
            0, y + LEADING, wrapped(first_upper(words[arm]), 70 if sheet.wide else 40)[:1], colour=INKS[arm]
        )
        for at in ticks:
            x = (place.x0 + place.width * (at - start) / (end - start)) * sheet.width
            number = at_risk.get((arm, at))
            sheet.write(x, y + 2 * LEADING, ["–" if number is None else count(number)], align="center")
        y += 2 * LEADING
