"""The report as a browser shows it: no overflow, no fault of access, nothing runs, nothing is fetched, it prints."""

import re
import zlib
from collections.abc import Iterator
from contextlib import suppress
from importlib.util import find_spec
from pathlib import Path

import pytest

pytestmark = pytest.mark.browser

NAMES = ("four", "every kind", "hostile", "groups", "alone", "programme")
PAGE_WIDTH = round((210 - 2 * 12) / 25.4 * 96)  # of an A4 sheet inside its margins, in pixels
SHEETS = re.compile(rb"/Type\s*/Page\b")
SCALES = re.compile(rb"([.\d]+) 0 0 -[.\d]+ .*?\n([.\d]+) 0 0 [.\d]+ [.\d]+ [.\d]+ cm", re.DOTALL)
OVERFLOWING = """
[...document.body.querySelectorAll("*")]
  .filter(e => !e.closest("thead") && !e.closest("svg") && e.getClientRects().length)
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.tagName + "." + e.className + " " + e.textContent.trim().slice(0, 40))
"""
TEXT_OUTSIDE = """
[...document.querySelectorAll("svg")].filter(svg => svg.getClientRects().length).flatMap(svg => {
  const box = svg.getBoundingClientRect();
  const outside = at => at.right > box.right + 8 || at.left < box.left - 8;
  return [...svg.querySelectorAll("text")].filter(text => outside(text.getBoundingClientRect()))
    .map(text => text.textContent);
})
"""
SMALLEST_TEXT = """
Math.min(...[...document.querySelectorAll("svg text")].filter(text => text.getClientRects().length)
  .map(text => parseFloat(getComputedStyle(text).fontSize) * text.getScreenCTM().a))
"""


def axe() -> str:
    """The source of axe-core, as the package ships it."""
    spec = find_spec("axe_playwright_python")
    assert spec is not None, "axe-playwright-python is among the development dependencies"
    assert spec.submodule_search_locations is not None
    return (Path(spec.submodule_search_locations[0]) / "axe.min.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("width", [1280, 600, 599, 390, 320])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_runs_over_the_side(browser, reports, name, width):
    browser.show(reports[name], width=width)
    assert browser.run(OVERFLOWING) == []
    assert browser.run("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("width", [1280, 600, 390, 320])
def test_text_in_drawings_stays_inside_and_is_large_enough(browser, reports, width):
    browser.show(reports["five"], width=width)
    assert browser.run(TEXT_OUTSIDE) == []
    assert browser.run(SMALLEST_TEXT) >= 12  # 9 points


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (1280, True), (320, False), (320, True)])
@pytest.mark.parametrize("name", NAMES)
def test_axe_finds_no_fault(browser, reports, name, width, dark):
    browser.show(reports[name], width=width, dark=dark)
    browser.run(axe() + ";0")
    found = browser.run(
        'axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], '
        'resultTypes: ["violations"]})'
        '.then(r => r.violations.map(v => v.id + ": " + v.nodes.map(n => n.html.slice(0, 200)).join(" | ")))'
    )
    assert found == []


def test_harmful_text_does_nothing(browser, reports):
    browser.show(reports["hostile"])
    methods = {event["method"] for event in browser.events}
    assert "Page.javascriptDialogOpening" not in methods
    assert browser.run("document.scripts.length + document.images.length + document.forms.length") == 0
    assert browser.run('document.querySelectorAll("[onerror], [onmouseover], [onload]").length') == 0


@pytest.mark.parametrize("name", NAMES)
def test_nothing_is_asked_for(browser, reports, name):
    browser.show(reports[name])
    assert browser.requests() == []


@pytest.mark.parametrize(("width", "shown"), [(1280, ".wide"), (320, ".narrow")])
def test_one_drawing_of_two_is_told_to_everybody(browser, reports, width, shown):
    browser.show(reports["four"], width=width)
    tree = browser.ask("Accessibility.getFullAXTree")["nodes"]
    images = [node for node in tree if node.get("role", {}).get("value") in ("image", "img")]
    drawings = browser.run(f'document.querySelectorAll("{shown} svg").length')
    assert len([node for node in images if not node["ignored"]]) == drawings > 0


def test_tables_stay_tables_where_their_cells_are_stacked(browser, reports):
    browser.show(reports["four"], width=320)
    roles = [node.get("role", {}).get("value") for node in browser.ask("Accessibility.getFullAXTree")["nodes"]]
    assert roles.count("table") == browser.run('document.querySelectorAll("table").length')
    assert "columnheader" in roles
    assert "rowheader" in roles


@pytest.mark.parametrize("dark", [False, True])
def test_colours_can_be_told_apart(browser, reports, dark):
    browser.show(reports["four"], dark=dark)
    names = ("paper", "ink", "quiet", "first", "second", "second-ink", "wash")
    colours = {
        name: browser.run(f'getComputedStyle(document.documentElement).getPropertyValue("--{name}").trim()')
        for name in names
    }
    for text in ("ink", "quiet", "first", "second-ink"):
        assert contrast(colours[text], colours["paper"]) >= 4.5, text
    assert contrast(colours["quiet"], colours["wash"]) >= 4.5
    for mark in ("first", "second"):
        assert contrast(colours[mark], colours["paper"]) >= 3, mark


@pytest.mark.parametrize("name", ["four", "five"])
def test_the_executive_page_is_one_sheet_of_its_own(browser, reports, name):
    browser.show(reports[name])
    pages = len(list(SHEETS.finditer(browser.print())))
    browser.run('document.querySelectorAll(".part").forEach(part => part.remove())')
    browser.run('document.querySelector(".executive").style.breakAfter = "auto"')
    assert len(list(SHEETS.finditer(browser.print()))) == 1 < pages


@pytest.mark.parametrize("dark", [False, True])
def test_print_is_light_and_holds_everything(browser, reports, dark):
    browser.show(reports["every kind"], width=PAGE_WIDTH, dark=dark, printed=True)
    assert browser.run("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert browser.run(OVERFLOWING) == []
    hidden = browser.run(
        '[...document.querySelectorAll("main *")].filter(e => !e.closest(".wide, .narrow") && '
        "e.textContent.trim() && !e.getClientRects().length).length"
    )
    assert hidden == 0


@pytest.mark.parametrize("name", NAMES)
def test_the_pdf_is_set_at_full_size(browser, reports, name):
    """Chromium shrinks every page where one runs over its side: a pixel is then less than 3/4 of a point.

    A page that opens with a drawing is measured by the drawing's own scale, so the largest of all pages counts.
    """
    browser.show(reports[name])
    pixels = [found for page in drawn_pages(browser.print()) if (found := SCALES.match(page))]
    assert pixels
    assert max(float(scale[1]) * float(scale[2]) for scale in pixels) >= 0.745


def drawn_pages(pdf: bytes) -> Iterator[bytes]:
    """What the pages of a PDF draw."""
    for stream in re.findall(rb"stream\r?\n(.*?)endstream", pdf, re.DOTALL):
        with suppress(zlib.error):
            yield zlib.decompress(stream)


def contrast(one: str, other: str) -> float:
    """The contrast of two colours as WCAG counts it."""

    def light(colour: str) -> float:
        parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
        red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    lighter, darker = sorted((light(one), light(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)
