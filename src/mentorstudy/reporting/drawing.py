"""Drawing: a matplotlib figure laid out in pixels, turned into SVG that takes the page's colours and fonts."""

import io
import re
import textwrap
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import matplotlib as mpl
from markupsafe import Markup, escape
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from mentorstudy.reporting.blocks import Chart

# Stand-ins: matplotlib writes them down, and the page puts its own variables in their place, light or dark.
INK, QUIET, LINE, PAPER = "#010101", "#020202", "#030303", "#040404"
FIRST, SECOND, SECOND_INK, BAND = "#050505", "#060606", "#070707", "#080808"
VARIABLES = {
    INK: "var(--ink)",
    QUIET: "var(--quiet)",
    LINE: "var(--line)",
    PAPER: "var(--paper)",
    FIRST: "var(--first)",
    SECOND: "var(--second)",
    SECOND_INK: "var(--second-ink)",  # dark enough for text
    BAND: "var(--band)",
}
STYLE: dict[Any, Any] = {
    "svg.fonttype": "none",  # text stays text: it can be read, searched, and takes the page's font
    "svg.hashsalt": "report",
    "text.parse_math": False,  # a label may hold a dollar sign
    "text.usetex": False,
    "path.simplify": False,
    "axes.unicode_minus": True,
    "font.family": "sans-serif",
}
FONT = 13.0  # pixels at the narrowest page the drawing is for, so never under 9 points
LEADING = 16.0
MOST_LINES = 4
WIDE, NARROW = 552.0, 288.0
LABELS, GAP = 190.0, 10.0  # the column of labels on a wide sheet
STEPS = [1, 2, 5, 10]  # what axes count in


@dataclass(slots=True, kw_only=True)
class Sheet:
    """A sheet `width` by `height` pixels, its origin at the top left as on a page."""

    width: float
    height: float
    figure: Figure = field(init=False)

    def __post_init__(self) -> None:
        """An empty, transparent figure; a point of it is a pixel of the page."""
        self.figure = Figure(figsize=(self.width / 72, self.height / 72), dpi=72)
        self.figure.patch.set_visible(False)

    @property
    def wide(self) -> bool:
        """Whether there is room for labels beside a drawing, not only above it."""
        return self.width > NARROW

    def write(
        self,
        x: float,
        y: float,
        lines: list[str],
        *,
        colour: str = INK,
        bold: bool = False,
        align: str = "left",
    ) -> None:
        """Lines of text, the first one's baseline at y."""
        for number, line in enumerate(lines):
            self.figure.text(
                x / self.width,
                1 - (y + number * LEADING) / self.height,
                line,
                fontsize=FONT,
                color=colour,
                fontweight="bold" if bold else "normal",
                horizontalalignment=align,
                verticalalignment="baseline",
            )

    def axes(self, *, left: float, top: float, width: float, height: float) -> Axes:
        """Bare axes in a rectangle of the sheet: only the lower spine, ticks without marks."""
        axes = self.figure.add_axes(
            (left / self.width, 1 - (top + height) / self.height, width / self.width, height / self.height)
        )
        axes.patch.set_visible(False)
        for side, spine in axes.spines.items():
            spine.set_visible(side == "bottom")
            spine.set_color(LINE)
        axes.tick_params(length=0, labelsize=FONT, labelcolor=QUIET, pad=5)
        return axes

    def svg(self, name: str, title: str, alt: str) -> Markup:
        """The drawing as inline SVG with a name and a description of its own."""
        drawn = io.StringIO()
        with mpl.rc_context(STYLE), warnings.catch_warnings():
            # Measuring a letter its own font lacks is no fault: the reader's browser sets the text.
            warnings.filterwarnings("ignore", message="Glyph .* missing from font")
            self.figure.savefig(
                drawn, format="svg", metadata={"Date": None, "Creator": None, "Format": None, "Type": None}
            )
        inside = re.search(r"<svg[^>]*>(.*)</svg>", drawn.getvalue(), re.DOTALL)
        assert inside is not None
        return Markup(
            f'<svg role="img" aria-labelledby="{name}-title {name}-alt" viewBox="0 0 {self.width:g} {self.height:g}">'
            f'<title id="{name}-title">{escape(title)}</title><desc id="{name}-alt">{escape(alt)}</desc>'
            f"{_at_home(inside.group(1), name)}</svg>"
        )


def _at_home(svg: str, name: str) -> str:
    """What matplotlib wrote, with names unique on the page, the page's colours, and no style of its own."""
    svg = re.sub(
        r"<metadata>.*?</metadata>|<style[^>]*>.*?</style>|<!--.*?-->|<defs>\s*</defs>", "", svg, flags=re.DOTALL
    )
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    svg = re.sub(r'(?:xlink:)?href="#', f'href="#{name}-', svg)
    svg = re.sub(r"url\(#", f"url(#{name}-", svg)
    for stand_in, variable in VARIABLES.items():
        svg = svg.replace(stand_in, variable)
    return re.sub(r"\s*\n\s*", "\n", svg)


def wrapped(text: str, letters: int) -> list[str]:
    """The text in lines of at most `letters`; a long word is broken, a long text ends in dots."""
    return textwrap.wrap(" ".join(text.split()), letters, max_lines=MOST_LINES, placeholder=" …") or [""]


def chart(
    *, name: str, title: str, alt: str, draw: Callable[[float], Sheet], caption: str = "", note: str = ""
) -> Chart:
    """A drawing at both widths; its caption is its title where no other is given."""
    with mpl.rc_context(STYLE):
        wide, narrow = draw(WIDE), draw(NARROW)
    return Chart(
        name=name,
        caption=caption or title,
        alt=alt,
        wide=wide.svg(f"{name}-wide", title, alt),
        narrow=narrow.svg(f"{name}-narrow", title, alt),
        note=note,
    )
