"""Differences: every outcome's figure and range, a panel for each unit."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator

from mentorstudy.nouns.evidence import Finding
from mentorstudy.reporting.blocks import Chart
from mentorstudy.reporting.drawing import (
    BAND,
    FIRST,
    FONT,
    GAP,
    INK,
    LABELS,
    LEADING,
    PAPER,
    QUIET,
    STEPS,
    Sheet,
    chart,
    wrapped,
)
from mentorstudy.reporting.numbers import MINUS, first_upper, plain, rounded, signed, unit_of

FIGURES = 128.0  # the column of figures on a wide sheet


@dataclass(frozen=True, slots=True, kw_only=True)
class _Line:
    """One outcome as it stands in a drawing: its label, its people, its figure."""

    finding: Finding
    label: str
    scale: float  # what the axis counts in

    @property
    def ends(self) -> tuple[float, float, float]:
        found = self.finding.primary
        assert found is not None
        low, high = found.ends
        return self.scale * low, self.scale * found.value, self.scale * high

    @property
    def band(self) -> float:
        return self.scale * (self.finding.smallest_effect or 0.0)

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
        """The difference in words that name its direction, and the range."""
        found = self.finding.primary
        if found is None:
            return "no figure shown", ""
        shown = rounded(found, fewest=0)
        return directed(shown.value, found.unit), shown.range

    @property
    def words(self) -> str:
        value, ends = self.figure
        if not ends or not self.finding.primary:
            return f"{self.label}: {value}"
        return f"{self.label}: {value} ({unit_of(self.finding.primary.unit)}), range {ends}, {self.people}"


def directed(value: str, unit: str) -> str:
    """A signed figure with its sign in words: more or fewer people; else better or worse, as low scores may be good."""
    more, fewer = ("more", "fewer") if unit == "share" else ("better", "worse")
    if unit == "ratio":
        return value
    if "+" in value:
        return f"{value.replace('+', '')} {more}"
    return f"{value.replace(MINUS, '')} {fewer}" if MINUS in value else value


def difference_plot(findings: tuple[Finding, ...], title_of: Callable[[Finding], str]) -> Chart | None:
    """A panel for each unit, a row for each outcome and group; nothing to draw where no outcome has a number."""
    panels: dict[str, list[_Line]] = {}
    for finding in findings:
        unit = finding.primary.unit if finding.primary else finding.unit
        line = _Line(finding=finding, label=title_of(finding), scale=100 if unit == "share" else 1)
        panels.setdefault(unit, []).append(line)
    drawn = {unit: lines for unit, lines in panels.items() if any(line.finding.primary for line in lines)}
    if not drawn:
        return None
    return chart(
        name="differences",
        title="The differences, with their ranges",
        alt="; ".join(line.words for lines in drawn.values() for line in lines) + ".",
        caption="Dot: the best figure. Line: its range. Pale band: too small to matter.",
        draw=partial(_differences, drawn),
    )


def _differences(panels: dict[str, list[_Line]], width: float) -> Sheet:
    heights = {unit: sum(_height(line, lines, width) for line in lines) for unit, lines in panels.items()}
    feet = {unit: (len(_under(unit, lines, width)) + 1) * LEADING + 20 for unit, lines in panels.items()}
    sheet = Sheet(width=width, height=sum(heights.values()) + sum(feet.values()))
    top = 0.0
    for unit, lines in panels.items():
        _panel(sheet, unit, lines, top, heights[unit])
        top += heights[unit] + feet[unit]
    return sheet


def _label(line: _Line, width: float) -> list[str]:
    return wrapped(line.label, 24 if width > 400 else 33)


def _alike(lines: list[_Line]) -> bool:
    """Whether all rows speak of as many people, so that a narrow sheet can say it once, under them."""
    return len({line.people for line in lines}) == 1


def _height(line: _Line, lines: list[_Line], width: float) -> float:
    """A row: beside its label on a wide sheet, under it on a narrow one."""
    label = len(_label(line, width)) * LEADING
    if width > 400:
        return label + LEADING + 9
    return label + (1 if _alike(lines) else 2) * LEADING + 28


def _under(unit: str, lines: list[_Line], width: float) -> list[str]:
    """What the axis counts in."""
    named = {"share": "People in 100", "points": "Points on the scale", "ratio": "Ratio"}
    what = f"{named.get(unit, first_upper(unit_of(unit)))} (right is better)"
    if width > 400:
        return wrapped(what, 48)
    return [*wrapped(what, 38), *([lines[0].people] if _alike(lines) else [])]


def _panel(sheet: Sheet, unit: str, lines: list[_Line], top: float, height: float) -> None:
    left, right = (LABELS + GAP, FIGURES) if sheet.wide else (20.0, 20.0)
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
    reached = MaxNLocator(nbins=5 if sheet.wide else 4, min_n_ticks=3, steps=STEPS).tick_values(*axes.get_xlim())
    within = [tick for tick in reached if abs(tick - nothing) <= 1.08 * reach]
    places = next((n for n in range(4) if all(abs(round(tick, n) - tick) < 1e-9 for tick in within)), 4)
    write = plain if unit == "ratio" else signed
    axes.set_xticks(within, labels=[write(tick, places) if tick else "0" for tick in within])
    sheet.write(
        sheet.width / 2 if not sheet.wide else left + (sheet.width - left - right) / 2,
        top + height + 2 * LEADING + 5,
        _under(unit, lines, sheet.width),
        colour=QUIET,
        align="center",
    )
    for line in lines:
        deep = _height(line, lines, sheet.width)
        _row(sheet, axes, line, top=top, deep=deep, nothing=nothing, people=sheet.wide or not _alike(lines))
        top += deep


def _row(sheet: Sheet, axes: Axes, line: _Line, *, top: float, deep: float, nothing: float, people: bool) -> None:
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
        middle, thick = deep - 18, 16.0
        told = f"{value} ({ends})" if ends else value
        sheet.write(0, top + FONT + under, [told])
        if people:
            sheet.write(0, top + FONT + under + LEADING, [line.people], colour=QUIET)
    start = axes.get_ylim()[1]
    offset = top - (1 - axes.get_position().y1) * sheet.height + start
    y = offset + middle
    axes.fill_betweenx(
        [y - thick / 2, y + thick / 2], nothing - line.band, nothing + line.band, color=BAND, linewidth=0
    )
    axes.plot(
        [nothing, nothing], [y - thick / 2 - (4 if sheet.wide else 0), y + thick / 2 + 5], color=INK, linewidth=1
    )
    if line.finding.primary is None:
        return
    low, at, high = line.ends
    axes.plot([low, high], [y, y], color=FIRST, linewidth=2.4, solid_capstyle="butt")
    axes.plot([at], [y], marker="o", markersize=8.5, color=FIRST, markeredgecolor=PAPER, markeredgewidth=1.2)
