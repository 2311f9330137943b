"""Figures: the differences, the staying curve, and how alike the groups were before."""

from dataclasses import dataclass
from functools import partial

from matplotlib.axes import Axes
from matplotlib.ticker import FixedLocator, FuncFormatter, MaxNLocator

from mentorstudy.nouns.evidence import ARMS, Arm, Balance, CurvePoint, Evidence, Finding
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
    Sheet,
    chart,
    wrapped,
)
from mentorstudy.reporting.numbers import count, first_upper, plain, rounded, signed, unit_of

LABELS, FIGURES = 190.0, 128.0  # columns beside the drawing on a wide sheet
GAP = 10.0
COLOURS: dict[Arm, str] = {"mentored": FIRST, "unmentored": SECOND}


# --- differences ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One outcome as it stands in a drawing: its label, its people, its figure."""

    finding: Finding
    scale: float  # what the axis counts in

    @property
    def ends(self) -> tuple[float, float, float]:
        found = self.finding.primary
        assert found is not None
        return self.scale * found.low, self.scale * found.value, self.scale * found.high

    @property
    def band(self) -> float:
        return self.scale * self.finding.smallest_effect

    @property
    def people(self) -> str:
        found = self.finding.primary
        if found is None:
            return ""
        if found.mentored is None or found.unmentored is None:
            return "number of people not shown"
        return f"{found.mentored:,} and {found.unmentored:,} people"

    @property
    def figure(self) -> tuple[str, str]:
        if self.finding.primary is None:
            return "no figure shown", ""
        shown = rounded(self.finding.primary, fewest=0)
        return shown.value, f"{shown.low} to {shown.high}"

    @property
    def words(self) -> str:
        value, ends = self.figure
        if not ends:
            return f"{self.finding.label}: {value}"
        unit = unit_of(self.finding.primary.unit) if self.finding.primary else ""
        return f"{self.finding.label}: {value} {unit}, range {ends}, {self.people}"


def difference_plot(findings: tuple[Finding, ...]) -> Chart | None:
    """A panel for each unit, a row for each outcome; nothing to draw where no outcome has a number."""
    panels: dict[str, list[_Line]] = {}
    for finding in findings:
        unit = finding.primary.unit if finding.primary else finding.unit
        panels.setdefault(unit, []).append(_Line(finding=finding, scale=100 if unit == "share" else 1))
    drawn = {unit: lines for unit, lines in panels.items() if any(line.finding.primary for line in lines)}
    if not drawn:
        return None
    return chart(
        name="differences",
        title="The differences, with their ranges",
        alt="; ".join(line.words for lines in drawn.values() for line in lines) + ".",
        note="The dot is the best figure, the line its range; inside the pale band a difference is too small to matter.",
        draw=partial(_differences, drawn),
    )


def _differences(panels: dict[str, list[_Line]], width: float) -> Sheet:
    foot = LEADING * 2 + 20 if width > 400 else LEADING * 3 + 20
    heights = {unit: sum(_height(line, width) for line in lines) for unit, lines in panels.items()}
    sheet = Sheet(width=width, height=sum(heights.values()) + len(panels) * foot)
    top = 0.0
    for unit, lines in panels.items():
        _panel(sheet, unit, lines, top, heights[unit])
        top += heights[unit] + foot
    return sheet


def _label(line: _Line, width: float) -> list[str]:
    return wrapped(line.finding.label, 28 if width > 400 else 42)


def _height(line: _Line, width: float) -> float:
    """A row: beside its label on a wide sheet, under it on a narrow one."""
    text = (len(_label(line, width)) + 1) * LEADING
    return text + 9 if width > 400 else text + 28


def _panel(sheet: Sheet, unit: str, lines: list[_Line], top: float, height: float) -> None:
    left, right = (LABELS + GAP, FIGURES) if sheet.wide else (4.0, 4.0)
    axes = sheet.axes(left=left, top=top, width=sheet.width - left - right, height=height)
    nothing = 1.0 if unit == "ratio" else 0.0
    reach = max(
        [abs(end - nothing) for line in lines if line.finding.primary for end in line.ends]
        + [line.band for line in lines]
        + [1e-9]
    )
    axes.set_xlim(nothing - 1.08 * reach, nothing + 1.08 * reach)  # as far to the left as to the right, always
    axes.set_ylim(height, 0)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5 if sheet.wide else 4, min_n_ticks=3))
    axes.xaxis.set_major_formatter(FuncFormatter(partial(_tick, ratio=unit == "ratio")))
    axes.axvline(nothing, color=INK, linewidth=1)
    better = "right of the line is better"
    what = {"share": "Difference, people in 100", "points": "Difference, points on the scale"}.get(
        unit, "Ratio" if unit == "ratio" else f"Difference, {unit_of(unit)}"
    )
    below = wrapped(f"{what}; {better}", 60 if sheet.wide else 44)
    sheet.write(
        sheet.width / 2 if not sheet.wide else left + (sheet.width - left - right) / 2,
        top + height + 2 * LEADING + 5,
        below,
        colour=QUIET,
        align="center",
    )
    for line in lines:
        deep = _height(line, sheet.width)
        _row(sheet, axes, line, top, deep, nothing)
        top += deep


def _tick(value: float, _: int, *, ratio: bool) -> str:
    places = 0 if float(value).is_integer() else 1 if float(10 * value).is_integer() else 2
    return plain(value, places) if ratio else signed(value, places)


def _row(sheet: Sheet, axes: Axes, line: _Line, top: float, deep: float, nothing: float) -> None:
    label = _label(line, sheet.width)
    value, ends = line.figure
    under = len(label) * LEADING
    sheet.write(0, top + FONT, label, bold=True)
    if sheet.wide:
        middle, thick = deep / 2 - 4, deep - 9
        sheet.write(0, top + FONT + under, [line.people], colour=QUIET)
        sheet.write(sheet.width - FIGURES + GAP, top + middle + (0 if ends else 4), [value], bold=bool(ends))
        sheet.write(sheet.width - FIGURES + GAP, top + middle + LEADING, [ends], colour=QUIET)
    else:
        middle, thick = deep - 16, 16.0
        told = f"{value} ({ends})" if ends else value
        sheet.write(0, top + FONT + under, [told])
        sheet.write(sheet.width, top + FONT + under, [line.people], colour=QUIET, align="right")
    start = axes.get_ylim()[1]
    offset = top - (1 - axes.get_position().y1) * sheet.height + start
    y = offset + middle
    axes.fill_betweenx(
        [y - thick / 2, y + thick / 2], nothing - line.band, nothing + line.band, color=BAND, linewidth=0
    )
    if line.finding.primary is None:
        return
    low, at, high = line.ends
    axes.plot([low, high], [y, y], color=FIRST, linewidth=2.4, solid_capstyle="butt")
    axes.plot([at], [y], marker="o", markersize=8.5, color=FIRST, markeredgecolor=PAPER, markeredgewidth=1.2)


# --- staying -------------------------------------------------------------------------------------------------------


def staying_curve(evidence: Evidence, finding: Finding, *, name: str) -> Chart:
    """Steps with their ranges, labelled where they end, and the people still followed under them."""
    words: dict[Arm, str] = {"mentored": evidence.words.treated, "unmentored": evidence.words.comparison}
    last = {point.arm: point for point in finding.curve}
    said = [
        f"{first_upper(words[arm])}: {100 * last[arm].share:.1f} of every 100 still employed at month {last[arm].at:g}, "
        f"range {100 * last[arm].low:.1f} to {100 * last[arm].high:.1f}"
        for arm in ARMS
        if arm in last
    ]
    return chart(
        name=name,
        title=f"{finding.label}: who was still employed",
        alt="; ".join(said) + ".",
        draw=partial(_staying, finding.curve, words),
    )


def _staying(points: tuple[CurvePoint, ...], words: dict[Arm, str], width: float) -> Sheet:
    wide = width > 400
    left, right, deep = 34.0, (150.0 if wide else 12.0), (230.0 if wide else 190.0)
    top = 10.0 if wide else 2 * LEADING + 14
    notes = wrapped(_axis(points), 60 if wide else 40)
    head = len(notes) * LEADING + 6
    sheet = Sheet(width=width, height=head + top + deep + 2 * LEADING + 8 + 5 * LEADING + 12)
    sheet.write(0, FONT, notes, colour=QUIET)
    axes = sheet.axes(left=left, top=head + top, width=width - left - right, height=deep)
    lowest = _floor(points)
    axes.set_ylim(lowest, 100)
    axes.set_xlim(min(point.at for point in points), max(point.at for point in points) or 1)
    axes.yaxis.set_major_locator(MaxNLocator(nbins=5, integer=True))
    axes.grid(axis="y", color=LINE, linewidth=0.7)
    axes.set_axisbelow(True)
    ticks = _ticks(points, 7 if wide else 5)
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
            step="post",
            color=COLOURS[arm],
            alpha=0.16,
            linewidth=0,
        )
        axes.plot(
            at,
            [100 * point.share for point in group],
            drawstyle="steps-post",
            color=COLOURS[arm],
            linewidth=2.2,
            linestyle="solid" if arm == "mentored" else (0, (5, 1.6)),
        )
        ends[arm] = head + top + deep * (100 - 100 * group[-1].share) / (100 - lowest)
    _names(sheet, words, ends, left=width - right + GAP, head=head)
    below = head + top + deep + LEADING + 6
    sheet.write(
        left + (width - left - right) / 2, below + LEADING, ["Months since the start"], colour=QUIET, align="center"
    )
    _followed(sheet, points, words, ticks, axes, below + 2 * LEADING + 10)
    return sheet


def _axis(points: tuple[CurvePoint, ...]) -> str:
    lowest = _floor(points)
    return "Still employed, of every 100" + (f" (the axis starts at {lowest:.0f}, not at 0)" if lowest else "")


def _floor(points: tuple[CurvePoint, ...]) -> float:
    """The ten below the lowest range; nothing where that is under half, so that a small drop looks no cliff."""
    lowest = min(10 * (100 * point.low // 10) for point in points)
    return max(0.0, min(lowest, 80.0)) if lowest >= 40 else 0.0


def _ticks(points: tuple[CurvePoint, ...], most: int) -> list[float]:
    """Times to label, among those the curve has: as many as fit, the first and the last always."""
    times = sorted({point.at for point in points})
    if len(times) <= most:
        return times
    step = -(-(len(times) - 1) // (most - 1))
    return (
        [*times[:-1:step], times[-1]]
        if (len(times) - 1) % step == 0
        else [*times[: -1 - step // 2 : step], times[-1]]
    )


def _names(sheet: Sheet, words: dict[Arm, str], ends: dict[Arm, float], *, left: float, head: float) -> None:
    """Each group's name: at the end of its line, moved apart where they would overlap; above on a narrow sheet."""
    if not sheet.wide:
        for number, arm in enumerate(ends):
            y = head + FONT + number * LEADING
            mark = "━━ " if arm == "mentored" else "╍╍ "
            sheet.write(0, y, [mark + wrapped(first_upper(words[arm]), 36)[0]], colour=COLOURS[arm])
        return
    lines = {arm: wrapped(first_upper(words[arm]), 20) for arm in ends}
    order = sorted(ends, key=lambda arm: ends[arm])
    if len(order) == 2:
        upper, lower = order
        need = (len(lines[upper]) + len(lines[lower])) * LEADING / 2 + 4
        short = max(0.0, need - (ends[lower] - ends[upper])) / 2
        ends = {upper: ends[upper] - short, lower: ends[lower] + short}
    for arm, y in ends.items():
        first = y + FONT / 3 - (len(lines[arm]) - 1) * LEADING / 2
        sheet.write(left, max(first, FONT), lines[arm], colour=COLOURS[arm], bold=True)


def _followed(
    sheet: Sheet, points: tuple[CurvePoint, ...], words: dict[Arm, str], ticks: list[float], axes: Axes, y: float
) -> None:
    """The people still followed at each labelled time, a line for each group."""
    sheet.write(0, y, ["Still followed"], colour=QUIET)
    place = axes.get_position()
    start, end = axes.get_xlim()
    at_risk = {(point.arm, point.at): point.at_risk for point in points}
    for arm in ARMS:
        sheet.write(
            0, y + LEADING, wrapped(first_upper(words[arm]), 70 if sheet.wide else 40)[:1], colour=COLOURS[arm]
        )
        for at in ticks:
            x = (place.x0 + place.width * (at - start) / (end - start)) * sheet.width
            number = at_risk.get((arm, at))
            sheet.write(x, y + 2 * LEADING, ["–" if number is None else count(number)], align="center")
        y += 2 * LEADING


# --- balance -------------------------------------------------------------------------------------------------------


def love_plot(evidence: Evidence) -> Chart | None:
    """Each measure from before: how far the groups stood apart, as they came and once weighted."""
    rows = [row for row in evidence.balance if row.before is not None or row.after is not None]
    if not rows:
        return None
    weighted = any(row.after is not None for row in rows)
    said = [
        f"{measure(row)}: {plain(abs(row.before), 2) if row.before is not None else 'not known'}"
        + (f", once weighted {plain(abs(row.after), 2)}" if row.after is not None else "")
        for row in rows
    ]
    return chart(
        name="love",
        title="How far the groups stood apart before",
        alt="; ".join(said) + ". In standard deviations.",
        note="Open: as they came."
        + (" Filled: once weighted." if weighted else "")
        + " The lines stand at 0.05 and 0.25 standard deviations.",
        draw=partial(_love, rows),
    )


def measure(row: Balance) -> str:
    """A covariate as a person would write it: "confidence@T0" is confidence at T0."""
    return row.covariate.replace("_", " ").replace("@", " at ")


def _love(rows: list[Balance], width: float) -> Sheet:
    wide = width > 400
    labels = [wrapped(measure(row), 28 if wide else 44) for row in rows]
    heights = [len(label) * LEADING + (6 if wide else 20) for label in labels]
    left, top, deep = (LABELS + GAP if wide else 8.0), LEADING + 4, sum(heights)
    sheet = Sheet(width=width, height=top + deep + 3 * LEADING)
    axes = sheet.axes(left=left, top=top, width=width - left - 14, height=deep)
    reach = max(abs(value) for row in rows for value in (row.before, row.after) if value is not None)
    axes.set_xlim(0, max(0.3, 1.08 * reach))
    axes.set_ylim(deep, 0)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5))
    axes.xaxis.set_major_formatter(FuncFormatter(lambda value, _: f"{value:.3g}"))
    axes.axvline(0, color=LINE, linewidth=1)
    for limit in (0.05, 0.25):
        axes.axvline(limit, color=QUIET, linewidth=1, linestyle=(0, (3, 3)))
        x = left + (width - left - 14) * limit / axes.get_xlim()[1]
        sheet.write(x, FONT, [f"{limit:g}"], colour=QUIET, align="center")
    down = 0.0
    for row, label, height in zip(rows, labels, heights, strict=True):
        sheet.write(0, top + down + FONT + 1, label)
        y = down + (height / 2 if wide else height - 11)
        known = [abs(value) for value in (row.before, row.after) if value is not None]
        axes.plot([min(known), max(known)], [y, y], color=LINE, linewidth=1.5, zorder=1)
        if row.before is not None:
            axes.plot(
                [abs(row.before)], [y], "o", markersize=8, color=PAPER, markeredgecolor=SECOND, markeredgewidth=2
            )
        if row.after is not None:
            axes.plot(
                [abs(row.after)], [y], "o", markersize=8.5, color=FIRST, markeredgecolor=PAPER, markeredgewidth=1
            )
        down += height
    sheet.write(
        left + (width - left) / 2 if wide else width / 2,
        top + deep + 2 * LEADING + 4,
        ["Standard deviations apart"],
        colour=QUIET,
        align="center",
    )
    return sheet
