"""Love: how far the groups stood apart before, a row for each measure (after Thomas Love's plot)."""

from collections.abc import Callable
from functools import partial

from matplotlib.ticker import FuncFormatter, MaxNLocator

from mentorstudy.nouns.evidence import Balance, Evidence
from mentorstudy.reporting.blocks import Chart
from mentorstudy.reporting.drawing import (
    FIRST,
    FONT,
    GAP,
    LABELS,
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
from mentorstudy.reporting.numbers import plain


def love_plot(evidence: Evidence) -> Chart | None:
    """Each measure from before: how far the groups stood apart, as they came and once weighted."""
    rows = [row for row in evidence.balance if row.before is not None or row.after is not None]
    if not rows:
        return None
    names = list(map(labels(evidence), rows))
    weighted = any(row.after is not None for row in rows)
    said = [
        f"{name}: {plain(abs(row.before), 2) if row.before is not None else 'not known'}"
        + (f", once weighted {plain(abs(row.after), 2)}" if row.after is not None else "")
        for name, row in zip(names, rows, strict=True)
    ]
    return chart(
        name="love",
        title="How far the groups stood apart before",
        alt="; ".join(said) + ". In standard deviations.",
        note="Open: as they came."
        + (" Filled: once weighted." if weighted else "")
        + " The lines stand at 0.05 and 0.25 standard deviations.",
        draw=partial(_love, rows, names),
    )


def labels(evidence: Evidence) -> Callable[[Balance], str]:
    """How to write a covariate ("confidence@T0" is confidence at T0), with its sample and group if several."""
    samples, arms = ({getattr(row, key) for row in evidence.balance} for key in ("sample", "arm"))

    def label(row: Balance) -> str:
        name = row.covariate.replace("_", " ").replace("@", " at ")
        of = [row.sample] * (len(samples) > 1) + [evidence.words.of(row.arm)] * (len(arms) > 1)
        return f"{name} ({', '.join(of)})" if of else name

    return label


def _love(rows: list[Balance], names: list[str], width: float) -> Sheet:
    wide = width > 400
    labels = [wrapped(name, 28 if wide else 44) for name in names]
    heights = [len(label) * LEADING + (6 if wide else 20) for label in labels]
    left, top, deep = (LABELS + GAP if wide else 8.0), LEADING + 4, sum(heights)
    sheet = Sheet(width=width, height=top + deep + 3 * LEADING)
    axes = sheet.axes(left=left, top=top, width=width - left - 14, height=deep)
    reach = max(abs(value) for row in rows for value in (row.before, row.after) if value is not None)
    axes.set_xlim(0, max(0.3, 1.08 * reach))
    axes.set_ylim(deep, 0)
    axes.set_yticks([])
    axes.xaxis.set_major_locator(MaxNLocator(nbins=5, steps=STEPS))
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
                [abs(row.before)],
                [y],
                "o",
                markersize=8,
                color=PAPER,
                markeredgecolor=SECOND,
                markeredgewidth=2,
                clip_on=False,  # a dot at nought stands half outside
            )
        if row.after is not None:
            axes.plot(
                [abs(row.after)],
                [y],
                "o",
                markersize=8.5,
                color=FIRST,
                markeredgecolor=PAPER,
                markeredgewidth=1,
                clip_on=False,
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
